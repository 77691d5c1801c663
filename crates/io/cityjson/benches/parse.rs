//! Raw features of a made-up city of 20 MB, in memory, against `serde_json` making values of the same bytes.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futago_cityjson::{Limits, read};

/// A house in two parts, the second with a solid with semantics: as much as a file of a real city has.
fn house(text: &mut String, number: usize) {
    let first = number * 8;
    let at = |corner: usize| first + corner;
    let ring = |corners: [usize; 4]| {
        format!("[[{},{},{},{}]]", at(corners[0]), at(corners[1]), at(corners[2]), at(corners[3]))
    };
    let faces = [[0, 3, 2, 1], [4, 5, 6, 7], [0, 1, 5, 4], [1, 2, 6, 5], [2, 3, 7, 6], [3, 0, 4, 7]]
        .map(ring)
        .join(",");
    let _ = write!(
        text,
        r#""house-{number}":{{"type":"Building","attributes":{{"measuredHeight":12.5,"storeysAboveGround":4,"yearOfConstruction":1987,"usage":"401","owner":"nobody"}},"children":["house-{number}-0"],"geometry":[{{"type":"MultiSurface","lod":"0","boundaries":[{}]}},{{"type":"Solid","lod":"1.2","boundaries":[[{faces}]]}}]}},"house-{number}-0":{{"type":"BuildingPart","parents":["house-{number}"],"attributes":{{"roofType":"flat"}},"geometry":[{{"type":"Solid","lod":"2.2","boundaries":[[{faces}]],"semantics":{{"surfaces":[{{"type":"GroundSurface"}},{{"type":"RoofSurface","slope":1.5}},{{"type":"WallSurface"}}],"values":[[0,1,2,2,2,2]]}}}}]}}"#,
        ring([0, 1, 2, 3]),
    );
}

/// A file of so many houses.
fn file(houses: usize) -> String {
    let mut text = String::from(
        r#"{"type":"CityJSON","version":"2.0","transform":{"scale":[0.0000001,0.0000001,0.001],"translate":[139.69,35.69,40.0]},"metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/6697"},"CityObjects":{"#,
    );
    for number in 0..houses {
        text += if number == 0 { "" } else { "," };
        house(&mut text, number);
    }
    text += "},\"vertices\":[";
    for number in 0..houses {
        let (x, y) = (number % 200 * 2000, number / 200 * 2000);
        for corner in 0..8 {
            let (east, north) =
                (x + 1000 * usize::from(matches!(corner % 4, 1 | 2)), y + 1000 * usize::from(corner % 4 > 1));
            let comma = if number + corner == 0 { "" } else { "," };
            let _ = write!(text, "{comma}[{east},{north},{}]", corner / 4 * 12_500);
        }
    }
    text + "]}"
}

fn benches(criterion: &mut Criterion) {
    let text = file(18_000);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    let (one, two) = (pool(1), pool(2));
    let raw = || read(black_box(text.as_bytes()), "bench", &Limits::default()).expect("CityJSON");
    assert_eq!((raw().objects.len(), raw().report.entries.len()), (18_000, 0));
    let mut group = criterion.benchmark_group("cityjson");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    group.bench_function("serde_json values", |bencher| {
        bencher
            .iter(|| serde_json::from_slice::<serde_json::Value>(black_box(text.as_bytes())).expect("JSON"));
    });
    group.bench_function("raw features, 1 thread", |bencher| bencher.iter(|| one.install(raw)));
    group.bench_function("raw features, 2 threads", |bencher| bencher.iter(|| two.install(raw)));
    group.finish();
}

criterion_group!(parse, benches);
criterion_main!(parse);
