//! Single properties of a feature. A value of the wrong type is reported and counts as not known.

use futago_field::Report;
use geojson::JsonObject;
use serde_json::Value;

/// The properties of one feature and where to write what is wrong with them.
pub(crate) struct Properties<'a> {
    pub object: JsonObject,
    pub feature: &'a str,
    pub place: &'a str,
}

impl Properties<'_> {
    /// A text; numbers are taken as their text, since codes are sometimes written without quotes.
    pub fn text(&self, key: &str, report: &mut Report) -> Option<String> {
        match self.object.get(key)? {
            Value::Null => None,
            Value::String(text) if text.trim().is_empty() => None,
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            other => self.wrong(key, other, report),
        }
    }

    /// A finite number; a text that reads as one is taken.
    pub fn number(&self, key: &str, report: &mut Report) -> Option<f64> {
        let value = self.object.get(key)?;
        let number = match value {
            Value::Null => return None,
            Value::Number(number) => number.as_f64(),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        };
        match number.filter(|number: &f64| number.is_finite()) {
            None => self.wrong(key, value, report),
            known => known,
        }
    }

    /// The number of a code list.
    pub fn code(&self, key: &str, report: &mut Report) -> Option<u32> {
        let number = self.number(key, report)?;
        if number.fract() == 0.0 && (0.0..=9999.0).contains(&number) {
            return Some(number as u32);
        }
        self.wrong(key, &self.object[key], report)
    }

    /// Yes or no; absent is no.
    pub fn flag(&self, key: &str, report: &mut Report) -> bool {
        match self.object.get(key) {
            None | Some(Value::Null) => false,
            Some(Value::Bool(flag)) => *flag,
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            Some(other) => self.wrong::<()>(key, other, report).is_some(),
        }
    }

    fn wrong<T>(&self, key: &str, value: &Value, report: &mut Report) -> Option<T> {
        let action = format!("property `{key}` is {value}, which cannot be used; taken as not known");
        report.add("bad-property", self.feature, self.place, action);
        None
    }
}
