//! How much is drawn, so that a weak machine stays fluent.
//!
//! The level follows the time that frames take while something moves: three slow ones in a row step it down, and
//! a picture that stands still is drawn at the best level again. A level chosen by hand stays.

use bevy::prelude::*;
use bevy::render::renderer::RenderAdapterInfo;
use serde::{Deserialize, Serialize};

use crate::camera::{Moving, is_moving};
use crate::state::ViewState;

/// Settings that cost frame time.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Texels along a side of a shadow map.
    pub shadow_map: usize,
    /// Shadow maps, near to far.
    pub shadow_cascades: usize,
    /// Samples a pixel: 1 or 4.
    pub samples: u32,
    /// Whether there are shadows, windows and distant roofs at this moment.
    pub shadows: bool,
    /// Who chooses.
    pub choice: Choice,
}

/// Who chooses the quality.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The time that frames take.
    #[default]
    Automatic,
    /// The user: everything.
    Full,
    /// The user: no shadows.
    Light,
}

/// Slower frames are not fluent.
const SLOW_S: f32 = 1.0 / 14.0;

impl Quality {
    /// For a graphics card.
    pub const HIGH: Self =
        Self { shadow_map: 4096, shadow_cascades: 3, samples: 4, shadows: true, choice: Choice::Automatic };
    /// For a software adapter.
    pub const LOW: Self =
        Self { shadow_map: 2048, shadow_cascades: 2, samples: 1, shadows: true, choice: Choice::Automatic };

    /// The degree of detail of a tile at a distance, metres; 0 is the finest.
    pub fn level_at(&self, distance_m: f32) -> usize {
        match distance_m {
            _ if self.shadows => 0,
            near if near < 450.0 => 0,
            middle if middle < 1_300.0 => 1,
            _ => 2,
        }
    }

    /// What suits a graphics card; little when there is none.
    pub fn for_adapter(adapter: Option<&RenderAdapterInfo>) -> Self {
        let software = adapter.is_none_or(|adapter| adapter.device_type == wgpu::DeviceType::Cpu);
        if software { Self::LOW } else { Self::HIGH }
    }
}

/// Steps shadows, windows and distant detail down while frames are slow and something moves, and up again when it stands.
pub fn step(
    state: Res<ViewState>,
    moving: Res<Moving>,
    time: Res<Time<Real>>,
    mut quality: ResMut<Quality>,
    mut slow: Local<u32>,
) {
    let moves = is_moving(&state, &moving);
    let shadows = match quality.choice {
        Choice::Full => true,
        Choice::Light => false,
        Choice::Automatic => {
            *slow = if moves && time.delta_secs() > SLOW_S { *slow + 1 } else { *slow };
            *slow = if moves { *slow } else { 0 };
            *slow < 3
        }
    };
    if quality.shadows != shadows {
        quality.shadows = shadows;
    }
}
