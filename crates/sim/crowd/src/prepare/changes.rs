//! What-if: streets with changes, and the people that the changes bring.

use futago_geodesy::{LonLat, SiteFrame};
use futago_model::WalkKind;

use super::network::{Link, Streets};
use super::pieces;
use super::zones::{Zone, Zones};
use crate::CrowdError;
use crate::assign::{Demand, Graph, shortest_tree};
use crate::scenario::{Closure, Event, NewBuilding, WhatIf};

/// How far a place of a change may be from the network, metres.
const MOST_AWAY_M: f64 = 150.0;
/// Distance of the places at which a line is tried against an area, metres.
const TRY_M: f64 = 2.0;

/// The streets after a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The streets; new links follow the old ones.
    pub streets: Streets,
    /// One flag a link: nobody walks there.
    pub closed: Vec<bool>,
    /// Places of events and new buildings on the network, in the order of the question.
    sources: Vec<Source>,
}

#[derive(Debug, Clone, PartialEq)]
enum Source {
    /// Leave a node for others, persons/h.
    Event { node: u32, to: Vec<u32>, persons_h: f64 },
    /// Work at a node; persons/h in the busiest hour.
    Building { node: u32, persons_h: f64 },
}

impl Changed {
    /// The streets as they are.
    pub fn nothing(streets: Streets) -> Self {
        Self { closed: vec![false; streets.links.len()], streets, sources: Vec::new() }
    }

    /// The streets with changes.
    ///
    /// # Errors
    /// A street that is not there, a place that no way is near.
    pub fn of(streets: &Streets, what_if: &WhatIf, frame: &SiteFrame) -> Result<Self, CrowdError> {
        let mut changed = Self::nothing(streets.clone());
        for closure in &what_if.close {
            changed.close(closure, frame)?;
        }
        for deck in &what_if.deck {
            let key = "crowd.what_if.deck";
            let ends = [
                changed.node(key, &deck.name, deck.from, frame)?,
                changed.node(key, &deck.name, deck.to, frame)?,
            ];
            changed.add_link(&deck.name, ends, deck.width_m);
        }
        for event in &what_if.event {
            let source = changed.event(event, frame)?;
            changed.sources.push(source);
        }
        for building in &what_if.building {
            let source = changed.building(building, frame)?;
            changed.sources.push(source);
        }
        Ok(changed)
    }

    fn close(&mut self, closure: &Closure, frame: &SiteFrame) -> Result<(), CrowdError> {
        let ring = match &closure.polygon {
            Some(ring) => {
                let at = |place: &[f64; 2]| site(frame, "crowd.what_if.close.polygon", *place);
                Some(ring.iter().map(at).collect::<Result<Vec<_>, _>>()?)
            }
            None => None,
        };
        let hit = |link: &Link| {
            let named = closure.street.as_ref().is_some_and(|name| link.name == *name);
            let meant = closure.link.as_ref().is_some_and(|id| link.id == *id);
            let touched = ring.as_ref().is_some_and(|ring| link.is_outside && touches(link, ring));
            named || meant || touched
        };
        let mut any = false;
        for (link, closed) in self.streets.links.iter().zip(&mut self.closed) {
            if hit(link) {
                (*closed, any) = (true, true);
            }
        }
        match closure.street.as_ref().or(closure.link.as_ref()) {
            Some(name) if !any => {
                let by_id = closure.link.is_some();
                let told = |link: &Link| if by_id { link.id.clone() } else { link.name.clone() };
                let example =
                    self.streets.links.iter().map(told).find(|told| !told.is_empty()).unwrap_or_default();
                Err(CrowdError::NoStreet { name: name.clone(), example })
            }
            _ => Ok(()),
        }
    }

    fn node(&self, key: &str, name: &str, place: [f64; 2], frame: &SiteFrame) -> Result<u32, CrowdError> {
        let at_m = site(frame, key, place)?;
        let (node, away_m) = self.streets.nearest(at_m, |_| true).ok_or(CrowdError::NoWalkNetwork)?;
        if away_m > MOST_AWAY_M {
            return Err(CrowdError::FarFromStreets { name: name.to_owned(), away_m, most_m: MOST_AWAY_M });
        }
        Ok(node)
    }

