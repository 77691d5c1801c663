//! What the page answers about crowds, on one street whose counts are known.

use futago_flow::{About, Calendar, Flows, LinkShape, Period, Policy, Raw, RawCounts, RawKey, Spec};
use futago_matching::Network;
use futago_model::{
    CityModel, StringId, Strings, WalkKind, WalkLevel, WalkLink, WalkLinkFlags, WalkNetwork, WalkNode,
    WalkNodeFlags, WalkNodeId, WalkPlace,
};
use futago_testkit::{BoxSpec, box_city};
use futago_texts::Lang;
use futago_web::answers::{Answers, CrowdAnswer, Crowds, Spot};
use futago_web::parcel;
use jiff::Timestamp;

fn houses() -> CityModel {
    let house = |id, at: f64| BoxSpec::new(id, [at, at, at + 10.0, at + 10.0], 8.0);
    box_city(&[house("a", -200.0), house("b", 400.0)])
}

/// Two streets, one to the east and one to the north; the second has no name.
fn walked() -> CityModel {
    let mut strings = Strings::default();
    let name = strings.push("中央通り");
    let none = StringId::NONE;
    let node = |at_mm| WalkNode {
        id: none,
        at_mm,
        height_m: 0.0,
        level: 0.0,
        place: WalkPlace::Outside as u32,
        flags: WalkNodeFlags::default(),
    };
    let link = |name, to, vertex_end| WalkLink {
        id: none,
        name,
        source: none,
        from: WalkNodeId(0),
        to: WalkNodeId(to),
        kind: WalkKind::Walkway as u32,
        flags: WalkLinkFlags::default(),
        level: 0.0,
        width_m: 4.0,
        length_m: 100.0,
        vertex_end,
    };
    let walk = WalkNetwork {
        nodes: [[0, 0], [100_000, 0], [0, 100_000]].map(node).to_vec(),
        links: vec![link(name, 1, 2), link(none, 2, 4)],
        vertices_mm: vec![[0, 0], [100_000, 0], [0, 0], [0, 100_000]],
        levels: vec![WalkLevel { level: 0.0, height_m: 0.0, assumed: 0, reason: none }],
        strings,
    };
    CityModel { walk, ..houses() }
}

/// On the first street 1,000 people at 8 o'clock on weekdays of January, 300 in April; 12 at 9 o'clock.
fn flows(city: &CityModel, synthetic: bool) -> Flows {
    let month = |name, from, to| Period::between(name, from, to).unwrap();
    let spec = Spec {
        bin_minutes: 60,
        periods: vec![
            month("before", "2020-01-06", "2020-01-10"),
            month("after", "2020-04-06", "2020-04-10"),
        ],
        grids: Vec::new(),
        calendar: Calendar::japan().unwrap(),
    };
    let network = Network::new(city).unwrap();
    let first = [0, 1].map(|period: usize| spec.periods[period].first_day as i32);
    let shapes: Vec<LinkShape> = network.shapes().to_vec();
    let mut raw = Raw::new(spec, shapes, network.xxh3());
    for (period, persons) in [1000, 300].into_iter().enumerate() {
        for day in 0..5 {
            let counts = |persons: u32| RawCounts {
                persons,
                forward: persons,
                speed_sum_mmps: u64::from(persons) * 1200,
                dwell_sum_ms: u64::from(persons) * 80_000,
                ..RawCounts::default()
            };
            let key = |bin| RawKey { place: 0, day: first[period] + day, bin };
            raw.links.push((key(8), counts(persons)));
            raw.links.push((key(9), counts(3)));
        }
    }
    let about = About { synthetic, credits: vec!["a credit".to_owned()], ..About::default() };
    Flows::publish(&raw, about, &Policy::new(10, 1).unwrap()).unwrap()
}

fn answers(synthetic: bool) -> Answers {
    let city = walked();
    let flows = flows(&city, synthetic);
    let mut answers = Answers::new(houses()).unwrap();
    answers.open_crowds(Crowds::new(city, flows).unwrap());
    answers
}

/// A Tuesday of January 2020 at an hour in Japan; the 25th was a Saturday.
fn january(day: i64, hour: i64) -> Timestamp {
    let first: Timestamp = "2019-12-31T15:00:00Z".parse().unwrap();
    Timestamp::from_second(first.as_second() + (day - 1) * 86_400 + hour * 3600).unwrap()
}

fn ask(answers: &Answers, at_m: [f64; 2], at: Timestamp, after: bool, lang: Lang) -> CrowdAnswer {
    let place = answers.city().about.frame.lonlat_from_site(at_m).unwrap();
    let spot = Spot { lon: place.lon_deg, lat: place.lat_deg, at_m: [at_m[0], at_m[1], 0.0], id: None };
    answers.crowd(&spot, at, after, lang).unwrap()
}

