//! A file to stretches that end between members.
//!
//! The last end tag of a member in a block is where it is cut. Such a tag may also stand in a comment;
//! then the stretch does not parse, and [`Source::rewind`] asks for a longer one.

use std::borrow::Cow;
use std::io::Read;

use memchr::memmem::Finder;

use crate::chunk::{Piece, Place};
use crate::dialect::{Dialect, Family};
use crate::{CityGmlError, Limits};

/// Size of a stretch, bytes: large enough that beginning one costs nothing. It must not depend on the number of threads: objects share their names
/// within one.
pub(crate) const BLOCK_BYTES: usize = 1 << 22;

/// A window of the search for an end tag, which goes backwards.
const WINDOW_BYTES: usize = 1 << 16;

/// The end tags that a stretch may end with.
pub(crate) struct Marks {
    member: Finder<'static>,
    /// As CityGML 1.0 and 2.0 call it, and as 3.0 does.
    surface_data: [Finder<'static>; 2],
}

impl Marks {
    pub fn new(dialect: &Dialect) -> Self {
        let finder = |family, local| {
            let name = dialect.written(family, local).unwrap_or_else(|| local.to_owned());
            Finder::new(&format!("</{name}")).into_owned()
        };
        Self {
            member: finder(Family::Core, "cityObjectMember"),
            surface_data: ["surfaceDataMember", "surfaceData"].map(|name| finder(Family::Appearance, name)),
        }
    }

    /// Where to cut: after the last member, else after the last texture or material.
    fn cut(&self, bytes: &[u8]) -> Option<(usize, Place)> {
        let member = last_tag_end(&self.member, bytes).map(|at| (at, Place::Model));
        let surface_data = || self.surface_data.iter().find_map(|mark| last_tag_end(mark, bytes));
        member.or_else(|| surface_data().map(|at| (at, Place::Appearance)))
    }
}

/// Byte after the last whole tag that begins with the mark.
fn last_tag_end(mark: &Finder<'_>, bytes: &[u8]) -> Option<usize> {
    let length = mark.needle().len();
    let mut end = bytes.len();
    while end > 0 {
        let start = end.saturating_sub(WINDOW_BYTES);
        let window = &bytes[start..(end + length - 1).min(bytes.len())];
        let found = mark.find_iter(window).filter_map(|at| tag_end(bytes, start + at + length));
        if let Some(at) = found.last() {
            return Some(at);
        }
        end = start;
    }
    None
}

/// Byte after the `>` of an end tag whose name ends here.
fn tag_end(bytes: &[u8], name_end: usize) -> Option<usize> {
    let rest = &bytes[name_end..];
    let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    (rest.get(blank) == Some(&b'>')).then_some(name_end + blank + 1)
}

/// Where stretches come from.
pub(crate) trait Source<'a>: Send {
    /// The next stretch; none after the last one.
    fn next(&mut self) -> Result<Option<Piece<'a>>, CityGmlError>;

    /// Goes back to the first of these, which are all that came since, and makes it begin in `start` and
    /// hold at least so many bytes.
    fn rewind(&mut self, pieces: Vec<Piece<'a>>, start: Place, least: usize);

    /// Takes back the memory of stretches that are done.
    fn recycle(&mut self, _done: Vec<Cow<'a, [u8]>>) {}
}

/// What both sources share.
pub(crate) struct Cutter<'f> {
    pub marks: Marks,
    pub block: usize,
    pub limits: &'f Limits,
    pub file: &'f str,
    start: Place,
    least: usize,
    done: bool,
}

impl<'f> Cutter<'f> {
    pub fn new(marks: Marks, block: usize, limits: &'f Limits, file: &'f str, start: Place) -> Self {
        Self { marks, block, limits, file, start, least: 0, done: false }
    }

    fn first_want(&self) -> usize {
        self.block.max(self.least)
    }

