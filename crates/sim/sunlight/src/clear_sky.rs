//! Irradiance under a clear sky: Ineichen and Perez 2002 (Solar Energy 73, 151-157), with the air mass of
//! Kasten and Young 1989. Good to about 5 % for global and 10 % for direct irradiance on clear days; the
//! Linke turbidity decides most of it.

/// Irradiance at the ground, W/m2.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ClearSky {
    /// Direct, on a surface facing the sun.
    pub direct_normal_w_m2: f64,
    /// Diffuse, on a level surface under the open sky.
    pub diffuse_w_m2: f64,
}

/// Irradiance outside the atmosphere at the mean distance of the sun, W/m2 (the value the model was fitted with).
const SOLAR_CONSTANT_W_M2: f64 = 1366.1;

/// Clear-sky irradiance for a sun `altitude_rad` over the horizon, `distance_au` away, at `elevation_m` above
/// sea level.
pub fn ineichen(altitude_rad: f64, distance_au: f64, turbidity: f64, elevation_m: f64) -> ClearSky {
    let sine = altitude_rad.sin();
    if sine <= 0.0 {
        return ClearSky::default();
    }
    let outside = SOLAR_CONSTANT_W_M2 / distance_au.powi(2);
    let zenith_deg = 90.0 - altitude_rad.to_degrees();
    let pressure_share = (1.0 - 2.255_77e-5 * elevation_m).powf(5.255_88);
    let air_mass = pressure_share / (sine + 0.505_72 * (96.079_95 - zenith_deg).powf(-1.6364));
    let (low_layer, high_layer) = ((-elevation_m / 8000.0).exp(), (-elevation_m / 1250.0).exp());
    let scale = 5.09e-5 * elevation_m + 0.868;
    let depth = 3.92e-5 * elevation_m + 0.0387;
    let global = scale
        * outside
        * sine
        * (-depth * air_mass * (low_layer + high_layer * (turbidity - 1.0))).exp()
        * (0.01 * air_mass.powf(1.8)).exp();
    let beam = outside * (0.664 + 0.163 / low_layer) * (-0.09 * air_mass * (turbidity - 1.0)).exp();
    let beam_limit =
        global * (1.0 - (0.1 - 0.2 * (-turbidity).exp()) / (0.1 + 0.882 / low_layer)).max(0.0) / sine;
    let direct = beam.min(beam_limit);
    ClearSky { direct_normal_w_m2: direct, diffuse_w_m2: (global - direct * sine).max(0.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of pvlib 0.16.1, `clearsky.ineichen` with Perez enhancement: zenith degrees, turbidity, altitude
    /// 35 m, extraterrestrial 1366.1 W/m2, giving direct normal and diffuse W/m2.
    #[test]
    fn the_values_of_an_independent_implementation() {
        for (zenith, turbidity, direct, diffuse) in PVLIB {
            let sky = ineichen((90.0 - zenith).to_radians(), 1.0, turbidity, 35.0);
            assert!((sky.direct_normal_w_m2 / direct - 1.0).abs() < 2e-3, "{zenith}: {sky:?}");
            assert!((sky.diffuse_w_m2 / diffuse - 1.0).abs() < 5e-3, "{zenith}: {sky:?}");
        }
    }

    const PVLIB: [(f64, f64, f64, f64); 4] = [
        (59.1, 3.0, 798.32, 92.07),
        (75.0, 3.0, 570.86, 71.80),
        (12.2, 4.5, 820.41, 178.71),
        (40.0, 2.0, 1006.00, 64.23),
    ];
}
