//! Raw features of a made-up file, in memory, against the events of `quick-xml`.
//! `examples/rate.rs` measures large real files.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use futago_citygml::{Limits, read};
use quick_xml::Reader;
use quick_xml::events::Event;

/// A file of this many buildings of twelve walls.
fn file(buildings: usize) -> String {
    let mut text = String::from(
        r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0">
<gml:boundedBy><gml:Envelope srsName="EPSG:6697" srsDimension="3"/></gml:boundedBy>"#,
    );
    for building in 0..buildings {
        text += &format!("\n\t<core:cityObjectMember>\n\t\t<bldg:Building gml:id=\"b{building}\">");
        for wall in 0..12 {
            let (south, west) = (f64::from(wall) / 7919.0 + 35.6, building as f64 / 7_907_919.0 + 139.6);
            let at = |north: f64, east: f64| format!("{} {} 35.125", south + north, west + east);
            let ring = [at(0.0, 0.0), at(1e-4, 0.0), at(1e-4, 1e-4), at(0.0, 1e-4), at(0.0, 0.0)].join(" ");
            text += &format!(
                "\n\t\t\t<bldg:boundedBy>\n\t\t\t\t<bldg:WallSurface gml:id=\"w{building}-{wall}\">\n\t\t\t\t\t<bldg:lod2MultiSurface>\n\t\t\t\t\t\t<gml:MultiSurface>\n\t\t\t\t\t\t\t<gml:surfaceMember>\n\t\t\t\t\t\t\t\t<gml:Polygon gml:id=\"p{building}-{wall}\">\n\t\t\t\t\t\t\t\t\t<gml:exterior>\n\t\t\t\t\t\t\t\t\t\t<gml:LinearRing>\n\t\t\t\t\t\t\t\t\t\t\t<gml:posList>{ring}</gml:posList>\n\t\t\t\t\t\t\t\t\t\t</gml:LinearRing>\n\t\t\t\t\t\t\t\t\t</gml:exterior>\n\t\t\t\t\t\t\t\t</gml:Polygon>\n\t\t\t\t\t\t\t</gml:surfaceMember>\n\t\t\t\t\t\t</gml:MultiSurface>\n\t\t\t\t\t</bldg:lod2MultiSurface>\n\t\t\t\t</bldg:WallSurface>\n\t\t\t</bldg:boundedBy>"
            );
        }
        text += "\n\t\t</bldg:Building>\n\t</core:cityObjectMember>";
    }
    text + "\n</core:CityModel>\n"
}

fn benches(criterion: &mut Criterion) {
    let text = file(1000);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let mut group = criterion.benchmark_group("citygml");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    group.bench_function("quick-xml slice events", |bencher| {
        bencher.iter(|| {
            let mut reader = Reader::from_reader(text.as_bytes());
            while black_box(reader.read_event().expect("XML")) != Event::Eof {}
        });
    });
    group.bench_function("raw features, 1 thread", |bencher| {
        bencher.iter(|| {
            one.install(|| read(black_box(text.as_bytes()), "bench", &Limits::default()).expect("CityGML"))
        });
    });
    group.finish();
}

criterion_group!(parse, benches);
criterion_main!(parse);
