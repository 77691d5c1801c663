//! A figure made ready to draw: its window, panels, ranges and layers.

use std::fmt::Write as _;

use futago_field::{Field, Figure, LineSet, ResultSet, Support, Variant};
use futago_model::{Building, CityModel};
use futago_texts::Texts;

use super::features::{self, LineKey};
use super::raster::Raster;
use super::scale::ColourRange;
use super::window::Window;
use super::{Label, built, city as layers};
use crate::ExportError;
use crate::data_uri::png_uri;
use crate::style::MapStyle;

/// Opacity of streets and green below a field.
const GROUND_UNDER_FIELD: f64 = 0.45;

/// A figure ready to draw.
pub(crate) struct Sheet<'a> {
    pub figure: &'a Figure,
    pub window: Window,
    pub panels: Vec<Panel<'a>>,
    /// One for each quantity of the figure.
    pub ranges: Vec<ColourRange>,
    /// Panels side by side.
    pub columns: usize,
    /// Time that all panels share, if any; words or the key of a text.
    pub time: String,
    pub line_keys: Vec<LineKey>,
    /// Named buildings.
    pub pins: Vec<Label>,
    /// Labels of lines.
    pub labels: Vec<Label>,
    /// Flow that has the greatest width, persons/h.
    most_h: f64,
    city: &'a CityModel,
    ground: String,
    buildings: String,
    lines: String,
}

/// One map of a figure.
pub(crate) struct Panel<'a> {
    /// What it shows; none for a map of lines only.
    pub field: Option<&'a Field>,
    /// What its lines are widened by.
    flow: Option<&'a Field>,
    /// Index of its range.
    pub range: usize,
    variant: Option<Variant>,
    names_quantity: bool,
    time: String,
}

impl<'a> Sheet<'a> {
    /// Looks up what the figure names and draws the layers that all panels share.
    pub(crate) fn new(
        figure: &'a Figure,
        results: &'a ResultSet,
        city: &'a CityModel,
    ) -> Result<Self, ExportError> {
        let window = Window::new(figure.window_m, city.about.bounds_m);
        let fields = figure.fields.iter().map(|key| find_field(results, figure, key));
        let fields = fields.collect::<Result<Vec<_>, _>>()?;
        let sets = figure.lines.iter().map(|key| find_lines(results, figure, key));
        let sets = sets.collect::<Result<Vec<_>, _>>()?;
        let (mut panels, ranges, time) = panels(&fields);
        for panel in &mut panels {
            panel.flow = panel.field.and_then(|field| built::flow_of(field, &results.fields));
        }
        let columns = columns(panels.len());
        let nominal_px = nominal_width_px(columns);
        let px = |pixels: f64| pixels * Window::UNITS / nominal_px;
        let highlighted: Vec<usize> =
            figure.highlight.iter().filter_map(|id| city.buildings.find(id)).collect();
        let pins = highlighted.iter().map(|i| pin(city, &city.buildings.records[*i], &window)).collect();
        Ok(Self {
            figure,
            window,
            most_h: built::most(panels.iter().filter_map(|panel| panel.flow)),
            panels,
            ranges,
            columns,
            time,
            line_keys: features::keys(&sets),
            pins,
            labels: features::labels(&sets, &window, &px),
            city,
            ground: layers::ground(city, &window, px),
            buildings: layers::buildings(city, &window, &highlighted, px),
            lines: features::draw(&sets, &window, &px),
        })
    }

