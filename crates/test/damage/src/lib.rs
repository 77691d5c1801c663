//! Damages files by chance: bytes changed, cut off, put in and doubled, the same on every machine.
//!
//! It knows nothing of formats but a few pieces that mean something to some of them, so it finds less than a fuzzer
//! that sees the code; it needs no special compiler and belongs into every test run. A crate of its own without
//! dependencies, so that tests of readers stay quick to build.

use std::time::Duration;

/// The longest that a reader may take for one small file.
pub const LONGEST: Duration = Duration::from_secs(10);

/// A small generator with a seed (xorshift), so that a failure can be had again.
#[derive(Debug, Clone)]
pub struct Dice(u64);

/// Pieces that mean something to one of the formats.
const PIECES: [&[u8]; 18] = [
    b"<",
    b"</",
    b"/>",
    b"&#x0;",
    b"]]>",
    b"<![CDATA[",
    b"<gml:Point>",
    b"xlink:href=\"#a\"",
    b"NaN",
    b"-1e999",
    b"{",
    b"[[[[",
    b"null",
    b"\"",
    b"4294967296",
    b"-1",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
];

/// Numbers at the edges of what fields of four bytes hold.
const EDGES: [u32; 7] = [0, 1, 0x7f, 0xffff, i32::MAX as u32, 0x7FC0_0000, u32::MAX];

impl Dice {
    /// Any seed; the same one throws the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number from 0 to less than `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }

    /// Damages bytes in one to `most` places. Stretches may come from `other`, a file of the same kind.
    pub fn damage(&mut self, bytes: &mut Vec<u8>, other: &[u8], most: usize) {
        for _ in 0..=self.below(most) {
            if bytes.is_empty() {
                bytes.extend_from_slice(other);
            } else {
                self.change(bytes, other);
            }
        }
    }

    fn change(&mut self, bytes: &mut Vec<u8>, other: &[u8]) {
        let at = self.below(bytes.len());
        let end = (at + 1 + self.below(96)).min(bytes.len());
        match self.below(10) {
            0 => bytes[at] ^= 1 << self.below(8),
            1 => bytes[at] = self.below(256) as u8,
            2 => bytes[at] = b"0123456789-.e,:<>/\"&{}[]' "[self.below(26)],
            3 => drop(bytes.drain(at..end)),
            4 => {
                let stretch = bytes[at..end].to_vec();
                let to = self.below(bytes.len());
                bytes.splice(to..to, stretch);
            }
            5 => drop(bytes.splice(at..at, PIECES[self.below(PIECES.len())].iter().copied())),
            6 => {
                let from = self.below(other.len());
                let until = (from + 1 + self.below(400)).min(other.len());
                bytes.splice(at..end, other[from..until].iter().copied());
            }
            7 => {
                let number = EDGES[self.below(EDGES.len())].to_le_bytes();
                let place = if self.below(2) == 0 { at } else { at & !3 };
                bytes.iter_mut().skip(place).zip(number).for_each(|(byte, new)| *byte = new);
            }
            8 => {
                // A number in text: a digit more makes it ten times as large.
                if let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
                    let run = vec![b'9'; 1 + self.below(12)];
                    bytes.splice(at + digit..at + digit, run);
                }
            }
            // Most cuts are far behind, so that something is left to read.
            _ => bytes.truncate(at.max(self.below(bytes.len()))),
        }
    }
}

/// The most memory that this process has had so far, KiB; none where the system does not say.
pub fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

/// Fails when the process has had more memory than that, KiB. Says so where nobody can tell.
pub fn assert_memory(most_kib: u64) {
    match peak_kib() {
        Some(peak) => assert!(peak < most_kib, "{peak} KiB at the most"),
        None => eprintln!("SKIPPED: the system does not tell the memory of a process"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_files_change() {
        let whole: Vec<u8> = (0..200).collect();
        let damaged = |seed: u64| {
            let mut dice = Dice::new(seed);
            let mut bytes = whole.clone();
            dice.damage(&mut bytes, &whole, 3);
            bytes
        };
        assert!((0..50).all(|seed| damaged(seed) == damaged(seed)));
        let same = (0..500).filter(|seed| damaged(*seed) == whole).count();
        let short = (0..500).filter(|seed| damaged(*seed).len() < 100).count();
        assert!(same < 50 && short > 10 && short < 250, "{same} the same, {short} short");
    }
}
