//! What comes out of the files, put together.

use std::collections::{BTreeMap, HashMap};

use futago_field::{CappedReport, Report};
use futago_model::{About, Buildings, CityModel, Ground, Objects};
use futago_pack::{Build, Input, Pack};
use futago_terrain::{Mosaic, Tin};

use super::Import;
use super::ground::{Grounds, say, stand_on};
use crate::AssembleError;
use crate::batch::Batch;
use crate::building::Found;
use crate::buildings::solids;
use crate::footprints::{Footprint, with_own_id};
use crate::pieces::Piece;
use crate::site::Site;
use crate::streetscape::Streetscape;
use crate::structures::{FoundStructure, emit, median_foot_m};

/// The city on its way.
pub(super) struct Gathered {
    objects: Objects,
    footprints: Vec<Footprint>,
    seen: HashMap<String, usize>,
    pieces: Vec<Piece>,
    pieces_of: Vec<Vec<u32>>,
    structures: Vec<FoundStructure>,
    streets: Streetscape,
    /// Height of the ground at each building that says so, metres T.P.
    grounds_m: Vec<f64>,
    /// Triangles of the ground, by file.
    tins: Vec<Tin>,
    outside: usize,
    pub inputs: Vec<Input>,
    report: CappedReport,
    /// Bytes of all input, and of the files before the one that is read.
    input_bytes: u64,
    before_bytes: u64,
}

impl Gathered {
    pub fn new(most_entries: usize, report: Report, input_bytes: u64) -> Self {
        let mut capped = CappedReport::new(most_entries);
        capped.extend(report);
        Self {
            objects: Objects::default(),
            footprints: Vec::new(),
            seen: HashMap::new(),
            pieces: Vec::new(),
            pieces_of: Vec::new(),
            structures: Vec::new(),
            streets: Streetscape::default(),
            grounds_m: Vec::new(),
            tins: Vec::new(),
            outside: 0,
            inputs: Vec::new(),
            report: capped,
            input_bytes,
            before_bytes: 0,
        }
    }

    /// A file begins, and so many bytes of files are done.
    pub fn begin(&mut self, before_bytes: u64) {
        self.before_bytes = before_bytes;
    }

    /// Adds entries, of each code as many as are listed.
    pub fn note(&mut self, report: Report) {
        self.report.extend(report);
    }

    /// Adds what became of a stretch that ends about here in its file. Gives back the stretch's own store.
    ///
    /// # Errors
    /// When the city grows beyond what 32-bit indices hold.
    pub fn take(&mut self, batch: Batch, byte: u64) -> Result<Objects, AssembleError> {
        check_room(&self.objects, &batch.objects)?;
        let share = (self.before_bytes + byte) as f64 / self.input_bytes.max(1) as f64;
        self.objects.append_share(&batch.objects, share);
        self.outside += batch.outside;
        self.note(batch.report);
        self.structures.extend(batch.structures);
        batch.streets.iter().try_for_each(|found| self.streets.take(found))?;
        self.take_relief(batch.relief);
        let mut report = Report::default();
        for Found { footprint, pieces, ground_m } in batch.buildings {
            self.grounds_m.extend(ground_m);
            let Some(footprint) = with_own_id(footprint, &self.footprints, &mut self.seen, &mut report)
            else {
                continue;
            };
            self.seen.insert(footprint.id.clone(), self.footprints.len());
            self.footprints.push(footprint);
            let first = self.pieces.len() as u32;
            self.pieces.extend(pieces);
            self.pieces_of.push((first..self.pieces.len() as u32).collect());
        }
        self.note(report);
        Ok(batch.objects)
    }

    /// The triangles of one file are one surface.
    fn take_relief(&mut self, relief: Tin) {
        match self.tins.last_mut().filter(|tin| tin.name == relief.name) {
            Some(tin) => tin.triangles.extend(relief.triangles),
            None if relief.triangles.is_empty() => {}
            None => self.tins.push(relief),
        }
    }

