//! How much is drawn, so that a weak machine stays fluent.
//!
//! While something moves, slow frames step the level down: first shadows, windows and distant detail go, then
//! several pixels are drawn as one ([`crate::coarse`]). A picture that stands still is drawn in full again. A
//! machine that was slow once begins its next movement at the level that it could keep; one without a graphics card
//! begins low. A level chosen by hand stays.

use bevy::input::keyboard::KeyboardInput;
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
    /// Whether depths are drawn before colours; WebGL2 cannot keep them.
    pub prepass: bool,
    /// How much is drawn at this moment.
    pub level: Level,
    /// Who chooses.
    pub choice: Choice,
    /// Whether the full picture is still to come.
    pub resting: bool,
}

/// How much is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Everything.
    #[default]
    Full,
    /// No shadows and windows, the distance coarsely.
    Plain,
    /// The same with a quarter of the pixels.
    Coarse,
    /// The same with a ninth of the pixels.
    Coarsest,
}

impl Level {
    const ALL: [Self; 4] = [Self::Full, Self::Plain, Self::Coarse, Self::Coarsest];

    fn below(self) -> Self {
        Self::ALL[(self as usize + 1).min(Self::ALL.len() - 1)]
    }

    fn above(self) -> Self {
        Self::ALL[(self as usize).saturating_sub(1)]
    }

    /// Pixels along a side that are drawn as one.
    pub fn pixels(self) -> u32 {
        match self {
            Self::Full | Self::Plain => 1,
            Self::Coarse => 2,
            Self::Coarsest => 3,
        }
    }
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
/// As much slowness, in slow frames, is borne before a step down.
const PATIENCE: f32 = 3.0;
/// So many quick frames in a row show that more can be drawn.
const QUICK_FRAMES: u32 = 60;
/// A movement that pauses for less is still the same one.
const REST_S: f32 = 0.35;

impl Quality {
    /// For a graphics card.
    pub const HIGH: Self = Self {
        shadow_map: 4096,
        shadow_cascades: 3,
        samples: 4,
        prepass: true,
        level: Level::Full,
        choice: Choice::Automatic,
        resting: false,
    };
    /// For a software adapter.
    pub const LOW: Self = Self { shadow_map: 2048, shadow_cascades: 2, samples: 1, ..Self::HIGH };

    /// Whether shadows and windows are drawn.
    pub fn is_full(&self) -> bool {
        self.level == Level::Full
    }

    /// The degree of detail of a block at a distance, metres; 0 is the finest.
    pub fn detail_at(&self, distance_m: f32) -> usize {
        let ends_m = match self.level {
            Level::Full => [f32::INFINITY; 2],
            Level::Plain => [250.0, 1_000.0],
            Level::Coarse => [100.0, 500.0],
            Level::Coarsest => [0.0, 300.0],
        };
        ends_m.iter().filter(|end| distance_m >= **end).count()
    }

    /// For WebGL2, which has one shadow map.
    pub const WEB: Self = Self { shadow_map: 2048, shadow_cascades: 1, prepass: false, ..Self::HIGH };

    /// What suits a graphics card; little when there is none.
    pub fn for_adapter(adapter: Option<&RenderAdapterInfo>) -> Self {
        match adapter {
            Some(adapter) if adapter.backend == wgpu::Backend::Gl => Self::WEB,
            Some(adapter) if adapter.device_type != wgpu::DeviceType::Cpu => Self::HIGH,
            _ => Self::LOW,
        }
    }
}

/// What frames have shown so far.
#[derive(Debug, Default)]
pub struct Pace {
    /// The level that a movement begins with.
    kept: Level,
    strain: f32,
    quick: u32,
    stood_s: f32,
    moved: bool,
}

impl Pace {
    /// The first picture is drawn at this level, so that it is there soon, and then in full.
    fn beginning(kept: Level) -> Self {
        Self { kept, moved: true, ..Self::default() }
    }

