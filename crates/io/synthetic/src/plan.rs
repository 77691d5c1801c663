//! What a synthetic person does on a day: stays and walks, from midnight to midnight.
//!
//! Three roles. **Workers** come out of a hub in the morning (mean 8:50), most go for lunch, leave in the evening
//! (mean 18:45). **Visitors** come between 10 and 19 h, mostly around 14, to one to three shops. **Residents**
//! begin and end the day at home; most leave through a hub for the day. Where people are when they are not in the
//! area is not said. Times are normal or triangular, cut; the figures are assumptions, and only the numbers of
//! persons are calibrated ([`crate::Generator`]).

use crate::random::Draws;
use crate::town::{Destination, Root, Step, Town};

/// Seconds of an hour.
const HOUR_S: f64 = 3600.0;
/// Seconds of a day.
pub(crate) const DAY_S: f64 = 86_400.0;

/// What somebody is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Worker,
    Visitor,
    Resident,
}

/// A part of a day.
#[derive(Debug, Clone)]
pub(crate) enum Leg {
    /// At one place.
    Stay { at_m: [f64; 2], from_s: f64, to_s: f64 },
    /// Straight from a door to the network, or back.
    Door { from_m: [f64; 2], to_m: [f64; 2], from_s: f64, to_s: f64 },
    /// Along the network.
    Walk { way: Vec<Step>, from_s: f64, to_s: f64 },
}

impl Leg {
    /// Beginning and end, seconds of the day.
    pub fn times_s(&self) -> [f64; 2] {
        match self {
            Self::Stay { from_s, to_s, .. }
            | Self::Door { from_s, to_s, .. }
            | Self::Walk { from_s, to_s, .. } => [*from_s, *to_s],
        }
    }
}

/// A day as it is put together.
struct Day<'a> {
    town: &'a Town,
    legs: Vec<Leg>,
    now_s: f64,
    speed_mps: f64,
}

impl Day<'_> {
    fn stay(&mut self, at_m: [f64; 2], to_s: f64) {
        let to_s = to_s.max(self.now_s);
        self.legs.push(Leg::Stay { at_m, from_s: self.now_s, to_s });
        self.now_s = to_s;
    }

    fn door(&mut self, from_m: [f64; 2], to_m: [f64; 2]) {
        let seconds = (from_m[0] - to_m[0]).hypot(from_m[1] - to_m[1]) / self.speed_mps;
        let (from_s, to_s) = (self.now_s, self.now_s + seconds);
        self.legs.push(Leg::Door { from_m, to_m, from_s, to_s });
        self.now_s = to_s;
    }

    fn walk(&mut self, way: Vec<Step>) {
        let length_m: f64 = way.iter().map(|step| self.town.links[step.link as usize].length_m).sum();
        let (from_s, to_s) = (self.now_s, self.now_s + length_m / self.speed_mps);
        self.legs.push(Leg::Walk { way, from_s, to_s });
        self.now_s = to_s;
    }

    /// From a hub (`doors` false) or a shop to a building.
    fn go_from(&mut self, root: &Root, to: Destination, doors: bool, draws: &mut Draws) -> Option<()> {
        let way = self.town.way_from(root, to.node, Town::any_tree(draws))?;
        if doors {
            self.door(root.place.at_m, self.node_m(&way, true).unwrap_or(root.place.at_m));
        }
        let end_m = self.node_m(&way, false).unwrap_or(root.place.at_m);
        self.walk(way);
        self.door(end_m, to.at_m);
        Some(())
    }

    /// From a building to a hub (`doors` false) or a shop.
    fn go_to(&mut self, from: Destination, root: &Root, doors: bool, draws: &mut Draws) -> Option<()> {
        let way = self.town.way_to(root, from.node, Town::any_tree(draws))?;
        self.door(from.at_m, self.node_m(&way, true).unwrap_or(from.at_m));
        let end_m = self.node_m(&way, false);
        self.walk(way);
        if let Some(end_m) = end_m.filter(|_| doors) {
            self.door(end_m, root.place.at_m);
        }
        Some(())
    }

    /// First or last node of a way.
    fn node_m(&self, way: &[Step], first: bool) -> Option<[f64; 2]> {
        let step = if first { way.first() } else { way.last() }?;
        let line_m = &self.town.links[step.link as usize].line_m;
        if step.forward == first { line_m.first() } else { line_m.last() }.copied()
    }
}

