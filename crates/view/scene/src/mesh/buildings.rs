//! Buildings as walls and roofs, merged block by block.

use std::collections::{BTreeMap, HashMap};

use futago_model::{Buildings, CityModel, Solid, Tile};
use rayon::prelude::*;

use super::{Triangles, metres};

/// Triangles of a block of tiles, in three degrees of detail: every roof piece; for the distance, towers as they are, large
/// buildings as one block and houses as a box; for the far distance, boxes and roofs.
#[derive(Debug, Default, Clone)]
pub struct BlockMesh {
    /// West, south, east, north, site metres.
    pub bounds_m: [f32; 4],
    /// From fine to coarse.
    pub levels: [Triangles; 3],
}

/// Tiles of a block along a side: fewer draw calls, and still something to leave out beside the picture.
const BLOCK: i32 = 2;

/// Tiles that are drawn as one, by row and column.
pub fn groups(city: &CityModel) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<[i32; 2], Vec<usize>> = BTreeMap::new();
    for (index, tile) in city.buildings.tiles.iter().enumerate() {
        groups.entry([tile.row, tile.column].map(|v| v.div_euclid(BLOCK))).or_default().push(index);
    }
    groups.into_values().collect()
}

/// Meshes of groups of tiles, of those that have any; the first building of the city has this slot.
pub fn meshes(city: &CityModel, groups: &[Vec<usize>], first_slot: usize) -> Vec<BlockMesh> {
    let mesh = |group: &Vec<usize>| {
        let tiles: Vec<&Tile> = group.iter().map(|tile| &city.buildings.tiles[*tile]).collect();
        block(&city.buildings, &tiles, first_slot)
    };
    let mut meshes: Vec<BlockMesh> = groups.par_iter().map(mesh).collect();
    meshes.retain(|mesh| !mesh.levels[0].is_empty());
    meshes
}

/// Meshes of a whole city, block by block.
pub fn blocks(city: &CityModel, first_slot: usize) -> Vec<BlockMesh> {
    meshes(city, &groups(city), first_slot)
}

fn block(buildings: &Buildings, tiles: &[&Tile], first_slot: usize) -> BlockMesh {
    let none = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let bounds_m = tiles.iter().fold(none, |[w, s, e, n], tile| {
        let [west, south, east, north] = tile.bounds_m;
        [w.min(west), s.min(south), e.max(east), n.max(north)]
    });
    let mut mesh = BlockMesh { bounds_m, ..BlockMesh::default() };
    let numbers =
        tiles.iter().flat_map(|tile| tile.first_building..tile.first_building + tile.building_count);
    for index in numbers.map(|number| number as usize) {
        let [full, coarse, sparse] = &mut mesh.levels;
        push_building(buildings, index, first_slot, full);
        push_coarse(buildings, index, first_slot, coarse);
        push_sparse(buildings, index, first_slot, sparse);
    }
    mesh
}

/// Buildings lower than this are only roofs in the far distance, metres.
const LOW_M: f32 = 12.0;
/// Lower and smaller ones are left out there, square metres.
const HUT_M2: f64 = 80.0;
/// Buildings from this height on keep all their pieces, metres.
const TOWER_M: f32 = 60.0;
/// Buildings from this footprint on keep its outline, square metres.
const LARGE_M2: f64 = 350.0;

fn push_coarse(buildings: &Buildings, index: usize, first_slot: usize, triangles: &mut Triangles) {
    let building = &buildings.records[index];
    let top_m = buildings.top_of(building);
    if top_m >= TOWER_M {
        return push_building(buildings, index, first_slot, triangles);
    }
    let object = [(first_slot + index) as f32, top_m];
    let solid = Solid { polygon: building.footprint, building: index as u32, bottom_m: 0.0, top_m };
    if buildings.polygons.get(building.footprint).area_m2() < LARGE_M2 {
        return push_box(buildings, &solid, object, triangles);
    }
    push_solid(buildings, &solid, &HashMap::new(), object, triangles);
}

