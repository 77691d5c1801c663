//! What the codes of the MLIT pedestrian network mean (歩行空間ネットワークデータ整備仕様, 2018).

use futago_model::{WalkKind, WalkLinkFlags, WalkNode, WalkPlace};
use futago_raw::RawWalkLink;

/// Kind of a link, by its route type, its structure and where its ends are.
pub(crate) fn kind_of(raw: &RawWalkLink, start: &WalkNode, end: &WalkNode) -> WalkKind {
    let places = [start.place, end.place].map(WalkPlace::from_number);
    let outside = places.iter().all(|place| *place == WalkPlace::Outside);
    let at_a_door = places.contains(&WalkPlace::Doorway) && places.contains(&WalkPlace::Outside)
        || places.contains(&WalkPlace::Inside) && places.contains(&WalkPlace::Outside);
    match (raw.route_type, raw.structure) {
        (Some(2), _) => WalkKind::MovingWalkway,
        (Some(4), _) => WalkKind::Lift,
        (Some(5), _) => WalkKind::Escalator,
        (Some(6), _) => WalkKind::Stairs,
        (Some(7), _) => WalkKind::Ramp,
        (Some(3), _) | (_, Some(3 | 4)) => WalkKind::Crossing,
        // Heights, not ordinals: the ground and the first floor are two levels of one height.
        _ if start.height_m != end.height_m || matches!(raw.slope, Some(2 | 3)) => WalkKind::Ramp,
        _ if at_a_door => WalkKind::Doorway,
        (_, Some(6)) => WalkKind::Deck,
        _ if outside && start.level.max(end.level) > 1.0 => WalkKind::Deck,
        _ if outside => WalkKind::Walkway,
        _ => WalkKind::Corridor,
    }
}

/// What is particular about a link.
pub(crate) fn flags_of(raw: &RawWalkLink) -> WalkLinkFlags {
    let steps = matches!(raw.route_type, Some(5 | 6)) || raw.step == Some(2);
    // A one-way link against its direction is turned round, and its slope with it.
    let against = raw.direction == Some(3);
    let (rises, falls) = (raw.slope == Some(2), raw.slope == Some(3));
    WalkLinkFlags::default()
        .with_if(matches!(raw.direction, Some(2 | 3)), WalkLinkFlags::ONE_WAY)
        .with_if(raw.roof == Some(2), WalkLinkFlags::ROOFED)
        .with_if(!matches!(raw.roof, Some(1 | 2)), WalkLinkFlags::ROOF_UNKNOWN)
        .with_if(!steps, WalkLinkFlags::STEP_FREE)
        .with_if(raw.route_type == Some(4) && matches!(raw.elevator, Some(3 | 5)), WalkLinkFlags::WHEELCHAIR)
        .with_if(if against { falls } else { rises }, WalkLinkFlags::STEEP_UP)
        .with_if(if against { rises } else { falls }, WalkLinkFlags::STEEP_DOWN)
}

/// Width in metres: the middle of the published class, 3 m for the class without an upper end; 2 m assumed
/// where none is published.
pub(crate) fn width_of(code: Option<u32>) -> (f64, WalkLinkFlags) {
    match code {
        Some(1) => (0.75, WalkLinkFlags::WIDTH_CLASS),
        Some(2) => (1.5, WalkLinkFlags::WIDTH_CLASS),
        Some(3) => (2.5, WalkLinkFlags::WIDTH_CLASS),
        Some(4) => (3.0, WalkLinkFlags::WIDTH_CLASS),
        _ => (2.0, WalkLinkFlags::WIDTH_ASSUMED),
    }
}
