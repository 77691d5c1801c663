//! Ways in the site, cut at its bounds; each vertex still knows its node.

use futago_field::Report;
use futago_raw::{OsmId, RawWalkWay};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::lines::cut;
use crate::project::{Mm, Projector};

use super::WalkExtract;
use super::storeys::Storeys;

/// A vertex of a way; without a node where the way was cut at the bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Vertex {
    pub node: Option<i64>,
    pub at: Mm,
}

/// A way, or a part of one, within the bounds.
pub(super) struct Piece<'r> {
    pub raw: &'r RawWalkWay,
    pub id: OsmId,
    pub storeys: Storeys,
    pub line: Vec<Vertex>,
    /// File and way, for the Report.
    pub place: String,
}

impl Piece<'_> {
    /// How the Report calls it.
    pub fn label(&self) -> &str {
        self.raw.name.as_deref().unwrap_or_default()
    }
}

/// The pieces of all extracts, in their order.
pub(super) fn pieces<'r>(
    extracts: &[WalkExtract<'r>],
    projector: &Projector<'_>,
    bounds: [i32; 4],
    report: &mut Report,
) -> Vec<Piece<'r>> {
    let mut pieces = Vec::new();
    let mut known: FxHashSet<OsmId> = FxHashSet::default();
    for extract in extracts {
        let file = extract.ways;
        let id_of = |raw: &RawWalkWay| file.osm_ids.get(raw.index as usize).copied().unwrap_or(OsmId::Way(0));
        let read = |raw: &'r RawWalkWay| {
            if known.contains(&id_of(raw)) || raw.nodes.len() != raw.line.len() {
                return Ok(Vec::new());
            }
            let line = projector.line_mm(&raw.line)?;
            let vertices = raw.nodes.iter().zip(line).map(|(node, at)| Vertex { node: Some(*node), at });
            Ok(within(&vertices.collect::<Vec<_>>(), bounds))
        };
        let found: Vec<Result<Vec<Vec<Vertex>>, String>> = file.features.par_iter().map(read).collect();
        for (raw, found) in file.features.iter().zip(found) {
            let place = file.place(raw.index);
            match found {
                Ok(lines) => pieces.extend(lines.into_iter().map(|line| Piece {
                    raw,
                    id: id_of(raw),
                    storeys: Storeys::of(raw),
                    line,
                    place: place.clone(),
                })),
                Err(trouble) => {
                    let name = raw.name.as_deref().unwrap_or_default();
                    report.add("bad-coordinates", name, place, format!("{trouble}; this way was left out"));
                }
            }
        }
        known.extend(file.osm_ids.iter().copied());
    }
    pieces
}

/// The parts of a line within the bounds.
fn within(line: &[Vertex], bounds: [i32; 4]) -> Vec<Vec<Vertex>> {
    let mut parts: Vec<Vec<Vertex>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let [a, b] = [pair[0], pair[1]];
        let inside = match a.at == b.at {
            true => {
                let [west, south, east, north] = bounds;
                let [e, n] = a.at;
                (e >= west && e <= east && n >= south && n <= north).then_some([a, b])
            }
            false => cut(&[a.at, b.at], bounds).first().map(|part| {
                let own =
                    |at: Mm, vertex: Vertex| Vertex { node: vertex.node.filter(|_| at == vertex.at), at };
                [own(part[0], a), own(part[part.len() - 1], b)]
            }),
        };
        let Some([from, to]) = inside else {
            open = false;
            continue;
        };
        match parts.last_mut().filter(|_| open && from == a) {
            Some(part) => part.push(to),
            None => parts.push(vec![from, to]),
        }
        open = to == b;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_has_no_node_there() {
        let vertex = |node: i64, at: Mm| Vertex { node: Some(node), at };
        let line = [vertex(1, [50, 50]), vertex(2, [150, 50]), vertex(3, [150, 80]), vertex(4, [50, 80])];
        let parts = within(&line, [0, 0, 100, 100]);
        let cut = |at: Mm| Vertex { node: None, at };
        assert_eq!(parts, [vec![line[0], cut([100, 50])], vec![cut([100, 80]), line[3]]]);
        assert_eq!(within(&line, [0, 0, 200, 200]), [line.to_vec()]);
    }
}
