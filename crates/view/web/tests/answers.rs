//! What the page answers, on a small city whose shadows are known.

use futago_geodesy::LonLat;
use futago_sunlight::scenario::{Question, WhatIf};
use futago_testkit::{BoxSpec, box_city};
use futago_texts::Lang;
use futago_web::answers::{Answers, SunNow};
use futago_web::parcel;
use jiff::Timestamp;

/// A tower of 60 m in the middle, and low houses far away at the edges.
fn answers() -> Answers {
    let house = |id, at: f64| BoxSpec::new(id, [at, at, at + 10.0, at + 10.0], 8.0);
    let tower = BoxSpec::new("tower", [0.0, 0.0, 30.0, 30.0], 60.0);
    Answers::new(box_city(&[tower, house("north", 200.0), house("south", -200.0)])).unwrap()
}

fn place(answers: &Answers, at_m: [f64; 2]) -> LonLat {
    answers.city().about.frame.lonlat_from_site(at_m).unwrap()
}

/// Noon of the winter solstice in Japan, and hours from it.
fn noon(hours: i64) -> Timestamp {
    Timestamp::from_second("2026-12-22T03:00:00Z".parse::<Timestamp>().unwrap().as_second() + hours * 3600)
        .unwrap()
}

#[test]
fn north_of_a_tower_noon_is_in_the_shade_and_the_day_says_so() {
    let answers = answers();
    let north = place(&answers, [15.0, 60.0]);
    let at_noon = answers.sun(north, noon(0), &WhatIf::default(), Lang::Ja).unwrap();
    assert_eq!(at_noon.now, SunNow::Shade);
    assert!(
        at_noon.sentence.contains("12:00") && at_noon.sentence.contains("日かげ"),
        "{}",
        at_noon.sentence
    );
    assert_eq!(at_noon.stretches.len(), 2, "sun before and after the tower: {:?}", at_noon.stretches);
    let next = at_noon.stretches[1][0];
    let said = format!("{}:{:02}", next / 60, next % 60);
    assert!(at_noon.sentence.contains(&said), "{} says nothing of {said}", at_noon.sentence);
    let [rise, set] = at_noon.day.unwrap();
    assert!(rise > 6 * 60 && set < 17 * 60 && at_noon.sun_h > 3.0, "{at_noon:?}");
}

#[test]
fn every_state_of_the_sun_has_its_sentence_in_every_language() {
    let answers = answers();
    let cases = [
        ([15.0, -60.0], 0, SunNow::Sun),
        ([15.0, 60.0], 0, SunNow::Shade),
        ([15.0, 60.0], -9, SunNow::Night),
        ([15.0, 60.0], 8, SunNow::Night),
        ([15.0, 15.0], 0, SunNow::Inside),
    ];
    for lang in Lang::ALL_OF_THE_PAGE {
        for (at_m, hours, now) in cases {
            let answer = answers.sun(place(&answers, at_m), noon(hours), &WhatIf::default(), lang).unwrap();
            assert_eq!(answer.now, now, "{lang} {at_m:?} {hours}");
            let told = std::iter::once(&answer.sentence).chain(&answer.more);
            for sentence in told {
                assert!(!sentence.contains(['<', '{']), "{lang}: {sentence}");
                assert_eq!(sentence.contains('《'), lang == Lang::JaEasy, "{lang}: {sentence}");
            }
        }
    }
}

#[test]
fn a_what_if_changes_the_answer_and_says_how_it_is_without() {
    let answers = answers();
    let ask = |at_m, remove: &str, lang| {
        let what_if = WhatIf { remove: vec![remove.to_owned()], ..WhatIf::default() };
        answers.sun(place(&answers, at_m), noon(0), &what_if, lang)
    };
    let as_is = answers.sun(place(&answers, [15.0, 60.0]), noon(0), &WhatIf::default(), Lang::En).unwrap();
    let changed = ask([15.0, 60.0], "tower", Lang::En).unwrap();
    assert_eq!((as_is.now, changed.now), (SunNow::Shade, SunNow::Sun));
    assert!(changed.sun_h > as_is.sun_h + 1.0, "{} and {}", changed.sun_h, as_is.sun_h);
    assert!(changed.sentence.starts_with("With the changes in this link: At 12:00"), "{}", changed.sentence);
    let told = changed.more.join(" ");
    for part in ["taken away 1,", &format!("Without these changes: {:.1} hours of direct sun", as_is.sun_h)] {
        assert!(told.contains(part), "no {part}: {told}");
    }
    for lang in Lang::ALL_OF_THE_PAGE {
        let inside = ask([15.0, 15.0], "tower", lang).unwrap();
        assert_eq!(inside.now, SunNow::Sun, "{inside:?}");
        let told = std::iter::once(&inside.sentence).chain(&inside.more);
        assert!(told.clone().all(|said| !said.contains(['<', '{'])), "{inside:?}");
        assert!(told.clone().all(|said| said.contains('《') == (lang == Lang::JaEasy)), "{inside:?}");
    }
    let why = ask([15.0, 60.0], "no one", Lang::En).unwrap_err();
    assert!(why.contains("no one"), "{why}");
}

