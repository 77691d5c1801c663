//! Where a city is, and positions of files to it.

use futago_geodesy::{Axes, Crs, GeodesyError, Heights, LonLat, MapSystem, PlanePoint, PlaneZone, SiteFrame};
use futago_model::mm_from_metres;
use rustc_hash::FxHashMap;

use crate::{AssembleError, Rules};

/// A position that has no place in the city.
pub(crate) const NO_PLACE: [i32; 3] = [i32::MIN; 3];

/// The farthest from the origin of its plane zone that a city may lie: Japan's own islands are within 1,000 km.
const FARTHEST_M: f64 = 2_000_000.0;

/// The frame of a city on its way, and what lies in it.
#[derive(Debug, Clone)]
pub struct Site {
    /// The frame; the height of its origin is known only at the end.
    pub(crate) frame: SiteFrame,
    zone: PlaneZone,
    max_distance_m: f64,
    /// Height of the geoid above the ellipsoid, metres: taken off heights of systems that count from it.
    geoid_m: f64,
    /// West, south, east, north of what is wanted, millimetres.
    bounds_mm: Option<[i32; 4]>,
}

impl Site {
    /// A site round a place.
    ///
    /// # Errors
    /// When no plane zone reaches that far.
    pub fn around(centre: LonLat, geoid_m: f64, rules: &Rules) -> Result<Self, AssembleError> {
        let epsg = PlaneZone::nearest(centre);
        let frame = SiteFrame::around(epsg, centre, 0.0)?;
        if frame.origin_east_m.abs().max(frame.origin_north_m.abs()) > FARTHEST_M {
            let LonLat { lon_deg, lat_deg } = centre;
            return Err(GeodesyError::TooFar { lon_deg, lat_deg, epsg }.into());
        }
        let zone = frame.zone()?;
        // Millimetres are 32 bit: 1,000 km is as far as they go with room for differences.
        let max_distance_m = rules.max_distance_m.min(1_000_000.0);
        Ok(Self { frame, zone, max_distance_m, geoid_m, bounds_mm: None })
    }

    /// A site in a frame that is given.
    ///
    /// # Errors
    /// When the frame cannot be projected to.
    pub(crate) fn of_frame(frame: SiteFrame, rules: &Rules) -> Result<Self, AssembleError> {
        let zone = frame.zone()?;
        let max_distance_m = rules.max_distance_m.min(1_000_000.0);
        Ok(Self { frame, zone, max_distance_m, geoid_m: futago_tiles::GEOID_M, bounds_mm: None })
    }

    /// West, south, east, north of what is wanted, millimetres.
    pub(crate) fn bounds_mm(&self) -> Option<[i32; 4]> {
        self.bounds_mm
    }

    /// Only what touches this rectangle is wanted: west, south, east, north, degrees.
    ///
    /// # Errors
    /// When a corner is no place near the site.
    pub fn within(mut self, [west, south, east, north]: [f64; 4]) -> Result<Self, AssembleError> {
        let corners = [[west, south], [east, south], [east, north], [west, north]];
        let mut bounds = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        for [lon, lat] in corners {
            let plane = self.zone.plane_from_lonlat(LonLat::new(lon, lat)?)?;
            let [e, n] = self.frame.site_from_plane(plane).map(mm_from_metres);
            bounds = [bounds[0].min(e), bounds[1].min(n), bounds[2].max(e), bounds[3].max(n)];
        }
        self.bounds_mm = Some(bounds);
        Ok(self)
    }

    /// West, south, east, north of what is wanted, site metres.
    pub(crate) fn bounds_m(&self) -> Option<[f64; 4]> {
        self.bounds_mm.map(|bounds| bounds.map(futago_model::metres_from_mm))
    }

    /// Whether any of these positions lies in the wanted rectangle, or their bounds meet it. What has no
    /// position is everywhere.
    pub(crate) fn wants(&self, positions: &[[i32; 3]]) -> bool {
        let Some([west, south, east, north]) = self.bounds_mm else { return true };
        let mut b = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
        for [e, n, _] in positions.iter().filter(|at| **at != NO_PLACE) {
            b = [b[0].min(*e), b[1].min(*n), b[2].max(*e), b[3].max(*n)];
        }
        b[0] > b[2] || (b[0] <= east && b[2] >= west && b[1] <= north && b[3] >= south)
    }
}

