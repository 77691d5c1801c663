//! The formats that are known by the names in their head, or by what stands in their first rows.
//!
//! Columns as publishers and public readers of these files have them; docs/tracks.md lists them.

use crate::layout::{Column, Layout, Meaning, TimeColumns};
use crate::time::instant;
use crate::{EpochUnit, ReadOptions, Zone};

/// The zone, and who says so.
type Told = (Zone, &'static str);

const FORMAT: &str = "the format";
const OPTION: &str = "the option `zone`";

/// The names of a head, ready to be asked.
struct Head<'a> {
    names: &'a [String],
}

impl Head<'_> {
    fn has(&self, name: &str) -> bool {
        self.names.iter().any(|other| other.trim().eq_ignore_ascii_case(name))
    }

    /// The first of some names that is there.
    fn any(&self, names: &[&str]) -> Option<Column> {
        names.iter().find(|name| self.has(name)).map(|name| Column::Named((*name).to_owned()))
    }

    fn all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.has(name))
    }
}

fn named(name: &str) -> Column {
    Column::Named(name.to_owned())
}

/// What a table with a head is; none where the names say nothing.
pub(crate) fn by_head(
    names: &[String],
    options: &ReadOptions,
) -> Option<(String, String, Meaning<Column>, &'static str)> {
    let head = Head { names };
    let (format, why, (meaning, told)) = if head.all(&["dailyid", "year", "month", "day", "hour", "minute"]) {
        ("Agoop PDP", "`dailyid` beside year, month, day, hour and minute", agoop(&head)?)
    } else if head.all(&["latitude_anonymous", "longitude_anonymous"]) {
        ("Blogwatcher", "`latitude_anonymous` and `longitude_anonymous`", blogwatcher(&head)?)
    } else if head.has("detected_on_jst") {
        ("unerry", "`detected_on_jst`", unerry(&head)?)
    } else if head.has("place_category_main") && head.has("timestamp") {
        ("pseudo people flow", "`place_category_main` beside `timestamp`", pseudo(&head)?)
    } else {
        ("trajectory table", "columns of time, longitude and latitude", generic(&head, options)?)
    };
    Some((format.to_owned(), why.to_owned(), meaning, told))
}

fn place(head: &Head<'_>, lon: &[&str], lat: &[&str]) -> Option<[Column; 2]> {
    Some([head.any(lon)?, head.any(lat)?])
}

fn agoop(head: &Head<'_>) -> Option<(Meaning<Column>, &'static str)> {
    let parts = ["year", "month", "day", "hour", "minute"].map(named);
    Some((
        Meaning {
            id: vec![named("dailyid")],
            daily: true,
            time: TimeColumns::Parts(parts),
            zone: Zone::JST,
            place: Some(place(head, &["longitude"], &["latitude"])?),
            geometry: None,
            accuracy: head.any(&["accuracy"]),
            speed: head.any(&["speed"]).map(|column| (column, 1.0)),
            course: head.any(&["course"]),
            day: None,
        },
        FORMAT,
    ))
}

fn blogwatcher(head: &Head<'_>) -> Option<(Meaning<Column>, &'static str)> {
    let time = if head.has("unixtime") {
        TimeColumns::Epoch(named("unixtime"), EpochUnit::Auto)
    } else if let Some(column) = head.any(&["timestamp", "datetime"]) {
        TimeColumns::Instant(column)
    } else {
        TimeColumns::DateAndClock(head.any(&["date"])?, head.any(&["time"])?)
    };
    Some((
        Meaning {
            id: ["uuid", "hashed_adid", "adid"]
                .into_iter()
                .filter(|name| head.has(name))
                .map(named)
                .collect(),
            daily: false,
            time,
            // `unixtime` counts from UTC and `timestamp` writes UTC; only `datetime` is without.
            zone: Zone::JST,
            place: Some(place(head, &["longitude_anonymous"], &["latitude_anonymous"])?),
            geometry: None,
            accuracy: head.any(&["accuracy"]),
            speed: head.any(&["speed"]).map(|column| (column, 1.0)),
            course: head.any(&["course"]),
            day: None,
        },
        FORMAT,
    ))
}

