//! `NaN` and `Infinity` in files that call themselves JSON.
//!
//! JSON has no such numbers, but Python writes them unless told otherwise. One of them must not cost the
//! whole file. They are overwritten by a text of the same length, so that lines and columns stay, the
//! file becomes JSON, and the feature with a text for a number becomes an entry of the Report.

use std::borrow::Cow;

const WORDS: [(&[u8], &[u8]); 3] =
    [(b"-Infinity", b"\"not num\""), (b"Infinity", b"\"no num\""), (b"NaN", b"\"?\"")];

/// The bytes with every bare `NaN`, `Infinity` and `-Infinity` outside a string turned into a string.
pub(crate) fn without_bare_nan(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut scrubbed = Cow::Borrowed(bytes);
    let (mut at, mut in_string) = (0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_string => at += 1,
            b'"' => in_string = !in_string,
            b'N' | b'I' | b'-' if !in_string => {
                if let Some((word, text)) = WORDS.iter().find(|(word, _)| bytes[at..].starts_with(word)) {
                    scrubbed.to_mut()[at..at + word.len()].copy_from_slice(text);
                    at += word.len() - 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    scrubbed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bare_words_change() {
        let text = br#"{"a\"NaN": [NaN, -Infinity, Infinity, -1], "b": "NaN"}"#;
        let expected = br#"{"a\"NaN": ["?", "not num", "no num", -1], "b": "NaN"}"#;
        assert_eq!(without_bare_nan(text).as_ref(), expected);
        assert!(matches!(without_bare_nan(b"[1, 2]"), Cow::Borrowed(_)));
    }
}
