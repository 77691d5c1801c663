//! The two queues between page and scene, and the functions that the page calls.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::window::RequestRedraw;
use futago_field::ResultSet;
use futago_scene::city::TheCity;
use futago_scene::state::{Command, ViewState};
use futago_scene::study::Results;
use futago_scene::sunlight::Form;
use serde::{Deserialize, Serialize};

use super::spot::Spot;

/// What the page asks for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// Change the view.
    Do(Command),
    /// Mark a spot, site metres: east, north, up.
    Spot([f64; 3]),
    /// Mark the spot in the middle of the picture.
    Middle,
    /// The question of this form about the marked spot, as a scenario's question.
    Question(Form),
    /// A picture of the scene.
    Picture,
    /// The link of the view.
    Link,
    /// Show the view of a link.
    LinkTo(String),
    /// Forget the results.
    NoResults,
}

/// What the page is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tell {
    /// The first picture is there.
    Drawn,
    /// The view, after it changed.
    State(Box<ViewState>),
    /// A spot was marked.
    Spot {
        /// Degrees east.
        lon: f64,
        /// Degrees north.
        lat: f64,
        /// Site metres.
        at_m: [f64; 3],
        /// Name of the building there, Japanese and English; the id where it has none.
        building: Option<[String; 2]>,
        /// Its id.
        id: Option<String>,
    },
    /// What stands beside the picture, in logical pixels.
    Beside {
        /// Names of landmarks, by their index in [`Tell::Landmarks`], with their place.
        labels: Vec<(usize, [f32; 2])>,
        /// The marked spot.
        pin: Option<[f32; 2]>,
        /// Direction of view, clockwise from north, degrees.
        heading_deg: f64,
    },
    /// Names of landmarks, Japanese and English.
    Landmarks(Vec<[String; 2]>),
    /// Credits of the city.
    Credits(Vec<String>),
    /// A question of a form.
    Question(Box<futago_sunlight::scenario::Question>),
    /// The field that is shown, or none.
    Shown(Option<Scaled>),
    /// The link of the view.
    Link(String),
    /// Something could not be done, in English.
    Failed(String),
}

/// The scale of a field in the picture.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scaled {
    /// Low, middle and high end.
    pub ticks: [f32; 3],
    /// Whether some values lie beyond the ends.
    pub clipped: bool,
    /// Colours from low to high, `#rrggbb`.
    pub colours: Vec<String>,
}

/// What lies on the desk, in the order in which it came.
enum Wish {
    Ask(Ask),
    Show(Box<ResultSet>),
}

#[derive(Default)]
struct Desk {
    wishes: VecDeque<Wish>,
    wake: Option<Box<dyn Fn()>>,
}

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
}

/// Keeps what wakes a scene that sleeps because nothing changes.
pub fn wake_with(wake: impl Fn() + 'static) {
    DESK.with_borrow_mut(|desk| desk.wake = Some(Box::new(wake)));
}

/// Puts a wish on the desk.
pub fn ask(ask: Ask) {
    put(Wish::Ask(ask));
}

/// Puts results on the desk.
pub fn show(results: ResultSet) {
    put(Wish::Show(Box::new(results)));
}

fn put(wish: Wish) {
    DESK.with_borrow_mut(|desk| desk.wishes.push_back(wish));
    wake();
}

fn wake() {
    DESK.with_borrow(|desk| {
        if let Some(wake) = &desk.wake {
            wake();
        }
    });
}

/// Carries out what the page asked for.
pub fn hear(
    city: Res<TheCity>,
    state: Res<ViewState>,
    mut results: ResMut<Results>,
    mut spot: ResMut<Spot>,
    mut change: MessageWriter<Command>,
    mut commands: Commands,
) {
    for wish in DESK.with_borrow_mut(|desk| std::mem::take(&mut desk.wishes)) {
        let ask = match wish {
            Wish::Ask(ask) => ask,
            Wish::Show(set) => {
                change.write(Command::ShowField(set.fields.first().map(|field| field.key.clone())));
                *results = Results { set: Some(Arc::from(set)), took: Duration::ZERO };
                continue;
            }
        };
        match ask {
            Ask::Do(command) => {
                change.write(command);
            }
            Ask::Spot(at_m) => spot.mark(at_m),
            Ask::Middle => spot.mark_middle(),
            Ask::Question(form) => tell(&question(&form, &city, &state, &spot)),
            Ask::Link => tell(&Tell::Link(futago_scene::link::link_of(&state))),
            Ask::LinkTo(link) => match futago_scene::link::from_link(&link) {
                Ok(view) => {
                    change.write(Command::Open(Box::new(view)));
                }
                Err(why) => tell(&Tell::Failed(why.to_string())),
            },
            Ask::Picture => {
                commands.spawn(Screenshot::primary_window()).observe(give_picture);
            }
            Ask::NoResults => *results = Results::default(),
        }
    }
}

