//! What an import takes at most, by name.

/// Limits on everything that comes from outside. Each can be raised or lowered by the name that messages
/// give it ([`ImportLimits::set`]).
#[derive(Debug, Clone, PartialEq)]
pub struct ImportLimits {
    /// Of CityGML files.
    pub citygml: futago_citygml::Limits,
    /// Of CityJSON files.
    pub cityjson: futago_cityjson::Limits,
    /// Of 3D Tiles and models.
    pub tiles: futago_tiles::Limits,
    /// Of layers of features.
    pub features: futago_features::Limits,
    /// Of files of heights.
    pub terrain: futago_terrain::Limits,
    /// Of OpenStreetMap extracts.
    pub osm: futago_osm::Limits,
    /// Files of a folder or zip.
    pub files: usize,
    /// How many times larger than compressed an entry of a zip may be.
    pub zip_ratio: u64,
    /// Entries of one code in the Report of the import.
    pub entries_per_code: usize,
}

impl Default for ImportLimits {
    fn default() -> Self {
        let citygml = futago_citygml::Limits::default();
        Self {
            entries_per_code: citygml.entries_per_code,
            citygml,
            cityjson: futago_cityjson::Limits::default(),
            tiles: futago_tiles::Limits::default(),
            features: futago_features::Limits::default(),
            terrain: futago_terrain::Limits::default(),
            osm: futago_osm::Limits::default(),
            files: 1_000_000,
            zip_ratio: 400,
        }
    }
}

/// Sets one limit in every format that has it.
type Set = fn(&mut ImportLimits, u64);

/// On a machine whose memory a number does not fit, the limit is as good as none.
fn count(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

/// Every limit by its name.
const LIMITS: [(&str, Set); 25] = [
    ("attribute_bytes", |all, value| all.tiles.attribute_bytes = count(value)),
    ("content_vertices", |all, value| all.tiles.content_vertices = count(value)),
    ("depth", |all, value| {
        let most = count(value);
        (all.citygml.depth, all.cityjson.depth, all.tiles.depth, all.features.depth) =
            (most, most, most, most);
    }),
    ("element_bytes", |all, value| all.osm.element_bytes = count(value)),
    ("entries_per_code", |all, value| {
        let most = count(value);
        (all.citygml.entries_per_code, all.cityjson.entries_per_code) = (most, most);
        (all.tiles.entries_per_code, all.features.entries_per_code) = (most, most);
        all.entries_per_code = most;
        all.osm.entries_per_code = most;
    }),
    ("feature_bytes", |all, value| all.features.feature_bytes = value),
    ("features", |all, value| all.features.features = value),
    ("file_bytes", |all, value| {
        (all.citygml.file_bytes, all.cityjson.file_bytes) = (value, value);
        (all.tiles.file_bytes, all.features.file_bytes) = (value, value);
        all.terrain.file_bytes = value;
        all.osm.file_bytes = value;
    }),
    ("files", |all, value| all.files = count(value)),
    ("json_bytes", |all, value| all.tiles.json_bytes = value),
    ("member_bytes", |all, value| all.citygml.member_bytes = count(value)),
    ("memory_bytes", |all, value| all.features.memory_bytes = value),
    ("members", |all, value| all.osm.members = count(value)),
    ("nodes", |all, value| all.osm.nodes = count(value)),
    ("object_bytes", |all, value| all.cityjson.object_bytes = count(value)),
    ("object_nodes", |all, value| {
        (all.citygml.object_nodes, all.cityjson.object_nodes) = (count(value), count(value));
    }),
    ("object_vertices", |all, value| {
        (all.citygml.object_vertices, all.cityjson.object_vertices) = (count(value), count(value));
    }),
    ("objects", |all, value| (all.citygml.objects, all.cityjson.objects) = (count(value), count(value))),
    ("terrain_samples", |all, value| all.terrain.samples = value),
    ("relations", |all, value| all.osm.relations = count(value)),
    ("text_bytes", |all, value| all.cityjson.text_bytes = count(value)),
    ("tiles", |all, value| all.tiles.tiles = count(value)),
    ("vertices", |all, value| (all.cityjson.vertices, all.tiles.vertices) = (value, count(value))),
    ("ways", |all, value| all.osm.ways = count(value)),
    ("zip_ratio", |all, value| all.zip_ratio = value),
];

impl ImportLimits {
    /// Sets the limit of this name wherever there is one. False when there is none.
    pub fn set(&mut self, name: &str, value: u64) -> bool {
        let found = LIMITS.iter().find(|(known, _)| *known == name);
        if let Some((_, set)) = found {
            set(self, value);
        }
        found.is_some()
    }

    /// The names of all limits.
    pub fn names() -> impl Iterator<Item = &'static str> {
        LIMITS.iter().map(|(name, _)| *name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_changes_something() {
        for name in ImportLimits::names() {
            let mut limits = ImportLimits::default();
            assert!(limits.set(name, 7) && limits != ImportLimits::default(), "{name}");
        }
        assert!(!ImportLimits::default().set("patience", 7));
    }

    /// The names that messages give limits are those that can be set.
    #[test]
    fn what_messages_call_limits_can_be_set() {
        let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        for folder in ["citygml", "cityjson", "tiles", "features", "osm", "terrain", "assemble"] {
            let mut folders = vec![crates.join(folder).join("src")];
            while let Some(folder) = folders.pop() {
                for entry in std::fs::read_dir(folder).expect("sources").flatten() {
                    if entry.path().is_dir() {
                        folders.push(entry.path());
                        continue;
                    }
                    let text = std::fs::read_to_string(entry.path()).expect("a source");
                    for part in text.split("TooLarge {").skip(1) {
                        let part = &part[..part.find('}').unwrap_or(part.len())];
                        let Some((_, name)) = part.split_once(", name: \"") else { continue };
                        let name = &name[..name.find('"').unwrap_or(0)];
                        assert!(
                            ImportLimits::names().any(|known| known == name),
                            "{name} in {}",
                            entry.path().display()
                        );
                    }
                }
            }
        }
    }
}
