//! Scenario files: each slip is refused with its place and the way out.

use futago_contract::{MAX_SCENARIO_BYTES, Problem, ScenarioError, locate, parse_scenario};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Toy {
    #[expect(dead_code)]
    name: String,
    ground: Option<Ground>,
    #[serde(default)]
    date: String,
    #[serde(default)]
    at: Vec<String>,
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ground {
    spacing_m: f64,
    #[serde(default)]
    #[expect(dead_code)]
    height_m: f64,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum Change {
    Remove { id: String },
    Raise { id: String, height_m: f64 },
}

fn error(text: &str) -> ScenarioError {
    parse_scenario::<Toy>(text, "toy.toml").expect_err("must be refused")
}

fn line_column(error: &ScenarioError) -> (usize, usize) {
    error.place.as_ref().map_or((0, 0), |p| (p.line, p.column))
}

#[test]
fn a_good_file_is_read() {
    let text = "\u{feff}name = \"x\"\n[ground]\nspacing_m = 2\n[[changes]]\ndo = \"raise\"\nid = \"a\"\nheight_m = 3.0\n[[changes]]\ndo = \"remove\"\nid = \"b\"\n";
    let toy: Toy = parse_scenario(text, "toy.toml").unwrap();
    assert_eq!(toy.ground.unwrap().spacing_m, 2.0);
    assert!(matches!(&toy.changes[0], Change::Raise { id, height_m } if id == "a" && *height_m == 3.0));
    assert!(matches!(&toy.changes[1], Change::Remove { id } if id == "b"));
}

#[test]
fn dates_and_times_may_stand_without_quotes() {
    let bare = "name = \"x\"\ndate = 2026-12-22\nat = [ 09:00:00, \"12:00\" ]\n";
    let toy: Toy = parse_scenario(bare, "toy.toml").unwrap();
    assert_eq!((toy.date.as_str(), toy.at), ("2026-12-22", vec!["09:00:00".to_owned(), "12:00".to_owned()]));
}

#[test]
fn an_unknown_key_is_placed_and_the_nearest_is_named() {
    let error = error("name = \"x\"\n\n[ground]\n  spacng_m = 2.0\n");
    assert_eq!(line_column(&error), (4, 3));
    let shown = error.to_string();
    assert!(shown.starts_with("toy.toml:4:3: unknown key `spacng_m`; did you mean `spacing_m`?"), "{shown}");
    assert!(shown.contains("4 |   spacng_m = 2.0\n  |   ^^^^^^^^"), "{shown}");
}

#[test]
fn a_forgotten_unit_is_recognised_and_a_stranger_is_not() {
    let nearest = |text| match error(text).problem {
        Problem::UnknownKey { nearest, known, .. } => (nearest, known),
        other => panic!("{other:?}"),
    };
    assert_eq!(nearest("name = \"x\"\nground.spacing = 2").0.as_deref(), Some("spacing_m"));
    let (none, known) = nearest("name = \"x\"\nground.colour = 2");
    assert_eq!(none, None);
    assert_eq!(known, ["spacing_m", "height_m"]);
}

#[test]
fn keys_inside_tagged_tables_are_found_again() {
    let text = "name = \"x\"\n[[changes]]\ndo = \"remove\"\nid = \"a\"\n[[changes]]\ndo = \"raise\"\nid = \"a\"\nheight = 3.0\n";
    let error = error(text);
    assert_eq!(line_column(&error), (8, 1), "{error}");
    assert!(error.to_string().contains("did you mean `height_m`"), "{error}");
}

#[test]
fn unknown_words_name_the_nearest() {
    let error = error("name = \"x\"\n[[changes]]\ndo = \"rase\"\nid = \"a\"\n");
    let Problem::UnknownWord { word, nearest, .. } = &error.problem else { panic!("{error:?}") };
    assert_eq!((word.as_str(), nearest.as_deref()), ("rase", Some("raise")));
}

#[test]
fn numbers_must_be_finite() {
    for (text, key, value) in [
        ("name = \"x\"\nground.spacing_m = nan", "ground.spacing_m", "nan"),
        ("name = \"x\"\nground = { spacing_m = -inf }", "ground.spacing_m", "-inf"),
        (
            "name = \"x\"\nchanges = [ { do = \"raise\", id = \"a\", height_m = 1e999 } ]",
            "changes.height_m",
            "1e999",
        ),
    ] {
        let error = error(text);
        assert_eq!(
            error.problem,
            Problem::NotFinite { key: key.to_owned(), value: value.to_owned() },
            "{text}"
        );
        assert_eq!(error.place.unwrap().line, 2);
    }
}

#[test]
fn wrong_types_missing_keys_and_bad_toml_are_placed() {
    let wrong = error("name = \"x\"\n[ground]\nspacing_m = \"two\"\n");
    assert_eq!(line_column(&wrong), (3, 13));
    assert!(matches!(&wrong.problem, Problem::BadValue(m) if m.contains("expected f64")), "{wrong}");

    assert_eq!(error("[ground]\nspacing_m = 1.0").problem, Problem::MissingKey("name".to_owned()));

    let syntax = error("name = \"x\n");
    assert!(matches!(syntax.problem, Problem::Syntax(_)) && syntax.place.is_some(), "{syntax}");

    let long = error(&"#".repeat(MAX_SCENARIO_BYTES + 1));
    assert_eq!(long.problem, Problem::TooLong(MAX_SCENARIO_BYTES + 1));
}

#[test]
fn the_marker_stands_under_wide_characters() {
    let shown = error("name = \"x\"\n\"幅\" = 1").to_string();
    assert!(shown.contains("2 | \"幅\" = 1\n  | ^"), "{shown}");
    let shown = error("ground = { \"高\" = 0, spacing_m = nan }").to_string();
    assert!(shown.contains(&format!("\n  | {}^^^", " ".repeat(33))), "{shown}");
}

#[test]
fn key_paths_are_located() {
    let text = "name = \"x\"\n[ground]\nspacing_m = 2.0\n[[changes]]\nid = \"a\"\n";
    let at = |path| locate(text, path).map(|place| (place.line, place.column));
    assert_eq!(at("ground.spacing_m"), Some((3, 1)));
    assert_eq!(at("ground.height_m"), Some((2, 2)));
    assert_eq!(at("changes.id"), Some((5, 1)));
    assert_eq!(at("nothing"), None);
}

/// Cut and damaged files give an error or a scenario, never a panic.
#[test]
fn damaged_text_never_panics() {
    let text = "name = \"双子\"\n[ground]\nspacing_m = 2.0 # 幅\n[[changes]]\ndo = \"raise\"\nid = \"a\"\nheight_m = 3.0\n";
    let mut refused = 0;
    for cut in 0..text.len() {
        for junk in ["", "\"", "[", "\u{0}", "=", "漢"] {
            let Some(head) = text.get(..cut) else { continue };
            let damaged = format!("{head}{junk}{}", text.get(cut + 1..).unwrap_or_default());
            if let Err(error) = parse_scenario::<Toy>(&damaged, "toy.toml") {
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
        }
    }
    assert!(refused > 100, "only {refused} damaged files were refused");
}
