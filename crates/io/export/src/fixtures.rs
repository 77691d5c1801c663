//! A hand-made city and results for the tests of this crate: five buildings, every kind of output.

use std::sync::Arc;

use futago_field::{
    Bilingual, BuildingSet, Column, ColumnData, Field, Figure, FloorSet, Geometry, Grid, LineSet, LinkSet,
    MapFeature, Message, PointSet, Provenance, Quantity, Report, ResultSet, Scale, Span, Support, Table,
    Timing, Variant,
};
use futago_geodesy::SiteFrame;
use futago_model::{
    About, Building, BuildingFlags, CityModel, Ground, PolygonId, Solid, Source, StringId, Tile,
};

/// Bytes as an open file, for readers that want one.
pub(crate) fn as_file(bytes: &[u8]) -> std::fs::File {
    let mut file = tempfile::tempfile().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    file
}

pub(crate) fn frame() -> SiteFrame {
    SiteFrame { epsg: 6677, origin_east_m: -12_600.0, origin_north_m: -34_400.0, origin_height_m: 40.0 }
}

/// West, south, east, north in whole metres, and the top; one footprint has a hole, one no stored triangles.
const BOXES: [([i32; 4], f32); 5] = [
    ([-60, -60, -20, -20], 100.0),
    ([20, -60, 60, -20], 40.0),
    ([20, 20, 60, 60], 25.0),
    ([-60, 20, -20, 60], 12.0),
    ([-10, -10, 10, 10], 6.0),
];

pub(crate) fn city() -> CityModel {
    let mut city = CityModel::empty(about());
    let b = &mut city.buildings;
    for (index, ([w, s, e, n], top_m)) in BOXES.into_iter().enumerate() {
        let ring: Vec<[i32; 2]> = [[w, s], [e, s], [e, n], [w, n]].map(|v| v.map(|m| m * 1000)).to_vec();
        let hole = [[w + 10, s + 10], [w + 10, n - 10], [e - 10, n - 10], [e - 10, s + 10]]
            .map(|v| v.map(|m| m * 1000));
        let footprint = match index {
            2 => b.polygons.push(&[ring, hole.to_vec()], &[]),
            4 => b.polygons.push(&[ring], &[]),
            _ => b.polygons.push(&[ring], &[[0, 1, 2], [0, 2, 3]]),
        };
        let id = b.strings.push(&format!("b-{index}"));
        let (name_ja, name_en) = if index == 0 {
            (b.strings.push("東塔"), b.strings.push("East tower"))
        } else {
            (StringId::NONE, StringId::NONE)
        };
        let first_solid = b.solids.len() as u32;
        b.solids.push(solid(footprint, index as u32, top_m));
        b.records.push(Building {
            id,
            name_ja,
            name_en,
            town_code: StringId::NONE,
            height_m: top_m,
            flood_depth_m: if index == 1 { 0.5 } else { f32::NAN },
            footprint,
            flags: if index == 0 { BuildingFlags::LOD2 } else { BuildingFlags::default() },
            first_solid,
            solid_count: 1,
        });
    }
    b.tiles.push(Tile {
        column: 0,
        row: 0,
        first_building: 0,
        building_count: BOXES.len() as u32,
        bounds_m: [-60.0, -60.0, 60.0, 60.0],
        top_m: 100.0,
        reserved: 0,
    });
    city
}

fn solid(polygon: PolygonId, building: u32, top_m: f32) -> Solid {
    Solid { polygon, building, bottom_m: 0.0, top_m }
}

fn about() -> About {
    About {
        name_ja: "見本の街".to_owned(),
        name_en: "Sample town".to_owned(),
        frame: frame(),
        bounds_m: [-100.0, -100.0, 100.0, 100.0],
        ground: Ground::Constant { height_tp_m: 40.0, note: "flat".to_owned() },
        sources: vec![Source {
            key: "plateau-2020".to_owned(),
            title: "Project PLATEAU".to_owned(),
            licence: "CC BY 4.0".to_owned(),
            credit: "3D都市モデル（Project PLATEAU）東京都23区（2020年度）（国土交通省）を加工して作成"
                .to_owned(),
            url: "https://www.mlit.go.jp/plateau/".to_owned(),
            synthetic: true,
        }],
    }
}

pub(crate) fn provenance() -> Provenance {
    Provenance {
        version: "0.1.0".to_owned(),
        inputs: vec![("buildings.city".to_owned(), "0123456789abcdef0123456789abcdef".to_owned())],
        seed: 42,
        backend: "cpu".to_owned(),
        backend_reason: "no GPU adapter was found".to_owned(),
        device: "2 cores".to_owned(),
        threads: 2,
        started_utc: "2026-01-02T03:04:05Z".to_owned(),
        wall_s: 1.5,
        timings: vec![Timing { name: "prepare".to_owned(), seconds: 0.5, calls: 1 }],
    }
}