    /// The pack, when all is there.
    pub fn pack(mut self, import: &Import, mut site: Site, heights: Mosaic) -> Result<Pack, AssembleError> {
        if self.objects.objects().next().is_none() && heights.rasters.is_empty() {
            let file = self.inputs.iter().map(|input| input.file.as_str()).collect::<Vec<_>>().join(", ");
            return Err(AssembleError::NoObjects { file });
        }
        if self.outside > 0 {
            let action = format!("{} object(s) lie outside of the bounds; left out", self.outside);
            self.report.add("out-of-bounds", "", "", action);
        }
        self.grounds_m.sort_unstable_by(f64::total_cmp);
        let under_buildings = self.grounds_m.get(self.grounds_m.len() / 2).copied();
        let ground_tp_m = under_buildings.or_else(|| median_foot_m(&self.structures));
        site.frame.origin_height_m = ground_tp_m.unwrap_or_default();
        let mut report = Report::default();
        let footprints = std::mem::take(&mut self.footprints);
        let names = HashMap::new();
        let buildings = match footprints.is_empty() {
            true => Buildings::default(),
            false => solids(footprints, &self.pieces, &self.pieces_of, &names, &import.rules, &mut report)?,
        };
        let found = std::mem::take(&mut self.structures);
        let structures = emit(&found, site.frame.origin_height_m, &import.rules, &mut report)?;
        self.note(report);
        let note = match (under_buildings, ground_tp_m) {
            (Some(_), _) => "flat, at the median height of the ground under the buildings",
            (None, Some(_)) => "flat, at the median height of the feet of bridges",
            (None, None) => "flat, at T.P. 0 m: no building says how high the ground is",
        };
        let mut city = CityModel::empty(about(import, &site, note, &buildings, &self.objects));
        (city.buildings, city.structures) = (buildings, structures);
        city.streets = std::mem::take(&mut self.streets).finish();
        let grounds = Grounds { tins: std::mem::take(&mut self.tins), heights };
        let has_objects = !self.objects.is_empty();
        let built = grounds.terrain(&site, &import.rules, has_objects.then_some(city.about.bounds_m));
        self.note(built.report);
        match built.terrain {
            Some(mut terrain) => {
                if ground_tp_m.is_none() && has_objects {
                    stand_on(&mut terrain, &mut city);
                }
                say(terrain, &mut city, has_objects);
            }
            None if !has_objects => {
                let file = self.inputs.iter().map(|input| input.file.as_str()).collect::<Vec<_>>().join(", ");
                return Err(AssembleError::NoObjects { file });
            }
            None => {}
        }
        let [tool, tool_version] = import.tool.clone();
        let build = Build { tool, tool_version, inputs: self.inputs, options: options(import) };
        let report = self.report.finish("");
        Ok(Pack { city, build, report, objects: self.objects })
    }
}

/// What the import was told that changes what comes out.
fn options(import: &Import) -> BTreeMap<String, String> {
    let mut options = BTreeMap::new();
    if let Some(bounds) = import.bounds {
        options.insert("bounds_deg".to_owned(), bounds.map(|degrees| degrees.to_string()).join(","));
    }
    if let Some(lod) = import.lod {
        options.insert("lod".to_owned(), lod.to_string());
    }
    options
}

fn about(import: &Import, site: &Site, note: &str, buildings: &Buildings, objects: &Objects) -> About {
    About {
        name_ja: import.name.clone(),
        name_en: import.name.clone(),
        bounds_m: bounds_of(buildings, objects),
        ground: Ground::Constant { height_tp_m: site.frame.origin_height_m, note: note.to_owned() },
        frame: site.frame.clone(),
        sources: vec![import.source.clone()],
    }
}

/// West, south, east, north of every footprint, solid and vertex, in whole metres outwards.
fn bounds_of(buildings: &Buildings, objects: &Objects) -> [f64; 4] {
    let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut grow = |west: f64, south: f64, east: f64, north: f64| {
        b = [b[0].min(west), b[1].min(south), b[2].max(east), b[3].max(north)];
    };
    for tile in &buildings.tiles {
        let [west, south, east, north] = tile.bounds_m.map(f64::from);
        grow(west, south, east, north);
    }
    let rings = objects.rings.iter().map(|ring| ring.vertices);
    let lines = objects.lines.iter().chain(&objects.points).map(|line| line.vertices);
    for [east, north, _] in rings.chain(lines).flat_map(|range| objects.vertices_of(range)) {
        let [east, north] = [*east, *north].map(futago_model::metres_from_mm);
        grow(east, north, east, north);
    }
    if b[0] > b[2] { [0.0; 4] } else { [b[0].floor(), b[1].floor(), b[2].ceil(), b[3].ceil()] }
}

fn check_room(store: &Objects, more: &Objects) -> Result<(), AssembleError> {
    let sizes = [
        ("elements", store.elements.len() + more.elements.len()),
        ("attributes", store.attributes.len() + more.attributes.len()),
        ("vertices", store.vertices_mm.len() + more.vertices_mm.len()),
        ("rings", store.rings.len() + more.rings.len()),
        ("letters of text", store.text.len() + more.text.len()),
    ];
    match sizes.into_iter().find(|(_, size)| *size >= u32::MAX as usize) {
        Some((what, _)) => Err(AssembleError::TooLarge { what }),
        None => Ok(()),
    }
}
