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

/// Passes of `futago_crowd`.
pub mod crowd {
    /// Records and kernels; shared by the passes of the density field.
    pub const KERNEL: &str = include_str!("../crowd/kernel.wgsl");
    /// What a piece's kernel along the streets adds up to.
    pub const ALONG_NORMS: &str = include_str!("../crowd/along_norms.wgsl");
    /// Spreads persons along the streets.
    pub const SMOOTH_ALONG: &str = include_str!("../crowd/smooth_along.wgsl");
    /// What the weights of a piece on its cells add up to.
    pub const ACROSS_NORMS: &str = include_str!("../crowd/across_norms.wgsl");
    /// Persons per square metre of each cell.
    pub const SPREAD_DENSITY: &str = include_str!("../crowd/spread_density.wgsl");
}

/// Materials of the view, in Bevy's dialect of WGSL; no simulation uses them.
pub mod view {
    /// Ground, streets and buildings.
    pub const CITY: &str = concat!(
        "#import bevy_pbr::forward_io::VertexOutput\n",
        "#import bevy_pbr::mesh_view_bindings::view\n",
        "#import bevy_pbr::shadows::fetch_directional_shadow\n",
        include_str!("../view/cut.wgsl"),
        include_str!("../view/city.wgsl"),
    );
    /// Their depth, for shadows and before they are drawn.
    pub const SHADOW: &str = concat!(
        "#import bevy_pbr::prepass_io::VertexOutput\n",
        "#import bevy_pbr::mesh_view_bindings::view\n",
        include_str!("../view/cut.wgsl"),
        include_str!("../view/shadow.wgsl"),
    );
    /// The sky.
    pub const SKY: &str = include_str!("../view/sky.wgsl");
    /// A part of the picture over all of it.
    pub const ENLARGE: &str = include_str!("../view/enlarge.wgsl");
}

/// Every file of a simulation by its path in this folder.
pub const ALL: &[(&str, &str)] = &[
    ("crowd/across_norms.wgsl", crowd::ACROSS_NORMS),
    ("crowd/along_norms.wgsl", crowd::ALONG_NORMS),
    ("crowd/kernel.wgsl", crowd::KERNEL),
    ("crowd/smooth_along.wgsl", crowd::SMOOTH_ALONG),
    ("crowd/spread_density.wgsl", crowd::SPREAD_DENSITY),
    ("sunlight/count_votes.wgsl", sunlight::COUNT_VOTES),
    ("sunlight/march.wgsl", sunlight::MARCH),
    ("sunlight/sky_view.wgsl", sunlight::SKY_VIEW),
    ("sunlight/sweep_params.wgsl", sunlight::SWEEP_PARAMS),
    ("sunlight/sweep_shadow.wgsl", sunlight::SWEEP_SHADOW),
    ("sunlight/trace_sun.wgsl", sunlight::TRACE_SUN),
];

/// Every file of the view by its path in this folder.
pub const VIEW: &[(&str, &str)] = &[
    ("view/city.wgsl", include_str!("../view/city.wgsl")),
    ("view/cut.wgsl", include_str!("../view/cut.wgsl")),
    ("view/enlarge.wgsl", view::ENLARGE),
    ("view/shadow.wgsl", include_str!("../view/shadow.wgsl")),
    ("view/sky.wgsl", view::SKY),
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
        let all = || super::ALL.iter().chain(super::VIEW);
        let listed: Vec<&str> = all().map(|(path, _)| *path).collect();
        assert_eq!(found, listed);
        assert!(!found.is_empty(), "no file was looked at");
        for (path, text) in all() {
            assert_eq!(std::fs::read_to_string(root.join(path)).unwrap(), *text, "{path} holds another file");
        }
    }
}
