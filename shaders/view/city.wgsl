// How the city looks: one material for ground, streets, walls and roofs. Bevy's dialect of WGSL; the passes of
// simulations never use it. See crates/view/scene/src/material.rs.

@group(#{MATERIAL_BIND_GROUP}) @binding(2) var field: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(3) var field_sampler: sampler;
@group(#{MATERIAL_BIND_GROUP}) @binding(4) var before: texture_2d<f32>;

const STOREY_M: f32 = 3.8;
const BAY_M: f32 = 3.2;

// A number between 0 and 1 for a whole place.
fn noise(at: vec2<f32>) -> f32 {
    let place = vec2<u32>(vec2<i32>(at));
    var mixed = place.x * 0x9E3779B9u ^ place.y * 0x85EBCA6Bu;
    mixed = (mixed ^ (mixed >> 15u)) * 0x2C1B3C6Du;
    return f32(mixed >> 8u) / 16777216.0;
}

// How much of a pixel of width `w` lies between two fractions of a repeating pattern.
fn band(x: f32, low: f32, high: f32, w: f32) -> f32 {
    let f = fract(x);
    let soft = max(w, 0.001);
    let inside = smoothstep(low - soft, low + soft, f) * (1.0 - smoothstep(high - soft, high + soft, f));
    // Where a pixel holds several repeats, their mean.
    return mix(inside, high - low, smoothstep(0.12, 0.42, w));
}

struct Facade {
    // Share of glass, light from inside.
    glass: f32,
    lit: f32,
}

// `pixel` is what a pixel covers along the wall and upwards, metres.
fn facade(along: f32, height: f32, top: f32, id: u32, pixel: vec2<f32>) -> Facade {
    let tower = smoothstep(45.0, 90.0, top);
    let bay = mix(BAY_M, 2.2, tower);
    let x = along / bay;
    let y = height / STOREY_M;
    let wx = pixel.x / bay;
    let wy = pixel.y / STOREY_M;
    let rows = band(y, mix(0.32, 0.18, tower), mix(0.78, 0.86, tower), wy);
    let columns = band(x, mix(0.2, 0.06, tower), mix(0.8, 0.94, tower), wx);
    let shop = 1.0 - smoothstep(3.0, 4.2, height);
    var result: Facade;
    result.glass = rows * columns * mix(1.0, 0.7, shop) * step(2.5, top);
    let dice = noise(vec2<f32>(floor(x) + f32(id % 977u), floor(y)));
    // Where windows are smaller than a few pixels, their mean.
    let far = smoothstep(0.4, 1.1, max(wx, wy));
    result.lit = select(0.0, 0.5 + 1.4 * dice, dice < 0.36) * (1.0 - far) + 0.2 * far;
    return result;
}

#ifdef BELOW
struct Below {
    @location(0) colour: vec4<f32>,
    @builtin(frag_depth) depth: f32,
}

// What lies below the ground is seen through the surface, but not through itself: it comes before everything that is
// farther than half a metre, in its own order.
@fragment
fn fragment(in: VertexOutput) -> Below {
    let entry = entry_of(u32(in.uv_b.x + 0.5));
#ifdef CUTS
    if is_cut(in.world_position.xyz) {
        discard;
    }
#endif
    // A lamp above and a little to the side, so that walls part from floors.
    let lit = 0.72 + 0.28 * dot(normalize(in.world_normal), vec3<f32>(0.31, 0.87, 0.38));
    var drawn: Below;
    drawn.colour = vec4<f32>(entry.rgb * lit, 0.96);
    drawn.depth = 0.2 + 0.8 * in.position.z;
    return drawn;
}
#else
@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let id = u32(in.uv_b.x + 0.5);
    let top = in.uv_b.y;
    // Browsers allow derivatives only where every pixel comes by.
    let pixel = fwidth(in.uv);
    var entry = entry_of(id);
    // Without this the graphics card can leave out what is hidden before it asks for its colour.
#ifdef CUTS
    if !is_there(entry.a, is_before(in.position.xy)) || is_cut(in.world_position.xyz)
        || is_thinned(id, in.position.xy) {
        discard;
    }
    if look.section_high.w > 0.5 && id >= 64u && f32(id) < look.modes.z && is_before(in.position.xy) {
        entry = vec4<f32>(entry_of(id + u32(look.section_high.w + 0.5)).rgb, entry.a);
    }
#endif
    var base = entry.rgb;
    let normal = normalize(in.world_normal);
    let view_z = dot(vec4<f32>(
        view.view_from_world[0].z, view.view_from_world[1].z, view.view_from_world[2].z, view.view_from_world[3].z,
    ), in.world_position);
    let to_eye = view.world_position - in.world_position.xyz;
    let distance = length(to_eye);

    let facing = max(dot(normal, look.sun.xyz), 0.0);
    var sunlit = 1.0;
#ifndef PLAIN
    if facing > 0.0 && look.sun.w > 0.0 {
        sunlit = fetch_directional_shadow(0u, in.world_position, normal, view_z, in.position.xy);
    }
#endif
    // Results keep their colours by day and night.
    if f32(id) >= look.modes.z {
        // Slabs of storeys are darker towards their foot and brighter above, so that one parts from the next.
        let slab = select(1.0, mix(0.55, 1.0, in.uv.y) * mix(0.9, 1.12, normal.y * normal.y), top > 0.5);
        let shade = (0.86 + 0.14 * max(dot(normal, look.sun.xyz), 0.0) * sunlit) * slab;
#ifdef BEHIND
        return vec4<f32>(entry.rgb * shade, 0.34);
#endif
        return vec4<f32>(entry.rgb * shade, 1.0);
    }
    let wall = abs(normal.y) < 0.5;
    var shine = vec3<f32>(0.0);
    var glow = vec3<f32>(0.0);
#ifdef PLAIN
    // While a slow machine moves: no windows, only their mean.
    base *= select(1.0, mix(0.8, 0.55, smoothstep(45.0, 90.0, top)), wall);
    glow = vec3<f32>(1.0, 0.78, 0.48) * look.shares.y * select(0.0, 0.08, wall);
#else
    let f = facade(in.uv.x, in.uv.y, select(0.0, top, wall), id, pixel);
    if wall {
        // Walls are a little darker towards the street, where they see less sky.
        base *= mix(0.62, 1.0, smoothstep(0.0, 22.0, in.uv.y));
        let mirrored = reflect(-to_eye / distance, normal);
        let seen = mix(look.haze_colour.rgb, look.sky_colour.rgb, smoothstep(-0.05, 0.5, mirrored.y));
        let fresnel = 0.07 + 0.5 * pow(1.0 - max(dot(normal, to_eye / distance), 0.0), 4.0);
        base = mix(base, base * vec3<f32>(0.20, 0.26, 0.34), f.glass * 0.9);
        shine = seen * f.glass * fresnel;
        shine += look.sun_colour.rgb * f.glass * sunlit * look.sun.w
            * pow(max(dot(mirrored, look.sun.xyz), 0.0), 90.0) * 1.6;
        glow = vec3<f32>(1.0, 0.78, 0.48) * f.glass * f.lit * look.shares.y * 0.9;
    }
#endif

    let ambient = mix(look.ground_colour.rgb, look.sky_colour.rgb, normal.y * 0.5 + 0.5);
    var colour = base * (ambient + look.sun_colour.rgb * look.sun.w * facing * sunlit) + shine + glow;

#ifdef FIELD
    let over_field = look.modes.w > 0.5 && id >= 16u && id < 63u;
    if !wall && in.world_position.y < 0.5 && look.shares.x > 0.0 && !over_field {
        let at = (vec2<f32>(in.world_position.x, -in.world_position.z) - look.field_area.xy) / look.field_area.zw;
        if all(at >= vec2<f32>(0.0)) && all(at <= vec2<f32>(1.0)) {
            let place = vec2<f32>(at.x, 1.0 - at.y);
            var value = textureSampleLevel(field, field_sampler, place, 0.0);
            if is_before(in.position.xy) {
                value = textureSampleLevel(before, field_sampler, place, 0.0);
            }
            // Results keep their colours by day and night.
            colour = mix(colour, value.rgb * (0.82 + 0.18 * sunlit), value.a * look.shares.x);
        }
    }
#endif

    // Beyond the city there is nothing but haze.
    let beyond = select(0.0, smoothstep(1700.0, 5200.0, length(in.world_position.xz)), id == 0u);
    let haze = max(1.0 - exp2(-distance / look.shares.z), beyond);
    // There it meets the sky without a seam.
    let veil = look.haze_colour.rgb * mix(0.86, 1.0, beyond);
    colour = mix(colour, veil, clamp(haze, 0.0, mix(0.97, 1.0, beyond)));
    // Looking below, the surface is a quiet grey; what lies below is drawn through it.
    if look.modes.y > 0.5 {
        let grey = dot(colour, vec3<f32>(0.2126, 0.7152, 0.0722));
        colour = mix(colour, vec3<f32>(grey * 0.42 + 0.03), 0.85);
    }
    if entry.a > 0.4 && entry.a < 0.6 {
        // Marked: a warm rim that no sunlight makes.
        colour = mix(colour, vec3<f32>(1.0, 0.52, 0.08), 0.55);
    }
    return vec4<f32>(colour, 1.0);
}
#endif
