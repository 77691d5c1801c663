//! The suns to look at, with what each is worth in time and energy.

use futago_geodesy::{LonLat, SiteFrame};
use jiff::civil::{Date, Time};
use jiff::tz::{TimeZone, offset};
use jiff::{Span, Timestamp};

use crate::clear_sky::{self, ClearSky};
use crate::scenario::{IrradianceQuestion, SunHoursQuestion};
use crate::solar::{self, Observer, SOLSTICE_DECLINATION_DEG, Sun};
use crate::{QuestionFault, SunlightError};

/// From where the sun is looked at: one place stands for the whole area (3 km are 0.03 degrees).
#[derive(Debug, Clone, Copy)]
pub struct Station {
    observer: Observer,
    convergence_rad: f64,
}

/// A sun with its worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeighedSun {
    /// Where it stands.
    pub sun: Sun,
    /// When.
    pub instant: Timestamp,
    /// Votes: halves of a step.
    pub votes: u32,
    /// Direct irradiation of a surface that faces the sun, Wh/m2 for its share of time.
    pub direct_wh_m2: f64,
}

/// The suns of a period.
#[derive(Debug, Clone, Default)]
pub struct SunList {
    /// Those above the horizon.
    pub suns: Vec<WeighedSun>,
    /// Hours that one vote stands for.
    pub hours_a_vote: f64,
    /// Days looked at.
    pub days: u32,
    /// Diffuse irradiation of a level surface under the open sky, Wh/m2 over the period.
    pub diffuse_wh_m2: f64,
}

/// Japan Standard Time.
pub fn jst() -> TimeZone {
    TimeZone::fixed(offset(9))
}

/// A clock time of a day in Japan.
///
/// # Errors
/// For dates that the calendar cannot turn into an instant.
pub fn instant_jst(date: Date, time: Time) -> Result<Timestamp, SunlightError> {
    let zoned = date.to_datetime(time).to_zoned(jst());
    let beyond = |_| SunlightError::question("sunlight.date", QuestionFault::Calendar { date });
    zoned.map(|z| z.timestamp()).map_err(beyond)
}

impl Station {
    /// At a place of the city, at its ground's height.
    ///
    /// # Errors
    /// When the frame's plane system does not exist.
    pub fn at(frame: &SiteFrame, place: LonLat) -> Result<Self, SunlightError> {
        let observer =
            Observer { elevation_m: frame.origin_height_m, ..Observer::at(place.lon_deg, place.lat_deg) };
        Ok(Self { observer, convergence_rad: frame.zone()?.meridian_convergence_rad(place) })
    }

    /// The sun at an instant, and its distance in astronomical units.
    ///
    /// # Errors
    /// For dates that SPA does not cover.
    pub fn sun_at(&self, instant: Timestamp) -> Result<(Sun, f64), SunlightError> {
        let seen = solar::position(instant, self.observer)?;
        let sun = Sun::from_true_north(seen.azimuth_deg, 90.0 - seen.zenith_deg, self.convergence_rad);
        Ok((sun, seen.distance_au))
    }

    /// The suns of clock times; those below the horizon too.
    ///
    /// # Errors
    /// For dates that SPA does not cover.
    pub fn suns_at(&self, date: Date, times: &[Time]) -> Result<Vec<WeighedSun>, SunlightError> {
        times
            .iter()
            .map(|time| {
                let instant = instant_jst(date, *time)?;
                let (sun, _) = self.sun_at(instant)?;
                Ok(WeighedSun { sun, instant, votes: 1, direct_wh_m2: 0.0 })
            })
            .collect()
    }

