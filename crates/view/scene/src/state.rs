//! What is looked at and how: one small state that saves as a file, and the commands that change it.
//!
//! Widgets, keys, links, scripts and tests all send [`Command`]s; nothing else writes [`ViewState`]. So every
//! change can be undone, and a view can be told to somebody else in a few lines of JSON.

use bevy::prelude::*;
use futago_sunlight::scenario::{Add, Raise, WhatIf};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;

/// Where the eye is: it looks at a place of the ground from a distance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pose {
    /// The place looked at: east, north, up, site metres.
    pub target_m: [f64; 3],
    /// Direction of view, clockwise from grid north, degrees.
    pub heading_deg: f64,
    /// How far it looks down, degrees below the horizon.
    pub pitch_deg: f64,
    /// Distance from the place, metres.
    pub distance_m: f64,
}

impl Pose {
    /// The towers from the south-east, as on the way from the station.
    pub const TOWERS: Self =
        Self { target_m: [60.0, 60.0, 60.0], heading_deg: 318.0, pitch_deg: 24.0, distance_m: 1_350.0 };

    /// The nearest pose that keeps the eye above the ground and within sight of the city.
    pub fn held(self) -> Self {
        let finite = |v: f64, or: f64| if v.is_finite() { v } else { or };
        Self {
            target_m: std::array::from_fn(|i| {
                let reach = if i == 2 { [0.0, 500.0] } else { [-5_000.0, 5_000.0] };
                finite(self.target_m[i], 0.0).clamp(reach[0], reach[1])
            }),
            heading_deg: finite(self.heading_deg, 0.0).rem_euclid(360.0),
            pitch_deg: finite(self.pitch_deg, 30.0).clamp(2.0, 90.0),
            distance_m: finite(self.distance_m, 1_000.0).clamp(20.0, 12_000.0),
        }
    }
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layers {
    /// Buildings.
    pub buildings: bool,
    /// Streets and railways.
    pub streets: bool,
    /// Parks and water.
    pub areas: bool,
    /// Names of landmarks.
    pub labels: bool,
    /// The result that was computed last.
    pub field: bool,
}

impl Default for Layers {
    fn default() -> Self {
        Self { buildings: true, streets: true, areas: true, labels: true, field: true }
    }
}

/// One of [`Layers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Buildings.
    Buildings,
    /// Streets and railways.
    Streets,
    /// Parks and water.
    Areas,
    /// Names of landmarks.
    Labels,
    /// The result that was computed last.
    Field,
}

impl Layer {
    /// Every layer, from the sky down.
    pub const ALL: [Self; 5] = [Self::Labels, Self::Buildings, Self::Field, Self::Streets, Self::Areas];

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Buildings => "view-layer-buildings",
            Self::Streets => "view-layer-streets",
            Self::Areas => "view-layer-areas",
            Self::Labels => "view-layer-labels",
            Self::Field => "view-layer-field",
        }
    }
}

impl Layers {
    /// A layer's switch.
    pub fn shows(&mut self, layer: Layer) -> &mut bool {
        match layer {
            Layer::Buildings => &mut self.buildings,
            Layer::Streets => &mut self.streets,
            Layer::Areas => &mut self.areas,
            Layer::Labels => &mut self.labels,
            Layer::Field => &mut self.field,
        }
    }
}

/// What colours buildings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColourBy {
    /// Their own quiet colours.
    #[default]
    Nothing,
    /// Height above the ground.
    Height,
    /// Area of the footprint.
    Footprint,
    /// Expected depth of a flood, where it is published.
    Flood,
}

impl ColourBy {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::Height, Self::Footprint, Self::Flood];

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nothing => "view-colour-nothing",
            Self::Height => "view-colour-height",
            Self::Footprint => "view-colour-footprint",
            Self::Flood => "view-colour-flood",
        }
    }
}

/// A pose with a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bookmark {
    /// What the user calls it.
    pub name: String,
    /// Where the eye is.
    pub pose: Pose,
}

/// The part of the city that is shown: everything else is cut away.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionBox {
    /// West, south and lowest, site metres.
    pub low_m: [f64; 3],
    /// East, north and highest, site metres.
    pub high_m: [f64; 3],
}

