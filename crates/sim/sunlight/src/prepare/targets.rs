//! Sample points on the ground, on roofs, on walls and at probes.

use std::collections::HashSet;
use std::sync::Arc;

use futago_field::{Grid, PointSet};
use futago_geodesy::LonLat;
use futago_model::CityModel;
use rayon::prelude::*;

use super::grid_mask::overlaps;
use super::scene::{Scene, SceneSolid, SceneWall};
use super::solid_index::SolidIndex;
use crate::passes::trace_sun::SurfacePoint;
use crate::scenario::{AreaOfInterest, GroundTarget, Probe, SurfaceTarget};
use crate::{Covers, Outside, QuestionFault, SunlightError};

/// How far samples stand off their surface, metres: past f32 rounding, well inside the edge distance.
const STAND_OFF_M: f64 = 0.002;
/// Height of a storey and of the eyes above its floor where a city has no storeys of its own, metres.
const STOREY_M: f64 = 4.0;
const EYE_M: f64 = 1.5;

/// The area's rectangle: west, south, east, north, site metres.
///
/// # Errors
/// When it does not lie within the city's data.
pub fn area_bounds(city: &CityModel, area: &AreaOfInterest) -> Result<[f64; 4], SunlightError> {
    let centre = city.about.frame.site_from_lonlat(LonLat::new(area.lon, area.lat)?)?;
    let (x, y) = (area.width_m / 2.0, area.height_m / 2.0);
    let bounds = [centre[0] - x, centre[1] - y, centre[0] + x, centre[1] + y];
    let data = city.about.bounds_m;
    let inside = bounds[0] >= data[0] && bounds[1] >= data[1] && bounds[2] <= data[2] && bounds[3] <= data[3];
    if inside { Ok(bounds) } else { Err(outside(city, Outside::Area)) }
}

/// 'Outside the data', with what the data covers.
pub fn outside(city: &CityModel, what: Outside) -> SunlightError {
    let [west, south, east, north] = city.about.bounds_m;
    let place = |at| city.about.frame.lonlat_from_site(at);
    match (place([west, south]), place([east, north])) {
        (Ok(low), Ok(high)) => SunlightError::OutsideCity { what, covers: Covers { low, high } },
        // A frame without degrees is the greater trouble.
        (Err(error), _) | (_, Err(error)) => error.into(),
    }
}

/// The ground grid over the area.
pub fn ground_grid(bounds: [f64; 4], ground: &GroundTarget) -> Grid {
    let count = |from: f64, to: f64| ((to - from) / ground.spacing_m).round().max(1.0) as u32;
    Grid {
        first_m: [bounds[0] + ground.spacing_m / 2.0, bounds[1] + ground.spacing_m / 2.0],
        spacing_m: ground.spacing_m,
        columns: count(bounds[0], bounds[2]),
        rows: count(bounds[1], bounds[3]),
        height_m: ground.height_m,
    }
}

/// Solids whose samples are asked for.
struct Chosen<'a> {
    scene: &'a Scene,
    index: SolidIndex,
    solids: Vec<(u32, &'a SceneSolid, u32)>,
}

impl<'a> Chosen<'a> {
    /// (number, solid, index within its owner) of the solids in the area, or of the named buildings.
    fn pick(scene: &'a Scene, bounds: [f64; 4], target: &SurfaceTarget) -> Result<Self, SunlightError> {
        let mut wanted = HashSet::new();
        for id in &target.buildings {
            wanted.insert(scene.owner_of(id).ok_or_else(|| SunlightError::NoBuilding {
                id: id.clone(),
                example: scene.owners.first().cloned().unwrap_or_default(),
            })?);
        }
        let (mut solids, mut owner, mut within) = (Vec::new(), u32::MAX, 0);
        for (number, solid) in scene.solids.iter().enumerate() {
            within = if solid.owner == owner { within + 1 } else { 0 };
            owner = solid.owner;
            let named = wanted.contains(&solid.owner);
            let asked = wanted.is_empty() && !scene.structures.contains(&solid.owner);
            if named || (asked && overlaps(solid.bounds_m, bounds)) {
                solids.push((number as u32, solid, within));
            }
        }
        Ok(Self { scene, index: SolidIndex::new(scene), solids })
    }

