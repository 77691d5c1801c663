//! The marks of XML: tags, texts, comments, in one forward pass over a slice.
//!
//! Files are mostly geometry: a few short names over and over, blanks, and lists of numbers. `quick-xml`
//! reads that well; this reads only what the stretches of a CityGML file need, and so takes a third of
//! the time. Blanks between tags are no events; attributes are split while the end of the tag is looked
//! for; an end tag is compared with the name that is open; and what followed a tag the last time is
//! tried first the next time, so that most names are neither searched nor looked up. Tests hold it
//! against `quick-xml` event by event, on good files and on broken ones. Entities are left to the reader
//! of the text; a DOCTYPE is told and not read.

use rustc_hash::FxHashMap;

/// An XML attribute: name and value, still escaped.
pub(crate) type Attribute<'a> = (&'a [u8], &'a [u8]);

/// Number of a name in its slice, in the order of occurrence.
pub(crate) type Tag = usize;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark<'a> {
    /// A start tag; its attributes are in [`Marker::attributes`]. `empty`: `<a/>`, no end tag comes.
    Start {
        tag: Tag,
        name: &'a [u8],
        empty: bool,
    },
    /// An end tag. Of elements that were open before the slice it is told without a check.
    End {
        name: &'a [u8],
    },
    /// A text that is not blank, still escaped. Blanks before it are left out.
    Text(&'a [u8]),
    /// The inside of a CDATA section.
    Data(&'a [u8]),
    Doctype,
    /// The slice is over.
    Over,
}

/// Markup that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MarkupError {
    /// The slice ends inside of this.
    Open(&'static str),
    /// It is wrong.
    Wrong(String),
}

/// Walks over a slice.
pub(crate) struct Marker<'a> {
    bytes: &'a [u8],
    /// Where the next mark begins.
    pub at: usize,
    /// Attributes of the last start tag.
    pub attributes: Vec<Attribute<'a>>,
    /// The last start tag declares a namespace.
    pub declares: bool,
    names: Vec<&'a [u8]>,
    tags: FxHashMap<&'a [u8], Tag>,
    /// What started after the start and the end of each name the last time.
    after: Vec<Tag>,
    /// Twice the name of the last tag, and one more for an end tag.
    last: usize,
    /// Elements that are open.
    open: Vec<Tag>,
    /// The last mark was no tag: blanks may belong to a text.
    in_text: bool,
}

