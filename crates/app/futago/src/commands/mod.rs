//! The commands, one module each.

mod ask;
mod export;
mod info;
mod place;
mod run;
mod schema;
mod sun_position;

use futago_texts::Texts;

use crate::cli::{AskWhat, Cli, Command, ExportWhat, RunArgs};

/// Does what the command line asks; nothing asked is the built-in scenario.
pub fn dispatch(cli: Cli, texts: &Texts) -> anyhow::Result<()> {
    match cli.command.unwrap_or_else(|| Command::Run(RunArgs::default())) {
        Command::Run(args) => run::run(&args, texts),
        Command::Schema => schema::run(texts),
        Command::Info(args) => info::run(&args, texts),
        Command::Export { what: ExportWhat::Mesh(args) } => export::mesh(&args, texts),
        Command::Export { what: ExportWhat::Buildings(args) } => export::buildings(&args, texts),
        Command::Ask { what: AskWhat::Sun(args) } => ask::sun(&args, texts),
        Command::SunPosition(args) => sun_position::run(&args, texts),
    }
}
