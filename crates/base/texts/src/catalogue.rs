//! The catalogue files, built into the program. A new file is a new line in [`NAMES_AND_TEXTS`].

use fluent_bundle::FluentResource;

use crate::Lang;

macro_rules! catalogues {
    ($($name:literal),+ $(,)?) => {
        /// File name, Japanese and English text.
        const NAMES_AND_TEXTS: &[[(&str, &str); 2]] = &[$([
            (concat!("ja/", $name), include_str!(concat!("../../../../assets/texts/ja/", $name))),
            (concat!("en/", $name), include_str!(concat!("../../../../assets/texts/en/", $name))),
        ]),+];
    };
}

catalogues!(
    "common.ftl",
    "cli.ftl",
    "report.ftl",
    "sunlight.ftl",
    "office.ftl",
    "crowd.ftl",
    "defects.ftl",
    "view.ftl",
    "page.ftl"
);

/// Plain Japanese, where there is some.
const PLAIN: &[(&str, &str)] =
    &[("ja-easy/page.ftl", include_str!("../../../../assets/texts/ja-easy/page.ftl"))];

/// Name and content of the files of a language. Of a key that two files have the first text counts.
pub(crate) fn files(lang: Lang) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let (index, before) = match lang {
        Lang::Ja => (0, &[][..]),
        Lang::En => (1, &[][..]),
        Lang::JaEasy => (0, PLAIN),
    };
    before.iter().chain(NAMES_AND_TEXTS.iter().map(move |pair| &pair[index]))
}

/// Keys of a language, in the order of the files.
pub fn keys(lang: Lang) -> Vec<String> {
    let mut keys = Vec::new();
    for (_, source) in files(lang) {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
        keys.extend(resource.entries().filter_map(|entry| match entry {
            fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
            _ => None,
        }));
    }
    keys
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Key to file; complains of texts that do not parse and of keys used twice.
    fn keys_of<'f>(
        files: impl Iterator<Item = &'f (&'static str, &'static str)>,
    ) -> BTreeMap<String, &'static str> {
        let mut keys = BTreeMap::new();
        for &(name, source) in files {
            let resource = FluentResource::try_new(source.to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{name} does not parse: {errors:?}"));
            for entry in resource.entries() {
                let fluent_syntax::ast::Entry::Message(message) = entry else { continue };
                let key = message.id.name.to_owned();
                let kebab = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                assert!(kebab, "{name}: key '{key}' is not in kebab case");
                if let Some(first) = keys.insert(key.clone(), name) {
                    panic!("key '{key}' is in {first} and again in {name}");
                }
            }
        }
        assert!(keys.len() > 20, "the catalogues are all but empty");
        keys
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let (ja, en) = (keys_of(files(Lang::Ja)), keys_of(files(Lang::En)));
        let missing = |from: &BTreeMap<String, &'static str>, other: &BTreeMap<String, &'static str>| {
            let lines = from.iter().filter(|(key, _)| !other.contains_key(*key));
            lines.map(|(key, file)| format!("{key} (in {file})")).collect::<Vec<_>>()
        };
        let (no_english, no_japanese) = (missing(&ja, &en), missing(&en, &ja));
        assert!(no_english.is_empty(), "Japanese only: {no_english:?}");
        assert!(no_japanese.is_empty(), "English only: {no_japanese:?}");
    }

    #[test]
    fn plain_japanese_has_a_text_for_every_key_of_the_page() {
        let page = |key: &String| key.starts_with("page-");
        let (plain, ja) = (keys_of(PLAIN.iter()), keys_of(files(Lang::Ja)));
        let missing: Vec<_> = ja.keys().filter(|key| page(key) && !plain.contains_key(*key)).collect();
        let unknown: Vec<_> = plain.keys().filter(|key| !ja.contains_key(*key)).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "missing {missing:?}, unknown {unknown:?}");
    }
}
