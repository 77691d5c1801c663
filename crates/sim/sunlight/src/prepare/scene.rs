//! The obstacles: every solid of the city as upright walls, with the question's changes applied.
//!
//! Solids that stand on the flat ground have flat tops, so a ray from outside can only be stopped by a wall it
//! crosses below the wall's top. Walls are therefore all that shadows and sky views need of them. Solids with air
//! below, such as decks, also stop rays that come through their underside: these are kept as triangles of their
//! plan, each an upright prism that a ray is held against by itself.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use futago_field::Report;
use futago_geodesy::LonLat;
use futago_model::{CityModel, PolygonView, metres_from_mm};
use rayon::prelude::*;

use crate::SunlightError;
use crate::scenario::WhatIf;

/// An upright wall of a solid; the inside lies to the left of `a` to `b`. Site metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SceneWall {
    /// Start.
    pub a: [f64; 2],
    /// End.
    pub b: [f64; 2],
}

/// An upright prism from the ground, or from a flat underside over it, to a flat top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SceneSolid {
    /// First of its walls.
    pub first_wall: u32,
    /// Number of its walls.
    pub wall_count: u32,
    /// West, south, east, north, metres.
    pub bounds_m: [f64; 4],
    /// Height of the underside above the ground, metres; 0 where it stands on the ground.
    pub bottom_m: f64,
    /// Height of the top above the ground, metres.
    pub top_m: f64,
    /// Index into [`Scene::owners`].
    pub owner: u32,
    /// First of its triangles; there are some only where it does not stand on the ground.
    pub first_triangle: u32,
    /// Number of its triangles.
    pub triangle_count: u32,
}

impl SceneSolid {
    /// Whether there is air below it.
    pub fn floats(&self) -> bool {
        self.bottom_m > 0.0
    }

    /// Whether it fills a height, its top and underside included.
    pub fn fills(&self, height_m: f64) -> bool {
        self.bottom_m <= height_m && self.top_m > height_m
    }
}

/// A triangle of a plan, counter-clockwise, site metres.
pub type PlanTriangle = [[f64; 2]; 3];

/// All obstacles.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// Walls, solid by solid.
    pub walls: Vec<SceneWall>,
    /// Solids, owner by owner.
    pub solids: Vec<SceneSolid>,
    /// Plans of the solids with air below, solid by solid.
    pub triangles: Vec<PlanTriangle>,
    /// Ids: the city's buildings in its order, its structures, then the added buildings.
    pub owners: Vec<String>,
    /// Which of the owners are structures: they shade, and are no roofs and walls to ask about unless named.
    pub structures: Range<u32>,
}

/// What a solid is made of.
struct Prism<'a> {
    bottom_m: f64,
    top_m: f64,
    /// Of its plan; looked at only where it floats.
    triangles: &'a [PlanTriangle],
}

impl Prism<'_> {
    /// One that stands on the ground.
    fn on_the_ground(top_m: f64) -> Self {
        Self { bottom_m: 0.0, top_m, triangles: &[] }
    }
}

/// The changes with everything looked up in the city.
struct Changes<'a> {
    removed: HashSet<usize>,
    heights: HashMap<usize, f64>,
    what_if: Option<&'a WhatIf>,
}

impl Scene {
    /// The city, changed as asked.
    ///
    /// # Errors
    /// When a change names a building that is not there, or adds one with an id that is.
    pub fn build(
        city: &CityModel,
        what_if: Option<&WhatIf>,
        report: &mut Report,
    ) -> Result<Self, SunlightError> {
        let buildings = &city.buildings;
        let changes = Changes::look_up(city, what_if)?;
        let parts: Vec<Scene> = (0..buildings.records.len())
            .into_par_iter()
            .with_min_len(256)
            .fold(Scene::default, |mut part, index| {
                part.push_building(city, index, &changes);
                part
            })
            .collect();
        let mut scene = Scene::default();
        for part in parts {
            scene.append(part);
        }
        scene.owners = buildings.records.iter().map(|b| buildings.id_of(b).to_owned()).collect();
        scene.add_structures(city, report);
        note_standing(city, report);
        scene.add_new(city, changes.what_if)?;
        Ok(scene)
    }

