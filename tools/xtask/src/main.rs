//! Project chores: `cargo xtask city` builds the packs of the built-in city, `cargo xtask flows` its synthetic crowds,
//! `cargo xtask web` the public page.
//!
//! The chores are for people who work on Futago; nothing here is part of the program.

mod city;
mod flows;
mod inputs;
mod recipe;
mod stages;
#[cfg(test)]
mod tests;
mod walk;
mod web;

use clap::{Parser, Subcommand};

/// Project chores.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Builds the packs of the built-in city from published data.
    City(city::CityArguments),
    /// Makes the synthetic crowds of the built-in city.
    Flows(flows::FlowsArguments),
    /// Builds the public page into a folder that any web server can serve.
    Web(web::WebArguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().chore {
        Chore::City(arguments) => city::run(&arguments),
        Chore::Flows(arguments) => flows::run(&arguments),
        Chore::Web(arguments) => web::run(&arguments),
    }
}
