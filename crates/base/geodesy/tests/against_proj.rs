//! The systems in pure Rust against PROJ: to 1 mm over Japan, both ways.
//!
//! PROJ is asked here directly, so that nothing is held against itself. JGD2000 is held against itself on PROJ's
//! side (EPSG:4612): here it is taken as JGD2011, and what earthquakes moved is not the matter of this test.

use futago_geodesy::{Ellipsoid, LonLat, MapSystem, PlanePoint, PlaneZone};
use proj::Proj;

const MILLIMETRE: f64 = 1e-3;

/// Places in each system.
const PLACES: usize = 400;

/// Origins of the plane zones I to XIX, degrees, for what lies round them.
const ORIGINS: [[f64; 2]; 19] = [
    [129.5, 33.0],
    [131.0, 33.0],
    [132.0 + 1.0 / 6.0, 36.0],
    [133.5, 33.0],
    [134.0 + 1.0 / 3.0, 36.0],
    [136.0, 36.0],
    [137.0 + 1.0 / 6.0, 36.0],
    [138.5, 36.0],
    [139.0 + 5.0 / 6.0, 36.0],
    [140.0 + 5.0 / 6.0, 40.0],
    [140.25, 44.0],
    [142.25, 44.0],
    [144.25, 44.0],
    [142.0, 26.0],
    [127.5, 26.0],
    [124.0, 26.0],
    [131.0, 26.0],
    [136.0, 20.0],
    [154.0, 26.0],
];

/// Degrees from the origin of a zone to the ends of the land that it is for, and some more.
const REACH: [f64; 2] = [2.5, 4.0];

/// The rectangle of Japan: Okinotorishima to Hokkaido, Yonaguni to Minamitorishima.
const JAPAN: [f64; 4] = [122.5, 20.0, 154.5, 46.0];

/// The same places in every run (splitmix64).
struct Places {
    state: u64,
    around: [f64; 4],
}

impl Places {
    fn within(around: [f64; 4], seed: u32) -> impl Iterator<Item = LonLat> {
        Self { state: u64::from(seed), around }.take(PLACES)
    }

    fn share(&mut self) -> f64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Iterator for Places {
    type Item = LonLat;

    fn next(&mut self) -> Option<LonLat> {
        let [west, south, east, north] = self.around;
        let (across, along) = (self.share(), self.share());
        LonLat::new(west + across * (east - west), south + along * (north - south)).ok()
    }
}

/// Both directions between degrees on a datum and a system, by PROJ.
struct Truth {
    epsg: u32,
    from_degrees: Proj,
    to_degrees: Proj,
}

impl Truth {
    fn of(epsg: u32, degrees: u32) -> Self {
        let [system, degrees] = [epsg, degrees].map(|epsg| format!("EPSG:{epsg}"));
        let way = |from: &str, to: &str| Proj::new_known_crs(from, to, None).expect("a way of PROJ");
        Self { epsg, from_degrees: way(&degrees, &system), to_degrees: way(&system, &degrees) }
    }

    /// The farthest that a system in Rust is from PROJ at some places, metres.
    fn farthest_m(
        &self,
        places: impl Iterator<Item = LonLat>,
        xy_from: impl Fn(LonLat) -> [f64; 2],
        lonlat_from: impl Fn([f64; 2]) -> LonLat,
    ) -> f64 {
        let (mut count, mut farthest_m) = (0, 0.0_f64);
        for at in places {
            let (x, y) = self.from_degrees.convert((at.lon_deg, at.lat_deg)).expect("within the system");
            let found = xy_from(at);
            farthest_m = farthest_m.max((found[0] - x).hypot(found[1] - y));
            // Back from the numbers of PROJ, not from our own.
            let (lon_deg, lat_deg) = self.to_degrees.convert((x, y)).expect("within the system");
            farthest_m = farthest_m.max(apart_m(lonlat_from([x, y]), LonLat { lon_deg, lat_deg }));
            count += 1;
        }
        assert_eq!(count, PLACES, "EPSG:{}", self.epsg);
        farthest_m
    }

