// Adds up bit maps: see crates/sim/sunlight/src/passes/count_votes.rs.

@group(0) @binding(1) var<storage, read> bits: array<u32>;
@group(0) @binding(2) var<storage, read> weights: array<u32>;
@group(0) @binding(3) var<storage, read_write> counts: array<u32>;

@compute @workgroup_size(64, 1, 1)
fn count_votes(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let map_len = params.lines * params.words;
    let word = id.y * groups.x * 64u + id.x;
    if word >= map_len {
        return;
    }
    var sums: array<u32, 32>;
    for (var bit = 0u; bit < 32u; bit++) {
        sums[bit] = counts[word * 32u + bit];
    }
    for (var sun = 0u; sun < params.sun_count; sun++) {
        let word_bits = bits[sun * map_len + word];
        if word_bits != 0u {
            for (var bit = 0u; bit < 32u; bit++) {
                sums[bit] += ((word_bits >> bit) & 1u) * weights[sun];
            }
        }
    }
    for (var bit = 0u; bit < 32u; bit++) {
        counts[word * 32u + bit] = sums[bit];
    }
}
