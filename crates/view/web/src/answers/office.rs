//! How full the offices of a spot are, floor by floor: of the building there or of the nearest one.
//!
//! Everybody is synthetic ([`futago_office`]); each sentence says so. A day is prepared for the whole city once and
//! kept, at both attendances, so that a tap, the clock and the choice of attendance cost a look-up.

use std::rc::Rc;

use futago_compute::Engine;
use futago_contract::{Explained, Run};
use futago_field::{ResultSet, Support, Variant};
use futago_office::output::{Sums, results};
use futago_office::prepare::Office;
use futago_office::scenario::{After, KnownStoreys};
use futago_office::{Inputs, OfficeError, OfficeRun, Question};
use futago_texts::{Lang, Texts};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Serialize;

use super::hours::{Hour, minute, said};
use super::{Answers, JST, Spot, rounded};

/// First and last hour that is asked for; before and after it hardly anybody is there.
const FROM: Time = Time::constant(5, 0, 0, 0);
const TO: Time = Time::constant(23, 0, 0, 0);
/// Attendance before and after.
const ATTENDANCE: [f64; 2] = [1.0, 0.3];
/// Storeys that the model's height does not give, as the metropolitan government publishes them.
const STOREYS: [(&str, u32); 1] = [("13104-bldg-6158", 48)];
/// Offices farther than this are not those of a spot, metres.
const REACH_M: f64 = 150.0;
/// Share of the capacity that each class but the first begins with. At full attendance 64 % of it work there.
const CLASSES: [f64; 3] = [0.05, 0.25, 0.45];
/// How full that is, in words.
const WORDS: [&str; 4] = ["page-office-empty", "page-office-few", "page-office-half", "page-office-full"];

/// The offices of a spot at a time.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeAnswer {
    /// The answer in one sentence.
    pub sentence: String,
    /// More about the day, a sentence each.
    pub more: Vec<String>,
    /// How full it is: `0` to `3`, `none` without offices, `closed` beyond the hours.
    pub now: String,
    /// The day, hour by hour.
    pub hours: Vec<Hour>,
    /// Floors at that time, the highest first.
    pub floors: Vec<FloorNow>,
    /// Field of the results that shows it.
    pub field: Option<String>,
    /// The results that the field is in: those of another text are others.
    pub set: String,
}

/// A floor at a time.
#[derive(Debug, Clone, Serialize)]
pub struct FloorNow {
    /// What it is called.
    pub name: String,
    /// Persons.
    pub persons: String,
    /// Share of its capacity.
    pub share: f64,
    /// The share in words.
    pub level: String,
    /// How full it is, from 0.
    pub class: u8,
}

/// A day of the city's offices at both attendances.
pub struct OfficeDay {
    date: Date,
    run: OfficeRun,
    sums: [Sums; 2],
}

impl OfficeDay {
    async fn new(answers: &Answers, date: Date) -> Result<Self, OfficeError> {
        let known = STOREYS.iter().filter(|(id, _)| answers.city.buildings.find(id).is_some());
        let storeys =
            known.map(|(id, storeys)| KnownStoreys { building: (*id).to_owned(), storeys: *storeys });
        let after = After { attendance: Some(ATTENDANCE[1]), dates: Vec::new() };
        let question = Question {
            from: FROM,
            to: TO,
            attendance: ATTENDANCE[0],
            after: Some(after),
            storeys: storeys.collect(),
            ..Question::on(date)
        };
        let mut run = OfficeRun::prepare(answers.city.clone(), &question, Inputs::default())?;
        let engine = Engine::cpu();
        for step in 0..run.steps() {
            // Steps of offices do arithmetic and cannot fail.
            let _ = run.step(step, &engine).await;
        }
        let sums = [0, 1].map(|case| Sums::of(&run, &run.cases[case]));
        Ok(Self { date, run, sums })
    }

    /// The hour of a minute.
    fn bin_at(&self, minute: u16) -> Option<usize> {
        let minute = f64::from(minute);
        self.run.bins.iter().position(|bin| (bin.from_min..bin.until_min).contains(&minute))
    }

