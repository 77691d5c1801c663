//! What an extract says, and how it becomes raw features: kind by kind, when somebody asks.
//!
//! Features take several times the room of what they are made of. So [`read`] leaves ways, tags and places as the
//! passes kept them, and an importer makes one kind, uses it up, and makes the next.

use futago_field::{CappedReport, Report};
use futago_raw::{OsmId, RawPolygon};
use rayon::prelude::*;

use crate::building::{self, OsmBuildings};
use crate::classes::BadValue;
use crate::element::{NOWHERE, degrees};
use crate::kept::KeptRelation;
use crate::passes::{Kept, passes};
use crate::rings::turned;
use crate::scan::Source;
use crate::sets::Uses;
use crate::shape::{Drawn, polygons_of};
use crate::tags::{Key, Tags};
use crate::{Open, Options, OsmError, Progress};

/// What an extract says.
#[derive(Debug)]
pub struct Extract {
    /// West, south, east, north as the file names them, degrees.
    pub bounds: Option<[f64; 4]>,
    /// What could not be taken as it stood. What is wrong with single features is in their own reports.
    pub report: Report,
    pub(crate) file: String,
    pub(crate) kept: Kept,
    /// What each relation draws.
    pub(crate) drawn: Vec<Drawn>,
    pub(crate) buildings: building::Index,
    pub(crate) entries_per_code: usize,
}

/// What a way is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// An area, a building, or both an area and ways for people round it.
    Area,
    /// A line, a way for people, or both.
    Line,
    /// Nothing by itself.
    None,
}

/// Reads an extract. `open` is called once for each pass.
///
/// # Errors
/// When the file cannot be read, is neither OSM XML nor PBF, is damaged or cut, or goes beyond a limit.
pub fn read<'s>(
    open: Open<'s>,
    file: &'s str,
    options: &'s Options,
    progress: Progress<'s>,
) -> Result<Extract, OsmError> {
    let mut source = Source::new(file, &options.limits, open, progress)?;
    let kept = passes(&mut source, options)?;
    let bounds = source.bounds.filter(|[west, south, east, north]| {
        west <= east
            && south <= north
            && west.abs().max(east.abs()) <= 180.0
            && south.abs().max(north.abs()) <= 90.0
    });
    let entries_per_code = options.limits.entries_per_code;
    let mut report = CappedReport::new(entries_per_code);
    let draws = |relation: &KeptRelation| match relation.tags.is(Key::Type, "multipolygon") {
        true => polygons_of(relation, &kept, file),
        false => (Drawn::default(), Report::default()),
    };
    let drawn: Vec<_> = kept.relations.par_iter().map(draws).collect();
    let drawn = drawn.into_iter().map(|(drawn, entries)| {
        report.extend(entries);
        drawn
    });
    let drawn: Vec<Drawn> = drawn.collect();
    note(&kept, file, &mut report);
    let mut extract = Extract {
        bounds,
        report: report.finish(file),
        file: file.to_owned(),
        kept,
        drawn,
        buildings: building::Index::default(),
        entries_per_code,
    };
    extract.buildings = building::index(&extract);
    Ok(extract)
}

impl Extract {
    /// West, south, east, north of all places that kept ways go through, degrees; none without one.
    pub fn extent(&self) -> Option<[f64; 4]> {
        let mut found: Option<[i32; 4]> = None;
        for [lon, lat] in self.kept.nodes.at.iter().filter(|at| **at != NOWHERE) {
            let b = found.unwrap_or([*lon, *lat, *lon, *lat]);
            found = Some([b[0].min(*lon), b[1].min(*lat), b[2].max(*lon), b[3].max(*lat)]);
        }
        let [west, south, east, north] = found?;
        let ([west, south], [east, north]) = (degrees([west, south]), degrees([east, north]));
        Some([west, south, east, north])
    }

