//! A table: named columns with units.

use serde::{Deserialize, Serialize};

/// The values of a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ColumnData {
    /// Words.
    Text(Vec<String>),
    /// Numbers; NaN is 'none'.
    Number(Vec<f64>),
    /// Whole numbers.
    Integer(Vec<i64>),
    /// Yes or no.
    Flag(Vec<bool>),
}

impl ColumnData {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Text(v) => v.len(),
            Self::Number(v) => v.len(),
            Self::Integer(v) => v.len(),
            Self::Flag(v) => v.len(),
        }
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One column. Its heading is the text `column-<key>`; the unit is in the key too (`height_m`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Name in files: snake case with its unit.
    pub key: String,
    /// Unit symbol; empty for words and counts.
    pub unit: String,
    /// One value a row.
    pub data: ColumnData,
}

/// A table: one CSV and one Parquet file, one table in the report. Its title is the text `table-<key>`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Unique within the results and fit for a file name.
    pub key: String,
    /// All columns have the same number of rows.
    pub columns: Vec<Column>,
    /// How many rows the report shows; files hold all.
    pub rows_in_report: usize,
}

impl Table {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |c| c.data.len())
    }

    /// True without rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
