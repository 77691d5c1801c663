//! A run from its scenario to its folder: what it leaves, what it says, and how it stops.

mod common;

use common::{SMALL, folder, futago, names, write_scenario};

#[test]
fn a_run_leaves_a_report_and_says_where() {
    let folder = folder();
    let file = write_scenario(folder.path(), SMALL);
    let done = futago(folder.path(), &["run", file]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert!(done.stdout.contains("results/small/report.html"), "{}", done.stdout);
    assert!(done.stderr.contains("Computing on the"), "{}", done.stderr);
    let results = folder.path().join("results/small");
    let report = std::fs::read_to_string(results.join("report.html")).unwrap();
    assert!(
        report.contains("小さな問い") && report.contains("A small question") && report.contains("PLATEAU")
    );
    let result: serde_json::Value =
        serde_json::from_slice(&std::fs::read(results.join("result.json")).unwrap()).unwrap();
    let all = result.to_string();
    assert!(all.contains("scenario.toml") && all.contains("buildings.city"), "inputs are named");
    assert!(!all.contains(folder.path().to_str().unwrap()), "folders are not");
    assert_eq!(names(folder.path()), ["results", "scenario.toml"]);
}

#[test]
fn json_is_alone_on_standard_output() {
    let folder = folder();
    let file = write_scenario(folder.path(), SMALL);
    let args = ["run", file, "--json", "--backend", "cpu", "--threads", "1", "--seed", "7", "--out", "here"];
    let answer = futago(folder.path(), &args).json();
    assert_eq!(answer["provenance"]["seed"], 7);
    assert_eq!(answer["provenance"]["backend"], "cpu");
    assert_eq!(answer["provenance"]["threads"], 1);
    assert!(folder.path().join("here/report.html").is_file());
    assert!(!answer["findings"].as_array().unwrap().is_empty());
}

/// Same city, same scenario: the same tables and grids, byte for byte, on any number of threads.
#[test]
fn threads_do_not_change_results() {
    let folder = folder();
    let file = write_scenario(folder.path(), SMALL);
    let summaries: Vec<_> = ["1", "2", "4"]
        .iter()
        .map(|threads| {
            let args = ["run", file, "--json", "--backend", "cpu", "--threads", threads, "--out", "out"];
            let answer = futago(folder.path(), &args).json();
            let mut grids = Vec::new();
            tiffs(&folder.path().join("out"), &mut grids);
            assert!(!grids.is_empty(), "no grid was written");
            (answer["summary"].clone(), grids)
        })
        .collect();
    assert!(summaries.windows(2).all(|pair| pair[0] == pair[1]), "results differ between thread counts");
}

fn tiffs(folder: &std::path::Path, found: &mut Vec<(String, Vec<u8>)>) {
    for name in names(folder) {
        let path = folder.join(&name);
        if path.is_dir() {
            tiffs(&path, found);
        } else if name.ends_with(".tif") {
            found.push((name, std::fs::read(path).unwrap()));
        }
    }
}

/// Ctrl-C during a long run: exit code 1, a word about it, and no folder.
#[cfg(unix)]
#[test]
fn ctrl_c_leaves_nothing() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let long = SMALL
        .replace("step_min = 30", "step_min = 1\nuntil = \"2027-12-20\"\nevery_days = 1")
        .replace("width_m = 200.0\nheight_m = 150.0", "width_m = 1500.0\nheight_m = 1500.0")
        .replace("spacing_m = 5.0", "spacing_m = 1.0");
    let folder = folder();
    let file = write_scenario(folder.path(), &long);
    let mut child = common::command(folder.path())
        .args(["run", file, "--backend", "cpu"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    // The first step has begun when a line with a percentage is there.
    for line in lines.by_ref().map(|line| line.unwrap()) {
        said += &format!("{line}\n");
        if line.starts_with('[') {
            break;
        }
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    said.extend(lines.map(|line| line.unwrap() + "\n"));
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(1), "{said}");
    assert!(said.contains("cancelled; nothing was written"), "{said}");
    assert_eq!(names(folder.path()), ["scenario.toml"]);
}
