//! OpenMapTiles layers to [`Streets`].
//!
//! Everything is cut at the bounds of the city: what lies outside belongs to no building and would only
//! be drawn over the edge. How much was cut is one entry a file, not one a feature.

use std::collections::HashSet;

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::{Area, AreaKind, Level, Street, StreetClass, Streets, mm_from_metres};
use futago_raw::{Raw, RawArea, RawLine};
use rayon::prelude::*;

use crate::boolean::intersection;
use crate::clean::{Subject, clean, plans_of_shapes};
use crate::emit::Interner;
use crate::lines::cut;
use crate::plan::Plan;
use crate::project::{Mm, Projector};
use crate::{AssembleError, Rules};

/// What is known of the ground of a city. Areas are drawn in this order, later files on top.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StreetFiles {
    /// Streets, footways, railways, water lines.
    pub lines: Vec<Raw<RawLine>>,
    /// Land use, land cover, water.
    pub areas: Vec<Raw<RawArea>>,
}

/// Puts streets and areas together within west, south, east, north (site metres).
///
/// # Errors
/// When the frame cannot be projected to, or indices would not fit 32 bits.
pub fn assemble_streets(
    files: &StreetFiles,
    frame: &SiteFrame,
    bounds_m: [f64; 4],
    rules: &Rules,
) -> Result<(Streets, Report), AssembleError> {
    let projector = Projector::new(frame, rules.max_distance_m)?;
    let bounds = bounds_m.map(mm_from_metres);
    let (mut streets, mut report) = (Streets::default(), Report::default());
    let mut names = Interner::default();
    for file in &files.lines {
        report.extend(file.report.clone());
        add_lines(file, &projector, bounds, &mut streets, &mut names, &mut report);
    }
    for file in &files.areas {
        report.extend(file.report.clone());
        add_areas(file, &projector, bounds, rules, &mut streets, &mut report);
    }
    streets.strings = names.strings;
    match u32::try_from(streets.vertices_mm.len().max(streets.polygons.vertices_mm.len())) {
        Ok(_) => Ok((streets, report)),
        Err(_) => Err(AssembleError::TooLarge { what: "vertices" }),
    }
}

/// What became of a feature at the edge of the city.
#[derive(Default)]
struct Edge {
    cut: usize,
    outside: usize,
}

impl Edge {
    fn count(&mut self, inside: bool, whole: bool) {
        self.outside += usize::from(!inside);
        self.cut += usize::from(inside && !whole);
    }

    fn note(&self, file: &str, report: &mut Report) {
        if self.cut + self.outside > 0 {
            let action = format!(
                "{} features reach over the bounds of the city and were cut there; {} lie outside and were left out",
                self.cut, self.outside
            );
            report.add("cut-at-bounds", file, file, action);
        }
    }
}

fn add_lines(
    file: &Raw<RawLine>,
    projector: &Projector<'_>,
    bounds: [i32; 4],
    streets: &mut Streets,
    names: &mut Interner,
    report: &mut Report,
) {
    let read = |line: &RawLine| project_lines(line, file, projector);
    let found: Vec<(Vec<Vec<Mm>>, Report)> = file.features.par_iter().map(read).collect();
    let (mut edge, mut seen) = (Edge::default(), HashSet::new());
    for (raw, (lines, entries)) in file.features.iter().zip(found) {
        report.extend(entries);
        for line in lines {
            let parts = cut(&line, bounds);
            edge.count(!parts.is_empty(), parts.len() == 1 && parts[0] == line);
            let (class, level) = (class_of(raw), level_of(raw));
            if !parts.is_empty() && !seen.insert((class, level, line)) {
                let action = "the same line as an earlier one of its class; left out";
                report.add("duplicate-feature", label(raw), file.place(raw.index), action);
                continue;
            }
            for part in parts {
                streets.vertices_mm.extend_from_slice(&part);
                streets.records.push(Street {
                    name: names.intern(raw.name.as_deref()),
                    class: class as u32,
                    level: level as u32,
                    vertex_end: streets.vertices_mm.len() as u32,
                });
            }
        }
    }
    edge.note(&file.file, report);
}

fn label(line: &RawLine) -> &str {
    line.name.as_deref().unwrap_or(&line.class)
}

