//! Every format says the same as whoever wrote it, and damaged files are errors with names.

mod common;

use common::{
    BANDS, BIG, STRIPS, TILED, base_map, every_kind, geotiff, keys, png_tile, text_tile, tile_code,
};
use futago_terrain::{
    Limits, Mosaic, Raster, TerrainError, TileAddress, TileKind, is_geotiff, looks_like_base_map,
    looks_like_tiff, looks_like_tile, read_base_map, read_geotiff, read_tile,
};
use tiff::encoder::colortype::{Gray32Float, RGB16};

fn tif(bytes: &[u8]) -> Result<Raster, TerrainError> {
    read_geotiff(bytes, "dem.tif", &Limits::default())
}

fn near(found: Option<f64>, want: f64) {
    assert!(found.is_some_and(|found| (found - want).abs() < 1e-4), "{found:?}, not {want}");
}

#[test]
fn every_kind_of_number_is_a_height_and_between_samples_it_is_bilinear() {
    for (kind, bytes) in every_kind() {
        assert!(looks_like_tiff(&bytes) && is_geotiff(&bytes));
        let raster = tif(&bytes).unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert_eq!((raster.block, raster.system.epsg()), ([4, 3], 6677), "{kind}");
        let at = |column: f64, row: f64| {
            raster.height_m([-12_800.0 + 5.0 * (column + 0.5), -34_400.0 - 5.0 * (row + 0.5)])
        };
        near(at(0.0, 0.0), 10.0);
        near(at(3.0, 2.0), 19.0);
        near(at(1.25, 0.5), 10.0 + 1.25 + 1.5);
        // Half a cell beyond the outermost samples belongs to them.
        near(at(-0.4, 0.0), 10.0);
        assert_eq!((at(-0.6, 0.0), at(0.0, 2.6), at(f64::NAN, 0.0)), (None, None, None));
    }
}

