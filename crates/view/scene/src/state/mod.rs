//! What is looked at and how: one small state that saves as a file, and the commands that change it.
//!
//! Widgets, keys, links, scripts and tests all send [`Command`]s; nothing else writes [`ViewState`]. So every
//! change can be undone, and a view can be told to somebody else in a few lines of JSON.

mod command;
mod history;
mod parts;
mod pose;

use bevy::prelude::*;
use futago_crowd::scenario::WhatIf as Walks;
use futago_sunlight::scenario::WhatIf;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;

pub use command::Command;
pub use history::{History, carry_out, run_clock};
pub use parts::{Bookmark, ColourBy, LONGEST_NOTE, Layer, Layers, Note, Opacity, SectionBox};
pub use pose::{EYE_M, Pose, WALK_M};

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
    /// What is changed about the ways on foot and who uses them. New buildings are in `what_if`.
    #[serde(default)]
    pub walks: Walks,
    /// Key of the result field that is shown.
    #[serde(default)]
    pub shown: Option<String>,
    /// Where the picture is parted into the city as it is (left) and as it might be, 0 to 1.
    #[serde(default)]
    pub swipe: Option<f64>,
    /// Whether the surface is dimmed to show what lies below.
    #[serde(default)]
    pub underground: bool,
    /// How solid layers look.
    #[serde(default)]
    pub opacity: Opacity,
    /// Whether streets are drawn over the result on the ground.
    #[serde(default)]
    pub streets_on_top: bool,
    /// What colours buildings.
    #[serde(default)]
    pub colour_by: ColourBy,
    /// Buildings lower than this are greyed, metres.
    #[serde(default)]
    pub least_height_m: f64,
    /// How far storeys are drawn apart, 0 to 1.
    #[serde(default)]
    pub apart: f64,
    /// What is cut away.
    #[serde(default)]
    pub section: Option<SectionBox>,
    /// Corners of what is measured: east, north, up, site metres.
    #[serde(default)]
    pub measure: Vec<[f64; 3]>,
    /// Poses to come back to.
    #[serde(default)]
    pub bookmarks: Vec<Bookmark>,
    /// Notes in the city.
    #[serde(default)]
    pub notes: Vec<Note>,
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
            walks: Walks::default(),
            shown: None,
            swipe: None,
            underground: false,
            opacity: Opacity::default(),
            streets_on_top: false,
            colour_by: ColourBy::default(),
            least_height_m: 0.0,
            apart: 0.0,
            section: None,
            measure: Vec::new(),
            bookmarks: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The nearest state with nothing out of its limits, for states from files.
    pub fn held(self) -> Self {
        let share = |v: f64| if v.is_finite() { v.clamp(0.0, 1.0) } else { 1.0 };
        Self {
            camera: self.camera.held(),
            swipe: self.swipe.map(share),
            opacity: self.opacity.held(),
            apart: if self.apart.is_finite() { self.apart.clamp(0.0, 1.0) } else { 0.0 },
            least_height_m: if self.least_height_m.is_finite() { self.least_height_m.max(0.0) } else { 0.0 },
            ..self
        }
    }
}
