//! Faces as CityJSON writes them: boundaries, semantics, textures and materials in arrays of one nesting.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use futago_model::Objects;
use futago_model::objects::{ElementView, NO_INDEX};
use serde_json::{Map, Value, json};

use super::appearance::{Appearance, Cover};
use super::{attributes, kinds};

/// Vertices of the file and of its textures, each once.
#[derive(Default)]
pub(super) struct Vertices {
    pub list: Vec<[i32; 3]>,
    known: HashMap<[i32; 3], u32>,
    /// Right and up in the image, 0 to 1.
    pub texture: Vec<[f32; 2]>,
    known_texture: HashMap<[u32; 2], u32>,
}

impl Vertices {
    pub fn index(&mut self, at: [i32; 3]) -> u32 {
        *self.known.entry(at).or_insert_with(|| {
            self.list.push(at);
            self.list.len() as u32 - 1
        })
    }

    fn texture_index(&mut self, at: [f32; 2]) -> u32 {
        *self.known_texture.entry(at.map(f32::to_bits)).or_insert_with(|| {
            self.texture.push(at);
            self.texture.len() as u32 - 1
        })
    }
}

/// A surface of a geometry, and whether it runs the other way there.
#[derive(Clone, Copy)]
pub(super) struct Face {
    pub surface: u32,
    pub flipped: bool,
}

/// A face on its way into the file.
pub(super) struct Written<'a> {
    /// Its rings.
    boundary: Value,
    /// Number of its semantic surface, or null.
    semantics: Value,
    /// What each ring has, by theme.
    textures: BTreeMap<&'a str, Vec<Value>>,
    material: BTreeMap<&'a str, u32>,
}

impl<'a> Written<'a> {
    /// The rings of a face without their closing vertex; none when the outside has no area.
    pub fn of(
        face: Face,
        objects: &'a Objects,
        appearance: &Appearance<'a>,
        vertices: &mut Vertices,
    ) -> Option<Self> {
        let surface = &objects.surfaces[face.surface as usize];
        let mut rings: Vec<Vec<u32>> = Vec::new();
        let mut textures: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for (ring, index) in objects.rings_of(surface).iter().zip(surface.rings[0]..) {
            let at = objects.vertices_of(ring.vertices);
            let corners = corners(at, face.flipped);
            if corners.len() < 3 {
                if rings.is_empty() {
                    return None;
                }
                continue;
            }
            for cover in appearance.of_ring(index) {
                let of_theme = textures.entry(cover.theme).or_default();
                // The first texture of a theme counts.
                if of_theme.len() <= rings.len() {
                    of_theme.resize(rings.len(), bare());
                    of_theme.push(textured(cover, at, &corners, vertices));
                }
            }
            rings.push(corners.into_iter().map(|corner| vertices.index(at[corner])).collect());
        }
        textures.values_mut().for_each(|of_theme| of_theme.resize(rings.len(), bare()));
        let materials = appearance.of_surface(face.surface).iter().rev();
        let material = materials.map(|cover| (cover.theme, cover.number)).collect();
        (!rings.is_empty()).then(|| Self {
            boundary: json!(rings),
            semantics: Value::Null,
            textures,
            material,
        })
    }

    /// The same with a semantic surface.
    pub fn meaning(self, semantics: Value) -> Self {
        Self { semantics, ..self }
    }

    fn texture(&self, theme: &str) -> Value {
        let rings = || self.boundary.as_array().map_or(1, Vec::len);
        self.textures.get(theme).cloned().unwrap_or_else(|| vec![bare(); rings()]).into()
    }
}

/// What a ring without a texture has.
fn bare() -> Value {
    json!([null])
}

/// Which vertices of a ring are its corners, in the order of the file to write.
fn corners(at: &[[i32; 3]], flipped: bool) -> Vec<usize> {
    let closed = at.len() > 1 && at.first() == at.last();
    let mut corners: Vec<usize> = (0..at.len() - usize::from(closed)).collect();
    corners.dedup_by_key(|corner| at[*corner]);
    if flipped {
        corners.reverse();
    }
    corners
}

/// The texture of a ring and the places of its corners in it. A texture that does not fit its ring is none.
fn textured(cover: &Cover<'_>, at: &[[i32; 3]], corners: &[usize], vertices: &mut Vertices) -> Value {
    let positions = cover.positions;
    // The place of the closing vertex may be left out.
    let fits = positions.len() == at.len() || (positions.len() + 1 == at.len() && at.first() == at.last());
    if !fits || positions.iter().flatten().any(|place| !place.is_finite()) {
        return bare();
    }
    let places = corners.iter().map(|corner| vertices.texture_index(positions[*corner]));
    std::iter::once(cover.number).chain(places).collect()
}