/// All of it.
#[derive(Resource, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ViewState {
    /// The eye.
    pub camera: Pose,
    /// The time.
    pub clock: Clock,
    /// What is shown.
    #[serde(default)]
    pub layers: Layers,
    /// Id of the building that is marked.
    #[serde(default)]
    pub selected: Option<String>,
    /// What is changed about the city.
    #[serde(default)]
    pub what_if: WhatIf,
    /// Key of the result field that is shown.
    #[serde(default)]
    pub shown: Option<String>,
    /// Where the picture is parted into the city as it is (left) and as it might be, 0 to 1.
    #[serde(default)]
    pub swipe: Option<f64>,
    /// Whether the surface is dimmed to show what lies below.
    #[serde(default)]
    pub underground: bool,
    /// How solid buildings look, 0 to 1.
    #[serde(default = "one")]
    pub opacity: f64,
    /// What colours buildings.
    #[serde(default)]
    pub colour_by: ColourBy,
    /// Buildings lower than this are greyed, metres.
    #[serde(default)]
    pub least_height_m: f64,
    /// What is cut away.
    #[serde(default)]
    pub section: Option<SectionBox>,
    /// Corners of what is measured: east, north, up, site metres.
    #[serde(default)]
    pub measure: Vec<[f64; 3]>,
    /// Poses to come back to.
    #[serde(default)]
    pub bookmarks: Vec<Bookmark>,
}

fn one() -> f64 {
    1.0
}

impl ViewState {
    /// The city as it is, seen from somewhere.
    pub fn new(camera: Pose, clock: Clock) -> Self {
        Self {
            camera,
            clock,
            layers: Layers::default(),
            selected: None,
            what_if: WhatIf::default(),
            shown: None,
            swipe: None,
            underground: false,
            opacity: one(),
            colour_by: ColourBy::default(),
            least_height_m: 0.0,
            section: None,
            measure: Vec::new(),
            bookmarks: Vec::new(),
        }
    }

    /// The nearest state with nothing out of its limits, for states from files.
    pub fn held(self) -> Self {
        let share = |v: f64| if v.is_finite() { v.clamp(0.0, 1.0) } else { 1.0 };
        Self {
            camera: self.camera.held(),
            swipe: self.swipe.map(share),
            opacity: share(self.opacity),
            least_height_m: if self.least_height_m.is_finite() { self.least_height_m.max(0.0) } else { 0.0 },
            ..self
        }
    }
}

/// A change of the view.
#[derive(Message, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Look from somewhere.
    Look(Pose),
    /// Show an instant.
    GoTo(Timestamp),
    /// Let the clock run, or stop it.
    Play(bool),
    /// Minutes of the city a second.
    Speed(f64),
    /// Show or hide a layer.
    Show(Layer, bool),
    /// Mark a building, or none.
    Select(Option<String>),
    /// What if this building were not there?
    Remove(String),
    /// What if this building had another height?
    Raise(Raise),
    /// What if there were a new building? One with the same id is replaced.
    Add(Add),
    /// Leave a building as it is, or a new one out.
    Restore(String),
    /// Leave the whole city as it is.
    RestoreAll,
    /// Show a field of the last result, or none.
    ShowField(Option<String>),
    /// Part the picture into before and after, or not.
    Swipe(Option<f64>),
    /// Look under the ground, or not.
    Underground(bool),
    /// How solid buildings look.
    Opacity(f64),
    /// Colour buildings by something.
    ColourBy(ColourBy),
    /// Grey out buildings lower than this, metres.
    LeastHeight(f64),
    /// Cut away what is outside, or nothing.
    Section(Option<SectionBox>),
    /// Measure along these corners; none ends it.
    Measure(Vec<[f64; 3]>),
    /// Keep a pose under a name.
    Keep(Bookmark),
    /// Forget the pose of this name.
    Forget(String),
    /// Put another state in place of this one.
    Open(Box<ViewState>),
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
}

/// States before and after, for undoing.
#[derive(Resource, Debug, Default)]
pub struct History {
    past: Vec<ViewState>,
    future: Vec<ViewState>,
    last: Option<std::mem::Discriminant<Command>>,
}

/// As many changes can be undone.
const MOST_PAST: usize = 500;

impl History {
    /// Carries a command out.
    pub fn apply(&mut self, state: &mut ViewState, command: &Command) {
        match command {
            Command::Undo => {
                self.last = None;
                if let Some(before) = self.past.pop() {
                    self.future.push(std::mem::replace(state, before));
                }
            }
            Command::Redo => {
                self.last = None;
                if let Some(after) = self.future.pop() {
                    self.past.push(std::mem::replace(state, after));
                }
            }
            change => {
                let mut next = state.clone();
                make(&mut next, change);
                if next != *state {
                    self.remember(state, change);
                    *state = next;
                }
            }
        }
    }