    /// Where to cut this much of the file; none: more is needed.
    fn cut(&self, bytes: &[u8]) -> Option<(usize, Place)> {
        self.marks.cut(bytes).filter(|(at, _)| *at >= self.least)
    }

    fn check(&self, offset: u64, bytes: usize) -> Result<(), CityGmlError> {
        let (limits, file) = (self.limits, self.file);
        if offset + bytes as u64 > limits.file_bytes {
            return Err(too_large(file, offset, "the size of the file", "file_bytes", limits.file_bytes));
        }
        // A block may hold the end of one member and the beginning of the next.
        if bytes > limits.member_bytes.saturating_add(2 * self.block) {
            let limit = limits.member_bytes as u64;
            return Err(too_large(file, offset, "the size of a member", "member_bytes", limit));
        }
        Ok(())
    }

    /// The next stretch begins after this cut.
    fn pass(&mut self, start: Place, last: bool) -> Place {
        self.least = 0;
        self.done = last;
        std::mem::replace(&mut self.start, start)
    }

    fn back(&mut self, start: Place, least: usize) {
        self.start = start;
        self.least = least;
        self.done = false;
    }
}

fn too_large(file: &str, byte: u64, what: &'static str, name: &'static str, limit: u64) -> CityGmlError {
    CityGmlError::TooLarge { file: file.to_owned(), byte, what, name, limit }
}

/// A file in memory: stretches are slices of it.
pub(crate) struct SliceSource<'a, 'f> {
    pub bytes: &'a [u8],
    pub at: usize,
    pub cutter: Cutter<'f>,
}

impl<'a> Source<'a> for SliceSource<'a, '_> {
    fn next(&mut self) -> Result<Option<Piece<'a>>, CityGmlError> {
        if self.cutter.done {
            return Ok(None);
        }
        let (rest, offset) = (&self.bytes[self.at..], self.at as u64);
        let mut want = self.cutter.first_want();
        let (end, next, last) = loop {
            self.cutter.check(offset, want.min(rest.len()))?;
            if want >= rest.len() {
                break (rest.len(), Place::After, true);
            }
            if let Some((end, next)) = self.cutter.cut(&rest[..want]) {
                break (end, next, false);
            }
            want = want.saturating_mul(2);
        };
        self.at += end;
        let start = self.cutter.pass(next, last);
        Ok(Some(Piece { bytes: Cow::Borrowed(&rest[..end]), offset, start, last }))
    }

    fn rewind(&mut self, pieces: Vec<Piece<'a>>, start: Place, least: usize) {
        if let Some(first) = pieces.first() {
            self.at = first.offset as usize;
        }
        self.cutter.back(start, least);
    }
}

/// A file that is read on the way.
pub(crate) struct ReadSource<'f, R> {
    pub input: R,
    /// What was read and not handed out.
    pub buffer: Vec<u8>,
    /// Memory to read into.
    pub spare: Vec<Vec<u8>>,
    /// Where the buffer begins in the file.
    pub offset: u64,
    /// Everything was read.
    pub whole: bool,
    pub cutter: Cutter<'f>,
}

impl<R: Read + Send> ReadSource<'_, R> {
    /// Reads until the buffer holds so much, or the file ends.
    fn fill(&mut self, want: usize) -> Result<(), CityGmlError> {
        let missing = want.saturating_sub(self.buffer.len());
        if missing > 0 && !self.whole {
            let read = (&mut self.input).take(missing as u64).read_to_end(&mut self.buffer);
            let read =
                read.map_err(|source| CityGmlError::Io { file: self.cutter.file.to_owned(), source })?;
            self.whole = read < missing;
        }
        Ok(())
    }

    /// Hands out the beginning of the buffer and keeps the rest.
    fn take(&mut self, end: usize) -> Vec<u8> {
        let rest = &self.buffer[end..];
        let mut kept = self.spare.pop().unwrap_or_default();
        kept.clear();
        kept.reserve(rest.len().max(self.cutter.block));
        kept.extend_from_slice(rest);
        let mut taken = std::mem::replace(&mut self.buffer, kept);
        taken.truncate(end);
        self.offset += end as u64;
        taken
    }
}

