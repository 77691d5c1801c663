//! What is asked wrongly is answered with exit code 2, the place and the way out, and leaves nothing behind.

mod common;

use common::{Ended, SMALL, folder, futago, names, write_scenario};

/// Runs a scenario that must not run, and checks that it leaves nothing.
fn run(text: &str, args: &[&str]) -> Ended {
    let folder = folder();
    let file = write_scenario(folder.path(), text);
    let ended = futago(folder.path(), &[&["run", file], args].concat());
    assert_eq!(names(folder.path()), ["scenario.toml"], "{}", ended.stderr);
    ended
}

fn small_with(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from));
    SMALL.replace(from, to)
}

#[test]
fn an_unknown_key_is_placed_with_a_hint() {
    let text = small_with("spacing_m = 5.0", "spacng_m = 5.0");
    run(&text, &[]).refuses(2, &["scenario.toml:23:1", "spacng_m", "did you mean spacing_m?", "^^^^^^^^"]);
    run(&text, &["--lang", "ja"]).refuses(2, &["エラー", "scenario.toml:23:1", "spacing_m のことですか"]);
}

#[test]
fn a_wrong_type_is_placed() {
    let text = small_with("spacing_m = 5.0", "spacing_m = \"5 m\"");
    run(&text, &[]).refuses(2, &["scenario.toml:23:13", "expected f64"]);
}

#[test]
fn numbers_that_are_none_are_placed() {
    for (value, shown) in [("nan", "is nan"), ("-inf", "is -inf"), ("1e999", "is 1e999")] {
        let text = small_with("width_m = 200.0", &format!("width_m = {value}"));
        run(&text, &[]).refuses(2, &["scenario.toml:11:11", "sunlight.area.width_m", shown]);
    }
}

#[test]
fn swapped_coordinates_are_seen() {
    let text = small_with("lon = 139.6917\nlat = 35.6895", "lon = 35.6895\nlat = 139.6917");
    run(&text, &[]).refuses(2, &["scenario.toml:8:11", "sunlight.area", "swapped"]);
    let folder = folder();
    let args = ["sun-position", "2026-12-22T12:00:00+09:00", "--lon", "35.6895", "--lat", "139.6917"];
    futago(folder.path(), &args).refuses(2, &["--lon 139.6917 --lat 35.6895"]);
    futago(folder.path(), &["ask", "sun", "--lon", "35.6895", "--lat", "139.6917"])
        .refuses(2, &["--lon 139.6917 --lat 35.6895"]);
}

#[test]
fn a_site_outside_the_city_is_refused() {
    // Osaka.
    let text = small_with("lon = 139.6917\nlat = 35.6895", "lon = 135.4959\nlat = 34.7025");
    run(&text, &[]).refuses(2, &["outside this city", "139.6"]);
    run(&text, &["--lang", "ja"]).refuses(2, &["都市の外", "データの範囲: 経度 139.6"]);
    let folder = folder();
    futago(folder.path(), &["ask", "sun", "--lon", "135.4959", "--lat", "34.7025"])
        .refuses(2, &["outside this city"]);
}

#[test]
fn a_date_without_solar_position_is_refused() {
    let text = small_with("2026-12-22", "9000-12-22");
    run(&text, &[]).refuses(2, &["9000", "6000"]);
    let folder = folder();
    let args = ["sun-position", "9000-06-21T12:00:00+09:00", "--lon", "139.69", "--lat", "35.69"];
    futago(folder.path(), &args).refuses(2, &["9000", "6000"]);
    futago(folder.path(), &["ask", "sun", "--lon", "139.69", "--lat", "35.69", "--date", "9000-06-21"])
        .refuses(2, &["9000", "6000"]);
}

#[test]
fn buildings_that_are_not_there_are_named() {
    let text = format!("{SMALL}\n[sunlight.what_if]\nremove = [\"13104-bldg-0\"]\n");
    run(&text, &[]).refuses(2, &["13104-bldg-0", "futago export buildings"]);
}

#[test]
fn values_that_make_no_sense_are_placed() {
    let text = small_with("step_min = 30", "step_min = 0.0");
    run(&text, &[]).refuses(2, &["scenario.toml:20:1", "sunlight.sun_hours.step_min", "0.1"]);
    run(&text, &["--lang", "ja"])
        .refuses(2, &["scenario.toml:20:1", "sunlight.sun_hours.step_min が正しくありません: 0 です"]);
    let text = small_with("schema = 1", "schema = 2");
    run(&text, &[]).refuses(2, &["scenario.toml:1:1", "version 2"]);
    let text = small_with("name = \"small\"", "name = \"../small\"");
    run(&text, &[]).refuses(2, &["scenario.toml:2:1", "letters, digits"]);
    let head = SMALL.split("[sunlight]").next().unwrap();
    run(head, &[]).refuses(2, &["asks nothing", "[sunlight]"]);
    run("schema = 1\nname = \"x", &[]).refuses(2, &["scenario.toml:2:", "not valid TOML"]);
    run("", &[]).refuses(2, &["schema", "missing"]);
}

#[test]
fn the_command_line_is_answered_in_the_language_of_the_environment() {
    let folder = folder();
    futago(folder.path(), &["ruin"]).refuses(2, &["error: ruin", "did you mean run?", "--help"]);
    let ended = common::ended(common::command(folder.path()).env("LANG", "ja_JP.UTF-8").arg("ruin"));
    ended.refuses(2, &["エラー: ruin", "run のことですか"]);
    let help =
        common::ended(common::command(folder.path()).env("LANG", "ja_JP.UTF-8").args(["run", "--help"]));
    assert!(help.code == 0 && help.stdout.contains("オプション") && help.stdout.contains("フォルダー"));
    for args in
        [&["run", "--threads", "0"][..], &["run", "--seed", "-1"], &["run", "--backend", "tpu"], &["export"]]
    {
        assert_eq!(futago(folder.path(), args).code, 2, "{args:?}");
    }
    assert!(names(folder.path()).is_empty());
}

#[test]
fn numbers_and_dates_on_the_command_line_must_be_some() {
    let folder = folder();
    let ask = |args: &[&str]| futago(folder.path(), &[&["ask", "sun", "--lat", "35.69"], args].concat());
    ask(&["--lon", "nan"]).refuses(2, &["nan", "--lon"]);
    ask(&["--lon", "139.69", "--height", "inf"]).refuses(2, &["inf", "--height"]);
    ask(&["--lon", "139.69", "--date", "2026-13-01"]).refuses(2, &["2026-13-01", "YYYY-MM-DD"]);
    let time = ["sun-position", "2026-12-22T12:00", "--lon", "139.69", "--lat", "35.69"];
    futago(folder.path(), &time).refuses(2, &["2026-12-22T12:00", "+09:00"]);
}
