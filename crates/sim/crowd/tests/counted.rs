//! What was counted, shown as it is: before and after, kept back, of another city, and as counts of a model.

mod common;

use std::sync::Arc;

use common::town;
use futago_compute::Engine;
use futago_contract::Explained;
use futago_crowd::counted::{at_spot, results};
use futago_crowd::scenario::{AreaOfInterest, CountsQuestion, Days, DemandQuestion, Question, WhatIf};
use futago_crowd::{CrowdError, prepare_with_flows};
use futago_field::{Bilingual, ColumnData, Field, Message, ResultSet, Support, Table, Variant, sentence};
use futago_flow::{About, Calendar, DayKind, Flows, LinkShape, Period, Policy, Raw, RawCounts, RawKey, Spec};
use futago_texts::{Lang, Texts};
use jiff::civil::{date, time};
use pollster::block_on;

/// Persons of a weekday on the links 0 and 2 at 8 o'clock, before and after; link 4 is counted before only, and
/// link 3 has too few to be published.
const PERSONS: [[u32; 2]; 5] = [[900, 450], [0, 0], [400, 600], [3, 3], [60, 4]];

fn flows() -> Flows {
    let city = town();
    let spec = Spec {
        bin_minutes: 60,
        periods: vec![
            Period::between("2020-01", "2020-01-01", "2020-01-31").unwrap(),
            Period::between("2020-04", "2020-04-01", "2020-04-30").unwrap(),
        ],
        grids: Vec::new(),
        calendar: Calendar::japan().unwrap(),
    };
    let shape = |link: &futago_model::WalkLink| LinkShape {
        length_m: link.length_m,
        width_m: link.width_m,
        width_assumed: 0,
    };
    let days = spec.periods.clone();
    let mut raw = Raw::new(spec, city.walk.links.iter().map(shape).collect(), 7);
    for (case, period) in days.iter().enumerate() {
        for day in period.first_day..period.end_day {
            for (link, persons) in PERSONS.iter().enumerate() {
                let persons = persons[case];
                let counts = RawCounts {
                    persons,
                    forward: persons * 2 / 3,
                    backward: persons - persons * 2 / 3,
                    stays: 0,
                    speed_sum_mmps: u64::from(persons) * 1300,
                    dwell_sum_ms: u64::from(persons) * 200_000,
                };
                raw.links.push((RawKey { place: link as u64, day: day as i32, bin: 8 }, counts));
            }
        }
    }
    let about = About { synthetic: true, ..About::default() };
    Flows::publish(&raw, about, &Policy::new(10, 1).unwrap()).unwrap()
}

fn question() -> Question {
    let centre = town().about.frame.lonlat_from_site([200.0, 120.0]).expect("a place of the frame");
    Question {
        area: AreaOfInterest { lon: centre.lon_deg, lat: centre.lat_deg, width_m: 400.0, height_m: 200.0 },
        date: date(2020, 1, 15),
        at: vec![time(8, 30, 0, 0)],
        flows: "some.flow".to_owned(),
        counts: CountsQuestion { compare: Some("2020-04".to_owned()), ..CountsQuestion::default() },
        spacing_m: 2.0,
        bandwidth_m: 20.0,
        demand: DemandQuestion { persons_per_hour: 3600.0, ..DemandQuestion::default() },
        what_if: None,
    }
}

fn found() -> ResultSet {
    results(&town(), &flows(), &question(), Bilingual::default()).expect("a sound question")
}

fn field<'r>(results: &'r ResultSet, key: &str) -> &'r Field {
    let keys = || results.fields.iter().map(|field| field.key.as_str()).collect::<Vec<_>>();
    results
        .fields
        .iter()
        .find(|field| field.key == key)
        .unwrap_or_else(|| panic!("{key} not in {:?}", keys()))
}

fn number(table: &Table, column: &str, row: usize) -> f64 {
    match table.columns.iter().find(|c| c.key == column).map(|c| &c.data) {
        Some(ColumnData::Number(values)) => values[row],
        other => panic!("{column}: {other:?}"),
    }
}