    /// A scene of given prisms, for tests: outline (counter-clockwise, metres), height, id.
    pub fn from_prisms(prisms: &[(Vec<[f64; 2]>, f64, &str)]) -> Self {
        let mut scene = Scene::default();
        for (ring, top_m, id) in prisms {
            scene.owners.push((*id).to_owned());
            let owner = scene.owners.len() as u32 - 1;
            scene.push_solid(ring_walls(ring), &Prism::on_the_ground(*top_m), owner);
        }
        scene
    }

    /// Adds a prism with air below, for tests: convex outline (counter-clockwise, metres), underside, top, id.
    pub fn push_slab(&mut self, ring: &[[f64; 2]], bottom_m: f64, top_m: f64, id: &str) {
        self.owners.push(id.to_owned());
        let fan: Vec<PlanTriangle> = ring[1..].windows(2).map(|pair| [ring[0], pair[0], pair[1]]).collect();
        let prism = Prism { bottom_m, top_m, triangles: &fan };
        self.push_solid(ring_walls(ring), &prism, self.owners.len() as u32 - 1);
    }

    /// The triangles of a solid; none where it stands on the ground.
    pub fn triangles_of(&self, solid: &SceneSolid) -> &[PlanTriangle] {
        let first = solid.first_triangle as usize;
        &self.triangles[first..first + solid.triangle_count as usize]
    }

    /// The walls of a solid.
    pub fn walls_of(&self, solid: &SceneSolid) -> &[SceneWall] {
        let first = solid.first_wall as usize;
        &self.walls[first..first + solid.wall_count as usize]
    }

    /// Whether a solid covers a point of the plan (even-odd, so holes are open).
    pub fn covers(&self, solid: &SceneSolid, at: [f64; 2]) -> bool {
        let [west, south, east, north] = solid.bounds_m;
        if at[0] < west || at[0] > east || at[1] < south || at[1] > north {
            return false;
        }
        self.walls_of(solid).iter().fold(false, |inside, wall| {
            let (a, b) = (wall.a, wall.b);
            let crosses = (a[1] > at[1]) != (b[1] > at[1])
                && at[0] < (b[0] - a[0]) * (at[1] - a[1]) / (b[1] - a[1]) + a[0];
            inside ^ crosses
        })
    }

    /// Index of the owner with this id.
    pub fn owner_of(&self, id: &str) -> Option<u32> {
        self.owners.iter().position(|o| o == id).map(|i| i as u32)
    }

    /// Only the solids of one owner.
    pub fn only(&self, owner: u32) -> Self {
        let mut scene = Self { owners: self.owners.clone(), ..Self::default() };
        for solid in self.solids.iter().filter(|s| s.owner == owner) {
            let triangles = self.triangles_of(solid);
            let prism = Prism { bottom_m: solid.bottom_m, top_m: solid.top_m, triangles };
            scene.push_solid(self.walls_of(solid).iter().copied(), &prism, owner);
        }
        scene
    }

    /// Highest top, metres; 0 without solids.
    pub fn top_m(&self) -> f64 {
        self.solids.iter().map(|s| s.top_m).fold(0.0, f64::max)
    }

    fn push_building(&mut self, city: &CityModel, index: usize, changes: &Changes<'_>) {
        if changes.removed.contains(&index) {
            return;
        }
        let buildings = &city.buildings;
        let record = &buildings.records[index];
        let highest = f64::from(buildings.top_of(record));
        let wanted = changes.heights.get(&index).copied();
        for solid in buildings.solids_of(record) {
            let top = changed_top(f64::from(solid.top_m), highest, wanted);
            self.push_polygon(
                buildings.polygons.get(solid.polygon),
                f64::from(solid.bottom_m),
                top,
                index as u32,
            );
        }
    }

