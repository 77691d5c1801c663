//! What each fuzz target does with its bytes.
//!
//! The question: is there a file that makes a reader panic, hang or take great memory? Every function here
//! hands bytes to a public reader, with limits so tight that what is refused is refused in time, and then
//! follows every index that came out. An error is a good answer, and so is a city; a panic is none.
//!
//! Checksums would stop nearly every changed pack at the door, so [`pack`] makes them right first.

mod follow;

use std::collections::BTreeMap;
use std::io::{Cursor, Error, ErrorKind, Read, Write};
use std::ops::ControlFlow;

use futago_assemble::Import;
use futago_model::Source;
use futago_pack::Pack;
use futago_tiles::{Files, Options};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// The name of the file in messages.
const FILE: &str = "fuzz";

/// CityGML of any edition, and its code lists.
pub fn citygml(bytes: &[u8]) {
    let limits = citygml_limits();
    if let Ok(city) = futago_citygml::read(bytes, FILE, &limits) {
        follow::raw(&city);
    }
    let _ = futago_citygml::read_header(bytes, FILE);
    let _ = futago_citygml::read_code_list(bytes, FILE);
}

/// CityJSON and CityJSONSeq.
pub fn cityjson(bytes: &[u8]) {
    let limits = cityjson_limits();
    if let Ok(city) = futago_cityjson::read(bytes, FILE, &limits) {
        follow::raw(&city);
    }
}

/// GeoJSON of every kind, and the tables beside it.
pub fn geojson(bytes: &[u8]) {
    let _ = futago_geojson::read_buildings(bytes, FILE);
    let _ = futago_geojson::read_roof_pieces(bytes, FILE);
    let _ = futago_geojson::read_lines(bytes, FILE);
    let _ = futago_geojson::read_areas(bytes, FILE);
    let _ = futago_geojson::read_shelters(bytes, FILE);
    let _ = futago_geojson::read_wide_area_sites(bytes, FILE);
    let _ = futago_geojson::read_landmarks(bytes, FILE);
}

/// Station floors, their walking network, and underground ways.
pub fn indoor(bytes: &[u8]) {
    let _ = futago_geojson::read_walk_nodes(bytes, FILE, 6677);
    let _ = futago_geojson::read_walk_links(bytes, FILE, 6677);
    let _ = futago_geojson::read_floor_parts(bytes, FILE, 6677);
    let _ = futago_geojson::read_underground_ways(bytes, FILE);
}

/// A model or a tile on its own, with a sidecar; the same as content of a tileset; or a tileset.
pub fn tiles(bytes: &[u8]) {
    let options = Options { limits: tiles_limits(), ..Options::default() };
    let sidecar = "latitude = 35.6895\nlongitude = 139.6917\nheight_tp_m = 40\n";
    let tileset = r#"{"asset":{"version":"1.1"},"geometricError":1,"root":{"geometricError":0,
        "boundingVolume":{"sphere":[0,0,0,9]},"content":{"uri":"model"}}}"#;
    let files = Memory(BTreeMap::from([
        ("model", bytes),
        ("model.toml", sidecar.as_bytes()),
        ("lonely", bytes),
        ("tileset.json", tileset.as_bytes()),
    ]));
    for name in ["model", "lonely", "tileset.json"] {
        if let Ok(city) = futago_tiles::read(&files, name, &options) {
            follow::raw(&city);
        }
    }
    let _ = futago_tiles::Sidecar::parse(bytes, FILE);
}

/// A city pack, with its checksums put right.
pub fn pack(bytes: &[u8]) {
    let _ = Pack::read(bytes);
    let mut bytes = bytes.to_vec();
    reseal(&mut bytes);
    let _ = futago_pack::Manifest::read(&bytes);
    if let Ok(pack) = Pack::read(&bytes) {
        follow::city(&pack.city);
        pack.to_bytes().expect("a pack that was read can be written");
    }
    if let Ok(objects) = futago_pack::read_objects(&bytes) {
        follow::objects(&objects);
    }
}

