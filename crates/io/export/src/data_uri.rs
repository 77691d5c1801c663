//! Pictures inside text: PNG as a `data:` URI (RFC 2397, base64 of RFC 4648).

/// A PNG as the value of `href` or `src`.
pub(crate) fn png_uri(png: &[u8]) -> String {
    let mut uri = String::with_capacity(22 + png.len().div_ceil(3) * 4);
    uri.push_str("data:image/png;base64,");
    add_base64(&mut uri, png);
    uri
}

fn add_base64(text: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_rfc_4648() {
        let encoded = |bytes: &[u8]| {
            let mut text = String::new();
            add_base64(&mut text, bytes);
            text
        };
        assert_eq!(
            [encoded(b""), encoded(b"f"), encoded(b"fo"), encoded(b"foo")],
            ["", "Zg==", "Zm8=", "Zm9v"]
        );
        assert_eq!(encoded(b"foobar"), "Zm9vYmFy");
    }
}
