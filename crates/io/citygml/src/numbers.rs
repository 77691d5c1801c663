//! Lists of numbers, as `gml:posList` and `app:textureCoordinates` have them.

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
        match fast_float2::parse_partial::<f64, _>(rest) {
            Ok((number, read)) if rest.get(read).is_none_or(|byte| is_gap(*byte)) => {
                self.at += read;
                Some(Ok(number))
            }
            _ => Some(Err(NotANumber(self.at))),
        }
    }
}

#[inline]
fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r' | b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<f64>, NotANumber> {
        NumberList::new(text.as_bytes()).take(100).collect()
    }

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        let text = " 35.538511979563104\t139.77765001365444\n5.9350000000000005 -0 1e-7,2.5E+3 .5 0.1 ";
        let expected: Vec<f64> = text
            .split([' ', '\t', '\n', ','])
            .filter(|w| !w.is_empty())
            .map(|w| w.parse().unwrap())
            .collect();
        assert_eq!(
            read(text).map(|n| n.iter().map(|n| n.to_bits()).collect()),
            Ok(expected.iter().map(|n| n.to_bits()).collect::<Vec<_>>())
        );
        assert_eq!(read(" \n "), Ok(Vec::new()));
    }

    #[test]
    fn a_word_is_told_by_its_place() {
        for (text, place) in [("1 x 2", 2), ("35.69°", 0), ("1.5.2", 0), ("--1", 0), ("1 2 0x10", 4)] {
            assert_eq!(read(text), Err(NotANumber(place)), "{text}");
        }
    }
}
