// How much of the sky each point sees: see crates/sim/sunlight/src/passes/sky_view.rs.

@group(0) @binding(3) var<storage, read> azimuths: array<vec2<f32>>;
@group(0) @binding(7) var<storage, read_write> sky: array<f32>;

const QUARTER_TURN: f32 = 1.5707963267948966;

fn steepest(first: u32, last: u32, origin: vec3<f32>, along: vec2<f32>, slope: f32) -> f32 {
    var best = slope;
    for (var block = first; block < last; block++) {
        for (var lane = 0u; lane < LANES; lane++) {
            let c = crossing(block, lane, origin, along);
            if c.share >= 0.0 && c.share <= c.across && c.run > 0.0 {
                best = max(best, (wall_top(block, lane) - origin.z) * c.across / c.run);
            }
        }
    }
    return best;
}

fn horizon(origin: vec3<f32>, along: vec2<f32>) -> f32 {
    var slope = 0.0;
    var walk = walk_from(origin, along);
    loop {
        walk = stride(walk, origin, along, slope);
        if walk.done {
            return slope;
        }
        if walk.first < walk.last {
            slope = steepest(walk.first, walk.last, origin, along, slope);
        }
    }
    return slope;
}

fn slice_of_sky(outward: f32, upward: f32, obstacle: f32) -> f32 {
    var own_plane = 0.0;
    if upward > 1e-6 {
        own_plane = -outward / upward;
    }
    let slope = max(obstacle, own_plane);
    let cos2 = 1.0 / (1.0 + slope * slope);
    var flat_part = 0.0;
    if outward != 0.0 {
        flat_part = outward * (QUARTER_TURN - atan(slope) - slope * cos2);
    }
    return flat_part + upward * cos2;
}

const MOST_STRETCHES: u32 = 8u;
const STEEP: f32 = 1.0e6;

// Stretches of a slice of the sky, by slope, that do not touch.
struct Stretches {
    ends: array<vec2<f32>, 8>,
    count: u32,
}

fn join_nearest(all: ptr<function, Stretches>, low: f32, high: f32) {
    var nearest = 0u;
    var least = STEEP * 2.0;
    for (var i = 0u; i < (*all).count; i++) {
        let gap = max((*all).ends[i].x - high, low - (*all).ends[i].y);
        if gap < least {
            nearest = i;
            least = gap;
        }
    }
    let ends = (*all).ends[nearest];
    (*all).ends[nearest] = vec2<f32>(min(ends.x, low), max(ends.y, high));
}

fn add_stretch(all: ptr<function, Stretches>, from_slope: f32, to_slope: f32) {
    var low = from_slope;
    var high = to_slope;
    var i = 0u;
    while i < (*all).count {
        let ends = (*all).ends[i];
        if low <= ends.y && high >= ends.x {
            low = min(low, ends.x);
            high = max(high, ends.y);
            (*all).count -= 1u;
            (*all).ends[i] = (*all).ends[(*all).count];
        } else {
            i += 1u;
        }
    }
    if (*all).count == MOST_STRETCHES {
        join_nearest(all, low, high);
    } else {
        (*all).ends[(*all).count] = vec2<f32>(low, high);
        (*all).count += 1u;
    }
}

// The slopes under which a slab is seen; empty when none is over the horizon.
fn hidden_by(slab: u32, origin: vec3<f32>, along: vec2<f32>, horizon_slope: f32) -> vec2<f32> {
    let part = over_slab(slab, origin, along);
    let heights = slab_heights(slab) - vec2<f32>(origin.z);
    if part.x >= part.y || heights.y <= 0.0 {
        return vec2<f32>(0.0);
    }
    var high = STEEP;
    if heights.y < STEEP * part.x {
        high = heights.y / part.x;
    }
    var low = 0.0;
    if heights.x > 0.0 {
        low = heights.x / part.y;
    }
    return select(vec2<f32>(0.0), vec2<f32>(low, high), high > horizon_slope);
}

// What slabs hide of a slice of the sky over a horizon.
fn behind_slabs(point: SurfacePoint, along: vec2<f32>, outward: f32, horizon_slope: f32) -> f32 {
    var all: Stretches;
    all.count = 0u;
    let origin = point.at.xyz;
    let pyramid_start = pyramid_len();
    var walk = walk_from(origin, along);
    loop {
        walk = stride_under(pyramid_start, walk, origin, along, horizon_slope);
        if walk.done {
            break;
        }
        for (var slab = walk.first_slab; slab < walk.last_slab; slab++) {
            let ends = hidden_by(slab, origin, along, horizon_slope);
            if ends.y > 0.0 {
                add_stretch(&all, ends.x, ends.y);
            }
        }
    }
    var sum = 0.0;
    for (var i = 0u; i < all.count; i++) {
        let low = slice_of_sky(outward, point.normal.z, max(all.ends[i].x, horizon_slope));
        let high = slice_of_sky(outward, point.normal.z, max(all.ends[i].y, horizon_slope));
        sum += low - high;
    }
    return sum;
}

@compute @workgroup_size(64, 1, 1)
fn sky_view(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let index = id.y * groups.x * 64u + id.x;
    if index >= params.point_count {
        return;
    }
    let point = points[index];
    var sum = 0.0;
    for (var i = 0u; i < params.sun_count; i++) {
        let along = azimuths[i];
        let outward = point.normal.x * along.x + point.normal.y * along.y;
        if outward > 0.0 || point.normal.z > 0.0 {
            let slope = horizon(point.at.xyz, along);
            sum += slice_of_sky(outward, point.normal.z, slope);
            if grid.slabs != 0u {
                sum -= behind_slabs(point, along, outward, slope);
            }
        }
    }
    sky[index] = sum / f32(params.sun_count);
}