    fn add_structures(&mut self, city: &CityModel, report: &mut Report) {
        let structures = &city.structures;
        for record in structures.records.iter().filter(|record| record.solid_count == 0) {
            let action = "only its faces are known; it throws no shadow";
            report.add("no-solid", structures.id_of(record), "sunlight", action);
        }
        let first = self.owners.len() as u32;
        self.owners.extend(structures.records.iter().map(|record| structures.id_of(record).to_owned()));
        self.structures = first..self.owners.len() as u32;
        for solid in &structures.solids {
            let (bottom_m, top_m) = (f64::from(solid.bottom_m), f64::from(solid.top_m));
            self.push_polygon(
                structures.polygons.get(solid.polygon),
                bottom_m,
                top_m,
                first + solid.structure,
            );
        }
    }

    fn push_polygon(&mut self, polygon: PolygonView<'_>, bottom_m: f64, top_m: f64, owner: u32) {
        let corner = |i: u16| polygon.vertices_mm[usize::from(i)].map(metres_from_mm);
        let triangles: Vec<PlanTriangle> = match bottom_m > 0.0 {
            true => polygon.triangles.iter().map(|t| t.map(corner)).collect(),
            false => Vec::new(),
        };
        // Without triangles there is no telling what is above what: see `note_standing`.
        let bottom_m = if triangles.is_empty() { 0.0 } else { bottom_m };
        let walls = polygon.edges_m().map(|[a, b]| SceneWall { a, b });
        self.push_solid(walls, &Prism { bottom_m, top_m, triangles: &triangles }, owner);
    }

    fn push_solid(&mut self, walls: impl Iterator<Item = SceneWall>, prism: &Prism<'_>, owner: u32) {
        let (bottom_m, top_m) = (prism.bottom_m.max(0.0), prism.top_m);
        let first_wall = self.walls.len() as u32;
        self.walls.extend(walls.filter(|w| w.a != w.b));
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for wall in &self.walls[first_wall as usize..] {
            let [e, n] = wall.a;
            bounds = [bounds[0].min(e), bounds[1].min(n), bounds[2].max(e), bounds[3].max(n)];
        }
        let wall_count = self.walls.len() as u32 - first_wall;
        if wall_count > 0 && top_m > bottom_m {
            let first_triangle = self.triangles.len() as u32;
            if bottom_m > 0.0 {
                self.triangles.extend(prism.triangles.iter().filter_map(|t| turned(*t)));
            }
            let triangle_count = self.triangles.len() as u32 - first_triangle;
            self.solids.push(SceneSolid {
                first_wall,
                wall_count,
                bounds_m: bounds,
                bottom_m,
                top_m,
                owner,
                first_triangle,
                triangle_count,
            });
        } else {
            self.walls.truncate(first_wall as usize);
        }
    }

    fn append(&mut self, part: Scene) {
        let offset = self.walls.len() as u32;
        self.walls.extend(part.walls);
        let triangles = self.triangles.len() as u32;
        self.triangles.extend(part.triangles);
        self.solids.extend(part.solids.into_iter().map(|s| SceneSolid {
            first_wall: s.first_wall + offset,
            first_triangle: s.first_triangle + triangles,
            ..s
        }));
    }

    fn add_new(&mut self, city: &CityModel, what_if: Option<&WhatIf>) -> Result<(), SunlightError> {
        for add in what_if.iter().flat_map(|w| &w.add) {
            if self.owner_of(&add.id).is_some() {
                return Err(SunlightError::IdTaken { id: add.id.clone() });
            }
            let mut ring = ring_in_site(city, &add.footprint)?;
            if twice_area(&ring) < 0.0 {
                ring.reverse();
            }
            self.owners.push(add.id.clone());
            let prism = Prism::on_the_ground(add.height_m);
            self.push_solid(ring_walls(&ring), &prism, self.owners.len() as u32 - 1);
        }
        Ok(())
    }
}

impl<'a> Changes<'a> {
    fn look_up(city: &CityModel, what_if: Option<&'a WhatIf>) -> Result<Self, SunlightError> {
        let find = |id: &str| city.buildings.find(id).ok_or_else(|| SunlightError::no_building(city, id));
        let removed = what_if.iter().flat_map(|w| &w.remove).map(|id| find(id)).collect::<Result<_, _>>()?;
        let heights = what_if
            .iter()
            .flat_map(|w| &w.raise)
            .map(|r| Ok((find(&r.building)?, r.height_m)))
            .collect::<Result<_, SunlightError>>()?;
        Ok(Self { removed, heights, what_if })
    }
}

