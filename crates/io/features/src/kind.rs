//! Kinds of CityGML, and where they hold shapes.

/// Prefixes of CityGML 2.0 and of PLATEAU's extensions.
const PREFIXES: [&str; 14] =
    ["bldg", "brid", "con", "core", "dem", "frn", "gen", "gml", "luse", "tran", "tun", "urf", "uro", "veg"];

/// What a feature is that does not say.
pub(crate) const GENERIC: &str = "gen:GenericCityObject";

/// What a footprint with a height is.
pub(crate) const BUILDING: &str = "bldg:Building";

/// Whether a text is a name of CityGML: a prefix, a colon and a local name.
pub(crate) fn is_name(text: &str) -> bool {
    let Some((prefix, local)) = text.split_once(':') else { return false };
    (PREFIXES.contains(&prefix) || prefix == "wtr")
        && !local.is_empty()
        && text.len() <= 100
        && local.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// Dimensions of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Polygons on one height.
    Flat,
    /// Polygons in space.
    Faces,
    Lines,
    Points,
}

/// The property that holds a form of a kind, and its level of detail.
pub(crate) fn property(kind: &str, form: Form) -> (String, u8) {
    let (prefix, local) = kind.split_once(':').unwrap_or(("gen", kind));
    let lod = match (form, prefix) {
        (Form::Faces, _) => 2,
        (_, "gen" | "luse" | "wtr" | "bldg") | (Form::Lines, "tran") => 0,
        _ => 1,
    };
    let name = match (form, prefix, local) {
        (Form::Flat, "bldg", _) => "FootPrint",
        (Form::Lines, "tran", _) => "Network",
        (_, "gen" | "frn" | "uro" | "urf", _) | (_, "veg", "SolitaryVegetationObject") => "Geometry",
        (Form::Lines, ..) => "MultiCurve",
        (Form::Points, ..) => "MultiPoint",
        _ => "MultiSurface",
    };
    (format!("{prefix}:lod{lod}{name}"), lod)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_properties() {
        assert!(is_name("bldg:Building") && is_name("uro:WaterPipe") && is_name("wtr:WaterBody"));
        for other in ["Building", "bldg:", "addr:street", "building:levels", "bldg:a b"] {
            assert!(!is_name(other), "{other}");
        }
        assert_eq!(property(BUILDING, Form::Flat), ("bldg:lod0FootPrint".to_owned(), 0));
        assert_eq!(property(BUILDING, Form::Faces).0, "bldg:lod2MultiSurface");
        assert_eq!(property("tran:Road", Form::Lines).0, "tran:lod0Network");
        assert_eq!(property("tran:Road", Form::Flat).0, "tran:lod1MultiSurface");
        assert_eq!(property(GENERIC, Form::Points).0, "gen:lod0Geometry");
    }
}
