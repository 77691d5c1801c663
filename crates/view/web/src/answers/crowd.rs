//! How full the way nearest to a spot is, before and after the state of emergency of April 2020.
//!
//! It is the nearest way with a count at the hour, as for `futago ask crowd`; else the nearest with one at any hour of
//! such days, else the nearest of all, of which is said that few people were counted.
//!
//! The counts are those of a flow file ([`futago_flow`]): persons of a mean weekday or holiday of a period, never
//! fewer than its least number. Its links are those of the walk network, which is opened beside it. What the scene
//! draws of them comes from [`futago_crowd::counted`].

use futago_contract::Explained;
use futago_crowd::scenario::{AreaOfInterest, CountsQuestion, DemandQuestion};
use futago_crowd::{CrowdError, counted};
use futago_field::{Bilingual, ResultSet, Variant, sentence};
use futago_flow::{DayKind, Flows, LinkFlow, Versus, jst_day};
use futago_geodesy::LonLat;
use futago_matching::{Nearest, Network, PointsView};
use futago_model::{CityModel, WalkLinkId};
use futago_texts::{Arg, Lang, Texts};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Serialize;

use super::hours::{Hour, minute, said};
use super::{Answers, JST, Spot, rounded};
use crate::city::CityError;

/// A level of service in words.
const WORDS: [&str; 6] =
    ["page-crowd-a", "page-crowd-b", "page-crowd-c", "page-crowd-d", "page-crowd-e", "page-crowd-f"];

/// The way nearest to a spot that has counts, at a time.
#[derive(Debug, Clone, Serialize)]
pub struct CrowdAnswer {
    /// The answer in one sentence.
    pub sentence: String,
    /// More about the day, a sentence each.
    pub more: Vec<String>,
    /// Level of service, `0` to `5`; `few` where too few were counted to tell, `none` without a way.
    pub now: String,
    /// The day, hour by hour.
    pub hours: Vec<Hour>,
    /// Field of the results that shows it.
    pub field: Option<String>,
    /// The results that the field is in: those of another text are others.
    pub set: String,
}

/// The quantity that the scene shows.
const SHOWN: &str = "crowd-counted-flow";
/// A counted way that is so little farther than the nearest is as near, metres.
const SAME_M: f64 = 0.5;
/// Metres of a cell; nothing is asked of the grid but its extent.
const CELL_M: f64 = 50.0;

/// The way that is told of.
struct Way {
    link: u32,
    /// Another way lies above or below it.
    ambiguous: bool,
    /// Metres, where it is not the nearest.
    away_m: Option<f64>,
}

/// Flows with the network that they are of.
pub struct Crowds {
    city: CityModel,
    network: Network,
    flows: Flows,
    calendar: futago_flow::Calendar,
}

impl Crowds {
    /// Flows, and a city with the walk network that they were counted on.
    ///
    /// # Errors
    /// When they do not belong together.
    pub fn new(city: CityModel, flows: Flows) -> Result<Self, CityError> {
        let network = Network::new(&city)?;
        if flows.network_xxh3() != format!("{:016x}", network.xxh3()) || flows.periods().is_empty() {
            return Err(CityError::OtherNetwork);
        }
        let calendar = futago_flow::Calendar::japan()?;
        Ok(Self { city, network, flows, calendar })
    }

    /// The lines that must be shown with the counts.
    pub fn credits(&self) -> &[String] {
        &self.flows.about().credits
    }

    /// The key of the field of a part of the day.
    fn key(&self, bin: u16) -> String {
        let minute = bin * self.flows.bin_minutes();
        format!("{SHOWN}-{:02}{:02}", minute / 60, minute % 60)
    }

    /// Every street of the city, the first period beside the last.
    fn question(&self, date: Date) -> Result<futago_crowd::Question, CrowdError> {
        let frame = &self.city.about.frame;
        let [west, south, east, north] = self.city.about.bounds_m;
        let middle = frame.lonlat_from_site([(west + east) / 2.0, (south + north) / 2.0]);
        let middle = middle.map_err(|_| CrowdError::OutsideCity)?;
        let periods = self.flows.periods();
        Ok(futago_crowd::Question {
            area: AreaOfInterest {
                lon: middle.lon_deg,
                lat: middle.lat_deg,
                width_m: east - west,
                height_m: north - south,
            },
            date,
            at: vec![Time::midnight()],
            flows: "built-in".to_owned(),
            counts: CountsQuestion {
                period: periods.first().map(|period| period.name.clone()),
                compare: periods.last().map(|period| period.name.clone()),
                only: true,
                days: None,
            },
            spacing_m: CELL_M,
            bandwidth_m: CELL_M,
            demand: DemandQuestion::default(),
            what_if: None,
        })
    }

