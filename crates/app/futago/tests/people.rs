//! Crowds and offices from a scenario to a folder, and asked of one spot.

mod common;

use std::path::Path;

use common::{folder, futago, names, root, write_scenario};
use futago_flow::{About, Calendar, Flows, LinkShape, Period, Policy, Raw, RawCounts, RawKey, Spec};
use futago_model::CityModel;
use futago_pack::Pack;

/// The metropolitan government building at half past ten.
const OFFICES: &str = r#"schema = 1
name = "offices"
title = { ja = "都庁のオフィス", en = "Offices of the government" }
seed = 3

[office]
dates = ["2026-11-24"]
from = "09:00"
to = "12:00"
after = { attendance = 0.3 }
buildings = ["13104-bldg-6158"]
"#;

const COUNTED: &str = r#"schema = 1
name = "counted"
title = { ja = "通路", en = "Streets" }

[crowd]
date = "2020-01-15"
at = ["08:30"]
flows = "some.flow"
area = { lon = 139.6955, lat = 35.6905, width_m = 1200, height_m = 900 }
counts = { period = "2020-01", compare = "2020-04" }
"#;

/// The built-in city.
fn city() -> CityModel {
    let packs = ["buildings", "streets", "shelters", "station", "footways", "bridges"];
    let open =
        |name: &str| Pack::open(&root().join(format!("assets/nishi-shinjuku/{name}.city"))).unwrap().city;
    let mut city = open(packs[0]);
    packs[1..].iter().for_each(|name| assert!(city.absorb(open(name)).is_ok(), "{name}"));
    city
}

/// Every tenth street with 300 people at 8 o'clock in January and half of them in April.
fn write_flows(path: &Path) {
    let city = city();
    let periods = vec![
        Period::between("2020-01", "2020-01-14", "2020-01-17").unwrap(),
        Period::between("2020-04", "2020-04-14", "2020-04-17").unwrap(),
    ];
    let calendar = Calendar::japan().unwrap();
    let spec = Spec { bin_minutes: 60, periods: periods.clone(), grids: Vec::new(), calendar };
    let shapes = city.walk.links.iter().map(|link| LinkShape {
        length_m: link.length_m.max(0.0),
        width_m: 3.0,
        width_assumed: 1,
    });
    let mut raw = Raw::new(spec, shapes.collect(), 1);
    for (period, persons) in periods.iter().zip([300, 150]) {
        for day in period.first_day..period.end_day {
            for link in (0..city.walk.links.len() as u64).step_by(10) {
                let counts = RawCounts {
                    persons,
                    forward: persons,
                    speed_sum_mmps: u64::from(persons) * 1300,
                    dwell_sum_ms: u64::from(persons) * 30_000,
                    ..RawCounts::default()
                };
                raw.links.push((RawKey { place: link, day: day as i32, bin: 8 }, counts));
            }
        }
    }
    let about = About {
        synthetic: true,
        credits: vec!["作った人流".to_owned(), city.credits()[0].to_owned()],
        ..About::default()
    };
    Flows::publish(&raw, about, &Policy::new(10, 1).unwrap()).unwrap().write(path).unwrap();
}

#[test]
fn offices_leave_floors_tables_and_a_chart() {
    let folder = folder();
    let file = write_scenario(folder.path(), OFFICES);
    let answer = futago(folder.path(), &["run", file, "--backend", "cpu", "--json"]).json();
    assert_eq!((answer["simulation"].as_str(), &answer["provenance"]["seed"]), (Some("office"), &3.into()));
    let results = folder.path().join("results/offices");
    assert_eq!(
        names(&results.join("layers")),
        ["buildings.csv", "buildings.geojson", "buildings.parquet", "floors.csv", "floors.parquet"]
    );
    let report = std::fs::read_to_string(results.join("report.html")).unwrap();
    assert!(
        report.contains("class=\"chart\"") && report.contains("合成データ"),
        "no chart, or not said to be made"
    );
    // Another seed is another answer.
    let other = futago(folder.path(), &["run", file, "--backend", "cpu", "--json", "--seed", "4"]).json();
    assert_ne!(other["summary"]["peak_persons"], answer["summary"]["peak_persons"]);
}