impl<R: Read + Send> Source<'static> for ReadSource<'_, R> {
    fn next(&mut self) -> Result<Option<Piece<'static>>, CityGmlError> {
        if self.cutter.done {
            return Ok(None);
        }
        let offset = self.offset;
        let mut want = self.cutter.first_want();
        let (end, next, last) = loop {
            self.fill(want)?;
            self.cutter.check(offset, self.buffer.len())?;
            if self.whole && want >= self.buffer.len() {
                break (self.buffer.len(), Place::After, true);
            }
            if let Some((end, next)) = self.cutter.cut(&self.buffer[..want.min(self.buffer.len())]) {
                break (end, next, false);
            }
            want = want.saturating_mul(2);
        };
        let start = self.cutter.pass(next, last);
        Ok(Some(Piece { bytes: Cow::Owned(self.take(end)), offset, start, last }))
    }

    fn rewind(&mut self, pieces: Vec<Piece<'static>>, start: Place, least: usize) {
        if let Some(first) = pieces.first() {
            self.offset = first.offset;
        }
        let mut bytes: Vec<u8> = Vec::new();
        pieces.iter().for_each(|piece| bytes.extend_from_slice(&piece.bytes));
        bytes.append(&mut self.buffer);
        self.buffer = bytes;
        self.cutter.back(start, least);
    }

    fn recycle(&mut self, done: Vec<Cow<'static, [u8]>>) {
        // Only memory of the usual size: that of one huge member should not stay.
        let usual = |bytes: &Vec<u8>| bytes.capacity() <= 4 * self.cutter.block;
        self.spare.extend(done.into_iter().map(Cow::into_owned).filter(usual));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn textures_of_the_third_edition_can_be_cut_apart() {
        let address = "http://www.opengis.net/citygml/appearance/3.0".to_owned();
        let marks = Marks::new(&Dialect::new(&[("app".to_owned(), address)]));
        let text = b"a</app:surfaceData><app:surfaceData>b";
        assert_eq!(marks.cut(text), Some((19, Place::Appearance)));
    }

    fn marks() -> Marks {
        let core = "http://www.opengis.net/citygml/2.0".to_owned();
        let app = "http://www.opengis.net/citygml/appearance/2.0".to_owned();
        Marks::new(&Dialect::new(&[("core".to_owned(), core), ("app".to_owned(), app)]))
    }

    #[test]
    fn a_cut_is_after_the_last_whole_end_tag() {
        let cases: [(&str, Option<(&str, Place)>); 5] = [
            ("a</core:cityObjectMember>b</core:cityObjectMember >c", Some(("c", Place::Model))),
            (
                "a</core:cityObjectMember>b</core:cityObjectMember",
                Some(("b</core:cityObjectMember", Place::Model)),
            ),
            ("a</core:cityObjectMembers>", None),
            ("a</app:surfaceDataMember>b", Some(("b", Place::Appearance))),
            (
                "a</core:cityObjectMember>b</app:surfaceDataMember>c",
                Some(("b</app:surfaceDataMember>c", Place::Model)),
            ),
        ];
        for (text, rest) in cases {
            let found = marks().cut(text.as_bytes()).map(|(at, place)| (&text[at..], place));
            assert_eq!(found, rest, "{text}");
        }
    }

    #[test]
    fn a_tag_across_windows_is_found() {
        let tag = "</core:cityObjectMember>";
        for shift in 0..tag.len() + 2 {
            let mut text = vec![b' '; 3 * WINDOW_BYTES];
            let at = 2 * WINDOW_BYTES - shift;
            text[at..at + tag.len()].copy_from_slice(tag.as_bytes());
            assert_eq!(marks().cut(&text), Some((at + tag.len(), Place::Model)), "{shift}");
        }
    }
}
