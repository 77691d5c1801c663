//! What an object is, by what its tile says of it.

/// Prefixes of CityGML 2.0, PLATEAU's extensions among them.
const PREFIXES: [&str; 16] = [
    "app", "bldg", "brid", "core", "dem", "frn", "gen", "gml", "grp", "luse", "tran", "tun", "urf", "uro",
    "veg", "wtr",
];

/// What tiles call things, without case, spaces and marks between words.
const KINDS: [(&str, &str); 26] = [
    ("bldg", "bldg:Building"),
    ("building", "bldg:Building"),
    ("buildings", "bldg:Building"),
    ("brid", "brid:Bridge"),
    ("bridge", "brid:Bridge"),
    ("bridges", "brid:Bridge"),
    ("frn", "frn:CityFurniture"),
    ("cityfurniture", "frn:CityFurniture"),
    ("luse", "luse:LandUse"),
    ("landuse", "luse:LandUse"),
    ("tran", "tran:Road"),
    ("road", "tran:Road"),
    ("roads", "tran:Road"),
    ("railway", "tran:Railway"),
    ("square", "tran:Square"),
    ("track", "tran:Track"),
    ("tun", "tun:Tunnel"),
    ("tunnel", "tun:Tunnel"),
    ("veg", "veg:SolitaryVegetationObject"),
    ("tree", "veg:SolitaryVegetationObject"),
    ("solitaryvegetationobject", "veg:SolitaryVegetationObject"),
    ("plantcover", "veg:PlantCover"),
    ("wtr", "wtr:WaterBody"),
    ("waterbody", "wtr:WaterBody"),
    ("dem", "dem:ReliefFeature"),
    ("genericcityobject", "gen:GenericCityObject"),
];

/// Whether a name has a prefix of CityGML.
pub(crate) fn has_prefix(name: &str) -> bool {
    name.split_once(':').is_some_and(|(prefix, local)| PREFIXES.contains(&prefix) && !local.is_empty())
}

/// A kind that a text names: `bldg:Building`, `Building`, `city furniture`.
pub(crate) fn named(text: &str) -> Option<String> {
    let text = text.trim();
    if text.contains(':') {
        let fits = has_prefix(text) && text.len() <= 100 && !text.contains(char::is_whitespace);
        return fits.then(|| text.to_owned());
    }
    let plain: String = text.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    KINDS.iter().find(|(name, _)| *name == plain).map(|(_, kind)| (*kind).to_owned())
}

/// A kind that a path names: PLATEAU's folders and files have `bldg`, `brid`, ... in their names.
pub(crate) fn of_path(path: &str) -> Option<String> {
    path.rsplit(|c: char| !c.is_alphanumeric()).find_map(named)
}

/// The property that holds the geometry of a kind in a level of detail.
pub(crate) fn geometry_property(kind: &str, lod: u8) -> String {
    let (prefix, local) = kind.split_once(':').unwrap_or(("gen", kind));
    let form = match (prefix, local) {
        ("frn" | "gen" | "uro" | "urf", _) | ("veg", "SolitaryVegetationObject") => "Geometry",
        _ => "MultiSurface",
    };
    format!("{prefix}:lod{lod}{form}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_kinds() {
        assert_eq!(named("uro:WaterPipe").as_deref(), Some("uro:WaterPipe"));
        assert_eq!(named(" City Furniture ").as_deref(), Some("frn:CityFurniture"));
        assert_eq!(named("普通建物"), None);
        assert_eq!(named("bldg:"), None);
        assert_eq!(of_path("13104_shinjuku_brid_3dtiles/data/1.glb").as_deref(), Some("brid:Bridge"));
        assert_eq!(of_path("tileset.json"), None);
        assert_eq!(geometry_property("bldg:Building", 2), "bldg:lod2MultiSurface");
        assert_eq!(geometry_property("frn:CityFurniture", 3), "frn:lod3Geometry");
    }
}
