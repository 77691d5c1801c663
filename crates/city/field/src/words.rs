//! What leaves a simulation, in words of a language. Every face says it by these.

use futago_texts::{Arg, Texts};

use crate::{ArgValue, Field, Message, Quantity, Scale, Support, Variant};

/// A sentence of the results.
pub fn sentence(texts: &Texts, message: &Message) -> String {
    let value = |value: &'_ ArgValue| match value {
        ArgValue::Number(number) => Arg::from(*number),
        ArgValue::Text(text) => Arg::from(text.clone()),
    };
    let args: Vec<(&str, Arg<'_>)> =
        message.args.iter().map(|(name, given)| (name.as_str(), value(given))).collect();
    texts.format(&message.key, &args)
}

/// A unit as it is written; nothing for a plain number.
pub fn unit_in_words(texts: &Texts, unit: &str) -> String {
    let key = format!("unit-{}", unit.to_ascii_lowercase());
    match unit {
        // Levels of service are letters of their own.
        "" | "1" | LEVEL_UNIT => String::new(),
        _ if texts.has(&key) => texts.text(&key),
        _ => unit.replace("m2", "m²").replace("m3", "m³").replace("deg", "°"),
    }
}

/// A field's name: what it is of, where it lies, which city.
pub fn field_in_words(texts: &Texts, field: &Field) -> String {
    let own = format!("view-field-{}", field.key);
    let what = if texts.has(&own) {
        texts.text(&own)
    } else {
        texts.text(&format!("quantity-{}", field.quantity.key))
    };
    let place = match &field.support {
        Support::Points(points) => texts.text(&format!("view-on-{}", points.kind)),
        Support::Grid(_) => texts.text("view-on-ground"),
        Support::Floors(_) => texts.text("view-on-floors"),
        Support::Buildings(_) => texts.text("view-on-buildings"),
        Support::Links(links) => texts.text(&format!("view-on-{}", links.kind)),
    };
    let city = match field.variant {
        Variant::AsIs => return format!("{what} · {place}"),
        Variant::WhatIf => "variant-what-if",
        Variant::Difference => "variant-difference",
    };
    format!("{what} · {place} · {}", texts.text(city))
}

/// Unit of values that are levels of service.
pub const LEVEL_UNIT: &str = "level";
/// The ends of their scale: levels A to F are 0 to 5, and A is dark enough to be seen as a line.
pub const LEVEL_RANGE: [f64; 2] = [-5.0 / 3.0, 5.0];

/// The values of a quantity that has few, each with its word: yes and no, levels of service A to F. None for figures.
pub fn values_in_words(texts: &Texts, quantity: &Quantity) -> Option<Vec<(f32, String)>> {
    match quantity.scale {
        Scale::Binary => {
            let word = |end: &str| {
                let own = format!("quantity-{}-{end}", quantity.key);
                if texts.has(&own) { texts.text(&own) } else { texts.text(end) }
            };
            Some(vec![(0.0, word("no")), (1.0, word("yes"))])
        }
        Scale::Load if quantity.unit == LEVEL_UNIT => {
            let word = |letter| texts.text(&format!("level-of-service-{letter}"));
            Some(('a'..='f').map(word).enumerate().map(|(level, word)| (level as f32, word)).collect())
        }
        _ => None,
    }
}

/// A level as people call it, from its ordinal: 0 is the ground, `-1` the first basement; landings keep theirs.
pub fn level_in_words(texts: &Texts, level: f32) -> String {
    let floor = || level.abs().to_string();
    match level {
        _ if level.fract() != 0.0 => {
            texts.format("walk-level-between", &[("level", level.to_string().into())])
        }
        0.0 => texts.text("walk-level-ground"),
        below if below < 0.0 => texts.format("walk-level-below", &[("floor", floor().into())]),
        _ => texts.format("walk-level-above", &[("floor", floor().into())]),
    }
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;

    use super::*;

    #[test]
    fn units_read_well() {
        let texts = Texts::new(Lang::Ja);
        let said: Vec<String> =
            ["h", "kWh/m2", "1", ""].iter().map(|unit| unit_in_words(&texts, unit)).collect();
        assert_eq!(said, ["時間", "kWh/m²", "", ""]);
    }
}
