//! Names as the file writes them to names as Futago knows them, with what they mean to the reader.
//!
//! Names are numbered in their slice, so the meaning of `gml:posList` is found once and not 300,000 times.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::dialect::{Dialect, Family, MOST_NAMESPACES, Module, module_of};
use crate::markup::Tag;
use futago_raw::{GeometryKind, NameId, Names, SurfaceKind};

/// What an element means to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// `core:CityModel`.
    Model,
    /// `core:cityObjectMember`, `core:featureMember`, `gml:featureMember`.
    Member,
    /// `app:appearanceMember`.
    AppearanceMember,
    /// `app:Appearance`.
    Appearance,
    /// `app:surfaceDataMember`, in CityGML 3.0 `app:surfaceData`.
    SurfaceDataMember,
    /// A capital name of a theme.
    Part,
    /// A capital name of i-UR.
    PartIfNamed,
    /// Another capital name.
    Value,
    Property,
    Aggregate(GeometryKind),
    Surface(SurfaceKind),
    /// `gml:LinearRing`, `gml:Ring`.
    Ring,
    Line(GeometryKind),
    /// `gml:LineStringSegment`.
    Segment,
    Point,
    /// `gml:exterior`.
    Exterior,
    /// `gml:interior`.
    Interior,
    /// What stands between a geometry and its members.
    Members,
    /// `gml:posList`, `gml:pos`, `gml:coordinates`.
    Coordinates,
    /// `app:textureCoordinates`.
    TextureCoordinates,
    /// `pcl:points`: left out with all that is in it.
    Points,
}

/// What an XML attribute means to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key {
    /// `gml:id`.
    Id,
    /// `xlink:href`.
    Href,
    /// `srsName`.
    System,
    /// `srsDimension`.
    Dimension,
    /// `orientation`.
    Orientation,
    /// Says nothing of a geometry that is not known.
    Silent,
    Other,
}

fn key_of(name: &str) -> Key {
    match name {
        "gml:id" | "gid" => Key::Id,
        "xlink:href" => Key::Href,
        "srsName" => Key::System,
        "srsDimension" => Key::Dimension,
        "orientation" => Key::Orientation,
        "interpolation"
        | "count"
        | "numDerivativesAtStart"
        | "numDerivativesAtEnd"
        | "numDerivativeInterior"
        | "axisLabels"
        | "uomLabels"
        | "xlink:type"
        | "xlink:show" => Key::Silent,
        _ => Key::Other,
    }
}

/// A name and its meaning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub id: NameId,
    pub class: Class,
    /// Level of detail that the name of a property carries.
    pub lod: Option<u8>,
}

/// Names of XML attributes that are remembered as they are written.
const MOST_ATTRIBUTES: usize = 16;

/// The names of one stretch of a file.
pub(crate) struct Lexicon<'d> {
    dialect: &'d Dialect,
    /// By the number that the name has in its slice.
    elements: Vec<Option<Word>>,
    /// A handful, so that looking through them is faster than hashing; the rest is found by `by_name`.
    attributes: Vec<(Box<[u8]>, NameId, Key)>,
    by_name: FxHashMap<Box<str>, NameId>,
    names: Names,
    /// Namespaces declared below the top: depth of the element, prefix, meaning.
    local: Vec<(usize, Box<str>, Module)>,
    /// Prefixes that no declaration covers.
    pub undeclared: Vec<String>,
}

impl<'d> Lexicon<'d> {
    pub fn new(dialect: &'d Dialect) -> Self {
        Self {
            dialect,
            elements: Vec::new(),
            attributes: Vec::new(),
            by_name: FxHashMap::default(),
            names: Names::default(),
            local: Vec::new(),
            undeclared: Vec::new(),
        }
    }

    pub fn into_names(self) -> Arc<Names> {
        Arc::new(self.names)
    }

    pub fn name(&self, id: NameId) -> &str {
        self.names.get(id)
    }

    /// The number of a name that occurred.
    pub fn known(&self, name: &str) -> Option<NameId> {
        self.by_name.get(name).copied()
    }

    /// A namespace that is declared at an element of this depth. True when it says something new.
    pub fn declare(&mut self, depth: usize, prefix: &str, address: &str) -> bool {
        let module = module_of(address, prefix);
        let known = self.dialect.module(prefix) == Some(&module) && self.local.is_empty();
        if known || self.local.len() >= MOST_NAMESPACES {
            return false;
        }
        self.local.push((depth, prefix.into(), module));
        true
    }

    /// The element of this depth ended.
    #[inline]
    pub fn leave(&mut self, depth: usize) {
        while self.local.last().is_some_and(|(at, ..)| *at >= depth) {
            self.local.pop();
        }
    }

