//! Colours of what lies below the ground, and what they mean.

use futago_model::{CityModel, FloorKind, Level, Street, StreetClass, WalkKind, WalkLink};

use crate::material::{
    ColourTable, FIXTURE_SLOT, MOST_LEVELS, Shown, TUNNEL_SLOT, floor_slot, room_slot, street_slot, way_slot,
};
use crate::mesh::underground;

/// Floors from the uppermost down: lighter is nearer to the light, sRGB.
const UPPERMOST: [f32; 3] = [176.0, 222.0, 208.0];
const DEEPEST: [f32; 3] = [28.0, 88.0, 104.0];
/// Levels over which floors darken; stations rarely have more.
const DARKENING: f32 = 5.0;
const FIXTURE: [u8; 3] = [64, 70, 76];
const SUBWAY: [u8; 3] = [92, 132, 236];
const TUNNEL: [u8; 3] = [156, 152, 160];

/// A colour of the picture below the ground, with what it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// What it stands for.
    pub what: What,
    /// sRGB.
    pub colour: [u8; 3],
}

/// What a colour below the ground stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    /// Floors of a level.
    Floor {
        /// Its ordinal.
        level: f32,
        /// Height above the ground at the site origin, metres.
        height_m: f32,
        /// Whether that is assumed.
        is_assumed: bool,
    },
    /// Columns and walls.
    Fixtures,
    /// Ways of a kind.
    Way(WalkKind),
    /// Subways, at a depth that no source tells.
    Subway,
    /// Roads in tunnels, likewise.
    Tunnel,
}

/// Kinds of ways that have a colour of their own; all others have that of corridors.
const KINDS: [WalkKind; 4] = [WalkKind::Corridor, WalkKind::Stairs, WalkKind::Escalator, WalkKind::Lift];

/// What colours mean, of those that the city has.
pub fn legend(city: &CityModel) -> Vec<Row> {
    let has_floor = |level: f32| city.floors.of_kind(FloorKind::Floor).any(|part| part.level == level);
    let is_assumed = |level: f32| city.walk.levels.iter().any(|row| row.level == level && row.assumed != 0);
    let levels = underground::levels(city).into_iter().enumerate();
    let floors = levels.filter(|(_, (level, _))| has_floor(*level)).map(|(rank, (level, height_m))| Row {
        what: What::Floor { level, height_m, is_assumed: is_assumed(level) },
        colour: floor_colour(rank),
    });
    let mut rows: Vec<Row> = floors.collect();
    let mut add = |there: bool, what, colour| rows.extend(there.then_some(Row { what, colour }));
    let has_fixtures = city.floors.of_kind(FloorKind::Fixture).any(|part| part.level < 0.0);
    add(has_fixtures, What::Fixtures, FIXTURE);
    for kind in KINDS {
        let below = |link: &WalkLink| link.level < 0.0 && kind == shown_as(WalkKind::from_number(link.kind));
        add(city.walk.links.iter().any(below), What::Way(kind), way_colour(kind));
    }
    let class = |street: &Street| StreetClass::from_number(street.class);
    let subway = city.streets.records.iter().any(|street| class(street) == StreetClass::Subway);
    add(subway, What::Subway, SUBWAY);
    let tunnel = |street: &Street| {
        let driven =
            !matches!(class(street), StreetClass::Footway | StreetClass::Steps | StreetClass::Subway);
        driven && Level::from_number(street.level) == Level::Tunnel
    };
    add(city.streets.records.iter().any(tunnel), What::Tunnel, TUNNEL);
    rows
}

/// Writes the colours into the table.
pub fn colour(table: &mut ColourTable) {
    for rank in 0..MOST_LEVELS {
        table.set(floor_slot(rank), floor_colour(rank), Shown::Plain);
        table.set(room_slot(rank), floor_colour(rank).map(|v| v - v / 6), Shown::Plain);
    }
    for kind in WalkKind::ALL {
        table.set(way_slot(kind), way_colour(kind), Shown::Plain);
    }
    table.set(FIXTURE_SLOT, FIXTURE, Shown::Plain);
    table.set(TUNNEL_SLOT, TUNNEL, Shown::Plain);
    table.set(street_slot(StreetClass::Subway), SUBWAY, Shown::Plain);
}

fn floor_colour(rank: usize) -> [u8; 3] {
    let share = (rank as f32 / DARKENING).min(1.0);
    std::array::from_fn(|i| (UPPERMOST[i] + (DEEPEST[i] - UPPERMOST[i]) * share) as u8)
}

fn shown_as(kind: WalkKind) -> WalkKind {
    if KINDS.contains(&kind) { kind } else { WalkKind::Corridor }
}

fn way_colour(kind: WalkKind) -> [u8; 3] {
    match shown_as(kind) {
        WalkKind::Stairs => [232, 96, 60],
        WalkKind::Escalator => [204, 121, 187],
        WalkKind::Lift => [246, 246, 246],
        _ => [240, 196, 84],
    }
}
