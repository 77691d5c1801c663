//! Grid fields as GeoTIFF 1.1: 32-bit floats, deflate, north up, one file a field.
//!
//! The plane system is named by its EPSG code, so that any GIS puts the grid where it belongs without further help.
//! Our rows run south to north; the file's run north to south. Cells without a value are NaN, said so in
//! GDAL_NODATA. Unit, title, time and credit are in GDAL_METADATA (UTF-8) and, for readers that know nothing of
//! GDAL, in ImageDescription.

use std::borrow::Cow;
use std::io::Cursor;

use futago_field::{Field, Grid};
use futago_geodesy::SiteFrame;
use futago_texts::Texts;
use tiff::encoder::{Compression, DeflateLevel, TiffEncoder, TiffValue, colortype::Gray32Float};
use tiff::tags::{Tag, Type};

use crate::ExportError;
use crate::attribution::Attribution;

pub(crate) const GDAL_METADATA: u16 = 42112;
pub(crate) const GDAL_NODATA: u16 = 42113;
pub(crate) const GEO_ASCII_PARAMS: u16 = 34737;

/// Text of a tag. The crate's own takes ASCII only; GDAL and most readers take UTF-8, and credits are Japanese.
pub(crate) struct Utf8<'a>(pub &'a str);

impl TiffValue for Utf8<'_> {
    const BYTE_LEN: u8 = 1;
    const FIELD_TYPE: Type = Type::ASCII;

    fn count(&self) -> usize {
        self.data().len()
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Owned(self.0.bytes().filter(|b| *b != 0).chain([0]).collect())
    }
}

/// What is said of a grid in its file.
pub(crate) struct GridNotes<'a> {
    pub ja: &'a Texts,
    pub en: &'a Texts,
    pub attribution: &'a Attribution,
    pub version: &'a str,
}

impl GridNotes<'_> {
    /// What is measured, in Japanese and English.
    fn titles(&self, field: &Field) -> [String; 2] {
        let key = format!("quantity-{}", field.quantity.key);
        [self.ja, self.en].map(|texts| texts.text(&key))
    }

    /// When, in Japanese and English.
    fn times(&self, field: &Field) -> [String; 2] {
        [self.ja, self.en].map(|texts| texts.text_or_same(&field.time_label))
    }
}

/// The file of one grid field.
pub(crate) fn encode(
    field: &Field,
    grid: &Grid,
    frame: &SiteFrame,
    notes: &GridNotes<'_>,
) -> Result<Vec<u8>, ExportError> {
    let failed = |e| ExportError::encode(&field.key, e);
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes)
        .map_err(failed)?
        .with_compression(Compression::Deflate(DeflateLevel::Balanced));
    let mut image = encoder.new_image::<Gray32Float>(grid.columns, grid.rows).map_err(failed)?;
    write_tags(&mut image, field, grid, frame, notes).map_err(failed)?;
    image.write_data(&north_up(&field.values, grid)).map_err(failed)?;
    Ok(bytes.into_inner())
}

type Image<'a> =
    tiff::encoder::ImageEncoder<'a, &'a mut Cursor<Vec<u8>>, Gray32Float, tiff::encoder::TiffKindStandard>;

fn write_tags(
    image: &mut Image<'_>,
    field: &Field,
    grid: &Grid,
    frame: &SiteFrame,
    notes: &GridNotes<'_>,
) -> tiff::TiffResult<()> {
    let [west_m, _, _, north_m] = grid.bounds_m();
    let corner = frame.plane_from_site([west_m, north_m]);
    let citation = format!("EPSG:{}|", frame.epsg);
    let tags = image.encoder();
    tags.write_tag(Tag::ModelPixelScaleTag, &[grid.spacing_m, grid.spacing_m, 0.0][..])?;
    tags.write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, corner.east_m, corner.north_m, 0.0][..])?;
    tags.write_tag(Tag::GeoKeyDirectoryTag, &geo_keys(frame.epsg, citation.len())[..])?;
    tags.write_tag(Tag::Unknown(GEO_ASCII_PARAMS), Utf8(&citation))?;
    tags.write_tag(Tag::ImageDescription, Utf8(&description(field, notes)))?;
    tags.write_tag(Tag::Software, Utf8(&format!("Futago {}", notes.version)))?;
    tags.write_tag(Tag::Unknown(GDAL_METADATA), Utf8(&metadata_xml(field, grid, notes)))?;
    tags.write_tag(Tag::Unknown(GDAL_NODATA), Utf8("nan"))
}

/// Keys of OGC 19-008: a header of four, then key, place of the value, count, value.
pub(crate) fn geo_keys(epsg: u32, citation_len: usize) -> [u16; 24] {
    let epsg = epsg as u16;
    let len = citation_len as u16;
    [
        1,
        1,
        1,
        5, // GeoTIFF 1.1, five keys
        1024,
        0,
        1,
        1, // model: projected
        1025,
        0,
        1,
        1, // raster: pixel is area
        1026,
        GEO_ASCII_PARAMS,
        len,
        0, // citation
        3072,
        0,
        1,
        epsg, // projected system
        3076,
        0,
        1,
        9001, // metres
    ]
}

fn north_up(values: &[f32], grid: &Grid) -> Vec<f32> {
    values.chunks_exact(grid.columns.max(1) as usize).rev().flatten().copied().collect()
}

