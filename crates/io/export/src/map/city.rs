//! The city below and above a field: ground and streets, then buildings.

use std::fmt::Write as _;

use futago_model::{AreaKind, CityModel, Level, StreetClass, metres_from_mm};

use super::window::Window;
use crate::style::MapStyle;

/// Areas and streets, drawn on the paper before the field. `px` turns pixels into map units.
pub(crate) fn ground(city: &CityModel, window: &Window, px: impl Fn(f64) -> f64) -> String {
    let mut svg = String::new();
    let style = MapStyle::get();
    for kind in AreaKind::FROM_BELOW {
        let mut path = String::new();
        let of_kind = city.streets.areas.iter().filter(|a| AreaKind::from_number(a.kind) == kind);
        for area in of_kind {
            let polygon = city.streets.polygons.get(area.polygon);
            if window.meets(polygon.bounds_m()) {
                polygon.rings_m().for_each(|ring| window.add_path(&mut path, ring, true));
            }
        }
        if let Some(fill) = style.area(kind).filter(|_| !path.is_empty()) {
            let _ = write!(svg, r#"<path fill="{fill}" fill-rule="evenodd" d="{path}"/>"#);
        }
    }
    // Small ways first, so that main roads close over them.
    let order = [
        StreetClass::Waterway,
        StreetClass::Footway,
        StreetClass::Steps,
        StreetClass::Service,
        StreetClass::Local,
        StreetClass::Main,
        StreetClass::Motorway,
        StreetClass::Rail,
    ];
    for class in order {
        let Some(look) = style.street(class) else { continue };
        let path = streets_of(city, window, class);
        if !path.is_empty() {
            let width = (f64::from(look.width_m) * window.units_per_m()).max(px(f64::from(look.min_px)));
            let _ = write!(
                svg,
                r#"<path fill="none" stroke="{}" stroke-width="{width:.1}" stroke-linecap="round" stroke-linejoin="round" d="{path}"/>"#,
                look.colour
            );
        }
    }
    svg
}

/// Path data of one class of streets above ground.
fn streets_of(city: &CityModel, window: &Window, class: StreetClass) -> String {
    let mut path = String::new();
    for (index, street) in city.streets.records.iter().enumerate() {
        let hidden = Level::from_number(street.level) == Level::Tunnel;
        if hidden || StreetClass::from_number(street.class) != class {
            continue;
        }
        let line: Vec<[f64; 2]> = city.streets.line_mm(index).iter().map(|v| v.map(metres_from_mm)).collect();
        if window.meets(bounds(&line)) {
            window.add_path(&mut path, line, false);
        }
    }
    path
}

fn bounds(line_m: &[[f64; 2]]) -> [f64; 4] {
    let nowhere = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    line_m.iter().fold(nowhere, |b, v| [b[0].min(v[0]), b[1].min(v[1]), b[2].max(v[0]), b[3].max(v[1])])
}

/// Footprints, drawn over the field; highlighted ones (by index) over the others.
pub(crate) fn buildings(
    city: &CityModel,
    window: &Window,
    highlighted: &[usize],
    px: impl Fn(f64) -> f64,
) -> String {
    let (mut plain, mut special) = (String::new(), String::new());
    for (index, building) in city.buildings.records.iter().enumerate() {
        let footprint = city.buildings.polygons.get(building.footprint);
        if window.meets(footprint.bounds_m()) {
            let path = if highlighted.contains(&index) { &mut special } else { &mut plain };
            footprint.rings_m().for_each(|ring| window.add_path(path, ring, true));
        }
    }
    let style = MapStyle::get();
    let mut svg = String::new();
    for (path, look) in [(plain, &style.building), (special, &style.highlight)] {
        if !path.is_empty() {
            let _ = write!(
                svg,
                r#"<path fill="{}" stroke="{}" stroke-width="{:.1}" stroke-linejoin="round" fill-rule="evenodd" d="{path}"/>"#,
                look.fill,
                look.stroke,
                px(f64::from(look.width_px)),
            );
        }
    }
    svg
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    #[test]
    fn only_what_the_window_meets_is_drawn() {
        let city = fixtures::city();
        let whole = Window::new([-100.0, -100.0, 100.0, 100.0], [0.0; 4]);
        let all = buildings(&city, &whole, &[0], |px| px);
        assert_eq!(all.matches('M').count(), 6, "five outlines and a hole");
        assert_eq!(all.matches("<path").count(), 2);
        let corner = Window::new([30.0, 30.0, 50.0, 50.0], [0.0; 4]);
        assert_eq!(buildings(&city, &corner, &[], |px| px).matches('M').count(), 2);
    }
}
