//! Small files of both formats as sensors and spreadsheets write them; their defects counted by reason.

use std::sync::Arc;
use std::time::Instant;

use futago_damage::{Dice, LONGEST, assert_memory};
use futago_model::FloorOccupancy;
use futago_occupancy::{Found, Limits, OccupancyError, read, read_bytes};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// 2026-11-24 09:00 in Japan, seconds from 1970.
const NINE: i64 = 1_795_478_400;

fn csv(text: impl AsRef<[u8]>) -> Result<Found, OccupancyError> {
    read_bytes(text.as_ref().to_vec(), "floors.csv", &Limits::default())
}

fn floor(building: &str, floor: i32, samples: &[(i64, f64)]) -> FloorOccupancy {
    FloorOccupancy {
        building: building.to_owned(),
        floor,
        at_s: samples.iter().map(|(at, _)| *at).collect(),
        persons: samples.iter().map(|(_, persons)| *persons).collect(),
        ..FloorOccupancy::default()
    }
}

#[test]
fn columns_by_name_and_samples_by_time() {
    let text = "Time,Persons,FLOOR,building,capacity,area_m2,note\n\
        2026-11-24 10:00,30,3F,b-1,200,1500,x\n\
        2026-11-24 09:00,20,3F,b-1,,,x\n\
        2026-11-24T00:00:00Z,5,B1,b-1,,,x\n\
        2026/11/24 9:00,7,2階,a-2,,,x\n";
    let found = csv(text).unwrap();
    let mut third = floor("b-1", 3, &[(NINE, 20.0), (NINE + 3600, 30.0)]);
    (third.capacity_persons, third.area_m2) = (Some(200.0), Some(1500.0));
    let expected = [floor("a-2", 2, &[(NINE, 7.0)]), floor("b-1", -1, &[(NINE, 5.0)]), third];
    assert_eq!(found.occupancy.floors, expected);
    assert_eq!((found.rows, found.samples, found.report.entries.len()), (4, 4, 0));
    assert_eq!(found.occupancy.source, "floors.csv");
}

#[test]
fn other_dividers_marks_and_letters() {
    let semicolons = "\u{feff}building;floor;time (UTC);persons\nb;1;2026-11-24 00:00;1,5\n";
    // The comma within a cell divides thousands.
    assert_eq!(csv(semicolons).unwrap().occupancy.floors, [floor("b", 1, &[(NINE, 15.0)])]);
    let tabs = "building\tfloor\ttime\tpersons\r\nb\t1\t2026-11-24 09:00\t4\r\n";
    assert_eq!(csv(tabs).unwrap().occupancy.floors, [floor("b", 1, &[(NINE, 4.0)])]);
    // 建物,階,日時,人数 and 都庁,１階 in CP932.
    let mut bytes = b"\x8c\x9a\x95\xa8,\x8aK,\x93\xfa\x8e\x9e,\x90l\x90\x94\n".to_vec();
    bytes.extend(b"\x93s\x92\xa1,1\x8aK,2026-11-24 09:00,12\n");
    assert_eq!(csv(bytes).unwrap().occupancy.floors, [floor("都庁", 1, &[(NINE, 12.0)])]);
}

#[test]
fn rows_are_counted_by_reason_and_the_rest_is_read() {
    let text = "building,floor,time,persons,capacity\n\
        b,1,2026-11-24 09:00,10,100\n\
        b,1,2026-11-24 09:30,,100\n\
        b,1,2026-11-24 10:00,-3,100\n\
        b,1,2026-11-24 10:30,many,100\n\
        b,0,2026-11-24 09:00,10,100\n\
        b,1,2026-11-24,10,100\n\
        ,1,2026-11-24 09:00,10,100\n\
        b,1,2026-11-24 11:00,20,none\n\
        b,1,2026-11-24 12:00,20,120\n\
        b,1,2026-11-24 09:00,99,100\n\
        b,1,2026-11-24 13:00\n";
    let found = csv(text).unwrap();
    let expected = [
        ("occupancy-bad-floor", 1),
        ("occupancy-bad-persons", 2),
        ("occupancy-bad-row", 1),
        ("occupancy-bad-size", 1),
        ("occupancy-bad-time", 1),
        ("occupancy-changing-size", 1),
        ("occupancy-duplicate", 1),
        ("occupancy-empty", 1),
        ("occupancy-no-building", 1),
    ];
    assert_eq!(found.report.counts(), expected);
    let kept = [(NINE, 10.0), (NINE + 7200, 20.0), (NINE + 10_800, 20.0)];
    let floors = &found.occupancy.floors;
    assert_eq!(
        (&floors[0].at_s, &floors[0].persons),
        (&floor("b", 1, &kept).at_s, &floor("b", 1, &kept).persons)
    );
    assert_eq!(found.rows, 11);
    let bad = found.report.entries.iter().find(|entry| entry.code == "occupancy-bad-time").unwrap();
    assert_eq!(bad.place, "floors.csv, line 7");
}

