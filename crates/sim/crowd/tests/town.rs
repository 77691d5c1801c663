//! A whole question on a small town: as it is, and with a street closed, a deck, an event, a new building.

mod common;

use std::sync::Arc;

use common::town;
use futago_compute::{ComputeError, Engine};
use futago_contract::{Explained, Run, ValueFault};
use futago_crowd::prepare::network::Streets;
use futago_crowd::prepare::zones;
use futago_crowd::run::CrowdRun;
use futago_crowd::scenario::{
    AreaOfInterest, Closure, DemandQuestion, Event, NewBuilding, NewDeck, Question, WhatIf,
};
use futago_crowd::{CrowdError, LinkCounts};
use futago_field::{Bilingual, ColumnData, Message, ResultSet, Support, Variant};
use futago_texts::{Lang, Texts};
use jiff::civil::{date, time};
use pollster::block_on;

fn question() -> Question {
    let city = town();
    let centre = city.about.frame.lonlat_from_site([200.0, 120.0]).expect("a place of the frame");
    Question {
        area: AreaOfInterest { lon: centre.lon_deg, lat: centre.lat_deg, width_m: 400.0, height_m: 200.0 },
        date: date(2020, 1, 15),
        at: vec![time(8, 30, 0, 0)],
        flows: "synthetic".to_owned(),
        counts: futago_crowd::scenario::CountsQuestion::default(),
        spacing_m: 2.0,
        bandwidth_m: 20.0,
        demand: DemandQuestion {
            persons_per_hour: 3600.0,
            gap: 1e-7,
            rounds: 200,
            ..DemandQuestion::default()
        },
        what_if: None,
    }
}

fn place(at_m: [f64; 2]) -> [f64; 2] {
    let at = town().about.frame.lonlat_from_site(at_m).expect("a place of the frame");
    [at.lon_deg, at.lat_deg]
}

fn answer(question: &Question, counts: Vec<LinkCounts>) -> (CrowdRun, ResultSet) {
    let mut run = CrowdRun::prepare(Arc::new(town()), question, Bilingual::default(), counts)
        .expect("a sound question");
    let engine = Engine::cpu();
    for step in 0..run.steps() {
        block_on(run.step(step, &engine)).expect("a step");
    }
    let results = futago_crowd::output::results(&run);
    (run, results)
}

/// Persons/h on a link, both ways, before and after.
fn on(run: &CrowdRun, link: usize) -> [f64; 2] {
    let of = |case: usize| {
        let flows = &run.moments[0].answers[case].flows_s;
        (flows[0].get(link).copied().unwrap_or(0.0) + flows[1].get(link).copied().unwrap_or(0.0)) * 3600.0
    };
    [of(0), of(run.cases.len() - 1)]
}

const SOUTH: usize = 0;
const SQUARE: usize = 1;
const NORTH: usize = 3;
const NEW: usize = 5;

#[test]
fn the_town_walks_to_its_tower() {
    let (run, results) = answer(&question(), Vec::new());
    let zones = &run.zones;
    assert_eq!((zones.doors.len(), zones.doors[0].node), (1, 0));
    assert!(zones.buildings.iter().map(|zone| zone.share).sum::<f64>() > 0.999);
    let [south, _] = on(&run, SOUTH);
    assert!(south > 1000.0, "{south}");
    let density = results.fields.iter().find(|f| f.key == "crowd-density-0830-ground").expect("the field");
    let persons: f64 = density.values.iter().filter(|v| !v.is_nan()).map(|v| f64::from(*v) * 4.0).sum();
    let given: f64 = run.moments[0].answers[0].persons.iter().sum();
    assert!(run.cases[0].input.grid.len() > run.grid.len() && density.values.len() == run.grid.len());
    assert!((persons - given).abs() < given * 1e-5 && given > 10.0, "{persons} of {given}");
    let streets =
        results.fields.iter().find(|f| f.key == "crowd-street-flow-0830-streets").expect("the field");
    let Support::Links(set) = &streets.support else { panic!("on links") };
    assert_eq!((set.len(), streets.values.len(), set.line_m(2).len()), (5, 5, 2));
    assert_eq!((set.id[1].as_str(), set.name[1].as_str()), ("w1", "Tower Square"));
    assert!((f64::from(streets.values[SOUTH]) - south).abs() < 0.01);
    assert_eq!(results.tables[0].key, "crowd-streets");
    assert!(results.findings.iter().any(|m| m.key == "crowd-finding-synthetic"));
}

/// Persons/m2 that two grids may differ by: the f32 coordinates of a piece count from another corner.
const EDGE: f32 = 1e-4;

