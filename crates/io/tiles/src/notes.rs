//! The Report as it grows, with an end to entries of one kind.

use std::collections::BTreeMap;

use futago_field::Report;

/// Entries so far.
#[derive(Debug)]
pub(crate) struct Notes {
    report: Report,
    counts: BTreeMap<String, usize>,
    most: usize,
}

impl Notes {
    pub(crate) fn new(entries_per_code: usize) -> Self {
        Self { report: Report::default(), counts: BTreeMap::new(), most: entries_per_code }
    }

    pub(crate) fn add(&mut self, code: &str, feature: &str, place: &str, action: impl Into<String>) {
        let count = match self.counts.get_mut(code) {
            Some(count) => count,
            None => self.counts.entry(code.to_owned()).or_default(),
        };
        *count += 1;
        if *count <= self.most {
            self.report.add(code, feature, place, action);
        }
    }

    /// The Report, with what was not listed counted at its end.
    pub(crate) fn finish(mut self, file: &str) -> Report {
        for (code, count) in self.counts.iter().filter(|(_, count)| **count > self.most) {
            let more = format!("{} more of this kind are not listed", count - self.most);
            self.report.add(code, "", file, more);
        }
        self.report
    }
}