#[test]
fn counted_streets_before_and_after_and_one_spot_of_them() {
    let folder = folder();
    write_flows(&folder.path().join("some.flow"));
    let file = write_scenario(folder.path(), COUNTED);
    let answer = futago(folder.path(), &["run", file, "--backend", "cpu", "--json"]).json();
    let change = answer["summary"]["times"][0]["change_percent"].as_f64().unwrap();
    assert!((change + 50.0).abs() < 1.5, "{change}");
    assert!(answer["provenance"]["inputs"].to_string().contains("some.flow"));
    let results = folder.path().join("results/counted");
    let csv = std::fs::read_to_string(results.join("layers/streets.csv")).unwrap();
    assert!(csv.contains("crowd_counted_flow_synthetic_what_if_per_h") && csv.lines().count() > 100);
    let json = std::fs::read_to_string(results.join("result.json")).unwrap();
    assert_eq!(json.matches("作った人流").count(), 1, "the flows are credited once");
    // Without the kind of day it is today's, and on holidays nobody was counted here.
    let ask = ["ask", "crowd", "--lon", "139.6955", "--lat", "35.6905", "--days", "weekday", "--flows"];
    let half_past_eight = ["some.flow", "--time", "08:30", "--json"];
    let spot = futago(folder.path(), &[&ask[..], &half_past_eight].concat()).json();
    let persons = spot["counts"][0]["persons_h"][0].as_f64().unwrap();
    assert!((persons - 300.0).abs() < 2.0 && spot["synthetic"] == true, "{spot}");
    let late = [&ask[..], &["some.flow", "--time", "03:00"]].concat();
    futago(folder.path(), &late).refuses(2, &["within 60 m"]);
    let holiday = ["some.flow", "--days", "holiday", "--time", "08:30"];
    let ask = &ask[..ask.len() - 3];
    futago(folder.path(), &[ask, &["--flows"], &holiday].concat()).refuses(2, &["within 60 m"]);
}

#[test]
fn one_building_is_asked_about_its_offices() {
    let folder = folder();
    let ask = ["ask", "office", "--lon", "139.6917", "--lat", "35.6896", "--date", "2026-11-24", "--time"];
    let at = |time: &str| futago(folder.path(), &[&ask[..], &[time, "--json"]].concat()).json();
    let (noon, night) = (at("10:30"), at("23:59"));
    let persons = |answer: &serde_json::Value| answer["persons"].as_f64().unwrap();
    assert!(persons(&noon) > 5000.0 && persons(&night) < 100.0, "{noon} {night}");
    assert!(noon["sentences"].to_string().contains("Synthetic"), "{noon}");
    let park = ["ask", "office", "--lon", "139.6898", "--lat", "35.6896", "--time", "10:30"];
    futago(folder.path(), &park).refuses(2, &["no building at this spot"]);
    let wrong = [&ask[..], &["half past ten"]].concat();
    futago(folder.path(), &wrong).refuses(2, &["half past ten", "08:30"]);
}

#[test]
fn a_scenario_asks_one_simulation_and_its_files_must_be_there() {
    let folder = folder();
    let two = format!(
        "{OFFICES}\n[crowd]\ndate = \"2020-01-15\"\nat = [\"08:30\"]\narea = {{ lon = 139.69, lat = 35.69, width_m = 100, height_m = 100 }}\n"
    );
    let file = write_scenario(folder.path(), &two);
    futago(folder.path(), &["run", file]).refuses(2, &["[crowd], [office]", "scenario.toml:"]);
    write_scenario(folder.path(), COUNTED);
    futago(folder.path(), &["run", file]).refuses(1, &["some.flow", "cannot be read"]);
    std::fs::write(folder.path().join("some.flow"), "no flows").unwrap();
    futago(folder.path(), &["run", file]).refuses(1, &["some.flow is not a .flow file", "import tracks"]);
    write_scenario(
        folder.path(),
        &OFFICES.replace("seed = 3", "").replace("[office]", "[office]\noccupancy = \"rooms.csv\""),
    );
    futago(folder.path(), &["run", file]).refuses(1, &["rooms.csv"]);
    write_scenario(folder.path(), &OFFICES.replace("attendance = 0.3", "attendance = 3"));
    futago(folder.path(), &["run", file])
        .refuses(2, &["office.after.attendance", "from 0 to 1", "scenario.toml:10:11"]);
    assert_eq!(names(folder.path()), ["scenario.toml", "some.flow"]);
}