    /// Buildings and their parts.
    pub fn buildings(&self) -> OsmBuildings<'_> {
        OsmBuildings { extract: self }
    }

    /// Multipolygons that draw something: each with what it draws.
    pub(crate) fn multipolygons(&self) -> impl Iterator<Item = (OsmId, &Tags, &Drawn)> {
        let relations = self.kept.relations.iter().zip(&self.drawn);
        let relations = relations.filter(|(_, drawn)| !drawn.polygons.is_empty());
        relations.map(|(relation, drawn)| (OsmId::Relation(relation.id), &relation.tags, drawn))
    }

    /// An empty Report of features.
    pub(crate) fn capped(&self) -> CappedReport {
        CappedReport::new(self.entries_per_code)
    }

    /// Notes values that could not be read.
    pub(crate) fn bad_values(&self, id: OsmId, tags: &Tags, bad: Vec<BadValue>) -> Report {
        let mut report = Report::default();
        for (key, value) in bad {
            let (name, place) = (tags.name().unwrap_or_default(), format!("{}, {id}", self.file));
            report.add("bad-property", name, place, format!("`{}` is `{value}`; not used", key.name()));
        }
        report
    }
}

impl Kept {
    pub fn uses(&self, way: usize) -> Uses {
        self.sets.uses(self.ways.set(way))
    }

    pub fn tags(&self, way: usize) -> &Tags {
        self.sets.tags(self.ways.set(way))
    }

    pub fn form(&self, way: usize) -> Form {
        let uses = self.uses(way);
        match () {
            () if (uses.area || uses.building) && self.closes(way) => Form::Area,
            () if uses.walk || self.is_line(way) => Form::Line,
            () => Form::None,
        }
    }

    /// A line that is drawn.
    pub fn is_line(&self, way: usize) -> bool {
        self.uses(way).line && !self.closes(way)
    }

    /// A closed way that is a room, or another part of a floor; it may be a line as well, for those who walk there.
    pub fn is_floor_part(&self, way: usize) -> bool {
        self.uses(way).floor_part && self.is_ring(way)
    }

    /// Closed, and rather an area than a line.
    fn closes(&self, way: usize) -> bool {
        self.uses(way).closes && self.is_ring(way)
    }

    fn is_ring(&self, way: usize) -> bool {
        let nodes = self.ways.nodes(way);
        nodes.len() > 3 && nodes.first() == nodes.last()
    }

    /// Whether the extract has all of its nodes.
    pub fn is_whole(&self, way: usize) -> bool {
        self.ways.nodes(way).iter().all(|node| self.nodes.is_there(*node))
    }

    /// The polygon of a closed way; none when the extract lacks a node of it.
    pub fn polygon(&self, way: usize) -> Option<RawPolygon> {
        let ring = self.nodes.line(self.ways.nodes(way))?;
        Some(RawPolygon { rings: vec![turned(ring, true)] })
    }
}

/// What is wrong with the extract as a whole, and with elements that could not be read.
fn note(kept: &Kept, file: &str, report: &mut CappedReport) {
    let missing = kept.nodes.at.iter().filter(|at| **at == NOWHERE).count();
    let ways = (0..kept.ways.len()).into_par_iter();
    let is_drawn = |way: usize| kept.form(way) != Form::None || kept.is_floor_part(way);
    let cut = |way: &usize| is_drawn(*way) && !kept.is_whole(*way);
    let cut_ways = if missing == 0 { 0 } else { ways.filter(cut).count() };
    if cut_ways > 0 {
        let action = format!(
            "{cut_ways} ways go through {missing} nodes that the extract lacks; they are cut there, areas left out"
        );
        report.add("osm-missing-node", "", file, action);
    }
    if kept.ways.twice > 0 {
        let action = format!("{} ways come twice; the first is taken", kept.ways.twice);
        report.add("duplicate-feature", "", file, action);
    }
    for bad in &kept.bad {
        let place = bad.id.map_or(file.to_owned(), |id| format!("{file}, id {id}"));
        report.add("bad-feature", bad.kind, &place, format!("{}; left out", bad.problem));
    }
}
