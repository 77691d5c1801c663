//! Scenario files: TOML text to the caller's serde type, with errors that a person can act on.
//!
//! A scenario is written by hand, so most mistakes are a slip of a key, a unit left in a number, or a
//! value of the wrong kind. [`parse_scenario`] therefore reads the text twice over: once into a table that
//! remembers where every key and value stands (that is where NaN and infinity are refused, which TOML
//! allows and no question can use), and once through serde into the caller's type, which should be marked
//! `deny_unknown_fields`. TOML's own dates and times are handed on as text, so that `2026-12-22` may be
//! written with quotes or without. Whatever is wrong is a [`ScenarioError`]: the file, the place, the line itself,
//! and for a key or a word that is not known the nearest one that is.
//!
//! The error is data first ([`Problem`]) and English second (its `Display`), so that an app can say the
//! same in another language.

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Deserializer;
use toml::de::{DeTable, DeValue};

/// Longest scenario text that is read, bytes. Scenarios are a page or two; this is a guard, not a budget.
pub const MAX_SCENARIO_BYTES: usize = 1 << 20;

/// A place in a scenario file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Number of characters meant, at least 1, all on this line.
    pub width: usize,
    /// The whole line.
    pub text: String,
}

/// What is wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Not TOML. Holds the parser's message.
    Syntax(String),
    /// A key that means nothing here.
    UnknownKey {
        /// The key as written.
        key: String,
        /// The known key most like it, if one is like it at all.
        nearest: Option<String>,
        /// Every key that could stand here.
        known: Vec<String>,
    },
    /// A word that is none of those allowed.
    UnknownWord {
        /// The word as written.
        word: String,
        /// The allowed word most like it, if one is like it at all.
        nearest: Option<String>,
        /// Every word that could stand here.
        known: Vec<String>,
    },
    /// A key that must be there and is not.
    MissingKey(String),
    /// A number that is not finite.
    NotFinite {
        /// Path of the key, for example `sunlight.ground.spacing_m`.
        key: String,
        /// The value as written.
        value: String,
    },
    /// A value that does not fit its key. Holds what was found and what was expected.
    BadValue(String),
    /// Longer than [`MAX_SCENARIO_BYTES`]. Holds the length, bytes.
    TooLong(usize),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message) => write!(f, "not valid TOML: {message}"),
            Self::UnknownKey { key, nearest, known } => {
                write!(f, "unknown key `{key}`{}", hint(nearest.as_deref(), known))
            }
            Self::UnknownWord { word, nearest, known } => {
                write!(f, "`{word}` is not allowed here{}", hint(nearest.as_deref(), known))
            }
            Self::MissingKey(key) => write!(f, "the key `{key}` is missing"),
            Self::NotFinite { key, value } => write!(f, "`{key}` is {value}; a finite number is needed"),
            Self::BadValue(message) => f.write_str(message),
            Self::TooLong(bytes) => {
                write!(f, "{bytes} bytes are too long for a scenario (at most {MAX_SCENARIO_BYTES})")
            }
        }
    }
}

fn hint(nearest: Option<&str>, known: &[String]) -> String {
    match nearest {
        Some(word) => format!("; did you mean `{word}`?"),
        None if known.is_empty() => String::new(),
        None => format!("; known here: {}", known.join(", ")),
    }
}

/// Why a scenario cannot be read: where, what, and the way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.in_words(&self.problem.to_string()))]
pub struct ScenarioError {
    /// The file, as the user named it.
    pub file: String,
    /// Where in it; `None` when the file as a whole is meant.
    pub place: Option<Box<Place>>,
    /// What is wrong.
    pub problem: Problem,
}

impl ScenarioError {
    /// `file:line:column: problem` with the line and a marker under it, the problem in the words given.
    pub fn in_words(&self, problem: &str) -> String {
        let Some(place) = &self.place else { return format!("{}: {problem}", self.file) };
        let Place { line, column, width, text } = place.as_ref();
        let margin = line.to_string().len();
        let blank = indent_like(text, column - 1);
        format!(
            "{}:{line}:{column}: {problem}\n{:margin$} |\n{line} | {text}\n{:margin$} | {blank}{}",
            self.file,
            "",
            "",
            "^".repeat(*width)
        )
    }
}

