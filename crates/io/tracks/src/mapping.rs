//! The small file that says what the columns of any other table mean.
//!
//! `points.csv.toml` beside `points.csv`, or `tracks.toml` in the folder for all tables there that have none of
//! their own. Keys name columns, by name or, in a table without a head, by number from 1.

use serde::{Deserialize, Serialize};

use crate::layout::{Column, Meaning, TimeColumns, is_private};
use crate::{EpochUnit, ReadOptions, TracksError, Zone};

/// A column: its name, or its number from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ColumnName {
    /// Its number, from 1.
    Number(usize),
    /// Its name, in whatever case.
    Name(String),
}

/// One or several columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Several {
    /// One.
    One(ColumnName),
    /// Several; the first that a row fills counts.
    Many(Vec<ColumnName>),
}

/// What the columns of a table mean. `time`, or `date` with `clock`, or the five from `year` to `minute`, say when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Ids; left out, each file is one track.
    pub id: Option<Several>,
    /// Ids are drawn anew each day.
    #[serde(default)]
    pub daily_ids: bool,
    /// Date and time of day, or a count since 1970 UTC.
    pub time: Option<ColumnName>,
    /// What `time` counts, where it is a count.
    #[serde(default)]
    pub time_unit: EpochUnit,
    /// The date.
    pub date: Option<ColumnName>,
    /// The time of day.
    pub clock: Option<ColumnName>,
    /// The day of a table with times of day only, `2013-07-01`.
    pub on: Option<String>,
    /// The year.
    pub year: Option<ColumnName>,
    /// The month, 1 to 12.
    pub month: Option<ColumnName>,
    /// The day of the month.
    pub day: Option<ColumnName>,
    /// The hour.
    pub hour: Option<ColumnName>,
    /// The minute.
    pub minute: Option<ColumnName>,
    /// JST, UTC or an offset as `+09:00`, for times that do not say it.
    pub zone: Option<Zone>,
    /// Longitude, degrees.
    pub longitude: Option<ColumnName>,
    /// Latitude, degrees.
    pub latitude: Option<ColumnName>,
    /// Accuracy, metres.
    pub accuracy_m: Option<ColumnName>,
    /// Speed, metres a second.
    pub speed_mps: Option<ColumnName>,
    /// Speed, kilometres an hour.
    pub speed_kmh: Option<ColumnName>,
    /// Course, degrees clockwise from north.
    pub course_deg: Option<ColumnName>,
    /// Whether the first line has names; yes when left out.
    pub head: Option<bool>,
    /// Lines ahead of the head or the first row.
    #[serde(default)]
    pub skip_lines: usize,
    /// `,`, `;` or a tab; told by the first line when left out.
    pub delimiter: Option<char>,
}

impl Mapping {
    /// Reads a mapping file's text; `file` is its name for errors.
    pub fn parse(text: &str, file: &str) -> Result<Self, TracksError> {
        let mapping: Self =
            toml::from_str(text).map_err(|error| TracksError::mapping(file, error.to_string()))?;
        mapping.check(file)?;
        Ok(mapping)
    }

    fn check(&self, file: &str) -> Result<(), TracksError> {
        let bad = |problem: String| Err(TracksError::mapping(file, problem));
        if let Some(private) = self.names().find(|name| is_private(name)) {
            return bad(format!(
                "`{private}` says who somebody is, or where somebody lives or works, and is never read"
            ));
        }
        if self.numbers().any(|number| number == 0) {
            return bad("columns count from 1".to_owned());
        }
        if self.longitude.is_some() != self.latitude.is_some() {
            return bad("`longitude` and `latitude` go together".to_owned());
        }
        if self.skip_lines > 1_000 {
            return bad("`skip_lines` goes up to 1000".to_owned());
        }
        if self.delimiter.is_some_and(|mark| !mark.is_ascii() || matches!(mark, '"' | '\n' | '\r')) {
            return bad("`delimiter` is one ASCII character".to_owned());
        }
        self.times().map(|_| ()).or_else(|problem| bad(problem.to_owned()))
    }

