//! Writes what fuzzing begins with: `cargo run --manifest-path fuzz/Cargo.toml --example seeds`.
//!
//! The small files of the tests, those that tests build in code among them, go to `fuzz/corpus/<target>/`.
//! Nothing of what lies there is overwritten but the seeds themselves.

use std::fs;
use std::path::{Path, PathBuf};

#[path = "../../crates/io/citygml/tests/common/mod.rs"]
mod citygml;
#[path = "../../crates/city/pack/tests/common/mod.rs"]
#[allow(dead_code, reason = "tests use more of it")]
mod packs;
#[path = "../../crates/io/tiles/tests/common/mod.rs"]
mod tiles;

/// Files of `crates/`, by target; a folder stands for the files in it.
const FILES: [(&str, &str); 5] = [
    ("citygml", "io/citygml/tests/data"),
    ("cityjson", "io/cityjson/tests/data"),
    ("geojson", "io/assemble/tests/data"),
    ("import", "io/citygml/tests/data"),
    ("import", "io/cityjson/tests/data"),
];

/// GeoJSON that tests have in their code, cut down to one feature of each kind.
const BUILDING: &str = r#"{"type":"Feature","properties":{"building_id":"a","measured_height":9.5},"geometry":{"type":"Polygon","coordinates":[[[139.69,35.69],[139.6901,35.69],[139.6901,35.6901],[139.69,35.69]]]}}"#;
const LINE: &str = r#"{"type":"Feature","properties":{"class":"footway","level":0},"geometry":{"type":"LineString","coordinates":[[139.69,35.69],[139.6901,35.69]]}}"#;
const NODE: &str = r#"{"type":"Feature","properties":{"node_id":"n1","ordinal":-1.0,"in_out":"3"},"geometry":{"type":"Point","coordinates":[-12100.5,-34100.25]}}"#;
const LINK: &str = r#"{"type":"Feature","properties":{"link_id":"l1","start_id":"n1","end_id":"n2","distance":10.5,"rt_struct":"7","route_type":"6","direction":"1","width":"3","elevator":"1","roof":"2"},"geometry":{"type":"LineString","coordinates":[[-12100.5,-34100.25],[-12090,-34100]]}}"#;
const FLOOR: &str = r#"{"type":"Feature","properties":{"id":"s1","category":"B021","floor_id":"f1","name":"B1","restricted":"1","toll":"3","ordinal":-1},"geometry":{"type":"MultiPolygon","coordinates":[[[[1,1],[1,2],[2,2],[1,1]]]]}}"#;
const WAYS: &str = r#"{"ways":[{"p":[1.5,2.0,3.0,4.0],"e":-6.5}],"areas":[],"labels":[{"t":"A"}]}"#;
const PLANE: &str = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::6677"}},"#;
const CODES: &str = r#"<gml:Dictionary xmlns:gml="http://www.opengis.net/gml" gml:id="d"><gml:name>usage</gml:name><gml:dictionaryEntry><gml:Definition gml:id="i"><gml:description>office</gml:description><gml:name>401</gml:name></gml:Definition></gml:dictionaryEntry></gml:Dictionary>"#;

fn collection(crs: &str, features: &[&str]) -> Vec<u8> {
    let features = features.join(",");
    format!(r#"{{"type":"FeatureCollection",{crs}"features":[{features}]}}"#).into_bytes()
}

fn main() -> std::io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = root.join("corpus");
    let mut count = 0;
    let mut save = |target: &str, name: &str, bytes: &[u8]| {
        count += 1;
        fs::create_dir_all(corpus.join(target))?;
        fs::write(corpus.join(target).join(name), bytes)
    };
    for (target, folder) in FILES {
        for path in files(&root.join("../crates").join(folder))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            save(target, &name, &fs::read(&path)?)?;
        }
    }
    let second = citygml::model(&(citygml::building("a") + &citygml::building("b")));
    save("citygml", "second.gml", second.as_bytes())?;
    save("import", "second.gml", second.as_bytes())?;
    save("citygml", "codes.xml", CODES.as_bytes())?;
    save("geojson", "buildings", &collection("", &[BUILDING]))?;
    save("geojson", "lines", &collection("", &[LINE]))?;
    save("indoor", "nodes", &collection(PLANE, &[NODE]))?;
    save("indoor", "links", &collection(PLANE, &[LINK]))?;
    save("indoor", "floors", &collection("", &[FLOOR]))?;
    save("indoor", "ways", WAYS.as_bytes())?;
    for (index, (_, files)) in tiles::fixtures().into_iter().enumerate() {
        for (name, bytes) in files.0 {
            save("tiles", &format!("{index}-{}", name.replace('/', "-")), &bytes)?;
        }
    }
    save("pack", "tiny.city", &packs::tiny().to_bytes().map_err(std::io::Error::other)?)?;
    println!("{count} seeds in {}", corpus.display());
    Ok(())
}

fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    paths.sort();
    paths.retain(|path| path.is_file());
    Ok(paths)
}
