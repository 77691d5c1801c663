//! References (`xlink:href`, targets of textures): resolved inside an object, checked inside a file.

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::lexicon::Lexicon;
use futago_raw::{RawObject, Span, Target};

/// A reference that leads out of its object: looked for in the whole file at the end.
#[derive(Debug, Clone)]
pub(crate) struct Outside {
    /// Hash of the id.
    hash: u64,
    /// Place of the object that has it.
    byte: u64,
    /// As written, and the object that has it. None: of a texture.
    href: Option<Box<(String, String)>>,
}

/// Finds what the references of an object lead to, and gathers the hashes of its ids.
pub(crate) fn resolve(
    object: &mut RawObject,
    lexicon: &Lexicon<'_>,
    hashes: &mut Vec<u64>,
    outside: &mut Vec<Outside>,
) {
    let wanted = !object.links.is_empty();
    let room = if wanted { object.shapes.surfaces.len() + object.nodes.len() / 2 } else { 0 };
    let mut targets: FxHashMap<u64, Target> = FxHashMap::with_capacity_and_hasher(room, Default::default());
    let mut own_id = None;
    ids(object, lexicon, |span, target| {
        let hash = xxh3_64(object.text(span).as_bytes());
        hashes.push(hash);
        if wanted {
            targets.entry(hash).or_insert(target);
        }
        if target == Target::Node(0) {
            own_id = Some(span);
        }
    });
    let mut links = std::mem::take(&mut object.links);
    for link in &mut links {
        let href = object.text(link.href);
        let Some(id) = href.strip_prefix('#') else { continue };
        let hash = xxh3_64(id.as_bytes());
        if let Some(target) = targets.get(&hash) {
            link.target = *target;
        } else {
            let owner = own_id.map_or_else(String::new, |id| object.text(id).to_owned());
            outside.push(Outside { hash, byte: object.byte, href: Some(Box::new((href.to_owned(), owner))) });
        }
    }
    object.links = links;
    texture_targets(object, lexicon, |id| {
        outside.push(Outside { hash: xxh3_64(id.as_bytes()), byte: object.byte, href: None });
    });
}

/// Every id of the object with what it names, surfaces first.
fn ids(object: &RawObject, lexicon: &Lexicon<'_>, mut take: impl FnMut(Span, Target)) {
    let shapes = &object.shapes;
    let surfaces = shapes.surfaces.iter().zip(0..).map(|(it, i)| (it.id, Target::Surface(i)));
    let geometries = shapes.geometries.iter().zip(0..).map(|(it, i)| (it.id, Target::Geometry(i)));
    let rings = shapes.rings.iter().zip(0..).map(|(it, i)| (it.id, Target::Ring(i)));
    let lines = shapes.lines.iter().zip(0..).map(|(it, i)| (it.id, Target::Line(i)));
    let points = shapes.points.iter().zip(0..).map(|(it, i)| (it.id, Target::Point(i)));
    let shapes = surfaces.chain(geometries).chain(rings).chain(lines).chain(points);
    shapes.filter(|(id, _)| !id.is_empty()).for_each(|(id, target)| take(id, target));
    let Some(gml_id) = lexicon.known("gml:id") else { return };
    for (node, index) in object.nodes.iter().zip(0..) {
        let attributes = &object.attributes[node.first_attribute as usize..node.end_attribute as usize];
        for attribute in attributes.iter().filter(|a| a.name == gml_id) {
            take(attribute.value, Target::Node(index));
        }
    }
}

/// Gives texture coordinates their rings where CityGML 3.0 names these in elements beside them: the first
/// `app:ring` of a list is that of its first coordinates, and so on. How many have no ring at all.
pub(crate) fn name_texture_rings(object: &mut RawObject, lexicon: &Lexicon<'_>) -> usize {
    let ring = lexicon.known("app:ring");
    let mut textures = std::mem::take(&mut object.texture_rings);
    // Where to look on in each list: lists may stand inside each other, and none is gone through twice.
    let mut places: FxHashMap<u32, u32> = FxHashMap::default();
    let mut nameless = 0;
    for texture in textures.iter_mut().filter(|texture| texture.ring.is_empty()) {
        let next = places.entry(texture.node).or_insert(texture.node.saturating_add(1));
        let end = object.nodes.get(texture.node as usize).map_or(0, |node| node.end);
        let mut named = None;
        while *next < end && named.is_none() {
            let node = &object.nodes[*next as usize];
            named = (Some(node.name) == ring && !node.text.is_empty()).then_some(node.text);
            *next = node.end;
        }
        texture.ring = named.unwrap_or_default();
        nameless += usize::from(named.is_none());
    }
    object.texture_rings = textures;
    nameless
}

/// The surfaces that textures and materials lie on.
fn texture_targets(object: &RawObject, lexicon: &Lexicon<'_>, mut take: impl FnMut(&str)) {
    let Some(target) = lexicon.known("app:target") else { return };
    let uri = lexicon.known("uri");
    for node in object.nodes.iter().filter(|node| node.name == target) {
        let attributes = &object.attributes[node.first_attribute as usize..node.end_attribute as usize];
        let uri = attributes.iter().find(|a| Some(a.name) == uri).map(|a| a.value);
        if let Some(id) = object.text(uri.unwrap_or(node.text)).strip_prefix('#') {
            take(id);
        }
    }
}

/// References of a file that lead nowhere, in the order of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Broken {
    /// Place and id of the object, and the reference as written.
    Link { byte: u64, object: String, href: String },
    /// Place of a texture or material, and how many of its surfaces are missing.
    Texture { byte: u64, missing: usize },
}

/// Looks for every reference among the ids of the file.
pub(crate) fn broken(outside: Vec<Outside>, ids: &[u64]) -> Vec<Broken> {
    if outside.is_empty() {
        return Vec::new();
    }
    let ids: FxHashSet<u64> = ids.iter().copied().collect();
    let mut broken = Vec::new();
    for one in outside.into_iter().filter(|one| !ids.contains(&one.hash)) {
        match (one.href, broken.last_mut()) {
            (Some(words), _) => {
                let (href, object) = *words;
                broken.push(Broken::Link { byte: one.byte, object, href });
            }
            (None, Some(Broken::Texture { byte, missing })) if *byte == one.byte => *missing += 1,
            (None, _) => broken.push(Broken::Texture { byte: one.byte, missing: 1 }),
        }
    }
    broken
}
