//! Indoor maps to [`Floors`]: those of stations, and those of OpenStreetMap.

use std::collections::HashMap;

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::{FloorFlags, FloorKind, FloorPart, Floors, PolygonId};
use futago_raw::{OsmId, Raw, RawFloorPart};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::clean::{Cleaned, Subject, clean};
use crate::emit::Interner;
use crate::osm_buildings::touches;
use crate::project::Projector;
use crate::{AssembleError, Rules};

use super::levels::Levels;
use super::osm::ordinal;

/// Outlines run clockwise in all of these maps: one entry a file says so.
const TURNED: &str = "wrong-orientation";

/// Puts floors together: files of floors, of spaces and of fixtures, in plane metres of an EPSG system.
/// A space without a floor is on the level of the rest of its file.
///
/// # Errors
/// When the frame or the plane system cannot be projected to.
pub fn assemble_floors(
    files: &[(FloorKind, Raw<RawFloorPart>)],
    epsg: u32,
    frame: &SiteFrame,
    rules: &Rules,
) -> Result<(Floors, Report), AssembleError> {
    let projector = Projector::of_plane(frame, epsg, rules.max_distance_m)?;
    put_together(files, projector, None, rules)
}

/// Puts floors of OpenStreetMap extracts together, within west, south, east, north (site millimetres): those that
/// touch it. Each extract gives its floors and its spaces, with a `level` as ordinal; what several extracts have is
/// taken from the first.
pub(crate) fn assemble_osm_floors(
    extracts: Vec<[Raw<RawFloorPart>; 2]>,
    frame: &SiteFrame,
    bounds_mm: [i32; 4],
    rules: &Rules,
) -> Result<(Floors, Report), AssembleError> {
    let (mut files, mut known) = (Vec::new(), FxHashSet::default());
    for extract in extracts {
        let own: FxHashSet<OsmId> = extract.iter().flat_map(|file| file.osm_ids.iter().copied()).collect();
        for (kind, mut file) in [FloorKind::Floor, FloorKind::Space].into_iter().zip(extract) {
            let ids = &file.osm_ids;
            file.features.retain(|raw| !known.contains(&ids[raw.index as usize]));
            for raw in &mut file.features {
                raw.ordinal = raw.ordinal.map(|level| f64::from(ordinal(level)));
            }
            files.push((kind, file));
        }
        known.extend(own);
    }
    put_together(&files, Projector::new(frame, rules.max_distance_m)?, Some(bounds_mm), rules)
}

fn put_together(
    files: &[(FloorKind, Raw<RawFloorPart>)],
    projector: Projector<'_>,
    bounds: Option<[i32; 4]>,
    rules: &Rules,
) -> Result<(Floors, Report), AssembleError> {
    let mut maps = Maps {
        projector,
        bounds,
        levels: Levels::new(&rules.walk.levels),
        rules,
        known: floor_levels(files),
        floors: Floors::default(),
        texts: Interner::default(),
        report: Report::default(),
    };
    for kind in FloorKind::ALL {
        for (_, file) in files.iter().filter(|(of, _)| *of == kind) {
            maps.add_file(kind, file);
        }
    }
    let Maps { mut floors, texts, report, .. } = maps;
    floors.strings = texts.strings;
    match u32::try_from(floors.polygons.vertices_mm.len()) {
        Ok(_) => Ok((floors, report)),
        Err(_) => Err(AssembleError::TooLarge { what: "vertices" }),
    }
}

/// Floors on their way.
struct Maps<'a> {
    projector: Projector<'a>,
    /// What does not touch it is left out: west, south, east, north, site millimetres.
    bounds: Option<[i32; 4]>,
    levels: Levels<'a>,
    rules: &'a Rules,
    /// Level of each floor, by its id.
    known: HashMap<&'a str, f64>,
    floors: Floors,
    texts: Interner,
    report: Report,
}

