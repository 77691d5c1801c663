//! How a result was made: version, inputs, seed, device, times.
//!
//! Names of files, not paths: results are passed on, and where somebody keeps their files is their own.

use std::time::Instant;

use futago_compute::Engine;
use futago_field::{Provenance, Timing};
use jiff::Timestamp;

/// The start of a run.
pub struct Started {
    at: Instant,
    utc: Timestamp,
}

impl Started {
    pub fn now() -> Self {
        Self { at: Instant::now(), utc: Timestamp::now() }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.at.elapsed().as_secs_f64()
    }

    /// The provenance of results that are ready now. `inputs` are names and hashes.
    pub fn provenance(&self, inputs: Vec<(String, String)>, seed: u64, engine: &Engine) -> Provenance {
        let timings = engine.timings().into_iter();
        Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            inputs,
            seed,
            backend: engine.backend().to_string(),
            backend_reason: engine.reason().to_owned(),
            device: engine.device_name(),
            threads: rayon::current_num_threads(),
            started_utc: format!("{:.0}", self.utc),
            wall_s: self.seconds(),
            timings: timings
                .map(|t| Timing { name: t.name.to_owned(), seconds: t.seconds, calls: t.calls })
                .collect(),
        }
    }
}
