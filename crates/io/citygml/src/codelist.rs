//! Code lists (`codelists/*.xml`): what the codes of an attribute mean.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::CityGmlError;

/// A `gml:Dictionary`: codes and their texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodeList {
    /// Name of the list, for example `Building_usage`.
    pub name: String,
    /// Text by code.
    pub texts: BTreeMap<String, String>,
}

impl CodeList {
    /// What a code means.
    pub fn text(&self, code: &str) -> Option<&str> {
        self.texts.get(code).map(String::as_str)
    }
}

/// Reads a code list. Of a code that occurs twice the first text holds.
///
/// # Errors
/// When the bytes are not a `gml:Dictionary` in UTF-8, or are cut.
pub fn read_code_list(bytes: &[u8], file: &str) -> Result<CodeList, CityGmlError> {
    let bad = |problem: String| CityGmlError::NotACodeList { file: file.to_owned(), problem };
    let text = std::str::from_utf8(bytes).map_err(|error| bad(format!("not UTF-8, {error}")))?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut state = Reading::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => state.start(start.local_name().as_ref()).map_err(bad)?,
            Ok(Event::Empty(start)) => {
                state.start(start.local_name().as_ref()).map_err(bad)?;
                state.end();
            }
            Ok(Event::End(_)) => state.end(),
            Ok(Event::Text(words)) => state.words.push_str(&String::from_utf8_lossy(&words)),
            Ok(Event::CData(words)) => state.words.push_str(&String::from_utf8_lossy(&words)),
            Ok(Event::GeneralRef(name)) => state.entity(&String::from_utf8_lossy(&name)),
            Ok(Event::DocType(_)) => return Err(bad("it has a DOCTYPE".to_owned())),
            Ok(Event::Eof) if state.path.is_empty() && state.seen => return Ok(state.list),
            Ok(Event::Eof) => return Err(bad("it ends too early".to_owned())),
            Ok(_) => {}
            Err(error) => return Err(bad(format!("at byte {}: {error}", reader.error_position()))),
        }
    }
}

#[derive(Default)]
struct Reading {
    list: CodeList,
    seen: bool,
    /// Local names of the open elements.
    path: Vec<Box<str>>,
    words: String,
    code: String,
    text: String,
}

/// Elements inside each other; a code list has five.
const DEPTH: usize = 64;

impl Reading {
    fn start(&mut self, name: &[u8]) -> Result<(), String> {
        let name = String::from_utf8_lossy(name);
        if self.path.is_empty() && name != "Dictionary" {
            return Err(format!("its first element is {name}"));
        }
        if self.path.len() >= DEPTH {
            return Err(format!("more than {DEPTH} elements inside each other"));
        }
        self.seen = true;
        self.path.push(name.into());
        self.words.clear();
        Ok(())
    }

    fn end(&mut self) {
        let Some(name) = self.path.pop() else { return };
        let words = std::mem::take(&mut self.words).trim().to_owned();
        let inside = self.path.last().map_or("", |name| &**name);
        match (&*name, inside) {
            ("name", "Dictionary") => self.list.name = words,
            ("name", "Definition") => self.code = words,
            ("description", "Definition") => self.text = words,
            ("Definition", _) => {
                let (code, text) = (std::mem::take(&mut self.code), std::mem::take(&mut self.text));
                if !code.is_empty() {
                    self.list.texts.entry(code).or_insert(text);
                }
            }
            _ => {}
        }
    }

    fn entity(&mut self, name: &str) {
        let written = format!("&{name};");
        match quick_xml::escape::unescape(&written) {
            Ok(letter) => self.words.push_str(&letter),
            Err(_) => self.words.push_str(&written),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gml:Dictionary xmlns:gml="http://www.opengis.net/gml" gml:id="x">
  <gml:name>Building_usage</gml:name>
  <gml:dictionaryEntry><gml:Definition gml:id="id1">
    <gml:description>業務施設 &amp; 店舗</gml:description><gml:name>401</gml:name>
  </gml:Definition></gml:dictionaryEntry>
  <gml:dictionaryEntry><gml:Definition gml:id="id2">
    <gml:name>402</gml:name><gml:description>商業施設</gml:description>
  </gml:Definition></gml:dictionaryEntry>
</gml:Dictionary>"#;

    #[test]
    fn codes_have_their_texts_in_either_order() {
        let list = read_code_list(LIST.as_bytes(), "x.xml").expect("a list");
        assert_eq!(list.name, "Building_usage");
        assert_eq!((list.text("401"), list.text("402")), (Some("業務施設 & 店舗"), Some("商業施設")));
        assert_eq!((list.text("403"), list.texts.len()), (None, 2));
    }

    #[test]
    fn what_is_no_list_is_an_error_that_names_the_file() {
        let cut = &LIST[..LIST.len() - 8];
        for text in ["", "{}", "<a/>", "<!DOCTYPE x><gml:Dictionary/>", cut] {
            let error = read_code_list(text.as_bytes(), "x.xml").expect_err(text).to_string();
            assert!(error.contains("x.xml"), "{error}");
        }
    }
}
