//! What was counted on the streets, hour by hour, before and after: the flows of a file as results, with no model.
//!
//! For every street with a published count in the area and every bin of the day: persons/h of both directions,
//! density and Fruin's level, as the file has them ([`futago_flow::LinkFlow`]). A second period stands beside the
//! first: [`Variant::AsIs`] is before, [`Variant::WhatIf`] after, and the ratio of each street has an interval of 95 %
//! ([`futago_flow::Change`]). A bin that was kept back has no value, which is not nought: sums are of what was
//! published, and a street that falls below the floor in the second period drops out of them.

mod fields;
mod findings;
mod spot;
mod tables;

use futago_compute::Engine;
use futago_contract::{Run, SimError, StepFuture};
use futago_field::{Bilingual, Message, Origin, ResultSet, Variant};
use futago_flow::{DayKind, Flows, LinkFlow, kind_of_date};
use futago_model::CityModel;
use jiff::civil::Time;
use std::sync::Arc;

use crate::prepare::network::Streets;
use crate::run::{grid_of, touches};
use crate::scenario::{BUILT_IN, Question};
use crate::{CrowdError, LinkCounts};

pub use spot::{Near, Spot, SpotCount, at_spot, nearest_counted};

/// How far the length of a street may be from that of the flows, metres, before they are of another city.
const LENGTH_SLACK_M: f32 = 0.5;

/// Which part of flows is meant.
#[derive(Debug, Clone, Copy)]
pub struct Counted<'f> {
    /// The flows.
    pub flows: &'f Flows,
    /// Index of the period.
    pub before: u8,
    /// Index of the one it is compared with.
    pub after: Option<u8>,
    /// Which days.
    pub days: DayKind,
}

impl<'f> Counted<'f> {
    /// What a question means of flows of this city's streets.
    ///
    /// # Errors
    /// A period that is not there, or flows of another walk network.
    pub fn of(flows: &'f Flows, question: &Question, city: &CityModel) -> Result<Self, CrowdError> {
        check_network(flows, city)?;
        let counts = &question.counts;
        let before = match &counts.period {
            Some(name) => period(flows, "crowd.counts.period", name)?,
            None => 0,
        };
        let after = counts.compare.as_deref().map(|name| period(flows, "crowd.counts.compare", name));
        let days = counts.days.map_or_else(|| kind_of_date(question.date), DayKind::from);
        Ok(Self { flows, before, after: after.transpose()?, days })
    }

    /// The number of the bin that a clock time is in.
    pub fn bin_of(&self, time: Time) -> u16 {
        (u16::from(time.hour() as u8) * 60 + u16::from(time.minute() as u8)) / self.flows.bin_minutes()
    }

    /// Bins of a day.
    pub fn bins(&self) -> u16 {
        1440 / self.flows.bin_minutes()
    }

    /// What a model is fitted to: people of each link and direction at a clock time, before; NaN where nothing was
    /// published.
    pub fn link_counts(&self, time: Time) -> LinkCounts {
        let none = vec![f64::NAN; self.flows.shapes().len()];
        let (bin, mut counts) = (self.bin_of(time), LinkCounts { along_h: none.clone(), against_h: none });
        for flow in self.flows.links() {
            if (flow.period(), flow.day_kind(), flow.bin()) == (self.before, self.days, bin) {
                let known = |persons: Option<f64>| persons.map_or(f64::NAN, |p| p * self.bins_per_h());
                counts.along_h[flow.link() as usize] = known(flow.forward());
                counts.against_h[flow.link() as usize] = known(flow.backward());
            }
        }
        counts
    }

