// What the passes over a grid of bits share: see crates/sim/sunlight/src/passes/sweep_shadow.rs.

struct SweepParams {
    lines: u32,
    points: u32,
    words: u32,
    solid_count: u32,
    sun_count: u32,
    reserved_a: u32,
    reserved_b: u32,
    reserved_c: u32,
}

@group(0) @binding(0) var<uniform> params: SweepParams;

