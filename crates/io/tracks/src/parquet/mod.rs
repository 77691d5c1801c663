//! Parquet and GeoParquet: row groups are read side by side, each column a batch at a time.
//!
//! Columns are found by the names of the leaves, as in tables of text. Timestamps know their unit and whether
//! they stand in UTC; whole numbers count from 1970. Places are two columns, or points in WKB, or (GeoParquet
//! 1.1) a column with the parts `x` and `y`.

mod column;
mod geo;
mod source;

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::serialized_reader::SerializedPageReader;

use crate::detect::mapping_of;
use crate::gather::{Gate, Gather};
use crate::inputs::InputFile;
use crate::layout::{Column as Described, Layout, Meaning, TimeColumns, is_private};
use crate::read::CHUNK;
use crate::stream::{Packing, Stream};
use crate::time::{DAY_S, clock, days};
use crate::{EpochUnit, IdKey, Point, ReadOptions, Reason, TracksError, known};
use column::{Column, MISSING, Role, UNREADABLE};
use geo::Geo;
use source::Source;

/// A file whose metadata is read.
pub(crate) struct Opened {
    name: String,
    path: PathBuf,
    /// Where it was unpacked; it goes away with this.
    unpacked: Option<tempfile::NamedTempFile>,
    metadata: ParquetMetaData,
    pub layout: Layout,
    /// Columns as numbers of leaves.
    meaning: Meaning<usize>,
    key: IdKey,
    file_id: u64,
}

impl Opened {
    pub fn new(
        file: &InputFile,
        stream: Stream,
        packing: Packing,
        key: IdKey,
        options: &ReadOptions,
    ) -> Result<Self, TracksError> {
        let name = file.name.clone();
        let unpacked = match packing {
            Packing::Plain => None,
            _ => Some(unpack(stream, &name, options)?),
        };
        let path = unpacked.as_ref().map_or_else(|| file.path.clone(), |file| file.path().to_owned());
        let source = source(&path, &name)?;
        let metadata = guarded(|| ParquetMetaDataReader::new().parse_and_finish(&source));
        let metadata = metadata.map_err(|error| refused(&name, "its metadata", error))?;
        let leaves: Vec<String> = metadata
            .file_metadata()
            .schema_descr()
            .columns()
            .iter()
            .map(|leaf| leaf.path().string())
            .collect();
        if leaves.len() > options.limits.columns {
            let limit = options.limits.columns as u64;
            return Err(TracksError::too_large(&name, "the number of columns", "columns", limit));
        }
        for group in metadata.row_groups() {
            if !(0..=options.limits.group_rows as i64).contains(&group.num_rows()) {
                let limit = options.limits.group_rows;
                return Err(TracksError::too_large(&name, "the rows of a row group", "group_rows", limit));
            }
        }
        let geo = Geo::of(metadata.file_metadata().key_value_metadata(), &name)?;
        let layout = layout(file, &leaves, geo.as_ref(), options)?;
        let schema = metadata.file_metadata().schema_descr_ptr();
        let meaning = layout.meaning.map(|column| {
            let leaf = find(column, &leaves).ok_or_else(|| {
                TracksError::mapping(
                    &format!("{name}.toml"),
                    format!("`{column}` is named, and {name} has no such column"),
                )
            })?;
            if schema.column(leaf).max_rep_level() > 0 {
                return Err(TracksError::unsupported(
                    &name,
                    format!("the list `{column}`"),
                    "Write one point a row",
                ));
            }
            Ok(leaf)
        })?;
        crate::table::check_day(&meaning, &layout, &name)?;
        let file_id = key.text(name.as_bytes());
        Ok(Self { name, path, unpacked, metadata, layout, meaning, key, file_id })
    }

    /// Row groups of the file.
    pub fn groups(&self) -> usize {
        self.metadata.num_row_groups()
    }