#[test]
fn what_is_no_table_says_so() {
    let problem = |text: &[u8]| csv(text).unwrap_err().to_string();
    assert!(problem(b"a,b\n1,2\n").contains("no column `building`"));
    assert!(problem(b"").contains("no column"));
    assert!(problem(b"building,floor,time,persons\n").contains("none of its 0 rows"));
    assert!(problem(b"building,floor,time,persons\nb,1,soon,3\n").contains("`soon`"));
    assert!(problem(b"\x00\x01\x02").contains("neither text nor Parquet"));
    assert!(problem(b"PAR1nothing").contains("the table"));
    let tight = Limits { rows: 1, row_bytes: 1 << 14, ..Limits::default() };
    let two = "building,floor,time,persons\nb,1,2026-11-24 09:00,3\nb,1,2026-11-24 10:00,3\n";
    let said = read_bytes(two.into(), "two.csv", &tight).unwrap_err().to_string();
    assert!(said.contains("`rows`"), "{said}");
    // One quotation mark makes one row of a megabyte.
    let endless = format!("building,floor,time,persons\n\"b,1,2026-11-24 09:00,3\n{}", "x\n".repeat(500_000));
    let said = read_bytes(endless.into(), "endless.csv", &tight).unwrap_err().to_string();
    assert!(said.contains("row_bytes") && said.contains("endless.csv"), "{said}");
}

/// A Parquet file of two rows whose times are of a type, with their numbers.
fn parquet(time: &str, at: [i64; 2]) -> Vec<u8> {
    let message = format!(
        "message t {{ required binary Building (UTF8); required int32 floor; required int64 time {time};
         optional double persons; required double noise; }}"
    );
    let schema = Arc::new(parse_message_type(&message).unwrap());
    let properties = Arc::new(WriterProperties::builder().build());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<ByteArrayType>()
        .write_batch(&[ByteArray::from("b"), ByteArray::from("b")], None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int32Type>().write_batch(&[2, 2], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&at, None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&[12.5], Some(&[1, 0]), None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&[0.0, f64::NAN], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_with_every_clock() {
    let hour = 3600;
    for (kind, unit, first) in [
        ("(TIMESTAMP(MILLIS, true))", 1000, NINE),
        ("(TIMESTAMP(MICROS, false))", 1_000_000, NINE + 9 * hour),
        ("(TIMESTAMP(NANOS, true))", 1_000_000_000, NINE),
        ("(TIMESTAMP_MILLIS)", 1000, NINE),
        ("", 1, NINE),
    ] {
        let bytes = parquet(kind, [first * unit, (first + hour) * unit]);
        let found = read_bytes(bytes, "floors.parquet", &Limits::default()).unwrap();
        assert_eq!(found.occupancy.floors, [floor("b", 2, &[(NINE, 12.5)])], "{kind}");
        assert_eq!(found.report.counts(), [("occupancy-empty", 1)], "{kind}");
    }
}

#[test]
fn files_are_told_by_content_and_not_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("really.csv");
    std::fs::write(&path, parquet("(TIMESTAMP(MILLIS, true))", [NINE * 1000, NINE * 1000])).unwrap();
    assert_eq!(read(&path, &Limits::default()).unwrap().samples, 1);
    let said = read(&folder.path().join("none.csv"), &Limits::default()).unwrap_err().to_string();
    assert!(said.contains("none.csv"), "{said}");
}

#[test]
fn damaged_files_are_read_or_refused_in_time() {
    let text = "building,floor,time,persons,capacity\n\
        b-1,1,2026-11-24 09:00,10,100\n\"b-1\",2F,2026-11-24T09:00:00+09:00,12,\nb-2,B1,2026/11/24 9:30,3,50\n";
    let table = parquet("(TIMESTAMP(MILLIS, true))", [NINE * 1000, (NINE + 60) * 1000]);
    let mut dice = Dice::new(11);
    for (whole, other) in [(text.as_bytes(), table.as_slice()), (&table, text.as_bytes())] {
        let (mut fine, mut refused) = (0, 0);
        for turn in 0..3000 {
            let mut bytes = whole.to_vec();
            dice.damage(&mut bytes, if turn % 10 == 0 { other } else { whole }, 3);
            let start = Instant::now();
            match read_bytes(bytes, "damaged", &Limits::default()) {
                Ok(found) => {
                    fine += 1;
                    let mut samples = found.occupancy.floors.iter().flat_map(|f| &f.persons);
                    assert!(samples.all(|p| p.is_finite() && *p >= 0.0));
                }
                Err(error) => {
                    refused += 1;
                    assert!(error.to_string().contains("damaged"), "{error}");
                }
            }
            assert!(start.elapsed() < LONGEST, "turn {turn}");
        }
        assert!(fine > 100 && refused > 100, "{fine} read, {refused} refused");
    }
    assert_memory(1 << 20);
}
