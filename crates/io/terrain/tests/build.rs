//! One grid of several sources: which one counts where, and what the Report says of the rest.

mod common;

use common::{geotiff, keys};
use futago_geodesy::{LonLat, MapSystem, SiteFrame};
use futago_model::Terrain;
use futago_terrain::{Ground, Limits, Placement, Raster, Tin, build, read_geotiff};
use tiff::encoder::colortype::Gray32Float;

fn frame() -> SiteFrame {
    SiteFrame { epsg: 6677, origin_east_m: -12_800.0, origin_north_m: -34_500.0, origin_height_m: 35.0 }
}

/// The height that sources here agree on, T.P. metres: a slope in the site's plan.
fn slope([east, north]: [f64; 2]) -> f64 {
    30.0 + east / 100.0 + north / 50.0
}

/// A raster of 5 m cells of the slope and `more`, from the corner to the south-east, holes where `hole` says.
fn raster(name: &str, corner: [f64; 2], side: u32, more: f64, hole: fn([f64; 2]) -> bool) -> Ground {
    let values: Vec<f32> = (0..side * side)
        .map(|i| {
            let (column, row) = (f64::from(i % side), f64::from(i / side));
            let at = [corner[0] + 5.0 * (column + 0.5), corner[1] - 5.0 * (row + 0.5)];
            if hole(at) { f32::NAN } else { (slope(at) + more) as f32 }
        })
        .collect();
    let frame = frame();
    let corner = [corner[0] + frame.origin_east_m, corner[1] + frame.origin_north_m];
    let bytes = geotiff::<Gray32Float>(side, &values, &keys(6677), corner);
    Ground::Raster(read_geotiff(&bytes, name, &Limits::default()).expect("a raster"))
}

/// The slope as two triangles, millimetres, between these corners.
fn tin([west, south, east, north]: [i32; 4]) -> Ground {
    let corner = |e: i32, n: i32| [e * 1000, n * 1000, (slope([f64::from(e), f64::from(n)]) * 1000.0) as i32];
    let [a, b, c, d] = [corner(west, south), corner(east, south), corner(east, north), corner(west, north)];
    Ground::Tin(Tin { name: "dem.gml".to_owned(), triangles: vec![[a, b, c], [a, c, d]] })
}

fn codes(built: &futago_terrain::Built) -> Vec<&str> {
    built.report.entries.iter().map(|entry| entry.code.as_str()).collect()
}

fn holds(terrain: &Terrain, at: [f64; 2], want_tp_m: f64) {
    let found = terrain.height_m(at).map(|up| up + 35.0);
    assert!(
        found.is_some_and(|found| (found - want_tp_m).abs() < 0.002),
        "{at:?}: {found:?}, not {want_tp_m}"
    );
}

#[test]
fn the_finer_source_counts_and_the_coarser_one_goes_on_where_it_ends() {
    let sources = [tin([-300, -300, 300, 300]), raster("fine.tif", [-100.0, 100.0], 40, 2.0, |_| false)];
    let built = build(&sources, &frame(), [-200.0, -150.0, 200.0, 150.0]);
    let terrain = built.terrain.as_ref().expect("a terrain");
    assert_eq!(terrain.sources, ["fine.tif", "dem.gml"]);
    assert_eq!((terrain.grid.spacing_mm, terrain.grid.columns, terrain.grid.rows), (5000, 81, 61));
    assert_eq!(terrain.counts(), [81 * 61, 0, 0]);
    for at in [[-180.0, -140.0], [151.0, 0.0], [-137.3, 42.1]] {
        holds(terrain, at, slope(at));
    }
    for at in [[0.0, 0.0], [-60.2, 30.7], [90.0, -90.0]] {
        holds(terrain, at, slope(at) + 2.0);
    }
    assert_eq!(codes(&built), ["terrain-differs"]);
    let entry = &built.report.entries[0];
    assert_eq!(entry.feature, "dem.gml");
    assert!(entry.action.contains("mean 2.00 m") && entry.action.contains("fine.tif"), "{}", entry.action);
}

