//! Ways for people of OpenStreetMap extracts as one network.
//!
//! Two ways meet where both name the same node, and nowhere else: nothing is guessed from how near they are.
//!
//! 1. Ways are projected and cut at the bounds (`pieces`), then at the nodes that several name (`joints`).
//! 2. Each way has a level, or several when it climbs (`storeys`): `level` where it is said, else bridges are decks
//!    and tunnels basements. A node is on the level of the ways on one level that meet there; along steps
//!    between such nodes levels are interpolated.
//! 3. A lift is a node a level, one above the other (`lifts`).
//! 4. What ends nowhere although it leads off the ground, and what hangs together with nothing, is reported (`notes`).
//!
//! **Levels.** OpenStreetMap counts storeys from 0 at the ground; the model counts them as Japan does, with the
//! ground outside as 0 and the storey above it as 2. So a `level` above 0 is one more here.
//!
//! Where this stops being true: heights come from the table of levels, not from the map; a street is walked along
//! its middle, also where a pavement is mapped beside it; which door is open when is not read.

mod emit;
mod joints;
mod lifts;
mod notes;
mod pieces;
mod storeys;

use futago_field::Report;
use futago_geodesy::SiteFrame;
use futago_model::WalkNetwork;
use futago_raw::{Raw, RawWalkSpot, RawWalkWay};

use crate::project::Projector;
use crate::{AssembleError, Rules};

pub(super) use storeys::ordinal;

/// Ways for people of one extract, and the nodes on them that mean something.
#[derive(Debug, Clone, Copy)]
pub struct WalkExtract<'r> {
    /// The ways.
    pub ways: &'r Raw<RawWalkWay>,
    /// Lifts and doors.
    pub spots: &'r Raw<RawWalkSpot>,
}

/// Puts the network of extracts together within west, south, east, north (site millimetres). A way that several
/// extracts have is taken from the first. `source` is its key in [`futago_model::About::sources`].
///
/// # Errors
/// When the frame cannot be projected to, or indices would not fit 32 bits.
pub fn assemble_osm_walk(
    extracts: &[WalkExtract<'_>],
    frame: &SiteFrame,
    bounds_mm: [i32; 4],
    source: &str,
    rules: &Rules,
) -> Result<(WalkNetwork, Report), AssembleError> {
    let projector = Projector::new(frame, rules.max_distance_m)?;
    let mut report = Report::default();
    let pieces = pieces::pieces(extracts, &projector, bounds_mm, &mut report);
    let mut web = joints::Joints::of(&pieces, extracts);
    if web.links.len().max(web.joints.len()) > u32::MAX as usize / 4 {
        return Err(AssembleError::TooLarge { what: "links of the walk network" });
    }
    storeys::levels_of_joints(&pieces, &mut web, &mut report);
    let stacks = lifts::stacks(&pieces, &web);
    notes::loose_ends(&pieces, &web, &stacks, &mut report);
    let network = emit::emit(&pieces, &web, &stacks, source, &rules.walk);
    if let (Some(file), false) = (extracts.first(), network.is_empty()) {
        notes::separate_parts(&network, &file.ways.file, &mut report);
    }
    Ok((network, report))
}
