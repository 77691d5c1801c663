//! Project chores: `cargo xtask city` builds the packs of the built-in city.
//!
//! The chores are for people who work on Futago; nothing here is part of the program.

mod city;
mod inputs;
mod recipe;
mod stages;
#[cfg(test)]
mod tests;
mod walk;

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
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().chore {
        Chore::City(arguments) => city::run(&arguments),
    }
}
