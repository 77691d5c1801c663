//! What is built into the program, so that it starts with no download and from any folder.

/// The built-in city: name and bytes of each pack, in the order of opening. Parts under different licences
/// are different packs.
pub const PACKS: &[(&str, &[u8])] = &[
    ("buildings.city", include_bytes!("../../../../assets/nishi-shinjuku/buildings.city")),
    ("streets.city", include_bytes!("../../../../assets/nishi-shinjuku/streets.city")),
    ("shelters.city", include_bytes!("../../../../assets/nishi-shinjuku/shelters.city")),
    ("station.city", include_bytes!("../../../../assets/nishi-shinjuku/station.city")),
    ("footways.city", include_bytes!("../../../../assets/nishi-shinjuku/footways.city")),
    ("bridges.city", include_bytes!("../../../../assets/nishi-shinjuku/bridges.city")),
];

/// The scenario that runs when none is named.
pub const SCENARIO: (&str, &str) =
    ("winter-solstice.toml", include_str!("../../../../assets/scenarios/winter-solstice.toml"));

/// The built-in flows of people on the streets: name and bytes. The first is the one that is meant by `built-in`.
pub const FLOWS: &[(&str, &[u8])] =
    &[("crowds.flow", include_bytes!("../../../../assets/nishi-shinjuku/crowds.flow"))];
