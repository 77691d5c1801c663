//! Where people come from and go to: doors of the station and its passages on one side, buildings by floor area on
//! the other. Both are gathered in squares, so that a district is some hundred zones and not 25,000 houses.
//!
//! Floor area is footprint times storeys of 4 m; what a building is used for is not known, so a tower of flats draws
//! as many as one of offices. Without doors the ends of ways at the edge of the network stand in for them.

use std::collections::BTreeMap;

use futago_model::CityModel;

use super::network::Streets;

/// Side of a square of buildings, metres.
const BUILDING_ZONE_M: f64 = 200.0;
/// Side of a square of doors, metres.
const DOOR_ZONE_M: f64 = 80.0;
/// Height of a storey, metres.
const STOREY_M: f64 = 4.0;
/// How far a building may be from the network, metres; beyond, nobody gets there on foot.
const MOST_AWAY_M: f64 = 250.0;

/// A node with what it is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zone {
    /// The node of the network that people enter or leave it by.
    pub node: u32,
    /// Share of all, the shares of one side adding up to 1.
    pub share: f64,
}

/// Both sides of the way to work.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Zones {
    /// Doors of the station, or ends of ways where there are none.
    pub doors: Vec<Zone>,
    /// Buildings.
    pub buildings: Vec<Zone>,
}

/// The zones of a city.
pub fn of_city(city: &CityModel, streets: &Streets) -> Zones {
    Zones { doors: doors(streets), buildings: buildings(city, streets) }
}

fn doors(streets: &Streets) -> Vec<Zone> {
    let mut degree = vec![0_u32; streets.nodes.len()];
    for link in &streets.links {
        degree[link.from as usize] += 1;
        degree[link.to as usize] += 1;
    }
    let joined = || streets.nodes.iter().enumerate().filter(|(_, node)| node.is_joined);
    let mut found: Vec<usize> = joined().filter(|(_, node)| node.is_door).map(|(index, _)| index).collect();
    if found.is_empty() {
        found = joined().filter(|(index, _)| degree[*index] == 1).map(|(index, _)| index).collect();
    }
    let places = found.iter().map(|index| {
        let at = streets.nodes[*index].at_m;
        ([at[0], at[1]], 1.0, Some(*index as u32))
    });
    gather(streets, places, DOOR_ZONE_M)
}

fn buildings(city: &CityModel, streets: &Streets) -> Vec<Zone> {
    let places = city.buildings.records.iter().map(|building| {
        let footprint = city.buildings.polygons.get(building.footprint);
        let height_m = f64::from(building.height_m);
        let storeys = if height_m.is_finite() { (height_m / STOREY_M).round().max(1.0) } else { 1.0 };
        (footprint.middle_m(), footprint.area_m2().max(0.0) * storeys, None)
    });
    gather(streets, places, BUILDING_ZONE_M)
}

/// Weights by squares; each square enters the network at the node nearest to its middle of weight, or, where the
/// places are nodes, at the first of them.
fn gather(
    streets: &Streets,
    places: impl Iterator<Item = ([f64; 2], f64, Option<u32>)>,
    side_m: f64,
) -> Vec<Zone> {
    let mut squares: BTreeMap<[i64; 2], ([f64; 2], f64, Option<u32>)> = BTreeMap::new();
    for (at, weight, node) in places {
        let square = squares.entry(at.map(|v| (v / side_m).floor() as i64)).or_insert(([0.0; 2], 0.0, node));
        square.0 = [0, 1].map(|axis| square.0[axis] + weight * at[axis]);
        square.1 += weight;
    }
    let mut by_node: BTreeMap<u32, f64> = BTreeMap::new();
    for (sum, weight, node) in squares.into_values().filter(|square| square.1 > 0.0) {
        let middle = sum.map(|v| v / weight);
        let nearest = || {
            streets.nearest(middle, |_| true).filter(|(_, away)| *away <= MOST_AWAY_M).map(|(node, _)| node)
        };
        if let Some(node) = node.or_else(nearest) {
            *by_node.entry(node).or_default() += weight;
        }
    }
    let all: f64 = by_node.values().sum();
    by_node.into_iter().map(|(node, weight)| Zone { node, share: weight / all }).collect()
}
