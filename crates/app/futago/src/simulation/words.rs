//! Errors of the simulations in the user's language, with their exit code.

use std::error::Error;

use futago_contract::{Explained, SimError};
use futago_crowd::CrowdError;
use futago_field::{Message, sentence};
use futago_office::OfficeError;
use futago_sunlight::SunlightError;
use futago_texts::Texts;

use crate::failure::{ExitKind, Failure};
use crate::scenario::Loaded;

/// A failure for an error of a run; one that no simulation knows is told as it is.
pub fn failure_of_run(error: &SimError, scenario: &Loaded, texts: &Texts) -> Failure {
    fn told<E: Explained + Error + 'static>(error: &SimError) -> Option<&dyn Explained> {
        error.downcast_ref::<E>().map(|known| known as &dyn Explained)
    }
    let known = told::<SunlightError>(error).or(told::<CrowdError>(error)).or(told::<OfficeError>(error));
    match known {
        Some(known) => failure(known, Some(scenario), texts),
        None => Failure::failed(texts, "cli-run-failed", &[("why", error.to_string().into())]),
    }
}

/// A failure for an error of a simulation. With the scenario at hand the message has the place in the file.
pub fn failure(error: &dyn Explained, scenario: Option<&Loaded>, texts: &Texts) -> Failure {
    let message = error.message();
    if error.is_machine() {
        return Failure::failed(texts, "cli-run-failed", &[("why", sentence(texts, &message).into())]);
    }
    match (error.key(), scenario) {
        (Some(key), Some(scenario)) => {
            let remedy = Message { key: format!("{}-remedy", message.key), ..message.clone() };
            let remedy = texts.has(&remedy.key).then(|| sentence(texts, &remedy));
            scenario.complain(texts, key, sentence(texts, &message)).with_remedy(remedy)
        }
        (Some(key), None) if key.contains('.') => {
            let args = [("key", key.into()), ("problem", sentence(texts, &message).into())];
            Failure::wrong_use(texts, "cli-scenario-question", &args)
        }
        _ => Failure::of_message(ExitKind::WrongUse, texts, message),
    }
}

#[cfg(test)]
mod tests {
    use futago_contract::ValueFault;
    use futago_sunlight::{Observer, Outside, position};
    use futago_texts::Lang;

    use super::*;

    /// One error of each form that a failure may take.
    fn errors() -> [SunlightError; 5] {
        let fault = ValueFault::Range { value: 0.04, low: 0.1, high: 20_000.0 }.into();
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
