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
            sum += slice_of_sky(outward, point.normal.z, horizon(point.at.xyz, along));
        }
    }
    sky[index] = sum / f32(params.sun_count);
}
