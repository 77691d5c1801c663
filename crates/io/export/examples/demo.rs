//! Writes a report with made-up sunlight over the built-in city, to look at the layout without running a simulation.
//!
//! `cargo run -p futago_export --example demo -- FOLDER` writes results, a mesh and two layers of buildings there.
//! The shadows are marched over a coarse height map at the hours of the winter solstice: good enough to look at, and
//! for nothing else. The real ones come from `futago_sunlight`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use futago_export::{Options, export_buildings, export_mesh, write_results};
use futago_field::{
    Bilingual, Column, ColumnData, Field, Figure, Geometry, Grid, LineSet, MapFeature, Message, PointSet,
    Provenance, Quantity, Report, ResultSet, Scale, Support, Table, Timing, Variant,
};
use futago_model::{Building, CityModel};
use futago_pack::Pack;

/// Hour, altitude and azimuth from south (positive to the west) of the sun, degrees: winter solstice, 35.69 north.
const SUN: [(u32, f64, f64); 9] = [
    (8, 8.08, -53.37),
    (9, 17.15, -42.76),
    (10, 24.41, -30.25),
    (11, 29.19, -15.78),
    (12, 30.87, 0.0),
    (13, 29.19, 15.78),
    (14, 24.41, 30.25),
    (15, 17.15, 42.76),
    (16, 8.08, 53.37),
];

const SPACING_M: f64 = 3.0;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder to write to")?);
    std::fs::create_dir_all(&folder)?;
    let started = Instant::now();
    let city = city()?;
    let results = results(&city);
    println!("made up after {:.1} s", started.elapsed().as_secs_f64());
    let provenance = provenance(started);
    let written = write_results(&folder.join("results"), &results, &city, &provenance, &Options::default())?;
    for file in &written.files {
        println!("{:>10}  {}", file.bytes, file.path);
    }
    println!("written after {:.1} s", started.elapsed().as_secs_f64());
    export_mesh(&city, &folder.join("city.glb"))?;
    export_buildings(&city, &folder.join("buildings.geojson"))?;
    export_buildings(&city, &folder.join("buildings.parquet"))?;
    println!("all after {:.1} s", started.elapsed().as_secs_f64());
    Ok(())
}

fn city() -> Result<CityModel, Box<dyn Error>> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/nishi-shinjuku");
    let mut city = Pack::open(&assets.join("buildings.city"))?.city;
    city.absorb(Pack::open(&assets.join("streets.city"))?.city)
        .map_err(|_| "the packs do not fit together")?;
    Ok(city)
}

fn provenance(started: Instant) -> Provenance {
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        inputs: vec![
            ("buildings.city".to_owned(), "3f9a0c17d2b84e65a1f07c9b5d3e8812".to_owned()),
            ("streets.city".to_owned(), "c07b6e25f1944ad08e3b2a6d9f51c774".to_owned()),
        ],
        seed: 0,
        backend: "cpu".to_owned(),
        backend_reason: "no GPU adapter was found".to_owned(),
        device: "2 cores".to_owned(),
        threads: 2,
        started_utc: "2026-01-02T03:04:05Z".to_owned(),
        wall_s: started.elapsed().as_secs_f64(),
        timings: [("prepare", 0.41, 1), ("cast_shadows", 2.87, 9), ("sum_hours", 0.05, 1)]
            .map(|(name, seconds, calls)| Timing { name: name.to_owned(), seconds, calls })
            .to_vec(),
    }
}

/// The tallest named buildings.
fn towers(city: &CityModel) -> Vec<&Building> {
    let b = &city.buildings;
    let mut named: Vec<_> = b.records.iter().filter(|r| b.strings.get(r.name_ja).is_some()).collect();
    named.sort_by(|a, c| c.height_m.total_cmp(&a.height_m));
    named.truncate(10);
    named
}

