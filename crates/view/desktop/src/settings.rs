//! What belongs to the window and not to the view: language, colours, which panels are open, the tool in hand.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

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
        }
    }
}
