//! Buildings and their parts.

use futago_raw::{OsmId, RawOsmBuilding, RawPolygon};
use rustc_hash::FxHashMap;

use crate::classes::{metres_of, storeys_of};
use crate::element::Role;
use crate::extract::Reading;
use crate::kept::KeptRelation;
use crate::tags::Tags;

/// No building is higher, metres.
const MAX_HEIGHT_M: f64 = 1000.0;

/// Adds a building with its outline.
pub(crate) fn add(id: OsmId, tags: &Tags, parts: Vec<RawPolygon>, reading: &mut Reading<'_>) {
    if parts.is_empty() {
        return;
    }
    let mut bad = Vec::new();
    let raw = RawOsmBuilding {
        index: reading.extract.buildings.features.len() as u32,
        part: !tags.has("building") && tags.has("building:part"),
        building: None,
        height_m: metres_of(tags, "height", MAX_HEIGHT_M, &mut bad),
        min_height_m: metres_of(tags, "min_height", MAX_HEIGHT_M, &mut bad),
        levels: storeys_of(tags, "building:levels", &mut bad),
        min_level: storeys_of(tags, "building:min_level", &mut bad),
        name: tags.get("name").or_else(|| tags.get("name:ja")).map(str::to_owned),
        name_en: tags.get("name:en").map(str::to_owned),
        parts,
    };
    reading.note_bad(id, tags, bad);
    reading.extract.buildings.features.push(raw);
    reading.extract.buildings.osm_ids.push(id);
}

/// Tells parts which building they belong to, where relations of type `building` say so.
pub(crate) fn join_parts(relations: &[KeptRelation], reading: &mut Reading<'_>) {
    let buildings = &mut reading.extract.buildings;
    let index_of: FxHashMap<OsmId, u32> =
        buildings.osm_ids.iter().enumerate().map(|(index, id)| (*id, index as u32)).collect();
    for relation in relations.iter().filter(|relation| relation.tags.is("type", "building")) {
        let members = relation.members.iter().map(|member| {
            let id = if member.is_way { OsmId::Way(member.id) } else { OsmId::Relation(member.id) };
            (member.role, index_of.get(&id).copied())
        });
        let members: Vec<_> = members.filter_map(|(role, index)| Some((role, index?))).collect();
        let outline = members.iter().find(|(role, _)| *role == Role::Outline).map(|(_, index)| *index);
        let Some(outline) = outline.filter(|index| !buildings.features[*index as usize].part) else {
            continue;
        };
        for (_, index) in members.iter().filter(|(role, index)| *role == Role::Part && *index != outline) {
            let part = &mut buildings.features[*index as usize];
            part.building = part.part.then_some(outline);
        }
    }
}
