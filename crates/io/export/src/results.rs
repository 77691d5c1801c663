//! A result set as a folder of files.
//!
//! ```text
//! result.json            what was asked, found and written, and how it was made
//! report.html            the same for people, in one file
//! maps/<figure>.<language>.png
//! fields/<field>.tif     grids
//! points/<kind>.csv .parquet
//! layers/<kind>.csv .parquet .geojson    streets, floors, buildings
//! lines/<set>.geojson
//! tables/<table>.csv .parquet
//! data-report.csv        every defect of the input, if there are any
//! ```

use std::path::{Path, PathBuf};

use futago_field::{Column, ColumnData, Field, Provenance, ResultSet, Support, Table};
use futago_model::CityModel;
use futago_texts::{Lang, Texts};
use rayon::prelude::*;
use serde::Serialize;

use crate::attribution::Attribution;
use crate::folder::{MARKER, Staging};
use crate::layers::{self, Layer};
use crate::map::{Sheet, compose, png};
use crate::place::Place;
use crate::{ExportError, geotiff, lines, points, report, result_json, table};

/// How results are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Languages of the report and of the maps; the first is the one a reader sees first. Empty means both.
    pub langs: Vec<Lang>,
    /// Width of the map pictures, pixels.
    pub map_width_px: u32,
    /// The report is kept below this by drawing its fields more coarsely.
    pub max_report_bytes: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { langs: Lang::ALL.to_vec(), map_width_px: 2000, max_report_bytes: 8_000_000 }
    }
}

impl Options {
    /// The languages, never none and each once.
    fn languages(&self) -> Vec<Lang> {
        let mut langs: Vec<Lang> = Vec::new();
        for lang in if self.langs.is_empty() { &Lang::ALL[..] } else { &self.langs } {
            if !langs.contains(lang) {
                langs.push(*lang);
            }
        }
        langs
    }
}

/// What a file of the results is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The report.
    Report,
    /// A picture of a map.
    Map,
    /// A grid field.
    Grid,
    /// Fields on sample points.
    Points,
    /// Fields on streets, floors or buildings.
    Layer,
    /// Lines and areas.
    Lines,
    /// A table.
    Table,
    /// The defects of the input.
    DataReport,
}

/// One file of the results.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WrittenFile {
    /// Path within the folder, with forward slashes.
    pub path: String,
    /// What it is.
    pub kind: FileKind,
    /// Key of the field, figure, table or line set.
    pub key: String,
    /// Units by column, or the one unit under the empty key of a grid.
    pub units: Vec<(String, String)>,
    /// Size.
    pub bytes: usize,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The folder.
    pub folder: PathBuf,
    /// Its files, `result.json` aside.
    pub files: Vec<WrittenFile>,
}

/// Writes everything a run leaves behind. The folder appears whole or not at all; an earlier results folder of the
/// same name is replaced.
///
/// # Errors
/// When the folder is not ours, or holds files that are not, when it cannot be written, or when the results contradict
/// themselves. Nothing half-written stays.
pub fn write_results(
    dir: &Path,
    results: &ResultSet,
    city: &CityModel,
    provenance: &Provenance,
    options: &Options,
) -> Result<Written, ExportError> {
    check(results)?;
    let job = Job {
        staging: Staging::begin(dir)?,
        results,
        provenance,
        attribution: Attribution::of_results(city, results),
        langs: options.languages(),
        place: Place::new(&results.frame)?,
    };
    let mut files = job.grids()?;
    files.extend(job.points()?);
    files.extend(job.layers(city)?);
    files.extend(job.lines()?);
    files.extend(job.tables()?);
    files.extend(job.data_report()?);
    let sheets = results.figures.iter().map(|figure| Sheet::new(figure, results, city));
    let sheets = sheets.collect::<Result<Vec<_>, _>>()?;
    files.extend(job.maps(&sheets, options.map_width_px)?);
    let subject = report::Subject {
        results,
        city,
        provenance,
        attribution: &job.attribution,
        langs: &job.langs,
        files: &files,
        sheets: &sheets,
    };
    let html = report::html(&subject, options.max_report_bytes)?;
    files.insert(0, job.save("report.html", FileKind::Report, "report", Vec::new(), html.as_bytes())?);
    let json = result_json::encode(results, city, provenance, &files)?;
    job.staging.save(MARKER, &json)?;
    job.staging.commit()?;
    Ok(Written { folder: dir.to_owned(), files })
}

