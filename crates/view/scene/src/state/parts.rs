//! The parts of a view's state.

use serde::{Deserialize, Serialize};

use super::Pose;

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Layers {
    /// Buildings.
    pub buildings: bool,
    /// Bridges and decks.
    pub structures: bool,
    /// Streets and railways.
    pub streets: bool,
    /// Parks and water.
    pub areas: bool,
    /// Names of landmarks.
    pub labels: bool,
    /// The result that was computed last.
    pub field: bool,
    /// People on the streets, where a result tells of them.
    pub people: bool,
}

impl Default for Layers {
    fn default() -> Self {
        Self {
            buildings: true,
            structures: true,
            streets: true,
            areas: true,
            labels: true,
            field: true,
            people: true,
        }
    }
}

/// One of [`Layers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// Buildings.
    Buildings,
    /// Bridges and decks.
    Structures,
    /// Streets and railways.
    Streets,
    /// Parks and water.
    Areas,
    /// Names of landmarks.
    Labels,
    /// The result that was computed last.
    Field,
    /// People on the streets.
    People,
}

impl Layer {
    /// Every layer, from the sky down.
    pub const ALL: [Self; 7] = [
        Self::Labels,
        Self::Buildings,
        Self::Structures,
        Self::People,
        Self::Field,
        Self::Streets,
        Self::Areas,
    ];

    /// Key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Buildings => "view-layer-buildings",
            Self::Structures => "view-layer-structures",
            Self::Streets => "view-layer-streets",
            Self::Areas => "view-layer-areas",
            Self::Labels => "view-layer-labels",
            Self::Field => "view-layer-field",
            Self::People => "view-layer-people",
        }
    }
}

impl Layers {
    /// A layer's switch.
    pub fn shows(&mut self, layer: Layer) -> &mut bool {
        match layer {
            Layer::Buildings => &mut self.buildings,
            Layer::Structures => &mut self.structures,
            Layer::Streets => &mut self.streets,
            Layer::Areas => &mut self.areas,
            Layer::Labels => &mut self.labels,
            Layer::Field => &mut self.field,
            Layer::People => &mut self.people,
        }
    }
}

/// How solid layers look, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Opacity {
    /// Buildings.
    pub buildings: f64,
    /// Streets and railways.
    pub streets: f64,
    /// Parks and water.
    pub areas: f64,
    /// The result that was computed last.
    pub field: f64,
}

impl Default for Opacity {
    fn default() -> Self {
        Self { buildings: 1.0, streets: 1.0, areas: 1.0, field: 1.0 }
    }
}

impl Opacity {
    /// That of a layer; names, bridges and people have none.
    pub fn of(&mut self, layer: Layer) -> Option<&mut f64> {
        match layer {
            Layer::Buildings => Some(&mut self.buildings),
            Layer::Streets => Some(&mut self.streets),
            Layer::Areas => Some(&mut self.areas),
            Layer::Field => Some(&mut self.field),
            Layer::Labels | Layer::Structures | Layer::People => None,
        }
    }

    /// Numbers out of their limits become the nearest that are not.
    pub fn held(mut self) -> Self {
        for layer in Layer::ALL {
            if let Some(share) = self.of(layer) {
                *share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 1.0 };
            }
        }
        self
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

/// A note that stands at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// Its number; a note with the same one is replaced.
    pub number: u32,
    /// Where it stands: east, north, up, site metres.
    pub at_m: [f64; 3],
    /// What it says.
    pub text: String,
}

/// Longest note, characters.
pub const LONGEST_NOTE: usize = 2_000;

/// The part of the city that is shown: everything else is cut away.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionBox {
    /// West, south and lowest, site metres.
    pub low_m: [f64; 3],
    /// East, north and highest, site metres.
    pub high_m: [f64; 3],
}
