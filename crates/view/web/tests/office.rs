//! What the page answers about offices, in a city of one office tower, a lower house and a far one.

use futago_testkit::{BoxSpec, box_city};
use futago_texts::Lang;
use futago_web::answers::{Answers, OfficeAnswer, Spot};
use futago_web::parcel;
use jiff::Timestamp;

/// 50 m by 50 m and 100 m high: 26 storeys of 3.8 m, which the rule takes for offices.
fn answers() -> Answers {
    let tower = BoxSpec::new("tower", [0.0, 0.0, 50.0, 50.0], 100.0);
    let house = BoxSpec::new("house", [90.0, 0.0, 100.0, 10.0], 8.0);
    let far = BoxSpec::new("far", [800.0, 0.0, 810.0, 10.0], 8.0);
    Answers::new(box_city(&[tower, house, far])).unwrap()
}

fn spot(answers: &Answers, [east, north]: [f64; 2]) -> Spot {
    let at = answers.city().about.frame.lonlat_from_site([east, north]).unwrap();
    Spot { lon: at.lon_deg, lat: at.lat_deg, at_m: [east, north, 0.0], id: None }
}

/// A Tuesday at an hour in Japan.
fn tuesday(hour: i64) -> Timestamp {
    let midnight: Timestamp = "2026-11-23T15:00:00Z".parse().unwrap();
    Timestamp::from_second(midnight.as_second() + hour * 3600).unwrap()
}

fn ask(answers: &Answers, at_m: [f64; 2], at: Timestamp, after: bool, lang: Lang) -> OfficeAnswer {
    pollster::block_on(answers.office(&spot(answers, at_m), at, after, lang)).unwrap()
}

#[test]
fn a_tower_fills_in_the_morning_and_every_floor_is_told() {
    let answers = answers();
    let noon = ask(&answers, [25.0, 25.0], tuesday(11), false, Lang::En);
    assert_eq!(noon.floors.len(), 26, "{:?}", noon.floors);
    assert_eq!((noon.floors[0].name.as_str(), noon.floors[25].name.as_str()), ("Floor 26", "Floor 1"));
    assert!(noon.sentence.starts_with("Synthetic data: at 11:00") && noon.now == "3", "{noon:?}");
    let mean = noon.floors.iter().map(|floor| floor.share).sum::<f64>() / 26.0;
    assert!((0.4..0.75).contains(&mean), "{mean}");
    let of = |hour: u16| noon.hours.iter().find(|bar| bar.from == hour * 60).unwrap().share.unwrap();
    assert!(of(6) < 0.05 && of(10) > 0.4 && of(22) < of(10) / 3.0, "{:?}", noon.hours);
}

#[test]
fn less_attendance_is_fewer_people_and_the_results_hold_both() {
    let answers = answers();
    let [all, few] = [false, true].map(|after| ask(&answers, [25.0, 25.0], tuesday(11), after, Lang::En));
    let share = |answer: &OfficeAnswer| answer.floors.iter().map(|floor| floor.share).sum::<f64>();
    assert!((share(&few) / share(&all) - 0.3).abs() < 1e-9, "{} of {}", share(&few), share(&all));
    let results = pollster::block_on(answers.office_results(tuesday(11), Lang::Ja)).unwrap();
    let results = parcel::unpack(&parcel::pack(results.clone()).unwrap()).unwrap();
    for answer in [all, few] {
        let key = answer.field.unwrap();
        let field = results.fields.iter().find(|field| field.key == key).unwrap_or_else(|| panic!("{key}"));
        assert_eq!((field.values.len(), results.series_of(field).len()), (26, 18), "{key}");
    }
    assert!(results.tables.is_empty());
}

#[test]
fn beside_a_tower_it_is_told_of_and_elsewhere_that_there_is_none() {
    let answers = answers();
    let street = ask(&answers, [25.0, -20.0], tuesday(11), false, Lang::En);
    assert!(street.sentence.contains("nearby") && street.floors.len() == 26, "{street:?}");
    let house = ask(&answers, [95.0, 5.0], tuesday(11), false, Lang::En);
    assert!(house.sentence.contains("does not count") && house.now == "none", "{house:?}");
    let far = ask(&answers, [805.0, -20.0], tuesday(11), false, Lang::En);
    assert!(far.sentence.contains("No building near") && far.hours.is_empty(), "{far:?}");
    let low = Answers::new(box_city(&[BoxSpec::new("house", [0.0, 0.0, 10.0, 10.0], 8.0)])).unwrap();
    assert_eq!(ask(&low, [5.0, 5.0], tuesday(11), false, Lang::En).now, "none");
}

#[test]
fn every_sentence_is_there_in_every_language_and_says_where_it_comes_from() {
    let answers = answers();
    let sunday = 5 * 24;
    for (lang, synthetic) in [(Lang::Ja, "合成データ"), (Lang::En, "Synthetic"), (Lang::JaEasy, "合成")]
    {
        for hour in [3, 5, 9, 11, 20, 23, sunday + 11] {
            for at_m in [[25.0, 25.0], [25.0, -20.0], [95.0, 5.0], [805.0, -20.0]] {
                let answer = ask(&answers, at_m, tuesday(hour), hour == 9, lang);
                let is_told = !answer.floors.is_empty();
                assert_eq!(answer.sentence.contains(synthetic), is_told, "{lang}: {}", answer.sentence);
                for sentence in std::iter::once(&answer.sentence).chain(&answer.more) {
                    assert!(!sentence.contains(['<', '{']), "{lang}: {sentence}");
                    assert_eq!(sentence.contains('《'), lang == Lang::JaEasy, "{lang}: {sentence}");
                }
            }
        }
    }
}