    /// The way that is told of a place at a part of such days; none without a way near.
    fn way(&self, place: LonLat, kind: DayKind, bin: u16) -> Option<Way> {
        let nearest = self.nearest(place)?;
        let at_m = self.city.about.frame.site_from_lonlat(place).ok()?;
        let counted = |bin| counted::nearest_counted(&self.city, &self.flows, at_m, kind, bin).ok();
        let Some(near) = counted(Some(bin)).or_else(|| counted(None)) else {
            return Some(Way { link: nearest.link, ambiguous: nearest.ambiguous, away_m: None });
        };
        if near.away_m <= f64::from(nearest.distance_m) + SAME_M {
            return Some(Way { link: near.link, ambiguous: nearest.ambiguous, away_m: None });
        }
        let there = self.city.about.frame.lonlat_from_site(near.at_m).ok();
        let ambiguous = there.and_then(|there| self.nearest(there)).is_some_and(|there| there.ambiguous);
        Some(Way { link: near.link, ambiguous, away_m: Some(near.away_m) })
    }

    /// The nearest way of all.
    fn nearest(&self, place: LonLat) -> Option<Nearest> {
        let point = PointsView {
            id: &[0],
            time_s: &[0],
            lon_deg: &[place.lon_deg],
            lat_deg: &[place.lat_deg],
            accuracy_m: &[f32::NAN],
            speed_mps: &[f32::NAN],
            course_deg: &[f32::NAN],
        };
        let [nearest] = self.network.nearest(point)[..] else { return None };
        (nearest.link != Nearest::NONE).then_some(nearest)
    }
}

impl Answers {
    /// Takes in flows; from then on streets can be asked about.
    pub fn open_crowds(&mut self, crowds: Crowds) {
        self.crowds = Some(crowds);
    }

    /// How full the way nearest to a spot is at the hour of an instant, on a day of its kind; `after` asks for the
    /// last period instead of the first. None without flows.
    pub fn crowd(&self, spot: &Spot, at: Timestamp, after: bool, lang: Lang) -> Option<CrowdAnswer> {
        let crowds = self.crowds.as_ref()?;
        let texts = self.texts(lang);
        let local = JST.to_datetime(at);
        let bin = minute(local.time()) / crowds.flows.bin_minutes();
        let kind = crowds.calendar.kind_of(jst_day(at.as_second()));
        let Some(way) = crowds.way(LonLat { lon_deg: spot.lon, lat_deg: spot.lat }, kind, bin) else {
            let (more, hours) = Default::default();
            let (sentence, now, set) = (texts.text("page-crowd-none"), "none".to_owned(), String::new());
            return Some(CrowdAnswer { sentence, more, now, hours, field: None, set });
        };
        let last = (crowds.flows.periods().len() - 1) as u8;
        let told = Told { crowds, texts, way, kind, periods: [0, last], case: usize::from(after) };
        Some(CrowdAnswer {
            sentence: told.sentence(bin),
            more: told.more(bin),
            now: told.flow(told.case, bin).map_or("few".to_owned(), |flow| (flow.fruin() as u8).to_string()),
            hours: told.hours(),
            set: local.date().to_string(),
            field: Some(format!("{}{}", crowds.key(bin), if after { "-after" } else { "" })),
        })
    }

    /// What the scene shows of the day of an instant: persons an hour of every street, hour by hour, before and
    /// after. None without flows.
    ///
    /// # Errors
    /// In words, when nothing was published on such days.
    pub fn crowd_results(&self, at: Timestamp, lang: Lang) -> Result<Option<ResultSet>, String> {
        let results = self.crowds.as_ref().map(|crowds| crowds.results(JST.to_datetime(at).date()));
        results.transpose().map_err(|why| sentence(self.texts(lang), &why.message()))
    }
}

impl Crowds {
    fn results(&self, date: Date) -> Result<ResultSet, CrowdError> {
        let question = self.question(date)?;
        let mut results = counted::results(&self.city, &self.flows, &question, Bilingual::default())?;
        results.fields.retain(|f| f.key.starts_with(SHOWN) && f.variant != Variant::Difference);
        // Tables of every street and hour are for planners.
        results.tables.clear();
        results.figures.clear();
        Ok(results)
    }
}

/// What is told of one way.
struct Told<'a> {
    crowds: &'a Crowds,
    texts: &'a Texts,
    way: Way,
    kind: DayKind,
    periods: [u8; 2],
    case: usize,
}