    fn hold(&self, system: &MapSystem, places: impl Iterator<Item = LonLat>) {
        let xy_from = |at| system.xy_from_lonlat(at).expect("within the system");
        let lonlat_from = |xy| system.lonlat_from_xy(xy).expect("a place");
        let off_m = self.farthest_m(places, xy_from, lonlat_from);
        assert!(off_m < MILLIMETRE, "EPSG:{}: {off_m} m", self.epsg);
    }
}

/// Distance of two near places, metres; a degree of latitude is 111.3 km at the most.
fn apart_m(a: LonLat, b: LonLat) -> f64 {
    let east = (a.lon_deg - b.lon_deg) * a.lat_deg.to_radians().cos();
    east.hypot(a.lat_deg - b.lat_deg) * 111_400.0
}

fn around_zone(index: usize) -> [f64; 4] {
    let ([lon, lat], [across, along]) = (ORIGINS[index], REACH);
    [lon - across, lat - along, lon + across, lat + along]
}

fn system(epsg: u32) -> MapSystem {
    MapSystem::from_epsg(epsg).expect("a system in Rust")
}

#[test]
fn plane_zones_agree_to_a_millimetre() {
    let mut held = 0;
    for index in 0..19 {
        let codes = [(6669, 6668), (10162, 6668), (2443, 4612)];
        for (first, degrees) in codes {
            let epsg = first + index;
            if epsg > 10174 {
                continue;
            }
            let places = Places::within(around_zone(index as usize), epsg);
            Truth::of(epsg, degrees).hold(&system(epsg), places);
            held += 1;
        }
    }
    assert_eq!(held, 19 + 13 + 19);
}

/// The type that sites are made of, beside the systems of maps.
#[test]
fn the_zone_of_a_site_agrees_to_a_millimetre() {
    let zone = PlaneZone::from_epsg(PlaneZone::TOKYO_EPSG).expect("zone IX");
    let xy_from = |at| {
        let plane = zone.plane_from_lonlat(at).expect("within the zone");
        [plane.east_m, plane.north_m]
    };
    let lonlat_from = |[east_m, north_m]: [f64; 2]| {
        zone.lonlat_from_plane(PlanePoint { east_m, north_m }).expect("a place")
    };
    let truth = Truth::of(zone.epsg(), 6668);
    let off_m = truth.farthest_m(Places::within(around_zone(8), 9), xy_from, lonlat_from);
    assert!(off_m < MILLIMETRE, "{off_m} m");
    // A zone held against its neighbour must fail, or this test sees nothing.
    let neighbour = Truth::of(zone.epsg() - 1, 6668);
    assert!(neighbour.farthest_m(Places::within(around_zone(8), 9), xy_from, lonlat_from) > 1000.0);
}

#[test]
fn transverse_mercator_of_the_world_agrees_to_a_millimetre() {
    let zones = (51..=55).flat_map(|zone| {
        let codes = [(6688 + zone - 51, 6668), (3097 + zone - 51, 4612), (32600 + zone, 4326)];
        codes.map(|code| (zone, code))
    });
    for (zone, (epsg, degrees)) in zones {
        let middle = f64::from(zone) * 6.0 - 183.0;
        let around = [middle - 3.5, JAPAN[1], middle + 3.5, JAPAN[3]];
        Truth::of(epsg, degrees).hold(&system(epsg), Places::within(around, epsg));
    }
}

#[test]
fn degrees_and_web_mercator_agree_to_a_millimetre() {
    let systems =
        [(6668, 6668), (6697, 6668), (6667, 6668), (4612, 4612), (4326, 6668), (4979, 6668), (3857, 6668)];
    for (epsg, degrees) in systems {
        Truth::of(epsg, degrees).hold(&system(epsg), Places::within(JAPAN, epsg));
    }
}

/// PROJ's way in three dimensions, with the height written into it, since two numbers go in and two come out.
fn cart(ellipsoid: &str, steps: [&str; 2]) -> Proj {
    let [before, after] = steps;
    let way = format!("+proj=pipeline {before} +proj=cart +ellps={ellipsoid} {after}");
    Proj::new(&way).expect("a way of PROJ")
}

#[test]
fn earth_centred_places_agree_to_a_millimetre() {
    const RADIANS: &str = "+step +proj=unitconvert +xy_in=deg +xy_out=rad";
    const DEGREES: &str = "+step +proj=unitconvert +xy_in=rad +xy_out=deg";
    for (ellipsoid, name) in [(Ellipsoid::GRS80, "GRS80"), (Ellipsoid::WGS84, "WGS84")] {
        for height_m in [-100.0, 0.0, 36.7, 3776.0, 12_000.0] {
            let raised = format!("{RADIANS} +step +proj=affine +zoff={height_m} +step");
            let plan = cart(name, [&raised, ""]);
            let axis = cart(name, [&raised, "+step +proj=axisswap +order=3,2,1"]);
            for at in Places::within(JAPAN, 4978).take(40) {
                let degrees = (at.lon_deg, at.lat_deg);
                let (x, y) = plan.convert(degrees).expect("a place");
                let (z, _) = axis.convert(degrees).expect("a place");
                let found = ellipsoid.ecef_from_lonlat(at, height_m);
                let off = [found[0] - x, found[1] - y, found[2] - z];
                assert!(off.iter().all(|m| m.abs() < MILLIMETRE), "{name} {at:?} {height_m}: {off:?}");

                let lowered = format!("+step +proj=affine +zoff={z} +step +inv");
                let back = cart(name, [&lowered, DEGREES]);
                let (lon_deg, lat_deg) = back.convert((x, y)).expect("a place");
                let (here, here_m) = ellipsoid.lonlat_from_ecef([x, y, z]).expect("a place");
                assert!(apart_m(here, LonLat { lon_deg, lat_deg }) < MILLIMETRE, "{name} {at:?} {height_m}");
                assert!((here_m - height_m).abs() < MILLIMETRE, "{name} {at:?} {height_m}: {here_m}");
            }
        }
    }
}
