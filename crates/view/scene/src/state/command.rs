//! What can be asked of a view, and what it changes.

use bevy::prelude::*;
use futago_crowd::scenario::{Closure, Event, WhatIf as Walks};
use futago_sunlight::scenario::{Add, Raise, WhatIf};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Bookmark, ColourBy, LONGEST_NOTE, Layer, Note, Pose, SectionBox, ViewState};

/// A change of the view.
#[derive(Message, Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Look from somewhere.
    Look(Pose),
    /// Show an instant.
    GoTo(Timestamp),
    /// Show an instant in passing, for a frame of a film: nothing that somebody would take back.
    Pass(Timestamp),
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
    /// What if nobody could walk here?
    Close(Closure),
    /// Take a closure back.
    Reopen(Closure),
    /// What if people left this place? An event of the same name is replaced.
    Gather(Event),
    /// Take the event of this name back.
    Disperse(String),
    /// Leave the whole city as it is.
    RestoreAll,
    /// Show a field of the last result, or none.
    ShowField(Option<String>),
    /// Part the picture into before and after, or not.
    Swipe(Option<f64>),
    /// Look under the ground, or not.
    Underground(bool),
    /// How solid a layer looks.
    Opacity(Layer, f64),
    /// Draw streets over the result on the ground, or under it.
    StreetsOnTop(bool),
    /// Colour buildings by something.
    ColourBy(ColourBy),
    /// Grey out buildings lower than this, metres.
    LeastHeight(f64),
    /// Draw storeys apart, 0 to 1.
    Apart(f64),
    /// Cut away what is outside, or nothing.
    Section(Option<SectionBox>),
    /// Measure along these corners; none ends it.
    Measure(Vec<[f64; 3]>),
    /// Keep a pose under a name.
    Keep(Bookmark),
    /// Forget the pose of this name.
    Forget(String),
    /// Leave a note, or change the one of this number.
    Note(Note),
    /// Take the note of this number away.
    Unnote(u32),
    /// Put another state in place of this one.
    Open(Box<ViewState>),
    /// Take the last change back.
    Undo,
    /// Make it again.
    Redo,
}

/// Makes the change; one that makes no sense changes nothing.
pub(super) fn make(state: &mut ViewState, command: &Command) {
    match command {
        Command::Look(pose) => state.camera = pose.held(),
        Command::GoTo(at) | Command::Pass(at) => state.clock.at = *at,
        Command::Play(playing) => state.clock.playing = *playing,
        Command::Speed(minutes) if minutes.is_finite() => {
            state.clock.minutes_a_second = minutes.clamp(1.0, 240.0);
        }
        Command::Show(layer, shown) => *state.layers.shows(*layer) = *shown,
        Command::Select(id) => state.selected.clone_from(id),
        Command::Remove(_) | Command::Raise(_) | Command::Add(_) | Command::Restore(_) => {
            change_city(&mut state.what_if, command)
        }
        Command::RestoreAll => {
            state.what_if = WhatIf::default();
            state.walks = Walks::default();
        }
        Command::Close(_) | Command::Reopen(_) | Command::Gather(_) | Command::Disperse(_) => {
            change_walks(&mut state.walks, command);
        }
        Command::ShowField(key) => state.shown.clone_from(key),
        Command::Swipe(share) => state.swipe = share.filter(|s| s.is_finite()).map(|s| s.clamp(0.0, 1.0)),
        Command::Underground(on) => state.underground = *on,
        Command::Opacity(layer, share) if share.is_finite() => {
            if let Some(opacity) = state.opacity.of(*layer) {
                *opacity = share.clamp(0.0, 1.0);
            }
        }
        Command::StreetsOnTop(on) => state.streets_on_top = *on,
        Command::ColourBy(what) => state.colour_by = *what,
        Command::LeastHeight(metres) if metres.is_finite() => state.least_height_m = metres.max(0.0),
        Command::Apart(share) if share.is_finite() => state.apart = share.clamp(0.0, 1.0),
        Command::Section(section) => state.section = *section,
        Command::Measure(corners) => state.measure.clone_from(corners),
        Command::Keep(bookmark) => {
            state.bookmarks.retain(|b| b.name != bookmark.name);
            state.bookmarks.push(Bookmark { pose: bookmark.pose.held(), ..bookmark.clone() });
        }
        Command::Forget(name) => state.bookmarks.retain(|b| b.name != *name),
        Command::Note(note) if note.at_m.iter().all(|v| v.is_finite()) => {
            let text = note.text.chars().take(LONGEST_NOTE).collect();
            let note = Note { text, ..note.clone() };
            match state.notes.iter_mut().find(|n| n.number == note.number) {
                Some(old) => *old = note,
                None => state.notes.push(note),
            }
        }
        Command::Unnote(number) => state.notes.retain(|n| n.number != *number),
        Command::Open(other) => *state = (**other).clone().held(),
        Command::Speed(_)
        | Command::Opacity(..)
        | Command::LeastHeight(_)
        | Command::Apart(_)
        | Command::Note(_)
        | Command::Undo
        | Command::Redo => {}
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
        _ => {}
    }
}

/// A way is closed once; each event has its own name.
fn change_walks(walks: &mut Walks, command: &Command) {
    match command {
        Command::Close(closure) if !walks.close.contains(closure) => walks.close.push(closure.clone()),
        Command::Reopen(closure) => walks.close.retain(|other| other != closure),
        Command::Gather(event) if event.persons_per_hour.is_finite() && event.persons_per_hour > 0.0 => {
            walks.event.retain(|other| other.name != event.name);
            walks.event.push(event.clone());
        }
        Command::Disperse(name) => walks.event.retain(|event| event.name != *name),
        _ => {}
    }
}
