//! Folders, zip files and formats: what they are follows from their content, and nothing gets lost.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use futago_assemble::{AssembleError, Import, ImportError};
use futago_model::Source;
use futago_pack::{Pack, read_objects};
use zip::write::SimpleFileOptions;

const LIST: &str = r#"<gml:Dictionary xmlns:gml="http://www.opengis.net/gml" gml:id="x"><gml:name>Building_usage</gml:name>
<gml:dictionaryEntry><gml:Definition gml:id="i"><gml:description>業務施設</gml:description><gml:name>401</gml:name></gml:Definition></gml:dictionaryEntry></gml:Dictionary>"#;

fn house(id: &str, north: f64) -> String {
    let corner = |n: f64, e: f64, z: f64| format!("{} {} {z}", 35.69 + north + n, 139.69 + e);
    let ring = |z: f64| {
        [[0.0, 0.0], [0.0, 1e-4], [1e-4, 1e-4], [1e-4, 0.0], [0.0, 0.0]]
            .map(|[n, e]| corner(n, e, z))
            .join(" ")
    };
    let face = |z: f64| {
        format!(
            "<gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>",
            ring(z)
        )
    };
    format!(
        r#"<core:cityObjectMember><bldg:Building gml:id="{id}"><bldg:usage codeSpace="../../codelists/Building_usage.xml">401</bldg:usage><bldg:measuredHeight uom="m">9.5</bldg:measuredHeight><bldg:lod0RoofEdge>{}</bldg:lod0RoofEdge><bldg:boundedBy><bldg:GroundSurface><bldg:lod2MultiSurface>{}</bldg:lod2MultiSurface></bldg:GroundSurface></bldg:boundedBy><bldg:boundedBy><bldg:RoofSurface gml:id="{id}-r"><bldg:lod2MultiSurface>{}</bldg:lod2MultiSurface></bldg:RoofSurface></bldg:boundedBy></bldg:Building></core:cityObjectMember>"#,
        face(0.0),
        face(30.0),
        face(39.5)
    )
}

fn file(content: &str) -> String {
    format!(
        r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0"><gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3"><gml:lowerCorner>35.69 139.69 0</gml:lowerCorner><gml:upperCorner>35.70 139.70 50</gml:upperCorner></gml:Envelope></gml:boundedBy>{content}</core:CityModel>"#
    )
}

fn import() -> Import {
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    Import::new("t", source, ["test".to_owned(), "0".to_owned()])
}

fn go(_: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn run(import: &Import, input: &Path) -> Pack {
    let packs = import.run(&[input.to_owned()], go);
    packs.unwrap_or_else(|error| panic!("{}: {error}", input.display())).city
}

/// The files of a small delivery.
fn delivery() -> Vec<(&'static str, String)> {
    vec![
        ("udx/bldg/2_bldg.gml", file(&house("b", 2e-4))),
        ("udx/bldg/1_bldg.gml", file(&house("a", 0.0))),
        ("codelists/Building_usage.xml", LIST.to_owned()),
        ("metadata/readme.txt", "nothing".to_owned()),
    ]
}

fn write_folder(root: &Path) {
    for (name, text) in delivery() {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
}

fn write_zip(path: &Path, prefix: &str) {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(path).expect("made"));
    for (name, text) in delivery() {
        zip.start_file(format!("{prefix}{name}"), SimpleFileOptions::default()).expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished");
}

#[test]
fn a_folder_and_its_zip_are_the_same_city() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plain, zip) = (folder.path().join("plain"), folder.path().join("any.name"));
    write_folder(&plain);
    write_zip(&zip, "13104_shinjuku_citygml/");
    let [one, other] = [&plain, &zip].map(|input| run(&import(), input));
    assert_eq!(one.city.buildings.records.len(), 2);
    let files: Vec<_> = one.build.inputs.iter().map(|input| input.file.as_str()).collect();
    assert_eq!(files, ["udx/bldg/1_bldg.gml", "udx/bldg/2_bldg.gml"], "in the order of their paths");
    assert!(one.to_bytes().expect("a pack") == other.to_bytes().expect("a pack"));
    let codes: Vec<_> = one.report.entries.iter().map(|e| (e.code.as_str(), e.feature.as_str())).collect();
    assert!(codes.contains(&("other-file", "txt")), "{codes:?}");
}

#[test]
fn codes_have_their_meaning() {
    let folder = tempfile::tempdir().expect("a folder");
    write_folder(folder.path());
    let bytes = run(&import(), folder.path()).to_bytes().expect("a pack");
    let objects = read_objects(&bytes).expect("objects");
    let usage = objects.objects().next().and_then(|house| house.child("bldg:usage")).expect("a usage");
    assert_eq!((usage.text(), usage.attribute("futago:meaning")), ("401", Some("業務施設")));
    // One file of it finds the lists of its delivery too, and without them says so.
    let alone = run(&import(), &folder.path().join("udx/bldg/1_bldg.gml"));
    assert_eq!(alone.report.entries, vec![], "nothing is wrong with it");
    std::fs::remove_dir_all(folder.path().join("codelists")).expect("removed");
    let without = run(&import(), &folder.path().join("udx/bldg/1_bldg.gml"));
    assert_eq!(without.report.counts(), [("missing-codelist", 1)]);
}

