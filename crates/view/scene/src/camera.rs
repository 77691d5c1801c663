//! The eye: it follows the state's pose smoothly, and turns mouse and keys into poses.
//!
//! Left drag moves the ground along, right drag turns round the place looked at, the wheel or two fingers come
//! nearer to what the pointer is on. Keys: arrows or WASD move, Q and E turn, R and F tilt, + and - come nearer
//! and go away. On foot ([`Pose::is_walking`]) dragging looks around, and walls stop a step.

use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::input::gestures::{PinchGesture, RotationGesture};
use bevy::input::mouse::{AccumulatedMouseMotion, MouseScrollUnit, MouseWheel};
use bevy::light::ShadowFilteringMethod;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

use crate::city::TheCity;
use crate::edits::Edited;
use crate::pick::roof_over;
use crate::quality::Quality;
use crate::sky::SkyDome;
use crate::state::{Command, EYE_M, History, Pose, ViewState};

/// Marks the eye.
#[derive(Component)]
pub struct Eye;

/// Whether mouse and keys belong to something in front of the scene.
#[derive(Resource, Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct InputTaken {
    /// The pointer is over a panel.
    pub pointer: bool,
    /// A text is being typed.
    pub keys: bool,
}

/// The pose that is shown at this moment, on its way to the state's.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct Moving {
    shown: Option<Pose>,
    /// Whether it was another in the last frame: where frames take long the eye arrives at once.
    moved: bool,
}

/// The eye as it begins, with what a graphics card can do. [`crate::coarse`] adds what the quality asks for.
pub fn eye(pose: &Pose, quality: &Quality) -> impl Bundle {
    let fine = quality.samples > 1;
    let projection =
        PerspectiveProjection { fov: 42_f32.to_radians(), near: 0.4, far: 100_000.0, ..default() };
    (
        Eye,
        Camera3d::default(),
        Tonemapping::None,
        Projection::Perspective(projection),
        if fine { Msaa::Sample4 } else { Msaa::Off },
        if fine { ShadowFilteringMethod::Gaussian } else { ShadowFilteringMethod::Hardware2x2 },
        transform_of(pose),
    )
}

/// Eye and orientation of a pose, Bevy's axes.
pub fn transform_of(pose: &Pose) -> Transform {
    let bevy = |[east, north, up]: [f64; 3]| Vec3::new(east as f32, up as f32, -north as f32);
    let mut eye = bevy(pose.eye_m());
    // Between two poses it may dip below the ground.
    eye.y = eye.y.max(EYE_M as f32);
    // Straight down there is no horizon to be level with.
    let upward = if pose.pitch_deg > 89.5 {
        let heading = pose.heading_deg.to_radians();
        bevy([heading.sin(), heading.cos(), 0.0])
    } else {
        Vec3::Y
    };
    Transform::from_translation(eye).looking_to(bevy(pose.ahead()), upward)
}

/// Moves the eye towards its pose, half of the way in a twentieth of a second.
pub fn follow(
    state: Res<ViewState>,
    city: Res<TheCity>,
    edited: Res<Edited>,
    time: Res<Time>,
    mut moving: ResMut<Moving>,
    mut eye: Single<&mut Transform, With<Eye>>,
    mut dome: Query<&mut Transform, (With<SkyDome>, Without<Eye>)>,
) {
    let goal = state.camera;
    let now = moving.shown.unwrap_or(goal);
    let share = 1.0 - 0.5_f64.powf(time.delta_secs_f64() / 0.05);
    let next = between(&now, &goal, share);
    *moving = Moving { shown: Some(next), moved: next != now };
    let transform = outside(&next, &city, &edited);
    if **eye != transform {
        **eye = transform;
        for mut dome in &mut dome {
            dome.translation = transform.translation;
        }
    }
}

/// A building is looked over where the eye would be inside it.
fn outside(pose: &Pose, city: &TheCity, edited: &Edited) -> Transform {
    let transform = transform_of(pose);
    let [east, north, _] = pose.eye_m();
    let Some(roof_m) = roof_over(&city.model, edited, [east, north, f64::from(transform.translation.y)])
    else {
        return transform;
    };
    let eye = Vec3::new(transform.translation.x, roof_m as f32 + 2.0, transform.translation.z);
    let [east, north, up] = pose.target_m;
    let target = Vec3::new(east as f32, up as f32, -north as f32);
    // From high over the target itself there is no level direction to keep.
    let upward = if pose.pitch_deg > 89.5 { *transform.up() } else { Vec3::Y };
    Transform::from_translation(eye).looking_at(target, upward)
}

