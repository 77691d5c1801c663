//! Answers in plain words: when is a spot in the sun, what is there, where is a place.

use std::sync::Arc;

use futago_field::{Palette, ResultSet, Scale, field_in_words, sentence, unit_in_words};
use futago_geodesy::LonLat;
use futago_model::{CityModel, PlaceKind, find_places};
use futago_sunlight::{SunAsker, SunlightError, SunnyTimes};
use futago_texts::{Lang, Texts};
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::Offset;
use serde::Serialize;

/// Japan has one clock, all year.
const JST: Offset = jiff::tz::offset(9);
/// Eyes of somebody who sits or of a child who stands, metres above the ground.
const HEIGHT_M: f64 = 1.5;
/// As many places are found at once.
const MOST_PLACES: usize = 8;

/// A city that can be asked.
pub struct Answers {
    city: Arc<CityModel>,
    sun: SunAsker,
    texts: [Texts; 3],
}

/// What the sun does at a spot on a day.
#[derive(Debug, Clone, Serialize)]
pub struct SunAnswer {
    /// The answer in one sentence, for the time that was asked about.
    pub sentence: String,
    /// More about the day, a sentence each.
    pub more: Vec<String>,
    /// Whether the sun shines there at that time.
    pub now: SunNow,
    /// Stretches of sun: first and last minute after midnight, Japan Standard Time.
    pub stretches: Vec<[u16; 2]>,
    /// Sunrise and sunset, minutes after midnight.
    pub day: Option<[u16; 2]>,
    /// Hours of direct sun.
    pub sun_h: f64,
}

/// What somebody on the spot sees of the sun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SunNow {
    /// Direct sun.
    Sun,
    /// The sun is up, and something is before it.
    Shade,
    /// The sun is below the horizon.
    Night,
    /// The spot is inside a building.
    Inside,
}

/// A place by its name.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Its name in the language asked for.
    pub name: String,
    /// What it is, in words.
    pub kind: String,
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Site metres, east and north.
    pub at_m: [f64; 2],
    /// Id, of a building.
    pub building: Option<String>,
}

/// What a picture of results needs beside it.
#[derive(Debug, Clone, Serialize)]
pub struct Legend {
    /// What is shown, in words.
    pub title: String,
    /// Colours from low to high, `#rrggbb`.
    pub colours: Vec<String>,
    /// Low, middle and high value with their unit.
    pub ticks: [String; 3],
    /// What was found, a sentence each; the first is the answer.
    pub findings: Vec<String>,
    /// Where the model stops being true.
    pub limits: Vec<String>,
}

impl Answers {
    /// Makes a city ready.
    ///
    /// # Errors
    /// When the city is too large to be asked.
    pub fn new(city: CityModel) -> Result<Self, SunlightError> {
        let city = Arc::new(city);
        let sun = SunAsker::new(city.clone())?;
        Ok(Self { city, sun, texts: Lang::ALL_OF_THE_PAGE.map(Texts::new) })
    }

    /// The city.
    pub fn city(&self) -> &Arc<CityModel> {
        &self.city
    }

    /// The words of a language.
    pub fn texts(&self, lang: Lang) -> &Texts {
        let [ja, en, easy] = &self.texts;
        match lang {
            Lang::Ja => ja,
            Lang::En => en,
            Lang::JaEasy => easy,
        }
    }

    /// When a spot is in the sun, on the day of an instant in Japan.
    ///
    /// # Errors
    /// In words of the language: the spot is outside the city, or the year is beyond the sun's theory.
    pub fn sun(&self, place: LonLat, at: Timestamp, lang: Lang) -> Result<SunAnswer, String> {
        let texts = self.texts(lang);
        let local = JST.to_datetime(at);
        let times = self.sun.ask(place, HEIGHT_M, local.date());
        let times = times.map_err(|error| sentence(texts, &error.message()))?;
        let now = now(&times, local.time());
        Ok(SunAnswer {
            sentence: said_now(&times, now, local.time(), texts),
            more: said_of_day(&times, texts),
            now,
            stretches: times.intervals.iter().map(|i| [minute(i.from), minute(i.to)]).collect(),
            day: times.sunrise.zip(times.sunset).map(|(rise, set)| [minute(rise), minute(set)]),
            sun_h: times.sun_h,
        })
    }

