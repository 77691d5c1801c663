//! GPX 1.0 and 1.1: `trk/trkseg/trkpt` with `lat`, `lon` and `time`; speed and course where they are told.
//!
//! Each track is one id. Routes and waypoints are plans, not movements, and are left alone. Read as a stream,
//! with `quick-xml`, so that a file of any size needs little memory and one bad point costs only itself.

use std::io::BufReader;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::gather::{Gate, Gather};
use crate::ids::mix;
use crate::read::CHUNK;
use crate::stream::{Stream, broken};
use crate::table::optional_number;
use crate::time::instant;
use crate::{Point, ReadOptions, Reason, TracksError};

pub(crate) const FORMAT: &str = "GPX: its root is `gpx`";
pub(crate) const ZONE: &str = "UTC, by the format, where a time does not say its own";

/// Most bytes of one element or text.
const EVENT_BYTES: usize = 1 << 20;

/// Where reading stands.
#[derive(Default)]
struct State {
    depth: usize,
    tracks: u64,
    point: Option<Draft>,
    field: Field,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Field {
    #[default]
    None,
    Time,
    Speed,
    Course,
}

/// A point that is being read.
struct Draft {
    place: Option<(f64, f64)>,
    time_s: Option<i64>,
    speed: Result<f32, Reason>,
    course: Result<f32, Reason>,
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
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, stream));
    let (mut state, mut buffer, mut points) = (State::default(), Vec::new(), 0_u64);
    loop {
        buffer.clear();
        let at = reader.buffer_position();
        let event = reader.read_event_into(&mut buffer).map_err(|error| match error {
            quick_xml::Error::Io(error) => {
                broken(file, at, std::io::Error::new(error.kind(), error.to_string()), &options.limits)
            }
            error => TracksError::broken(file, format!("byte {at}"), error),
        })?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Eof if state.depth == 0 => return Ok(points),
            Event::Eof => {
                return Err(TracksError::broken(file, format!("byte {at}"), "it ends in the middle"));
            }
            Event::Start(element) | Event::Empty(element) => {
                state.open(&element);
                if state.depth > options.limits.nesting {
                    let limit = options.limits.nesting as u64;
                    return Err(TracksError::too_large(file, "elements inside each other", "nesting", limit));
                }
                if is_empty {
                    close(&mut state, element.local_name().as_ref(), file_id, gate, gather, &mut points);
                }
            }
            Event::End(element) => {
                close(&mut state, element.local_name().as_ref(), file_id, gate, gather, &mut points);
            }
            Event::Text(text) => state.text(&text),
            _ => {}
        }
        if buffer.len() > EVENT_BYTES {
            return Err(TracksError::too_large(file, "an element", "line_bytes", EVENT_BYTES as u64));
        }
        if gather.points.len() >= CHUNK {
            flush(gather)?;
        }
    }
}

impl State {
    fn open(&mut self, element: &BytesStart<'_>) {
        self.depth += 1;
        self.field = Field::None;
        match element.local_name().as_ref() {
            b"trk" => self.tracks += 1,
            b"trkpt" => {
                let degree = |name: &str| {
                    let value = element.try_get_attribute(name).ok()??;
                    fast_float2::parse::<f64, _>(value.value.trim_ascii()).ok()
                };
                self.point = Some(Draft {
                    place: degree("lon").zip(degree("lat")),
                    time_s: None,
                    speed: Ok(f32::NAN),
                    course: Ok(f32::NAN),
                });
            }
            b"time" => self.field = Field::Time,
            b"speed" => self.field = Field::Speed,
            b"course" => self.field = Field::Course,
            _ => {}
        }
    }

    fn text(&mut self, text: &[u8]) {
        let Some(point) = &mut self.point else { return };
        let text = text.trim_ascii();
        match self.field {
            Field::None => {}
            Field::Time => point.time_s = instant(text, crate::Zone::UTC),
            Field::Speed => point.speed = optional_number(text),
            Field::Course => point.course = optional_number(text),
        }
    }
}

fn close(state: &mut State, name: &[u8], file_id: u64, gate: &Gate, gather: &mut Gather, points: &mut u64) {
    state.depth = state.depth.saturating_sub(1);
    state.field = Field::None;
    if name != b"trkpt" {
        return;
    }
    let Some(draft) = state.point.take() else { return };
    let (id, at) = (mix(file_id ^ state.tracks), *points);
    gather.row(gate, draft.finish(id), || at);
    *points += 1;
}

impl Draft {
    fn finish(self, id: u64) -> Result<Point, Reason> {
        let (lon_deg, lat_deg) = self.place.ok_or(Reason::UnreadablePlace)?;
        Ok(Point {
            id,
            time_s: self.time_s.ok_or(Reason::UnreadableTime)?,
            lon_deg,
            lat_deg,
            accuracy_m: f32::NAN,
            speed_mps: self.speed?,
            course_deg: self.course?,
        })
    }
}
