// Persons per square metre of each cell: see crates/sim/crowd/src/passes/across.rs.

@group(0) @binding(2) var<storage, read> cells: array<u32>;
@group(0) @binding(3) var<storage, read> cell_starts: array<u32>;
@group(0) @binding(4) var<storage, read> cell_pieces: array<u32>;
@group(0) @binding(5) var<storage, read> persons: array<f32>;
@group(0) @binding(6) var<storage, read> norms: array<f32>;
@group(0) @binding(7) var<storage, read_write> density: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn spread_density(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let index = id.y * groups.x * 64u + id.x;
    if index >= params.cell_count {
        return;
    }
    var sum = 0.0;
    for (var i = cell_starts[index]; i < cell_starts[index + 1u]; i++) {
        let piece = cell_pieces[i];
        sum += persons[piece] * across_weight(pieces[piece], cells[index]) / norms[piece];
    }
    density[index] = sum / (params.spacing_m * params.spacing_m);
}
