//! Where the needed columns of one table stand.

use crate::layout::{Column, Layout, Meaning, TimeColumns};
use crate::{IdKey, TracksError};

/// Columns as numbers from 0.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Fields of a row.
    pub columns: usize,
    pub delimiter: u8,
    pub meaning: Meaning<usize>,
    pub lon: usize,
    pub lat: usize,
    pub key: IdKey,
    /// The id of a table without ids: the file is one track.
    pub file_id: u64,
}

impl Plan {
    /// Finds the columns among the names of the head (or, without one, among so many fields).
    pub fn new(layout: &Layout, head: &[String], file: &str, key: IdKey) -> Result<Self, TracksError> {
        let meaning = layout.meaning.map(|column| find(column, head, file))?;
        check_day(&meaning, layout, file)?;
        let Some([lon, lat]) = meaning.place else {
            return Err(TracksError::unsupported(
                file,
                "a geometry in a table of text",
                "Write longitude and latitude as columns of their own",
            ));
        };
        let file_id = key.text(file.as_bytes());
        Ok(Self { columns: head.len(), delimiter: layout.delimiter, meaning, lon, lat, key, file_id })
    }
}

fn find(column: &Column, head: &[String], file: &str) -> Result<usize, TracksError> {
    let found = match column {
        Column::Named(name) => head.iter().position(|other| other.trim().eq_ignore_ascii_case(name)),
        Column::Numbered(number) => (*number < head.len()).then_some(*number),
    };
    found.ok_or_else(|| {
        let mapping = format!("{file}.toml");
        TracksError::mapping(&mapping, format!("`{column}` is named, and {file} has no such column"))
    })
}

/// Times of day need a day.
pub(crate) fn check_day<C>(meaning: &Meaning<C>, layout: &Layout, file: &str) -> Result<(), TracksError> {
    match (&meaning.time, &layout.meaning.time) {
        (TimeColumns::Clock(_), TimeColumns::Clock(column)) if meaning.day.is_none() => {
            Err(TracksError::NoDay { file: file.to_owned(), column: column.to_string() })
        }
        _ => Ok(()),
    }
}
