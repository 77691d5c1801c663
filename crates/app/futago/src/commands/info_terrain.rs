//! What `futago info` tells of the terrain.

use futago_model::CityModel;
use futago_texts::Texts;
use serde::Serialize;

/// The terrain in a few figures; heights are T.P.
#[derive(Debug, Serialize)]
pub struct TerrainFacts<'a> {
    low_tp_m: f64,
    high_tp_m: f64,
    spacing_m: f64,
    columns: u32,
    rows: u32,
    /// West, south, east, north of the samples, site metres.
    bounds_m: [f64; 4],
    /// Share of the grid with a height, 0 to 1.
    coverage: f64,
    /// Samples from a source.
    known: usize,
    /// Samples made from their neighbours.
    filled: usize,
    sources: &'a [String],
}

impl<'a> TerrainFacts<'a> {
    pub fn of(model: &'a CityModel) -> Option<Self> {
        let terrain = model.terrain.as_ref()?;
        let [low_tp_m, high_tp_m] = terrain.range_m()?.map(|up_m| up_m + model.about.frame.origin_height_m);
        let [known, filled, _] = terrain.counts();
        Some(Self {
            low_tp_m,
            high_tp_m,
            spacing_m: terrain.grid.spacing_m(),
            columns: terrain.grid.columns,
            rows: terrain.grid.rows,
            bounds_m: terrain.grid.bounds_m(),
            coverage: terrain.coverage(),
            known,
            filled,
            sources: &terrain.sources,
        })
    }

    pub fn in_words(&self, texts: &Texts) -> String {
        let words = [
            ("low", self.low_tp_m.into()),
            ("high", self.high_tp_m.into()),
            ("columns", f64::from(self.columns).into()),
            ("rows", f64::from(self.rows).into()),
            ("spacing", self.spacing_m.into()),
            ("coverage", (100.0 * self.coverage).into()),
            ("filled", self.filled.into()),
        ];
        texts.format("cli-info-terrain", &words)
    }
}