    /// Places whose name holds a text.
    pub fn places(&self, text: &str, lang: Lang) -> Vec<Found> {
        let texts = self.texts(lang);
        let found = find_places(&self.city, text, MOST_PLACES).into_iter().filter_map(|place| {
            let at = self.city.about.frame.lonlat_from_site(place.at_m).ok()?;
            let buildings = &self.city.buildings;
            let (kind, building) = match &place.kind {
                PlaceKind::Building { index, height_m } => (
                    texts.format("page-place-building", &[("height", f64::from(*height_m).into())]),
                    Some(buildings.id_of(&buildings.records[*index]).to_owned()),
                ),
                PlaceKind::Street => (texts.text("page-place-street"), None),
                PlaceKind::Shelter(kind) => (kind.clone(), None),
                PlaceKind::Degrees => (texts.text("page-place-degrees"), None),
            };
            let name = if lang == Lang::En { place.name_en } else { place.name_ja };
            Some(Found { name, kind, lon: at.lon_deg, lat: at.lat_deg, at_m: place.at_m, building })
        });
        found.collect()
    }

    /// Legend and sentences of results.
    pub fn legend(&self, results: &ResultSet, lang: Lang) -> Option<Legend> {
        let texts = self.texts(lang);
        let field = results.fields.first()?;
        let (low, high) = field.range()?;
        let low = if field.quantity.scale == Scale::Diverging { low } else { 0.0 };
        let unit = unit_in_words(texts, &field.quantity.unit);
        let tick = |value: f32| {
            let value = futago_texts::format_number(f64::from(value), 0, 1, true);
            if unit.is_empty() { value } else { format!("{value} {unit}") }
        };
        let hex = |share: f32| {
            let [r, g, b, _] = Palette::of(field.quantity.scale).colour(share).bytes();
            format!("#{r:02x}{g:02x}{b:02x}")
        };
        Some(Legend {
            title: field_in_words(texts, field),
            colours: (0..=10).map(|k| hex(k as f32 / 10.0)).collect(),
            ticks: [low, (low + high) * 0.5, high].map(tick),
            findings: results.findings.iter().map(|m| sentence(texts, m)).collect(),
            limits: results.limits.iter().map(|m| sentence(texts, m)).collect(),
        })
    }
}

/// Minutes after midnight.
fn minute(time: Time) -> u16 {
    u16::from(time.hour().unsigned_abs()) * 60 + u16::from(time.minute().unsigned_abs())
}

fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}

fn now(times: &SunnyTimes, at: Time) -> SunNow {
    let at = minute(at);
    let within = |from: Time, to: Time| (minute(from)..=minute(to)).contains(&at);
    if times.inside.is_some() {
        SunNow::Inside
    } else if times.intervals.iter().any(|i| within(i.from, i.to)) {
        SunNow::Sun
    } else if times.sunrise.zip(times.sunset).is_some_and(|(rise, set)| within(rise, set)) {
        SunNow::Shade
    } else {
        SunNow::Night
    }
}

/// What is so at a time, and when it changes.
fn said_now(times: &SunnyTimes, now: SunNow, at: Time, texts: &Texts) -> String {
    let minute_now = minute(at);
    let next_sun = times.intervals.iter().map(|i| i.from).find(|from| minute(*from) > minute_now);
    let end = times.intervals.iter().map(|i| i.to).find(|to| minute(*to) >= minute_now);
    let is_sunset = end.is_some() && end == times.sunset;
    let (key, time) = match now {
        SunNow::Inside => ("page-sun-inside", None),
        SunNow::Night if next_sun.is_none() => ("page-sun-night", None),
        SunNow::Night => ("page-sun-night-until", next_sun),
        SunNow::Sun if is_sunset => ("page-sun-until-sunset", end),
        SunNow::Sun => ("page-sun-until", end),
        SunNow::Shade if times.intervals.is_empty() => ("page-sun-never", None),
        SunNow::Shade if next_sun.is_none() => ("page-sun-no-more", None),
        SunNow::Shade => ("page-sun-shade-until", next_sun),
    };
    let until = time.map(clock).unwrap_or_default();
    texts.format(key, &[("now", clock(at).into()), ("time", until.into())])
}

/// The whole day in a sentence or two.
fn said_of_day(times: &SunnyTimes, texts: &Texts) -> Vec<String> {
    if times.inside.is_some() {
        return Vec::new();
    }
    let (Some(sunrise), Some(sunset)) = (times.sunrise, times.sunset) else {
        return vec![texts.text("page-sun-no-day")];
    };
    let stretch = |from: Time, to: Time| {
        texts.format("page-sun-stretch", &[("from", clock(from).into()), ("to", clock(to).into())])
    };
    let list: Vec<String> = times.intervals.iter().map(|i| stretch(i.from, i.to)).collect();
    let args = [
        ("hours", times.sun_h.into()),
        ("list", list.join(&texts.text("page-sun-and")).into()),
        ("sunrise", clock(sunrise).into()),
        ("sunset", clock(sunset).into()),
    ];
    let day = (!list.is_empty()).then(|| texts.format("page-sun-day", &args));
    day.into_iter().chain([texts.format("page-sun-horizon", &args)]).collect()
}
