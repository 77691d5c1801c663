//! Footprints, roof pieces and names to [`Buildings`].

use std::collections::HashMap;

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::{BuildingFlags, Buildings};
use futago_raw::{Raw, RawBuilding, RawLandmark, RawRoofPiece};
use rayon::prelude::*;

use crate::emit::{Finished, Part, emit};
use crate::footprints::{Footprint, footprints};
use crate::pieces::{Piece, pieces};
use crate::project::Projector;
use crate::{AssembleError, Rules, cover, heights, join};

/// What is known of the buildings of a city.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildingFiles {
    /// Footprints.
    pub buildings: Raw<RawBuilding>,
    /// Roof pieces; may be empty.
    pub roof_pieces: Raw<RawRoofPiece>,
    /// Names; may be empty.
    pub landmarks: Raw<RawLandmark>,
}

/// Puts buildings together. The Report holds the readers' entries first, then what happened here.
///
/// # Errors
/// When the frame cannot be projected to, no building is usable, or indices would not fit 32 bits.
pub fn assemble_buildings(
    files: &BuildingFiles,
    frame: &SiteFrame,
    rules: &Rules,
) -> Result<(Buildings, Report), AssembleError> {
    let projector = Projector::new(frame, rules.max_distance_m)?;
    let mut report = files.buildings.report.clone();
    report.extend(files.roof_pieces.report.clone());
    report.extend(files.landmarks.report.clone());
    let footprints = footprints(&files.buildings, &projector, rules, &mut report);
    if footprints.is_empty() {
        return Err(AssembleError::NoBuildings { file: files.buildings.file.clone() });
    }
    let pieces = pieces(&files.roof_pieces, &projector, rules, &mut report);
    let pieces_of = join::join(&footprints, &pieces, &mut report);
    let names = names(&files.landmarks, &footprints, &mut report);
    let buildings = solids(footprints, &pieces, &pieces_of, &names, rules, &mut report)?;
    Ok((buildings, report))
}

/// Footprints with their pieces (`pieces_of[i]` are the indices of those of footprint `i`) to buildings.
pub(crate) fn solids(
    mut footprints: Vec<Footprint>,
    pieces: &[Piece],
    pieces_of: &[Vec<u32>],
    names: &HashMap<&str, &RawLandmark>,
    rules: &Rules,
    report: &mut Report,
) -> Result<Buildings, AssembleError> {
    heights::fill(&mut footprints, pieces, pieces_of, rules, report);
    let finished: Vec<(Finished<'_>, Report)> = footprints
        .par_iter()
        .zip(pieces_of)
        .map(|(footprint, own)| finish(footprint, own, pieces, rules, names))
        .collect();
    let mut buildings = Vec::with_capacity(finished.len());
    for (building, entries) in finished {
        report.extend(entries);
        buildings.push(building);
    }
    emit(buildings)
}

/// The solids, flags and name of one building.
fn finish<'a>(
    footprint: &'a Footprint,
    own: &[u32],
    pieces: &'a [Piece],
    rules: &Rules,
    names: &HashMap<&str, &'a RawLandmark>,
) -> (Finished<'a>, Report) {
    let height_m = footprint.height_m.unwrap_or_default();
    let own: Vec<&Piece> = own.iter().map(|index| &pieces[*index as usize]).collect();
    let mut flags = flags_of(footprint);
    let (mut parts, mut report) = (Vec::new(), Report::default());
    if !own.is_empty() {
        flags = flags.with(BuildingFlags::LOD2);
        if own.iter().any(|piece| piece.repaired) {
            flags = flags.with(BuildingFlags::REPAIRED);
        }
        for piece in &own {
            let top_m = piece.top_m.unwrap_or(height_m);
            let bottom_m = piece.bottom_m.min(top_m);
            parts.extend(piece.plans.iter().map(|plan| Part { plan: plan.into(), bottom_m, top_m }));
        }
        let (gap, entries) = cover::gap(footprint, &own, rules);
        parts.extend(gap.into_iter().map(|plan| Part { plan: plan.into(), bottom_m: 0.0, top_m: height_m }));
        report = entries;
    }
    let landmark = names.get(footprint.id.as_str()).copied();
    (Finished { footprint, height_m, flags, parts, landmark }, report)
}

fn flags_of(footprint: &Footprint) -> BuildingFlags {
    let marks = [
        (footprint.height_assumed, BuildingFlags::HEIGHT_ASSUMED),
        (footprint.id_assumed, BuildingFlags::ID_ASSUMED),
        (footprint.clipped, BuildingFlags::CLIPPED),
        (footprint.repaired, BuildingFlags::REPAIRED),
    ];
    let set = marks.into_iter().filter(|(set, _)| *set);
    set.fold(BuildingFlags::default(), |flags, (_, flag)| flags.with(flag))
}

/// Landmarks by the id of their building; one whose building is not there is reported.
fn names<'a>(
    landmarks: &'a Raw<RawLandmark>,
    footprints: &[Footprint],
    report: &mut Report,
) -> HashMap<&'a str, &'a RawLandmark> {
    let ids: std::collections::HashSet<&str> = footprints.iter().map(|f| f.id.as_str()).collect();
    let mut names = HashMap::new();
    for landmark in &landmarks.features {
        if ids.contains(landmark.building_id.as_str()) {
            names.insert(landmark.building_id.as_str(), landmark);
        } else {
            let action = format!("no building has the id of {}; the name is not used", landmark.name_en);
            report.add(
                "landmark-without-building",
                landmark.building_id.as_str(),
                landmarks.file.as_str(),
                action,
            );
        }
    }
    names
}