    /// Whether another solid hides a point of the surface at this height.
    fn hidden(&self, at: [f64; 2], height_m: f64, own: u32) -> bool {
        self.index.covering(self.scene, at).any(|other| {
            let SceneSolid { bottom_m, top_m: top, .. } = self.scene.solids[other as usize];
            // Under a deck is in its shadow, and not inside it.
            let fills = top > height_m + 1e-6 || (top > height_m - 1e-6 && other < own);
            other != own && bottom_m <= height_m + 1e-6 && fills
        })
    }

    fn collect(
        &self,
        kind: &str,
        sample: impl Fn(u32, &SceneSolid, u32, &mut PointSet) + Sync,
    ) -> Arc<PointSet> {
        let parts: Vec<PointSet> = self
            .solids
            .par_iter()
            .map(|(number, solid, within)| {
                let mut part = PointSet::default();
                sample(*number, solid, *within, &mut part);
                part.owner = vec![self.scene.owners[solid.owner as usize].clone(); part.at_m.len()];
                part
            })
            .collect();
        let mut all = PointSet { kind: kind.to_owned(), ..PointSet::default() };
        for part in parts {
            all.at_m.extend(part.at_m);
            all.normal.extend(part.normal);
            all.area_m2.extend(part.area_m2);
            all.owner.extend(part.owner);
            all.face.extend(part.face);
        }
        Arc::new(all)
    }
}

/// Points on roofs that no other roof covers. Face 0, 1, ... is the roof's number within its building.
///
/// # Errors
/// When a named building is not there.
pub fn roofs(
    scene: &Scene,
    bounds: [f64; 4],
    target: &SurfaceTarget,
) -> Result<Arc<PointSet>, SunlightError> {
    let chosen = Chosen::pick(scene, bounds, target)?;
    let step = target.spacing_m;
    Ok(chosen.collect("roofs", |number, solid, face, part| {
        let [west, south, east, north] = solid.bounds_m;
        // Aligned to the site, so that neighbouring roofs share one lattice.
        let mut y = ((south / step).floor() + 0.5) * step;
        while y < north {
            let mut x = ((west / step).floor() + 0.5) * step;
            while x < east {
                if scene.covers(solid, [x, y]) && !chosen.hidden([x, y], solid.top_m, number) {
                    push(part, [x, y, solid.top_m + STAND_OFF_M], [0.0, 0.0, 1.0], step * step, face);
                }
                x += step;
            }
            y += step;
        }
    }))
}

/// Points on walls that no other solid hides. Faces are numbered on from 1000 x the roof's number, one a wall.
///
/// # Errors
/// When a named building is not there.
pub fn walls(
    scene: &Scene,
    bounds: [f64; 4],
    target: &SurfaceTarget,
) -> Result<Arc<PointSet>, SunlightError> {
    let chosen = Chosen::pick(scene, bounds, target)?;
    Ok(chosen.collect("walls", |number, solid, within, part| {
        for (k, wall) in scene.walls_of(solid).iter().enumerate() {
            let face = within * 1000 + k as u32;
            sample_wall(&chosen, number, solid, wall, face, target.spacing_m, part);
        }
    }))
}

fn sample_wall(
    chosen: &Chosen<'_>,
    number: u32,
    solid: &SceneSolid,
    wall: &SceneWall,
    face: u32,
    spacing_m: f64,
    part: &mut PointSet,
) {
    let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
    let length = e[0].hypot(e[1]);
    let normal = [e[1] / length, -e[0] / length];
    let rise_m = solid.top_m - solid.bottom_m;
    let (across, up) = ((length / spacing_m).round().max(1.0), (rise_m / spacing_m).round().max(1.0));
    let area = length / across * rise_m / up;
    for i in 0..across as u32 {
        let share = (f64::from(i) + 0.5) / across;
        let foot = [
            wall.a[0] + share * e[0] + normal[0] * STAND_OFF_M,
            wall.a[1] + share * e[1] + normal[1] * STAND_OFF_M,
        ];
        for j in 0..up as u32 {
            let z = solid.bottom_m + rise_m * (f64::from(j) + 0.5) / up;
            if !chosen.hidden(foot, z, number) {
                push(part, [foot[0], foot[1], z], [normal[0], normal[1], 0.0], area, face);
            }
        }
    }
}

