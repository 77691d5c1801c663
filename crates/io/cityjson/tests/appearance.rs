//! Textures and materials.

mod common;

use common::{PAINTED, SEQUENCE, city, codes, object};
use futago_raw::NodeView;

fn find<'c>(object: &'c futago_raw::RawObject, name: &str) -> NodeView<'c> {
    object.nodes().find(|node| node.name() == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn the_appearance_of_a_file_tells_what_its_textures_are() {
    let city = city(PAINTED);
    assert_eq!(codes(&city), ["swapped-coordinates"], "latitude stands first");
    let [appearance] = &city.appearances[..] else { panic!("one appearance") };
    assert_eq!(appearance.properties[0].kind(), "default-theme-texture");
    let kinds: Vec<_> =
        appearance.surface_data.iter().map(|data| (data.kind(), data.id().unwrap())).collect();
    let texture = "app:ParameterizedTexture";
    assert_eq!(kinds, [(texture, "texture-0"), (texture, "texture-1"), ("app:X3DMaterial", "material-0")]);
    let roof = appearance.surface_data[0].root();
    assert_eq!(roof.value("app:imageURI"), Some("appearance/roof.jpg"));
    assert_eq!((roof.value("app:mimeType"), roof.value("app:wrapMode")), (Some("image/jpeg"), Some("wrap")));
    assert_eq!(roof.value("app:borderColor"), Some("0.0 0.1 0.2 1.0"));
    let brick = appearance.surface_data[2].root();
    assert_eq!(
        (brick.value("gml:name"), brick.value("app:diffuseColor")),
        (Some("brick"), Some("0.9 0.1 0.75"))
    );
}

#[test]
fn rings_have_texture_coordinates_for_every_corner() {
    let city = city(PAINTED);
    let tower = object(&city, "tower");
    let rings: Vec<_> = tower.texture_rings.iter().map(|ring| tower.text(ring.ring)).collect();
    assert_eq!(rings, ["#tower_g0_s1_r0", "#tower_g0_s2_r0"]);
    let ring = tower.shapes.rings.iter().find(|ring| tower.text(ring.id) == "tower_g0_s1_r0").unwrap();
    assert_eq!(ring.positions.len(), tower.texture_rings[0].positions.len());
    assert_eq!(tower.texture_positions[..5], [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]);
    let holder = tower.node(tower.texture_rings[0].node);
    let target = holder.parent().unwrap();
    assert_eq!((holder.name(), target.attribute("uri")), ("app:TexCoordList", Some("#tower_g0_s1")));
    let texture = target.parent().unwrap();
    assert_eq!(texture.attribute("xlink:href"), Some("#texture-0"));
    let material = find(tower, "app:X3DMaterial");
    assert_eq!(
        (material.attribute("xlink:href"), material.value("app:target")),
        (Some("#material-0"), Some("#tower_g0_s1"))
    );
    assert_eq!(find(tower, "app:theme").text(), "visual");
    assert_eq!(tower.links.len(), 3, "two textures and a material");
}

#[test]
fn a_feature_brings_its_own_textures() {
    let city = city(SEQUENCE);
    assert!(city.appearances.is_empty());
    let house = object(&city, "a");
    let told = house.nodes().find(|node| node.id() == Some("texture-0")).unwrap();
    assert_eq!(told.value("app:imageURI"), Some("a.png"));
    let used = house.nodes().find(|node| node.attribute("xlink:href") == Some("#texture-0")).unwrap();
    assert_eq!((used.name(), used.part().id()), ("app:ParameterizedTexture", Some("a-1")));
    assert_eq!(house.texture_positions.len(), 5);
}

#[test]
fn texture_coordinates_that_do_not_fit_are_left_out_and_reported() {
    for (good, bad) in [
        ("[[0, 0, 1, 2, 3]]", "[[0, 0, 1, 2]]"),
        ("[[0, 0, 1, 2, 3]]", "[[0, 0, 1, 2, 4]]"),
        ("[[0, 0, 1, 2, 3]]", "[[0, 0, 1, 2, -3]]"),
        ("[1.0, 0.0], [1.0, 1.0]", "[1.0, 0.0], [1.0]"),
    ] {
        assert!(PAINTED.contains(good), "{good}");
        let city = city(&PAINTED.replacen(good, bad, 1));
        assert!(codes(&city).contains(&"bad-texture-coordinates"), "{bad}: {:?}", city.report);
        assert!(object(&city, "tower").texture_rings.len() < 2, "{bad}");
    }
    let city = city(&PAINTED.replace("[[null, 0, null, null, null, null]]", "[[null, 0]]"));
    assert!(codes(&city).contains(&"bad-appearance"), "{:?}", city.report);
}
