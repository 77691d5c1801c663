//! `futago schema`: the JSON schema of scenario files, made from the types that read them.
//! The one in `assets/scenarios` is this output; a test holds them together.

use futago_texts::Texts;

use crate::print;
use crate::scenario::Scenario;

pub fn run(texts: &Texts) -> anyhow::Result<()> {
    print::json(texts, &schemars::schema_for!(Scenario))
}
