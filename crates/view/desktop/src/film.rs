//! A film of a day: a picture every few minutes of the clock, and one video file where an encoder is there.
//!
//! Frames are PNG files with legend, clock and credits. `ffmpeg`, when the system has it, makes them an MP4.

use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use bevy::prelude::*;
use futago_scene::clock::Clock;
use futago_scene::state::{Command, ViewState};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::settings::Settings;
use crate::shot::{Pictures, Wanted};
use crate::words::Words;

/// What to film.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// First and last full hour, Japan Standard Time, of the clock's day.
    pub hours: [i8; 2],
    /// Minutes of the clock from frame to frame.
    pub step_min: u32,
    /// Size of a frame, pixels; even, as encoders want it.
    pub size: [u32; 2],
}

impl Default for Plan {
    fn default() -> Self {
        Self { hours: [6, 18], step_min: 10, size: [1280, 720] }
    }
}

/// Frames a second of the video.
const FRAMES_A_SECOND: u32 = 12;

impl Plan {
    /// The instants of the frames.
    pub fn instants(&self, clock: &Clock) -> Vec<Timestamp> {
        let [first, last] = self.hours.map(|hour| u32::from(hour.clamp(0, 24).unsigned_abs()) * 60);
        let mut clock = *clock;
        (first..=last.max(first))
            .step_by(self.step_min.max(1) as usize)
            .map(|minute| {
                clock.set_minute_of_day(f64::from(minute));
                clock.at
            })
            .collect()
    }
}

/// The film that is being made.
#[derive(Resource, Default)]
pub struct Film {
    now: Option<Rolling>,
}

struct Rolling {
    folder: PathBuf,
    frames: usize,
    before: Timestamp,
    encoder: Option<Child>,
}

impl Film {
    /// Begins to film into a folder, which is made.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn begin(
        &mut self,
        plan: &Plan,
        folder: &Path,
        clock: &Clock,
        pictures: &mut Pictures,
    ) -> Result<(), String> {
        std::fs::create_dir_all(folder).map_err(|e| e.to_string())?;
        let instants = plan.instants(clock);
        for (i, at) in instants.iter().enumerate() {
            let path = folder.join(format!("frame-{i:04}.png"));
            let size = Some(plan.size.map(|pixels| pixels & !1));
            pictures.take(Wanted { path, size, panels: false, at: Some(*at) });
        }
        let (folder, before) = (folder.to_owned(), clock.at);
        self.now = Some(Rolling { folder, frames: instants.len(), before, encoder: None });
        Ok(())
    }

    /// Whether one is being made.
    pub fn is_rolling(&self) -> bool {
        self.now.is_some()
    }

    /// Frames that are written, and all of them.
    pub fn how_far(&self, pictures: &Pictures) -> Option<[usize; 2]> {
        self.now.as_ref().map(|now| [now.frames.saturating_sub(pictures.left()), now.frames])
    }

    /// Ends it; the frames so far stay.
    pub fn cancel(&mut self, pictures: &mut Pictures) {
        pictures.forget();
        if let Some(Rolling { encoder: Some(encoder), .. }) = &mut self.now {
            // It may just have ended by itself.
            let _ = encoder.kill();
        }
    }
}

/// Watches frames and encoder.
pub fn roll(
    mut film: ResMut<Film>,
    pictures: Res<Pictures>,
    state: Res<ViewState>,
    words: Res<Words>,
    mut settings: ResMut<Settings>,
    mut commands: MessageWriter<Command>,
    mut redraw: MessageWriter<bevy::window::RequestRedraw>,
) {
    if film.now.is_none() {
        return;
    }
    redraw.write(bevy::window::RequestRedraw);
    if pictures.is_busy() {
        return;
    }
    let Some(now) = film.now.as_mut() else { return };
    if state.clock.at != now.before {
        commands.write(Command::Pass(now.before));
    }
    if pictures.failed.is_none() && now.encoder.is_none() {
        now.encoder = encode(&now.folder);
    }
    let video = match now.encoder.as_mut().map(Child::try_wait) {
        Some(Ok(None)) => return,
        Some(Ok(Some(status))) => status.success(),
        _ => false,
    };
    let folder = now.folder.display().to_string();
    film.now = None;
    if pictures.failed.is_none() {
        let key = if video { "view-film-saved" } else { "view-film-frames" };
        settings.notice = Some((words.format(key, &[("file", folder.into())]), false));
    }
}

/// Makes frames a video, where there is a program for it.
fn encode(folder: &Path) -> Option<Child> {
    let rate = FRAMES_A_SECOND.to_string();
    std::process::Command::new("ffmpeg")
        .args(["-y", "-loglevel", "error", "-framerate", &rate, "-i", "frame-%04d.png"])
        .args(["-pix_fmt", "yuv420p", "-movflags", "+faststart", "film.mp4"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn a_day_has_a_frame_every_few_minutes() {
        let clock = Clock::standing_at(date(2026, 12, 22), time(12, 0, 0, 0));
        let instants = Plan { hours: [8, 16], step_min: 30, ..Plan::default() }.instants(&clock);
        assert_eq!(instants.len(), 17);
        assert_eq!(instants[0].to_string(), "2026-12-21T23:00:00Z");
        assert_eq!(instants[16].to_string(), "2026-12-22T07:00:00Z");
        assert_eq!(
            Plan { hours: [9, 3], ..Plan::default() }.instants(&clock).len(),
            1,
            "nothing runs backwards"
        );
    }
}
