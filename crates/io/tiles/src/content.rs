//! One content of a tileset, or one model: from its bytes to features.

use std::collections::{BTreeMap, BTreeSet};

use futago_geodesy::SiteFrame;
use serde_json::{Map, Value};

use crate::b3dm::{B3dm, composite};
use crate::batch::Batch;
use crate::detect::{Format, beginning, looks_like};
use crate::document::Document;
use crate::feature_ids::Key;
use crate::files::{self, Files, resolve};
use crate::gather::{About, Attributes, Gather};
use crate::matrix::Matrix;
use crate::mesh::{self, Meshes, Task};
use crate::metadata::{self, Table};
use crate::place::{Ground, Placer, Site};
use crate::sidecar::Sidecar;
use crate::walk::Chosen;
use crate::{Options, TilesError, tileset};
use futago_field::CappedReport;

/// Composite tiles in composite tiles.
const COMPOSITES: usize = 8;

/// Extensions that are read, or only change how a model is drawn. Those that begin so are too.
const KNOWN: [&str; 4] =
    ["CESIUM_RTC", "EXT_mesh_features", "EXT_structural_metadata", "KHR_mesh_quantization"];
const DRAWN: [&str; 5] =
    ["KHR_texture_", "KHR_materials_", "EXT_texture_", "MSFT_texture_", "KHR_draco_mesh_compression"];

/// Reads contents into objects.
pub(crate) struct Loader<'a> {
    pub(crate) files: &'a dyn Files,
    pub(crate) options: &'a Options,
    pub(crate) gather: Gather<'a>,
    pub(crate) notes: CappedReport,
    pub(crate) copyrights: BTreeSet<String>,
    /// What the sidecar of a single model says.
    pub(crate) sidecar: Option<Sidecar>,
    /// Heights above the ellipsoid were made T.P.
    pub(crate) from_ellipsoid: bool,
}

/// Attributes of a model's features.
struct Features<'a> {
    batch: Option<Batch<'a>>,
    tables: Vec<Option<Table<'a>>>,
}

