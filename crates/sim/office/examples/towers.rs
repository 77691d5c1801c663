//! The tallest ten of a city as offices, for the eyes: `cargo run -p futago_office --example towers [PACK]`.

use std::path::PathBuf;
use std::sync::Arc;

use futago_compute::Engine;
use futago_contract::Run;
use futago_field::{ResultSet, sentence};
use futago_model::CityModel;
use futago_office::output::Sums;
use futago_office::prepare::OfficeFloor;
use futago_office::scenario::{After, AreaOfInterest, KnownStoreys, Question};
use futago_office::{Inputs, OfficeRun};
use futago_pack::Pack;
use futago_texts::{Lang, Texts};
use jiff::civil::date;

/// A Tuesday.
const DAY: jiff::civil::Date = date(2026, 11, 24);

/// Rows of the table.
const TOWERS: usize = 10;

fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/nishi-shinjuku/buildings.city");
    let pack = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| built_in.to_owned()));
    let city = Arc::new(Pack::open(&pack)?.city);
    let question =
        Question { after: Some(After { attendance: Some(0.3), dates: Vec::new() }), ..Question::on(DAY) };
    let start = std::time::Instant::now();
    let mut run =
        Box::new(OfficeRun::prepare(city.clone(), &question, Inputs { seed: 1, ..Inputs::default() })?);
    let engine = Engine::cpu();
    for step in 0..run.steps() {
        pollster::block_on(run.step(step, &engine))?;
    }
    towers(&run);
    let results = run.finish()?;
    println!("\n{:.2} s for all", start.elapsed().as_secs_f64());
    said(&results);
    workers(&city, "No. 1 with its 48 storeys", &government_building())?;
    workers(&city, "the mesh 53394525", &Question { area: Some(MESH), ..Question::on(DAY) })
}

/// The 1 km mesh of the towers, whose people of every kind GPS counted.
const MESH: AreaOfInterest =
    AreaOfInterest { lon: 139.69375, lat: 35.6875, width_m: 1131.0, height_m: 925.0 };

fn government_building() -> Question {
    let building = "13104-bldg-6158".to_owned();
    let storeys = vec![KnownStoreys { building: building.clone(), storeys: 48 }];
    Question { buildings: vec![building], storeys, ..Question::on(DAY) }
}

fn workers(
    city: &Arc<CityModel>,
    what: &str,
    question: &Question,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let run = OfficeRun::prepare(city.clone(), question, Inputs { seed: 1, ..Inputs::default() })?;
    let sum = |value: fn(&OfficeFloor) -> f64| run.floors.iter().map(value).sum::<f64>();
    let gross_m2 = sum(|floor| floor.area_m2) / question.floors.net_share;
    println!(
        "{what}: {} offices, {gross_m2:.0} m2 of storeys, {:.0} workers",
        run.offices.len(),
        sum(|f| f.workers)
    );
    Ok(())
}

fn towers(run: &OfficeRun) {
    let [before, after] = [0, 1].map(|case| Sums::of(run, &run.cases[case]));
    let mut order: Vec<usize> = (0..run.offices.len()).collect();
    order.sort_by(|a, b| run.offices[*b].height_m.total_cmp(&run.offices[*a].height_m));
    println!("synthetic; {} buildings, {} floors", run.offices.len(), run.floors.len());
    println!(
        "{:>16} {:>7} {:>7} {:>7} {:>9} {:>8} {:>8} {:>8} {:>6} {:>6} name",
        "id", "m", "storeys", "floors", "m2", "capacity", "11:00", "30 %", "cars", "wait s"
    );
    for office in order.into_iter().take(TOWERS) {
        let found = &run.offices[office];
        let floors = &run.floors[found.floors.clone()];
        let at = |sums: &Sums| sums.offices[office][5].persons();
        let lifts = || run.cases[0].lifts.iter().filter(|zone| zone.office == office);
        println!(
            "{:>16} {:>7.1} {:>7} {:>7} {:>9.0} {:>8.0} {:>8.0} {:>8.0} {:>6} {:>6.0} {}",
            found.id,
            found.height_m,
            found.storeys,
            floors.len(),
            floors.iter().map(|floor| floor.area_m2).sum::<f64>(),
            floors.iter().map(|floor| floor.capacity).sum::<f64>(),
            at(&before),
            at(&after),
            lifts().map(|zone| zone.cars).sum::<u32>(),
            lifts().map(|zone| zone.wait_s).fold(0.0, f64::max),
            found.name_ja,
        );
    }
}

fn said(results: &ResultSet) {
    for lang in [Lang::En, Lang::Ja] {
        let texts = Texts::new(lang);
        results.findings.iter().chain(&results.limits).for_each(|m| println!("- {}", sentence(&texts, m)));
    }
    println!("{}", serde_json::Value::Object(results.summary.clone()));
    let tables = results.tables.iter().map(|t| format!("{} {}", t.key, t.len()));
    println!("{} fields; {}", results.fields.len(), tables.collect::<Vec<_>>().join(", "));
}