impl Maps<'_> {
    fn add_file(&mut self, kind: FloorKind, file: &Raw<RawFloorPart>) {
        self.report.extend(file.report.clone());
        let read = |raw: &RawFloorPart| {
            let (mut shape, report) = shape_of(raw, file, &self.projector, self.rules);
            shape.plans.retain(|plan| self.bounds.is_none_or(|bounds| touches(plan.bounds(), bounds)));
            (shape, report)
        };
        let shapes: Vec<(Cleaned, Report)> = file.features.par_iter().map(read).collect();
        let common = common_level(file, &self.known);
        let mut turned = 0;
        for (raw, (shape, entries)) in file.features.iter().zip(shapes) {
            let (turns, rest) = entries.entries.into_iter().partition::<Vec<_>, _>(|e| e.code == TURNED);
            turned += turns.len();
            self.report.entries.extend(rest);
            self.add(kind, raw, &shape, common, file);
        }
        if turned > 0 {
            let action = format!("{turned} outlines and holes run the wrong way round; turned round");
            self.report.add(TURNED, "", file.file.as_str(), action);
        }
    }

    fn add(
        &mut self,
        kind: FloorKind,
        raw: &RawFloorPart,
        shape: &Cleaned,
        common: Option<f64>,
        file: &Raw<RawFloorPart>,
    ) {
        let own = match kind {
            FloorKind::Floor => raw.ordinal,
            FloorKind::Space | FloorKind::Fixture => raw.ordinal.or_else(|| level_of(raw, &self.known)),
        };
        let own = own.filter(|level| level.abs() <= 100.0);
        let mut note = |action: String| {
            self.report.add(
                "missing-level",
                raw.id.as_deref().unwrap_or_default(),
                file.place(raw.index),
                action,
            );
        };
        let Some(level) = own.or(common) else {
            return note("neither it nor its floor has an ordinal; left out".to_owned());
        };
        if own.is_none() {
            note(format!("its floor is not in the data; taken as level {level}, that of its file"));
        }
        let is_floor = kind == FloorKind::Floor;
        let id = self.texts.intern(raw.id.as_deref());
        let part = FloorPart {
            id,
            name: self.texts.intern(raw.name.as_deref()),
            category: self.texts.intern(raw.category.as_deref().filter(|_| !is_floor)),
            floor: if is_floor { id } else { self.texts.intern(raw.floor_id.as_deref()) },
            polygon: PolygonId(0),
            kind: kind as u32,
            flags: FloorFlags::default()
                .with_if(is_floor && raw.category.as_deref() == Some("2"), FloorFlags::OUTSIDE)
                .with_if(raw.restricted == Some(1), FloorFlags::RESTRICTED)
                .with_if(raw.toll == Some(1), FloorFlags::TOLL)
                .with_if(own.is_none(), FloorFlags::LEVEL_ASSUMED)
                .with_if(shape.repaired, FloorFlags::REPAIRED),
            // Adding 0 makes a -0 of the file 0.
            level: level as f32 + 0.0,
            height_m: self.levels.height_m(level) as f32,
        };
        for plan in &shape.plans {
            let polygon = plan.push_to(&mut self.floors.polygons);
            self.floors.parts.push(FloorPart { polygon, ..part });
        }
    }
}

fn shape_of(
    raw: &RawFloorPart,
    file: &Raw<RawFloorPart>,
    projector: &Projector<'_>,
    rules: &Rules,
) -> (Cleaned, Report) {
    let mut report = Report::default();
    let (name, place) = (raw.id.as_deref().unwrap_or_default(), file.place(raw.index));
    let mut subject = Subject { name, place: &place, report: &mut report };
    let cleaned = clean(&raw.parts, projector, rules, &mut subject);
    (cleaned, report)
}

/// Level of each floor, by its id.
fn floor_levels(files: &[(FloorKind, Raw<RawFloorPart>)]) -> HashMap<&str, f64> {
    let floors = files.iter().filter(|(kind, _)| *kind == FloorKind::Floor);
    let parts = floors.flat_map(|(_, file)| &file.features);
    parts.filter_map(|raw| Some((raw.id.as_deref()?, raw.ordinal?))).collect()
}

fn level_of(raw: &RawFloorPart, known: &HashMap<&str, f64>) -> Option<f64> {
    known.get(raw.floor_id.as_deref()?).copied()
}

/// The level of all of a file's features whose floor is known, when they agree.
fn common_level(file: &Raw<RawFloorPart>, known: &HashMap<&str, f64>) -> Option<f64> {
    let mut levels = file.features.iter().filter_map(|raw| level_of(raw, known));
    let first = levels.next()?;
    levels.all(|level| level == first).then_some(first)
}
