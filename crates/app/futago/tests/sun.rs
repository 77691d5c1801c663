//! `sun-position` and `ask sun`.

mod common;

use common::{folder, futago};

/// The worked example of NREL/TP-560-34302, to its own accuracy.
#[test]
fn the_worked_example_of_spa_comes_out() {
    let folder = folder();
    let args = "sun-position 2003-10-17T12:30:30-07:00 --lon -105.1786 --lat 39.742476 --elevation 1830.14 \
                --pressure 820 --temperature 11 --delta-t 67 --json";
    let sun = futago(folder.path(), &args.split_whitespace().collect::<Vec<_>>()).json();
    let near = |key: &str, truth: f64, tolerance: f64| {
        let value = sun[key].as_f64().unwrap_or_else(|| panic!("no {key}"));
        assert!((value - truth).abs() <= tolerance, "{key}: {value}, not {truth}");
    };
    near("zenith_deg", 50.111_622, 0.000_3);
    near("azimuth_deg", 194.340_241, 0.000_3);
    near("equation_of_time_min", 14.641_511, 0.001);
}

#[test]
fn words_in_both_languages() {
    let folder = folder();
    let ask = |lang| {
        let args = [
            "sun-position",
            "2026-12-22T12:00:00+09:00",
            "--lon",
            "139.69",
            "--lat",
            "35.69",
            "--lang",
            lang,
        ];
        futago(folder.path(), &args).stdout
    };
    assert!(ask("en").contains("south") && ask("en").contains("without refraction"));
    assert!(ask("ja").contains("方位角") && ask("ja").contains("（南）"));
}

#[test]
fn pressure_needs_a_temperature() {
    let folder = folder();
    let args = "sun-position 2026-12-22T12:00:00+09:00 --lon 139.69 --lat 35.69 --pressure 1013";
    futago(folder.path(), &args.split_whitespace().collect::<Vec<_>>()).refuses(2, &["--temperature"]);
}

/// In the park on the longest day the sun shines for hours, in any words.
#[test]
fn a_spot_is_asked_about() {
    let folder = folder();
    let ask = |more: &[&str]| {
        let args =
            [&["ask", "sun", "--lon", "139.6897", "--lat", "35.6899", "--date", "2026-06-21"], more].concat();
        futago(folder.path(), &args)
    };
    let answer = ask(&["--json"]).json();
    let sunny = answer["intervals"].as_array().expect("a list");
    let hours = answer["sun_h"].as_f64().expect("hours");
    assert!(!sunny.is_empty() && (4.0..=14.6).contains(&hours), "{answer}");
    assert!(answer["credits"].to_string().contains("PLATEAU"));
    assert!(ask(&[]).stdout.contains("is in the sun from"));
    assert!(ask(&["--lang", "ja"]).stdout.contains("日が当たる"));
}
