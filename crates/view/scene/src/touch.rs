//! Fingers on the picture: one moves the ground along, two come nearer, turn and tilt.
//!
//! What two fingers do is taken from their middle, distance and direction between two frames, so that all three go on
//! at once, as on a paper map. On foot one finger looks around.

use bevy::input::touch::Touches;
use bevy::prelude::*;

use crate::camera::InputTaken;
use crate::state::{Command, History, Pose, ViewState};

/// Where fingers were in the last frame, by their number.
#[derive(Default)]
pub struct Fingers(Vec<(u64, Vec2)>);

/// Degrees that a finger's way of one logical pixel turns or tilts.
const DEG_A_PIXEL: f64 = 0.2;
/// Nearer fingers tell nothing of a direction, logical pixels.
const APART: f32 = 30.0;

/// Turns fingers into poses.
pub fn fingers(
    touches: Res<Touches>,
    taken: Res<InputTaken>,
    state: Res<ViewState>,
    mut before: Local<Fingers>,
    mut history: ResMut<History>,
    mut commands: MessageWriter<Command>,
) {
    let mut now: Vec<(u64, Vec2)> = touches.iter().map(|touch| (touch.id(), touch.position())).collect();
    now.sort_by_key(|(id, _)| *id);
    let last = std::mem::replace(&mut before.0, now.clone());
    if last.is_empty() && !now.is_empty() {
        history.pause();
    }
    let same = last.len() == now.len() && last.iter().zip(&now).all(|(a, b)| a.0 == b.0);
    if !same || taken.pointer {
        return;
    }
    let pose = match (&last[..], &now[..]) {
        ([(_, from)], [(_, to)]) => dragged(state.camera, *to - *from),
        ([(_, a), (_, b)], [(_, c), (_, d)]) => held_by_two(state.camera, [*a, *b], [*c, *d]),
        _ => return,
    };
    if pose != state.camera {
        commands.write(Command::Look(pose));
    }
}

/// One finger.
fn dragged(pose: Pose, way: Vec2) -> Pose {
    let way = way.as_dvec2();
    if pose.is_walking() {
        return pose.turned(pose.heading_deg - way.x * DEG_A_PIXEL, pose.pitch_deg - way.y * DEG_A_PIXEL);
    }
    pose.carried([way.x, way.y])
}

/// Two fingers, from where to where.
fn held_by_two(pose: Pose, from: [Vec2; 2], to: [Vec2; 2]) -> Pose {
    let (before, after) = (from[1] - from[0], to[1] - to[0]);
    let middle = ((to[0] + to[1]) - (from[0] + from[1])) * 0.5;
    let tilt = f64::from(middle.y) * DEG_A_PIXEL;
    if pose.is_walking() {
        return pose.turned(pose.heading_deg, pose.pitch_deg - tilt);
    }
    if before.length() < APART || after.length() < APART {
        return pose;
    }
    let twist_deg = f64::from(before.angle_to(after).to_degrees());
    Pose {
        distance_m: pose.distance_m * f64::from(before.length() / after.length()),
        heading_deg: pose.heading_deg - twist_deg,
        pitch_deg: (pose.pitch_deg + tilt).clamp(0.0, 90.0),
        ..pose
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingers_that_part_come_nearer_and_nothing_else() {
        let from = [Vec2::new(100.0, 200.0), Vec2::new(200.0, 200.0)];
        let to = [Vec2::new(50.0, 200.0), Vec2::new(250.0, 200.0)];
        let pose = held_by_two(Pose::TOWERS, from, to);
        assert_eq!(pose.distance_m, Pose::TOWERS.distance_m * 0.5);
        assert_eq!(Pose { distance_m: Pose::TOWERS.distance_m, ..pose }, Pose::TOWERS);
    }

    #[test]
    fn a_quarter_turn_of_the_fingers_turns_the_map_along() {
        let from = [Vec2::new(100.0, 200.0), Vec2::new(200.0, 200.0)];
        // Clockwise on the screen, whose y runs down: what was ahead is then to the right, so the eye looks left.
        let to = [Vec2::new(150.0, 150.0), Vec2::new(150.0, 250.0)];
        let pose = held_by_two(Pose::TOWERS, from, to);
        assert!((pose.heading_deg - (Pose::TOWERS.heading_deg - 90.0)).abs() < 1e-3, "{pose:?}");
    }

    #[test]
    fn a_finger_takes_the_ground_along() {
        let pose = dragged(Pose { heading_deg: 0.0, ..Pose::TOWERS }, Vec2::new(100.0, 0.0));
        assert!(pose.target_m[0] < Pose::TOWERS.target_m[0] && pose.target_m[1] == Pose::TOWERS.target_m[1]);
    }
}