#[test]
fn holes_are_filled_and_told_and_ends_stay_open() {
    let pond = |[e, n]: [f64; 2]| (20.0..40.0).contains(&e) && (0.0..30.0).contains(&n);
    let built =
        build(&[raster("a.tif", [-100.0, 100.0], 40, 0.0, pond)], &frame(), [-90.0, -90.0, 200.0, 90.0]);
    let terrain = built.terrain.as_ref().expect("a terrain");
    assert_eq!(codes(&built), ["terrain-filled", "terrain-hole"]);
    let found = terrain.height_m([30.0, 15.0]).expect("filled") + 35.0;
    assert!((found - slope([30.0, 15.0])).abs() < 0.05, "{found}");
    assert_eq!(terrain.height_m([150.0, 0.0]), None);
    let [known, filled, open] = terrain.counts();
    assert!(filled > 10 && open > 700 && known > 1000, "{known}, {filled}, {open}");
    assert_eq!(known + filled + open, terrain.grid.len());
}

/// The same slope written in degrees, UTM, Web Mercator and another zone comes out within a millimetre or two.
#[test]
fn rasters_are_sampled_in_their_own_system() {
    let frame = frame();
    let middle = frame.lonlat_from_site([0.0, 0.0]).expect("a place");
    for (epsg, cell) in [(6668, 2e-5), (4612, 2e-5), (32654, 2.0), (6691, 2.0), (3857, 2.0), (6676, 2.0)] {
        let system = MapSystem::from_epsg(epsg).expect("known");
        let [x, y] = system.xy_from_lonlat(middle).expect("near");
        let side = 201;
        let reach = cell * f64::from(side - 1) / 2.0;
        let placement = Placement { first: [x - reach, y + reach], column: [cell, 0.0], row: [0.0, -cell] };
        let height = |i: u32| {
            let xy = placement.xy([f64::from(i % side), f64::from(i / side)]);
            let at: LonLat = system.lonlat_from_xy(xy).expect("near");
            slope(frame.site_from_lonlat(at).expect("near")) as f32
        };
        let blocks = [([0, 0], (0..side * side).map(height).collect())].into();
        let name = format!("EPSG:{epsg}");
        let raster = Raster { name, system, placement, block: [side, side], blocks, dropped: 0 };
        let built = build(&[Ground::Raster(raster)], &frame, [-120.0, -120.0, 120.0, 120.0]);
        let terrain = built.terrain.as_ref().expect("a terrain");
        for at in [[0.0, 0.0], [-117.0, 119.5], [101.3, -88.8], [12.34, 56.78]] {
            holds(terrain, at, slope(at));
        }
        assert_eq!(codes(&built).contains(&"terrain-datum"), epsg == 4612, "EPSG:{epsg}");
    }
}

#[test]
fn what_does_not_touch_the_city_or_adds_nothing_is_told() {
    let far = raster("far.tif", [50_000.0, 0.0], 4, 0.0, |_| false);
    let bounds = [-50.0, -50.0, 50.0, 50.0];
    let built = build(std::slice::from_ref(&far), &frame(), bounds);
    assert!(built.terrain.is_none());
    assert_eq!(codes(&built), ["terrain-elsewhere"]);
    let sources = [raster("one.tif", [-100.0, 100.0], 40, 0.0, |_| false), tin([-300, -300, 300, 300]), far];
    let built = build(&sources, &frame(), bounds);
    assert_eq!(codes(&built), ["terrain-elsewhere", "terrain-covered"]);
    assert!(build(&[], &frame(), bounds).terrain.is_none());
    assert!(build(&sources, &frame(), [f64::NAN; 4]).terrain.is_none());
}

#[test]
fn a_large_city_gets_a_coarser_grid() {
    let built = build(
        &[tin([-60_000, -60_000, 60_000, 60_000])],
        &frame(),
        [-40_000.0, -40_000.0, 40_000.0, 40_000.0],
    );
    let terrain = built.terrain.as_ref().expect("a terrain");
    assert_eq!(terrain.grid.spacing_mm, 20_000);
    assert_eq!(codes(&built), ["terrain-coarser"]);
    holds(terrain, [1234.0, -5678.0], slope([1234.0, -5678.0]));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let sources = [
        tin([-300, -300, 280, 300]),
        raster("fine.tif", [-100.0, 100.0], 40, 1.5, |at| at[0] > 20.0 && at[0] < 45.0),
    ];
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let built = pool.install(|| build(&sources, &frame(), [-320.0, -320.0, 320.0, 320.0]));
        (built.terrain.expect("a terrain"), built.report)
    };
    let one = with(1);
    for threads in [2, 5] {
        assert!(with(threads) == one, "{threads} threads");
    }
}
