//! The tracks as point-type flow data files (PDP) of Agoop: CSV with 31 columns, times in JST to the minute.
//!
//! Daily ids are hashes, so that they say nothing and rows of one person stay together without being in order of
//! id. Homes, workplaces and everything about the phone stay empty: synthetic people have none.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use futago_flow::{jst_day, jst_second_of_day};
use jiff::civil::Date;

use crate::random::mix;
use crate::{Block, SyntheticError};

/// The header of the full form.
pub const HEADER: &str = "dailyid,year,month,day,dayofweek,hour,minute,latitude,longitude,os,home_countryname,plmn,\
plmn_countryname,setting_currency,setting_language,setting_country,logtype_category,logtype_subcategory,accuracy,\
speed,estimated_speed_flag,course,estimated_course_flag,prefcode,citycode,mesh100mid,home_prefcode,home_citycode,\
workplace_prefcode,workplace_citycode,gender";

/// Writes blocks as CSV.
pub struct AgoopWriter<W: Write> {
    out: W,
    seed: u64,
    rows: u64,
    text: Vec<u8>,
    /// A day and its date: rows of one day come together.
    date: (i64, [i64; 4]),
}

impl<W: Write> AgoopWriter<W> {
    /// Begins with the header.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn new(mut out: W, seed: u64) -> Result<Self, SyntheticError> {
        writeln!(out, "{HEADER}")?;
        Ok(Self { out, seed, rows: 0, text: Vec::new(), date: (0, date_of(0)) })
    }

    /// Adds the points of a block.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn write(&mut self, block: &Block) -> Result<(), SyntheticError> {
        self.text.clear();
        for at in 0..block.points.len() {
            self.row(block, at)?;
        }
        self.rows += block.points.len() as u64;
        self.out.write_all(&self.text)?;
        Ok(())
    }

    /// Rows without the header.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Ends; gives the target back.
    ///
    /// # Errors
    /// When the disk says no.
    pub fn finish(mut self) -> Result<W, SyntheticError> {
        self.out.flush()?;
        Ok(self.out)
    }

    fn row(&mut self, block: &Block, at: usize) -> std::io::Result<()> {
        let point = block.points.get(at);
        let (day, second) = (jst_day(point.time_s), jst_second_of_day(point.time_s));
        if self.date.0 != day {
            self.date = (day, date_of(day));
        }
        let [year, month, date, weekday] = self.date.1;
        let (hour, minute) = (second / 3600, second / 60 % 60);
        let id = mix(point.id ^ mix(self.seed));
        let (lat_deg, lon_deg, accuracy_m) = (point.lat_deg, point.lon_deg, point.accuracy_m);
        let kind = if block.true_stay[at] { "timer" } else { "move" };
        write!(
            self.text,
            "{id:016x},{year},{month},{date},{weekday},{hour},{minute},{lat_deg:.6},{lon_deg:.6},,,,,,,,,{kind},\
             {accuracy_m:.1},{:.2},0,",
            point.speed_mps
        )?;
        if point.course_deg.is_finite() {
            write!(self.text, "{:.0}", point.course_deg)?;
        }
        writeln!(self.text, ",0,13,13104,,,,,,")
    }
}

/// A gzip target with no time in its header: same rows, same bytes.
pub fn gzip<W: Write>(out: W) -> GzEncoder<W> {
    GzEncoder::new(out, Compression::fast())
}

/// Year, month, day of the month and day of the week (1 is Monday, as in ISO 8601) of a day number.
fn date_of(day: i64) -> [i64; 4] {
    let epoch = Date::constant(1970, 1, 1);
    let date = epoch.saturating_add(jiff::Span::new().days(day.clamp(0, 100_000)));
    let weekday = date.weekday().to_monday_one_offset();
    [i64::from(date.year()), i64::from(date.month()), i64::from(date.day()), i64::from(weekday)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        assert_eq!(date_of(0), [1970, 1, 1, 4]);
        assert_eq!(date_of(18_321), [2020, 2, 29, 6]);
        assert_eq!(date_of(18_353), [2020, 4, 1, 3]);
    }

    #[test]
    fn the_header_has_31_columns() {
        assert_eq!(HEADER.split(',').count(), 31);
    }
}
