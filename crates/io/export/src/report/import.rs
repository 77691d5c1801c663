//! The report of an import: what came in, what was wrong with it and where.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::path::Path;

use futago_field::ReportEntry;
use futago_model::objects::ElementView;
use futago_model::{Objects, metres_from_mm};
use futago_texts::Lang;
use minijinja::{Value, context};
use serde::Serialize;

use super::words::Words;
use crate::{ExportError, folder};

/// Entries of one defect that the page lists; the JSON file lists all.
const MOST_ROWS: usize = 200;
/// Places that the map marks.
const MOST_MARKS: usize = 4000;
/// Objects that are drawn as dots.
const MOST_DOTS: usize = 20_000;
/// Buildings that are drawn as they are; more are drawn as squares.
const MOST_OUTLINES: usize = 6000;

/// What an import left, for its report.
#[derive(Debug, Clone, Copy)]
pub struct ImportSubject<'a> {
    /// The city.
    pub city: &'a futago_model::CityModel,
    /// Its objects as published.
    pub objects: &'a Objects,
    /// Everything that was noticed.
    pub entries: &'a [ReportEntry],
    /// File, bytes and hash of each input.
    pub inputs: &'a [(String, u64, String)],
    /// Version of the program.
    pub version: &'a str,
    /// Languages of the page, the reader's first.
    pub langs: &'a [Lang],
}

/// Writes the report as a page (`.html`) or as data (`.json`). An existing file is replaced, whole or not at all.
///
/// # Errors
/// When the file cannot be written, or ends in something else.
pub fn write_import_report(subject: &ImportSubject<'_>, path: &Path) -> Result<(), ExportError> {
    let bytes = match crate::ending(path).as_str() {
        "html" | "htm" => html(subject)?.into_bytes(),
        "json" => json(subject)?,
        _ => return Err(ExportError::UnknownFormat { path: path.to_owned(), known: ".html, .json" }),
    };
    folder::save_file(path, &bytes)
}

#[derive(Serialize)]
struct Data<'a> {
    version: &'a str,
    inputs: Vec<InputRow<'a>>,
    buildings: usize,
    objects: BTreeMap<&'a str, usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    terrain: Option<TerrainRow<'a>>,
    counts: BTreeMap<&'a str, usize>,
    entries: &'a [ReportEntry],
}

/// The terrain in a few figures. Samples lie on a grid; heights are T.P.
#[derive(Serialize)]
struct TerrainRow<'a> {
    sources: &'a [String],
    spacing_m: f64,
    columns: u32,
    rows: u32,
    /// Samples from a source, filled, without a height.
    samples: [usize; 3],
    /// Share of the grid with a height, 0 to 1.
    coverage: f64,
    low_tp_m: f64,
    high_tp_m: f64,
}

#[derive(Serialize)]
struct InputRow<'a> {
    file: &'a str,
    bytes: u64,
    xxh3: &'a str,
}

fn json(subject: &ImportSubject<'_>) -> Result<Vec<u8>, ExportError> {
    let data = Data {
        version: subject.version,
        inputs: inputs(subject),
        buildings: subject.city.buildings.records.len(),
        objects: kinds(subject.objects),
        terrain: terrain(subject),
        counts: counts(subject.entries),
        entries: subject.entries,
    };
    serde_json::to_vec_pretty(&data).map_err(|error| ExportError::encode("report.json", error))
}

fn terrain<'a>(subject: &ImportSubject<'a>) -> Option<TerrainRow<'a>> {
    let terrain = subject.city.terrain.as_ref()?;
    let origin_m = subject.city.about.frame.origin_height_m;
    let [low_tp_m, high_tp_m] = terrain.range_m()?.map(|up_m| up_m + origin_m);
    Some(TerrainRow {
        sources: &terrain.sources,
        spacing_m: terrain.grid.spacing_m(),
        columns: terrain.grid.columns,
        rows: terrain.grid.rows,
        samples: terrain.counts(),
        coverage: terrain.coverage(),
        low_tp_m,
        high_tp_m,
    })
}

fn inputs<'a>(subject: &ImportSubject<'a>) -> Vec<InputRow<'a>> {
    let row = |(file, bytes, xxh3): &'a (String, u64, String)| InputRow { file, bytes: *bytes, xxh3 };
    subject.inputs.iter().map(row).collect()
}

fn kinds(objects: &Objects) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for object in objects.objects() {
        *kinds.entry(object.name()).or_insert(0) += 1;
    }
    kinds
}

fn counts(entries: &[ReportEntry]) -> BTreeMap<&str, usize> {
    let mut counts = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.code.as_str()).or_insert(0) += 1;
    }
    counts
}

