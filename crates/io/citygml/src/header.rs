//! The beginning of a file: is it CityGML, which namespaces, which coordinate system?

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::dialect::{Dialect, Family};
use crate::lexicon::{Class, Lexicon};
use crate::{CityGmlError, markup};
use futago_geodesy::Crs;
use futago_raw::Header;

/// How far behind the first tag the envelope is looked for.
pub(crate) const ENVELOPE_BYTES: usize = 1 << 15;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The beginning of a file, as far as it was understood.
#[derive(Debug)]
pub(crate) struct Beginning {
    pub header: Header,
    pub dialect: Dialect,
    /// Byte after the first tag.
    pub end: usize,
    /// `<core:CityModel/>`: there is nothing in it.
    pub closed: bool,
}

/// Reads the beginning. None when more of the file is needed; `whole` says that there is no more.
pub(crate) fn read(bytes: &[u8], whole: bool, file: &str) -> Result<Option<Beginning>, CityGmlError> {
    check_encoding(bytes, file)?;
    let mark = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 };
    let mut reader = Reader::from_reader(&bytes[mark..]);
    loop {
        let byte = mark as u64 + reader.buffer_position();
        let not_xml =
            |problem: &str| CityGmlError::NotXml { file: file.to_owned(), byte, problem: problem.to_owned() };
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                let end = mark + reader.buffer_position() as usize;
                return beginning(&start, end, bytes, false, file).map(Some);
            }
            Ok(Event::Empty(start)) => {
                let end = mark + reader.buffer_position() as usize;
                return beginning(&start, end, bytes, true, file).map(Some);
            }
            Ok(Event::Decl(decl)) => check_declared(decl.encoding(), file)?,
            Ok(Event::DocType(_)) => return Err(CityGmlError::Doctype { file: file.to_owned(), byte }),
            Ok(Event::Comment(_) | Event::PI(_)) => {}
            Ok(Event::Text(text)) if markup::is_blank_text(&text) => {}
            Ok(Event::Text(_)) if !whole => return Ok(None),
            Ok(Event::Eof) | Err(quick_xml::Error::Syntax(_)) if !whole => return Ok(None),
            Ok(Event::Eof) => return Err(not_xml("there is no element in it")),
            Ok(_) => return Err(not_xml("text stands before the first element")),
            Err(error) => return Err(not_xml(&error.to_string())),
        }
    }
}

fn check_encoding(bytes: &[u8], file: &str) -> Result<(), CityGmlError> {
    let wide = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") || bytes.starts_with(b"<\0");
    if wide { Err(other_encoding("UTF-16", file)) } else { Ok(()) }
}

fn check_declared<B: AsRef<[u8]>, E>(encoding: Option<Result<B, E>>, file: &str) -> Result<(), CityGmlError> {
    let Some(Ok(encoding)) = encoding else { return Ok(()) };
    let name = String::from_utf8_lossy(encoding.as_ref());
    let same = ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| name.eq_ignore_ascii_case(known));
    if same { Ok(()) } else { Err(other_encoding(&name, file)) }
}

fn other_encoding(encoding: &str, file: &str) -> CityGmlError {
    CityGmlError::Encoding { file: file.to_owned(), encoding: encoding.to_owned() }
}

fn beginning(
    start: &BytesStart<'_>,
    end: usize,
    bytes: &[u8],
    closed: bool,
    file: &str,
) -> Result<Beginning, CityGmlError> {
    let (mut namespaces, mut attributes) = (Vec::new(), Vec::new());
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|error| CityGmlError::NotXml {
            file: file.to_owned(),
            byte: end as u64,
            problem: error.to_string(),
        })?;
        let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        match name.strip_prefix("xmlns") {
            Some("") => namespaces.push((String::new(), value)),
            Some(prefix) if prefix.starts_with(':') => namespaces.push((prefix[1..].to_owned(), value)),
            _ => attributes.push((name, value)),
        }
    }
    let dialect = Dialect::new(&namespaces);
    check_root(start, &namespaces, &dialect, file)?;
    let near = &bytes[end..bytes.len().min(end + ENVELOPE_BYTES)];
    let Envelope { crs, dimension, corners } = envelope(near, &dialect);
    let dimension = dimension.or(crs.map(Crs::dimension)).unwrap_or(3);
    let header = Header { file: file.to_owned(), namespaces, attributes, crs, dimension, corners };
    Ok(Beginning { header, dialect, end, closed })
}

