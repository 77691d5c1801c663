//! Areas that buildings lie in: squares of the plan, or towns.

use std::collections::BTreeMap;

use futago_field::Grid;
use futago_model::CityModel;

use super::Office;
use crate::scenario::{AreaKind, Areas};

/// An area with offices.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeArea {
    /// `x3y-2` of a square: columns to the east and rows to the north of the site origin; the code of a town.
    pub key: String,
    /// Middle of the square, or mean place of a town's offices, site metres.
    pub at_m: [f64; 2],
    /// Column and row of a square.
    pub cell: Option<[i32; 2]>,
}

/// Most cells of the grid that squares make.
const MOST_CELLS: i64 = 1_000_000;

/// The areas of offices, squares by row and column, towns by code; sets the area of each office.
pub fn areas(city: &CityModel, question: &Areas, offices: &mut [Office]) -> Vec<OfficeArea> {
    match question.by {
        AreaKind::Square => {
            let side_m = question.side_m;
            grouped(
                offices,
                |office| office.at_m.map(|m| (m / side_m).floor() as i32),
                |[x, y], _| {
                    let at_m = [x, y].map(|n| (f64::from(n) + 0.5) * side_m);
                    OfficeArea { key: format!("x{x}y{y}"), at_m, cell: Some([x, y]) }
                },
            )
        }
        AreaKind::Town => {
            let town = |office: &Office| {
                let building = &city.buildings.records[office.index];
                city.buildings.strings.get(building.town_code).unwrap_or_default().to_owned()
            };
            grouped(offices, town, |key, places| {
                let count = places.len() as f64;
                let at_m = [0, 1].map(|axis| places.iter().map(|p| p[axis]).sum::<f64>() / count);
                let key = if key.is_empty() { "-".to_owned() } else { key };
                OfficeArea { key, at_m, cell: None }
            })
        }
    }
}

fn grouped<K: Ord + Clone>(
    offices: &mut [Office],
    key_of: impl Fn(&Office) -> K,
    area: impl Fn(K, Vec<[f64; 2]>) -> OfficeArea,
) -> Vec<OfficeArea> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (index, office) in offices.iter().enumerate() {
        groups.entry(key_of(office)).or_default().push(index);
    }
    let mut areas = Vec::new();
    for (key, members) in groups {
        let places = members.iter().map(|member| offices[*member].at_m).collect();
        for member in members {
            offices[member].area = areas.len();
        }
        areas.push(area(key, places));
    }
    areas
}

/// The grid of all squares and the cell of each area; none for towns.
pub fn grid(areas: &[OfficeArea], side_m: f64) -> Option<(Grid, Vec<usize>)> {
    let cells: Vec<[i32; 2]> = areas.iter().filter_map(|area| area.cell).collect();
    let ends = |axis: usize| {
        let numbers = || cells.iter().map(|cell| cell[axis]);
        Some((numbers().min()?, numbers().max()?))
    };
    let ((west, east), (south, north)) = (ends(0)?, ends(1)?);
    let [columns, rows] =
        [(west, east), (south, north)].map(|(low, high)| i64::from(high) - i64::from(low) + 1);
    if columns.checked_mul(rows).is_none_or(|cells| cells > MOST_CELLS) {
        return None;
    }
    let first_m = [west, south].map(|n| (f64::from(n) + 0.5) * side_m);
    let grid = Grid { first_m, spacing_m: side_m, columns: columns as u32, rows: rows as u32, height_m: 0.0 };
    let place = |[x, y]: &[i32; 2]| ((y - south) as usize) * columns as usize + (x - west) as usize;
    Some((grid, cells.iter().map(place).collect()))
}