    /// The offices of a building, or the nearest within reach.
    fn nearest(&self, building: Option<usize>, [x, y, _]: [f64; 3]) -> Option<usize> {
        let offices = &self.run.offices;
        if let Some(index) = building {
            return offices.iter().position(|office| office.index == index);
        }
        let buildings = &self.run.city.buildings;
        let away_m = |office: &Office| {
            let footprint = buildings.records[office.index].footprint;
            let [west, south, east, north] = buildings.polygons.get(footprint).bounds_m();
            (x - x.clamp(west, east)).hypot(y - y.clamp(south, north))
        };
        let near = offices.iter().enumerate().map(|(i, office)| (i, away_m(office)));
        near.filter(|(_, m)| *m <= REACH_M).min_by(|a, b| a.1.total_cmp(&b.1)).map(|(i, _)| i)
    }
}

impl Answers {
    /// How full the offices of a spot are; `after` asks for the lower attendance.
    ///
    /// # Errors
    /// In words, when the city has no offices.
    pub async fn office(
        &self,
        spot: &Spot,
        at: Timestamp,
        after: bool,
        lang: Lang,
    ) -> Result<OfficeAnswer, String> {
        let (texts, local, case) = (self.texts(lang), JST.to_datetime(at), usize::from(after));
        let building = self.building_at(spot);
        let day = match self.office_day(local.date()).await {
            Ok(day) => day,
            Err(OfficeError::NoOffices { .. }) => return Ok(nothing(texts.text("page-office-none"))),
            Err(why) => return Err(futago_field::sentence(texts, &why.message())),
        };
        let Some(office) = day.nearest(building, spot.at_m) else {
            let key = if building.is_some() { "page-office-other" } else { "page-office-none" };
            return Ok(nothing(texts.text(key)));
        };
        let own = &day.run.offices[office];
        let name = if lang == Lang::En { &own.name_en } else { &own.name_ja };
        let name = if *name == own.id { texts.text("page-office-unnamed") } else { name.clone() };
        let told = Told { day: &day, office, case, texts, name };
        let now = minute(local.time());
        let bin = day.bin_at(now);
        Ok(OfficeAnswer {
            sentence: told.sentence(bin, building.is_some(), now),
            more: told.more(bin),
            now: bin.map_or("closed".to_owned(), |bin| told.class(bin).to_string()),
            hours: told.hours(),
            floors: bin.map(|bin| told.floors(bin)).unwrap_or_default(),
            field: day.field(case),
            set: day.date.to_string(),
        })
    }

    /// What the scene shows of offices on the day of an instant: floors, hour by hour, at both attendances.
    ///
    /// # Errors
    /// In words, when the city has no offices.
    pub async fn office_results(&self, at: Timestamp, lang: Lang) -> Result<ResultSet, String> {
        let day = self.office_day(JST.to_datetime(at).date()).await;
        let day = day.map_err(|why| futago_field::sentence(self.texts(lang), &why.message()))?;
        let mut results = results(&day.run);
        results.fields.retain(|field| {
            matches!(field.support, Support::Floors(_)) && field.variant != Variant::Difference
        });
        // Tables of every floor and hour are for planners.
        results.tables.clear();
        results.figures.clear();
        Ok(results)
    }

    async fn office_day(&self, date: Date) -> Result<Rc<OfficeDay>, OfficeError> {
        let kept = self.offices.borrow().clone().filter(|day| day.date == date);
        if let Some(day) = kept {
            return Ok(day);
        }
        let day = Rc::new(OfficeDay::new(self, date).await?);
        self.offices.replace(Some(day.clone()));
        Ok(day)
    }
}

impl OfficeDay {
    /// A field of the series that shows a case.
    fn field(&self, case: usize) -> Option<String> {
        let first = self.run.bins.first()?.from_clock().replace(':', "");
        Some(format!("office-level-floors-{first}{}", ["", "-what-if"][case]))
    }
}