fn unerry(head: &Head<'_>) -> Option<(Meaning<Column>, &'static str)> {
    Some((
        Meaning {
            id: ["adid", "app_user_id"].into_iter().filter(|name| head.has(name)).map(named).collect(),
            daily: false,
            time: TimeColumns::Instant(named("detected_on_jst")),
            zone: Zone::JST,
            place: Some(place(head, &["longitude"], &["latitude"])?),
            geometry: None,
            accuracy: head.any(&["accuracy"]),
            speed: None,
            course: None,
            day: None,
        },
        FORMAT,
    ))
}

fn pseudo(head: &Head<'_>) -> Option<(Meaning<Column>, &'static str)> {
    Some((
        Meaning {
            id: vec![head.any(&["user_id", "userid"])?],
            daily: false,
            time: TimeColumns::Instant(named("timestamp")),
            zone: Zone::JST,
            place: Some(place(head, &["longitude"], &["latitude"])?),
            geometry: None,
            accuracy: None,
            speed: None,
            course: None,
            day: None,
        },
        FORMAT,
    ))
}

const IDS: [&str; 22] = [
    "trajectory_id",
    "traj_id",
    "track_id",
    "tid",
    "trip_id",
    "user_id",
    "userid",
    "uid",
    "device_id",
    "deviceid",
    "agent_id",
    "person_id",
    "personid",
    "pid",
    "uuid",
    "hashed_adid",
    "adid",
    "dailyid",
    "vehicle_id",
    "track",
    "user",
    "id",
];
const TIMES: [&str; 16] = [
    "t",
    "timestamp",
    "datetime",
    "date_time",
    "time_utc",
    "time_jst",
    "timestamp_utc",
    "timestamp_jst",
    "datetime_utc",
    "datetime_jst",
    "time_s",
    "time_ms",
    "unixtime",
    "epoch",
    "time",
    "recorded_at",
];
const LONS: [&str; 7] = ["longitude", "lon", "lng", "long", "lon_deg", "longitude_deg", "x"];
const LATS: [&str; 5] = ["latitude", "lat", "lat_deg", "latitude_deg", "y"];

fn generic(head: &Head<'_>, options: &ReadOptions) -> Option<(Meaning<Column>, &'static str)> {
    let clock = head.any(&["time", "clock"]).filter(|_| head.has("date"));
    let (time, (zone, told)) = match (head.any(&TIMES), clock) {
        (Some(column @ Column::Named(_)), None) => {
            let Column::Named(name) = &column else { return None };
            let told = zone_of_name(name, options);
            let time = match name.as_str() {
                "time_s" => TimeColumns::Epoch(column, EpochUnit::S),
                "time_ms" => TimeColumns::Epoch(column, EpochUnit::Ms),
                "unixtime" | "epoch" => TimeColumns::Epoch(column, EpochUnit::Auto),
                _ => TimeColumns::Instant(column),
            };
            (time, told)
        }
        (_, Some(clock)) => (TimeColumns::DateAndClock(named("date"), clock), (options.zone, OPTION)),
        _ => return None,
    };
    // Longitude beside latitude, x beside y: never one of each.
    let degrees = place(head, &LONS[..6], &LATS[..4]);
    let place = degrees.or_else(|| place(head, &LONS[6..], &LATS[4..]));
    let geometry = head.any(&["geometry", "geom", "wkb_geometry"]).filter(|_| place.is_none());
    if place.is_none() && geometry.is_none() {
        return None;
    }
    let speed = head.any(&["speed_mps", "speed", "velocity"]).map(|column| (column, 1.0));
    let meaning = Meaning {
        id: head.any(&IDS).into_iter().collect(),
        daily: head.has("dailyid") && head.any(&IDS) == Some(named("dailyid")),
        time,
        zone,
        place,
        geometry,
        accuracy: head.any(&["accuracy_m", "accuracy", "horizontal_accuracy", "haccuracy", "hacc"]),
        speed: speed.or_else(|| head.any(&["speed_kmh", "speed_kmph"]).map(|column| (column, 1.0 / 3.6))),
        course: head.any(&["course_deg", "course", "heading", "bearing", "direction"]),
        day: options.day,
    };
    Some((meaning, told))
}

