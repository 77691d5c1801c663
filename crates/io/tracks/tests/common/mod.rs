//! Small files of every format: the same walk of two people, as each format writes it.
#![allow(dead_code)]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

/// Time (seconds since 1970 UTC), longitude, latitude of each point; whole minutes of 2020-04-01 in Japan.
pub const WALK: [(i64, f64, f64); 3] =
    [(1_585_702_800, 139.691, 35.6895), (1_585_702_860, 139.6915, 35.69), (1_585_702_920, 139.692, 35.6905)];

pub const AGOOP: &str = "\
dailyid,year,month,day,dayofweek,hour,minute,latitude,longitude,os,home_countryname,plmn,plmn_countryname,setting_currency,setting_language,setting_country,logtype_category,logtype_subcategory,accuracy,speed,estimated_speed_flag,course,estimated_course_flag,prefcode,citycode,mesh100mid,home_prefcode,home_citycode,workplace_prefcode,workplace_citycode,gender
aa01,2020,4,1,3,10,0,35.6895,139.691,iOS,Japan,44010,Japan,JPY,ja,JP,gps,move,10.0,1.2,0,90,0,13,13104,5339452573,13,13104,13,13101,M
aa01,2020,4,1,3,10,1,35.69,139.6915,iOS,Japan,44010,Japan,JPY,ja,JP,gps,move,12.5,,0,,0,13,13104,5339452573,13,13104,13,13101,M
aa01,2020,4,1,3,10,2,35.6905,139.692,iOS,Japan,44010,Japan,JPY,ja,JP,gps,move,15,-1,0,-1,0,13,13104,5339452573,13,13104,13,13101,M
";

pub const AGOOP_REDUCED: &str = "\
Dailyid,Year,Month,Day,DayofWeek,Hour,Minute,Latitude,Longitude,OS,LogType_Category,Accuracy,Speed,Course,Transportation_Type,Gender
aa01,2020,4,1,3,10,0,35.6895,139.691,iOS,gps,10,1.2,90,walk,M
aa01,2020,4,1,3,10,1,35.69,139.6915,iOS,gps,12.5,,,walk,M
aa01,2020,4,1,3,10,2,35.6905,139.692,iOS,gps,15,-1,-1,walk,M
";

pub const BLOGWATCHER: &str = "\
uuid,adid,hashed_adid,datetime,timestamp,unixtime,date,time,latitude_anonymous,longitude_anonymous,accuracy,mesh,os,geo_name,poi_home,poi_work,speed,course,height,ssid,bssid,level
u1,,h1,2020-04-01 10:00:00,2020-04-01 01:00:00 UTC,1585702800,2020-04-01,10:00:00,35.6895,139.691,10,,,,,,1.2,90,,,,
u1,,h1,2020-04-01 10:01:00,2020-04-01 01:01:00 UTC,1585702860,2020-04-01,10:01:00,35.69,139.6915,12.5,,,,,,,,,,,
u1,,h1,2020-04-01 10:02:00,2020-04-01 01:02:00 UTC,1585702920,2020-04-01,10:02:00,35.6905,139.692,15,,,,,,,,,,,
";

pub const BLOGWATCHER_LOCAL: &str = "\
hashed_adid,datetime,latitude_anonymous,longitude_anonymous,accuracy
h1,2020/4/1  10:00:00,35.6895,139.691,10
h1,2020/4/1  10:01:00,35.69,139.6915,10
h1,2020/4/1  10:02:00,35.6905,139.692,10
";

pub const UNERRY: &str = "\
adid,app_user_id,extra_id_1,extra_id_2,detected_on_jst,latitude,longitude,category_id,category_name,brand_id,brand_name,poi_id,poi_name,prefecture_code,prefecture_name,city_code,city_name
00000000-0000-0000-0000-000000000000,app7,,,2020-04-01 10:00:00,35.6895,139.691,1,\"a, \"\"b\"\"\",,,,,13,東京都,13104,新宿区
,app7,,,2020-04-01 10:01:00,35.69,139.6915,1,\"two
lines\",,,,,13,東京都,13104,新宿区
,app7,,,2020-04-01 10:02:00,35.6905,139.692,1,c,,,,,13,東京都,13104,新宿区
";

pub const PSEUDO: &str = "\
7,0,2020-04-01 10:00:00,35.6895,139.691,Shop,Store,MOVE,11
7,0,2020-04-01 10:01:00,35.69,139.6915,Shop,Store,STAY,11
7,0,2020-04-01 10:02:00,35.6905,139.692,Shop,Store,STAY,11
";

pub const PFLOW: &str = "\
7,2020-04-01 10:00:00,139.691,35.6895,WALK,1,100
7,2020-04-01 10:01:00,139.6915,35.69,WALK,1,101
7,2020-04-01 10:02:00,139.692,35.6905,WALK,1,102
";

pub const PLT: &str = "\
Geolife trajectory\r
WGS 84\r
Altitude is in Feet\r
Reserved 3\r
0,2,255,My Track,0,0,2,8421376\r
0\r
35.6895,139.691,0,492,43922.0416666667,2020-04-01,01:00:00\r
35.69,139.6915,0,492,43922.0423611111,2020-04-01,01:01:00\r
35.6905,139.692,0,492,43922.0430555556,2020-04-01,01:02:00\r
";

