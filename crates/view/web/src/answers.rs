//! Answers in plain words: when is a spot in the sun, how full are its street and its offices, where is a place.
//!
//! One module a question. What the simulations and the counts say is put into sentences here; nothing is computed
//! that they do not compute.

mod crowd;
mod hours;
mod office;
mod sun;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futago_field::{Palette, ResultSet, Scale, field_in_words, sentence, unit_in_words};
use futago_geodesy::GeodesyError;
use futago_model::{Building, CityModel, PlaceKind, find_places};
use futago_sunlight::scenario::WhatIf;
use futago_sunlight::{SunAsker, SunlightError};
use futago_texts::{Lang, Texts};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

pub use crowd::{CrowdAnswer, Crowds};
pub use hours::Hour;
pub use office::{FloorNow, OfficeAnswer};
pub use sun::{SunAnswer, SunNow};

/// Japan has one clock, all year.
const JST: Offset = jiff::tz::offset(9);
/// As many places are found at once.
const MOST_PLACES: usize = 8;

/// A city that can be asked.
pub struct Answers {
    city: Arc<CityModel>,
    sun: SunAsker,
    /// The sun of the city as the what-if changes it that was asked about last.
    changed: RefCell<Option<(WhatIf, Rc<SunAsker>)>>,
    texts: [Texts; 3],
    /// The day of offices that was asked about last.
    offices: RefCell<Option<Rc<office::OfficeDay>>>,
    crowds: Option<Crowds>,
}

/// A spot that somebody asks about.
#[derive(Debug, Clone, Deserialize)]
pub struct Spot {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Site metres: east, north, up.
    pub at_m: [f64; 3],
    /// Id of the building there, where one was hit.
    #[serde(default)]
    pub id: Option<String>,
}

/// A spot, and what stands there.
#[derive(Debug, Clone, Serialize)]
pub struct Marked {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
    /// Site metres: east, north, up.
    pub at_m: [f64; 3],
    /// Name of the building there, in Japanese and English.
    pub building: Option<[String; 2]>,
    /// Its id.
    pub id: Option<String>,
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
        let texts = Lang::ALL_OF_THE_PAGE.map(Texts::new);
        Ok(Self { city, sun, changed: RefCell::default(), texts, offices: RefCell::default(), crowds: None })
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

    /// What is known of a place, site metres.
    ///
    /// # Errors
    /// When it is outside of the plane system of the site.
    pub fn marked(&self, at_m: [f64; 3]) -> Result<Marked, GeodesyError> {
        let at = self.city.about.frame.lonlat_from_site([at_m[0], at_m[1]])?;
        let [lon, lat] = [at.lon_deg, at.lat_deg];
        let buildings = &self.city.buildings;
        let building = self.building_at(&Spot { lon, lat, at_m, id: None });
        let record = building.and_then(|index| buildings.records.get(index));
        Ok(Marked {
            lon,
            lat,
            at_m,
            building: record.map(|record| buildings.called(record).map(str::to_owned)),
            id: record.map(|record| buildings.id_of(record).to_owned()),
        })
    }

    /// The building of a spot: the one that was hit, or that stands on its place.
    fn building_at(&self, spot: &Spot) -> Option<usize> {
        let buildings = &self.city.buildings;
        let [x, y, _] = spot.at_m;
        let stands = |b: &Building| buildings.polygons.get(b.footprint).contains_m([x, y]);
        let hit = spot.id.as_deref().and_then(|id| buildings.find(id));
        hit.or_else(|| buildings.records.iter().position(stands))
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

/// A number of persons to two digits: models and samples know no more.
fn rounded(persons: f64) -> f64 {
    if persons < 10.0 {
        return persons.round();
    }
    let step = 10_f64.powi(persons.log10().floor() as i32 - 1);
    (persons / step).round() * step
}
