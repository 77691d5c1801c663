// Shadows on a level plane: see crates/sim/sunlight/src/passes/sweep_shadow.rs.

struct SweepSolid {
    low: vec2<f32>,
    high: vec2<f32>,
    rise: f32,
    first_wall: u32,
    wall_count: u32,
    shown_walls: u32,
    convex: u32,
    lift: f32,
}

struct SweepWall {
    a: vec2<f32>,
    b: vec2<f32>,
}

@group(0) @binding(1) var<storage, read> solids: array<SweepSolid>;
@group(0) @binding(2) var<storage, read> walls: array<SweepWall>;
@group(0) @binding(3) var<storage, read> shifts: array<vec2<f32>>;
@group(0) @binding(4) var<storage, read_write> bits: array<atomic<u32>>;

const LEVEL: f32 = 1e-3;
const EVERYWHERE: f32 = 1.0e30;

fn fill(line_start: u32, first_point: u32, last_point: u32) {
    let first = first_point >> 5u;
    let last = last_point >> 5u;
    let head = 0xffffffffu << (first_point & 31u);
    let tail = 0xffffffffu >> (31u - (last_point & 31u));
    if first == last {
        atomicOr(&bits[line_start + first], head & tail);
        return;
    }
    atomicOr(&bits[line_start + first], head);
    for (var word = first + 1u; word < last; word++) {
        atomicOr(&bits[line_start + word], 0xffffffffu);
    }
    atomicOr(&bits[line_start + last], tail);
}

// The lines between outline and shadow's end; each invocation of the group fills its share of them.
fn sweep_middle(solid: SweepSolid, v: vec2<f32>, map_start: u32, local: u32) -> vec2<f32> {
    let first_line = max(ceil(solid.high.y + min(v.y, 0.0)), 0.0);
    let last_line = min(floor(solid.low.y + max(v.y, 0.0)), f32(params.lines) - 1.0);
    if first_line > last_line {
        return vec2<f32>(0.0);
    }
    let lean = v.x / v.y;
    var west = EVERYWHERE;
    var east = -EVERYWHERE;
    for (var i = 0u; i < solid.wall_count; i++) {
        let corner = walls[solid.first_wall + i].a;
        let foot = corner.x - corner.y * lean;
        west = min(west, foot);
        east = max(east, foot);
    }
    let last_point = f32(params.points) - 1.0;
    for (var line = u32(first_line) + local; line <= u32(last_line); line += 16u) {
        let start = ceil(max(west + f32(line) * lean, 0.0));
        let end = floor(min(east + f32(line) * lean, last_point));
        if start <= end {
            fill(map_start + line * params.words, u32(start), u32(end));
        }
    }
    return vec2<f32>(first_line, last_line + 1.0);
}

fn sweep_lines(wall: SweepWall, v: vec2<f32>, first_line: f32, last_line: f32, map_start: u32) {
    if first_line > last_line {
        return;
    }
    let a = wall.a;
    let b = wall.b;
    let e = b - a;
    let lean = v.x / v.y;
    let from_a = a.x - a.y * lean;
    let from_b = b.x - b.y * lean;
    let side_low = min(from_a, from_b);
    let side_high = max(from_a, from_b);
    let level = abs(e.y) < LEVEL;
    let run = select(e.x / e.y, 0.0, level);
    let far = select(0.0, EVERYWHERE, level);
    let last_point = f32(params.points) - 1.0;
    for (var line = u32(first_line); line <= u32(last_line); line++) {
        let y = f32(line);
        let near_x = a.x + (y - a.y) * run;
        let end_x = a.x + v.x + (y - (a.y + v.y)) * run;
        let start = ceil(max(max(side_low + y * lean, min(near_x, end_x) - far), 0.0));
        let end = floor(min(min(side_high + y * lean, max(near_x, end_x) + far), last_point));
        if start <= end {
            fill(map_start + line * params.words, u32(start), u32(end));
        }
    }
}

fn sweep_wall(wall: SweepWall, v: vec2<f32>, middle: vec2<f32>, map_start: u32) {
    let e = wall.b - wall.a;
    if e.x * v.y - e.y * v.x >= 0.0 {
        return;
    }
    let low = max(ceil(min(wall.a.y, wall.b.y) + min(v.y, 0.0)), 0.0);
    let high = min(floor(max(wall.a.y, wall.b.y) + max(v.y, 0.0)), f32(params.lines) - 1.0);
    if middle.x < middle.y {
        sweep_lines(wall, v, low, min(high, middle.x - 1.0), map_start);
        sweep_lines(wall, v, max(low, middle.y), high, map_start);
    } else {
        sweep_lines(wall, v, low, high, map_start);
    }
}

// A convex outline and the shadow of its top enclose one convex polygon, so every line of it is one stretch. The
// outline of a solid with air below is carried to where the shadow of its underside lies.
fn sweep_outline(solid: SweepSolid, carried: vec2<f32>, v: vec2<f32>, map_start: u32, local: u32) {
    let first_line = max(ceil(solid.low.y + carried.y + min(v.y, 0.0)), 0.0);
    let last_line = min(floor(solid.high.y + carried.y + max(v.y, 0.0)), f32(params.lines) - 1.0);
    if first_line > last_line {
        return;
    }
    let lean = v.x / v.y;
    let last_point = f32(params.points) - 1.0;
    for (var line = u32(first_line) + local; line <= u32(last_line); line += 16u) {
        let y = f32(line);
        var feet = vec2<f32>(EVERYWHERE, -EVERYWHERE);
        var bounds = vec2<f32>(-EVERYWHERE, EVERYWHERE);
        for (var i = 0u; i < solid.wall_count; i++) {
            let wall = walls[solid.first_wall + i];
            let b = wall.b + carried;
            let a = wall.a + carried;
            let e = b - a;
            let foot = a.x - a.y * lean;
            feet = vec2<f32>(min(feet.x, foot), max(feet.y, foot));
            if abs(e.y) < LEVEL {
                continue;
            }
            let away = e.x * v.y - e.y * v.x < 0.0;
            let at = select(a, a + v, away);
            let x = at.x + (y - at.y) * (e.x / e.y);
            if e.y > 0.0 {
                bounds.y = min(bounds.y, x);
            } else {
                bounds.x = max(bounds.x, x);
            }
        }
        let start = ceil(max(max(feet.x + y * lean, bounds.x), 0.0));
        let end = floor(min(min(feet.y + y * lean, bounds.y), last_point));
        if start <= end {
            fill(map_start + line * params.words, u32(start), u32(end));
        }
    }
}

@compute @workgroup_size(16, 1, 1)
fn sweep_shadow(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) local: u32,
) {
    let index = group.z * groups.x + group.x;
    let sun = group.y;
    if index >= params.solid_count || sun >= params.sun_count {
        return;
    }
    let solid = solids[index];
    let v = shifts[sun] * solid.rise;
    let carried = shifts[sun] * solid.lift;
    let low = solid.low + carried + min(v, vec2<f32>(0.0));
    let high = solid.high + carried + max(v, vec2<f32>(0.0));
    let last = vec2<f32>(f32(params.points), f32(params.lines)) - vec2<f32>(1.0);
    if any(high < vec2<f32>(0.0)) || any(low > last) {
        return;
    }
    let map_start = sun * params.lines * params.words;
    if solid.convex != 0u {
        sweep_outline(solid, carried, v, map_start, local);
        return;
    }
    let middle = sweep_middle(solid, v, map_start, local);
    for (var i = local; i < solid.shown_walls; i += 16u) {
        sweep_wall(walls[solid.first_wall + i], v, middle, map_start);
    }
}
