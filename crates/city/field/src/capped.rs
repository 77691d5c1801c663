//! A Report with an end to entries of one code.

use std::collections::BTreeMap;

use crate::{Report, ReportEntry};

/// A Report that lists so many entries of each code. Beyond them entries are only counted, so that a file
/// with a million defects does not become a Report of a million lines.
#[derive(Debug, Clone)]
pub struct CappedReport {
    report: Report,
    counts: BTreeMap<String, usize>,
    most: usize,
}

impl CappedReport {
    /// An empty one that lists at most so many entries of a code.
    pub fn new(most_per_code: usize) -> Self {
        Self { report: Report::default(), counts: BTreeMap::new(), most: most_per_code }
    }

    /// Counts an entry of a code and, while there is room, lists what `entry` puts into words.
    pub fn add_with(&mut self, code: &str, entry: impl FnOnce() -> ReportEntry) {
        let count = match self.counts.get_mut(code) {
            Some(count) => count,
            None => self.counts.entry(code.to_owned()).or_default(),
        };
        *count += 1;
        if *count <= self.most {
            self.report.entries.push(entry());
        }
    }

    /// Adds an entry, as [`Report::add`] does.
    pub fn add(&mut self, code: &str, feature: &str, place: &str, action: impl Into<String>) {
        self.add_with(code, || ReportEntry {
            code: code.to_owned(),
            feature: feature.to_owned(),
            place: place.to_owned(),
            action: action.into(),
        });
    }

    /// Adds every entry of a Report.
    pub fn extend(&mut self, report: Report) {
        for entry in report.entries {
            let code = entry.code.clone();
            self.add_with(&code, || entry);
        }
    }

    /// Takes over another one, with what it only counted.
    pub fn absorb(&mut self, other: Self) {
        let mut unlisted = other.counts;
        for entry in &other.report.entries {
            if let Some(count) = unlisted.get_mut(&entry.code) {
                *count -= 1;
            }
        }
        self.extend(other.report);
        for (code, count) in unlisted.into_iter().filter(|(_, count)| *count > 0) {
            // What the other had no room for is not to be listed here either.
            let counted = self.counts.entry(code).or_default();
            *counted = (*counted + count).max(self.most.saturating_add(1));
        }
    }

    /// The entries that are listed so far.
    pub fn listed(&self) -> &Report {
        &self.report
    }

    /// The Report. A code of which there was more has a last entry with their number, at `place`.
    pub fn finish(mut self, place: &str) -> Report {
        for (code, count) in &self.counts {
            let listed = self.report.entries.iter().filter(|entry| entry.code == *code).count();
            if *count > listed {
                let more = format!("{} more of this kind are not listed", count - listed);
                self.report.add(code, "", place, more);
            }
        }
        self.report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_the_ceiling_is_counted() {
        let mut all = CappedReport::new(3);
        for part in 1..=3 {
            let mut capped = CappedReport::new(3);
            for _ in 0..4 {
                capped.add("bad", "a", &format!("part {part}"), "left out");
            }
            capped.add("worse", "b", "", "kept");
            all.absorb(capped);
        }
        let report = all.finish("t.json");
        assert_eq!(report.counts(), [("bad", 4), ("worse", 3)]);
        assert_eq!(report.entries[0].place, "part 1");
        assert_eq!(report.entries[6].action, "9 more of this kind are not listed");
        assert_eq!(report.entries[6].place, "t.json");
    }

    #[test]
    fn a_part_with_a_lower_ceiling_keeps_its_count() {
        let mut part = CappedReport::new(1);
        (0..3).for_each(|_| part.add("bad", "", "", "x"));
        let mut all = CappedReport::new(10);
        all.absorb(part);
        all.add("bad", "", "", "y");
        assert!(all.finish("t").entries.iter().any(|entry| entry.action.contains("more of this kind")));
    }
}