impl<'a> Marker<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            attributes: Vec::new(),
            declares: false,
            names: vec![b"".as_slice()],
            tags: FxHashMap::default(),
            after: vec![0; 2],
            last: 0,
            open: Vec::new(),
            in_text: false,
        }
    }

    /// The innermost element that is open, as a tag.
    pub fn innermost(&self) -> Option<String> {
        self.open.last().map(|tag| format!("<{}>", String::from_utf8_lossy(self.names[*tag])))
    }

    /// The next mark.
    #[inline]
    pub fn next(&mut self) -> Result<Mark<'a>, MarkupError> {
        loop {
            if let Some(text) = self.text() {
                return Ok(Mark::Text(text));
            }
            let Some(kind) = self.bytes.get(self.at + 1) else {
                let over = self.at >= self.bytes.len();
                return if over { Ok(Mark::Over) } else { Err(MarkupError::Open("a tag")) };
            };
            match kind {
                b'/' => return self.end_tag(),
                b'!' => {
                    if let Some(mark) = self.bang()? {
                        return Ok(mark);
                    }
                }
                b'?' => self.skip("?>", 2, "a processing instruction")?,
                _ => return self.start_tag(),
            }
        }
    }

    /// The text up to the next `<`; none when there is nothing but blanks.
    #[inline]
    fn text(&mut self) -> Option<&'a [u8]> {
        let from = self.at;
        let mut at = from;
        while self.bytes[at..].starts_with(&[b'\t'; 4]) || self.bytes[at..].starts_with(&[b' '; 4]) {
            at += 4;
        }
        while self.bytes.get(at).is_some_and(|byte| is_blank(*byte)) {
            at += 1;
        }
        if self.bytes.get(at).is_none_or(|byte| *byte == b'<') {
            self.at = at;
            return (self.in_text && at > from).then(|| &self.bytes[from..at]);
        }
        let start = if self.in_text { from } else { at };
        let end = memchr::memchr(b'<', &self.bytes[at..]).map_or(self.bytes.len(), |length| at + length);
        self.at = end;
        self.in_text = true;
        Some(&self.bytes[start..end])
    }

    #[inline]
    fn end_tag(&mut self) -> Result<Mark<'a>, MarkupError> {
        self.in_text = false;
        let start = self.at + 2;
        if let Some(tag) = self.open.last().copied() {
            let name = self.names[tag];
            if begins_with(&self.bytes[start..], name) && self.bytes.get(start + name.len()) == Some(&b'>') {
                self.at = start + name.len() + 1;
                self.open.pop();
                self.last = 2 * tag + 1;
                return Ok(Mark::End { name });
            }
        }
        self.odd_end_tag(start)
    }

    /// An end tag with blanks, without a start tag, or with another name than the one that is open.
    fn odd_end_tag(&mut self, start: usize) -> Result<Mark<'a>, MarkupError> {
        let length = memchr::memchr(b'>', &self.bytes[start..]).ok_or(MarkupError::Open("an end tag"))?;
        let name = self.bytes[start..start + length].trim_ascii_end();
        self.at = start + length + 1;
        self.last = 1;
        match self.open.pop() {
            Some(open) if self.names[open] != name => {
                let (open, name) = (String::from_utf8_lossy(self.names[open]), String::from_utf8_lossy(name));
                Err(MarkupError::Wrong(format!("expected `</{open}>`, but `</{name}>` was found")))
            }
            _ => Ok(Mark::End { name }),
        }
    }

    #[inline]
    fn start_tag(&mut self) -> Result<Mark<'a>, MarkupError> {
        self.in_text = false;
        self.attributes.clear();
        self.declares = false;
        let start = self.at + 1;
        let tag = match self.guess(start) {
            Some(tag) => tag,
            None => self.name(start)?,
        };
        let name = self.names[tag];
        self.last = 2 * tag;
        let mut at = start + name.len();
        loop {
            match self.bytes.get(at) {
                Some(b'>') => {
                    self.at = at + 1;
                    self.open.push(tag);
                    return Ok(Mark::Start { tag, name, empty: false });
                }
                Some(b'/') if self.bytes.get(at + 1) == Some(&b'>') => {
                    self.at = at + 2;
                    self.last += 1;
                    return Ok(Mark::Start { tag, name, empty: true });
                }
                Some(byte) if is_blank(*byte) => at += 1,
                Some(b'/') if at + 1 < self.bytes.len() => {
                    return Err(MarkupError::Wrong("a `/` stands inside a tag".to_owned()));
                }
                Some(b'/') | None => return Err(MarkupError::Open("a tag")),
                Some(_) => at = self.attribute(at)?,
            }
        }
    }

    /// The name that begins here, when it is the one that came after the last tag before.
    #[inline]
    fn guess(&self, start: usize) -> Option<Tag> {
        let tag = self.after[self.last];
        let name = self.names[tag];
        let end = *self.bytes.get(start + name.len())?;
        (tag > 0 && NAME_ENDS[usize::from(end)] && begins_with(&self.bytes[start..], name)).then_some(tag)
    }

    /// The name that begins here, whatever it is.
    fn name(&mut self, start: usize) -> Result<Tag, MarkupError> {
        let rest = &self.bytes[start..];
        let length = rest.iter().position(|byte| NAME_ENDS[usize::from(*byte)]);
        let name = &rest[..length.ok_or(MarkupError::Open("a tag"))?];
        if name.is_empty() {
            return Err(MarkupError::Wrong("a tag has no name".to_owned()));
        }
        let next = self.names.len();
        let tag = *self.tags.entry(name).or_insert(next);
        if tag == next {
            self.names.push(name);
            self.after.extend([0, 0]);
        }
        self.after[self.last] = tag;
        Ok(tag)
    }

    /// Reads the attribute that begins here; the place after it.
    fn attribute(&mut self, at: usize) -> Result<usize, MarkupError> {
        let rest = &self.bytes[at..];
        let open = MarkupError::Open("a tag");
        let length = rest.iter().position(|byte| KEY_ENDS[usize::from(*byte)]);
        let length = length.ok_or(open.clone())?;
        let name = rest[..length].trim_ascii_end();
        if rest[length] != b'=' || name.is_empty() || name.iter().any(|byte| is_blank(*byte)) {
            return Err(MarkupError::Wrong("an attribute has no value".to_owned()));
        }
        let blanks = rest[length + 1..].iter().take_while(|byte| is_blank(**byte)).count();
        let quote_at = length + 1 + blanks;
        let quote = *rest.get(quote_at).ok_or(open)?;
        if quote != b'"' && quote != b'\'' {
            return Err(MarkupError::Wrong("the value of an attribute is not in quotes".to_owned()));
        }
        let inside = &rest[quote_at + 1..];
        let end = memchr::memchr(quote, inside).ok_or(MarkupError::Open("the value of an attribute"))?;
        self.declares |= name.starts_with(b"xmlns");
        self.attributes.push((name, &inside[..end]));
        Ok(at + quote_at + 1 + end + 1)
    }

    /// A comment, CDATA or DOCTYPE.
    fn bang(&mut self) -> Result<Option<Mark<'a>>, MarkupError> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(b"<!--") {
            self.skip("-->", 4, "a comment")?;
            return Ok(None);
        }
        if rest.starts_with(b"<![CDATA[") {
            let start = self.at + 9;
            self.skip("]]>", 9, "a CDATA section")?;
            return Ok(Some(Mark::Data(&self.bytes[start..self.at - 3])));
        }
        if rest.len() >= 9 && rest[2..9].eq_ignore_ascii_case(b"DOCTYPE") {
            return Ok(Some(Mark::Doctype));
        }
        let short =
            [b"<!--".as_slice(), b"<![CDATA[", b"<!DOCTYPE"].iter().any(|whole| whole.starts_with(rest));
        match short {
            true => Err(MarkupError::Open("markup")),
            false => Err(MarkupError::Wrong("`<!` begins nothing that XML knows".to_owned())),
        }
    }

    /// Goes behind the next closing marks, which are looked for after the opening ones.
    fn skip(&mut self, closing: &str, opening: usize, what: &'static str) -> Result<(), MarkupError> {
        let start = (self.at + opening).min(self.bytes.len());
        let length = memchr::memmem::find(&self.bytes[start..], closing.as_bytes());
        self.at = start + length.ok_or(MarkupError::Open(what))? + closing.len();
        self.in_text |= closing != "?>";
        Ok(())
    }
}

#[inline]
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\r')
}

/// Whether a text is nothing but blanks.
#[inline]
pub(crate) fn is_blank_text(text: &[u8]) -> bool {
    text.iter().all(|byte| is_blank(*byte))
}

/// `starts_with` for names, which are too short for a call.
#[inline]
fn begins_with(bytes: &[u8], name: &[u8]) -> bool {
    let Some(bytes) = bytes.get(..name.len()) else { return false };
    let (ours, theirs) = (bytes.chunks_exact(8), name.chunks_exact(8));
    let rest = ours.remainder().iter().zip(theirs.remainder());
    let word = |eight: &[u8]| eight.first_chunk::<8>().map_or(0, |eight| u64::from_le_bytes(*eight));
    ours.zip(theirs).all(|(a, b)| word(a) == word(b)) && rest.fold(true, |same, (a, b)| same & (a == b))
}

/// Letters that end the name of an element.
const NAME_ENDS: [bool; 256] = ends(b" \n\t\r>/<=\"'");

/// Letters that end the name of an attribute.
const KEY_ENDS: [bool; 256] = ends(b"=><\"'");

const fn ends(letters: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < letters.len() {
        table[letters[i] as usize] = true;
        i += 1;
    }
    table
}