#[test]
fn streets_before_and_after_are_those_of_the_file() {
    let (results, flows) = (found(), flows());
    let before = field(&results, "crowd-counted-flow-0800");
    let Support::Links(links) = &before.support else { panic!("no streets") };
    assert_eq!(links.id, ["w0", "w2", "w4"], "what was never published has no line");
    assert_eq!((before.variant, before.time_label.as_str()), (Variant::AsIs, "2020-01 08:00–09:00 JST"));
    let close =
        |found: f32, wanted: f64| assert!((f64::from(found) - wanted).abs() < 1.0, "{found} {wanted}");
    // Noise of at most 5 person-days on the sum of 20 days or so.
    [900.0, 400.0, 60.0].iter().zip(&before.values).for_each(|(wanted, found)| close(*found, *wanted));
    let after = field(&results, "crowd-counted-flow-0800-after");
    assert!(after.values[2].is_nan(), "kept back is not nought");
    let less = field(&results, "crowd-counted-flow-0800-difference");
    close(less.values[0], -450.0);
    assert!(less.values[2].is_nan());
    // 900 an hour for 200 s on 240 m by 3 m.
    close(
        field(&results, "crowd-counted-density-0800").values[0] * 100.0,
        100.0 * 900.0 * 200.0 / 3600.0 / 720.0,
    );
    let level = flows.link(0, 0, DayKind::Weekday, 8).unwrap().fruin() as u8;
    assert_eq!(field(&results, "crowd-counted-level-0800").values[0], f32::from(level));
    assert!(field(&results, "crowd-counted-flow-0900").values.iter().all(|v| v.is_nan()));
    assert_eq!(results.fields.len(), 24 * 9);
    assert!(before.is_at_another_time(field(&results, "crowd-counted-flow-0900")));
    assert_eq!(results.summary["synthetic"], true);
}

#[test]
fn tables_have_the_ratio_with_its_interval_and_the_day() {
    let results = found();
    let streets = results.tables.iter().find(|table| table.key == "crowd-counted-streets").unwrap();
    assert_eq!(streets.len(), 3);
    // The largest change first: from 900 to 450.
    let [ratio, low, high] = ["ratio", "ratio_low", "ratio_high"].map(|key| number(streets, key, 0));
    assert!((ratio - 0.5).abs() < 0.01 && low < ratio && ratio < high, "{low} {ratio} {high}");
    assert!(number(streets, "ratio", 2).is_nan() && number(streets, "persons_h", 2) > 50.0);
    let hours = results.tables.iter().find(|table| table.key == "crowd-counted-hours").unwrap();
    let walking = (900.0 + 400.0 + 60.0) * 200.0 / 3600.0;
    assert!((number(hours, "persons_walking", 8) - walking).abs() < 0.5);
    assert_eq!([8, 9].map(|row| number(hours, "streets_published", row)), [3.0, 0.0]);
    assert_eq!(results.summary["times"][0]["streets_only_before"], 1.0);
}

#[test]
fn holidays_of_the_same_file_are_other_counts() {
    let holidays = Question {
        counts: CountsQuestion { days: Some(Days::Holiday), only: true, ..CountsQuestion::default() },
        ..question()
    };
    let of = |question: &Question| results(&town(), &flows(), question, Bilingual::default()).unwrap();
    let sunday = Question {
        date: date(2020, 1, 19),
        counts: CountsQuestion { only: true, ..CountsQuestion::default() },
        ..question()
    };
    assert_eq!(of(&holidays).summary["days"], "holiday");
    assert_eq!(of(&sunday).summary["days"], "holiday", "by the date");
    assert_eq!(of(&sunday).fields.len(), 24 * 3, "one period has no difference");
}

