//! What is wrong with a file, in the user's language; what only a developer can use stays English.

use std::io::Error as IoError;

use futago_assemble::{AssembleError, ImportError, OsmError};
use futago_citygml::CityGmlError;
use futago_cityjson::CityJsonError;
use futago_features::FeaturesError;
use futago_terrain::TerrainError;
use futago_texts::{Arg, Texts};
use futago_tiles::TilesError;
use futago_tracks::TracksError;

use crate::failure::{Failure, io_words};

/// A key of the catalogue, and what its sentence names.
type Told<'a> = (&'static str, Vec<(&'static str, Arg<'a>)>);

/// An import that failed.
pub fn failure(error: &AssembleError, texts: &Texts) -> Failure {
    match sentence(error, texts) {
        Some((key, args)) => Failure::failed(texts, key, &args),
        None => Failure::failed_in_words(error.to_string()),
    }
}

/// GPS files that cannot be read.
pub fn of_tracks(error: &TracksError, texts: &Texts) -> Failure {
    match tracks(error, texts) {
        Some((key, args)) => Failure::failed(texts, key, &args),
        None => Failure::failed_in_words(error.to_string()),
    }
}

fn sentence<'a>(error: &'a AssembleError, texts: &Texts) -> Option<Told<'a>> {
    match error {
        AssembleError::CityGml(error) => city_gml(error, texts),
        AssembleError::CityJson(error) => Some(city_json(error, texts)),
        AssembleError::Tiles(error) => Some(tiles(error, texts)),
        AssembleError::Features(error) => Some(features(error, texts)),
        AssembleError::Terrain(error) => Some(terrain(error)),
        AssembleError::Osm(error) => Some(osm(error, texts)),
        AssembleError::Input(error) => Some(input(error, texts)),
        AssembleError::Stopped { .. } => Some(CANCELLED),
        AssembleError::NoPlace { file } => Some(told("cli-import-no-place", file, [])),
        AssembleError::NoObjects { file } => Some(told("cli-import-nothing", file, [])),
        AssembleError::Frame(_) | AssembleError::TooLarge { .. } | AssembleError::NoBuildings { .. } => None,
    }
}

const CANCELLED: Told<'static> = ("cli-import-cancelled", Vec::new());

/// A sentence about a file.
fn told<'a, const N: usize>(
    key: &'static str,
    file: &'a str,
    args: [(&'static str, Arg<'a>); N],
) -> Told<'a> {
    (key, std::iter::once(("file", file.into())).chain(args).collect())
}

fn unreadable<'a>(file: &'a str, source: &IoError, texts: &Texts) -> Told<'a> {
    told("cli-import-unreadable", file, [("why", io_words(texts, source).into())])
}

fn too_large<'a>(file: &'a str, what: impl Into<Arg<'a>>, name: &'a str, limit: u64) -> Told<'a> {
    let args = [("what", what.into()), ("name", name.into()), ("limit", (limit as f64).into())];
    told("cli-import-too-large", file, args)
}

fn at_byte<'a>(key: &'static str, file: &'a str, byte: u64, more: (&'static str, &'a str)) -> Told<'a> {
    told(key, file, [("byte", (byte as f64).into()), (more.0, more.1.into())])
}

fn not_json<'a>(file: &'a str, place: impl Into<Arg<'a>>, problem: &'a str) -> Told<'a> {
    told("cli-import-not-json", file, [("place", place.into()), ("problem", problem.into())])
}

fn broken<'a>(file: &'a str, place: &'a str, problem: &'a str) -> Told<'a> {
    told("cli-import-broken", file, [("place", place.into()), ("problem", problem.into())])
}

fn unsupported<'a>(file: &'a str, what: &'a str, remedy: &'a str) -> Told<'a> {
    told("cli-import-unsupported", file, [("what", what.into()), ("remedy", remedy.into())])
}

fn unknown<'a>(file: &'a str, found: &'a str, known: &'static str) -> Told<'a> {
    told("cli-import-unknown-format", file, [("found", found.into()), ("known", known.into())])
}

