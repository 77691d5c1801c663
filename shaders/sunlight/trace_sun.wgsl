// How long each point sees the sun: see crates/sim/sunlight/src/passes/trace_sun.rs.

struct TracedSun {
    along: vec2<f32>,
    slope: f32,
    votes: u32,
    toward: vec3<f32>,
    energy: f32,
}

@group(0) @binding(3) var<storage, read> suns: array<TracedSun>;
@group(0) @binding(7) var<storage, read_write> seen: array<vec2<u32>>;

fn blocks_hit(first: u32, last: u32, origin: vec3<f32>, along: vec2<f32>, slope: f32) -> bool {
    for (var block = first; block < last; block++) {
        for (var lane = 0u; lane < LANES; lane++) {
            let c = crossing(block, lane, origin, along);
            let low = (origin.z - wall_top(block, lane)) * c.across + slope * c.run < 0.0;
            if c.share >= 0.0 && c.share <= c.across && c.run > 0.0 && low {
                return true;
            }
        }
    }
    return false;
}

fn slabs_hit(first: u32, last: u32, origin: vec3<f32>, along: vec2<f32>, slope: f32) -> bool {
    for (var slab = first; slab < last; slab++) {
        let over = over_slab(slab, origin, along);
        let heights = slab_heights(slab);
        let climbs = origin.z + slope * over.y > heights.x && origin.z + slope * over.x < heights.y;
        if over.x < over.y && climbs {
            return true;
        }
    }
    return false;
}

fn sees(origin: vec3<f32>, along: vec2<f32>, slope: f32) -> bool {
    var walk = walk_from(origin, along);
    loop {
        walk = stride(walk, origin, along, slope);
        if walk.done {
            return true;
        }
        if walk.first < walk.last && blocks_hit(walk.first, walk.last, origin, along, slope) {
            return false;
        }
        if walk.first_slab < walk.last_slab && slabs_hit(walk.first_slab, walk.last_slab, origin, along, slope) {
            return false;
        }
    }
    return true;
}

@compute @workgroup_size(64, 1, 1)
fn trace_sun(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let index = id.y * groups.x * 64u + id.x;
    if index >= params.point_count {
        return;
    }
    let point = points[index];
    var sum = seen[index];
    for (var i = 0u; i < params.sun_count; i++) {
        let sun = suns[i];
        let facing = sun.toward.x * point.normal.x + sun.toward.y * point.normal.y + sun.toward.z * point.normal.z;
        if facing > 0.0 && sees(point.at.xyz, sun.along, sun.slope) {
            sum.x += sun.votes;
            sum.y += u32(floor(sun.energy * facing + 0.5));
        }
    }
    seen[index] = sum;
}
