//! What must hold of any answer: sums, shares, integrals, seeds, gaps, supports.

mod common;

use common::{DAY, city, floor, inputs, measured, results, run};
use futago_field::{ColumnData, ResultSet, Support, Table};
use futago_office::output::Sums;
use futago_office::scenario::{After, AreaKind, KnownStoreys, Question};
use futago_office::{Case, OfficeRun};

fn table<'r>(results: &'r ResultSet, key: &str) -> &'r Table {
    results.tables.iter().find(|table| table.key == key).unwrap_or_else(|| panic!("no table {key}"))
}

fn numbers<'t>(table: &'t Table, key: &str) -> &'t [f64] {
    match table.columns.iter().find(|column| column.key == key).map(|column| &column.data) {
        Some(ColumnData::Number(numbers)) => numbers,
        other => panic!("{key}: {other:?}"),
    }
}

fn words<'t>(table: &'t Table, key: &str) -> &'t [String] {
    match table.columns.iter().find(|column| column.key == key).map(|column| &column.data) {
        Some(ColumnData::Text(words)) => words,
        other => panic!("{key}: {other:?}"),
    }
}

fn after(attendance: f64) -> Option<After> {
    Some(After { attendance: Some(attendance), dates: Vec::new() })
}

#[test]
fn floors_are_those_of_the_solids() {
    let run = run(&city(), &Question::on(DAY), inputs(1)).unwrap();
    let ids: Vec<&str> = run.offices.iter().map(|office| office.id.as_str()).collect();
    assert_eq!(ids, ["stepped", "plain", "block"], "the house is no offices");
    let areas = |office: usize| -> Vec<f64> {
        run.floors[run.offices[office].floors.clone()].iter().map(|f| f.area_m2 / 0.65).collect()
    };
    let stepped = areas(0);
    assert_eq!(stepped.len(), 30);
    assert!(stepped[..10].iter().all(|m2| (m2 - 2500.0).abs() < 1e-6), "{stepped:?}");
    assert!(stepped[10..].iter().all(|m2| (m2 - 900.0).abs() < 1e-6), "a tower that steps back is smaller");
    let block = areas(2);
    assert!((block[8] - 5000.0).abs() < 1e-6 && (block[9] - 3000.0).abs() < 1e-6, "{block:?}");
    let top = run.floors[29].clone();
    assert!((top.bottom_m - 29.0 * 3.8).abs() < 1e-9 && (top.capacity - 900.0 * 0.65 * 0.125).abs() < 1e-9);
}

#[test]
fn nothing_is_lost_between_floor_and_district() {
    for by in [AreaKind::Square, AreaKind::Town] {
        let mut question = Question { after: after(0.3), ..Question::on(DAY) };
        question.areas.by = by;
        let run = run(&city(), &question, inputs(3)).unwrap();
        assert_eq!(run.areas.len(), if by == AreaKind::Square { 2 } else { 1 });
        for case in &run.cases {
            let sums = Sums::of(&run, case);
            for bin in 0..run.bins.len() {
                let floors: f64 = case.filled.iter().map(|filled| filled.persons[bin]).sum();
                let of = |sums: &[Vec<futago_office::output::Sum>]| -> f64 {
                    sums.iter().map(|own| own[bin].persons()).sum()
                };
                let all = sums.all[bin].persons();
                assert!(all > 0.1 && (floors - all).abs() < 1e-9 * all, "{floors} {all}");
                assert!((of(&sums.offices) - all).abs() < 1e-9 * all);
                assert!((of(&sums.areas) - all).abs() < 1e-9 * all);
            }
        }
    }
}

#[test]
fn the_mean_of_a_day_is_the_integral_of_the_schedule() {
    let question = Question::on(DAY);
    let run = run(&city(), &question, inputs(1)).unwrap();
    let day = question.schedule.day();
    for (floor, filled) in run.floors.iter().zip(&run.cases[0].filled) {
        let mean = filled.persons.iter().sum::<f64>() / filled.persons.len() as f64;
        let expected = floor.workers * day.mean_present(360.0, 1320.0, floor.shift_min);
        assert!((mean - expected).abs() < 1e-9 * expected, "{mean} {expected}");
    }
}

