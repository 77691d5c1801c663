//! Words in every language of the page at once, as HTML.

use futago_field::Message;
use futago_texts::{Lang, Texts};
use minijinja::Value;

/// The catalogues of the languages of a page.
pub(super) struct Words {
    texts: Vec<Texts>,
}

impl Words {
    pub(super) fn new(langs: &[Lang]) -> Self {
        Self { texts: langs.iter().map(|lang| Texts::new(*lang)).collect() }
    }

    /// What `say` says in each language; once where all say the same.
    pub(super) fn each(&self, say: impl Fn(&Texts) -> String) -> String {
        let said: Vec<(Lang, String)> = self.texts.iter().map(|t| (t.lang(), escaped(&say(t)))).collect();
        if said.iter().all(|(_, words)| words == &said[0].1) {
            return said.into_iter().next().map(|(_, words)| words).unwrap_or_default();
        }
        let span =
            |(lang, words): &(Lang, String)| format!(r#"<span class="{lang}" lang="{lang}">{words}</span>"#);
        said.iter().map(span).collect()
    }

    pub(super) fn key(&self, key: &str) -> String {
        self.each(|texts| texts.text(key))
    }

    /// The text of a key, or words that are the same in every language.
    pub(super) fn key_or(&self, key: &str, otherwise: &str) -> String {
        self.each(|texts| if texts.has(key) { texts.text(key) } else { otherwise.to_owned() })
    }

    pub(super) fn pair(&self, ja: &str, en: &str) -> String {
        self.each(|texts| if texts.lang() == Lang::Ja { ja } else { en }.to_owned())
    }

    /// A sentence, ready for the page.
    pub(super) fn message(&self, message: &Message) -> Value {
        Value::from_safe_string(self.each(|texts| futago_field::sentence(texts, message)))
    }

    /// Any catalogue, for what does not depend on language.
    pub(super) fn langs(&self) -> impl Iterator<Item = &Texts> {
        self.texts.iter()
    }
}

/// Text made safe for HTML, within attributes too.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_said_once() {
        let words = Words::new(&Lang::ALL);
        assert_eq!(words.pair("CPU", "CPU"), "CPU");
        assert_eq!(
            words.pair("<北>", "N"),
            r#"<span class="ja" lang="ja">&lt;北&gt;</span><span class="en" lang="en">N</span>"#
        );
        assert_eq!(words.key_or("no-such-key", "plain"), "plain");
    }
}
