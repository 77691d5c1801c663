//! What a CityJSON object says of the whole file: version, transform, coordinate system.

use futago_geodesy::Crs;
use futago_raw::{Header, Item, ItemKind};

use crate::CityJsonError;
use crate::build::{self, Context, Fill, MATERIAL, TEXTURE};
use crate::document::Document;
use crate::geometry;
use crate::json::{self, Piece};
use crate::notes::Notes;
use crate::place::Transform;

/// Versions that are read. A third number is no matter: only the first two tell how to read.
const VERSIONS: [&str; 3] = ["1.0", "1.1", "2.0"];

/// The beginning of a file.
#[derive(Debug)]
pub(crate) struct Head {
    pub header: Header,
    pub transform: Transform,
}

/// Reads the head of a document of type `CityJSON`.
///
/// # Errors
/// When it is another type or version, or its `transform` cannot be read.
pub(crate) fn head(document: &Document<'_>, file: &str, notes: &mut Notes) -> Result<Head, CityJsonError> {
    check_type(document, file)?;
    let version = version(document, file)?;
    let transform = match document.transform.filter(|piece| !json::is_null(piece)) {
        Some(piece) => transform(piece).ok_or_else(|| CityJsonError::NotCityJson {
            file: file.to_owned(),
            found: "its `transform` has no `scale` and `translate` of three numbers".to_owned(),
        })?,
        None => {
            if !version.starts_with("1.0") {
                notes.add("missing-transform", "", String::new, || {
                    "it has no `transform`; vertices are taken as they stand".to_owned()
                });
            }
            Transform::default()
        }
    };
    for name in &document.repeated {
        notes.add(
            "duplicate-member",
            "",
            || (*name).to_owned(),
            || format!("`{name}` stands there twice; the last one counts, the other is left out"),
        );
    }
    let header = Header {
        file: file.to_owned(),
        namespaces: extensions(document),
        attributes: vec![("version".to_owned(), version)],
        crs: system(document.metadata, notes),
        dimension: 3,
        corners: None,
    };
    Ok(Head { header, transform })
}

fn check_type(document: &Document<'_>, file: &str) -> Result<(), CityJsonError> {
    let file = file.to_owned();
    match document.kind.and_then(json::string).as_deref() {
        Some("CityJSON") => Ok(()),
        Some("CityJSONFeature") => Err(CityJsonError::NoHeader { file }),
        Some(other) => {
            let other: String = other.chars().take(40).collect();
            Err(CityJsonError::NotCityJson { file, found: format!("its `type` is `{other}`") })
        }
        None => Err(CityJsonError::NotCityJson { file, found: "it has no `type`".to_owned() }),
    }
}

fn version(document: &Document<'_>, file: &str) -> Result<String, CityJsonError> {
    let version = document.version.and_then(json::scalar).unwrap_or_default();
    let is = |known: &&str| {
        version.strip_prefix(*known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    if VERSIONS.iter().any(is) {
        return Ok(version.into_owned());
    }
    let version: String = version.chars().take(40).collect();
    let version = if version.is_empty() { "without a version".to_owned() } else { version };
    Err(CityJsonError::Version { file: file.to_owned(), version })
}

fn transform(piece: Piece<'_>) -> Option<Transform> {
    let members = json::members(piece)?;
    let three = |name| json::member(&members, name).and_then(json::numbers);
    Some(Transform { scale: three("scale")?, translate: three("translate")? })
}

/// Names and addresses of the extensions: what namespaces are to XML.
fn extensions(document: &Document<'_>) -> Vec<(String, String)> {
    let all = json::member(&document.others, "extensions").and_then(json::members).unwrap_or_default();
    let address = |piece: Piece<'_>| {
        let members = json::members(piece)?;
        json::member(&members, "url").and_then(json::string).map(|url| url.into_owned())
    };
    all.into_iter().map(|(name, piece)| (name.into_owned(), address(piece).unwrap_or_default())).collect()
}

fn system(metadata: Option<Piece<'_>>, notes: &mut Notes) -> Option<Crs> {
    let members = metadata.and_then(json::members).unwrap_or_default();
    let place = || "metadata/referenceSystem".to_owned();
    let Some(name) = json::member(&members, "referenceSystem").and_then(json::scalar) else {
        notes.add("missing-system", "", place, || {
            "it names no coordinate system; coordinates are kept as they stand".to_owned()
        });
        return None;
    };
    let crs = Crs::from_srs_name(&name);
    if crs.is_none() {
        notes.add("unknown-system", "", place, || {
            format!("`{name}` names no EPSG code; coordinates are kept as they stand")
        });
    }
    crs
}

/// The templates of a head.
pub(crate) fn templates<'a>(document: &Document<'a>) -> build::Templates<'a> {
    let members = document.templates.and_then(json::members).unwrap_or_default();
    let piece = |name| json::member(&members, name);
    let geometries = piece("templates").and_then(geometry::geometries).unwrap_or_default();
    let vertices = piece("vertices-templates").and_then(geometry::vertices).unwrap_or_default();
    build::Templates { geometries, vertices }
}