fn results(city: &CityModel) -> ResultSet {
    let towers = towers(city);
    let government = towers.iter().find(|t| {
        let name = city.buildings.strings.get(t.name_ja).unwrap_or_default();
        name.contains("都庁")
    });
    let centre = government.or(towers.first()).map_or([0.0, 0.0], |t| {
        let [w, s, e, n] = city.buildings.polygons.get(t.footprint).bounds_m();
        [(w + e) / 2.0, (s + n) / 2.0]
    });
    let window_m = [centre[0] - 450.0, centre[1] - 250.0, centre[0] + 600.0, centre[1] + 450.0];
    let land = HeightMap::new(city, window_m);
    let mut fields = sun_fields(&land);
    fields.push(roofs(city, window_m));
    let highlight: Vec<String> = towers.iter().map(|t| city.buildings.id_of(t).to_owned()).collect();
    let figure = |key: &str, caption: &str, fields: &[&str], lines: &[&str]| Figure {
        key: key.to_owned(),
        caption: Message::new(caption),
        fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        lines: lines.iter().map(|f| (*f).to_owned()).collect(),
        window_m,
        highlight: highlight.clone(),
    };
    let hours: Vec<String> = SUN.iter().map(|(hour, ..)| format!("shadow-{hour:02}00")).collect();
    let hours: Vec<&str> = hours.iter().map(String::as_str).collect();
    let figures = vec![
        figure("sun-hours", "quantity-sun-hours", &["sun-hours-ground"], &["iso-shadow"]),
        figure("shadows", "quantity-shadow", &hours, &[]),
        figure(
            "change",
            "quantity-sun-hours-loss",
            &["sun-hours-ground", "sun-hours-what-if"],
            &["boundary"],
        ),
        figure("loss", "quantity-sun-hours-loss", &["loss"], &["boundary"]),
        figure("shadow-hours", "quantity-shadow-hours", &["shadow-hours-ground"], &["iso-shadow"]),
        figure("roofs", "quantity-sky-view", &["sky-view-roofs"], &[]),
    ];
    ResultSet {
        simulation: "sunlight".to_owned(),
        title: Bilingual {
            ja: "冬至の西新宿で、日なたはどこに残るか".to_owned(),
            en: "Where the sun reaches Nishi-Shinjuku at the winter solstice".to_owned(),
        },
        frame: city.about.frame.clone(),
        fields,
        tables: vec![table(city, &towers)],
        lines: vec![iso_lines(centre), boundary(centre)],
        figures,
        findings: vec![
            Message::new("report-map-alt-share").with("percent", "38"),
            Message::new("report-map-alt-range")
                .with("low", "0")
                .with("high", "8")
                .with("mean", "3.6")
                .with("unit", "h"),
            Message::new("report-made-with").with("version", "0.1.0"),
        ],
        limits: vec![Message::new("synthetic-note"), Message::new("report-limits-lead")],
        origins: Vec::new(),
        report: report(),
        summary: serde_json::Map::new(),
    }
}

fn report() -> Report {
    let mut report = Report::default();
    for feature in 0..8 {
        report.add("missing-height", format!("b-{feature}"), "buildings, 1", "no height; 6 m assumed");
    }
    report.add("clipped", "b-9", "buildings, 9", "cut at the edge");
    report
}

/// Tops of the buildings on a grid, metres.
struct HeightMap {
    grid: Grid,
    tops: Vec<f32>,
}

impl HeightMap {
    fn new(city: &CityModel, [w, s, e, n]: [f64; 4]) -> Self {
        let reach = 400.0;
        let grid = Grid {
            first_m: [w - reach, s - reach],
            spacing_m: SPACING_M,
            columns: ((e - w + 2.0 * reach) / SPACING_M) as u32,
            rows: ((n - s + 2.0 * reach) / SPACING_M) as u32,
            height_m: 1.5,
        };
        let mut tops = vec![0.0_f32; grid.len()];
        for solid in &city.buildings.solids {
            let plan = city.buildings.polygons.get(solid.polygon);
            let [pw, ps, pe, pn] = plan.bounds_m();
            let cell = |v: f64, first: f64, limit: u32| {
                (((v - first) / SPACING_M).round().max(0.0) as u32).min(limit)
            };
            for row in cell(ps, grid.first_m[1], grid.rows)..cell(pn, grid.first_m[1], grid.rows) {
                for column in cell(pw, grid.first_m[0], grid.columns)..cell(pe, grid.first_m[0], grid.columns)
                {
                    if plan.contains_m(grid.centre_m(column, row)) {
                        let top = &mut tops[(row * grid.columns + column) as usize];
                        *top = top.max(solid.top_m);
                    }
                }
            }
        }
        Self { grid, tops }
    }