fn check_root(
    start: &BytesStart<'_>,
    namespaces: &[(String, String)],
    dialect: &Dialect,
    file: &str,
) -> Result<(), CityGmlError> {
    let name = String::from_utf8_lossy(start.name().0).into_owned();
    if dialect.written(Family::Core, "CityModel").as_deref() == Some(&name) {
        return Ok(());
    }
    let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
    let found = match namespaces.iter().find(|(known, _)| known == prefix) {
        Some((_, address)) => format!("{name} of {address}"),
        None => name,
    };
    Err(CityGmlError::NotCityGml { file: file.to_owned(), found })
}

/// What the model's envelope says.
#[derive(Default)]
struct Envelope {
    crs: Option<Crs>,
    dimension: Option<u8>,
    corners: Option<[[f64; 3]; 2]>,
}

/// The model's envelope, which stands before the first member.
fn envelope(bytes: &[u8], dialect: &Dialect) -> Envelope {
    let mut lexicon = Lexicon::new(dialect);
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().allow_unmatched_ends = true;
    while let Ok(event) = reader.read_event() {
        let start = match event {
            Event::Start(start) | Event::Empty(start) => start,
            Event::Eof => break,
            _ => continue,
        };
        let word = lexicon.meaning(start.name().0);
        if matches!(word.class, Class::Member | Class::AppearanceMember) {
            break;
        }
        if lexicon.name(word.id) == "gml:Envelope" {
            let envelope = marks(&start);
            let corners = corners(&mut reader, &mut lexicon);
            return Envelope { corners, ..envelope };
        }
    }
    Envelope::default()
}

/// The two corners that follow the tag of an envelope.
fn corners(reader: &mut Reader<&[u8]>, lexicon: &mut Lexicon<'_>) -> Option<[[f64; 3]; 2]> {
    let (mut corners, mut open) = ([None; 2], None);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) => {
                let word = lexicon.meaning(start.name().0);
                open =
                    ["gml:lowerCorner", "gml:upperCorner"].iter().position(|n| *n == lexicon.name(word.id));
            }
            Event::Text(text) => {
                if let Some(which) = open {
                    corners[which] = numbers(&String::from_utf8_lossy(&text));
                }
            }
            Event::End(_) if open.take().is_none() => break,
            Event::Eof => break,
            _ => {}
        }
    }
    Some([corners[0]?, corners[1]?])
}

/// Two or three finite numbers.
fn numbers(text: &str) -> Option<[f64; 3]> {
    let numbers: Vec<f64> = text.split_ascii_whitespace().map_while(|n| n.parse().ok()).collect();
    let at = match numbers[..] {
        [a, b] => [a, b, 0.0],
        [a, b, c] => [a, b, c],
        _ => return None,
    };
    at.iter().all(|n| n.is_finite()).then_some(at)
}

fn marks(start: &BytesStart<'_>) -> Envelope {
    let text = |name: &str| {
        let attribute = start.try_get_attribute(name).ok().flatten()?;
        Some(String::from_utf8_lossy(&attribute.value).into_owned())
    };
    let crs = text("srsName").and_then(|name| Crs::from_srs_name(&name));
    let dimension = text("srsDimension").and_then(|text| text.parse().ok()).filter(|d| matches!(d, 2 | 3));
    Envelope { crs, dimension, corners: None }
}
