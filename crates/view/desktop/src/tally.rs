//! What a frame costs: draw calls, triangles' memory on the graphics card, memory of the program.

use std::time::Instant;

use bevy::camera::visibility::{CascadesVisibleEntities, VisibleEntities};
use bevy::core_pipeline::prepass::DepthPrepass;
use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::render::renderer::RenderDevice;
use futago_scene::camera::Eye;
use futago_scene::city::TriangleCount;

/// What is counted.
#[derive(SystemParam)]
pub struct Tally<'w, 's> {
    eye: Query<'w, 's, (&'static VisibleEntities, Has<DepthPrepass>), With<Eye>>,
    lights: Query<'w, 's, (&'static DirectionalLight, &'static CascadesVisibleEntities)>,
    meshes: Query<'w, 's, (&'static TriangleCount, &'static ViewVisibility)>,
    device: Option<Res<'w, RenderDevice>>,
    started: Res<'w, Started>,
}

/// When the program began.
#[derive(Resource)]
pub struct Started(pub Instant);

impl Tally<'_, '_> {
    /// As one line of JSON. Draw calls are meshes times the passes they are drawn in; an engine that draws several
    /// at once makes fewer.
    pub fn tell(&self) -> serde_json::Value {
        let meshes = |visible: &VisibleEntities| visible.entities.values().map(Vec::len).sum::<usize>();
        let seen: usize =
            self.eye.iter().map(|(visible, prepass)| meshes(visible) * (1 + usize::from(prepass))).sum();
        let shadows = self.lights.iter().filter(|(light, _)| light.shadow_maps_enabled);
        let cast: usize = shadows
            .flat_map(|(_, c)| c.entities.values().flatten())
            .map(|cascade| cascade.entities.len())
            .sum();
        let report = self.device.as_ref().and_then(|d| d.wgpu_device().generate_allocator_report());
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        serde_json::json!({
            "since_start_s": self.started.0.elapsed().as_secs_f64(),
            "draw_calls": seen + cast,
            "triangles": self.meshes.iter().filter(|(_, v)| v.get()).map(|(count, _)| count.0).sum::<usize>(),
            "gpu_memory_mb": report.map(|report| megabytes(report.total_reserved_bytes)),
            "memory_mb": resident_bytes().map(megabytes),
        })
    }

    /// Destroys the device, as a driver that crashes does.
    pub fn lose_device(&self) {
        if let Some(device) = &self.device {
            device.wgpu_device().destroy();
        }
    }
}

/// Memory of this program, where the system tells it as a file.
fn resident_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