    /// The meaning of an element's name, which has this number in its slice.
    #[inline]
    pub fn element(&mut self, tag: Tag, raw: &[u8]) -> Word {
        match self.elements.get(tag) {
            Some(Some(word)) if self.local.is_empty() => *word,
            _ => {
                let word = self.meaning(raw);
                if self.local.is_empty() {
                    self.elements.resize(self.elements.len().max(tag + 1), None);
                    self.elements[tag] = Some(word);
                }
                word
            }
        }
    }

    /// The meaning of an element's name.
    pub fn meaning(&mut self, raw: &[u8]) -> Word {
        let text = String::from_utf8_lossy(raw);
        let (prefix, local) = text.split_once(':').unwrap_or(("", &text));
        let module = self.module(prefix);
        let (usual, family) = match &module {
            Some(module) => (&*module.prefix, module.family),
            None => (prefix, Family::Other),
        };
        if module.is_none() {
            remember(&mut self.undeclared, prefix);
        }
        let id = self.intern(usual, local);
        Word { id, class: class_of(family, local), lod: lod_of(local) }
    }

    /// The name and meaning of an XML attribute. One without a prefix has no namespace.
    #[inline]
    pub fn attribute(&mut self, raw: &[u8]) -> (NameId, Key) {
        if self.local.is_empty()
            && let Some((_, id, key)) = self.attributes.iter().find(|(known, ..)| **known == *raw)
        {
            return (*id, *key);
        }
        self.new_attribute(raw)
    }

    fn new_attribute(&mut self, raw: &[u8]) -> (NameId, Key) {
        let text = String::from_utf8_lossy(raw);
        let id = match text.split_once(':') {
            Some((prefix, local)) => {
                let usual = self.module(prefix).map_or_else(|| prefix.into(), |m| m.prefix);
                self.intern(&usual, local)
            }
            None => self.intern("", &text),
        };
        let key = key_of(self.names.get(id));
        if self.local.is_empty() && self.attributes.len() < MOST_ATTRIBUTES {
            self.attributes.push((raw.into(), id, key));
        }
        (id, key)
    }

    fn module(&self, prefix: &str) -> Option<Module> {
        let local = self.local.iter().rev().find(|(_, known, _)| &**known == prefix);
        local.map(|(.., module)| module).or_else(|| self.dialect.module(prefix)).cloned()
    }

    fn intern(&mut self, prefix: &str, local: &str) -> NameId {
        let name = if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") };
        if let Some(id) = self.by_name.get(name.as_str()) {
            return *id;
        }
        let id = self.names.push(&name);
        self.by_name.insert(name.into(), id);
        id
    }
}

/// Adds a prefix that no declaration covers, once, and so many at most: the Report needs no more.
pub(crate) fn remember(undeclared: &mut Vec<String>, prefix: &str) -> bool {
    let new = undeclared.len() < MOST_NAMESPACES && !undeclared.iter().any(|known| known == prefix);
    if new {
        undeclared.push(prefix.to_owned());
    }
    new
}

fn class_of(family: Family, local: &str) -> Class {
    let capital = local.starts_with(|c: char| c.is_uppercase());
    match (family, local) {
        (Family::Gml, _) => gml_class(local, capital),
        (Family::Core, "CityModel") => Class::Model,
        (Family::Core, "cityObjectMember" | "featureMember") => Class::Member,
        (Family::Core, "ClosureSurface") => Class::Part,
        (Family::Core | Family::Appearance, "appearanceMember") => Class::AppearanceMember,
        (Family::Appearance, "Appearance") => Class::Appearance,
        (Family::Appearance, "surfaceDataMember" | "surfaceData") => Class::SurfaceDataMember,
        (Family::Appearance, "textureCoordinates") => Class::TextureCoordinates,
        (Family::PointCloud, "points") => Class::Points,
        (Family::Theme, _) if capital && !is_value(local) => Class::Part,
        (Family::Extension, _) if capital => Class::PartIfNamed,
        _ if capital => Class::Value,
        _ => Class::Property,
    }
}

/// Whether a capital name of a theme is a value of CityGML 3.0 and no city object.
fn is_value(local: &str) -> bool {
    const VALUES: [&str; 6] =
        ["Height", "Elevation", "ConstructionEvent", "RoomHeight", "Role", "GenericAttributeSet"];
    VALUES.contains(&local) || local.ends_with("Attribute") || local.starts_with("ADEOf")
}

