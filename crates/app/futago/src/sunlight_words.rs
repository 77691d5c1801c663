//! Errors of the sunlight simulation in the user's language, with their exit code.

use futago_field::sentence;
use futago_sunlight::SunlightError;
use futago_texts::Texts;

use crate::failure::{ExitKind, Failure};
use crate::scenario::Loaded;

/// A failure for an error of the simulation. With the scenario at hand the message has the place in the file.
pub fn failure(error: &SunlightError, scenario: Option<&Loaded>, texts: &Texts) -> Failure {
    let message = error.message();
    match (error, scenario) {
        (SunlightError::Question { key, .. }, Some(scenario)) => {
            scenario.complain(texts, key, sentence(texts, &message))
        }
        (SunlightError::Question { key, .. }, None) => {
            let args = [("key", key.as_str().into()), ("problem", sentence(texts, &message).into())];
            Failure::wrong_use(texts, "cli-scenario-question", &args)
        }
        (SunlightError::Compute(_), _) => {
            Failure::failed(texts, "cli-run-failed", &[("why", sentence(texts, &message).into())])
        }
        _ => Failure::of_message(ExitKind::WrongUse, texts, message),
    }
}

#[cfg(test)]
mod tests {
    use futago_sunlight::{Observer, Outside, QuestionFault, position};
    use futago_texts::Lang;

    use super::*;

    /// One error of each form that a failure may take.
    fn errors() -> [SunlightError; 5] {
        let fault = QuestionFault::Range { value: 0.04, low: 0.1, high: 20_000.0 };
        let far = "9999-01-01T00:00:00Z".parse().expect("an instant");
        [
            SunlightError::Question { key: "sunlight.area.width_m".to_owned(), fault },
            SunlightError::NoBuilding { id: "bldg-1".to_owned(), example: "bldg-2".to_owned() },
            position(far, Observer::at(139.69, 35.69)).expect_err("SPA ends in 6000"),
            SunlightError::Place(futago_geodesy::LonLat::new(35.69, 139.69).expect_err("swapped")),
            SunlightError::Compute(futago_compute::ComputeError::OutOfMemory {
                during: "reading".to_owned(),
            }),
        ]
    }

    #[test]
    fn every_error_is_told_in_the_language_of_the_user() {
        let say = |lang, error: &SunlightError| failure(error, None, &Texts::new(lang)).to_string();
        for error in errors() {
            let (ja, en) = (say(Lang::Ja, &error), say(Lang::En, &error));
            assert!(en.is_ascii() && !en.contains(['<', '{']), "{en}");
            let no_english = ja.split(|c: char| !c.is_ascii() || c == '\n').all(|part| {
                let is_word = |word: &&str| word.len() > 1 && word.bytes().all(|b| b.is_ascii_lowercase());
                part.split(' ').filter(is_word).count() < 4
            });
            assert!(no_english && !ja.contains(['<', '{']) && !ja.is_ascii(), "{ja}");
        }
    }

    #[test]
    fn a_value_is_shown_as_it_was_written_with_its_key() {
        let said = failure(&errors()[0], None, &Texts::new(Lang::Ja)).to_string();
        let parts = ["sunlight.area.width_m", "0.04", "0.1 から 20,000 まで"];
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    }

    #[test]
    fn where_the_data_ends_is_told_in_degrees() {
        let low = futago_geodesy::LonLat::new(139.67, 35.68).expect("a place");
        let high = futago_geodesy::LonLat::new(139.71, 35.705).expect("a place");
        let covers = futago_sunlight::Covers { low, high };
        let error = SunlightError::OutsideCity { what: Outside::Probe("広場".to_owned()), covers };
        let said = failure(&error, None, &Texts::new(Lang::Ja)).to_string();
        assert!(said.contains("観測点 広場") && said.contains("139.6700〜139.7100"), "{said}");
    }
}
