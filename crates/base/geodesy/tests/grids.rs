//! A datum grid in a folder of `PROJ_DATA` is used. A test binary of its own, since PROJ reads the variable once.

use std::fs;

use futago_geodesy::{LonLat, MapSystem};

/// The shift of the made-up grid, arc seconds east and north: 1" more than the true one near Tokyo, so that it
/// cannot be taken for another way from the Tokyo datum.
const SHIFT_S: [f64; 2] = [-10.6, 12.6];

/// West, south, east, north of the grid, whole degrees.
const AROUND: [f64; 4] = [138.0, 34.0, 142.0, 38.0];

/// Whole degrees are 3,600".
const CELL_S: f64 = 3600.0;

/// A record of NTv2: a name of eight letters and eight bytes.
fn record(out: &mut Vec<u8>, name: &str, value: [u8; 8]) {
    out.extend(format!("{name:<8}").bytes());
    out.extend(value);
}

fn text(value: &str) -> [u8; 8] {
    let mut bytes = [b' '; 8];
    bytes[..value.len()].copy_from_slice(value.as_bytes());
    bytes
}

fn whole(value: i32) -> [u8; 8] {
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&value.to_le_bytes());
    bytes
}

/// The same shift everywhere, as an NTv2 file. Its longitudes count to the west.
fn ntv2() -> Vec<u8> {
    let [west, south, east, north] = AROUND.map(|degrees| degrees * 3600.0);
    let (columns, rows) = ((AROUND[2] - AROUND[0]) as i32 + 1, (AROUND[3] - AROUND[1]) as i32 + 1);
    let mut out = Vec::new();
    for (name, value) in [("NUM_OREC", 11), ("NUM_SREC", 11), ("NUM_FILE", 1)] {
        record(&mut out, name, whole(value));
    }
    for (name, value) in
        [("GS_TYPE", "SECONDS"), ("VERSION", "TEST"), ("SYSTEM_F", "TOKYO"), ("SYSTEM_T", "JGD")]
    {
        record(&mut out, name, text(value));
    }
    let axes = [6_377_397.155, 6_356_078.963, 6_378_137.0, 6_356_752.314_f64];
    for (name, value) in ["MAJOR_F", "MINOR_F", "MAJOR_T", "MINOR_T"].into_iter().zip(axes) {
        record(&mut out, name, value.to_le_bytes());
    }
    for (name, value) in [("SUB_NAME", "JAPAN"), ("PARENT", "NONE"), ("CREATED", ""), ("UPDATED", "")] {
        record(&mut out, name, text(value));
    }
    let limits = [
        ("S_LAT", south),
        ("N_LAT", north),
        ("E_LONG", -east),
        ("W_LONG", -west),
        ("LAT_INC", CELL_S),
        ("LONG_INC", CELL_S),
    ];
    for (name, value) in limits {
        record(&mut out, name, value.to_le_bytes());
    }
    record(&mut out, "GS_COUNT", whole(columns * rows));
    for _ in 0..columns * rows {
        let node = [SHIFT_S[1], -SHIFT_S[0], 0.0, 0.0].map(|shift| shift as f32);
        out.extend(node.into_iter().flat_map(f32::to_le_bytes));
    }
    record(&mut out, "END", text(""));
    out
}

#[test]
fn a_grid_in_the_folder_of_proj_is_used() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("tky2jgd.gsb"), ntv2()).expect("written");
    // SAFETY: this is the only test of its binary, and nothing has started another thread that reads variables.
    unsafe { std::env::set_var("PROJ_DATA", folder.path()) };
    let tokyo = MapSystem::from_epsg(4301).expect("known to PROJ");
    let at = [139.7, 35.7];
    let LonLat { lon_deg, lat_deg } = tokyo.lonlat_from_xy(at).expect("a place");
    let found_s = [lon_deg - at[0], lat_deg - at[1]].map(|degrees| degrees * 3600.0);
    for (found, want) in found_s.into_iter().zip(SHIFT_S) {
        assert!((found - want).abs() < 1e-3, "moved by {found_s:?} seconds, not by {SHIFT_S:?}");
    }
}
