//! Where the eye is.

use serde::{Deserialize, Serialize};

/// Where the eye is: it looks at a place of the ground from a distance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pose {
    /// The place looked at: east, north, up, site metres.
    pub target_m: [f64; 3],
    /// Direction of view, clockwise from grid north, degrees.
    pub heading_deg: f64,
    /// How far it looks down, degrees below the horizon.
    pub pitch_deg: f64,
    /// Distance from the place, metres; [`WALK_M`] for somebody who stands there and looks around.
    pub distance_m: f64,
}

/// Distance of a pose on foot, metres.
pub const WALK_M: f64 = 1.5;
/// The eye is never lower, metres above the ground.
pub const EYE_M: f64 = 1.6;
/// Looking up, the eye is at most this far from what it looks at, metres.
const UPWARD_M: f64 = 300.0;

impl Pose {
    /// The towers from the south-east, as on the way from the station.
    pub const TOWERS: Self =
        Self { target_m: [60.0, 60.0, 60.0], heading_deg: 318.0, pitch_deg: 24.0, distance_m: 1_350.0 };

    /// The nearest pose that keeps the eye above the ground and within sight of the city.
    pub fn held(self) -> Self {
        let finite = |v: f64, or: f64| if v.is_finite() { v } else { or };
        let pitch_deg = finite(self.pitch_deg, 30.0).clamp(-60.0, 90.0);
        let distance_m = match finite(self.distance_m, 1_000.0) {
            near if near <= 2.0 * WALK_M => WALK_M,
            far if pitch_deg < 0.0 => far.clamp(20.0, UPWARD_M),
            far => far.clamp(20.0, 12_000.0),
        };
        let mut target_m: [f64; 3] = std::array::from_fn(|i| {
            let reach = if i == 2 { [0.0, 500.0] } else { [-5_000.0, 5_000.0] };
            finite(self.target_m[i], 0.0).clamp(reach[0], reach[1])
        });
        // Looking up from below the ground becomes looking up from it.
        let lowest_m = EYE_M - distance_m * pitch_deg.to_radians().sin();
        target_m[2] = target_m[2].max(lowest_m);
        Self { target_m, heading_deg: finite(self.heading_deg, 0.0).rem_euclid(360.0), pitch_deg, distance_m }
    }

    /// Whether it is somebody on foot, who turns round themselves.
    pub fn is_walking(&self) -> bool {
        self.distance_m <= WALK_M
    }

    /// Where the eye is: east, north, up, metres.
    pub fn eye_m(&self) -> [f64; 3] {
        let ahead = self.ahead();
        std::array::from_fn(|i| self.target_m[i] - ahead[i] * self.distance_m)
    }

    /// The direction of view.
    pub fn ahead(&self) -> [f64; 3] {
        let (heading, pitch) = (self.heading_deg.to_radians(), self.pitch_deg.to_radians());
        [heading.sin() * pitch.cos(), heading.cos() * pitch.cos(), -pitch.sin()]
    }

    /// The place looked at moved to the right and ahead, metres.
    #[must_use]
    pub fn stepped(self, right: f64, ahead: f64) -> Self {
        let (sine, cosine) = self.heading_deg.to_radians().sin_cos();
        let [east, north, up] = self.target_m;
        let target_m = [east + right * cosine + ahead * sine, north + ahead * cosine - right * sine, up];
        Self { target_m, ..self }
    }

    /// The ground taken along by a way on the screen, logical pixels right and down, at the height of the picture's
    /// middle.
    #[must_use]
    pub fn carried(self, [right, down]: [f64; 2]) -> Self {
        let metres = self.distance_m * 1.15e-3;
        let slant = self.pitch_deg.to_radians().sin().max(0.25);
        self.stepped(-right * metres, down * metres / slant)
    }

    /// The same eye, looking elsewhere.
    pub fn turned(self, heading_deg: f64, pitch_deg: f64) -> Self {
        let eye = self.eye_m();
        let turned = Self { heading_deg, pitch_deg: pitch_deg.clamp(-60.0, 90.0), ..self };
        let ahead = turned.ahead();
        Self { target_m: std::array::from_fn(|i| eye[i] + ahead[i] * self.distance_m), ..turned }
    }

    /// Somebody who stands at a place and looks the same way.
    pub fn on_foot_at(self, [east, north]: [f64; 2]) -> Self {
        let on_foot = Self { pitch_deg: 0.0, distance_m: WALK_M, ..self };
        let ahead = on_foot.ahead();
        let eye = [east, north, EYE_M];
        Self { target_m: std::array::from_fn(|i| eye[i] + ahead[i] * WALK_M), ..on_foot }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eye_stays_above_the_ground_and_near_the_city() {
        let wild =
            Pose { target_m: [f64::NAN, 1e9, -7.0], heading_deg: -30.0, pitch_deg: -80.0, distance_m: 1e9 };
        let held = wild.held();
        assert_eq!((held.target_m[0], held.target_m[1]), (0.0, 5_000.0));
        assert_eq!((held.heading_deg, held.pitch_deg, held.distance_m), (330.0, -60.0, UPWARD_M));
        assert!((held.eye_m()[2] - EYE_M).abs() < 1e-9, "{held:?}");
        assert_eq!(held.held(), held);
    }

    #[test]
    fn somebody_on_foot_turns_round_themselves() {
        let on_foot = Pose::TOWERS.on_foot_at([30.0, -40.0]).held();
        assert!(on_foot.is_walking());
        let turned = on_foot.turned(90.0, -45.0).held();
        for (now, wanted) in turned.eye_m().into_iter().zip([30.0, -40.0, EYE_M]) {
            assert!((now - wanted).abs() < 1e-9, "{turned:?}");
        }
        assert!((turned.ahead()[0] - 0.5_f64.sqrt()).abs() < 1e-12, "it looks east and up");
    }
}
