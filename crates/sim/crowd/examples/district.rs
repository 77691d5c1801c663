//! The built-in city at 8:30 with a street closed: how long each part takes, and what comes out.
//!
//! `cargo run --release -p futago_crowd --example district [FOLDER OF PACKS]`

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use futago_compute::Engine;
use futago_contract::Run;
use futago_crowd::run::CrowdRun;
use futago_crowd::scenario::{
    AreaOfInterest, Closure, CountsQuestion, DemandQuestion, Question, SYNTHETIC, WhatIf,
};
use futago_field::{Bilingual, sentence};
use futago_pack::Pack;
use futago_texts::{Lang, Texts};
use jiff::civil::{date, time};
use pollster::block_on;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/nishi-shinjuku");
    let folder = std::env::args().nth(1).unwrap_or_else(|| built_in.to_owned());
    let mut city = Pack::open(&Path::new(&folder).join("buildings.city"))?.city;
    for name in ["station.city", "footways.city", "bridges.city"] {
        let other = Pack::open(&Path::new(&folder).join(name))?.city;
        city.absorb(other).map_err(|_| format!("{name} does not fit"))?;
    }
    println!(
        "{} nodes, {} links, {:.0} km",
        city.walk.nodes.len(),
        city.walk.links.len(),
        city.walk.length_m() / 1000.0
    );
    let place = city.about.frame.site_from_lonlat(futago_geodesy::LonLat::new(139.6935, 35.6905)?)?;
    let corner = |dx: f64, dy: f64| city.about.frame.lonlat_from_site([place[0] + dx, place[1] + dy]);
    let ring = [(-40.0, -40.0), (40.0, -40.0), (40.0, 40.0), (-40.0, 40.0)];
    let ring = ring.map(|(dx, dy)| corner(dx, dy).map(|at| [at.lon_deg, at.lat_deg]));
    let close =
        Closure { polygon: Some(ring.into_iter().collect::<Result<Vec<_>, _>>()?), ..Closure::default() };
    let question = Question {
        area: AreaOfInterest { lon: 139.6935, lat: 35.6905, width_m: 1600.0, height_m: 1200.0 },
        date: date(2020, 1, 15),
        at: vec![time(8, 30, 0, 0)],
        flows: SYNTHETIC.to_owned(),
        counts: CountsQuestion::default(),
        spacing_m: 2.0,
        bandwidth_m: 20.0,
        demand: DemandQuestion::default(),
        what_if: Some(WhatIf { close: vec![close], ..WhatIf::default() }),
    };
    let start = Instant::now();
    let mut run = CrowdRun::prepare(Arc::new(city), &question, Bilingual::default(), Vec::new())?;
    let input = &run.cases[0].input;
    println!(
        "prepared in {:.2} s: {} pieces, {} cells, {} near, {} pairs; {} doors, {} zones",
        start.elapsed().as_secs_f64(),
        input.pieces.len(),
        input.cells.len(),
        input.near.len(),
        input.cell_pieces.len(),
        run.zones.doors.len(),
        run.zones.buildings.len()
    );
    let engine = Engine::cpu();
    for step in 0..run.steps() {
        let start = Instant::now();
        block_on(run.step(step, &engine)).map_err(|error| error.to_string())?;
        println!("{} {:.2} s", run.step_key(step), start.elapsed().as_secs_f64());
    }
    for timing in engine.timings() {
        println!("{timing:?}");
    }
    for answer in &run.moments[0].answers {
        let found = &answer.assignment;
        let given: f64 = answer.persons.iter().sum();
        println!(
            "gap {:e} after {} rounds; {:.0} persons/h, {:.0} without a way; {given:.0} on links",
            found.gap,
            found.rounds,
            found.assigned * 3600.0,
            found.unreached * 3600.0
        );
    }
    let results = futago_crowd::output::results(&run);
    let texts = Texts::new(Lang::En);
    results.findings.iter().for_each(|message| println!("{}", sentence(&texts, message)));
    Ok(())
}
