//! What a file is, by its first bytes.

/// A format of 3D Tiles or glTF.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `tileset.json`.
    Tileset,
    /// glTF 2.0 as JSON.
    Gltf,
    /// glTF 2.0 in one binary file.
    Glb,
    /// A batched model of 3D Tiles 1.0.
    B3dm,
    /// An instanced model of 3D Tiles 1.0; not read.
    I3dm,
    /// A point cloud of 3D Tiles 1.0; not read.
    Pnts,
    /// Tiles of 3D Tiles 1.0 in one file.
    Cmpt,
}

/// Bytes that are looked at in JSON.
const JSON_HEAD: usize = 64 << 10;

/// The format of a file that begins so; none when it is neither 3D Tiles nor glTF.
///
/// A few kilobytes are enough: JSON is told by the names in it.
pub fn looks_like(head: &[u8]) -> Option<Format> {
    match head.get(..4) {
        Some(b"glTF") => return Some(Format::Glb),
        Some(b"b3dm") => return Some(Format::B3dm),
        Some(b"i3dm") => return Some(Format::I3dm),
        Some(b"pnts") => return Some(Format::Pnts),
        Some(b"cmpt") => return Some(Format::Cmpt),
        _ => {}
    }
    let text = without_mark(head);
    let text = &text[..text.len().min(JSON_HEAD)];
    if text.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return None;
    }
    let has = |name: &str| text.windows(name.len()).any(|window| window == name.as_bytes());
    if has("\"geometricError\"") || (has("\"root\"") && has("\"asset\"")) {
        Some(Format::Tileset)
    } else if ["\"bufferViews\"", "\"accessors\"", "\"meshes\"", "\"scenes\"", "\"nodes\""]
        .into_iter()
        .any(has)
    {
        Some(Format::Gltf)
    } else {
        None
    }
}

/// Text without a byte order mark.
pub(crate) fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text)
}

/// The beginning of a file for a message.
pub(crate) fn beginning(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return "nothing (it is empty)".to_owned();
    }
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(16)]);
    format!("`{}`", shown.chars().map(|c| if c.is_control() { '.' } else { c }).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_by_their_beginning() {
        let known: [(&[u8], Format); 6] = [
            (b"glTF\x02", Format::Glb),
            (b"b3dm", Format::B3dm),
            (b"cmpt....", Format::Cmpt),
            (b"\xEF\xBB\xBF {\"asset\":{\"version\":\"1.0\"},\"root\":{}}", Format::Tileset),
            (b"{\"asset\":{}, \"geometricError\": 5", Format::Tileset),
            (b"{\"asset\":{\"version\":\"2.0\"},\"meshes\":[", Format::Gltf),
        ];
        for (head, format) in known {
            assert_eq!(looks_like(head), Some(format), "{}", beginning(head));
        }
        for other in [b"".as_slice(), b"{", b"{\"type\":\"CityJSON\"}", b"<?xml", b"PK\x03\x04", b"glT"] {
            assert_eq!(looks_like(other), None, "{}", beginning(other));
        }
    }
}
