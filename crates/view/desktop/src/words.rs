//! Texts in the window's language.

use bevy::prelude::*;
use futago_field::{Field, Message, Quantity};
use futago_texts::{Arg, Lang, Texts};

/// The texts, and the language they are in.
#[derive(Resource)]
pub struct Words {
    texts: Texts,
}

impl Words {
    /// In a language.
    pub fn new(lang: Lang) -> Self {
        Self { texts: Texts::new(lang) }
    }

    /// Which language.
    pub fn lang(&self) -> Lang {
        self.texts.lang()
    }

    /// A text.
    pub fn text(&self, key: &str) -> String {
        self.texts.text(key)
    }

    /// A text with its values.
    pub fn format(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.texts.format(key, args)
    }

    /// A sentence of a result.
    pub fn sentence(&self, message: &Message) -> String {
        futago_field::sentence(&self.texts, message)
    }

    /// A unit as it is written; nothing for a plain number. What is counted here is people.
    pub fn unit(&self, unit: &str) -> String {
        match unit {
            "1/m2" => self.text("view-unit-persons-m2"),
            "1/h" => self.text("view-unit-persons-h"),
            _ => futago_field::unit_in_words(&self.texts, unit),
        }
    }

    /// The values of a quantity that has few, each with its word.
    pub fn values(&self, quantity: &Quantity) -> Option<Vec<(f32, String)>> {
        futago_field::values_in_words(&self.texts, quantity)
    }

    /// A field's name: what it is of, where it lies, which city.
    pub fn field_name(&self, field: &Field) -> String {
        futago_field::field_in_words(&self.texts, field)
    }

    /// A level as people call it.
    pub fn level(&self, level: f32) -> String {
        futago_field::level_in_words(&self.texts, level)
    }

    /// A column's name.
    pub fn column(&self, key: &str) -> String {
        let own = format!("column-{}", key.replace('_', "-"));
        let text = self.texts.text_or_same(&own);
        if text == own { key.to_owned() } else { text }
    }

    /// A text of a key, or what it says itself when it is no key.
    pub fn or_same(&self, text: &str) -> String {
        self.texts.text_or_same(text)
    }

    /// The other language.
    pub fn switch(&mut self) {
        let other = Lang::ALL.into_iter().find(|lang| *lang != self.lang());
        if let Some(lang) = other {
            *self = Self::new(lang);
        }
    }
}
