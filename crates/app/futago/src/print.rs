//! Standard output, told apart from messages.
//!
//! Answers go to standard output, everything else to standard error, so that `--json` and pipes stay clean.
//! A reader that has gone (`futago info | head`) ends the program quietly; a full disk is an error.

use std::io::{ErrorKind, Write};

use futago_texts::Texts;
use serde::Serialize;

use crate::failure::{Failure, io_words};

/// Writes an answer and a line break to standard output.
pub fn answer(texts: &Texts, text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let written =
        out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => std::process::exit(0),
        Err(error) => {
            let why = io_words(texts, &error);
            Err(Failure::failed(texts, "cli-stdout-failed", &[("why", why.into())]).into())
        }
        Ok(()) => Ok(()),
    }
}

/// Writes an answer as one JSON object.
pub fn json(texts: &Texts, value: &impl Serialize) -> anyhow::Result<()> {
    answer(texts, &serde_json::to_string_pretty(value)?)
}

/// Writes a message to standard error. Nobody can be told when that fails.
pub fn message(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
