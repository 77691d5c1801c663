//! Finished buildings to flat records, in tile order.

use std::borrow::Cow;
use std::collections::HashMap;

use futago_model::{Building, BuildingFlags, Buildings, PolygonId, Solid, StringId, Strings, Tile};
use futago_raw::RawLandmark;

use crate::AssembleError;
use crate::footprints::Footprint;
use crate::plan::Plan;

/// A solid to be.
pub(crate) struct Part<'a> {
    pub plan: PlanOf<'a>,
    pub bottom_m: f64,
    pub top_m: f64,
}

/// A plan of a roof piece, or one made to fill a gap.
pub(crate) struct PlanOf<'a>(Cow<'a, Plan>);

impl<'a> From<&'a Plan> for PlanOf<'a> {
    fn from(plan: &'a Plan) -> Self {
        Self(Cow::Borrowed(plan))
    }
}

impl From<Plan> for PlanOf<'_> {
    fn from(plan: Plan) -> Self {
        Self(Cow::Owned(plan))
    }
}

/// A building with everything but its place in the records.
pub(crate) struct Finished<'a> {
    pub footprint: &'a Footprint,
    pub height_m: f64,
    pub flags: BuildingFlags,
    /// Roof pieces and what fills gaps; empty for a building that is its footprint.
    pub parts: Vec<Part<'a>>,
    pub landmark: Option<&'a RawLandmark>,
}

/// Strings, each once. The map is only looked up, never walked.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    pub strings: Strings,
    ids: HashMap<String, StringId>,
}

impl Interner {
    /// The id of a text; none for an absent or empty one.
    pub fn intern(&mut self, text: Option<&str>) -> StringId {
        let Some(text) = text.filter(|text| !text.is_empty()) else { return StringId::NONE };
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = self.strings.push(text);
        self.ids.insert(text.to_owned(), id);
        id
    }
}

/// Writes the records: by row and column of the footprint's centre, then in published order.
pub(crate) fn emit(finished: Vec<Finished<'_>>) -> Result<Buildings, AssembleError> {
    let mut ordered: Vec<([i32; 2], Finished<'_>)> =
        finished.into_iter().map(|building| (tile_of(building.footprint), building)).collect();
    // The sort is stable, so buildings of a tile keep the published order.
    ordered.sort_by_key(|(tile, _)| *tile);
    let mut city = Buildings::default();
    let mut names = Interner::default();
    for (tile, building) in &ordered {
        emit_one(*tile, building, &mut city, &mut names);
    }
    city.strings = names.strings;
    check_sizes(&city)?;
    Ok(city)
}

/// Row and column of the tile that holds the centre.
fn tile_of(footprint: &Footprint) -> [i32; 2] {
    let [east, north] = footprint.centroid_m().map(|m| (m / Buildings::TILE_M).floor() as i32);
    [north, east]
}

fn emit_one([row, column]: [i32; 2], building: &Finished<'_>, city: &mut Buildings, names: &mut Interner) {
    let footprint = building.footprint;
    let index = city.records.len() as u32;
    let first_solid = city.solids.len() as u32;
    let outline = footprint.plans[0].push_to(&mut city.polygons);
    let mut solid = |polygon: PolygonId, bottom_m: f64, top_m: f64| {
        let [bottom_m, top_m] = [bottom_m, top_m].map(|m| m as f32);
        city.solids.push(Solid { polygon, building: index, bottom_m, top_m });
    };
    if building.parts.is_empty() {
        solid(outline, 0.0, building.height_m);
        for plan in &footprint.plans[1..] {
            solid(plan.push_to(&mut city.polygons), 0.0, building.height_m);
        }
    }
    for part in &building.parts {
        solid(part.plan.0.push_to(&mut city.polygons), part.bottom_m, part.top_m);
    }
    let record = Building {
        id: names.intern(Some(&footprint.id)),
        name_ja: names.intern(building.landmark.map(|l| l.name_ja.as_str())),
        name_en: names.intern(building.landmark.map(|l| l.name_en.as_str())),
        town_code: names.intern(footprint.town_code.as_deref()),
        height_m: building.height_m as f32,
        flood_depth_m: footprint.flood_depth_m.map_or(f32::NAN, |depth| depth as f32),
        footprint: outline,
        flags: building.flags,
        first_solid,
        solid_count: city.solids.len() as u32 - first_solid,
    };
    city.records.push(record);
    grow_tile([row, column], building, &record, city);
}

fn grow_tile([row, column]: [i32; 2], building: &Finished<'_>, record: &Building, city: &mut Buildings) {
    if city.tiles.last().is_none_or(|tile| (tile.row, tile.column) != (row, column)) {
        let first_building = city.records.len() as u32 - 1;
        let none = [f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
        let tile =
            Tile { column, row, first_building, building_count: 0, bounds_m: none, top_m: 0.0, reserved: 0 };
        city.tiles.push(tile);
    }
    let top_m = city.top_of(record);
    let Some(tile) = city.tiles.last_mut() else { return };
    tile.building_count += 1;
    tile.top_m = tile.top_m.max(top_m);
    let plans = building.footprint.plans.iter().chain(building.parts.iter().map(|part| &*part.plan.0));
    for plan in plans {
        let [west, south, east, north] = plan.bounds().map(|mm| (f64::from(mm) / 1000.0) as f32);
        let b = tile.bounds_m;
        tile.bounds_m = [b[0].min(west), b[1].min(south), b[2].max(east), b[3].max(north)];
    }
}

fn check_sizes(city: &Buildings) -> Result<(), AssembleError> {
    let sizes = [
        ("vertices", city.polygons.vertices_mm.len()),
        ("triangles", city.polygons.triangles.len()),
        ("solids", city.solids.len()),
        ("letters in names", city.strings.bytes.len()),
    ];
    match sizes.iter().find(|(_, size)| u32::try_from(*size).is_err()) {
        Some((what, _)) => Err(AssembleError::TooLarge { what }),
        None => Ok(()),
    }
}