    /// Reads a row group; gives the number of its rows.
    pub fn read(
        &self,
        group: usize,
        gate: &Gate,
        gather: &mut Gather,
        flush: &mut dyn FnMut(&mut Gather) -> Result<(), TracksError>,
    ) -> Result<u64, TracksError> {
        let path = self.unpacked.as_ref().map_or(self.path.as_path(), tempfile::NamedTempFile::path);
        let source = Arc::new(source(path, &self.name)?);
        let place = || format!("row group {group}");
        let about = self.metadata.row_group(group);
        let rows = usize::try_from(about.num_rows()).unwrap_or_default();
        let mut columns = Vec::new();
        let meaning = roles(&self.meaning).map(|(leaf, role)| {
            let chunk = about.column(*leaf);
            let pages = guarded(|| SerializedPageReader::new(Arc::clone(&source), chunk, rows, None))
                .map_err(|error| refused(&self.name, place(), error))?;
            let descriptor = chunk.column_descr_ptr();
            columns.push(Column::new(descriptor, Box::new(pages), *role, self.meaning.zone, self.key));
            Ok(columns.len() - 1)
        })?;
        let mut done = 0;
        while done < rows {
            let count = CHUNK.min(rows - done);
            for column in &mut columns {
                let read =
                    guarded(|| column.read(count)).map_err(|error| refused(&self.name, place(), error))?;
                if read != count {
                    return Err(TracksError::broken(
                        &self.name,
                        place(),
                        "a column has fewer rows than the others",
                    ));
                }
            }
            let batch = Batch { columns: &columns, meaning: &meaning, key: self.key, file_id: self.file_id };
            gather.points.reserve(count);
            for row in 0..count {
                gather.row(gate, batch.point(row), || (done + row) as u64);
            }
            flush(gather)?;
            done += count;
        }
        Ok(rows as u64)
    }
}

/// Columns of one batch.
struct Batch<'a> {
    columns: &'a [Column],
    meaning: &'a Meaning<usize>,
    key: IdKey,
    file_id: u64,
}

impl Batch<'_> {
    #[inline]
    fn point(&self, row: usize) -> Result<Point, Reason> {
        let meaning = self.meaning;
        let [lon_deg, lat_deg] = match (meaning.place, meaning.geometry) {
            (Some([lon, lat]), _) => {
                [self.columns[lon].values.number(row), self.columns[lat].values.number(row)]
            }
            (None, Some(geometry)) => self.columns[geometry].values.place(row),
            (None, None) => [f64::NAN; 2],
        };
        let time_s = self.time(row).ok_or(Reason::UnreadableTime)?;
        let mut id = match meaning.id.as_slice() {
            [] => Some(self.file_id),
            several => several.iter().find_map(|column| self.columns[*column].values.id(row)),
        }
        .ok_or(Reason::NoId)?;
        if meaning.daily {
            let local_s = time_s + i64::from(meaning.zone.offset_s);
            id = self.key.on_day(id, local_s.div_euclid(DAY_S));
        }
        let optional =
            |column: Option<usize>| match column.map(|column| self.columns[column].values.number(row)) {
                Some(UNREADABLE) => Err(Reason::UnreadableNumber),
                Some(number) => Ok(number as f32),
                None => Ok(f32::NAN),
            };
        Ok(Point {
            id,
            time_s,
            lon_deg,
            lat_deg,
            accuracy_m: optional(meaning.accuracy)?,
            speed_mps: match meaning.speed {
                Some((column, factor)) => optional(Some(column))? * factor,
                None => f32::NAN,
            },
            course_deg: optional(meaning.course)?,
        })
    }

    #[inline]
    fn time(&self, row: usize) -> Option<i64> {
        let whole =
            |column: usize| Some(self.columns[column].values.whole(row)).filter(|value| *value != MISSING);
        let offset_s = i64::from(self.meaning.zone.offset_s);
        match self.meaning.time {
            TimeColumns::Instant(column) | TimeColumns::Epoch(column, _) => whole(column),
            TimeColumns::DateAndClock(date, of_day) => Some(whole(date)? * DAY_S + whole(of_day)? - offset_s),
            TimeColumns::Clock(of_day) => Some(self.meaning.day? * DAY_S + whole(of_day)? - offset_s),
            TimeColumns::Parts(columns) => {
                let part = |at: usize| u32::try_from(whole(columns[at])?).ok();
                let day = days(part(0)?, part(1)?, part(2)?)?;
                Some(day * DAY_S + clock(part(3)?, part(4)?, 0)? - offset_s)
            }
        }
    }
}

/// Columns with what is asked of them.
fn roles(meaning: &Meaning<usize>) -> Meaning<(usize, Role)> {
    let with = |role: Role| move |column: usize| (column, role);
    Meaning {
        id: meaning.id.iter().copied().map(with(Role::Id)).collect(),
        daily: meaning.daily,
        time: match meaning.time {
            TimeColumns::Instant(at) => TimeColumns::Instant((at, Role::Instant(EpochUnit::Auto))),
            TimeColumns::Epoch(at, unit) => TimeColumns::Epoch((at, Role::Instant(unit)), unit),
            TimeColumns::DateAndClock(date, of_day) => {
                TimeColumns::DateAndClock((date, Role::Date), (of_day, Role::Clock))
            }
            TimeColumns::Clock(of_day) => TimeColumns::Clock((of_day, Role::Clock)),
            TimeColumns::Parts(parts) => TimeColumns::Parts(parts.map(with(Role::Whole))),
        },
        zone: meaning.zone,
        place: meaning.place.map(|pair| pair.map(with(Role::Number))),
        geometry: meaning.geometry.map(with(Role::Geometry)),
        accuracy: meaning.accuracy.map(with(Role::Number)),
        speed: meaning.speed.map(|(column, factor)| ((column, Role::Number), factor)),
        course: meaning.course.map(with(Role::Number)),
        day: meaning.day,
    }
}

