//! Ctrl-C: the first asks to stop, the second ends the program.

use std::sync::atomic::{AtomicBool, Ordering};

use futago_texts::Texts;

use crate::failure::ExitKind;
use crate::print;

static ASKED: AtomicBool = AtomicBool::new(false);

/// Listens from now on. The flag is set when the user asks to stop. Where no handler can be set, Ctrl-C
/// ends the program, which leaves nothing half-written either.
pub fn listen(texts: &Texts) -> &'static AtomicBool {
    let words = texts.text("cli-cancelling");
    let _ = ctrlc::set_handler(move || {
        if ASKED.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(ExitKind::Failed.code()));
        }
        print::message(&words);
    });
    &ASKED
}