    /// A drag or a slide is one change, however many commands it sends.
    fn remember(&mut self, state: &ViewState, command: &Command) {
        let kind = std::mem::discriminant(command);
        let slides = matches!(
            command,
            Command::Look(_)
                | Command::GoTo(_)
                | Command::Speed(_)
                | Command::Swipe(Some(_))
                | Command::Opacity(_)
                | Command::LeastHeight(_)
                | Command::Section(Some(_))
                | Command::Raise(_)
        );
        if !(slides && self.last == Some(kind)) {
            self.past.push(state.clone());
            if self.past.len() > MOST_PAST {
                self.past.remove(0);
            }
        }
        self.last = Some(kind);
        self.future.clear();
    }

    /// Ends a drag: the next command of its kind is a change of its own.
    pub fn pause(&mut self) {
        self.last = None;
    }
}

fn make(state: &mut ViewState, command: &Command) {
    match command {
        Command::Look(pose) => state.camera = pose.held(),
        Command::GoTo(at) => state.clock.at = *at,
        Command::Play(playing) => state.clock.playing = *playing,
        Command::Speed(minutes) if minutes.is_finite() => {
            state.clock.minutes_a_second = minutes.clamp(1.0, 240.0);
        }
        Command::Show(layer, shown) => *state.layers.shows(*layer) = *shown,
        Command::Select(id) => state.selected.clone_from(id),
        Command::Remove(_)
        | Command::Raise(_)
        | Command::Add(_)
        | Command::Restore(_)
        | Command::RestoreAll => change_city(&mut state.what_if, command),
        Command::ShowField(key) => state.shown.clone_from(key),
        Command::Swipe(share) => state.swipe = share.filter(|s| s.is_finite()).map(|s| s.clamp(0.0, 1.0)),
        Command::Underground(on) => state.underground = *on,
        Command::Opacity(share) if share.is_finite() => state.opacity = share.clamp(0.0, 1.0),
        Command::ColourBy(what) => state.colour_by = *what,
        Command::LeastHeight(metres) if metres.is_finite() => state.least_height_m = metres.max(0.0),
        Command::Section(section) => state.section = *section,
        Command::Measure(corners) => state.measure.clone_from(corners),
        Command::Keep(bookmark) => {
            state.bookmarks.retain(|b| b.name != bookmark.name);
            state.bookmarks.push(Bookmark { pose: bookmark.pose.held(), ..bookmark.clone() });
        }
        Command::Forget(name) => state.bookmarks.retain(|b| b.name != *name),
        Command::Open(other) => *state = (**other).clone().held(),
        Command::Speed(_) | Command::Opacity(_) | Command::LeastHeight(_) | Command::Undo | Command::Redo => {
        }
    }
}

/// Each building has one change at most: the last.
fn change_city(what_if: &mut WhatIf, command: &Command) {
    let forget = |what_if: &mut WhatIf, id: &str| {
        what_if.remove.retain(|other| other != id);
        what_if.raise.retain(|raise| raise.building != id);
        what_if.add.retain(|add| add.id != id);
    };
    match command {
        Command::Remove(id) => {
            let was_new = what_if.add.iter().any(|add| add.id == *id);
            forget(what_if, id);
            if !was_new {
                what_if.remove.push(id.clone());
            }
        }
        Command::Raise(raise) if raise.height_m.is_finite() && raise.height_m > 0.0 => {
            if let Some(new) = what_if.add.iter_mut().find(|add| add.id == raise.building) {
                new.height_m = raise.height_m;
            } else {
                forget(what_if, &raise.building);
                what_if.raise.push(raise.clone());
            }
        }
        Command::Add(add) => {
            forget(what_if, &add.id);
            what_if.add.push(add.clone());
        }
        Command::Restore(id) => forget(what_if, id),
        Command::RestoreAll => *what_if = WhatIf::default(),
        _ => {}
    }
}

/// Carries out what was asked for since the last frame.
pub fn carry_out(
    mut commands: MessageReader<Command>,
    mut history: ResMut<History>,
    mut state: ResMut<ViewState>,
) {
    for command in commands.read() {
        history.apply(&mut state, command);
    }
}

