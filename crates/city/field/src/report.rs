//! The Report: what was wrong with the input and what was done, gathered instead of printed.

use serde::{Deserialize, Serialize};

/// One defect of one feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportEntry {
    /// Kind of defect in kebab case, for example `missing-height`; its text is `defect-<code>`.
    pub code: String,
    /// The feature, by its published id where it has one.
    pub feature: String,
    /// Where: file and place in it.
    pub place: String,
    /// What was found and what was done, in plain English with figures and units.
    pub action: String,
}

/// Everything that was noticed while reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// In the order of the input.
    pub entries: Vec<ReportEntry>,
}

impl Report {
    /// Adds an entry.
    pub fn add(
        &mut self,
        code: &str,
        feature: impl Into<String>,
        place: impl Into<String>,
        action: impl Into<String>,
    ) {
        self.entries.push(ReportEntry {
            code: code.to_owned(),
            feature: feature.into(),
            place: place.into(),
            action: action.into(),
        });
    }

    /// Appends another report.
    pub fn extend(&mut self, other: Report) {
        self.entries.extend(other.entries);
    }

    /// How often each code occurs, by code.
    pub fn counts(&self) -> Vec<(&str, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for entry in &self.entries {
            *counts.entry(entry.code.as_str()).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }
}
