//! Sun, sky and light, from the real position of the sun at the clock's time.
//!
//! The sun's place is that of `futago_sunlight::solar` (NREL SPA). Colours are our own: they follow the sun's
//! altitude through day, golden hour, dusk and night, and claim nothing.

use bevy::asset::RenderAssetUsages;
use bevy::camera::visibility::NoFrustumCulling;
use bevy::light::{CascadeShadowConfigBuilder, NotShadowCaster, NotShadowReceiver};
use bevy::mesh::MeshVertexBufferLayoutRef;
use bevy::pbr::{MaterialPipeline, MaterialPipelineKey};
use bevy::prelude::*;
use bevy::render::render_resource::{
    AsBindGroup, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
};
use bevy::shader::ShaderRef;
use futago_geodesy::LonLat;
use futago_sunlight::solar::{Observer, Sun, position};

use crate::city::TheCity;
use crate::clock::Clock;
use crate::material::{CityMaterial, Look};
use crate::quality::Quality;
use crate::shaders::SKY_SHADER;
use crate::state::ViewState;

/// Radius of the dome, metres.
const DOME_M: f32 = 60_000.0;

/// The dome's look; see `shaders/view/sky.wgsl`.
#[derive(Debug, Clone, Copy, Default, ShaderType)]
pub struct SkyLook {
    sun: Vec4,
    zenith: Vec4,
    horizon: Vec4,
    glow: Vec4,
}

/// Material of the dome.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone, Default)]
pub struct SkyMaterial {
    #[uniform(0)]
    look: SkyLook,
}

impl Material for SkyMaterial {
    fn fragment_shader() -> ShaderRef {
        SKY_SHADER.into()
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }

    fn specialize(
        _: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _: &MeshVertexBufferLayoutRef,
        _: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        // It is seen from inside.
        descriptor.primitive.cull_mode = None;
        Ok(())
    }
}

/// The dome, which goes along with the eye.
#[derive(Component)]
pub struct SkyDome;

/// The sun's light.
#[derive(Component)]
pub struct SunLight;

/// Where the sun is.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct SunNow {
    /// Azimuth from grid north and altitude.
    pub sun: Sun,
}

/// Spawns sun and dome.
pub fn spawn(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<SkyMaterial>>,
    quality: Res<Quality>,
) {
    commands.spawn((
        SunLight,
        DirectionalLight { illuminance: 10_000.0, shadow_maps_enabled: true, ..default() },
        CascadeShadowConfigBuilder {
            num_cascades: quality.shadow_cascades,
            minimum_distance: 5.0,
            maximum_distance: 4_000.0,
            first_cascade_far_bound: if quality.shadow_cascades > 1 { 700.0 } else { 4_000.0 },
            overlap_proportion: 0.15,
        }
        .build(),
        Transform::default(),
    ));
    let mut dome =
        Sphere::new(DOME_M).mesh().ico(4).unwrap_or_else(|_| Sphere::new(DOME_M).mesh().uv(32, 18));
    dome.asset_usage = RenderAssetUsages::RENDER_WORLD;
    commands.spawn((
        SkyDome,
        Mesh3d(meshes.add(dome)),
        MeshMaterial3d(materials.add(SkyMaterial::default())),
        NoFrustumCulling,
        NotShadowCaster,
        NotShadowReceiver,
    ));
}

/// Whether the time is another than in the last frame, or shadows came or went.
pub fn changed(
    state: Res<ViewState>,
    quality: Res<Quality>,
    mut last: Local<Option<(jiff::Timestamp, bool)>>,
) -> bool {
    let now = (state.clock.at, quality.is_full());
    let changed = *last != Some(now);
    *last = Some(now);
    changed
}

