//! CityGML 3.0: what a file says comes out under the names of its edition.

mod common;

use common::{city, codes, try_city};
use futago_citygml::{Limits, read};
use futago_damage::Dice;
use futago_raw::{GeometryKind, GeometryRole, NodeRole, RawCity, RawObject, Target};

const BUILDING: &str = include_str!("data/building3.gml");
const ROAD: &str = include_str!("data/road3.gml");
const OTHERS: &str = include_str!("data/others3.gml");

/// Changes of each file.
const TURNS: usize = 400;

fn object<'a>(city: &'a RawCity, id: &str) -> &'a RawObject {
    city.objects.iter().find(|object| object.id() == Some(id)).unwrap_or_else(|| panic!("no {id}"))
}

fn kinds(object: &RawObject) -> Vec<&str> {
    object.parts().map(|part| part.name()).collect()
}

#[test]
fn a_building_has_its_spaces_boundaries_and_values() {
    let city = city(BUILDING);
    assert_eq!(codes(&city), ["point-cloud"], "{:?}", city.report);
    assert_eq!(city.header.crs.map(|crs| crs.epsg), Some(6697));
    let tower = object(&city, "tower");
    assert_eq!(tower.kind(), "bldg:Building");
    assert_eq!(
        kinds(tower)[1..],
        [
            "con:GroundSurface",
            "con:RoofSurface",
            "con:WallSurface",
            "con:WindowSurface",
            "core:ClosureSurface",
            "bldg:BuildingInstallation",
            "bldg:BuildingRoom",
            "bldg:Storey",
            "bldg:BuildingUnit",
        ]
    );
    let root = tower.root();
    assert_eq!(
        (root.value("bldg:storeysAboveGround"), root.value("bldg:roofType")),
        (Some("3"), Some("1000"))
    );
    let heights: Vec<_> = root
        .children()
        .filter(|child| child.name() == "con:height")
        .filter_map(|height| height.child("con:Height"))
        .map(|height| {
            assert_eq!(height.role(), NodeRole::Value);
            let unit = height.child("con:value").and_then(|value| value.attribute("uom"));
            (height.value("con:highReference"), height.value("con:value"), unit)
        })
        .collect();
    assert_eq!(
        heights,
        [
            (Some("lowestEave"), Some("10.0"), Some("m")),
            (Some("highestPoint"), Some("12.4"), Some("urn:adv:uom:m"))
        ]
    );
    let generic = root.child("core:genericAttribute").and_then(|it| it.children().next()).expect("one");
    assert_eq!((generic.name(), generic.value("gen:name")), ("gen:StringAttribute", Some("建物ID")));
    let cloud = tower.nodes().find(|node| node.name() == "pcl:PointCloud").expect("its file is named");
    assert_eq!((cloud.value("pcl:pointFile"), cloud.children().count()), (Some("tower.laz"), 2));
    let locality = tower.nodes().find(|node| node.name() == "xAL:Locality").expect("an address");
    assert_eq!(locality.value("xAL:NameElement"), Some("東京都新宿区西新宿二丁目"));
}

#[test]
fn a_solid_leads_to_the_boundaries_and_a_shell_is_its_outside() {
    let city = city(BUILDING);
    let tower = object(&city, "tower");
    let shapes = &tower.shapes;
    let flat: Vec<_> = shapes.geometries.iter().filter(|g| g.lod == Some(0)).map(|g| g.kind).collect();
    assert_eq!(flat, [GeometryKind::MultiSurface]);
    let solids: Vec<_> = shapes.geometries.iter().filter(|g| g.kind == GeometryKind::Solid).collect();
    assert_eq!(solids.iter().map(|g| g.lod).collect::<Vec<_>>(), [Some(1), Some(2), Some(1)]);
    let shell = shapes.geometries.iter().find(|g| g.kind == GeometryKind::Shell).expect("a shell");
    assert_eq!((shell.role, shell.surfaces.len()), (GeometryRole::Exterior, 6));
    let targets: Vec<_> = tower.links.iter().map(|link| link.target).collect();
    assert_eq!(targets.iter().filter(|target| matches!(target, Target::Surface(_))).count(), 7);
    let Some(Target::Surface(first)) = targets.first() else { panic!("{targets:?}") };
    assert_eq!(tower.text(shapes.surfaces[*first as usize].id), "t-ground");
    let roof = shapes.geometries.iter().find(|g| tower.node(g.node).part().name() == "con:RoofSurface");
    let roof = roof.expect("a roof");
    assert_eq!((roof.lod, roof.surfaces.len()), (Some(2), 2));
    assert_eq!(shapes.rings_of(&shapes.surfaces_of(roof)[0]).len(), 2);
}