    fn all(&self) -> impl Iterator<Item = &ColumnName> {
        let ids: &[ColumnName] = match &self.id {
            Some(Several::One(one)) => std::slice::from_ref(one),
            Some(Several::Many(many)) => many,
            None => &[],
        };
        let single = [
            &self.time,
            &self.date,
            &self.clock,
            &self.year,
            &self.month,
            &self.day,
            &self.hour,
            &self.minute,
            &self.longitude,
            &self.latitude,
            &self.accuracy_m,
            &self.speed_mps,
            &self.speed_kmh,
            &self.course_deg,
        ];
        ids.iter().chain(single.into_iter().flatten())
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.all().filter_map(|column| match column {
            ColumnName::Name(name) => Some(name.as_str()),
            ColumnName::Number(_) => None,
        })
    }

    fn numbers(&self) -> impl Iterator<Item = usize> {
        self.all().filter_map(|column| match column {
            ColumnName::Number(number) => Some(*number),
            ColumnName::Name(_) => None,
        })
    }

    fn times(&self) -> Result<TimeColumns<Column>, &'static str> {
        let parts = [&self.year, &self.month, &self.day, &self.hour, &self.minute];
        let given = parts.iter().filter(|part| part.is_some()).count();
        match (&self.time, &self.date, &self.clock, given) {
            (Some(time), None, None, 0) if self.time_unit != EpochUnit::Auto => {
                Ok(TimeColumns::Epoch(column(time), self.time_unit))
            }
            (Some(time), None, None, 0) => Ok(TimeColumns::Instant(column(time))),
            (None, Some(date), Some(clock), 0) => Ok(TimeColumns::DateAndClock(column(date), column(clock))),
            (None, None, Some(clock), 0) => Ok(TimeColumns::Clock(column(clock))),
            (None, None, None, 5) => {
                let [Some(y), Some(mo), Some(d), Some(h), Some(mi)] = parts else {
                    return Err("it names no time");
                };
                Ok(TimeColumns::Parts([y, mo, d, h, mi].map(column)))
            }
            _ => Err(
                "it needs one of: `time`; `date` and `clock`; `clock` and `on`; `year`, `month`, `day`, `hour` and `minute`",
            ),
        }
    }

    pub(crate) fn meaning(&self, file: &str, options: &ReadOptions) -> Result<Meaning<Column>, TracksError> {
        self.check(file)?;
        let time = self.times().map_err(|problem| TracksError::mapping(file, problem))?;
        let day = match &self.on {
            Some(text) => Some(crate::time::date(text.as_bytes()).ok_or_else(|| {
                TracksError::mapping(file, format!("`on = \"{text}\"` is no date such as 2013-07-01"))
            })?),
            None => options.day,
        };
        let place = match (&self.longitude, &self.latitude) {
            (Some(lon), Some(lat)) => Some([column(lon), column(lat)]),
            _ => None,
        };
        let speed = self.speed_mps.as_ref().map(|name| (column(name), 1.0));
        Ok(Meaning {
            id: match &self.id {
                Some(Several::One(one)) => vec![column(one)],
                Some(Several::Many(many)) => many.iter().map(column).collect(),
                None => Vec::new(),
            },
            daily: self.daily_ids,
            time,
            zone: self.zone.unwrap_or(options.zone),
            place,
            geometry: None,
            accuracy: self.accuracy_m.as_ref().map(column),
            speed: speed.or_else(|| self.speed_kmh.as_ref().map(|name| (column(name), 1.0 / 3.6))),
            course: self.course_deg.as_ref().map(column),
            day,
        })
    }
}

fn column(name: &ColumnName) -> Column {
    match name {
        ColumnName::Number(number) => Column::Numbered(number.saturating_sub(1)),
        ColumnName::Name(name) => Column::Named(name.clone()),
    }
}
