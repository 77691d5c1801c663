//! Small parts that picture and page share: swatches of line styles, and lengths in words.

use futago_texts::{Texts, format_number};

use crate::style::LineStyle;

/// A short piece of a line or area, as SVG, starting at a place.
pub(crate) fn swatch(style: &LineStyle, x: f64, y: f64) -> String {
    let dash: Vec<String> = style.dash_px.iter().map(f32::to_string).collect();
    let dash = if dash.is_empty() { "none".to_owned() } else { dash.join(" ") };
    let line = format!(
        r##"<path d="M{x:.1} {y:.1}h28" fill="none" stroke="{}" stroke-width="{}" stroke-dasharray="{dash}"/>"##,
        style.stroke, style.width_px
    );
    match style.fill {
        None => line,
        Some(fill) if style.style == "probe" => {
            format!(
                r##"<circle cx="{:.1}" cy="{y:.1}" r="4.5" fill="{fill}" stroke="{}"/>"##,
                x + 14.0,
                style.stroke
            )
        }
        Some(fill) => format!(
            r##"<rect x="{x:.1}" y="{:.1}" width="28" height="12" fill="{fill}" fill-opacity="{}" stroke="{}" stroke-width="{}" stroke-dasharray="{dash}"/>"##,
            y - 6.0,
            style.fill_opacity,
            style.stroke,
            style.width_px
        ),
    }
}

/// A length for a scale bar: 200 m, 1 km.
pub(crate) fn length_text(metres: f64, texts: &Texts) -> String {
    if metres >= 1000.0 {
        format!("{} {}", format_number(metres / 1000.0, 0, 1, true), texts.text("unit-km"))
    } else {
        format!("{} {}", format_number(metres, 0, 1, true), texts.text("unit-m"))
    }
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;

    use super::*;

    #[test]
    fn lengths_and_swatches() {
        let texts = Texts::new(Lang::En);
        assert_eq!([length_text(200.0, &texts), length_text(1000.0, &texts)], ["200 m", "1 km"]);
        assert!(swatch(LineStyle::of("violation"), 0.0, 9.0).starts_with("<rect"));
        assert!(swatch(LineStyle::of("limit-line"), 0.0, 9.0).contains("stroke-dasharray=\"6 3\""));
    }
}
