//! One spot: the counts of the street that passes it.

use futago_flow::{DayKind, Estimate, Flows};
use futago_geodesy::LonLat;
use futago_model::CityModel;
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
    let streets = Streets::of_city(city);
    let counted = Counted { flows, before: 0, after: None, days };
    let bin = counted.bin_of(time);
    let here = flows.links().filter(|flow| flow.day_kind() == days && flow.bin() == bin);
    let mut links: Vec<u32> = here.map(|flow| flow.link()).collect();
    links.dedup();
    let away = |link: &u32| distance_m(&streets.links[*link as usize].line_m, at_m);
    let nearest = links.iter().map(|link| (*link, away(link))).min_by(|a, b| a.1.total_cmp(&b.1));
    let (link, away_m) = nearest.unwrap_or((0, f64::INFINITY));
    if away_m > MOST_AWAY_M {
        return Err(CrowdError::NoCountNear { away_m, most_m: MOST_AWAY_M });
    }
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

/// Distance of a place to a line, metres.
fn distance_m(line_m: &[[f64; 2]], at_m: [f64; 2]) -> f64 {
    let piece = |pair: &[[f64; 2]]| {
        let [a, b] = [pair[0], pair[1]];
        let along = [b[0] - a[0], b[1] - a[1]];
        let length2 = along[0].powi(2) + along[1].powi(2);
        let dot = (at_m[0] - a[0]) * along[0] + (at_m[1] - a[1]) * along[1];
        let share = if length2 > 0.0 { (dot / length2).clamp(0.0, 1.0) } else { 0.0 };
        (a[0] + share * along[0] - at_m[0]).hypot(a[1] + share * along[1] - at_m[1])
    };
    line_m.windows(2).map(piece).fold(f64::INFINITY, f64::min)
}
