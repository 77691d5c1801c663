//! OSM XML: nodes, ways and relations one after the other, read with quick-xml.

use std::io::{BufRead, Read};

use quick_xml::Reader;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};

use crate::OsmError;
use crate::element::{At, Collect, Kinds, Member, NOWHERE, Role, Tag, e7};
use crate::limits::Limits;
use crate::tags::Key;

/// Elements that go into one collector.
const STRETCH: usize = 8192;

/// What is told after each stretch: the collector, and how many bytes are read.
type Take<'t, C> = &'t mut dyn FnMut(C, u64) -> Result<(), OsmError>;

/// Reads a file once. Gives west, south, east, north of its `bounds`, degrees.
pub(crate) fn scan<C: Collect>(
    input: impl BufRead,
    (file, limits): (&str, &Limits),
    kinds: Kinds,
    make: &dyn Fn() -> C,
    take: Take<'_, C>,
) -> Result<Option<[f64; 4]>, OsmError> {
    let input = Bounded { input, left: 0, room: limits.element_bytes, byte: 0, ended: false };
    let mut scan = Scan { file, limits, kinds, reader: Reader::from_reader(input), bounds: None };
    let (mut collector, mut count) = (make(), 0);
    let (mut element, mut buffer) = (Element::default(), Vec::new());
    let (mut opened, mut closed) = (false, false);
    loop {
        buffer.clear();
        match scan.event(&mut buffer)? {
            Event::Start(start) if !opened => {
                opened = start.local_name().as_ref() == b"osm";
                if !opened {
                    return Err(OsmError::NotOsm { file: file.to_owned() });
                }
            }
            Event::Empty(start) if !opened => {
                closed = start.local_name().as_ref() == b"osm";
                break;
            }
            Event::Start(start) => scan.open(&start, &mut element, limits)?,
            Event::Empty(start) => {
                scan.open(&start, &mut element, limits)?;
                count += usize::from(element.close(start.local_name().as_ref(), kinds, &mut collector));
            }
            Event::End(end) if end.local_name().as_ref() == b"osm" => {
                closed = true;
                break;
            }
            Event::End(end) => {
                count += usize::from(element.close(end.local_name().as_ref(), kinds, &mut collector));
            }
            Event::Eof => break,
            _ => {}
        }
        if count >= STRETCH {
            count = 0;
            collector.end();
            take(std::mem::replace(&mut collector, make()), scan.reader.get_ref().byte)?;
        }
    }
    if !opened && !closed {
        return Err(OsmError::NotOsm { file: file.to_owned() });
    }
    if !closed {
        let byte = scan.reader.get_ref().byte;
        return Err(OsmError::Cut { file: file.to_owned(), byte, inside: "the element osm" });
    }
    collector.end();
    take(collector, scan.reader.get_ref().byte)?;
    Ok(scan.bounds)
}

struct Scan<'s, R> {
    file: &'s str,
    limits: &'s Limits,
    kinds: Kinds,
    reader: Reader<Bounded<R>>,
    bounds: Option<[f64; 4]>,
}