#[test]
fn the_nearest_street_is_told_before_and_after() {
    let answers = answers(true);
    let before = ask(&answers, [50.0, 5.0], january(14, 8), false, Lang::En);
    for part in
        ["Synthetic data: ", "January 2020", "8:00–9:00", "1,000 people an hour", "中央通り", "level A"]
    {
        assert!(before.sentence.contains(part), "no {part}: {}", before.sentence);
    }
    assert_eq!((before.now.as_str(), before.hours.len()), ("0", 24));
    let change = before.more.iter().find(|sentence| sentence.contains("before the declaration")).unwrap();
    assert!(change.contains("(-70 %") || change.contains("(−70 %"), "{change}");
    let after = ask(&answers, [50.0, 5.0], january(14, 8), true, Lang::En);
    assert!(after.sentence.contains("April 2020") && after.sentence.contains("300 people"), "{after:?}");
    let bar = |answer: &CrowdAnswer| answer.hours[8].share.unwrap();
    assert!(bar(&before) > 0.99 && (bar(&after) - 0.3).abs() < 0.01, "bars have one scale");
}

#[test]
fn the_scene_gets_every_hour_before_and_after_on_streets_that_travel_once() {
    let answers = answers(true);
    let set = answers.crowd_results(january(14, 8), Lang::Ja).unwrap().unwrap();
    let bytes = parcel::pack(set.clone()).unwrap();
    let back = parcel::unpack(&bytes).unwrap();
    assert_eq!((back.fields.len(), back.tables.len()), (48, 0));
    assert!(back.fields.iter().zip(&set.fields).all(|(back, sent)| back.support == sent.support));
    let names = bytes.windows("中央通り".len()).filter(|part| *part == "中央通り".as_bytes()).count();
    assert!((1..48).contains(&names), "the street travels {names} times");
    for (hour, people) in [(8, 1000.0), (9, f32::NAN)] {
        for (after, people) in [(false, people), (true, people * 0.3)] {
            let key = ask(&answers, [50.0, 5.0], january(14, hour), after, Lang::Ja).field.unwrap();
            let field = back.fields.iter().find(|field| field.key == key).unwrap_or_else(|| panic!("{key}"));
            let value = field.values[0];
            let is_it = (value.is_nan() && people.is_nan()) || (value / people - 1.0).abs() < 0.01;
            assert!(is_it, "{key}: {value}");
        }
    }
}

#[test]
fn what_was_kept_back_stays_so_and_far_away_is_no_street() {
    let answers = answers(true);
    // Beside the street at an hour of few, on days off, and beside the other street, too far from the counts.
    for (at_m, at) in
        [([50.0, 5.0], january(14, 9)), ([50.0, 5.0], january(25, 8)), ([5.0, 70.0], january(14, 8))]
    {
        let few = ask(&answers, at_m, at, false, Lang::En);
        assert_eq!((few.now.as_str(), few.hours[9].share), ("few", None), "{few:?}");
        assert!(!few.sentence.contains(" 3 ") && few.sentence.contains("10"), "{}", few.sentence);
    }
    assert_eq!(ask(&answers, [300.0, 300.0], january(14, 8), false, Lang::Ja).now, "none");
}

#[test]
fn a_way_without_counts_gives_way_to_the_nearest_that_has_some_and_says_how_far_it_is() {
    let answers = answers(true);
    let near = ask(&answers, [50.0, 5.0], january(14, 8), false, Lang::En);
    assert!(near.sentence.contains("along the nearest way, 中央通り."), "{}", near.sentence);
    // Five metres from a street without counts, fifty from the one with.
    for (hour, told) in [(8, "about 1,000 people an hour"), (9, "so few people")] {
        let away = ask(&answers, [5.0, 50.0], january(14, hour), false, Lang::En);
        for part in [told, "中央通り, 50 m from here"] {
            assert!(away.sentence.contains(part), "no {part}: {}", away.sentence);
        }
        assert!(away.hours[8].share.is_some(), "the day is that of the street that is told of");
        assert!(away.more.iter().any(|sentence| sentence.starts_with("On the ways nearer")), "{away:?}");
    }
    assert!(!near.more.iter().any(|sentence| sentence.starts_with("On the ways nearer")), "{near:?}");
}

#[test]
fn counted_people_are_not_called_synthetic_and_every_language_has_its_sentences() {
    let counted = answers(false);
    let sentence = ask(&counted, [50.0, 5.0], january(14, 8), false, Lang::En).sentence;
    assert!(!sentence.contains("ynthetic"), "{sentence}");
    let answers = answers(true);
    for lang in Lang::ALL_OF_THE_PAGE {
        for (at_m, hour) in
            [([50.0, 5.0], 8), ([50.0, 5.0], 9), ([5.0, 50.0], 8), ([5.0, 70.0], 8), ([300.0, 300.0], 8)]
        {
            let answer = ask(&answers, at_m, january(14, hour), false, lang);
            for sentence in std::iter::once(&answer.sentence).chain(&answer.more) {
                assert!(!sentence.contains(['<', '{']), "{lang}: {sentence}");
                assert_eq!(sentence.contains('《'), lang == Lang::JaEasy, "{lang}: {sentence}");
            }
        }
    }
}

#[test]
fn flows_of_another_network_are_refused() {
    let city = walked();
    let flows = flows(&city, true);
    let mut other = walked();
    other.walk.links.pop();
    let why = Crowds::new(other, flows).err().unwrap().to_string();
    assert!(why.contains("another walk network"), "{why}");
}
