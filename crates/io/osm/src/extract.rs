//! What is kept to raw features.

use futago_field::{CappedReport, Report};
use futago_raw::{
    OsmId, Raw, RawArea, RawLine, RawOsmBuilding, RawPolygon, RawWalkSpot, RawWalkWay, WayKind,
};

use crate::classes::{BadValue, area_class, is_area, is_building, line_class, way_kind};
use crate::passes::{Kept, passes};
use crate::scan::Source;
use crate::shape::{Run, polygon_of_way, polygons_of, runs};
use crate::tags::Tags;
use crate::{Open, Options, OsmError, Progress, building, walk};

/// What an extract says.
#[derive(Debug, Clone, PartialEq)]
pub struct Extract {
    /// West, south, east, north as the file names them, degrees.
    pub bounds: Option<[f64; 4]>,
    /// Streets, railways, water lines, in the classes of OpenMapTiles.
    pub lines: Raw<RawLine>,
    /// Areas in the order in which they are drawn: land use, grounds, green, water.
    pub areas: Raw<RawArea>,
    /// Ways for people.
    pub walk_ways: Raw<RawWalkWay>,
    /// Lifts and doors on them.
    pub walk_spots: Raw<RawWalkSpot>,
    /// Buildings and their parts.
    pub buildings: Raw<RawOsmBuilding>,
    /// What could not be taken as it stood.
    pub report: Report,
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
    let mut reading = Reading {
        file,
        kept: &kept,
        extract: Extract {
            bounds,
            lines: Raw::empty(file),
            areas: Raw::empty(file),
            walk_ways: Raw::empty(file),
            walk_spots: Raw::empty(file),
            buildings: Raw::empty(file),
            report: Report::default(),
        },
        ranks: Vec::new(),
        report: CappedReport::new(options.limits.entries_per_code),
        cut_ways: 0,
        rings: Vec::new(),
    };
    for index in 0..kept.ways.len() {
        reading.add_way(index);
    }
    for relation in kept.relations.iter().filter(|relation| relation.tags.is("type", "multipolygon")) {
        let drawn = polygons_of(relation, &mut reading);
        reading.rings = drawn.outer;
        reading.add_polygons(OsmId::Relation(relation.id), &relation.tags, drawn.polygons);
    }
    building::join_parts(&kept.relations, &mut reading);
    walk::add_spots(&mut reading);
    Ok(reading.finish())
}

/// An extract on its way.
pub(crate) struct Reading<'k> {
    pub file: &'k str,
    pub kept: &'k Kept,
    pub extract: Extract,
    /// Place of each area in the order of drawing.
    ranks: Vec<u8>,
    pub report: CappedReport,
    /// Ways that go through nodes that the extract lacks.
    pub cut_ways: usize,
    /// Outer rings of the relation at work.
    rings: Vec<Vec<i64>>,
}

impl Reading<'_> {
    fn add_way(&mut self, index: usize) {
        let kept = self.kept;
        let (id, tags, refs) =
            (OsmId::Way(kept.ways.ids[index]), &kept.ways.tags[index], kept.ways.refs(index));
        let closed = refs.len() > 3 && refs.first() == refs.last();
        let drawn = closed && is_area(tags) && (area_class(tags).is_some() || is_building(tags));
        if drawn {
            let polygon = polygon_of_way(refs, self);
            self.rings = vec![refs.to_vec()];
            self.add_polygons(id, tags, polygon.into_iter().collect());
            return;
        }
        let line = line_class(tags).filter(|_| !(closed && is_area(tags)));
        if line.is_none() && way_kind(tags).is_none() {
            return;
        }
        let runs = runs(refs, self);
        if let Some((class, subclass, brunnel)) = line
            && !runs.is_empty()
        {
            let lines = &mut self.extract.lines;
            lines.features.push(RawLine {
                index: lines.features.len() as u32,
                class: class.to_owned(),
                subclass,
                brunnel,
                name: tags.name(),
                lines: runs.iter().map(|run| run.line.clone()).collect(),
            });
            lines.osm_ids.push(id);
        }
        walk::add(id, tags, &runs, self);
    }

    /// Adds an area or a building, and the outline of an area that people walk on.
    fn add_polygons(&mut self, id: OsmId, tags: &Tags, polygons: Vec<RawPolygon>) {
        if polygons.is_empty() {
            return;
        }
        let area = area_class(tags).or_else(|| {
            (way_kind(tags) == Some(WayKind::Platform)).then(|| (1, "platform".to_owned(), None))
        });
        if way_kind(tags).is_some_and(|kind| kind != WayKind::Street) {
            let rings = std::mem::take(&mut self.rings);
            let outlines: Vec<Run> = rings.iter().flat_map(|ring| runs(ring, self)).collect();
            walk::add(id, tags, &outlines, self);
        }
        if is_building(tags) {
            building::add(id, tags, polygons, self);
        } else if let Some((rank, class, subclass)) = area {
            let areas = &mut self.extract.areas;
            areas.features.push(RawArea {
                index: areas.features.len() as u32,
                class,
                subclass,
                parts: polygons,
            });
            areas.osm_ids.push(id);
            self.ranks.push(rank);
        }
    }

    /// Notes values that could not be read.
    pub fn note_bad(&mut self, id: OsmId, tags: &Tags, bad: Vec<BadValue>) {
        for (key, value) in bad {
            let (name, place) = (tags.name().unwrap_or_default(), format!("{}, {id}", self.file));
            self.report.add("bad-property", &name, &place, format!("`{key}` is `{value}`; not used"));
        }
    }

    fn finish(mut self) -> Extract {
        let file = self.file;
        let missing = self.kept.nodes.at.iter().filter(|at| **at == crate::element::NOWHERE).count();
        if self.cut_ways > 0 {
            let action = format!(
                "{} ways go through {missing} nodes that the extract lacks; they are cut there, areas left out",
                self.cut_ways
            );
            self.report.add("osm-missing-node", "", file, action);
        }
        if self.kept.ways.twice > 0 {
            let action = format!("{} ways come twice; the first is taken", self.kept.ways.twice);
            self.report.add("duplicate-feature", "", file, action);
        }
        for bad in &self.kept.bad {
            let place = bad.id.map_or(file.to_owned(), |id| format!("{file}, id {id}"));
            self.report.add("bad-feature", bad.kind, &place, format!("{}; left out", bad.problem));
        }
        self.extract.report = self.report.finish(file);
        sort_by_rank(&mut self.extract.areas, &self.ranks);
        self.extract
    }
}

/// Areas in the order of drawing; of one rank in that of the file.
fn sort_by_rank(areas: &mut Raw<RawArea>, ranks: &[u8]) {
    let mut order: Vec<usize> = (0..ranks.len()).collect();
    order.sort_by_key(|index| ranks[*index]);
    let mut features: Vec<Option<RawArea>> =
        std::mem::take(&mut areas.features).into_iter().map(Some).collect();
    areas.features = order.iter().filter_map(|index| features[*index].take()).collect();
    areas.osm_ids = order.iter().map(|index| areas.osm_ids[*index]).collect();
    for (index, area) in areas.features.iter_mut().enumerate() {
        area.index = index as u32;
    }
}
