//! Streets and buildings in the colours of a field.
//!
//! Streets are lines, the wider the more people walk on them, where the results know that (a field in persons/h on the
//! same streets at the same time). Lines of one width and colour are one path, the fullest on top.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use futago_field::{BuildingSet, Field, LinkSet, Support};
use futago_model::CityModel;

use super::scale::ColourRange;
use super::window::Window;
use crate::style::MapStyle;

/// Width of an empty street, pixels.
const LEAST_PX: f64 = 1.0;
/// Width that the street with most people has more, pixels.
const MORE_PX: f64 = 7.0;
/// Pale edge that keeps a line readable on dark ground, pixels on both sides.
const CASING_PX: f64 = 0.7;
/// Steps of widths and of colours.
const STEPS: f64 = 24.0;

/// Unit of the fields that lines are widened by.
const FLOW_UNIT: &str = "1/h";

/// The field that the lines of another one are widened by.
pub(crate) fn flow_of<'f>(field: &'f Field, all: &'f [Field]) -> Option<&'f Field> {
    let same = |other: &&Field| {
        other.quantity.unit == FLOW_UNIT
            && other.variant == field.variant
            && other.time == field.time
            && matches!((&other.support, &field.support), (Support::Links(a), Support::Links(b)) if std::sync::Arc::ptr_eq(a, b) || a == b)
    };
    match &field.support {
        Support::Links(_) if field.quantity.unit == FLOW_UNIT => Some(field),
        Support::Links(_) => all.iter().find(same),
        _ => None,
    }
}

/// The most people on any street of some flows, persons/h.
pub(crate) fn most<'f>(flows: impl Iterator<Item = &'f Field>) -> f64 {
    let known = flows.filter_map(Field::range).flat_map(|(low, high)| [low, high]);
    known.map(|v| f64::from(v.abs())).fold(0.0, f64::max)
}

/// Lines in the colours of a field. `most` is the flow that has the greatest width.
pub(crate) fn streets(
    links: &LinkSet,
    field: &Field,
    flow: Option<(&Field, f64)>,
    range: &ColourRange,
    window: &Window,
    px: &dyn Fn(f64) -> f64,
) -> String {
    // Width first, so that what is full lies over what is not.
    let mut paths: BTreeMap<[u32; 2], String> = BTreeMap::new();
    for (link, value) in field.values.iter().enumerate().filter(|(_, value)| !value.is_nan()) {
        let line: Vec<[f64; 2]> = links.line_m(link).iter().map(|v| [v[0], v[1]].map(f64::from)).collect();
        if !window.meets(bounds(&line)) {
            continue;
        }
        let share = flow.map_or(0.2, |(flow, most)| {
            let persons_h = flow.values.get(link).copied().filter(|v| !v.is_nan()).unwrap_or(0.0);
            // By the root: a street of a quarter is half as wide, and still seen.
            if most > 0.0 { (f64::from(persons_h.abs()) / most).sqrt() } else { 0.0 }
        });
        let key = [share, range.place(f64::from(*value))].map(|v| (v * STEPS).round() as u32);
        window.add_path(paths.entry(key).or_default(), line, false);
    }
    let width_px = |step: u32| LEAST_PX + MORE_PX * f64::from(step) / STEPS;
    let mut svg = String::from(r#"<g fill="none" stroke-linecap="round" stroke-linejoin="round">"#);
    let _ = write!(svg, r#"<g stroke="{}" stroke-opacity="0.8">"#, MapStyle::get().halo);
    for ([width, _], path) in &paths {
        let _ =
            write!(svg, r#"<path stroke-width="{:.1}" d="{path}"/>"#, px(width_px(*width) + 2.0 * CASING_PX));
    }
    svg.push_str("</g>");
    for ([width, colour], path) in &paths {
        let colour = range.palette().colour((f64::from(*colour) / STEPS) as f32);
        let colour = colour.onto(MapStyle::get().paper);
        let _ =
            write!(svg, r#"<path stroke="{colour}" stroke-width="{:.1}" d="{path}"/>"#, px(width_px(*width)));
    }
    svg.push_str("</g>");
    svg
}

/// Outlines of buildings filled with the colours of a field.
pub(crate) fn buildings(
    set: &BuildingSet,
    field: &Field,
    range: &ColourRange,
    window: &Window,
    city: &CityModel,
    px: &dyn Fn(f64) -> f64,
) -> String {
    let style = MapStyle::get();
    let mut svg = format!(r#"<g stroke="{}" stroke-width="{:.1}">"#, style.highlight.stroke, px(0.6));
    for (index, value) in set.index.iter().zip(&field.values).filter(|(_, value)| !value.is_nan()) {
        let Some(record) = city.buildings.records.get(*index as usize) else { continue };
        let footprint = city.buildings.polygons.get(record.footprint);
        if window.meets(footprint.bounds_m()) {
            let mut path = String::new();
            footprint.rings_m().for_each(|ring| window.add_path(&mut path, ring, true));
            let fill = range.palette().colour(range.place(f64::from(*value)) as f32).onto(style.paper);
            let _ = write!(svg, r#"<path fill="{fill}" fill-rule="evenodd" d="{path}"/>"#);
        }
    }
    svg.push_str("</g>");
    svg
}

fn bounds(line_m: &[[f64; 2]]) -> [f64; 4] {
    let nowhere = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    line_m.iter().fold(nowhere, |b, v| [b[0].min(v[0]), b[1].min(v[1]), b[2].max(v[0]), b[3].max(v[1])])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn widths(svg: &str) -> Vec<f64> {
        let parts = svg.split("<path stroke=\"").skip(1);
        let width = |part: &str| part.split("stroke-width=\"").nth(1)?.split('"').next()?.parse().ok();
        parts.filter_map(width).collect()
    }

    #[test]
    fn full_streets_are_wider_and_streets_without_a_value_are_not_drawn() {
        let results = fixtures::built_results();
        let field = &results.fields[0];
        let Support::Links(links) = &field.support else { panic!("no streets") };
        let window = Window::new([-100.0, -100.0, 100.0, 100.0], [0.0; 4]);
        let range = ColourRange::of(&[field]).unwrap();
        let flow = flow_of(field, &results.fields).expect("it is one");
        let most = most([flow].into_iter());
        assert_eq!(most, 120.0);
        let draw = |field: &Field, flow| streets(links, field, Some((flow, most)), &range, &window, &|px| px);
        // 30 of 120 people: half of what may be added.
        assert_eq!(widths(&draw(field, flow)), [4.5, 8.0]);
        assert_eq!(widths(&draw(&results.fields[3], &results.fields[3])).len(), 1);
        assert!(flow_of(&results.fields[5], &results.fields).is_none(), "buildings have no width");
    }

    #[test]
    fn buildings_are_filled_by_their_value() {
        let (results, city) = (fixtures::built_results(), fixtures::city());
        let field = &results.fields[5];
        let Support::Buildings(set) = &field.support else { panic!("no buildings") };
        let window = Window::new([-100.0, -100.0, 100.0, 100.0], [0.0; 4]);
        let range = ColourRange::of(&[field]).unwrap();
        let svg = buildings(set, field, &range, &window, &city, &|px| px);
        let fills: Vec<&str> =
            svg.split("fill=\"#").skip(1).map(|part| part.split('"').next().unwrap()).collect();
        assert!(fills.len() == 2 && fills[0] != fills[1], "{fills:?}");
    }
}
