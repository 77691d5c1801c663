//! Pictures of the view at any size, with panels or without, when everything is as asked.
//!
//! A picture of another size than the window's is drawn into memory: for its frames the eye looks there. Where edges
//! are not smoothed (no graphics card), a still is drawn at twice its size and made smaller.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use bevy::camera::{ImageRenderTarget, RenderTarget};
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::render::render_resource::TextureFormat;
use bevy::render::view::screenshot::{Screenshot, ScreenshotCaptured};
use bevy::window::{RequestRedraw, WindowRef};
use futago_scene::camera::{Eye, Moving, is_moving};
use futago_scene::quality::Quality;
use futago_scene::state::{Command, ViewState};
use futago_scene::study::Study;
use image::imageops::FilterType;
use jiff::Timestamp;

use crate::settings::Settings;
use crate::words::Words;

/// Frames without a change before a picture is taken: panels settle and meshes arrive late.
const CALM_FRAMES: u32 = 8;
/// The same between pictures of a film, where only the clock goes on.
const FILM_FRAMES: u32 = 3;
/// Largest side of a picture, pixels: every graphics card can.
pub const LARGEST: u32 = 8192;
/// Pixels that a machine without a graphics card draws in a few seconds.
const MOST_SMOOTHED: u32 = 2560 * 1440;
/// Width and height that panels are designed for; on larger pictures they are larger.
const DESIGNED: [f32; 2] = [1280.0, 720.0];

/// Where the view is drawn: a picture in memory, or the window.
#[derive(Resource, Debug, Clone, Default)]
pub struct Screen(pub Option<RenderTarget>);

impl Screen {
    /// For the eye.
    pub fn target(&self) -> RenderTarget {
        self.0.clone().unwrap_or(RenderTarget::Window(WindowRef::Primary))
    }
}

/// A picture in memory instead of a window.
pub fn memory(app: &mut App, size: [u32; 2]) -> RenderTarget {
    let mut images = app.world_mut().resource_mut::<Assets<Image>>();
    RenderTarget::Image(ImageRenderTarget { handle: images.add(blank(size)), scale_factor: 1.0 })
}

fn blank([width, height]: [u32; 2]) -> Image {
    Image::new_target_texture(width, height, TextureFormat::Rgba8UnormSrgb, None)
}

/// A picture to be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The file, a PNG.
    pub path: PathBuf,
    /// Its size, pixels; that of the window when none is named.
    pub size: Option<[u32; 2]>,
    /// With panels, or only with legend, clock, scale and credits.
    pub panels: bool,
    /// As part of a film: the instant that it shows.
    pub at: Option<Timestamp>,
}

impl Wanted {
    /// The view as it is.
    pub fn as_is(path: PathBuf) -> Self {
        Self { path, size: None, panels: true, at: None }
    }

    /// Pixels that are drawn for it, if not on the screen.
    fn drawn_size(&self, quality: &Quality) -> Option<[u32; 2]> {
        let size = self.size?;
        let smooths = quality.samples > 1 || self.at.is_some();
        let twice = size.map(|pixels| pixels * 2);
        Some(if smooths || twice[0] * twice[1] > MOST_SMOOTHED { size } else { twice })
    }
}

/// The pictures that are wanted.
#[derive(Resource, Default)]
pub struct Pictures {
    queue: VecDeque<Wanted>,
    now: Option<Taking>,
    /// Size of the picture in memory that the eye looks at, instead of the screen.
    aside: Option<[u32; 2]>,
    /// Why the last one was not written.
    pub failed: Option<String>,
}

struct Taking {
    wanted: Wanted,
    calm: u32,
    read: bool,
}

impl Pictures {
    /// Asks for a picture.
    pub fn take(&mut self, wanted: Wanted) {
        self.failed = None;
        self.queue.push_back(wanted);
    }

    /// Whether one is still to be taken or written.
    pub fn is_busy(&self) -> bool {
        self.now.is_some() || !self.queue.is_empty()
    }

    /// Pictures that are still to be taken.
    pub fn left(&self) -> usize {
        self.queue.len() + usize::from(self.now.is_some())
    }

    /// Forgets what is still to be taken.
    pub fn forget(&mut self) {
        self.queue.clear();
    }
}

