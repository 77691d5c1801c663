//! MF-JSON (OGC Moving Features, 19-045r3): trajectories of points.
//!
//! Read are `temporalGeometry` of type `MovingPoint` (also in a `MovingGeometryCollection`) with `datetimes` and
//! `coordinates`, and the older form: a `LineString` with `datetimes` in `properties`. A file is one Feature or
//! a FeatureCollection; of a collection one feature is in memory at a time. Instants are texts (RFC 3339, UTC
//! where they say nothing) or milliseconds since 1970. Each feature is one id: its `id`, else `properties` with
//! `trajectory_id`, `traj_id`, `id` or `name`, else its place in the file.

use std::fmt;
use std::io::BufReader;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::gather::{Gate, Gather, epoch_of_float};
use crate::ids::mix;
use crate::read::CHUNK;
use crate::stream::Stream;
use crate::time::instant;
use crate::{EpochUnit, Point, ReadOptions, Reason, TracksError, Zone};

pub(crate) const FORMAT: &str = "MF-JSON: JSON with features in time";
pub(crate) const ZONE: &str = "UTC, by the format, where a time does not say its own";

struct Reading<'a> {
    file_id: u64,
    most: usize,
    gate: &'a Gate,
    gather: &'a mut Gather,
    flush: &'a mut dyn FnMut(&mut Gather) -> Result<(), TracksError>,
    features: u64,
    points: u64,
    /// Somebody else's error, on its way through serde.
    failed: Option<TracksError>,
}

/// Reads a file; gives the number of its points.
pub(crate) fn read(
    stream: Stream,
    file: &str,
    file_id: u64,
    options: &ReadOptions,
    gate: &Gate,
    gather: &mut Gather,
    flush: &mut dyn FnMut(&mut Gather) -> Result<(), TracksError>,
) -> Result<u64, TracksError> {
    let most = options.limits.feature_points;
    let mut reading = Reading { file_id, most, gate, gather, flush, features: 0, points: 0, failed: None };
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, stream));
    let result = json.deserialize_map(Top(&mut reading)).and_then(|()| json.end());
    if let Some(error) = reading.failed {
        return Err(error);
    }
    result.map_err(|error| {
        TracksError::broken(file, format!("line {}, column {}", error.line(), error.column()), error)
    })?;
    if reading.features == 0 {
        return Err(TracksError::unknown(file, "JSON without a moving point"));
    }
    Ok(reading.points)
}

/// The outermost object: a collection, or a feature itself.
struct Top<'a, 'b>(&'a mut Reading<'b>);

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a Feature or a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut feature = Feature::default();
        while let Some(key) = map.next_key::<String>()? {
            if key == "features" {
                map.next_value_seed(Features(self.0))?;
            } else {
                feature.member(&key, &mut map, self.0.most)?;
            }
        }
        self.0.take(feature).map_err(serde::de::Error::custom)
    }
}

struct Features<'a, 'b>(&'a mut Reading<'b>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(One(self.0))?.is_some() {}
        Ok(())
    }
}

struct One<'a, 'b>(&'a mut Reading<'b>);

impl<'de> DeserializeSeed<'de> for One<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for One<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut feature = Feature::default();
        while let Some(key) = map.next_key::<String>()? {
            feature.member(&key, &mut map, self.0.most)?;
        }
        self.0.take(feature).map_err(serde::de::Error::custom)
    }
}

/// What of a feature is read.
#[derive(Default)]
struct Feature {
    id: Option<Value>,
    properties: Properties,
    moving: Option<Geometry>,
    geometry: Option<Geometry>,
}

/// Of the properties only instants and the names of the track.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Properties {
    datetimes: Option<Vec<Value>>,
    trajectory_id: Option<Value>,
    traj_id: Option<Value>,
    id: Option<Value>,
    name: Option<Value>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Geometry {
    r#type: String,
    datetimes: Vec<Value>,
    coordinates: Value,
    prisms: Vec<Geometry>,
}

impl Feature {
    fn member<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
        most: usize,
    ) -> Result<(), A::Error> {
        match key {
            "id" => self.id = map.next_value()?,
            "properties" => self.properties = map.next_value::<Option<Properties>>()?.unwrap_or_default(),
            "temporalGeometry" => self.moving = map.next_value()?,
            "geometry" => self.geometry = map.next_value()?,
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        let long =
            |geometry: &Option<Geometry>| geometry.as_ref().is_some_and(|it| it.datetimes.len() > most);
        if long(&self.moving) || long(&self.geometry) {
            return Err(serde::de::Error::custom(format_args!(
                "a feature with more than {most} points is beyond the limit `feature_points`"
            )));
        }
        Ok(())
    }

    fn id(&self, file_id: u64, number: u64) -> u64 {
        let Properties { trajectory_id, traj_id, id, name, .. } = &self.properties;
        let named = [&self.id, trajectory_id, traj_id, id, name].into_iter().flatten().next();
        match named {
            Some(Value::String(text)) => xxhash_rust::xxh3::xxh3_64_with_seed(text.as_bytes(), file_id),
            Some(Value::Number(count)) => {
                xxhash_rust::xxh3::xxh3_64_with_seed(count.to_string().as_bytes(), file_id)
            }
            _ => mix(file_id ^ number),
        }
    }
}

impl Reading<'_> {
    fn take(&mut self, mut feature: Feature) -> Result<(), &'static str> {
        let id = feature.id(self.file_id, self.features);
        let moving = feature.moving.take();
        let older = feature.geometry.take().map(|mut geometry| {
            if geometry.datetimes.is_empty() {
                geometry.datetimes = feature.properties.datetimes.take().unwrap_or_default();
            }
            geometry
        });
        for geometry in moving.into_iter().chain(older) {
            for part in geometry.prisms.iter().chain([&geometry]) {
                self.part(part, id)?;
            }
        }
        Ok(())
    }

    fn part(&mut self, part: &Geometry, id: u64) -> Result<(), &'static str> {
        let points = match &part.coordinates {
            Value::Array(points) if matches!(part.r#type.as_str(), "MovingPoint" | "LineString") => points,
            _ => return Ok(()),
        };
        if part.datetimes.is_empty() {
            return Ok(());
        }
        self.features += 1;
        for at in 0..points.len().max(part.datetimes.len()) {
            let row = point(points.get(at), part.datetimes.get(at), id);
            let place = self.points;
            self.gather.row(self.gate, row, || place);
            self.points += 1;
            if self.gather.points.len() >= CHUNK
                && let Err(error) = (self.flush)(self.gather)
            {
                self.failed = Some(error);
                return Err("stopped");
            }
        }
        Ok(())
    }
}

fn point(place: Option<&Value>, time: Option<&Value>, id: u64) -> Result<Point, Reason> {
    let degree = |axis: usize| place?.get(axis)?.as_f64();
    let (lon_deg, lat_deg) = degree(0).zip(degree(1)).ok_or(Reason::UnreadablePlace)?;
    let time_s = match time {
        Some(Value::String(text)) => instant(text.trim().as_bytes(), Zone::UTC),
        Some(Value::Number(count)) => count.as_f64().and_then(|count| epoch_of_float(count, EpochUnit::Ms)),
        _ => None,
    };
    Ok(Point {
        id,
        time_s: time_s.ok_or(Reason::UnreadableTime)?,
        lon_deg,
        lat_deg,
        accuracy_m: f32::NAN,
        speed_mps: f32::NAN,
        course_deg: f32::NAN,
    })
}
