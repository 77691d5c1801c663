// What the weights of a piece on its cells add up to: see crates/sim/crowd/src/passes/across.rs.

@group(0) @binding(2) var<storage, read> piece_starts: array<u32>;
@group(0) @binding(3) var<storage, read> piece_cells: array<u32>;
@group(0) @binding(4) var<storage, read_write> norms: array<f32>;

@compute @workgroup_size(64, 1, 1)
fn across_norms(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let index = id.y * groups.x * 64u + id.x;
    if index >= params.piece_count {
        return;
    }
    let piece = pieces[params.first_piece + index];
    var sum = 0.0;
    for (var i = piece_starts[index]; i < piece_starts[index + 1u]; i++) {
        sum += across_weight(piece, piece_cells[i]);
    }
    norms[params.first_piece + index] = sum;
}
