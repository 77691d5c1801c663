//! The elements of a block.

use super::peek::kinds_of;
use super::wire::{Damage, Fields, Value, zigzag};
use crate::element::{At, Collect, Kinds, Member, NOWHERE, Role, Tag};
use crate::tags::Key;

/// A block with its texts.
pub(crate) struct Block<'d> {
    data: &'d [u8],
    groups: Vec<&'d [u8]>,
    texts: Texts<'d>,
    granularity: i64,
    offset: [i64; 2],
}

const NOT_READABLE: &str = "it cannot be read";

/// Which kind of element a field of a group holds.
pub(super) fn kind_of_field(number: u32) -> Kinds {
    Kinds { nodes: matches!(number, 1 | 2), ways: number == 3, relations: number == 4 }
}

impl<'d> Block<'d> {
    pub fn read(data: &'d [u8]) -> Result<Self, Damage> {
        let mut block =
            Self { data, groups: Vec::new(), texts: Texts::default(), granularity: 100, offset: [0; 2] };
        let mut fields = Fields::of(data);
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => block.texts.add(value.bytes()?)?,
                2 => block.groups.push(value.bytes()?),
                17 => block.granularity = i64::from(value.number()? as i32),
                19 => block.offset[1] = value.number()? as i64,
                20 => block.offset[0] = value.number()? as i64,
                _ => {}
            }
        }
        Ok(block)
    }

    /// What kinds of elements are in it.
    pub fn kinds(&self) -> Result<Kinds, Damage> {
        kinds_of(self.data)
    }

    /// Hands over the elements of the wanted kinds.
    pub fn collect(mut self, kinds: Kinds, to: &mut impl Collect) -> Result<(), Damage> {
        let mut scratch = Scratch::default();
        for group in std::mem::take(&mut self.groups) {
            let mut fields = Fields::of(group);
            while let Some((number, value)) = fields.next()? {
                if !kind_of_field(number).meets(kinds) {
                    continue;
                }
                let message = value.bytes()?;
                let (what, read) = match number {
                    1 => ("a node", self.node(message, &mut scratch, to)),
                    2 => ("nodes", self.dense_nodes(message, &mut scratch, to)),
                    3 => ("a way", self.way(message, &mut scratch, to)),
                    _ => ("a relation", self.relation(message, &mut scratch, to)),
                };
                if read.is_err() {
                    to.bad(what, None, NOT_READABLE);
                }
            }
        }
        to.end();
        Ok(())
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

    fn node(&mut self, message: &[u8], own: &mut Scratch<'d>, to: &mut impl Collect) -> Result<(), Damage> {
        own.clear();
        let (mut id, mut lat, mut lon, mut fields) = (0, 0, 0, Fields::of(message));
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => id = value.signed()?,
                2 | 3 => own.tag(number, value)?,
                8 => lat = value.signed()?,
                9 => lon = value.signed()?,
                _ => {}
            }
        }
        self.texts.tags(own);
        to.node(id, self.at(lon, lat), &own.tags);
        Ok(())
    }

    fn dense_nodes(
        &mut self,
        message: &[u8],
        own: &mut Scratch<'d>,
        to: &mut impl Collect,
    ) -> Result<(), Damage> {
        own.clear();
        let Scratch { ids, lats, lons, keys: words, tags, .. } = own;
        let mut fields = Fields::of(message);
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => value.numbers(ids, zigzag)?,
                8 => value.numbers(lats, zigzag)?,
                9 => value.numbers(lons, zigzag)?,
                10 => value.numbers(words, |word| word as u32)?,
                _ => {}
            }
        }
        let (mut id, mut lat, mut lon) = (0_i64, 0_i64, 0_i64);
        let mut words = words.iter().copied();
        for ((id_step, lat_step), lon_step) in ids.iter().zip(&*lats).zip(&*lons) {
            // Steps that leave 64 bits are damage; wrapped, they are no place.
            (id, lat, lon) =
                (id.wrapping_add(*id_step), lat.wrapping_add(*lat_step), lon.wrapping_add(*lon_step));
            tags.clear();
            while let Some(key) = words.next().filter(|key| *key != 0) {
                let Some(value) = words.next() else { break };
                tags.extend(self.texts.tag(key, value));
            }
            to.node(id, self.at(lon, lat), tags);
        }
        if ids.len() != lats.len() || ids.len() != lons.len() {
            to.bad("nodes", None, "there are not as many places as ids");
        }
        Ok(())
    }

    fn way(&mut self, message: &[u8], own: &mut Scratch<'d>, to: &mut impl Collect) -> Result<(), Damage> {
        own.clear();
        let (mut id, mut fields) = (0, Fields::of(message));
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => id = value.number()? as i64,
                2 | 3 => own.tag(number, value)?,
                8 => value.numbers(&mut own.ids, zigzag)?,
                _ => {}
            }
        }
        own.add_up();
        self.texts.tags(own);
        to.way(id, &own.ids, &own.tags);
        Ok(())
    }

    fn relation(
        &mut self,
        message: &[u8],
        own: &mut Scratch<'d>,
        to: &mut impl Collect,
    ) -> Result<(), Damage> {
        own.clear();
        let (mut id, mut roles, mut kinds, mut fields) = (0, Vec::new(), Vec::new(), Fields::of(message));
        while let Some((number, value)) = fields.next()? {
            match number {
                1 => id = value.number()? as i64,
                2 | 3 => own.tag(number, value)?,
                8 => value.numbers(&mut roles, |role| role as u32)?,
                9 => value.numbers(&mut own.ids, zigzag)?,
                10 => value.numbers(&mut kinds, |kind| kind)?,
                _ => {}
            }
        }
        own.add_up();
        // Kinds: 0 a node, 1 a way, 2 a relation.
        let members = own.ids.iter().zip(kinds).zip(roles).filter(|((_, kind), _)| matches!(kind, 1 | 2));
        let members = members.map(|((id, kind), role)| {
            let role = Role::of(self.texts.text(role));
            Member { id: *id, is_way: kind == 1, role }
        });
        let members: Vec<Member> = members.collect();
        self.texts.tags(own);
        to.relation(id, &members, &own.tags);
        Ok(())
    }
}