/// A smaller area shows the same density where it lies, up to its very edge.
#[test]
fn the_edge_of_the_area_changes_nothing() {
    let all = answer(&question(), Vec::new()).0;
    let mut asked = question();
    (asked.area.width_m, asked.area.height_m) = (100.0, 100.0);
    let part = answer(&asked, Vec::new()).0;
    let (few, many) = (&part.moments[0].answers[0].density, &all.moments[0].answers[0].density);
    let mut people = 0;
    for (cell, density) in few.iter().enumerate() {
        let at = part.grid.centre_m(cell as u32 % part.grid.columns, cell as u32 / part.grid.columns);
        let index = [0, 1].map(|axis| ((at[axis] - all.grid.first_m[axis]) / 2.0).round() as usize);
        let other = many[index[1] * all.grid.columns as usize + index[0]];
        assert!((density - other).abs() < EDGE, "{at:?}: {density} and {other}");
        people += usize::from(*density > 0.0);
    }
    assert!(people > 50, "the street is in the part");
}

#[test]
fn a_closed_street_sends_everyone_round() {
    let close = |closure| WhatIf { close: vec![closure], ..WhatIf::default() };
    let by_name = Closure { street: Some("South Street".to_owned()), ..Closure::default() };
    let by_id = Closure { link: Some("w0".to_owned()), ..Closure::default() };
    let ring = [[120.0, 90.0], [140.0, 90.0], [140.0, 110.0], [120.0, 110.0]].map(place).to_vec();
    let by_area = Closure { polygon: Some(ring), ..Closure::default() };
    for closure in [by_name, by_id, by_area] {
        let (run, results) =
            answer(&Question { what_if: Some(close(closure.clone())), ..question() }, Vec::new());
        let ([south, after], [_, north]) = (on(&run, SOUTH), on(&run, NORTH));
        assert!(south > 1000.0 && after == 0.0, "{closure:?}");
        let all: f64 = on(&run, NORTH)[0] + south;
        assert!((north - all).abs() < 1e-6 * all, "{closure:?}: {north} of {all}");
        assert_eq!(results.fields.iter().filter(|f| f.variant == Variant::Difference).count(), 4);
        let change =
            results.tables[0].columns.iter().find(|c| c.key == "persons_change_h").expect("the column");
        let ColumnData::Number(change) = &change.data else { panic!("numbers") };
        assert!(change.iter().any(|c| (c + south).abs() < 0.01) && change.iter().any(|c| *c > 1000.0));
        assert!(results.findings.iter().any(|m| m.key == "crowd-finding-change"));
    }
}

#[test]
fn a_closed_square_leaves_people_without_a_way() {
    let what_if = WhatIf {
        close: vec![Closure { street: Some("Tower Square".to_owned()), ..Closure::default() }],
        ..WhatIf::default()
    };
    let (run, results) = answer(&Question { what_if: Some(what_if), ..question() }, Vec::new());
    let lost = run.moments[0].answers[1].assignment.unreached * 3600.0;
    assert!((lost - on(&run, SQUARE)[0]).abs() < 1e-6, "{lost}");
    assert!(results.findings.iter().any(|m| m.key == "crowd-finding-unreached"));
}

#[test]
fn a_deck_takes_people_and_makes_the_way_shorter() {
    let deck = NewDeck {
        name: "Sky Deck".to_owned(),
        from: place([20.0, 101.0]),
        to: place([301.0, 100.0]),
        width_m: 4.0,
    };
    let (run, _) = answer(
        &Question { what_if: Some(WhatIf { deck: vec![deck], ..WhatIf::default() }), ..question() },
        Vec::new(),
    );
    let [before, after] = on(&run, NEW);
    assert!(before == 0.0 && after > 1000.0, "{before} {after}");
    let times: Vec<f64> = run.moments[0].answers.iter().map(|a| a.assignment.total_time).collect();
    assert!(times[1] < times[0], "{times:?}");
    assert!(on(&run, SOUTH)[1] < on(&run, SOUTH)[0]);
}

#[test]
fn events_and_workers_bring_people() {
    let event = Event {
        name: "Concert".to_owned(),
        at: place([260.0, 161.0]),
        to: Vec::new(),
        persons_per_hour: 720.0,
    };
    let building = NewBuilding {
        name: "Tower 2".to_owned(),
        at: place([21.0, 161.0]),
        workers: 1000.0,
        busiest_hour_share: 0.4,
    };
    let what_if = WhatIf { event: vec![event.clone()], ..WhatIf::default() };
    let (run, _) = answer(&Question { what_if: Some(what_if), ..question() }, Vec::new());
    let assigned = |run: &CrowdRun, case: usize| run.moments[0].answers[case].assignment.assigned * 3600.0;
    assert!((assigned(&run, 1) - assigned(&run, 0) - 720.0).abs() < 1e-6);
    let what_if = WhatIf { building: vec![building], ..WhatIf::default() };
    let (run, _) = answer(&Question { what_if: Some(what_if), ..question() }, Vec::new());
    assert!((assigned(&run, 1) - assigned(&run, 0) - 400.0).abs() < 1e-6);
    assert!(on(&run, 2)[1] > on(&run, 2)[0] + 399.0, "they all pass the first part of North Street");
    let far = Event { to: vec![place([300.0, 101.0])], ..event };
    let (run, _) = answer(
        &Question { what_if: Some(WhatIf { event: vec![far], ..WhatIf::default() }), ..question() },
        Vec::new(),
    );
    assert!(on(&run, SQUARE)[1] > on(&run, SQUARE)[0] + 719.0);
}