impl Told<'_> {
    fn flow(&self, case: usize, bin: u16) -> Option<LinkFlow<'_>> {
        self.crowds.flows.link(self.way.link, self.periods[case], self.kind, bin)
    }

    fn per_hour(&self, flow: &LinkFlow<'_>) -> f64 {
        flow.persons() * 60.0 / f64::from(self.crowds.flows.bin_minutes())
    }

    fn bins(&self) -> std::ops::Range<u16> {
        0..1440 / self.crowds.flows.bin_minutes()
    }

    /// What every sentence may say: data, month, kind of day, hours, way.
    fn args(&self, bin: u16) -> Vec<(&'static str, Arg<'_>)> {
        let flows = &self.crowds.flows;
        let first_day = flows.periods()[usize::from(self.periods[self.case])].first_day;
        let month = Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(first_day));
        let month = [("year", f64::from(month.year()).into()), ("month", f64::from(month.month()).into())];
        let day = match self.kind {
            DayKind::Weekday => "page-crowd-weekday",
            DayKind::Holiday => "page-crowd-holiday",
        };
        let source = if flows.about().synthetic { "page-synthetic" } else { "page-measured" };
        vec![
            ("source", self.texts.text(source).into()),
            ("period", self.texts.format("page-crowd-month", &month).into()),
            ("day", self.texts.text(day).into()),
            ("from", said(bin * flows.bin_minutes()).into()),
            ("until", said((bin + 1) * flows.bin_minutes()).into()),
            ("way", self.way_in_words().into()),
        ]
    }

    fn way_in_words(&self) -> String {
        let walk = &self.crowds.city.walk;
        let name =
            walk.strings.get(walk.link(WalkLinkId(self.way.link)).name).filter(|name| !name.is_empty());
        let named = name.map(|name| ("name", name.into()));
        let away = self.way.away_m.map(|away_m| ("away", away_m.round().into()));
        let key = match (away.is_some(), name.is_some()) {
            (false, false) => "page-crowd-way",
            (false, true) => "page-crowd-way-named",
            (true, false) => "page-crowd-way-away",
            (true, true) => "page-crowd-way-away-named",
        };
        let args: Vec<(&str, Arg<'_>)> = named.into_iter().chain(away).collect();
        self.texts.format(key, &args)
    }

    fn sentence(&self, bin: u16) -> String {
        let mut args = self.args(bin);
        let Some(flow) = self.flow(self.case, bin) else {
            args.push(("least", f64::from(self.crowds.flows.k()).into()));
            return self.texts.format("page-crowd-few", &args);
        };
        args.push(("persons", rounded(self.per_hour(&flow)).into()));
        args.push(("words", self.texts.text(WORDS[flow.fruin() as usize]).into()));
        self.texts.format("page-crowd-now", &args)
    }

    fn more(&self, bin: u16) -> Vec<String> {
        let known = self.bins().filter_map(|bin| Some((bin, self.per_hour(&self.flow(self.case, bin)?))));
        let busiest = known.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let busiest = busiest.map(|(bin, persons)| {
            let mut args = self.args(bin);
            args.push(("persons", rounded(persons).into()));
            self.texts.format("page-crowd-busiest", &args)
        });
        let nearer = self.way.away_m.map(|_| self.texts.text("page-crowd-nearer"));
        let levels = self.way.ambiguous.then(|| self.texts.text("page-crowd-levels"));
        nearer.into_iter().chain(busiest).chain(self.change(bin)).chain(levels).collect()
    }

    /// From the first period to the last at the same hour, with its interval of 95 %.
    fn change(&self, bin: u16) -> Option<String> {
        let [before, after] = self.periods;
        let versus = Versus { before, after, day_kind: self.kind };
        let change = self.crowds.flows.link_changes(versus);
        let change = change.into_iter().find(|change| change.place == self.way.link && change.bin == bin)?;
        let per_hour = 60.0 / f64::from(self.crowds.flows.bin_minutes());
        let percent = |ratio: f64| (100.0 * (ratio - 1.0)).round().into();
        let mut args = self.args(bin);
        args.extend([
            ("before", rounded(change.before * per_hour).into()),
            ("after", rounded(change.after * per_hour).into()),
            ("change", percent(change.ratio.value)),
            ("low", percent(change.ratio.low)),
            ("high", percent(change.ratio.high)),
        ]);
        Some(self.texts.format("page-crowd-change", &args))
    }

    /// Bars of both periods have one scale.
    fn hours(&self) -> Vec<Hour> {
        let of_case = |case| self.bins().map(move |bin| self.flow(case, bin).map(|f| self.per_hour(&f)));
        let most = [0, 1].into_iter().flat_map(of_case).flatten().fold(1.0, f64::max);
        let length = self.crowds.flows.bin_minutes();
        let hour = |bin: u16| {
            let flow = self.flow(self.case, bin);
            Hour {
                from: bin * length,
                until: (bin + 1) * length,
                share: flow.map(|flow| self.per_hour(&flow) / most),
                class: flow.map_or(0, |flow| flow.fruin() as u8),
            }
        };
        self.bins().map(hour).collect()
    }
}
