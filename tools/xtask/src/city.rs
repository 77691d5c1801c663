//! `cargo xtask city`: published files to the packs of the built-in city.
//!
//! Six packs, because there are four licences: buildings (CC BY 4.0), streets (ODbL), shelters (National Land
//! Numerical Information), the station's walk network and floors (government standard terms), the outdoor walk
//! network (ODbL), bridges and decks (CC BY 4.0, from other files than the buildings). They share frame and
//! bounds, and `CityModel::absorb` makes one city of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use futago_assemble::{
    BuildingFiles, Rules, StreetFiles, StructureFile, assemble_buildings, assemble_shelters,
    assemble_streets, assemble_structures,
};
use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_geojson as geojson;
use futago_model::{Buildings, CityModel, Shelter, Source, Streets, Structures};
use futago_pack::{Build, Counts, Input, Pack};

use crate::inputs::Inputs;
use crate::recipe::{BridgesPart, Recipe};
use crate::stages::Stages;

/// Arguments of `cargo xtask city`.
#[derive(clap::Args)]
pub struct CityArguments {
    /// Folder with the published data.
    #[arg(long)]
    data: PathBuf,
    /// Folder with `recipe.toml`, into which the packs are written.
    #[arg(long, default_value = "assets/nishi-shinjuku")]
    city: PathBuf,
    /// Threads; all cores by default. The packs do not depend on it.
    #[arg(long)]
    threads: Option<usize>,
}

/// The packs of a city, by file name.
pub type Packs = Vec<(&'static str, Pack)>;

/// Builds and writes the packs, and says what was found.
pub fn run(arguments: &CityArguments) -> anyhow::Result<()> {
    if let Some(threads) = arguments.threads {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
    }
    let recipe = arguments.city.join("recipe.toml");
    let recipe = std::fs::read_to_string(&recipe).with_context(|| {
        format!("{} cannot be read; give the city's folder with --city", recipe.display())
    })?;
    let recipe = Recipe::parse(&recipe)?;
    let mut stages = Stages::new(9);
    let packs = build(&recipe, &arguments.data, &mut stages)?;
    stages.begin("write");
    for (name, pack) in &packs {
        pack.write(&arguments.city.join(name))?;
    }
    let wall = stages.finish();
    for (name, pack) in &packs {
        summarise(name, pack, &arguments.city)?;
    }
    println!("built in {:.1} s", wall.as_secs_f64());
    Ok(())
}

/// Builds the packs in memory.
pub fn build(recipe: &Recipe, data: &Path, stages: &mut Stages) -> anyhow::Result<Packs> {
    let frame = recipe.site_frame()?;
    let rules = &recipe.rules;
    let (buildings, report, inputs) = buildings(recipe, data, &frame, stages)?;
    let bounds_m = bounds_of(&buildings);
    let pack = |sources: &[Source], report: Report, inputs: Vec<Input>| -> anyhow::Result<Pack> {
        let city = CityModel::empty(recipe.about(bounds_m, sources)?);
        Ok(Pack { city, build: how(rules, inputs), report, objects: Default::default() })
    };
    let mut first = pack(&recipe.buildings.sources, report, inputs)?;
    first.city.buildings = buildings;

    stages.begin("streets and areas");
    let (streets, report, inputs) = streets(recipe, data, &frame, bounds_m)?;
    let mut second = pack(&recipe.streets.sources, report, inputs)?;
    second.city.streets = streets;

    stages.begin("shelters");
    let (shelters, report, inputs) = shelters(recipe, data, &frame, bounds_m)?;
    let mut third = pack(&recipe.shelters.sources, report, inputs)?;
    third.city.shelters = shelters;

    stages.begin("station: walk network and floors");
    let walk_options = crate::walk::options(rules);
    let ((network, floors), report, inputs) = crate::walk::station(recipe, data, &frame)?;
    let mut fourth = pack(&recipe.station.sources, report, inputs)?;
    fourth.build.options.extend(walk_options.clone());

    stages.begin("walk network outdoors");
    let (outdoor, report, inputs) =
        crate::walk::outdoor(recipe, data, &frame, bounds_m, (&network, &floors))?;
    let mut fifth = pack(&recipe.outdoor.sources, report, inputs)?;
    fifth.build.options.extend(walk_options);
    (fourth.city.walk, fourth.city.floors, fifth.city.walk) = (network, floors, outdoor);
    let mut packs = vec![
        ("buildings.city", first),
        ("streets.city", second),
        ("shelters.city", third),
        ("station.city", fourth),
        ("footways.city", fifth),
    ];
    if let Some(part) = &recipe.bridges {
        stages.begin("bridges and decks");
        let (structures, report, inputs) = bridges(part, data, &frame, rules)?;
        let mut sixth = pack(&part.sources, report, inputs)?;
        sixth.build.options = structure_options(rules);
        sixth.city.structures = structures;
        packs.push(("bridges.city", sixth));
    }
    Ok(packs)
}

fn bridges(
    part: &BridgesPart,
    data: &Path,
    frame: &SiteFrame,
    rules: &Rules,
) -> anyhow::Result<(Structures, Report, Vec<Input>)> {
    let mut inputs = Inputs::new(data);
    let read: Vec<(Vec<u8>, String)> =
        part.files.iter().map(|file| inputs.bytes(file)).collect::<anyhow::Result<_>>()?;
    let files: Vec<StructureFile<'_>> =
        read.iter().map(|(bytes, name)| StructureFile { name, bytes }).collect();
    let (structures, report) = assemble_structures(&files, frame, rules)?;
    Ok((structures, report, inputs.read))
}

/// The rules that bridges are made by, for the manifest.
fn structure_options(rules: &Rules) -> BTreeMap<String, String> {
    let own = &rules.structures;
    [
        ("min_area_m2", rules.min_area_m2),
        ("max_height_m", rules.max_height_m),
        ("max_distance_m", rules.max_distance_m),
        ("structures.step_m", own.step_m),
        ("structures.thickness_m", own.thickness_m),
        ("structures.min_piece_m2", own.min_piece_m2),
        ("structures.foot_m", own.foot_m),
        ("structures.ground_within_m", own.ground_within_m),
        ("structures.snap_m", own.snap_m),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_string()))
    .collect()
}

