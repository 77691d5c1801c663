//! Systems that only PROJ knows, against published figures.

use std::thread;

use futago_geodesy::{Axes, Crs, Heights, LonLat, MapSystem};

fn degrees([[lon, lon_min, lon_s], [lat, lat_min, lat_s]]: [[f64; 3]; 2]) -> [f64; 2] {
    [lon + lon_min / 60.0 + lon_s / 3600.0, lat + lat_min / 60.0 + lat_s / 3600.0]
}

/// Distance of two near places, metres.
fn apart_m(a: LonLat, b: [f64; 2]) -> f64 {
    let east = (a.lon_deg - b[0]) * a.lat_deg.to_radians().cos();
    east.hypot(a.lat_deg - b[1]) * 111_000.0
}

/// The origin of Japan's longitudes and latitudes (日本経緯度原点), as the law had it on the Tokyo datum and as it
/// has it since 2011.
const ORIGIN_TOKYO: [[f64; 3]; 2] = [[139.0, 44.0, 40.5020], [35.0, 39.0, 17.5148]];
const ORIGIN_JGD2011: [[f64; 3]; 2] = [[139.0, 44.0, 28.8869], [35.0, 39.0, 29.1572]];

/// Without a grid the datum moves by three numbers for all of Japan; 450 m become less than this at the origin.
const THREE_NUMBERS_M: f64 = 1.0;

/// There and back at height 0 both times, where the ellipsoids lie some 40 m apart.
const HEIGHT_LOST_M: f64 = 0.01;

#[test]
fn the_tokyo_datum_moves_as_the_law_says() {
    let system = MapSystem::from_epsg(4301).expect("known to PROJ");
    let (old, new) = (degrees(ORIGIN_TOKYO), degrees(ORIGIN_JGD2011));
    let found = system.lonlat_from_xy(old).expect("a place");
    assert!(apart_m(found, new) < THREE_NUMBERS_M, "{found:?}, not {new:?}");
    assert!(apart_m(found, old) > 400.0);
    let back = system.xy_from_lonlat(found).expect("within the system");
    let lost_m = apart_m(LonLat { lon_deg: back[0], lat_deg: back[1] }, old);
    assert!(lost_m < HEIGHT_LOST_M, "{lost_m} m");
    assert_eq!((Crs { epsg: 4301 }.axes(), system.is_degrees()), (Axes::LatitudeLongitude, true));
}

/// Zone IX on the Tokyo datum: its origin is 36 N, 139 50 E there.
#[test]
fn a_plane_zone_of_the_tokyo_datum_begins_at_its_origin() {
    let [zone, plain] = [30169, 4301].map(|epsg| MapSystem::from_epsg(epsg).expect("known to PROJ"));
    let origin = zone.lonlat_from_xy([0.0, 0.0]).expect("a place");
    let want = plain.lonlat_from_xy(degrees([[139.0, 50.0, 0.0], [36.0, 0.0, 0.0]])).expect("a place");
    assert!(apart_m(origin, [want.lon_deg, want.lat_deg]) < 1e-3, "{origin:?}, not {want:?}");
    assert_eq!((Crs { epsg: 30169 }.axes(), zone.is_degrees()), (Axes::NorthEast, false));
}

/// The worked example of polar stereographic (variant A) in EPSG guidance note 7-2: 73 N, 44 E in WGS 84 / UPS
/// North. WGS 84 has no shift to JGD2011, so it holds to the centimetre of the note.
#[test]
fn the_worked_example_of_the_register_comes_out() {
    let system = MapSystem::from_epsg(32661).expect("known to PROJ");
    let at = LonLat::new(44.0, 73.0).expect("a place");
    let [a, b] = system.xy_from_lonlat(at).expect("within the system");
    let (low, high) = (a.min(b), a.max(b));
    assert!((low - 632_668.43).abs() < 0.01 && (high - 3_320_416.75).abs() < 0.01, "{a} {b}");
    assert!(apart_m(system.lonlat_from_xy([a, b]).expect("a place"), [44.0, 73.0]) < 1e-3);
    // Both of its axes point south, which files of cities cannot tell.
    assert_eq!(Crs { epsg: 32661 }.axes(), Axes::Unknown);
}

#[test]
fn the_register_tells_axes_and_heights() {
    let told = |epsg: u32| (Crs { epsg }.axes(), Crs { epsg }.heights());
    assert_eq!(told(7415), (Axes::EastNorth, Heights::TokyoPeil), "Amersfoort / RD New + NAP height");
    assert_eq!(told(25832), (Axes::EastNorth, Heights::None), "ETRS89 / UTM zone 32N");
    assert_eq!(told(31467), (Axes::NorthEast, Heights::None), "DHDN / 3-degree Gauss-Kruger zone 3");
    assert_eq!(told(4937), (Axes::LatitudeLongitude, Heights::Ellipsoid), "ETRS89, with heights");
    for epsg in [0, 7030, 5773, 4978, 99_999_999] {
        assert_eq!(told(epsg), (Axes::Unknown, Heights::None), "EPSG:{epsg} is no system of places");
        assert!(MapSystem::from_epsg(epsg).is_none(), "EPSG:{epsg}");
    }
}

/// PROJ's conversions belong to one thread; a system goes to all.
#[test]
fn threads_share_a_system() {
    let system = MapSystem::from_epsg(30169).expect("known to PROJ");
    let places = |_| (0..2000).map(|i| system.lonlat_from_xy([f64::from(i), 5.0])).collect::<Vec<_>>();
    let alone = places(0);
    assert!(alone.iter().all(Result::is_ok));
    let all: Vec<_> = thread::scope(|scope| {
        let threads: Vec<_> = (0..8).map(|i| scope.spawn(move || places(i))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(all.iter().all(|found| *found == alone));
}

#[test]
fn a_number_that_is_no_place_is_an_error() {
    let system = MapSystem::from_epsg(30169).expect("known to PROJ");
    for bad in [[f64::NAN, 0.0], [f64::INFINITY, 0.0], [1e30, 1e30]] {
        assert!(system.lonlat_from_xy(bad).is_err(), "{bad:?}");
    }
}
