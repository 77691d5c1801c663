//! A window that drives itself: lines of JSON, one after the other, for tests, documentation and films.

use std::collections::VecDeque;
use std::path::PathBuf;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use futago_scene::city::TheCity;
use futago_scene::quality::Quality;
use futago_scene::state::{Command, Pose, ViewState};
use futago_scene::study::{Simulation, Study};
use futago_scene::sunlight::Form;
use futago_scene::{crowd, office};
use futago_texts::Lang;
use serde::{Deserialize, Serialize};

use crate::files::Occupied;
use crate::film::{Film, Plan};
use crate::picking::Under;
use crate::settings::{Pane, Settings};
use crate::shot::{Pictures, Wanted};
use crate::tally::Tally;
use crate::words::Words;

/// One line of a script.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Step(Step),
    Command(Command),
}

/// What only a script does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Step {
    /// Ask this of sunlight, and wait for the answer.
    Ask(Form),
    /// Ask this of crowds, and wait.
    AskCrowd(crowd::Form),
    /// Ask this of offices, and wait.
    AskOffice(office::Form),
    /// Open a file of measured occupancy.
    OpenOccupancy(PathBuf),
    /// Mark the building of this name.
    Find(String),
    /// Click a place: east, north, up, site metres.
    Click([f64; 3]),
    /// Of the panels.
    Language(Language),
    /// Dark or light panels.
    Dark(bool),
    /// Open or close a pane.
    Pane(Pane, bool),
    /// Show or hide all panels.
    Panels(bool),
    /// Write a picture when nothing moves.
    Picture(PathBuf),
    /// Write a picture of this width and height, without panels.
    PictureOf(PathBuf, [u32; 2]),
    /// Film the clock's day into a folder.
    Film(PathBuf, Plan),
    /// Tell what is drawn and how much memory it takes.
    Tell,
    /// Take the graphics device away, to see what happens then.
    LoseDevice,
    /// Let so many frames pass.
    Wait(u32),
    /// Look from one pose to another in so many frames, and tell how long they took.
    Fly(Pose, Pose, u32),
    /// Send so many random commands; the seed is the first number.
    Monkey(u64, u32),
    /// End the program.
    Quit,
}

/// A language of the panels.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Language {
    Ja,
    En,
}

/// Commands to carry out, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Script(Vec<Line>);

/// A script that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct ScriptError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What the reader says.
    pub why: String,
}

impl Script {
    /// One JSON value a line; empty lines and lines that begin with `#` are skipped.
    ///
    /// # Errors
    /// Names the first line that is no command.
    pub fn parse(text: &str) -> Result<Self, ScriptError> {
        let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let read = lines.map(|(i, line)| {
            serde_json::from_str(line).map_err(|e| ScriptError { line: i + 1, why: e.to_string() })
        });
        read.collect::<Result<_, _>>().map(Self)
    }

