//! The two packs of the walk network: the station's own with its floors, and the outdoor one with the joins.

use std::collections::BTreeMap;
use std::path::Path;

use futago_assemble::{
    OutdoorFiles, Rules, StationFiles, assemble_floors, assemble_outdoor, assemble_station,
};
use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_geojson as geojson;
use futago_model::{FloorKind, Floors, WalkNetwork};
use futago_pack::Input;

use crate::inputs::Inputs;
use crate::recipe::{OutdoorPart, Recipe, StationPart};

/// A part of the city with what was wrong with it and what it was made from.
pub type Built<T> = anyhow::Result<(T, Report, Vec<Input>)>;

/// The station's network and floors.
pub fn station(recipe: &Recipe, data: &Path, frame: &SiteFrame) -> Built<(WalkNetwork, Floors)> {
    let mut inputs = Inputs::new(data);
    let part: &StationPart = &recipe.station;
    let (bytes, name) = inputs.bytes(&part.nodes)?;
    let nodes = geojson::read_walk_nodes(&bytes, &name, part.epsg)?;
    let (bytes, name) = inputs.bytes(&part.links)?;
    let links = geojson::read_walk_links(&bytes, &name, part.epsg)?;
    let source = part.sources.first().map(|source| source.key.clone()).unwrap_or_default();
    let files = StationFiles { nodes, links, epsg: part.epsg, source };
    let (network, mut report) = assemble_station(&files, frame, &recipe.rules)?;
    let kinds = [
        (FloorKind::Floor, &part.floors),
        (FloorKind::Space, &part.spaces),
        (FloorKind::Fixture, &part.fixtures),
    ];
    let mut maps = Vec::new();
    for (kind, files) in kinds {
        for file in files {
            let (bytes, name) = inputs.bytes(&format!("{}/{file}", part.folder))?;
            maps.push((kind, geojson::read_floor_parts(&bytes, &name, part.epsg)?));
        }
    }
    let (floors, entries) = assemble_floors(&maps, part.epsg, frame, &recipe.rules)?;
    report.extend(entries);
    Ok(((network, floors), report, inputs.read))
}

/// The outdoor network, joined to the station's.
pub fn outdoor(
    recipe: &Recipe,
    data: &Path,
    frame: &SiteFrame,
    bounds_m: [f64; 4],
    station: (&WalkNetwork, &Floors),
) -> Built<WalkNetwork> {
    let mut inputs = Inputs::new(data);
    let part: &OutdoorPart = &recipe.outdoor;
    let (bytes, name) = inputs.bytes(&part.lines)?;
    let lines = geojson::read_lines(&bytes, &name)?;
    let (bytes, name) = inputs.bytes(&part.underground)?;
    let underground = geojson::read_underground_ways(&bytes, &name)?;
    let key = |index: usize| part.sources.get(index).map(|source| source.key.clone()).unwrap_or_default();
    let files = OutdoorFiles {
        lines,
        underground,
        underground_origin: part.underground_origin_deg,
        sources: [key(0), key(1)],
    };
    let (network, report) = assemble_outdoor(&files, station, frame, bounds_m, &recipe.rules)?;
    Ok((network, report, inputs.read))
}

/// The rules of the walk network, for the manifest.
pub fn options(rules: &Rules) -> BTreeMap<String, String> {
    let rules = &rules.walk;
    let mut options = BTreeMap::from([
        ("walk.same_place_m", rules.same_place_m),
        ("walk.mend_m", rules.mend_m),
        ("walk.join_m", rules.join_m),
        ("walk.report_within_m", rules.report_within_m),
        ("walk.covered_m", rules.covered_m),
        ("walk.covered_share", rules.covered_share),
        ("walk.beside_main_m", rules.beside_main_m),
        ("walk.beside_local_m", rules.beside_local_m),
        ("walk.crossing_m", rules.crossing_m),
        ("walk.width_footway_m", rules.width_footway_m),
        ("walk.width_pedestrian_m", rules.width_pedestrian_m),
        ("walk.width_stairs_m", rules.width_stairs_m),
        ("walk.width_street_side_m", rules.width_street_side_m),
        ("walk.width_underground_m", rules.width_underground_m),
        ("walk.width_deck_m", rules.width_deck_m),
    ])
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value.to_string()))
    .collect::<BTreeMap<_, _>>();
    for level in &rules.levels {
        options
            .insert(format!("walk.level.{}", level.level), format!("{} m: {}", level.height_m, level.reason));
    }
    options
}
