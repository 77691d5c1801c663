//! What is made of each fixture, member by member.

mod common;

use common::{HOUSE, OLD, SEQUENCE, STREET, city, codes, corners, near, object, part, texts};
use futago_cityjson::{Limits, read};
use futago_geodesy::Crs;
use futago_raw::{GeometryKind, GeometryRole, SurfaceKind, Target};

#[test]
fn a_house_is_what_citygml_would_call_it() {
    let city = city(HOUSE);
    assert_eq!(codes(&city), [""; 0]);
    assert_eq!(city.header.crs, Some(Crs { epsg: 6697 }));
    assert_eq!(city.header.attributes, [("version".to_owned(), "2.0".to_owned())]);
    assert_eq!(
        city.header.namespaces,
        [("Noise".to_owned(), "https://example.org/noise.ext.json".to_owned())]
    );
    let kinds: Vec<_> = city.objects.iter().map(|object| object.kind()).collect();
    assert_eq!(kinds, ["bldg:Building", "grp:CityObjectGroup", "+NoiseBarrier"]);
    let house = object(&city, "house-1");
    let root = house.root();
    assert_eq!(root.value("bldg:measuredHeight"), Some("10.50"), "as it is written");
    assert_eq!(texts(root, "bldg:function"), ["401", "402"]);
    assert_eq!(root.value("bldg:yearOfConstruction"), Some("1987"));
    assert_eq!(root.value("owner"), Some("都庁 & <Co>"));
    assert_eq!(root.value("建物ID"), Some("13104-bldg-1"));
    assert_eq!(root.value("heated"), Some("true"));
    assert_eq!(root.child("nothing").unwrap().attribute("count"), Some("0"));
    assert!(HOUSE[house.byte as usize..].starts_with("\"Building\""), "{}", house.byte);
    let part = part(house, "bldg:BuildingPart");
    assert_eq!((part.id(), part.parent().unwrap().name()), (Some("part-1"), "bldg:consistsOfBuildingPart"));
    assert_eq!(
        (part.value("bldg:roofType"), part.value("bldg:storeysAboveGround")),
        (Some("1000"), Some("3"))
    );
}

#[test]
fn nested_attributes_and_addresses_are_elements() {
    let city = city(HOUSE);
    let house = object(&city, "house-1");
    let noise = house.root().child("+noise").unwrap();
    assert_eq!(noise.value("day"), Some("61.20"));
    let facades: Vec<_> = noise.children().filter(|child| child.name() == "facades").collect();
    assert_eq!((facades[0].value("side"), facades[0].value("level")), (Some("N"), Some("1e2")));
    assert_eq!(facades[1].child("level").unwrap().attribute("xsi:nil"), Some("true"));
    let rows: Vec<_> = house.root().children().filter(|child| child.name() == "matrix").collect();
    assert_eq!((texts(rows[0], "matrix"), texts(rows[1], "matrix")), (vec!["1", "2"], vec!["3"]));
    let address = house.root().child("bldg:address").unwrap().child("core:Address").unwrap();
    assert_eq!(address.value("country"), Some("Japan"));
    let place = address.child("core:multiPoint").unwrap().geometries().next().unwrap();
    let point = &house.shapes.points[place.points.start as usize];
    assert!(near(house.shapes.at(&point.positions)[0], [35.69, 139.69, 40.0]), "latitude first");
    let envelope = house.root().child("gml:boundedBy").unwrap().child("gml:Envelope").unwrap();
    assert_eq!(envelope.value("gml:lowerCorner"), Some("35.69 139.69 40.0"));
}