/// The faces of a geometry, as shells of solids, and their semantic surfaces.
#[derive(Default)]
pub(super) struct Bounded<'a> {
    pub solids: Vec<Vec<Vec<Written<'a>>>>,
    pub surfaces: Vec<Value>,
}

impl Bounded<'_> {
    /// The geometry as it stands in the file; none without a face.
    pub fn record(self, kind: &str, level: u32) -> Option<Value> {
        let boundaries = self.nested(kind, |face| face.boundary.clone())?;
        let mut record = json!({ "type": kind, "lod": lod(level), "boundaries": boundaries });
        let faces = || self.solids.iter().flatten().flatten();
        if !self.surfaces.is_empty() {
            let values = self.nested(kind, |face| face.semantics.clone());
            record["semantics"] = json!({ "surfaces": self.surfaces, "values": values });
        }
        let themes: BTreeSet<_> = faces().flat_map(|face| face.textures.keys().copied()).collect();
        for theme in themes {
            record["texture"][theme]["values"] = json!(self.nested(kind, |face| face.texture(theme)));
        }
        let themes: BTreeSet<_> = faces().flat_map(|face| face.material.keys().copied()).collect();
        for theme in themes {
            let values = self.nested(kind, |face| json!(face.material.get(theme)));
            record["material"][theme]["values"] = json!(values);
        }
        Some(record)
    }

    /// One value a face, nested as the kind of geometry wants it.
    fn nested(&self, kind: &str, of: impl Fn(&Written<'_>) -> Value) -> Option<Value> {
        let shell = |faces: &Vec<Written<'_>>| faces.iter().map(&of).collect::<Value>();
        let solid = |shells: &Vec<Vec<Written<'_>>>| shells.iter().map(shell).collect::<Value>();
        let first = self.solids.first()?;
        match kind {
            "CompositeSolid" | "MultiSolid" => Some(self.solids.iter().map(solid).collect()),
            "Solid" => Some(solid(first)),
            _ => first.first().map(shell),
        }
    }
}

/// The semantic surfaces of one geometry.
#[derive(Default)]
pub(super) struct Semantics {
    pub surfaces: Vec<Value>,
    /// Their elements and numbers.
    pub known: HashMap<u32, usize>,
}

impl Semantics {
    /// The number of a boundary surface, or null.
    pub fn number(&mut self, owner: Option<ElementView<'_>>) -> Value {
        let Some(owner) = owner else { return Value::Null };
        if let Some(known) = self.known.get(&owner.index()) {
            return (*known).into();
        }
        let mut surface = Map::new();
        surface.insert("type".to_owned(), kinds::surface(owner.name()).into());
        if let Some(id) = owner.id() {
            surface.insert("@id".to_owned(), id.into());
        }
        surface.extend(attributes::of(owner));
        let number = self.surfaces.len();
        self.surfaces.push(surface.into());
        self.known.insert(owner.index(), number);
        number.into()
    }
}

/// The level of detail as a text; terrain and the like name none, and CityJSON ends at 3.
pub(super) fn lod(level: u32) -> String {
    if level == NO_INDEX { "1".to_owned() } else { level.min(3).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RING: [[i32; 3]; 5] = [[0, 0, 0], [9, 0, 0], [9, 0, 0], [9, 9, 0], [0, 0, 0]];

    #[test]
    fn corners_that_repeat_go_and_their_places_in_the_image_with_them() {
        assert_eq!(corners(&RING, false), [0, 1, 3]);
        assert_eq!(corners(&RING, true), [3, 1, 0]);
        let positions = [[0.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]];
        let cover = |positions| Cover { theme: "t", number: 7, positions };
        let mut vertices = Vertices::default();
        assert_eq!(textured(&cover(&positions), &RING, &[3, 1, 0], &mut vertices), json!([7, 0, 1, 2]));
        assert_eq!(vertices.texture, [[1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]);
        assert_eq!(textured(&cover(&positions[..4]), &RING, &[0, 1, 3], &mut vertices), json!([7, 2, 1, 0]));
        assert_eq!(textured(&cover(&positions[..3]), &RING, &[0, 1, 3], &mut vertices), bare());
    }
}
