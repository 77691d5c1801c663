//! The commands, one module each.

mod ask;
mod export;
mod import;
mod info;
mod info_terrain;
mod info_walk;
mod place;
mod run;
mod schema;
#[cfg(feature = "serve")]
mod serve;
mod sun_position;
mod tracks;
#[cfg(feature = "window")]
mod view;

use futago_texts::Texts;

use crate::cli::{Cli, Command, ExportWhat, ImportCommand, ImportWhat, RunArgs};
use crate::print;

/// Does what the command line asks. Nothing asked is the window where there is a display, else the built-in
/// scenario.
pub fn dispatch(cli: Cli, texts: &Texts) -> anyhow::Result<()> {
    let Some(command) = cli.command else { return nothing_asked(texts) };
    match command {
        #[cfg(feature = "window")]
        Command::View(args) => view::run(&args, texts),
        Command::Run(args) => run::run(&args, texts),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args, texts),
        Command::Schema => schema::run(texts),
        Command::Info(args) => info::run(&args, texts),
        Command::Import(command) => match *command {
            ImportCommand { what: Some(ImportWhat::Tracks(args)), .. } => tracks::run(&args, texts),
            ImportCommand { city: Some(args), .. } => import::run(&args, texts),
            // Clap wants one of the two.
            ImportCommand { what: None, city: None } => Ok(()),
        },
        Command::Export { what: ExportWhat::Mesh(args) } => export::mesh(&args, texts),
        Command::Export { what: ExportWhat::Buildings(args) } => export::buildings(&args, texts),
        Command::Export { what: ExportWhat::Cityjson(args) } => export::cityjson(&args, texts),
        Command::Export { what: ExportWhat::Terrain(args) } => export::terrain(&args, texts),
        Command::Ask { what } => ask::run(&what, texts),
        Command::SunPosition(args) => sun_position::run(&args, texts),
    }
}

#[cfg(feature = "window")]
fn nothing_asked(texts: &Texts) -> anyhow::Result<()> {
    if !view::has_display() {
        print::message(&texts.text("cli-no-display"));
    } else if let Some(why) = view::run_or_why_not(texts)? {
        print::message(&texts.format("cli-no-window-here", &[("why", why.into())]));
    } else {
        return Ok(());
    }
    run::run(&RunArgs::default(), texts)
}

#[cfg(not(feature = "window"))]
fn nothing_asked(texts: &Texts) -> anyhow::Result<()> {
    print::message(&texts.text("cli-no-window"));
    run::run(&RunArgs::default(), texts)
}
