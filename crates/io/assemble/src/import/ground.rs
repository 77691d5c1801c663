//! The ground of an import: one terrain of its triangles and its rasters.

use futago_model::{CityModel, Ground, Terrain, metres_from_mm};
use futago_terrain::{Built, Mosaic, Tin};

use crate::rules::Rules;
use crate::site::Site;

/// Everything that says how high the ground is.
pub(super) struct Grounds {
    pub tins: Vec<Tin>,
    pub heights: Mosaic,
}

impl Grounds {
    /// One grid over the bounds of the city (site metres), or over the sources where there is nothing else.
    pub fn terrain(self, site: &Site, rules: &Rules, city_m: Option<[f64; 4]>) -> Built {
        let tins = self.tins.into_iter().map(futago_terrain::Ground::Tin);
        let rasters = self.heights.rasters.into_iter().map(futago_terrain::Ground::Raster);
        let sources: Vec<_> = tins.chain(rasters).collect();
        let whole = || {
            let all = sources.iter().filter_map(|source| futago_terrain::bounds_m(source, &site.frame));
            all.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
        };
        let far = rules.max_distance_m;
        let wanted = site.bounds_m().unwrap_or([-far, -far, far, far]);
        match city_m.or_else(whole) {
            Some(bounds) if !sources.is_empty() => {
                futago_terrain::build(&sources, &site.frame, within(bounds, wanted))
            }
            _ => Built { terrain: None, report: Default::default() },
        }
    }
}

/// What two rectangles share; the first one when that is nothing.
fn within(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    let shared = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
    if shared[0] <= shared[2] && shared[1] <= shared[3] { shared } else { a }
}

/// Puts the flat ground of a city that says no height of its own at the median height of a terrain.
pub(super) fn stand_on(terrain: &mut Terrain, city: &mut CityModel) {
    let Some(median_mm) = terrain.median_mm() else { return };
    terrain.raise_origin(median_mm);
    let height_tp_m = metres_from_mm(median_mm);
    let note = "flat, at the median height of the terrain".to_owned();
    city.about.frame.origin_height_m = height_tp_m;
    city.about.ground = Ground::Constant { height_tp_m, note };
}

/// Puts a terrain into the city, and says so.
pub(super) fn say(terrain: Terrain, city: &mut CityModel, has_objects: bool) {
    let about = &mut city.about;
    let height_tp_m = about.ground.height_tp_m();
    let [low, high] = terrain.range_m().unwrap_or_default().map(|up| up + about.frame.origin_height_m);
    let note = format!(
        "terrain of {}, every {} m, T.P. {low:.2} to {high:.2} m, {:.1} % covered; buildings stand on flat ground: {}",
        terrain.sources.join(", "),
        terrain.grid.spacing_m(),
        100.0 * terrain.coverage(),
        about.ground.note(),
    );
    about.ground = Ground::Terrain { height_tp_m, note };
    if !has_objects {
        about.bounds_m = terrain.grid.bounds_m();
    }
    city.terrain = Some(terrain);
}