/// Puts the sun where the clock has it, and the light with it.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn follow_clock(
    state: Res<ViewState>,
    city: Res<TheCity>,
    mut commands: Commands,
    mut light: Single<(&mut Transform, &mut DirectionalLight), With<SunLight>>,
    dome: Single<&MeshMaterial3d<SkyMaterial>, With<SkyDome>>,
    mut skies: ResMut<Assets<SkyMaterial>>,
    mut materials: ResMut<Assets<CityMaterial>>,
    mut clear: ResMut<ClearColor>,
    quality: Res<Quality>,
) {
    let Some(sun) = sun_at(&state.clock, &city) else { return };
    commands.insert_resource(SunNow { sun });
    let [east, north, up] = sun.toward().map(|v| v as f32);
    let toward = Vec3::new(east, up, -north);
    let day = DayLight::at(up.asin());
    let (transform, directional) = &mut *light;
    **transform = Transform::default().looking_to(-toward, Vec3::Y);
    directional.shadow_maps_enabled = day.sun > 0.0 && quality.is_full();
    let sun = toward.extend(day.sun);
    if let Some(mut sky) = skies.get_mut(&dome.0) {
        sky.look = SkyLook {
            sun,
            zenith: day.zenith.extend(1.0),
            horizon: day.horizon.extend(1.0),
            glow: day.glow.extend(1.0),
        };
    }
    clear.0 = Color::linear_rgb(day.horizon.x, day.horizon.y, day.horizon.z);
    for (_, material) in materials.iter_mut() {
        let old = material.look;
        material.look = Look {
            sun,
            sun_colour: day.sun_colour.extend(1.0),
            sky_colour: day.ambient.extend(1.0),
            ground_colour: (day.ambient * Vec3::new(0.62, 0.58, 0.52)).extend(1.0),
            haze_colour: day.horizon.extend(1.0),
            shares: Vec4::new(old.shares.x, day.windows, 15_000.0, old.shares.w),
            ..old
        };
    }
}

/// The sun over the city at the clock's time.
pub fn sun_at(clock: &Clock, city: &TheCity) -> Option<Sun> {
    let frame = &city.model.about.frame;
    let here: LonLat = frame.lonlat_from_site([0.0, 0.0]).ok()?;
    let position = position(clock.at, Observer::at(here.lon_deg, here.lat_deg)).ok()?;
    let convergence = frame.zone().ok()?.meridian_convergence_rad(here);
    Some(Sun::from_true_north(position.azimuth_deg, 90.0 - position.zenith_deg, convergence))
}

/// Colours of light, linear.
struct DayLight {
    sun: f32,
    sun_colour: Vec3,
    ambient: Vec3,
    zenith: Vec3,
    horizon: Vec3,
    glow: Vec3,
    windows: f32,
}

impl DayLight {
    fn at(altitude_rad: f32) -> Self {
        let degrees = altitude_rad.to_degrees();
        let ramp = |low: f32, high: f32| {
            let t = ((degrees - low) / (high - low)).clamp(0.0, 1.0);
            t * t * (3.0 - 2.0 * t)
        };
        // 0 at night, 1 by day; 1 when the sun stands clear of the haze.
        let (day, high) = (ramp(-7.0, 5.0), ramp(2.0, 28.0));
        let golden = ramp(-6.0, 2.0) * (1.0 - high);
        let sun_colour = Vec3::new(1.60, 0.84, 0.40).lerp(Vec3::new(1.62, 1.46, 1.22), high);
        let night = [Vec3::new(0.012, 0.018, 0.040), Vec3::new(0.035, 0.042, 0.075)];
        let zenith =
            night[0].lerp(Vec3::new(0.10, 0.28, 0.66), day).lerp(Vec3::new(0.14, 0.24, 0.48), golden * 0.6);
        let horizon =
            night[1].lerp(Vec3::new(0.60, 0.72, 0.86), day).lerp(Vec3::new(0.88, 0.62, 0.44), golden * 0.7);
        Self {
            sun: ramp(-0.6, 4.0) * (0.55 + 0.45 * high),
            sun_colour,
            ambient: Vec3::new(0.035, 0.045, 0.080)
                .lerp(Vec3::new(0.22, 0.28, 0.38), day)
                .lerp(Vec3::new(0.24, 0.22, 0.28), golden * 0.6),
            zenith,
            horizon,
            glow: sun_colour * ramp(-6.0, 1.0) * (0.25 + 0.75 * (1.0 - high)),
            windows: 1.0 - ramp(-5.0, 6.0),
        }
    }
}