impl<R: BufRead> Scan<'_, R> {
    fn event<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, OsmError> {
        let input = self.reader.get_mut();
        input.left = input.room;
        let file = || self.file.to_owned();
        if input.byte > self.limits.file_bytes {
            let (what, name) = ("the file size in bytes", "file_bytes");
            return Err(OsmError::TooLarge { file: file(), what, name, limit: self.limits.file_bytes });
        }
        let error = match self.reader.read_event_into(buffer) {
            Ok(event) => return Ok(event),
            Err(error) => error,
        };
        let (input, byte) = (self.reader.get_ref(), self.reader.error_position());
        Err(match error {
            quick_xml::Error::Io(source) if source.kind() == std::io::ErrorKind::FileTooLarge => {
                let limit = self.limits.element_bytes as u64;
                let (what, name) = ("the size of one element in bytes", "element_bytes");
                OsmError::TooLarge { file: file(), what, name, limit }
            }
            quick_xml::Error::Io(source) => {
                OsmError::Io { file: file(), source: std::io::Error::new(source.kind(), source.to_string()) }
            }
            _ if input.ended => OsmError::Cut { file: file(), byte: input.byte, inside: "a tag" },
            other => OsmError::NotXml { file: file(), byte, problem: other.to_string() },
        })
    }

    fn open(
        &mut self,
        start: &BytesStart<'_>,
        element: &mut Element,
        limits: &Limits,
    ) -> Result<(), OsmError> {
        match start.local_name().as_ref() {
            b"node" => element.begin(What::Node, start, self.kinds.nodes),
            b"way" => element.begin(What::Way, start, self.kinds.ways),
            b"relation" => element.begin(What::Relation, start, self.kinds.relations),
            b"bounds" => self.add_bounds(start),
            _ if !element.wanted => {}
            b"tag" => {
                let [key, value] = texts(start, [b"k", b"v"]);
                element.tag_count += 1;
                element.tags.extend(key.and_then(|key| Key::of(&key)).zip(value));
            }
            b"nd" => element.refs.extend(number(start, b"ref")),
            b"member" => element.member(start),
            _ => {}
        }
        let members = element.refs.len().max(element.members.len()).max(element.tag_count);
        if members > limits.members {
            let (file, limit) = (self.file.to_owned(), limits.members as u64);
            let what = "the number of nodes, members or tags of one element";
            return Err(OsmError::TooLarge { file, what, name: "members", limit });
        }
        Ok(())
    }

    /// Several boxes of one file add up.
    fn add_bounds(&mut self, start: &BytesStart<'_>) {
        let found = texts(start, [b"minlon".as_slice(), b"minlat", b"maxlon", b"maxlat"]);
        let found = found.map(|text| text.and_then(|text| text.parse::<f64>().ok()));
        if let [Some(west), Some(south), Some(east), Some(north)] = found {
            let b = self.bounds.unwrap_or([west, south, east, north]);
            self.bounds = Some([b[0].min(west), b[1].min(south), b[2].max(east), b[3].max(north)]);
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum What {
    #[default]
    Nothing,
    Node,
    Way,
    Relation,
}

/// The element at work.
#[derive(Default)]
struct Element {
    what: What,
    /// Somebody wants its kind, and it is not deleted.
    wanted: bool,
    id: Option<i64>,
    at: Option<At>,
    /// Those whose keys mean something.
    tags: Vec<(Key, String)>,
    /// All of them.
    tag_count: usize,
    refs: Vec<i64>,
    members: Vec<Member>,
}

impl Element {
    fn begin(&mut self, what: What, start: &BytesStart<'_>, wanted: bool) {
        (self.what, self.wanted) = (what, wanted);
        self.tags.clear();
        self.tag_count = 0;
        self.refs.clear();
        self.members.clear();
        if !wanted {
            return;
        }
        let [id, lat, lon, visible, action] =
            texts(start, [b"id".as_slice(), b"lat", b"lon", b"visible", b"action"]);
        let number = |text: Option<String>| text.and_then(|text| text.parse::<f64>().ok());
        self.id = id.and_then(|id| id.parse().ok());
        let place = number(lon).and_then(|lon| e7(lon, 180.0)).zip(number(lat).and_then(|lat| e7(lat, 90.0)));
        self.at = place.map(|(lon, lat)| [lon, lat]);
        self.wanted = visible.as_deref() != Some("false") && action.as_deref() != Some("delete");
    }

    fn member(&mut self, start: &BytesStart<'_>) {
        let [kind, id, role] = texts(start, [b"type".as_slice(), b"ref", b"role"]);
        let is_way = kind.as_deref() == Some("way");
        if let Some(id) = id.and_then(|id| id.parse().ok())
            && (is_way || kind.as_deref() == Some("relation"))
        {
            let role = Role::of(role.as_deref().unwrap_or_default());
            self.members.push(Member { id, is_way, role });
        }
    }

    /// Hands it over when this tag ends it; true when it does.
    fn close(&mut self, name: &[u8], kinds: Kinds, to: &mut impl Collect) -> bool {
        let ends = match self.what {
            What::Node => name == b"node",
            What::Way => name == b"way",
            What::Relation => name == b"relation",
            What::Nothing => false,
        };
        if !ends {
            return false;
        }
        let what = std::mem::take(&mut self.what);
        if !std::mem::take(&mut self.wanted) {
            return true;
        }
        let tags: Vec<Tag<'_>> = self.tags.iter().map(|(key, value)| (*key, value.as_str())).collect();
        match (what, self.id) {
            (What::Node, Some(id)) if kinds.nodes => to.node(id, self.at.unwrap_or(NOWHERE), &tags),
            (What::Way, Some(id)) if kinds.ways => to.way(id, &self.refs, &tags),
            (What::Relation, Some(id)) if kinds.relations => to.relation(id, &self.members, &tags),
            (_, None) => to.bad("an element", None, "it has no number as id"),
            _ => {}
        }
        true
    }
}

/// Values of attributes, as far as they are there and can be read.
fn texts<const N: usize>(start: &BytesStart<'_>, names: [&[u8]; N]) -> [Option<String>; N] {
    let mut found = [const { None }; N];
    for attribute in start.attributes().with_checks(false).flatten() {
        if let Some(index) = names.iter().position(|name| *name == attribute.key.as_ref()) {
            found[index] = value(&attribute);
        }
    }
    found
}

fn value(attribute: &Attribute<'_>) -> Option<String> {
    let text = std::str::from_utf8(&attribute.value).ok()?;
    // Bare ampersands stay as they are.
    Some(quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned))
}

fn number(start: &BytesStart<'_>, name: &[u8]) -> Option<i64> {
    let attribute = start.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == name)?;
    std::str::from_utf8(&attribute.value).ok()?.parse().ok()
}

/// Hands out at most so many bytes between two events: a tag without an end does not fill the memory.
struct Bounded<R> {
    input: R,
    left: usize,
    room: usize,
    byte: u64,
    ended: bool,
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.left == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let found = self.input.fill_buf()?;
        self.ended = found.is_empty();
        Ok(&found[..found.len().min(self.left)])
    }

    fn consume(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count);
        self.byte += count as u64;
        self.input.consume(count);
    }
}

/// Whether a file that begins so is OSM XML.
pub(crate) fn looks_like(head: &[u8]) -> bool {
    memchr::memmem::find_iter(head, b"<osm").any(|at| {
        let next = head.get(at + 4).copied().unwrap_or(b'>');
        next.is_ascii_whitespace() || next == b'>' || next == b'/'
    })
}