#[test]
fn measured_streets_keep_their_counts_and_get_the_change() {
    let counts = LinkCounts {
        along_h: vec![900.0, 1000.0, 200.0, 200.0, f64::NAN],
        against_h: vec![100.0, 120.0, 20.0, 20.0, f64::NAN],
    };
    let what_if = WhatIf {
        close: vec![Closure { link: Some("w0".to_owned()), ..Closure::default() }],
        ..WhatIf::default()
    };
    let asked = Question { flows: "january.flow".to_owned(), what_if: Some(what_if), ..question() };
    let (run, results) = answer(&asked, vec![counts.clone()]);
    assert!((on(&run, SOUTH)[0] - 1000.0).abs() < 1e-9 && (on(&run, SQUARE)[0] - 1120.0).abs() < 1e-9);
    let [before, after] = on(&run, NORTH);
    let assigned = &run.moments[0].answers;
    let moved = (0..2)
        .map(|way| assigned[1].assigned_s[way][NORTH] - assigned[0].assigned_s[way][NORTH])
        .sum::<f64>()
        * 3600.0;
    assert!(
        (before - 220.0).abs() < 1e-9 && moved > 500.0 && (after - before - moved).abs() < 1e-6,
        "{before} {after} {moved}"
    );
    assert_eq!(on(&run, SOUTH)[1], 0.0);
    let fit = run.moments[0].fit.as_ref().expect("a fit");
    assert!(fit.after_s < fit.before_s && fit.counted == 8, "{fit:?}");
    assert!(!results.findings.iter().any(|m| m.key == "crowd-finding-synthetic"));
    let short = LinkCounts { along_h: vec![1.0], against_h: vec![1.0] };
    let wrong = CrowdRun::prepare(Arc::new(town()), &asked, Bilingual::default(), vec![short]);
    assert!(matches!(wrong.err(), Some(CrowdError::OtherNetwork { found: 1, wanted: 5, .. })));
}

#[test]
fn questions_that_make_no_sense_are_told_so() {
    let refused = |question: Question| {
        CrowdRun::prepare(Arc::new(town()), &question, Bilingual::default(), Vec::new())
            .err()
            .expect("refused")
    };
    let with = |what_if| Question { what_if: Some(what_if), ..question() };
    let closed = |closure| with(WhatIf { close: vec![closure], ..WhatIf::default() });
    assert!(matches!(refused(Question { at: Vec::new(), ..question() }), CrowdError::Times { count: 0, .. }));
    assert!(matches!(
        refused(Question { spacing_m: f64::NAN, ..question() }),
        CrowdError::Question { fault: ValueFault::Range { .. }, .. }
    ));
    assert!(matches!(refused(closed(Closure::default())), CrowdError::WhatToClose));
    let nowhere = Closure { street: Some("Nowhere".to_owned()), ..Closure::default() };
    assert!(
        matches!(refused(closed(nowhere)), CrowdError::NoStreet { example, .. } if example == "South Street")
    );
    let line = Closure { polygon: Some(vec![[139.0, 35.0]; 2]), ..Closure::default() };
    assert!(matches!(refused(closed(line)), CrowdError::Question { fault: ValueFault::Corners, .. }));
    let mut far = question();
    far.area.lon += 1.0;
    assert!(matches!(refused(far), CrowdError::OutsideCity));
    let event =
        Event { name: "Far".to_owned(), at: place([200.0, 900.0]), to: Vec::new(), persons_per_hour: 10.0 };
    assert!(matches!(
        refused(with(WhatIf { event: vec![event], ..WhatIf::default() })),
        CrowdError::FarFromStreets { .. }
    ));
    let empty = futago_testkit::box_city(&[]);
    let none = CrowdRun::prepare(Arc::new(empty), &question(), Bilingual::default(), Vec::new());
    assert!(matches!(none.err(), Some(CrowdError::NoWalkNetwork)));
}

