//! A part of the pixels, enlarged: what a slow machine draws while something moves.
//!
//! The main pass draws into the upper left part of its picture; one pass over the whole picture enlarges that
//! part. Panels and names are drawn afterwards and stay sharp.

use bevy::camera::MainPassResolutionOverride;
use bevy::core_pipeline::fullscreen_material::{FullscreenMaterial, FullscreenMaterialPlugin};
use bevy::core_pipeline::prepass::DepthPrepass;
use bevy::prelude::*;
use bevy::render::extract_component::ExtractComponent;
use bevy::render::render_resource::ShaderType;
use bevy::render::sync_world::RenderEntity;
use bevy::render::{Extract, ExtractSchedule, RenderApp};
use bevy::shader::ShaderRef;

use crate::camera::Eye;
use crate::quality::Quality;
use crate::shaders::ENLARGE_SHADER;

/// On an eye: its main pass draws only a part of its picture.
#[derive(Component, ExtractComponent, ShaderType, Debug, Clone, Copy, Default, PartialEq)]
pub struct Enlarge {
    /// The part, of width and height. The rest is room: WebGL2 wants 16 bytes.
    share: Vec4,
}

impl Enlarge {
    /// The part of a picture of this size, pixels.
    fn of(self, size: UVec2) -> UVec2 {
        (size.as_vec2() * self.share.xy()).round().as_uvec2().max(UVec2::ONE)
    }
}

impl FullscreenMaterial for Enlarge {
    fn fragment_shader() -> ShaderRef {
        ENLARGE_SHADER.into()
    }
}

/// Adds the pass.
pub fn add(app: &mut App) {
    app.add_plugins(FullscreenMaterialPlugin::<Enlarge>::default());
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.add_systems(ExtractSchedule, draw_a_part);
    }
}

/// Pixels of an eye's picture that are drawn for one of the screen, along a side.
pub fn drawn_share(enlarge: Option<&Enlarge>) -> f32 {
    enlarge.map_or(1.0, |enlarge| enlarge.share.x)
}

type Looks = (Entity, &'static Camera, Option<&'static Enlarge>, Has<DepthPrepass>);

/// Gives the eye what its level needs.
pub fn follow(quality: Res<Quality>, eye: Single<Looks, With<Eye>>, mut commands: Commands) {
    let (entity, camera, now, has_prepass) = *eye;
    let pixels = quality.level.pixels();
    let wanted = camera
        .physical_viewport_size()
        .filter(|_| pixels > 1)
        .map(|size| (size / pixels).max(UVec2::ONE).as_vec2() / size.as_vec2())
        .map(|share| Enlarge { share: share.extend(0.0).extend(0.0) });
    if now != wanted.as_ref() {
        match wanted {
            Some(enlarge) => commands.entity(entity).insert(enlarge),
            None => commands.entity(entity).remove::<Enlarge>(),
        };
    }
    // In full, colours are asked for once a pixel and not for all that lies behind it. Plain colours cost less
    // than drawing everything twice.
    let wants_prepass = quality.is_full() && quality.prepass;
    if wants_prepass != has_prepass {
        match wants_prepass {
            true => commands.entity(entity).insert(DepthPrepass),
            false => commands.entity(entity).remove::<DepthPrepass>(),
        };
    }
}

type Drawn = (RenderEntity, &'static Camera, Option<&'static Enlarge>);

fn draw_a_part(eyes: Extract<Query<Drawn, With<Eye>>>, mut commands: Commands) {
    for (entity, camera, enlarge) in &eyes {
        match enlarge.zip(camera.physical_viewport_size()) {
            Some((part, size)) => commands.entity(entity).insert(MainPassResolutionOverride(part.of(size))),
            None => commands.entity(entity).remove::<MainPassResolutionOverride>(),
        };
    }
}
