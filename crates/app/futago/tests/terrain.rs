//! A terrain from a file to a city and back to a file.

mod common;

use std::io::Cursor;
use std::path::Path;

use common::{folder, futago};
use tiff::decoder::{Decoder, DecodingResult};
use tiff::encoder::{TiffEncoder, colortype::Gray32Float};
use tiff::tags::Tag;

const SIDE: u32 = 60;

/// A hilly ground, T.P. metres.
fn height(column: u32, row: u32) -> f32 {
    let [x, y] = [column, row].map(|i| f64::from(i) / 7.0);
    (37.0 + 4.0 * x.sin() + 3.0 * y.cos() + 0.2 * x) as f32
}

/// A GeoTIFF of plane zone IX whose samples lie on whole multiples of 5 m.
fn write_geotiff(path: &Path) {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    let mut image = encoder.new_image::<Gray32Float>(SIDE, SIDE).unwrap();
    let tags = image.encoder();
    tags.write_tag(Tag::ModelPixelScaleTag, &[5.0, 5.0, 0.0][..]).unwrap();
    tags.write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, -12_902.5, -34_297.5, 0.0][..]).unwrap();
    let keys: [u16; 16] = [1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 6677];
    tags.write_tag(Tag::GeoKeyDirectoryTag, &keys[..]).unwrap();
    let values: Vec<f32> = (0..SIDE * SIDE).map(|i| height(i % SIDE, i / SIDE)).collect();
    image.write_data(&values).unwrap();
    std::fs::write(path, bytes.into_inner()).unwrap();
}

#[test]
fn a_geotiff_comes_back_within_a_centimetre() {
    let folder = folder();
    write_geotiff(&folder.path().join("dem.tif"));
    let args = ["import", "dem.tif", "-o", "t.city", "--report", "r.html", "--credit", "made by nobody"];
    let done = futago(folder.path(), &args);
    assert_eq!(done.code, 0, "{}", done.stderr);
    let page = std::fs::read_to_string(folder.path().join("r.html")).unwrap();
    assert!(page.contains("id=\"terrain\"") && page.contains("地形"), "the report tells of the terrain");
    let done = futago(folder.path(), &["export", "terrain", "t.city", "-o", "back.tif"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(done.stderr.contains("made by nobody") && done.stderr.contains("every 5 m"), "{}", done.stderr);

    let mut file = Decoder::new(Cursor::new(std::fs::read(folder.path().join("back.tif")).unwrap())).unwrap();
    let (columns, rows) = file.dimensions().unwrap();
    let tie = file.get_tag_f64_vec(Tag::ModelTiepointTag).unwrap();
    let [right, down] = [(tie[3] + 12_902.5) / 5.0, (-34_297.5 - tie[4]) / 5.0];
    assert_eq!([right.fract(), down.fract()], [0.0, 0.0], "samples on samples");
    let DecodingResult::F32(values) = file.read_image().unwrap() else { panic!("not f32") };
    let mut compared = 0;
    for (index, value) in values.iter().enumerate() {
        let [column, row] =
            [f64::from(index as u32 % columns) + right, f64::from(index as u32 / columns) + down];
        let inside = [column, row].iter().all(|i| (0.0..f64::from(SIDE)).contains(i));
        if inside {
            let want = height(column as u32, row as u32);
            assert!((value - want).abs() < 0.01, "{column}, {row}: {value}, not {want}");
            compared += 1;
        }
    }
    assert_eq!(compared, SIDE * SIDE, "{columns} by {rows}");
}

#[test]
fn info_tells_of_the_terrain_in_both_languages() {
    let folder = folder();
    write_geotiff(&folder.path().join("dem.tif"));
    futago(folder.path(), &["import", "dem.tif", "-o", "t.city"]);
    let info = futago(folder.path(), &["info", "--json", "t.city"]).json();
    let terrain = &info["terrain"];
    assert_eq!((&terrain["spacing_m"], &terrain["sources"][0]), (&5.0.into(), &"dem.tif".into()));
    let range = ["low_tp_m", "high_tp_m"].map(|key| terrain[key].as_f64().unwrap());
    assert!(range[0] > 29.0 && range[0] < 31.0 && range[1] > 43.0 && range[1] < 46.0, "{range:?}");
    assert_eq!(info["ground"]["kind"], "terrain");
    for (lang, words) in [("en", "Terrain: T.P. "), ("ja", "地形: T.P. ")] {
        let said = futago(folder.path(), &["--lang", lang, "info", "t.city"]);
        assert!(said.stdout.contains(words) && said.stdout.contains("dem.tif"), "{}", said.stdout);
    }
}

#[test]
fn what_has_no_terrain_is_refused_with_a_way_out() {
    let folder = folder();
    futago(folder.path(), &["export", "terrain", "-o", "t.tif"]).refuses(2, &["no terrain", "GeoTIFF"]);
    futago(folder.path(), &["export", "terrain", "-o", "t.png"]).refuses(2, &[".tif"]);
    std::fs::write(folder.path().join("bad.tif"), b"II*\0 and then nothing").unwrap();
    let bad = futago(folder.path(), &["import", "bad.tif", "-o", "t.city"]);
    bad.refuses(1, &["bad.tif", "GeoTIFF", "Fetch the file again"]);
}
