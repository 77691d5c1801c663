//! A figure as one picture for slides and papers: title, panels, legend, scale, north, credit.
//!
//! Laid out on a page 1000 wide; the picture is any number of pixels wide. Names of buildings stand on a single map;
//! two side by side carry numbers and a list; small multiples show outlines only.

use std::fmt::Write as _;

use futago_field::Rgba;
use futago_texts::{Lang, Texts};

use super::keys::{length_text, swatch};
use super::labels::{self, ems, wrap};
use super::render::FONT_FAMILY;
use super::sheet::{Panel, Sheet};
use super::window::Window;
use super::{Label, Legend};
use crate::ExportError;
use crate::attribution::Attribution;
use crate::style::MapStyle;

const PAGE: f64 = 1000.0;
const MARGIN: f64 = 40.0;
const GAP: f64 = 16.0;
const LEGEND_WIDTH: f64 = 300.0;

/// The page as SVG. `width_px` is what it will be rasterised to, for the resolution of the fields.
pub(crate) fn compose(
    sheet: &Sheet<'_>,
    texts: &Texts,
    attribution: &Attribution,
    version: &str,
    width_px: u32,
) -> Result<String, ExportError> {
    let mut page = Page { svg: String::new(), y: MARGIN };
    page.header(sheet, texts);
    page.panels(sheet, texts, width_px)?;
    page.legends(sheet, texts);
    page.footer(texts, attribution, version);
    let height = page.y;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAGE} {height:.0}" width="{PAGE}" height="{height:.0}" font-family="{FONT_FAMILY}"><rect width="{PAGE}" height="{height:.0}" fill="#ffffff"/><defs>{}</defs>{}</svg>"##,
        sheet.definitions("m"),
        page.svg
    ))
}

/// A text to set.
struct Set<'a> {
    x: f64,
    y: f64,
    size: f64,
    bold: bool,
    colour: Rgba,
    anchor: &'a str,
}

/// The page as it fills from the top.
struct Page {
    svg: String,
    y: f64,
}

