//! The streets as this simulation uses them: nodes and links of the walk network, with room for new ones, and how
//! fast people go on each kind of link.
//!
//! Paces relative to the level are those of 告示 1441 (office: 78 m/min on the level, stairs 35 up and 47 down; one
//! value for both directions, since they share a link) and of usual escalators; a lift costs half a minute. Traffic
//! lights, doors that close and stairs that are taken one way are not known.

use futago_model::{CityModel, WalkKind, WalkLinkFlags, WalkPlace, metres_from_mm};

use crate::assign::{Arc, Cost, Graph};

/// Narrowest width that a link may have, metres; less is a defect of the data.
pub const LEAST_WIDTH_M: f32 = 0.6;
/// Shortest length that a link may have, metres: two nodes at one place would make it free.
const LEAST_LENGTH_M: f32 = 0.1;

/// A place of the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// East, north (site), height above the ground at the origin, metres.
    pub at_m: [f64; 3],
    /// Ordinal of the level.
    pub level: f32,
    /// A doorway between inside and outside.
    pub is_door: bool,
    /// Belongs to the largest part that hangs together.
    pub is_joined: bool,
}

/// A stretch between two nodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Published id, or a made one.
    pub id: String,
    /// Name of the way; may be empty.
    pub name: String,
    /// Node it begins at.
    pub from: u32,
    /// Node it ends at.
    pub to: u32,
    /// What it is.
    pub kind: WalkKind,
    /// The level it runs on.
    pub level: f32,
    /// Clear width, metres.
    pub width_m: f32,
    /// Length, metres.
    pub length_m: f32,
    /// Leads from `from` to `to` only.
    pub one_way: bool,
    /// Under the sky, on the ground or above: people on it count for the density of the streets.
    pub is_outside: bool,
    /// Its line in plan, from `from` to `to`, site metres.
    pub line_m: Vec<[f64; 2]>,
}

/// Nodes and links.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Streets {
    /// The nodes, in the order of the walk network; new ones follow.
    pub nodes: Vec<Node>,
    /// The links, likewise.
    pub links: Vec<Link>,
}

impl Link {
    /// Speed on it over speed on the level, and what it takes besides, seconds.
    pub fn pace(&self) -> (f64, f64) {
        match self.kind {
            WalkKind::Stairs => (0.53, 0.0),
            WalkKind::Escalator => (0.37, 0.0),
            WalkKind::MovingWalkway => (0.75, 0.0),
            WalkKind::Ramp => (0.9, 0.0),
            WalkKind::Lift => (1.0, 30.0),
            _ => (1.0, 0.0),
        }
    }

    /// How long it takes at a flow of persons/s, both directions together.
    pub fn cost(&self) -> Cost {
        let (pace, wait_s) = self.pace();
        Cost::Walk { length_m: f64::from(self.length_m), width_m: f64::from(self.width_m), pace, wait_s }
    }

    /// Square metres.
    pub fn area_m2(&self) -> f64 {
        f64::from(self.length_m) * f64::from(self.width_m)
    }

    /// Density when so many pass in a second, both directions together, persons/m2.
    pub fn density_m2(&self, flow_s: f64) -> f64 {
        crate::fundamental::density_of_flow_m2(flow_s / (f64::from(self.width_m) * self.pace().0))
    }

    /// Walking speed when so many pass in a second, m/s.
    pub fn speed_m_s(&self, flow_s: f64) -> f64 {
        self.pace().0 * crate::fundamental::weidmann_speed_m_s(self.density_m2(flow_s))
    }
}

impl Streets {
    /// The walk network of a city.
    pub fn of_city(city: &CityModel) -> Self {
        let walk = &city.walk;
        let parts = walk.components();
        let largest = (0..parts.sizes.len()).max_by_key(|part| (parts.sizes[*part], usize::MAX - part));
        let nodes = walk.nodes.iter().enumerate().map(|(index, node)| Node {
            at_m: [metres_from_mm(node.at_mm[0]), metres_from_mm(node.at_mm[1]), f64::from(node.height_m)],
            level: node.level,
            is_door: WalkPlace::from_number(node.place) == WalkPlace::Doorway,
            is_joined: largest == Some(parts.of_node[index] as usize),
        });
        let text = |id| walk.strings.get(id).unwrap_or_default().to_owned();
        let links = walk.links.iter().enumerate().map(|(index, link)| {
            let kind = WalkKind::from_number(link.kind);
            let line = walk.line_mm(futago_model::WalkLinkId(index as u32));
            let inside = |id| WalkPlace::from_number(walk.node(id).place) == WalkPlace::Inside;
            let id = text(link.id);
            Link {
                id: if id.is_empty() { format!("link-{index}") } else { id },
                name: text(link.name),
                from: link.from.0,
                to: link.to.0,
                kind,
                level: link.level,
                width_m: sound(link.width_m, LEAST_WIDTH_M),
                length_m: sound(link.length_m, LEAST_LENGTH_M),
                one_way: link.flags.has(WalkLinkFlags::ONE_WAY),
                is_outside: is_outside(kind, link.level) && !(inside(link.from) || inside(link.to)),
                line_m: line.iter().map(|at| at.map(metres_from_mm)).collect(),
            }
        });
        Self { nodes: nodes.collect(), links: links.collect() }
    }

    /// Height of the ways above the ground at the origin, metres, from the node at the beginning to that at the end.
    pub fn height_along_m(&self, link: &Link, share: f64) -> f64 {
        let [a, b] = [link.from, link.to].map(|node| self.nodes[node as usize].at_m[2]);
        a + (b - a) * share
    }

    /// The graph to search; closed links have no arcs. Links keep their numbers.
    pub fn graph(&self, closed: &[bool]) -> Graph {
        let mut arcs = Vec::with_capacity(2 * self.links.len());
        for (index, link) in self.links.iter().enumerate() {
            if closed.get(index).copied().unwrap_or(false) {
                continue;
            }
            let number = index as u32;
            arcs.push(Arc { from: link.from, to: link.to, link: number });
            if !link.one_way {
                arcs.push(Arc { from: link.to, to: link.from, link: number });
            }
        }
        Graph::new(self.nodes.len(), arcs, self.links.iter().map(Link::cost).collect())
    }

    /// The nearest node of the part that hangs together, and how far it is, metres. Ties go to the first.
    pub fn nearest(&self, at_m: [f64; 2], wanted: impl Fn(&Node) -> bool) -> Option<(u32, f64)> {
        let mut best: Option<(u32, f64)> = None;
        for (index, node) in self.nodes.iter().enumerate() {
            let away = (node.at_m[0] - at_m[0]).hypot(node.at_m[1] - at_m[1]);
            if best.is_none_or(|(_, least)| away < least) && node.is_joined && wanted(node) {
                best = Some((index as u32, away));
            }
        }
        best
    }
}

fn sound(value: f32, least: f32) -> f32 {
    if value.is_finite() { value.max(least) } else { least }
}

fn is_outside(kind: WalkKind, level: f32) -> bool {
    let open = matches!(
        kind,
        WalkKind::Walkway
            | WalkKind::StreetSide
            | WalkKind::Deck
            | WalkKind::Stairs
            | WalkKind::Ramp
            | WalkKind::Crossing
    );
    open && level >= 0.0
}