/// Blanks that are as wide as the first characters of a line: tabs stay tabs, wide characters count two.
fn indent_like(text: &str, characters: usize) -> String {
    let wide = |c: char| matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x20000..=0x3FFFD);
    let blank = |c: char| {
        if c == '\t' {
            "\t"
        } else if wide(c) {
            "  "
        } else {
            " "
        }
    };
    text.chars().take(characters).map(blank).collect()
}

/// Reads a scenario. `file_name` is only for the messages. `T` should deny unknown fields.
///
/// # Errors
/// A [`ScenarioError`] with the place and the way out.
pub fn parse_scenario<T: DeserializeOwned>(text: &str, file_name: &str) -> Result<T, ScenarioError> {
    let fail = |span: Option<Range<usize>>, problem| ScenarioError {
        file: file_name.to_owned(),
        place: span.map(|span| Box::new(place_of(text, span))),
        problem,
    };
    if text.len() > MAX_SCENARIO_BYTES {
        return Err(fail(None, Problem::TooLong(text.len())));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut table = DeTable::parse(text)
        .map_err(|error| fail(error.span(), Problem::Syntax(error.message().to_owned())))?;
    if let Some((key, value, span)) = first_not_finite(table.get_ref(), "") {
        return Err(fail(Some(span), Problem::NotFinite { key, value }));
    }
    dates_to_text(table.get_mut());
    T::deserialize(Deserializer::from(table.clone())).map_err(|error| {
        let problem = problem_from_message(error.message());
        let span = match &problem {
            Problem::UnknownKey { key, .. } => key_span(text, table.get_ref(), key, error.span()),
            _ => error.span(),
        };
        fail(span, problem)
    })
}

/// Sorts a serde message into what we know to translate. The wording is serde's own and stable.
fn problem_from_message(message: &str) -> Problem {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let Some((first, rest)) = quoted.split_first() else { return Problem::BadValue(message.to_owned()) };
    let word = (*first).to_owned();
    let known: Vec<String> = rest.iter().map(|w| (*w).to_owned()).collect();
    let nearest = nearest_of(first, &known);
    if message.starts_with("unknown field") {
        Problem::UnknownKey { key: word, nearest, known }
    } else if message.starts_with("unknown variant") {
        Problem::UnknownWord { word, nearest, known }
    } else if message.starts_with("missing field") {
        Problem::MissingKey(word)
    } else {
        Problem::BadValue(message.to_owned())
    }
}

/// The known word most like the one written; `None` when none is close enough to be meant.
fn nearest_of(written: &str, known: &[String]) -> Option<String> {
    const ENOUGH: f64 = 0.6; // below this, Damerau-Levenshtein finds words that merely share letters
    let plain = |word: &str| word.to_lowercase().replace('-', "_");
    let likeness = |word: &String| {
        let (a, b) = (plain(written), plain(word));
        let score = strsim::normalized_damerau_levenshtein(&a, &b);
        // `spacing` for `spacing_m`: a unit forgotten is the commonest slip.
        if !a.is_empty() && (b.starts_with(&format!("{a}_")) || a.starts_with(&format!("{b}_"))) {
            score.max(0.9)
        } else {
            score
        }
    };
    let scored = known.iter().map(|word| (likeness(word), word));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
    (best.0 >= ENOUGH).then(|| best.1.clone())
}

/// The first number that is NaN or infinite: its key path, its text and its place.
fn first_not_finite(table: &DeTable<'_>, path: &str) -> Option<(String, String, Range<usize>)> {
    let mut found: Option<(String, String, Range<usize>)> = None;
    for (key, value) in table.iter() {
        let path =
            if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
        let here = not_finite_in(value.get_ref(), value.span(), &path);
        if let Some(hit) = here
            && found.as_ref().is_none_or(|f| hit.2.start < f.2.start)
        {
            found = Some(hit);
        }
    }
    found
}

fn not_finite_in(
    value: &DeValue<'_>,
    span: Range<usize>,
    path: &str,
) -> Option<(String, String, Range<usize>)> {
    match value {
        // A literal too large for f64 parses to infinity as well.
        DeValue::Float(float) if !float.as_str().parse::<f64>().is_ok_and(f64::is_finite) => {
            Some((path.to_owned(), float.as_str().to_owned(), span))
        }
        DeValue::Array(items) => items.iter().find_map(|v| not_finite_in(v.get_ref(), v.span(), path)),
        DeValue::Table(inner) => first_not_finite(inner, path),
        _ => None,
    }
}

/// Turns TOML's dates and times into strings, everywhere in a table.
fn dates_to_text(table: &mut DeTable<'_>) {
    table.iter_mut().for_each(|(_, value)| date_to_text(value.get_mut()));
}

fn date_to_text(value: &mut DeValue<'_>) {
    match value {
        DeValue::Datetime(at) => *value = DeValue::String(at.to_string().into()),
        DeValue::Array(items) => items.iter_mut().for_each(|v| date_to_text(v.get_mut())),
        DeValue::Table(inner) => dates_to_text(inner),
        _ => {}
    }
}

/// Where the value of a key path (`sunlight.area.lon`) stands, or of the longest part of the path that the
/// text has. `None` when the text is not TOML or has nothing of it. For checks that follow the parsing.
pub fn locate(text: &str, key_path: &str) -> Option<Place> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = DeTable::parse(plain).ok()?;
    let mut table = root.get_ref();
    let mut found = None;
    for key in key_path.split('.') {
        let Some((key, value)) = table.iter().find(|(k, _)| k.get_ref() == key) else { break };
        found = Some(key.span());
        // An entry of a list of tables cannot be told from its path unless it is the only one.
        let inner = match value.get_ref() {
            DeValue::Array(items) if items.len() == 1 => items.first().map(|item| item.get_ref()),
            other => Some(other),
        };
        let Some(DeValue::Table(inner)) = inner else { break };
        table = inner;
    }
    found.map(|span| place_of(plain, span))
}