/// What the columns mean: by a mapping file, or by their names, or by the key `geo`.
fn layout(
    file: &InputFile,
    leaves: &[String],
    geo: Option<&Geo>,
    options: &ReadOptions,
) -> Result<Layout, TracksError> {
    let mut made = match mapping_of(file, options)? {
        Some((mapping, said_by)) => Layout {
            format: "Parquet with a mapping file".to_owned(),
            why: format!("{said_by} says what its columns mean"),
            zone_told_by: if mapping.zone.is_some() { "the mapping file" } else { "the option `zone`" },
            skip_lines: 0,
            delimiter: b',',
            meaning: mapping.meaning(&said_by, options)?,
        },
        None => {
            let mut names = leaves.to_vec();
            if geo.is_some() {
                names.push("geometry".to_owned());
            }
            let known = known::by_head(&names, options);
            let (format, why, meaning, zone_told_by) = known.ok_or_else(|| {
                let shown: Vec<_> =
                    leaves.iter().filter(|name| !is_private(name)).take(12).cloned().collect();
                let columns = shown.join(", ");
                TracksError::unknown(
                    &file.name,
                    format!("Parquet without time, longitude and latitude: {columns}"),
                )
            })?;
            Layout {
                format: format!("Parquet, {format}"),
                why,
                zone_told_by,
                skip_lines: 0,
                delimiter: b',',
                meaning,
            }
        }
    };
    // `x` and `y` beside a geometry may be in any unit.
    let plain = |place: &[Described; 2]| place[0] == Described::Named("x".to_owned());
    if let Some(geo) = geo.filter(|_| made.meaning.place.as_ref().is_none_or(plain)) {
        let leaf = |part: &str, column: &str| Described::Named(format!("{column}.{part}"));
        (made.meaning.place, made.meaning.geometry) = match geo {
            Geo::Wkb(column) => (None, Some(Described::Named(column.clone()))),
            Geo::Point(column) => (Some([leaf("x", column), leaf("y", column)]), None),
        };
    }
    if made.meaning.place.is_none() && made.meaning.geometry.is_none() {
        return Err(TracksError::unknown(&file.name, "Parquet without longitude, latitude and geometry"));
    }
    Ok(made)
}

fn find(column: &Described, leaves: &[String]) -> Option<usize> {
    match column {
        Described::Named(name) => leaves.iter().position(|leaf| leaf.eq_ignore_ascii_case(name)),
        Described::Numbered(number) => (*number < leaves.len()).then_some(*number),
    }
}

/// What the decoder gives. It panics on some damaged pages (a page of a dictionary that was never read, with parquet
/// 60); that is told as what it is, a damaged file, and nothing that was half-done is used afterwards.
fn guarded<T>(decode: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    catch_unwind(AssertUnwindSafe(decode))
        .unwrap_or_else(|_| Err(ParquetError::General("a page of it cannot be decoded".to_owned())))
}

fn source(path: &std::path::Path, name: &str) -> Result<Source, TracksError> {
    File::open(path).and_then(Source::new).map_err(TracksError::io(name))
}

/// Parquet is read from its end, so what is packed once more goes to the disk first.
fn unpack(
    mut stream: Stream,
    name: &str,
    options: &ReadOptions,
) -> Result<tempfile::NamedTempFile, TracksError> {
    let folder = options.scratch.clone().unwrap_or_else(std::env::temp_dir);
    let spill = |source| TracksError::Spill { folder: folder.to_string_lossy().into_owned(), source };
    let mut file = tempfile::NamedTempFile::new_in(&folder).map_err(spill)?;
    std::io::copy(&mut stream, &mut file)
        .map_err(|error| crate::stream::broken(name, 0, error, &options.limits))?;
    Ok(file)
}

fn refused(name: &str, place: impl Into<String>, error: ParquetError) -> TracksError {
    match error {
        ParquetError::NYI(what) => {
            TracksError::unsupported(name, what, "Write it with the compression zstd or snappy")
        }
        error => TracksError::broken(name, place, error),
    }
}