#[test]
fn scenarios_are_read_from_text() {
    let text = r#"
        area = { lon = 139.6935, lat = 35.6905, width_m = 800.0, height_m = 600.0 }
        date = "2020-01-15"
        at = ["08:30", "12:00"]
        [[what_if.close]]
        street = "South Street"
        [[what_if.deck]]
        name = "Sky Deck"
        from = [139.69, 35.69]
        to = [139.70, 35.69]
        width_m = 6.0
    "#;
    let asked: Question = futago_contract::parse_scenario(text, "town.toml").expect("a scenario");
    assert_eq!((asked.flows.as_str(), asked.spacing_m, asked.at.len()), ("synthetic", 2.0, 2));
    asked.check().expect("it makes sense");
    let wrong = futago_contract::parse_scenario::<Question>(
        &text.replace("width_m = 6.0", "wide_m = 6.0"),
        "town.toml",
    );
    assert!(wrong.is_err_and(|error| error.to_string().contains("wide_m")));
}

#[test]
fn every_sentence_and_key_has_its_text_in_both_languages() {
    let what_if = WhatIf {
        close: vec![Closure { street: Some("Tower Square".to_owned()), ..Closure::default() }],
        ..WhatIf::default()
    };
    let counts = vec![LinkCounts { along_h: vec![500.0; 5], against_h: vec![50.0; 5] }];
    let (_, measured) =
        answer(&Question { flows: "x.flow".to_owned(), what_if: Some(what_if), ..question() }, counts);
    let (_, synthetic) = answer(&question(), Vec::new());
    for texts in [Texts::new(Lang::Ja), Texts::new(Lang::En)] {
        for results in [&measured, &synthetic] {
            let captions = results.figures.iter().map(|figure| &figure.caption);
            for message in results.findings.iter().chain(&results.limits).chain(captions) {
                let said = futago_field::sentence(&texts, message);
                assert!(!said.starts_with('<') && !said.contains("{$"), "{message:?}: {said}");
            }
            for table in &results.tables {
                assert!(texts.has(&format!("table-{}", table.key)), "{}", table.key);
                for column in &table.columns {
                    assert!(texts.has(&format!("column-{}", column.key.replace('_', "-"))), "{}", column.key);
                }
            }
            for field in &results.fields {
                assert!(!futago_field::field_in_words(&texts, field).contains('<'), "{}", field.key);
            }
        }
        for key in ["step-crowd-assign", "step-crowd-density"] {
            assert!(texts.has(key));
        }
        for error in every_error() {
            let message: Message = error.message();
            let said = futago_field::sentence(&texts, &message);
            assert!(!said.starts_with('<') && !said.contains("{$"), "{error}: {said}");
            let remedy = Message { key: format!("{}-remedy", message.key), ..message };
            if texts.has(&remedy.key) {
                assert!(!futago_field::sentence(&texts, &remedy).contains("{$"), "{error}");
            }
        }
    }
}

fn every_error() -> Vec<CrowdError> {
    let question = |fault| CrowdError::Question { key: "crowd.spacing_m".to_owned(), fault };
    let fault = futago_geodesy::GeodesyError::NotAPlace { lon_deg: 200.0, lat_deg: 200.0 };
    vec![
        question(ValueFault::Range { value: 0.0, low: 0.5, high: 50.0 }),
        CrowdError::GridCells { cells: 1e9, most: 24e6 },
        CrowdError::Times { count: 0, most: 96 },
        CrowdError::WhatToClose,
        question(ValueFault::Corners),
        CrowdError::NoStreet { name: "A".to_owned(), example: "B".to_owned() },
        CrowdError::FarFromStreets { name: "A".to_owned(), away_m: 900.0, most_m: 150.0 },
        CrowdError::OutsideCity,
        CrowdError::NoWalkNetwork,
        CrowdError::NoFlows { name: "a.flow".to_owned() },
        CrowdError::NoPeriod { key: "crowd.counts.period", name: "A".to_owned(), known: "B".to_owned() },
        CrowdError::CountsWithoutFlows,
        CrowdError::ChangeWithoutModel,
        CrowdError::NothingPublished { period: "A".to_owned() },
        CrowdError::NoCountNear { away_m: 900.0, most_m: 60.0 },
        CrowdError::OtherNetwork { what: "counts", found: 1, wanted: 5 },
        question(fault.into()),
        CrowdError::Compute(ComputeError::OutOfMemory { during: "a test".to_owned() }),
    ]
}

#[test]
fn preparing_and_assigning_are_the_same_on_any_number_of_threads() {
    let asked = Question {
        what_if: Some(WhatIf {
            close: vec![Closure { link: Some("w3".to_owned()), ..Closure::default() }],
            ..WhatIf::default()
        }),
        ..question()
    };
    let results = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let (run, results) = pool.install(|| answer(&asked, Vec::new()));
        (zones::of_city(&run.city, &Streets::of_city(&run.city)), format!("{results:?}"))
    };
    let alone = results(1);
    for threads in [2, 5] {
        assert!(alone == results(threads), "{threads} threads");
    }
}
