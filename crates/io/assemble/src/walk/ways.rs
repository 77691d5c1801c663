//! Lines of OpenStreetMap that people walk on, on the level they run on.

use futago_field::Report;
use futago_raw::{Raw, RawLine, RawUndergroundWay};
use rayon::prelude::*;

use crate::lines::cut;
use crate::project::{Mm, Projector};

use super::WalkRules;
use super::geometry::{Near, samples};

/// The level of decks and footbridges, as the station's floors are counted.
pub(crate) const DECK: f32 = 2.0;

/// Below this rough height (metres) an underground way is on the second basement: the extract knows -6.5 and -13.5.
const SECOND_BASEMENT_BELOW_M: f64 = -10.0;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Footway or path.
    Footway,
    /// Pedestrian street or square.
    Pedestrian,
    /// A carriageway; people walk on its pavement.
    Street { main: bool },
    /// A passage below the ground.
    Underground,
}

/// One line on one level.
#[derive(Debug, Clone)]
pub(crate) struct WayLine {
    pub line: Vec<Mm>,
    pub way: Way,
    pub level: f32,
    pub steps: bool,
    /// Roofed, as a street under a railway.
    pub covered: bool,
    /// From the extract of underground ways, which has no tags: what is not said may be stairs.
    pub untagged: bool,
    pub name: Option<String>,
    /// File and feature.
    pub place: String,
    /// Index of the source key.
    pub source: u8,
}

impl WayLine {
    pub fn is_street(&self) -> bool {
        matches!(self.way, Way::Street { .. })
    }
}

/// The walkable lines of a file, cut at the bounds.
pub(crate) fn lines_of(
    file: &Raw<RawLine>,
    projector: &Projector<'_>,
    bounds: [i32; 4],
    report: &mut Report,
) -> Vec<WayLine> {
    report.extend(file.report.clone());
    let read = |raw: &RawLine| {
        let (mut lines, mut entries) = (Vec::new(), Report::default());
        let Some((way, level, covered)) = sort_of(raw) else { return (lines, entries) };
        for line in &raw.lines {
            let place = file.place(raw.index);
            match projector.line_mm(line) {
                Err(trouble) => {
                    entries.add(
                        "bad-coordinates",
                        label(raw),
                        place,
                        format!("{trouble}; this line was left out"),
                    );
                }
                Ok(mut line) => {
                    line.dedup();
                    lines.extend(cut(&line, bounds).into_iter().map(|line| WayLine {
                        line,
                        way,
                        level,
                        steps: raw.subclass.as_deref() == Some("steps"),
                        covered,
                        untagged: false,
                        name: raw.name.clone(),
                        place: place.clone(),
                        source: 0,
                    }));
                }
            }
        }
        (lines, entries)
    };
    let found: Vec<(Vec<WayLine>, Report)> = file.features.par_iter().map(read).collect();
    let mut ways: Vec<WayLine> = Vec::new();
    for (lines, entries) in found {
        report.extend(entries);
        ways.extend(lines);
    }
    // The tiles overlap: a line may come twice, in either direction.
    let (mut seen, count) = (std::collections::HashSet::new(), ways.len());
    ways.retain(|way| {
        let forward = way.line.first() <= way.line.last();
        let line = if forward { way.line.clone() } else { way.line.iter().rev().copied().collect() };
        seen.insert((line, way.level as i32, way.steps))
    });
    if ways.len() < count {
        let action = format!("{} lines are the same as an earlier one; left out", count - ways.len());
        report.add("duplicate-feature", "", file.file.as_str(), action);
    }
    ways
}

fn label(raw: &RawLine) -> &str {
    raw.name.as_deref().unwrap_or(&raw.class)
}

