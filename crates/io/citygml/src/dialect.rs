//! What the prefixes of a file mean: read once from its first element.
//!
//! CityGML files name their namespaces at the top, so a prefix means the same everywhere. Files that
//! declare one further down are read too ([`crate::lexicon`]), only slower.

/// What a namespace is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Gml,
    Core,
    Appearance,
    /// A thematic module of CityGML: its capital names are city objects.
    Theme,
    /// Point clouds of CityGML 3.0, whose points are not read.
    PointCloud,
    /// i-UR: a capital name is a city object when it is top-level or has an id.
    Extension,
    Other,
}

/// A namespace under its usual prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Module {
    pub prefix: Box<str>,
    pub family: Family,
}

/// Modules of `http://www.opengis.net/citygml/<module>/<edition>` and the usual prefixes. The edition does not
/// matter: a name means the same in all that have it.
const THEMES: [(&str, &str); 13] = [
    ("building", "bldg"),
    ("construction", "con"),
    ("bridge", "brid"),
    ("tunnel", "tun"),
    ("transportation", "tran"),
    ("cityfurniture", "frn"),
    ("cityobjectgroup", "grp"),
    ("generics", "gen"),
    ("landuse", "luse"),
    ("relief", "dem"),
    ("vegetation", "veg"),
    ("waterbody", "wtr"),
    ("texturedsurface", "tex"),
];

const CITYGML: &str = "http://www.opengis.net/citygml/";

/// The namespace of an address; one that is not known keeps the file's prefix.
pub(crate) fn module_of(address: &str, prefix: &str) -> Module {
    let (usual, family) = known(address).unwrap_or((prefix, Family::Other));
    Module { prefix: usual.into(), family }
}

fn known(address: &str) -> Option<(&'static str, Family)> {
    if let Some(rest) = address.strip_prefix(CITYGML) {
        let module = rest.split('/').next().unwrap_or_default();
        return match module {
            "1.0" | "2.0" | "3.0" => Some(("core", Family::Core)),
            "appearance" => Some(("app", Family::Appearance)),
            "pointcloud" => Some(("pcl", Family::PointCloud)),
            "dynamizer" => Some(("dyn", Family::Other)),
            "versioning" => Some(("vers", Family::Other)),
            _ => THEMES.iter().find(|(name, _)| *name == module).map(|(_, usual)| (*usual, Family::Theme)),
        };
    }
    match address {
        "http://www.opengis.net/gml" | "http://www.opengis.net/gml/3.2" => Some(("gml", Family::Gml)),
        "http://www.w3.org/1999/xlink" => Some(("xlink", Family::Other)),
        "http://www.w3.org/2001/XMLSchema-instance" => Some(("xsi", Family::Other)),
        _ if address.contains("/iur/uro/") => Some(("uro", Family::Extension)),
        _ if address.contains("/iur/urf/") => Some(("urf", Family::Extension)),
        "urn:oasis:names:tc:ciq:xal:3" => Some(("xAL", Family::Other)),
        _ if address.starts_with("urn:oasis:names:tc:ciq:xsdschema:xAL") => Some(("xAL", Family::Other)),
        _ => None,
    }
}

/// Namespaces that are looked at in one place; PLATEAU declares forty. Prefixes of more count as undeclared.
pub(crate) const MOST_NAMESPACES: usize = 200;

/// The prefixes of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dialect {
    modules: Vec<(Box<str>, Module)>,
}

impl Dialect {
    pub fn new(namespaces: &[(String, String)]) -> Self {
        let module =
            |(prefix, address): &(String, String)| (prefix.as_str().into(), module_of(address, prefix));
        Self { modules: namespaces.iter().take(MOST_NAMESPACES).map(module).collect() }
    }

    /// The namespace of a prefix; the empty one is the default namespace.
    pub fn module(&self, prefix: &str) -> Option<&Module> {
        self.modules.iter().find(|(known, _)| &**known == prefix).map(|(_, module)| module)
    }

    /// How the file writes a name of `core` or `app`, for example `core:cityObjectMember`.
    pub fn written(&self, family: Family, local: &str) -> Option<String> {
        let (prefix, _) = self.modules.iter().find(|(_, module)| module.family == family)?;
        Some(if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_every_edition_get_their_usual_name() {
        let cases = [
            ("b", "http://www.opengis.net/citygml/building/2.0", "bldg", Family::Theme),
            ("", "http://www.opengis.net/citygml/2.0", "core", Family::Core),
            ("c", "http://www.opengis.net/citygml/3.0", "core", Family::Core),
            ("k", "http://www.opengis.net/citygml/construction/3.0", "con", Family::Theme),
            ("pnt", "http://www.opengis.net/citygml/pointcloud/3.0", "pcl", Family::PointCloud),
            ("g", "http://www.opengis.net/gml/3.2", "gml", Family::Gml),
            ("xal", "urn:oasis:names:tc:ciq:xal:3", "xAL", Family::Other),
            (
                "uro",
                "http://www.kantei.go.jp/jp/singi/tiiki/toshisaisei/itoshisaisei/iur/uro/1.4",
                "uro",
                Family::Extension,
            ),
            ("u", "https://www.geospatial.jp/iur/uro/3.2", "uro", Family::Extension),
            ("mine", "http://example.org/mine", "mine", Family::Other),
        ];
        for (prefix, address, usual, family) in cases {
            let dialect = Dialect::new(&[(prefix.to_owned(), address.to_owned())]);
            let module = dialect.module(prefix).expect("declared");
            assert_eq!((&*module.prefix, module.family), (usual, family), "{address}");
        }
        let dialect = Dialect::new(&[("c".to_owned(), format!("{CITYGML}2.0"))]);
        assert_eq!(dialect.written(Family::Core, "CityModel").as_deref(), Some("c:CityModel"));
        assert_eq!(dialect.module("x"), None);
    }
}
