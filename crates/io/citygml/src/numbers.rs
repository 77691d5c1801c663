//! Lists of numbers, as `gml:posList` and `app:textureCoordinates` have them.
//!
//! Half of a file is numbers like `139.77765001365444`. They are read eight digits at a time to a whole
//! number and a power of ten, and then to the nearest f64 by one multiplication with a reciprocal. When
//! that cannot tell which f64 is nearest, or a number is written in another way, `fast-float2` reads it.
//! The result is always the one of the standard library.

/// Reads the numbers of a text one by one. They may be apart by white space or commas.
pub(crate) struct NumberList<'a> {
    text: &'a [u8],
    at: usize,
}

/// A word that is not a number: where it starts in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotANumber(pub usize);

impl<'a> NumberList<'a> {
    pub fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0 }
    }

    fn in_another_way(&mut self) -> Result<f64, NotANumber> {
        let rest = &self.text[self.at..];
        match fast_float2::parse_partial::<f64, _>(rest) {
            Ok((number, read)) if rest.get(read).is_none_or(|byte| is_gap(*byte)) => {
                self.at += read;
                Ok(number)
            }
            _ => Err(NotANumber(self.at)),
        }
    }
}

impl Iterator for NumberList<'_> {
    type Item = Result<f64, NotANumber>;

    /// The next number; none at the end of the text. Infinite ones and NaN count as numbers here.
    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while is_gap(*self.text.get(self.at)?) {
            self.at += 1;
        }
        let rest = &self.text[self.at..];
        match usual(rest).or_else(|| plain(rest)) {
            Some((number, read)) => {
                self.at += read;
                Some(Ok(number))
            }
            None => Some(self.in_another_way()),
        }
    }
}

#[inline]
fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b',')
}

/// The usual number: 1 to 8 digits, a point, 1 to 16 digits, a gap, all within 24 letters; and its
/// length. Where it ends is known before any digit is looked at, so the work on one number overlaps
/// with that on the next.
#[inline]
fn usual(text: &[u8]) -> Option<(f64, usize)> {
    let window = text.first_chunk::<24>()?;
    let [a, b, c] = [0, 8, 16].map(|at| word_at(window, at));
    let mask = others(a) | others(b) << 8 | others(c) << 16;
    let point = mask.trailing_zeros() as usize;
    let end = (mask & mask.wrapping_sub(1)).trailing_zeros() as usize;
    let decimals = end.wrapping_sub(point + 1);
    if !(1..=8).contains(&point) || end >= 24 || !(1..=16).contains(&decimals) {
        return None;
    }
    if point + decimals > MOST_DIGITS || window[point] != b'.' || !is_gap(window[end]) {
        return None;
    }
    let mut whole = value_of(a, point);
    let first = word_at(text.get(point + 1..point + 9)?.first_chunk::<8>()?, 0);
    if decimals <= 8 {
        whole = whole * TENS[decimals] + value_of(first, decimals);
    } else {
        let second = word_at(text.get(point + 9..point + 17)?.first_chunk::<8>()?, 0);
        whole = whole * TENS[8] + value_of(first, 8);
        whole = whole * TENS[decimals - 8] + value_of(second, decimals - 8);
    }
    Some((scaled(whole, decimals)?, end))
}

#[inline]
fn word_at<const N: usize>(bytes: &[u8; N], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}

