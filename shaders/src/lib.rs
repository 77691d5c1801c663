//! Every WGSL file of Futago, foldered as the simulations under `crates/sim` are.
//!
//! A pass is put together from these texts in order (helpers first); there is no preprocessor and no import.

/// Passes of `futago_sunlight`.
pub mod sunlight {
    /// Walking a ray over the plan; shared by the passes that trace.
    pub const MARCH: &str = include_str!("../sunlight/march.wgsl");
    /// How long each point sees the sun.
    pub const TRACE_SUN: &str = include_str!("../sunlight/trace_sun.wgsl");
    /// How much of the sky each point sees.
    pub const SKY_VIEW: &str = include_str!("../sunlight/sky_view.wgsl");
    /// Sizes of a grid of bits; shared by the passes over one.
    pub const SWEEP_PARAMS: &str = include_str!("../sunlight/sweep_params.wgsl");
    /// Shadows on a level plane.
    pub const SWEEP_SHADOW: &str = include_str!("../sunlight/sweep_shadow.wgsl");
    /// Adds up bit maps.
    pub const COUNT_VOTES: &str = include_str!("../sunlight/count_votes.wgsl");
}

/// Every file by its path in this folder.
pub const ALL: &[(&str, &str)] = &[
    ("sunlight/count_votes.wgsl", sunlight::COUNT_VOTES),
    ("sunlight/march.wgsl", sunlight::MARCH),
    ("sunlight/sky_view.wgsl", sunlight::SKY_VIEW),
    ("sunlight/sweep_params.wgsl", sunlight::SWEEP_PARAMS),
    ("sunlight/sweep_shadow.wgsl", sunlight::SWEEP_SHADOW),
    ("sunlight/trace_sun.wgsl", sunlight::TRACE_SUN),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// A shader that no constant names would never be checked.
    #[test]
    fn every_file_is_listed() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut found = Vec::new();
        for folder in std::fs::read_dir(root).unwrap().flatten().filter(|e| e.path().is_dir()) {
            for file in std::fs::read_dir(folder.path()).unwrap().flatten() {
                if file.path().extension().is_some_and(|e| e == "wgsl") {
                    let path = file.path().strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                    found.push(path);
                }
            }
        }
        found.sort();
        let listed: Vec<&str> = super::ALL.iter().map(|(path, _)| *path).collect();
        assert_eq!(found, listed);
        assert!(!found.is_empty(), "no file was looked at");
        for (path, text) in super::ALL {
            assert_eq!(std::fs::read_to_string(root.join(path)).unwrap(), *text, "{path} holds another file");
        }
    }
}