/// Lets the clock run; after midnight the same day begins again.
pub fn run_clock(mut state: ResMut<ViewState>, time: Res<Time>) {
    if state.clock.playing {
        let clock = &mut state.clock;
        let minute = clock.minute_of_day() + time.delta_secs_f64() * clock.minutes_a_second;
        clock.set_minute_of_day(minute % crate::clock::DAY_MIN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> ViewState {
        let clock = Clock::standing_at(jiff::civil::date(2026, 12, 22), jiff::civil::time(12, 0, 0, 0));
        ViewState::new(Pose::TOWERS, clock)
    }

    /// Counter-based dice.
    fn dice(index: u64) -> u64 {
        let mut z = index.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z ^ (z >> 27)
    }

    fn any_command(index: u64) -> Command {
        let part = |k: u64| (dice(index * 8 + k) % 2_000) as f64 - 1_000.0;
        let id = || format!("13104-bldg-{}", dice(index * 8) % 5);
        match dice(index) % 16 {
            0 => Command::Look(Pose {
                target_m: [part(1) * 20.0, part(2), part(3)],
                heading_deg: part(4),
                pitch_deg: part(5),
                distance_m: part(6) * 30.0,
            }),
            1 => Command::Show(Layer::ALL[(dice(index + 1) % 5) as usize], dice(index + 2).is_multiple_of(2)),
            2 => Command::Select((dice(index + 3).is_multiple_of(2)).then(|| format!("13104-bldg-{index}"))),
            3 => Command::Play(dice(index + 4).is_multiple_of(2)),
            4 => Command::Speed(part(7)),
            5 => Command::Remove(id()),
            6 => Command::Raise(Raise { building: id(), height_m: part(1) }),
            7 => Command::Add(Add { id: id(), footprint: vec![[139.69, 35.69]; 3], height_m: 50.0 }),
            8 => Command::Restore(id()),
            9 => Command::Swipe((part(1) > 0.0).then(|| part(2))),
            10 => Command::Opacity(part(1) / 500.0),
            11 => Command::ColourBy(ColourBy::ALL[(dice(index + 5) % 4) as usize]),
            12 => Command::Keep(Bookmark { name: id(), pose: Pose::TOWERS }),
            13 => Command::Forget(id()),
            14 => Command::Measure(vec![[part(1); 3]; (dice(index + 6) % 4) as usize]),
            _ => Command::GoTo(Timestamp::from_second(1_700_000_000 + part(8) as i64 * 3600).unwrap()),
        }
    }

    #[test]
    fn undo_returns_to_the_start_and_redo_to_the_end() {
        let (start, mut history) = (state(), History::default());
        let mut now = start.clone();
        let mut seen = 0;
        for index in 0..400 {
            let before = now.clone();
            history.apply(&mut now, &any_command(index));
            seen += usize::from(before != now);
        }
        assert!(seen > 200, "the commands must change something: {seen}");
        let end = now.clone();
        for _ in 0..500 {
            history.apply(&mut now, &Command::Undo);
        }
        assert_eq!(now, start);
        for _ in 0..500 {
            history.apply(&mut now, &Command::Redo);
        }
        assert_eq!(now, end);
    }

    #[test]
    fn a_drag_is_undone_at_once() {
        let (start, mut history) = (state(), History::default());
        let mut now = start.clone();
        for step in 1..20 {
            let heading_deg = f64::from(step);
            history.apply(&mut now, &Command::Look(Pose { heading_deg, ..start.camera }));
        }
        history.apply(&mut now, &Command::Undo);
        assert_eq!(now, start);
    }

    #[test]
    fn a_state_is_the_same_after_a_file() {
        let mut before = state();
        before.selected = Some("13104-bldg-1".to_owned());
        let text = serde_json::to_string(&before).unwrap();
        assert_eq!(serde_json::from_str::<ViewState>(&text).unwrap(), before);
        assert!(serde_json::from_str::<ViewState>(&text.replace("camera", "camra")).is_err());
    }

    #[test]
    fn the_eye_stays_above_the_ground_and_near_the_city() {
        let wild =
            Pose { target_m: [f64::NAN, 1e9, -7.0], heading_deg: -30.0, pitch_deg: -80.0, distance_m: 0.0 };
        let held = wild.held();
        assert_eq!(held.target_m, [0.0, 5_000.0, 0.0]);
        assert_eq!((held.heading_deg, held.pitch_deg, held.distance_m), (330.0, 2.0, 20.0));
    }
}
