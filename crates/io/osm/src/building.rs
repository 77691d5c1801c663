//! Buildings and their parts.

use futago_field::Report;
use futago_raw::{OsmId, RawOsmBuilding};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::classes::{metres_of, storeys_of};
use crate::element::{Member, Role};
use crate::extract::{Extract, Form};
use crate::kept::KeptRelation;
use crate::tags::{Key, Tags};

/// No building is higher, metres.
const MAX_HEIGHT_M: f64 = 1000.0;

/// Which ways and relations are buildings.
#[derive(Debug, Default)]
pub(crate) struct Index {
    outlines: Vec<Outline>,
    /// Of a part that a relation names, its building.
    building_of: FxHashMap<u32, u32>,
}

/// What draws a building, by its place among those that are kept.
#[derive(Debug, Clone, Copy)]
enum Outline {
    Way(u32),
    Relation(u32),
}

/// The buildings of an extract, by index. Each is made when it is asked for: an extract may have millions.
#[derive(Debug, Clone, Copy)]
pub struct OsmBuildings<'e> {
    pub(crate) extract: &'e Extract,
}

impl OsmBuildings<'_> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.extract.buildings.outlines.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file that they are from.
    pub fn file(&self) -> &str {
        &self.extract.file
    }

    /// The way or relation that draws one.
    ///
    /// # Panics
    /// Beyond the last.
    pub fn id(&self, index: usize) -> OsmId {
        let kept = &self.extract.kept;
        match self.extract.buildings.outlines[index] {
            Outline::Way(way) => OsmId::Way(kept.ways.id(way as usize)),
            Outline::Relation(relation) => OsmId::Relation(kept.relations[relation as usize].id),
        }
    }

    /// How one is named in the Report: the file and its id.
    ///
    /// # Panics
    /// Beyond the last.
    pub fn place(&self, index: usize) -> String {
        format!("{}, {}", self.extract.file, self.id(index))
    }

    /// One building or part, and the values of its tags that could not be read.
    ///
    /// # Panics
    /// Beyond the last.
    pub fn get(&self, index: usize) -> (RawOsmBuilding, Report) {
        let Extract { kept, drawn, buildings, .. } = self.extract;
        let (tags, parts) = match buildings.outlines[index] {
            Outline::Way(way) => {
                (kept.tags(way as usize), kept.polygon(way as usize).into_iter().collect::<Vec<_>>())
            }
            Outline::Relation(relation) => {
                let relation = relation as usize;
                (&kept.relations[relation].tags, drawn[relation].polygons.clone())
            }
        };
        let mut bad = Vec::new();
        let raw = RawOsmBuilding {
            index: index as u32,
            part: is_part(tags),
            building: buildings.building_of.get(&(index as u32)).copied(),
            height_m: metres_of(tags, Key::Height, MAX_HEIGHT_M, &mut bad),
            min_height_m: metres_of(tags, Key::MinHeight, MAX_HEIGHT_M, &mut bad),
            levels: storeys_of(tags, Key::BuildingLevels, &mut bad),
            min_level: storeys_of(tags, Key::BuildingMinLevel, &mut bad),
            name: tags.get(Key::Name).or_else(|| tags.get(Key::NameJa)).map(str::to_owned),
            name_en: tags.get(Key::NameEn).map(str::to_owned),
            parts,
        };
        let report = match bad.is_empty() {
            true => Report::default(),
            false => self.extract.bad_values(self.id(index), tags, bad),
        };
        (raw, report)
    }
}

fn is_part(tags: &Tags) -> bool {
    !tags.has(Key::Building) && tags.has(Key::BuildingPart)
}

/// Finds the buildings among what was kept: ways first, then multipolygons.
pub(crate) fn index(extract: &Extract) -> Index {
    let kept = &extract.kept;
    let is_drawn = |way: &u32| {
        let way = *way as usize;
        kept.uses(way).building && kept.form(way) == Form::Area && kept.is_whole(way)
    };
    let mut outlines: Vec<Outline> = (0..kept.ways.len() as u32).filter(is_drawn).map(Outline::Way).collect();
    let relations = kept.relations.iter().zip(&extract.drawn).enumerate();
    let relations = relations.filter(|(_, (relation, drawn))| {
        crate::classes::is_building(&relation.tags) && !drawn.polygons.is_empty()
    });
    outlines.extend(relations.map(|(relation, _)| Outline::Relation(relation as u32)));
    let building_of = buildings_of_parts(extract, &outlines);
    Index { outlines, building_of }
}

/// Which building parts belong to, where relations of type `building` say so.
fn buildings_of_parts(extract: &Extract, outlines: &[Outline]) -> FxHashMap<u32, u32> {
    let kept = &extract.kept;
    let id_of = |member: &Member| match member.is_way {
        true => OsmId::Way(member.id),
        false => OsmId::Relation(member.id),
    };
    let groups: Vec<&KeptRelation> =
        kept.relations.iter().filter(|relation| relation.tags.is(Key::Type, "building")).collect();
    let members: FxHashSet<OsmId> =
        groups.iter().flat_map(|relation| relation.members.iter().map(id_of)).collect();
    let mut index_of: FxHashMap<OsmId, (u32, bool)> = FxHashMap::default();
    for (index, outline) in outlines.iter().enumerate().filter(|_| !members.is_empty()) {
        let (id, tags) = match *outline {
            Outline::Way(way) => (OsmId::Way(kept.ways.id(way as usize)), kept.tags(way as usize)),
            Outline::Relation(relation) => {
                let relation = &kept.relations[relation as usize];
                (OsmId::Relation(relation.id), &relation.tags)
            }
        };
        if members.contains(&id) {
            index_of.insert(id, (index as u32, is_part(tags)));
        }
    }
    let mut building_of = FxHashMap::default();
    for relation in groups {
        let members = relation.members.iter();
        let members: Vec<_> =
            members.filter_map(|member| Some((member.role, *index_of.get(&id_of(member))?))).collect();
        let outline = members.iter().find(|(role, _)| *role == Role::Outline).map(|(_, found)| *found);
        let Some((outline, false)) = outline else { continue };
        for (_, (index, part)) in members.iter().filter(|(role, _)| *role == Role::Part) {
            if *part && *index != outline {
                building_of.insert(*index, outline);
            }
        }
    }
    building_of
}
