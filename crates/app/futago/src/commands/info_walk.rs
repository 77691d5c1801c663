//! The walk network and the floors in `futago info`.
//!
//! Lengths are those of the links, metres in the JSON and kilometres in sentences; of a link between two levels
//! the lower one counts. A part is connected whatever the direction of one-way links.

use futago_field::level_in_words;
use futago_model::{CityModel, FloorKind, WalkKind, WalkLinkFlags, WalkNetwork};
use futago_texts::Texts;
use serde::Serialize;

/// What `info` tells of the walk network and the floors.
#[derive(Debug, Serialize)]
pub struct WalkFacts {
    nodes: usize,
    links: usize,
    length_m: f64,
    /// Parts that hang together.
    components: usize,
    largest_component_nodes: u32,
    largest_component_m: f64,
    step_free_m: f64,
    roofed_m: f64,
    one_way_links: usize,
    joins: usize,
    stand_ins: usize,
    kinds: Vec<KindFacts>,
    levels: Vec<LevelFacts>,
    floors: FloorFacts,
}

#[derive(Debug, Serialize)]
struct KindFacts {
    kind: &'static str,
    links: usize,
    length_m: f64,
}

#[derive(Debug, Serialize)]
struct LevelFacts {
    level: f32,
    length_m: f64,
    /// Above the ground.
    height_m: Option<f32>,
    height_assumed: bool,
    height_reason: String,
}

#[derive(Debug, Serialize)]
struct FloorFacts {
    floors: usize,
    spaces: usize,
    fixtures: usize,
    area_m2: f64,
    levels: Vec<FloorLevel>,
}

#[derive(Debug, Serialize)]
struct FloorLevel {
    level: f32,
    area_m2: f64,
}

impl WalkFacts {
    /// Gathers the facts of a city.
    pub fn of(model: &CityModel) -> Self {
        let walk = &model.walk;
        let parts = walk.components();
        let mut lengths = vec![0.0; parts.count()];
        for link in &walk.links {
            lengths[parts.of_node[link.from.0 as usize] as usize] += f64::from(link.length_m);
        }
        let flagged = |flag: WalkLinkFlags| walk.links.iter().filter(move |link| link.flags.has(flag));
        let length_of = |flag| to_centimetres(flagged(flag).map(|link| f64::from(link.length_m)).sum());
        Self {
            nodes: walk.nodes.len(),
            links: walk.links.len(),
            length_m: to_centimetres(walk.length_m()),
            components: parts.count(),
            largest_component_nodes: parts.largest(),
            largest_component_m: to_centimetres(lengths.into_iter().fold(0.0, f64::max)),
            step_free_m: length_of(WalkLinkFlags::STEP_FREE),
            roofed_m: length_of(WalkLinkFlags::ROOFED),
            one_way_links: flagged(WalkLinkFlags::ONE_WAY).count(),
            joins: flagged(WalkLinkFlags::JOIN).count(),
            stand_ins: walk.stand_ins(),
            kinds: kinds(walk),
            levels: levels(walk),
            floors: FloorFacts::of(model),
        }
    }

    /// The sentences; none for a city without either.
    pub fn in_words(&self, texts: &Texts) -> Vec<String> {
        let mut lines = Vec::new();
        if self.links > 0 {
            lines.extend(self.network_in_words(texts));
        }
        if self.floors.floors > 0 {
            let words = [
                ("floors", self.floors.floors.into()),
                ("area", self.floors.area_m2.into()),
                ("levels", self.floors.levels.len().into()),
                ("spaces", self.floors.spaces.into()),
                ("fixtures", self.floors.fixtures.into()),
            ];
            lines.push(texts.format("cli-info-floors", &words));
        }
        lines
    }

