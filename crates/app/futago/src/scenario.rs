//! The scenario file as the command line knows it: a head that is the same for all, and one table a
//! simulation.
//!
//! Keys and their units are explained in `docs/scenario.md`; `futago schema` prints the JSON schema made
//! from these types. Unknown keys are errors.

use std::path::{Path, PathBuf};

use futago_contract::{Problem, ScenarioError, parse_scenario};
use futago_crowd::Question as CrowdQuestion;
use futago_field::Bilingual;
use futago_office::Question as OfficeQuestion;
use futago_sunlight::Question as SunlightQuestion;
use futago_texts::{Arg, Texts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::builtin;
use crate::failure::{Failure, io_words};
use crate::simulation::{Asked, words};

/// The version of the format that this program reads.
const SCHEMA: u32 = 1;

/// Longest name, so that it can be a folder everywhere.
const LONGEST_NAME: usize = 80;

/// A scenario: one question to one simulation, and how to name the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Version of the format: 1.
    pub schema: u32,
    /// Short name, also of the results folder: letters, digits, `-`, `_` and `.`.
    pub name: String,
    /// Title of the report.
    pub title: Title,
    /// Seed of everything random. `--seed` goes before it.
    #[serde(default)]
    pub seed: u64,
    /// City packs, relative to the scenario file. The built-in city when empty; `--city` goes before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub city: Vec<PathBuf>,
    /// Shadows, sun hours, sky view, irradiance and equal-time shadow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sunlight: Option<SunlightQuestion>,
    /// How full the streets are, counted or modelled, and what a change does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crowd: Option<CrowdQuestion>,
    /// How full offices are by floor, building and area, and the lifts in the morning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeQuestion>,
}

#[cfg(feature = "window")]
impl Scenario {
    /// No question yet, named after its file.
    pub fn named(file: &str) -> Self {
        let kept = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        let name: String = file.chars().map(kept).take(LONGEST_NAME / 4).collect();
        let name = if is_name(&name) { name } else { "futago-view".to_owned() };
        let title = Title { ja: file.to_owned(), en: file.to_owned() };
        Self {
            schema: SCHEMA,
            name,
            title,
            seed: 0,
            city: Vec::new(),
            sunlight: None,
            crowd: None,
            office: None,
        }
    }
}

/// A title in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// Japanese.
    pub ja: String,
    /// English.
    pub en: String,
}

impl From<Title> for Bilingual {
    fn from(title: Title) -> Self {
        Self { ja: title.ja, en: title.en }
    }
}

/// A scenario with its text, for messages and hashes.
pub struct Loaded {
    pub scenario: Scenario,
    pub text: String,
    pub file: String,
    folder: PathBuf,
}

impl Loaded {
    /// The scenario of a file, or the built-in one.
    pub fn open(path: Option<&Path>, texts: &Texts) -> anyhow::Result<Self> {
        let (file, folder, text) = match path {
            None => (builtin::SCENARIO.0.to_owned(), PathBuf::new(), builtin::SCENARIO.1.to_owned()),
            Some(path) => {
                let folder = path.parent().map(Path::to_owned).unwrap_or_default();
                (path.display().to_string(), folder, read(path, texts)?)
            }
        };
        let scenario: Scenario = parse_scenario(&text, &file).map_err(|e| in_words(texts, &e))?;
        let loaded = Self { scenario, text, file, folder };
        loaded.check(texts)?;
        Ok(loaded)
    }

    /// The name of the file, without the folders it lies in.
    pub fn short_name(&self) -> String {
        Path::new(&self.file).file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The packs that the scenario names, from the current folder.
    pub fn city_paths(&self) -> Vec<PathBuf> {
        self.scenario.city.iter().map(|path| self.folder.join(path)).collect()
    }

    /// A complaint about the value of a key, with its place in the file.
    pub fn complain(&self, texts: &Texts, key: &str, problem: String) -> Failure {
        let error = ScenarioError {
            file: self.file.clone(),
            place: futago_contract::locate(&self.text, key).map(Box::new),
            problem: Problem::BadValue(problem.clone()),
        };
        let words =
            texts.format("cli-scenario-question", &[("key", key.into()), ("problem", problem.into())]);
        Failure::wrong_use_in_words(error.in_words(&words))
    }

    /// A file that the scenario names, from the current folder.
    pub fn beside(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// The one question that is asked.
    pub fn asked(&self, texts: &Texts) -> Result<Asked<'_>, Failure> {
        match Asked::all(&self.scenario).as_slice() {
            [asked] => Ok(*asked),
            [] => {
                let args = [("file", self.file.as_str().into())];
                Err(Failure::wrong_use(texts, "cli-scenario-no-question", &args))
            }
            several @ [_, second, ..] => {
                let tables: Vec<String> =
                    several.iter().map(|asked| format!("[{}]", asked.table())).collect();
                let args = [("tables", tables.join(", ").into())];
                Err(self.complain(texts, second.table(), texts.format("cli-scenario-two-questions", &args)))
            }
        }
    }

    fn check(&self, texts: &Texts) -> Result<(), Failure> {
        let Scenario { schema, name, .. } = &self.scenario;
        if *schema != SCHEMA {
            let args = [("found", f64::from(*schema).into()), ("known", f64::from(SCHEMA).into())];
            return Err(self.complain(texts, "schema", texts.format("cli-scenario-schema", &args)));
        }
        if !is_name(name) {
            return Err(self.complain(texts, "name", texts.text("cli-scenario-name")));
        }
        self.asked(texts)?.check().map_err(|error| words::failure_of_run(&error, self, texts))
    }
}

/// Fit for a folder on every system, and nothing that walks out of one.
fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !name.is_empty() && name.len() <= LONGEST_NAME && !name.starts_with('.') && name.chars().all(plain)
}

