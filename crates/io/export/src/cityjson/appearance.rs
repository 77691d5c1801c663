//! Textures and materials: what they are, and which rings and surfaces they cover.
//!
//! CityGML tells a texture or material once and lists its targets by id; CityJSON numbers them and says at each
//! ring or surface of a geometry which one it has, theme by theme. Those of a whole file cover its objects; what came
//! from CityJSON refers to them from within its objects (`xlink:href`).
//!
//! Where this stops: images that are neither PNG nor JPEG, textures that are placed by a matrix or by coordinates of
//! the ground, and textures without an image are not written, since CityJSON has none of them.

use std::collections::{BTreeMap, HashMap};

use futago_model::objects::{ElementView, NO_INDEX, Root, RootKind, Text};
use futago_model::{Objects, StringId};
use serde_json::{Map, Number, Value, json};

const TEXTURE: &str = "app:ParameterizedTexture";
const MATERIAL: &str = "app:X3DMaterial";

/// What covers a ring or surface, in one theme.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cover<'a> {
    pub theme: &'a str,
    /// Number of the texture or material.
    pub number: u32,
    /// Texture coordinates of every corner of a ring; of a surface none.
    pub positions: &'a [[f32; 2]],
}

/// A texture of the file.
struct Texture<'a> {
    /// The file that names the image, and the image as it is named there.
    image: [&'a str; 2],
    /// The record without `image`.
    record: Map<String, Value>,
}

/// All textures and materials of a store.
#[derive(Default)]
pub(super) struct Appearance<'a> {
    textures: Numbered<Texture<'a>>,
    materials: Numbered<Map<String, Value>>,
    /// By ring.
    rings: HashMap<u32, Vec<Cover<'a>>>,
    /// By surface.
    surfaces: HashMap<u32, Vec<Cover<'a>>>,
    /// Members of the appearance that say which theme is shown first.
    defaults: BTreeMap<&'a str, &'a str>,
}

/// Whether an element tells textures and materials that all become those of CityJSON.
pub(super) fn is_told(element: ElementView<'_>) -> bool {
    let mut appearances = element.children().filter(|child| child.name() == "app:Appearance").peekable();
    let told = |data: ElementView<'_>| matches!(data.name(), TEXTURE | MATERIAL);
    appearances.peek().is_some()
        && appearances.all(|appearance| {
            let members = appearance.children().filter(|child| child.name().starts_with("app:surfaceData"));
            members.flat_map(ElementView::children).all(told)
        })
}

impl<'a> Appearance<'a> {
    pub(super) fn of(objects: &'a Objects) -> Self {
        let mut reader = Reader { objects, definitions: HashMap::new(), uses: Vec::new() };
        let mut appearance = Self::default();
        reader.read(&mut appearance.defaults);
        let targets = reader.targets(&mut appearance);
        appearance.cover(objects, &targets);
        appearance
    }

    /// What covers a ring.
    pub(super) fn of_ring(&self, ring: u32) -> &[Cover<'a>] {
        self.rings.get(&ring).map(Vec::as_slice).unwrap_or_default()
    }

    /// What covers a surface.
    pub(super) fn of_surface(&self, surface: u32) -> &[Cover<'a>] {
        self.surfaces.get(&surface).map(Vec::as_slice).unwrap_or_default()
    }

    /// The member `appearance` of the file; none without textures and materials. `images` are the paths to write, one
    /// for each texture.
    pub(super) fn record(&self, images: &[String], vertices: &[[f32; 2]]) -> Option<Value> {
        let (textures, materials) = (&self.textures.list, &self.materials.list);
        if textures.is_empty() && materials.is_empty() {
            return None;
        }
        let textures = textures.iter().zip(images).map(|(texture, image)| {
            let mut record = texture.record.clone();
            record.insert("image".to_owned(), image.as_str().into());
            Value::from(record)
        });
        let mut record = json!({
            "textures": textures.collect::<Vec<_>>(),
            "materials": materials,
            "vertices-texture": vertices,
        });
        for (name, theme) in &self.defaults {
            record[*name] = (*theme).into();
        }
        Some(record)
    }

    /// The file that names each image, and the image as it is named there, one for each texture.
    pub(super) fn images(&self) -> impl Iterator<Item = [&'a str; 2]> {
        self.textures.list.iter().map(|texture| texture.image)
    }