/// Files of GDAL: tiles and strips, predictors, both directions of rounding, BigTIFF, two bands, points.
#[test]
fn files_of_gdal_say_what_gdal_wrote() {
    type Case = (&'static [u8], u32, f64, [f64; 2], [f64; 2]);
    let cases: [Case; 4] = [
        (TILED, 6677, 1.0, [-12_900.0, -34_300.0], [5.0, -5.0]),
        (STRIPS, 2451, 4.0, [-12_900.0, -34_300.0], [5.0, -5.0]),
        (BIG, 6668, 1.0, [139.69, 35.692], [0.2 / 3600.0, -0.2 / 3600.0]),
        (BANDS, 32654, 4.0, [381_500.0, 3_950_400.0], [5.0, -5.0]),
    ];
    for (bytes, epsg, scale, corner, cell) in cases {
        let raster = tif(bytes).unwrap_or_else(|error| panic!("EPSG:{epsg}: {error}"));
        assert_eq!((raster.block, raster.system.epsg(), raster.dropped), ([40, 33], epsg, 0));
        let at = |column: f64, row: f64| {
            raster.height_m([corner[0] + cell[0] * (column + 0.5), corner[1] + cell[1] * (row + 0.5)])
        };
        for [column, row] in [[0.0, 0.0], [39.0, 32.0], [17.25, 15.5], [20.0, 31.75]] {
            near(at(column, row), scale * (20.0 + column / 4.0 + row / 2.0));
        }
        assert_eq!(at(3.0, 5.0), None, "EPSG:{epsg}: the sample that is missing");
        near(at(4.0, 5.0), scale * 23.5);
    }
}

#[test]
fn tiles_as_png_and_as_text_say_the_same_and_go_on_across_their_seams() {
    let address = TileAddress { zoom: 15, x: 29_098, y: 12_901 };
    for (kind, tile) in [(TileKind::Png, png_tile as fn(i32) -> Vec<u8>), (TileKind::Text, text_tile)] {
        let path = if kind == TileKind::Png { "a/15/29098/12901.png" } else { "a\\15\\29098\\12901.txt" };
        assert_eq!(looks_like_tile(&tile(0), path), Some((kind, address)));
        let mut mosaic = Mosaic::default();
        for (x, base) in [(29_098, -300), (29_099, -300 + 512)] {
            let address = TileAddress { x, ..address };
            mosaic.push(read_tile(&tile(base), kind, address, path).expect("a tile"));
        }
        assert_eq!((mosaic.rasters.len(), mosaic.samples()), (1, 2 * 65_536));
        let raster = &mosaic.rasters[0];
        let at = |column: f64, row: f64| {
            let pixel = [29_098.0 * 256.0 + column, 12_901.0 * 256.0 + row];
            raster.height_m(raster.placement.xy(pixel))
        };
        let want = |column: f64, row: f64| (-300.0 + 2.0 * column + 3.0 * row) / 100.0;
        for [column, row] in [[0.0, 0.0], [255.0, 255.0], [255.5, 30.25], [300.0, 12.0]] {
            near(at(column, row), want(column, row));
        }
        assert_eq!((at(7.0, 9.0), tile_code(7, 9, 0)), (None, None));
        // The middle of the two tiles, by the formula of map tiles.
        let middle = raster.middle().expect("a place");
        let lon = 29_099.0 / 32_768.0 * 360.0 - 180.0;
        let lat = (std::f64::consts::PI * (1.0 - 2.0 * 12_901.5 / 32_768.0)).sinh().atan().to_degrees();
        assert!((middle.lon_deg - lon).abs() < 1e-9 && (middle.lat_deg - lat).abs() < 1e-9, "{middle:?}");
    }
    let png = png_tile(0);
    for other in ["12901.png", "15/29098/roof.png", "15/99999/12901.png", "40/1/1.png", ""] {
        assert_eq!(looks_like_tile(&png, other), None, "{other}");
    }
    assert_eq!(looks_like_tile(b"a,b,c", "15/29098/12901.txt"), None);
}

#[test]
fn meshes_of_the_base_map_lie_side_by_side() {
    let (west, south) = (139.6875, 35.683_333_333);
    let step = 45.0 / 3600.0;
    let mut mosaic = Mosaic::default();
    for i in 0..2 {
        let text = base_map(west + f64::from(i) * step, south);
        assert!(looks_like_base_map(text.as_bytes()));
        let name = format!("x/FG-GML-5339-45-2{i}-DEM5A-20161001.xml");
        mosaic.push(read_base_map(text.as_bytes(), &name, &Limits::default()).expect("a mesh"));
    }
    assert_eq!(mosaic.rasters.len(), 1);
    let raster = &mosaic.rasters[0];
    assert_eq!((raster.name.as_str(), raster.system.epsg()), ("base map DEM5A, EPSG:6668", 6668));
    let cell = [step / 5.0, 30.0 / 3600.0 / 4.0];
    let at = |column: f64, row: f64| {
        let north = south + 30.0 / 3600.0;
        raster.height_m([west + cell[0] * (column + 0.5), north - cell[1] * (row + 0.5)])
    };
    near(at(2.0, 0.0), 12.0);
    near(at(2.0, 3.0), 42.0);
    // The list begins late and ends early, and a sample of it is none.
    for [column, row] in [[0.0, 0.0], [1.0, 0.0], [4.0, 1.0], [3.0, 3.0], [4.0, 3.0]] {
        assert_eq!(at(column, row), None, "{column}, {row}");
    }
    // The seam: half-way between the last column of one mesh and the first of the next.
    near(at(4.5, 2.0), (34.0 + 30.0) / 2.0);
}

#[test]
fn what_gives_no_heights_says_why_and_what_to_do() {
    let f32s = [1.0_f32; 12];
    let at = [0.0, 0.0];
    let refused = |bytes: &[u8]| tif(bytes).expect_err("no heights").to_string();
    let cases = [
        (geotiff::<Gray32Float>(4, &f32s, &[], at), "names no coordinate system"),
        (geotiff::<Gray32Float>(4, &f32s, &keys(32767), at), "no EPSG code"),
        (geotiff::<Gray32Float>(4, &f32s, &keys(30169), at), "EPSG:30169"),
        (geotiff::<Gray32Float>(4, &f32s, &keys(6677), [1e12, 0.0]), "cannot be"),
        (geotiff::<RGB16>(4, &[7; 36], &keys(6677), at), "no heights"),
        (b"II*\0 and then nothing".to_vec(), "cannot be read as GeoTIFF"),
    ];
    for (bytes, words) in cases {
        let error = refused(&bytes);
        assert!(error.contains("dem.tif") && error.contains(words), "{words}: {error}");
    }
    let small = Limits { samples: 11, ..Limits::default() };
    let bytes = geotiff::<Gray32Float>(4, &f32s, &keys(6677), at);
    let error = read_geotiff(&bytes, "dem.tif", &small).expect_err("too large").to_string();
    assert!(error.contains("at most 11"), "{error}");
    assert!(!is_geotiff(&geotiff::<Gray32Float>(4, &f32s, &[], at)), "no place, so a texture");

    let text = base_map(139.6875, 35.683_333_333);
    let base = |from: &str, to: &str| {
        let error = read_base_map(text.replace(from, to).as_bytes(), "m.xml", &Limits::default());
        error.expect_err("damaged").to_string()
    };
    for (from, to, words) in [
        ("jgd2011", "itrf94", "srsName"),
        ("<gml:high>4 3</gml:high>", "", "GridEnvelope"),
        ("<gml:high>4 3</gml:high>", "<gml:high>99999 99999</gml:high>", "number of samples"),
        ("<gml:startPoint>2 0", "<gml:startPoint>2 9", "startPoint"),
        ("<gml:startPoint>2 0", "<gml:startPoint>4 2", "longer than"),
        ("地表面,12.00", "地表面,high", "no height"),
        ("+x-y", "+x+y", "sequenceRule"),
        ("</Dataset>", "", "cannot be read"),
    ] {
        let error = base(from, to);
        assert!(error.contains("m.xml") && error.contains(words), "{words}: {error}");
    }
}

#[test]
fn heights_that_cannot_be_are_counted() {
    let mut values = [1.0_f32; 12];
    (values[0], values[1], values[2]) = (-9999.0, 1e6, f32::NAN);
    let raster = tif(&geotiff::<Gray32Float>(4, &values, &keys(6677), [0.0, 0.0])).expect("a raster");
    assert_eq!(raster.dropped, 1, "the usual number for none and not-a-number are no heights that cannot be");
}

/// A few hundred copies of each small file, cut or changed: an error or a raster, never a panic.
#[test]
fn damaged_files_never_panic() {
    let address = TileAddress { zoom: 15, x: 29_098, y: 12_901 };
    let read = |kind: &str, bytes: &[u8]| match kind {
        "png" => read_tile(bytes, TileKind::Png, address, "t"),
        "txt" => read_tile(bytes, TileKind::Text, address, "t"),
        "xml" => read_base_map(bytes, "t", &Limits::default()),
        _ => tif(bytes),
    };
    let mut files = every_kind();
    files.extend([
        ("gdal", TILED.to_vec()),
        ("gdal", STRIPS.to_vec()),
        ("gdal", BIG.to_vec()),
        ("gdal", BANDS.to_vec()),
    ]);
    files.extend([("png", png_tile(0)), ("txt", text_tile(0))]);
    files.push(("xml", base_map(139.6875, 35.683_333_333).into_bytes()));
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let (mut errors, mut rasters) = (0, 0);
    for (kind, whole) in files {
        read(kind, &whole).unwrap_or_else(|error| panic!("{kind}: {error}"));
        let rounds = if whole.len() > 100_000 { 100 } else { 400 };
        for round in 0..rounds {
            let mut bytes = whole.clone();
            match round % 4 {
                0 => bytes.truncate(random(whole.len())),
                1 => bytes[random(whole.len())] = random(256) as u8,
                2 => {
                    // Numbers of the directories, which lie at the beginning or the end.
                    let at = [random(whole.len().min(400)), whole.len() - 1 - random(whole.len().min(400))];
                    bytes[at[round % 2]] = [0, 1, 0x7f, 0x80, 0xff][random(5)];
                }
                _ => {
                    for _ in 0..8 {
                        bytes[random(whole.len())] ^= 1 << random(8);
                    }
                }
            }
            match read(kind, &bytes) {
                Ok(raster) => {
                    rasters += 1;
                    let _ = (raster.middle(), raster.edge(), raster.height_m([-12_800.0, -34_400.0]));
                }
                Err(_) => errors += 1,
            }
        }
    }
    assert!(errors > 800 && rasters > 300, "{errors} errors, {rasters} rasters");
}