fn read(path: &Path, texts: &Texts) -> anyhow::Result<String> {
    let shown = path.display().to_string();
    let refuse = |why: String| {
        Failure::failed(
            texts,
            "cli-scenario-unreadable",
            &[("file", shown.as_str().into()), ("why", why.into())],
        )
    };
    let size = std::fs::metadata(path).map_err(|e| refuse(io_words(texts, &e)))?.len();
    if size > futago_contract::MAX_SCENARIO_BYTES as u64 {
        let long =
            ScenarioError { file: shown.clone(), place: None, problem: Problem::TooLong(size as usize) };
        return Err(in_words(texts, &long).into());
    }
    let bytes = std::fs::read(path).map_err(|e| refuse(io_words(texts, &e)))?;
    Ok(String::from_utf8(bytes).map_err(|_| {
        Failure::wrong_use(texts, "cli-scenario-not-text", &[("file", shown.as_str().into())])
    })?)
}

/// A scenario error in the user's language, with the line and the marker under it.
fn in_words(texts: &Texts, error: &ScenarioError) -> Failure {
    let hint = |nearest: &Option<String>, known: &[String]| match nearest {
        Some(word) => texts.format("cli-usage-did-you-mean", &[("word", word.as_str().into())]),
        None => texts.format("cli-scenario-known", &[("known", known.join(", ").into())]),
    };
    let (key, args): (&str, Vec<(&str, Arg<'_>)>) = match &error.problem {
        Problem::Syntax(message) => ("cli-scenario-syntax", vec![("message", message.as_str().into())]),
        Problem::UnknownKey { key, nearest, known } => (
            "cli-scenario-unknown-key",
            vec![("key", key.as_str().into()), ("hint", hint(nearest, known).into())],
        ),
        Problem::UnknownWord { word, nearest, known } => (
            "cli-scenario-unknown-word",
            vec![("word", word.as_str().into()), ("hint", hint(nearest, known).into())],
        ),
        Problem::MissingKey(key) => ("cli-scenario-missing-key", vec![("key", key.as_str().into())]),
        Problem::NotFinite { key, value } => {
            ("cli-scenario-not-finite", vec![("key", key.as_str().into()), ("value", value.as_str().into())])
        }
        Problem::TooLong(bytes) => ("cli-scenario-too-long", vec![("bytes", (*bytes).into())]),
        Problem::BadValue(message) => ("cli-scenario-bad-value", vec![("message", message.as_str().into())]),
        other => return Failure::wrong_use_in_words(error.in_words(&other.to_string())),
    };
    Failure::wrong_use_in_words(error.in_words(&texts.format(key, &args)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_fit_for_folders() {
        for good in ["winter-solstice", "冬至", "a_1.2"] {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", ".", "..", "a/b", "a\\b", ".hidden", "a b", "a\0"] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn the_built_in_scenario_is_sound() {
        let texts = Texts::new(futago_texts::Lang::En);
        let loaded = Loaded::open(None, &texts).unwrap();
        assert_eq!(loaded.scenario.name, "winter-solstice");
        assert_eq!(loaded.scenario.sunlight.unwrap().date.to_string(), "2026-12-22");
    }

    #[cfg(feature = "window")]
    #[test]
    fn what_the_window_asks_is_read_again_as_it_was() {
        let texts = Texts::new(futago_texts::Lang::En);
        let question = Loaded::open(None, &texts).unwrap().scenario.sunlight.unwrap();
        let asked = Scenario { sunlight: Some(question), ..Scenario::named("公園の 日当たり") };
        let text = toml::to_string_pretty(&asked).unwrap();
        let read: Scenario = parse_scenario(&text, "asked.toml").unwrap_or_else(|e| panic!("{e}\n{text}"));
        assert_eq!(read, asked);
        assert_eq!(read.name, "公園の-日当たり");
    }

    /// Examples that do not run are worse than none.
    #[test]
    fn every_scenario_of_the_repository_is_sound() {
        let texts = Texts::new(futago_texts::Lang::En);
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../assets/scenarios");
        let mut names = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                let loaded = Loaded::open(Some(&path), &texts).unwrap_or_else(|error| panic!("{error}"));
                assert_eq!(format!("{}.toml", loaded.scenario.name), loaded.short_name());
                names.push(loaded.scenario.name);
            }
        }
        assert!(names.len() >= 4, "{names:?}");
    }
}
