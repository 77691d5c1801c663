//! Textures and materials, as CityGML has them: an appearance for each theme, with its targets.
//!
//! What a texture or material is (its picture, its colour) is told once, in the appearance of the file or
//! of the feature, under an id such as `texture-3`. An object that uses it has an `app:Appearance` for each
//! theme whose `app:ParameterizedTexture` or `app:X3DMaterial` refers to that id and names the surfaces.

use std::collections::BTreeMap;

use futago_raw::NodeRole;

use super::Builder;
use super::geometry::Work;
use crate::CityJsonError;
use crate::json::{self, Piece};
use crate::nested::Nested;

/// Surfaces of each texture: the surface, and the rings with their texture coordinates.
type Textured = BTreeMap<u32, BTreeMap<u32, Vec<(u32, Vec<[f32; 2]>)>>>;

/// Themes of one geometry: each takes time for every surface.
const MOST_THEMES: usize = 64;

impl Builder<'_, '_> {
    /// What the geometry just written is covered with.
    pub(super) fn appearances(&mut self, work: &Work<'_>) -> Result<(), CityJsonError> {
        for (what, piece) in [("material", work.geometry.material), ("texture", work.geometry.texture)] {
            let Some(piece) = piece.filter(|piece| !json::is_null(piece)) else { continue };
            let Some(themes) = json::members(piece) else {
                self.note("bad-appearance", || format!("`{what}` is no JSON object; left out"));
                continue;
            };
            if themes.len() > MOST_THEMES {
                self.note("bad-appearance", || {
                    format!("{} themes; the first {MOST_THEMES} are taken, the others left out", themes.len())
                });
            }
            for (theme, piece) in themes.into_iter().take(MOST_THEMES) {
                let Some(members) = json::members(piece) else {
                    self.note("bad-appearance", || format!("{what} `{theme}` is no JSON object; left out"));
                    continue;
                };
                let values = json::member(&members, "values").map(Nested::of);
                let value = json::member(&members, "value").and_then(json::index);
                self.begin("app:appearance", NodeRole::Property)?;
                self.begin("app:Appearance", NodeRole::Value)?;
                self.out.value("app:theme", &theme);
                match (what, values) {
                    ("material", values) => self.materials(work, values, value)?,
                    (_, Some(values)) => self.textures(work, &values)?,
                    _ => self.note("bad-appearance", || format!("texture `{theme}` has no values; left out")),
                }
                self.out.end();
                self.out.end();
            }
        }
        Ok(())
    }

    fn materials(
        &mut self,
        work: &Work<'_>,
        values: Option<Nested>,
        value: Option<usize>,
    ) -> Result<(), CityJsonError> {
        let mut surfaces: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let values = match (values, value) {
            (Some(values), _) => {
                let (values, fits) = work.layout.values(work.kind, &values);
                self.misfit(fits);
                values
            }
            (None, Some(value)) => vec![u32::try_from(value).ok(); work.layout.surfaces.len()],
            (None, None) => Vec::new(),
        };
        for (value, surface) in values.into_iter().zip(0..) {
            if let Some(material) = value {
                surfaces.entry(material).or_default().push(surface);
            }
        }
        for (material, surfaces) in surfaces {
            self.begin_use("app:X3DMaterial", &format!("#material-{material}"))?;
            for surface in surfaces {
                self.begin("app:target", NodeRole::Property)?;
                self.out.text(&format!("#{}_s{surface}", work.name));
                self.out.end();
            }
            self.end_use();
        }
        Ok(())
    }

    fn textures(&mut self, work: &Work<'_>, values: &Nested) -> Result<(), CityJsonError> {
        if !work.kind.has_surfaces() {
            self.note("bad-appearance", || "a texture on points or lines; left out".to_owned());
            return Ok(());
        }
        for (texture, surfaces) in self.textured(work, values) {
            self.begin_use("app:ParameterizedTexture", &format!("#texture-{texture}"))?;
            for (surface, rings) in surfaces {
                let id = format!("#{}_s{surface}", work.name);
                self.begin("app:target", NodeRole::Property)?;
                self.out.attribute("uri", &id);
                self.begin("app:TexCoordList", NodeRole::Value)?;
                for (ring, positions) in rings {
                    self.out.texture_ring(&format!("{id}_r{ring}"), positions);
                }
                self.out.end();
                self.out.end();
            }
            self.end_use();
        }
        Ok(())
    }

    /// Surfaces and rings by texture.
    fn textured(&mut self, work: &Work<'_>, values: &Nested) -> Textured {
        let (stretches, fits) = work.layout.stretches(work.kind, values);
        self.misfit(fits);
        let mut textured = Textured::new();
        let mut bad = 0;
        for (rings, surface) in work.layout.surfaces.iter().zip(0_u32..) {
            for (ring, number) in rings.clone().zip(0_u32..) {
                let Some(stretch) = stretches[ring as usize].clone() else { continue };
                let mut indices = values.indices(stretch);
                let Some(Some(texture)) = indices.next() else { continue };
                let corners = work.layout.rings[ring as usize].len();
                match self.texture_positions(indices, corners) {
                    Some(positions) => {
                        let of_texture = textured.entry(texture).or_default();
                        of_texture.entry(surface).or_default().push((number, positions));
                    }
                    None => bad += 1,
                }
            }
        }
        if bad > 0 {
            self.note("bad-texture-coordinates", || {
                format!("the texture coordinates of {bad} ring(s) do not fit their corners; left out")
            });
        }
        textured
    }

