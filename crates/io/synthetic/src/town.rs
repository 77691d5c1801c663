//! What synthetic people need of a city: where they come from, where they go, and the ways between.
//!
//! **Hubs** are doors of the station (nodes in a doorway; without any, nodes spread over the network).
//! **Offices** are buildings of 20 m and more, **homes** the lower ones, both by floor area (footprint times storeys
//! of 4 m or 3 m); **shops** are a few buildings near the hubs. No open source says what a building is used for; the
//! heights stand for it.
//!
//! Every way has a hub or a shop at one end, so one tree of shortest ways to it and one from it are enough
//! (Dijkstra 1959). Two trees each, with link lengths changed at random by up to a fifth, so that not everybody
//! takes the same street.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use futago_model::{
    CityModel, WalkKind, WalkLinkFlags, WalkLinkId, WalkNetwork, WalkNodeId, WalkPlace, metres_from_mm,
};
use rayon::prelude::*;

use crate::SyntheticError;
use crate::random::{Draws, mix};

const HUBS: usize = 16;
const SHOPS: usize = 48;
const TREES: usize = 2;
const OFFICE_HEIGHT_M: f32 = 20.0;
/// Farther than this from its node, a building is not used, metres.
const DOOR_M: f64 = 80.0;
const NOWHERE: u32 = u32::MAX;
/// Edge of the cells of building heights, metres.
const CANYON_CELL_M: f64 = 20.0;

/// A building that people go to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Destination {
    pub at_m: [f64; 2],
    pub node: u32,
}

/// A part of a way: a link and whether it is walked from its first node to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub link: u32,
    pub forward: bool,
}

/// Destinations to draw from by weight.
#[derive(Debug, Clone, Default)]
pub(crate) struct Drawn {
    all: Vec<Destination>,
    sums: Vec<f64>,
}

impl Drawn {
    fn push(&mut self, destination: Destination, weight: f64) {
        self.all.push(destination);
        self.sums.push(self.sums.last().copied().unwrap_or_default() + weight);
    }

    pub fn draw(&self, draws: &mut Draws) -> Destination {
        let at = draws.uniform() * self.sums.last().copied().unwrap_or_default();
        let index = self.sums.partition_point(|sum| *sum <= at);
        self.all[index.min(self.all.len() - 1)]
    }
}

/// Ways to one node and from it.
#[derive(Debug)]
struct Tree {
    /// Of each node, the last link of the way from the root.
    from_root: Vec<u32>,
    /// Of each node, the next link of the way to the root.
    to_root: Vec<u32>,
}

/// A node that ways lead to and from.
#[derive(Debug)]
pub(crate) struct Root {
    pub place: Destination,
    trees: Vec<Tree>,
}

/// A link as walkers need it.
#[derive(Debug, Clone)]
pub(crate) struct TownLink {
    pub from: u32,
    pub to: u32,
    pub length_m: f64,
    pub roofed: bool,
    pub width_m: f32,
    pub line_m: Vec<[f64; 2]>,
    /// Mean height of the buildings round its middle, metres.
    pub canyon_m: f32,
}

/// A city as synthetic people see it.
#[derive(Debug)]
pub struct Town {
    pub(crate) links: Vec<TownLink>,
    pub(crate) hubs: Vec<Root>,
    pub(crate) shops: Vec<Root>,
    pub(crate) offices: Drawn,
    pub(crate) homes: Drawn,
}

impl Town {
    /// Prepares a city.
    ///
    /// # Errors
    /// When it has no walk network or no buildings.
    pub fn new(city: &CityModel, seed: u64) -> Result<Self, SyntheticError> {
        let walk = &city.walk;
        if walk.links.is_empty() {
            return Err(SyntheticError::Missing("walk network"));
        }
        let links = links_of(city);
        let usable = usable_nodes(walk);
        let hubs = hub_nodes(walk, &usable);
        let mut town = Self {
            links,
            hubs: Vec::new(),
            shops: Vec::new(),
            offices: Drawn::default(),
            homes: Drawn::default(),
        };
        let shops = town.buildings(city, &usable, &hubs, seed);
        if town.offices.all.is_empty() || town.homes.all.is_empty() || shops.is_empty() || hubs.is_empty() {
            return Err(SyntheticError::Missing("buildings beside its walk network"));
        }
        let place = |node: u32| Destination { at_m: node_m(walk, node), node };
        let hubs: Vec<Destination> = hubs.into_iter().map(place).collect();
        let nodes = walk.nodes.len();
        let one_way: Vec<bool> = walk.links.iter().map(|l| l.flags.has(WalkLinkFlags::ONE_WAY)).collect();
        let roots = |places: Vec<Destination>, town: &Self| -> Vec<Root> {
            let root = |place: Destination| Root {
                place,
                trees: (0..TREES as u64)
                    .map(|tree| town.tree(place.node, nodes, &one_way, seed ^ tree))
                    .collect(),
            };
            places.into_par_iter().map(root).collect()
        };
        town.hubs = roots(hubs, &town);
        town.shops = roots(shops, &town);
        Ok(town)
    }

