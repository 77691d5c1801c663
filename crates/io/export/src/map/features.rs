//! Lines, areas and points of a simulation, drawn over everything, and the keys that explain them.

use std::fmt::Write as _;

use futago_field::{Geometry, LineSet, MapFeature};

use super::Label;
use super::window::Window;
use crate::style::{LineStyle, MapStyle};

/// One entry of the legend of lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LineKey {
    pub style: &'static LineStyle,
    /// The label of the features, for the legend text.
    pub label: String,
}

/// Radius of a point, pixels.
const POINT_PX: f64 = 4.5;

/// Features as SVG. `px` turns pixels into map units.
pub(crate) fn draw(sets: &[&LineSet], window: &Window, px: &impl Fn(f64) -> f64) -> String {
    let mut svg = String::new();
    // Areas below, then lines, then points.
    for layer in 0..3 {
        for feature in sets.iter().flat_map(|set| &set.features).filter(|f| layer_of(f) == layer) {
            draw_feature(&mut svg, feature, window, px);
        }
    }
    svg
}

fn layer_of(feature: &MapFeature) -> u8 {
    match feature.geometry {
        Geometry::Polygon(_) => 0,
        Geometry::Line(_) => 1,
        Geometry::Point(_) => 2,
    }
}

fn draw_feature(svg: &mut String, feature: &MapFeature, window: &Window, px: &impl Fn(f64) -> f64) {
    let style = LineStyle::of(&feature.style);
    let width = px(f64::from(style.width_px));
    let (fill, opacity) = match style.fill {
        Some(fill) => (fill.to_string(), style.fill_opacity),
        None => ("none".to_owned(), 1.0),
    };
    let mut path = String::new();
    let closed = match &feature.geometry {
        Geometry::Point(at) => {
            let [x, y] = window.units(*at);
            let _ = write!(
                svg,
                r#"<circle cx="{x:.0}" cy="{y:.0}" r="{:.1}" fill="{fill}" fill-opacity="{opacity}" stroke="{}" stroke-width="{width:.1}"/>"#,
                px(POINT_PX),
                style.stroke
            );
            return;
        }
        Geometry::Line(line) => {
            window.add_path(&mut path, line.iter().copied(), false);
            false
        }
        Geometry::Polygon(rings) => {
            rings.iter().for_each(|ring| window.add_path(&mut path, ring.iter().copied(), true));
            true
        }
    };
    let fill = if closed { fill.as_str() } else { "none" };
    let dash: Vec<String> = style.dash_px.iter().map(|d| format!("{:.0}", px(f64::from(*d)))).collect();
    // A pale casing keeps a line readable on the dark end of a scale.
    let _ = write!(
        svg,
        r#"<path d="{path}" fill="none" stroke="{}" stroke-opacity="0.75" stroke-width="{:.1}" stroke-linejoin="round"/>"#,
        MapStyle::get().halo,
        width + px(2.2)
    );
    let _ = write!(
        svg,
        r#"<path d="{path}" fill="{fill}" fill-opacity="{opacity}" fill-rule="evenodd" stroke="{}" stroke-width="{width:.1}" stroke-linejoin="round" stroke-dasharray="{}"/>"#,
        style.stroke,
        if dash.is_empty() { "none".to_owned() } else { dash.join(" ") }
    );
}

/// Labels of the features that have one and whose middle is in the window, in map units. Those of points stand
/// above them, so as not to cover what they name.
pub(crate) fn labels(sets: &[&LineSet], window: &Window, px: &impl Fn(f64) -> f64) -> Vec<Label> {
    let mut labels = Vec::new();
    for feature in sets.iter().flat_map(|set| &set.features).filter(|f| !f.label.is_empty()) {
        let at = match &feature.geometry {
            Geometry::Point(at) => Some(*at),
            // The vertex nearest the middle of those in view: on the line, and not at its end.
            Geometry::Line(line) => middle_in_view(line, window),
            Geometry::Polygon(rings) => rings.first().and_then(|ring| middle_in_view(ring, window)),
        };
        if let Some(at) = at.filter(|at| window.contains(*at)) {
            let text = &feature.label;
            let raised = if layer_of(feature) == 2 { px(POINT_PX * 3.0) } else { 0.0 };
            let [x, y] = window.units(at);
            labels.push(Label { at: [x, y - raised], ja: text.clone(), en: text.clone() });
        }
    }
    labels
}

fn middle_in_view(line_m: &[[f64; 2]], window: &Window) -> Option<[f64; 2]> {
    let seen: Vec<_> = line_m.iter().filter(|at| window.contains(**at)).collect();
    seen.get(seen.len() / 2).map(|at| **at)
}

/// What the legend must explain, each look and label once, in the order of the features.
pub(crate) fn keys(sets: &[&LineSet]) -> Vec<LineKey> {
    let mut keys: Vec<LineKey> = Vec::new();
    for feature in sets.iter().flat_map(|set| &set.features) {
        let style = LineStyle::of(&feature.style);
        // Points are named on the map; one entry explains them all.
        let label = if matches!(feature.geometry, Geometry::Point(_)) { "" } else { feature.label.as_str() };
        let key = LineKey { style, label: label.to_owned() };
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn every_feature_is_drawn_named_and_explained() {
        let results = fixtures::results();
        let sets = [&results.lines[0]];
        let window = Window::new([-90.0, -70.0, 90.0, 70.0], [0.0; 4]);
        let svg = draw(&sets, &window, &|px| px);
        assert_eq!((svg.matches("<path").count(), svg.matches("<circle").count()), (4, 1));
        let labels = labels(&sets, &window, &|px| px);
        assert_eq!(labels.iter().map(|l| l.en.as_str()).collect::<Vec<_>>(), ["3 h", "P1"]);
        assert_eq!(keys(&sets).len(), 3);
    }
}
