//! Pictures of the window, when everything is as asked.

use std::path::{Path, PathBuf};

use bevy::prelude::*;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use futago_scene::camera::{Moving, is_moving};
use futago_scene::state::ViewState;
use futago_scene::study::Study;

use crate::settings::Settings;
use crate::words::Words;

/// Frames without a change before a picture is taken: meshes and pipelines arrive late.
const CALM_FRAMES: u32 = 8;

/// The picture that is wanted.
#[derive(Resource, Default)]
pub struct Pictures {
    wanted: Option<PathBuf>,
    calm: u32,
    under_way: bool,
    /// Why the last one was not written.
    pub failed: Option<String>,
}

impl Pictures {
    /// Asks for a picture.
    pub fn take(&mut self, path: PathBuf) {
        *self = Self { wanted: Some(path), ..Self::default() };
    }

    /// Whether one is still to be taken or written.
    pub fn is_busy(&self) -> bool {
        self.wanted.is_some() || self.under_way
    }
}

/// Takes it when nothing moves.
pub fn take(
    mut commands: Commands,
    mut pictures: ResMut<Pictures>,
    study: Res<Study>,
    state: Res<ViewState>,
    moving: Res<Moving>,
    mut redraw: MessageWriter<bevy::window::RequestRedraw>,
) {
    if pictures.wanted.is_none() {
        return;
    }
    redraw.write(bevy::window::RequestRedraw);
    let calm = study.how_far().is_none() && !is_moving(&state, &moving);
    pictures.calm = if calm { pictures.calm + 1 } else { 0 };
    if pictures.calm < CALM_FRAMES {
        return;
    }
    let Some(path) = pictures.wanted.take() else { return };
    pictures.under_way = true;
    commands.spawn(Screenshot::primary_window()).observe(
        move |captured: On<ScreenshotCaptured>,
              mut pictures: ResMut<Pictures>,
              mut settings: ResMut<Settings>,
              words: Res<Words>| {
            pictures.under_way = false;
            let image = captured.image.clone().try_into_dynamic().map_err(|e| e.to_string());
            let written = image.and_then(|image| write(&path, &image.to_rgb8()));
            let file = path.display().to_string();
            match written {
                Ok(()) => {
                    settings.notice = Some((words.format("view-saved", &[("file", file.into())]), false))
                }
                Err(why) => {
                    let args = [("file", file.into()), ("why", why.clone().into())];
                    settings.notice = Some((words.format("view-file-failed", &args), true));
                    pictures.failed = Some(why);
                }
            }
        },
    );
}

fn write(path: &Path, image: &image::RgbImage) -> Result<(), String> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).map_err(|e| e.to_string())?;
    crate::files::save(path, bytes.get_ref())
}
