//! Which solids cover a point: buckets of the plan, for sample points and masks.

use super::scene::{Scene, SceneSolid};

const BUCKET_M: f64 = 32.0;

/// Solids of a scene by square of the plan, as numbers in that scene.
#[derive(Debug)]
pub struct SolidIndex {
    west_m: f64,
    south_m: f64,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    solids: Vec<u32>,
}

impl SolidIndex {
    /// Sorts the solids of a scene into squares.
    pub fn new(scene: &Scene) -> Self {
        let all = scene.solids.iter().fold([0.0, 0.0, 1.0, 1.0_f64], |b, s| {
            let o = s.bounds_m;
            [b[0].min(o[0]), b[1].min(o[1]), b[2].max(o[2]), b[3].max(o[3])]
        });
        let columns = ((all[2] - all[0]) / BUCKET_M) as usize + 1;
        let rows = ((all[3] - all[1]) / BUCKET_M) as usize + 1;
        let mut index =
            Self { west_m: all[0], south_m: all[1], columns, rows, starts: Vec::new(), solids: Vec::new() };
        let mut counts = vec![0_u32; columns * rows + 1];
        for solid in &scene.solids {
            index.buckets(solid).for_each(|b| counts[b + 1] += 1);
        }
        for i in 1..counts.len() {
            counts[i] += counts[i - 1];
        }
        let mut solids = vec![0; counts[columns * rows] as usize];
        let mut next = counts.clone();
        for (number, solid) in scene.solids.iter().enumerate() {
            index.buckets(solid).for_each(|b| {
                solids[next[b] as usize] = number as u32;
                next[b] += 1;
            });
        }
        index.starts = counts;
        index.solids = solids;
        index
    }

    /// Numbers of the solids of the same scene that cover a point of the plan, in scene order.
    pub fn covering<'a>(&'a self, scene: &'a Scene, at: [f64; 2]) -> impl Iterator<Item = u32> + 'a {
        let column = ((at[0] - self.west_m) / BUCKET_M).floor();
        let row = ((at[1] - self.south_m) / BUCKET_M).floor();
        let inside = column >= 0.0 && row >= 0.0 && column < self.columns as f64 && row < self.rows as f64;
        let range = if inside {
            let bucket = row as usize * self.columns + column as usize;
            self.starts[bucket] as usize..self.starts[bucket + 1] as usize
        } else {
            0..0
        };
        self.solids[range].iter().copied().filter(move |n| scene.covers(&scene.solids[*n as usize], at))
    }

    fn buckets(&self, solid: &SceneSolid) -> impl Iterator<Item = usize> + use<> {
        let [west, south, east, north] = solid.bounds_m;
        let column = |x: f64| ((x - self.west_m) / BUCKET_M) as usize;
        let row = |y: f64| ((y - self.south_m) / BUCKET_M) as usize;
        let (first, last, width) = (column(west), column(east), self.columns);
        (row(south)..=row(north)).flat_map(move |r| (first..=last).map(move |c| r * width + c))
    }
}
