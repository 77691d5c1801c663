//! Heights of the ground beside buildings: told apart by content, made one grid, and told in the Report.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use futago_assemble::{AssembleError, Import};
use futago_model::{Ground, Source, Terrain};
use futago_pack::Pack;
use tiff::encoder::{TiffEncoder, colortype::Gray32Float};
use tiff::tags::Tag;
use zip::write::SimpleFileOptions;

const CITY: &str = r#"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:dem="http://www.opengis.net/citygml/relief/2.0"><gml:boundedBy><gml:Envelope srsName="http://www.opengis.net/def/crs/EPSG/0/6697" srsDimension="3"><gml:lowerCorner>35.69 139.69 0</gml:lowerCorner><gml:upperCorner>35.692 139.692 50</gml:upperCorner></gml:Envelope></gml:boundedBy>CONTENT</core:CityModel>"#;

fn ring(corners: &[[f64; 3]]) -> String {
    let closed: Vec<String> =
        corners.iter().chain(corners.first()).map(|[n, e, z]| format!("{n} {e} {z}")).collect();
    format!(
        "<gml:exterior><gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing></gml:exterior>",
        closed.join(" ")
    )
}

/// A building whose ground face lies at T.P. 31 m.
fn house() -> String {
    let face = |z: f64| {
        let corners =
            [[35.6905, 139.6905, z], [35.6905, 139.6907, z], [35.6907, 139.6907, z], [35.6907, 139.6905, z]];
        format!(
            "<gml:MultiSurface><gml:surfaceMember><gml:Polygon>{}</gml:Polygon></gml:surfaceMember></gml:MultiSurface>",
            ring(&corners)
        )
    };
    let house = format!(
        r#"<core:cityObjectMember><bldg:Building gml:id="a"><bldg:measuredHeight uom="m">9.5</bldg:measuredHeight><bldg:lod0RoofEdge>{}</bldg:lod0RoofEdge><bldg:boundedBy><bldg:GroundSurface><bldg:lod2MultiSurface>{}</bldg:lod2MultiSurface></bldg:GroundSurface></bldg:boundedBy></bldg:Building></core:cityObjectMember>"#,
        face(0.0),
        face(31.0)
    );
    CITY.replace("CONTENT", &house)
}

/// Two triangles over the envelope, flat at T.P. `z`, and a face of four corners that is none.
fn dem(z: f64) -> String {
    let [a, b, c, d] = [[35.69, 139.69, z], [35.69, 139.692, z], [35.692, 139.692, z], [35.692, 139.69, z]];
    let triangles = [vec![a, b, c], vec![a, c, d], vec![a, b, c, d]];
    let triangles: String =
        triangles.iter().map(|t| format!("<gml:Triangle>{}</gml:Triangle>", ring(t))).collect();
    let relief = format!(
        r#"<core:cityObjectMember><dem:ReliefFeature gml:id="r"><dem:lod>1</dem:lod><dem:reliefComponent><dem:TINRelief gml:id="t"><dem:lod>1</dem:lod><dem:tin><gml:TriangulatedSurface><gml:trianglePatches>{triangles}</gml:trianglePatches></gml:TriangulatedSurface></dem:tin></dem:TINRelief></dem:reliefComponent></dem:ReliefFeature></core:cityObjectMember>"#
    );
    CITY.replace("CONTENT", &relief)
}

/// A GeoTIFF in degrees over the envelope, flat at `z`.
fn geotiff(z: f32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).expect("begun");
    let mut image = encoder.new_image::<Gray32Float>(60, 60).expect("begun");
    let tags = image.encoder();
    tags.write_tag(Tag::ModelPixelScaleTag, &[4e-5, 4e-5, 0.0][..]).expect("written");
    tags.write_tag(Tag::ModelTiepointTag, &[0.0, 0.0, 0.0, 139.6898, 35.6922, 0.0][..]).expect("written");
    let keys: [u16; 12] = [1, 1, 0, 2, 1024, 0, 1, 2, 2048, 0, 1, 6668];
    tags.write_tag(Tag::GeoKeyDirectoryTag, &keys[..]).expect("written");
    image.write_data(&[z; 3600]).expect("written");
    bytes.into_inner()
}

/// The PNG tile 18/232794/103202 and so on, flat at `z`.
fn tile(z: f64) -> Vec<u8> {
    let code = (z * 100.0).round() as u32;
    let pixel = &code.to_be_bytes()[1..];
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 256, 256);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().expect("begun").write_image_data(&pixel.repeat(65_536)).expect("written");
    bytes
}

/// The tile of a zoom level that a place is in.
fn tile_of(zoom: u32, lon: f64, lat: f64) -> [u32; 2] {
    let tiles = f64::from(1_u32 << zoom);
    let north = lat.to_radians().tan().asinh() / std::f64::consts::PI;
    [(lon + 180.0) / 360.0 * tiles, (1.0 - north) / 2.0 * tiles].map(|i| i as u32)
}

fn import() -> Import {
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    Import::new("t", source, ["test".to_owned(), "0".to_owned()])
}