fn buildings(
    recipe: &Recipe,
    data: &Path,
    frame: &SiteFrame,
    stages: &mut Stages,
) -> anyhow::Result<(Buildings, Report, Vec<Input>)> {
    let mut inputs = Inputs::new(data);
    stages.begin("read footprints");
    let (bytes, name) = inputs.bytes(&recipe.buildings.footprints)?;
    let buildings = geojson::read_buildings(&bytes, &name)?;
    stages.begin("read roof pieces");
    let (bytes, name) = inputs.bytes(&recipe.buildings.roof_pieces)?;
    let roof_pieces = geojson::read_roof_pieces(&bytes, &name)?;
    let (bytes, name) = inputs.bytes(&recipe.buildings.landmarks)?;
    let landmarks = geojson::read_landmarks(&bytes, &name)?;
    stages.begin("put buildings together");
    let files = BuildingFiles { buildings, roof_pieces, landmarks };
    let (buildings, report) = assemble_buildings(&files, frame, &recipe.rules)?;
    Ok((buildings, report, inputs.read))
}

fn streets(
    recipe: &Recipe,
    data: &Path,
    frame: &SiteFrame,
    bounds_m: [f64; 4],
) -> anyhow::Result<(Streets, Report, Vec<Input>)> {
    let mut inputs = Inputs::new(data);
    let mut files = StreetFiles::default();
    for file in &recipe.streets.lines {
        let (bytes, name) = inputs.bytes(file)?;
        files.lines.push(geojson::read_lines(&bytes, &name)?);
    }
    for file in &recipe.streets.areas {
        let (bytes, name) = inputs.bytes(file)?;
        files.areas.push(geojson::read_areas(&bytes, &name)?);
    }
    let (streets, report) = assemble_streets(&files, frame, bounds_m, &recipe.rules)?;
    Ok((streets, report, inputs.read))
}

