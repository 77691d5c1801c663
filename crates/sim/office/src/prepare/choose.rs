//! Which buildings are asked for.
//!
//! Named buildings count whatever they are. Otherwise a building in the area counts when a file tells of it, when its
//! published use is offices or, without a published use, by a rule: tall, large, and its name is not that of a hotel, a
//! hospital and the like. The rule cannot tell offices from other towers without such a name.

use std::collections::{BTreeMap, BTreeSet};

use futago_geodesy::LonLat;
use futago_model::{Building, CityModel};
use rayon::prelude::*;

use super::Published;
use super::floors::gross_m2;
use crate::OfficeError;
use crate::scenario::Question;

/// Why a building counts as offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The scenario names it.
    Named,
    /// A file tells of its people.
    File,
    /// Its published use.
    PublishedUse,
    /// Height, floor area and name.
    Rule,
}

impl Basis {
    /// As in tables.
    pub fn key(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::File => "file",
            Self::PublishedUse => "published-use",
            Self::Rule => "rule",
        }
    }
}

/// Parts of names that say that a building is no offices.
const OTHER_USES: [&str; 24] = [
    "ホテル",
    "hotel",
    "ハイアット",
    "ヒルトン",
    "プリンス",
    "病院",
    "hospital",
    "医療",
    "百貨店",
    "デパート",
    "ルミネ",
    "lumine",
    "マンション",
    "レジデンス",
    "residence",
    "住宅",
    "ハウス",
    "アパート",
    "大学",
    "学園",
    "学校",
    "劇場",
    "駐車場",
    "駅ビル",
];

/// Buildings that are asked for, with the reason, in the order of the city.
///
/// # Errors
/// A named building that the city has not, or no office at all.
pub fn choose(
    city: &CityModel,
    question: &Question,
    published: &Published,
    measured: &BTreeSet<&str>,
) -> Result<Vec<(usize, Basis)>, OfficeError> {
    let records = &city.buildings.records;
    if !question.buildings.is_empty() {
        let known: BTreeMap<&str, usize> =
            records.iter().enumerate().rev().map(|(i, b)| (city.buildings.id_of(b), i)).collect();
        let find =
            |id: &String| known.get(id.as_str()).copied().ok_or_else(|| OfficeError::no_building(city, id));
        let found: BTreeSet<usize> = question.buildings.iter().map(find).collect::<Result<_, _>>()?;
        return Ok(found.into_iter().map(|index| (index, Basis::Named)).collect());
    }
    let bounds_m = bounds_m(city, question)?;
    let basis_of = |(index, building): (usize, &Building)| {
        let basis = basis(city, building, question, published, measured, bounds_m)?;
        Some((index, basis))
    };
    let found: Vec<_> = records.par_iter().enumerate().filter_map(basis_of).collect();
    if found.is_empty() {
        return Err(OfficeError::NoOffices { looked_at: records.len() });
    }
    Ok(found)
}

/// The area that is asked for: west, south, east, north, site metres.
///
/// # Errors
/// A centre that the site's plane cannot hold.
pub fn bounds_m(city: &CityModel, question: &Question) -> Result<[f64; 4], OfficeError> {
    let Some(area) = &question.area else { return Ok(question.bounds_m.unwrap_or(city.about.bounds_m)) };
    let centre = LonLat { lon_deg: area.lon, lat_deg: area.lat };
    let [east, north] = city
        .about
        .frame
        .site_from_lonlat(centre)
        .map_err(|error| OfficeError::question("office.area", error))?;
    let (half_width, half_height) = (area.width_m / 2.0, area.height_m / 2.0);
    Ok([east - half_width, north - half_height, east + half_width, north + half_height])
}

fn basis(
    city: &CityModel,
    building: &Building,
    question: &Question,
    published: &Published,
    measured: &BTreeSet<&str>,
    [west, south, east, north]: [f64; 4],
) -> Option<Basis> {
    let [x, y] = city.buildings.polygons.get(building.footprint).middle_m();
    if !((west..east).contains(&x) && (south..north).contains(&y)) {
        return None;
    }
    let id = city.buildings.id_of(building);
    let fact = published.fact(id);
    if measured.contains(id) {
        return Some(Basis::File);
    }
    match fact.is_office {
        Some(true) => Some(Basis::PublishedUse),
        Some(false) => None,
        None => {
            let rule = &question.rule;
            let tall = f64::from(building.height_m) >= rule.min_height_m;
            let large = || gross_m2(city, building, &question.floors, fact.storeys) >= rule.min_floor_area_m2;
            (tall && large() && !says_other_use(city, building)).then_some(Basis::Rule)
        }
    }
}

fn says_other_use(city: &CityModel, building: &Building) -> bool {
    let names = [building.name_ja, building.name_en];
    let mut names = names.into_iter().filter_map(|id| city.buildings.strings.get(id)).map(str::to_lowercase);
    names.any(|name| OTHER_USES.iter().any(|other| name.contains(other)))
}