impl Page {
    fn text(&mut self, set: &Set<'_>, text: &str) {
        let weight = if set.bold { r#" font-weight="700""# } else { "" };
        let _ = write!(
            self.svg,
            r#"<text x="{:.1}" y="{:.1}" font-size="{}" fill="{}" text-anchor="{}"{weight}>{}</text>"#,
            set.x,
            set.y,
            set.size,
            set.colour,
            set.anchor,
            escaped(text)
        );
    }

    fn header(&mut self, sheet: &Sheet<'_>, texts: &Texts) {
        let style = MapStyle::get();
        let caption = futago_field::sentence(texts, &sheet.figure.caption);
        self.y += 16.0;
        for line in wrap(&caption, (PAGE - 2.0 * MARGIN) / 24.0) {
            self.text(
                &Set { x: MARGIN, y: self.y, size: 24.0, bold: true, colour: style.ink, anchor: "start" },
                &line,
            );
            self.y += 32.0;
        }
        if !sheet.time.is_empty() {
            let y = self.y - 4.0;
            self.text(
                &Set { x: MARGIN, y, size: 14.0, bold: false, colour: style.ink_soft, anchor: "start" },
                &texts.text_or_same(&sheet.time),
            );
            self.y += 20.0;
        }
        self.y -= 6.0;
    }

    fn panels(&mut self, sheet: &Sheet<'_>, texts: &Texts, width_px: u32) -> Result<(), ExportError> {
        let columns = sheet.columns as f64;
        let width = (PAGE - 2.0 * MARGIN - (columns - 1.0) * GAP) / columns;
        let height = width * sheet.window.height_m() / sheet.window.width_m();
        let pixels = (f64::from(width_px) * width / PAGE) as u32;
        let titled = sheet.panels.iter().any(|p| !p.title(texts).is_empty());
        for (index, panel) in sheet.panels.iter().enumerate() {
            let column = index % sheet.columns;
            if column == 0 && index > 0 {
                self.y += height + GAP;
            }
            if column == 0 && titled {
                self.y += 22.0;
            }
            let x = MARGIN + column as f64 * (width + GAP);
            let title = panel.title(texts);
            let set = Set {
                x,
                y: self.y - 7.0,
                size: 14.0,
                bold: true,
                colour: MapStyle::get().ink,
                anchor: "start",
            };
            self.text(&set, &title);
            self.panel(sheet, panel, texts, [x, width, height], pixels.max(16))?;
            if index == 0 {
                self.scale_and_north(sheet, texts, [x, width, height]);
            }
        }
        self.y += height + 28.0;
        if sheet.columns == 2 {
            self.dot_list(sheet, texts.lang());
        }
        Ok(())
    }

    fn panel(
        &mut self,
        sheet: &Sheet<'_>,
        panel: &Panel<'_>,
        texts: &Texts,
        [x, width, height]: [f64; 3],
        pixels: u32,
    ) -> Result<(), ExportError> {
        let body = sheet.panel(panel, "m", pixels)?;
        let y = self.y;
        let _ = write!(
            self.svg,
            r#"<svg x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" viewBox="0 0 {} {:.0}" preserveAspectRatio="none" style="isolation:isolate">{body}</svg>"#,
            Window::UNITS,
            sheet.window.height_units()
        );
        let lang = texts.lang();
        if sheet.columns <= 2 {
            self.names(&sheet.labels, lang, 11.0, false, [x, width, height]);
        }
        match sheet.columns {
            1 => self.names(&sheet.pins, lang, 12.5, true, [x, width, height]),
            2 => self.dots(sheet, x, width / Window::UNITS),
            _ => {}
        }
        Ok(())
    }

    /// Numbers in place of names where names would not fit; the list below the panels tells them.
    fn dots(&mut self, sheet: &Sheet<'_>, x: f64, k: f64) {
        let style = MapStyle::get();
        for (index, pin) in sheet.pins_in_view().enumerate() {
            let (cx, cy) = (x + pin.at[0] * k, self.y + pin.at[1] * k);
            let _ = write!(
                self.svg,
                r##"<circle cx="{cx:.1}" cy="{cy:.1}" r="9" fill="{}" stroke="{}" stroke-width="1.4"/>"##,
                style.ink, style.halo
            );
            let set =
                Set { x: cx, y: cy + 4.0, size: 11.0, bold: true, colour: style.halo, anchor: "middle" };
            self.text(&set, &(index + 1).to_string());
        }
    }

    fn dot_list(&mut self, sheet: &Sheet<'_>, lang: Lang) {
        let style = MapStyle::get();
        let size = 12.0;
        let (mut x, mut listed) = (MARGIN, false);
        for (index, pin) in sheet.pins_in_view().enumerate() {
            let entry = format!("{}  {}", index + 1, pin.spoken(lang));
            let width = ems(&entry) * size;
            if x > MARGIN && x + width > PAGE - MARGIN {
                (x, self.y) = (MARGIN, self.y + 19.0);
            }
            let set = Set { x, y: self.y, size, bold: false, colour: style.ink, anchor: "start" };
            self.text(&set, &entry);
            x += width + 22.0;
            listed = true;
        }
        self.y += if listed { 30.0 } else { 0.0 };
    }

    /// Names with a pale halo.
    fn names(&mut self, names: &[Label], lang: Lang, size: f64, bold: bool, [x, width, height]: [f64; 3]) {
        let k = width / Window::UNITS;
        let wanted: Vec<_> = names.iter().map(|l| (l.at.map(|v| v * k), l.spoken(lang).to_owned())).collect();
        let inside = |at: &[f64; 2]| (0.0..=width).contains(&at[0]) && (0.0..=height).contains(&at[1]);
        let wanted: Vec<_> = wanted.into_iter().filter(|(at, _)| inside(at)).collect();
        let style = MapStyle::get();
        for (at, (_, name)) in labels::place(&wanted, size, width, height).iter().zip(&wanted) {
            let _ = write!(
                self.svg,
                r#"<g stroke="{}" stroke-width="3.2" stroke-linejoin="round" paint-order="stroke">"#,
                style.halo
            );
            let (x, y) = (x + at.x, self.y + at.y);
            self.text(&Set { x, y, size, bold, colour: style.ink, anchor: "middle" }, name);
            self.svg.push_str("</g>");
        }
    }

    fn scale_and_north(&mut self, sheet: &Sheet<'_>, texts: &Texts, [x, width, height]: [f64; 3]) {
        let style = MapStyle::get();
        let bar_m = sheet.scale_bar_m();
        let bar = bar_m / sheet.window.width_m() * width;
        let (left, bottom) = (x + 14.0, self.y + height - 14.0);
        let label = length_text(bar_m, texts);
        let plate = (bar + 20.0).max(ems(&label) * 11.0 + 20.0);
        let _ = write!(
            self.svg,
            r##"<rect x="{:.1}" y="{:.1}" width="{plate:.1}" height="34" rx="4" fill="{halo}" fill-opacity="0.88"/><path d="M{left:.1} {:.1}v6h{bar:.1}v-6" fill="none" stroke="{ink}" stroke-width="1.6"/>"##,
            left - 8.0,
            bottom - 27.0,
            bottom - 6.0,
            halo = style.halo,
            ink = style.ink,
        );
        self.text(
            &Set { x: left, y: bottom - 11.0, size: 11.0, bold: false, colour: style.ink, anchor: "start" },
            &label,
        );
        let (cx, cy) = (x + width - 28.0, self.y + 30.0);
        let _ = write!(
            self.svg,
            r##"<circle cx="{cx:.1}" cy="{cy:.1}" r="18" fill="{}" fill-opacity="0.88"/><path d="M{cx:.1} {:.1}l6 16-6-4-6 4z" fill="{}"/>"##,
            style.halo,
            cy - 6.0,
            style.ink
        );
        let set = Set { x: cx, y: cy - 7.0, size: 9.0, bold: true, colour: style.ink, anchor: "middle" };
        self.text(&set, &texts.text("north"));
    }

    fn legends(&mut self, sheet: &Sheet<'_>, texts: &Texts) {
        let top = self.y;
        let mut lowest = top;
        // Words run on to the right where nothing stands there.
        let width = if sheet.line_keys.is_empty() { PAGE - 2.0 * MARGIN } else { LEGEND_WIDTH };
        for (index, range) in sheet.ranges.iter().enumerate() {
            let legend = Legend::new(range, texts);
            self.y = top + index as f64 * 62.0;
            self.legend(&legend, width);
            lowest = lowest.max(self.y);
        }
        let x = if sheet.ranges.is_empty() { MARGIN } else { MARGIN + LEGEND_WIDTH + 60.0 };
        self.y = top;
        self.line_keys(sheet, texts, x);
        self.y = self.y.max(lowest) + 14.0;
    }

    fn legend(&mut self, legend: &Legend, width: f64) {
        let style = MapStyle::get();
        let title = match legend.unit.as_str() {
            "" => legend.title.clone(),
            unit => format!("{} ({unit})", legend.title),
        };
        let mut set =
            Set { x: MARGIN, y: self.y, size: 13.0, bold: true, colour: style.ink, anchor: "start" };
        self.text(&set, &title);
        (set.bold, set.size) = (false, 12.0);
        let top = self.y + 10.0;
        if let Some(words) = &legend.words {
            let mut x = MARGIN;
            let mut line = top;
            for (colour, word) in words {
                if x > MARGIN && x + 30.0 + ems(word) * 12.0 > MARGIN + width {
                    (x, line) = (MARGIN, line + 21.0);
                }
                let _ = write!(
                    self.svg,
                    r##"<rect x="{x:.1}" y="{line:.1}" width="22" height="14" rx="2" fill="{colour}" stroke="{}" stroke-width="0.6"/>"##,
                    style.ink_soft
                );
                (set.x, set.y) = (x + 30.0, line + 12.0);
                self.text(&set, word);
                x += 54.0 + ems(word) * 12.0;
            }
            self.y = line + 26.0;
            return;
        }
        self.svg.push_str("<defs>");
        let id = format!("g{:.0}", self.y);
        let _ = write!(self.svg, r#"<linearGradient id="{id}">"#);
        let last = (legend.colours.len() - 1) as f64;
        for (i, colour) in legend.colours.iter().enumerate() {
            let _ = write!(self.svg, r#"<stop offset="{:.4}" stop-color="{colour}"/>"#, i as f64 / last);
        }
        let _ = write!(
            self.svg,
            r##"</linearGradient></defs><rect x="{MARGIN}" y="{top:.1}" width="{LEGEND_WIDTH}" height="12" rx="2" fill="url(#{id})"/>"##
        );
        set.anchor = "middle";
        for (place, figure) in &legend.ticks {
            let x = MARGIN + place * LEGEND_WIDTH;
            let _ = write!(
                self.svg,
                r##"<path d="M{x:.1} {:.1}v4" stroke="{}" stroke-width="0.8"/>"##,
                top + 12.0,
                style.ink_soft
            );
            (set.x, set.y) = (x, top + 29.0);
            self.text(&set, figure);
        }
        self.y = top + 34.0;
    }

    /// Two columns of swatches.
    fn line_keys(&mut self, sheet: &Sheet<'_>, texts: &Texts, left: f64) {
        let style = MapStyle::get();
        let column = (PAGE - MARGIN - left) / 2.0;
        for (index, key) in sheet.line_keys.iter().enumerate() {
            let x = left + (index % 2) as f64 * column;
            let y = self.y + (index / 2) as f64 * 22.0 - 4.0;
            let _ = write!(self.svg, "{}", swatch(key.style, x, y));
            let text = texts.format(&key.style.text, &[("label", key.label.as_str().into())]);
            let set =
                Set { x: x + 38.0, y: y + 4.0, size: 12.0, bold: false, colour: style.ink, anchor: "start" };
            self.text(&set, text.trim());
        }
        self.y += sheet.line_keys.len().div_ceil(2) as f64 * 22.0;
    }

    fn footer(&mut self, texts: &Texts, attribution: &Attribution, version: &str) {
        let colour = MapStyle::get().ink_soft;
        let _ = write!(
            self.svg,
            r##"<path d="M{MARGIN} {:.1}H{}" stroke="{colour}" stroke-opacity="0.35" stroke-width="0.8"/>"##,
            self.y,
            PAGE - MARGIN
        );
        self.y += 18.0;
        let mut lines = Vec::new();
        for credit in &attribution.credits {
            lines.extend(wrap(&format!("{} {credit}", texts.text("report-credit-prefix")), 62.0));
        }
        if attribution.synthetic {
            lines.extend(wrap(&texts.text("synthetic-note"), 62.0));
        }
        let made = texts.format("report-made-with", &[("version", version.into())]);
        let mut set = Set { x: PAGE - MARGIN, y: self.y, size: 11.0, bold: false, colour, anchor: "end" };
        self.text(&set, &made);
        (set.x, set.anchor) = (MARGIN, "start");
        for line in &lines {
            set.y = self.y;
            self.text(&set, line);
            self.y += 16.0;
        }
        self.y += 22.0;
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn a_page_has_everything_and_becomes_a_picture() {
        let (results, city) = (fixtures::results(), fixtures::city());
        let attribution = Attribution::of(&city);
        for (figure, lang) in results.figures.iter().zip([Lang::Ja, Lang::En]) {
            let sheet = Sheet::new(figure, &results, &city).unwrap();
            let texts = Texts::new(lang);
            let svg = compose(&sheet, &texts, &attribution, "0.1.0", 800).unwrap();
            let north = texts.text("north");
            for part in ["20 m", "PLATEAU", "0.1.0", "2026-12-22", &format!(">{north}<")] {
                assert!(svg.contains(part), "{part} is missing");
            }
            let picture = crate::map::png(&svg, 800, &[("Copyright", attribution.line())]).unwrap();
            let decoder = png::Decoder::new(std::io::Cursor::new(&picture));
            let reader = decoder.read_info().unwrap();
            assert_eq!(reader.info().width, 800);
            assert!(reader.info().utf8_text[0].get_text().unwrap().contains("加工して作成"));
        }
    }
}