#[derive(Serialize)]
struct Group<'a> {
    code: &'a str,
    name: Value,
    count: String,
    entries: Vec<&'a ReportEntry>,
    more: Option<Value>,
}

fn html(subject: &ImportSubject<'_>) -> Result<String, ExportError> {
    let failed = |e: minijinja::Error| ExportError::encode("report.html", format!("{e:#}"));
    let words = Words::new(subject.langs);
    let mut page = super::environment().map_err(failed)?;
    let speaker = Words::new(subject.langs);
    page.add_function("t", move |key: &str| Value::from_safe_string(speaker.key(key)));
    let safe = Value::from_safe_string;
    let map = map(subject);
    let number = |key: &str, name: &str, count: usize| {
        safe(words.each(|texts| texts.format(key, &[(name, (count as f64).into())])))
    };
    let counts = counts(subject.entries);
    let groups: Vec<Group<'_>> = counts
        .iter()
        .map(|(code, count)| {
            let of_code = subject.entries.iter().filter(|entry| entry.code == *code);
            let more = (*count > MOST_ROWS).then(|| number("import-report-more", "count", count - MOST_ROWS));
            Group {
                code,
                name: safe(words.key_or(&format!("defect-{code}"), code)),
                count: count.to_string(),
                entries: of_code.take(MOST_ROWS).collect(),
                more,
            }
        })
        .collect();
    let lead = words.each(|texts| {
        let args = [
            ("objects", (subject.objects.objects().count() as f64).into()),
            ("buildings", (subject.city.buildings.records.len() as f64).into()),
            ("remarks", (subject.entries.len() as f64).into()),
        ];
        texts.format("import-report-lead", &args)
    });
    let ground = terrain(subject).map(|row| {
        safe(words.each(|texts| {
            let args = [
                ("sources", row.sources.join(", ").replace('&', "&amp;").replace('<', "&lt;").into()),
                ("spacing", row.spacing_m.into()),
                ("low", row.low_tp_m.into()),
                ("high", row.high_tp_m.into()),
                ("coverage", (100.0 * row.coverage).into()),
                ("filled", (row.samples[1] as f64).into()),
                ("open", (row.samples[2] as f64).into()),
            ];
            texts.format("import-report-terrain-lead", &args)
        }))
    });
    let first = subject.langs.first().copied().unwrap_or(Lang::En);
    let template = page.get_template("import.html").map_err(failed)?;
    template
        .render(context! {
            lang => first.code(),
            langs => subject.langs.iter().map(|lang| lang.code()).collect::<Vec<_>>(),
            version => subject.version,
            name => subject.city.about.name_ja.as_str(),
            plain_title => subject.city.about.name_ja.as_str(),
            titles => context! {
                ja => subject.city.about.name_ja.as_str(),
                en => subject.city.about.name_en.as_str(),
            },
            lead => safe(lead),
            map_note => number("import-report-marks", "count", map.marks.len()),
            map => Value::from(minijinja::value::Serde(&map)),
            credits => subject.city.credits().into_iter().map(str::to_owned).collect::<Vec<_>>(),
            kinds => kinds(subject.objects).into_iter().map(|(kind, count)| vec![kind.to_owned(), count.to_string()]).collect::<Vec<_>>(),
            terrain => ground,
            groups => Value::from(minijinja::value::Serde(&groups)),
            inputs => Value::from(minijinja::value::Serde(&inputs(subject))),
        })
        .map_err(failed)
}

#[derive(Serialize)]
struct Map {
    /// West, top, width, height, metres; down is positive, as in SVG.
    view: String,
    buildings: String,
    /// Objects that are no buildings.
    others: String,
    marks: Vec<Mark>,
    radius: String,
    stroke: String,
    scale: ScaleBar,
}

/// A line of a round length in the corner of the map.
#[derive(Serialize)]
struct ScaleBar {
    bar: String,
    stroke: String,
    x: String,
    y: String,
    size: String,
    label: String,
}

impl ScaleBar {
    /// For a map whose lower left corner is here, metres.
    fn new([west, south]: [f64; 2], width: f64) -> Self {
        let length = round_below(width / 4.0);
        let (x, y, tick) = (west + width * 0.02, south - width * 0.02, width * 0.012);
        let label = if length >= 1000.0 { format!("{} km", length / 1000.0) } else { format!("{length} m") };
        Self {
            bar: format!("M{x:.2} {:.2}v{tick:.2}h{length}v-{tick:.2}", y - tick),
            stroke: format!("{:.2}", width / 500.0),
            x: format!("{:.2}", x + width * 0.006),
            y: format!("{:.2}", y - tick * 0.6),
            size: format!("{:.2}", width * 0.022),
            label,
        }
    }
}