    /// Texture coordinates of a ring, the first ones again at the end, as its corners.
    fn texture_positions(
        &self,
        indices: impl ExactSizeIterator<Item = Option<u32>>,
        corners: usize,
    ) -> Option<Vec<[f32; 2]>> {
        if indices.len() != corners {
            return None;
        }
        let all = &self.context.texture_positions;
        let at = |index: Option<u32>| all.get(index? as usize).copied();
        let mut positions = Vec::with_capacity(corners + 1);
        for index in indices {
            let [right, up] = at(index).filter(|at| at.iter().all(|number| number.is_finite()))?;
            positions.push([right as f32, up as f32]);
        }
        positions.extend(positions.first().copied());
        Some(positions)
    }

    fn misfit(&mut self, fits: bool) {
        if !fits {
            self.note("bad-appearance", || {
                "its values do not fit the boundaries; what fits is taken".to_owned()
            });
        }
    }

    /// Opens a texture or material that is told elsewhere.
    fn begin_use(&mut self, element: &str, href: &str) -> Result<(), CityJsonError> {
        self.begin("app:surfaceDataMember", NodeRole::Property)?;
        self.begin(element, NodeRole::Value)?;
        self.out.attribute("xlink:href", href);
        self.link(href);
        Ok(())
    }

    fn end_use(&mut self) {
        self.out.end();
        self.out.end();
    }

    /// The textures and materials of a feature, as an appearance of its first object.
    pub(super) fn definitions(&mut self, appearance: Piece<'_>) -> Result<(), CityJsonError> {
        self.begin("app:appearance", NodeRole::Property)?;
        self.begin("app:Appearance", NodeRole::Value)?;
        for (name, piece) in json::members(appearance).unwrap_or_default() {
            let items = json::items(piece).unwrap_or_default();
            match &*name {
                "vertices-texture" => {}
                "textures" | "materials" => {
                    for (number, item) in items.into_iter().enumerate() {
                        let texture = name == "textures";
                        self.begin("app:surfaceDataMember", NodeRole::Property)?;
                        self.begin(if texture { TEXTURE } else { MATERIAL }, NodeRole::Value)?;
                        if texture {
                            self.texture_definition(number, item)?;
                        } else {
                            self.material_definition(number, item)?;
                        }
                        self.end_use();
                    }
                }
                _ => self.element(&name, piece, 1)?,
            }
        }
        self.end_use();
        Ok(())
    }

    /// Fills the open element with what a texture is.
    pub(super) fn texture_definition(
        &mut self,
        number: usize,
        piece: Piece<'_>,
    ) -> Result<(), CityJsonError> {
        self.out.attribute("gml:id", &format!("texture-{number}"));
        for (name, piece) in json::members(piece).unwrap_or_default() {
            match (&*name, json::scalar(piece).as_deref()) {
                ("image", Some(image)) => self.out.value("app:imageURI", image),
                ("type", Some("PNG")) => self.out.value("app:mimeType", "image/png"),
                ("type", Some("JPG")) => self.out.value("app:mimeType", "image/jpeg"),
                ("wrapMode" | "textureType", Some(text)) => self.out.value(&format!("app:{name}"), text),
                ("borderColor", _) => self.colour("app:borderColor", piece)?,
                _ => self.element(&name, piece, 1)?,
            }
        }
        Ok(())
    }

    /// Fills the open element with what a material is.
    pub(super) fn material_definition(
        &mut self,
        number: usize,
        piece: Piece<'_>,
    ) -> Result<(), CityJsonError> {
        self.out.attribute("gml:id", &format!("material-{number}"));
        for (name, piece) in json::members(piece).unwrap_or_default() {
            match &*name {
                "name" => self.element("gml:name", piece, 1)?,
                "ambientIntensity" | "shininess" | "transparency" | "isSmooth" => {
                    self.element(&format!("app:{name}"), piece, 1)?;
                }
                "diffuseColor" | "emissiveColor" | "specularColor" => {
                    self.colour(&format!("app:{name}"), piece)?;
                }
                _ => self.element(&name, piece, 1)?,
            }
        }
        Ok(())
    }

    /// Numbers with a blank between them, as CityGML writes colours.
    fn colour(&mut self, name: &str, piece: Piece<'_>) -> Result<(), CityJsonError> {
        let Some(items) = json::items(piece) else { return self.element(name, piece, 1) };
        let words: Vec<_> = items.into_iter().filter_map(json::scalar).collect();
        self.begin(name, NodeRole::Property)?;
        self.out.text(&words.join(" "));
        self.out.end();
        Ok(())
    }
}

/// Elements of what is told of a texture or material.
pub(crate) const TEXTURE: &str = "app:ParameterizedTexture";
pub(crate) const MATERIAL: &str = "app:X3DMaterial";
