//! Buildings worth a name in the picture.

use bevy::math::Vec3;
use futago_model::CityModel;

/// A named building.
#[derive(Debug, Clone, PartialEq)]
pub struct Landmark {
    /// Japanese name.
    pub ja: String,
    /// English name, the Japanese one where there is none.
    pub en: String,
    /// A little over its roof, Bevy's axes.
    pub at: Vec3,
}

/// How far over the roof a name points to, metres.
const OVER_M: f32 = 6.0;

/// The buildings that have a name, the highest first.
pub fn of(city: &CityModel, most: usize) -> Vec<Landmark> {
    let buildings = &city.buildings;
    let mut named: Vec<Landmark> = buildings
        .records
        .iter()
        .filter_map(|building| {
            let [ja, en] = buildings.name_of(building)?.map(str::to_owned);
            let [x, y] = buildings.polygons.get(building.footprint).middle_m();
            let at = Vec3::new(x as f32, buildings.top_of(building) + OVER_M, -y as f32);
            Some(Landmark { ja, en, at })
        })
        .collect();
    named.sort_by(|a, b| b.at.y.total_cmp(&a.at.y).then_with(|| a.ja.cmp(&b.ja)));
    named.truncate(most);
    named
}
