//! Which of the heights of a building is the height of the building.
//!
//! CityGML 3.0 has no `measuredHeight` but any number of `con:Height`, each with what its top and its bottom are
//! (INSPIRE `ElevationReferenceValue`).

/// What the top may be, the best first. One that is not named here stands before the eaves.
const TOPS: [&str; 5] =
    ["highestPoint", "topOfConstruction", "highestRoofEdge", "generalRoof", "generalRoofEdge"];
const EAVES: [&str; 4] = ["highestEave", "generalEave", "lowestRoofEdge", "lowestEave"];

/// What the bottom may be, the best first. The bottom of the construction may lie under the ground.
const BOTTOMS: [&str; 4] = ["lowestGroundPoint", "generalGround", "highestGroundPoint", "entrancePoint"];
const UNDER_GROUND: &str = "bottomOfConstruction";

/// How well a `con:Height` tells how high a building is, 0 the best: by its `con:highReference` and
/// `con:lowReference`, codes or addresses that end in one.
pub fn height_rank(high_reference: &str, low_reference: &str) -> usize {
    let (high, low) = (last_part(high_reference), last_part(low_reference));
    let place = |list: &[&str], word: &str| list.iter().position(|known| *known == word);
    let top = place(&TOPS, high).or_else(|| place(&EAVES, high).map(|at| TOPS.len() + 1 + at));
    let bottom = place(&BOTTOMS, low).unwrap_or(BOTTOMS.len());
    let under = if low == UNDER_GROUND { 1000 } else { 0 };
    under + 10 * top.unwrap_or(TOPS.len()) + bottom
}

/// The unit of a length as people write it: `m` of `urn:adv:uom:m`, `#m` or nothing.
pub fn length_unit(uom: &str) -> &str {
    match last_part(uom) {
        "" => "m",
        unit if ["m", "metre", "meter"].iter().any(|metre| unit.eq_ignore_ascii_case(metre)) => "m",
        unit => unit,
    }
}

/// A code without the address of its list.
fn last_part(text: &str) -> &str {
    text.rsplit(['/', '#', ':']).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn from_the_ground_to_the_top_comes_first() {
        let order = [
            ("http://x/highestPoint", "lowestGroundPoint"),
            ("highestPoint", "generalGround"),
            ("generalRoof", "lowestGroundPoint"),
            ("somewhere", "lowestGroundPoint"),
            ("lowestEave", "lowestGroundPoint"),
            ("highestPoint", "bottomOfConstruction"),
        ];
        let ranks = order.map(|(high, low)| height_rank(high, low));
        assert!(ranks.is_sorted() && ranks[0] == 0, "{ranks:?}");
        assert_eq!(["", "#m", "urn:adv:uom:M", "Metre", "x#ft"].map(length_unit), ["m", "m", "m", "m", "ft"]);
    }
}