pub(crate) fn results() -> ResultSet {
    ResultSet {
        simulation: "sunlight".to_owned(),
        title: Bilingual { ja: "冬至の日照".to_owned(), en: "Sun at the winter solstice".to_owned() },
        frame: frame(),
        fields: fields(),
        tables: vec![table()],
        lines: vec![lines()],
        figures: vec![
            figure("sun", &["sun-hours-ground"]),
            figure("shadows", &["shadow-0900", "shadow-1200"]),
        ],
        findings: vec![
            Message::new("report-threads-value").with("count", 1.0).with("number", 7.0),
            Message::new("report-city").with("city", "<East & tower>"),
        ],
        limits: vec![Message::new("synthetic-note")],
        origins: Vec::new(),
        report: report(),
        summary: [("sun_hours_mean_h".to_owned(), serde_json::json!(3.5))].into_iter().collect(),
    }
}

fn report() -> Report {
    let mut report = Report::default();
    report.add("missing-height", "b-9", "buildings.geojson, feature 9", "no height; 6 m assumed");
    report
}

fn grid() -> Grid {
    Grid { first_m: [-98.0, -78.0], spacing_m: 4.0, columns: 50, rows: 40, height_m: 1.5 }
}

fn grid_field(
    key: &str,
    quantity: (&str, &str, Scale),
    time: &str,
    value: impl Fn([f64; 2]) -> f32,
) -> Field {
    let grid = grid();
    let cells = (0..grid.rows).flat_map(|row| (0..grid.columns).map(move |column| (column, row)));
    let values = cells.map(|(column, row)| {
        let at = grid.centre_m(column, row);
        if at[0].abs() < 10.0 && at[1].abs() < 10.0 { f32::NAN } else { value(at) }
    });
    let (name, unit, scale) = quantity;
    Field {
        key: key.to_owned(),
        quantity: Quantity { key: name.to_owned(), unit: unit.to_owned(), scale },
        variant: Variant::AsIs,
        values: values.collect(),
        support: Support::Grid(grid),
        time_label: time.to_owned(),
        time: None,
    }
}

fn fields() -> Vec<Field> {
    let roofs = Arc::new(PointSet {
        kind: "roofs".to_owned(),
        at_m: vec![[-40.0, -40.0, 100.0], [40.0, -40.0, 40.0], [40.1, 25.0, 25.0]],
        normal: vec![[0.0, 0.0, 1.0]; 3],
        area_m2: vec![1600.0, 1600.0, 400.0],
        owner: vec!["b-0".to_owned(), "b-1".to_owned(), "b-2".to_owned()],
        face: Vec::new(),
    });
    let on_roofs = |key: &str, quantity: &str, unit: &str, values: [f32; 3]| Field {
        key: key.to_owned(),
        quantity: Quantity { key: quantity.to_owned(), unit: unit.to_owned(), scale: Scale::Sequential },
        variant: Variant::AsIs,
        support: Support::Points(Arc::clone(&roofs)),
        values: values.to_vec(),
        time_label: "2026-12-22".to_owned(),
        time: None,
    };
    let shadow = ("shadow", "1", Scale::Binary);
    vec![
        grid_field("sun-hours-ground", ("sun-hours", "h", Scale::Sequential), "2026-12-22", |[e, n]| {
            (4.0 + e / 40.0 + n / 100.0) as f32
        }),
        grid_field("shadow-0900", shadow, "2026-12-22 09:00 JST", |[e, n]| f32::from(e > n)),
        grid_field("shadow-1200", shadow, "2026-12-22 12:00 JST", |[e, _]| f32::from(e > 0.0)),
        on_roofs("sun-hours-roofs", "sun-hours", "h", [7.5, 4.25, f32::NAN]),
        on_roofs("sky-view-roofs", "sky-view", "1", [1.0, 0.7, 0.5]),
    ]
}

