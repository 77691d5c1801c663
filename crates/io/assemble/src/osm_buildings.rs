//! Buildings of OpenStreetMap to [`Buildings`].
//!
//! A building is its outline, at its `height`, else at so many storeys of [`STOREY_M`] (marked as assumed), else at
//! the highest of its parts, else at the neighbours' median. Parts belong to the building that a relation names,
//! else to the one that they stand in, and begin at `min_height`. Where parts are, the outline has no solid of its
//! own, as the tagging says. Forms of roofs are not read: every part is a flat block.

use std::collections::HashMap;

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::Buildings;
use futago_osm::OsmBuildings;
use futago_raw::{OsmId, RawLandmark, RawOsmBuilding};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::buildings::solids;
use crate::clean::{Cleaned, Subject, clean};
use crate::footprints::{Footprint, largest_first};
use crate::join::join;
use crate::pieces::Piece;
use crate::project::Projector;
use crate::{AssembleError, Rules};

/// Assumed height of a storey, metres.
const STOREY_M: f64 = 3.0;

/// Buildings that are made and cleaned together.
const TOGETHER: usize = 1 << 14;

/// The buildings of extracts within west, south, east, north (site millimetres): those that touch it.
pub(crate) fn osm_buildings(
    files: &[OsmBuildings<'_>],
    frame: &SiteFrame,
    bounds_mm: [i32; 4],
    rules: &Rules,
) -> Result<(Buildings, Report), AssembleError> {
    let projector = Projector::new(frame, rules.max_distance_m)?;
    let (mut footprints, mut pieces, mut landmarks) = (Vec::new(), Vec::new(), Vec::new());
    let mut report = Report::default();
    let mut known: FxHashSet<OsmId> = FxHashSet::default();
    for file in files {
        let read = |index: usize| {
            let (mut raw, mut report) = file.get(index);
            let (name, place) = (id_of(file.id(index)), file.place(index));
            let mut subject = Subject { name: &name, place: &place, report: &mut report };
            let mut cleaned = clean(&std::mem::take(&mut raw.parts), &projector, rules, &mut subject);
            cleaned.plans.retain(|plan| touches(plan.bounds(), bounds_mm));
            (raw, cleaned, report)
        };
        // Some at a time: made whole, the buildings of a large extract would fill the memory.
        for start in (0..file.len()).step_by(TOGETHER) {
            let end = file.len().min(start + TOGETHER);
            let found: Vec<_> = (start..end).into_par_iter().map(read).collect();
            for (raw, cleaned, entries) in found {
                if !known.insert(file.id(raw.index as usize)) {
                    continue;
                }
                report.extend(entries);
                if cleaned.plans.is_empty() {
                    continue;
                }
                match raw.part {
                    true => pieces.push(piece(&raw, file, cleaned)),
                    false => {
                        landmarks.extend(landmark(&raw, file));
                        footprints.push(footprint(&raw, file, cleaned));
                    }
                }
            }
        }
    }
    if footprints.is_empty() {
        return Ok((Buildings::default(), report));
    }
    let mut joins = Report::default();
    let pieces_of = join(&footprints, &pieces, &mut joins);
    // A part is joined by its place as a rule: that is how they are mapped.
    joins.entries.retain(|entry| entry.code != "joined-by-position");
    report.extend(joins);
    let names: HashMap<&str, &RawLandmark> =
        landmarks.iter().map(|landmark| (landmark.building_id.as_str(), landmark)).collect();
    let buildings = solids(footprints, &pieces, &pieces_of, &names, rules, &mut report)?;
    Ok((buildings, report))
}

/// Whether two boxes touch: west, south, east, north.
pub(crate) fn touches([west, south, east, north]: [i32; 4], bounds: [i32; 4]) -> bool {
    west <= bounds[2] && east >= bounds[0] && south <= bounds[3] && north >= bounds[1]
}

/// `w` or `r` and the number, as OpenStreetMap abbreviates it.
fn id_of(id: OsmId) -> String {
    match id {
        OsmId::Node(id) => format!("n{id}"),
        OsmId::Way(id) => format!("w{id}"),
        OsmId::Relation(id) => format!("r{id}"),
    }
}

/// Height of the top, metres, and whether it follows from storeys.
fn top_of(raw: &RawOsmBuilding) -> (Option<f64>, bool) {
    let storeys = raw.levels.filter(|levels| *levels > 0.0).map(|levels| levels * STOREY_M);
    match raw.height_m.filter(|height| *height > 0.0) {
        Some(height) => (Some(height), false),
        None => (storeys, storeys.is_some()),
    }
}

fn footprint(raw: &RawOsmBuilding, file: &OsmBuildings<'_>, cleaned: Cleaned) -> Footprint {
    let (height_m, height_assumed) = top_of(raw);
    let mut plans = cleaned.plans;
    largest_first(&mut plans);
    Footprint {
        id: id_of(file.id(raw.index as usize)),
        id_assumed: false,
        place: file.place(raw.index as usize),
        town_code: None,
        flood_depth_m: None,
        height_m,
        height_assumed,
        clipped: false,
        repaired: cleaned.repaired,
        plans,
    }
}

fn piece(raw: &RawOsmBuilding, file: &OsmBuildings<'_>, cleaned: Cleaned) -> Piece {
    let storeys = raw.min_level.map(|levels| levels * STOREY_M);
    Piece {
        name: id_of(file.id(raw.index as usize)),
        place: file.place(raw.index as usize),
        building_id: raw.building.map(|building| id_of(file.id(building as usize))),
        top_m: top_of(raw).0,
        bottom_m: raw.min_height_m.or(storeys).unwrap_or(0.0),
        repaired: cleaned.repaired,
        plans: cleaned.plans,
    }
}

fn landmark(raw: &RawOsmBuilding, file: &OsmBuildings<'_>) -> Option<RawLandmark> {
    let either = raw.name.as_ref().or(raw.name_en.as_ref())?;
    Some(RawLandmark {
        index: raw.index,
        building_id: id_of(file.id(raw.index as usize)),
        name_ja: raw.name.as_ref().unwrap_or(either).clone(),
        name_en: raw.name_en.as_ref().unwrap_or(either).clone(),
        main_roof_m: None,
    })
}
