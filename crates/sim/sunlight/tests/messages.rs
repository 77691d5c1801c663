//! Every error has a text in both languages, and what goes into a Japanese text is no English sentence.
//!
//! The catalogues are read as they stand: this crate only names texts, and the apps fill them.

use futago_compute::ComputeError;
use futago_contract::{Explained, ValueFault};
use futago_field::{ArgValue, Message};
use futago_geodesy::{GeodesyError, LonLat};
use futago_sunlight::{Covers, Outside, QuestionFault, SunFault, SunlightError};
use jiff::Timestamp;
use jiff::civil::date;

const JAPANESE: &str = include_str!("../../../../assets/texts/ja/cli.ftl");
const ENGLISH: &str = include_str!("../../../../assets/texts/en/cli.ftl");

/// What another library may say of a fault that is none of the user's.
const LIBRARY: &str = "the library says this in plain English";
/// What a driver may say; it is shown as it is.
const DRIVER: &str = "VK_ERROR_UNKNOWN";

fn questions() -> Vec<QuestionFault> {
    vec![
        QuestionFault::NothingAsked,
        QuestionFault::NoTargets,
        QuestionFault::NoTimes,
        QuestionFault::NoPeriod,
        ValueFault::Range { value: 0.0, low: 0.1, high: 240.0 }.into(),
        QuestionFault::GridPoints { points: 4e8, most: 24e6 },
        ValueFault::EndsBeforeStart.into(),
        QuestionFault::EveryNoDays,
        QuestionFault::LastBeforeFirst { last: date(2026, 1, 1), first: date(2026, 12, 22) },
        QuestionFault::Suns { suns: 3e5, most: 2e5 },
        QuestionFault::ProbePlace { name: "P1".to_owned() },
        ValueFault::Corners.into(),
        GeodesyError::NoSuchZone(20).into(),
        QuestionFault::StoreyOverRoof { storey: 9, building: "b".to_owned(), height_m: 33.5, storey_m: 4.0 },
        QuestionFault::Calendar { date: date(9999, 12, 31) },
        QuestionFault::NoLines { cause: LIBRARY.to_owned() },
    ]
}

fn suns() -> Vec<SunFault> {
    vec![
        SunFault::Date,
        SunFault::Height { value: 1e9 },
        SunFault::Pressure { value: -1.0 },
        SunFault::Temperature { value: 900.0 },
        SunFault::Failed { cause: LIBRARY.to_owned() },
    ]
}

fn places() -> Vec<GeodesyError> {
    vec![
        GeodesyError::NotAPlace { lon_deg: 200.0, lat_deg: 200.0 },
        GeodesyError::NotAPlace { lon_deg: 35.69, lat_deg: 139.69 },
        GeodesyError::NoSuchZone(20),
        GeodesyError::TooFar { lon_deg: 0.0, lat_deg: 0.0, epsg: 6677 },
    ]
}

fn devices() -> Vec<ComputeError> {
    let (name, driver, library) = ("walls".to_owned(), DRIVER.to_owned(), LIBRARY.to_owned());
    vec![
        ComputeError::NoAdapter { details: driver.clone() },
        ComputeError::NoDevice { adapter: "GPU 1".to_owned(), message: driver.clone() },
        ComputeError::NoThreads { threads: 64, message: driver.clone() },
        ComputeError::TooLarge { buffer: name.clone(), size_bytes: 1 << 32, limit_bytes: 1 << 31 },
        ComputeError::OutOfMemory { during: library.clone() },
        ComputeError::BadDispatch { pass: name.clone(), problem: library.clone() },
        ComputeError::WrongEngine { buffer: name.clone() },
        ComputeError::WrongLength { buffer: name.clone(), held: 2, given: 3 },
        ComputeError::Shader { pass: name, message: driver.clone() },
        ComputeError::Refused { during: library, message: driver.clone() },
        ComputeError::DeviceLost { message: driver },
    ]
}

fn every_error() -> Vec<SunlightError> {
    let corner = |lon_deg, lat_deg| LonLat { lon_deg, lat_deg };
    let covers = Covers { low: corner(139.67, 35.67), high: corner(139.71, 35.71) };
    let outside = [Outside::Area, Outside::Probe("P1".to_owned()), Outside::Spot];
    let instant = Timestamp::UNIX_EPOCH;
    let mut all = vec![
        SunlightError::NoBuilding { id: "13104-bldg-0".to_owned(), example: "13104-bldg-1".to_owned() },
        SunlightError::IdTaken { id: "13104-bldg-0".to_owned() },
    ];
    let key = || "sunlight.area".to_owned();
    all.extend(questions().into_iter().map(|fault| SunlightError::Question { key: key(), fault }));
    all.extend(outside.map(|what| SunlightError::OutsideCity { what, covers }));
    all.extend(suns().into_iter().map(|fault| SunlightError::Sun { instant, fault }));
    all.extend(places().into_iter().map(SunlightError::Place));
    all.extend(devices().into_iter().map(SunlightError::Compute));
    all
}

fn text_of<'a>(catalogue: &'a str, key: &str) -> Option<&'a str> {
    catalogue.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))
}

/// The text with its values in it.
fn filled(text: &str, message: &Message) -> String {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (place, after) = part.split_once('}').expect("a bracket is closed");
        let name = place.split('$').nth(1).expect("a value");
        let name = &name[..name.find(|c: char| !c.is_ascii_lowercase()).expect("a name ends")];
        let value = message.args.iter().find(|(given, _)| given == name).map(|(_, value)| value);
        match value.unwrap_or_else(|| panic!("{}: {name} is wanted and not given", message.key)) {
            ArgValue::Number(number) => out.push_str(&number.to_string()),
            ArgValue::Text(text) => out.push_str(text),
        }
        out.push_str(after);
    }
    out
}

/// Four Latin words in a row, which no list of names or command of ours has.
fn has_english(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii()).any(|part| {
        let words: Vec<bool> =
            part.split(' ').map(|w| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase())).collect();
        words.windows(4).any(|four| four.iter().all(|word| *word))
    })
}

#[test]
fn every_error_has_its_text_in_both_languages() {
    for error in every_error() {
        let message = error.message();
        let remedy = format!("{}-remedy", message.key);
        let texts = [JAPANESE, ENGLISH].map(|catalogue| {
            let text = text_of(catalogue, &message.key);
            let text = text.unwrap_or_else(|| panic!("{error}: no text {}", message.key));
            let remedy = text_of(catalogue, &remedy).unwrap_or_default();
            format!("{}\n{}", filled(text, &message), filled(remedy, &message))
        });
        let [japanese, english] = texts;
        assert!(!japanese.is_ascii() && !has_english(&japanese), "{error}: {japanese}");
        assert!(!english.contains(LIBRARY) && english.contains(' '), "{error}: {english}");
    }
}

#[test]
fn an_english_sentence_in_a_japanese_one_is_seen() {
    assert!(has_english(&format!("計算できません（{LIBRARY}）")));
    assert!(has_english(LIBRARY) && !has_english("futago export buildings で一覧できます。"));
}

#[test]
fn developers_read_english() {
    for error in every_error() {
        let told = error.to_string();
        assert!(told.is_ascii() && told.contains(' '), "{told}");
    }
}
