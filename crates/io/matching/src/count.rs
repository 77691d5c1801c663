//! Streaming counts: points come in blocks of any size, in order of id and time; persons are counted exactly.
//!
//! All points of an id come together, so an id is counted where its track ends, and no set of ids is ever kept.
//! Each thread counts its tracks for itself; the counts are whole numbers and are added up, so that the result is
//! the same on any number of threads and for any cut into blocks.

use futago_flow::{Raw, RawCounts, RawKey, Spec};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::hmm::{MOST_POINTS, Matcher};
use crate::network::Network;
use crate::observe::{Options, Rejected};
use crate::points::check;
use crate::visits::{Visits, bin_of};
use crate::{Matched, MatchingError, Points, PointsView};

/// Tracks that one thread takes at a time.
const BATCH: usize = 64;

/// How the counting went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Points that came.
    pub points: u64,
    /// Ids that came.
    pub ids: u64,
    /// Points that were left out.
    pub rejected: Rejected,
    /// Points of days that are in no period.
    pub other_days: u64,
    /// Observations (points that walk, and stays).
    pub observations: u64,
    /// Of them, with no link near.
    pub off_network: u64,
    /// Of them, where another level is as near.
    pub ambiguous: u64,
    /// Pieces: once for each track, and again after each gap and each jump.
    pub pieces: u64,
}

impl Tally {
    fn add(&mut self, other: &Self) {
        self.points += other.points;
        self.ids += other.ids;
        self.rejected.add(&other.rejected);
        self.other_days += other.other_days;
        self.observations += other.observations;
        self.off_network += other.off_network;
        self.ambiguous += other.ambiguous;
        self.pieces += other.pieces;
    }
}

type Counts = FxHashMap<RawKey, RawCounts>;

/// Counts of some tracks.
#[derive(Debug, Default)]
struct Part {
    links: Counts,
    cells: Vec<Counts>,
    tally: Tally,
    digest: u64,
}

impl Part {
    fn add(&mut self, other: Self) {
        // The larger map takes the smaller one in.
        let merge = |mine: &mut Counts, mut other: Counts| {
            if other.len() > mine.len() {
                std::mem::swap(mine, &mut other);
            }
            for (key, counts) in other {
                mine.entry(key).or_default().add(&counts);
            }
        };
        merge(&mut self.links, other.links);
        self.cells.resize_with(self.cells.len().max(other.cells.len()), Counts::default);
        for (mine, other) in self.cells.iter_mut().zip(other.cells) {
            merge(mine, other);
        }
        self.tally.add(&other.tally);
        self.digest = self.digest.wrapping_add(other.digest);
    }
}

/// Counts points as they come.
#[derive(Debug)]
pub struct Counter<'a> {
    network: &'a Network,
    options: Options,
    spec: Spec,
    total: Part,
    tail: Points,
}

impl<'a> Counter<'a> {
    /// Begins to count.
    ///
    /// # Errors
    /// When the spec cannot be counted.
    pub fn new(network: &'a Network, spec: Spec, options: Options) -> Result<Self, MatchingError> {
        spec.check()?;
        Ok(Self { network, options, spec, total: Part::default(), tail: Points::default() })
    }

    /// Takes the next points. The last id of a block may go on in the next one.
    ///
    /// # Errors
    /// When they are not in order, also against the block before, or a track is too long.
    pub fn push(&mut self, points: PointsView<'_>) -> Result<(), MatchingError> {
        check(points)?;
        let tail = self.tail.id.last().zip(self.tail.time_s.last());
        let first = points.id.first().zip(points.time_s.first());
        if tail.zip(first).is_some_and(|(tail, first)| first < tail) {
            return Err(MatchingError::Order { at: 0 });
        }
        let mut tracks = points.tracks();
        if self.tail.id.first().zip(points.id.first()).is_some_and(|(tail, first)| tail == first) {
            let first = tracks.remove(0);
            self.tail.append(points.part(first));
        }
        if let Some(last) = tracks.pop() {
            self.count_tail();
            self.tail.append(points.part(last));
            let part = self.count(points, &tracks);
            self.total.add(part);
        }
        if self.tail.id.len() > MOST_POINTS {
            return Err(MatchingError::TrackTooLong { limit: MOST_POINTS });
        }
        Ok(())
    }