#[test]
fn surfaces_with_semantics_are_held_by_their_part_and_referred_to_by_the_solid() {
    let city = city(HOUSE);
    let house = object(&city, "house-1");
    let roof = part(house, "bldg:RoofSurface");
    assert_eq!((roof.value("slope"), roof.parent().unwrap().name()), (Some("0.50"), "bldg:boundedBy"));
    let property = roof.child("bldg:lod2MultiSurface").unwrap();
    assert_eq!(property.attribute("lod"), Some("2.2"));
    let geometry = property.geometries().next().unwrap();
    assert_eq!(
        (geometry.kind, geometry.lod, geometry.epsg),
        (GeometryKind::MultiSurface, Some(2), Some(6697))
    );
    let [surface] = house.shapes.surfaces_of(geometry) else { panic!("one surface") };
    assert_eq!(house.text(surface.id), "part-1_g0_s1");
    let rings = house.shapes.rings_of(surface);
    assert_eq!((rings.len(), rings[0].interior, rings[1].interior), (2, false, true));
    let corners = house.shapes.at(&rings[0].positions);
    assert!(corners.len() == 5 && corners[0] == corners[4] && near(corners[0], [35.69, 139.69, 50.0]));
    // The wall with its door, which is an opening of it, and the hatch of the roof.
    let wall = part(house, "bldg:WallSurface");
    assert_eq!(wall.value("bldg:function"), Some("fire wall"));
    let door = part(house, "bldg:Door");
    assert_eq!(
        (door.parent().unwrap().name(), door.parent().unwrap().part().index()),
        ("bldg:opening", wall.index())
    );
    assert_eq!(part(house, "+RoofHatch").parent().unwrap().part().index(), roof.index());
    // The solid: five references and the one surface without semantics.
    let body = part(house, "bldg:BuildingPart").child("bldg:lod2Solid").unwrap().geometries().next().unwrap();
    assert_eq!((body.kind, body.links.len(), body.surfaces.len()), (GeometryKind::Solid, 5, 1));
    let shell = &house.shapes.geometries[house.shapes.geometries.iter().position(|g| g == body).unwrap() + 1];
    assert_eq!((shell.kind, shell.role), (GeometryKind::CompositeSurface, GeometryRole::Exterior));
    let link = &house.links[body.links.start as usize + 1];
    assert_eq!(house.text(link.href), "#part-1_g0_s1");
    let Target::Surface(target) = link.target else { panic!("{link:?}") };
    assert_eq!(&house.shapes.surfaces[target as usize], surface);
    assert_eq!(house.shapes.surfaces.len(), 1 + 6 + 6, "footprint, block and solid, each surface once");
}

#[test]
fn the_outline_and_the_block_are_where_the_assembler_looks() {
    let city = city(HOUSE);
    let house = object(&city, "house-1");
    let outline = corners(house, house.root(), "bldg:lod0FootPrint");
    assert!(near(outline[1], [35.69, 139.6901, 40.0]), "{outline:?}");
    let block = house.root().child("bldg:lod1Solid").unwrap();
    assert_eq!(block.attribute("lod"), Some("1.2"));
    assert_eq!(block.geometries().next().unwrap().surfaces.len(), 6);
    assert_eq!(block.part().name(), "bldg:Building");
}

#[test]
fn groups_and_other_members_of_the_file_are_kept() {
    let city = city(HOUSE);
    let ward = object(&city, "ward");
    let member = ward.root().child("grp:groupMember").unwrap();
    assert_eq!(
        (member.attribute("xlink:href"), member.attribute("role")),
        (Some("#house-1"), Some("dwelling"))
    );
    assert_eq!(ward.text(ward.links[0].href), "#house-1");
    let kinds: Vec<_> = city.properties.iter().map(|property| property.kind()).collect();
    assert_eq!(kinds, ["gml:boundedBy", "metadata", "extensions", "+census"]);
    assert_eq!(city.properties[1].root().value("title"), Some("A house with a part"));
    assert_eq!(texts(city.properties[3].root(), "persons"), ["3", "4"]);
    let line = object(&city, "wall-1");
    assert!(line.root().child("gen:lod1Geometry").is_some());
    assert_eq!(line.shapes.at(&line.shapes.lines[0].positions).len(), 3);
}

#[test]
fn templates_are_moved_to_their_place() {
    let city = city(STREET);
    assert_eq!(codes(&city), [""; 0]);
    let lamp = object(&city, "lamp-1");
    let property = lamp.root().child("frn:lod3ImplicitRepresentation").unwrap();
    assert_eq!(property.attribute("template"), Some("0"));
    assert!(property.value("core:transformationMatrix").unwrap().starts_with("2.0 0.0 0.0 1.0 "));
    // The reference point is 5 m east and 2 m north of the corner, the matrix adds 1 m east, 0.5 m up.
    let corners = corners(lamp, lamp.root(), "frn:lod3ImplicitRepresentation");
    assert!(near(corners[0], [-34998.0, -11994.0, 0.6]), "{corners:?}");
    assert!(near(corners[1], [-34998.0, -11992.0, 0.6]), "{corners:?}");
    assert!(near(corners[2], [-34996.0, -11994.0, 3.6]), "{corners:?}");
}

