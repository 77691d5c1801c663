//! City objects: what goes in comes out, and damaged ones are refused or harmless.

mod common;

use common::{text, tiny};
use futago_model::objects::{
    Element, ElementAttribute, NO_INDEX, ObjectGeometry, ObjectLink, ObjectRing, ObjectSurface, Root, Text,
    TexturedRing,
};
use futago_model::{Objects, StringId};
use futago_pack::{Pack, read_objects};
use proptest::prelude::*;

/// A house with a height, a roof and a reference to it.
fn house(id: &str) -> Objects {
    let mut objects = Objects::default();
    let mut text = |words: &str| {
        let start = objects.text.len() as u32;
        objects.text.extend_from_slice(words.as_bytes());
        Text { start, end: objects.text.len() as u32 }
    };
    let [id, height, uom, href] = [id, "9.5", "m", "#roof"].map(&mut text);
    let names: Vec<StringId> =
        ["house.gml", "bldg:Building", "gml:id", "bldg:measuredHeight", "uom", "bldg:lod2Solid"]
            .map(|name| objects.names.push(name))
            .to_vec();
    let element = |name: StringId, role, parent, end, text, attributes| Element {
        name,
        role,
        parent,
        end,
        text,
        attributes,
    };
    objects.roots.push(Root { element: 0, kind: 0, file: names[0], reserved: 0, byte: 12 });
    objects.elements.extend([
        element(names[1], 0, NO_INDEX, 3, Text::default(), [0, 1]),
        element(names[3], 2, 0, 2, height, [1, 2]),
        element(names[5], 2, 0, 3, Text::default(), [2, 2]),
    ]);
    objects.attributes.extend([
        ElementAttribute { name: names[2], value: id },
        ElementAttribute { name: names[4], value: uom },
    ]);
    objects.geometries.push(ObjectGeometry {
        kind: 15,
        lod: 2,
        element: 2,
        parent: NO_INDEX,
        end: 1,
        role: 0,
        reversed: 0,
        dimension: 3,
        id: Text::default(),
        surfaces: [0, 1],
        lines: [0, 0],
        points: [0, 0],
        links: [0, 1],
    });
    objects.surfaces.push(ObjectSurface { id: Text::default(), rings: [0, 1], kind: 1 });
    objects.rings.push(ObjectRing { id: Text::default(), vertices: [0, 3], interior: 0 });
    objects.vertices_mm.extend([[0, 0, 9500], [4000, 0, 9500], [0, 4000, 9500]]);
    objects.links.push(ObjectLink {
        href,
        geometry: 0,
        element: NO_INDEX,
        after_surfaces: 0,
        target_kind: 1,
        target: 0,
    });
    objects.textured_rings.push(TexturedRing { element: 2, ring: href, positions: [0, 3] });
    objects.texture_positions.extend([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]]);
    objects
}

fn with(objects: Objects) -> Pack {
    Pack { objects, ..tiny() }
}

/// Calls every method that follows indices.
fn walk(objects: &Objects) -> usize {
    let mut seen = 0;
    for object in objects.objects() {
        for element in object.descendants() {
            seen += element.name().len() + element.text().len() + element.part().children().count();
            seen += element.attributes().map(|(name, value)| name.len() + value.len()).sum::<usize>();
        }
        for (_, geometry) in object.geometries_within() {
            for surface in objects.surfaces_of(geometry) {
                let rings = objects.rings_of(surface).iter();
                seen += rings.map(|ring| objects.vertices_of(ring.vertices).len()).sum::<usize>();
            }
        }
    }
    seen
}

#[test]
fn objects_come_back_and_only_when_asked_for() {
    let mut both = house("a");
    both.append(&house("b"));
    let bytes = with(both.clone()).to_bytes().expect("a pack");
    assert_eq!(read_objects(&bytes).expect("objects"), both);
    let pack = Pack::read(&bytes).expect("a pack");
    assert_eq!(text(&pack), text(&tiny()), "objects are not read along");
    assert_eq!(futago_pack::Manifest::read(&bytes).expect("words").objects["bldg:Building"], 2);
    assert!(read_objects(&tiny().to_bytes().expect("a pack")).expect("none").is_empty());
}

#[test]
fn a_store_behind_another_keeps_its_own() {
    let mut both = house("a");
    both.append(&house("b"));
    let ids: Vec<_> = both.objects().filter_map(|object| object.id()).collect();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(both.names.ends.len(), house("a").names.ends.len(), "names are there once");
    let second = both.objects().nth(1).expect("two");
    let height = second.child("bldg:measuredHeight").expect("it");
    assert_eq!((height.text(), height.attribute("uom")), ("9.5", Some("m")));
    let (index, geometry) = second.geometries_within().next().expect("one");
    assert_eq!((index, both.surfaces_of(geometry).len(), geometry.surfaces), (1, 1, [1, 2]));
    let link = both.links[1];
    assert_eq!((link.geometry, link.target, link.element, both.text(link.href)), (1, 1, NO_INDEX, "#roof"));
}

proptest! {
    #[test]
    fn a_wrong_number_is_refused_or_harmless(which in 0_usize..9, at in 0_usize..400, number in prop_oneof![0_u32..20, Just(u32::MAX), any::<u32>()]) {
        let mut objects = house("a");
        objects.append(&house("b"));
        fn set<T: bytemuck::Pod>(records: &mut [T], at: usize, number: u32) {
            let numbers: &mut [u32] = bytemuck::cast_slice_mut(records);
            let at = at % numbers.len();
            numbers[at] = number;
        }
        match which {
            0 => set(&mut objects.roots, at, number),
            1 => set(&mut objects.elements, at, number),
            2 => set(&mut objects.attributes, at, number),
            3 => set(&mut objects.geometries, at, number),
            4 => set(&mut objects.surfaces, at, number),
            5 => set(&mut objects.rings, at, number),
            6 => set(&mut objects.links, at, number),
            7 => set(&mut objects.textured_rings, at, number),
            _ => set(&mut objects.names.ends, at, number),
        }
        if let Ok(bytes) = with(objects).to_bytes() {
            walk(&read_objects(&bytes).expect("what is written can be read"));
        }
    }
}

#[test]
fn the_walk_walks() {
    assert!(walk(&house("a")) > 40);
}