fn gml_class(local: &str, capital: bool) -> Class {
    use GeometryKind as Kind;
    match local {
        "posList" | "pos" | "coordinates" => Class::Coordinates,
        "LinearRing" | "Ring" => Class::Ring,
        "exterior" | "outerBoundaryIs" => Class::Exterior,
        "interior" | "innerBoundaryIs" => Class::Interior,
        "surfaceMember" | "surfaceMembers" | "curveMember" | "curveMembers" | "pointMember"
        | "pointMembers" | "solidMember" | "solidMembers" | "geometryMember" | "geometryMembers"
        | "element" | "segments" | "patches" | "trianglePatches" | "polygonPatches" | "baseSurface"
        | "baseCurve" => Class::Members,
        "Polygon" | "PolygonPatch" => Class::Surface(SurfaceKind::Polygon),
        "Triangle" => Class::Surface(SurfaceKind::Triangle),
        "Rectangle" => Class::Surface(SurfaceKind::Rectangle),
        "LineString" => Class::Line(Kind::LineString),
        "Curve" => Class::Line(Kind::Curve),
        "LineStringSegment" => Class::Segment,
        "Point" => Class::Point,
        "MultiPoint" => Class::Aggregate(Kind::MultiPoint),
        "CompositeCurve" => Class::Aggregate(Kind::CompositeCurve),
        "OrientableCurve" => Class::Aggregate(Kind::OrientableCurve),
        "MultiCurve" => Class::Aggregate(Kind::MultiCurve),
        "Surface" | "PolyhedralSurface" => Class::Aggregate(Kind::Surface),
        "TriangulatedSurface" => Class::Aggregate(Kind::TriangulatedSurface),
        "Tin" => Class::Aggregate(Kind::Tin),
        "CompositeSurface" => Class::Aggregate(Kind::CompositeSurface),
        "OrientableSurface" => Class::Aggregate(Kind::OrientableSurface),
        "MultiSurface" => Class::Aggregate(Kind::MultiSurface),
        "Shell" => Class::Aggregate(Kind::Shell),
        "Solid" => Class::Aggregate(Kind::Solid),
        "CompositeSolid" => Class::Aggregate(Kind::CompositeSolid),
        "MultiSolid" => Class::Aggregate(Kind::MultiSolid),
        "MultiGeometry" => Class::Aggregate(Kind::MultiGeometry),
        "GeometricComplex" => Class::Aggregate(Kind::GeometricComplex),
        "featureMember" => Class::Member,
        _ if capital => Class::Value,
        _ => Class::Property,
    }
}

/// `lod2Solid`: 2.
fn lod_of(local: &str) -> Option<u8> {
    let digit = *local.strip_prefix("lod")?.as_bytes().first()?;
    digit.is_ascii_digit().then(|| digit - b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect() -> Dialect {
        let core = "http://www.opengis.net/citygml/2.0".to_owned();
        let gml = "http://www.opengis.net/gml".to_owned();
        Dialect::new(&[("c".to_owned(), core), ("gml".to_owned(), gml)])
    }

    #[test]
    fn names_are_the_usual_ones_and_carry_meaning() {
        let dialect = dialect();
        let mut lexicon = Lexicon::new(&dialect);
        let word = lexicon.meaning(b"c:cityObjectMember");
        assert_eq!((lexicon.name(word.id), word.class), ("core:cityObjectMember", Class::Member));
        assert_eq!(lexicon.meaning(b"gml:Triangle").class, Class::Surface(SurfaceKind::Triangle));
        assert_eq!(lexicon.meaning(b"x:lod3MultiSurface").lod, Some(3));
        assert_eq!(lexicon.undeclared, ["x"]);
        let (id, key) = lexicon.attribute(b"gml:id");
        assert_eq!((lexicon.name(id), key), ("gml:id", Key::Id));
    }

    #[test]
    fn names_of_the_third_edition_carry_meaning() {
        let module = |module: &str| format!("http://www.opengis.net/citygml/{module}3.0");
        let names = [("", ""), ("con", "construction/"), ("gen", "generics/"), ("pnt", "pointcloud/")];
        let namespaces: Vec<_> = names.map(|(prefix, name)| (prefix.to_owned(), module(name))).into();
        let dialect = Dialect::new(&namespaces);
        let mut lexicon = Lexicon::new(&dialect);
        for (name, class) in [
            ("con:RoofSurface", Class::Part),
            ("ClosureSurface", Class::Part),
            ("con:Height", Class::Value),
            ("gen:StringAttribute", Class::Value),
            ("gen:GenericOccupiedSpace", Class::Part),
            ("Address", Class::Value),
            ("boundary", Class::Property),
            ("appearanceMember", Class::AppearanceMember),
            ("pnt:points", Class::Points),
        ] {
            assert_eq!(lexicon.meaning(name.as_bytes()).class, class, "{name}");
        }
        assert_eq!(lexicon.meaning(b"lod2Solid").lod, Some(2));
    }

    #[test]
    fn a_namespace_declared_further_down_holds_there_only() {
        let dialect = dialect();
        let mut lexicon = Lexicon::new(&dialect);
        assert!(!lexicon.declare(3, "gml", "http://www.opengis.net/gml"), "said already");
        assert!(lexicon.declare(3, "x", "http://www.opengis.net/gml"));
        assert_eq!(lexicon.meaning(b"x:Polygon").class, Class::Surface(SurfaceKind::Polygon));
        lexicon.leave(4);
        assert_eq!(lexicon.meaning(b"x:Polygon").class, Class::Surface(SurfaceKind::Polygon));
        lexicon.leave(3);
        assert_eq!(lexicon.meaning(b"x:Polygon").class, Class::Value);
    }
}