fn zone_of_name(name: &str, options: &ReadOptions) -> Told {
    match name {
        _ if name.ends_with("_utc") => (Zone::UTC, "the name of the column"),
        _ if name.ends_with("_jst") => (Zone::JST, "the name of the column"),
        "time_s" | "time_ms" | "unixtime" | "epoch" => (Zone::UTC, "the count since 1970"),
        _ => (options.zone, OPTION),
    }
}

/// What a table without a head is, by its first rows; none where they say nothing.
pub(crate) fn by_rows(
    rows: &[Vec<String>],
    options: &ReadOptions,
) -> Option<(String, String, Meaning<Column>)> {
    let share = |fits: &dyn Fn(&Vec<String>) -> bool| {
        let good = rows.iter().filter(|row| fits(row)).count();
        good * 2 > rows.len()
    };
    if share(&|row| row.len() == 9 && matches!(row[7].trim(), "STAY" | "MOVE") && is_place(&row[4], &row[3]))
    {
        let why = "nine columns without a head, STAY or MOVE in the eighth";
        return Some(headless("pseudo people flow", why, 0, TimeColumns::Instant(2), [4, 3], None));
    }
    if share(&|row| (4..=12).contains(&row.len()) && is_time(&row[1]) && is_place(&row[2], &row[3])) {
        let why = "no head; the second column is a time, the third and fourth are longitude and latitude";
        let clock = share(&|row| {
            crate::time::time_of_day(row.get(1).map_or(&b""[..], |text| text.as_bytes())).is_some()
        });
        let time = if clock { TimeColumns::Clock(1) } else { TimeColumns::Instant(1) };
        return Some(headless("pflow trajectory table", why, 0, time, [2, 3], options.day));
    }
    None
}

fn headless(
    format: &str,
    why: &str,
    id: usize,
    time: TimeColumns<usize>,
    place: [usize; 2],
    day: Option<i64>,
) -> (String, String, Meaning<Column>) {
    let meaning = Meaning {
        id: vec![id],
        daily: false,
        time,
        zone: Zone::JST,
        place: Some(place),
        geometry: None,
        accuracy: None,
        speed: None,
        course: None,
        day,
    };
    // Numbering columns cannot fail.
    let meaning = meaning.map(|number| Ok(Column::Numbered(*number)));
    match meaning {
        Ok(meaning) => (format.to_owned(), why.to_owned(), meaning),
        Err(_) => unreachable!("a number is a column"),
    }
}

fn is_time(text: &str) -> bool {
    let text = text.trim().as_bytes();
    instant(text, Zone::JST).is_some() || crate::time::time_of_day(text).is_some()
}

fn is_place(lon: &str, lat: &str) -> bool {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    matches!((number(lon), number(lat)), (Some(lon), Some(lat)) if lon.abs() <= 180.0 && lat.abs() <= 90.0)
}

/// GeoLife PLT: six lines ahead, then latitude, longitude, 0, feet, days since 1899-12-30, date, time (GMT).
pub(crate) fn geolife() -> Layout {
    let (format, why, mut meaning) = headless(
        "GeoLife PLT",
        "its first line says `Geolife trajectory`",
        0,
        TimeColumns::DateAndClock(5, 6),
        [1, 0],
        None,
    );
    meaning.id.clear();
    meaning.zone = Zone::UTC;
    Layout { format, why, zone_told_by: FORMAT, skip_lines: 6, delimiter: b',', meaning }
}
