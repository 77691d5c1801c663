//! A stream of text, cut into blocks of whole rows.
//!
//! The one serial part of reading a table: it does no more than read, look for the last line end, and, where
//! there are quotes, follow them. A quote that is never closed within the limit of a line, or until the end
//! of the file, is taken for a mark like any other, so that it costs one row and not the rest of the file.

use std::io::{self, Read};

use memchr::{memchr, memrchr};

use crate::stream::Stream;

/// Bytes of a block: with its marks and points it fits in the second cache of a core.
const BLOCK_BYTES: usize = 256 << 10;

/// After so many quotes without end a file has no quotes at all, so that reading stays linear.
const MOST_STRAYS: u32 = 16;

/// What a block is, beside its bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// It has quotes that count.
    pub quoted: bool,
    /// In its place stood a line beyond the limit; it is empty.
    pub too_long: bool,
}

/// Cuts a stream.
pub(crate) struct Cutter {
    input: Stream,
    /// Read and not yet handed out; begins with a row.
    rest: Vec<u8>,
    delimiter: u8,
    line_bytes: usize,
    ended: bool,
    strays: u32,
    /// Bytes read so far.
    pub read_bytes: u64,
}

impl Cutter {
    /// `head` was read from the stream before.
    pub fn new(input: Stream, head: Vec<u8>, delimiter: u8, line_bytes: usize) -> Self {
        let read_bytes = head.len() as u64;
        Self { input, rest: head, delimiter, line_bytes, ended: false, strays: 0, read_bytes }
    }

    /// Drops so many lines.
    pub fn skip_lines(&mut self, lines: usize) -> io::Result<()> {
        for _ in 0..lines {
            self.skip_line()?;
        }
        Ok(())
    }

    /// Fills the buffer with whole rows, the last one ended; none when there are no more.
    pub fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Block>> {
        buffer.clear();
        std::mem::swap(buffer, &mut self.rest);
        let mut goal = BLOCK_BYTES;
        loop {
            self.read_until(buffer, goal)?;
            if buffer.is_empty() {
                return Ok(None);
            }
            if self.ended && buffer.last() != Some(&b'\n') {
                buffer.push(b'\n');
            }
            let quotes = self.strays < MOST_STRAYS && memchr(b'"', buffer).is_some();
            let (end, open) =
                if quotes { self.last_row_end(buffer) } else { (memrchr(b'\n', buffer), false) };
            let full = self.ended || buffer.len() > self.line_bytes;
            match end {
                // Rows before an open quote at the very end go ahead; the quote is judged next time.
                Some(end) => {
                    self.keep(buffer, end + 1);
                    return Ok(Some(Block { quoted: quotes, too_long: false }));
                }
                None if !full => goal = buffer.len() + BLOCK_BYTES,
                None if open && memchr(b'\n', buffer).is_some() => {
                    self.strays += 1;
                    let end = memchr(b'\n', buffer).unwrap_or_default();
                    self.keep(buffer, end + 1);
                    return Ok(Some(Block::default()));
                }
                None => {
                    buffer.clear();
                    self.skip_line()?;
                    return Ok(Some(Block { quoted: false, too_long: true }));
                }
            }
        }
    }

    /// Leaves the first so many bytes in the buffer; the others come first next time.
    fn keep(&mut self, buffer: &mut Vec<u8>, count: usize) {
        self.rest.clear();
        self.rest.extend_from_slice(&buffer[count..]);
        buffer.truncate(count);
    }

    fn read_until(&mut self, buffer: &mut Vec<u8>, goal: usize) -> io::Result<()> {
        if !self.ended && buffer.len() < goal {
            let want = (goal - buffer.len()) as u64;
            let count = self.input.by_ref().take(want).read_to_end(buffer)? as u64;
            self.read_bytes += count;
            self.ended = count < want;
        }
        Ok(())
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(end) = memchr(b'\n', &self.rest) {
                self.rest.drain(..=end);
                return Ok(());
            }
            self.rest.clear();
            if self.ended {
                return Ok(());
            }
            let mut rest = std::mem::take(&mut self.rest);
            self.read_until(&mut rest, BLOCK_BYTES)?;
            self.rest = rest;
        }
    }

    /// Where the last line end outside quotes is, and whether a quote is open at the end.
    fn last_row_end(&self, bytes: &[u8]) -> (Option<usize>, bool) {
        let (mut end, mut at) = (None, 0);
        while let Some(quote) = memchr(b'"', &bytes[at..]).map(|found| at + found) {
            if let Some(line) = memrchr(b'\n', &bytes[at..quote]) {
                end = Some(at + line);
            }
            let opens = quote == 0 || bytes[quote - 1] == self.delimiter || bytes[quote - 1] == b'\n';
            if !opens {
                at = quote + 1;
                continue;
            }
            match closing(bytes, quote + 1) {
                Some(close) => at = close + 1,
                None => return (end, true),
            }
        }
        (memrchr(b'\n', &bytes[at..]).map(|line| at + line).or(end), false)
    }
}

/// The quote that closes what was opened before `at`: one that is not doubled.
pub(super) fn closing(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let quote = at + memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &[u8], line_bytes: usize) -> (Vec<u8>, Vec<Block>) {
        let mut cutter = Cutter::new(Box::new(io::Cursor::new(text.to_vec())), Vec::new(), b',', line_bytes);
        let (mut all, mut blocks, mut buffer) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(block) = cutter.next(&mut buffer).unwrap() {
            assert!(buffer.is_empty() || buffer.ends_with(b"\n"));
            all.extend_from_slice(&buffer);
            blocks.push(block);
        }
        (all, blocks)
    }

    #[test]
    fn blocks_are_whole_rows_and_nothing_is_lost() {
        let text: Vec<u8> =
            (0..60_000).flat_map(|row| format!("{row},\"a\nb\",{row}\n").into_bytes()).collect();
        let (all, blocks) = cut(&text, 1 << 20);
        assert!(blocks.len() > 3);
        assert_eq!(all, text);
        let mut cutter = Cutter::new(Box::new(io::Cursor::new(text)), Vec::new(), b',', 1 << 20);
        let mut buffer = Vec::new();
        while cutter.next(&mut buffer).unwrap().is_some() {
            let last = buffer[buffer.len() - 2];
            assert!(last.is_ascii_digit(), "cut inside a quote");
        }
    }

    #[test]
    fn a_quote_without_end_costs_one_row() {
        let mut text = b"1,2\n\"3,4\n".to_vec();
        text.extend((0..100_000).flat_map(|row| format!("{row},5\n").into_bytes()));
        let (all, blocks) = cut(&text, 300_000);
        assert_eq!(all, text);
        assert!(!blocks.iter().any(|block| block.too_long));
    }

    #[test]
    fn a_line_beyond_the_limit_is_left_out_and_told() {
        let mut text = b"1,2\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 2 << 20));
        text.extend_from_slice(b"\n3,4");
        let (all, blocks) = cut(&text, 1 << 20);
        assert_eq!(all, b"1,2\n3,4\n");
        assert_eq!(blocks.iter().filter(|block| block.too_long).count(), 1);
    }
}