/// For the far distance: towers as their main blocks, what is lower as a box, houses as roofs, and no huts.
fn push_sparse(buildings: &Buildings, index: usize, first_slot: usize, triangles: &mut Triangles) {
    let building = &buildings.records[index];
    let top_m = buildings.top_of(building);
    let object = [(first_slot + index) as f32, top_m];
    let whole = Solid { polygon: building.footprint, building: index as u32, bottom_m: 0.0, top_m };
    if top_m < LOW_M {
        let polygon = buildings.polygons.get(building.footprint);
        if let Some(ring) = polygon.rings_mm().next().filter(|_| polygon.area_m2() >= HUT_M2) {
            push_flat_roof(box_round(ring, polygon.area_m2() as f32), top_m, object, triangles);
        }
        return;
    }
    if top_m < TOWER_M {
        return push_box(buildings, &whole, object, triangles);
    }
    let (base_m, blocks) = main_blocks(buildings, buildings.solids_of(building));
    push_solid(buildings, &Solid { top_m: base_m, ..whole }, &HashMap::new(), object, triangles);
    for block in blocks {
        let block = Solid { bottom_m: base_m, ..block };
        push_box(buildings, &block, object, triangles);
    }
}

/// Pieces of a tower from this plan on are seen from far away, square metres.
const BLOCK_M2: f64 = 60.0;
/// And from this height over its podium on, metres.
const BLOCK_M: f32 = 4.0;

/// Height of a tower's podium, and the pieces that rise above it.
fn main_blocks(buildings: &Buildings, solids: &[Solid]) -> (f32, Vec<Solid>) {
    let area = |solid: &Solid| buildings.polygons.get(solid.polygon).area_m2();
    let mut seen: Vec<Solid> = solids.iter().filter(|s| area(s) >= BLOCK_M2).copied().collect();
    if seen.is_empty() {
        seen.extend(solids.iter().copied().max_by(|a, b| area(a).total_cmp(&area(b))));
    }
    let base_m = seen.iter().map(|s| s.top_m).fold(f32::INFINITY, f32::min);
    seen.retain(|solid| solid.top_m > base_m + BLOCK_M);
    (base_m, seen)
}

fn push_solid(
    buildings: &Buildings,
    solid: &Solid,
    walls: &HashMap<WallEnds, f32>,
    object: [f32; 2],
    triangles: &mut Triangles,
) {
    push_roof(buildings, solid, object, triangles);
    for ring in buildings.polygons.get(solid.polygon).rings_mm() {
        push_walls(ring, solid, walls, object, triangles);
    }
}

/// A rectangle of a solid's plan instead of the plan.
fn push_box(buildings: &Buildings, solid: &Solid, object: [f32; 2], triangles: &mut Triangles) {
    let (polygon, top_m) = (buildings.polygons.get(solid.polygon), solid.top_m);
    let Some(ring) = polygon.rings_mm().next() else { return };
    let corners = box_round(ring, polygon.area_m2() as f32);
    push_walls(&corners, solid, &HashMap::new(), object, triangles);
    push_flat_roof(corners, top_m, object, triangles);
}

fn push_flat_roof(corners: [[i32; 2]; 4], top_m: f32, object: [f32; 2], triangles: &mut Triangles) {
    let first = triangles.positions.len() as u32;
    for corner in corners {
        let [x, y] = metres(corner);
        triangles.corner([x, y, top_m], [0.0, 0.0, 1.0], [x, top_m], object);
    }
    triangles.indices.extend([0, 1, 2, 0, 2, 3].map(|corner| first + corner));
}

/// A rectangle along the longest edge of an outline, of its area and about its middle; anticlockwise.
fn box_round(ring: &[[i32; 2]], area_m2: f32) -> [[i32; 2]; 4] {
    let length = |(a, b): &WallEnds| f64::from(b[0] - a[0]).hypot(f64::from(b[1] - a[1]));
    let longest = edges(ring).max_by(|a, b| length(a).total_cmp(&length(b))).unwrap_or(([0; 2], [1, 0]));
    let size = length(&longest).max(1.0);
    let along =
        [f64::from(longest.1[0] - longest.0[0]) / size, f64::from(longest.1[1] - longest.0[1]) / size];
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for corner in ring {
        let [x, y] = corner.map(f64::from);
        let turned = [x * along[0] + y * along[1], y * along[0] - x * along[1]];
        for i in 0..2 {
            low[i] = low[i].min(turned[i]);
            high[i] = high[i].max(turned[i]);
        }
    }
    let whole = (high[0] - low[0]) * (high[1] - low[1]);
    let shrink = (f64::from(area_m2) * 1e6 / whole.max(1.0)).sqrt().min(1.0);
    let middle: [f64; 2] = std::array::from_fn(|i| (low[i] + high[i]) * 0.5);
    let half: [f64; 2] = std::array::from_fn(|i| (high[i] - low[i]) * 0.5 * shrink);
    [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]].map(|[u, v]| {
        let (x, y) = (middle[0] + u * half[0], middle[1] + v * half[1]);
        [(x * along[0] - y * along[1]) as i32, (y * along[0] + x * along[1]) as i32]
    })
}

