//! Small files of every format, made here or by GDAL (`data/`).
//!
//! The heights of `data/` are 20 m and a quarter for each column and a half for each row of the image, 40 by 33; of
//! the sample in column 3, row 5 nothing is known. The integers of two of them are quarters of a metre.

// Each test file uses its own part of this.
#![allow(dead_code)]

use std::io::Cursor;

use tiff::encoder::colortype::{ColorType, Gray16, Gray32Float, Gray64Float, GrayI16, GrayI32};
use tiff::encoder::{Compression, TiffEncoder, TiffValue};
use tiff::tags::Tag;

pub const TILED: &[u8] = include_bytes!("../data/tiled_deflate_f32.tif");
pub const STRIPS: &[u8] = include_bytes!("../data/strips_lzw_i16.tif");
pub const BIG: &[u8] = include_bytes!("../data/big_degrees_f64.tif");
pub const BANDS: &[u8] = include_bytes!("../data/point_bands_i32.tif");

/// Keys of a projected system, cells as areas.
pub fn keys(epsg: u16) -> Vec<u16> {
    vec![1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, epsg]
}

/// A GeoTIFF of this many columns with square cells of 5 m whose north-western corner is here.
pub fn geotiff<C: ColorType>(columns: u32, values: &[C::Inner], keys: &[u16], corner: [f64; 2]) -> Vec<u8>
where
    [C::Inner]: TiffValue,
{
    let rows = values.len() as u32 / columns / C::BITS_PER_SAMPLE.len() as u32;
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap().with_compression(Compression::Lzw);
    let mut image = encoder.new_image::<C>(columns, rows).unwrap();
    let tags = image.encoder();
    tags.write_tag(Tag::ModelPixelScaleTag, &[5.0, 5.0, 0.0][..]).unwrap();
    tags.write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, corner[0], corner[1], 0.0][..]).unwrap();
    if !keys.is_empty() {
        tags.write_tag(Tag::GeoKeyDirectoryTag, keys).unwrap();
    }
    image.write_data(values).unwrap();
    bytes.into_inner()
}

/// The same four by three heights in every kind of number.
pub fn every_kind() -> Vec<(&'static str, Vec<u8>)> {
    let heights: Vec<i16> = (0..12).map(|i| 10 + i % 4 + 3 * (i / 4)).collect();
    let (keys, corner) = (keys(6677), [-12_800.0, -34_400.0]);
    let of = |h: &i16| f64::from(*h);
    let u16s: Vec<u16> = heights.iter().map(|h| *h as u16).collect();
    let i32s: Vec<i32> = heights.iter().map(|h| i32::from(*h)).collect();
    let f32s: Vec<f32> = heights.iter().map(|h| of(h) as f32).collect();
    let f64s: Vec<f64> = heights.iter().map(of).collect();
    vec![
        ("i16", geotiff::<GrayI16>(4, &heights, &keys, corner)),
        ("u16", geotiff::<Gray16>(4, &u16s, &keys, corner)),
        ("i32", geotiff::<GrayI32>(4, &i32s, &keys, corner)),
        ("f32", geotiff::<Gray32Float>(4, &f32s, &keys, corner)),
        ("f64", geotiff::<Gray64Float>(4, &f64s, &keys, corner)),
    ]
}

/// Hundredths of a metre of a tile's pixel; none at two pixels.
pub fn tile_code(column: usize, row: usize, base: i32) -> Option<i32> {
    let missing = (column, row) == (7, 9) || (column, row) == (200, 100);
    (!missing).then(|| base + 2 * column as i32 + 3 * row as i32)
}

fn tile_codes(base: i32) -> impl Iterator<Item = Option<i32>> {
    (0..256).flat_map(move |row| (0..256).map(move |column| tile_code(column, row, base)))
}

/// A tile as PNG.
pub fn png_tile(base: i32) -> Vec<u8> {
    let pixels: Vec<u8> = tile_codes(base)
        .flat_map(|code| {
            let bytes = code.map_or([0, 0x80, 0, 0], |code| (code & 0xff_ffff).to_be_bytes());
            [bytes[1], bytes[2], bytes[3]]
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 256, 256);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    bytes
}

/// The same tile as text.
pub fn text_tile(base: i32) -> Vec<u8> {
    let cells: Vec<String> = tile_codes(base)
        .map(|code| code.map_or("e".to_owned(), |code| format!("{:.2}", f64::from(code) / 100.0)))
        .collect();
    cells.chunks(256).map(|row| row.join(",") + "\n").collect::<String>().into_bytes()
}

/// A mesh of the base map of 5 by 4 samples, one 45 by 30 part of a second wide and high, by its south-western
/// corner; heights are 10 m, 1 more a column and 10 more a row from the north. It begins at the third sample and
/// lacks the last two.
pub fn base_map(west: f64, south: f64) -> String {
    let [east, north] = [west + 45.0 / 3600.0, south + 30.0 / 3600.0];
    let row = |i: i32| match i {
        9 => "データなし,-9999.".to_owned(),
        _ => format!("地表面,{}.00", 10 + i % 5 + 10 * (i / 5)),
    };
    let list: Vec<String> = (2..18).map(row).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<Dataset xmlns:gml="http://www.opengis.net/gml/3.2" xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema" gml:id="Dataset1">
<DEM gml:id="DEM001"><type>5mメッシュ（標高）</type><mesh>53394525</mesh><coverage gml:id="DEM001-3">
<gml:boundedBy><gml:Envelope srsName="fguuid:jgd2011.bl"><gml:lowerCorner>{south:.9} {west:.9}</gml:lowerCorner><gml:upperCorner>{north:.9} {east:.9}</gml:upperCorner></gml:Envelope></gml:boundedBy>
<gml:gridDomain><gml:Grid dimension="2" gml:id="DEM001-4"><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low><gml:high>4 3</gml:high></gml:GridEnvelope></gml:limits><gml:axisLabels>x y</gml:axisLabels></gml:Grid></gml:gridDomain>
<gml:rangeSet><gml:DataBlock><gml:rangeParameters><gml:QuantityList uom="DEM構成点"/></gml:rangeParameters><gml:tupleList>
{}
</gml:tupleList></gml:DataBlock></gml:rangeSet>
<gml:coverageFunction><gml:GridFunction><gml:sequenceRule order="+x-y">Linear</gml:sequenceRule><gml:startPoint>2 0</gml:startPoint></gml:GridFunction></gml:coverageFunction>
</coverage></DEM></Dataset>
"#,
        list.join("\n")
    )
}
