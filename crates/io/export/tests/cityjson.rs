//! Published objects to CityJSON: appearance and heights, by way of an import.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use futago_assemble::Import;
use futago_export::{Images, export_cityjson};
use futago_model::Source;
use futago_pack::Pack;
use serde_json::{Value, json};

/// A floor and two walls on a square; the floor has a hole. One image is on the floor and a wall, in the theme of
/// the file, another on the same wall in a theme of the building; one wall is painted.
const FILE: &str = r##"<core:CityModel xmlns:core="http://www.opengis.net/citygml/2.0" xmlns:gml="http://www.opengis.net/gml" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:app="http://www.opengis.net/citygml/appearance/2.0">
<gml:boundedBy><gml:Envelope srsName="EPSG:6677" srsDimension="3"/></gml:boundedBy>
<core:cityObjectMember><bldg:Building gml:id="b"><bldg:measuredHeight uom="m">9</bldg:measuredHeight>
<app:appearance><app:Appearance><app:theme>night</app:theme><app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>tex/dark.png</app:imageURI>
<app:target uri="#wall"><app:TexCoordList><app:textureCoordinates ring="#wall-ring">0 0 1 0 1 1 0 1 0 0</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture></app:surfaceDataMember></app:Appearance></app:appearance>
<bldg:lod2MultiSurface><gml:MultiSurface>
<gml:surfaceMember><gml:Polygon gml:id="floor"><gml:exterior><gml:LinearRing gml:id="floor-ring"><gml:posList>-34400 -12900 0 -34400 -12890 0 -34390 -12890 0 -34390 -12900 0 -34400 -12900 0</gml:posList></gml:LinearRing></gml:exterior>
<gml:interior><gml:LinearRing gml:id="hole"><gml:posList>-34398 -12898 0 -34396 -12898 0 -34396 -12896 0 -34398 -12898 0</gml:posList></gml:LinearRing></gml:interior></gml:Polygon></gml:surfaceMember>
<gml:surfaceMember><gml:OrientableSurface orientation="-"><gml:baseSurface><gml:Polygon gml:id="wall"><gml:exterior><gml:LinearRing gml:id="wall-ring"><gml:posList>-34400 -12900 0 -34400 -12890 0 -34400 -12890 9 -34400 -12900 9 -34400 -12900 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:baseSurface></gml:OrientableSurface></gml:surfaceMember>
<gml:surfaceMember><gml:Polygon gml:id="painted"><gml:exterior><gml:LinearRing><gml:posList>-34390 -12900 0 -34390 -12890 0 -34390 -12890 9 -34390 -12900 0</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember>
</gml:MultiSurface></bldg:lod2MultiSurface></bldg:Building></core:cityObjectMember>
<app:appearanceMember><app:Appearance><app:theme>day</app:theme>
<app:surfaceDataMember><app:ParameterizedTexture><app:imageURI>tex/light.jpg</app:imageURI><app:wrapMode>wrap</app:wrapMode>
<app:target uri="#floor"><app:TexCoordList><app:textureCoordinates ring="#floor-ring">0 0 1 0 1 1 0 1 0 0</app:textureCoordinates></app:TexCoordList></app:target>
<app:target uri="#wall"><app:TexCoordList><app:textureCoordinates ring="#wall-ring">0 0 0.5 0 0.5 1 0 1 0 0</app:textureCoordinates></app:TexCoordList></app:target></app:ParameterizedTexture></app:surfaceDataMember>
<app:surfaceDataMember><app:X3DMaterial gml:id="brick"><app:diffuseColor>0.9 0.1 0.75</app:diffuseColor><app:target>#painted</app:target><app:target/></app:X3DMaterial></app:surfaceDataMember>
</app:Appearance></app:appearanceMember></core:CityModel>"##;

fn imported(path: &Path) -> Pack {
    let [key, title, licence, credit, url] = ["t", "T", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: false };
    let import = Import::new("t", source, ["test".to_owned(), "0".to_owned()]);
    import.run(&[path.to_owned()], |_, _| ControlFlow::Continue(())).expect("a pack").city
}

