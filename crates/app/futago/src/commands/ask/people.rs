//! `futago ask crowd` and `futago ask office`: people at one place and clock time, in a sentence or two and as data.

use std::sync::Arc;

use futago_crowd::counted::{Spot as CrowdSpot, SpotCount, at_spot};
use futago_flow::{DayKind, kind_of_date};
use futago_model::CityModel;
use futago_office::Inputs;
use futago_office::ask::{Spot as OfficeSpot, When};
use futago_texts::{Lang, Texts};

use super::{clock, date_or_today, now, tell, time_or_now};
use crate::city::City;
use crate::cli::{AskCrowdArgs, AskOfficeArgs};
use crate::commands::place::place;
use crate::simulation::{flows_of, occupancy_of, words};

pub fn crowd(args: &AskCrowdArgs, texts: &Texts) -> anyhow::Result<()> {
    let at = place(args.spot.lon, args.spot.lat, texts)?;
    let time = time_or_now(args.time.as_deref(), texts)?;
    let days = args.days.map_or_else(|| kind_of_date(now().date()), DayKind::from);
    let flows = flows_of(args.flows.as_deref(), texts)?.flows;
    let city = City::open(&args.spot.city, texts)?.model;
    let spot = at_spot(&city, &flows, at, time, days).map_err(|error| words::failure(&error, None, texts))?;
    let sentences = crowd_sentences(&spot, days, texts);
    let mut credits: Vec<&str> = city.credits();
    credits.extend(spot.credits.iter().map(String::as_str).filter(|credit| !city.credits().contains(credit)));
    tell(&args.spot, &spot, sentences, credits, texts)
}

fn crowd_sentences(spot: &CrowdSpot, days: DayKind, texts: &Texts) -> Vec<String> {
    let one = |count: &SpotCount| {
        let mut args = vec![
            ("period", count.period.as_str().into()),
            ("days", days.key().into()),
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
    let at = place(args.spot.lon, args.spot.lat, texts)?;
    let date = date_or_today(args.date.as_deref(), texts)?;
    let time = time_or_now(args.time.as_deref(), texts)?;
    let occupancy = match &args.occupancy {
        Some(path) => Some(Arc::new(occupancy_of(path, texts)?.occupancy)),
        None => None,
    };
    let city: Arc<CityModel> = Arc::new(City::open_buildings_only(&args.spot.city, texts)?.model);
    let when = When { date, time, attendance: args.attendance };
    let inputs = Inputs { occupancy, ..Inputs::default() };
    let spot = futago_office::ask::at_spot(&city, at, when, inputs)
        .map_err(|error| words::failure(&error, None, texts))?;
    let sentences = office_sentences(&spot, when, texts);
    tell(&args.spot, &spot, sentences, city.credits(), texts)
}

fn office_sentences(spot: &OfficeSpot, when: When, texts: &Texts) -> Vec<String> {
    let name = match texts.lang() {
        Lang::En => [&spot.name_en, &spot.name_ja],
        _ => [&spot.name_ja, &spot.name_en],
    };
    let name = name.into_iter().find(|name| !name.is_empty()).unwrap_or(&spot.building);
    let mut args = vec![
        ("date", when.date.to_string().into()),
        ("time", clock(when.time).into()),
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
