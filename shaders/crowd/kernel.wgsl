// What the passes of the density share: see crates/sim/crowd/src/passes/kernel.rs.

struct DensityParams {
    piece_count: u32,
    cell_count: u32,
    columns: u32,
    spacing_m: f32,
    bandwidth_m: f32,
    pilot_m2: f32,
    first_piece: u32,
    first_cell: u32,
}

struct Piece {
    start: vec2<f32>,
    along: vec2<f32>,
    length_m: f32,
    reach_m: f32,
    area_m2: f32,
    reserved: f32,
}

@group(0) @binding(0) var<uniform> params: DensityParams;
@group(0) @binding(1) var<storage, read> pieces: array<Piece>;

fn bandwidth_m(persons: f32, area_m2: f32) -> f32 {
    let density = persons / area_m2;
    if density <= 0.0 {
        return 2.0 * params.bandwidth_m;
    }
    return params.bandwidth_m * clamp(sqrt(params.pilot_m2 / density), 0.5, 2.0);
}

fn along_kernel(distance_m: f32, bandwidth: f32) -> f32 {
    let share = distance_m / bandwidth;
    return max(1.0 - share * share, 0.0);
}

fn across_weight(piece: Piece, cell: u32) -> f32 {
    let column = cell % params.columns;
    let row = cell / params.columns;
    let east = f32(column) * params.spacing_m - piece.start.x;
    let north = f32(row) * params.spacing_m - piece.start.y;
    let along = east * piece.along.x + north * piece.along.y;
    let aside = abs(north * piece.along.x - east * piece.along.y);
    let wide = clamp((piece.reach_m - aside) / params.spacing_m + 0.5, 0.0, 1.0);
    let begun = clamp(0.5 + along / (2.0 * params.spacing_m), 0.0, 1.0);
    let open = clamp(0.5 + (piece.length_m - along) / (2.0 * params.spacing_m), 0.0, 1.0);
    return wide * begun * open;
}
