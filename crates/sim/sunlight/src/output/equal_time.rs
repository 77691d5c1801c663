//! The shadow rule's fields, lines, table and verdict.

use futago_field::{
    ArgValue, Field, Figure, Geometry, LineSet, MapFeature, Message, ResultSet, Scale, Support, Table,
    Variant,
};
use serde_json::{Map, Value, json};

use super::quantity;
use super::tables::number;
use crate::SunlightError;
use crate::equal_time::{EqualTime, Judgement, Violation};
use crate::run::SunlightRun;

/// Key of the text that says when.
const TIME_LABEL: &str = "sunlight-time-solstice";

/// Adds everything about the shadow rule.
///
/// # Errors
/// When the lines cannot be drawn.
pub fn add(run: &SunlightRun, results: &mut ResultSet) -> Result<(), SunlightError> {
    let Some((asked, [own, all])) = &run.equal_time else { return Ok(()) };
    let judged = asked.judge(own, all)?;
    for (key, values) in [("shadow-hours-own", &judged.own_hours), ("shadow-hours-all", &judged.all_hours)] {
        results.fields.push(Field {
            key: key.to_owned(),
            quantity: quantity("shadow-hours", "h", Scale::Load),
            variant: run.cases.last().map_or(Variant::AsIs, |c| c.variant),
            support: Support::Grid(asked.grid),
            values: values.clone(),
            time_label: TIME_LABEL.to_owned(),
            time: None,
        });
    }
    lines(asked, &judged, results);
    table(run, &judged, results);
    verdict(asked, &judged, results);
    for (key, field) in [("equal-time", "shadow-hours-own"), ("equal-time-all", "shadow-hours-all")] {
        results.figures.push(Figure {
            key: key.to_owned(),
            caption: Message::new(&format!("sunlight-figure-{key}"))
                .with("building", asked.question.building.as_str())
                .with("plane", asked.grid.height_m),
            fields: vec![field.to_owned()],
            lines: ["equal-time-lines", "distance-lines", "site-boundary", "violations"]
                .map(str::to_owned)
                .to_vec(),
            window_m: window(asked, &judged),
            highlight: vec![asked.question.building.clone()],
        });
    }
    Ok(())
}

/// Space left round the lines of a map, metres.
const MARGIN_M: f64 = 40.0;

/// The part of the plan with all lines on it.
fn window(asked: &EqualTime, judged: &Judgement) -> [f64; 4] {
    let lines = judged.lines.iter().chain(&judged.distance_lines).flat_map(|line| &line.points);
    let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let round = lines.fold(none, |b, p| [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])]);
    let grid = asked.grid.bounds_m();
    [
        (round[0] - MARGIN_M).max(grid[0]),
        (round[1] - MARGIN_M).max(grid[1]),
        (round[2] + MARGIN_M).min(grid[2]),
        (round[3] + MARGIN_M).min(grid[3]),
    ]
}

fn lines(asked: &EqualTime, judged: &Judgement, results: &mut ResultSet) {
    let isolines = judged.lines.iter().map(|line| {
        let (style, label) = (format!("iso-{}h", line.value), format!("{} h", line.value));
        feature(Geometry::Line(line.points.clone()), style, label, json!({ "hours_h": line.value }))
    });
    let distances = judged.distance_lines.iter().map(|line| {
        let (style, label) = (format!("limit-line-{}m", line.value), format!("{} m", line.value));
        feature(Geometry::Line(line.points.clone()), style, label, json!({ "distance_m": line.value }))
    });
    let boundary = asked.boundary.iter().map(|ring| {
        let properties = json!({ "building_id": asked.question.building });
        feature(Geometry::Polygon(vec![ring.clone()]), "boundary".to_owned(), String::new(), properties)
    });
    let violations = judged.violations.iter().map(|v| {
        let label = format!("{:.1} h", v.hours);
        feature(Geometry::Point(v.at_m), "violation".to_owned(), label, violation_properties(v))
    });
    for (key, features) in [
        ("equal-time-lines", isolines.collect::<Vec<_>>()),
        ("distance-lines", distances.collect()),
        ("site-boundary", boundary.collect()),
        ("violations", violations.collect()),
    ] {
        results.lines.push(LineSet {
            key: key.to_owned(),
            on_field: Some("shadow-hours-own".to_owned()),
            features,
        });
    }
}

fn violation_properties(v: &Violation) -> Value {
    json!({ "hours_h": v.hours, "limit_h": v.limit_h, "distance_m": v.distance_m, "area_m2": v.area_m2 })
}

fn feature(geometry: Geometry, style: String, label: String, properties: Value) -> MapFeature {
    let properties = match properties {
        Value::Object(map) => map,
        _ => Map::new(),
    };
    MapFeature { geometry, style, properties, label }
}

fn table(run: &SunlightRun, judged: &Judgement, results: &mut ResultSet) {
    let found = &judged.violations;
    if found.is_empty() {
        return;
    }
    let places: Vec<_> = found.iter().map(|v| run.city.about.frame.lonlat_from_site(v.at_m).ok()).collect();
    let columns = vec![
        number("lon_deg", "°", places.iter().map(|p| p.map_or(f64::NAN, |p| p.lon_deg))),
        number("lat_deg", "°", places.iter().map(|p| p.map_or(f64::NAN, |p| p.lat_deg))),
        number("distance_m", "m", found.iter().map(|v| v.distance_m)),
        number("shadow_hours_h", "h", found.iter().map(|v| v.hours)),
        number("limit_h", "h", found.iter().map(|v| v.limit_h)),
        number("area_m2", "m2", found.iter().map(|v| v.area_m2)),
    ];
    results.tables.push(Table { key: "violations".to_owned(), columns, rows_in_report: 12 });
}

fn verdict(asked: &EqualTime, judged: &Judgement, results: &mut ResultSet) {
    let area: f64 = judged.violations.iter().map(|v| v.area_m2).sum();
    let key = match (judged.judged, judged.violations.is_empty()) {
        (false, _) => "sunlight-finding-not-judged",
        (true, true) => "sunlight-finding-within",
        (true, false) => "sunlight-finding-over",
    };
    let args: [(&str, ArgValue); 8] = [
        ("building", asked.question.building.as_str().into()),
        ("height", asked.height_m.into()),
        ("plane", asked.grid.height_m.into()),
        ("near", judged.longest_h[0].into()),
        ("near_limit", asked.limits_h[0].into()),
        ("far", judged.longest_h[1].into()),
        ("far_limit", asked.limits_h[1].into()),
        ("area", area.into()),
    ];
    let message = args.into_iter().fold(Message::new(key), |m, (name, value)| m.with(name, value));
    results.findings.push(message);
    let summary = json!({
        "building_id": asked.question.building,
        "zone": asked.question.zone,
        "plane_m": asked.grid.height_m,
        "height_m": asked.height_m,
        "judged": judged.judged,
        "within_limits": judged.violations.is_empty(),
        "limits_h": asked.limits_h,
        "longest_h": judged.longest_h,
        "violation_area_m2": area,
        "violations": judged.violations.len(),
    });
    results.summary.insert("equal_time".to_owned(), summary);
}
