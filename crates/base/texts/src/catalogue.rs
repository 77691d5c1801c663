//! The catalogue files, built into the program. A new file is a new line in [`NAMES_AND_TEXTS`].

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

catalogues!("common.ftl", "cli.ftl", "report.ftl", "sunlight.ftl", "defects.ftl", "view.ftl");

/// Name and content of the files of a language.
pub(crate) fn files(lang: Lang) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let index = match lang {
        Lang::Ja => 0,
        Lang::En => 1,
    };
    NAMES_AND_TEXTS.iter().map(move |pair| &pair[index])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use fluent_bundle::FluentResource;

    use super::*;

    /// Key to file, for one language; complains of texts that do not parse and of keys used twice.
    fn keys(lang: Lang) -> BTreeMap<String, &'static str> {
        let mut keys = BTreeMap::new();
        for &(name, source) in files(lang) {
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
        assert!(keys.len() > 50, "the catalogues of {lang} are all but empty");
        keys
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        let (ja, en) = (keys(Lang::Ja), keys(Lang::En));
        let missing = |from: &BTreeMap<String, &'static str>, other: &BTreeMap<String, &'static str>| {
            let lines = from.iter().filter(|(key, _)| !other.contains_key(*key));
            lines.map(|(key, file)| format!("{key} (in {file})")).collect::<Vec<_>>()
        };
        let (no_english, no_japanese) = (missing(&ja, &en), missing(&en, &ja));
        assert!(no_english.is_empty(), "Japanese only: {no_english:?}");
        assert!(no_japanese.is_empty(), "English only: {no_japanese:?}");
    }
}
