//! Files that are not what they say, and files that are too much.

mod common;

use std::time::{Duration, Instant};

use common::{building, city, codes, model, polygon, try_city};
use futago_citygml::{CityGmlError, Limits, read, stream};
use futago_raw::RawCity;

fn refused(text: &str, limits: &Limits) -> String {
    read(text.as_bytes(), "t.gml", limits).expect_err("beyond the limit").to_string()
}

#[test]
fn files_that_are_no_citygml_are_refused_with_place_and_way_out() {
    for text in
        ["", "PK\u{3}\u{4}", "{\"type\":\"CityJSON\"}", "<", "<a", "<?xml version=\"1.0\"?>", "hello <a/>"]
    {
        let error = try_city(text).expect_err(text);
        assert!(matches!(error, CityGmlError::NotXml { .. }), "{text}: {error:?}");
        assert!(error.to_string().contains("t.gml") && error.to_string().contains("byte"), "{error}");
    }
    let later = model("").replace("citygml/2.0", "citygml/4.0");
    for text in ["<kml/>", "<gml:Dictionary xmlns:gml=\"http://www.opengis.net/gml\"/>", &later] {
        let error = try_city(text).expect_err(text);
        assert!(matches!(error, CityGmlError::NotCityGml { .. }), "{text}: {error:?}");
    }
    assert!(try_city(&later).unwrap_err().to_string().contains("citygml/4.0"));
    let sjis = model("").replace("UTF-8", "Shift_JIS");
    assert!(matches!(try_city(&sjis), Err(CityGmlError::Encoding { .. })));
    let wide: Vec<u8> = model("").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let error = read(&[b"\xFF\xFE".as_slice(), &wide].concat(), "t.gml", &Limits::default()).unwrap_err();
    assert!(matches!(error, CityGmlError::Encoding { .. }), "{error:?}");
}

#[test]
fn a_doctype_is_refused_wherever_it_stands() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>";
    let top = model("").replace("<core:CityModel", &format!("{bomb}<core:CityModel"));
    let inside = model(&building("a").replace("<gml:name>", &format!("{bomb}<gml:name>")));
    for text in [top, inside] {
        assert!(matches!(try_city(&text), Err(CityGmlError::Doctype { .. })), "{:?}", try_city(&text).err());
    }
    let entity = city(&model(&building("a").replace("a &lt; b", "a &lol; b")));
    assert_eq!(codes(&entity), ["bad-text"]);
    let value = entity.objects[0].nodes().find(|node| node.name() == "gen:value").expect("kept");
    assert_eq!(value.text(), "a &lol; b");
}

#[test]
fn a_byte_order_mark_and_an_empty_model_are_fine() {
    let found = city(&format!("\u{feff}{}", model(&building("a"))));
    assert_eq!((found.objects.len(), found.report.entries.len()), (1, 0));
    let empty = "<CityModel xmlns=\"http://www.opengis.net/citygml/2.0\"/>";
    assert_eq!((city(empty).objects.len(), codes(&city(empty))), (0, vec!["missing-system".to_owned()]));
}

#[test]
fn broken_markup_is_told_by_its_byte() {
    let text = model(&building("a")).replace("</gml:Solid>", "</gml:Sold>");
    let at = text.find("</gml:Sold>").unwrap() + "</gml:Sold>".len();
    let Err(CityGmlError::NotXml { byte, problem, .. }) = try_city(&text) else { panic!("broken") };
    assert_eq!(byte, at as u64);
    assert!(problem.contains("</gml:Solid>") && problem.contains("</gml:Sold>"), "{problem}");
    let more = format!("{}<a/>", model(""));
    assert!(matches!(try_city(&more), Err(CityGmlError::NotXml { .. })));
}

#[test]
fn a_cut_file_says_where_and_what_was_whole() {
    let text = model(&(building("a") + &building("b") + &building("c")));
    let third = text.find("gml:id=\"c\"").unwrap() + 40;
    let Err(CityGmlError::Cut { byte, whole, .. }) = try_city(&text[..third]) else { panic!("cut") };
    assert_eq!((byte, whole), (third as u64, 2));
}

