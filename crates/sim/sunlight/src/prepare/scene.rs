//! The obstacles: every solid of the city as upright walls, with the question's changes applied.
//!
//! Solids stand on flat ground and have flat tops, so a ray from outside can only be stopped by a wall it
//! crosses below the wall's top. Walls are therefore all that shadows and sky views need.

use std::collections::{HashMap, HashSet};

use futago_field::Report;
use futago_geodesy::LonLat;
use futago_model::CityModel;
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

/// An upright prism from the ground to a flat top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SceneSolid {
    /// First of its walls.
    pub first_wall: u32,
    /// Number of its walls.
    pub wall_count: u32,
    /// West, south, east, north, metres.
    pub bounds_m: [f64; 4],
    /// Height of the top above the ground, metres.
    pub top_m: f64,
    /// Index into [`Scene::owners`].
    pub owner: u32,
}

/// All obstacles.
#[derive(Debug, Clone, Default)]
pub struct Scene {
    /// Walls, solid by solid.
    pub walls: Vec<SceneWall>,
    /// Solids, owner by owner.
    pub solids: Vec<SceneSolid>,
    /// Building ids: the city's in its order, then the added ones.
    pub owners: Vec<String>,
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
        for solid in buildings.solids.iter().filter(|s| s.bottom_m > 0.0) {
            let id = &scene.owners[solid.building as usize];
            let action = format!("underside at {} m; taken as standing on the ground", solid.bottom_m);
            report.add("floating-solid", id.clone(), "sunlight", action);
        }
        scene.add_new(city, changes.what_if)?;
        Ok(scene)
    }

    /// A scene of given prisms, for tests: outline (counter-clockwise, metres), height, id.
    pub fn from_prisms(prisms: &[(Vec<[f64; 2]>, f64, &str)]) -> Self {
        let mut scene = Scene::default();
        for (ring, top_m, id) in prisms {
            scene.owners.push((*id).to_owned());
            let owner = scene.owners.len() as u32 - 1;
            scene.push_solid(ring_walls(ring), *top_m, owner);
        }
        scene
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
            scene.push_solid(self.walls_of(solid).iter().copied(), solid.top_m, owner);
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
            let edges = buildings.polygons.get(solid.polygon).edges_m();
            self.push_solid(edges.map(|[a, b]| SceneWall { a, b }), top, index as u32);
        }
    }

    fn push_solid(&mut self, walls: impl Iterator<Item = SceneWall>, top_m: f64, owner: u32) {
        let first_wall = self.walls.len() as u32;
        self.walls.extend(walls.filter(|w| w.a != w.b));
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for wall in &self.walls[first_wall as usize..] {
            let [e, n] = wall.a;
            bounds = [bounds[0].min(e), bounds[1].min(n), bounds[2].max(e), bounds[3].max(n)];
        }
        let wall_count = self.walls.len() as u32 - first_wall;
        if wall_count > 0 && top_m > 0.0 {
            self.solids.push(SceneSolid { first_wall, wall_count, bounds_m: bounds, top_m, owner });
        } else {
            self.walls.truncate(first_wall as usize);
        }
    }

    fn append(&mut self, part: Scene) {
        let offset = self.walls.len() as u32;
        self.walls.extend(part.walls);
        self.solids
            .extend(part.solids.into_iter().map(|s| SceneSolid { first_wall: s.first_wall + offset, ..s }));
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
            self.push_solid(ring_walls(&ring), add.height_m, self.owners.len() as u32 - 1);
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
