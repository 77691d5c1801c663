//! The elements of a block.

use prost::Message;
use prost::bytes::Bytes;

use super::schema::{DenseNodes, Node, PrimitiveBlock, PrimitiveGroup, Relation, Way};
use crate::element::{At, Collect, Kinds, Member, NOWHERE, Role, Tag};

/// A block with its texts.
pub(crate) struct Block {
    groups: Vec<PrimitiveGroup>,
    texts: Vec<Bytes>,
    granularity: i64,
    offset: [i64; 2],
}

const NOT_READABLE: &str = "it cannot be read";

impl Block {
    pub fn read(data: Bytes) -> Result<Self, String> {
        let block = PrimitiveBlock::decode(data).map_err(|error| error.to_string())?;
        let granularity = i64::from(block.granularity.unwrap_or(100));
        let offset = [block.lon_offset.unwrap_or(0), block.lat_offset.unwrap_or(0)];
        let texts = block.strings.map(|table| table.texts).unwrap_or_default();
        Ok(Self { groups: block.groups, texts, granularity, offset })
    }

    /// What kinds of elements are in it.
    pub fn kinds(&self) -> Kinds {
        let any = |holds: fn(&PrimitiveGroup) -> bool| self.groups.iter().any(holds);
        Kinds {
            nodes: any(|group| group.dense.is_some() || !group.nodes.is_empty()),
            ways: any(|group| !group.ways.is_empty()),
            relations: any(|group| !group.relations.is_empty()),
        }
    }

    /// A place from its numbers, in 1e-7 degrees.
    fn at(&self, lon: i64, lat: i64) -> At {
        let e7 = |axis: usize, value: i64, limit: i64| {
            let nano = self.granularity.checked_mul(value)?.checked_add(self.offset[axis])?;
            // Half up, as coordinates of XML are rounded; all have seven decimals by rule.
            (nano.abs() <= limit * 1_000_000_000).then(|| ((nano + 50).div_euclid(100)) as i32)
        };
        match (e7(0, lon, 180), e7(1, lat, 90)) {
            (Some(lon), Some(lat)) => [lon, lat],
            _ => NOWHERE,
        }
    }
}

/// Texts of a block as UTF-8; one that is none has no letters.
fn texts_of(block: &Block) -> Vec<&str> {
    block.texts.iter().map(|text| std::str::from_utf8(text).unwrap_or("")).collect()
}

/// Hands over the elements of the wanted kinds.
pub(crate) fn collect(block: &Block, kinds: Kinds, to: &mut impl Collect) {
    let texts = texts_of(block);
    let mut tags = Vec::new();
    for group in &block.groups {
        if kinds.nodes {
            if let Some(dense) = &group.dense {
                match DenseNodes::decode(dense.clone()) {
                    Ok(dense) => dense_nodes(block, &dense, &texts, to),
                    Err(_) => to.bad("nodes", None, NOT_READABLE),
                }
            }
            nodes(block, group, &texts, &mut tags, to);
        }
        if kinds.ways {
            ways(group, &texts, &mut tags, to);
        }
        if kinds.relations {
            relations(group, &texts, &mut tags, to);
        }
    }
}

fn text<'t>(texts: &[&'t str], index: u32) -> &'t str {
    texts.get(index as usize).copied().unwrap_or("")
}

fn tags_of<'t>(keys: &[u32], values: &[u32], texts: &[&'t str], into: &mut Vec<Tag<'t>>) {
    into.clear();
    into.extend(keys.iter().zip(values).map(|(key, value)| (text(texts, *key), text(texts, *value))));
}

fn dense_nodes(block: &Block, dense: &DenseNodes, texts: &[&str], to: &mut impl Collect) {
    let (mut id, mut lat, mut lon) = (0_i64, 0_i64, 0_i64);
    let mut tags: Vec<Tag<'_>> = Vec::new();
    let mut words = dense.keys_values.iter().map(|index| *index as u32);
    for ((id_step, lat_step), lon_step) in dense.ids.iter().zip(&dense.lats).zip(&dense.lons) {
        // Steps that leave 64 bits are damage; wrapped, they are no place.
        (id, lat, lon) =
            (id.wrapping_add(*id_step), lat.wrapping_add(*lat_step), lon.wrapping_add(*lon_step));
        tags.clear();
        while let Some(key) = words.next().filter(|key| *key != 0) {
            let Some(value) = words.next() else { break };
            tags.push((text(texts, key), text(texts, value)));
        }
        to.node(id, block.at(lon, lat), &tags);
    }
    if dense.ids.len() != dense.lats.len() || dense.ids.len() != dense.lons.len() {
        to.bad("nodes", None, "there are not as many places as ids");
    }
}

fn nodes<'t>(
    block: &Block,
    group: &PrimitiveGroup,
    texts: &[&'t str],
    tags: &mut Vec<Tag<'t>>,
    to: &mut impl Collect,
) {
    for bytes in &group.nodes {
        match Node::decode(bytes.clone()) {
            Ok(node) => {
                tags_of(&node.keys, &node.values, texts, tags);
                to.node(node.id, block.at(node.lon, node.lat), tags);
            }
            Err(_) => to.bad("a node", None, NOT_READABLE),
        }
    }
}

fn ways<'t>(group: &PrimitiveGroup, texts: &[&'t str], tags: &mut Vec<Tag<'t>>, to: &mut impl Collect) {
    let mut way = Way::default();
    for bytes in &group.ways {
        way.clear();
        if way.merge(bytes.clone()).is_err() {
            to.bad("a way", None, NOT_READABLE);
            continue;
        }
        let mut id = 0_i64;
        for step in &mut way.refs {
            id = id.wrapping_add(*step);
            *step = id;
        }
        tags_of(&way.keys, &way.values, texts, tags);
        to.way(way.id, &way.refs, tags);
    }
}

fn relations<'t>(group: &PrimitiveGroup, texts: &[&'t str], tags: &mut Vec<Tag<'t>>, to: &mut impl Collect) {
    let mut members = Vec::new();
    for bytes in &group.relations {
        let Ok(relation) = Relation::decode(bytes.clone()) else {
            to.bad("a relation", None, NOT_READABLE);
            continue;
        };
        members.clear();
        let mut id = 0_i64;
        for ((step, kind), role) in relation.members.iter().zip(&relation.types).zip(&relation.roles) {
            id = id.wrapping_add(*step);
            if matches!(kind, 1 | 2) {
                let role = Role::of(text(texts, *role as u32));
                members.push(Member { id, is_way: *kind == 1, role });
            }
        }
        tags_of(&relation.keys, &relation.values, texts, tags);
        to.relation(relation.id, &members, tags);
    }
}