/// Numbers of the element at work: the room is used again for the next.
#[derive(Default)]
struct Scratch<'d> {
    ids: Vec<i64>,
    lats: Vec<i64>,
    lons: Vec<i64>,
    keys: Vec<u32>,
    values: Vec<u32>,
    tags: Vec<Tag<'d>>,
}

impl Scratch<'_> {
    fn clear(&mut self) {
        self.ids.clear();
        self.lats.clear();
        self.lons.clear();
        self.keys.clear();
        self.values.clear();
    }

    /// Fields 2 and 3 of an element: places of its keys and values in the table of texts.
    fn tag(&mut self, number: u32, value: Value<'_>) -> Result<(), Damage> {
        let to = if number == 2 { &mut self.keys } else { &mut self.values };
        value.numbers(to, |word| word as u32)
    }

    /// Steps to ids.
    fn add_up(&mut self) {
        let mut id = 0_i64;
        for step in &mut self.ids {
            id = id.wrapping_add(*step);
            *step = id;
        }
    }
}

/// Texts of a block as UTF-8; one that is none has no letters.
#[derive(Default)]
struct Texts<'d> {
    texts: Vec<&'d str>,
    /// Of each text the key that it is, once somebody asked.
    keys: Vec<Asked>,
}

#[derive(Clone, Copy)]
enum Asked {
    Never,
    Is(Option<Key>),
}

impl<'d> Texts<'d> {
    fn add(&mut self, table: &'d [u8]) -> Result<(), Damage> {
        let mut fields = Fields::of(table);
        while let Some((number, value)) = fields.next()? {
            if number == 1 {
                self.texts.push(std::str::from_utf8(value.bytes()?).unwrap_or(""));
            }
        }
        self.keys.resize(self.texts.len(), Asked::Never);
        Ok(())
    }

    fn text(&self, index: u32) -> &'d str {
        self.texts.get(index as usize).copied().unwrap_or("")
    }

    /// A tag whose key means something.
    fn tag(&mut self, key: u32, value: u32) -> Option<Tag<'d>> {
        let known = self.keys.get_mut(key as usize)?;
        let key = match *known {
            Asked::Is(key) => key,
            Asked::Never => {
                let key = Key::of(self.texts[key as usize]);
                *known = Asked::Is(key);
                key
            }
        };
        Some((key?, self.text(value)))
    }

    /// The tags of the element at work that mean something.
    fn tags(&mut self, own: &mut Scratch<'d>) {
        own.tags.clear();
        let words = own.keys.iter().zip(&own.values);
        own.tags.extend(words.filter_map(|(key, value)| self.tag(*key, *value)));
    }
}
