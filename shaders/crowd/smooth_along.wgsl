// Spreads the persons of each piece along the streets: see crates/sim/crowd/src/passes/along.rs.

struct Near {
    piece: u32,
    distance_m: f32,
}

@group(0) @binding(2) var<storage, read> near_starts: array<u32>;
@group(0) @binding(3) var<storage, read> near: array<Near>;
@group(0) @binding(4) var<storage, read> persons: array<f32>;
@group(0) @binding(5) var<storage, read> norms: array<f32>;
@group(0) @binding(6) var<storage, read_write> smoothed: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn smooth_along(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let index = id.y * groups.x * 64u + id.x;
    if index >= params.piece_count {
        return;
    }
    var sum = 0.0;
    for (var i = near_starts[index]; i < near_starts[index + 1u]; i++) {
        let other = near[i];
        let held = persons[other.piece];
        let bandwidth = bandwidth_m(held, pieces[other.piece].area_m2);
        sum += along_kernel(other.distance_m, bandwidth) * held / norms[other.piece];
    }
    smoothed[index] = sum * pieces[index].length_m;
}