impl Town {
    /// The day of one person. Ways that do not exist leave the person where they are.
    pub(crate) fn day_of(&self, role: Role, draws: &mut Draws) -> Vec<Leg> {
        let speed_mps = draws.normal(1.3, 0.18).clamp(0.7, 2.0);
        let mut day = Day { town: self, legs: Vec::new(), now_s: 0.0, speed_mps };
        let done = match role {
            Role::Worker => self.work(&mut day, draws),
            Role::Visitor => self.visit(&mut day, draws),
            Role::Resident => self.live(&mut day, draws),
        };
        let _ = done;
        day.legs
    }

    fn work(&self, day: &mut Day<'_>, draws: &mut Draws) -> Option<()> {
        let (hub, office) = (&self.hubs[draws.index(self.hubs.len())], self.offices.draw(draws));
        day.now_s = draws.normal(8.83, 0.75) * HOUR_S;
        day.go_from(hub, office, false, draws)?;
        if draws.uniform() < 0.6 {
            let shop = &self.shops[draws.index(self.shops.len())];
            day.stay(office.at_m, draws.normal(12.1, 0.25) * HOUR_S);
            day.go_to(office, shop, true, draws)?;
            day.stay(shop.place.at_m, day.now_s + draws.between(0.3, 0.7) * HOUR_S);
            day.go_from(shop, office, true, draws)?;
        }
        day.stay(office.at_m, draws.normal(18.75, 1.4) * HOUR_S);
        day.go_to(office, &self.hubs[draws.index(self.hubs.len())], false, draws)
    }

    fn visit(&self, day: &mut Day<'_>, draws: &mut Draws) -> Option<()> {
        let hub = &self.hubs[draws.index(self.hubs.len())];
        // Triangular between 10 and 19 h.
        day.now_s = (10.0 + 4.5 * (draws.uniform() + draws.uniform())) * HOUR_S;
        let shops = 1 + draws.index(3);
        let mut at: Option<&Root> = None;
        for _ in 0..shops {
            let shop = &self.shops[draws.index(self.shops.len())];
            match at {
                None => day.go_from(hub, shop.place, false, draws)?,
                Some(before) => day.go_from(before, shop.place, true, draws)?,
            }
            day.stay(shop.place.at_m, day.now_s + draws.between(0.3, 1.6) * HOUR_S);
            at = Some(shop);
        }
        day.go_to(at?.place, hub, false, draws)
    }

    fn live(&self, day: &mut Day<'_>, draws: &mut Draws) -> Option<()> {
        let home = self.homes.draw(draws);
        if draws.uniform() < 0.65 {
            let hub = &self.hubs[draws.index(self.hubs.len())];
            day.stay(home.at_m, draws.normal(7.7, 0.9) * HOUR_S);
            day.go_to(home, hub, false, draws)?;
            day.now_s = draws.normal(19.2, 1.3) * HOUR_S;
            day.go_from(hub, home, false, draws)?;
        } else {
            let shop = &self.shops[draws.index(self.shops.len())];
            day.stay(home.at_m, draws.between(9.0, 17.0) * HOUR_S);
            day.go_to(home, shop, true, draws)?;
            day.stay(shop.place.at_m, day.now_s + draws.between(0.3, 1.2) * HOUR_S);
            day.go_from(shop, home, true, draws)?;
        }
        day.stay(home.at_m, DAY_S);
        Some(())
    }
}