struct Job<'a> {
    staging: Staging,
    results: &'a ResultSet,
    provenance: &'a Provenance,
    attribution: Attribution,
    langs: Vec<Lang>,
    place: Place,
}

impl Job<'_> {
    fn save(
        &self,
        path: &str,
        kind: FileKind,
        key: &str,
        units: Vec<(String, String)>,
        bytes: &[u8],
    ) -> Result<WrittenFile, ExportError> {
        self.staging.save(path, bytes)?;
        Ok(WrittenFile { path: path.to_owned(), kind, key: key.to_owned(), units, bytes: bytes.len() })
    }

    fn grids(&self) -> Result<Vec<WrittenFile>, ExportError> {
        let (ja, en) = (Texts::new(Lang::Ja), Texts::new(Lang::En));
        let write = |field: &Field| {
            let Support::Grid(grid) = &field.support else { return Ok(None) };
            let (attribution, version) = (&self.attribution, self.provenance.version.as_str());
            let notes = geotiff::GridNotes { ja: &ja, en: &en, attribution, version };
            let bytes = geotiff::encode(field, grid, &self.results.frame, &notes)?;
            let units = vec![(String::new(), field.quantity.unit.clone())];
            self.save(&format!("fields/{}.tif", field.key), FileKind::Grid, &field.key, units, &bytes)
                .map(Some)
        };
        let files = self.results.fields.par_iter().map(write).collect::<Result<Vec<_>, ExportError>>()?;
        Ok(files.into_iter().flatten().collect())
    }

    fn points(&self) -> Result<Vec<WrittenFile>, ExportError> {
        let tables = points::tables(&self.results.fields, &self.place)?;
        self.table_files(&tables, "points", FileKind::Points)
    }

    fn layers(&self, city: &CityModel) -> Result<Vec<WrittenFile>, ExportError> {
        let shown: Vec<&str> =
            self.results.figures.iter().flat_map(|figure| &figure.fields).map(String::as_str).collect();
        let write = |layer: &Layer<'_>| -> Result<Vec<WrittenFile>, ExportError> {
            let rows = layer.table();
            let units: Vec<_> = rows.0.columns.iter().map(|c| (c.key.clone(), c.unit.clone())).collect();
            let save = |ending: &str, units, bytes: &[u8]| {
                let path = format!("layers/{}.{ending}", layer.key);
                self.save(&path, FileKind::Layer, &layer.key, units, bytes)
            };
            let mut files = vec![save("csv", units.clone(), &table::csv(&rows.0)?)?];
            let parquet = layer.parquet(&rows, city, &self.place, &self.attribution)?;
            files.push(save("parquet", units, &parquet)?);
            if let Some(bytes) = layer.geojson(&shown, city, &self.place, &self.attribution)? {
                files.push(save("geojson", Vec::new(), &bytes)?);
            }
            Ok(files)
        };
        let files = layers::layers(self.results).par_iter().map(write).collect::<Result<Vec<_>, _>>()?;
        Ok(files.into_iter().flatten().collect())
    }

    fn tables(&self) -> Result<Vec<WrittenFile>, ExportError> {
        self.table_files(&self.results.tables, "tables", FileKind::Table)
    }

    fn table_files(
        &self,
        tables: &[Table],
        folder: &str,
        kind: FileKind,
    ) -> Result<Vec<WrittenFile>, ExportError> {
        let mut files = Vec::new();
        for table in tables {
            let units: Vec<_> = table.columns.iter().map(|c| (c.key.clone(), c.unit.clone())).collect();
            let path = |ending: &str| format!("{folder}/{}.{ending}", table.key);
            files.push(self.save(&path("csv"), kind, &table.key, units.clone(), &table::csv(table)?)?);
            let parquet = table::parquet(table, &self.attribution)?;
            files.push(self.save(&path("parquet"), kind, &table.key, units, &parquet)?);
        }
        Ok(files)
    }

    fn lines(&self) -> Result<Vec<WrittenFile>, ExportError> {
        let write = |set: &futago_field::LineSet| {
            let bytes = lines::encode(set, &self.place, &self.attribution)?;
            self.save(&format!("lines/{}.geojson", set.key), FileKind::Lines, &set.key, Vec::new(), &bytes)
        };
        self.results.lines.iter().map(write).collect()
    }

    fn data_report(&self) -> Result<Option<WrittenFile>, ExportError> {
        let entries = &self.results.report.entries;
        if entries.is_empty() {
            return Ok(None);
        }
        let column = |key: &str, of: fn(&futago_field::ReportEntry) -> &String| Column {
            key: key.to_owned(),
            unit: String::new(),
            data: ColumnData::Text(entries.iter().map(|e| of(e).clone()).collect()),
        };
        let columns = vec![
            column("code", |e| &e.code),
            column("feature", |e| &e.feature),
            column("place", |e| &e.place),
            column("action", |e| &e.action),
        ];
        let all = Table { key: "data-report".to_owned(), columns, rows_in_report: 0 };
        self.save("data-report.csv", FileKind::DataReport, &all.key, Vec::new(), &table::csv(&all)?).map(Some)
    }

    fn maps(&self, sheets: &[Sheet<'_>], width_px: u32) -> Result<Vec<WrittenFile>, ExportError> {
        let width_px = width_px.clamp(200, 8000);
        let jobs: Vec<_> =
            sheets.iter().flat_map(|sheet| self.langs.iter().map(move |lang| (sheet, *lang))).collect();
        let draw = |(sheet, lang): &(&Sheet<'_>, Lang)| {
            let texts = Texts::new(*lang);
            let version = &self.provenance.version;
            let svg = compose(sheet, &texts, &self.attribution, version, width_px)?;
            let mut notes = vec![
                ("Title", futago_field::sentence(&texts, &sheet.figure.caption)),
                ("Copyright", self.attribution.line()),
                ("Software", format!("Futago {version}")),
            ];
            if let Some(label) = self.attribution.synthetic_label() {
                notes.push(("Comment", label.to_owned()));
            }
            let path = format!("maps/{}.{lang}.png", sheet.figure.key);
            self.save(&path, FileKind::Map, &sheet.figure.key, Vec::new(), &png(&svg, width_px, &notes)?)
        };
        jobs.par_iter().map(draw).collect()
    }
}