    /// The suns of a period of days.
    ///
    /// # Errors
    /// For dates that SPA does not cover.
    pub fn suns_of(
        &self,
        date: Date,
        period: &SunHoursQuestion,
        irradiance: Option<&IrradianceQuestion>,
    ) -> Result<SunList, SunlightError> {
        let minutes = (period.to - period.from).total(jiff::Unit::Minute).unwrap_or(0.0);
        // Whole steps, so that the first and the last look fall on the period's ends.
        let steps = (minutes / period.step_min).round().max(1.0) as u32;
        let step_s = minutes * 60.0 / f64::from(steps);
        let mut list = SunList { hours_a_vote: step_s / 7200.0, ..SunList::default() };
        let mut day = date;
        while day <= period.until.unwrap_or(date) {
            self.add_day(&mut list, instant_jst(day, period.from)?, steps, step_s, irradiance)?;
            list.days += 1;
            match day.checked_add(Span::new().days(i64::from(period.every_days))) {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Ok(list)
    }

    fn add_day(
        &self,
        list: &mut SunList,
        from: Timestamp,
        steps: u32,
        step_s: f64,
        irradiance: Option<&IrradianceQuestion>,
    ) -> Result<(), SunlightError> {
        for look in 0..=steps {
            let instant =
                Timestamp::from_second(from.as_second() + (f64::from(look) * step_s).round() as i64)
                    .unwrap_or(from);
            let (sun, distance_au) = self.sun_at(instant)?;
            if !sun.is_up() {
                continue;
            }
            let votes = if look == 0 || look == steps { 1 } else { 2 };
            let hours = f64::from(votes) * list.hours_a_vote;
            let sky = irradiance.map_or(ClearSky::default(), |question| {
                clear_sky::ineichen(
                    sun.altitude_rad,
                    distance_au,
                    question.linke_turbidity,
                    self.observer.elevation_m,
                )
            });
            list.diffuse_wh_m2 += sky.diffuse_w_m2 * hours;
            list.suns.push(WeighedSun { sun, instant, votes, direct_wh_m2: sky.direct_normal_w_m2 * hours });
        }
        Ok(())
    }

    /// The suns of the shadow rules: winter solstice, 8 to 16 o'clock true solar time (9 to 15 in Hokkaido is
    /// not offered). `instant` is meaningless here.
    pub fn solstice_suns(&self, step_min: f64) -> SunList {
        let steps = (8.0 * 60.0 / step_min).round().max(1.0) as u32;
        let step_h = 8.0 / f64::from(steps);
        let suns = (0..=steps).map(|look| {
            let hour = 8.0 + f64::from(look) * step_h;
            let (azimuth, altitude) =
                solar::true_solar_sun(hour, self.observer.lat_deg, SOLSTICE_DECLINATION_DEG);
            WeighedSun {
                sun: Sun::from_true_north(azimuth, altitude, self.convergence_rad),
                instant: Timestamp::UNIX_EPOCH,
                votes: if look == 0 || look == steps { 1 } else { 2 },
                direct_wh_m2: 0.0,
            }
        });
        let suns = suns.filter(|s| s.sun.is_up()).collect();
        SunList { suns, hours_a_vote: step_h / 2.0, days: 1, diffuse_wh_m2: 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn station() -> Station {
        let place = LonLat::new(139.6917, 35.6895).unwrap();
        Station::at(&SiteFrame::around(6677, place, 35.0).unwrap(), place).unwrap()
    }

    #[test]
    fn a_day_has_both_ends_and_the_votes_of_its_length() {
        let period = SunHoursQuestion {
            from: jiff::civil::time(8, 0, 0, 0),
            to: jiff::civil::time(16, 0, 0, 0),
            step_min: 5.0,
            until: None,
            every_days: 1,
        };
        let list = station().suns_of(jiff::civil::date(2026, 12, 22), &period, None).unwrap();
        assert_eq!(list.suns.len(), 97);
        let hours = list.suns.iter().map(|s| f64::from(s.votes)).sum::<f64>() * list.hours_a_vote;
        assert!((hours - 8.0).abs() < 1e-9);
    }

    #[test]
    fn solstice_noon_is_due_south_of_true_north() {
        let noon = station().solstice_suns(5.0).suns[48].sun;
        let true_azimuth = noon.azimuth_rad + station().convergence_rad;
        assert!((true_azimuth.to_degrees() - 180.0).abs() < 1e-9);
    }
}