fn shelters(
    recipe: &Recipe,
    data: &Path,
    frame: &SiteFrame,
    bounds_m: [f64; 4],
) -> anyhow::Result<(Vec<Shelter>, Report, Vec<Input>)> {
    let mut inputs = Inputs::new(data);
    let mut files = Vec::new();
    for file in &recipe.shelters.shelters {
        let (bytes, name) = inputs.bytes(file)?;
        files.push(geojson::read_shelters(&bytes, &name)?);
    }
    for file in &recipe.shelters.wide_area_sites {
        let (bytes, name) = inputs.bytes(file)?;
        files.push(geojson::read_wide_area_sites(&bytes, &name)?);
    }
    let (shelters, report) = assemble_shelters(&files, frame, bounds_m, &recipe.rules)?;
    Ok((shelters, report, inputs.read))
}

/// West, south, east, north of every footprint and solid, in whole metres outwards.
fn bounds_of(buildings: &Buildings) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    buildings.tiles.iter().fold(start, |b, tile| {
        let [west, south, east, north] = tile.bounds_m.map(f64::from);
        [b[0].min(west.floor()), b[1].min(south.floor()), b[2].max(east.ceil()), b[3].max(north.ceil())]
    })
}

/// The manifest's account. Neither time nor machine is in it: the same input gives the same bytes.
fn how(rules: &Rules, inputs: Vec<Input>) -> Build {
    let options = BTreeMap::from([
        ("min_area_m2", rules.min_area_m2.to_string()),
        ("max_height_m", rules.max_height_m.to_string()),
        ("max_distance_m", rules.max_distance_m.to_string()),
        ("height_neighbours", rules.height_neighbours.to_string()),
        ("cover_filled_below", rules.cover_filled_below.to_string()),
        ("cover_reported_below", rules.cover_reported_below.to_string()),
        ("min_gap_m2", rules.min_gap_m2.to_string()),
        ("overlap_reported_above", rules.overlap_reported_above.to_string()),
        ("height_difference_reported_m", rules.height_difference_reported_m.to_string()),
        ("tile_m", Buildings::TILE_M.to_string()),
    ]);
    Build {
        tool: "cargo xtask city".to_owned(),
        tool_version: env!("CARGO_PKG_VERSION").to_owned(),
        inputs,
        options: options.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

fn summarise(name: &str, pack: &Pack, folder: &Path) -> anyhow::Result<()> {
    let bytes = std::fs::metadata(folder.join(name))?.len();
    let counts = Counts::of(&pack.city);
    println!("\n{name}: {:.2} MB", bytes as f64 / 1e6);
    let figures = [
        ("buildings", counts.buildings),
        ("with roof pieces", counts.buildings_lod2),
        ("solids", counts.solids),
        ("lines", counts.lines),
        ("m of streets", counts.street_m),
        ("areas", counts.areas),
        ("shelters", counts.shelters),
        ("nodes to walk on", counts.walk_nodes),
        ("links", counts.walk_links),
        ("m of links", counts.walk_m),
        ("floors, spaces and fixtures", counts.floor_parts),
        ("bridges and decks", counts.structures),
        ("solids of them", counts.structure_solids),
    ];
    for (what, count) in figures.into_iter().filter(|(_, count)| *count > 0) {
        println!("  {count:>8} {what}");
    }
    println!("  Report: {} entries", pack.report.entries.len());
    for (code, count) in pack.report.counts() {
        println!("  {count:>8} {code}");
    }
    Ok(())
}
