//! What the page's worker calls.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use futago_compute::{BackendChoice, Engine};
use futago_contract::{Control, Progress, Run, SimError, StepFuture, run_to_end};
use futago_field::{Bilingual, ResultSet};
use futago_flow::Flows;
use futago_geodesy::LonLat;
use futago_sunlight::scenario::Question;
use futago_texts::{Arg, Lang};
use jiff::Timestamp;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::answers::{Answers, Crowds};
use crate::{city, parcel};

/// The city that the worker has, and its last results.
#[wasm_bindgen]
pub struct Worker {
    answers: Answers,
    results: RefCell<Option<ResultSet>>,
    cancel: Rc<AtomicBool>,
}

#[wasm_bindgen]
impl Worker {
    /// Opens the packs.
    #[wasm_bindgen(constructor)]
    pub fn new(packs: Vec<Uint8Array>) -> Result<Worker, JsError> {
        console_error_panic_hook::set_once();
        let packs: Vec<Vec<u8>> = packs.iter().map(Uint8Array::to_vec).collect();
        let city = city::join(packs.iter().map(Vec::as_slice))?;
        Ok(Self { answers: Answers::new(city)?, results: RefCell::default(), cancel: Rc::default() })
    }

    /// When a spot is in the sun, in the city as a what-if (JSON) changes it; JSON of `SunAnswer`.
    pub fn sun(
        &self,
        lon_deg: f64,
        lat_deg: f64,
        at: &str,
        what_if: &str,
        lang: &str,
    ) -> Result<String, JsError> {
        let what_if = serde_json::from_str(what_if)?;
        let answer = self.answers.sun(LonLat { lon_deg, lat_deg }, instant(at)?, &what_if, lang_of(lang));
        json(&answer.map_err(|why| JsError::new(&why))?)
    }

    /// How full the offices of a spot are; JSON of `Spot` in, of `OfficeAnswer` out.
    pub async fn office(
        &self,
        spot: String,
        at: String,
        after: bool,
        lang: String,
    ) -> Result<String, JsError> {
        let spot = serde_json::from_str(&spot)?;
        let answer = self.answers.office(&spot, instant(&at)?, after, lang_of(&lang)).await;
        json(&answer.map_err(|why| JsError::new(&why))?)
    }

    /// What the scene shows of offices on the day of an instant.
    #[wasm_bindgen(js_name = officeResults)]
    pub async fn office_results(&self, at: String, lang: String) -> Result<Uint8Array, JsError> {
        let results = self.answers.office_results(instant(&at)?, lang_of(&lang)).await;
        parceled(results.map_err(|why| JsError::new(&why))?)
    }

    /// Takes in flows and the packs of the walk network that they were counted on; gives the credits of the flows.
    #[wasm_bindgen(js_name = openCrowds)]
    pub fn open_crowds(&mut self, packs: Vec<Uint8Array>, flows: &[u8]) -> Result<Vec<String>, JsError> {
        let packs: Vec<Vec<u8>> = packs.iter().map(Uint8Array::to_vec).collect();
        let city = city::join(packs.iter().map(Vec::as_slice))?;
        let crowds = Crowds::new(city, Flows::read(flows)?)?;
        let credits = crowds.credits().to_vec();
        self.answers.open_crowds(crowds);
        Ok(credits)
    }

    /// How full the way nearest to a spot is; JSON of `Spot` in, of `CrowdAnswer` or null out.
    pub fn crowd(&self, spot: &str, at: &str, after: bool, lang: &str) -> Result<String, JsError> {
        let spot = serde_json::from_str(spot)?;
        json(&self.answers.crowd(&spot, instant(at)?, after, lang_of(lang)))
    }

    /// What the scene shows of streets on the day of an instant.
    #[wasm_bindgen(js_name = crowdResults)]
    pub fn crowd_results(&self, at: &str, lang: &str) -> Result<Uint8Array, JsError> {
        let results = self.answers.crowd_results(instant(at)?, lang_of(lang));
        let results = results.map_err(|why| JsError::new(&why))?;
        parceled(results.ok_or_else(|| JsError::new("there are no flows"))?)
    }

    /// Places by name; JSON of a list of `Found`.
    pub fn places(&self, text: &str, lang: &str) -> Result<String, JsError> {
        json(&self.answers.places(text, lang_of(lang)))
    }