    /// Finds the rings and surfaces of the targets.
    fn cover(&mut self, objects: &'a Objects, targets: &Targets<'a>) {
        if targets.is_empty() {
            return;
        }
        let files = Files(&objects.roots);
        let of_id = |file, id: Text| match objects.text(id) {
            // What has no id is nobody's target, whatever a target that names none may say.
            "" => &[][..],
            id => targets.get(&(file, id)).map(Vec::as_slice).unwrap_or_default(),
        };
        for geometry in &objects.geometries {
            let file = files.of(geometry.element);
            let covers = |id| of_id(file, id);
            // A material may be on all of a geometry.
            let whole = covers(geometry.id);
            if !whole.is_empty() {
                for surface in geometry.surfaces[0]..geometry.surfaces[1] {
                    self.surfaces.entry(surface).or_default().extend_from_slice(whole);
                }
            }
            if geometry.parent != NO_INDEX {
                continue;
            }
            for (surface, index) in objects.surfaces_of(geometry).iter().zip(geometry.surfaces[0]..) {
                let own = covers(surface.id);
                if !own.is_empty() {
                    self.surfaces.entry(index).or_default().extend_from_slice(own);
                }
                for (ring, index) in objects.rings_of(surface).iter().zip(surface.rings[0]..) {
                    let own = covers(ring.id);
                    if !own.is_empty() {
                        self.rings.entry(index).or_default().extend_from_slice(own);
                    }
                }
            }
        }
    }
}

/// Records, each once.
struct Numbered<T> {
    list: Vec<T>,
    /// Their numbers, by all that they say.
    known: HashMap<String, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { list: Vec::new(), known: HashMap::new() }
    }
}

impl<T> Numbered<T> {
    fn number(&mut self, words: String, record: T) -> u32 {
        *self.known.entry(words).or_insert_with(|| {
            self.list.push(record);
            self.list.len() as u32 - 1
        })
    }
}

/// What covers the ring, surface or geometry of an id, by file and id.
type Targets<'a> = HashMap<(StringId, &'a str), Vec<Cover<'a>>>;

/// Which file an element comes from.
struct Files<'a>(&'a [Root]);

impl Files<'_> {
    fn root(&self, element: u32) -> usize {
        self.0.partition_point(|root| root.element <= element).saturating_sub(1)
    }

    fn of(&self, element: u32) -> StringId {
        self.0[self.root(element)].file
    }
}

/// A texture or material where it is used.
struct Use<'a> {
    element: ElementView<'a>,
    theme: &'a str,
    root: usize,
}

/// Gathers what the elements say.
struct Reader<'a> {
    objects: &'a Objects,
    /// Textures and materials by their root and id.
    definitions: HashMap<(usize, &'a str), ElementView<'a>>,
    uses: Vec<Use<'a>>,
}

impl<'a> Reader<'a> {
    fn read(&mut self, defaults: &mut BTreeMap<&'a str, &'a str>) {
        let mut theme = "";
        // The theme may stand behind its textures, which then wait for it from here on.
        let mut waiting = 0;
        for (index, root) in self.objects.roots.iter().enumerate() {
            let element = self.objects.element(root.element);
            match RootKind::from_number(root.kind) {
                Some(RootKind::Appearance) => {
                    theme = element.value("app:theme").unwrap_or_default();
                    waiting = self.uses.len();
                }
                Some(RootKind::AppearanceProperty) if element.name() == "app:theme" => {
                    theme = element.text();
                    self.uses[waiting..].iter_mut().for_each(|told| told.theme = theme);
                }
                Some(RootKind::AppearanceProperty) => {
                    if element.name().starts_with("default-theme-") {
                        defaults.insert(element.name(), element.text());
                    }
                }
                _ => self.read_root(index, element, theme),
            }
        }
    }

    fn read_root(&mut self, root: usize, top: ElementView<'a>, theme: &'a str) {
        for element in top.descendants().filter(|element| matches!(element.name(), TEXTURE | MATERIAL)) {
            if let Some(id) = element.id() {
                self.definitions.insert((root, id), element);
            }
            let around = std::iter::successors(element.parent(), |element| element.parent());
            let own = { around }.find(|element| element.name() == "app:Appearance");
            let theme = own.map_or(theme, |own| own.value("app:theme").unwrap_or_default());
            self.uses.push(Use { element, theme, root });
        }
    }