    fn network_in_words(&self, texts: &Texts) -> Vec<String> {
        let words = [
            ("nodes", self.nodes.into()),
            ("links", self.links.into()),
            ("km", (self.length_m / 1000.0).into()),
            ("components", self.components.into()),
            ("largest", (100.0 * self.largest_component_m / self.length_m.max(1.0)).into()),
        ];
        let flags = [
            ("step-free", (self.step_free_m / 1000.0).into()),
            ("roofed", (self.roofed_m / 1000.0).into()),
            ("one-way", self.one_way_links.into()),
            ("joins", self.joins.into()),
        ];
        let mut lines = vec![
            texts.format("cli-info-walk", &words),
            indented(texts.format("cli-info-walk-flags", &flags)),
        ];
        if self.stand_ins > 0 {
            let count = [("count", self.stand_ins.into())];
            lines.push(indented(texts.format("cli-info-walk-stand-ins", &count)));
        }
        let kinds = self.kinds.iter().map(|kind| kind.in_words(texts));
        let levels = self.levels.iter().filter(|level| level.length_m > 0.0);
        let levels = levels.map(|level| {
            let words = [
                ("level", level_in_words(texts, level.level).into()),
                ("km", (level.length_m / 1000.0).into()),
            ];
            texts.format("cli-info-walk-level", &words)
        });
        let heights = self.levels.iter().filter_map(|level| level.height_in_words(texts));
        lines.push(list("cli-info-walk-kinds", kinds, texts));
        lines.push(list("cli-info-walk-levels", levels, texts));
        lines.push(list("cli-info-walk-heights", heights, texts));
        lines
    }
}

impl KindFacts {
    fn in_words(&self, texts: &Texts) -> String {
        let words = [
            ("kind", texts.text(&format!("walk-kind-{}", self.kind)).into()),
            ("km", (self.length_m / 1000.0).into()),
            ("links", self.links.into()),
        ];
        texts.format("cli-info-walk-kind", &words)
    }
}

impl LevelFacts {
    fn height_in_words(&self, texts: &Texts) -> Option<String> {
        let words = [
            ("level", level_in_words(texts, self.level).into()),
            ("height", f64::from(self.height_m?).into()),
        ];
        let key = if self.height_assumed { "cli-info-walk-height-assumed" } else { "cli-info-walk-height" };
        Some(texts.format(key, &words))
    }
}

impl FloorFacts {
    fn of(model: &CityModel) -> Self {
        let count = |kind| model.floors.of_kind(kind).count();
        let level = |(level, area_m2): (f32, f64)| FloorLevel { level, area_m2: area_m2.round() };
        Self {
            floors: count(FloorKind::Floor),
            spaces: count(FloorKind::Space),
            fixtures: count(FloorKind::Fixture),
            area_m2: model.floors.area_m2(FloorKind::Floor).round(),
            levels: model.floors.areas_by_level_m2().into_iter().map(level).collect(),
        }
    }
}

/// The kinds that are there.
fn kinds(walk: &WalkNetwork) -> Vec<KindFacts> {
    let lengths = walk.lengths_by_kind_m();
    let facts = WalkKind::ALL.into_iter().zip(lengths).map(|(kind, length_m)| KindFacts {
        kind: kind.name(),
        links: walk.links.iter().filter(|link| WalkKind::from_number(link.kind) == kind).count(),
        length_m: to_centimetres(length_m),
    });
    facts.filter(|kind| kind.links > 0).collect()
}

/// The levels that links run on or that have a height.
fn levels(walk: &WalkNetwork) -> Vec<LevelFacts> {
    let lengths = walk.lengths_by_level_m();
    let mut all: Vec<f32> = lengths.iter().map(|(level, _)| *level).collect();
    all.extend(walk.levels.iter().map(|row| row.level));
    all.sort_unstable_by(f32::total_cmp);
    all.dedup();
    let facts = |level: f32| {
        let length = lengths.iter().find(|(of, _)| *of == level);
        let row = walk.levels.iter().find(|row| row.level == level);
        LevelFacts {
            level,
            length_m: to_centimetres(length.map_or(0.0, |(_, length)| *length)),
            height_m: row.map(|row| row.height_m),
            height_assumed: row.is_some_and(|row| row.assumed != 0),
            height_reason: row.and_then(|row| walk.strings.get(row.reason)).unwrap_or_default().to_owned(),
        }
    };
    all.into_iter().map(facts).collect()
}

fn list(key: &str, words: impl Iterator<Item = String>, texts: &Texts) -> String {
    let comma = texts.text("cli-info-walk-list-comma");
    indented(texts.format(key, &[("list", words.collect::<Vec<_>>().join(&comma).into())]))
}

fn indented(line: String) -> String {
    format!("  {line}")
}

fn to_centimetres(metres: f64) -> f64 {
    (metres * 100.0).round() / 100.0
}
