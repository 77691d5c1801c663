//! The languages, and which one a person wants.

use std::str::FromStr;

use unic_langid::{LanguageIdentifier, langid};

/// A language of the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Japanese.
    Ja,
    /// English.
    En,
    /// Plain Japanese (やさしい日本語) for the page; what has no plain words is said in Japanese.
    JaEasy,
}

/// A language that Futago does not speak.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there are no texts in the language '{0}'; use 'ja' or 'en'")]
pub struct UnknownLang(pub String);

impl Lang {
    /// The two that everything is said in.
    pub const ALL: [Self; 2] = [Self::Ja, Self::En];
    /// With plain Japanese, as the page has it.
    pub const ALL_OF_THE_PAGE: [Self; 3] = [Self::Ja, Self::En, Self::JaEasy];

    /// Its code, as in file names and in HTML.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::JaEasy => "ja-easy",
        }
    }

    /// The language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not
    /// empty. English unless it starts with `ja`.
    pub fn from_env() -> Self {
        Self::from_variables(|name| std::env::var(name).ok())
    }

    /// The same with the variables given, in the order that POSIX gives them.
    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|value| !value.is_empty()));
        match locale {
            Some(locale) if locale.to_ascii_lowercase().starts_with("ja") => Self::Ja,
            _ => Self::En,
        }
    }

    pub(crate) fn identifier(self) -> LanguageIdentifier {
        match self {
            Self::Ja | Self::JaEasy => langid!("ja"),
            Self::En => langid!("en"),
        }
    }
}

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text_lower = text.to_ascii_lowercase();
        if text_lower == "ja-easy" {
            return Ok(Self::JaEasy);
        }
        match text_lower.split(['-', '_', '.']).next() {
            Some("ja") => Ok(Self::Ja),
            Some("en") => Ok(Self::En),
            _ => Err(UnknownLang(text.to_owned())),
        }
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Lang {
        let find = |name: &str| variables.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Lang::from_variables(find)
    }

    #[test]
    fn the_environment_chooses() {
        assert_eq!(with(&[]), Lang::En);
        assert_eq!(with(&[("LANG", "ja_JP.UTF-8")]), Lang::Ja);
        assert_eq!(with(&[("LANG", "ja_JP.UTF-8"), ("LC_ALL", "C")]), Lang::En);
        assert_eq!(with(&[("LANG", "fr_FR"), ("LC_MESSAGES", "ja"), ("LC_ALL", "")]), Lang::Ja);
    }

    #[test]
    fn codes_are_read_and_others_refused() {
        assert_eq!("ja-JP".parse(), Ok(Lang::Ja));
        assert_eq!("EN".parse(), Ok(Lang::En));
        assert_eq!("de".parse::<Lang>(), Err(UnknownLang("de".to_owned())));
    }
}
