//! What OpenStreetMap knows of ways for people, as one network, joined to the station's.
//!
//! 1. Footways, paths, pedestrian streets, steps and streets become lines on levels: a bridge is on the deck
//!    level, a tunnel underground (`ways`). Tunnels that the extract of underground ways has too are taken from there.
//! 2. Lines meet where they share a place (`weave`).
//! 3. A street stays, as the side of a street, where no footway runs beside it; side streets whose main street
//!    went are led to its footways (`cover`, `mend`).
//! 4. What runs along the station's own links or on its underground floors is left out; what is left is joined
//!    to the station (`station_join`).
//! 5. A footway over a carriageway is a crossing.
//!
//! Kinds and levels that the source does not say are marked as assumed. An underground way that comes to the
//! ground without being tagged as stairs counts as stairs: wrong for a few ramps, safe for wheelchairs.

use std::collections::HashMap;

use futago_field::Report;
use futago_geodesy::{LonLat, SiteFrame};
use futago_model::{
    Floors, WalkKind, WalkLink, WalkLinkFlags, WalkNetwork, WalkNode, WalkNodeFlags, WalkNodeId, WalkPlace,
    mm_from_metres,
};
use futago_raw::{Raw, RawLine, RawUndergroundWay};

use crate::emit::Interner;
use crate::project::Projector;
use crate::{AssembleError, Rules};

use super::WalkRules;
use super::cover::{Station, drop_covered_by_station, drop_streets_with_footways};
use super::geometry::length_m;
use super::levels::Levels;
use super::mend::mend;
use super::station_join::join_station;
use super::ways::{Way, WayLine, lines_of, underground_of, without_twins};
use super::weave::weave;
use super::web::{Web, WebLink, kind_on};

/// What is known of ways outdoors and underground.
#[derive(Debug, Clone, PartialEq)]
pub struct OutdoorFiles {
    /// Streets and footways.
    pub lines: Raw<RawLine>,
    /// Underground ways.
    pub underground: Raw<RawUndergroundWay>,
    /// Where the tangent plane of the underground ways touches: longitude and latitude, degrees.
    pub underground_origin: [f64; 2],
    /// Keys of the two sources, as in [`futago_model::About::sources`].
    pub sources: [String; 2],
}

/// Puts the network of OpenStreetMap together within west, south, east, north (site metres), joined to a
/// station's. The result holds stand-ins of the station's nodes, and nothing else of it.
///
/// # Errors
/// When the frame cannot be projected to.
pub fn assemble_outdoor(
    files: &OutdoorFiles,
    station: (&WalkNetwork, &Floors),
    frame: &SiteFrame,
    bounds_m: [f64; 4],
    rules: &Rules,
) -> Result<(WalkNetwork, Report), AssembleError> {
    let degrees = Projector::new(frame, rules.max_distance_m)?;
    let [lon_deg, lat_deg] = files.underground_origin;
    let tangent = Projector::of_tangent(frame, LonLat::new(lon_deg, lat_deg)?, rules.max_distance_m)?;
    let bounds = bounds_m.map(mm_from_metres);
    let (rules, mut report) = (&rules.walk, Report::default());
    let lines = lines_of(&files.lines, &degrees, bounds, &mut report);
    let underground = underground_of(&files.underground, &tangent, bounds, &mut report);
    let ways = without_twins(lines, underground, rules, &mut report);
    let mut web = weave(&ways, rules);
    let before = web.degrees();
    let streets = drop_streets_with_footways(&mut web, &ways, rules);
    let mended = mend(&mut web, &before, rules);
    // Only what is left out from here on is the station's to take up again.
    let before = web.degrees();
    let station = Station::new(station.0, station.1);
    let covered = drop_covered_by_station(&mut web, &station, rules);
    let joined = join_station(&mut web, &before, &station, &ways, rules, &mut report);
    mark_crossings(&mut web, &ways, rules);
    let notes = [
        ("walk-street-with-footway", streets, "pieces of streets have footways beside them; left out"),
        ("walk-led-on", mended, "loose ends were led to the nearest way of their level"),
        ("walk-covered", covered, "links run along the station's own; left out"),
        ("walk-joined", joined.loose_ends, "ends of ways were joined to the station's network"),
        ("walk-joined", joined.crossings, "ways were joined to the station's network where they cross it"),
        ("walk-joined", joined.station_ends, "ends of the station's network were joined to ways outdoors"),
    ];
    for (code, count, what) in notes.into_iter().filter(|(_, count, _)| *count > 0) {
        report.add(code, "", files.lines.file.as_str(), format!("{count} {what}"));
    }
    Ok((emit(&web, &ways, &files.sources, rules), report))
}

