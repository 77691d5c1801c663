//! SVG to PNG, with the fonts of `assets/fonts` and no others: the same picture on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb::Database};

use crate::ExportError;

/// The family of the fonts built in.
pub(crate) const FONT_FAMILY: &str = "BIZ UDPGothic";

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(
        include_bytes!("../../../../../assets/fonts/BIZUDPGothic-Regular.subset.ttf").to_vec(),
    );
    fonts.load_font_data(include_bytes!("../../../../../assets/fonts/BIZUDPGothic-Bold.subset.ttf").to_vec());
    Arc::new(fonts)
});

/// Pixels on the longer side that no map needs more of; keeps memory bounded.
const MAX_SIDE_PX: f32 = 12_000.0;

/// A picture of an SVG, so many pixels wide, with texts for its metadata (keyword, value).
pub(crate) fn png(svg: &str, width_px: u32, notes: &[(&str, String)]) -> Result<Vec<u8>, ExportError> {
    let failed = |e: &dyn std::fmt::Display| ExportError::encode("map", e);
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: FONT_FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| failed(&e))?;
    let size = tree.size();
    let scale = (width_px as f32 / size.width()).min(MAX_SIDE_PX / size.width().max(size.height()));
    let pixels = |v: f32| ((v * scale).round() as u32).max(1);
    let mut pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()))
        .ok_or_else(|| failed(&"its size does not fit"))?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    encode(&pixmap, notes).map_err(|e| failed(&e))
}

/// Opaque pixels as RGB, credits and titles as international text chunks.
fn encode(pixmap: &Pixmap, notes: &[(&str, String)]) -> Result<Vec<u8>, png::EncodingError> {
    let rgb: Vec<u8> = pixmap.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    for (keyword, value) in notes {
        encoder.add_itxt_chunk((*keyword).to_owned(), value.clone())?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&rgb)?;
    writer.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;
    use resvg::usvg::fontdb::{Family, Query, Weight};
    use skrifa::MetadataProvider;

    use super::*;

    #[test]
    fn both_weights_are_there_and_draw_japanese() {
        for weight in [Weight::NORMAL, Weight::BOLD] {
            let query = Query { families: &[Family::Name(FONT_FAMILY)], weight, ..Query::default() };
            assert!(FONTS.query(&query).is_some(), "{weight:?}");
        }
        let svg = |text: &str| {
            format!(
                r##"<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30"><text x="4" y="22" font-size="20">{text}</text></svg>"##
            )
        };
        let (blank, drawn) = (png(&svg(""), 80, &[]).unwrap(), png(&svg("日影"), 80, &[]).unwrap());
        assert_ne!(blank, drawn);
    }

    #[test]
    fn the_fonts_have_every_character_of_the_texts() {
        for lang in Lang::ALL {
            let source = match lang {
                Lang::Ja | Lang::JaEasy => concat!(
                    include_str!("../../../../../assets/texts/ja/common.ftl"),
                    include_str!("../../../../../assets/texts/ja/report.ftl"),
                    include_str!("../../../../../assets/texts/ja/sunlight.ftl"),
                    include_str!("../../../../../assets/texts/ja/crowd.ftl"),
                    include_str!("../../../../../assets/texts/ja/office.ftl"),
                ),
                Lang::En => concat!(
                    include_str!("../../../../../assets/texts/en/common.ftl"),
                    include_str!("../../../../../assets/texts/en/report.ftl"),
                    include_str!("../../../../../assets/texts/en/sunlight.ftl"),
                    include_str!("../../../../../assets/texts/en/crowd.ftl"),
                    include_str!("../../../../../assets/texts/en/office.ftl"),
                ),
            };
            for face in FONTS.faces() {
                let missing = FONTS.with_face_data(face.id, |data, _| {
                    let font = skrifa::FontRef::new(data).unwrap();
                    let lacks = |c: &char| !c.is_control() && font.charmap().map(*c).is_none();
                    source.chars().filter(lacks).collect::<String>()
                });
                let missing = missing.unwrap();
                assert!(missing.is_empty(), "not in the font, make the subsets again: {missing}");
            }
        }
    }
}
