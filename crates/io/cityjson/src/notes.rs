//! What is noticed while reading, with a ceiling for what is kept.

use std::collections::BTreeMap;

use futago_field::{Report, ReportEntry};

/// Entries of the Report about one file, line or object. Beyond the ceiling they are only counted.
#[derive(Debug, Clone)]
pub(crate) struct Notes {
    file: String,
    line: Option<u64>,
    most: usize,
    pub entries: Vec<ReportEntry>,
    counts: BTreeMap<&'static str, usize>,
}

impl Notes {
    /// Notes on a file, or on one line of it.
    pub fn new(file: &str, line: Option<u64>, most: usize) -> Self {
        Self { file: file.to_owned(), line, most, entries: Vec::new(), counts: BTreeMap::new() }
    }

    /// Adds an entry. Place and action are only put into words when it is kept.
    pub fn add(
        &mut self,
        code: &'static str,
        feature: &str,
        place: impl FnOnce() -> String,
        action: impl FnOnce() -> String,
    ) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count > self.most {
            return;
        }
        let (place, line) = (place(), self.line);
        let line = line.map_or_else(String::new, |line| format!(", line {line}"));
        let separator = if place.is_empty() { "" } else { ", " };
        let place = format!("{}{line}{separator}{place}", self.file);
        let feature = feature.to_owned();
        self.entries.push(ReportEntry { code: code.to_owned(), feature, place, action: action() });
    }

    /// Takes over the notes on a part of the same file.
    pub fn absorb(&mut self, other: Self) {
        let mut listed = self.counts.clone();
        for entry in other.entries {
            let code = other.counts.get_key_value(entry.code.as_str()).map(|(code, _)| *code);
            let count = listed.entry(code.unwrap_or_default()).or_default();
            *count += 1;
            if *count <= self.most {
                self.entries.push(entry);
            }
        }
        for (code, count) in other.counts {
            *self.counts.entry(code).or_default() += count;
        }
    }

    /// The Report, with a last entry for each code of which there is more.
    pub fn report(self) -> Report {
        let mut report = Report { entries: self.entries };
        for (code, count) in self.counts.into_iter().filter(|(_, count)| *count > self.most) {
            let more = format!("{} more of this kind are not listed", count - self.most);
            report.add(code, "", self.file.as_str(), more);
        }
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_ceiling_is_counted() {
        let mut all = Notes::new("t.json", None, 3);
        for line in 1..=3 {
            let mut part = Notes::new("t.json", Some(line), 3);
            for _ in 0..4 {
                part.add("bad", "a", || "here".to_owned(), || "left out".to_owned());
            }
            part.add("worse", "b", String::new, || "kept".to_owned());
            all.absorb(part);
        }
        let report = all.report();
        assert_eq!(report.counts(), [("bad", 4), ("worse", 3)]);
        assert_eq!(report.entries[0].place, "t.json, line 1, here");
        assert_eq!(report.entries[3].place, "t.json, line 1");
        assert!(report.entries[6].action.starts_with("9 more"), "{:?}", report.entries);
    }
}
