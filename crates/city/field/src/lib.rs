//! What leaves a simulation, and nothing else does: fields, tables, lines, findings and the Report.
//!
//! A simulation fills a [`ResultSet`]; the window, the page, the report and the files draw and write the
//! same one. Texts are keys into the catalogues of `assets/texts` ([`Message`]); values carry their unit.

mod built;
mod capped;
mod field;
mod line;
mod palette;
mod report;
mod result_set;
mod table;
mod words;

pub use built::{BuildingSet, FloorSet};
pub use capped::CappedReport;
pub use field::{Field, Grid, LinkSet, PointSet, Quantity, Scale, Span, Support, Variant};
pub use line::{Geometry, LineSet, MapFeature};
pub use palette::{Palette, Rgba, Stop};
pub use report::{Report, ReportEntry};
pub use result_set::{ArgValue, Bilingual, Figure, Message, Origin, Provenance, ResultSet, Timing};
pub use table::{Column, ColumnData, Table};
pub use words::{
    LEVEL_RANGE, LEVEL_UNIT, field_in_words, level_in_words, sentence, unit_in_words, values_in_words,
};
