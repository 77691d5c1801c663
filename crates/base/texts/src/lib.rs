//! Every sentence that Futago shows, in Japanese and English.
//!
//! A program holds keys and values, never sentences: `texts.format("sun-lost", &[("hours", 1.5.into())])`.
//! The sentences are Fluent catalogues in `assets/texts/<language>/*.ftl`, built into the program, so
//! that a translator needs no Rust. Both languages must have the same keys; a test holds them to it.
//!
//! Numbers are written with the decimals that the sentence asks for,
//! `{ NUMBER($hours, minimumFractionDigits: 1, maximumFractionDigits: 1) }`, with a comma between
//! thousands; without a wish, with up to three decimals. No bidirectional isolation marks are put
//! round values: neither language runs right to left, and the marks show as boxes in some fonts.
//! A key that no catalogue has comes out as `<key>`: ugly on purpose, and never a panic.

mod catalogue;
mod lang;
mod number;

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

pub use catalogue::keys;
pub use lang::{Lang, UnknownLang};
pub use number::{format_number, shown_decimals};

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg<'a> {
    /// A number, in the unit that the sentence names.
    Number(f64),
    /// Words, shown as they are.
    Text(Cow<'a, str>),
}

impl From<f64> for Arg<'_> {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<usize> for Arg<'_> {
    fn from(value: usize) -> Self {
        Self::Number(value as f64)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Arg<'_> {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

/// The sentences of one language.
pub struct Texts {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Texts {
    /// The catalogues of a language. A message that does not parse is left out; the tests find it.
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(number::fluent_formatter));
        // Fails only when a function of that name is there already, and the bundle is new.
        let _ = bundle.add_builtins();
        for (_, source) in catalogue::files(lang) {
            let resource =
                FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
            // A key that two files share keeps its first text; the tests find the second.
            let _ = bundle.add_resource(resource);
        }
        Self { lang, bundle }
    }

    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether there is a text of this key.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// A text without values.
    pub fn text(&self, key: &str) -> String {
        self.format(key, &[])
    }

    /// The text of a key; what is no key is shown as it is, being the same in every language.
    pub fn text_or_same(&self, key: &str) -> String {
        if self.has(key) { self.text(key) } else { key.to_owned() }
    }

    /// A text with its values.
    pub fn format(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("<{key}>");
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            let value = match value {
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Text(text) => FluentValue::from(text.as_ref()),
            };
            values.set(*name, value);
        }
        // Errors are values that the sentence wants and did not get: they show as `{$name}`.
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_in_without_marks_and_with_their_decimals() {
        let texts = Texts::new(Lang::En);
        let shown = texts.format("report-rows-shown", &[("shown", 20.0.into()), ("total", 25_508.0.into())]);
        assert_eq!(shown, "The first 20 of 25,508 rows");
        let japanese = Texts::new(Lang::Ja);
        let shown =
            japanese.format("report-rows-shown", &[("shown", 20.0.into()), ("total", 25_508.0.into())]);
        assert!(shown.contains("25,508") && !shown.contains('\u{2068}'), "{shown}");
    }

    #[test]
    fn a_missing_key_shows_itself() {
        let texts = Texts::new(Lang::Ja);
        assert_eq!(texts.text("no-such-key"), "<no-such-key>");
        assert!(!texts.has("no-such-key") && texts.has("report-limits"));
        assert_eq!(texts.text_or_same("2026-12-22 09:00 JST"), "2026-12-22 09:00 JST");
        assert_eq!(texts.text_or_same("synthetic"), "合成データ");
    }

    #[test]
    fn texts_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Texts>();
    }
}