    /// The layers that all panels share, as groups to `<use>`: `<id>g`, `<id>b`, `<id>l`.
    pub(crate) fn definitions(&self, id: &str) -> String {
        let Self { ground, buildings, lines, .. } = self;
        format!(r#"<g id="{id}g">{ground}</g><g id="{id}b">{buildings}</g><g id="{id}l">{lines}</g>"#)
    }

    /// Equal for figures whose shared layers are the same.
    pub(crate) fn layers_key(&self) -> String {
        let Figure { lines, highlight, .. } = self.figure;
        format!("{:?} {lines:?} {highlight:?} {}", self.window.bounds_m, self.columns)
    }

    /// One panel in map units, made of the shared layers and its own field.
    pub(crate) fn panel(&self, panel: &Panel<'_>, id: &str, width_px: u32) -> Result<String, ExportError> {
        let (width, height) = (Window::UNITS, self.window.height_units());
        let paper = MapStyle::get().paper;
        // Under colours that must be read against a legend the ground only whispers.
        let strength = if panel.field.is_some() { GROUND_UNDER_FIELD } else { 1.0 };
        let mut svg = format!(
            r##"<rect width="{width}" height="{height:.0}" fill="{paper}"/><use href="#{id}g" opacity="{strength}"/>"##
        );
        let (mut field_layer, mut on_roofs) = (String::new(), false);
        if let (Some(field), Some(range)) = (panel.field, self.ranges.get(panel.range)) {
            on_roofs = !matches!(field.support, Support::Grid(_));
            field_layer = self.field_layer(panel, field, range, width_px)?;
        }
        // Ground fields lie below the buildings; samples on roofs and walls, streets and buildings above them.
        if on_roofs {
            let _ = write!(svg, r##"<use href="#{id}b"/>{field_layer}"##);
        } else {
            let _ = write!(svg, r##"{field_layer}<use href="#{id}b"/>"##);
        }
        let _ = write!(svg, r##"<use href="#{id}l"/>"##);
        Ok(svg)
    }

    /// A field as SVG: a picture of a grid or of points, lines of streets, fills of buildings.
    fn field_layer(
        &self,
        panel: &Panel<'_>,
        field: &Field,
        range: &ColourRange,
        width_px: u32,
    ) -> Result<String, ExportError> {
        let nominal_px = nominal_width_px(self.columns);
        let px = |pixels: f64| pixels * Window::UNITS / nominal_px;
        match &field.support {
            Support::Links(links) => {
                let flow = panel.flow.map(|flow| (flow, self.most_h));
                Ok(built::streets(links, field, flow, range, &self.window, &px))
            }
            Support::Buildings(set) => Ok(built::buildings(set, field, range, &self.window, self.city, &px)),
            _ => {
                let (width, height) = (Window::UNITS, self.window.height_units());
                let png = Raster::new(field, range, &self.window, width_px).png(range)?;
                Ok(format!(
                    r#"<image width="{width}" height="{height:.0}" preserveAspectRatio="none" style="mix-blend-mode:multiply" href="{}"/>"#,
                    png_uri(&png)
                ))
            }
        }
    }

    /// Named buildings whose middle is on the map.
    pub(crate) fn pins_in_view(&self) -> impl Iterator<Item = &Label> {
        let height = self.window.height_units();
        self.pins.iter().filter(move |pin| {
            (0.0..=Window::UNITS).contains(&pin.at[0]) && (0.0..=height).contains(&pin.at[1])
        })
    }

    /// Length of a scale bar of about a fifth of the width, metres: 1, 2 or 5 with noughts.
    pub(crate) fn scale_bar_m(&self) -> f64 {
        let rough = self.window.width_m() / 4.5;
        let power = 10_f64.powf(rough.log10().floor());
        [5.0, 2.0, 1.0].into_iter().map(|s| s * power).find(|s| *s <= rough).unwrap_or(power)
    }
}

impl Panel<'_> {
    /// What sets this panel apart from the others of its figure; empty when there is only one.
    pub(crate) fn title(&self, texts: &Texts) -> String {
        let mut parts = Vec::new();
        if let (true, Some(field)) = (self.names_quantity, self.field) {
            parts.push(texts.text(&format!("quantity-{}", field.quantity.key)));
        }
        if let Some(variant) = self.variant {
            parts.push(texts.text(match variant {
                Variant::AsIs => "variant-as-is",
                Variant::WhatIf => "variant-what-if",
                Variant::Difference => "variant-difference",
            }));
        }
        if !self.time.is_empty() {
            parts.push(texts.text_or_same(&self.time));
        }
        parts.join(" · ")
    }
}

fn find_field<'a>(results: &'a ResultSet, figure: &Figure, key: &str) -> Result<&'a Field, ExportError> {
    results.fields.iter().find(|field| field.key == key).ok_or_else(|| ExportError::BadResult {
        what: format!("figure '{}' shows the field '{key}', which is not there", figure.key),
    })
}

fn find_lines<'a>(results: &'a ResultSet, figure: &Figure, key: &str) -> Result<&'a LineSet, ExportError> {
    results.lines.iter().find(|set| set.key == key).ok_or_else(|| ExportError::BadResult {
        what: format!("figure '{}' shows the lines '{key}', which are not there", figure.key),
    })
}