    /// Sorts the buildings into offices and homes; gives the shops.
    fn buildings(&mut self, city: &CityModel, usable: &[u32], hubs: &[u32], seed: u64) -> Vec<Destination> {
        let (walk, buildings) = (&city.walk, &city.buildings);
        let open: Vec<(u32, [f64; 2])> = (usable.iter())
            .filter(|node| walk.nodes[**node as usize].level == 0.0)
            .map(|node| (*node, node_m(walk, *node)))
            .collect();
        let doors: Vec<Option<(Destination, f64)>> = (buildings.records.par_iter())
            .map(|building| {
                let footprint = buildings.polygons.get(building.footprint);
                let at_m = footprint.middle_m();
                let nearest = open.iter().map(|(node, m)| (*node, apart_m(at_m, *m)));
                let (node, away_m) = nearest.min_by(|a, b| a.1.total_cmp(&b.1))?;
                let area_m2 = footprint.area_m2();
                (away_m <= DOOR_M && area_m2 >= 30.0).then_some((Destination { at_m, node }, area_m2))
            })
            .collect();
        let hubs: Vec<[f64; 2]> = hubs.iter().map(|node| node_m(walk, *node)).collect();
        let mut ranked = Vec::new();
        for (index, door) in doors.into_iter().enumerate() {
            let Some((place, area_m2)) = door else { continue };
            let height_m = buildings.records[index].height_m;
            if height_m >= OFFICE_HEIGHT_M {
                self.offices.push(place, area_m2 * f64::from(height_m) / 4.0);
            } else {
                self.homes.push(place, area_m2 * f64::from(height_m.max(3.0)) / 3.0);
            }
            let to_hub_m = hubs.iter().map(|hub| apart_m(place.at_m, *hub)).fold(f64::MAX, f64::min);
            if to_hub_m < 700.0 && (6.0..60.0).contains(&height_m) {
                // Weighted drawing without putting back (Efraimidis and Spirakis 2006).
                let mut draws = Draws::new(seed, 0, index as u64, 0x5409);
                ranked.push((draws.uniform().ln() / area_m2.sqrt(), index, place));
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        ranked.into_iter().take(SHOPS).map(|(_, _, place)| place).collect()
    }

    fn tree(&self, root: u32, nodes: usize, one_way: &[bool], salt: u64) -> Tree {
        Tree {
            from_root: self.search(root, nodes, one_way, salt, true),
            to_root: self.search(root, nodes, one_way, salt, false),
        }
    }

    fn search(&self, root: u32, nodes: usize, one_way: &[bool], salt: u64, away: bool) -> Vec<u32> {
        let mut steps: Vec<Vec<(u32, u32)>> = vec![Vec::new(); nodes];
        for (index, link) in self.links.iter().enumerate() {
            let (a, b) = if away { (link.from, link.to) } else { (link.to, link.from) };
            steps[a as usize].push((b, index as u32));
            if !one_way[index] {
                steps[b as usize].push((a, index as u32));
            }
        }
        let cost_mm = |link: u32| {
            let taste = 0.8 + 0.4 * (mix(salt ^ mix(u64::from(link))) >> 40) as f64 / (1_u64 << 24) as f64;
            (self.links[link as usize].length_m.max(0.5) * taste * 1000.0) as u64
        };
        let (mut via, mut least) = (vec![NOWHERE; nodes], vec![u64::MAX; nodes]);
        let mut heap = BinaryHeap::from([Reverse((0_u64, root))]);
        least[root as usize] = 0;
        while let Some(Reverse((so_far, node))) = heap.pop() {
            if so_far > least[node as usize] {
                continue;
            }
            for (to, link) in &steps[node as usize] {
                let total = so_far + cost_mm(*link);
                if total < least[*to as usize] {
                    least[*to as usize] = total;
                    via[*to as usize] = *link;
                    heap.push(Reverse((total, *to)));
                }
            }
        }
        via
    }

    /// The way from a root to a node; none where there is none.
    pub(crate) fn way_from(&self, root: &Root, node: u32, tree: usize) -> Option<Vec<Step>> {
        let mut way = self.follow(&root.trees[tree].from_root, node, root.place.node, true)?;
        way.reverse();
        Some(way)
    }

    /// The way from a node to a root.
    pub(crate) fn way_to(&self, root: &Root, node: u32, tree: usize) -> Option<Vec<Step>> {
        self.follow(&root.trees[tree].to_root, node, root.place.node, false)
    }

    /// Which of the trees, at random.
    pub(crate) fn any_tree(draws: &mut Draws) -> usize {
        draws.index(TREES)
    }

    fn follow(&self, via: &[u32], mut node: u32, root: u32, backwards: bool) -> Option<Vec<Step>> {
        let mut way = Vec::new();
        while node != root {
            let index = via[node as usize];
            let link = self.links.get(index as usize)?;
            let at_end = link.to == node;
            way.push(Step { link: index, forward: at_end == backwards });
            node = if at_end { link.from } else { link.to };
        }
        Some(way)
    }
}

fn node_m(walk: &WalkNetwork, node: u32) -> [f64; 2] {
    walk.nodes[node as usize].at_mm.map(metres_from_mm)
}

fn apart_m(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Nodes of the largest part of the network, in order.
fn usable_nodes(walk: &WalkNetwork) -> Vec<u32> {
    let parts = walk.components();
    let largest = parts.largest();
    let of_largest = |node: &u32| parts.sizes[parts.of_node[*node as usize] as usize] == largest;
    (0..walk.nodes.len() as u32).filter(of_largest).collect()
}

/// Doors of the station, far from each other.
fn hub_nodes(walk: &WalkNetwork, usable: &[u32]) -> Vec<u32> {
    let is_door = |node: &u32| {
        let node = walk.node(WalkNodeId(*node));
        WalkPlace::from_number(node.place) == WalkPlace::Doorway && node.level.abs() < 0.5
    };
    let mut doors: Vec<u32> = usable.iter().copied().filter(is_door).collect();
    if doors.is_empty() {
        doors = usable.to_vec();
    }
    let Some(first) = doors.first().copied() else { return doors };
    let mut chosen = vec![first];
    let mut away: Vec<f64> =
        doors.iter().map(|door| apart_m(node_m(walk, *door), node_m(walk, first))).collect();
    while chosen.len() < HUBS.min(doors.len()) {
        let farthest = (0..doors.len()).max_by(|a, b| away[*a].total_cmp(&away[*b]).then(b.cmp(a)));
        let Some(next) = farthest.filter(|next| away[*next] > 0.0).map(|next| doors[next]) else { break };
        chosen.push(next);
        for (away, door) in away.iter_mut().zip(&doors) {
            *away = away.min(apart_m(node_m(walk, *door), node_m(walk, next)));
        }
    }
    chosen
}

fn links_of(city: &CityModel) -> Vec<TownLink> {
    let walk = &city.walk;
    let heights = Heights::of(city);
    (walk.links.iter().enumerate())
        .map(|(index, link)| {
            let line_m: Vec<[f64; 2]> =
                walk.line_mm(WalkLinkId(index as u32)).iter().map(|at| at.map(metres_from_mm)).collect();
            let length_m: f64 = line_m.windows(2).map(|pair| apart_m(pair[0], pair[1])).sum();
            let kind = WalkKind::from_number(link.kind);
            let middle = line_m[line_m.len() / 2];
            TownLink {
                from: link.from.0,
                to: link.to.0,
                length_m,
                roofed: link.flags.has(WalkLinkFlags::ROOFED)
                    || kind == WalkKind::Corridor
                    || link.level < -0.25,
                width_m: link.width_m,
                line_m,
                canyon_m: heights.around(middle),
            }
        })
        .collect()
}

/// Heights of buildings on a coarse grid.
struct Heights {
    cells: std::collections::HashMap<[i32; 2], f32>,
}

impl Heights {
    fn of(city: &CityModel) -> Self {
        let mut cells = std::collections::HashMap::new();
        for building in &city.buildings.records {
            let bounds = city.buildings.polygons.get(building.footprint).bounds_m();
            let [west, south, east, north] = bounds.map(|m| (m / CANYON_CELL_M).floor() as i32);
            for row in south..=north.min(south + 50) {
                for column in west..=east.min(west + 50) {
                    let height_m: &mut f32 = cells.entry([column, row]).or_default();
                    *height_m = height_m.max(building.height_m);
                }
            }
        }
        Self { cells }
    }

    /// Mean of the highest in each of the nine cells round a place, metres.
    fn around(&self, at_m: [f64; 2]) -> f32 {
        let [column, row] = at_m.map(|m| (m / CANYON_CELL_M).floor() as i32);
        let mut sum = 0.0;
        for (dx, dy) in (-1..=1).flat_map(|dy| (-1..=1).map(move |dx| (dx, dy))) {
            sum += self.cells.get(&[column + dx, row + dy]).copied().unwrap_or_default();
        }
        sum / 9.0
    }
}