fn project_lines(raw: &RawLine, file: &Raw<RawLine>, projector: &Projector<'_>) -> (Vec<Vec<Mm>>, Report) {
    let (mut lines, mut report) = (Vec::new(), Report::default());
    let mut note = |code: &str, action: String| report.add(code, label(raw), file.place(raw.index), action);
    for line in &raw.lines {
        match projector.line_mm(line) {
            Err(trouble) => note("bad-coordinates", format!("{trouble}; this line was left out")),
            Ok(mut line) => {
                let before = line.len();
                line.dedup();
                if line.len() < 2 {
                    note("zero-length", format!("its {before} vertices are one place; left out"));
                    continue;
                }
                if line.len() < before {
                    note(
                        "duplicate-vertices",
                        format!("it repeats {} vertices; removed", before - line.len()),
                    );
                }
                lines.push(line);
            }
        }
    }
    (lines, report)
}

/// OpenMapTiles `class` and `subclass`, as users tell streets apart.
fn class_of(line: &RawLine) -> StreetClass {
    match (line.class.as_str(), line.subclass.as_deref()) {
        ("motorway", _) => StreetClass::Motorway,
        ("trunk" | "primary" | "secondary", _) => StreetClass::Main,
        ("tertiary" | "minor", _) => StreetClass::Local,
        ("service" | "track", _) => StreetClass::Service,
        ("path", Some("steps")) => StreetClass::Steps,
        ("path" | "pedestrian", _) => StreetClass::Footway,
        ("rail", _) => StreetClass::Rail,
        ("subway", _) => StreetClass::Subway,
        ("platform", _) => StreetClass::Platform,
        ("river" | "stream" | "canal" | "ditch" | "drain", _) => StreetClass::Waterway,
        _ => StreetClass::Other,
    }
}

/// OpenMapTiles `brunnel`.
fn level_of(line: &RawLine) -> Level {
    match line.brunnel.as_deref() {
        Some("bridge") => Level::Bridge,
        Some("tunnel") => Level::Tunnel,
        _ => Level::Ground,
    }
}

fn add_areas(
    file: &Raw<RawArea>,
    projector: &Projector<'_>,
    bounds: [i32; 4],
    rules: &Rules,
    streets: &mut Streets,
    report: &mut Report,
) {
    let read = |area: &RawArea| {
        let mut report = Report::default();
        let place = file.place(area.index);
        let mut subject = Subject { name: &area.class, place: &place, report: &mut report };
        let plans = clean(&area.parts, projector, rules, &mut subject).plans;
        let parts = plans.into_iter().map(|plan| cut_plan(plan, bounds, rules.min_area_m2)).collect();
        (parts, report)
    };
    let found: Vec<(Vec<CutPlan>, Report)> = file.features.par_iter().map(read).collect();
    let mut edge = Edge::default();
    for (raw, (parts, entries)) in file.features.iter().zip(found) {
        report.extend(entries);
        for part in parts {
            edge.count(!part.inside.is_empty(), part.whole);
            for plan in part.inside {
                let polygon = plan.push_to(&mut streets.polygons);
                streets.areas.push(Area { polygon, kind: kind_of(raw) as u32 });
            }
        }
    }
    edge.note(&file.file, report);
}

/// What is left of a plan within the bounds.
struct CutPlan {
    inside: Vec<Plan>,
    /// All of it was inside.
    whole: bool,
}

fn cut_plan(plan: Plan, [west, south, east, north]: [i32; 4], min_area_m2: f64) -> CutPlan {
    let [w, s, e, n] = plan.bounds();
    if w >= west && s >= south && e <= east && n <= north {
        return CutPlan { inside: vec![plan], whole: true };
    }
    let frame = vec![[west, south], [east, south], [east, north], [west, north]];
    let inside = plans_of_shapes(intersection(&plan.rings, &[frame]), min_area_m2);
    CutPlan { inside, whole: false }
}

/// OpenMapTiles `class` of `water`, `landcover` and `landuse`.
fn kind_of(area: &RawArea) -> AreaKind {
    match area.class.as_str() {
        "lake" | "river" | "pond" | "ocean" | "dock" | "swimming_pool" => AreaKind::Water,
        "grass" => AreaKind::Grass,
        "wood" => AreaKind::Wood,
        _ => AreaKind::LandUse,
    }
}