    /// What the periods are called, before and after.
    pub fn names(&self) -> Vec<&'f str> {
        let name = |period: u8| self.flows.periods()[usize::from(period)].name.as_str();
        std::iter::once(self.before).chain(self.after).map(name).collect()
    }

    fn bins_per_h(&self) -> f64 {
        60.0 / f64::from(self.flows.bin_minutes())
    }

    /// `08:00–09:00`.
    fn bin_label(&self, bin: u16) -> String {
        format!("{}–{}", self.bin_clock(bin), self.bin_clock(bin + 1))
    }

    fn bin_clock(&self, bin: u16) -> String {
        let minute = u32::from(bin) * u32::from(self.flows.bin_minutes());
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }
}

fn period(flows: &Flows, key: &'static str, name: &str) -> Result<u8, CrowdError> {
    let at = flows.periods().iter().position(|period| period.name == name);
    at.map(|at| at as u8).ok_or_else(|| CrowdError::NoPeriod {
        key,
        name: name.to_owned(),
        known: flows.periods().iter().map(|period| period.name.as_str()).collect::<Vec<_>>().join(", "),
    })
}

fn check_network(flows: &Flows, city: &CityModel) -> Result<(), CrowdError> {
    let links = &city.walk.links;
    if links.is_empty() {
        return Err(CrowdError::NoWalkNetwork);
    }
    let other = |found| CrowdError::OtherNetwork { what: "the flows", found, wanted: links.len() };
    if flows.shapes().len() != links.len() {
        return Err(other(flows.shapes().len()));
    }
    let differs = |(shape, link): (&futago_flow::LinkShape, &futago_model::WalkLink)| {
        (shape.length_m - link.length_m).abs() > LENGTH_SLACK_M
    };
    let differing = flows.shapes().iter().zip(links).filter(|pair| differs(*pair)).count();
    if differing > 0 { Err(other(links.len() - differing)) } else { Ok(()) }
}

/// Everything published that is shown: streets of the area by bins, before and after.
struct Shown<'f> {
    counted: Counted<'f>,
    question: &'f Question,
    streets: Streets,
    /// Links with a count, in the order of the city.
    links: Vec<u32>,
    /// One a period; bin by bin, in each the links.
    flows: Vec<Vec<Option<LinkFlow<'f>>>>,
    window_m: [f64; 4],
}

impl<'f> Shown<'f> {
    fn new(counted: Counted<'f>, question: &'f Question, city: &CityModel) -> Result<Self, CrowdError> {
        let grid = grid_of(city, &question.area, question.spacing_m)?;
        let streets = Streets::of_city(city);
        let case_of = |flow: &LinkFlow<'_>| match flow.day_kind() == counted.days {
            true if flow.period() == counted.before => Some(0),
            true if Some(flow.period()) == counted.after => Some(1),
            _ => None,
        };
        let mut links: Vec<u32> =
            counted.flows.links().filter(|flow| case_of(flow).is_some()).map(|flow| flow.link()).collect();
        // Rows are in the order of links.
        links.dedup();
        links.retain(|link| touches(&streets, *link, &grid));
        if links.is_empty() {
            return Err(CrowdError::NothingPublished { period: counted.names()[0].to_owned() });
        }
        let cells = links.len() * usize::from(counted.bins());
        let mut flows = vec![vec![None; cells]; counted.names().len()];
        for flow in counted.flows.links() {
            if let (Some(case), Ok(row)) = (case_of(&flow), links.binary_search(&flow.link())) {
                // A comparison with itself is allowed, and shows no change.
                flows[case][usize::from(flow.bin()) * links.len() + row] = Some(flow);
            }
        }
        if counted.after == Some(counted.before) {
            flows[1] = flows[0].clone();
        }
        Ok(Self { counted, question, streets, links, flows, window_m: grid.bounds_m() })
    }

    /// The flows of a period and bin, link by link.
    fn at(&self, case: usize, bin: u16) -> &[Option<LinkFlow<'f>>] {
        &self.flows[case][usize::from(bin) * self.links.len()..][..self.links.len()]
    }

    fn persons_h(&self, flow: &LinkFlow<'_>) -> f64 {
        flow.persons() * self.counted.bins_per_h()
    }

    /// The bins of the clock times that are asked for, each once.
    fn bins_asked(&self) -> Vec<u16> {
        let mut bins: Vec<u16> = self.question.at.iter().map(|time| self.counted.bin_of(*time)).collect();
        bins.sort_unstable();
        bins.dedup();
        bins
    }

    /// The key of a quantity, said to be synthetic where the tracks were made.
    fn quantity(&self, key: &str) -> String {
        if self.counted.flows.about().synthetic { format!("{key}-synthetic") } else { key.to_owned() }
    }
}