    /// Numbers the textures and materials and notes their targets.
    fn targets(&self, appearance: &mut Appearance<'a>) -> Targets<'a> {
        let shared = self.shared();
        let (mut targets, mut textures) = (Targets::new(), HashMap::new());
        for told in &self.uses {
            let file = self.objects.roots[told.root].file;
            let Some(what) = self.definition(told, file, &shared) else { continue };
            let theme = if told.theme.is_empty() { "default" } else { told.theme };
            if told.element.name() == TEXTURE {
                if let Some(texture) = texture(what, self.objects.name(file)) {
                    let words = format!("{:?} {}", texture.image, Value::from(texture.record.clone()));
                    let number = appearance.textures.number(words, texture);
                    textures.insert(told.element.index(), (theme, number));
                }
                continue;
            }
            let record = material(what);
            let number = appearance.materials.number(Value::from(record.clone()).to_string(), record);
            for target in told.element.children().filter(|child| child.name() == "app:target") {
                let cover = Cover { theme, number, positions: &[] };
                targets.entry((file, id_of(target.text()))).or_default().push(cover);
            }
        }
        self.textured(&textures, &mut targets);
        targets
    }

    fn textured(&self, textures: &HashMap<u32, (&'a str, u32)>, targets: &mut Targets<'a>) {
        let files = Files(&self.objects.roots);
        for ring in &self.objects.textured_rings {
            let holder = self.objects.element(ring.element);
            let mut around = std::iter::successors(Some(holder), |element| element.parent());
            let Some((theme, number)) = around.find_map(|element| textures.get(&element.index()).copied())
            else {
                continue;
            };
            let [first, end] = ring.positions.map(|index| index as usize);
            let positions = &self.objects.texture_positions[first..end];
            let key = (files.of(ring.element), id_of(self.objects.text(ring.ring)));
            targets.entry(key).or_default().push(Cover { theme, number, positions });
        }
    }

    /// Definitions that stand beside the objects of a file, by file and id.
    fn shared(&self) -> HashMap<(StringId, &'a str), ElementView<'a>> {
        let roots = &self.objects.roots;
        let beside = self
            .definitions
            .iter()
            .filter(|((root, _), _)| roots[*root].kind == RootKind::SurfaceData as u32);
        beside.map(|((root, id), element)| ((roots[*root].file, *id), *element)).collect()
    }

    /// What a texture or material is: told there, or elsewhere in its object or file.
    fn definition(
        &self,
        told: &Use<'a>,
        file: StringId,
        shared: &HashMap<(StringId, &'a str), ElementView<'a>>,
    ) -> Option<ElementView<'a>> {
        let Some(href) = told.element.attribute("xlink:href") else { return Some(told.element) };
        let id = id_of(href);
        self.definitions.get(&(told.root, id)).or_else(|| shared.get(&(file, id))).copied()
    }
}

/// An id without the mark of a reference.
fn id_of(href: &str) -> &str {
    href.trim().trim_start_matches('#')
}

fn texture<'a>(what: ElementView<'a>, file: &'a str) -> Option<Texture<'a>> {
    let image = what.value("app:imageURI")?.trim();
    let ending = image.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let kind = match (what.value("app:mimeType"), ending.as_str()) {
        (Some("image/png"), _) | (_, "png") => "PNG",
        (Some("image/jpeg" | "image/jpg"), _) | (_, "jpg" | "jpeg") => "JPG",
        _ => return None,
    };
    let mut record = Map::new();
    record.insert("type".to_owned(), kind.into());
    let words: [(&str, &str, &[&str]); 2] = [
        ("wrapMode", "app:wrapMode", &["none", "wrap", "mirror", "clamp", "border"]),
        ("textureType", "app:textureType", &["unknown", "specific", "typical"]),
    ];
    for (name, element, allowed) in words {
        if let Some(word) = what.value(element).filter(|word| allowed.contains(word)) {
            record.insert(name.to_owned(), word.into());
        }
    }
    if let Some(colour) = what.value("app:borderColor").and_then(|text| shares(text, 4)) {
        record.insert("borderColor".to_owned(), colour);
    }
    Some(Texture { image: [file, image], record })
}

fn material(what: ElementView<'_>) -> Map<String, Value> {
    let name = what.value("gml:name").or(what.id()).unwrap_or("material");
    let mut record = Map::new();
    record.insert("name".to_owned(), name.into());
    for key in ["ambientIntensity", "shininess", "transparency"] {
        let share = what.value(&format!("app:{key}")).and_then(share);
        record.extend(share.map(|share| (key.to_owned(), share)));
    }
    for key in ["diffuseColor", "emissiveColor", "specularColor"] {
        let colour = what.value(&format!("app:{key}")).and_then(|text| shares(text, 3));
        record.extend(colour.map(|colour| (key.to_owned(), colour)));
    }
    if let Some(smooth) = what.value("app:isSmooth") {
        record.insert("isSmooth".to_owned(), matches!(smooth, "true" | "1").into());
    }
    record
}

/// A number from 0 to 1, as all of these are.
fn share(text: &str) -> Option<Value> {
    let number: f64 = text.trim().parse().ok().filter(|share| (0.0..=1.0).contains(share))?;
    Number::from_f64(number).map(Value::Number)
}

/// So many of them with blanks between; a border may have three colours and no opacity.
fn shares(text: &str, count: usize) -> Option<Value> {
    let shares: Vec<_> = text.split_ascii_whitespace().map(share).collect::<Option<_>>()?;
    (shares.len() == count || (count == 4 && shares.len() == 3)).then(|| shares.into())
}
