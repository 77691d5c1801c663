//! Makes points of people who are not, and bins them: for tools/peers/tracks_speed.py.
//!
//!     tracks_speed make  FILE.csv|FILE.agoop.csv|FILE.parquet POINTS IDS
//!     tracks_speed bin   FILE [degrees|plane] [DUMP.csv]
//!     tracks_speed clean FILE
//!
//! The same POINTS and IDS give the same file, byte for byte. Times and counts come as one JSON object.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use futago_tracks::bin::{Binner, Grid, Steps};
use futago_tracks::clean::{CleanOptions, TrackStore};
use futago_tracks::{Bounds, ReadOptions, Reason, read};
use parquet::basic::Compression;
use parquet::data_type::{DoubleType, FloatType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use rayon::prelude::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failure = Box<dyn std::error::Error>;

/// Round Nishi-Shinjuku.
const BOUNDS: Bounds = Bounds { west_deg: 139.67, south_deg: 35.67, east_deg: 139.72, north_deg: 35.71 };
/// About 25 m.
const STEP_DEG: [f64; 2] = [0.000_276_5, 0.000_225_3];
const MOST_ACCURACY_M: f32 = 50.0;
/// 2020-04-01 00:00 in Japan.
const BEGIN_S: i64 = 1_585_666_800;
const DAYS: u64 = 7;
const BATCH: u64 = 1 << 20;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["make", file, points, ids] => make(Path::new(file), points.parse()?, ids.parse()?),
        ["bin", file, rest @ ..] => {
            bin(Path::new(file), rest.first() == Some(&"plane"), rest.get(1).copied())
        }
        ["clean", file] => clean(Path::new(file)),
        _ => Err("say make, bin or clean; the head of this example tells the rest".into()),
    }
}

/// A number from a seed: SplitMix64.
fn dice(seed: u64) -> u64 {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x2545_F491_4F6C_DD1D);
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

fn part(seed: u64) -> f64 {
    (dice(seed) >> 11) as f64 / (1_u64 << 53) as f64
}

struct Row {
    id: u64,
    time_s: i64,
    lon_deg: f64,
    lat_deg: f64,
    accuracy_m: f32,
}

/// A person stays within some 300 m of a place of their own, one in ten of them far away.
fn row(number: u64, ids: u64) -> Row {
    let id = dice(number) % ids;
    let home = |axis: u64| (part(id * 4 + axis) + part(id * 4 + axis + 2)) / 2.0;
    let near = |axis: u64| (part(number * 5 + axis) + part(number * 5 + axis + 1) - 1.0) * 0.004;
    let lon = BOUNDS.west_deg - 0.002 + home(0) * (BOUNDS.east_deg - BOUNDS.west_deg + 0.004) + near(1);
    let lat = BOUNDS.south_deg - 0.002 + home(1) * (BOUNDS.north_deg - BOUNDS.south_deg + 0.004) + near(3);
    let six = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Row {
        id,
        time_s: BEGIN_S + (part(number ^ 0x5EED) * (DAYS * 86_400) as f64) as i64,
        lon_deg: six(lon),
        lat_deg: six(lat),
        accuracy_m: ((3.0 + part(number + 77).powi(3) * 117.0) * 10.0).round() as f32 / 10.0,
    }
}

fn make(file: &Path, points: u64, ids: u64) -> Result<(), Failure> {
    let name = file.to_string_lossy().into_owned();
    if name.ends_with(".parquet") {
        return make_parquet(file, points, ids);
    }
    let agoop = name.ends_with(".agoop.csv");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(file)?);
    out.write_all(if agoop { AGOOP.as_bytes() } else { b"id,timestamp,longitude,latitude,accuracy\n" })?;
    for begin in (0..points).step_by(BATCH as usize) {
        let numbers: Vec<u64> = (begin..(begin + BATCH).min(points)).collect();
        let texts: Vec<Vec<u8>> = numbers
            .par_chunks(1 << 14)
            .map(|numbers| {
                let mut text = Vec::with_capacity(numbers.len() * 180);
                for number in numbers {
                    let row = row(*number, ids);
                    // Writing to memory does not fail.
                    let _ = if agoop { agoop_line(&mut text, &row, *number) } else { line(&mut text, &row) };
                }
                text
            })
            .collect();
        for text in texts {
            out.write_all(&text)?;
        }
    }
    Ok(out.flush()?)
}

fn line(text: &mut Vec<u8>, row: &Row) -> std::io::Result<()> {
    let Row { id, time_s, lon_deg, lat_deg, accuracy_m } = row;
    writeln!(text, "{id},{time_s},{lon_deg:.6},{lat_deg:.6},{accuracy_m}")
}

const AGOOP: &str = "dailyid,year,month,day,dayofweek,hour,minute,latitude,longitude,os,home_countryname,plmn,plmn_countryname,setting_currency,setting_language,setting_country,logtype_category,logtype_subcategory,accuracy,speed,estimated_speed_flag,course,estimated_course_flag,prefcode,citycode,mesh100mid,home_prefcode,home_citycode,workplace_prefcode,workplace_citycode,gender\n";

