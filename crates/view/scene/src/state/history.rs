//! Undo and redo.

use bevy::prelude::*;

use super::command::make;
use super::{Command, ViewState};

/// States before and after, for undoing.
#[derive(Resource, Debug, Default)]
pub struct History {
    past: Vec<ViewState>,
    future: Vec<ViewState>,
    last: Option<Slide>,
}

/// What is being dragged: the kind of command, and which of several.
type Slide = (std::mem::Discriminant<Command>, u32);

/// What a command drags, if it comes many times while somebody drags, slides or types.
fn slide_of(command: &Command) -> Option<Slide> {
    let which = match command {
        Command::Look(_)
        | Command::GoTo(_)
        | Command::Speed(_)
        | Command::Swipe(Some(_))
        | Command::LeastHeight(_)
        | Command::Apart(_)
        | Command::Gather(_)
        | Command::Section(Some(_))
        | Command::Raise(_) => 0,
        Command::Opacity(layer, _) => *layer as u32,
        Command::Note(note) => note.number,
        _ => return None,
    };
    Some((std::mem::discriminant(command), which))
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
            Command::Pass(_) => make(state, command),
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
        let slide = slide_of(command);
        if slide.is_none() || self.last != slide {
            self.past.push(state.clone());
            if self.past.len() > MOST_PAST {
                self.past.remove(0);
            }
        }
        self.last = slide;
        self.future.clear();
    }

    /// Ends a drag: the next command of its kind is a change of its own.
    pub fn pause(&mut self) {
        self.last = None;
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
    use futago_sunlight::scenario::{Add, Raise};
    use jiff::Timestamp;

    use super::*;
    use crate::clock::Clock;
    use crate::state::{Bookmark, ColourBy, Layer, Note, Pose};

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
        match dice(index) % 18 {
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
            10 => Command::Opacity(Layer::ALL[(dice(index + 5) % 5) as usize], part(1) / 500.0),
            11 => Command::ColourBy(ColourBy::ALL[(dice(index + 5) % 4) as usize]),
            12 => Command::Keep(Bookmark { name: id(), pose: Pose::TOWERS }),
            13 => Command::Forget(id()),
            14 => Command::Measure(vec![[part(1); 3]; (dice(index + 6) % 4) as usize]),
            15 => Command::Note(Note { number: (dice(index) % 5) as u32, at_m: [part(1); 3], text: id() }),
            16 => Command::Unnote((dice(index + 7) % 5) as u32),
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
    fn a_frame_of_a_film_is_no_step() {
        let (start, mut history) = (state(), History::default());
        let mut now = start.clone();
        history.apply(&mut now, &Command::Underground(true));
        history.apply(&mut now, &Command::Pass(Timestamp::from_second(1_700_000_000).unwrap()));
        assert_ne!(now.clock, start.clock);
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
}
