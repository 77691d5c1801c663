//! Shelters inside the bounds, and every wide-area evacuation site of the lists.
//!
//! A wide-area site (広域避難場所) is kept wherever it lies: people walk to it from here.

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::{Shelter, metres_from_mm};
use futago_raw::{Raw, RawShelter};

use crate::project::Projector;
use crate::{AssembleError, Rules};

/// Puts shelters together: those within west, south, east, north (site metres) and all wide-area sites.
///
/// # Errors
/// When the frame cannot be projected to.
pub fn assemble_shelters(
    files: &[Raw<RawShelter>],
    frame: &SiteFrame,
    bounds_m: [f64; 4],
    rules: &Rules,
) -> Result<(Vec<Shelter>, Report), AssembleError> {
    let projector = Projector::new(frame, rules.max_distance_m)?;
    let (mut shelters, mut report) = (Vec::new(), Report::default());
    for file in files {
        report.extend(file.report.clone());
        let mut outside = 0;
        for raw in &file.features {
            let place = format!("{}, row {}", file.file, raw.index + 1);
            match projector.mm(raw.at) {
                Err(trouble) => {
                    report.add("bad-coordinates", raw.name.as_str(), place, format!("{trouble}; left out"));
                }
                Ok(at) => {
                    let at_m = at.map(metres_from_mm);
                    let [west, south, east, north] = bounds_m;
                    let inside = (west..=east).contains(&at_m[0]) && (south..=north).contains(&at_m[1]);
                    if inside || raw.wide_area {
                        shelters.push(finished(raw, at_m));
                    } else {
                        outside += 1;
                    }
                }
            }
        }
        if outside > 0 {
            let action =
                format!("{outside} of {} lie outside the bounds of the city; left out", file.features.len());
            report.add("outside-bounds", file.file.as_str(), file.file.as_str(), action);
        }
    }
    Ok((shelters, report))
}

fn finished(raw: &RawShelter, at_m: [f64; 2]) -> Shelter {
    Shelter {
        name: raw.name.clone(),
        kind: raw.kind.clone(),
        at_m,
        capacity_persons: raw.capacity_persons,
        area_m2: raw.area_m2,
        wide_area: raw.wide_area,
    }
}
