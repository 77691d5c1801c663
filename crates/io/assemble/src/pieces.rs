//! Roof pieces before they have a building.

use futago_field::Report;
use futago_raw::{Raw, RawRoofPiece};
use rayon::prelude::*;

use crate::clean::{Subject, clean};
use crate::plan::Plan;
use crate::project::Projector;
use crate::rules::Rules;

/// A roof piece on its way.
pub(crate) struct Piece {
    /// How the Report calls it.
    pub name: String,
    /// File and feature, for the Report.
    pub place: String,
    /// Published id of its building.
    pub building_id: Option<String>,
    /// Height of the roof above the ground; missing where the file has none that can be.
    pub top_m: Option<f64>,
    /// Height of its underside above the ground: 0 unless it begins higher up.
    pub bottom_m: f64,
    pub repaired: bool,
    /// At least one.
    pub plans: Vec<Plan>,
}

/// Cleans every piece; those without a usable outline are left out.
pub(crate) fn pieces(
    raw: &Raw<RawRoofPiece>,
    projector: &Projector<'_>,
    rules: &Rules,
    report: &mut Report,
) -> Vec<Piece> {
    let found: Vec<(Option<Piece>, Report)> =
        raw.features.par_iter().map(|piece| one_piece(piece, raw, projector, rules)).collect();
    let mut pieces = Vec::with_capacity(found.len());
    for (piece, entries) in found {
        report.extend(entries);
        pieces.extend(piece);
    }
    pieces
}

fn one_piece(
    piece: &RawRoofPiece,
    raw: &Raw<RawRoofPiece>,
    projector: &Projector<'_>,
    rules: &Rules,
) -> (Option<Piece>, Report) {
    let mut report = Report::default();
    let place = raw.place(piece.index);
    let own = piece.feature_id.as_deref().unwrap_or("without id");
    let name = match &piece.building_id {
        Some(building) => format!("{building}, roof piece {own}"),
        None => format!("roof piece {own}"),
    };
    let mut subject = Subject { name: &name, place: &place, report: &mut report };
    let top_m = piece.top_m.filter(|top| *top > 0.0 && *top <= rules.max_height_m);
    if top_m.is_none() {
        let found = piece.top_m.map_or("none".to_owned(), |top| format!("{top} m"));
        subject.note("bad-height", format!("its roof height is {found}; the building's height is used"));
    }
    let cleaned = clean(&piece.parts, projector, rules, &mut subject);
    if cleaned.plans.is_empty() {
        subject.note("no-outline", "nothing of its outline is usable; left out");
        return (None, report);
    }
    let (building_id, repaired) = (piece.building_id.clone(), cleaned.repaired);
    (Some(Piece { name, place, building_id, top_m, bottom_m: 0.0, repaired, plans: cleaned.plans }), report)
}