#[test]
fn limits_are_refused_by_name_and_can_be_raised() {
    let deep = model(
        &building("a")
            .replace("<gml:name>", &format!("{}<gml:name>", "<x>".repeat(300)))
            .replace("</gml:name>", &format!("</gml:name>{}", "</x>".repeat(300))),
    );
    let many = model(&building("a").replace("<gml:name>", &("<x/>".repeat(200) + "<gml:name>")));
    let two = model(&(building("a") + &building("b")));
    let cases = [
        (&deep, "depth", Limits::default(), Limits { depth: 400, ..Limits::default() }),
        (&many, "object_nodes", Limits { object_nodes: 100, ..Limits::default() }, Limits::default()),
        (
            &two,
            "objects",
            Limits { objects: 2, ..Limits::default() },
            Limits { objects: 3, ..Limits::default() },
        ),
        (
            &two,
            "object_vertices",
            Limits { object_vertices: 3, ..Limits::default() },
            Limits { object_vertices: 4, ..Limits::default() },
        ),
        (&two, "file_bytes", Limits { file_bytes: 2000, ..Limits::default() }, Limits::default()),
    ];
    for (text, name, low, high) in cases {
        let words = refused(text, &low);
        assert!(words.contains(&format!("`{name}`")) && words.contains("t.gml"), "{name}: {words}");
        read(text.as_bytes(), "t.gml", &high).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

#[test]
fn one_endless_member_stops_at_the_limit_and_not_at_the_memory() {
    let limits = Limits { member_bytes: 1 << 20, ..Limits::default() };
    let text = model(&building("a"));
    let head = &text[..text.find("<bldg:lod2Solid>").unwrap()];
    let endless = std::io::Read::chain(head.as_bytes(), std::io::repeat(b' '));
    let error = stream(endless, "t.gml", &limits, |_| std::ops::ControlFlow::Continue(())).unwrap_err();
    assert!(matches!(error, CityGmlError::TooLarge { name: "member_bytes", .. }), "{error:?}");
    let endless = std::io::repeat(b' ');
    let error = stream(endless, "t.gml", &limits, |_| std::ops::ControlFlow::Continue(())).unwrap_err();
    assert!(matches!(error, CityGmlError::NotXml { .. }), "{error:?}");
}

/// A city of one building with something in it, and how long it took to read.
fn timed(inside: &str) -> (RawCity, Duration) {
    let text = model(&building("a").replace("<gml:name>", &format!("{inside}<gml:name>")));
    let begun = Instant::now();
    (city(&text), begun.elapsed())
}

#[test]
fn text_in_pieces_does_not_grow_without_end() {
    let (found, took) = timed(&format!("<x>{}</x>", "t<y>u</y>".repeat(100_000)));
    let text = found.objects[0].text.len();
    assert!(text < 4 << 20 && took < Duration::from_secs(20), "{text} bytes, {took:?}");
    assert!(codes(&found).contains(&"stray-text".to_owned()));
    let (found, _) = timed("<x>one <y>two</y> three <y/> four</x>");
    let whole = found.objects[0].nodes().find(|node| node.name() == "x").expect("kept");
    assert_eq!(whole.text(), "one three four");
}

#[test]
fn prefixes_without_end_take_no_time() {
    let many: String = (0..30_000).map(|i| format!("<p{i}:x/>")).collect();
    let declared: String = (0..30_000).map(|i| format!(" xmlns:p{i}=\"u\"")).collect();
    let (found, took) = timed(&many);
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert!(codes(&found).len() <= 200 && found.objects[0].nodes.len() > 30_000);
    let (_, took) = timed(&format!("<x{declared}>{many}</x>"));
    assert!(took < Duration::from_secs(20), "{took:?}");
    let text = model(&building("a").replace("<gml:name>", &format!("{many}<gml:name>")));
    let begun = Instant::now();
    city(&text.replacen("\n  xmlns:uro=", &format!("{declared}\n  xmlns:uro="), 1));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[test]
fn a_sink_may_stop_and_a_report_stays_small() {
    let text = model(&(building("a") + &building("b")));
    let mut seen = 0;
    let error = stream(text.as_bytes(), "t.gml", &Limits::default(), |_| {
        seen += 1;
        std::ops::ControlFlow::Break(())
    });
    assert!(matches!(error, Err(CityGmlError::Stopped { .. })) && seen == 1);

    let bad: String = (0..20)
        .map(|i| format!("<gml:surfaceMember>{}</gml:surfaceMember>", polygon(&format!("p{i}"), f64::NAN)))
        .collect();
    let text = model(&building("a").replace("<gml:surfaceMember>", &format!("{bad}<gml:surfaceMember>")));
    let limits = Limits { entries_per_code: 5, ..Limits::default() };
    let found = read(text.as_bytes(), "t.gml", &limits).expect("a city");
    assert_eq!(found.report.entries.len(), 6);
    assert!(found.report.entries[5].action.starts_with("15 more"), "{:?}", found.report.entries[5]);
}
