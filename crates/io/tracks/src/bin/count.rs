//! Counting one partition: points and different ids of each bin, exactly.
//!
//! A partition is small enough for the cache. Its records are grouped by bin with a counting sort (or, where bins
//! are few and far between, a sort), then the ids of a bin go through a small table of open addresses.

use bytemuck::{Pod, Zeroable};

use super::Bins;

/// A point on its way to its bin.
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Record {
    pub id: u64,
    pub cell: u32,
    /// Steps since 1970 in the zone of the steps.
    pub step: i32,
}

/// What a thread keeps from partition to partition.
#[derive(Default)]
pub(super) struct Counter {
    /// Where the ids of each bin end.
    ends: Vec<u32>,
    ids: Vec<u64>,
    sorted: Vec<Record>,
    table: Table,
}

impl Counter {
    /// Counts a partition; bins come sorted by cell, then step.
    pub fn count(&mut self, blocks: &[Vec<Record>]) -> Bins {
        let records = || blocks.iter().flatten();
        let total: usize = blocks.iter().map(Vec::len).sum();
        let Some(first) = records().next() else { return Bins::default() };
        let (mut cells, mut steps) = ((first.cell, first.cell), (first.step, first.step));
        for record in records() {
            cells = (cells.0.min(record.cell), cells.1.max(record.cell));
            steps = (steps.0.min(record.step), steps.1.max(record.step));
        }
        let width = (i64::from(steps.1) - i64::from(steps.0) + 1) as u64;
        let bins = u64::from(cells.1 - cells.0 + 1) * width;
        // Two numbers a bin against a sort of all records.
        if total < u32::MAX as usize && bins <= 4 * total as u64 + 4096 {
            self.dense(blocks, total, (cells.0, steps.0), width as usize, bins as usize)
        } else {
            self.sparse(blocks)
        }
    }

    fn dense(
        &mut self,
        blocks: &[Vec<Record>],
        total: usize,
        (cell0, step0): (u32, i32),
        width: usize,
        bins: usize,
    ) -> Bins {
        let bin_of = |record: &Record| {
            (record.cell - cell0) as usize * width + record.step.wrapping_sub(step0) as u32 as usize
        };
        let ends = &mut self.ends;
        ends.clear();
        ends.resize(bins, 0);
        for record in blocks.iter().flatten() {
            ends[bin_of(record)] += 1;
        }
        let mut filled = 0;
        let mut sum = 0;
        for end in ends.iter_mut() {
            filled += usize::from(*end > 0);
            sum += std::mem::replace(end, sum);
        }
        // Each slot is where its bin begins; filling moves it to where the bin ends.
        self.ids.clear();
        self.ids.resize(total, 0);
        for record in blocks.iter().flatten() {
            let slot = &mut ends[bin_of(record)];
            self.ids[*slot as usize] = record.id;
            *slot += 1;
        }
        let mut made = Bins::with_capacity(filled);
        let mut begin = 0;
        for (bin, end) in self.ends.iter().map(|end| *end as usize).enumerate() {
            if end > begin {
                let ids = self.table.distinct(&self.ids[begin..end]);
                let (cell, step) = (cell0 + (bin / width) as u32, step0.wrapping_add((bin % width) as i32));
                made.push(cell, step, end - begin, ids);
            }
            begin = end;
        }
        made
    }

    fn sparse(&mut self, blocks: &[Vec<Record>]) -> Bins {
        self.sorted.clear();
        self.sorted.extend(blocks.iter().flatten());
        self.sorted.sort_unstable_by_key(|record| (record.cell, record.step, record.id));
        let mut made = Bins::default();
        for bin in self.sorted.chunk_by(|a, b| (a.cell, a.step) == (b.cell, b.step)) {
            let ids = 1 + bin.windows(2).filter(|pair| pair[0].id != pair[1].id).count();
            made.push(bin[0].cell, bin[0].step, bin.len(), ids);
        }
        made
    }
}

/// A set of ids, for one bin after the other. Ids are hashes already.
#[derive(Default)]
struct Table {
    slots: Vec<u64>,
}

/// Up to so many ids are compared with each other.
const FEW: usize = 8;

impl Table {
    /// How many different ones there are.
    #[inline]
    fn distinct(&mut self, ids: &[u64]) -> usize {
        if ids.len() <= FEW {
            let new = |at: usize| !ids[..at].contains(&ids[at]);
            return (0..ids.len()).filter(|at| new(*at)).count();
        }
        let size = (ids.len() * 2).next_power_of_two();
        if self.slots.len() < size {
            self.slots.resize(size, 0);
        }
        let slots = &mut self.slots[..size];
        slots.fill(0);
        // Zero marks an empty slot, so the id zero is counted apart.
        let (mut count, mut zero) = (0, 0);
        for id in ids {
            if *id == 0 {
                zero = 1;
                continue;
            }
            let mut at = *id as usize & (size - 1);
            loop {
                let slot = slots[at];
                if slot == 0 {
                    slots[at] = *id;
                    count += 1;
                    break;
                }
                if slot == *id {
                    break;
                }
                at = (at + 1) & (size - 1);
            }
        }
        count + zero
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::ids::mix;

    #[test]
    fn dense_sparse_and_plain_counting_agree() {
        let records: Vec<Record> = (0..50_000_u64)
            .map(|at| {
                let dice = mix(at);
                // Few ids, zero among them, and a crowded bin.
                let id = if dice.is_multiple_of(97) { 0 } else { mix(dice % 300) };
                let cell = if at.is_multiple_of(3) { 5 } else { (dice >> 20) as u32 % 40 };
                Record { id, cell, step: (dice >> 40) as i32 % 24 - 12 }
            })
            .collect();
        let blocks: Vec<Vec<Record>> = records.chunks(777).map(<[_]>::to_vec).collect();
        let mut plain: BTreeMap<(u32, i32), (usize, BTreeSet<u64>)> = BTreeMap::new();
        for record in &records {
            let bin = plain.entry((record.cell, record.step)).or_default();
            bin.0 += 1;
            bin.1.insert(record.id);
        }
        let mut expected = Bins::default();
        for ((cell, step), (points, ids)) in plain {
            expected.push(cell, step, points, ids.len());
        }
        let mut counter = Counter::default();
        assert_eq!(counter.count(&blocks), expected);
        assert_eq!(counter.sparse(&blocks), expected);
        // Far apart: the sparse way is taken.
        let far = [Record { id: 1, cell: 0, step: i32::MIN }, Record { id: 1, cell: 9, step: i32::MAX }];
        assert_eq!(counter.count(&[far.to_vec()]).len(), 2);
    }
}
