//! Heights of levels.

use futago_model::WalkLevel;

use crate::emit::Interner;

use super::LevelHeight;

/// The table of heights, ready to be asked.
pub(crate) struct Levels<'a> {
    rows: &'a [LevelHeight],
}

impl<'a> Levels<'a> {
    pub fn new(rows: &'a [LevelHeight]) -> Self {
        Self { rows }
    }

    /// Height of a level above the ground, metres; 0 without a table.
    pub fn height_m(&self, level: f64) -> f64 {
        let rows = self.rows;
        let above = rows.iter().position(|row| row.level >= level).unwrap_or(rows.len());
        match rows.get(above).filter(|row| row.level == level) {
            Some(row) => row.height_m,
            None => match rows.len() {
                0 => 0.0,
                1 => rows[0].height_m,
                count => between(&rows[above.clamp(1, count - 1) - 1..], level),
            },
        }
    }

    /// The rows of the levels in use, lowest first, for the network's own table.
    pub fn rows_of(&self, used: impl Iterator<Item = f32>, texts: &mut Interner) -> Vec<WalkLevel> {
        let mut used: Vec<f32> = used.collect();
        used.sort_unstable_by(f32::total_cmp);
        used.dedup();
        let row_of = |level: f32| {
            let row = self.rows.iter().find(|row| row.level as f32 == level);
            let between = "assumed: between the levels above and below, or on from the last two";
            WalkLevel {
                level,
                height_m: self.height_m(f64::from(level)) as f32,
                assumed: u32::from(row.is_none_or(|row| row.assumed)),
                reason: texts.intern(Some(row.map_or(between, |row| row.reason.as_str()))),
            }
        };
        used.into_iter().map(row_of).collect()
    }
}

/// On the line through the first two rows.
fn between(rows: &[LevelHeight], level: f64) -> f64 {
    let (low, high) = (&rows[0], &rows[1]);
    let share = (level - low.level) / (high.level - low.level);
    low.height_m + share * (high.height_m - low.height_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::WalkRules;

    #[test]
    fn rows_halves_and_beyond() {
        let rules = WalkRules::default();
        let levels = Levels::new(&rules.levels);
        let heights = [-4.0, -3.0, -1.5, -0.5, 0.0, 1.0, 1.5, 4.5].map(|level| levels.height_m(level));
        assert_eq!(heights, [-24.5, -18.0, -8.25, -2.5, 0.0, 0.0, 3.0, 18.5]);
        assert_eq!(Levels::new(&[]).height_m(2.0), 0.0);
    }
}
