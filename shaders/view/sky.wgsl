// The sky behind everything: a dome whose colours follow the sun. See crates/view/scene/src/sky.rs.

#import bevy_pbr::forward_io::VertexOutput
#import bevy_pbr::mesh_view_bindings::view

struct SkyLook {
    // Direction to the sun; its strength.
    sun: vec4<f32>,
    zenith: vec4<f32>,
    horizon: vec4<f32>,
    glow: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> look: SkyLook;

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let toward = normalize(in.world_position.xyz - view.world_position);
    let up = max(toward.y, 0.0);
    var colour = mix(look.horizon.rgb, look.zenith.rgb, 1.0 - pow(1.0 - up, 3.2));
    let near_sun = max(dot(toward, look.sun.xyz), 0.0);
    colour += look.glow.rgb * (pow(near_sun, 6.0) * 0.35 + pow(near_sun, 60.0) * 0.5);
    colour += look.glow.rgb * smoothstep(0.99985, 0.99995, near_sun) * 6.0 * look.sun.w;
    return vec4<f32>(colour, 1.0);
}
