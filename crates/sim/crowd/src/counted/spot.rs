//! One spot: the counts of the street that passes it.

use futago_flow::{DayKind, Estimate, Flows};
use futago_geodesy::LonLat;
use futago_model::{CityModel, WalkLinkId, metres_from_mm};
use jiff::civil::Time;
use serde::Serialize;

use super::{Counted, check_network};
use crate::CrowdError;
use crate::output::name_of;
use crate::prepare::network::Streets;

/// How far a street may be from the spot, metres.
const MOST_AWAY_M: f64 = 60.0;

/// What was counted near a spot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spot {
    /// Published id of the street.
    pub street_id: String,
    /// Its name, or that of one it meets.
    pub street: String,
    /// Distance to it, metres.
    pub away_m: f64,
    /// Begin of the bin of the day.
    pub from: String,
    /// End of it.
    pub until: String,
    /// One a period of the file, in its order.
    pub counts: Vec<SpotCount>,
    /// True for made tracks.
    pub synthetic: bool,
    /// The lines that must be shown.
    pub credits: Vec<String>,
}

/// One period.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SpotCount {
    /// Its name.
    pub period: String,
    /// Persons/h of both directions: value, and the ends of its interval of 95 %; none where it was kept back or
    /// nobody was there.
    pub persons_h: Option<[f64; 3]>,
    /// Persons/m2 of the street.
    pub density_m2: Option<f64>,
    /// Fruin's level, `A` to `F`.
    pub level: Option<String>,
}

/// The nearest street that has a count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Index of its link.
    pub link: u32,
    /// Distance to it in plan, metres.
    pub away_m: f64,
    /// Its point nearest to the spot, site metres.
    pub at_m: [f64; 2],
}

/// The nearest street that has a count on such days, in any period: in one bin of the day, or in any where none is
/// given. The flows have to be of this city's streets.
///
/// # Errors
/// No such street within 60 m.
pub fn nearest_counted(
    city: &CityModel,
    flows: &Flows,
    at_m: [f64; 2],
    days: DayKind,
    bin: Option<u16>,
) -> Result<Near, CrowdError> {
    let asked =
        flows.links().filter(|flow| flow.day_kind() == days && bin.is_none_or(|bin| flow.bin() == bin));
    let mut links: Vec<u32> = asked.map(|flow| flow.link()).collect();
    links.dedup();
    let near = |link: &u32| {
        let line = city.walk.line_mm(WalkLinkId(*link));
        let (away_m, at_m) = nearest_on(line, at_m);
        Near { link: *link, away_m, at_m }
    };
    let nearest = links.iter().map(near).min_by(|a, b| a.away_m.total_cmp(&b.away_m));
    let away_m = nearest.map_or(f64::INFINITY, |near| near.away_m);
    nearest
        .filter(|near| near.away_m <= MOST_AWAY_M)
        .ok_or(CrowdError::NoCountNear { away_m, most_m: MOST_AWAY_M })
}

/// The counts of the nearest street that has any at a clock time on such days, in every period.
///
/// # Errors
/// Flows of another city, a place of another zone, no counted street within 60 m.
pub fn at_spot(
    city: &CityModel,
    flows: &Flows,
    place: LonLat,
    time: Time,
    days: DayKind,
) -> Result<Spot, CrowdError> {
    check_network(flows, city)?;
    let at_m =
        city.about.frame.site_from_lonlat(place).map_err(|fault| CrowdError::question("--lon", fault))?;
    let counted = Counted { flows, before: 0, after: None, days };
    let bin = counted.bin_of(time);
    let Near { link, away_m, .. } = nearest_counted(city, flows, at_m, days, Some(bin))?;
    let streets = Streets::of_city(city);
    let counts = flows.periods().iter().enumerate().map(|(period, named)| {
        let flow = flows.link(link, period as u8, days, bin);
        let per_h = |estimate: Estimate| {
            [estimate.value, estimate.low, estimate.high].map(|persons| persons * counted.bins_per_h())
        };
        SpotCount {
            period: named.name.clone(),
            persons_h: flow.map(|flow| per_h(flows.estimate(&flow))),
            density_m2: flow.map(|flow| flow.density_per_m2()),
            level: flow.map(|flow| format!("{:?}", flow.fruin())),
        }
    });
    Ok(Spot {
        street_id: streets.links[link as usize].id.clone(),
        street: name_of(&streets.links, link as usize).to_owned(),
        away_m,
        from: counted.bin_clock(bin),
        until: counted.bin_clock(bin + 1),
        counts: counts.collect(),
        synthetic: flows.about().synthetic,
        credits: flows.about().credits.clone(),
    })
}

/// Distance of a place to a line, metres, and the line's point there.
fn nearest_on(line_mm: &[[i32; 2]], at_m: [f64; 2]) -> (f64, [f64; 2]) {
    let piece = |pair: &[[i32; 2]]| {
        let [a, b] = [pair[0].map(metres_from_mm), pair[1].map(metres_from_mm)];
        let along = [b[0] - a[0], b[1] - a[1]];
        let length2 = along[0].powi(2) + along[1].powi(2);
        let dot = (at_m[0] - a[0]) * along[0] + (at_m[1] - a[1]) * along[1];
        let share = if length2 > 0.0 { (dot / length2).clamp(0.0, 1.0) } else { 0.0 };
        let foot = [a[0] + share * along[0], a[1] + share * along[1]];
        ((foot[0] - at_m[0]).hypot(foot[1] - at_m[1]), foot)
    };
    line_mm.windows(2).map(piece).min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((f64::INFINITY, at_m))
}
