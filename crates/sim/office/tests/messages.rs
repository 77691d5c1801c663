//! Bad scenarios say what, where and the way out, in both languages; every text that results name is there.

mod common;

use common::{DAY, city, floor, inputs, measured, results, run};
use futago_contract::Explained;
use futago_field::{Message, field_in_words, sentence};
use futago_office::scenario::{After, AreaOfInterest, KnownStoreys, Question};
use futago_office::{Inputs, OfficeError};
use futago_texts::{Lang, Texts};
use jiff::civil::{date, time};

/// A question with a mistake, the key that is told, and a word of the English text.
fn mistakes() -> Vec<(Question, &'static str, &'static str)> {
    let good = || Question::on(DAY);
    let area = AreaOfInterest { lon: 35.69, lat: 139.69, width_m: 500.0, height_m: 500.0 };
    let mut all = vec![
        (Question { dates: vec![], ..good() }, "office.dates", "no day"),
        (Question { dates: vec![DAY, DAY], ..good() }, "office.dates", "2026-11-24 twice"),
        (
            Question {
                dates: (0..401).map(|i| date(2000, 1, 1).saturating_add(jiff::Span::new().days(i))).collect(),
                ..good()
            },
            "office.dates",
            "401",
        ),
        (Question { attendance: 1.2, ..good() }, "office.attendance", "1.2"),
        (Question { attendance: f64::NAN, ..good() }, "office.attendance", "NaN"),
        (Question { after: Some(After::default()), ..good() }, "office.after", "compares nothing"),
        (Question { from: time(22, 0, 0, 0), ..good() }, "office.from", "ends before"),
        (Question { step_min: 7, ..good() }, "office.step_min", "whole number"),
        (Question { area: Some(area), ..good() }, "office.area", "swapped"),
        (
            Question { area: Some(AreaOfInterest { width_m: 0.0, ..area }), ..good() },
            "office.area.width_m",
            "from 1",
        ),
        (Question { bounds_m: Some([10.0, 0.0, 0.0, 10.0]), ..good() }, "office.bounds_m", "-10"),
        (Question { bridge_min: -1.0, ..good() }, "office.bridge_min", "-1"),
    ];
    let both = AreaOfInterest { lon: 139.69, lat: 35.69, ..area };
    all.push((
        Question { area: Some(both), bounds_m: Some([0.0; 4]), ..good() },
        "office.bounds_m",
        "keep one",
    ));
    let mut late = good();
    late.schedule.arrive = time(13, 0, 0, 0);
    all.push((late, "office.schedule", "order"));
    let mut dense = good();
    dense.floors.density_m2 = 50.0;
    all.push((dense, "office.floors.density_m2", "50"));
    let mut slow = good();
    slow.lifts.zone_floors = 1;
    all.push((slow, "office.lifts.zone_floors", "from 2"));
    all
}

/// What is wrong with a text: a missing key, or a value that it lacks.
fn said(texts: &Texts, message: &Message) -> String {
    let said = sentence(texts, message);
    assert!(texts.has(&message.key), "no text {}", message.key);
    assert!(!said.contains(['<', '{', '$']), "{}: {said}", message.key);
    said
}

#[test]
fn mistakes_are_told_with_their_key() {
    let (en, ja) = (Texts::new(Lang::En), Texts::new(Lang::Ja));
    for (question, key, word) in mistakes() {
        let error = question.check().expect_err(key);
        let OfficeError::Question { key: told, .. } = &error else { panic!("{error}") };
        assert_eq!(told, key);
        assert!(error.to_string().contains(word), "{error}");
        assert!(said(&en, &error.message()).len() > 5 && said(&ja, &error.message()).len() > 5);
    }
    Question::on(DAY).check().expect("a plain question is fine");
}

