//! `futago sun-position`: where the sun stands at an instant.
//!
//! NREL's Solar Position Algorithm. Angles in degrees, azimuth clockwise from true north. With pressure and
//! temperature the zenith angle is the apparent one (refraction included), without them the true one.

use futago_sunlight::{Observer, Position, position};
use futago_texts::Texts;
use jiff::Timestamp;
use serde::Serialize;

use super::place::place;
use crate::cli::SunPositionArgs;
use crate::failure::Failure;
use crate::print;
use crate::simulation::words;

/// What is asked and answered, as JSON.
#[derive(Debug, Serialize)]
struct Answer {
    time_utc: String,
    lon: f64,
    lat: f64,
    elevation_m: f64,
    refraction: bool,
    #[serde(flatten)]
    position: Position,
    altitude_deg: f64,
}

pub fn run(args: &SunPositionArgs, texts: &Texts) -> anyhow::Result<()> {
    let at = place(args.lon, args.lat, texts)?;
    let instant: Timestamp = args.time.parse().map_err(|problem: jiff::Error| {
        let words = [("time", args.time.as_str().into()), ("problem", problem.to_string().into())];
        Failure::wrong_use(texts, "cli-usage-time", &words)
    })?;
    let observer = Observer {
        lon_deg: at.lon_deg,
        lat_deg: at.lat_deg,
        elevation_m: args.elevation,
        atmosphere: args.pressure.zip(args.temperature),
        delta_t_s: args.delta_t,
    };
    let position = position(instant, observer).map_err(|error| words::failure(&error, None, texts))?;
    let answer = Answer {
        time_utc: instant.to_string(),
        lon: at.lon_deg,
        lat: at.lat_deg,
        elevation_m: args.elevation,
        refraction: observer.atmosphere.is_some(),
        position,
        altitude_deg: 90.0 - position.zenith_deg,
    };
    if args.json {
        print::json(texts, &answer)
    } else {
        print::answer(texts, &answer.in_words(&args.time, texts))
    }
}

impl Answer {
    fn in_words(&self, time: &str, texts: &Texts) -> String {
        let Position {
            azimuth_deg,
            zenith_deg,
            declination_deg,
            equation_of_time_min,
            distance_au,
            delta_t_s,
        } = self.position;
        let six = |value: f64| format!("{value:.6}").into();
        let refraction = texts.text(if self.refraction { "cli-sun-refracted" } else { "cli-sun-geometric" });
        let mut lines = vec![
            texts.format(
                "cli-sun-title",
                &[
                    ("time", time.into()),
                    ("lon", self.lon.to_string().into()),
                    ("lat", self.lat.to_string().into()),
                ],
            ),
            texts.format(
                "cli-sun-azimuth",
                &[
                    ("azimuth", six(azimuth_deg)),
                    ("direction", texts.text(direction_key(azimuth_deg)).into()),
                ],
            ),
            texts.format(
                "cli-sun-height",
                &[
                    ("zenith", six(zenith_deg)),
                    ("altitude", six(self.altitude_deg)),
                    ("refraction", refraction.into()),
                ],
            ),
            texts.format(
                "cli-sun-more",
                &[
                    ("declination", six(declination_deg)),
                    ("equation", format!("{equation_of_time_min:.3}").into()),
                    ("distance", six(distance_au)),
                    ("delta", format!("{delta_t_s:.1}").into()),
                ],
            ),
        ];
        if self.altitude_deg < 0.0 {
            lines.push(texts.text("cli-sun-below"));
        }
        lines.join("\n")
    }
}

/// The nearest of eight directions.
fn direction_key(azimuth_deg: f64) -> &'static str {
    const KEYS: [&str; 8] = [
        "cli-direction-n",
        "cli-direction-ne",
        "cli-direction-e",
        "cli-direction-se",
        "cli-direction-s",
        "cli-direction-sw",
        "cli-direction-w",
        "cli-direction-nw",
    ];
    KEYS[(azimuth_deg.rem_euclid(360.0) / 45.0).round() as usize % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_the_nearest_of_eight() {
        for (azimuth, key) in
            [(0.0, "n"), (359.9, "n"), (22.6, "ne"), (194.3, "s"), (270.0, "w"), (315.1, "nw")]
        {
            assert_eq!(direction_key(azimuth), format!("cli-direction-{key}"), "{azimuth}");
        }
    }
}