fn city_gml<'a>(error: &'a CityGmlError, texts: &Texts) -> Option<Told<'a>> {
    Some(match error {
        CityGmlError::Doctype { file, byte } => {
            told("cli-import-doctype", file, [("byte", (*byte as f64).into())])
        }
        CityGmlError::Io { file, source } => unreadable(file, source, texts),
        CityGmlError::NotXml { file, byte, problem } => {
            at_byte("cli-import-not-xml", file, *byte, ("problem", problem))
        }
        CityGmlError::Cut { file, byte, inside, .. } => {
            at_byte("cli-import-cut", file, *byte, ("inside", inside))
        }
        CityGmlError::NotCityGml { file, found } => {
            told("cli-import-not-citygml", file, [("found", found.as_str().into())])
        }
        CityGmlError::Encoding { file, encoding } => {
            told("cli-import-encoding", file, [("encoding", encoding.as_str().into())])
        }
        CityGmlError::TooLarge { file, what, name, limit, .. } => too_large(file, *what, name, *limit),
        _ => return None,
    })
}

fn city_json<'a>(error: &'a CityJsonError, texts: &Texts) -> Told<'a> {
    match error {
        CityJsonError::Io { file, source } => unreadable(file, source, texts),
        CityJsonError::Encoding { file, encoding } => {
            told("cli-import-encoding", file, [("encoding", encoding.as_str().into())])
        }
        CityJsonError::NotJson { file, line, column, problem } => {
            not_json(file, format!("{line}:{column}"), problem)
        }
        CityJsonError::Cut { file, line, .. } => {
            told("cli-import-cut-line", file, [("line", (*line as f64).into())])
        }
        CityJsonError::NotCityJson { file, found } => {
            told("cli-import-not-cityjson", file, [("found", found.as_str().into())])
        }
        CityJsonError::Version { file, version } => {
            told("cli-import-cityjson-version", file, [("version", version.as_str().into())])
        }
        CityJsonError::NoHeader { file } => told("cli-import-cityjson-header", file, []),
        CityJsonError::TooLarge { file, place, what, name, limit } => {
            too_large(file, format!("{what} ({place})"), name, *limit)
        }
        CityJsonError::Stopped { .. } => CANCELLED,
    }
}

fn tiles<'a>(error: &'a TilesError, texts: &Texts) -> Told<'a> {
    match error {
        TilesError::Io { file, source } => unreadable(file, source, texts),
        TilesError::UnknownFormat { file, found } => {
            unknown(file, found, "3D Tiles (tileset.json, .b3dm), glTF (.glb, .gltf)")
        }
        TilesError::Unsupported { file, what, remedy } => unsupported(file, what, remedy),
        TilesError::NotJson { file, place, problem } => not_json(file, *place, problem),
        TilesError::Broken { file, place, problem } => broken(file, place, problem),
        TilesError::Path { file, uri, problem } => {
            told("cli-import-reference", file, [("uri", uri.as_str().into()), ("problem", (*problem).into())])
        }
        TilesError::TooLarge { file, what, name, limit } => too_large(file, *what, name, *limit),
        TilesError::NotPlaced { file, sidecar, .. } => {
            told("cli-import-not-placed", file, [("sidecar", sidecar.as_str().into())])
        }
        TilesError::Sidecar { file, problem } => sidecar(file, problem, "docs/placing.md"),
        TilesError::Nothing { file, first, .. } => {
            told("cli-import-no-tile", file, [("first", first.as_str().into())])
        }
    }
}

fn sidecar<'a>(file: &'a str, problem: &'a str, page: &'static str) -> Told<'a> {
    told("cli-import-sidecar", file, [("problem", problem.into()), ("page", page.into())])
}

fn features<'a>(error: &'a FeaturesError, texts: &Texts) -> Told<'a> {
    match error {
        FeaturesError::Io { file, source } => unreadable(file, source, texts),
        FeaturesError::UnknownFormat { file, found } => unknown(
            file,
            found,
            "GeoJSON (.geojson), FlatGeobuf (.fgb), GeoParquet (.parquet), Shapefile (.shp)",
        ),
        FeaturesError::NotJson { file, line, column, problem } => {
            not_json(file, format!("{line}:{column}"), problem)
        }
        FeaturesError::Broken { file, place, problem } => broken(file, place, problem),
        FeaturesError::Unsupported { file, what, remedy } => unsupported(file, what, remedy),
        FeaturesError::TooLarge { file, what, name, limit } => too_large(file, what.as_str(), name, *limit),
        FeaturesError::NoSystem { file, found, sidecar } => told(
            "cli-import-no-system",
            file,
            [("found", found.as_str().into()), ("sidecar", sidecar.as_str().into())],
        ),
        FeaturesError::Sidecar { file, problem } => sidecar(file, problem, "docs/features.md"),
        FeaturesError::Stopped { .. } => CANCELLED,
    }
}