/// What a line is, on which level, and whether it is roofed; none when nobody walks on it.
fn sort_of(raw: &RawLine) -> Option<(Way, f32, bool)> {
    let way = match raw.class.as_str() {
        "path" => Way::Footway,
        "pedestrian" => Way::Pedestrian,
        "trunk" | "primary" | "secondary" | "tertiary" => Way::Street { main: true },
        "minor" | "service" | "track" => Way::Street { main: false },
        _ => return None,
    };
    let street = matches!(way, Way::Street { .. });
    match raw.brunnel.as_deref() {
        Some("bridge") => Some((way, DECK, false)),
        // A trunk road's tunnel is for cars, a service road's a garage; other streets pass under railways.
        Some("tunnel") if street => {
            (!matches!(raw.class.as_str(), "trunk" | "service")).then_some((way, 0.0, true))
        }
        Some("tunnel") => Some((Way::Underground, -1.0, true)),
        _ => Some((way, 0.0, false)),
    }
}

/// The lines of an extract of underground ways, cut at the bounds.
pub(crate) fn underground_of(
    file: &Raw<RawUndergroundWay>,
    projector: &Projector<'_>,
    bounds: [i32; 4],
    report: &mut Report,
) -> Vec<WayLine> {
    report.extend(file.report.clone());
    let mut ways = Vec::new();
    for raw in &file.features {
        let place = file.place(raw.index);
        let mut line = match projector.line_mm(&raw.line) {
            Ok(line) => line,
            Err(trouble) => {
                report.add("bad-coordinates", "", place, format!("{trouble}; left out"));
                continue;
            }
        };
        line.dedup();
        if line.len() < 2 {
            report.add("zero-length", "", place, "its vertices are one place; left out");
            continue;
        }
        let height_m = raw.height_m.unwrap_or_else(|| {
            report.add("missing-level", "", place.as_str(), "it has no height; taken as the first basement");
            -1.0
        });
        let level = if height_m < SECOND_BASEMENT_BELOW_M { -2.0 } else { -1.0 };
        ways.extend(cut(&line, bounds).into_iter().map(|line| WayLine {
            line,
            way: Way::Underground,
            level,
            steps: false,
            covered: true,
            untagged: true,
            name: None,
            place: place.clone(),
            source: 1,
        }));
    }
    ways
}

/// Leaves out tunnels of the street file that the underground extract has too, and takes from them which of
/// its ways are stairs.
pub(crate) fn without_twins(
    mut lines: Vec<WayLine>,
    mut underground: Vec<WayLine>,
    rules: &WalkRules,
    report: &mut Report,
) -> Vec<WayLine> {
    let within_m = 2.0 * rules.same_place_m;
    let all = |ways: &[WayLine], wanted: fn(&WayLine) -> bool| {
        let lines = ways.iter().enumerate().filter(|(_, way)| wanted(way));
        Near::new(
            lines.map(|(index, way)| (index as u32, way.line.as_slice())).collect::<Vec<_>>().into_iter(),
        )
    };
    let stairs = all(&lines, |way| way.steps && way.way == Way::Underground);
    let twins = all(&underground, |_| true);
    let runs_along = |line: &[Mm], near: &Near| {
        let points = samples(line, 1.0);
        let close = points.iter().filter(|at| near.nearest(**at, within_m, |_| true).is_some()).count();
        close as f64 >= rules.covered_share * points.len() as f64
    };
    underground.par_iter_mut().for_each(|way| way.steps = runs_along(&way.line, &stairs));
    let twin: Vec<bool> =
        lines.par_iter().map(|way| way.way == Way::Underground && runs_along(&way.line, &twins)).collect();
    let count = twin.iter().filter(|twin| **twin).count();
    if count > 0 {
        let action = format!("{count} underground lines run along one of the underground extract; left out");
        report.add("walk-twice", "", lines[0].place.split(',').next().unwrap_or_default(), action);
    }
    let mut flags = twin.into_iter();
    lines.retain(|_| !flags.next().unwrap_or(false));
    lines.extend(underground);
    lines
}
