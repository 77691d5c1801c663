//! What is noticed while reading, about one file, line or object.

use futago_field::{CappedReport, Report, ReportEntry};

/// Entries of the Report about one file, line or object. Beyond the ceiling they are only counted.
#[derive(Debug, Clone)]
pub(crate) struct Notes {
    file: String,
    line: Option<u64>,
    report: CappedReport,
}

impl Notes {
    /// Notes on a file, or on one line of it.
    pub fn new(file: &str, line: Option<u64>, most: usize) -> Self {
        Self { file: file.to_owned(), line, report: CappedReport::new(most) }
    }

    /// Adds an entry. Place and action are only put into words when it is kept.
    pub fn add(
        &mut self,
        code: &'static str,
        feature: &str,
        place: impl FnOnce() -> String,
        action: impl FnOnce() -> String,
    ) {
        let (file, line) = (&self.file, self.line);
        self.report.add_with(code, || {
            let place = place();
            let line = line.map_or_else(String::new, |line| format!(", line {line}"));
            let separator = if place.is_empty() { "" } else { ", " };
            let place = format!("{file}{line}{separator}{place}");
            ReportEntry { code: code.to_owned(), feature: feature.to_owned(), place, action: action() }
        });
    }

    /// Takes over the notes on a part of the same file.
    pub fn absorb(&mut self, other: Self) {
        self.report.absorb(other.report);
    }

    /// The Report, with a last entry for each code of which there is more.
    pub fn report(self) -> Report {
        self.report.finish(&self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_file_line_and_what_is_in_it() {
        let mut notes = Notes::new("t.json", Some(4), 3);
        notes.add("duplicate-id", "a", || "here".to_owned(), || "left out".to_owned());
        notes.add("duplicate-id", "a", String::new, || "left out".to_owned());
        let places: Vec<_> = notes.report().entries.into_iter().map(|entry| entry.place).collect();
        assert_eq!(places, ["t.json, line 4, here", "t.json, line 4"]);
    }
}