fn try_run(inputs: &[PathBuf]) -> Result<Pack, AssembleError> {
    import().run(inputs, |_, _| ControlFlow::Continue(())).map(|packs| packs.city)
}

fn run(inputs: &[PathBuf]) -> Pack {
    try_run(inputs).unwrap_or_else(|error| panic!("{error}"))
}

fn terrain(pack: &Pack) -> &Terrain {
    pack.city.terrain.as_ref().expect("a terrain")
}

fn codes(pack: &Pack) -> Vec<&str> {
    let mut codes: Vec<&str> = pack.report.entries.iter().map(|entry| entry.code.as_str()).collect();
    codes.dedup();
    codes
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::fs::write(&path, bytes).expect("written");
    path
}

/// Height T.P. at the house.
fn at_house(pack: &Pack) -> f64 {
    let building = &pack.city.buildings.records[0];
    let at = pack.city.buildings.polygons.get(building.footprint).middle_m();
    terrain(pack).height_m(at).expect("a height") + pack.city.about.frame.origin_height_m
}

#[test]
fn triangles_of_a_dem_are_the_ground_and_stay_objects() {
    let folder = tempfile::tempdir().expect("a folder");
    let inputs = [write(folder.path(), "b.gml", house()), write(folder.path(), "dem.gml", dem(30.25))];
    let pack = run(&inputs);
    assert!((at_house(&pack) - 30.25).abs() < 1e-9);
    assert_eq!(pack.city.about.frame.origin_height_m, 31.0, "as without a terrain");
    let building = &pack.city.buildings.records[0];
    assert_eq!(building.height_m, 9.5, "above the ground");
    assert_eq!(terrain(&pack).sources, ["dem.gml"]);
    assert_eq!(pack.objects.objects().count(), 2);
    assert!(codes(&pack).contains(&"terrain-face"), "{:?}", codes(&pack));
    let Ground::Terrain { height_tp_m, note } = &pack.city.about.ground else { panic!("no terrain") };
    assert_eq!(*height_tp_m, 31.0);
    assert!(note.contains("dem.gml") && note.contains("T.P. 30.25 to 30.25 m"), "{note}");
    let bytes = pack.to_bytes().expect("a pack");
    let back = Pack::read(&bytes).expect("readable");
    assert_eq!(back.city.terrain, pack.city.terrain);
    assert!(run(&inputs).to_bytes().expect("a pack") == bytes, "the same bytes");

    let without = run(&inputs[..1]);
    assert!(without.city.terrain.is_none());
    assert!(matches!(without.city.about.ground, Ground::Constant { .. }));
}

#[test]
fn every_kind_of_heights_is_told_by_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let city = write(root, "b.gml", house());
    let [x, y] = tile_of(15, 139.6906, 35.6906);
    let named = |name: &str, bytes: Vec<u8>| [city.clone(), write(root, name, bytes)];
    let tif = run(&named("heights", geotiff(33.5)));
    assert!((at_house(&tif) - 33.5).abs() < 1e-5);
    assert_eq!(terrain(&tif).sources, ["heights"]);
    // 4e-5 degrees are 3.6 by 4.4 m, which makes 4 m.
    assert_eq!(terrain(&tif).grid.spacing_mm, 4000);
    let single = run(&named(&format!("15/{x}/{y}.png"), tile(34.25)));
    assert!((at_house(&single) - 34.25).abs() < 1e-5);
    // A folder of tiles, whose common folders are their place, a damaged one, and its zip.
    let tiles = root.join("tiles");
    write(root, &format!("tiles/15/{x}/{y}.png"), tile(34.25));
    write(root, &format!("tiles/15/{x}/{}.png", y + 1), &tile(34.25)[..200]);
    let from_folder = run(&[city.clone(), tiles]);
    assert!((at_house(&from_folder) - 34.25).abs() < 1e-5);
    assert!(codes(&from_folder).contains(&"terrain-unreadable"), "{:?}", codes(&from_folder));
    let path = root.join("tiles.zip");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("made"));
    zip.start_file(format!("pack/15/{x}/{y}.png"), SimpleFileOptions::default()).expect("begun");
    zip.write_all(&tile(34.25)).expect("written");
    zip.finish().expect("finished");
    let from_zip = run(&[city, path]);
    assert!((at_house(&from_zip) - 34.25).abs() < 1e-5);
    assert_eq!(terrain(&from_zip).heights_mm, terrain(&single).heights_mm);
}