/// Lowering cuts every roof at the new height; raising lifts the roofs above half the building's height,
/// so that a podium stays a podium.
pub fn changed_top(top_m: f64, highest_m: f64, wanted_m: Option<f64>) -> f64 {
    match wanted_m {
        None => top_m,
        Some(wanted) if wanted < highest_m => top_m.min(wanted),
        Some(wanted) if top_m > highest_m / 2.0 => top_m + wanted - highest_m,
        Some(_) => top_m,
    }
}

/// Longitude, latitude corners to site metres.
pub fn ring_in_site(city: &CityModel, ring: &[[f64; 2]]) -> Result<Vec<[f64; 2]>, SunlightError> {
    let zone = city.about.frame.zone()?;
    ring.iter()
        .map(|[lon, lat]| {
            Ok(city.about.frame.site_from_plane(zone.plane_from_lonlat(LonLat::new(*lon, *lat)?)?))
        })
        .collect()
}

/// Twice the signed area of a ring; positive when it runs counter-clockwise.
pub fn twice_area(ring: &[[f64; 2]]) -> f64 {
    (0..ring.len())
        .map(|i| (ring[i], ring[(i + 1) % ring.len()]))
        .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
        .sum()
}

/// Says which solids with air below are taken as standing on the ground, because their plan has no triangles.
fn note_standing(city: &CityModel, report: &mut Report) {
    let (buildings, structures) = (&city.buildings, &city.structures);
    let of_buildings = buildings.solids.iter().map(|s| {
        (
            s.bottom_m,
            buildings.polygons.get(s.polygon),
            buildings.id_of(&buildings.records[s.building as usize]),
        )
    });
    let of_structures = structures.solids.iter().map(|s| {
        let record = &structures.records[s.structure as usize];
        (s.bottom_m, structures.polygons.get(s.polygon), structures.id_of(record))
    });
    for (bottom_m, polygon, id) in of_buildings.chain(of_structures).filter(|(bottom, ..)| *bottom > 0.0) {
        if polygon.triangles.is_empty() {
            let action = format!("underside at {bottom_m} m, no triangles; taken as standing on the ground");
            report.add("floating-solid", id, "sunlight", action);
        }
    }
}

/// Counter-clockwise; none without an area.
fn turned([a, b, c]: PlanTriangle) -> Option<PlanTriangle> {
    let twice = twice_area(&[a, b, c]);
    (twice != 0.0).then_some(if twice > 0.0 { [a, b, c] } else { [a, c, b] })
}

/// A triangle with its corners this much farther out, so that no point of a grid that lies on the line between it
/// and its neighbour falls through by rounding; far less than [`crate::EDGE_M`].
pub fn widened(triangle: PlanTriangle) -> PlanTriangle {
    const BY_M: f64 = 0.002;
    let middle: [f64; 2] = [0, 1].map(|axis| triangle.iter().map(|at| at[axis]).sum::<f64>() / 3.0);
    triangle.map(|at| {
        let out = [at[0] - middle[0], at[1] - middle[1]];
        let length = out[0].hypot(out[1]);
        if length > 0.0 { [0, 1].map(|axis| at[axis] + out[axis] / length * BY_M) } else { at }
    })
}

fn ring_walls(ring: &[[f64; 2]]) -> impl Iterator<Item = SceneWall> + '_ {
    (0..ring.len()).map(|i| SceneWall { a: ring[i], b: ring[(i + 1) % ring.len()] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raising_keeps_the_podium_and_lowering_cuts() {
        assert_eq!(changed_top(100.0, 100.0, Some(150.0)), 150.0);
        assert_eq!(changed_top(20.0, 100.0, Some(150.0)), 20.0);
        assert_eq!(changed_top(100.0, 100.0, Some(60.0)), 60.0);
        assert_eq!(changed_top(20.0, 100.0, Some(60.0)), 20.0);
        assert_eq!(changed_top(20.0, 100.0, None), 20.0);
    }
}
