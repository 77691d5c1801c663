//! `futago ask sun`: when is this spot in the sun on that day?
//!
//! The sun is its centre without refraction, shadows are those of the city's buildings on flat ground.

use std::sync::Arc;

use futago_sunlight::{SunAsker, SunnyInterval, SunnyTimes};
use futago_texts::{Lang, Texts};
use jiff::civil::Date;
use serde::Serialize;

use super::{clock, date_or_today, tell};
use crate::city::City;
use crate::cli::AskSunArgs;
use crate::commands::place::place;
use crate::simulation::words;

/// What is found, as JSON.
#[derive(Debug, Serialize)]
struct Found<'a> {
    height_m: f64,
    date: Date,
    #[serde(flatten)]
    times: &'a SunnyTimes,
}

pub fn ask(args: &AskSunArgs, texts: &Texts) -> anyhow::Result<()> {
    let at = place(args.spot.lon, args.spot.lat, texts)?;
    let date = date_or_today(args.date.as_deref(), texts)?;
    let city = Arc::new(City::open_buildings_only(&args.spot.city, texts)?.model);
    let times = SunAsker::new(city.clone())
        .and_then(|asker| asker.ask(at, args.height, date))
        .map_err(|error| words::failure(&error, None, texts))?;
    let sentences = sentences(&times, date, args.height, texts);
    tell(&args.spot, Found { height_m: args.height, date, times: &times }, sentences, city.credits(), texts)
}

/// The answer in one to three sentences.
fn sentences(times: &SunnyTimes, date: Date, height_m: f64, texts: &Texts) -> Vec<String> {
    if let Some(building) = &times.inside {
        return vec![texts.format("cli-ask-inside", &[("building", building.as_str().into())])];
    }
    let (Some(sunrise), Some(sunset)) = (times.sunrise, times.sunset) else {
        return vec![texts.text("cli-ask-no-day")];
    };
    let args = [
        ("date", date.to_string().into()),
        ("height", height_m.into()),
        ("list", list(&times.intervals, texts).into()),
        ("hours", times.sun_h.into()),
        ("sunrise", clock(sunrise).into()),
        ("sunset", clock(sunset).into()),
    ];
    let key = if times.intervals.is_empty() { "cli-ask-shade" } else { "cli-ask-sunny" };
    let mut sentences = vec![texts.format(key, &args), texts.format("cli-ask-day", &args)];
    if let Some(last) = times.intervals.last()
        && clock(last.to) != clock(sunset)
    {
        sentences.push(texts.format("cli-ask-last", &[("time", clock(last.to).into())]));
    }
    sentences
}

/// `9:12-11:40 and 13:05-15:20`, as the language has it.
fn list(intervals: &[SunnyInterval], texts: &Texts) -> String {
    let one = |interval: &SunnyInterval| {
        texts.format(
            "cli-ask-interval",
            &[("from", clock(interval.from).into()), ("to", clock(interval.to).into())],
        )
    };
    let words: Vec<String> = intervals.iter().map(one).collect();
    match (texts.lang(), words.split_last()) {
        (Lang::En, Some((last, rest))) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        (Lang::Ja, _) => words.join("、"),
        _ => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(intervals: &[(i8, i8, i8, i8)]) -> SunnyTimes {
        let at = |hour, minute| jiff::civil::time(hour, minute, 0, 0);
        SunnyTimes {
            intervals: intervals
                .iter()
                .map(|&(h1, m1, h2, m2)| SunnyInterval { from: at(h1, m1), to: at(h2, m2) })
                .collect(),
            sunrise: Some(at(6, 47)),
            sunset: Some(at(16, 32)),
            sun_h: 4.7,
            inside: None,
        }
    }

    #[test]
    fn sentences_in_both_languages() {
        let date = jiff::civil::date(2026, 12, 22);
        let say = |lang, intervals: &[(i8, i8, i8, i8)]| {
            sentences(&times(intervals), date, 1.5, &Texts::new(lang)).join(" ")
        };
        let two = [(9, 12, 11, 40), (13, 5, 15, 20)];
        let english = say(Lang::En, &two);
        assert!(english.contains("from 9:12 to 11:40 and from 13:05 to 15:20"), "{english}");
        assert!(english.contains("6:47") && english.contains("shade from 15:20"), "{english}");
        let japanese = say(Lang::Ja, &two);
        assert!(japanese.contains("9:12〜11:40、13:05〜15:20"), "{japanese}");
        assert!(japanese.contains("15:20 に日かげになります"), "{japanese}");
        assert!(say(Lang::En, &[]).contains("no direct sun"));
        assert!(!say(Lang::En, &[(6, 47, 16, 32)]).contains("shade from"));
    }
}