/// The largest of 1, 2, 5, 10, 20, ... that is not above.
fn round_below(value: f64) -> f64 {
    let power = 10.0_f64.powf(value.max(1.0).log10().floor());
    [5.0, 2.0, 1.0].map(|step| step * power).into_iter().find(|length| *length <= value).unwrap_or(power)
}

#[derive(Serialize)]
struct Mark {
    east: String,
    north: String,
    title: String,
}

fn map(subject: &ImportSubject<'_>) -> Map {
    let places = places(subject);
    let [west, south, east, north] = subject.city.about.bounds_m;
    let margin = ((east - west).max(north - south) * 0.03).max(5.0);
    let (width, height) = (east - west + 2.0 * margin, north - south + 2.0 * margin);
    let radius = width.max(height) / 140.0;
    let mut seen = std::collections::BTreeMap::<&str, Vec<&str>>::new();
    for entry in subject.entries {
        // A roof face is named after its building.
        let feature = entry.feature.split(", ").next().unwrap_or_default();
        if !places.contains_key(feature) {
            continue;
        }
        let codes = seen.entry(feature).or_default();
        if !codes.contains(&entry.code.as_str()) {
            codes.push(&entry.code);
        }
    }
    let marks = seen.into_iter().take(MOST_MARKS).filter_map(|(feature, codes)| {
        let [e, n] = *places.get(feature)?;
        let title = format!("{feature}: {}", codes.join(", "));
        Some(Mark { east: format!("{e:.1}"), north: format!("{:.1}", -n), title })
    });
    Map {
        view: format!("{:.1} {:.1} {width:.1} {height:.1}", west - margin, -north - margin),
        buildings: outlines(subject),
        others: dots(subject, radius / 2.0),
        marks: marks.collect(),
        radius: format!("{radius:.2}"),
        stroke: format!("{:.2}", radius / 4.0),
        scale: ScaleBar::new([west - margin, -south + margin], width),
    }
}

/// Where the objects are, by every id they are known under, site metres.
fn places<'a>(subject: &ImportSubject<'a>) -> HashMap<&'a str, [f64; 2]> {
    let mut places = HashMap::new();
    let buildings = &subject.city.buildings;
    for record in &buildings.records {
        places.insert(buildings.id_of(record), buildings.polygons.get(record.footprint).middle_m());
    }
    for object in subject.objects.objects() {
        if let (Some(id), Some(place)) = (object.id(), place_of(subject.objects, object)) {
            places.entry(id).or_insert(place);
        }
    }
    places
}

/// The first vertex of an object, site metres.
fn place_of(objects: &Objects, object: ElementView<'_>) -> Option<[f64; 2]> {
    object.geometries_within().find_map(|(_, geometry)| {
        let ring = || {
            let surface = objects.surfaces_of(geometry).first()?;
            Some(objects.rings_of(surface).first()?.vertices)
        };
        let line = || Some(objects.lines.get(geometry.lines[0] as usize)?.vertices);
        let vertices = ring().or_else(|| line().filter(|_| geometry.lines[0] < geometry.lines[1]))?;
        let [east, north, _] = *objects.vertices_of(vertices).first()?;
        Some([metres_from_mm(east), metres_from_mm(north)])
    })
}

/// Objects that are no buildings, as dots.
fn dots(subject: &ImportSubject<'_>, side: f64) -> String {
    let mut path = String::new();
    let others = subject.objects.objects().filter(|object| object.name() != "bldg:Building");
    for [east, north] in others.filter_map(|object| place_of(subject.objects, object)).take(MOST_DOTS) {
        let _ = write!(
            path,
            "M{:.1} {:.1}h{side:.1}v{side:.1}h-{side:.1}z",
            east - side / 2.0,
            -north - side / 2.0
        );
    }
    path
}

/// The footprints as one path.
fn outlines(subject: &ImportSubject<'_>) -> String {
    let buildings = &subject.city.buildings;
    let mut path = String::new();
    let whole = buildings.records.len() <= MOST_OUTLINES;
    for record in &buildings.records {
        let polygon = buildings.polygons.get(record.footprint);
        if !whole {
            let ([east, north], side) = (polygon.middle_m(), polygon.area_m2().sqrt());
            let _ = write!(
                path,
                "M{:.0} {:.0}h{side:.0}v{side:.0}h-{side:.0}z",
                east - side / 2.0,
                -north - side / 2.0
            );
            continue;
        }
        for ring in polygon.rings_m() {
            for (i, [east, north]) in ring.iter().enumerate() {
                let _ = write!(path, "{}{east:.1} {:.1}", if i == 0 { 'M' } else { 'L' }, -north);
            }
            path.push('z');
        }
    }
    path
}
