//! Buildings of CityGML files to solids and packs.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use futago_assemble::{AssembleError, Import};
use futago_citygml::CityGmlError;
use futago_field::Report;
use futago_model::{BuildingFlags, Buildings, Source};
use futago_pack::Pack;

/// A closed ring of a square: south-west corner in degrees, side in degrees, height.
fn square([lat, lon]: [f64; 2], side: f64, height: f64) -> String {
    let at = |north: f64, east: f64| format!("{} {} {height}", lat + north * side, lon + east * side);
    let ring = [at(0.0, 0.0), at(0.0, 1.0), at(1.0, 1.0), at(1.0, 0.0), at(0.0, 0.0)].join(" ");
    format!(
        "<gml:MultiSurface><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing><gml:posList>{ring}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface>"
    )
}

fn file(buildings: &str) -> String {
    format!(
        r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:tran="http://www.opengis.net/citygml/transportation/2.0">
        <gml:boundedBy><gml:Envelope srsName="EPSG:6697" srsDimension="3"/></gml:boundedBy>{buildings}</core:CityModel>"#
    )
}

fn building(id: &str, content: &str) -> String {
    format!(
        r#"<core:cityObjectMember><bldg:Building gml:id="{id}">{content}</bldg:Building></core:cityObjectMember>"#
    )
}

fn city(text: &str) -> (Buildings, Report, f64) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.gml");
    std::fs::write(&path, text).expect("written");
    let pack = import().run(&[path], go).expect("a pack").city;
    assert_eq!(pack.city.about.frame.epsg, 6677);
    (pack.city.buildings, pack.report, pack.city.about.frame.origin_height_m)
}

#[test]
fn every_level_of_detail_becomes_solids() {
    let at = [35.69, 139.69];
    let lod0 = format!(
        "<bldg:measuredHeight uom=\"m\">9.5</bldg:measuredHeight><bldg:lod0RoofEdge>{}</bldg:lod0RoofEdge>",
        square(at, 1e-4, 0.0)
    );
    let lod1 = format!(
        "<bldg:lod1MultiSurface>{}</bldg:lod1MultiSurface><bldg:lod1MultiSurface>{}</bldg:lod1MultiSurface>",
        square(at, 1e-4, 30.0),
        square(at, 1e-4, 42.0)
    );
    let face = |part: &str, height: f64, at, side| {
        format!(
            "<bldg:boundedBy><bldg:{part}><bldg:lod2MultiSurface>{}</bldg:lod2MultiSurface></bldg:{part}></bldg:boundedBy>",
            square(at, side, height)
        )
    };
    let lod2 = face("GroundSurface", 30.0, at, 2e-4)
        + &face("RoofSurface", 35.0, at, 2e-4)
        + &face("RoofSurface", 130.0, at, 1e-4);
    let road = r#"<core:cityObjectMember><tran:Road gml:id="r"/></core:cityObjectMember>"#;
    let text = file(
        &(building("flat", &lod0)
            + &building("box", &lod1)
            + &building("tower", &lod2)
            + road
            + &building("none", "")),
    );
    let (city, report, ground) = city(&text);
    assert_eq!(ground, 30.0);
    let solids = |id: &str| {
        let record = &city.records[city.find(id).unwrap_or_else(|| panic!("no {id}"))];
        let first = record.first_solid as usize;
        let tops: Vec<f32> =
            city.solids[first..first + record.solid_count as usize].iter().map(|s| s.top_m).collect();
        (tops, record.flags.has(BuildingFlags::LOD2))
    };
    assert_eq!(solids("flat"), (vec![9.5], false));
    assert_eq!(solids("box"), (vec![12.0], false));
    assert_eq!(solids("tower"), (vec![5.0, 100.0], true));
    let codes: Vec<_> =
        report.entries.iter().map(|entry| (entry.code.as_str(), entry.feature.as_str())).collect();
    assert!(codes.contains(&("no-outline", "none")), "{codes:?}");
    let area = city.polygons.get(city.records[city.find("flat").expect("flat")].footprint).area_m2();
    assert!((area / (11.1 * 9.05) - 1.0).abs() < 0.01, "{area} m2");
}

fn import() -> Import {
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    Import::new("t", source, ["test".to_owned(), "0".to_owned()])
}

