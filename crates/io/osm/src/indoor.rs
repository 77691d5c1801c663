//! Rooms, corridors and whole floors inside buildings, by the tagging of simple indoor maps.

use futago_field::CappedReport;
use futago_raw::{OsmId, Raw, RawFloorPart, RawPolygon};

use crate::extract::Extract;
use crate::tags::{Key, Tags, levels};

/// What is inside buildings.
#[derive(Debug, Clone, PartialEq)]
pub struct Indoor {
    /// `indoor=level`: outlines of whole floors.
    pub floors: Raw<RawFloorPart>,
    /// `indoor=room`, `area`, `corridor`: what is on them.
    pub spaces: Raw<RawFloorPart>,
}

/// What `indoor` says of a closed way or multipolygon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Floor,
    Space,
}

fn part_of(tags: &Tags) -> Option<Part> {
    match tags.get(Key::Indoor)? {
        "level" => Some(Part::Floor),
        "room" | "area" | "corridor" => Some(Part::Space),
        _ => None,
    }
}

/// Whether closed ways and multipolygons with these tags are part of a floor.
pub(crate) fn is_part(tags: &Tags) -> bool {
    part_of(tags).is_some() && !tags.is(Key::Area, "no")
}

impl Extract {
    /// Floors and what is on them. What is on several levels comes once for each, under one id; `ordinal` is the level
    /// as OpenStreetMap counts it, 0 at the ground. What names no level, or one that cannot be read, is left out and
    /// reported: an indoor map without levels does not say what lies over what.
    pub fn indoor(&self) -> Indoor {
        let (mut floors, mut spaces) = (Raw::empty(&self.file), Raw::empty(&self.file));
        let mut report = self.capped();
        let kept = &self.kept;
        let ways = (0..kept.ways.len()).filter(|way| kept.is_floor_part(*way));
        let of_ways = ways.filter_map(|way| {
            Some((OsmId::Way(kept.ways.id(way)), kept.tags(way), vec![kept.polygon(way)?]))
        });
        let of_relations = self.multipolygons().map(|(id, tags, drawn)| (id, tags, drawn.polygons.clone()));
        for (id, tags, polygons) in of_ways.chain(of_relations.filter(|(_, tags, _)| is_part(tags))) {
            let to = if part_of(tags) == Some(Part::Floor) { &mut floors } else { &mut spaces };
            match levels_of(tags) {
                Ok(levels) => add(id, tags, &levels, &polygons, to),
                Err(problem) => self.note_level(id, tags, problem, &mut report),
            }
        }
        floors.report = report.finish(&self.file);
        Indoor { floors, spaces }
    }

    fn note_level(&self, id: OsmId, tags: &Tags, problem: String, report: &mut CappedReport) {
        let (name, place) = (tags.name().unwrap_or_default(), format!("{}, {id}", self.file));
        report.add("osm-indoor-level", &name, &place, format!("{problem}; not part of a floor"));
    }
}

/// Levels from `level` and `repeat_on`, lowest first; else what is wrong with them.
fn levels_of(tags: &Tags) -> Result<Vec<f64>, String> {
    let read = |key: Key| match tags.get(key) {
        Some(text) => levels(text).ok_or_else(|| format!("`{}` is `{text}`, which is no level", key.name())),
        None => Ok(Vec::new()),
    };
    let mut found = read(Key::Level)?;
    found.extend(read(Key::RepeatOn)?);
    found.sort_unstable_by(f64::total_cmp);
    found.dedup();
    match found.is_empty() {
        true => {
            Err(format!("it is `indoor={}` and has no `level`", tags.get(Key::Indoor).unwrap_or_default()))
        }
        false => Ok(found),
    }
}

fn add(id: OsmId, tags: &Tags, levels: &[f64], polygons: &[RawPolygon], to: &mut Raw<RawFloorPart>) {
    let short = match id {
        OsmId::Node(id) => format!("n{id}"),
        OsmId::Way(id) => format!("w{id}"),
        OsmId::Relation(id) => format!("r{id}"),
    };
    let closed = matches!(tags.get(Key::Access), Some("no" | "private"));
    // A room says what kind it is; the rest is what `indoor` calls it.
    let category = tags.get(Key::Room).or_else(|| tags.get(Key::Indoor));
    for level in levels {
        to.features.push(RawFloorPart {
            index: to.features.len() as u32,
            id: Some(short.clone()),
            floor_id: None,
            name: tags.name(),
            category: category.map(str::to_owned),
            ordinal: Some(*level),
            restricted: closed.then_some(1),
            toll: None,
            parts: polygons.to_vec(),
        });
        to.osm_ids.push(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_where_they_are_repeated() {
        let of = |tags: &[(Key, &str)]| levels_of(&Tags::of(tags));
        assert_eq!(of(&[(Key::Level, "-1"), (Key::RepeatOn, "0;2")]), Ok(vec![-1.0, 0.0, 2.0]));
        assert_eq!(of(&[(Key::Level, "0-2")]), Ok(vec![0.0, 1.0, 2.0]));
        assert_eq!(of(&[(Key::Level, "B1")]), Err("`level` is `B1`, which is no level".to_owned()));
        assert_eq!(of(&[(Key::Indoor, "room")]), Err("it is `indoor=room` and has no `level`".to_owned()));
    }
}
