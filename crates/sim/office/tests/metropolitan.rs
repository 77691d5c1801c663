//! The metropolitan government building No. 1 of the built-in city, against what is generally known of it: 48 storeys,
//! 195,567 m2 of floors with basements, about 13,000 people at work in the complex of three buildings.

mod common;

use std::path::Path;
use std::sync::Arc;

use common::{DAY, inputs, run};
use futago_office::output::Sums;
use futago_office::scenario::{KnownStoreys, Question};
use futago_pack::Pack;

const ID: &str = "13104-bldg-6158";

#[test]
fn the_government_building_is_plausible() {
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/nishi-shinjuku/buildings.city");
    let city = Arc::new(Pack::open(&pack).expect("the built-in city").city);
    let estimated = Question { buildings: vec![ID.to_owned()], ..Question::on(DAY) };
    let known = Question {
        storeys: vec![KnownStoreys { building: ID.to_owned(), storeys: 48 }],
        ..estimated.clone()
    };
    let [estimated, known] =
        [estimated, known].map(|question| run(&city, &question, inputs(1)).expect("a run"));
    assert_eq!((estimated.offices[0].storeys, known.offices[0].storeys), (69, 48), "21 storeys too many");
    let gross_m2 = known.floors.iter().map(|floor| floor.area_m2).sum::<f64>() / 0.65;
    assert!((150_000.0..240_000.0).contains(&gross_m2), "{gross_m2}");
    let peak = Sums::of(&known, &known.cases[0]).all.iter().map(|sum| sum.persons()).fold(0.0, f64::max);
    // Half to twice of all in the complex: a band for sanity, no more.
    assert!((6_500.0..26_000.0).contains(&peak), "{peak}");
}
