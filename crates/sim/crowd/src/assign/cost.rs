//! How long a link takes at a flow.
//!
//! **On foot** ([`Cost::Walk`]): the density is that at which the flow just passes, density = flow * time / area, so
//! time and flow follow Weidmann's curve on its free branch. From 95 % of the capacity on the curve goes on along
//! its tangent: more than the capacity cannot pass in truth, people wait, and where is not known to a static model;
//! the tangent keeps the time rising, and, unlike a queue at the link's end, gives the same whether a street is one
//! link or ten. Both directions of a link share its width.
//!
//! **Roads** ([`Cost::Bpr`]): Bureau of Public Roads 1964, time = free * (1 + alpha * (flow / capacity)^beta).

use std::sync::LazyLock;

use crate::fundamental::{FREE_SPEED_M_S, capacity, density_of_flow_m2, weidmann_speed_m_s};

/// How long a link takes at a flow. Every one rises with the flow, or stays.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cost {
    /// On foot: flow in persons/s, both directions together; time in seconds.
    Walk {
        /// Length, metres.
        length_m: f64,
        /// Clear width, metres.
        width_m: f64,
        /// Speed here over speed on the level, for example 0.5 on stairs.
        pace: f64,
        /// What it takes besides, seconds, however few there are: a lift, say.
        wait_s: f64,
    },
    /// A road: any units, those of the capacity and of the free time.
    Bpr {
        /// Time without traffic.
        free: f64,
        /// Practical capacity.
        capacity: f64,
        /// Usually 0.15.
        alpha: f64,
        /// Usually 4.
        beta: f64,
    },
    /// The same at any flow.
    Fixed {
        /// The time.
        time: f64,
    },
    /// Rises evenly.
    Linear {
        /// Time without flow.
        free: f64,
        /// More time for one more unit of flow.
        slope: f64,
    },
}

impl Cost {
    /// Time at a flow.
    pub fn time(&self, flow: f64) -> f64 {
        match *self {
            Self::Walk { length_m, width_m, pace, wait_s } => {
                wait_s + length_m / pace * walk_time_s_m(flow / (width_m * pace)).0
            }
            Self::Bpr { free, capacity, alpha, beta } => free * (1.0 + alpha * (flow / capacity).powf(beta)),
            Self::Fixed { time } => time,
            Self::Linear { free, slope } => free + slope * flow,
        }
    }

    /// How much longer it takes for one more unit of flow.
    pub fn slope(&self, flow: f64) -> f64 {
        match *self {
            Self::Walk { length_m, width_m, pace, .. } => {
                length_m / (pace * pace * width_m) * walk_time_s_m(flow / (width_m * pace)).1
            }
            Self::Bpr { free, capacity, alpha, beta } => {
                free * alpha * beta / capacity * (flow / capacity).powf(beta - 1.0)
            }
            Self::Fixed { .. } => 0.0,
            Self::Linear { slope, .. } => slope,
        }
    }
}

/// Share of the capacity from which on the curve is its tangent.
const TANGENT_FROM: f64 = 0.95;
const KNOTS: usize = 4096;

/// Time of a metre of way (s/m) at a specific flow (persons/(s m)), and its slope.
pub fn walk_time_s_m(flow_s_m: f64) -> (f64, f64) {
    static TABLE: LazyLock<Vec<f64>> = LazyLock::new(|| {
        let step = capacity().1 * TANGENT_FROM / KNOTS as f64;
        let time = |knot: usize| 1.0 / weidmann_speed_m_s(density_of_flow_m2(knot as f64 * step));
        (0..=KNOTS).map(time).collect()
    });
    if flow_s_m.is_nan() || flow_s_m <= 0.0 {
        return (1.0 / FREE_SPEED_M_S, 0.0);
    }
    let step = capacity().1 * TANGENT_FROM / KNOTS as f64;
    // The last piece of the table goes on for ever: that is the tangent.
    let knot = ((flow_s_m / step) as usize).min(KNOTS - 1);
    let slope = (TABLE[knot + 1] - TABLE[knot]) / step;
    (TABLE[knot] + slope * (flow_s_m - knot as f64 * step), slope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fundamental::specific_flow_s_m;

    const STREET: Cost = Cost::Walk { length_m: 120.0, width_m: 3.0, pace: 1.0, wait_s: 0.0 };

    #[test]
    fn walking_takes_as_long_as_its_density_says() {
        for density in [0.05, 0.2, 0.5, 0.9, 1.2] {
            let flow = specific_flow_s_m(density) * 3.0;
            let time = STREET.time(flow);
            assert!((time - 120.0 / weidmann_speed_m_s(density)).abs() / time < 1e-5, "{density}");
            // density = flow * time / area
            assert!((flow * time / 360.0 - density).abs() < 1e-4, "{density}");
        }
        assert!((STREET.time(0.0) - 120.0 / 1.34).abs() < 1e-9);
    }

    #[test]
    fn time_rises_over_the_capacity_and_does_not_mind_cuts() {
        let over = capacity().1 * 3.0 * 2.0;
        assert!(STREET.time(over) > 2.0 * STREET.time(over / 4.0));
        let half = Cost::Walk { length_m: 60.0, width_m: 3.0, pace: 1.0, wait_s: 0.0 };
        assert!((2.0 * half.time(over) - STREET.time(over)).abs() < 1e-9);
        let mut last = 0.0;
        for step in 0..2000 {
            let time = STREET.time(f64::from(step) * 0.005);
            assert!(time >= last);
            last = time;
        }
    }

    #[test]
    fn slopes_are_those_of_the_times() {
        let road = Cost::Bpr { free: 6.0, capacity: 5000.0, alpha: 0.15, beta: 4.0 };
        let stairs = Cost::Walk { length_m: 20.0, width_m: 2.0, pace: 0.5, wait_s: 3.0 };
        for (cost, flow, small) in
            [(road, 7000.0, 1.0), (STREET, 2.0, 1e-4), (stairs, 0.4, 1e-4), (stairs, 9.0, 1e-4)]
        {
            let measured = (cost.time(flow + small) - cost.time(flow - small)) / (2.0 * small);
            let found = cost.slope(flow);
            assert!((found - measured).abs() <= 2e-3 * measured, "{cost:?}: {found} {measured}");
        }
    }

    #[test]
    fn stairs_are_slower_and_pass_fewer() {
        let stairs = Cost::Walk { length_m: 120.0, width_m: 3.0, pace: 0.5, wait_s: 0.0 };
        assert!((stairs.time(0.0) - 2.0 * STREET.time(0.0)).abs() < 1e-9);
        assert!(stairs.time(1.5) / stairs.time(0.0) > STREET.time(1.5) / STREET.time(0.0));
    }
}