fn nothing(sentence: String) -> OfficeAnswer {
    let (more, hours, floors, set) = Default::default();
    OfficeAnswer { sentence, more, now: "none".to_owned(), hours, floors, field: None, set }
}

/// The class of a share of the capacity.
fn class_of(share: f64) -> u8 {
    CLASSES.iter().filter(|least| share >= **least).count() as u8
}

/// What is told of one building.
struct Told<'a> {
    day: &'a OfficeDay,
    office: usize,
    case: usize,
    texts: &'a Texts,
    name: String,
}

impl Told<'_> {
    fn level(&self, bin: usize) -> f64 {
        self.day.sums[self.case].offices[self.office][bin].level()
    }

    fn persons(&self, bin: usize, case: usize) -> f64 {
        rounded(self.day.sums[case].offices[self.office][bin].persons())
    }

    fn class(&self, bin: usize) -> u8 {
        class_of(self.level(bin))
    }

    fn sentence(&self, bin: Option<usize>, is_there: bool, now: u16) -> String {
        let Some(bin) = bin else {
            let args = [("now", said(now).into()), ("name", self.name.as_str().into())];
            return self.texts.format("page-office-closed", &args);
        };
        let key = if is_there { "page-office-now" } else { "page-office-near" };
        self.texts.format(
            key,
            &[
                ("now", said(now).into()),
                ("name", self.name.as_str().into()),
                ("persons", self.persons(bin, self.case).into()),
                ("level", (100.0 * self.level(bin)).round().into()),
                ("words", self.texts.text(WORDS[usize::from(self.class(bin))]).into()),
            ],
        )
    }

    fn more(&self, bin: Option<usize>) -> Vec<String> {
        let sums = &self.day.sums[self.case].offices[self.office];
        let persons = |bin: &usize| sums[*bin].persons();
        let fullest = (0..sums.len()).max_by(|a, b| persons(a).total_cmp(&persons(b)).then(b.cmp(a)));
        let day = fullest.map(|bin| {
            let args = [
                ("from", said(self.day.run.bins[bin].from_min as u16).into()),
                ("until", said(self.day.run.bins[bin].until_min as u16).into()),
                ("persons", self.persons(bin, self.case).into()),
            ];
            self.texts.format("page-office-day", &args)
        });
        let compared = bin.map(|bin| {
            let args = [("before", self.persons(bin, 0).into()), ("after", self.persons(bin, 1).into())];
            self.texts.format("page-office-compare", &args)
        });
        let holiday = self.day.run.question.is_holiday(self.day.date);
        let holiday = holiday.then(|| self.texts.text("page-office-holiday"));
        day.into_iter().chain(compared).chain(holiday).collect()
    }

    fn hours(&self) -> Vec<Hour> {
        let hour = |(number, bin): (usize, &futago_office::prepare::days::Bin)| Hour {
            from: bin.from_min as u16,
            until: bin.until_min as u16,
            share: Some(self.level(number)).filter(|level| !level.is_nan()),
            class: self.class(number),
        };
        self.day.run.bins.iter().enumerate().map(hour).collect()
    }

    fn floors(&self, bin: usize) -> Vec<FloorNow> {
        let range = self.day.run.offices[self.office].floors.clone();
        let filled = &self.day.run.cases[self.case].filled;
        let floor = |index: usize| {
            let (floor, persons) = (&self.day.run.floors[index], filled[index].persons[bin]);
            let share = if floor.capacity > 0.0 { persons / floor.capacity } else { 0.0 };
            let number = |value: f64| futago_texts::format_number(value, 0, 0, true);
            let key = if floor.floor > 0 { "page-office-floor-above" } else { "page-office-floor-below" };
            FloorNow {
                name: self.texts.format(key, &[("floor", f64::from(floor.floor.abs()).into())]),
                persons: number(rounded(persons)),
                share,
                level: format!("{} %", number(100.0 * share)),
                class: class_of(share),
            }
        };
        range.rev().map(floor).collect()
    }
}
