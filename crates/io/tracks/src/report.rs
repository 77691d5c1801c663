//! What was read, and what was left out for which reason.

use std::collections::BTreeMap;

use serde::Serialize;

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Fewer or more columns than the head of the table, or a line beyond the limit.
    UnreadableRow,
    /// No id in any of its columns of ids.
    NoId,
    /// A time that is missing or no time.
    UnreadableTime,
    /// A longitude or latitude that is missing, no number, or not on Earth.
    UnreadablePlace,
    /// Accuracy, speed or course that is there and no number.
    UnreadableNumber,
    /// A radius above the limit, or below zero, by which devices say that a place is not valid.
    Accuracy,
    /// A stated speed above the limit.
    Speed,
    /// A place outside the bounds.
    OutsideBounds,
    /// An instant outside the period.
    OutsidePeriod,
}

impl Reason {
    /// Every reason, in order.
    pub const ALL: [Self; 9] = [
        Self::UnreadableRow,
        Self::NoId,
        Self::UnreadableTime,
        Self::UnreadablePlace,
        Self::UnreadableNumber,
        Self::Accuracy,
        Self::Speed,
        Self::OutsideBounds,
        Self::OutsidePeriod,
    ];

    /// Its name in reports: `outside-bounds`.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnreadableRow => "unreadable-row",
            Self::NoId => "no-id",
            Self::UnreadableTime => "unreadable-time",
            Self::UnreadablePlace => "unreadable-place",
            Self::UnreadableNumber => "unreadable-number",
            Self::Accuracy => "accuracy",
            Self::Speed => "speed",
            Self::OutsideBounds => "outside-bounds",
            Self::OutsidePeriod => "outside-period",
        }
    }
}

/// What counts the places of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Lines of a table, from 1, its head included.
    Line,
    /// Rows of a Parquet file, from 1.
    Row,
    /// Points of a GPX or MF-JSON file, from 1.
    Point,
}

/// Rows left out for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// How many.
    pub count: u64,
    /// Where the first of them is, in the unit of its file.
    pub first: u64,
}

/// What one file gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FileReport {
    /// Name of the file, below what was asked for.
    pub file: String,
    /// What it was taken for, and why.
    pub format: String,
    /// The columns that were read, as `meaning = column`. No others are looked at.
    pub columns: Vec<String>,
    /// The zone in which times stand, and who says so.
    pub zone: String,
    /// What counts places.
    pub unit: Unit,
    /// Rows that are there.
    pub rows: u64,
    /// Points that were kept.
    pub points: u64,
    /// Of these, points that state no accuracy.
    pub without_accuracy: u64,
    /// What was left out.
    pub rejected: BTreeMap<Reason, Rejected>,
}

/// What a reading gave.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ReadReport {
    /// File by file, in the order of reading.
    pub files: Vec<FileReport>,
    /// Files of folders that are no GPS files, and why they were not read.
    pub skipped: Vec<(String, String)>,
}

impl ReadReport {
    /// Rows of all files.
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// Points that were kept, of all files.
    pub fn points(&self) -> u64 {
        self.files.iter().map(|file| file.points).sum()
    }

    /// Rows left out for a reason, of all files.
    pub fn rejected(&self, reason: Reason) -> u64 {
        self.files.iter().filter_map(|file| file.rejected.get(&reason)).map(|rejected| rejected.count).sum()
    }

    /// The first row left out for a reason: its file, and its place there.
    pub fn first(&self, reason: Reason) -> Option<(&FileReport, u64)> {
        self.files.iter().find_map(|file| Some((file, file.rejected.get(&reason)?.first)))
    }
}

/// Counts of a part of a file. Places count from 0 in the part.
#[derive(Debug, Clone, Default)]
pub(crate) struct Counts {
    pub rows: u64,
    pub points: u64,
    pub without_accuracy: u64,
    rejected: [u64; Reason::ALL.len()],
    first: [Option<u64>; Reason::ALL.len()],
}

impl Counts {
    pub fn reject(&mut self, reason: Reason, place: impl FnOnce() -> u64) {
        let at = reason as usize;
        self.rejected[at] += 1;
        if self.first[at].is_none() {
            self.first[at] = Some(place());
        }
    }
}

/// Counts of a file whose parts come in any order.
#[derive(Debug, Default)]
pub(crate) struct FileCounts {
    total: Counts,
    /// Where the first of each reason is: part, place in it.
    first: [Option<(u64, u64)>; Reason::ALL.len()],
    /// How many places each part has.
    lengths: BTreeMap<u64, u64>,
}

impl FileCounts {
    /// Adds a part, which has so many places.
    pub fn add(&mut self, part: u64, counts: &Counts, places: u64) {
        self.total.rows += counts.rows;
        self.total.points += counts.points;
        self.total.without_accuracy += counts.without_accuracy;
        for (at, count) in counts.rejected.iter().enumerate() {
            self.total.rejected[at] += count;
            if let Some(place) = counts.first[at] {
                let found = (part, place);
                self.first[at] = Some(self.first[at].map_or(found, |known| known.min(found)));
            }
        }
        self.lengths.insert(part, places);
    }

    /// The lines of a report, where `before` places stand ahead of the first part.
    pub fn finish(&self, before: u64, into: &mut FileReport) {
        into.rows = self.total.rows;
        into.points = self.total.points;
        into.without_accuracy = self.total.without_accuracy;
        for reason in Reason::ALL {
            let at = reason as usize;
            if let Some((part, place)) = self.first[at] {
                let earlier: u64 = self.lengths.range(..part).map(|(_, places)| places).sum();
                let rejected =
                    Rejected { count: self.total.rejected[at], first: before + earlier + place + 1 };
                into.rejected.insert(reason, rejected);
            }
        }
    }
}