    /// The same, then a picture and the end.
    #[must_use]
    pub fn then_picture(mut self, path: PathBuf) -> Self {
        self.0.extend([Line::Step(Step::Picture(path)), Line::Step(Step::Quit)]);
        self
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The forms of the simulations, and which one is open.
#[derive(SystemParam)]
pub struct Forms<'w> {
    asked: ResMut<'w, Simulation>,
    sunlight: ResMut<'w, Form>,
    crowd: ResMut<'w, crowd::Form>,
    occupied: Occupied<'w>,
    flows: Res<'w, crowd::CountedFlows>,
}

/// What is still to be done.
#[derive(Resource)]
pub struct Running {
    left: VecDeque<Line>,
    wait: u32,
    flight: Option<Flight>,
    /// Does not wait for what is being computed.
    impatient: bool,
}

struct Flight {
    from: Pose,
    to: Pose,
    frames: u32,
    done: u32,
    slowest_s: f32,
    took_s: f32,
}

impl Running {
    /// From the beginning; an impatient one goes on while something is computed.
    pub fn new(script: Script, impatient: bool) -> Self {
        Self { left: script.0.into(), wait: 0, flight: None, impatient }
    }
}

/// Does one line a frame; what is being computed or written is waited for.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn play(
    mut running: ResMut<Running>,
    mut study: ResMut<Study>,
    mut forms: Forms,
    mut settings: ResMut<Settings>,
    mut words: ResMut<Words>,
    mut pictures: ResMut<Pictures>,
    mut film: ResMut<Film>,
    mut under: ResMut<Under>,
    tally: Tally,
    quality: Res<Quality>,
    city: Res<TheCity>,
    state: Res<ViewState>,
    time: Res<Time<Real>>,
    mut exit: MessageWriter<AppExit>,
) {
    if running.wait > 0 {
        running.wait -= 1;
        return;
    }
    let computing = study.how_far().is_some() && !running.impatient;
    if computing || pictures.is_busy() || film.is_rolling() {
        return;
    }
    if let Some(flight) = &mut running.flight {
        if let Some(pose) = flight.next(time.delta_secs()) {
            forms.occupied.commands.write(Command::Look(pose));
        } else {
            flight.tell(&quality);
            running.flight = None;
        }
        return;
    }
    let Some(line) = running.left.pop_front() else { return };
    // A step ends with a frame in which the state follows.
    running.wait = 1;
    match line {
        Line::Command(command) => {
            forms.occupied.commands.write(command);
        }
        Line::Step(Step::Ask(asked)) => {
            asked.start(&city.model, &state, &mut study);
            (*forms.sunlight, *forms.asked) = (asked, Simulation::Sunlight);
            running.wait = 2;
        }
        Line::Step(Step::AskCrowd(asked)) => {
            asked.start(&city.model, &state, &forms.flows, &mut study);
            (*forms.crowd, *forms.asked) = (asked, Simulation::Crowd);
            running.wait = 2;
        }
        Line::Step(Step::AskOffice(asked)) => {
            asked.start(&city.model, &state, &forms.occupied.measured, &mut study);
            (*forms.occupied.form, *forms.asked) = (asked, Simulation::Office);
            running.wait = 2;
        }
        Line::Step(Step::OpenOccupancy(path)) => match forms.occupied.open(&path, &words) {
            Ok(said) => settings.notice = Some((said, false)),
            Err(why) => {
                eprintln!("{why}");
                settings.notice = Some((why, true));
            }
        },
        Line::Step(Step::Find(name)) => {
            forms.occupied.commands.write(Command::Select(id_of(&city, &name)));
        }
        Line::Step(Step::Click(at_m)) => {
            (under.clicked_m, under.clicked_id) = (Some(at_m), state.selected.clone());
        }
        Line::Step(Step::Language(language)) => {
            *words = Words::new(if language == Language::Ja { Lang::Ja } else { Lang::En });
        }
        Line::Step(Step::Dark(dark)) => settings.dark = dark,
        Line::Step(Step::Pane(pane, open)) => *settings.open.pane(pane) = open,
        Line::Step(Step::Panels(shown)) => settings.panels = shown,
        Line::Step(Step::Picture(path)) => {
            settings.notice = None;
            pictures.take(Wanted::as_is(path));
        }
        Line::Step(Step::PictureOf(path, size)) => {
            settings.notice = None;
            pictures.take(Wanted { path, size: Some(size), panels: false, at: None });
        }
        Line::Step(Step::Film(folder, plan)) => {
            if let Err(why) = film.begin(&plan, &folder, &state.clock, &mut pictures) {
                pictures.failed = Some(why);
            }
        }
        Line::Step(Step::Tell) => println!("{}", tally.tell()),
        Line::Step(Step::LoseDevice) => tally.lose_device(),
        Line::Step(Step::Wait(frames)) => running.wait = frames,
        Line::Step(Step::Fly(from, to, frames)) => running.flight = Some(Flight::new(from, to, frames)),
        Line::Step(Step::Monkey(seed, count)) => {
            let commands =
                (0..u64::from(count)).map(|i| Line::Command(crate::monkey::command(seed, i, &city.model)));
            let commands: Vec<Line> = commands.collect();
            commands.into_iter().rev().for_each(|line| running.left.push_front(line));
            running.wait = 0;
        }
        Line::Step(Step::Quit) => {
            exit.write(if pictures.failed.is_some() { AppExit::error() } else { AppExit::Success });
        }
    }
}

fn id_of(city: &TheCity, name: &str) -> Option<String> {
    let buildings = &city.model.buildings;
    let named = |id| buildings.strings.get(id) == Some(name);
    let found = buildings.records.iter().find(|b| named(b.name_ja) || named(b.name_en) || named(b.id));
    found.map(|b| buildings.id_of(b).to_owned())
}

impl Flight {
    fn new(from: Pose, to: Pose, frames: u32) -> Self {
        Self { from, to, frames: frames.max(2), done: 0, slowest_s: 0.0, took_s: 0.0 }
    }

    /// The next pose; none at the end. The first two frames belong to what was before.
    fn next(&mut self, delta_s: f32) -> Option<Pose> {
        if self.done > 2 {
            self.took_s += delta_s;
            self.slowest_s = self.slowest_s.max(delta_s);
        }
        if self.done > self.frames {
            return None;
        }
        let share = f64::from(self.done) / f64::from(self.frames);
        let mix = |a: f64, b: f64| a + (b - a) * share;
        self.done += 1;
        Some(Pose {
            target_m: std::array::from_fn(|i| mix(self.from.target_m[i], self.to.target_m[i])),
            heading_deg: mix(self.from.heading_deg, self.to.heading_deg),
            pitch_deg: mix(self.from.pitch_deg, self.to.pitch_deg),
            distance_m: mix(self.from.distance_m, self.to.distance_m),
        })
    }

    fn tell(&self, quality: &Quality) {
        let frames = self.done.saturating_sub(2);
        let told = serde_json::json!({
            "frames": frames,
            "took_s": self.took_s,
            "frames_a_second": f64::from(frames) / f64::from(self.took_s.max(1e-6)),
            "slowest_frame_s": self.slowest_s,
            "quality": format!("{:?}", quality.level),
        });
        println!("{told}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_lines_of_json() {
        let text = concat!(
            "# a drag\n{\"play\": true}\n\n{\"ask\": {\"kind\": \"sky_view\", \"spacing_m\": 4}}\n\"undo\"\n",
            "{\"show\": [\"labels\", false]}\n{\"pane\": [\"table\", true]}\n\"quit\"\n",
        );
        let script = Script::parse(text).unwrap();
        assert_eq!(script.0.len(), 6);
        assert!(matches!(&script.0[1], Line::Step(Step::Ask(form)) if form.spacing_m == 4.0));
        assert_eq!(script.0[2], Line::Command(Command::Undo));
        assert_eq!(script.0[5], Line::Step(Step::Quit));
    }

    #[test]
    fn a_wrong_line_is_named() {
        let error = Script::parse("{\"play\": true}\n{\"fly_away\": 1}\n").unwrap_err();
        assert_eq!(error.line, 2);
    }
}
