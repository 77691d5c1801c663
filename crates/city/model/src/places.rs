//! Finding places by what people call them: buildings by name or id, streets, shelters, degrees.

use std::collections::BTreeMap;

use futago_geodesy::LonLat;

use crate::{Building, CityModel};

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Japanese name; for a building without a name its id.
    pub name_ja: String,
    /// English name, the Japanese one where there is none.
    pub name_en: String,
    /// Its middle, site metres.
    pub at_m: [f64; 2],
}

/// Kinds of places.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceKind {
    /// A building with its number and height in metres.
    Building {
        /// Index of its record.
        index: usize,
        /// Height, metres.
        height_m: f32,
    },
    /// A street.
    Street,
    /// A shelter or evacuation site, with what it is for.
    Shelter(String),
    /// A spot named by its degrees.
    Degrees,
}

/// As many streets and shelters at most.
const MOST_OTHERS: usize = 4;

/// Places whose name holds a text, capitals or not: degrees, then buildings (the highest first), streets, shelters.
pub fn find_places(city: &CityModel, text: &str, most: usize) -> Vec<Place> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Place> = degrees(city, &wanted).into_iter().collect();
    found.extend(buildings(city, &wanted, most.saturating_sub(2 * MOST_OTHERS).max(most / 2)));
    found.extend(streets(city, &wanted));
    found.extend(shelters(city, &wanted));
    found.truncate(most);
    found
}

/// Longitude and latitude in either order: nobody in Japan lives east of 90 degrees north.
fn degrees(city: &CityModel, wanted: &str) -> Option<Place> {
    let (a, b) = wanted.split_once([',', ' ', '、'])?;
    let number = |t: &str| t.trim().parse::<f64>().ok();
    let (a, b) = number(a).zip(number(b))?;
    let (lat_deg, lon_deg) = if a.abs() <= 90.0 { (a, b) } else { (b, a) };
    let at_m = city.about.frame.site_from_lonlat(LonLat { lon_deg, lat_deg }).ok()?;
    let [west, south, east, north] = city.about.bounds_m;
    let inside = (west..=east).contains(&at_m[0]) && (south..=north).contains(&at_m[1]);
    let name = format!("{lat_deg:.5}°, {lon_deg:.5}°");
    inside.then(|| Place { kind: PlaceKind::Degrees, name_ja: name.clone(), name_en: name, at_m })
}

fn buildings(city: &CityModel, wanted: &str, most: usize) -> Vec<Place> {
    let buildings = &city.buildings;
    let text = |id| buildings.strings.get(id).unwrap_or_default();
    let fits = |(_, b): &(usize, &Building)| {
        [b.name_ja, b.name_en, b.id].into_iter().any(|id| text(id).to_lowercase().contains(wanted))
    };
    let mut found: Vec<_> = buildings.records.iter().enumerate().filter(fits).collect();
    found.sort_by(|a, b| b.1.height_m.total_cmp(&a.1.height_m));
    let place = |(index, b): (usize, &Building)| {
        let [name_ja, name_en] = buildings.called(b).map(str::to_owned);
        Place {
            kind: PlaceKind::Building { index, height_m: b.height_m },
            name_ja,
            name_en,
            at_m: buildings.polygons.get(b.footprint).middle_m(),
        }
    };
    found.into_iter().take(most).map(place).collect()
}

/// Each name once, at the longest piece that bears it.
fn streets(city: &CityModel, wanted: &str) -> Vec<Place> {
    let streets = &city.streets;
    let mut longest: BTreeMap<&str, (usize, [f64; 2])> = BTreeMap::new();
    for (index, street) in streets.records.iter().enumerate() {
        let Some(name) = streets.strings.get(street.name).filter(|n| n.to_lowercase().contains(wanted))
        else {
            continue;
        };
        let line = streets.line_mm(index);
        let Some(middle) = line.get(line.len() / 2) else { continue };
        let known = longest.entry(name).or_insert((0, [0.0; 2]));
        if line.len() > known.0 {
            *known = (line.len(), middle.map(crate::metres_from_mm));
        }
    }
    let place = |(name, (_, at_m)): (&str, (usize, [f64; 2]))| Place {
        kind: PlaceKind::Street,
        name_ja: name.to_owned(),
        name_en: name.to_owned(),
        at_m,
    };
    longest.into_iter().map(place).take(MOST_OTHERS).collect()
}

fn shelters(city: &CityModel, wanted: &str) -> Vec<Place> {
    let found = city
        .shelters
        .iter()
        .filter(|s| [&s.name, &s.kind].into_iter().any(|text| text.to_lowercase().contains(wanted)));
    let place = |s: &crate::Shelter| Place {
        kind: PlaceKind::Shelter(s.kind.clone()),
        name_ja: s.name.clone(),
        name_en: s.name.clone(),
        at_m: s.at_m,
    };
    found.take(MOST_OTHERS).map(place).collect()
}