#[test]
fn attendance_is_a_factor() {
    let question = Question { after: after(0.3), ..Question::on(DAY) };
    let results = results(&city(), &question, inputs(1));
    let floors = table(&results, "office-floors");
    let pairs = numbers(floors, "persons").iter().zip(numbers(floors, "persons_after"));
    assert!(pairs.clone().count() > 500);
    for (before, after) in pairs {
        assert!((after - 0.3 * before).abs() < 1e-9 * before, "{before} {after}");
    }
    let changes = results.summary["change_percent"].as_f64().unwrap();
    assert!((changes + 70.0).abs() < 1e-9, "{changes}");
    let difference = results.fields.iter().find(|f| f.key == "office-level-floors-1100-difference").unwrap();
    assert!(difference.values.iter().all(|v| *v < 0.0));
}

#[test]
fn holidays_are_empty_and_mixed_days_between() {
    let at_eleven = |dates: Vec<jiff::civil::Date>| {
        let question = Question { dates, ..Question::on(DAY) };
        let run = run(&city(), &question, inputs(1)).unwrap();
        Sums::of(&run, &run.cases[0]).all[5].persons()
    };
    let saturday = jiff::civil::date(2026, 11, 28);
    let (weekday, holiday, both) =
        (at_eleven(vec![DAY]), at_eleven(vec![saturday]), at_eleven(vec![DAY, saturday]));
    assert!((holiday - 0.08 * weekday).abs() < 1e-6, "{holiday} {weekday}");
    assert!((both - 0.54 * weekday).abs() < 1e-6, "{both}");
    let question = Question { holidays: vec![DAY], ..Question::on(DAY) };
    let run = run(&city(), &question, inputs(1)).unwrap();
    assert!((Sums::of(&run, &run.cases[0]).all[5].persons() - holiday).abs() < 1e-6);
}

/// Everything that an answer is made of, as text.
fn bytes(results: &ResultSet) -> String {
    serde_json::to_string(results).expect("results are data")
}

#[test]
fn a_seed_repeats_on_any_number_of_threads() {
    let (city, question) = (city(), Question { after: after(0.5), ..Question::on(DAY) });
    let of_threads = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| bytes(&results(&city, &question, inputs(seed))))
    };
    let alone = of_threads(1, 7);
    assert!(alone.len() > 100_000);
    assert!([2, 5].iter().all(|threads| of_threads(*threads, 7) == alone));
    assert!(of_threads(2, 8) != alone, "another seed is another city");
}

#[test]
fn a_building_keeps_its_people_when_others_go() {
    let alone = Question { buildings: vec!["plain".to_owned()], ..Question::on(DAY) };
    let workers = |run: &OfficeRun, office: usize| -> Vec<f64> {
        run.floors[run.offices[office].floors.clone()].iter().map(|floor| floor.workers).collect()
    };
    let all = run(&city(), &Question::on(DAY), inputs(5)).unwrap();
    let alone = run(&city(), &alone, inputs(5)).unwrap();
    assert_eq!(workers(&alone, 0), workers(&all, 1));
}

#[test]
fn gaps_stay_gaps_unless_bridging_is_asked_for() {
    let samples = || {
        vec![
            floor("plain", 1, &[(9.0, 40.0), (9.5, 60.0), (12.0, 80.0), (12.5, 90.0)]),
            floor("plain", 2, &[(9.0, 30.0), (10.0, 30.0), (11.0, 30.0), (12.0, 30.0)]),
        ]
    };
    let hours = |bridge_min: f64| {
        let question = Question {
            from: jiff::civil::time(9, 0, 0, 0),
            to: jiff::civil::time(13, 0, 0, 0),
            buildings: vec!["plain".to_owned()],
            bridge_min,
            ..Question::on(DAY)
        };
        run(&city(), &question, measured(samples())).unwrap()
    };
    let persons = |case: &Case| case.filled[0].persons.clone();
    let plain = hours(0.0);
    assert_eq!(plain.floors.len(), 2, "a building of a file has the floors of the file");
    let found = persons(&plain.cases[0]);
    assert_eq!((found[0], found[3]), (50.0, 85.0));
    assert!(found[1].is_nan() && found[2].is_nan(), "{found:?}");
    let sums = Sums::of(&plain, &plain.cases[0]);
    assert_eq!((sums.all[1].persons(), sums.all[1].known, sums.all[1].floors), (30.0, 1, 2));
    assert_eq!((sums.all[0].persons(), sums.all[1].level()), (80.0, 0.3), "levels are of what is known");
    assert_eq!(plain.report().counts(), [("occupancy-gap", 1)]);
    let short = hours(149.0);
    assert!(persons(&short.cases[0])[1].is_nan());
    let bridged = hours(150.0);
    // From 60 at 9:30 to 80 at 12:00: 68 at 10:30.
    assert_eq!(persons(&bridged.cases[0])[1..3], [68.0, 76.0]);
    assert_eq!(bridged.report().counts(), [("occupancy-bridged", 1)]);
    let results = bridged.finish_results();
    assert!(words(table(&results, "office-floors"), "source").iter().all(|source| source == "measured"));
    assert!(results.fields.iter().all(|field| !field.quantity.key.contains("synthetic")));
}

