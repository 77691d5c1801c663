//! Heights of buildings that have none.

use futago_field::Report;
use rstar::RTree;
use rstar::primitives::GeomWithData;

use crate::footprints::Footprint;
use crate::pieces::Piece;
use crate::rules::Rules;

/// Fills missing heights: from roof pieces where there are any, else by the median of the nearest
/// published heights. `pieces_of[i]` holds the indices of the pieces of footprint `i`.
pub(crate) fn fill(
    footprints: &mut [Footprint],
    pieces: &[Piece],
    pieces_of: &[Vec<u32>],
    rules: &Rules,
    report: &mut Report,
) {
    let known = footprints.iter().filter_map(|f| Some(GeomWithData::new(f.centroid_m(), f.height_m?)));
    let tree = RTree::bulk_load(known.collect());
    let filled: Vec<(usize, f64, String)> = footprints
        .iter()
        .enumerate()
        .filter(|(_, footprint)| footprint.height_m.is_none())
        .map(|(index, footprint)| {
            let tops = pieces_of[index].iter().filter_map(|piece| pieces[*piece as usize].top_m);
            let (height, source) = match tops.reduce(f64::max) {
                Some(top) => (top, "the highest of its roof pieces".to_owned()),
                None => median_near(&tree, footprint.centroid_m(), rules.height_neighbours),
            };
            (index, height, source)
        })
        .collect();
    for (index, height, source) in filled {
        let footprint = &mut footprints[index];
        let action = format!("no usable height is published; {height:.1} m assumed: {source}");
        report.add("missing-height", footprint.id.as_str(), footprint.place.as_str(), action);
        footprint.height_m = Some(height);
        footprint.height_assumed = true;
    }
}

/// Height of a building in a city without a single published height: two storeys.
const NO_HEIGHTS_M: f64 = 6.0;

fn median_near(tree: &RTree<GeomWithData<[f64; 2], f64>>, at: [f64; 2], count: usize) -> (f64, String) {
    let mut near: Vec<f64> = tree.nearest_neighbor_iter(&at).take(count).map(|n| n.data).collect();
    near.sort_unstable_by(f64::total_cmp);
    let middle = near.len() / 2;
    match near.len() {
        0 => (NO_HEIGHTS_M, "two storeys, since no building has a published height".to_owned()),
        n => {
            let median = if n % 2 == 1 { near[middle] } else { (near[middle - 1] + near[middle]) / 2.0 };
            (median, format!("the median of the {n} nearest published heights"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_of_the_nearest() {
        let at = |i: u32| GeomWithData::new([f64::from(i), 0.0], f64::from(i));
        let tree = RTree::bulk_load((0..100).map(at).collect());
        assert_eq!(median_near(&tree, [0.0, 0.0], 4).0, 1.5);
        assert_eq!(median_near(&tree, [0.0, 0.0], 3).0, 1.0);
        assert_eq!(median_near(&RTree::new(), [0.0, 0.0], 3).0, NO_HEIGHTS_M);
    }
}
