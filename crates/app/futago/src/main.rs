//! `futago`: the twin from the command line.
//!
//! A face, not an engine: it reads arguments, opens the city, hands the question to a simulation and the
//! answer to the exporters. One module a command in [`commands`]; what commands share stands beside this
//! file. Every sentence comes from `assets/texts`, in the language of `--lang` or of the environment.
//! Exit codes are explained in [`failure`].

mod builtin;
mod cancel;
mod city;
mod cli;
mod commands;
mod device;
mod failure;
mod lang;
mod localise;
mod out_dir;
mod print;
mod progress;
mod provenance;
mod scenario;
mod simulation;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};
use futago_texts::Texts;

/// Importing makes and drops many small arrays on all cores; the usual allocator takes a quarter longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    device::without_display_layer();
    let args: Vec<_> = std::env::args_os().collect();
    let texts = Texts::new(lang::choose(&args));
    let parsed = localise::localise(cli::Cli::command(), &texts).try_get_matches_from(args);
    let cli = match parsed.and_then(|matches| cli::Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli,
        Err(error) => return usage_end(&error, &texts),
    };
    match commands::dispatch(cli, &texts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let (words, code) = failure::told(&texts, &error);
            print::message(&words);
            ExitCode::from(code)
        }
    }
}

/// Help and the version end well; anything else is wrong use.
fn usage_end(error: &clap::Error, texts: &Texts) -> ExitCode {
    match localise::usage_message(error, texts) {
        Some(words) => {
            print::message(&words);
            ExitCode::from(failure::ExitKind::WrongUse.code())
        }
        None => {
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(1))
        }
    }
}