/// How positions of one system become the site's.
enum Way {
    SameZone,
    System(Box<MapSystem>, Axes),
    Unknown,
}

/// Projects positions; remembers those of the object at work, since faces share their corners.
pub(crate) struct Converter<'s> {
    site: &'s Site,
    ways: Vec<(Option<u32>, Way)>,
    seen: FxHashMap<[u64; 2], [i32; 2]>,
}

impl<'s> Converter<'s> {
    pub fn new(site: &'s Site) -> Self {
        Self { site, ways: Vec::new(), seen: FxHashMap::default() }
    }

    /// Forgets the positions of the object before.
    pub fn next_object(&mut self) {
        self.seen.clear();
    }

    /// East, north, height T.P. in millimetres, or [`NO_PLACE`].
    pub fn convert(&mut self, positions: &[[f64; 3]], epsg: Option<u32>, into: &mut Vec<[i32; 3]>) {
        let way = self.way(epsg);
        let heights = epsg.map_or(Heights::None, |epsg| Crs { epsg }.heights());
        let lift = if heights == Heights::Ellipsoid { -self.site.geoid_m } else { 0.0 };
        let (site, ways, seen) = (self.site, &self.ways, &mut self.seen);
        into.extend(positions.iter().map(|[a, b, height]| {
            let key = [a.to_bits(), b.to_bits()];
            let plan = *seen.entry(key).or_insert_with(|| plan_of(&ways[way].1, site, [*a, *b]));
            let up = height + lift;
            let placed = plan[0] != i32::MIN && up.abs() <= 100_000.0;
            if placed { [plan[0], plan[1], mm_from_metres(up)] } else { NO_PLACE }
        }));
    }

    /// Whether positions of a system can be placed at all.
    pub fn knows(&mut self, epsg: Option<u32>) -> bool {
        let way = self.way(epsg);
        !matches!(self.ways[way].1, Way::Unknown)
    }

    fn way(&mut self, epsg: Option<u32>) -> usize {
        if let Some(index) = self.ways.iter().position(|(known, _)| *known == epsg) {
            return index;
        }
        // Positions are remembered without their system.
        self.seen.clear();
        self.ways.push((epsg, way_of(epsg, self.site)));
        self.ways.len() - 1
    }
}

fn way_of(epsg: Option<u32>, site: &Site) -> Way {
    let Some(crs) = epsg.map(|epsg| Crs { epsg }) else { return Way::Unknown };
    if crs.plane_zone_epsg() == Some(site.frame.epsg) {
        return Way::SameZone;
    }
    match (crs.axes(), MapSystem::from_epsg(crs.epsg)) {
        (Axes::Unknown, _) | (_, None) => Way::Unknown,
        (axes, Some(system)) => Way::System(Box::new(system), axes),
    }
}

/// Longitude and latitude of a position of a file, in the order of its system.
pub(crate) fn lonlat_of(system: &MapSystem, axes: Axes, [a, b]: [f64; 2]) -> Option<LonLat> {
    system.lonlat_from_xy(axes.east_first([a, b])?).ok()
}

fn plan_of(way: &Way, site: &Site, at: [f64; 2]) -> [i32; 2] {
    let plane = match way {
        Way::SameZone => Some(PlanePoint { north_m: at[0], east_m: at[1] }),
        Way::System(system, axes) => {
            lonlat_of(system, *axes, at).and_then(|at| site.zone.plane_from_lonlat(at).ok())
        }
        Way::Unknown => None,
    };
    let site_m = plane.map(|plane| site.frame.site_from_plane(plane));
    let near = site_m.filter(|at| at.iter().all(|m| m.abs() <= site.max_distance_m));
    near.map_or([i32::MIN; 2], |at| at.map(mm_from_metres))
}
