//! Runs the built program as a person would, and holds every answer to what they may expect: no panic, no
//! key without a text, nothing half-written.

// Each test file uses its own part of this.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a call ended.
#[derive(Debug)]
pub struct Ended {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ended {
    /// Standard output as JSON, which it must be wholly.
    pub fn json(&self) -> serde_json::Value {
        assert_eq!(self.code, 0, "{}", self.stderr);
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }

    /// A failure with this exit code that says all of this and answers nothing.
    #[track_caller]
    pub fn refuses(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, code, "{}", self.stderr);
        assert_eq!(self.stdout, "", "a failure answers nothing");
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in: {}", self.stderr);
        }
    }
}

/// The program, without a terminal, in English unless the arguments say otherwise.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_futago"));
    command.current_dir(folder).stdin(Stdio::null());
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "DISPLAY"] {
        command.env_remove(variable);
    }
    command
}

/// Calls the program in a folder.
pub fn futago(folder: &Path, args: &[&str]) -> Ended {
    ended(command(folder).args(args))
}

/// Runs a command to its end and looks for what must never be seen.
pub fn ended(command: &mut Command) -> Ended {
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
    let ended = Ended {
        code: output.status.code().unwrap_or(-1),
        stdout: text(&output.stdout),
        stderr: text(&output.stderr),
    };
    for never in ["panicked", "RUST_BACKTRACE", "<cli-", "<error-", "<step-", "{$", "{ $"] {
        let seen = ended.stderr.contains(never) || ended.stdout.contains(never);
        assert!(!seen, "`{never}` in: {}\n{}", ended.stdout, ended.stderr);
    }
    ended
}

/// A folder for one test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Names in a folder, hidden ones too, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// A question that is answered in a second or two: a block round the metropolitan government building.
pub const SMALL: &str = r#"schema = 1
name = "small"
title = { ja = "小さな問い", en = "A small question" }

[sunlight]
date = "2026-12-22"

[sunlight.area]
lon = 139.6917
lat = 35.6895
width_m = 200.0
height_m = 150.0

[sunlight.shadow]
at = ["12:00"]

[sunlight.sun_hours]
from = "10:00"
to = "14:00"
step_min = 30

[sunlight.targets.ground]
spacing_m = 5.0
"#;

/// Writes a scenario and gives its file name.
pub fn write_scenario(folder: &Path, text: &str) -> &'static str {
    std::fs::write(folder.join("scenario.toml"), text).expect("a scenario is written");
    "scenario.toml"
}
