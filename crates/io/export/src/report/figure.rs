//! The maps of the report: panels as SVG, everything written as HTML over and under them.

use std::collections::BTreeMap;

use futago_field::{Field, Scale, sentence, unit_in_words};
use futago_texts::format_number;
use minijinja::Value;
use serde::Serialize;

use super::Subject;
use super::words::{Words, escaped};
use crate::ExportError;
use crate::map::{Label, Legend, Sheet, Window, length_text, place_labels, swatch};

#[derive(Serialize)]
pub(super) struct FigureView {
    number: Value,
    caption: Value,
    time: Value,
    columns: usize,
    view_box: String,
    ratio: String,
    definitions: Option<Value>,
    panels: Vec<PanelView>,
    legends: Vec<Value>,
    line_keys: Vec<LineKeyView>,
    pins: Vec<PinView>,
    labels: Vec<PinView>,
    bar_percent: String,
    bar_label: Value,
    alt: Value,
    png: Vec<String>,
}

#[derive(Serialize)]
struct PanelView {
    title: Value,
    svg: Value,
}

#[derive(Serialize)]
struct LineKeyView {
    svg: Value,
    text: Value,
}

#[derive(Serialize)]
struct PinView {
    name: Value,
    /// Left and top of the place, percent of the panel.
    dot: [String; 2],
    /// The name in one language with its left and top: names differ in length, and so in where they fit.
    names: Vec<NameView>,
}

#[derive(Serialize)]
struct NameView {
    lang: &'static str,
    text: String,
    at: [String; 2],
}

/// Pixels across a field, by the number of columns.
fn raster_px(columns: usize, resolution: f64) -> u32 {
    let full = match columns {
        1 => 1200.0,
        2 => 800.0,
        3 => 540.0,
        _ => 420.0,
    };
    (full * resolution) as u32
}

pub(super) fn all(
    subject: &Subject<'_>,
    words: &Words,
    resolution: f64,
) -> Result<Vec<FigureView>, ExportError> {
    // Figures of one window with the same lines share their layers, which are most of a page's size.
    let mut drawn: BTreeMap<String, String> = BTreeMap::new();
    let mut views = Vec::new();
    for (index, sheet) in subject.sheets.iter().enumerate() {
        let own_id = format!("m{}", index + 1);
        let key = sheet.layers_key();
        let (id, fresh) = match drawn.get(&key) {
            Some(id) => (id.clone(), false),
            None => {
                drawn.insert(key, own_id.clone());
                (own_id, true)
            }
        };
        let definitions = fresh.then(|| Value::from_safe_string(sheet.definitions(&id)));
        views.push(view(subject, words, sheet, index + 1, &id, definitions, resolution)?);
    }
    Ok(views)
}

fn view(
    subject: &Subject<'_>,
    words: &Words,
    sheet: &Sheet<'_>,
    number: usize,
    id: &str,
    definitions: Option<Value>,
    resolution: f64,
) -> Result<FigureView, ExportError> {
    let safe = Value::from_safe_string;
    let pixels = raster_px(sheet.columns, resolution).max(64);
    let panel = |panel| -> Result<PanelView, ExportError> {
        Ok(PanelView {
            title: safe(words.each(|texts| crate::map::Panel::title(panel, texts))),
            svg: safe(sheet.panel(panel, id, pixels)?),
        })
    };
    let bar_m = sheet.scale_bar_m();
    let named = sheet.columns <= 2;
    let pngs = subject.langs.iter().map(|lang| format!("maps/{}.{lang}.png", sheet.figure.key));
    Ok(FigureView {
        number: safe(words.each(|texts| texts.format("report-figure", &[("number", number.into())]))),
        caption: words.message(&sheet.figure.caption),
        time: safe(words.each(|texts| texts.text_or_same(&sheet.time))),
        columns: sheet.columns,
        view_box: format!("0 0 {} {:.0}", Window::UNITS, sheet.window.height_units()),
        ratio: format!("{:.5}", sheet.window.width_m() / sheet.window.height_m()),
        definitions,
        panels: sheet.panels.iter().map(panel).collect::<Result<_, _>>()?,
        legends: sheet.ranges.iter().map(|range| safe(words_legend(words, range))).collect(),
        line_keys: line_keys(sheet, words),
        pins: if named { pins(sheet, words, &sheet.pins, 13.0) } else { Vec::new() },
        labels: if named { pins(sheet, words, &sheet.labels, 11.0) } else { Vec::new() },
        bar_percent: format!("{:.3}", 100.0 * bar_m / sheet.window.width_m()),
        bar_label: safe(words.each(|texts| length_text(bar_m, texts))),
        alt: safe(alt(subject, sheet, words)),
        png: pngs.collect(),
    })
}

