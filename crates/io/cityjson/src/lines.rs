//! Lines of a file, one at a time, none longer than the limit.

use std::io::{BufRead, Read};

use crate::read::check_size;
use crate::{CityJsonError, Limits, detect};

/// A line that is not blank.
pub(crate) struct Line {
    pub bytes: Vec<u8>,
    /// From 1.
    pub number: u64,
    /// Where it begins in the file.
    pub at: u64,
    /// It ends with the end of a line, not with that of the file.
    pub ended: bool,
}

/// Reads lines.
pub(crate) struct Lines<'f, R> {
    input: R,
    file: &'f str,
    limits: &'f Limits,
    number: u64,
    at: u64,
}

impl<'f, R: BufRead> Lines<'f, R> {
    pub fn new(input: R, file: &'f str, limits: &'f Limits) -> Self {
        Self { input, file, limits, number: 0, at: 0 }
    }

    /// Bytes so far.
    pub fn bytes(&self) -> u64 {
        self.at
    }

    fn failed(&self, source: std::io::Error) -> CityJsonError {
        CityJsonError::Io { file: self.file.to_owned(), source }
    }

    fn passed(&mut self, bytes: usize) -> Result<(), CityJsonError> {
        self.at += bytes as u64;
        check_size(self.at, self.limits.file_bytes, self.file, "the size of the file", "file_bytes")
    }

    /// The next line that is not blank.
    pub fn next(&mut self) -> Result<Option<Line>, CityJsonError> {
        loop {
            let (mut bytes, at) = (Vec::new(), self.at);
            let most = self.limits.text_bytes as u64 + 1;
            let read = (&mut self.input).take(most).read_until(b'\n', &mut bytes);
            let read = read.map_err(|source| self.failed(source))?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            self.passed(read)?;
            self.check_text(bytes.len())?;
            if !detect::is_blank(&bytes) {
                let ended = bytes.ends_with(b"\n");
                return Ok(Some(Line { bytes, number: self.number, at, ended }));
            }
        }
    }

    /// Whether only blank is left.
    pub fn is_over(&mut self) -> Result<bool, CityJsonError> {
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(self.failed(error)),
            };
            let blank = buffer.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let (over, more) = (buffer.is_empty(), blank < buffer.len());
            self.number += memchr::memchr_iter(b'\n', &buffer[..blank]).count() as u64;
            self.input.consume(blank);
            self.passed(blank)?;
            if over || more {
                return Ok(over);
            }
        }
    }

    /// Everything that is left, behind what was read.
    pub fn rest(&mut self, mut bytes: Vec<u8>) -> Result<Vec<u8>, CityJsonError> {
        let before = bytes.len();
        let most = (self.limits.text_bytes as u64 + 1).saturating_sub(before as u64);
        let read = (&mut self.input).take(most).read_to_end(&mut bytes);
        read.map_err(|source| self.failed(source))?;
        self.passed(bytes.len() - before)?;
        self.check_text(bytes.len())?;
        Ok(bytes)
    }

    fn check_text(&self, bytes: usize) -> Result<(), CityJsonError> {
        check_size(
            bytes as u64,
            self.limits.text_bytes as u64,
            self.file,
            "the size of the text",
            "text_bytes",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_their_place_and_blank_ones_are_none() {
        let limits = Limits::default();
        let mut lines = Lines::new(&b"\n{}\r\n \n[1]\n  5"[..], "t", &limits);
        let mut found = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            found.push((String::from_utf8(line.bytes).unwrap(), line.number, line.at, line.ended));
        }
        let expected = [("{}\r\n", 2, 1, true), ("[1]\n", 4, 7, true), ("  5", 5, 11, false)];
        assert_eq!(found, expected.map(|(text, number, at, ended)| (text.to_owned(), number, at, ended)));
        assert_eq!((lines.bytes(), lines.is_over().unwrap()), (14, true));
    }

    #[test]
    fn an_endless_line_stops_at_the_limit() {
        let limits = Limits { text_bytes: 1000, ..Limits::default() };
        let endless = std::io::BufReader::new(std::io::repeat(b'['));
        assert!(matches!(
            Lines::new(endless, "t", &limits).next(),
            Err(CityJsonError::TooLarge { name: "text_bytes", .. })
        ));
        let limits = Limits { file_bytes: 1000, ..Limits::default() };
        let mut blank = Lines::new(std::io::BufReader::new(std::io::repeat(b' ')), "t", &limits);
        assert!(matches!(blank.is_over(), Err(CityJsonError::TooLarge { name: "file_bytes", .. })));
    }
}