#[test]
fn the_download_of_the_base_map_is_read_as_it_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let city = write(folder.path(), "b.gml", house());
    // A mesh of 1/120 by 1/80 degrees in 150 by 225 samples, as they are.
    let rows = "地表面,36.50\n".repeat(150 * 225);
    let mesh = format!(
        r#"<Dataset xmlns:gml="http://www.opengis.net/gml/3.2" xmlns="http://fgd.gsi.go.jp/spec/2008/FGD_GMLSchema"><DEM><coverage><gml:boundedBy><gml:Envelope srsName="fguuid:jgd2011.bl"><gml:lowerCorner>35.683333333 139.6875</gml:lowerCorner><gml:upperCorner>35.691666667 139.7</gml:upperCorner></gml:Envelope></gml:boundedBy><gml:gridDomain><gml:Grid><gml:limits><gml:GridEnvelope><gml:low>0 0</gml:low><gml:high>224 149</gml:high></gml:GridEnvelope></gml:limits></gml:Grid></gml:gridDomain><gml:rangeSet><gml:DataBlock><gml:tupleList>{rows}</gml:tupleList></gml:DataBlock></gml:rangeSet><gml:coverageFunction><gml:GridFunction><gml:sequenceRule order="+x-y">Linear</gml:sequenceRule><gml:startPoint>0 0</gml:startPoint></gml:GridFunction></gml:coverageFunction></coverage></DEM></Dataset>"#
    );
    let zipped = |name: &str, content: &[u8]| {
        let mut bytes = Cursor::new(Vec::new());
        let mut zip = zip::ZipWriter::new(&mut bytes);
        zip.start_file(name, SimpleFileOptions::default()).expect("begun");
        zip.write_all(content).expect("written");
        zip.finish().expect("finished");
        bytes.into_inner()
    };
    let name = "FG-GML-5339-45-22-DEM5A-20161001.xml";
    let plain = write(folder.path(), name, &mesh);
    let want = run(&[city.clone(), plain]);
    assert!((at_house(&want) - 36.5).abs() < 1e-5);
    let inner = zipped(name, mesh.as_bytes());
    let outer = write(folder.path(), "PackDLMap.zip", zipped("FG-GML-533945-DEM5A-20161001.zip", &inner));
    let mut limits = import();
    // Flat ground packs well.
    limits.limits.zip_ratio = 100_000;
    let run = limits.run(&[city, outer], |_, _| ControlFlow::Continue(())).expect("a city").city;
    assert_eq!(terrain(&run).heights_mm, terrain(&want).heights_mm);
    assert_eq!(terrain(&run).sources, ["base map DEM5A, EPSG:6668"]);
}

#[test]
fn heights_alone_are_a_city_and_useless_ones_are_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let tif = write(folder.path(), "dem.tif", geotiff(20.0));
    let pack = run(std::slice::from_ref(&tif));
    assert_eq!(terrain(&pack).range_m(), Some([20.0, 20.0]));
    assert_eq!(pack.city.about.frame.epsg, 6677);
    let [west, south, east, north] = pack.city.about.bounds_m;
    assert!(east - west > 200.0 && north - south > 250.0, "{:?}", pack.city.about.bounds_m);
    assert!(Pack::read(&pack.to_bytes().expect("a pack")).is_ok());

    let cut = write(folder.path(), "cut.tif", &geotiff(20.0)[..3000]);
    let error = try_run(&[cut]).expect_err("cut").to_string();
    assert!(error.contains("cut.tif") && error.contains("GeoTIFF"), "{error}");
    // A picture among the files of a delivery is no terrain and no error.
    let delivery = folder.path().join("delivery");
    write(&delivery, "udx/b.gml", house());
    write(&delivery, "udx/b_appearance/wall.tif", geotiff(20.0));
    let pack = run(&[delivery]);
    assert!(pack.city.terrain.is_none(), "a texture");
}

/// The real terrain files, where they are.
#[test]
fn real_terrains_have_the_heights_of_their_envelopes() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/plateau");
    let files = [
        ("shinjuku_53394525/udx/dem/533925_dem_6697_op.gml", [4.8, 6.9]),
        ("other_cities/v3_samples/523965_dem_6697_05_op.gml", [-0.02, 24.2]),
    ];
    for (file, [low_m, high_m]) in files {
        let path = data.join(file);
        if !path.is_file() {
            println!("skipped: {} is not here", path.display());
            continue;
        }
        let pack = run(&[path]);
        let origin_m = pack.city.about.frame.origin_height_m;
        let [low, high] = terrain(&pack).range_m().expect("heights").map(|up| up + origin_m);
        assert!(low >= low_m - 0.1 && high <= high_m + 0.1 && high - low > 1.0, "{file}: {low} to {high} m");
    }
}

#[test]
fn footprints_without_ground_stand_at_the_median_of_the_terrain() {
    let folder = tempfile::tempdir().expect("a folder");
    let house = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"a","height":12.5},
        "geometry":{"type":"Polygon","coordinates":[[[139.6905,35.6905],[139.6907,35.6905],[139.6907,35.6907],[139.6905,35.6907],[139.6905,35.6905]]]}}]}"#;
    let inputs = [write(folder.path(), "a.geojson", house), write(folder.path(), "z.tif", geotiff(37.5))];
    let pack = run(&inputs);
    assert_eq!(pack.city.about.frame.origin_height_m, 37.5);
    assert!((at_house(&pack) - 37.5).abs() < 1e-9);
    assert_eq!(terrain(&pack).range_m(), Some([0.0, 0.0]));
    let note = pack.city.about.ground.note();
    assert!(note.contains("at the median height of the terrain"), "{note}");
    pack.to_bytes().expect("a pack");
}
