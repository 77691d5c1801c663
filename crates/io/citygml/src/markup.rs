//! The marks of XML: tags, texts, comments, in one forward pass over a slice.
//!
//! Files are mostly geometry: a few short names over and over, blanks, and lists of numbers. `quick-xml`
//! reads that well; this reads only what the stretches of a CityGML file need, and so takes a third of
//! the time. Blanks between tags are no events, an end tag is compared with the name that is open
//! instead of searched, and attributes are split while the end of the tag is looked for. Tests hold it
//! against `quick-xml` event by event, on good files and on broken ones. Entities are left to the reader
//! of the text; a DOCTYPE is told and not read.

/// An XML attribute: name and value, still escaped.
pub(crate) type Attribute<'a> = (&'a [u8], &'a [u8]);

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark<'a> {
    /// A start tag; its attributes are in [`Marker::attributes`]. `empty`: `<a/>`, no end tag comes.
    Start {
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
    /// Elements that are open.
    open: Vec<&'a [u8]>,
    /// The last mark was no tag: blanks may belong to a text.
    in_text: bool,
}

impl<'a> Marker<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, attributes: Vec::new(), declares: false, open: Vec::new(), in_text: false }
    }

    /// The innermost element that is open, as a tag.
    pub fn innermost(&self) -> Option<String> {
        self.open.last().map(|name| format!("<{}>", String::from_utf8_lossy(name)))
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
        if let Some(name) = self.open.last() {
            let end = start + name.len();
            if self.bytes.get(end) == Some(&b'>') && &self.bytes[start..end] == *name {
                self.at = end + 1;
                let name = *name;
                self.open.pop();
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
        match self.open.pop() {
            Some(open) if open != name => {
                let (open, name) = (String::from_utf8_lossy(open), String::from_utf8_lossy(name));
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
        let rest = &self.bytes[start..];
        let length = rest.iter().position(|byte| is_name_end(*byte)).ok_or(MarkupError::Open("a tag"))?;
        if length == 0 {
            return Err(MarkupError::Wrong("a tag has no name".to_owned()));
        }
        let name = &rest[..length];
        let mut at = start + length;
        loop {
            match self.bytes.get(at) {
                Some(b'>') => {
                    self.at = at + 1;
                    self.open.push(name);
                    return Ok(Mark::Start { name, empty: false });
                }
                Some(b'/') if self.bytes.get(at + 1) == Some(&b'>') => {
                    self.at = at + 2;
                    return Ok(Mark::Start { name, empty: true });
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

    /// Reads the attribute that begins here; the place after it.
    fn attribute(&mut self, at: usize) -> Result<usize, MarkupError> {
        let rest = &self.bytes[at..];
        let open = MarkupError::Open("a tag");
        let length = rest.iter().position(|byte| matches!(byte, b'=' | b'>' | b'<' | b'"' | b'\''));
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

#[inline]
fn is_name_end(byte: u8) -> bool {
    is_blank(byte) || byte == b'>' || byte == b'/'
}