fn exported(pack: &Pack, to: &Path, images: Option<&Path>) -> (Value, Images) {
    let count = export_cityjson(&pack.objects, &pack.city.about, to, images).expect("written");
    (serde_json::from_slice(&fs::read(to).expect("a file")).expect("JSON"), count)
}

/// The place in the image of each corner of a ring, after the number of the texture.
fn places(city: &Value, ring: &Value) -> Vec<Value> {
    let vertices = &city["appearance"]["vertices-texture"];
    let numbers = ring.as_array().expect("a ring")[1..].iter();
    numbers.map(|index| vertices[index.as_u64().expect("an index") as usize].clone()).collect()
}

#[test]
fn textures_and_materials_cover_what_they_covered() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    fs::create_dir_all(input.join("tex")).expect("a folder");
    fs::write(input.join("a.gml"), FILE).expect("written");
    fs::write(input.join("tex/light.jpg"), b"an image").expect("written");
    let pack = imported(&input);
    let (city, images) = exported(&pack, &folder.path().join("t.city.json"), Some(&input));
    assert_eq!(images, Images { copied: 1, missing: 1 });
    assert_eq!(fs::read(folder.path().join("t_appearance/tex/light.jpg")).expect("copied"), b"an image");
    let appearance = &city["appearance"];
    assert_eq!(
        appearance["textures"],
        json!([
            { "type": "PNG", "image": "tex/dark.png" },
            { "type": "JPG", "image": "t_appearance/tex/light.jpg", "wrapMode": "wrap" },
        ])
    );
    assert_eq!(appearance["materials"], json!([{ "name": "brick", "diffuseColor": [0.9, 0.1, 0.75] }]));
    let house = &city["CityObjects"]["b"];
    assert!(house["attributes"].get("app:appearance").is_none(), "told once");
    let geometry = &house["geometry"][0];
    assert_eq!(geometry["material"], json!({ "day": { "values": [null, null, 0] } }));

    let day = &geometry["texture"]["day"]["values"];
    assert_eq!(
        places(&city, &day[0][0]),
        [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]].map(|at| json!(at))
    );
    assert_eq!((&day[0][0][0], &day[0][1], &day[2]), (&json!(1), &json!([null]), &json!([[null]])));
    // The wall is turned, and its texture with it.
    assert_eq!(
        places(&city, &day[1][0]),
        [[0.0, 1.0], [0.5, 1.0], [0.5, 0.0], [0.0, 0.0]].map(|at| json!(at))
    );
    let night = &geometry["texture"]["night"]["values"];
    assert_eq!((&night[0], &night[1][0][0]), (&json!([[null], [null]]), &json!(0)));
}

#[test]
fn what_comes_back_says_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.gml"), FILE).expect("written");
    let first = folder.path().join("first.city.json");
    let (once, images) = exported(&imported(&folder.path().join("a.gml")), &first, None);
    assert_eq!(images, Images { copied: 0, missing: 2 });
    let (again, _) = exported(&imported(&first), &folder.path().join("again.city.json"), None);
    assert_eq!(once["appearance"], again["appearance"]);
    let geometry = |city: &Value| city["CityObjects"]["b"]["geometry"].clone();
    assert_eq!(geometry(&once), geometry(&again));
    assert!(geometry(&once)[0]["texture"].is_object());
}

/// CityGML 3.0 has heights of many kinds; CityJSON has one, a number.
#[test]
fn the_best_height_becomes_the_measured_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("../citygml/tests/data/building3.gml");
    let (city, _) = exported(&imported(&input), &folder.path().join("t.city.json"), None);
    let tower = &city["CityObjects"]["tower"]["attributes"];
    assert_eq!(tower["measuredHeight"], 12.4, "from the ground to the highest point");
    assert_eq!(tower["height"][0]["Height"]["value"], "10.0", "the others stay");
}