pub const GPX: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="1" lon="2"/><trk><name>n</name><trkseg>
<trkpt lat="35.6895" lon="139.691"><ele>40</ele><time>2020-04-01T01:00:00Z</time><speed>1.2</speed></trkpt>
<trkpt lat="35.69" lon="139.6915"><time>2020-04-01T10:01:00+09:00</time></trkpt>
<trkpt lat="35.6905" lon="139.692"><time>2020-04-01T01:02:00.5Z</time></trkpt>
</trkseg></trk></gpx>
"#;

pub const GENERIC: &str = "\
trajectory_id;t;x;y
1;2020-04-01T01:00:00Z;139.691;35.6895
1;2020-04-01T01:01:00Z;139.6915;35.69
1;2020-04-01T01:02:00Z;139.692;35.6905
";

pub const GENERIC_EPOCH: &str = "\
id,Timestamp,Lng,Latitude
1,1585702800000,139.691,35.6895
1,1585702860000,139.6915,35.69
1,1585702920000,139.692,35.6905
";

pub const MFJSON: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a",
"temporalGeometry":{"type":"MovingPoint","datetimes":["2020-04-01T01:00:00Z","2020-04-01T10:01:00+09:00",1585702920000],
"coordinates":[[139.691,35.6895],[139.6915,35.69,40],[139.692,35.6905]],"interpolation":"Linear"}}]}"#;

pub const MFJSON_OLDER: &str = r#"{"type":"Feature","geometry":{"type":"LineString",
"coordinates":[[139.691,35.6895],[139.6915,35.69],[139.692,35.6905]]},
"properties":{"name":"a","datetimes":[1585702800000,1585702860000,1585702920000]}}"#;

/// Every text format: a name and the file.
pub const TEXTS: [(&str, &str); 13] = [
    ("agoop.csv", AGOOP),
    ("reduced.csv", AGOOP_REDUCED),
    ("blogwatcher.csv", BLOGWATCHER),
    ("local.csv", BLOGWATCHER_LOCAL),
    ("unerry.csv", UNERRY),
    ("pseudo.csv", PSEUDO),
    ("pflow.csv", PFLOW),
    ("a.plt", PLT),
    ("a.gpx", GPX),
    ("generic.csv", GENERIC),
    ("epoch.csv", GENERIC_EPOCH),
    ("mf.json", MFJSON),
    ("older.json", MFJSON_OLDER),
];

pub fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub fn zstandard(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// The walk as Parquet with plain columns; texts as ids, stamps in milliseconds of UTC, one accuracy missing.
pub fn parquet_file(path: &Path) {
    let schema = "message m { required binary user_id (STRING); required int64 timestamp (TIMESTAMP(MILLIS,true)); \
                  required double lon; required double lat; optional double accuracy; optional binary gender (STRING); }";
    let mut writer = writer(path, schema, None);
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column
        .typed::<ByteArrayType>()
        .write_batch(&[(); 3].map(|()| ByteArray::from("u1")), None, None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&WALK.map(|(time, ..)| time * 1000), None, None).unwrap();
    column.close().unwrap();
    for values in [WALK.map(|(_, lon, _)| lon), WALK.map(|(.., lat)| lat)] {
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<DoubleType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<DoubleType>().write_batch(&[10.0, 15.0], Some(&[1, 0, 1]), None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&[], Some(&[0, 0, 0]), None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    writer.close().unwrap();
}

/// The walk as GeoParquet: points in WKB, local times as text. `crs` is put into the key `geo` as it stands.
pub fn geoparquet_file(path: &Path, crs: &str) {
    let schema =
        "message m { required int64 id; required binary datetime (STRING); required binary geometry; }";
    let geo = format!(
        r#"{{"version":"1.1.0","primary_column":"geometry","columns":{{"geometry":{{"encoding":"WKB","geometry_types":["Point"]{crs}}}}}}}"#
    );
    let mut writer = writer(path, schema, Some(geo));
    let mut group = writer.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[7, 7, 7], None, None).unwrap();
    column.close().unwrap();
    let texts = ["2020-04-01 10:00:00", "2020-04-01 10:01:00", "2020-04-01 10:02:00"].map(ByteArray::from);
    let points = WALK.map(|(_, lon, lat)| {
        let mut wkb = vec![1, 1, 0, 0, 0];
        wkb.extend(lon.to_le_bytes());
        wkb.extend(lat.to_le_bytes());
        ByteArray::from(wkb)
    });
    for values in [texts, points] {
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

fn writer(path: &Path, schema: &str, geo: Option<String>) -> SerializedFileWriter<File> {
    let pairs = geo.map(|geo| vec![KeyValue::new("geo".to_owned(), geo)]);
    let properties = WriterProperties::builder().set_key_value_metadata(pairs).build();
    let schema = Arc::new(parse_message_type(schema).unwrap());
    SerializedFileWriter::new(File::create(path).unwrap(), schema, Arc::new(properties)).unwrap()
}