impl Loader<'_> {
    /// Reads a content of a tileset.
    pub(crate) fn content(&mut self, chosen: &Chosen) -> Result<(), TilesError> {
        let bytes = files::read(self.files, &chosen.path, &self.options.limits)?;
        self.bytes(&bytes, chosen, 0)
    }

    /// Reads a content that is at hand.
    pub(crate) fn bytes(&mut self, bytes: &[u8], chosen: &Chosen, depth: usize) -> Result<(), TilesError> {
        let file = chosen.path.as_str();
        let unsupported = |what: &str, remedy| {
            Err(TilesError::Unsupported { file: file.to_owned(), what: what.to_owned(), remedy })
        };
        match looks_like(bytes) {
            Some(Format::Glb | Format::Gltf) => self.model(bytes, chosen, None),
            Some(Format::B3dm) => {
                let mut tile = B3dm::read(bytes, file)?;
                let batch = Batch::new(&mut tile, file, &mut self.notes);
                self.model(tile.glb, chosen, Some((tile.rtc_center, batch)))
            }
            Some(Format::Cmpt) if depth < COMPOSITES => {
                composite(bytes, file)?.into_iter().try_for_each(|tile| self.part(tile, chosen, depth + 1))
            }
            Some(Format::Cmpt) => {
                unsupported("a composite tile in so many others", "Write the tiles one by one")
            }
            Some(Format::I3dm) => {
                unsupported("an instanced model (i3dm)", "Convert it to glTF with every instance written out")
            }
            Some(Format::Pnts) => unsupported("a point cloud (pnts)", "Give tiles with triangles"),
            Some(Format::Tileset) => {
                unsupported("a tileset under the name of a model", "Let its name end in .json")
            }
            None => Err(TilesError::UnknownFormat { file: file.to_owned(), found: beginning(bytes) }),
        }
    }

    /// A tile of a composite one: what is wrong with it does not touch the others.
    fn part(&mut self, bytes: &[u8], chosen: &Chosen, depth: usize) -> Result<(), TilesError> {
        match self.bytes(bytes, chosen, depth) {
            Err(error) if !error.is_final() => {
                self.notes.add(error.code(), "", &chosen.path, format!("{error}; this part is left out"));
                Ok(())
            }
            other => other,
        }
    }

    fn model<'b>(
        &mut self,
        bytes: &'b [u8],
        chosen: &'b Chosen,
        batch: Option<(Option<[f64; 3]>, Batch<'b>)>,
    ) -> Result<(), TilesError> {
        let (limits, file) = (&self.options.limits, chosen.path.as_str());
        let document = Document::read(bytes, file, self.files, limits)?;
        self.told(&document);
        let (rtc, batch) = batch.map_or((None, None), |(rtc, batch)| (rtc, Some(batch)));
        let rtc = rtc.or_else(|| center(document.extensions.get("CESIUM_RTC")?));
        let site = self.site(&document);
        let (ground, to_ground) = match (&self.sidecar, site) {
            (Some(sidecar), _) => (Ground::Earth, sidecar.earth_from_model(self.options.geoid_m)),
            (None, Some(site)) => (Ground::Site(Box::new(site)), Matrix::IDENTITY),
            (None, None) => (Ground::Earth, chosen.transform),
        };
        self.from_ellipsoid |= self.sidecar.is_none() && matches!(ground, Ground::Earth);
        let geoid_m = self.options.geoid_m;
        let placer = Placer { ground: &ground, geoid_m, height_m: limits.height_m };
        let base = to_ground.after(&Matrix::translation(rtc.unwrap_or_default())).after(&chosen.up);
        let (batched, by_node) = (batch.is_some(), self.sidecar.is_none());
        let task = Task { document: &document, placer: &placer, limits, base, batched, by_node };
        let meshes = mesh::read(&task, &mut self.notes)?;
        if meshes.triangles > 0 && meshes.off == meshes.triangles {
            let sidecar = Sidecar::names(file).swap_remove(0);
            let (file, triangles) = (file.to_owned(), meshes.triangles);
            return Err(TilesError::NotPlaced { file, triangles, sidecar });
        }
        let files = self.files;
        let schema = |uri: &str| {
            let path = resolve(file, uri)?;
            let text = files::read(files, &path, limits)?;
            tileset::json(&text, &path, "the schema", limits)
        };
        let tables = metadata::tables(&document, &schema, &mut self.notes);
        self.features(&document, meshes, &Features { batch, tables })
    }

    /// Copyright, and extensions that something would need.
    fn told(&mut self, document: &Document<'_>) {
        let copyright = document.asset.get("copyright").and_then(Value::as_str);
        self.copyrights.extend(copyright.map(str::to_owned));
        for name in &document.root.extensions_required {
            let known = KNOWN.contains(&name.as_str()) || DRAWN.iter().any(|start| name.starts_with(start));
            if !known {
                let action = format!("the model needs {name}, which is not read; what it changes is missing");
                self.notes.add("unread-extension", "", document.file, action);
            }
        }
    }

    /// The frame that Futago's own export writes into a model.
    fn site(&mut self, document: &Document<'_>) -> Option<Site> {
        let extras = document.asset.get("extras")?;
        let number = |name: &str| extras.get(name)?.as_f64();
        let frame = SiteFrame {
            epsg: u32::try_from(extras.get("epsg")?.as_u64()?).ok()?,
            origin_east_m: number("origin_east_m")?,
            origin_north_m: number("origin_north_m")?,
            origin_height_m: number("origin_height_tp_m")?,
        };
        let epsg = frame.epsg;
        let site = Site::new(frame);
        if site.is_none() {
            let action = format!("its frame of EPSG:{epsg} is not one of Japan's plane systems; passed over");
            self.notes.add("unknown-system", "", document.file, action);
        }
        site
    }

    fn features(
        &mut self,
        document: &Document<'_>,
        meshes: Meshes,
        features: &Features<'_>,
    ) -> Result<(), TilesError> {
        let file = document.file;
        if meshes.shapes.is_empty() {
            self.notes.add("empty-content", "", file, "no triangle of it could be taken");
        }
        let single = meshes.shapes.len() == 1;
        let (mut beyond, mut shown) = (0, BTreeMap::<Option<usize>, usize>::new());
        for (key, shape) in meshes.shapes {
            let (attributes, mut about) = features.of(key, document);
            match attributes {
                Some(_) => *shown.entry(key.table()).or_default() += 1,
                None => beyond += 1,
            }
            about.file = file;
            if let Some(sidecar) = &self.sidecar {
                about.kind = about.kind.or_else(|| sidecar.kind.clone());
                if single {
                    about.id = sidecar.id.clone();
                    about.name = sidecar.name.clone();
                }
            }
            self.gather.take(about, attributes.unwrap_or_default(), shape, &mut self.notes)?;
        }
        if beyond > 0 {
            let action = format!("{beyond} feature(s) are not in the table of attributes; kept without any");
            self.notes.add("no-attributes", "", file, action);
        }
        for (table, shown) in shown {
            let rows = features.count(table);
            if let Some(left) = rows.checked_sub(shown).filter(|left| *left > 0) {
                let action = format!("{left} of {rows} features of the table have no triangle; left out");
                self.notes.add("no-geometry", "", file, action);
            }
        }
        Ok(())
    }
}

impl Key {
    /// The property table, where it is of one.
    fn table(self) -> Option<usize> {
        match self {
            Self::Row { table, .. } => table,
            _ => None,
        }
    }
}

impl Features<'_> {
    /// Attributes of a feature; none when it should have some and has not.
    fn of<'t>(&'t self, key: Key, document: &Document<'_>) -> (Option<Attributes>, About<'t>) {
        let mut about = About::default();
        let attributes = match key {
            Key::Whole => Some(Vec::new()),
            Key::Node(node) => {
                let node = &document.nodes[node];
                about.name.clone_from(&node.name);
                let extras = node.extras.as_object().into_iter().flat_map(Map::iter);
                Some(extras.map(|(name, value)| (name.clone(), value.clone())).collect())
            }
            Key::Batch(row) => {
                let batch = self.batch.as_ref().filter(|batch| (row as usize) < batch.count);
                batch.map(|batch| batch.row(row as usize))
            }
            Key::Row { table: None, .. } => Some(Vec::new()),
            Key::Row { table: Some(table), row } => {
                let table = self.tables.get(table).and_then(Option::as_ref);
                about.names = table.map_or(&[], |table| &table.names);
                table.filter(|table| (row as usize) < table.count).map(|table| table.row(row as usize))
            }
        };
        (attributes, about)
    }

    /// Rows of a table.
    fn count(&self, table: Option<usize>) -> usize {
        match table {
            Some(table) => self.tables.get(table).and_then(Option::as_ref).map_or(0, |table| table.count),
            None => self.batch.as_ref().map_or(0, |batch| batch.count),
        }
    }
}

/// The middle that `CESIUM_RTC` names.
fn center(extension: &Value) -> Option<[f64; 3]> {
    let numbers = extension.get("center")?.as_array()?;
    let numbers: Vec<f64> = numbers.iter().filter_map(Value::as_f64).collect();
    numbers.try_into().ok().filter(|center: &[f64; 3]| center.iter().all(|number| number.is_finite()))
}