/// The whole way of a file of city objects: read, cleaned, made a pack, written and read back.
pub fn import(bytes: &[u8]) {
    let Ok(mut file) = tempfile::NamedTempFile::new() else { return };
    if file.write_all(bytes).is_err() {
        return;
    }
    let [key, title, licence, credit, url] = ["f", "fuzz", "CC0", "nobody", ""].map(str::to_owned);
    let source = Source { key, title, licence, credit, url, synthetic: true };
    let mut import = Import::new("fuzz", source, ["fuzz".to_owned(), "0".to_owned()]);
    import.limits.citygml = citygml_limits();
    import.limits.cityjson = cityjson_limits();
    import.limits.tiles = tiles_limits();
    import.limits.entries_per_code = 20;
    let run = import.run(&[file.path().to_owned()], |_, _| ControlFlow::Continue(()));
    for pack in run.into_iter().flat_map(|packs| std::iter::once(packs.city).chain(packs.osm)) {
        let bytes = pack.to_bytes().expect("a pack that was made can be written");
        let pack = Pack::read(&bytes).expect("a pack that was written can be read");
        follow::city(&pack.city);
        follow::objects(&futago_pack::read_objects(&bytes).expect("its objects too"));
    }
}

fn citygml_limits() -> futago_citygml::Limits {
    futago_citygml::Limits {
        file_bytes: 1 << 20,
        member_bytes: 1 << 18,
        depth: 64,
        objects: 1000,
        object_vertices: 20_000,
        object_nodes: 20_000,
        entries_per_code: 20,
        ..futago_citygml::Limits::default()
    }
}

fn cityjson_limits() -> futago_cityjson::Limits {
    futago_cityjson::Limits {
        file_bytes: 1 << 20,
        text_bytes: 1 << 20,
        object_bytes: 1 << 20,
        depth: 32,
        objects: 1000,
        vertices: 100_000,
        object_vertices: 20_000,
        object_nodes: 20_000,
        entries_per_code: 20,
        ..futago_cityjson::Limits::default()
    }
}

fn tiles_limits() -> futago_tiles::Limits {
    futago_tiles::Limits {
        file_bytes: 1 << 20,
        json_bytes: 1 << 18,
        tiles: 1000,
        depth: 16,
        content_vertices: 20_000,
        vertices: 50_000,
        attribute_bytes: 1 << 16,
        entries_per_code: 20,
        ..futago_tiles::Limits::default()
    }
}

/// Writes the length, and the checksums of the sections and of their table, as the format has them.
fn reseal(bytes: &mut [u8]) {
    const HEADER: usize = 64;
    const ENTRY: usize = 32;
    let whole = bytes.len() as u64;
    let Some((header, rest)) = bytes.split_at_mut_checked(HEADER) else { return };
    header[16..24].copy_from_slice(&whole.to_le_bytes());
    let number = |at: &[u8]| at.first_chunk().map_or(0, |at| u32::from_le_bytes(*at)) as usize;
    let long = |at: &[u8]| at.first_chunk().map_or(0, |at| u64::from_le_bytes(*at)) as usize;
    let Some(room) = number(&header[12..]).checked_mul(ENTRY).filter(|room| *room <= rest.len()) else {
        return;
    };
    let (table, sections) = rest.split_at_mut(room);
    let first = HEADER + room;
    for entry in table.chunks_exact_mut(ENTRY) {
        let (start, length) = (long(&entry[8..]).wrapping_sub(first), long(&entry[16..]));
        let section = start.checked_add(length).and_then(|end| sections.get(start..end));
        if let Some(section) = section {
            entry[24..].copy_from_slice(&xxh3_64(section).to_le_bytes());
        }
    }
    let mut hash = Xxh3::new();
    hash.update(&header[8..24]);
    hash.update(table);
    header[24..32].copy_from_slice(&hash.digest().to_le_bytes());
}

/// Files in memory.
struct Memory<'a>(BTreeMap<&'static str, &'a [u8]>);

impl Files for Memory<'_> {
    fn open(&self, path: &str) -> std::io::Result<Box<dyn Read + '_>> {
        let found = self.0.get(path).ok_or_else(|| Error::from(ErrorKind::NotFound))?;
        Ok(Box::new(Cursor::new(*found)))
    }
}