/// Whether the results hold together: lengths, and keys that can be file names.
fn check(results: &ResultSet) -> Result<(), ExportError> {
    for field in &results.fields {
        if field.values.len() != field.support.len() {
            let what = format!(
                "field '{}' has {} values on a support of {}",
                field.key,
                field.values.len(),
                field.support.len()
            );
            return Err(ExportError::BadResult { what });
        }
        if field.support.is_empty() {
            return Err(ExportError::BadResult { what: format!("field '{}' is empty", field.key) });
        }
    }
    results.tables.iter().try_for_each(table::check)?;
    check_keys("field", results.fields.iter().map(|f| &f.key))?;
    check_keys("table", results.tables.iter().map(|t| &t.key))?;
    check_keys("line set", results.lines.iter().map(|l| &l.key))?;
    check_keys("figure", results.figures.iter().map(|f| &f.key))
}

fn check_keys<'a>(kind: &str, keys: impl Iterator<Item = &'a String>) -> Result<(), ExportError> {
    let mut seen = std::collections::BTreeSet::new();
    for key in keys {
        let fits = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
        if key.is_empty() || key.starts_with('.') || !key.bytes().all(fits) {
            return Err(ExportError::BadResult { what: format!("the {kind} key '{key}' is no file name") });
        }
        if !seen.insert(key) {
            return Err(ExportError::BadResult {
                what: format!("two of the kind '{kind}' are called '{key}'"),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    fn small() -> Options {
        Options { map_width_px: 400, ..Options::default() }
    }

    #[test]
    fn a_whole_folder_and_again_over_it() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path().join("results");
        for _ in 0..2 {
            let written = write_results(
                &dir,
                &fixtures::results(),
                &fixtures::city(),
                &fixtures::provenance(),
                &small(),
            )
            .unwrap();
            for file in &written.files {
                let size = std::fs::metadata(dir.join(&file.path)).unwrap().len();
                assert_eq!(size as usize, file.bytes, "{}", file.path);
            }
            let paths: Vec<_> = written.files.iter().map(|f| f.path.as_str()).collect();
            for path in [
                "report.html",
                "maps/sun.ja.png",
                "maps/shadows.en.png",
                "fields/sun-hours-ground.tif",
                "points/roofs.parquet",
                "lines/iso-shadow.geojson",
                "tables/buildings.csv",
                "data-report.csv",
            ] {
                assert!(paths.contains(&path), "{path} is not in {paths:?}");
            }
        }
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1, "nothing half-written is left");
        let json: serde_json::Value =
            serde_json::from_slice(&std::fs::read(dir.join("result.json")).unwrap()).unwrap();
        assert_eq!(json["summary"]["sun_hours_mean_h"], 3.5);
        assert_eq!(json["provenance"]["seed"], 42);
        assert!(json["credits"][0]["credit"].as_str().unwrap().contains("PLATEAU"));
    }

    #[test]
    fn results_that_contradict_themselves_leave_nothing() {
        let root = tempfile::tempdir().unwrap();
        let mut short = fixtures::results();
        short.fields[0].values.pop();
        let mut lost = fixtures::results();
        lost.figures[1].fields.push("lost".to_owned());
        let mut climbing = fixtures::results();
        climbing.tables[0].key = "../up".to_owned();
        for (results, told) in [(short, "1999 values"), (lost, "'lost'"), (climbing, "no file name")] {
            let dir = root.path().join("results");
            let error = write_results(&dir, &results, &fixtures::city(), &fixtures::provenance(), &small());
            let error = error.unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
            assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 0);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_locked_folder_is_refused_with_a_remedy() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        std::fs::set_permissions(root.path(), std::fs::Permissions::from_mode(0o555)).unwrap();
        if std::fs::write(root.path().join("probe"), "").is_ok() {
            eprintln!("SKIPPED: this user may write anywhere, so no folder is locked to it");
            return;
        }
        let dir = root.path().join("results");
        let error =
            write_results(&dir, &fixtures::results(), &fixtures::city(), &fixtures::provenance(), &small());
        assert!(matches!(error, Err(ExportError::ReadOnly { .. })), "{error:?}");
    }

    #[test]
    fn one_language_only() {
        let root = tempfile::tempdir().unwrap();
        let options = Options { langs: vec![Lang::En, Lang::En], ..small() };
        let dir = root.path().join("results");
        let written =
            write_results(&dir, &fixtures::results(), &fixtures::city(), &fixtures::provenance(), &options)
                .unwrap();
        assert_eq!(written.files.iter().filter(|f| f.kind == FileKind::Map).count(), 2);
        let html = std::fs::read_to_string(dir.join("report.html")).unwrap();
        assert!(html.contains(r#"<html lang="en""#) && !html.contains(r#"class="ja""#));
    }
}
