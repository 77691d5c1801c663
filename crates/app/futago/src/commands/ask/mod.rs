//! `futago ask`: one question about one place, answered in a sentence or two and as data. Times are Japan Standard
//! Time.

mod people;
mod sun;

use futago_texts::Texts;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use serde::Serialize;

use crate::cli::{AskWhat, SpotArgs};
use crate::failure::Failure;
use crate::print;

pub fn run(what: &AskWhat, texts: &Texts) -> anyhow::Result<()> {
    match what {
        AskWhat::Sun(args) => sun::ask(args, texts),
        AskWhat::Crowd(args) => people::crowd(args, texts),
        AskWhat::Office(args) => people::office(args, texts),
    }
}

/// What is asked and answered, as JSON.
#[derive(Debug, Serialize)]
struct Answer<'a, Found> {
    lon: f64,
    lat: f64,
    time_zone: &'static str,
    #[serde(flatten)]
    found: Found,
    sentences: Vec<String>,
    credits: Vec<&'a str>,
}

fn tell<Found: Serialize>(
    spot: &SpotArgs,
    found: Found,
    sentences: Vec<String>,
    credits: Vec<&str>,
    texts: &Texts,
) -> anyhow::Result<()> {
    let answer = Answer { lon: spot.lon, lat: spot.lat, time_zone: "Asia/Tokyo", found, sentences, credits };
    if spot.json {
        return print::json(texts, &answer);
    }
    print::answer(texts, &answer.sentences.join("\n"))?;
    print::message(&texts.format("cli-ask-credit", &[("credits", answer.credits.join(" / ").into())]));
    Ok(())
}

/// The clock of Japan, the same all year.
fn now() -> DateTime {
    jiff::tz::offset(9).to_datetime(Timestamp::now())
}

/// The day that is named, or today.
fn date_or_today(named: Option<&str>, texts: &Texts) -> Result<Date, Failure> {
    let Some(text) = named else { return Ok(now().date()) };
    text.parse().map_err(|_| Failure::wrong_use(texts, "cli-usage-date", &[("date", text.into())]))
}

/// The clock time that is named, or now.
fn time_or_now(named: Option<&str>, texts: &Texts) -> Result<Time, Failure> {
    let Some(text) = named else { return Ok(now().time()) };
    text.parse().map_err(|_| Failure::wrong_use(texts, "cli-usage-clock", &[("time", text.into())]))
}

/// Hours and minutes.
fn clock(time: Time) -> String {
    format!("{}:{:02}", time.hour(), time.minute())
}