/// The texture vertices of an appearance.
pub(crate) fn texture_vertices(appearance: Option<Piece<'_>>) -> Vec<[f64; 2]> {
    let members = appearance.and_then(json::members).unwrap_or_default();
    json::member(&members, "vertices-texture").and_then(geometry::vertices).unwrap_or_default()
}

/// What a document says that is no city object, as items: envelope, metadata, extensions, other members,
/// and the appearance of a whole file.
pub(crate) fn items(
    document: &Document<'_>,
    context: &Context<'_>,
) -> Result<(Vec<Item>, Notes), CityJsonError> {
    let mut items =
        Items { context, items: Vec::new(), notes: Notes::new(context.file, context.line, usize::MAX) };
    if let Some(metadata) = document.metadata {
        let members = json::members(metadata).unwrap_or_default();
        if let Some(extent) = json::member(&members, "geographicalExtent") {
            items.add(ItemKind::Property, "gml:boundedBy", extent, Fill::Envelope)?;
        }
        items.add(ItemKind::Property, "metadata", metadata, Fill::Content)?;
    }
    for (name, piece) in &document.others {
        items.add(ItemKind::Property, name, piece, Fill::Content)?;
    }
    if let Some(appearance) = document.appearance.filter(|_| context.appearance.is_none()) {
        items.appearance(appearance)?;
    }
    Ok((items.items, items.notes))
}

struct Items<'c> {
    context: &'c Context<'c>,
    items: Vec<Item>,
    notes: Notes,
}

impl Items<'_> {
    fn add(&mut self, kind: ItemKind, name: &str, piece: Piece<'_>, fill: Fill) -> Result<(), CityJsonError> {
        let (item, notes) = build::item(self.context, kind, name, piece, fill)?;
        self.items.push(item);
        self.notes.absorb(notes);
        Ok(())
    }

    fn appearance(&mut self, piece: Piece<'_>) -> Result<(), CityJsonError> {
        self.add(ItemKind::Appearance, "app:Appearance", piece, Fill::Nothing)?;
        for (name, piece) in json::members(piece).unwrap_or_default() {
            let all = json::items(piece).unwrap_or_default();
            match &*name {
                "vertices-texture" => {}
                "textures" => {
                    for (number, item) in all.into_iter().enumerate() {
                        self.add(ItemKind::SurfaceData, TEXTURE, item, Fill::Texture(number))?;
                    }
                }
                "materials" => {
                    for (number, item) in all.into_iter().enumerate() {
                        self.add(ItemKind::SurfaceData, MATERIAL, item, Fill::Material(number))?;
                    }
                }
                _ => self.add(ItemKind::AppearanceProperty, &name, piece, Fill::Content)?,
            }
        }
        Ok(())
    }
}
