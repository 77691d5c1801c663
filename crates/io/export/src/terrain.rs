//! The terrain as GeoTIFF: heights T.P., a sample at the centre of each cell, so that it can be laid beside others.

use std::io::Cursor;

use futago_model::{CityModel, Terrain, metres_from_mm};
use tiff::encoder::{Compression, DeflateLevel, TiffEncoder, colortype::Gray32Float};
use tiff::tags::Tag;

use crate::ExportError;
use crate::attribution::Attribution;
use crate::geotiff::{GDAL_METADATA, GDAL_NODATA, GEO_ASCII_PARAMS, Utf8, geo_keys};

/// The file of the city's terrain.
pub(crate) fn encode(city: &CityModel) -> Result<Vec<u8>, ExportError> {
    let terrain = city.terrain.as_ref().ok_or(ExportError::NoTerrain)?;
    let grid = &terrain.grid;
    let failed = |e| ExportError::encode("terrain", e);
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes)
        .map_err(failed)?
        .with_compression(Compression::Deflate(DeflateLevel::Balanced));
    let mut image = encoder.new_image::<Gray32Float>(grid.columns, grid.rows).map_err(failed)?;
    let write_tags = |tags: &mut tiff::encoder::DirectoryEncoder<'_, _, _>| -> tiff::TiffResult<()> {
        let frame = &city.about.frame;
        let (spacing_m, citation) = (grid.spacing_m(), format!("EPSG:{}|", frame.epsg));
        let [west_m, _, _, north_m] = grid.bounds_m();
        let corner = frame.plane_from_site([west_m - spacing_m / 2.0, north_m + spacing_m / 2.0]);
        tags.write_tag(Tag::ModelPixelScaleTag, &[spacing_m, spacing_m, 0.0][..])?;
        tags.write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, corner.east_m, corner.north_m, 0.0][..])?;
        tags.write_tag(Tag::GeoKeyDirectoryTag, &geo_keys(frame.epsg, citation.len())[..])?;
        tags.write_tag(Tag::Unknown(GEO_ASCII_PARAMS), Utf8(&citation))?;
        tags.write_tag(Tag::ImageDescription, Utf8(&description(city, terrain)))?;
        tags.write_tag(Tag::Unknown(GDAL_METADATA), Utf8(&metadata(city, terrain)))?;
        tags.write_tag(Tag::Unknown(GDAL_NODATA), Utf8("nan"))
    };
    write_tags(image.encoder()).map_err(failed)?;
    image.write_data(&heights_tp_m(terrain, city.about.frame.origin_height_m)).map_err(failed)?;
    Ok(bytes.into_inner())
}

/// Heights T.P., rows from north to south.
fn heights_tp_m(terrain: &Terrain, origin_height_m: f64) -> Vec<f32> {
    let rows = terrain.heights_mm.chunks_exact(terrain.grid.columns.max(1) as usize).rev().flatten();
    rows.map(|height| match *height {
        Terrain::NO_DATA => f32::NAN,
        height => (metres_from_mm(height) + origin_height_m) as f32,
    })
    .collect()
}

fn description(city: &CityModel, terrain: &Terrain) -> String {
    let credit = Attribution::of(city).line();
    format!("Height of the ground, T.P. m / 地盤の標高; {}; {credit}", terrain.sources.join(", "))
}

fn metadata(city: &CityModel, terrain: &Terrain) -> String {
    let attribution = Attribution::of(city);
    let mut xml = String::from("<GDALMetadata>\n");
    let mut item = |name: &str, attributes: &str, value: &str| {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        xml.push_str(&format!("  <Item name=\"{name}\"{attributes}>{value}</Item>\n"));
    };
    item("TITLE", "", "Height of the ground, T.P.");
    item("TITLE_JA", "", "地盤の標高（T.P.）");
    item("SOURCES", "", &terrain.sources.join(", "));
    item("CREDIT", "", &attribution.line());
    if let Some(label) = attribution.synthetic_label() {
        item("SYNTHETIC", "", label);
    }
    item("DESCRIPTION", " sample=\"0\" role=\"description\"", "height");
    item("UNITTYPE", " sample=\"0\" role=\"unittype\"", "m");
    xml.push_str("</GDALMetadata>\n");
    xml
}

#[cfg(test)]
mod tests {
    use futago_model::{Ground, TerrainGrid};
    use tiff::decoder::{Decoder, DecodingResult};

    use super::*;
    use crate::fixtures;

    #[test]
    fn samples_are_at_the_centres_of_cells_and_heights_are_tp() {
        let mut city = fixtures::city();
        assert!(matches!(encode(&city), Err(ExportError::NoTerrain)));
        let grid = TerrainGrid { first_mm: [-5000, 10_000], spacing_mm: 5000, columns: 3, rows: 2 };
        city.terrain = Some(Terrain {
            grid,
            heights_mm: vec![0, 1000, 2000, -1500, Terrain::NO_DATA, 250],
            origins: vec![0, 0, 0, 0, Terrain::NO_SOURCE, 0],
            sources: vec!["a & b".to_owned()],
        });
        city.about.ground = Ground::Terrain { height_tp_m: 40.0, note: String::new() };
        let frame = &city.about.frame;
        let mut file = Decoder::new(Cursor::new(encode(&city).unwrap())).unwrap();
        let tie = file.get_tag_f64_vec(Tag::ModelTiepointTag).unwrap();
        assert_eq!(tie[3..5], [frame.origin_east_m - 7.5, frame.origin_north_m + 17.5]);
        let metadata = file.get_tag_ascii_string(Tag::Unknown(GDAL_METADATA)).unwrap();
        assert!(metadata.contains("a &amp; b") && metadata.contains("を加工して作成"), "{metadata}");
        let DecodingResult::F32(values) = file.read_image().unwrap() else { panic!("not f32") };
        let up = frame.origin_height_m as f32;
        assert_eq!((values[0], values[2], values[3], values[5]), (up - 1.5, up + 0.25, up, up + 2.0));
        assert!(values[1].is_nan());
    }
}