/// The probes as points. A place looks up; a storey looks out of the middle of its southernmost long wall.
///
/// # Errors
/// When a probe lies outside the city, or its building or storey is not there.
pub fn probes(city: &CityModel, scene: &Scene, probes: &[Probe]) -> Result<Arc<PointSet>, SunlightError> {
    let mut set = PointSet { kind: "probes".to_owned(), ..PointSet::default() };
    for (face, probe) in probes.iter().enumerate() {
        let (at, normal) = match (&probe.building, probe.lon.zip(probe.lat)) {
            (Some(building), _) => storey_window(city, scene, building, probe.storey.unwrap_or(1))?,
            (None, Some((lon, lat))) => (place_probe(city, probe, lon, lat)?, [0.0, 0.0, 1.0]),
            (None, None) => continue,
        };
        push(&mut set, at, normal, 0.0, face as u32);
        set.owner.push(probe.name.clone());
    }
    Ok(Arc::new(set))
}

fn place_probe(city: &CityModel, probe: &Probe, lon: f64, lat: f64) -> Result<[f64; 3], SunlightError> {
    let [x, y] = city.about.frame.site_from_lonlat(LonLat::new(lon, lat)?)?;
    let [west, south, east, north] = city.about.bounds_m;
    if x < west || x > east || y < south || y > north {
        return Err(outside(city, Outside::Probe(probe.name.clone())));
    }
    Ok([x, y, probe.height_m.unwrap_or(0.0)])
}

fn storey_window(
    city: &CityModel,
    scene: &Scene,
    building: &str,
    storey: u32,
) -> Result<([f64; 3], [f64; 3]), SunlightError> {
    let owner = scene.owner_of(building).ok_or_else(|| SunlightError::no_building(city, building))?;
    let height = f64::from(storey - 1) * STOREY_M + EYE_M;
    let southward = |wall: &SceneWall| wall.b[0] - wall.a[0];
    let best = scene
        .solids
        .iter()
        .filter(|s| s.owner == owner && s.fills(height))
        .flat_map(|s| scene.walls_of(s))
        .max_by(|p, q| southward(p).total_cmp(&southward(q)));
    let wall = best.ok_or_else(|| {
        let building = building.to_owned();
        let fault = QuestionFault::StoreyOverRoof { storey, building, height_m: height, storey_m: STOREY_M };
        SunlightError::question("sunlight.targets.probes.storey", fault)
    })?;
    let e = [wall.b[0] - wall.a[0], wall.b[1] - wall.a[1]];
    let length = e[0].hypot(e[1]);
    let normal = [e[1] / length, -e[0] / length];
    let middle = [(wall.a[0] + wall.b[0]) / 2.0, (wall.a[1] + wall.b[1]) / 2.0];
    Ok((
        [middle[0] + normal[0] * STAND_OFF_M, middle[1] + normal[1] * STAND_OFF_M, height],
        [normal[0], normal[1], 0.0],
    ))
}

fn push(set: &mut PointSet, at: [f64; 3], normal: [f64; 3], area_m2: f64, face: u32) {
    set.at_m.push(at.map(|v| v as f32));
    set.normal.push(normal.map(|v| v as f32));
    set.area_m2.push(area_m2 as f32);
    set.face.push(face);
}

/// A point set as the kernels want it.
pub fn surface_points(set: &PointSet) -> Vec<SurfacePoint> {
    let pairs = set.at_m.iter().zip(&set.normal);
    pairs
        .map(|(a, n)| SurfacePoint { at: [a[0], a[1], a[2], 0.0], normal: [n[0], n[1], n[2], 0.0] })
        .collect()
}

/// The open cells of a grid as points that look up, with the index of each in the grid.
pub fn open_cells(grid: &Grid, inside: &[bool]) -> (Vec<SurfacePoint>, Vec<u32>) {
    let open = (0..grid.len() as u32).filter(|i| !inside[*i as usize]);
    let points = open.map(|i| {
        let [x, y] = grid.centre_m(i % grid.columns, i / grid.columns);
        let at = [x as f32, y as f32, grid.height_m as f32, 0.0];
        (SurfacePoint { at, normal: [0.0, 0.0, 1.0, 0.0] }, i)
    });
    points.unzip()
}