#[test]
fn every_kind_of_object_and_solid_has_its_name() {
    let city = city(STREET);
    let kinds: Vec<_> = city.objects.iter().map(|object| object.kind()).collect();
    let expected =
        ["frn:CityFurniture", "tran:Road", "gen:GenericCityObject", "dem:ReliefFeature", "veg:PlantCover"];
    assert_eq!(kinds, expected);
    let road = object(&city, "road-1");
    assert_eq!(road.root().value("tran:class"), Some("street"));
    assert_eq!(part(road, "tran:TrafficArea").value("tran:surfaceMaterial"), Some("asphalt"));
    assert_eq!(part(road, "tran:AuxiliaryTrafficArea").parent().unwrap().name(), "tran:auxiliaryTrafficArea");
    let section = road.parts().find(|part| part.id() == Some("section-1")).unwrap();
    assert_eq!(section.parent().unwrap().name(), "core:consistsOf");
    let ground = part(object(&city, "ground-1"), "dem:TINRelief");
    let tin = ground.child("dem:tin").unwrap().geometries().next().unwrap();
    assert_eq!((tin.kind, ground.value("dem:lod")), (GeometryKind::TriangulatedSurface, Some("1")));
    assert!(object(&city, "ground-1").shapes.surfaces.iter().all(|one| one.kind == SurfaceKind::Triangle));
    let trees = object(&city, "trees-1");
    assert!(trees.root().child("veg:lod2MultiSolid").is_some());
    assert_eq!(trees.root().value("veg:averageHeight"), Some("11.05"));
    let block = object(&city, "block-1");
    let roles: Vec<_> = block.shapes.geometries.iter().map(|g| (g.kind, g.role, g.surfaces.len())).collect();
    let (member, solid, shell) = (GeometryRole::Member, GeometryKind::Solid, GeometryKind::CompositeSurface);
    let expected = [
        (GeometryKind::CompositeSolid, member, 6),
        (solid, member, 6),
        (shell, GeometryRole::Exterior, 6),
        (solid, member, 8),
        (shell, GeometryRole::Exterior, 6),
        (shell, GeometryRole::Interior, 2),
    ];
    assert_eq!(roles, expected);
    assert_eq!(block.root().children().filter(|c| c.attribute("lod") == Some("1.3")).count(), 2);
}

#[test]
fn version_1_0_has_real_coordinates_and_may_have_north_first() {
    let city = city(OLD);
    assert_eq!(codes(&city), ["swapped-coordinates"], "its solid is turned the other way");
    let house = object(&city, "house-9");
    let roof = part(house, "bldg:RoofSurface");
    let corners = corners(house, roof, "bldg:lod2MultiSurface");
    assert_eq!(corners[1], [-35000.0, -11990.0, 5.0], "north, east, height, as they stand");
    assert_eq!(roof.child("bldg:lod2MultiSurface").unwrap().attribute("lod"), Some("2"));
    assert_eq!(object(&city, "thing-1").shapes.points.len(), 2);
    assert_eq!(object(&city, "group-1").links.len(), 2);
}

#[test]
fn a_sequence_gives_the_same_as_a_file() {
    let found = city(SEQUENCE);
    assert_eq!(codes(&found), [""; 0]);
    let ids: Vec<_> = found.objects.iter().map(|object| object.id().unwrap()).collect();
    assert_eq!(ids, ["a", "b"]);
    let house = object(&found, "a");
    assert_eq!(house.root().value("bldg:measuredHeight"), Some("10.5"));
    let corners = corners(house, part(house, "bldg:RoofSurface"), "bldg:lod2MultiSurface");
    assert!(near(corners[0], [35.69, 139.69, 50.5]), "{corners:?}");
    assert!(SEQUENCE[house.byte as usize..].starts_with("\"Building\""));
    let water = object(&found, "b");
    assert_eq!((water.kind(), water.shapes.surfaces[0].kind), ("wtr:WaterBody", SurfaceKind::Triangle));
    // With separators, blank lines, other ends of lines and a byte order mark: the same.
    let marked = format!("\u{feff}\n{}\r\n\n", SEQUENCE.trim().replace('\n', "\r\n\r\n\u{1e}"));
    let found = read(marked.as_bytes(), "t.json", &Limits::default()).unwrap();
    assert_eq!((found.objects.len(), &found.objects[1].shapes), (2, &water.shapes));
    assert!(marked[found.objects[1].byte as usize..].starts_with("\"WaterBody\""));
    let marked =
        format!("\n\u{feff} \n{HOUSE}").replace('\n', "\r\n").replacen("\r\n\u{feff}", "\u{feff}", 1);
    let found = read(marked.as_bytes(), "t.json", &Limits::default()).unwrap();
    assert!(marked[found.objects[0].byte as usize..].starts_with("\"Building\""));
}
