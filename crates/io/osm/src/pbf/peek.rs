//! Which kinds of elements a block holds, from its beginning.
//!
//! A block is a table of texts and then groups, each of one kind by rule; almost always there is one. Where that
//! group reaches to the end of the block, its first field tells everything, and the rest need not be unpacked.

use super::block::kind_of_field;
use super::wire::{Damage, Fields, Value};
use crate::element::Kinds;

/// What the beginning of a block tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Peek {
    Known(Kinds),
    /// More of it is needed.
    More,
    /// It must be read whole.
    Unknown,
}

/// Looks at the first bytes of a block of `size` bytes.
pub(super) fn peek(head: &[u8], size: usize) -> Peek {
    let mut fields = Fields::of(head);
    loop {
        let before = fields.left();
        match fields.next() {
            Ok(None) if head.len() == size => return Peek::Known(Kinds::default()),
            Ok(None) => return Peek::More,
            // The group is there whole: another may follow.
            Ok(Some((2, Value::Bytes(group)))) => {
                return match fields.left() == 0 && head.len() == size {
                    true => first_kind(group),
                    false => Peek::Unknown,
                };
            }
            Ok(Some(_)) => {}
            Err(_) => return cut(&head[head.len() - before..], size - (head.len() - before)),
        }
    }
}

/// A field of which only the beginning is there; `left` bytes of the block begin with it.
fn cut(field: &[u8], left: usize) -> Peek {
    // Key 2 with a length: a group.
    let Some((0x12, after)) = field.split_first().map(|(key, after)| (*key, after)) else {
        return Peek::More;
    };
    let digits = after.iter().take(5).position(|byte| *byte < 0x80);
    let Some(digits) = digits.map(|last| last + 1) else { return Peek::More };
    let length = after[..digits].iter().rev().fold(0_u64, |sum, byte| sum << 7 | u64::from(byte & 0x7f));
    match length + 1 + digits as u64 == left as u64 {
        true => first_kind(&after[digits..]),
        false => Peek::Unknown,
    }
}

/// The kind of a group by its first field, which need not be there whole.
fn first_kind(group: &[u8]) -> Peek {
    let Some(key) = group.first() else { return Peek::More };
    match key & 7 == 2 {
        true => Peek::Known(kind_of_field(u32::from(key >> 3))),
        false => Peek::Unknown,
    }
}

/// The same for a block that is there whole, all of its groups.
pub(super) fn kinds_of(block: &[u8]) -> Result<Kinds, Damage> {
    let (mut kinds, mut fields) = (Kinds::default(), Fields::of(block));
    while let Some((number, value)) = fields.next()? {
        if number != 2 {
            continue;
        }
        let mut group = Fields::of(value.bytes()?);
        while let Some((number, _)) = group.next()? {
            kinds = kinds.and(kind_of_field(number));
        }
    }
    Ok(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAYS: Kinds = Kinds { nodes: false, ways: true, relations: false };

    /// A table of three bytes and a group of ways of 300 bytes.
    fn block() -> Vec<u8> {
        let mut block = vec![0x0a, 3, 0x0a, 1, b'x', 0x12, 0xac, 0x02];
        block.extend([0x1a, 0xa9, 0x02]);
        block.resize(block.len() + 297, 0);
        block
    }

    #[test]
    fn the_beginning_tells_unless_something_follows() {
        let whole = block();
        assert_eq!(peek(&whole[..9], whole.len()), Peek::Known(WAYS));
        assert_eq!(peek(&whole, whole.len()), Peek::Known(WAYS));
        assert_eq!(kinds_of(&whole), Ok(WAYS));
        for cut in [0, 1, 4, 6, 7, 8] {
            assert_eq!(peek(&whole[..cut], whole.len()), Peek::More, "{cut}");
        }
        let mut two = whole.clone();
        two.extend([0x12, 2, 0x22, 0]);
        assert_eq!([peek(&two[..40], two.len()), peek(&two, two.len())], [Peek::Unknown, Peek::Unknown]);
        assert_eq!(kinds_of(&two), Ok(Kinds { relations: true, ..WAYS }));
    }

    #[test]
    fn a_block_without_elements() {
        assert_eq!(peek(&block()[..5], 5), Peek::Known(Kinds::default()));
    }
}