/// One bit for each of the eight letters: those that are no digits. Right up to the second of them, when
/// the first is a point.
#[inline]
fn others(word: u64) -> u64 {
    let high = (word & 0xF0F0_F0F0_F0F0_F0F0) ^ 0x3030_3030_3030_3030;
    let above = (word.wrapping_add(0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0) ^ 0x3030_3030_3030_3030;
    // The differences are in the high half of each letter; any of them sets its lowest bit below.
    let other = (high | above) >> 4;
    let lowest = (other | other >> 1 | other >> 2 | other >> 3) & 0x0101_0101_0101_0101;
    lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// A number of digits and a point, at most 19 digits, that ends at a gap; and its length.
#[inline]
fn plain(text: &[u8]) -> Option<(f64, usize)> {
    let negative = text.first() == Some(&b'-');
    let start = usize::from(negative);
    let (mut whole, mut at) = (0, start);
    digits(text, &mut at, &mut whole);
    let mut count = at - start;
    let mut decimals = 0;
    if text.get(at) == Some(&b'.') {
        at += 1;
        let from = at;
        digits(text, &mut at, &mut whole);
        decimals = at - from;
        count += decimals;
    }
    if count == 0 || count > MOST_DIGITS || text.get(at).is_some_and(|byte| !is_gap(*byte)) {
        return None;
    }
    let number = scaled(whole, decimals)?;
    Some((if negative { -number } else { number }, at))
}

/// More would not fit 64 bits.
const MOST_DIGITS: usize = 19;

/// Adds the digits that begin here to a number. Wraps when there are too many, which is found later.
#[inline]
fn digits(text: &[u8], at: &mut usize, number: &mut u64) {
    while let Some(eight) = text.get(*at..*at + 8) {
        let word = eight.first_chunk::<8>().map_or(0, |eight| word_at(eight, 0));
        let count = digit_count(word);
        if count > 0 {
            *number = number.wrapping_mul(TENS[count]).wrapping_add(value_of(word, count));
            *at += count;
        }
        if count < 8 {
            return;
        }
    }
    while let Some(digit) = text.get(*at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        *number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        *at += 1;
    }
}

/// How many of the eight letters, from the first, are digits.
#[inline]
fn digit_count(word: u64) -> usize {
    let high = word & 0xF0F0_F0F0_F0F0_F0F0;
    let above = (word.wrapping_add(0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0;
    let other = (high ^ 0x3030_3030_3030_3030) | (above ^ 0x3030_3030_3030_3030);
    // Carries of the addition only go upwards, past the first letter that is no digit.
    (other.trailing_zeros() / 8) as usize
}

/// The value of the first `count` digits, 1 to 8. The eight-digit trick of D. Lemire: pairs, then fours.
#[inline]
fn value_of(word: u64, count: usize) -> u64 {
    let word = word << (64 - 8 * count);
    let word = (word & 0x0F0F_0F0F_0F0F_0F0F).wrapping_mul(2561) >> 8;
    let word = (word & 0x00FF_00FF_00FF_00FF).wrapping_mul(6_553_601) >> 16;
    (word & 0x0000_FFFF_0000_FFFF).wrapping_mul(42_949_672_960_001) >> 32
}

const TENS: [u64; 20] = {
    let mut tens = [1; 20];
    let mut i = 1;
    while i < 20 {
        tens[i] = tens[i - 1] * 10;
        i += 1;
    }
    tens
};

/// Powers of ten that an f64 holds exactly.
const EXACT: [f64; 20] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
];

/// `2^exponent / 10^i` rounded down, with its highest bit set.
const RECIPROCALS: [(u64, i32); 20] = {
    let mut all = [(0, 0); 20];
    let mut i = 0;
    while i < 20 {
        // The highest bit of the quotient is at most one place below that of 2^127 / 2^floor(log2).
        let quotient = (1_u128 << 127) / TENS[i] as u128;
        let drop = 64 - quotient.leading_zeros() as i32;
        all[i] = ((quotient >> drop) as u64, 127 - drop);
        i += 1;
    }
    all
};

/// `whole / 10^decimals`, the nearest f64; none when one multiplication cannot tell.
#[inline]
fn scaled(whole: u64, decimals: usize) -> Option<f64> {
    if whole < 1 << 53 {
        // Both are exact, and a division rounds to the nearest.
        return Some(whole as f64 / EXACT[decimals]);
    }
    if decimals == 0 {
        return Some(whole as f64);
    }
    let (reciprocal, exponent) = RECIPROCALS[decimals];
    let shift = whole.leading_zeros();
    let product = u128::from(whole << shift) * u128::from(reciprocal);
    // The reciprocal is less than one unit too small, so the true high half is this one or the next.
    let high = (product >> 64) as u64;
    let lead = high.leading_zeros();
    let high = high << lead;
    let (kept, rest) = (high >> 11, high & 0x7FF);
    // 0x400 is half a unit of the 53 bits; `lead` bits of the rest are unknown, and one unit more.
    let doubt = 2_u64 << lead;
    if rest + doubt >= 0x400 && rest <= 0x400 {
        return None;
    }
    let rounded = kept + u64::from(rest > 0x400);
    // value = rounded * 2^(11 + 64 - exponent - shift - lead)
    let power = 75 - exponent - shift as i32 - lead as i32;
    let scale = f64::from_bits(((1023 + power) as u64) << 52);
    Some(rounded as f64 * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<f64>, NotANumber> {
        NumberList::new(text.as_bytes()).take(100).collect()
    }

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        let text = " 35.538511979563104\t139.77765001365444\n5.9350000000000005 -0 1e-7,2.5E+3 .5 5. 0.1 ";
        let words = text.split([' ', '\t', '\n', ',']).filter(|word| !word.is_empty());
        let expected: Vec<u64> = words.map(|word| word.parse::<f64>().unwrap().to_bits()).collect();
        assert_eq!(read(text).map(|n| n.iter().map(|n| n.to_bits()).collect()), Ok(expected));
        assert_eq!(read(" \n "), Ok(Vec::new()));
    }

    /// Numbers of every length round the places where rounding is close.
    #[test]
    fn no_number_differs_from_the_standard_library() {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let (mut one_multiplication, mut usual_ones) = (0, 0);
        for turn in 0..400_000_u32 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut whole = state >> (turn % 60);
            if turn % 3 == 0 {
                // Half way between two f64 as far as 64 bits go.
                whole = (whole | 1 << 63) & !0xFFF | 0x400 >> (turn % 4);
            }
            let digits = whole.to_string();
            let point = (state >> 7) as usize % (digits.len() + 1);
            let text =
                format!("{}{}.{}", if turn % 2 == 0 { "-" } else { "" }, &digits[..point], &digits[point..]);
            let expected: f64 = text.parse().unwrap();
            let found = read(&text).expect("a number")[0];
            assert_eq!(found.to_bits(), expected.to_bits(), "{text}");
            one_multiplication += u32::from(plain(text.as_bytes()).is_some());
            let padded = format!("{text} {text} {text}");
            usual_ones += u32::from(usual(padded.as_bytes()).is_some());
            let three: Vec<u64> = read(&padded).expect("numbers").iter().map(|n| n.to_bits()).collect();
            assert_eq!(three, [expected.to_bits(); 3], "{text}");
        }
        assert!(one_multiplication > 300_000, "the fast way was taken only {one_multiplication} times");
        assert!(usual_ones > 50_000, "the fastest way was taken only {usual_ones} times");
    }

    #[test]
    fn a_word_is_told_by_its_place() {
        let cases =
            [("1 x 2", 2), ("35.69°", 0), ("1.5.2", 0), ("--1", 0), ("1 2 0x10", 4), ("1 - 2", 2), (".", 0)];
        for (text, place) in cases {
            assert_eq!(read(text), Err(NotANumber(place)), "{text}");
        }
        let long = "123456789012345678901234567890.5";
        assert_eq!(read(long), Ok(vec![long.parse().unwrap()]));
    }
}
