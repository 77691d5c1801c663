//! The rules for arrows and names.

/// A crate as far as the rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrateInfo {
    /// Package name.
    pub name: String,
    /// Folder below the workspace root, with `/`: `crates/base/compute`.
    pub folder: String,
    /// What its manifest names.
    pub dependencies: Vec<Dependency>,
}

/// One line of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependency {
    /// Name of the package.
    pub name: String,
    /// Whether only tests need it.
    pub dev: bool,
}

/// Where a crate is in the order of arrows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Base,
    City,
    Io,
    Sim,
    View,
    App,
    Test,
    Tools,
}

impl CrateInfo {
    fn layer(&self) -> Option<Layer> {
        let parts: Vec<&str> = self.folder.split('/').collect();
        match parts.as_slice() {
            ["shaders"] | ["crates", "base", _] => Some(Layer::Base),
            ["crates", "city", _] => Some(Layer::City),
            ["crates", "io", _] => Some(Layer::Io),
            ["crates", "sim", _] => Some(Layer::Sim),
            ["crates", "view", _] => Some(Layer::View),
            ["crates", "app", _] => Some(Layer::App),
            ["crates", "test", _] => Some(Layer::Test),
            ["tools", _] => Some(Layer::Tools),
            _ => None,
        }
    }

    fn folder_name(&self) -> &str {
        self.folder.rsplit('/').next().unwrap_or_default()
    }

    fn is_contract(&self) -> bool {
        self.folder == "crates/sim/contract"
    }

    fn expected_name(&self) -> String {
        match self.layer() {
            Some(Layer::Tools) => self.folder_name().to_owned(),
            Some(Layer::App) if self.folder_name() == "futago" => "futago".to_owned(),
            _ => format!("futago_{}", self.folder_name()),
        }
    }
}

impl Layer {
    fn folder(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::City => "city",
            Self::Io => "io",
            Self::Sim => "sim",
            Self::View => "view",
            Self::App => "app",
            Self::Test => "test",
            Self::Tools => "tools",
        }
    }

    /// Layers it may use.
    fn may_use(self) -> &'static [Layer] {
        use Layer::{App, Base, City, Io, Sim, Test, Tools, View};
        match self {
            Base => &[Base],
            City => &[Base, City],
            Io => &[Base, City, Io],
            Sim => &[Base, City, Sim],
            View => &[Base, City, Io, Sim, View],
            App => &[Base, City, Io, Sim, View],
            Test => &[Base, City, Test],
            Tools => &[Base, City, Io, Sim, View, App, Test, Tools],
        }
    }
}

/// Everything that breaks the rules for arrows and names, one line each.
pub fn graph_problems(crates: &[CrateInfo]) -> Vec<String> {
    let mut problems = Vec::new();
    if crates.is_empty() {
        problems.push("the workspace has no crates: nothing was checked".to_owned());
    }
    for from in crates {
        let Some(layer) = from.layer() else {
            problems.push(format!("{} is in none of the folders of the tree", from.folder));
            continue;
        };
        if from.name != from.expected_name() {
            problems.push(format!(
                "{} is called `{}`, not `{}`",
                from.folder,
                from.name,
                from.expected_name()
            ));
        }
        for dependency in &from.dependencies {
            let own = crates.iter().find(|to| to.name == dependency.name);
            let problem = match own {
                Some(to) => arrow_problem(from, layer, to, dependency.dev),
                None => foreign_problem(from, layer, &dependency.name),
            };
            problems.extend(problem);
        }
    }
    problems
}

fn arrow_problem(from: &CrateInfo, layer: Layer, to: &CrateInfo, dev: bool) -> Option<String> {
    let arrow = format!("{} uses {}", from.folder, to.folder);
    let target = to.layer()?;
    if target == Layer::Test && layer != Layer::Test && layer != Layer::Tools {
        return (!dev).then(|| format!("{arrow}, which is for dev-dependencies only"));
    }
    if layer == Layer::Sim && target == Layer::Sim {
        let allowed = to.is_contract() && !from.is_contract();
        return (!allowed).then(|| format!("{arrow}: simulations share only sim/contract"));
    }
    if layer == Layer::Test && to.is_contract() {
        return None;
    }
    let allowed = layer.may_use().contains(&target);
    (!allowed).then(|| format!("{arrow}: no arrow from `{}` to `{}`", layer.folder(), target.folder()))
}

