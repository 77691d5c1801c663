//! From counts to what may leave: noise, suppression, rounding.

use crate::noise::{Draws, mix};
use crate::rows::{CellRow, DWELL_STEP_S, LinkRow, Manifest, SPEED_STEP_MPS, WITHHELD, kind_of};
use crate::{About, DayKind, FlowError, Flows, Grid, Raw, RawCounts, RawKey, Spec};

/// How much is kept back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Policy {
    k: u32,
    key: u64,
    epsilon: f64,
    noise_most: u32,
}

impl Policy {
    /// Persons that a bin must have unless said otherwise; MLIT's open people-flow figures use the same.
    pub const DEFAULT_K: u32 = 10;
    /// No `k` below this is taken.
    pub const LEAST_K: u32 = 5;
    /// No `k` above this is taken.
    pub const MOST_K: u32 = 1_000_000;
    /// Noise: how much rarer the next larger change is, as a power of e.
    pub const EPSILON: f64 = 1.0;
    /// Noise: no count changes by more.
    pub const NOISE_MOST: u32 = 5;

    /// With this many persons a bin at least, and this key for the noise. The key is the publisher's: it is in no
    /// file, and the same key and input give the same result.
    ///
    /// # Errors
    /// When `k` is under [`Policy::LEAST_K`] or above [`Policy::MOST_K`].
    pub fn new(k: u32, key: u64) -> Result<Self, FlowError> {
        if !(Self::LEAST_K..=Self::MOST_K).contains(&k) {
            return Err(FlowError::SmallestCount { k, least: Self::LEAST_K, most: Self::MOST_K });
        }
        Ok(Self { k, key, epsilon: Self::EPSILON, noise_most: Self::NOISE_MOST })
    }

    /// The smallest count that is published.
    fn floor(&self) -> u32 {
        publish_floor(self.k, self.noise_most)
    }
}

/// The smallest count that is published at `k` with noise up to `noise_most`.
pub fn publish_floor(k: u32, noise_most: u32) -> u32 {
    k + noise_most
}

/// All days of one place, period, kind of day and bin.
#[derive(Debug, Clone, Copy)]
struct Group {
    place: u64,
    period: u8,
    day_kind: u8,
    bin: u16,
    sum: RawCounts,
    /// The busiest day, count by count.
    most: RawCounts,
}

impl Flows {
    /// What may leave of counts.
    ///
    /// # Errors
    /// When what was counted is not what can be published: bins, periods, grids, the expansion.
    pub fn publish(raw: &Raw, about: About, policy: &Policy) -> Result<Self, FlowError> {
        raw.spec.check()?;
        let factor = about.expansion.factor;
        if !(1e-6..=1e6).contains(&factor) {
            return Err(FlowError::Expansion { factor });
        }
        let fits = (0.0..=10.0).contains(&about.matching_error)
            && raw.cells.len() == raw.spec.grids.len()
            && raw.shapes.len() < WITHHELD as usize;
        if !fits {
            return Err(FlowError::invalid("matching error, grids or links do not fit what was counted"));
        }
        let mut suppressed = Vec::new();
        let publisher = Publisher { policy, digest: raw.digest, periods: fingerprints(&raw.spec) };
        let (links, back) = publisher.links(&groups(&raw.spec, &raw.links), raw.shapes.len());
        suppressed.push(publisher.noisy_total(back, 0));
        let mut cells = Vec::new();
        for (grid, counts) in raw.cells.iter().enumerate() {
            let table = table_of(raw.spec.grids[grid]);
            let back = publisher.cells(grid as u32, table, &groups(&raw.spec, counts), &mut cells);
            suppressed.push(publisher.noisy_total(back, table));
        }
        let days = |kind| {
            let calendar = &raw.spec.calendar;
            move |period: &crate::Period| period.days_of(kind, calendar)
        };
        let (weekdays, holidays) = (days(DayKind::Weekday), days(DayKind::Holiday));
        let manifest = Manifest {
            about,
            bin_minutes: raw.spec.bin_minutes,
            days: raw.spec.periods.iter().map(|p| [weekdays(p), holidays(p)]).collect(),
            periods: raw.spec.periods.clone(),
            grids: raw.spec.grids.clone(),
            k: policy.k,
            epsilon: policy.epsilon,
            noise_most: policy.noise_most,
            network_xxh3: format!("{:016x}", raw.network_xxh3),
            suppressed,
        };
        Ok(Self { manifest, links, cells, shapes: raw.shapes.clone() })
    }
}

/// Sums and busiest days, by place, period, kind of day and bin.
fn groups(spec: &Spec, counts: &[(RawKey, RawCounts)]) -> Vec<Group> {
    let mut single: Vec<Group> = Vec::with_capacity(counts.len());
    for (key, counts) in counts {
        let day = i64::from(key.day);
        let Some(period) = spec.period_of(day) else { continue };
        let day_kind = spec.calendar.kind_of(day) as u8;
        let (place, bin) = (key.place, key.bin);
        single.push(Group { place, period, day_kind, bin, sum: *counts, most: *counts });
    }
    single.sort_by_key(|group| (group.place, group.period, group.day_kind, group.bin));
    let mut all: Vec<Group> = Vec::new();
    for group in single {
        match all.last_mut() {
            Some(last)
                if (last.place, last.period, last.day_kind, last.bin)
                    == (group.place, group.period, group.day_kind, group.bin) =>
            {
                last.sum.add(&group.sum);
                last.most = busiest(&last.most, &group.most);
            }
            _ => all.push(group),
        }
    }
    all
}