/// What may still be moving.
#[derive(SystemParam)]
pub struct Calm<'w> {
    study: Res<'w, Study>,
    state: Res<'w, ViewState>,
    moving: Res<'w, Moving>,
    quality: Res<'w, Quality>,
}

impl Calm<'_> {
    fn is_calm(&self) -> bool {
        self.study.how_far().is_none() && !is_moving(&self.state, &self.moving) && !self.quality.resting
    }
}

/// Takes one after the other, each when nothing moves.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn take(
    mut pictures: ResMut<Pictures>,
    calm: Calm,
    screen: Res<Screen>,
    mut settings: ResMut<Settings>,
    eye: Single<(Entity, &RenderTarget), With<Eye>>,
    mut images: ResMut<Assets<Image>>,
    mut commands: Commands,
    mut orders: MessageWriter<Command>,
    mut redraw: MessageWriter<RequestRedraw>,
) {
    if !pictures.is_busy() {
        return;
    }
    redraw.write(RequestRedraw);
    let (entity, target) = *eye;
    if pictures.now.is_none()
        && let Some(wanted) = pictures.queue.pop_front()
    {
        let drawn = wanted.drawn_size(&calm.quality);
        if drawn != pictures.aside {
            let looks_at = drawn.map_or_else(|| screen.target(), |size| aside(size, &mut images));
            commands.entity(entity).insert(looks_at);
            pictures.aside = drawn;
        }
        settings.picture = !wanted.panels;
        if let Some(at) = wanted.at {
            orders.write(Command::Pass(at));
        }
        pictures.now = Some(Taking { wanted, calm: 0, read: false });
        return;
    }
    let Some(taking) = pictures.now.as_mut().filter(|taking| !taking.read) else { return };
    taking.calm = if calm.is_calm() { taking.calm + 1 } else { 0 };
    if taking.calm < if taking.wanted.at.is_some() { FILM_FRAMES } else { CALM_FRAMES } {
        return;
    }
    taking.read = true;
    commands.spawn(Screenshot(target.clone())).observe(written);
}

/// A picture in memory, with panels as large as on the screen they are designed for.
fn aside(size: [u32; 2], images: &mut Assets<Image>) -> RenderTarget {
    let scale_factor = (size[0] as f32 / DESIGNED[0]).min(size[1] as f32 / DESIGNED[1]).clamp(0.5, 8.0);
    RenderTarget::Image(ImageRenderTarget { handle: images.add(blank(size)), scale_factor })
}

fn written(
    captured: On<ScreenshotCaptured>,
    mut pictures: ResMut<Pictures>,
    mut settings: ResMut<Settings>,
    words: Res<Words>,
    screen: Res<Screen>,
    eye: Single<Entity, With<Eye>>,
    mut commands: Commands,
) {
    let Some(taking) = pictures.now.take() else { return };
    settings.picture = pictures.queue.front().is_some_and(|next| !next.panels);
    let image = captured.image.clone().try_into_dynamic().map_err(|e| e.to_string());
    let image = image.map(|image| {
        let image = image.to_rgb8();
        match taking.wanted.size.filter(|size| *size != [image.width(), image.height()]) {
            Some([width, height]) => image::imageops::resize(&image, width, height, FilterType::Triangle),
            None => image,
        }
    });
    let path = taking.wanted.path;
    let file = path.display().to_string();
    match image.and_then(|image| write(&path, &image)) {
        Ok(()) if taking.wanted.at.is_some() => {}
        Ok(()) => settings.notice = Some((words.format("view-saved", &[("file", file.into())]), false)),
        Err(why) => {
            let args = [("file", file.into()), ("why", why.clone().into())];
            settings.notice = Some((words.format("view-file-failed", &args), true));
            pictures.failed = Some(why);
            pictures.forget();
            settings.picture = false;
        }
    }
    // The next of a film is drawn in the same place.
    if pictures.queue.is_empty() && pictures.aside.take().is_some() {
        commands.entity(*eye).insert(screen.target());
    }
}

fn write(path: &Path, image: &image::RgbImage) -> Result<(), String> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).map_err(|e| e.to_string())?;
    crate::files::save(path, bytes.get_ref())
}