    fn top(&self, at: [f64; 2]) -> f32 {
        let column = ((at[0] - self.grid.first_m[0]) / SPACING_M).round();
        let row = ((at[1] - self.grid.first_m[1]) / SPACING_M).round();
        let inside = (0.0..f64::from(self.grid.columns)).contains(&column)
            && (0.0..f64::from(self.grid.rows)).contains(&row);
        if inside { self.tops[row as usize * self.grid.columns as usize + column as usize] } else { 0.0 }
    }

    /// Whether the ground there is in shadow; NaN inside a building.
    fn shadow(&self, at: [f64; 2], altitude_deg: f64, azimuth_deg: f64) -> f32 {
        if self.top(at) > 0.0 {
            return f32::NAN;
        }
        let (sin, cos) = azimuth_deg.to_radians().sin_cos();
        let steps = (1..260).map(|i| f64::from(i) * SPACING_M);
        let hidden = steps
            .map(|d| (d, self.top([at[0] - sin * d, at[1] - cos * d])))
            .any(|(d, top)| f64::from(top) > d * altitude_deg.to_radians().tan() + 1.5);
        f32::from(hidden)
    }
}

fn sun_fields(land: &HeightMap) -> Vec<Field> {
    let grid = land.grid;
    let field = |key: &str, quantity: &str, unit: &str, scale, variant, values, time: &str| Field {
        key: key.to_owned(),
        quantity: Quantity { key: quantity.to_owned(), unit: unit.to_owned(), scale },
        variant,
        support: Support::Grid(grid),
        values,
        time_label: time.to_owned(),
        time: None,
    };
    let cells: Vec<[f64; 2]> = (0..grid.rows)
        .flat_map(|r| (0..grid.columns).map(move |c| (c, r)))
        .map(|(c, r)| grid.centre_m(c, r))
        .collect();
    let mut sum = vec![0.0_f32; grid.len()];
    let mut hourly = Vec::new();
    for (hour, altitude, azimuth) in SUN {
        let values: Vec<f32> = cells.iter().map(|at| land.shadow(*at, altitude, azimuth)).collect();
        sum.iter_mut().zip(&values).for_each(|(s, v)| *s += v);
        let time = format!("2026-12-22 {hour:02}:00 JST");
        hourly.push(field(
            &format!("shadow-{hour:02}00"),
            "shadow",
            "1",
            Scale::Binary,
            Variant::AsIs,
            values,
            &time,
        ));
    }
    let day = "2026-12-22 08:00–16:00 JST";
    let sun: Vec<f32> = sum.iter().map(|s| 8.0 * (1.0 - s / 9.0)).collect();
    // A made-up change: a strip loses up to two hours, a spot gains some.
    let loss: Vec<f32> = cells
        .iter()
        .zip(&sun)
        .map(|([e, n], s)| {
            let near = |x: f64, y: f64, r: f64| (-((e - x).powi(2) + (n - y).powi(2)) / (r * r)).exp() as f32;
            (s * 0.0 - 2.4 * near(grid.first_m[0] + 900.0, grid.first_m[1] + 900.0, 90.0)
                + 1.1 * near(grid.first_m[0] + 700.0, grid.first_m[1] + 650.0, 70.0))
            .max(-s)
        })
        .collect();
    let after: Vec<f32> = sun.iter().zip(&loss).map(|(s, l)| s + l).collect();
    let shade: Vec<f32> = sun.iter().map(|s| 8.0 - s).collect();
    let mut fields = vec![
        field("sun-hours-ground", "sun-hours", "h", Scale::Sequential, Variant::AsIs, sun, day),
        field("sun-hours-what-if", "sun-hours", "h", Scale::Sequential, Variant::WhatIf, after, day),
        field("loss", "sun-hours-loss", "h", Scale::Diverging, Variant::Difference, loss, day),
        field("shadow-hours-ground", "shadow-hours", "h", Scale::Load, Variant::AsIs, shade, day),
    ];
    fields.extend(hourly);
    fields
}

