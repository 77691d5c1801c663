//! What a file says comes out, and what cannot be taken is told.

mod common;

use common::{building, city, codes, member, model, object, polygon};
use futago_geodesy::Axes;
use futago_raw::{GeometryKind, GeometryRole, LinkOwner, NodeRole, SurfaceKind, Target};

#[test]
fn a_building_has_its_attributes_parts_and_geometry() {
    let city = city(&model(&building("a")));
    assert!(city.report.entries.is_empty(), "{:?}", city.report);
    assert_eq!(city.header.crs.map(|crs| (crs.epsg, crs.axes())), Some((6697, Axes::LatitudeLongitude)));
    let building = &city.objects[0];
    assert_eq!((building.kind(), building.id()), ("bldg:Building", Some("a")));
    let root = building.root();
    assert_eq!(root.value("gml:name"), Some("都庁 & <塔>"));
    let height = root.child("bldg:measuredHeight").expect("a height");
    assert_eq!((height.text(), height.attribute("uom")), ("12.5", Some("m")));
    let generic = root.child("gen:stringAttribute").expect("a generic attribute");
    assert_eq!((generic.attribute("name"), generic.value("gen:value")), (Some("備考"), Some("a < b")));
    let details = root.child("uro:buildingIDAttribute").and_then(|p| p.children().next()).expect("a value");
    assert_eq!((details.name(), details.role()), ("uro:BuildingIDAttribute", NodeRole::Value));
    assert_eq!(
        details.child("uro:city").and_then(|c| c.attribute("codeSpace")),
        Some("../../codelists/x.xml")
    );
    let parts: Vec<_> = building.parts().map(|part| part.name()).collect();
    assert_eq!(parts, ["bldg:Building", "bldg:RoofSurface"]);
}

#[test]
fn a_solid_leads_to_the_surfaces_of_the_parts() {
    let city = city(&model(&building("a")));
    let building = &city.objects[0];
    let shapes = &building.shapes;
    let kinds: Vec<_> = shapes.geometries.iter().map(|g| (g.kind, g.role, g.lod, g.parent)).collect();
    assert_eq!(
        kinds,
        [
            (GeometryKind::Solid, GeometryRole::Member, Some(2), None),
            (GeometryKind::CompositeSurface, GeometryRole::Exterior, Some(2), Some(0)),
            (GeometryKind::MultiSurface, GeometryRole::Member, Some(2), None),
        ]
    );
    assert_eq!((building.links.len(), building.links[0].target), (1, Target::Surface(0)));
    assert_eq!(building.links[0].owner, LinkOwner::Geometry(1));
    assert_eq!((shapes.geometries[0].links.clone(), shapes.geometries[2].surfaces.clone()), (0..1, 0..1));
    assert_eq!(building.node(shapes.geometries[2].node).part().name(), "bldg:RoofSurface");
    let ring = &shapes.rings_of(&shapes.surfaces[0])[0];
    assert_eq!(shapes.at(&ring.positions)[1], [35.1, 139.2, 12.5]);
    assert_eq!(building.text(shapes.surfaces[0].id), "a-roof");
}

#[test]
fn prefixes_may_be_any() {
    let usual = model(&building("a"));
    let other = usual
        .replace("core:", "")
        .replace("xmlns:core", "xmlns")
        .replace("gml:", "g:")
        .replace("xmlns:gml", "xmlns:g")
        .replace("bldg:", "b:")
        .replace("xmlns:bldg", "xmlns:b");
    let (usual, other) = (city(&usual), city(&other));
    assert_eq!(names(&usual.objects[0]), names(&other.objects[0]));
    assert_eq!(usual.objects[0].shapes, other.objects[0].shapes);
    assert!(other.report.entries.is_empty(), "{:?}", other.report);
}

fn names(object: &futago_raw::RawObject) -> Vec<&str> {
    object.nodes().map(|node| node.name()).collect()
}