    /// The level after a frame.
    fn after(&mut self, moves: bool, frame_s: f32) -> Level {
        self.stood_s = if moves { 0.0 } else { self.stood_s + frame_s };
        if self.stood_s > REST_S || !(moves || self.moved) {
            *self = Self { kept: self.kept, ..Self::default() };
            return Level::Full;
        }
        // The frame at which a movement begins tells of the time before; a pause tells nothing.
        if moves && self.moved {
            self.judge(frame_s);
        }
        self.moved |= moves;
        self.kept
    }

    fn judge(&mut self, frame_s: f32) {
        if frame_s > SLOW_S {
            (self.strain, self.quick) = (self.strain + frame_s / SLOW_S, 0);
        } else {
            self.strain = 0.0;
            self.quick = if frame_s < SLOW_S * 0.25 { self.quick + 1 } else { 0 };
        }
        if self.strain > PATIENCE {
            // A frame that is much too slow goes down at once.
            let at_once = if self.strain > 2.0 * PATIENCE { Level::Coarse } else { Level::Full };
            self.kept = self.kept.below().max(at_once);
            self.strain = 0.0;
        } else if self.quick > QUICK_FRAMES {
            (self.kept, self.quick) = (self.kept.above(), 0);
        }
    }
}

/// Follows the time of frames.
pub fn step(
    state: Res<ViewState>,
    moving: Res<Moving>,
    time: Res<Time<Real>>,
    mut quality: ResMut<Quality>,
    mut pointer: MessageReader<CursorMoved>,
    mut keys: MessageReader<KeyboardInput>,
    mut pace: Local<Option<Pace>>,
) {
    let software = quality.samples == 1;
    let pace = pace.get_or_insert(Pace::beginning(if software { Level::Coarse } else { Level::Full }));
    // Where a full picture takes a second, panels must not wait for one each time the pointer moves.
    let touched = software && pointer.read().count() + keys.read().count() > 0;
    let moves = is_moving(&state, &moving) || state.clock.playing || touched;
    let level = match quality.choice {
        Choice::Full => Level::Full,
        Choice::Light => Level::Plain,
        Choice::Automatic => pace.after(moves, time.delta_secs()),
    };
    let resting = level != Level::Full && quality.choice == Choice::Automatic;
    quality.set_if_neq(Quality { level, resting, ..*quality });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Levels after so many frames of the same length.
    fn frames(pace: &mut Pace, count: usize, moves: bool, frame_s: f32) -> Level {
        (0..count).map(|_| pace.after(moves, frame_s)).last().unwrap_or_default()
    }

    #[test]
    fn a_slow_machine_steps_down_and_remembers_it() {
        let mut pace = Pace::default();
        assert_eq!(frames(&mut pace, 30, true, 0.02), Level::Full);
        assert_eq!(frames(&mut pace, 4, true, 0.09), Level::Plain);
        assert_eq!(frames(&mut pace, 3, true, 0.09), Level::Coarse);
        assert_eq!(frames(&mut pace, 3, false, 0.1), Level::Coarse, "a short pause is part of the movement");
        assert_eq!(frames(&mut pace, 3, false, 0.1), Level::Full, "what stands is drawn in full");
        assert_eq!(frames(&mut pace, 1, true, 0.7), Level::Coarse, "it knows itself by now");
        assert_eq!(frames(&mut pace, 140, true, 0.01), Level::Full, "and it can learn better");
        assert_eq!(frames(&mut pace, 40, true, 0.12), Level::Coarsest, "there is nothing below the last");
    }

    #[test]
    fn a_weak_machine_shows_something_soon_and_all_of_it_later() {
        let mut pace = Pace::beginning(Level::Coarse);
        assert_eq!(frames(&mut pace, 3, false, 0.1), Level::Coarse);
        assert_eq!(frames(&mut pace, 2, false, 0.1), Level::Full);
        assert_eq!(frames(&mut pace, 9, false, 0.1), Level::Full, "it stays");
    }

    #[test]
    fn one_frame_of_half_a_second_is_enough() {
        let mut pace = Pace::default();
        frames(&mut pace, 1, true, 0.02);
        assert_eq!(frames(&mut pace, 1, true, 0.6), Level::Coarse);
    }
}
