//! What belongs to the window and not to the view: language, colours, which panels are open, the tool in hand.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::film::Plan;

/// The window's own state. It is not saved with a view.
#[derive(Resource, Debug, Clone, PartialEq)]
pub struct Settings {
    /// Dark panels.
    pub dark: bool,
    /// Size of panels, 1 as designed.
    pub scale: f32,
    /// Whether panels are shown at all.
    pub panels: bool,
    /// What is open besides.
    pub open: Open,
    /// The step of the tour that is shown, from 0.
    pub tour: Option<usize>,
    /// What a click does.
    pub tool: Tool,
    /// A short message, and whether it is bad news.
    pub notice: Option<(String, bool)>,
    /// Whether a picture without panels is being taken.
    pub picture: bool,
    /// How the next picture is taken.
    pub shot: Shot,
    /// How the next film is made.
    pub film: Plan,
}

/// How a picture is taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shot {
    /// Its size, pixels; that of the window when none is chosen.
    pub size: Option<[u32; 2]>,
    /// With panels, or only with legend, clock, scale and credits.
    pub panels: bool,
}

/// Windows over the picture.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Open {
    /// Help with all keys.
    pub help: bool,
    /// The table of buildings.
    pub table: bool,
    /// Search.
    pub search: bool,
    /// What the last study found.
    pub findings: bool,
    /// Cutting, opacity, bookmarks.
    pub view: bool,
    /// Notes in the city.
    pub notes: bool,
    /// Pictures and films.
    pub picture: bool,
}

/// One of [`Open`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pane {
    /// Help with all keys.
    Help,
    /// The table of buildings.
    Table,
    /// Search.
    Search,
    /// What the last study found.
    Findings,
    /// Cutting, opacity, bookmarks.
    View,
    /// Notes in the city.
    Notes,
    /// Pictures and films.
    Picture,
}

impl Open {
    /// The switch of a pane.
    pub fn pane(&mut self, pane: Pane) -> &mut bool {
        match pane {
            Pane::Help => &mut self.help,
            Pane::Table => &mut self.table,
            Pane::Search => &mut self.search,
            Pane::Findings => &mut self.findings,
            Pane::View => &mut self.view,
            Pane::Notes => &mut self.notes,
            Pane::Picture => &mut self.picture,
        }
    }
}

/// What a click does.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Tool {
    /// Marks a building.
    #[default]
    Pick,
    /// Adds a corner to what is measured.
    Measure,
    /// Adds a corner to the footprint of a new building.
    Draw(Draft),
    /// Leaves a note.
    Note,
    /// Goes there on foot.
    Walk,
}

/// A new building that is being drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Corners so far, site metres.
    pub corners_m: Vec<[f64; 2]>,
    /// Its height.
    pub height_m: f64,
}

impl Default for Draft {
    fn default() -> Self {
        Self { corners_m: Vec::new(), height_m: 100.0 }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            dark: false,
            scale: 1.0,
            panels: true,
            open: Open::default(),
            tour: None,
            tool: Tool::default(),
            notice: None,
            picture: false,
            shot: Shot::default(),
            film: Plan::default(),
        }
    }
}