#[test]
fn holes_triangles_lines_and_points() {
    let hole = "<gml:interior><gml:LinearRing gml:id=\"h\"><gml:pos>35 139 1</gml:pos><gml:pos>35 139.1 1</gml:pos></gml:LinearRing></gml:interior>";
    let surface = polygon("p", 1.0).replace("</gml:Polygon>", &format!("{hole}</gml:Polygon>"));
    let (found, codes) = object(&format!(
        r##"<frn:CityFurniture><frn:lod1Geometry><gml:MultiSurface><gml:surfaceMember>{surface}</gml:surfaceMember>
        <gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface xlink:href="#p"/></gml:OrientableSurface></gml:surfaceMember>
        </gml:MultiSurface></frn:lod1Geometry>
        <frn:lod2Geometry><gml:MultiCurve><gml:curveMember><gml:Curve><gml:segments><gml:LineStringSegment>
        <gml:posList>35 139 1 35 139.5 1</gml:posList></gml:LineStringSegment><gml:LineStringSegment>
        <gml:posList>35 139.5 1 35.5 139.5 1</gml:posList></gml:LineStringSegment></gml:segments></gml:Curve></gml:curveMember></gml:MultiCurve></frn:lod2Geometry>
        <frn:lod3Geometry><gml:Point gml:id="q"><gml:pos>35 139 7</gml:pos></gml:Point></frn:lod3Geometry>
        <frn:lod4Geometry><gml:Tin><gml:trianglePatches><gml:Triangle><gml:exterior><gml:LinearRing>
        <gml:coordinates>35,139,1 35,139.1,1 35.1,139,1 35,139,1</gml:coordinates></gml:LinearRing></gml:exterior></gml:Triangle></gml:trianglePatches></gml:Tin></frn:lod4Geometry>
        </frn:CityFurniture>"##
    ));
    assert!(codes.is_empty(), "{codes:?}");
    let shapes = &found.shapes;
    let kinds: Vec<_> = shapes.geometries.iter().map(|g| (g.kind, g.lod, g.reversed)).collect();
    assert_eq!(
        kinds,
        [
            (GeometryKind::MultiSurface, Some(1), false),
            (GeometryKind::OrientableSurface, Some(1), true),
            (GeometryKind::MultiCurve, Some(2), false),
            (GeometryKind::Point, Some(3), false),
            (GeometryKind::Tin, Some(4), false),
        ]
    );
    let rings: Vec<_> =
        shapes.rings_of(&shapes.surfaces[0]).iter().map(|r| (r.interior, r.positions.len())).collect();
    assert_eq!(rings, [(false, 4), (true, 2)]);
    assert_eq!((shapes.lines.len(), shapes.lines[0].positions.len()), (1, 4));
    assert_eq!(shapes.at(&shapes.points[0].positions), [[35.0, 139.0, 7.0]]);
    assert_eq!(
        (shapes.surfaces[1].kind, shapes.geometries[4].surfaces.clone()),
        (SurfaceKind::Triangle, 1..2)
    );
    assert_eq!(found.links[0].target, Target::Surface(0));
}

#[test]
fn plane_files_keep_north_first_and_two_numbers_may_do() {
    let text = model(&member(
        r#"<frn:CityFurniture><frn:lod1Geometry><gml:LineString srsName="EPSG:6677" srsDimension="2"><gml:posList>-34000 -13000 -34001 -13000</gml:posList></gml:LineString></frn:lod1Geometry></frn:CityFurniture>"#,
    ));
    let city = city(&text);
    assert!(city.report.entries.is_empty(), "{:?}", city.report);
    let shapes = &city.objects[0].shapes;
    assert_eq!((shapes.geometries[0].epsg, shapes.geometries[0].dimension), (Some(6677), 2));
    assert_eq!(shapes.positions, [[-34000.0, -13000.0, 0.0], [-34001.0, -13000.0, 0.0]]);
}

#[test]
fn what_is_not_known_stays_and_is_told() {
    let (found, codes) = object(
        r#"<bldg:Building gml:id="a"><x:odd unit="k">7<x:deep>8</x:deep></x:odd>
        <bldg:lod1MultiSurface><gml:MultiCurve><gml:curveMember><gml:Curve><gml:segments><gml:Arc><gml:posList>1 2 3</gml:posList></gml:Arc></gml:segments></gml:Curve></gml:curveMember>lost</gml:MultiCurve></bldg:lod1MultiSurface></bldg:Building>"#,
    );
    assert_eq!(
        codes,
        ["unknown-geometry", "empty-geometry", "stray-text", "undeclared-prefix"].map(str::to_owned).to_vec()
    );
    let odd = found.root().child("x:odd").expect("kept");
    assert_eq!((odd.text(), odd.attribute("unit"), odd.value("x:deep")), ("7", Some("k"), Some("8")));
    let arc = found.nodes().find(|node| node.name() == "gml:Arc").expect("kept");
    assert_eq!(arc.value("gml:posList"), Some("1 2 3"));
}

#[test]
fn bad_coordinates_are_left_out_with_their_place() {
    let text = model(&building("a").replace("35.2 139.2 12.5", "35.2 oops 12.5"));
    let found = city(&text);
    assert_eq!(codes(&found), ["bad-coordinates"]);
    let entry = &found.report.entries[0];
    assert_eq!(entry.place, format!("t.gml, byte {}", text.find("oops").unwrap()));
    assert_eq!(entry.feature, "a");
    assert!(entry.action.contains("`oops`"), "{entry:?}");
    let shapes = &found.objects[0].shapes;
    assert_eq!((shapes.surfaces.len(), shapes.rings.len(), shapes.positions.len()), (1, 0, 0));

    for (bad, code) in [
        ("NaN 139.2 12.5", "bad-coordinates"),
        ("inf 139.2 12.5", "bad-coordinates"),
        ("91 139.2 12.5", "bad-coordinates"),
        ("35.2 139.2 1e9", "bad-coordinates"),
        ("35.2 139.2", "bad-coordinate-count"),
    ] {
        let text = model(&building("a").replace("35.2 139.2 12.5", bad));
        assert!(codes(&city(&text)).contains(&code.to_owned()), "{bad}: {:?}", city(&text).report);
    }
}

