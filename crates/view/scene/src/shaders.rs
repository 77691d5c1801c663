//! The shaders of the view, built in; files are in `shaders/view`.

use bevy::asset::uuid_handle;
use bevy::prelude::*;
use bevy::shader::Shader;

/// Of [`crate::material::CityMaterial`].
pub const CITY_SHADER: Handle<Shader> = uuid_handle!("6f3a3f0e-2a0c-4c0e-9f6e-3d0b6d0a7c01");
/// Of the shadows of [`crate::material::CityMaterial`].
pub const SHADOW_SHADER: Handle<Shader> = uuid_handle!("6f3a3f0e-2a0c-4c0e-9f6e-3d0b6d0a7c03");
/// Of [`crate::sky::SkyMaterial`].
pub const SKY_SHADER: Handle<Shader> = uuid_handle!("6f3a3f0e-2a0c-4c0e-9f6e-3d0b6d0a7c02");

/// Of [`crate::coarse::Enlarge`].
pub const ENLARGE_SHADER: Handle<Shader> = uuid_handle!("6f3a3f0e-2a0c-4c0e-9f6e-3d0b6d0a7c04");

/// Makes them known to Bevy.
pub fn add(app: &mut App) {
    let mut shaders = app.world_mut().resource_mut::<Assets<Shader>>();
    let all = [
        (CITY_SHADER, futago_shaders::view::CITY, "view/city.wgsl"),
        (SHADOW_SHADER, futago_shaders::view::SHADOW, "view/shadow.wgsl"),
        (SKY_SHADER, futago_shaders::view::SKY, "view/sky.wgsl"),
        (ENLARGE_SHADER, futago_shaders::view::ENLARGE, "view/enlarge.wgsl"),
    ];
    for (handle, source, path) in all {
        // Ids are fixed, so nothing can be in their place.
        let _ = shaders.insert(handle.id(), Shader::from_wgsl(source, path));
    }
}