#[test]
fn a_model_is_fitted_to_the_counts() {
    let question = Question { counts: CountsQuestion::default(), ..question() };
    let flows = Arc::new(flows());
    let city = Arc::new(town());
    let mut run =
        prepare_with_flows(city, &question, Bilingual::default(), Some(flows)).expect("a sound question");
    let engine = Engine::cpu();
    (0..run.steps()).for_each(|step| block_on(run.step(step, &engine)).expect("a step"));
    let results = run.finish().expect("results");
    assert_eq!(results.summary["synthetic"], true, "made tracks stay made");
    let flow = field(&results, "crowd-street-flow-0830-streets");
    let Support::Links(links) = &flow.support else { panic!("no streets") };
    let south = links.id.iter().position(|id| id == "w0").expect("the street");
    assert!((flow.values[south] - 900.0).abs() < 2.0, "{}", flow.values[south]);
}

#[test]
fn a_spot_is_told_of_its_street() {
    let city = town();
    let at = |east: f64, north: f64| city.about.frame.lonlat_from_site([east, north]).expect("a place");
    let spot = at_spot(&city, &flows(), at(100.0, 105.0), time(8, 59, 0, 0), DayKind::Weekday).unwrap();
    assert_eq!(
        (spot.street.as_str(), spot.from.as_str(), spot.until.as_str()),
        ("South Street", "08:00", "09:00")
    );
    assert!((spot.away_m - 5.0).abs() < 0.01 && spot.synthetic && spot.counts.len() == 2);
    let [persons, low, high] = spot.counts[0].persons_h.expect("published");
    assert!((persons - 900.0).abs() < 1.0 && low < persons && persons < high);
    let far = at_spot(&city, &flows(), at(100.0, 290.0), time(8, 0, 0, 0), DayKind::Weekday);
    assert!(matches!(far, Err(CrowdError::NoCountNear { .. })), "{far:?}");
}

#[test]
fn mistakes_are_told_with_their_key() {
    let mut other = town();
    other.walk.links[0].length_m += 3.0;
    let none = || CountsQuestion::default();
    let mistakes = [
        (
            results(
                &town(),
                &flows(),
                &Question {
                    counts: CountsQuestion { period: Some("May".to_owned()), ..none() },
                    ..question()
                },
                Bilingual::default(),
            ),
            "crowd.counts.period",
            "2020-01, 2020-04",
        ),
        (results(&other, &flows(), &question(), Bilingual::default()), "crowd.flows", "another walk network"),
        (
            results(
                &town(),
                &flows(),
                &Question { what_if: Some(WhatIf::default()), ..question() },
                Bilingual::default(),
            ),
            "crowd.what_if",
            "needs the model",
        ),
        (
            results(
                &town(),
                &flows(),
                &Question { flows: "synthetic".to_owned(), ..question() },
                Bilingual::default(),
            ),
            "crowd.counts",
            "counted",
        ),
    ];
    let texts = Texts::new(Lang::En);
    for (found, key, word) in mistakes {
        let error = found.expect_err(key);
        assert_eq!(error.key(), Some(key));
        let message = error.message();
        let remedy = Message { key: format!("{}-remedy", message.key), ..message.clone() };
        let said = format!("{} {}", sentence(&texts, &message), sentence(&texts, &remedy));
        assert!(said.contains(word) && !said.contains('<'), "{said}");
    }
}

/// Every text that the results name is there, with every value it needs, in both languages.
#[test]
fn everything_is_said_in_both_languages() {
    let results = found();
    for lang in [Lang::Ja, Lang::En] {
        let texts = Texts::new(lang);
        let captions = results.figures.iter().map(|figure| &figure.caption);
        for message in results.findings.iter().chain(&results.limits).chain(captions) {
            let said = sentence(&texts, message);
            assert!(
                texts.has(&message.key) && !said.contains(['<', '{', '$', '⟨']),
                "{}: {said}",
                message.key
            );
        }
        for field in &results.fields {
            let said = futago_field::field_in_words(&texts, field);
            assert!(!said.contains(['<', '⟨']), "{said}");
        }
        for table in &results.tables {
            assert!(texts.has(&format!("table-{}", table.key)));
            for column in &table.columns {
                let key = format!("column-{}", column.key.replace('_', "-"));
                assert!(texts.has(&key), "{key}");
            }
        }
    }
}
