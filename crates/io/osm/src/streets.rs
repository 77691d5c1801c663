//! Lines and areas in the classes of OpenMapTiles.

use futago_raw::{OsmId, Raw, RawArea, RawLine, RawPolygon, WayKind};
use rayon::prelude::*;

use crate::classes::{area_class, is_building, line_class, way_kind};
use crate::extract::{Extract, Form};
use crate::tags::Tags;

/// Ways that are worked on together.
const TOGETHER: usize = 1 << 14;

impl Extract {
    /// Streets, railways, water lines.
    pub fn lines(&self) -> Raw<RawLine> {
        let kept = &self.kept;
        let ways: Vec<usize> = (0..kept.ways.len()).filter(|way| kept.is_line(*way)).collect();
        let mut found = Raw::empty(&self.file);
        found.features.reserve(ways.len());
        found.osm_ids.reserve(ways.len());
        for ways in ways.chunks(TOGETHER) {
            let lines: Vec<Option<RawLine>> = ways.par_iter().map(|way| line(*way, self)).collect();
            for (way, line) in ways.iter().zip(lines) {
                let Some(line) = line else { continue };
                let index = found.features.len() as u32;
                found.features.push(RawLine { index, ..line });
                found.osm_ids.push(OsmId::Way(kept.ways.id(*way)));
            }
        }
        found
    }

    /// Areas in the order in which they are drawn: land use, grounds, green, water.
    pub fn areas(&self) -> Raw<RawArea> {
        let kept = &self.kept;
        let ways = (0..kept.ways.len()).filter(|way| kept.form(*way) == Form::Area);
        let ways = ways.filter(|way| kept.uses(*way).area && !kept.uses(*way).building);
        let of_ways = ways.filter_map(|way| {
            let polygon = kept.polygon(way)?;
            ranked(OsmId::Way(kept.ways.id(way)), kept.tags(way), vec![polygon])
        });
        let of_relations = self.multipolygons().filter(|(_, tags, _)| !is_building(tags));
        let of_relations =
            of_relations.filter_map(|(id, tags, drawn)| ranked(id, tags, drawn.polygons.clone()));
        let mut all: Vec<_> = of_ways.chain(of_relations).collect();
        // Of one rank in the order of the file.
        all.sort_by_key(|(rank, ..)| *rank);
        let mut found = Raw::empty(&self.file);
        for (_, id, area) in all {
            let index = found.features.len() as u32;
            found.features.push(RawArea { index, ..area });
            found.osm_ids.push(id);
        }
        found
    }
}

fn line(way: usize, extract: &Extract) -> Option<RawLine> {
    let kept = &extract.kept;
    let tags = kept.tags(way);
    let (class, subclass, brunnel) = line_class(tags)?;
    let stretches = kept.nodes.stretches(kept.ways.nodes(way));
    let lines: Vec<_> = stretches.filter_map(|stretch| kept.nodes.line(stretch)).collect();
    let name = tags.name();
    (!lines.is_empty()).then(|| RawLine { index: 0, class: class.to_owned(), subclass, brunnel, name, lines })
}

/// An area with its place in the order of drawing.
fn ranked(id: OsmId, tags: &Tags, parts: Vec<RawPolygon>) -> Option<(u8, OsmId, RawArea)> {
    let (rank, class, subclass) = area_class(tags)
        .or_else(|| (way_kind(tags) == Some(WayKind::Platform)).then(|| (1, "platform".to_owned(), None)))?;
    Some((rank, id, RawArea { index: 0, class, subclass, parts }))
}
