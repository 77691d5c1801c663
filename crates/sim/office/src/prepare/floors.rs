//! From buildings to floors: heights, areas, capacities, workers.
//!
//! A building without measured floors has as many storeys as are published, or as its height holds, each as large as
//! what the building's solids cover at half its height; of a building of which only the outline is known, storeys over
//! 31 m are at most so large as a tower's, since podiums cannot be told there. A building of a file has the floors of the file, with the
//! file's capacities and areas where it gives them. If the file knows of more floors than the height holds, storeys
//! are made lower to fit.

use std::collections::BTreeMap;

use futago_model::{Building, BuildingFlags, CityModel, FloorOccupancy, Occupancy};

use super::section::Sections;
use super::{Basis, Published};
use crate::random::{Purpose, spread};
use crate::scenario::{Floors, Question};

/// A building with offices.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// Index among the city's buildings.
    pub index: usize,
    /// Published id.
    pub id: String,
    /// Japanese name; the id where it has none.
    pub name_ja: String,
    /// English name; the Japanese one where it has none.
    pub name_en: String,
    /// Why it counts as offices.
    pub basis: Basis,
    /// Middle of its footprint, site metres.
    pub at_m: [f64; 2],
    /// Published height, metres.
    pub height_m: f64,
    /// Storeys above the ground, offices or not.
    pub storeys: u32,
    /// Whether their number is published, or that of a file.
    pub storeys_known: bool,
    /// Its floors: a range of all floors.
    pub floors: std::ops::Range<usize>,
    /// Index of its area.
    pub area: usize,
}

/// A floor with offices.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeFloor {
    /// Index among the offices.
    pub office: usize,
    /// The floor: 1 is the one at the ground, -1 the first below.
    pub floor: i32,
    /// Its bottom, metres above the ground.
    pub bottom_m: f64,
    /// Its top.
    pub top_m: f64,
    /// Area of offices, square metres.
    pub area_m2: f64,
    /// Persons that it is for.
    pub capacity: f64,
    /// Persons who work there, of whom a share comes; of a measured floor as many as it is for.
    pub workers: f64,
    /// How much later than the schedule its people do everything, minutes.
    pub shift_min: f64,
    /// Index of its measured samples; synthetic without.
    pub measured: Option<usize>,
}

/// Floors of a file by building, with their indices.
pub type Measured<'o> = BTreeMap<&'o str, Vec<(usize, &'o FloorOccupancy)>>;

/// The floors of an occupancy by building.
pub fn by_building(occupancy: &Occupancy) -> Measured<'_> {
    let mut found = Measured::new();
    for (index, floor) in occupancy.floors.iter().enumerate() {
        found.entry(floor.building.as_str()).or_default().push((index, floor));
    }
    found
}

/// A storey above the ground: number, bottom, top (metres), and what the solids cover there (square metres).
struct Storey {
    floor: i32,
    bottom_m: f64,
    top_m: f64,
    gross_m2: f64,
}

/// Number of storeys and the height of one.
fn storeys_of(building: &Building, rule: &Floors, published: Option<u32>) -> (u32, f64) {
    let height_m = f64::from(building.height_m);
    match published {
        Some(count) => (count, height_m / f64::from(count)),
        None => ((height_m / rule.storey_m).round().max(1.0) as u32, rule.storey_m),
    }
}

/// Storeys above this may be those of a tower on a podium, metres: the height that the building law allowed until
/// 1970, and that podiums still have.
const PODIUM_M: f64 = 31.0;

fn stack(city: &CityModel, building: &Building, (count, storey_m): (u32, f64), rule: &Floors) -> Vec<Storey> {
    let mut sections = Sections::of(&city.buildings, building);
    let only_outline = !building.flags.has(BuildingFlags::LOD2);
    let mut storey = |number: u32| {
        let (bottom_m, top_m) = (f64::from(number) * storey_m, f64::from(number + 1) * storey_m);
        let covered_m2 = sections.area_m2((bottom_m + top_m) / 2.0);
        let most_m2 = if only_outline && bottom_m >= PODIUM_M { rule.prism_storey_m2 } else { f64::INFINITY };
        let gross_m2 = covered_m2.min(most_m2);
        Storey { floor: number as i32 + 1, bottom_m, top_m, gross_m2 }
    };
    (0..count).map(&mut storey).collect()
}

/// Floor area of all storeys, square metres.
pub fn gross_m2(city: &CityModel, building: &Building, rule: &Floors, published: Option<u32>) -> f64 {
    stack(city, building, storeys_of(building, rule, published), rule)
        .iter()
        .map(|storey| storey.gross_m2)
        .sum()
}