fn roofs(city: &CityModel, [w, s, e, n]: [f64; 4]) -> Field {
    let mut points = PointSet { kind: "roofs".to_owned(), ..PointSet::default() };
    let mut values = Vec::new();
    for solid in &city.buildings.solids {
        let [pw, ps, pe, pn] = city.buildings.polygons.get(solid.polygon).bounds_m();
        let at = [(pw + pe) / 2.0, (ps + pn) / 2.0];
        if (w..e).contains(&at[0]) && (s..n).contains(&at[1]) {
            points.at_m.push([at[0] as f32, at[1] as f32, solid.top_m]);
            points.normal.push([0.0, 0.0, 1.0]);
            points.area_m2.push(9.0);
            points
                .owner
                .push(city.buildings.id_of(&city.buildings.records[solid.building as usize]).to_owned());
            values.push(1.0 - (-solid.top_m / 40.0).exp() * 0.7);
        }
    }
    Field {
        key: "sky-view-roofs".to_owned(),
        quantity: Quantity { key: "sky-view".to_owned(), unit: "1".to_owned(), scale: Scale::Sequential },
        variant: Variant::AsIs,
        support: Support::Points(Arc::new(points)),
        values,
        time_label: String::new(),
        time: None,
    }
}

fn table(city: &CityModel, towers: &[&Building]) -> Table {
    let b = &city.buildings;
    let column = |key: &str, unit: &str, data| Column { key: key.to_owned(), unit: unit.to_owned(), data };
    let texts = |of: &dyn Fn(&Building) -> String| ColumnData::Text(towers.iter().map(|t| of(t)).collect());
    let numbers = |of: &dyn Fn(&Building) -> f64| ColumnData::Number(towers.iter().map(|t| of(t)).collect());
    Table {
        key: "buildings".to_owned(),
        columns: vec![
            column("name_ja", "", texts(&|t| b.strings.get(t.name_ja).unwrap_or_default().to_owned())),
            column("name_en", "", texts(&|t| b.strings.get(t.name_en).unwrap_or_default().to_owned())),
            column("building_id", "", texts(&|t| b.id_of(t).to_owned())),
            column("height_m", "m", numbers(&|t| f64::from(t.height_m))),
            column("sun_hours_h", "h", numbers(&|t| 8.0 - f64::from(t.height_m) / 90.0)),
            column("sky_view", "1", numbers(&|t| f64::from(t.height_m) / 260.0)),
            column("ok", "", ColumnData::Flag(towers.iter().map(|t| t.height_m > 200.0).collect())),
        ],
        rows_in_report: 8,
    }
}

fn feature(style: &str, label: &str, geometry: Geometry) -> MapFeature {
    MapFeature {
        geometry,
        style: style.to_owned(),
        properties: serde_json::Map::new(),
        label: label.to_owned(),
    }
}

fn iso_lines([e, n]: [f64; 2]) -> LineSet {
    let arc = |r: f64| {
        (-60..=60)
            .map(|a| f64::from(a).to_radians())
            .map(|a| [e + 300.0 + r * a.sin(), n - 100.0 + r * a.cos() * 1.2])
            .collect()
    };
    LineSet {
        key: "iso-shadow".to_owned(),
        on_field: Some("sun-hours-ground".to_owned()),
        features: vec![
            feature("iso-5h", "5 h", Geometry::Line(arc(80.0))),
            feature("iso-3h", "3 h", Geometry::Line(arc(140.0))),
            feature("limit-line", "10 m", Geometry::Line(arc(190.0))),
            feature("probe", "P1", Geometry::Point([e + 250.0, n + 60.0])),
        ],
    }
}

fn boundary([e, n]: [f64; 2]) -> LineSet {
    let square = |x: f64, y: f64, r: f64| {
        Geometry::Polygon(vec![vec![[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]]])
    };
    LineSet {
        key: "boundary".to_owned(),
        on_field: None,
        features: vec![
            feature("boundary", "", square(e + 60.0, n + 180.0, 60.0)),
            feature("changed", "", square(e + 60.0, n + 180.0, 35.0)),
            feature("violation", "", square(e + 160.0, n + 220.0, 25.0)),
        ],
    }
}