/// Footways on both sides of a place where a carriageway goes through are a crossing there.
fn mark_crossings(web: &mut Web, ways: &[WayLine], rules: &WalkRules) {
    let way_of = |link: &WebLink| link.way.map(|way| &ways[way as usize]);
    // Streets that were left out for their footways still have cars on them.
    let mut streets: HashMap<u32, u32> = HashMap::new();
    let mut footways: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, link) in web.links.iter().enumerate() {
        for node in [link.from, link.to] {
            match way_of(link).map(|way| way.way) {
                Some(Way::Street { .. }) => *streets.entry(node).or_insert(0) += 1,
                Some(Way::Footway) if link.live && !link.steps && link.level == 0.0 => {
                    footways.entry(node).or_default().push(index);
                }
                _ => {}
            }
        }
    }
    for (node, links) in footways {
        if links.len() > 1 && streets.get(&node).is_some_and(|count| *count > 1) {
            for link in links {
                web.links[link].crossing |= length_m(&web.links[link].line) <= rules.crossing_m;
            }
        }
    }
}

/// Writes the nodes that are in use, in the order of their links, and the links.
fn emit(web: &Web, ways: &[WayLine], sources: &[String; 2], rules: &WalkRules) -> WalkNetwork {
    let levels = Levels::new(&rules.levels);
    let (mut network, mut texts) = (WalkNetwork::default(), Interner::default());
    let mut places: HashMap<u32, WalkNodeId> = HashMap::new();
    for link in web.links.iter().filter(|link| link.live && link.line.len() > 1) {
        let way = link.way.map(|way| &ways[way as usize]);
        let ends = [link.from, link.to].map(|index| {
            *places.entry(index).or_insert_with(|| {
                let node = &web.nodes[index as usize];
                network.nodes.push(node_record(node, &levels, &mut texts));
                WalkNodeId(network.nodes.len() as u32 - 1)
            })
        });
        network.vertices_mm.extend_from_slice(&link.line);
        let [start, end] = ends.map(|node| network.node(node).level);
        let (kind, flags) = kind_and_flags(link, way, start != end);
        network.links.push(WalkLink {
            id: futago_model::StringId::NONE,
            name: texts.intern(way.and_then(|way| way.name.as_deref())),
            source: texts.intern(Some(&sources[way.map_or(0, |way| usize::from(way.source))])),
            from: ends[0],
            to: ends[1],
            kind: kind as u32,
            flags,
            level: if start == end { link.level } else { start.min(end) },
            width_m: width_m(kind, way, link.level, rules) as f32,
            length_m: length_m(&link.line) as f32,
            vertex_end: network.vertices_mm.len() as u32,
        });
    }
    let used = network.nodes.iter().map(|node| node.level).chain(network.links.iter().map(|link| link.level));
    network.levels = levels.rows_of(used.collect::<Vec<_>>().into_iter(), &mut texts);
    network.strings = texts.strings;
    network
}

fn node_record(node: &super::web::WebNode, levels: &Levels<'_>, texts: &mut Interner) -> WalkNode {
    let mut flags = WalkNodeFlags::default();
    if node.stands_for.is_some() {
        flags = flags.with(WalkNodeFlags::ELSEWHERE);
    }
    if node.level_assumed {
        flags = flags.with(WalkNodeFlags::LEVEL_ASSUMED);
    }
    let outside = if node.level < 0.0 { WalkPlace::Inside } else { WalkPlace::Outside };
    let (id, place) =
        node.stands_for.as_ref().map_or((None, outside), |(id, place)| (Some(id.as_str()), *place));
    WalkNode {
        id: texts.intern(id),
        at_mm: node.at,
        height_m: levels.height_m(f64::from(node.level)) as f32,
        level: node.level,
        place: place as u32,
        flags,
    }
}

fn kind_and_flags(link: &WebLink, way: Option<&WayLine>, climbs: bool) -> (WalkKind, WalkLinkFlags) {
    let street = way.is_some_and(WayLine::is_street);
    let untagged = way.is_some_and(|way| way.untagged);
    let kind = match () {
        () if link.steps || climbs && untagged => WalkKind::Stairs,
        () if climbs => WalkKind::Ramp,
        () if link.crossing => WalkKind::Crossing,
        () if street => WalkKind::StreetSide,
        () => kind_on(link.level),
    };
    let roofed = link.level < 0.0 || way.is_some_and(|way| way.covered);
    let flags = WalkLinkFlags::WIDTH_ASSUMED
        .with_if(roofed, WalkLinkFlags::ROOFED)
        .with_if(!roofed, WalkLinkFlags::ROOF_UNKNOWN)
        .with_if(kind != WalkKind::Stairs, WalkLinkFlags::STEP_FREE)
        .with_if(climbs && !link.steps || untagged, WalkLinkFlags::LEVEL_ASSUMED)
        .with_if(way.is_none(), WalkLinkFlags::JOIN);
    (kind, flags)
}

fn width_m(kind: WalkKind, way: Option<&WayLine>, level: f32, rules: &WalkRules) -> f64 {
    match (kind, way.map(|way| way.way)) {
        (WalkKind::Stairs, _) => rules.width_stairs_m,
        (_, Some(Way::Street { .. })) => rules.width_street_side_m,
        (_, Some(Way::Underground)) => rules.width_underground_m,
        (_, Some(Way::Pedestrian)) => rules.width_pedestrian_m,
        _ if level > 1.0 => rules.width_deck_m,
        _ if level < 0.0 => rules.width_underground_m,
        _ => rules.width_footway_m,
    }
}