#[test]
fn bad_coordinates_that_grow_when_they_are_unpacked_have_a_place() {
    // Found by the fuzzer: `&` in a CDATA section is five characters when it is escaped, more than the whole file.
    let bad = format!("<![CDATA[{}]]>", "&".repeat(2000));
    let found = city(&model(&building("a").replace("35.2 139.2 12.5", &bad)));
    assert_eq!(codes(&found), ["bad-coordinates"]);
    assert_eq!(found.report.entries[0].place, "t.gml, byte 0");
}

#[test]
fn longitude_before_latitude_is_swapped_back() {
    let swapped = building("a")
        .replace("35.1 139.1", "139.1 35.1")
        .replace("35.1 139.2", "139.2 35.1")
        .replace("35.2 139.2", "139.2 35.2");
    let (found, usual) = (city(&model(&swapped)), city(&model(&building("a"))));
    assert_eq!(codes(&found), ["swapped-coordinates"]);
    assert_eq!(found.objects[0].shapes, usual.objects[0].shapes);
}

#[test]
fn references_across_objects_are_looked_for_in_the_file() {
    let group = r##"<grp:CityObjectGroup gml:id="g"><grp:groupMember xlink:href="#a"/><grp:groupMember xlink:href="#nowhere"/><grp:parent xlink:href="other.gml#a"/></grp:CityObjectGroup>"##;
    let found = city(&model(&(member(group) + &building("a"))));
    assert_eq!(codes(&found), ["broken-xlink"]);
    let entry = &found.report.entries[0];
    assert!(entry.action.contains("#nowhere") && entry.feature == "g", "{entry:?}");
    assert_eq!(found.objects[0].links.iter().map(|l| l.target).collect::<Vec<_>>(), [Target::Outside; 3]);
    let twice = city(&model(&(building("a") + &building("a"))));
    assert_eq!((codes(&twice), twice.objects.len()), (vec!["duplicate-id".to_owned()], 2));
}

#[test]
fn textures_of_the_file_and_of_an_object() {
    let texture = |id: &str| {
        format!(
            r##"<app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>x/a.jpg</app:imageURI><app:target uri="#{id}"><app:TexCoordList><app:textureCoordinates ring="#r">0 0 1 0 0.5 1 0 0</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture></app:surfaceDataMember>"##
        )
    };
    let appearance = |id: &str| {
        format!("<app:Appearance><app:theme>rgbTexture</app:theme>{}</app:Appearance>", texture(id))
    };
    let file = format!("<app:appearanceMember>{}</app:appearanceMember>", appearance("a-roof"));
    let found = city(&model(&(file + &building("a"))));
    assert!(found.report.entries.is_empty(), "{:?}", found.report);
    let data = &found.appearances[0].surface_data[0];
    assert_eq!(
        (found.appearances[0].theme(), data.root().value("app:imageURI")),
        (Some("rgbTexture"), Some("x/a.jpg"))
    );
    assert_eq!((data.texture_rings.len(), data.texture_positions[2]), (1, [0.5, 1.0]));
    assert_eq!(data.text(data.texture_rings[0].ring), "#r");

    let inside = building("a").replace(
        "</bldg:Building>",
        &format!("<app:appearance>{}</app:appearance></bldg:Building>", appearance("gone")),
    );
    let found = city(&model(&inside));
    assert_eq!(
        (codes(&found), found.objects[0].texture_rings.len()),
        (vec!["broken-texture-target".to_owned()], 1)
    );
}

#[test]
fn implicit_geometry_keeps_matrix_and_reference_point() {
    let (found, codes) = object(
        r#"<frn:CityFurniture><frn:lod2ImplicitRepresentation><core:ImplicitGeometry><core:mimeType>model/x</core:mimeType>
        <core:transformationMatrix>1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1</core:transformationMatrix><core:libraryObject>a.gltf</core:libraryObject>
        <core:referencePoint><gml:Point><gml:pos>35 139 1</gml:pos></gml:Point></core:referencePoint></core:ImplicitGeometry></frn:lod2ImplicitRepresentation></frn:CityFurniture>"#,
    );
    assert!(codes.is_empty(), "{codes:?}");
    let implicit = found.nodes().find(|node| node.name() == "core:ImplicitGeometry").expect("kept");
    assert_eq!(implicit.value("core:libraryObject"), Some("a.gltf"));
    assert!(implicit.value("core:transformationMatrix").is_some_and(|matrix| matrix.starts_with("1 0")));
    let point = implicit.child("core:referencePoint").and_then(|p| p.geometries().next()).expect("a point");
    assert_eq!((point.kind, point.lod), (GeometryKind::Point, Some(2)));
}
