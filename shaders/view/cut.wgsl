// What the material knows, and which of its pixels are there. In front of city.wgsl and shadow.wgsl.

struct Look {
    // Direction to the sun; its strength, 0 when it is down.
    sun: vec4<f32>,
    sun_colour: vec4<f32>,
    // Light from above and from the ground, haze at the horizon.
    sky_colour: vec4<f32>,
    ground_colour: vec4<f32>,
    haze_colour: vec4<f32>,
    // Field on the ground: west, south, width, depth in metres.
    field_area: vec4<f32>,
    // Strength of the field, of lit windows, metres at which haze has taken half, opacity of buildings.
    shares: vec4<f32>,
    // Pixel at which before and after are parted (0: not), 1 for underground, first slot of the palette,
    // 1 for streets over the field.
    modes: vec4<f32>,
    // What is shown when the last number is 1: Bevy's axes.
    section_low: vec4<f32>,
    // The last number: from a building's entry to that of its colour before the swipe, 0 when there is none.
    section_high: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> look: Look;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var colours: texture_2d<f32>;
const COLOUR_COLUMNS: u32 = 256u;

// An object's colour, and in the last number how it is shown.
fn entry_of(id: u32) -> vec4<f32> {
    return textureLoad(colours, vec2<u32>(id % COLOUR_COLUMNS, id / COLOUR_COLUMNS), 0);
}

// Whether a pixel lies before the swipe.
fn is_before(pixel: vec2<f32>) -> bool {
    return look.modes.x > 0.0 && pixel.x < look.modes.x;
}

// Whether a thing is there on this side of the swipe.
fn is_there(code: f32, is_before: bool) -> bool {
    if code < 0.1 {
        return false;
    }
    if code < 0.4 {
        return is_before;
    }
    return code < 0.6 || code > 0.9 || !is_before;
}

// Whether a place is outside the section box.
fn is_cut(at: vec3<f32>) -> bool {
    return look.section_low.w > 0.5 && at.y > -1000.0
        && (any(at < look.section_low.xyz) || any(at > look.section_high.xyz));
}

// Whether a pixel is left out so that what lies behind shows through: a regular sieve, the same for every frame.
fn is_thinned(id: u32, pixel: vec2<f32>) -> bool {
    if id < 64u || f32(id) >= look.modes.z || look.shares.w > 0.99 {
        return false;
    }
    let at = vec2<u32>(pixel) & vec2<u32>(3u);
    // Bayer's order of a square of 4 x 4 pixels, bit by bit.
    let low = ((at.x ^ at.y) & 1u) * 2u + (at.y & 1u);
    let high = (((at.x ^ at.y) >> 1u) & 1u) * 2u + ((at.y >> 1u) & 1u);
    return (f32(low * 4u + high) + 0.5) / 16.0 >= look.shares.w;
}