    fn add_link(&mut self, name: &str, ends: [u32; 2], width_m: f64) {
        let [a, b] = ends.map(|node| self.streets.nodes[node as usize]);
        let rise: f64 = (0..3).map(|axis| (b.at_m[axis] - a.at_m[axis]).powi(2)).sum();
        self.streets.links.push(Link {
            id: format!("new-{name}"),
            name: name.to_owned(),
            from: ends[0],
            to: ends[1],
            kind: WalkKind::Deck,
            level: a.level.max(b.level),
            width_m: width_m as f32,
            length_m: (rise.sqrt() as f32).max(0.1),
            one_way: false,
            is_outside: true,
            line_m: vec![[a.at_m[0], a.at_m[1]], [b.at_m[0], b.at_m[1]]],
        });
        self.closed.push(false);
    }

    fn event(&self, event: &Event, frame: &SiteFrame) -> Result<Source, CrowdError> {
        let key = "crowd.what_if.event";
        let node = self.node(key, &event.name, event.at, frame)?;
        let to = event.to.iter().map(|place| self.node(key, &event.name, *place, frame));
        Ok(Source::Event { node, to: to.collect::<Result<_, _>>()?, persons_h: event.persons_per_hour })
    }

    fn building(&self, building: &NewBuilding, frame: &SiteFrame) -> Result<Source, CrowdError> {
        let node = self.node("crowd.what_if.building", &building.name, building.at, frame)?;
        Ok(Source::Building { node, persons_h: building.workers * building.busiest_hour_share })
    }

    /// The people that the changes bring: `on_the_way` and `coming` as [`crate::profile`] has them, `scale_s` as in
    /// [`crate::demand::gravity`]. An event lasts all day.
    pub fn more_people(
        &self,
        graph: &Graph,
        zones: &Zones,
        on_the_way: f64,
        coming: f64,
        scale_s: f64,
    ) -> Vec<Demand> {
        let free = graph.times(&vec![0.0; graph.costs().len()]);
        let mut demands = Vec::new();
        let mut go = |origin, destination, persons_h: f64| {
            demands.push(Demand { origin, destination, rate: persons_h / 3600.0 });
        };
        for source in &self.sources {
            match source {
                Source::Event { node, to, persons_h } if !to.is_empty() => {
                    to.iter().for_each(|end| go(*node, *end, persons_h / to.len() as f64));
                }
                Source::Event { node, persons_h, .. } => {
                    for door in nearer_doors(graph, zones, *node, &free, scale_s) {
                        go(*node, door.node, persons_h * door.share);
                    }
                }
                Source::Building { node, persons_h } => {
                    for door in nearer_doors(graph, zones, *node, &free, scale_s) {
                        let persons_h = persons_h * on_the_way * door.share;
                        go(door.node, *node, persons_h * coming);
                        go(*node, door.node, persons_h * (1.0 - coming));
                    }
                }
            }
        }
        demands
    }
}

/// The doors with shares that favour those near a node.
fn nearer_doors(graph: &Graph, zones: &Zones, node: u32, free: &[f64], scale_s: f64) -> Vec<Zone> {
    let tree = shortest_tree(graph, node, free);
    let weight = |door: &Zone| {
        let time = tree.times[door.node as usize];
        if time.is_finite() && door.node != node { door.share * (-time / scale_s).exp() } else { 0.0 }
    };
    let all: f64 = zones.doors.iter().map(weight).sum();
    let doors = zones.doors.iter().map(|door| Zone { node: door.node, share: weight(door) / all });
    doors.filter(|door| door.share > 0.0).collect()
}

fn site(frame: &SiteFrame, key: &str, [lon, lat]: [f64; 2]) -> Result<[f64; 2], CrowdError> {
    let place = LonLat::new(lon, lat).map_err(|fault| CrowdError::question(key, fault))?;
    frame.site_from_lonlat(place).map_err(|fault| CrowdError::question(key, fault))
}

fn touches(link: &Link, ring: &[[f64; 2]]) -> bool {
    let length_m = pieces::length_m(&link.line_m);
    let tries = (length_m / TRY_M).ceil().max(1.0) as u32;
    (0..=tries)
        .any(|n| contains(ring, pieces::along(&link.line_m, length_m * f64::from(n) / f64::from(tries))))
}

/// Whether a place is inside a ring, by the even-odd rule.
pub(crate) fn contains(ring: &[[f64; 2]], at: [f64; 2]) -> bool {
    let mut inside = false;
    for (index, b) in ring.iter().enumerate() {
        let a = ring[(index + ring.len() - 1) % ring.len()];
        if (a[1] > at[1]) != (b[1] > at[1]) && at[0] < a[0] + (at[1] - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) {
            inside = !inside;
        }
    }
    inside
}