fn terrain(error: &TerrainError) -> Told<'_> {
    match error {
        TerrainError::Unreadable { file, what, problem } => told(
            "cli-import-terrain-unreadable",
            file,
            [("what", (*what).into()), ("problem", problem.as_str().into())],
        ),
        TerrainError::NotHeights { file, found } => {
            told("cli-import-terrain-values", file, [("found", found.as_str().into())])
        }
        TerrainError::NoPlace { file, problem } => {
            told("cli-import-terrain-place", file, [("problem", problem.as_str().into())])
        }
        TerrainError::UnknownSystem { file, epsg } => {
            told("cli-import-terrain-system", file, [("epsg", epsg.to_string().into())])
        }
        TerrainError::TooLarge { file, what, found, limit } => told(
            "cli-import-terrain-large",
            file,
            [("what", (*what).into()), ("found", (*found as f64).into()), ("limit", (*limit as f64).into())],
        ),
    }
}

fn osm<'a>(error: &'a OsmError, texts: &Texts) -> Told<'a> {
    match error {
        OsmError::Io { file, source } => unreadable(file, source, texts),
        OsmError::NotOsm { file } => told("cli-import-not-osm", file, []),
        OsmError::NotXml { file, byte, problem } | OsmError::BadBlock { file, byte, problem } => {
            at_byte("cli-import-osm-damaged", file, *byte, ("problem", problem))
        }
        OsmError::Cut { file, byte, inside } => at_byte("cli-import-cut", file, *byte, ("inside", inside)),
        OsmError::Compression { file, method, .. } => {
            told("cli-import-osm-compression", file, [("method", (*method).into())])
        }
        OsmError::Feature { file, feature } => {
            told("cli-import-osm-feature", file, [("feature", feature.as_str().into())])
        }
        OsmError::TooLarge { file, what, name, limit } => too_large(file, *what, name, *limit),
        OsmError::Stopped { .. } => CANCELLED,
    }
}

fn input<'a>(error: &'a ImportError, texts: &Texts) -> Told<'a> {
    match error {
        ImportError::Unreadable { input, source } => unreadable(input, source, texts),
        ImportError::BadZip { input, problem } => {
            told("cli-import-bad-zip", input, [("problem", problem.as_str().into())])
        }
        ImportError::TooLarge { input, what, name, limit } => too_large(input, *what, name, *limit),
        ImportError::Nothing { input } => told("cli-import-nothing", input, []),
    }
}

fn tracks<'a>(error: &'a TracksError, texts: &Texts) -> Option<Told<'a>> {
    Some(match error {
        TracksError::Io { file, source } => unreadable(file, source, texts),
        TracksError::UnknownFormat { file, found, sidecar } => told(
            "cli-tracks-unknown",
            file,
            [("found", found.as_str().into()), ("sidecar", sidecar.as_str().into())],
        ),
        TracksError::Broken { file, place, problem } => broken(file, place, problem),
        TracksError::Unsupported { file, what, remedy } => unsupported(file, what, remedy),
        TracksError::TooLarge { file, what, name, limit } => too_large(file, what.as_str(), name, *limit),
        TracksError::NoDay { file, column } => {
            told("cli-tracks-no-day", file, [("column", column.as_str().into())])
        }
        TracksError::Mapping { file, problem } => sidecar(file, problem, "docs/tracks.md"),
        TracksError::Nothing { what } => told("cli-tracks-nothing", what, []),
        TracksError::Spill { folder, source } => {
            told("cli-tracks-no-room", folder, [("why", io_words(texts, source).into())])
        }
        TracksError::Grid { .. } | TracksError::Stopped => return None,
    })
}

#[cfg(test)]
mod tests {
    use futago_assemble::ImportLimits;
    use futago_texts::Lang;

    use super::*;

    #[test]
    fn every_limit_is_told_in_the_language_of_the_user() {
        for name in ImportLimits::names().filter(|name| !["entries_per_code", "feature_bytes"].contains(name))
        {
            for lang in Lang::ALL {
                let (key, args) = too_large("a.gml", "WHAT", name, 7);
                let said = Texts::new(lang).format(key, &args);
                assert!(said.contains("a.gml") && !said.contains("WHAT"), "{name}: {said}");
            }
        }
    }
}