#[test]
fn questions_that_this_city_cannot_answer() {
    let (en, ja) = (Texts::new(Lang::En), Texts::new(Lang::Ja));
    let named = Question { buildings: vec!["nobody".to_owned()], ..Question::on(DAY) };
    let storeys = vec![KnownStoreys { building: "plan".to_owned(), storeys: 9 }];
    let slip = Question { storeys, ..Question::on(DAY) };
    let mut huge = Question::on(DAY);
    huge.rule.min_height_m = 900.0;
    let unread = Question { occupancy: Some("sensors.csv".to_owned()), ..Question::on(DAY) };
    let elsewhere = measured(vec![floor("osaka", 1, &[(9.0, 50.0)])]);
    let cases: [(Question, Inputs, &str); 5] = [
        (named, inputs(1), "`nobody`"),
        (slip, inputs(1), "`plan`"),
        (huge, inputs(1), "min_height_m"),
        (unread, inputs(1), "sensors.csv"),
        (Question::on(DAY), elsewhere, "sensors.csv"),
    ];
    for (question, inputs, word) in cases {
        let Err(error) = run(&city(), &question, inputs) else { panic!("{word} was answered") };
        assert!(error.to_string().contains(word), "{error}");
        for texts in [&en, &ja] {
            let message = error.message();
            said(texts, &message);
            said(texts, &Message { key: format!("{}-remedy", message.key), ..message });
        }
    }
}

#[test]
fn a_building_of_the_file_that_is_not_there_is_a_line_of_the_report() {
    let floors = vec![floor("plain", 1, &[(9.0, 50.0)]), floor("osaka", 1, &[(9.0, 50.0)])];
    let results = results(&city(), &Question::on(DAY), measured(floors));
    let counts = results.report.counts();
    assert!(counts.contains(&("occupancy-unknown-building", 1)), "{counts:?}");
    assert!(results.findings[0].key.ends_with("mixed"), "{:?}", results.findings[0]);
}

#[test]
fn every_text_of_results_is_there_in_both_languages() {
    let after = Some(After { attendance: Some(0.3), dates: Vec::new() });
    let question = Question { after, ..Question::on(DAY) };
    let only = Question { buildings: vec!["plain".to_owned()], ..question.clone() };
    let mut starved = question.clone();
    let one = futago_office::scenario::KnownLifts { building: "plain".to_owned(), cars: 1 };
    starved.lifts.known = vec![one];
    let sensors = || measured(vec![floor("plain", 1, &[(9.0, 50.0), (11.0, 70.0)])]);
    let silent = measured(vec![floor("plain", 1, &[(2.0, 50.0)])]);
    let all = [
        results(&city(), &question, inputs(1)),
        results(&city(), &starved, inputs(1)),
        results(&city(), &question, sensors()),
        results(&city(), &only, sensors()),
        results(&city(), &only, silent),
    ];
    let mut told = std::collections::BTreeSet::new();
    for texts in [Texts::new(Lang::En), Texts::new(Lang::Ja)] {
        for results in &all {
            let captions = results.figures.iter().map(|figure| &figure.caption);
            for message in results.findings.iter().chain(&results.limits).chain(captions) {
                said(&texts, message);
                told.insert(message.key.clone());
            }
            for field in &results.fields {
                assert!(texts.has(&format!("quantity-{}", field.quantity.key)), "{}", field.quantity.key);
                assert!(!field_in_words(&texts, field).contains('<'));
            }
            for table in &results.tables {
                assert!(texts.has(&format!("table-{}", table.key)), "{}", table.key);
                for column in &table.columns {
                    let key = format!("column-{}", column.key.replace('_', "-"));
                    assert!(texts.has(&key), "{key}");
                }
            }
        }
        for key in ["step-office-people", "step-office-lifts"] {
            assert!(texts.has(key), "{key}");
        }
    }
    for ending in ["synthetic", "measured", "mixed", "nothing", "lifts", "lifts-fine", "samples", "change"] {
        assert!(told.iter().any(|key| key.ends_with(ending)), "no sentence on {ending} was tried: {told:?}");
    }
}
