//! Encodings of the texts of Shapefiles.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8};

/// An encoding as `.cpg` files and sidecars name it: a label of the web (`Shift_JIS`, `UTF-8`), or a code
/// page (`932`, `CP932`, `ANSI 1252`).
pub(crate) fn named(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().trim_start_matches('\u{feff}');
    let plain = name.to_ascii_uppercase();
    let page = ["ANSI", "OEM", "CP", "MS"].iter().find_map(|prefix| plain.strip_prefix(prefix));
    match page.unwrap_or(&plain).trim_matches([' ', '_', '-']) {
        "932" | "943" => Some(SHIFT_JIS),
        "65001" | "UTF8" => Some(UTF_8),
        "51932" => Some(encoding_rs::EUC_JP),
        page if page.len() == 4 && page.starts_with("125") => {
            Encoding::for_label(format!("windows-{page}").as_bytes())
        }
        _ => Encoding::for_label(name.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_japanese_encodings() {
        for name in
            ["Shift_JIS", "SJIS", "CP932", "932", "ms932", "MS_932", "\u{feff}cp932\r\n", "windows-31j"]
        {
            assert_eq!(named(name), Some(SHIFT_JIS), "{name}");
        }
        assert_eq!((named("UTF-8"), named("65001"), named("utf8")), (Some(UTF_8), Some(UTF_8), Some(UTF_8)));
        assert_eq!(named("ANSI 1252"), Some(encoding_rs::WINDOWS_1252));
        assert_eq!(named("klingon"), None);
    }
}
