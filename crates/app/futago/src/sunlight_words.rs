//! Errors of the sunlight simulation in the user's language, with their exit code.

use futago_sunlight::SunlightError;
use futago_texts::{Arg, Texts};

use crate::failure::{ExitKind, Failure};
use crate::scenario::Loaded;

/// A failure for an error of the simulation. With the scenario at hand the message has the place in the file.
pub fn failure(error: &SunlightError, scenario: Option<&Loaded>, texts: &Texts) -> Failure {
    if let (SunlightError::Question { key, problem }, Some(scenario)) = (error, scenario) {
        return scenario.complain(texts, key, problem.clone());
    }
    let (exit, key, args): (ExitKind, &str, Vec<(&str, Arg<'_>)>) = match error {
        SunlightError::NoBuilding { id, example } => (
            ExitKind::WrongUse,
            "cli-sunlight-no-building",
            vec![("id", id.as_str().into()), ("example", example.as_str().into())],
        ),
        SunlightError::IdTaken { id } => {
            (ExitKind::WrongUse, "cli-sunlight-id-taken", vec![("id", id.as_str().into())])
        }
        SunlightError::OutsideCity { what, covers } => (
            ExitKind::WrongUse,
            "cli-sunlight-outside",
            vec![("what", what.as_str().into()), ("covers", covers.as_str().into())],
        ),
        SunlightError::Sun { instant, problem } => (
            ExitKind::WrongUse,
            "cli-sunlight-no-sun",
            vec![("instant", instant.to_string().into()), ("problem", problem.as_str().into())],
        ),
        SunlightError::Compute(cause) => {
            (ExitKind::Failed, "cli-run-failed", vec![("why", cause.to_string().into())])
        }
        other => (ExitKind::WrongUse, "cli-usage-question", vec![("problem", other.to_string().into())]),
    };
    Failure::of(exit, texts, key, &args)
}
