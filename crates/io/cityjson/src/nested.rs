//! Arrays of arrays of indices: boundaries, and the values of semantics, materials and textures.
//!
//! They are read in one go into one flat array, whatever their depth, and get their meaning afterwards,
//! since a geometry may tell its kind after its boundaries.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::json::Piece;

const OPEN: u32 = u32::MAX;
const CLOSE: u32 = u32::MAX - 1;
const NULL: u32 = u32::MAX - 2;
const BAD: u32 = u32::MAX - 3;

/// Arrays deeper than the deepest that CityJSON has, a texture of a MultiSolid, count as bad.
const MOST_DEPTH: usize = 8;

/// Room for so many tokens from the start: a house has that many.
const USUAL_TOKENS: usize = 64;

/// Arrays of arrays as one array of brackets, indices, nulls and what is none of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Nested(Vec<u32>);

impl Nested {
    /// Reads a piece of text; whatever it is, it is something.
    pub fn of(piece: Piece<'_>) -> Self {
        serde_json::from_str(piece.get()).unwrap_or_else(|_| Self(vec![BAD]))
    }

    pub fn cursor(&self) -> Cursor<'_> {
        Cursor { tokens: &self.0, at: 0 }
    }

    /// The indices of a stretch; none of one that is no index.
    pub fn indices(&self, stretch: Range<u32>) -> impl ExactSizeIterator<Item = Option<u32>> + '_ {
        let tokens = &self.0[stretch.start as usize..stretch.end as usize];
        tokens.iter().map(|token| (*token < BAD).then_some(*token))
    }
}

/// One thing of a nested array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Open,
    Close,
    Null,
    /// No index: a word, a negative number, an object.
    Bad,
    Index(u32),
}

/// Walks along a nested array.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'n> {
    tokens: &'n [u32],
    at: usize,
}

impl Cursor<'_> {
    pub fn peek(&self) -> Token {
        match self.tokens.get(self.at) {
            Some(&OPEN) => Token::Open,
            Some(&CLOSE) | None => Token::Close,
            Some(&NULL) => Token::Null,
            Some(&BAD) => Token::Bad,
            Some(&index) => Token::Index(index),
        }
    }

    /// Goes past one value, an array with all that is in it.
    pub fn skip(&mut self) {
        let mut depth = 0;
        while let Some(token) = self.tokens.get(self.at) {
            self.at += 1;
            match *token {
                OPEN => depth += 1,
                CLOSE => depth -= 1,
                _ => {}
            }
            if depth <= 0 {
                break;
            }
        }
    }

    /// Hands each value of an array to a taker, who goes past it. False, and past it, when it is no array.
    pub fn each(&mut self, mut take: impl FnMut(&mut Self)) -> bool {
        if self.peek() != Token::Open {
            self.skip();
            return false;
        }
        self.at += 1;
        while self.peek() != Token::Close {
            take(self);
        }
        self.at += 1;
        true
    }

    /// The stretch of an array without arrays in it, and past it. None when it is another thing.
    pub fn flat(&mut self) -> Option<Range<u32>> {
        let start = self.at as u32 + 1;
        let mut flat = true;
        let array = self.each(|inside| {
            flat &= inside.peek() != Token::Open;
            inside.skip();
        });
        (array && flat).then(|| start..self.at as u32 - 1)
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tokens = Vec::with_capacity(USUAL_TOKENS);
        Level { tokens: &mut tokens, depth: 0 }.deserialize(deserializer)?;
        Ok(Self(tokens))
    }
}

/// One value at a depth.
struct Level<'t> {
    tokens: &'t mut Vec<u32>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("arrays of indices")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
        if self.depth >= MOST_DEPTH {
            self.tokens.push(BAD);
            while array.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        self.tokens.push(OPEN);
        while array.next_element_seed(Level { tokens: self.tokens, depth: self.depth + 1 })?.is_some() {}
        self.tokens.push(CLOSE);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.tokens.push(u32::try_from(number).map_or(BAD, |index| index.min(BAD)));
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        self.tokens.push(BAD);
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        // Some writers make 3 a 3.0.
        let whole = number.fract() == 0.0 && (0.0..f64::from(BAD)).contains(&number);
        self.tokens.push(if whole { number as u32 } else { BAD });
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.tokens.push(NULL);
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        self.tokens.push(BAD);
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        self.tokens.push(BAD);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.tokens.push(BAD);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(text: &str) -> Nested {
        Nested::of(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn any_depth_and_any_nonsense_is_read() {
        let read = nested(r#"[[0, 1.0, null], [], [-1, 2.5, "a", true, {"b": [1]}, 4294967295, 1e99]]"#);
        let bad = [OPEN, BAD, BAD, BAD, BAD, BAD, BAD, BAD, CLOSE, CLOSE];
        assert_eq!(read.0[..7], [OPEN, OPEN, 0, 1, NULL, CLOSE, OPEN]);
        assert_eq!(read.0[8..], bad);
        assert_eq!(nested("1e999").0, [BAD]);
        let deep = format!("{}7{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(nested(&deep).0[MOST_DEPTH], BAD);
        let deepest = format!("{}7{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(nested(&deepest).0.contains(&BAD), "no stack is long enough for this");
    }

    #[test]
    fn a_cursor_goes_past_what_it_is_told() {
        let read = nested("[[1, 2], 3, [[4]], [null]]");
        let (mut cursor, mut flat) = (read.cursor(), Vec::new());
        assert!(cursor.each(|inside| flat.push(inside.flat())));
        let found: Vec<_> = flat.iter().flatten().map(|range| read.indices(range.clone()).len()).collect();
        assert_eq!((found, flat.iter().filter(|one| one.is_none()).count()), (vec![2, 1], 2));
        assert_eq!(cursor.peek(), Token::Close);
        cursor.skip();
        assert!(!nested("5").cursor().each(|_| panic!("no array")));
    }
}