/// Whether the eye is still on its way.
pub fn is_moving(state: &ViewState, moving: &Moving) -> bool {
    moving.moved || moving.shown != Some(state.camera)
}

fn between(a: &Pose, b: &Pose, share: f64) -> Pose {
    let mix = |a: f64, b: f64| a + (b - a) * share;
    let turn = (b.heading_deg - a.heading_deg + 540.0).rem_euclid(360.0) - 180.0;
    let next = Pose {
        target_m: std::array::from_fn(|i| mix(a.target_m[i], b.target_m[i])),
        heading_deg: (a.heading_deg + turn * share).rem_euclid(360.0),
        pitch_deg: mix(a.pitch_deg, b.pitch_deg),
        distance_m: mix(a.distance_m, b.distance_m),
    };
    let left = (0..3).map(|i| (b.target_m[i] - next.target_m[i]).abs()).fold(0.0, f64::max);
    let near = left < 1e-4 * b.distance_m
        && turn.abs() * (1.0 - share) < 0.01
        && (b.pitch_deg - next.pitch_deg).abs() < 0.01
        && (b.distance_m / next.distance_m - 1.0).abs() < 1e-4;
    if near { *b } else { next }
}

/// Where a ray through the pointer meets the ground, site metres.
pub fn ground_under(ray: Ray3d) -> Option<[f64; 2]> {
    let down = -ray.direction.y;
    (down > 1e-3).then(|| {
        let at = ray.origin + *ray.direction * (ray.origin.y / down);
        [f64::from(at.x), f64::from(-at.z)]
    })
}

/// Turns the mouse into poses.
#[expect(clippy::too_many_arguments, reason = "a system names what it touches")]
pub fn mouse(
    taken: Res<InputTaken>,
    buttons: Res<ButtonInput<MouseButton>>,
    keys: Res<ButtonInput<KeyCode>>,
    motion: Res<AccumulatedMouseMotion>,
    mut wheel: MessageReader<MouseWheel>,
    mut pinches: MessageReader<PinchGesture>,
    mut rotations: MessageReader<RotationGesture>,
    window: Query<&Window, With<PrimaryWindow>>,
    eye: Single<(&Camera, &GlobalTransform), With<Eye>>,
    state: Res<ViewState>,
    mut history: ResMut<History>,
    mut commands: MessageWriter<Command>,
) {
    let scrolled =
        |event: &MouseWheel| if event.unit == MouseScrollUnit::Line { event.y } else { event.y / 40.0 };
    // A pinch to twice the size comes as near as five clicks of the wheel.
    let lines = wheel.read().map(scrolled).sum::<f32>() + pinches.read().map(|p| p.0 * 5.0).sum::<f32>();
    let twist_deg = f64::from(rotations.read().map(|r| r.0).sum::<f32>());
    if buttons.any_just_pressed([MouseButton::Left, MouseButton::Right, MouseButton::Middle]) {
        history.pause();
    }
    if taken.pointer {
        return;
    }
    let mut pose = state.camera;
    pose.heading_deg += twist_deg;
    let turns = buttons.pressed(MouseButton::Right)
        || (buttons.pressed(MouseButton::Left)
            && keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]));
    let delta = motion.delta.as_dvec2();
    if pose.is_walking() {
        if buttons.any_pressed([MouseButton::Left, MouseButton::Right, MouseButton::Middle]) {
            pose = pose.turned(pose.heading_deg - delta.x * 0.15, pose.pitch_deg - delta.y * 0.15);
        }
        if lines < 0.0 {
            pose = Pose { distance_m: 120.0, pitch_deg: 25.0, ..pose };
        }
    } else if turns {
        pose.heading_deg += delta.x * 0.25;
        pose.pitch_deg += delta.y * 0.2;
    } else if buttons.any_pressed([MouseButton::Left, MouseButton::Middle]) {
        pose = pose.carried([delta.x, delta.y]);
    }
    if lines != 0.0 && !pose.is_walking() && !state.camera.is_walking() {
        let factor = 0.85_f64.powf(f64::from(lines));
        let pointer = window.iter().next().and_then(Window::cursor_position);
        let ray = pointer.and_then(|at| eye.0.viewport_to_world(eye.1, at).ok());
        if let Some(under) = ray.and_then(ground_under) {
            for (target, under) in pose.target_m.iter_mut().zip(under) {
                let way = (under - *target).clamp(-pose.distance_m, pose.distance_m);
                *target += way * (1.0 - factor);
            }
        }
        pose.distance_m *= factor;
    }
    if pose != state.camera {
        commands.write(Command::Look(pose));
    }
}