fn busiest(a: &RawCounts, b: &RawCounts) -> RawCounts {
    RawCounts {
        persons: a.persons.max(b.persons),
        forward: a.forward.max(b.forward),
        backward: a.backward.max(b.backward),
        stays: a.stays.max(b.stays),
        speed_sum_mmps: 0,
        dwell_sum_ms: 0,
    }
}

struct Publisher<'a> {
    policy: &'a Policy,
    digest: u64,
    /// What days each period has, in bins of which length.
    periods: Vec<u64>,
}

/// A number for the days of each period and the length of the bins. Results of the same input over other days must
/// not have the same noise: their difference would be the counts of the days between, bare. Names do not matter, or
/// a new name would be a new draw.
fn fingerprints(spec: &Spec) -> Vec<u64> {
    let of_period = |period: &crate::Period| {
        let days = period.first_day..period.end_day;
        let holidays = days.filter(|day| spec.calendar.kind_of(*day) == DayKind::Holiday);
        let start =
            mix(u64::from(spec.bin_minutes) ^ mix(period.first_day as u64) ^ mix(!period.end_day as u64));
        holidays.fold(start, |sum, day| mix(sum ^ mix(day as u64)))
    };
    spec.periods.iter().map(of_period).collect()
}

/// A number for a grid: the same wherever it stands among the grids.
fn table_of(grid: Grid) -> u64 {
    match grid {
        Grid::Squares { edge_m } => 1 << 32 | u64::from(edge_m),
        Grid::Mesh { digits } => 2 << 32 | u64::from(digits),
    }
}

impl Publisher<'_> {
    fn draws(&self, table: u64, group: &Group) -> Draws {
        let bin = u64::from(group.day_kind) << 24 | u64::from(group.bin);
        let days = self.periods[usize::from(group.period)];
        Draws::new(self.policy.key, self.digest ^ mix(days), table, [group.place, bin])
    }

    /// A count with noise, if it may be published: the busiest day decides. One draw serves both, so that the
    /// count is never published below what let it through.
    fn count(&self, draws: &mut Draws, sum: u32, most: u32) -> Option<u32> {
        let noise = draws.geometric(self.policy.epsilon, self.policy.noise_most);
        let kept = i64::from(most) + noise >= i64::from(self.policy.floor());
        kept.then(|| (i64::from(sum) + noise).clamp(0, i64::from(WITHHELD) - 1) as u32)
    }

    /// The rows that stay, and how many did not.
    fn links(&self, groups: &[Group], links: usize) -> (Vec<LinkRow>, u64) {
        let mut rows = Vec::new();
        let mut back = 0;
        for group in groups.iter().filter(|group| (group.place as usize) < links) {
            let mut draws = self.draws(0, group);
            match self.count(&mut draws, group.sum.persons, group.most.persons) {
                Some(persons) => rows.push(self.link_row(&mut draws, group, persons)),
                None => back += 1,
            }
        }
        rows.sort_unstable_by_key(LinkRow::key);
        (rows, back)
    }

    fn link_row(&self, draws: &mut Draws, group: &Group, persons: u32) -> LinkRow {
        let (sum, most) = (&group.sum, &group.most);
        let forward = self.count(draws, sum.forward, most.forward);
        let backward = self.count(draws, sum.backward, most.backward);
        let stays = self.count(draws, sum.stays, most.stays);
        // Parts of one whole stay together, or the one kept back is the whole less the other. Those who stay are
        // no part of the persons, and no sum of both is published.
        let (forward, backward) = forward.zip(backward).unwrap_or((WITHHELD, WITHHELD));
        let mean = |total: u64, of: u32| total as f64 / 1000.0 / f64::from(of.max(1));
        let dwell_s = mean(sum.dwell_sum_ms, sum.persons).clamp(0.0, 3600.0);
        let dwell_steps = (draws.rounded(dwell_s, DWELL_STEP_S) / DWELL_STEP_S).round() as u32;
        let speed_mps = mean(sum.speed_sum_mmps, sum.persons).clamp(0.0, 3.0);
        let speed_steps = (draws.rounded(speed_mps, SPEED_STEP_MPS) / SPEED_STEP_MPS).round() as u32;
        LinkRow {
            link: group.place as u32,
            bin: group.bin,
            period: group.period,
            day_kind: kind_of(group.day_kind) as u8,
            persons,
            forward,
            backward,
            stays: stays.unwrap_or(WITHHELD),
            speed_steps,
            dwell_steps,
        }
    }

    /// Adds the rows of a grid that stay; gives how many did not.
    fn cells(&self, grid: u32, table: u64, groups: &[Group], rows: &mut Vec<CellRow>) -> u64 {
        let (mut back, first) = (0, rows.len());
        for group in groups {
            let mut draws = self.draws(table, group);
            let Some(persons) = self.count(&mut draws, group.sum.persons, group.most.persons) else {
                back += 1;
                continue;
            };
            let Group { place: cell, bin, period, day_kind, .. } = *group;
            rows.push(CellRow { cell, bin, period, day_kind, persons, grid, reserved: 0 });
        }
        rows[first..].sort_unstable_by_key(CellRow::key);
        back
    }

    fn noisy_total(&self, back: u64, table: u64) -> u64 {
        let all = self.periods.iter().fold(self.digest, |sum, days| mix(sum ^ mix(*days)));
        let mut draws = Draws::new(self.policy.key, all, !table, [0, 0]);
        let noise = draws.geometric(self.policy.epsilon, self.policy.noise_most);
        (back as i64 + noise).max(0) as u64
    }
}
