//! What bytes are: CityJSON, a sequence, or something else.

use memchr::memmem;
use serde::de::IgnoredAny;

use crate::CityJsonError;

/// Stands before each text of a sequence as RFC 7464 has it.
const RECORD_SEPARATOR: char = '\u{1e}';

/// Whether bytes look like CityJSON or CityJSONSeq, by what is in them. The first part of a file will do,
/// but one that tells its type last may need more of it.
pub fn looks_like(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && **byte != RECORD_SEPARATOR as u8);
    first == Some(&b'{')
        && (memmem::find(bytes, b"\"CityObjects\"").is_some()
            || memmem::find_iter(bytes, b"\"type\"").any(|at| names_cityjson(&bytes[at + 6..])))
}

/// Whether the value after a `"type"` is one of ours.
fn names_cityjson(after: &[u8]) -> bool {
    let Some(value) = after.trim_ascii_start().strip_prefix(b":") else { return false };
    let value = value.trim_ascii_start();
    value.starts_with(b"\"CityJSON\"") || value.starts_with(b"\"CityJSONFeature\"")
}

/// Bytes as text, without a byte order mark.
pub(crate) fn text<'b>(bytes: &'b [u8], file: &str) -> Result<&'b str, CityJsonError> {
    let refuse = |encoding: String| CityJsonError::Encoding { file: file.to_owned(), encoding };
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(refuse("UTF-16".to_owned()));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        refuse(format!("another encoding than UTF-8 (byte {} is none of it)", error.valid_up_to()))
    })
}

/// A line of a sequence without what may stand round it.
pub(crate) fn trimmed(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == RECORD_SEPARATOR || c.is_ascii_whitespace()).trim_ascii_end()
}

/// Whether a line has nothing in it but blanks and a byte order mark.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii().is_empty()
}

/// How far a part of some bytes is from their beginning.
pub(crate) fn offset(part: &str, all: &[u8]) -> u64 {
    part.as_ptr().addr().saturating_sub(all.as_ptr().addr()) as u64
}

/// Whether a line is a whole JSON text, so that what comes after it is another one.
pub(crate) fn is_whole(line: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(trimmed(line)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_and_not_the_name() {
        for yes in [
            "{\"type\":\"CityJSON\"}",
            " {\n\"type\" : \"CityJSONFeature\"",
            "\u{feff}{\"a\":{\"type\":\"Solid\"},\"type\":\"CityJSON\"",
            "\u{1e}{\"CityObjects\":{",
        ] {
            assert!(looks_like(yes.as_bytes()), "{yes}");
        }
        for no in [
            "",
            "[]",
            "{\"type\":\"FeatureCollection\"}",
            "{\"type\":\"CityJSONExtension\"}",
            "<core:CityModel/>",
            "\"CityObjects\"",
        ] {
            assert!(!looks_like(no.as_bytes()), "{no}");
        }
    }
}
