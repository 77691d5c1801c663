//! What the columns of a table mean: the description of a format, and what it comes to in one table.

use crate::{EpochUnit, TracksError, Zone};

/// A column, by its name in the head (in whatever case) or by its number from 0 where there is no head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Column {
    Named(String),
    Numbered(usize),
}

impl std::fmt::Display for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(name),
            Self::Numbered(number) => write!(f, "column {}", number + 1),
        }
    }
}

/// How a table says the time. `C` is a column: described or found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeColumns<C> {
    /// Date and time of day, or a count since 1970: told row by row.
    Instant(C),
    /// A count since 1970 UTC.
    Epoch(C, EpochUnit),
    /// A date and a time of day.
    DateAndClock(C, C),
    /// A time of day; the day is told from outside.
    Clock(C),
    /// Figures apart: year, month, day, hour, minute.
    Parts([C; 5]),
}

/// What columns mean.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meaning<C> {
    /// Columns of ids; the first that a row fills counts. None: the file is one track.
    pub id: Vec<C>,
    /// Ids are drawn anew each day.
    pub daily: bool,
    pub time: TimeColumns<C>,
    pub zone: Zone,
    /// Longitude and latitude; none where a geometry has both.
    pub place: Option<[C; 2]>,
    /// A geometry in WKB.
    pub geometry: Option<C>,
    pub accuracy: Option<C>,
    /// With the factor that makes it metres a second.
    pub speed: Option<(C, f32)>,
    pub course: Option<C>,
    /// Days since 1970, for times of day.
    pub day: Option<i64>,
}

impl<C: Clone> Meaning<C> {
    /// The same with each column replaced.
    pub fn map<D>(
        &self,
        mut find: impl FnMut(&C) -> Result<D, TracksError>,
    ) -> Result<Meaning<D>, TracksError> {
        let mut one = |column: &C| find(column);
        Ok(Meaning {
            id: self.id.iter().map(&mut one).collect::<Result<_, _>>()?,
            daily: self.daily,
            time: match &self.time {
                TimeColumns::Instant(at) => TimeColumns::Instant(one(at)?),
                TimeColumns::Epoch(at, unit) => TimeColumns::Epoch(one(at)?, *unit),
                TimeColumns::DateAndClock(date, clock) => TimeColumns::DateAndClock(one(date)?, one(clock)?),
                TimeColumns::Clock(clock) => TimeColumns::Clock(one(clock)?),
                TimeColumns::Parts([y, mo, d, h, mi]) => {
                    TimeColumns::Parts([one(y)?, one(mo)?, one(d)?, one(h)?, one(mi)?])
                }
            },
            zone: self.zone,
            place: match &self.place {
                Some([lon, lat]) => Some([one(lon)?, one(lat)?]),
                None => None,
            },
            geometry: self.geometry.as_ref().map(&mut one).transpose()?,
            accuracy: self.accuracy.as_ref().map(&mut one).transpose()?,
            speed: match &self.speed {
                Some((column, factor)) => Some((one(column)?, *factor)),
                None => None,
            },
            course: self.course.as_ref().map(&mut one).transpose()?,
            day: self.day,
        })
    }

    /// Every column with what it means.
    pub fn columns(&self) -> Vec<(&'static str, &C)> {
        let mut all: Vec<(&'static str, &C)> = self.id.iter().map(|column| ("id", column)).collect();
        match &self.time {
            TimeColumns::Instant(at) | TimeColumns::Epoch(at, _) | TimeColumns::Clock(at) => {
                all.push(("time", at));
            }
            TimeColumns::DateAndClock(date, clock) => all.extend([("date", date), ("time", clock)]),
            TimeColumns::Parts(parts) => {
                all.extend(["year", "month", "day", "hour", "minute"].into_iter().zip(parts));
            }
        }
        if let Some([lon, lat]) = &self.place {
            all.extend([("longitude", lon), ("latitude", lat)]);
        }
        all.extend(self.geometry.as_ref().map(|column| ("geometry", column)));
        all.extend(self.accuracy.as_ref().map(|column| ("accuracy", column)));
        all.extend(self.speed.as_ref().map(|(column, _)| ("speed", column)));
        all.extend(self.course.as_ref().map(|column| ("course", column)));
        all
    }
}

/// A table of known format.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Layout {
    /// The format, for reports.
    pub format: String,
    /// Why it was taken for that.
    pub why: String,
    /// Who says the zone.
    pub zone_told_by: &'static str,
    /// Lines ahead of the rows, the head included.
    pub skip_lines: usize,
    pub delimiter: u8,
    pub meaning: Meaning<Column>,
}

/// Columns that say where people live and work, or who they are. They are never read, whoever asks.
pub(crate) fn is_private(name: &str) -> bool {
    let name = name.trim().to_ascii_lowercase();
    ["home_", "workplace_", "work_", "poi_home", "poi_work", "gender", "sex", "age", "birth"].iter().any(
        |private| {
            name == private.trim_end_matches('_') || (private.ends_with('_') && name.starts_with(private))
        },
    ) || name.starts_with("poi_home")
        || name.starts_with("poi_work")
}
