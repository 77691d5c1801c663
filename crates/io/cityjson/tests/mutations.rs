//! Files that something happened to: nothing panics, nothing hangs, and threads do not matter.

mod common;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use common::{ALL, HOUSE, SEQUENCE};
use futago_cityjson::{CityJsonError, Limits, looks_like, read, stream};
use futago_raw::{RawCity, RawObject};
use proptest::prelude::*;

/// Ceilings that keep a mutation such as a huge count from taking memory.
fn low() -> Limits {
    Limits { vertices: 1_000_000, object_nodes: 100_000, entries_per_code: 100, ..Limits::default() }
}

fn read_all(bytes: &[u8]) -> Result<RawCity, CityJsonError> {
    read(bytes, "t.json", &low())
}

/// Walks everything that is there; a wrong span or range panics.
fn walk(city: &RawCity) -> usize {
    let appearances = city.appearances.iter().flat_map(|a| a.properties.iter().chain(&a.surface_data));
    city.objects.iter().chain(&city.properties).chain(appearances).map(walk_object).sum()
}

fn walk_object(object: &RawObject) -> usize {
    let mut letters = 0;
    for node in object.nodes() {
        letters += node.name().len() + node.text().len() + node.part().name().len();
        letters += node.attributes().map(|(name, value)| name.len() + value.len()).sum::<usize>();
        letters += node.children().count();
    }
    for geometry in &object.shapes.geometries {
        for surface in object.shapes.surfaces_of(geometry) {
            let rings = object.shapes.rings_of(surface).iter();
            letters += rings.map(|ring| object.shapes.at(&ring.positions).len()).sum::<usize>();
        }
        letters += object.links[geometry.links.start as usize..geometry.links.end as usize].len();
    }
    letters += object.links.iter().map(|link| object.text(link.href).len()).sum::<usize>();
    letters + object.texture_rings.iter().map(|ring| object.text(ring.ring).len()).sum::<usize>()
}

/// What bytes may become: digits, brackets, anything.
const BYTES: &[u8] = b"0123456789-.eE[]{},:\"\\ntua\n\x00\xff";

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_bytes_breaks_the_reader(
        file in 0..ALL.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..3_u8, prop::sample::select(BYTES)), 1..6),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = ALL[file].as_bytes().to_vec();
        for (at, what, byte) in changes {
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let start = Instant::now();
        looks_like(&bytes);
        let found = read_all(&bytes);
        let streamed = stream(&bytes[..], "t.json", &low(), |_| ControlFlow::Continue(()));
        prop_assert_eq!(found.is_ok(), streamed.is_ok());
        match (found, streamed) {
            (Ok(city), Ok(summary)) => {
                walk(&city);
                prop_assert_eq!((city.objects.len(), &city.report), (summary.objects, &summary.report));
            }
            (Err(error), _) => prop_assert!(error.to_string().contains("t.json")),
            _ => {}
        }
        prop_assert!(start.elapsed() < Duration::from_secs(10), "it took {:?}", start.elapsed());
    }
}

#[test]
fn no_member_of_another_type_breaks_the_reader() {
    // Each value of each fixture in turn becomes something else; JSON stays JSON, so much is read.
    let (mut tried, mut taken) = (0, 0);
    for text in ALL {
        for (at, _) in text.match_indices([':', '[', ',']) {
            let rest = &text[at + 1..];
            let Some(Ok(value)) =
                serde_json::Deserializer::from_str(rest).into_iter::<&serde_json::value::RawValue>().next()
            else {
                continue;
            };
            let end = at + 1 + rest.find(value.get()).unwrap() + value.get().len();
            for other in ["null", "{}", "[]", "-1", "1e999", "4294967295", "\"x\"", "[[[[[[[[[[0]]]]]]]]]]"] {
                let changed = format!("{}{other}{}", &text[..=at], &text[end..]);
                tried += 1;
                if let Ok(city) = read_all(changed.as_bytes()) {
                    taken += 1;
                    walk(&city);
                }
            }
        }
    }
    assert!(tried > 5_000 && taken > tried / 2, "{taken} of {tried}");
}

#[test]
fn every_cut_is_an_error_or_a_smaller_city() {
    let whole = read_all(SEQUENCE.as_bytes()).unwrap().objects.len();
    let (mut cut, mut smaller) = (0, 0);
    for end in 0..SEQUENCE.len() {
        match read_all(&SEQUENCE.as_bytes()[..end]) {
            Ok(city) if city.objects.len() < whole => smaller += usize::from(city.report.entries.is_empty()),
            Ok(_) => assert!(end + 1 >= SEQUENCE.trim_end().len(), "{end}"),
            Err(CityJsonError::Cut { .. } | CityJsonError::NotJson { .. }) => cut += 1,
            Err(error) => panic!("{end}: {error}"),
        }
    }
    // Only after the head, and after the first feature, with its end of line or without.
    assert!(cut > 900 && smaller == 4, "{cut} {smaller}");
    for end in (0..HOUSE.trim_end().len()).filter(|end| HOUSE.is_char_boundary(*end)) {
        assert!(read_all(&HOUSE.as_bytes()[..end]).is_err(), "{end}");
    }
}

#[test]
fn one_and_four_threads_and_both_ways_give_the_same() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (one, four) = (pool(1), pool(4));
    let head = SEQUENCE.lines().next().unwrap();
    let features = |lines: usize| {
        let each = (0..lines)
            .map(|i| SEQUENCE.lines().nth(1 + i % 2).unwrap().replace("\"b\"", &format!("\"b{i}\"")));
        format!("{head}\n{}\n", each.collect::<Vec<_>>().join("\n"))
    };
    let many: Vec<_> = (0..9_000)
        .map(|i| format!("\"h{i}\": {{\"type\": \"Road\", \"attributes\": {{\"n\": {i}}}}}"))
        .collect();
    let large = HOUSE.replacen("\"ward\": {", &format!("{}, \"ward\": {{", many.join(", ")), 1);
    let long = features(9_000);
    for text in ALL.into_iter().chain([&*large, &*long]) {
        let first = one.install(|| read_all(text.as_bytes())).unwrap();
        assert!(walk(&first) > 100, "something is there");
        assert_eq!(first, four.install(|| read_all(text.as_bytes())).unwrap());
        let mut streamed = Vec::new();
        let summary = four.install(|| {
            stream(text.as_bytes(), "t.json", &low(), |item| {
                if item.kind == futago_raw::ItemKind::Object {
                    streamed.push(item.object);
                }
                ControlFlow::Continue(())
            })
        });
        let summary = summary.unwrap();
        assert!(
            streamed == first.objects && summary.report == first.report && summary.header == first.header
        );
        assert_eq!(summary.bytes, text.len() as u64);
    }
    assert_eq!(read_all(large.as_bytes()).unwrap().objects.len(), 9_003);
    assert_eq!(read_all(long.as_bytes()).unwrap().objects.len(), 9_000);
}