/// Results on two streets, on floors and on buildings, at 8 and 9 o'clock of a day.
pub(crate) fn built_results() -> ResultSet {
    let streets = Arc::new(LinkSet {
        kind: "streets".to_owned(),
        vertices_m: vec![[-90.0, 0.0, 0.0], [-60.0, 40.0, 0.0], [0.0, -80.0, 0.0], [0.0, 80.0, 0.0]],
        ends: vec![2, 4],
        id: vec!["w1".to_owned(), "w2".to_owned()],
        name: vec!["South Street".to_owned(), String::new()],
        width_m: vec![3.5, 2.0],
    });
    let buildings = BuildingSet { id: vec!["b-0".to_owned(), "b-2".to_owned()], index: vec![0, 2] };
    let floors = Arc::new(FloorSet {
        buildings: buildings.clone(),
        building: vec![0, 0, 1],
        floor: vec![1, 2, 1],
        bottom_m: vec![0.0, 4.0, 0.0],
        top_m: vec![4.0, 8.0, 4.0],
        area_m2: vec![1000.0, 900.0, 500.0],
    });
    let buildings = Arc::new(buildings);
    let field = |key: &str, quantity: (&str, &str), variant, hour: i64, support: Support, values: &[f32]| {
        let at = |hour: i64| {
            "2020-01-15T00:00:00+09:00".parse::<jiff::Timestamp>().unwrap()
                + jiff::SignedDuration::from_hours(hour)
        };
        Field {
            key: key.to_owned(),
            quantity: Quantity {
                key: quantity.0.to_owned(),
                unit: quantity.1.to_owned(),
                scale: Scale::Load,
            },
            variant,
            support,
            values: values.to_vec(),
            time_label: format!("{variant:?} {hour}:00 JST"),
            time: Some(Span { from: at(hour), until: at(hour + 1) }),
        }
    };
    let on = || Support::Links(Arc::clone(&streets));
    let flow = ("crowd-street-flow", "1/h");
    let level = ("office-level", "1");
    let none = f32::NAN;
    let fields = vec![
        field("flow-8", flow, Variant::AsIs, 8, on(), &[120.0, 30.0]),
        field("flow-8-after", flow, Variant::WhatIf, 8, on(), &[60.0, none]),
        field("flow-9", flow, Variant::AsIs, 9, on(), &[none, none]),
        field("flow-9-after", flow, Variant::WhatIf, 9, on(), &[70.0, none]),
        field("floors-8", level, Variant::AsIs, 8, Support::Floors(floors), &[0.5, 0.25, 0.75]),
        field("level-8", level, Variant::AsIs, 8, Support::Buildings(buildings), &[0.4, 0.75]),
    ];
    ResultSet { fields, figures: Vec::new(), lines: Vec::new(), tables: Vec::new(), ..results() }
}

fn table() -> Table {
    let column = |key: &str, unit: &str, data| Column { key: key.to_owned(), unit: unit.to_owned(), data };
    let texts = |v: [&str; 3]| ColumnData::Text(v.map(str::to_owned).to_vec());
    Table {
        key: "buildings".to_owned(),
        columns: vec![
            column("building_id", "", texts(["b-0", "b-1", "b-2"])),
            column("name_ja", "", texts(["東塔", "", ""])),
            column("name_en", "", texts(["East tower", "", ""])),
            column("height_m", "m", ColumnData::Number(vec![100.0, 40.0, 25.0])),
            column("sun_hours_h", "h", ColumnData::Number(vec![7.5, 4.25, f64::NAN])),
            column("ok", "", ColumnData::Flag(vec![true, false, true])),
            column("lon_deg", "deg", ColumnData::Number(vec![139.69; 3])),
            column("lat_deg", "deg", ColumnData::Number(vec![35.69; 3])),
        ],
        rows_in_report: 2,
    }
}

fn lines() -> LineSet {
    let feature = |style: &str, label: &str, geometry| MapFeature {
        geometry,
        style: style.to_owned(),
        properties: [("hours_h".to_owned(), serde_json::json!(3.0))].into_iter().collect(),
        label: label.to_owned(),
    };
    // Drawn clockwise on purpose: the file must turn it round.
    let ring = vec![[-30.0, -30.0], [-30.0, 30.0], [30.0, 30.0], [30.0, -30.0]];
    LineSet {
        key: "iso-shadow".to_owned(),
        on_field: Some("sun-hours-ground".to_owned()),
        features: vec![
            feature("iso-3h", "3 h", Geometry::Line(vec![[-80.0, 0.0], [0.0, 15.0], [80.0, 0.0]])),
            feature("boundary", "", Geometry::Polygon(vec![ring])),
            feature("probe", "P1", Geometry::Point([0.0, 0.0])),
        ],
    }
}

fn figure(key: &str, fields: &[&str]) -> Figure {
    Figure {
        key: key.to_owned(),
        caption: Message::new("quantity-sun-hours"),
        fields: fields.iter().map(|f| (*f).to_owned()).collect(),
        lines: vec!["iso-shadow".to_owned()],
        window_m: [-90.0, -70.0, 90.0, 70.0],
        highlight: vec!["b-0".to_owned()],
    }
}
