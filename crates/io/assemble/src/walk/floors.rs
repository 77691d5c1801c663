//! Indoor maps to [`Floors`].

use std::collections::HashMap;

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_geojson::{Raw, RawFloorPart};
use futago_model::{FloorFlags, FloorKind, FloorPart, Floors};
use rayon::prelude::*;

use crate::clean::{Cleaned, Subject, clean};
use crate::emit::Interner;
use crate::project::Projector;
use crate::{AssembleError, Rules};

use super::levels::Levels;

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
    let levels = Levels::new(&rules.walk.levels);
    let (mut floors, mut texts, mut report) = (Floors::default(), Interner::default(), Report::default());
    let known = floor_levels(files);
    for kind in FloorKind::ALL {
        for (_, file) in files.iter().filter(|(of, _)| *of == kind) {
            report.extend(file.report.clone());
            let shapes: Vec<(Cleaned, Report)> =
                file.features.par_iter().map(|raw| shape_of(raw, file, &projector, rules)).collect();
            let common = common_level(file, &known);
            for (raw, (shape, entries)) in file.features.iter().zip(shapes) {
                report.extend(entries);
                let own = if kind == FloorKind::Floor { raw.ordinal } else { level_of(raw, &known) };
                let Some(level) = own.or(common) else {
                    let action = "neither it nor its floor has an ordinal; left out";
                    report.add(
                        "missing-level",
                        raw.id.as_deref().unwrap_or_default(),
                        file.place(raw.index),
                        action,
                    );
                    continue;
                };
                if own.is_none() {
                    let action =
                        format!("its floor is not in the data; taken as level {level}, that of its file");
                    report.add(
                        "missing-level",
                        raw.id.as_deref().unwrap_or_default(),
                        file.place(raw.index),
                        action,
                    );
                }
                let outside = kind == FloorKind::Floor && raw.category.as_deref() == Some("2");
                let flags = FloorFlags::default()
                    .with_if(outside, FloorFlags::OUTSIDE)
                    .with_if(raw.restricted == Some(1), FloorFlags::RESTRICTED)
                    .with_if(raw.toll == Some(1), FloorFlags::TOLL)
                    .with_if(own.is_none(), FloorFlags::LEVEL_ASSUMED)
                    .with_if(shape.repaired, FloorFlags::REPAIRED);
                let id = texts.intern(raw.id.as_deref());
                let floor = if kind == FloorKind::Floor { id } else { texts.intern(raw.floor_id.as_deref()) };
                let category = raw.category.as_deref().filter(|_| kind != FloorKind::Floor);
                let part = |polygon| FloorPart {
                    id,
                    name: texts.intern(raw.name.as_deref()),
                    category: texts.intern(category),
                    floor,
                    polygon,
                    kind: kind as u32,
                    flags,
                    level: level as f32 + 0.0,
                    height_m: levels.height_m(level) as f32,
                };
                let mut part = part;
                for plan in &shape.plans {
                    let polygon = plan.push_to(&mut floors.polygons);
                    floors.parts.push(part(polygon));
                }
            }
        }
    }
    floors.strings = texts.strings;
    match u32::try_from(floors.polygons.vertices_mm.len()) {
        Ok(_) => Ok((floors, report)),
        Err(_) => Err(AssembleError::TooLarge { what: "vertices" }),
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