fn question(form: &Form, city: &TheCity, state: &ViewState, spot: &Spot) -> Tell {
    let mut state = state.clone();
    if let Some(at_m) = spot.at_m() {
        state.camera.target_m = at_m;
    }
    match form.question(&city.model, &state) {
        Ok(question) => Tell::Question(Box::new(question)),
        Err(why) => Tell::Failed(why.to_string()),
    }
}

/// Draws on while a picture is taken: it takes several frames, and a scene in which nothing changes has none.
pub fn draw_on(taken: Query<(), With<Screenshot>>, mut redraw: MessageWriter<RequestRedraw>) {
    if !taken.is_empty() {
        redraw.write(RequestRedraw);
    }
}

fn give_picture(captured: On<ScreenshotCaptured>) {
    let image = captured.image.clone();
    match image.try_into_dynamic() {
        Ok(image) => {
            let rgba = image.to_rgba8();
            page::picture(rgba.width(), rgba.height(), rgba.as_raw());
        }
        Err(why) => tell(&Tell::Failed(why.to_string())),
    }
}

/// Tells the page.
pub fn tell(told: &Tell) {
    // Numbers and texts always become JSON.
    page::hear(&serde_json::to_string(told).unwrap_or_default());
}

#[cfg(target_arch = "wasm32")]
mod page {
    use js_sys::{Function, Uint8Array};
    use wasm_bindgen::prelude::*;

    use super::{RefCell, ask as wish_for, show};
    use crate::stage::open;
    use crate::{city, parcel};

    thread_local! {
        static EARS: RefCell<Option<(Function, Function)>> = const { RefCell::new(None) };
    }

    /// Opens the stage: packs, the link of a view or nothing, the time (RFC 3339), the canvas (a selector), what
    /// hears of news (JSON of `Tell`) and what takes a picture (width, height, RGBA).
    #[wasm_bindgen(js_name = openStage)]
    pub fn open_stage(
        packs: Vec<Uint8Array>,
        link: &str,
        now: &str,
        canvas: &str,
        news: Function,
        picture: Function,
    ) -> Result<(), JsError> {
        console_error_panic_hook::set_once();
        EARS.set(Some((news, picture)));
        let packs: Vec<Vec<u8>> = packs.iter().map(Uint8Array::to_vec).collect();
        let city = city::join(packs.iter().map(Vec::as_slice))?;
        let state = (!link.is_empty()).then(|| futago_scene::link::from_link(link)).transpose()?;
        let now = now.parse().map_err(|_| JsError::new("the time is not RFC 3339"))?;
        open(city, state, now, canvas);
        Ok(())
    }

    /// Asks for something; JSON of `Ask`.
    #[wasm_bindgen]
    pub fn ask(wish: &str) -> Result<(), JsError> {
        wish_for(serde_json::from_str(wish)?);
        Ok(())
    }

    /// Shows results that the worker found.
    #[wasm_bindgen(js_name = showResults)]
    pub fn show_results(bytes: &[u8]) -> Result<(), JsError> {
        show(parcel::unpack(bytes).map_err(|why| JsError::new(&why))?);
        Ok(())
    }

    pub fn hear(news: &str) {
        let ear = EARS.with_borrow(|ears| ears.as_ref().map(|(news, _)| news.clone()));
        if let Some(ear) = ear {
            // What the page makes of it is its own.
            let _ = ear.call1(&JsValue::NULL, &news.into());
        }
    }

    pub fn picture(width: u32, height: u32, rgba: &[u8]) {
        let taker = EARS.with_borrow(|ears| ears.as_ref().map(|(_, taker)| taker.clone()));
        if let Some(taker) = taker {
            let _ = taker.call3(&JsValue::NULL, &width.into(), &height.into(), &Uint8Array::from(rgba));
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod page {
    pub fn hear(_: &str) {}
    pub fn picture(_: u32, _: u32, _: &[u8]) {}
}