#[test]
fn bounds_and_levels_of_detail_leave_out_what_they_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.gml");
    std::fs::write(&path, file(&(house("a", 0.0) + &house("far", 5e-3)))).expect("written");
    let near = run(&Import { bounds: Some([139.689, 35.689, 139.691, 35.691]), ..import() }, &path);
    assert_eq!(near.objects.objects().filter_map(|object| object.id()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(near.report.counts(), [("missing-codelist", 1), ("out-of-bounds", 1)]);
    let whole = run(&import(), &path);
    let flat = run(&Import { lod: Some(1), ..import() }, &path);
    let faces = |pack: &Pack| (pack.objects.surfaces.len(), pack.objects.elements.len());
    assert_eq!((faces(&whole).0, faces(&flat).0), (6, 2));
    assert_eq!(faces(&whole).1, faces(&flat).1, "what is said of them stays");
}

#[test]
fn dangerous_zip_files_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.zip");
    let refused = |write: &dyn Fn(&mut zip::ZipWriter<std::fs::File>)| {
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("made"));
        write(&mut zip);
        zip.finish().expect("finished");
        match import().run(std::slice::from_ref(&path), go) {
            Err(AssembleError::Input(error)) => error.to_string(),
            other => panic!("{other:?}"),
        }
    };
    let out = refused(&|zip| {
        zip.start_file("../../evil.gml", SimpleFileOptions::default()).expect("begun");
        zip.write_all(file(&house("a", 0.0)).as_bytes()).expect("written");
    });
    assert!(out.contains("evil.gml") && out.contains("leads out"), "{out}");
    let bomb = refused(&|zip| {
        zip.start_file("bomb.gml", SimpleFileOptions::default()).expect("begun");
        zip.write_all(&vec![b' '; 8 << 20]).expect("written");
    });
    assert!(bomb.contains("zip_ratio"), "{bomb}");
    assert!(refused(&|_| {}).contains("no file of city objects"));
    std::fs::write(&path, b"PK\x03\x04 and then nothing").expect("written");
    let broken = import().run(std::slice::from_ref(&path), go).expect_err("no zip");
    assert!(matches!(broken, AssembleError::Input(ImportError::BadZip { .. })), "{broken}");
}

#[test]
fn a_zip_cut_or_changed_anywhere_is_an_error_or_a_city() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.zip");
    write_zip(&path, "");
    let whole = std::fs::read(&path).expect("it is there");
    let (mut errors, mut cities) = (0, 0);
    for step in 0..160_usize {
        let mut bytes = whole.clone();
        let at = (step * 7919) % bytes.len();
        if step % 2 == 0 {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << (step % 8);
        }
        std::fs::write(&path, &bytes).expect("written");
        match import().run(std::slice::from_ref(&path), go) {
            Ok(_) => cities += 1,
            Err(_) => errors += 1,
        }
    }
    assert!(errors > 80, "{errors} errors, {cities} cities");
}

#[test]
fn formats_are_told_by_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let path: PathBuf = folder.path().join("no-ending");
    let json = r#"{"type":"CityJSON","version":"2.0","transform":{"scale":[0.001,0.001,0.001],"translate":[0,0,0]},
        "metadata":{"referenceSystem":"https://www.opengis.net/def/crs/EPSG/0/6677"},
        "CityObjects":{"h":{"type":"Building","attributes":{"measuredHeight":6.0},"geometry":[{"type":"MultiSurface","lod":"0","boundaries":[[[0,1,2,3]]]}]}},
        "vertices":[[-11000000,-35000000,0],[-10990000,-35000000,0],[-10990000,-34990000,0],[-11000000,-34990000,0]]}"#;
    std::fs::write(&path, json).expect("written");
    let pack = run(&import(), &path);
    let record = &pack.city.buildings.records[0];
    let area = pack.city.buildings.polygons.get(record.footprint).area_m2();
    assert!((area - 100.0).abs() < 1e-6 && (record.height_m - 6.0).abs() < 1e-6, "{area}");
    assert_eq!(pack.city.about.frame.epsg, 6677);
    std::fs::write(&path, "plain words").expect("written");
    import().run(std::slice::from_ref(&path), go).expect_err("no city");
}

/// The houses of the tests of `futago_features`.
fn houses(file: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../features/tests/data").join(file);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn layers_become_buildings_from_a_folder_and_a_zip() {
    let folder = tempfile::tempdir().expect("a folder");
    let (plain, path) = (folder.path().join("plain"), folder.path().join("t.zip"));
    std::fs::create_dir(&plain).expect("made");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("made"));
    for ending in ["shp", "dbf", "prj", "cpg"] {
        let (name, bytes) = (format!("houses.{ending}"), houses(&format!("houses.{ending}")));
        std::fs::write(plain.join(&name), &bytes).expect("written");
        zip.start_file(format!("in/{name}"), SimpleFileOptions::default()).expect("begun");
        zip.write_all(&bytes).expect("written");
    }
    zip.finish().expect("finished");
    let [one, other] = [&plain, &path].map(|input| run(&import(), input));
    assert!(one.to_bytes().expect("a pack") == other.to_bytes().expect("a pack"));
    assert_eq!(
        one.report.counts().iter().find(|(code, _)| *code == "other-file"),
        None,
        "what belongs to it"
    );
    for file in ["houses.geojson", "houses.fgb", "houses.parquet"] {
        let path = folder.path().join(file);
        std::fs::write(&path, houses(file)).expect("written");
        let layer = run(&import(), &path);
        let (records, others) = (&layer.city.buildings.records, &one.city.buildings.records);
        assert_eq!((records.len(), others.len()), (3, 3), "{file}");
        for record in records {
            let other = others.iter().find(|other| other.height_m == record.height_m).expect("its height");
            assert_eq!(record.flags, other.flags, "{file}");
            let [area, other] = [(&layer, record), (&one, other)]
                .map(|(pack, record)| pack.city.buildings.polygons.get(record.footprint).area_m2());
            assert!((area - other).abs() < 0.2, "{file}: {area} m2, {other} m2");
        }
    }
    let assumed = one.city.buildings.records.iter().filter(|record| record.height_m == 6.0);
    assert_eq!(assumed.count(), 1, "two storeys are 6 m");
}