#[test]
fn a_spot_outside_is_refused_in_words() {
    let answers = answers();
    let far = LonLat { lon_deg: 135.0, lat_deg: 35.0 };
    let why = answers.sun(far, noon(0), &WhatIf::default(), Lang::En).unwrap_err();
    assert!(!why.is_empty() && !why.starts_with('<'), "{why}");
}

#[test]
fn places_are_found_by_id_and_degrees() {
    let answers = answers();
    let found = answers.places("TOW", Lang::En);
    assert_eq!(found[0].building.as_deref(), Some("tower"));
    assert!(found[0].kind.contains("60 m"), "{}", found[0].kind);
    let at = place(&answers, [5.0, 5.0]);
    let degrees = answers.places(&format!("{:.6}, {:.6}", at.lat_deg, at.lon_deg), Lang::Ja);
    assert!((degrees[0].at_m[0] - 5.0).abs() < 0.2, "{:?}", degrees[0]);
    assert!(answers.places("  ", Lang::Ja).is_empty());
}

#[test]
fn results_travel_whole_and_have_a_legend() {
    let answers = answers();
    let at = place(&answers, [15.0, 15.0]);
    let question: Question = serde_json::from_value(serde_json::json!({
        "area": { "lon": at.lon_deg, "lat": at.lat_deg, "width_m": 100.0, "height_m": 100.0 },
        "date": "2026-12-22",
        "sun_hours": { "from": "08:00:00", "to": "16:00:00", "step_min": 30.0 },
        "targets": { "ground": { "spacing_m": 4.0 } },
    }))
    .unwrap();
    let run = futago_sunlight::prepare(answers.city().clone(), &question, Default::default()).unwrap();
    let (cancel, mut quiet, clock) =
        (std::sync::atomic::AtomicBool::new(false), |_: &_| {}, || std::time::Duration::ZERO);
    let engine = futago_compute::Engine::cpu();
    let results =
        futago_contract::run_to_end(run, &engine, futago_contract::Control::new(&cancel, &mut quiet, &clock));
    let results = pollster::block_on(results).unwrap();
    let back = parcel::unpack(&parcel::pack(results.clone()).unwrap()).unwrap();
    let bits = |set: &futago_field::ResultSet| -> Vec<u32> {
        set.fields.iter().flat_map(|f| f.values.iter().map(|v| v.to_bits())).collect()
    };
    assert_eq!(bits(&back), bits(&results));
    assert_eq!(
        (&back.findings, &back.frame, back.tables.len()),
        (&results.findings, &results.frame, results.tables.len())
    );
    assert!(parcel::unpack(&parcel::pack(results.clone()).unwrap()[..100]).is_err());
    for lang in Lang::ALL_OF_THE_PAGE {
        let legend = answers.legend(&back, lang).unwrap();
        assert!(legend.ticks[2].contains(if lang == Lang::En { "h" } else { "時間" }), "{:?}", legend.ticks);
        assert!(legend.colours.iter().all(|c| c.len() == 7) && !legend.findings.is_empty(), "{legend:?}");
    }
}

#[test]
fn a_marked_place_says_where_it_is_and_what_stands_there() {
    let answers = answers();
    let on_the_tower = answers.marked([15.0, 15.0, 60.0]).unwrap();
    assert_eq!(on_the_tower.id.as_deref(), Some("tower"));
    let there = place(&answers, [15.0, 15.0]);
    assert!(
        (on_the_tower.lon - there.lon_deg).abs() < 1e-9 && (on_the_tower.lat - there.lat_deg).abs() < 1e-9
    );
    assert_eq!(answers.marked([60.0, 60.0, 0.0]).unwrap().id, None, "a street");
}
