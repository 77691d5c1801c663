//! Ids of devices: hashed the moment they are read, never kept.
//!
//! The key of an import comes from its set of files, so the same device has another number in another
//! import, and the same import gives the same numbers each time. An id of up to 19 figures without a leading
//! zero is taken as a number, so that it is the same one in a CSV and in a Parquet file; numbers are mixed by
//! a bijection, texts by xxh3 with 64 bits (two of a million texts agree with a chance of 3e-8).

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// The key of one import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdKey(u64);

impl IdKey {
    /// The key of a set of files: of each its name, size and first bytes, in their order.
    pub fn of_files<'a>(files: impl IntoIterator<Item = (&'a str, u64, &'a [u8])>) -> Self {
        let key = files.into_iter().fold(0x6675_7461_676F_2121, |key, (name, bytes, head)| {
            let key = xxh3_64_with_seed(name.as_bytes(), key);
            xxh3_64_with_seed(head, mix(key ^ bytes))
        });
        Self(mix(key))
    }

    /// The hash of an id as text.
    #[inline]
    pub fn text(self, id: &[u8]) -> u64 {
        match plain_number(id) {
            Some(number) => self.number(number),
            None => xxh3_64_with_seed(id, self.0),
        }
    }

    /// The hash of an id as number.
    #[inline]
    pub fn number(self, id: u64) -> u64 {
        mix(id ^ self.0)
    }

    /// The hash of an id that is drawn anew each day.
    #[inline]
    pub fn on_day(self, id: u64, day: i64) -> u64 {
        mix(id ^ mix(day as u64 ^ self.0))
    }
}

/// Figures without a leading zero, as they are written for a whole number.
#[inline]
fn plain_number(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 19 || (text[0] == b'0' && text.len() > 1) {
        return None;
    }
    let mut number = 0_u64;
    for byte in text {
        let figure = byte.wrapping_sub(b'0');
        if figure > 9 {
            return None;
        }
        number = number * 10 + u64::from(figure);
    }
    Some(number)
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection.
#[inline]
pub(crate) fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_as_figures_and_texts_are_not_numbers() {
        let key = IdKey::of_files([("a.csv", 10, &b"id"[..])]);
        assert_eq!(key.text(b"1234567890123456789"), key.number(1_234_567_890_123_456_789));
        assert_ne!(key.text(b"042"), key.text(b"42"));
        assert_ne!(key.text(b"42 "), key.text(b"42"));
        assert_ne!(key.on_day(7, 1), key.on_day(7, 2));
    }

    #[test]
    fn another_set_of_files_gives_other_numbers() {
        let files = [("a.csv", 10, &b"id"[..]), ("b.csv", 10, b"id")];
        let keys = [
            IdKey::of_files(files),
            IdKey::of_files(files[..1].to_vec()),
            IdKey::of_files([("a.csv", 11, &b"id"[..]), ("b.csv", 10, b"id")]),
        ];
        assert_eq!(keys[0], IdKey::of_files(files));
        assert!(keys[0] != keys[1] && keys[0] != keys[2] && keys[1] != keys[2]);
    }
}