/// Where a key stands. The parser knows, except inside tagged enums, where serde has lost the place: there
/// the first key of that name at or after the enclosing value is meant.
fn key_span(text: &str, table: &DeTable<'_>, key: &str, given: Option<Range<usize>>) -> Option<Range<usize>> {
    if let Some(span) = &given
        && text.get(span.clone()) == Some(key)
    {
        return given;
    }
    let mut spans = Vec::new();
    keys_named(table, key, &mut spans);
    spans.sort_by_key(|span| span.start);
    let from = given.as_ref().map_or(0, |span| span.start);
    spans.iter().find(|span| span.start >= from).or(spans.first()).cloned().or(given)
}

fn keys_named(table: &DeTable<'_>, name: &str, spans: &mut Vec<Range<usize>>) {
    for (key, value) in table.iter() {
        if key.get_ref() == name {
            spans.push(key.span());
        }
        keys_in_value(value.get_ref(), name, spans);
    }
}

fn keys_in_value(value: &DeValue<'_>, name: &str, spans: &mut Vec<Range<usize>>) {
    match value {
        DeValue::Table(inner) => keys_named(inner, name, spans),
        DeValue::Array(items) => items.iter().for_each(|v| keys_in_value(v.get_ref(), name, spans)),
        _ => {}
    }
}

/// Line, column and width of a byte span. Spans that leave the text or cut a character are moved inside.
fn place_of(text: &str, span: Range<usize>) -> Place {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let start = floor(span.start);
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = floor(span.end).clamp(start, line_end);
    Place {
        line: text[..start].matches('\n').count() + 1,
        column: text[line_start..start].chars().count() + 1,
        width: text[start..end].trim_end().chars().count().max(1),
        text: text[line_start..line_end].trim_end_matches('\r').to_owned(),
    }
}
