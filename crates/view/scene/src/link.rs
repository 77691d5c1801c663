//! A view as a line of text, to be sent by mail or chat: `futago-view:1:` and the packed state.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::{DeflateDecoder, DeflateEncoder};

use crate::state::ViewState;

/// What links begin with; the number is the version.
const HEAD: &str = "futago-view:1:";
/// Longest text that a link is unpacked to, bytes.
const LONGEST: u64 = 4 << 20;

/// A link that says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LinkError {
    /// It is something else.
    #[error("it does not begin with {HEAD}")]
    NotALink,
    /// Part of it was lost on the way, or it is longer than any view.
    #[error("it is cut or damaged")]
    Damaged,
    /// It was written by another version.
    #[error("{0}")]
    Unknown(String),
}

/// The link of a view.
pub fn link_of(state: &ViewState) -> String {
    // A state holds only numbers, texts and lists of them, and memory does not fail to be read.
    let text = serde_json::to_vec(state).unwrap_or_default();
    let mut packed = Vec::new();
    let _ = DeflateEncoder::new(&text[..], Compression::best()).read_to_end(&mut packed);
    format!("{HEAD}{}", URL_SAFE_NO_PAD.encode(packed))
}

/// Whether a text is meant as a link.
pub fn is_link(text: &str) -> bool {
    text.trim_start().starts_with("futago-view:")
}

/// The view of a link.
///
/// # Errors
/// When the text is no link, or a damaged one.
pub fn from_link(text: &str) -> Result<ViewState, LinkError> {
    let packed = text.trim().strip_prefix(HEAD).ok_or(LinkError::NotALink)?;
    let packed = URL_SAFE_NO_PAD.decode(packed).map_err(|_| LinkError::Damaged)?;
    let mut text = Vec::new();
    let read = DeflateDecoder::new(&packed[..]).take(LONGEST).read_to_end(&mut text);
    if read.is_err() || text.len() as u64 == LONGEST {
        return Err(LinkError::Damaged);
    }
    let state: ViewState = serde_json::from_slice(&text).map_err(|e| LinkError::Unknown(e.to_string()))?;
    Ok(state.held())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::state::{Note, Pose};

    fn state() -> ViewState {
        let clock = Clock::standing_at(jiff::civil::date(2026, 12, 22), jiff::civil::time(12, 0, 0, 0));
        let note = Note { number: 1, at_m: [1.0, 2.0, 3.0], text: "日当たり".to_owned() };
        ViewState { notes: vec![note], ..ViewState::new(Pose::TOWERS, clock) }
    }

    #[test]
    fn a_link_brings_the_same_view_and_is_short() {
        let link = link_of(&state());
        assert_eq!(from_link(&link), Ok(state()));
        assert!(link.len() < 800, "{} characters", link.len());
        assert!(link.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c)), "{link}");
    }

    #[test]
    fn damaged_links_are_refused() {
        let link = link_of(&state());
        assert_eq!(from_link("https://example.org"), Err(LinkError::NotALink));
        for end in (HEAD.len()..link.len()).step_by(7) {
            assert!(from_link(&link[..end]).is_err(), "cut at {end}");
        }
        let mut bomb = Vec::new();
        DeflateEncoder::new(std::io::repeat(b' ').take(LONGEST * 2), Compression::best())
            .read_to_end(&mut bomb)
            .unwrap();
        let bomb = format!("{HEAD}{}", URL_SAFE_NO_PAD.encode(bomb));
        assert_eq!(from_link(&bomb), Err(LinkError::Damaged));
    }
}