/// An office with its floors; `office` is its index to be. The area is set later.
pub fn office(
    city: &CityModel,
    (index, basis): (usize, Basis),
    office: usize,
    question: &Question,
    published: &Published,
    measured: &Measured<'_>,
    seed: u64,
) -> (Office, Vec<OfficeFloor>) {
    let buildings = &city.buildings;
    let building = &buildings.records[index];
    let id = buildings.id_of(building).to_owned();
    let name = |id| buildings.strings.get(id).filter(|name| !name.is_empty());
    let name_ja = name(building.name_ja).unwrap_or(&id).to_owned();
    let name_en = name(building.name_en).unwrap_or(&name_ja).to_owned();
    let fact = published.fact(&id);
    let (mut count, mut storey_m) = storeys_of(building, &question.floors, fact.storeys);
    let mine = measured.get(id.as_str()).map_or(&[][..], Vec::as_slice);
    let highest = mine.iter().map(|(_, floor)| floor.floor).max().unwrap_or(0);
    let file_knows = highest > count as i32;
    if file_knows {
        count = highest as u32;
        storey_m = f64::from(building.height_m) / f64::from(highest);
    }
    let storeys = stack(city, building, (count, storey_m), &question.floors);
    let found = Office {
        index,
        name_ja,
        name_en,
        basis,
        at_m: buildings.polygons.get(building.footprint).middle_m(),
        height_m: f64::from(building.height_m),
        storeys: count,
        storeys_known: fact.storeys.is_some() || file_knows,
        floors: 0..0,
        area: 0,
        id,
    };
    let floors = if mine.is_empty() {
        synthetic(&found.id, office, &storeys, question, seed)
    } else {
        let footprint_m2 = buildings.polygons.get(building.footprint).area_m2();
        let below = (storey_m, footprint_m2);
        mine.iter().map(|one| of_file(office, *one, &storeys, below, &question.floors)).collect()
    };
    (found, floors)
}

fn synthetic(
    id: &str,
    office: usize,
    storeys: &[Storey],
    question: &Question,
    seed: u64,
) -> Vec<OfficeFloor> {
    let (rule, variation) = (&question.floors, &question.variation);
    let is_office = |storey: &&Storey| storey.gross_m2 >= rule.min_storey_m2;
    // A building that is asked for by name may be small all over.
    let small = !storeys.iter().any(|storey| is_office(&storey));
    let kept = storeys.iter().filter(|s| is_office(s) || (small && s.gross_m2 > 0.0));
    let staff = 1.0 + variation.building * spread(seed, id, 0, Purpose::BuildingStaff);
    let shift = variation.building_min * spread(seed, id, 0, Purpose::BuildingShift);
    let floor = |storey: &Storey| {
        let area_m2 = storey.gross_m2 * rule.net_share;
        let capacity = area_m2 * rule.density_m2;
        let own = 1.0 + variation.floor * spread(seed, id, storey.floor, Purpose::FloorStaff);
        let late = variation.floor_min * spread(seed, id, storey.floor, Purpose::FloorShift);
        OfficeFloor {
            office,
            floor: storey.floor,
            bottom_m: storey.bottom_m,
            top_m: storey.top_m,
            area_m2,
            capacity,
            workers: capacity * rule.staffing * staff * own,
            shift_min: shift + late,
            measured: None,
        }
    };
    kept.map(floor).collect()
}

fn of_file(
    office: usize,
    (index, said): (usize, &FloorOccupancy),
    storeys: &[Storey],
    (storey_m, footprint_m2): (f64, f64),
    rule: &Floors,
) -> OfficeFloor {
    let storey = usize::try_from(said.floor - 1).ok().and_then(|at| storeys.get(at));
    let gross_m2 = storey.map_or(footprint_m2, |storey| storey.gross_m2);
    let area_m2 = said.area_m2.unwrap_or(gross_m2 * rule.net_share);
    let capacity = said.capacity_persons.unwrap_or(area_m2 * rule.density_m2);
    // Floor -1 lies right below the ground.
    let bottom_m = f64::from(if said.floor > 0 { said.floor - 1 } else { said.floor }) * storey_m;
    OfficeFloor {
        office,
        floor: said.floor,
        bottom_m,
        top_m: bottom_m + storey_m,
        area_m2,
        capacity,
        workers: capacity,
        shift_min: 0.0,
        measured: Some(index),
    }
}