fn description(field: &Field, notes: &GridNotes<'_>) -> String {
    let [title_ja, title_en] = notes.titles(field);
    let [time_ja, time_en] = notes.times(field);
    let time = if time_ja == time_en { time_en } else { format!("{time_en} / {time_ja}") };
    let (unit, credit) = (&field.quantity.unit, notes.attribution.line());
    let mut text = format!("{title_en} / {title_ja}; unit {unit}; {time}; {credit}");
    if let Some(label) = notes.attribution.synthetic_label() {
        text.push_str("; ");
        text.push_str(label);
    }
    text
}

fn metadata_xml(field: &Field, grid: &Grid, notes: &GridNotes<'_>) -> String {
    let [title_ja, title_en] = notes.titles(field);
    let [time_ja, time_en] = notes.times(field);
    let mut xml = String::from("<GDALMetadata>\n");
    let mut item = |name: &str, attributes: &str, value: &str| {
        let value = value.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        xml.push_str(&format!("  <Item name=\"{name}\"{attributes}>{value}</Item>\n"));
    };
    item("TITLE", "", &title_en);
    item("TITLE_JA", "", &title_ja);
    item("KEY", "", &field.key);
    item("TIME", "", &time_en);
    if time_ja != time_en {
        item("TIME_JA", "", &time_ja);
    }
    item("HEIGHT_ABOVE_GROUND_M", "", &grid.height_m.to_string());
    item("CREDIT", "", &notes.attribution.line());
    if let Some(label) = notes.attribution.synthetic_label() {
        item("SYNTHETIC", "", label);
    }
    item("DESCRIPTION", " sample=\"0\" role=\"description\"", &field.quantity.key);
    item("UNITTYPE", " sample=\"0\" role=\"unittype\"", &field.quantity.unit);
    xml.push_str("</GDALMetadata>\n");
    xml
}

#[cfg(test)]
mod tests {
    use futago_field::Support;
    use futago_texts::Lang;
    use tiff::decoder::{Decoder, DecodingResult};

    use super::*;
    use crate::fixtures;

    #[test]
    fn tags_place_and_rows_read_back() {
        let (results, city) = (fixtures::results(), fixtures::city());
        let field = &results.fields[0];
        let Support::Grid(grid) = &field.support else { panic!("the first field is a grid") };
        let attribution = Attribution::of(&city);
        let (ja, en) = (Texts::new(Lang::Ja), Texts::new(Lang::En));
        let notes = GridNotes { ja: &ja, en: &en, attribution: &attribution, version: "0.1.0" };
        let bytes = encode(field, grid, &results.frame, &notes).unwrap();
        let mut file = Decoder::new(Cursor::new(bytes)).unwrap();
        assert_eq!(file.dimensions().unwrap(), (grid.columns, grid.rows));
        assert_eq!(file.get_tag_f64_vec(Tag::ModelPixelScaleTag).unwrap()[..2], [grid.spacing_m; 2]);
        let tie = file.get_tag_f64_vec(Tag::ModelTiepointTag).unwrap();
        let [west, _, _, north] = grid.bounds_m();
        assert_eq!(tie[3..5], [results.frame.origin_east_m + west, results.frame.origin_north_m + north]);
        let keys = file.get_tag_u16_vec(Tag::GeoKeyDirectoryTag).unwrap();
        assert!(
            keys.chunks(4).any(|k| k == [3072, 0, 1, 6677]) && keys.chunks(4).any(|k| k == [1025, 0, 1, 1])
        );
        let metadata = file.get_tag_ascii_string(Tag::Unknown(GDAL_METADATA)).unwrap();
        assert!(metadata.contains("を加工して作成") && metadata.contains(">h</Item>"), "{metadata}");
        assert_eq!(file.get_tag_ascii_string(Tag::Unknown(GDAL_NODATA)).unwrap(), "nan");
        let DecodingResult::F32(values) = file.read_image().unwrap() else { panic!("not f32") };
        // The file's first row is our last one, the northern edge.
        let last_row = (grid.rows as usize - 1) * grid.columns as usize;
        assert_eq!(values[0].to_bits(), field.values[last_row].to_bits());
        assert!(values.iter().any(|v| v.is_nan()));
    }

    #[test]
    fn a_time_in_words_is_told_in_both_languages() {
        let city = fixtures::city();
        let attribution = Attribution::of(&city);
        let (ja, en) = (Texts::new(Lang::Ja), Texts::new(Lang::En));
        let notes = GridNotes { ja: &ja, en: &en, attribution: &attribution, version: "0.1.0" };
        let mut field = fixtures::results().fields[0].clone();
        let Support::Grid(grid) = field.support else { panic!("the first field is a grid") };
        let plain = metadata_xml(&field, &grid, &notes);
        assert!(plain.contains(r#"name="TIME">2026-12-22<"#) && !plain.contains("TIME_JA"), "{plain}");
        field.time_label = "sunlight-time-solstice".to_owned();
        let worded = metadata_xml(&field, &grid, &notes);
        assert!(worded.contains(r#"name="TIME">winter solstice"#), "{worded}");
        assert!(worded.contains(r#"name="TIME_JA">冬至"#), "{worded}");
        let told = description(&field, &notes);
        assert!(told.contains("winter solstice, 8:00–16:00 true solar time / 冬至"), "{told}");
    }
}