fn push_building(buildings: &Buildings, index: usize, first_slot: usize, triangles: &mut Triangles) {
    let building = &buildings.records[index];
    let solids = buildings.solids_of(building);
    let top = buildings.top_of(building);
    let object = [(first_slot + index) as f32, top];
    let walls = highest_walls(buildings, solids);
    for solid in solids {
        push_solid(buildings, solid, &walls, object, triangles);
    }
}

type WallEnds = ([i32; 2], [i32; 2]);

/// The top of each wall of a building's pieces. Where two pieces stand back to back only what rises above the
/// other is seen.
fn highest_walls(buildings: &Buildings, solids: &[Solid]) -> HashMap<WallEnds, f32> {
    let mut tops = HashMap::new();
    if solids.len() > 1 {
        for solid in solids {
            for ring in buildings.polygons.get(solid.polygon).rings_mm() {
                for (a, b) in edges(ring) {
                    let top = tops.entry((a, b)).or_insert(0.0_f32);
                    *top = top.max(solid.top_m);
                }
            }
        }
    }
    tops
}

fn edges(ring: &[[i32; 2]]) -> impl Iterator<Item = WallEnds> + '_ {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

fn push_roof(buildings: &Buildings, solid: &Solid, object: [f32; 2], triangles: &mut Triangles) {
    let polygon = buildings.polygons.get(solid.polygon);
    let first = triangles.positions.len() as u32;
    for vertex in polygon.vertices_mm {
        let [x, y] = metres(*vertex);
        triangles.corner([x, y, solid.top_m], [0.0, 0.0, 1.0], [x, solid.top_m], object);
    }
    for corners in polygon.triangles {
        triangles.indices.extend(corners.map(|corner| first + u32::from(corner)));
    }
}

fn push_walls(
    ring: &[[i32; 2]],
    solid: &Solid,
    tops: &HashMap<WallEnds, f32>,
    object: [f32; 2],
    triangles: &mut Triangles,
) {
    let mut along = 0.0;
    for (start, end) in edges(ring) {
        let (a, b) = (metres(start), metres(end));
        let length = (b[0] - a[0]).hypot(b[1] - a[1]);
        let bottom = tops.get(&(end, start)).copied().unwrap_or(0.0).max(solid.bottom_m);
        if length > 0.0 && bottom < solid.top_m {
            let normal = [(b[1] - a[1]) / length, (a[0] - b[0]) / length, 0.0];
            let mut corner =
                |at: [f32; 2], z: f32, u: f32| triangles.corner([at[0], at[1], z], normal, [u, z], object);
            let low = [corner(a, bottom, along), corner(b, bottom, along + length)];
            let high = [corner(a, solid.top_m, along), corner(b, solid.top_m, along + length)];
            triangles.indices.extend([low[0], low[1], high[1], low[0], high[1], high[0]]);
        }
        along += length;
    }
}

#[cfg(test)]
mod tests {
    use futago_testkit::{BoxSpec, box_city};

    use super::*;

    #[test]
    fn a_box_has_four_walls_and_a_roof() {
        let city = box_city(&[BoxSpec::new("a", [0.0, 0.0, 20.0, 10.0], 30.0)]);
        let blocks = blocks(&city, 64);
        assert_eq!(blocks.len(), 1);
        for mesh in &blocks[0].levels {
            assert_eq!(mesh.indices.len(), 3 * (4 * 2 + 2));
            assert!(mesh.objects.iter().all(|object| *object == [64.0, 30.0]));
        }
    }

    #[test]
    fn walls_between_pieces_are_not_drawn_twice() {
        let low = BoxSpec::new("a", [0.0, 0.0, 10.0, 10.0], 20.0);
        let high = BoxSpec::new("a", [10.0, 0.0, 20.0, 10.0], 80.0);
        let mesh = &blocks(&box_city(&[low, high]), 64)[0].levels[0];
        // Two roofs, seven walls: the low piece's wall towards the high one is hidden.
        assert_eq!(mesh.indices.len(), 3 * (2 * 2 + 7 * 2));
    }

    #[test]
    fn the_box_of_a_turned_house_is_the_house() {
        let house = [[0, 0], [8000, 6000], [5000, 10_000], [-3000, 4000]];
        let corners = box_round(&house, 50.0);
        for corner in house {
            let near = corners.iter().any(|c| (c[0] - corner[0]).abs() < 3 && (c[1] - corner[1]).abs() < 3);
            assert!(near, "{corner:?} in {corners:?}");
        }
    }
}