/// Panels that say what differs between them, the range of each quantity, and the time that all share.
fn panels<'a>(fields: &[&'a Field]) -> (Vec<Panel<'a>>, Vec<ColourRange>, String) {
    if fields.is_empty() {
        let bare = Panel {
            field: None,
            flow: None,
            range: 0,
            variant: None,
            names_quantity: false,
            time: String::new(),
        };
        return (vec![bare], Vec::new(), String::new());
    }
    let mut quantities = Vec::new();
    for field in fields {
        if !quantities.contains(&&field.quantity) {
            quantities.push(&field.quantity);
        }
    }
    let of_quantity = |quantity| {
        let same: Vec<&Field> = fields.iter().copied().filter(|f| &f.quantity == quantity).collect();
        ColourRange::of(&same)
    };
    let ranges = quantities.iter().filter_map(|quantity| of_quantity(*quantity)).collect();
    let variants_differ = fields.iter().any(|f| f.variant != fields[0].variant) && !told_by_times(fields);
    let (common, own) = split_times(&fields.iter().map(|f| f.time_label.as_str()).collect::<Vec<_>>());
    let panels = fields.iter().zip(own).map(|(field, time)| Panel {
        field: Some(field),
        flow: None,
        range: quantities.iter().position(|q| *q == &field.quantity).unwrap_or(0),
        variant: variants_differ.then_some(field.variant),
        names_quantity: quantities.len() > 1,
        time,
    });
    (panels.collect(), ranges, common)
}

/// Whether the times alone tell the variants apart: January and April, not before and after at one hour.
fn told_by_times(fields: &[&Field]) -> bool {
    fields.iter().all(|a| fields.iter().all(|b| a.variant == b.variant || a.time_label != b.time_label))
        && fields.len() == 2
}

/// The words that all times begin with, and what is left of each: one date, several hours.
fn split_times(times: &[&str]) -> (String, Vec<String>) {
    if times.iter().all(|t| *t == times[0]) {
        return (times[0].to_owned(), vec![String::new(); times.len()]);
    }
    let words: Vec<Vec<&str>> = times.iter().map(|t| t.split(' ').collect()).collect();
    let shared =
        (0..).take_while(|i| words.iter().all(|w| w.get(*i).is_some_and(|x| Some(x) == words[0].get(*i))));
    let shared = shared.count();
    let own = words.iter().map(|w| w[shared..].join(" ")).collect();
    (words[0][..shared].join(" "), own)
}

fn columns(panels: usize) -> usize {
    match panels {
        0 | 1 => 1,
        2 | 4 => 2,
        3 | 5..=9 => 3,
        _ => 4,
    }
}

/// Width of a panel in pixels, for line widths: a full page divided by the columns.
fn nominal_width_px(columns: usize) -> f64 {
    900.0 / columns as f64
}

fn pin(city: &CityModel, building: &Building, window: &Window) -> Label {
    let b = &city.buildings;
    let [w, s, e, n] = b.polygons.get(building.footprint).bounds_m();
    let [ja, en] = b.called(building).map(str::to_owned);
    Label { at: window.units([(w + e) / 2.0, (s + n) / 2.0]), ja, en }
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;

    use super::*;
    use crate::fixtures;

    #[test]
    fn small_multiples_share_legend_and_date_and_name_their_hour() {
        let (results, city) = (fixtures::results(), fixtures::city());
        let sheet = Sheet::new(&results.figures[1], &results, &city).unwrap();
        assert_eq!((sheet.panels.len(), sheet.ranges.len(), sheet.columns), (2, 1, 2));
        assert_eq!(sheet.time, "2026-12-22");
        let titles: Vec<_> = sheet.panels.iter().map(|p| p.title(&Texts::new(Lang::En))).collect();
        assert_eq!(titles, ["09:00 JST", "12:00 JST"]);
        assert_eq!(sheet.pins[0].ja, "東塔");
        assert_eq!(sheet.scale_bar_m(), 20.0);
    }

    #[test]
    fn a_time_in_words_is_in_the_language_of_the_map() {
        let (mut results, city) = (fixtures::results(), fixtures::city());
        results.fields[2].time_label = "sunlight-time-solstice".to_owned();
        let sheet = Sheet::new(&results.figures[1], &results, &city).unwrap();
        for (lang, words) in [(Lang::Ja, "冬至の真太陽時"), (Lang::En, "winter solstice")] {
            let title = sheet.panels[1].title(&Texts::new(lang));
            assert!(title.starts_with(words), "{title}");
        }
    }

    #[test]
    fn a_figure_of_something_that_is_not_there_is_an_error() {
        let (mut results, city) = (fixtures::results(), fixtures::city());
        results.figures[0].fields.push("lost".to_owned());
        let error = Sheet::new(&results.figures[0], &results, &city).err().unwrap().to_string();
        assert!(error.contains("'sun'") && error.contains("'lost'"), "{error}");
    }

    #[test]
    fn times_that_share_nothing_stay_whole() {
        assert_eq!(split_times(&["a b", "c d"]), (String::new(), vec!["a b".to_owned(), "c d".to_owned()]));
        assert_eq!(split_times(&["x"]), ("x".to_owned(), vec![String::new()]));
    }
}