/// Pace of somebody in a hurry, metres a second; with Shift faster than anybody.
const WALK_M_S: f64 = 5.0;
const RUN_M_S: f64 = 20.0;

/// Turns keys into poses.
pub fn keys(
    taken: Res<InputTaken>,
    city: Res<TheCity>,
    edited: Res<Edited>,
    keys: Res<ButtonInput<KeyCode>>,
    time: Res<Time>,
    state: Res<ViewState>,
    mut commands: MessageWriter<Command>,
) {
    if taken.keys || keys.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::SuperLeft]) {
        return;
    }
    let seconds = time.delta_secs_f64().min(0.1);
    let held = |one: KeyCode, other: KeyCode| f64::from(u8::from(keys.any_pressed([one, other])));
    let right = held(KeyCode::KeyD, KeyCode::ArrowRight) - held(KeyCode::KeyA, KeyCode::ArrowLeft);
    let ahead = held(KeyCode::KeyW, KeyCode::ArrowUp) - held(KeyCode::KeyS, KeyCode::ArrowDown);
    let turn = held(KeyCode::KeyE, KeyCode::KeyE) - held(KeyCode::KeyQ, KeyCode::KeyQ);
    let tilt = held(KeyCode::KeyR, KeyCode::KeyR) - held(KeyCode::KeyF, KeyCode::KeyF);
    let away = held(KeyCode::Minus, KeyCode::NumpadSubtract) - held(KeyCode::Equal, KeyCode::NumpadAdd);
    if [right, ahead, turn, tilt, away] == [0.0; 5] {
        return;
    }
    let mut pose = state.camera;
    if pose.is_walking() {
        let hurry = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
        let metres = if hurry { RUN_M_S } else { WALK_M_S } * seconds;
        pose = pose.stepped(right * metres, ahead * metres);
        if roof_over(&city.model, &edited, pose.eye_m()).is_some() {
            pose = state.camera;
        }
        pose = pose.turned(pose.heading_deg + turn * 60.0 * seconds, pose.pitch_deg + tilt * 40.0 * seconds);
    } else {
        let metres = pose.distance_m * 0.6 * seconds;
        pose = pose.stepped(right * metres, ahead * metres);
        pose.heading_deg += turn * 60.0 * seconds;
        pose.pitch_deg += tilt * 40.0 * seconds;
        pose.distance_m *= (away * 1.2 * seconds).exp();
    }
    commands.write(Command::Look(pose));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eye_is_behind_and_above_what_it_looks_at() {
        let pose =
            Pose { target_m: [10.0, 20.0, 5.0], heading_deg: 90.0, pitch_deg: 30.0, distance_m: 100.0 };
        let transform = transform_of(&pose);
        let expected = Vec3::new(10.0 - 86.602_54, 55.0, -20.0);
        assert!(transform.translation.distance(expected) < 1e-2, "{transform:?}");
        assert!(transform.forward().distance(Vec3::new(0.866_025_4, -0.5, 0.0)) < 1e-4);
    }

    #[test]
    fn a_pose_is_reached_and_kept_by_the_short_way_round() {
        let goal = Pose { heading_deg: 350.0, ..Pose::TOWERS };
        let mut now = Pose { heading_deg: 10.0, distance_m: 400.0, ..Pose::TOWERS };
        for frame in 0..300 {
            now = between(&now, &goal, 0.2);
            assert!(now.heading_deg < 11.0 || now.heading_deg > 349.0, "frame {frame}: {now:?}");
        }
        assert_eq!(now, goal);
    }

    #[test]
    fn a_ray_down_meets_the_ground() {
        let ray = Ray3d::new(Vec3::new(3.0, 50.0, -7.0), Dir3::NEG_Y);
        assert_eq!(ground_under(ray), Some([3.0, 7.0]));
        assert_eq!(ground_under(Ray3d::new(Vec3::Y, Dir3::X)), None);
    }
}
