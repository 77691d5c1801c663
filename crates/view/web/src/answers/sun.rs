//! When a spot is in the sun, in the city as it is or as a what-if changes it.

use std::rc::Rc;

use futago_contract::Explained;
use futago_field::sentence;
use futago_geodesy::LonLat;
use futago_sunlight::scenario::WhatIf;
use futago_sunlight::{SunAsker, SunlightError, SunnyTimes};
use futago_texts::{Lang, Texts};
use jiff::Timestamp;
use jiff::civil::Time;
use serde::Serialize;

use super::hours::{clock, minute};
use super::{Answers, JST};

/// Eyes of somebody who sits or of a child who stands, metres above the ground.
const HEIGHT_M: f64 = 1.5;

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

impl Answers {
    /// When a spot is in the sun, on the day of an instant in Japan. With changes the answer says so, and how it is
    /// without them.
    ///
    /// # Errors
    /// In words of the language: the spot is outside the city, the year is beyond the sun's theory, or the what-if
    /// names a building that is not there.
    pub fn sun(
        &self,
        place: LonLat,
        at: Timestamp,
        what_if: &WhatIf,
        lang: Lang,
    ) -> Result<SunAnswer, String> {
        let texts = self.texts(lang);
        let in_words = |error: SunlightError| sentence(texts, &error.message());
        let local = JST.to_datetime(at);
        let as_is = self.sun.ask(place, HEIGHT_M, local.date()).map_err(in_words)?;
        if *what_if == WhatIf::default() {
            return Ok(answer(&as_is, local.time(), texts));
        }
        let changed = self.changed(what_if).map_err(in_words)?;
        let times = changed.ask(place, HEIGHT_M, local.date()).map_err(in_words)?;
        let mut answer = answer(&times, local.time(), texts);
        answer.sentence = texts.format("page-sun-changed", &[("sentence", answer.sentence.into())]);
        answer.more.extend(said_of_change(what_if, &as_is, texts));
        Ok(answer)
    }

    /// The sun of the changed city, made once for one question after the other.
    fn changed(&self, what_if: &WhatIf) -> Result<Rc<SunAsker>, SunlightError> {
        let mut last = self.changed.borrow_mut();
        if let Some((known, asker)) = &*last
            && known == what_if
        {
            return Ok(asker.clone());
        }
        let asker = Rc::new(SunAsker::changed(self.city.clone(), what_if)?);
        *last = Some((what_if.clone(), asker.clone()));
        Ok(asker)
    }
}

fn answer(times: &SunnyTimes, at: Time, texts: &Texts) -> SunAnswer {
    let now = now(times, at);
    SunAnswer {
        sentence: said_now(times, now, at, texts),
        more: said_of_day(times, texts),
        now,
        stretches: times.intervals.iter().map(|i| [minute(i.from), minute(i.to)]).collect(),
        day: times.sunrise.zip(times.sunset).map(|(rise, set)| [minute(rise), minute(set)]),
        sun_h: times.sun_h,
    }
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

/// What is changed, and what the day is without it.
fn said_of_change(what_if: &WhatIf, as_is: &SunnyTimes, texts: &Texts) -> [String; 2] {
    let count = |items: usize| (items as f64).into();
    let counts = [
        ("removed", count(what_if.remove.len())),
        ("raised", count(what_if.raise.len())),
        ("added", count(what_if.add.len())),
    ];
    let without = match as_is.inside {
        Some(_) => texts.text("page-sun-unchanged-inside"),
        None => texts.format("page-sun-unchanged", &[("hours", as_is.sun_h.into())]),
    };
    [texts.format("page-sun-changes", &counts), without]
}