    /// Ends the counting.
    pub fn finish(mut self) -> (Raw, Tally) {
        self.count_tail();
        let mut raw = Raw::new(self.spec, self.network.shapes().to_vec(), self.network.xxh3());
        let sorted = |counts: Counts| {
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_unstable_by_key(|(key, _)| *key);
            counts
        };
        raw.links = sorted(self.total.links);
        for (place, counts) in raw.cells.iter_mut().zip(self.total.cells) {
            *place = sorted(counts);
        }
        raw.digest = self.total.digest;
        (raw, self.total.tally)
    }

    fn count_tail(&mut self) {
        let tail = std::mem::take(&mut self.tail);
        if !tail.id.is_empty() {
            let part = self.count(tail.view(), std::slice::from_ref(&(0..tail.id.len())));
            self.total.add(part);
        }
    }

    fn count(&self, points: PointsView<'_>, tracks: &[std::ops::Range<usize>]) -> Part {
        let each = |mut worker: Worker<'a>, track: &std::ops::Range<usize>| {
            worker.count(&self.spec, points.part(track.clone()));
            worker
        };
        let begin = || Worker::new(self.network, self.options, &self.spec);
        let parts = tracks.par_iter().with_min_len(BATCH.max(tracks.len() / 16)).fold(begin, each);
        let join = |mut a: Part, b: Part| {
            a.add(b);
            a
        };
        parts.map(|worker| worker.part).reduce(Part::default, join)
    }
}

struct Worker<'a> {
    matcher: Matcher<'a>,
    visits: Visits,
    network: &'a Network,
    part: Part,
}

impl<'a> Worker<'a> {
    fn new(network: &'a Network, options: Options, spec: &Spec) -> Self {
        let cells = (0..spec.grids.len()).map(|_| Counts::default()).collect();
        let part = Part { cells, ..Part::default() };
        Self { matcher: Matcher::new(network, options), visits: Visits::default(), network, part }
    }

    fn count(&mut self, spec: &Spec, track: PointsView<'_>) {
        let tally = &mut self.part.tally;
        tally.ids += 1;
        tally.points += track.len() as u64;
        self.part.digest = self.part.digest.wrapping_add(digest_of(track));
        tally.rejected.add(&self.matcher.place(track));
        let placed = &self.matcher.placed;
        for place in placed {
            let matched = &place.matched;
            tally.observations += 1;
            tally.off_network += u64::from(matched.link == Matched::NONE);
            tally.ambiguous += u64::from(matched.ambiguous);
            tally.pieces += u64::from(!place.joined);
        }
        let in_period = |time_s: i64| spec.period_of(i64::from(bin_of(spec, time_s).0)).is_some();
        tally.other_days += track.time_s.iter().filter(|time_s| !in_period(**time_s)).count() as u64;
        self.visits.take(self.network, spec, track, placed);
        for (key, counts) in &self.visits.links {
            if spec.period_of(i64::from(key.day)).is_some() {
                self.part.links.entry(*key).or_default().add(counts);
            }
        }
        for (grid, key) in &self.visits.cells {
            if spec.period_of(i64::from(key.day)).is_some() {
                self.part.cells[*grid as usize].entry(*key).or_default().persons += 1;
            }
        }
    }
}

/// Hash of a track: the digest of an input is the sum over its tracks.
fn digest_of(track: PointsView<'_>) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3::new();
    for at in 0..track.len() {
        hash.update(&track.id[at].to_le_bytes());
        hash.update(&track.time_s[at].to_le_bytes());
        hash.update(&track.lon_deg[at].to_le_bytes());
        hash.update(&track.lat_deg[at].to_le_bytes());
    }
    hash.digest()
}
