//! Where names go so that they do not cover each other, and how wide a text is without setting it.

/// Width of a text in ems: a full width for Japanese, about half for the rest. Good to a tenth, which is enough to
/// wrap lines and to keep names apart.
pub(crate) fn ems(text: &str) -> f64 {
    text.chars().map(|c| if is_wide(c) { 1.0 } else { narrow_ems(c) }).sum()
}

fn is_wide(c: char) -> bool {
    matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xff60)
}

fn narrow_ems(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '|' | '\'' | ' ' | '!' => 0.36,
        'm' | 'w' | 'M' | 'W' | '©' | '@' => 0.97,
        'A'..='Z' | '−' | '+' | '=' => 0.74,
        _ => 0.65,
    }
}

/// Breaks a text into lines of at most `width` ems: between words, and anywhere in Japanese but before closing marks.
pub(crate) fn wrap(text: &str, width: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && ems(&lines[last]) + ems(piece.trim_end()) > width {
            lines.push(String::new());
        }
        let last = lines.len() - 1;
        let piece = if lines[last].is_empty() { piece.trim_start() } else { piece };
        lines[last].push_str(piece);
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Parts of a text that stay together.
fn pieces(text: &str) -> Vec<&str> {
    const NEVER_FIRST: &str = "、。，．・：；？！）」』】〕ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ";
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (place, c) in text.char_indices() {
        let breakable =
            before.is_some_and(|b| b == ' ' || ((is_wide(b) || is_wide(c)) && !"（「『【〔".contains(b)));
        if breakable && c != ' ' && !NEVER_FIRST.contains(c) {
            pieces.push(&text[start..place]);
            start = place;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

/// A name with its place: the middle of its baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    pub x: f64,
    pub y: f64,
}

/// Places names of a size near their points, inside `width` by `height`: on them, above, below, beside; the first
/// place that covers neither a name placed before nor the edge. With no free place a name stands above its point all
/// the same: a crowded name is better than none.
pub(crate) fn place(names: &[([f64; 2], String)], size: f64, width: f64, height: f64) -> Vec<Placed> {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let mut placed = Vec::with_capacity(names.len());
    for ([x, y], name) in names {
        let half = ems(name) * size / 2.0;
        let beside = half + size * 0.8;
        // On the building, then above and below it, and beside it only when all else is taken.
        let offsets = [
            [0.0, 0.35],
            [0.0, -0.9],
            [0.0, 1.6],
            [0.0, -2.2],
            [0.0, 2.9],
            [0.0, -3.5],
            [0.0, 4.2],
            [beside / size, 0.35],
            [-beside / size, 0.35],
        ];
        let boxed = |[dx, dy]: [f64; 2]| {
            let x = (x + dx * size).clamp(half + 4.0, (width - half - 4.0).max(half + 4.0));
            let y = (y + dy * size).clamp(size + 4.0, height - 4.0);
            (Placed { x, y }, [x - half, y - size, x + half, y + size * 0.25])
        };
        let free =
            |b: &[f64; 4]| taken.iter().all(|t| b[0] > t[2] || b[2] < t[0] || b[1] > t[3] || b[3] < t[1]);
        let (at, area) =
            offsets.into_iter().map(boxed).find(|(_, b)| free(b)).unwrap_or_else(|| boxed(offsets[0]));
        taken.push(area);
        placed.push(at);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_not_before_a_full_stop() {
        assert_eq!(wrap("one two three", 5.0), ["one two", "three"]);
        let lines = wrap("日影は三時間。", 6.0);
        assert_eq!(lines, ["日影は三時", "間。"]);
        assert_eq!(wrap("", 5.0), [""]);
    }

    #[test]
    fn names_at_one_place_do_not_cover_each_other() {
        let names: Vec<_> = (0..4).map(|i| ([100.0, 100.0], format!("name {i}"))).collect();
        let placed = place(&names, 10.0, 200.0, 200.0);
        for (i, a) in placed.iter().enumerate() {
            for b in &placed[i + 1..] {
                assert!((a.y - b.y).abs() >= 10.0 || (a.x - b.x).abs() > 30.0, "{placed:?}");
            }
        }
        let corner = place(&[([0.0, 0.0], "long name".to_owned())], 10.0, 200.0, 200.0);
        assert!(corner[0].x > 20.0 && corner[0].y > 10.0);
    }
}
