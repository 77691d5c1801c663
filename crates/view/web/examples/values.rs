//! What this machine's CPU answers to a question of the page, for comparison with a browser:
//! `values QUESTION.json PACK... > values.f32` (little-endian, in the order of the first field).

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use futago_compute::Engine;
use futago_contract::{Control, run_to_end};
use futago_field::Bilingual;
use futago_sunlight::scenario::Question;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args_os().skip(1);
    let question = paths.next().ok_or("values QUESTION.json PACK...")?;
    let question: Question = serde_json::from_slice(&std::fs::read(question)?)?;
    let packs = paths.map(std::fs::read).collect::<Result<Vec<_>, _>>()?;
    let city = futago_web::city::join(packs.iter().map(Vec::as_slice))?;
    let run = futago_sunlight::prepare(Arc::new(city), &question, Bilingual::default());
    let run = run.map_err(|why| why.to_string())?;
    let (cancel, mut quiet, clock) = (AtomicBool::new(false), |_: &_| {}, || Duration::ZERO);
    let engine = Engine::cpu();
    let results = run_to_end(run, &engine, Control::new(&cancel, &mut quiet, &clock));
    let results = pollster::block_on(results)?;
    let values = &results.fields.first().ok_or("there is no field")?.values;
    let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
    std::io::stdout().write_all(&bytes)?;
    Ok(())
}