fn go(_done: u64, _total: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

#[test]
fn files_become_a_pack_that_is_the_same_on_any_number_of_threads() {
    let folder = tempfile::tempdir().expect("a folder");
    let box_of = |id: usize| {
        let at = [35.69 + id as f64 * 1e-4, 139.69];
        let roof = format!("<bldg:lod0RoofEdge>{}</bldg:lod0RoofEdge>", square(at, 5e-5, 0.0));
        building(
            &format!("b{id}"),
            &format!("<bldg:measuredHeight uom=\"m\">{}</bldg:measuredHeight>{roof}", id + 1),
        )
    };
    let files = [0, 1].map(|file| {
        let path = folder.path().join(format!("{file}.gml"));
        let text: String = (0..50).map(|i| box_of(file * 50 + i)).collect();
        std::fs::write(&path, self::file(&text)).expect("written");
        path
    });
    let packs = [1, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let pack = pool.install(|| import().run(&files, go)).expect("a pack").city;
        pack.to_bytes().expect("bytes")
    });
    assert!(packs[0] == packs[1], "the number of threads shows");
    let pack = Pack::read(&packs[0]).expect("a pack");
    assert_eq!((pack.city.buildings.records.len(), pack.build.inputs.len()), (100, 2));
    assert_eq!(pack.build.inputs[1].bytes, std::fs::metadata(&files[1]).expect("a file").len());
    assert_eq!(pack.city.about.sources[0].credit, "nobody");
}

#[test]
fn an_import_that_cannot_be_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("t.gml");
    let run = |text: &str| {
        std::fs::write(&path, text).expect("written");
        import().run(std::slice::from_ref(&path), go).expect_err("no city")
    };
    let whole = file(&building("a", ""));
    assert!(matches!(run(&whole), AssembleError::NoPlace { .. }));
    assert!(matches!(run(&file("")), AssembleError::NoPlace { .. }));
    assert!(matches!(run(&whole[..whole.len() - 30]), AssembleError::CityGml(CityGmlError::Cut { .. })));
    assert!(matches!(run("{}"), AssembleError::CityGml(CityGmlError::NotXml { .. })));
    let roof = format!("<bldg:lod0RoofEdge>{}</bldg:lod0RoofEdge>", square([35.69, 139.69], 1e-4, 0.0));
    std::fs::write(&path, file(&building("a", &roof))).expect("written");
    let stopped = import().run(std::slice::from_ref(&path), |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(AssembleError::Stopped { .. })));
    let abroad = run(&file(&building("a", &roof.replace("139.", "2."))));
    assert!(abroad.to_string().contains("too far"), "{abroad}");
    let gone = import().run(&[folder.path().join("gone.gml")], go).expect_err("gone");
    assert!(gone.to_string().contains("gone.gml"), "{gone}");
}

/// The eight buildings of Haneda, where the data is.
#[test]
fn real_buildings_stand_as_high_as_they_say() {
    let plateau = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/plateau");
    let path: PathBuf = plateau.join("other_cities/haneda_53392642/udx/bldg/53392642_bldg_6697_op2.gml");
    if !path.exists() {
        return eprintln!("SKIPPED: {} is not there", path.display());
    }
    let pack = import().run(&[path], go).expect("a pack").city;
    let buildings = &pack.city.buildings;
    assert_eq!(buildings.records.len(), 8);
    for record in &buildings.records {
        assert!(record.flags.has(BuildingFlags::LOD2), "{}", buildings.id_of(record));
        let (top, height) = (buildings.top_of(record), record.height_m);
        // The highest roof face by its mean; measuredHeight is of the highest point.
        assert!(
            top > 0.3 * height && top < 1.3 * height + 1.0,
            "{}: {top} {height}",
            buildings.id_of(record)
        );
    }
    pack.to_bytes().expect("a pack that can be read back");
}

/// Every real file, cut at some places (`FUTAGO_CUTS` each, 5 unless told): a clear error, or a city.
#[test]
fn real_files_cut_anywhere_are_an_error_or_a_city() {
    let plateau = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/plateau");
    let files = gml_files(&plateau);
    if files.is_empty() {
        return eprintln!("SKIPPED: {} is not there", plateau.display());
    }
    let cuts = std::env::var("FUTAGO_CUTS").ok().and_then(|text| text.parse().ok()).unwrap_or(5_usize);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cut.gml");
    let (mut errors, mut cities) = (0, 0);
    for file in files {
        let whole = std::fs::read(&file).expect("readable");
        for cut in 0..cuts {
            let end = whole.len() * (2 * cut + 1) / (2 * cuts);
            std::fs::write(&path, &whole[..end]).expect("written");
            match import().run(std::slice::from_ref(&path), go) {
                Ok(_) => cities += 1,
                Err(error) => {
                    assert!(error.to_string().contains("cut.gml"), "{error}");
                    errors += 1;
                }
            }
        }
    }
    eprintln!("{errors} errors, {cities} cities");
    assert_eq!(cities, 0, "the end of a CityModel is at its end");
    assert!(errors > 0);
}

fn gml_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(gml_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "gml") {
            files.push(path);
        }
    }
    files
}