trait Finish {
    fn finish_results(self) -> ResultSet;
}

impl Finish for Box<OfficeRun> {
    fn finish_results(self) -> ResultSet {
        futago_contract::Run::finish(self).expect("results")
    }
}

#[test]
fn too_few_people_are_shown_nowhere() {
    let samples = vec![
        floor("plain", 1, &[(9.0, 9.0), (10.0, 10.0), (11.0, 40.0)]),
        floor("plain", 2, &[(9.0, 3.0), (10.0, 0.0), (11.0, 0.0)]),
    ];
    let question = Question {
        from: jiff::civil::time(9, 0, 0, 0),
        to: jiff::civil::time(12, 0, 0, 0),
        buildings: vec!["plain".to_owned()],
        after: after(0.5),
        ..Question::on(DAY)
    };
    let run = run(&city(), &question, measured(samples)).unwrap();
    let found: Vec<f64> = run.cases.iter().flat_map(|c| &c.filled).flat_map(|f| f.persons.clone()).collect();
    let known: Vec<f64> = found.into_iter().filter(|v| !v.is_nan()).collect();
    assert_eq!(known, [10.0, 40.0, 20.0]);
    let results = run.finish_results();
    for table in &results.tables {
        for key in ["persons", "persons_after", "persons_peak", "persons_mean"] {
            let column = table.columns.iter().find(|column| column.key == key);
            if let Some(ColumnData::Number(numbers)) = column.map(|column| &column.data) {
                assert!(numbers.iter().all(|v| v.is_nan() || *v >= 10.0), "{} {key}: {numbers:?}", table.key);
            }
        }
    }
    for field in results.fields.iter().filter(|field| field.quantity.key == "office-persons") {
        assert!(field.values.iter().all(|v| v.is_nan() || *v >= 10.0), "{}", field.key);
    }
}

#[test]
fn supports_and_files_hold_together() {
    let results = results(&city(), &Question { after: after(0.3), ..Question::on(DAY) }, inputs(1));
    assert_eq!(results.fields.len(), 3 * 3 * 16);
    for field in &results.fields {
        assert_eq!(field.values.len(), field.support.len(), "{}", field.key);
        assert!(field.quantity.key.contains("synthetic"), "{}", field.key);
    }
    let nine = results.fields.iter().find(|f| f.key == "office-level-floors-0900").unwrap();
    assert_eq!(results.series_of(nine).len(), 16);
    assert_eq!(nine.time_label, "2026-11-24 09:00–10:00 JST");
    let Support::Floors(floors) = &nine.support else { panic!("floors") };
    assert_eq!((floors.id_of(0), floors.floor[0], floors.bottom_m[0]), ("stepped", 1, 0.0));
    for table in &results.tables {
        assert!(table.columns.iter().all(|column| column.data.len() == table.len()), "{}", table.key);
        assert!(!table.is_empty(), "{}", table.key);
    }
    let again: ResultSet = serde_json::from_str(&bytes(&results)).expect("data reads back");
    assert_eq!(again.fields[0].support, results.fields[0].support);
}

#[test]
fn known_storeys_and_lifts_count() {
    let mut question = Question { buildings: vec!["plain".to_owned()], ..Question::on(DAY) };
    question.storeys = vec![KnownStoreys { building: "plain".to_owned(), storeys: 16 }];
    let few = futago_office::scenario::KnownLifts { building: "plain".to_owned(), cars: 1 };
    let designed = run(&city(), &question, inputs(1)).unwrap();
    assert_eq!((designed.floors.len(), designed.floors[15].top_m), (16, 76.0));
    question.lifts.known = vec![few];
    let starved = run(&city(), &question, inputs(1)).unwrap();
    let wait = |run: &OfficeRun| run.cases[0].lifts[0].wait_s;
    assert!(wait(&starved) > 300.0 && wait(&designed) < 60.0, "{} {}", wait(&starved), wait(&designed));
    assert!(!starved.cases[0].lifts[0].designed);
}
