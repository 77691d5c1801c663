//! What a file is, by its first bytes.

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

/// A format of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// GeoJSON (RFC 7946), or a sequence of features (RFC 8142, or one a line).
    GeoJson,
    /// FlatGeobuf, version 3.
    FlatGeobuf,
    /// GeoParquet 1.0 or 1.1.
    GeoParquet,
    /// The `.shp` of a Shapefile. Its `.shx` begins in the same way: the name tells them apart.
    Shapefile,
}

/// Stands before each text of a sequence as RFC 8142 has it.
pub(crate) const RECORD_SEPARATOR: u8 = 0x1E;

/// The format of a file that begins so; none when it is none of these. Some kilobytes are enough.
pub fn looks_like(head: &[u8]) -> Option<Format> {
    if head.starts_with(b"fgb") && head.get(4..7) == Some(b"fgb") {
        return Some(Format::FlatGeobuf);
    }
    if head.starts_with(b"PAR1") {
        return Some(Format::GeoParquet);
    }
    // The file code 9994, and the version where a Shapefile has it.
    if head.starts_with(&[0, 0, 0x27, 0x0A]) && head.get(28..32) == Some(&1000_i32.to_le_bytes()) {
        return Some(Format::Shapefile);
    }
    is_geojson(head).then_some(Format::GeoJson)
}

fn is_geojson(head: &[u8]) -> bool {
    let text = without_mark(head);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != RECORD_SEPARATOR);
    first == Some(&b'{')
        && memmem::find(text, b"\"CityObjects\"").is_none()
        && memmem::find_iter(text, b"\"type\"").any(|at| names_geojson(&text[at + 6..]))
}

/// Whether the value after a `"type"` is one of ours.
fn names_geojson(after: &[u8]) -> bool {
    let Some(value) = after.trim_ascii_start().strip_prefix(b":") else { return false };
    let value = value.trim_ascii_start();
    value.starts_with(b"\"FeatureCollection\"") || value.starts_with(b"\"Feature\"")
}

/// Endings of the files beside a `.shp`: index, table, system, encoding, and what other programs put there.
const BESIDE_SHP: [&str; 12] =
    ["shx", "dbf", "prj", "cpg", "qpj", "qmd", "qix", "sbn", "sbx", "cst", "fix", "shp.xml"];

/// Which of some files stand beside data and are no data themselves: sidecars, and what belongs to a `.shp`.
pub fn side_files(names: &[String]) -> BTreeSet<String> {
    let known: BTreeMap<String, &String> = names.iter().map(|name| (name.to_lowercase(), name)).collect();
    let mut beside = BTreeSet::new();
    for name in known.keys() {
        let mut add = |other: String| beside.extend(known.get(&other).map(|name| (*name).clone()));
        match name.rsplit_once('.') {
            Some((stem, "shp")) => {
                BESIDE_SHP.iter().for_each(|ending| add(format!("{stem}.{ending}")));
                add(format!("{name}.toml"));
            }
            Some((_, "geojson" | "json" | "geojsonl" | "geojsons" | "fgb" | "parquet" | "geoparquet")) => {
                add(format!("{name}.toml"));
            }
            _ => {}
        }
    }
    beside
}

/// Text without a byte order mark.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// The beginning of a file for a message.
pub(crate) fn beginning(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "it is empty".to_owned();
    }
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(16)]);
    format!(
        "it begins with `{}`",
        shown.chars().map(|c| if c.is_control() { '.' } else { c }).collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_beginning() {
        let mut shp = vec![0; 100];
        shp[..4].copy_from_slice(&9994_i32.to_be_bytes());
        shp[28..32].copy_from_slice(&1000_i32.to_le_bytes());
        let known: [(&[u8], Format); 6] = [
            (b"fgb\x03fgb\x00", Format::FlatGeobuf),
            (b"PAR1\x15", Format::GeoParquet),
            (&shp, Format::Shapefile),
            (b"\xEF\xBB\xBF {\"type\" : \"FeatureCollection\"", Format::GeoJson),
            (b"\x1E{\"type\":\"Feature\",", Format::GeoJson),
            (b"{\"features\":[{\"type\":\"Feature\"", Format::GeoJson),
        ];
        for (head, format) in known {
            assert_eq!(looks_like(head), Some(format), "{}", beginning(head));
        }
        let others: [&[u8]; 7] = [
            b"",
            b"{",
            b"{\"type\":\"CityJSON\"}",
            b"{\"type\":\"CityJSONFeature\",\"CityObjects\":{}}",
            b"[{\"type\":\"Feature\"}]",
            b"<?xml",
            b"fgb",
        ];
        let names =
            ["a/B.SHP", "a/B.dbf", "a/b.shx", "c.dbf", "d.fgb", "d.fgb.toml", "e.toml"].map(str::to_owned);
        let beside: Vec<_> = side_files(&names).into_iter().collect();
        assert_eq!(beside, ["a/B.dbf", "a/b.shx", "d.fgb.toml"]);
        for other in others {
            assert_eq!(looks_like(other), None, "{}", beginning(other));
        }
    }
}