fn foreign_problem(from: &CrateInfo, layer: Layer, name: &str) -> Option<String> {
    let uses = format!("{} uses {name}", from.folder);
    let is_bevy = name == "bevy" || name.starts_with("bevy_");
    if is_bevy && !matches!(layer, Layer::View | Layer::App | Layer::Tools) {
        return Some(format!("{uses}: only view and app may name bevy"));
    }
    let is_wgpu = name == "wgpu" || name.starts_with("wgpu-");
    if is_wgpu && layer != Layer::View && layer != Layer::Tools && from.folder != "crates/base/compute" {
        return Some(format!("{uses}: only base/compute and view may name wgpu"));
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn a_crate(folder: &str, name: &str, dependencies: &[&str]) -> CrateInfo {
        let dependencies = dependencies
            .iter()
            .map(|name| Dependency {
                name: name.trim_start_matches("dev:").to_owned(),
                dev: name.starts_with("dev:"),
            })
            .collect();
        CrateInfo { name: name.to_owned(), folder: folder.to_owned(), dependencies }
    }

    /// A workspace that keeps all rules.
    pub(crate) fn good() -> Vec<CrateInfo> {
        vec![
            a_crate("shaders", "futago_shaders", &["dev:naga"]),
            a_crate("crates/base/compute", "futago_compute", &["wgpu", "rayon"]),
            a_crate("crates/city/model", "futago_model", &["serde"]),
            a_crate("crates/io/geojson", "futago_geojson", &["geojson"]),
            a_crate("crates/io/assemble", "futago_assemble", &["futago_geojson", "futago_model"]),
            a_crate("crates/sim/contract", "futago_contract", &["futago_model", "futago_compute"]),
            a_crate(
                "crates/sim/sunlight",
                "futago_sunlight",
                &["futago_contract", "futago_shaders", "dev:futago_testkit"],
            ),
            a_crate("crates/sim/wind", "futago_wind", &["futago_contract"]),
            a_crate("crates/view/scene", "futago_scene", &["bevy", "bevy_egui", "wgpu", "futago_sunlight"]),
            a_crate("crates/app/futago", "futago", &["futago_scene", "futago_assemble", "bevy"]),
            a_crate("crates/test/testkit", "futago_testkit", &["futago_compute", "futago_model"]),
            a_crate("tools/xtask", "xtask", &["futago_assemble", "futago"]),
        ]
    }

    #[test]
    fn a_good_workspace_passes() {
        assert_eq!(graph_problems(&good()), Vec::<String>::new());
    }

    #[test]
    fn every_wrong_arrow_is_found() {
        let cases = [
            ("crates/base/compute", "futago_model", "no arrow from `base` to `city`"),
            ("crates/city/model", "futago_geojson", "no arrow from `city` to `io`"),
            ("crates/io/assemble", "futago_sunlight", "no arrow from `io` to `sim`"),
            ("crates/io/assemble", "futago_contract", "no arrow from `io` to `sim`"),
            ("crates/sim/sunlight", "futago_geojson", "no arrow from `sim` to `io`"),
            ("crates/sim/sunlight", "dev:futago_geojson", "no arrow from `sim` to `io`"),
            ("crates/sim/sunlight", "futago_wind", "simulations share only sim/contract"),
            ("crates/sim/contract", "futago_wind", "simulations share only sim/contract"),
            ("crates/sim/wind", "futago_scene", "no arrow from `sim` to `view`"),
            ("crates/view/scene", "futago", "no arrow from `view` to `app`"),
            ("crates/sim/wind", "futago_testkit", "for dev-dependencies only"),
            ("crates/test/testkit", "futago_sunlight", "no arrow from `test` to `sim`"),
            ("crates/app/futago", "xtask", "no arrow from `app` to `tools`"),
            ("shaders", "futago_model", "no arrow from `base` to `city`"),
            ("crates/sim/wind", "bevy_ecs", "only view and app may name bevy"),
            ("crates/app/futago", "wgpu", "only base/compute and view may name wgpu"),
            ("crates/sim/wind", "dev:wgpu", "only base/compute and view may name wgpu"),
        ];
        for (folder, dependency, wanted) in cases {
            let mut crates = good();
            let from = crates.iter_mut().find(|c| c.folder == folder).expect("a crate of the list");
            from.dependencies.extend(a_crate("", "", &[dependency]).dependencies);
            let problems = graph_problems(&crates);
            assert!(
                problems.len() == 1 && problems[0].contains(wanted),
                "{folder} -> {dependency}: {problems:?}"
            );
        }
    }

    #[test]
    fn wrong_names_and_places_are_found() {
        let mut crates = good();
        crates[1].name = "futago-compute".to_owned();
        crates.push(a_crate("crates/misc", "futago_misc", &[]));
        crates.push(a_crate("crates/app/server", "futago", &[]));
        let problems = graph_problems(&crates).join("\n");
        for wanted in ["not `futago_compute`", "crates/misc is in none", "not `futago_server`"] {
            assert!(problems.contains(wanted), "{wanted}: {problems}");
        }
        assert!(!graph_problems(&[]).is_empty());
    }
}