#[test]
fn textures_find_their_rings_beside_them() {
    let found = city(BUILDING);
    let [photo, paint] = found.appearances[0].surface_data.as_slice() else { panic!("two") };
    assert_eq!(
        (found.appearances[0].theme(), photo.kind()),
        (Some("rgbTexture"), "app:ParameterizedTexture")
    );
    assert_eq!((photo.texture_rings.len(), photo.texture_positions.len()), (1, 5));
    assert_eq!(photo.text(photo.texture_rings[0].ring), "#t-roof-ring");
    assert_eq!(paint.root().value("app:target"), Some("#t-wall-0"));
    let two = BUILDING.replace(
        "<app:ring>#t-roof-ring</app:ring>",
        "<app:textureCoordinates>0 0 1 0 1 1 0 0</app:textureCoordinates><app:ring>#t-roof-ring</app:ring><app:ring>#b</app:ring>",
    );
    let two = city(&two);
    let photo = &two.appearances[0].surface_data[0];
    let rings: Vec<_> = photo.texture_rings.iter().map(|ring| photo.text(ring.ring)).collect();
    assert_eq!(rings, ["#t-roof-ring", "#b"]);
    let none = city(&BUILDING.replace("<app:ring>#t-roof-ring</app:ring>", ""));
    assert_eq!(codes(&none), ["point-cloud", "bad-texture-coordinates"]);
    let gone = city(&BUILDING.replace("<app:target>#t-roof<", "<app:target>#nowhere<"));
    assert_eq!(codes(&gone), ["point-cloud", "broken-texture-target"]);
}

#[test]
fn a_road_has_sections_spaces_and_areas() {
    let found = city(ROAD);
    assert!(found.report.entries.is_empty(), "{:?}", found.report);
    let road = object(&found, "road");
    assert_eq!(
        kinds(road),
        [
            "tran:Road",
            "tran:Section",
            "tran:TrafficSpace",
            "tran:TrafficArea",
            "tran:ClearanceSpace",
            "tran:TrafficSpace",
            "tran:TrafficArea",
            "tran:AuxiliaryTrafficSpace",
            "tran:AuxiliaryTrafficArea",
            "tran:Marking",
            "tran:Hole",
            "tran:HoleSurface",
            "tran:Intersection",
            "tran:TrafficSpace",
            "tran:TrafficArea",
        ]
    );
    let area = road.parts().find(|part| part.id() == Some("area-1")).expect("an area");
    assert_eq!(area.value("tran:surfaceMaterial"), Some("asphalt"));
    let surfaces = area.child("core:lod2MultiSurface").expect("its surfaces").geometries().next();
    assert_eq!(surfaces.map(|g| (g.lod, g.surfaces.len())), Some((Some(2), 1)));
    let axis = &road.shapes.geometries[0];
    assert_eq!((axis.kind, axis.lod, road.shapes.lines.len()), (GeometryKind::MultiCurve, Some(0), 1));
    assert!(matches!(road.links[0].target, Target::Node(_)), "{:?}", road.links);
    assert_eq!(
        found.objects.iter().map(RawObject::kind).skip(1).collect::<Vec<_>>(),
        ["tran:Square", "tran:Waterway"]
    );
}

#[test]
fn every_other_module_comes_in() {
    let found = city(OTHERS);
    assert!(found.report.entries.is_empty(), "{:?}", found.report);
    let all: Vec<_> = found.objects.iter().map(kinds).collect();
    let expected: [&[&str]; 11] = [
        &["brid:Bridge", "con:OuterCeilingSurface", "brid:BridgeConstructiveElement"],
        &["tun:Tunnel", "tun:HollowSpace"],
        &["con:OtherConstruction", "con:RoofSurface"],
        &["veg:SolitaryVegetationObject"],
        &["veg:PlantCover"],
        &["frn:CityFurniture"],
        &["wtr:WaterBody", "wtr:WaterSurface"],
        &["luse:LandUse"],
        &["gen:GenericOccupiedSpace"],
        &["dem:ReliefFeature", "dem:TINRelief"],
        &["grp:CityObjectGroup"],
    ];
    assert_eq!(all, expected);
    let tin = object(&found, "relief");
    assert_eq!(tin.shapes.geometries[0].kind, GeometryKind::TriangulatedSurface);
    assert_eq!(object(&found, "ginkgo").shapes.points.len(), 1);
}

