//! How much of a footprint its roof pieces cover, and what to do where it is little.
//!
//! Most buildings are covered to 96 to 99 %. A few have only some of their pieces in the source: a lift
//! shaft, one wing. Left so, a tower would be missing from the city although its footprint and height are
//! published. Under `cover_filled_below` the rest of the footprint is therefore filled by a solid of the
//! published height, exactly as a building without roof pieces is. Above it, a gap is taken for what it
//! may well be, a court or a canopy, and only reported.

use futago_field::Report;

use crate::boolean::{difference, rings_of, united_and_shared_m2};
use crate::clean::plans_of_shapes;
use crate::footprints::Footprint;
use crate::pieces::Piece;
use crate::plan::Plan;
use crate::rules::Rules;

/// Checks one building against its pieces (at least one); gives the plans that fill the gap.
pub(crate) fn gap(footprint: &Footprint, pieces: &[&Piece], rules: &Rules) -> (Vec<Plan>, Report) {
    let mut report = Report::default();
    let mut note = |code: &str, action: String| {
        report.add(code, footprint.id.as_str(), footprint.place.as_str(), action);
    };
    let outline = rings_of(&footprint.plans);
    let roof = rings_of(pieces.iter().flat_map(|piece| &piece.plans));
    let footprint_m2 = footprint.area_m2();
    let published: f64 = pieces.iter().flat_map(|piece| &piece.plans).map(Plan::area_m2).sum();
    let [united, shared] = united_and_shared_m2(&roof, &outline);
    let cover = shared / footprint_m2;
    if united > 0.0 && published / united > rules.overlap_reported_above {
        let times = published / united;
        note(
            "roof-pieces-overlap",
            format!("{} roof pieces overlap: {times:.2} times their union; kept", pieces.len()),
        );
    }
    height_against_pieces(footprint, pieces, rules, &mut note);
    let percent = cover * 100.0;
    if cover >= rules.cover_reported_below {
        return (Vec::new(), report);
    }
    if cover >= rules.cover_filled_below {
        let action =
            format!("roof pieces cover {percent:.0} % of {footprint_m2:.0} m2; the rest is left open");
        note("roof-cover-partial", action);
        return (Vec::new(), report);
    }
    let gap = plans_of_shapes(difference(&outline, &roof), rules.min_gap_m2);
    let area: f64 = gap.iter().map(Plan::area_m2).sum();
    let height = footprint.height_m.unwrap_or_default();
    let action = format!(
        "roof pieces cover {percent:.0} % of {footprint_m2:.0} m2; the other {area:.0} m2 were filled up to the \
         building's height, {height:.1} m"
    );
    note("roof-cover-low", action);
    (gap, report)
}

fn height_against_pieces(
    footprint: &Footprint,
    pieces: &[&Piece],
    rules: &Rules,
    note: &mut impl FnMut(&str, String),
) {
    let top = pieces.iter().filter_map(|piece| piece.top_m).reduce(f64::max);
    let (Some(top), Some(height)) = (top, footprint.height_m) else { return };
    if (top - height).abs() > rules.height_difference_reported_m {
        let action =
            format!("the highest roof piece is {top:.1} m, the published height {height:.1} m; both kept");
        note("height-differs", action);
    }
}
