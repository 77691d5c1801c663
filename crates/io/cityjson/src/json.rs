//! JSON of any shape, without copies: members of an object, items of an array, texts as written.
//!
//! `serde_json` reads; what it hands over here are pieces of the text ([`RawValue`]), so that a number
//! keeps its digits, a piece knows its place in the file, and one of the wrong shape spoils nothing else.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// A piece of the text, whole and well-formed.
pub(crate) type Piece<'a> = &'a RawValue;

/// Members of an object in the order of the file. A name may occur twice.
pub(crate) type Members<'a> = Vec<(Cow<'a, str>, Piece<'a>)>;

/// The members of a piece; none when it is no object.
pub(crate) fn members(piece: Piece<'_>) -> Option<Members<'_>> {
    if !is_object(piece) {
        return None;
    }
    serde_json::from_str::<Object<'_>>(piece.get()).ok().map(|object| object.0)
}

/// The items of a piece; none when it is no array.
pub(crate) fn items(piece: Piece<'_>) -> Option<Vec<Piece<'_>>> {
    if !is_array(piece) {
        return None;
    }
    serde_json::from_str(piece.get()).ok()
}

/// The first member of a name.
pub(crate) fn member<'a>(members: &Members<'a>, name: &str) -> Option<Piece<'a>> {
    members.iter().find(|(found, _)| found == name).map(|(_, piece)| *piece)
}

pub(crate) fn is_object(piece: Piece<'_>) -> bool {
    piece.get().starts_with('{')
}

pub(crate) fn is_array(piece: Piece<'_>) -> bool {
    piece.get().starts_with('[')
}

pub(crate) fn is_null(piece: Piece<'_>) -> bool {
    piece.get() == "null"
}

/// The text of a string. None when it is no string, or one with an escape that is no letter.
pub(crate) fn string(piece: Piece<'_>) -> Option<Cow<'_, str>> {
    let inside = piece.get().strip_prefix('"')?.strip_suffix('"')?;
    if memchr::memchr(b'\\', inside.as_bytes()).is_none() {
        return Some(Cow::Borrowed(inside));
    }
    serde_json::from_str(piece.get()).ok().map(Cow::Owned)
}

/// The text of a string, a number, true or false; a number as it is written.
pub(crate) fn scalar(piece: Piece<'_>) -> Option<Cow<'_, str>> {
    match piece.get().as_bytes().first()? {
        b'"' => string(piece),
        b'{' | b'[' => None,
        _ if is_null(piece) => None,
        _ => Some(Cow::Borrowed(piece.get())),
    }
}

/// A number. One beyond what a machine holds is infinite; NaN when it is no number.
pub(crate) fn number(piece: Piece<'_>) -> f64 {
    let first = piece.get().as_bytes().first().copied().unwrap_or_default();
    let is_number = first == b'-' || first.is_ascii_digit();
    if is_number { piece.get().parse().unwrap_or(f64::NAN) } else { f64::NAN }
}

/// An index from 0.
pub(crate) fn index(piece: Piece<'_>) -> Option<usize> {
    piece.get().parse().ok()
}

/// So many numbers, all of them finite.
pub(crate) fn numbers<const N: usize>(piece: Piece<'_>) -> Option<[f64; N]> {
    let items = items(piece)?;
    let mut numbers = [0.0; N];
    if items.len() != N {
        return None;
    }
    for (number, item) in numbers.iter_mut().zip(items) {
        *number = self::number(item);
    }
    numbers.iter().all(|number| number.is_finite()).then_some(numbers)
}

/// The name of a member, borrowed where it has no escapes.
pub(crate) struct Key<'a>(pub Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Letters;
        impl<'de> Visitor<'de> for Letters {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a member")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Letters)
    }
}

struct Object<'a>(Members<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Key(name), piece)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    members.push((name, piece));
                }
                Ok(Object(members))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(text: &str) -> Piece<'_> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn texts_and_numbers_stay_as_they_are_written() {
        assert_eq!(scalar(piece("1.50")).unwrap(), "1.50");
        assert_eq!(scalar(piece(" 12345678901234567890123 ")).unwrap(), "12345678901234567890123");
        assert_eq!(scalar(piece(r#""a\n\u00e9""#)).unwrap(), "a\né");
        assert_eq!((scalar(piece("null")), scalar(piece("[1]"))), (None, None));
        assert_eq!(string(piece(r#""\ud800""#)), None, "half a letter");
        assert!(number(piece("1e999")).is_infinite() && number(piece("\"1\"")).is_nan());
        assert_eq!(numbers::<2>(piece("[1, 2.5]")), Some([1.0, 2.5]));
        assert_eq!((numbers::<2>(piece("[1]")), numbers::<1>(piece("[1e999]"))), (None, None));
    }

    #[test]
    fn members_keep_their_order_and_may_repeat() {
        let found = members(piece(r#"{"b": 1, "a": {"c": []}, "b": 2}"#)).unwrap();
        let names: Vec<_> = found.iter().map(|(name, piece)| (&**name, piece.get())).collect();
        assert_eq!(names, [("b", "1"), ("a", "{\"c\": []}"), ("b", "2")]);
        assert!(members(piece("[]")).is_none() && items(piece("{}")).is_none());
    }
}