#[test]
fn an_object_may_name_its_system_itself() {
    let envelope = ROAD.find("<gml:boundedBy>").zip(ROAD.find("</gml:boundedBy>"));
    let (start, end) = envelope.expect("an envelope");
    let envelope = &ROAD[start..end + "</gml:boundedBy>".len()];
    let own = ROAD.replacen(envelope, "", 1);
    let own = own.replace("gml:id=\"road\">", &format!("gml:id=\"road\">{envelope}"));
    let found = city(&own);
    assert_eq!((codes(&found), found.header.crs), (vec!["missing-system".to_owned()], None));
    let systems = |id| object(&found, id).shapes.geometries.iter().map(|g| g.epsg).collect::<Vec<_>>();
    assert!(systems("road").iter().all(|epsg| *epsg == Some(6697)), "{:?}", systems("road"));
    assert_eq!(systems("square"), [None], "it is not that of the object before");
}

#[test]
fn prefixes_may_be_any() {
    let other = BUILDING.replace("core:", "").replace("xmlns:core", "xmlns").replace("con:", "k:");
    let other = other.replace("xmlns:con", "xmlns:k").replace("gml:", "g:").replace("xmlns:gml", "xmlns:g");
    let (usual, other) = (city(BUILDING), city(&other));
    assert_eq!(codes(&other), ["point-cloud"]);
    for (a, b) in usual.objects.iter().zip(&other.objects) {
        let names = |object: &RawObject| -> Vec<String> {
            object.nodes().map(|node| format!("{} {}", node.name(), node.text())).collect()
        };
        assert_eq!((names(a), &a.shapes), (names(b), &b.shapes));
    }
}

#[test]
fn dirt_is_told_and_the_rest_is_there() {
    let cases = [
        ("35.690200 139.690000 42.4", "35.690200 oops 42.4", "bad-coordinates"),
        ("35.690200 139.690000 42.4", "95.690200 139.690000 42.4", "bad-coordinates"),
        ("gml:id=\"terrace\"", "gml:id=\"tower\"", "duplicate-id"),
        ("xlink:href=\"#t-ground\"", "xlink:href=\"#gone\"", "broken-xlink"),
        ("<gml:Shell>", "<gml:Shell><gml:Cone/>", "unknown-geometry"),
    ];
    let members = city(BUILDING).objects.len();
    for (from, to, code) in cases {
        let found = city(&BUILDING.replacen(from, to, 1));
        assert!(codes(&found).contains(&code.to_owned()), "{to}: {:?}", found.report);
        assert_eq!(found.objects.len(), members, "{to}");
    }
    let mixed = BUILDING.replace("building/3.0", "building/2.0").replace("gml/3.2", "gml");
    assert_eq!(codes(&city(&mixed)), ["point-cloud"], "editions may be mixed");
    let member = "<core:featureMember><bldg:Building gml:id=\"f\"/></core:featureMember></core:CityModel>";
    let found = city(&BUILDING.replace("</core:CityModel>", member));
    assert_eq!(found.objects.last().and_then(RawObject::id), Some("f"));
    let version = "<core:versionMember><vers:Version xmlns:vers=\"http://www.opengis.net/citygml/versioning/3.0\"/></core:versionMember></core:CityModel>";
    let found = city(&ROAD.replace("</core:CityModel>", version));
    assert_eq!(
        (codes(&found).len(), found.properties.last().map(RawObject::kind)),
        (0, Some("core:versionMember"))
    );
}

#[test]
fn changed_bytes_are_a_city_or_an_error() {
    let mut dice = Dice::new(3);
    let (mut cities, mut errors) = (0, 0);
    for text in [BUILDING, ROAD, OTHERS] {
        for _ in 0..TURNS {
            let mut bytes = text.as_bytes().to_vec();
            dice.damage(&mut bytes, OTHERS.as_bytes(), 4);
            match read(&bytes, "t.gml", &Limits::default()) {
                Ok(_) => cities += 1,
                Err(error) => {
                    assert!(error.to_string().contains("t.gml"), "{error}");
                    errors += 1;
                }
            }
        }
    }
    assert!(cities > TURNS / 10 && errors > TURNS / 10, "{cities} cities, {errors} errors");
}

#[test]
fn a_cut_file_is_an_error() {
    for end in (100..BUILDING.len() - 20).step_by(97) {
        let Some(text) = BUILDING.get(..end) else { continue };
        assert!(try_city(text).is_err(), "{end}");
    }
}