/// What was counted, as results: fields of every bin, the streets at the asked times, the day of the area.
///
/// Quick: one pass over the file's rows; 11,213 links by 24 hours take some ten milliseconds.
///
/// # Errors
/// A [`CrowdError`]: no such period, another city, nothing published in the area.
pub fn results(
    city: &CityModel,
    flows: &Flows,
    question: &Question,
    title: Bilingual,
) -> Result<ResultSet, CrowdError> {
    question.check()?;
    let shown = Shown::new(Counted::of(flows, question, city)?, question, city)?;
    let mut results = ResultSet {
        limits: limits(&shown),
        origins: vec![origin(flows, question)],
        ..ResultSet::new("crowd", title, city.about.frame.clone())
    };
    fields::add(&shown, &mut results);
    tables::add(&shown, &mut results);
    findings::add(&shown, &mut results);
    Ok(results)
}

fn limits(shown: &Shown<'_>) -> Vec<Message> {
    let flows = shown.counted.flows;
    let mut limits = vec![
        Message::new("crowd-limit-counted-floor").with("k", f64::from(flows.k())),
        Message::new("crowd-limit-counted-width"),
    ];
    if shown.counted.after.is_some() {
        limits.push(Message::new("crowd-limit-counted-interval"));
    }
    let expansion = &flows.about().expansion;
    if expansion.factor != 1.0 {
        limits.push(
            Message::new("crowd-limit-counted-expansion")
                .with("factor", expansion.factor)
                .with("basis", expansion.basis.as_str()),
        );
    }
    if flows.about().synthetic {
        limits.push(Message::new("crowd-limit-counted-synthetic"));
    }
    limits
}

/// The flows of a question, as something to credit.
pub(crate) fn origin(flows: &Flows, question: &Question) -> Origin {
    let name = std::path::Path::new(&question.flows).file_name().map(|name| name.to_string_lossy());
    let title = if question.flows == BUILT_IN {
        Message::new("crowd-origin-built-in")
    } else {
        Message::new("crowd-origin-flows").with("name", name.unwrap_or_default().into_owned())
    };
    Origin { title, credits: flows.about().credits.clone(), synthetic: flows.about().synthetic }
}

/// Counts as a run of one step.
pub(crate) struct CountedRun {
    pub city: Arc<CityModel>,
    pub flows: Arc<Flows>,
    pub question: Question,
    pub title: Bilingual,
    pub found: Option<ResultSet>,
}

impl Run for CountedRun {
    fn steps(&self) -> u64 {
        1
    }

    fn step_key(&self, step: u64) -> &'static str {
        if step == 0 { "step-crowd-counted" } else { "step-finish" }
    }

    fn step<'a>(&'a mut self, _step: u64, _engine: &'a Engine) -> StepFuture<'a> {
        Box::pin(async move {
            self.found = Some(results(&self.city, &self.flows, &self.question, self.title.clone())?);
            Ok(())
        })
    }

    fn finish(self: Box<Self>) -> Result<ResultSet, SimError> {
        match self.found {
            Some(found) => Ok(found),
            None => Ok(results(&self.city, &self.flows, &self.question, self.title)?),
        }
    }
}

/// What a key ends in for each period.
const SUFFIXES: [(&str, Variant); 2] = [("", Variant::AsIs), ("-after", Variant::WhatIf)];
