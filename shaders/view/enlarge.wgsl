// A part of the picture over all of it. See crates/view/scene/src/coarse.rs.

#import bevy_core_pipeline::fullscreen_vertex_shader::FullscreenVertexOutput

struct Enlarge {
    // The part, of width and height. The rest is room: WebGL2 wants 16 bytes.
    share: vec4<f32>,
}

@group(0) @binding(0) var picture: texture_2d<f32>;
@group(0) @binding(1) var picture_sampler: sampler;
@group(0) @binding(2) var<uniform> enlarge: Enlarge;

@fragment
fn fragment(in: FullscreenVertexOutput) -> @location(0) vec4<f32> {
    // Not beyond the last pixel's middle: what lies there was not drawn.
    let half_pixel = 0.5 / vec2<f32>(textureDimensions(picture));
    return textureSample(picture, picture_sampler, min(in.uv * enlarge.share.xy, enlarge.share.xy - half_pixel));
}
