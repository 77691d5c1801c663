//! The JSON texts of a file, and the features in them.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::{Deserializer, Value};

use super::{Piece, trimmed};
use crate::FeaturesError;
use crate::delivery::Delivery;
use crate::detect::RECORD_SEPARATOR;

/// Features of a file, and what it says of its system.
#[derive(Default)]
pub(super) struct Texts<'a> {
    pub features: Vec<Piece<'a>>,
    pub crs: Option<Value>,
}

/// The members that tell what a text is.
#[derive(Deserialize)]
struct Members<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<Cow<'a, str>>,
    #[serde(borrow)]
    features: Option<Vec<Piece<'a>>>,
    crs: Option<Value>,
}

/// Numbers that JSON does not have and Python writes, and texts of the same length for them: one of them must
/// not cost the whole file.
const WORDS: [(&[u8], &[u8]); 3] =
    [(b"-Infinity", b"\"not num\""), (b"Infinity", b"\"no num\""), (b"NaN", b" \"\"")];

/// Makes JSON of what is nearly so: separators of a sequence, `NaN` and `Infinity`.
pub(super) fn make_json(bytes: &mut [u8]) {
    let (mut at, mut in_string) = (0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            RECORD_SEPARATOR => {
                bytes[at] = b' ';
                in_string = false;
            }
            b'N' | b'I' | b'-' if !in_string => {
                if let Some((word, text)) = WORDS.iter().find(|(word, _)| bytes[at..].starts_with(word)) {
                    bytes[at..at + word.len()].copy_from_slice(text);
                    at += word.len() - 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
}

/// Splits a file into features. Of a sequence a broken text costs only itself.
pub(super) fn split<'a>(bytes: &'a [u8], delivery: &mut Delivery<'_>) -> Result<Texts<'a>, FeaturesError> {
    let (mut texts, mut rest, mut first) = (Texts::default(), trimmed(bytes), true);
    while !rest.is_empty() {
        let mut stream = Deserializer::from_slice(rest).into_iter::<Piece<'a>>();
        match stream.next() {
            Some(Ok(text)) => {
                let known = texts.add(text);
                match known {
                    Err(error) if first => return Err(of_json(delivery.file, &error)),
                    Ok(Some(found)) if first => return Err(not_geojson(delivery.file, &found)),
                    Err(_) | Ok(Some(_)) => {
                        let index = texts.features.len() as u64;
                        delivery.bad(index, "a text of the sequence is neither a feature nor a collection");
                    }
                    Ok(None) => {}
                }
                rest = rest[stream.byte_offset()..].trim_ascii_start();
            }
            Some(Err(error)) if first => return Err(of_json(delivery.file, &error)),
            Some(Err(error)) => {
                let index = texts.features.len() as u64;
                delivery.bad(index, &format!("a text of the sequence is not readable as JSON ({error})"));
                let line = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
                rest = rest[line..].trim_ascii_start();
            }
            None => break,
        }
        first = false;
    }
    Ok(texts)
}

impl<'a> Texts<'a> {
    /// Adds the features of a text; what it is when it has none.
    fn add(&mut self, text: Piece<'a>) -> Result<Option<String>, serde_json::Error> {
        let members: Members<'a> = serde_json::from_str(text.get())?;
        match (members.kind.as_deref(), members.features) {
            (Some("FeatureCollection"), Some(features)) => self.features.extend(features),
            (Some("FeatureCollection"), None) => {
                return Ok(Some("it is a FeatureCollection without `features`".to_owned()));
            }
            (Some("Feature"), _) => self.features.push(text),
            (kind, _) => {
                let found =
                    kind.map_or("it has no `type`".to_owned(), |kind| format!("its type is `{kind}`"));
                return Ok(Some(found));
            }
        }
        self.crs = self.crs.take().or(members.crs);
        Ok(None)
    }
}

fn not_geojson(file: &str, found: &str) -> FeaturesError {
    FeaturesError::UnknownFormat { file: file.to_owned(), found: found.to_owned() }
}

fn of_json(file: &str, error: &serde_json::Error) -> FeaturesError {
    if error.classify() == Category::Data {
        return not_geojson(file, &error.to_string());
    }
    FeaturesError::NotJson {
        file: file.to_owned(),
        line: error.line(),
        column: error.column(),
        problem: if error.is_eof() { "the file ends too early".to_owned() } else { error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_words_change() {
        let mut text = br#"{"a\"NaN": [NaN, -Infinity, Infinity, -1], "b": "NaN"}"#.to_vec();
        make_json(&mut text);
        let expected = br#"{"a\"NaN": [ "", "not num", "no num", -1], "b": "NaN"}"#;
        assert_eq!(text, expected);
    }
}