    /// A sentence with its values, a JSON object of numbers and texts.
    pub fn say(&self, key: &str, values: &str, lang: &str) -> Result<String, JsError> {
        let values: BTreeMap<String, Value> = serde_json::from_str(values)?;
        let args: Vec<(&str, Arg<'_>)> = values
            .iter()
            .map(|(name, value)| match value {
                Value::Number(number) => (name.as_str(), Arg::Number(*number)),
                Value::Text(text) => (name.as_str(), Arg::from(text.as_str())),
            })
            .collect();
        Ok(self.answers.texts(lang_of(lang)).format(key, &args))
    }

    /// A place, site metres, as a spot; JSON of `Marked`, as the scene tells one.
    pub fn spot(&self, x_m: f64, y_m: f64, z_m: f64) -> Result<String, JsError> {
        json(&self.answers.marked([x_m, y_m, z_m])?)
    }

    /// Legend and sentences of the last results; JSON of `Legend`, or null.
    pub fn legend(&self, lang: &str) -> Result<String, JsError> {
        let legend = self.results.borrow().as_ref().and_then(|set| self.answers.legend(set, lang_of(lang)));
        json(&legend)
    }

    /// Values of the first field of the last results, for checks.
    pub fn values(&self) -> Vec<f32> {
        let results = self.results.borrow();
        results.as_ref().and_then(|set| set.fields.first()).map(|f| f.values.clone()).unwrap_or_default()
    }

    /// Ends the simulation at its next step.
    #[wasm_bindgen(getter)]
    pub fn stop(&self) -> Stop {
        Stop(self.cancel.clone())
    }

    /// Asks the sun a question (a scenario's question as JSON) and gives its results for the scene.
    ///
    /// `backend` is `auto`, `gpu` or `cpu`; `tell` is called with the share that is done and the seconds left.
    pub async fn run(
        &self,
        question: String,
        backend: String,
        tell: Function,
        pause: Function,
    ) -> Result<Uint8Array, JsError> {
        self.cancel.store(false, Ordering::Relaxed);
        let question: Question = serde_json::from_str(&question)?;
        let engine = engine(&backend).await?;
        let run = futago_sunlight::prepare(self.answers.city().clone(), &question, Bilingual::default())
            .map_err(|why| JsError::new(&why.to_string()))?;
        let polite = Box::new(Polite { run, pause });
        let start = web_time_ms();
        let clock = || std::time::Duration::from_secs_f64((web_time_ms() - start).max(0.0) * 1e-3);
        let mut told = |p: &Progress| {
            let left = p.remaining.map_or(f64::NAN, |left| left.as_secs_f64());
            let share = p.done as f64 / p.total.max(1) as f64;
            // A page that does not listen is no reason to stop.
            let _ = tell.call2(&JsValue::NULL, &share.into(), &left.into());
        };
        let cancel = self.cancel.clone();
        let results = run_to_end(polite, &engine, Control::new(&cancel, &mut told, &clock)).await?;
        self.results.replace(Some(results.clone()));
        parceled(results)
    }
}

/// A value in a sentence.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Text(String),
}

/// Ends a simulation while it has the worker.
#[wasm_bindgen]
pub struct Stop(Rc<AtomicBool>);

#[wasm_bindgen]
impl Stop {
    /// At its next step.
    pub fn now(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A run that lets the worker hear its messages between steps.
struct Polite {
    run: Box<dyn Run>,
    pause: Function,
}

impl Run for Polite {
    fn steps(&self) -> u64 {
        self.run.steps()
    }

    fn step_key(&self, step: u64) -> &'static str {
        self.run.step_key(step)
    }

    fn step<'a>(&'a mut self, step: u64, engine: &'a Engine) -> StepFuture<'a> {
        Box::pin(async move {
            if let Ok(promise) = self.pause.call0(&JsValue::NULL) {
                // A pause that fails is none.
                let _ = JsFuture::from(Promise::resolve(&promise)).await;
            }
            self.run.step(step, engine).await
        })
    }

    fn finish(self: Box<Self>) -> Result<ResultSet, SimError> {
        self.run.finish()
    }
}

async fn engine(backend: &str) -> Result<Engine, JsError> {
    let choice: BackendChoice = backend.parse()?;
    Ok(Engine::new(choice).await?)
}

fn parceled(results: ResultSet) -> Result<Uint8Array, JsError> {
    let bytes = parcel::pack(results).map_err(|why| JsError::new(&why))?;
    Ok(Uint8Array::from(bytes.as_slice()))
}

fn instant(text: &str) -> Result<Timestamp, JsError> {
    text.parse().map_err(|_| JsError::new("the time is not RFC 3339"))
}

fn lang_of(code: &str) -> Lang {
    code.parse().unwrap_or(Lang::Ja)
}

fn json(value: &impl serde::Serialize) -> Result<String, JsError> {
    Ok(serde_json::to_string(value)?)
}

fn web_time_ms() -> f64 {
    js_sys::Date::now()
}