/// A legend for each language, since titles, units and words differ.
fn words_legend(words: &Words, range: &crate::map::ColourRange) -> String {
    let mut html = String::new();
    let single = words.langs().count() == 1;
    for texts in words.langs() {
        let legend = Legend::new(range, texts);
        let lang = texts.lang();
        let class = if single { String::new() } else { format!(" {lang}") };
        html.push_str(&format!(
            r#"<div class="legend{class}" lang="{lang}"><p class="legend-title">{}"#,
            escaped(&legend.title)
        ));
        if !legend.unit.is_empty() {
            html.push_str(&format!(r#" <span class="unit">{}</span>"#, escaped(&legend.unit)));
        }
        html.push_str("</p>");
        match &legend.words {
            Some(kinds) => {
                for (colour, word) in kinds {
                    let word = escaped(word);
                    html.push_str(&format!(
                        r#"<span class="chip"><i style="background:{colour}"></i>{word}</span>"#
                    ));
                }
            }
            None => html.push_str(&ramp(&legend)),
        }
        html.push_str("</div>");
    }
    html
}

fn ramp(legend: &Legend) -> String {
    let stops: Vec<String> = legend.colours.iter().map(ToString::to_string).collect();
    let mut html = format!(
        r#"<div class="ramp"><div class="ramp-bar" style="background:linear-gradient(to right,{})"></div>"#,
        stops.join(",")
    );
    for (place, figure) in &legend.ticks {
        html.push_str(&format!(r#"<span style="left:{:.2}%">{}</span>"#, place * 100.0, escaped(figure)));
    }
    html.push_str("</div>");
    html
}

fn line_keys(sheet: &Sheet<'_>, words: &Words) -> Vec<LineKeyView> {
    let view = |key: &crate::map::LineKey| LineKeyView {
        svg: Value::from_safe_string(swatch(key.style, 2.0, 9.0)),
        text: Value::from_safe_string(words.each(|texts| {
            texts.format(&key.style.text, &[("label", key.label.as_str().into())]).trim().to_owned()
        })),
    };
    sheet.line_keys.iter().map(view).collect()
}

/// Names inside the window, placed as if the panel were as wide as it is on a large screen.
fn pins(sheet: &Sheet<'_>, words: &Words, names: &[Label], size: f64) -> Vec<PinView> {
    let width = 980.0 / sheet.columns as f64;
    let height = width * sheet.window.height_m() / sheet.window.width_m();
    let k = width / Window::UNITS;
    let percent = |v: f64, of: f64| format!("{:.2}", 100.0 * v / of);
    let inside = |label: &&Label| {
        let [x, y] = label.at.map(|v| v * k);
        (0.0..=width).contains(&x) && (0.0..=height).contains(&y)
    };
    let labels: Vec<&Label> = names.iter().filter(inside).collect();
    let mut views: Vec<PinView> = labels
        .iter()
        .map(|label| PinView {
            name: Value::from_safe_string(words.pair(&label.ja, &label.en)),
            dot: [percent(label.at[0] * k, width), percent(label.at[1] * k, height)],
            names: Vec::new(),
        })
        .collect();
    for texts in words.langs() {
        let spoken = |label: &&Label| label.spoken(texts.lang()).to_owned();
        let wanted: Vec<_> = labels.iter().map(|l| (l.at.map(|v| v * k), spoken(l))).collect();
        let placed = place_labels(&wanted, size, width, height);
        for ((view, (_, text)), at) in views.iter_mut().zip(wanted).zip(placed) {
            // Names hang by their middle, a little above the baseline.
            let at = [percent(at.x, width), percent(at.y - size * 0.35, height)];
            view.names.push(NameView { lang: texts.lang().code(), text, at });
        }
    }
    views
}

/// What the map shows, in words: caption, values, names, and the first finding.
fn alt(subject: &Subject<'_>, sheet: &Sheet<'_>, words: &Words) -> String {
    words.each(|texts| {
        let mut parts = vec![sentence(texts, &sheet.figure.caption)];
        for panel in &sheet.panels {
            if let Some(field) = panel.field {
                parts.push(format!("{} {}", panel.title(texts), field_words(field, texts)).trim().to_owned());
            }
        }
        let ja = texts.lang() == futago_texts::Lang::Ja;
        let names: Vec<&str> = sheet.pins.iter().map(|p| p.spoken(texts.lang())).collect();
        if !names.is_empty() {
            let joined = names.join(if ja { "、" } else { ", " });
            parts.push(texts.format("report-map-named", &[("names", joined.into())]));
        }
        if let Some(finding) = subject.results.findings.first() {
            parts.push(sentence(texts, finding));
        }
        parts.join(" ")
    })
}

fn field_words(field: &Field, texts: &futago_texts::Texts) -> String {
    let (Some((low, high)), Some(mean)) = (field.range(), field.mean()) else {
        return texts.text("report-map-alt-empty");
    };
    if field.quantity.scale == Scale::Binary {
        let share = format_number(100.0 * mean, 0, 0, true);
        return texts.format("report-map-alt-share", &[("percent", share.into())]);
    }
    let shown = |v: f64| format_number(v, 0, 2, true);
    let unit = unit_in_words(texts, &field.quantity.unit);
    let args = [
        ("low", shown(f64::from(low)).into()),
        ("high", shown(f64::from(high)).into()),
        ("mean", shown(mean).into()),
        ("unit", unit.into()),
    ];
    texts.format("report-map-alt-range", &args)
}
