//! Every delimiter and line end of a block, found 64 bytes at a time.

use wide::u8x16;

use super::blocks::closing;

/// Places of delimiters and line ends.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Bytes of the block, ascending.
    pub at: Vec<u32>,
    /// Which of `at` are line ends.
    pub ends: Vec<u32>,
}

impl Marks {
    /// Finds the marks of a block under 4 GiB.
    pub fn find(&mut self, bytes: &[u8], delimiter: u8, quoted: bool) {
        self.at.clear();
        self.ends.clear();
        if quoted { self.scan_quoted(bytes, delimiter) } else { self.scan(bytes, delimiter) }
    }

    fn scan(&mut self, bytes: &[u8], delimiter: u8) {
        let (blocks, rest) = bytes.as_chunks::<64>();
        for (block, bytes) in blocks.iter().enumerate() {
            let (fields, lines) = masks(bytes, delimiter);
            self.add((block * 64) as u32, fields, lines);
        }
        if !rest.is_empty() {
            let mut last = [0; 64];
            last[..rest.len()].copy_from_slice(rest);
            let (fields, lines) = masks(&last, delimiter);
            // What was filled in is zero, and the delimiter is not.
            self.add((blocks.len() * 64) as u32, fields, lines);
        }
    }

    #[inline]
    fn add(&mut self, from: u32, fields: u64, lines: u64) {
        let before = self.at.len() as u32;
        let mut left = fields | lines;
        self.at.reserve(64);
        while left != 0 {
            self.at.push(from + left.trailing_zeros());
            left &= left - 1;
        }
        let mut left = lines;
        while left != 0 {
            let bit = left.trailing_zeros();
            let earlier = (fields | lines) & ((1_u64 << bit) - 1);
            self.ends.push(before + earlier.count_ones());
            left &= left - 1;
        }
    }

    fn scan_quoted(&mut self, bytes: &[u8], delimiter: u8) {
        let (mut at, mut begin) = (0, true);
        while let Some(&byte) = bytes.get(at) {
            if byte == b'"' && begin {
                // Cutting saw to it that it closes; otherwise it is a letter.
                at = closing(bytes, at + 1).unwrap_or(at) + 1;
                begin = false;
                continue;
            }
            begin = byte == delimiter || byte == b'\n';
            if begin {
                if byte == b'\n' {
                    self.ends.push(self.at.len() as u32);
                }
                self.at.push(at as u32);
            }
            at += 1;
        }
    }
}

/// Bits of delimiters and of line ends.
#[inline]
fn masks(bytes: &[u8; 64], delimiter: u8) -> (u64, u64) {
    let (mark, line) = (u8x16::splat(delimiter), u8x16::splat(b'\n'));
    let (mut fields, mut lines) = (0, 0);
    for (part, bytes) in bytes.as_chunks::<16>().0.iter().enumerate() {
        let bytes = u8x16::new(*bytes);
        fields |= u64::from(bytes.simd_eq(mark).to_bitmask()) << (part * 16);
        lines |= u64::from(bytes.simd_eq(line).to_bitmask()) << (part * 16);
    }
    (fields, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_those_of_a_plain_search_at_every_length() {
        let text = b"a,bb,\n,,ccc\r\n12345,6789,0\n".repeat(20);
        for length in 0..text.len() {
            let mut marks = Marks::default();
            marks.find(&text[..length], b',', false);
            let plain: Vec<u32> =
                (0..length as u32).filter(|at| matches!(text[*at as usize], b',' | b'\n')).collect();
            assert_eq!(marks.at, plain, "{length}");
            let ends: Vec<u32> = marks.ends.iter().map(|end| marks.at[*end as usize]).collect();
            let lines: Vec<u32> = (0..length as u32).filter(|at| text[*at as usize] == b'\n').collect();
            assert_eq!(ends, lines, "{length}");
        }
    }

    #[test]
    fn quotes_hide_marks_only_when_they_open_a_field() {
        let mut marks = Marks::default();
        marks.find(b"a,\"b,\n\"\"c\",d\"e,f\n", b',', true);
        assert_eq!(marks.at, [1, 10, 14, 16]);
        assert_eq!(marks.ends, [3]);
    }
}
