//! The Report as it grows, with the places of its entries.

use futago_field::{CappedReport, Report};

/// Entries so far of one file.
#[derive(Debug)]
pub(crate) struct Notes {
    file: String,
    report: CappedReport,
}

impl Notes {
    pub(crate) fn new(file: &str, most: usize) -> Self {
        Self { file: file.to_owned(), report: CappedReport::new(most) }
    }

    /// Adds an entry on the whole file.
    pub(crate) fn add(&mut self, code: &str, feature: &str, action: impl Into<String>) {
        self.report.add(code, feature, &self.file, action);
    }

    /// Adds an entry on a feature, by its number from 0.
    pub(crate) fn at(&mut self, code: &str, feature: &str, index: u64, action: impl Into<String>) {
        self.report.add(code, feature, &format!("{}, feature {index}", self.file), action);
    }

    /// The Report, with what was not listed counted at its end.
    pub(crate) fn finish(self) -> Report {
        self.report.finish(&self.file)
    }
}