fn agoop_line(text: &mut Vec<u8>, row: &Row, number: u64) -> std::io::Result<()> {
    let minutes = (row.time_s - BEGIN_S) / 60;
    let (day, hour, minute) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let id = dice(row.id * 400 + day as u64);
    write!(text, "{id:016x}{:016x},2020,4,{},{},{hour},{minute},", dice(id), day + 1, (day + 3) % 7)?;
    write!(text, "{:.6},{:.6},iOS,Japan,44010,Japan,JPY,ja,JP,", row.lat_deg, row.lon_deg)?;
    let speed = (dice(number) % 160) as f64 / 100.0;
    writeln!(
        text,
        "gps,move,{},{speed},0,{},0,13,13104,5339452573,13,,13,,",
        row.accuracy_m,
        dice(number) % 360
    )
}

fn make_parquet(file: &Path, points: u64, ids: u64) -> Result<(), Failure> {
    let schema = "message points { required int64 id; required int64 timestamp (TIMESTAMP(MILLIS,true)); \
                  required double longitude; required double latitude; required float accuracy; }";
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let schema = Arc::new(parse_message_type(schema)?);
    let mut writer = SerializedFileWriter::new(File::create(file)?, schema, Arc::new(properties))?;
    for begin in (0..points).step_by(BATCH as usize) {
        let rows: Vec<Row> =
            (begin..(begin + BATCH).min(points)).into_par_iter().map(|number| row(number, ids)).collect();
        let mut group = writer.next_row_group()?;
        longs(&mut group, rows.iter().map(|row| row.id as i64).collect())?;
        longs(&mut group, rows.iter().map(|row| row.time_s * 1000).collect())?;
        for values in [|row: &Row| row.lon_deg, |row: &Row| row.lat_deg] {
            let mut column = group.next_column()?.ok_or("a column less")?;
            let values: Vec<f64> = rows.iter().map(values).collect();
            column.typed::<DoubleType>().write_batch(&values, None, None)?;
            column.close()?;
        }
        let mut column = group.next_column()?.ok_or("a column less")?;
        let values: Vec<f32> = rows.iter().map(|row| row.accuracy_m).collect();
        column.typed::<FloatType>().write_batch(&values, None, None)?;
        column.close()?;
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn longs(group: &mut SerializedRowGroupWriter<'_, File>, values: Vec<i64>) -> Result<(), Failure> {
    let mut column = group.next_column()?.ok_or("a column less")?;
    column.typed::<Int64Type>().write_batch(&values, None, None)?;
    Ok(column.close()?)
}

fn options() -> ReadOptions {
    ReadOptions { max_accuracy_m: Some(MOST_ACCURACY_M), bounds: Some(BOUNDS), ..ReadOptions::default() }
}

fn bin(file: &Path, plane: bool, dump: Option<&str>) -> Result<(), Failure> {
    let begun = Instant::now();
    let grid = if plane {
        Grid::plane(BOUNDS, 6677, 25.0)?
    } else {
        Grid::degrees(BOUNDS, STEP_DEG[0], STEP_DEG[1])?
    };
    let binner = Binner::new(grid, Steps::HOURS)?;
    let report = read(&[PathBuf::from(file)], &options(), &binner)?;
    let read_s = begun.elapsed().as_secs_f64();
    let bins = binner.finish()?;
    let seconds = begun.elapsed().as_secs_f64();
    let sum = |counts: &[u32]| counts.iter().map(|count| u64::from(*count)).sum::<u64>();
    let (points, ids) = (sum(&bins.points), sum(&bins.ids));
    let rejected: BTreeMap<_, _> =
        Reason::ALL.into_iter().map(|reason| (reason.name(), report.rejected(reason))).collect();
    println!(
        "{{\"seconds\": {seconds}, \"read_s\": {read_s}, \"rows\": {}, \"points\": {points}, \"bins\": {}, \"ids\": {ids}, \"peak_kib\": {}, \"rejected\": {rejected:?}}}",
        report.rows(),
        bins.len(),
        peak_kib()
    );
    if let Some(dump) = dump {
        let mut out = BufWriter::new(File::create(dump)?);
        writeln!(out, "cell,hour,points,ids")?;
        for at in 0..bins.len() {
            let hour = Steps::HOURS.begin_s(bins.step[at]) / 3600;
            writeln!(out, "{},{hour},{},{}", bins.cell[at], bins.points[at], bins.ids[at])?;
        }
        out.flush()?;
    }
    Ok(())
}

fn clean(file: &Path) -> Result<(), Failure> {
    let begun = Instant::now();
    let store = TrackStore::new(256 << 20, None);
    let report = read(&[PathBuf::from(file)], &options(), &store)?;
    let read_s = begun.elapsed().as_secs_f64();
    let (mut tracks, mut most) = (0, 0);
    let counts = store.each(&CleanOptions::default(), |part| {
        tracks += part.tracks.len();
        most = most.max(part.points.len());
        Ok(())
    })?;
    println!(
        "{{\"seconds\": {}, \"read_s\": {read_s}, \"rows\": {}, \"tracks\": {tracks}, \"most_points_of_a_part\": {most}, \"peak_kib\": {}, \"counts\": \"{counts:?}\"}}",
        begun.elapsed().as_secs_f64(),
        report.rows(),
        peak_kib()
    );
    Ok(())
}

/// The most memory of this process so far; 0 where the system does not say.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}
