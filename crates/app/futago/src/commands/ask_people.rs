//! `futago ask crowd` and `futago ask office`: people at one place and clock time, in a sentence or two and as data.

use std::sync::Arc;

use futago_crowd::counted::{Spot as CrowdSpot, SpotCount, at_spot};
use futago_model::CityModel;
use futago_office::Inputs;
use futago_office::ask::{Spot as OfficeSpot, When};
use futago_texts::{Lang, Texts};
use serde::Serialize;

use super::ask::{date_or_today, time_or_now};
use super::place::place;
use crate::city::City;
use crate::cli::{AskCrowdArgs, AskOfficeArgs, DaysArg};
use crate::print;
use crate::simulation::{flows_of, occupancy_of, words};

/// What is asked and answered, as JSON.
#[derive(Debug, Serialize)]
struct Answer<'a, Found> {
    lon: f64,
    lat: f64,
    time_zone: &'static str,
    #[serde(flatten)]
    found: &'a Found,
    sentences: Vec<String>,
    credits: Vec<&'a str>,
}

pub fn crowd(args: &AskCrowdArgs, texts: &Texts) -> anyhow::Result<()> {
    let at = place(args.lon, args.lat, texts)?;
    let time = time_or_now(args.time.as_deref(), texts)?;
    let flows = flows_of(args.flows.as_deref(), texts)?.flows;
    let city = City::open(&args.city, texts)?.model;
    let spot = at_spot(&city, &flows, at, time, args.days.into())
        .map_err(|error| words::failure(&error, None, texts))?;
    let sentences = crowd_sentences(&spot, args.days, texts);
    let mut credits: Vec<&str> = city.credits();
    credits.extend(spot.credits.iter().map(String::as_str).filter(|credit| !city.credits().contains(credit)));
    tell(args.json, [args.lon, args.lat], &spot, sentences, credits, texts)
}

fn crowd_sentences(spot: &CrowdSpot, days: DaysArg, texts: &Texts) -> Vec<String> {
    let days = match days {
        DaysArg::Weekday => "weekday",
        DaysArg::Holiday => "holiday",
    };
    let one = |count: &SpotCount| {
        let mut args = vec![
            ("period", count.period.as_str().into()),
            ("days", days.into()),
            ("from", spot.from.as_str().into()),
            ("until", spot.until.as_str().into()),
            ("street", spot.street.as_str().into()),
        ];
        let (Some([persons, low, high]), Some(density)) = (count.persons_h, count.density_m2) else {
            return texts.format("cli-ask-crowd-none", &args);
        };
        let level = count.level.clone().unwrap_or_default();
        args.extend([("persons", persons.into()), ("low", low.into()), ("high", high.into())]);
        args.extend([("density", density.into()), ("level", level.into())]);
        texts.format("cli-ask-crowd-count", &args)
    };
    let mut sentences: Vec<String> = spot.counts.iter().map(one).collect();
    if let [before, after] = spot.counts.as_slice()
        && let (Some([first, ..]), Some([second, ..])) = (before.persons_h, after.persons_h)
    {
        let args = [
            ("before", before.period.as_str().into()),
            ("after", after.period.as_str().into()),
            ("percent", (100.0 * (second / first - 1.0)).into()),
        ];
        sentences.push(texts.format("cli-ask-crowd-change", &args));
    }
    if spot.synthetic {
        sentences.push(texts.text("cli-ask-synthetic"));
    }
    sentences
}

pub fn office(args: &AskOfficeArgs, texts: &Texts) -> anyhow::Result<()> {
    let at = place(args.lon, args.lat, texts)?;
    let date = date_or_today(args.date.as_deref(), texts)?;
    let time = time_or_now(args.time.as_deref(), texts)?;
    let occupancy = match &args.occupancy {
        Some(path) => Some(Arc::new(occupancy_of(path, texts)?.occupancy)),
        None => None,
    };
    let city: Arc<CityModel> = Arc::new(City::open_buildings_only(&args.city, texts)?.model);
    let when = When { date, time, attendance: args.attendance };
    let inputs = Inputs { occupancy, ..Inputs::default() };
    let spot = futago_office::ask::at_spot(&city, at, when, inputs)
        .map_err(|error| words::failure(&error, None, texts))?;
    let sentences = office_sentences(&spot, when, texts);
    tell(args.json, [args.lon, args.lat], &spot, sentences, city.credits(), texts)
}

fn office_sentences(spot: &OfficeSpot, when: When, texts: &Texts) -> Vec<String> {
    let name = match texts.lang() {
        Lang::En => [&spot.name_en, &spot.name_ja],
        _ => [&spot.name_ja, &spot.name_en],
    };
    let name = name.into_iter().find(|name| !name.is_empty()).unwrap_or(&spot.building);
    let mut args = vec![
        ("date", when.date.to_string().into()),
        ("time", format!("{}:{:02}", when.time.hour(), when.time.minute()).into()),
        ("name", name.as_str().into()),
        ("capacity", spot.capacity.into()),
        ("floors", (spot.floors as f64).into()),
    ];
    let (Some(persons), Some(level)) = (spot.persons, spot.level) else {
        return vec![texts.format("cli-ask-office-unknown", &args)];
    };
    args.extend([("persons", persons.into()), ("level", (100.0 * level).into())]);
    let mut sentences = vec![texts.format("cli-ask-office-full", &args)];
    if let Some(wait_s) = spot.lift_wait_s {
        sentences.push(texts.format("cli-ask-office-wait", &[("minutes", (wait_s / 60.0).into())]));
    }
    if spot.synthetic {
        sentences.push(texts.text("cli-ask-synthetic"));
    }
    sentences
}

fn tell<Found: Serialize>(
    json: bool,
    [lon, lat]: [f64; 2],
    found: &Found,
    sentences: Vec<String>,
    credits: Vec<&str>,
    texts: &Texts,
) -> anyhow::Result<()> {
    let answer = Answer { lon, lat, time_zone: "Asia/Tokyo", found, sentences, credits };
    if json {
        return print::json(texts, &answer);
    }
    print::answer(texts, &answer.sentences.join("\n"))?;
    print::message(&texts.format("cli-ask-credit", &[("credits", answer.credits.join(" / ").into())]));
    Ok(())
}
