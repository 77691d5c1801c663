//! Clap's help and errors in the user's language.
//!
//! Every command and option gets its text from the catalogues: `cli-<command>-about` and
//! `cli-<command>-arg-<option>`, or `cli-arg-<option>` where several commands share an option. Clap's own
//! words (headings, errors) are replaced too. Errors that clap adds in a later version keep its English.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg as ClapArg, ArgAction, Command};
use futago_texts::{Arg, Texts};

/// The command with every text set. `path` is empty for the program itself.
pub fn localise(command: Command, texts: &Texts) -> Command {
    let version = ClapArg::new("version").short('V').long("version").action(ArgAction::Version);
    walk(command.disable_version_flag(true).arg(version), texts, "")
}

fn walk(command: Command, texts: &Texts, path: &str) -> Command {
    let help = ClapArg::new("help").short('h').long("help").action(ArgAction::Help);
    let mut command = command
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .arg(help)
        .about(texts.text(&about_key(path)))
        .subcommand_help_heading(texts.text("cli-heading-commands"))
        .subcommand_value_name(texts.text("cli-value-command"))
        .help_template(format!(
            "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
            texts.text("cli-heading-usage")
        ));
    let after = format!("{}-after", about_key(path).trim_end_matches("-about"));
    if texts.has(&after) {
        command = command.after_help(texts.text(&after));
    }
    let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    for id in ids {
        command = command.mut_arg(&id, |arg| with_texts(arg, texts, path));
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let inner = if path.is_empty() { name.clone() } else { format!("{path}-{name}") };
        command = command.mut_subcommand(name, |sub| walk(sub, texts, &inner));
    }
    command
}

fn with_texts(arg: ClapArg, texts: &Texts, path: &str) -> ClapArg {
    let heading = if arg.is_positional() { "cli-heading-arguments" } else { "cli-heading-options" };
    let help = texts.text(&arg_key(texts, path, arg.get_id().as_str()));
    let takes_values = arg.get_action().takes_values();
    let arg = arg.help(help).help_heading(texts.text(heading));
    // Allowed and default values are part of the sentence, where they can be explained.
    if takes_values { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
}

fn about_key(path: &str) -> String {
    if path.is_empty() { "cli-about".to_owned() } else { format!("cli-{path}-about") }
}

fn arg_key(texts: &Texts, path: &str, id: &str) -> String {
    let id = id.replace('_', "-");
    let own = format!("cli-{path}-arg-{id}");
    if texts.has(&own) { own } else { format!("cli-arg-{id}") }
}

/// A clap error as a sentence, with its hint and the usage line. `None` when it is a request for help or
/// the version, which clap prints itself.
pub fn usage_message(error: &clap::Error, texts: &Texts) -> Option<String> {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return None;
    }
    let Some(what) = problem(error, texts) else { return Some(error.render().to_string()) };
    let mut lines = vec![format!("{} {what}", texts.text("cli-error"))];
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(word) = suggested.into_iter().find_map(|kind| context(error, kind)) {
        lines.push(format!("  {}", texts.format("cli-usage-did-you-mean", &[("word", word.into())])));
    }
    if let Some(usage) = context(error, ContextKind::Usage) {
        let usage = usage.trim().trim_start_matches("Usage:").trim().to_owned();
        lines.push(format!("\n{} {usage}", texts.text("cli-heading-usage")));
    }
    lines.push(texts.text("cli-usage-see-help"));
    Some(lines.join("\n"))
}

fn problem(error: &clap::Error, texts: &Texts) -> Option<String> {
    let get = |kind| context(error, kind);
    let arg = || get(ContextKind::InvalidArg);
    let (key, args): (&str, Vec<(&str, Arg<'_>)>) = match error.kind() {
        ErrorKind::UnknownArgument => ("cli-usage-unknown", vec![("arg", arg()?.into())]),
        ErrorKind::InvalidSubcommand => {
            ("cli-usage-unknown", vec![("arg", get(ContextKind::InvalidSubcommand)?.into())])
        }
        ErrorKind::MissingSubcommand => {
            let commands = get(ContextKind::ValidSubcommand).unwrap_or_default();
            ("cli-usage-missing-command", vec![("commands", commands.into())])
        }
        ErrorKind::MissingRequiredArgument => ("cli-usage-missing", vec![("arg", arg()?.into())]),
        ErrorKind::InvalidValue => {
            let value = get(ContextKind::InvalidValue)?;
            let allowed = get(ContextKind::ValidValue).unwrap_or_default();
            if value.is_empty() {
                ("cli-usage-no-value", vec![("arg", arg()?.into())])
            } else {
                let args = vec![("arg", arg()?.into()), ("value", value.into()), ("allowed", allowed.into())];
                ("cli-usage-value", args)
            }
        }
        ErrorKind::ValueValidation => {
            let value = get(ContextKind::InvalidValue)?;
            ("cli-usage-bad-value", vec![("arg", arg()?.into()), ("value", value.into())])
        }
        ErrorKind::ArgumentConflict => {
            let other = get(ContextKind::PriorArg).unwrap_or_default();
            if arg()? == other {
                ("cli-usage-twice", vec![("arg", other.into())])
            } else {
                ("cli-usage-conflict", vec![("arg", arg()?.into()), ("other", other.into())])
            }
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::TooFewValues => {
            ("cli-usage-value-count", vec![("arg", arg()?.into())])
        }
        _ => return None,
    };
    Some(texts.format(key, &args))
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use futago_texts::Lang;

    use super::*;
    use crate::cli::Cli;

    /// Every key that the command line needs, from the commands themselves.
    fn keys(command: &Command, texts: &Texts, path: &str, found: &mut Vec<String>) {
        found.push(about_key(path));
        found.extend(command.get_arguments().map(|arg| arg_key(texts, path, arg.get_id().as_str())));
        for sub in command.get_subcommands() {
            let inner = if path.is_empty() {
                sub.get_name().to_owned()
            } else {
                format!("{path}-{}", sub.get_name())
            };
            keys(sub, texts, &inner, found);
        }
    }

    #[test]
    fn every_command_and_option_has_a_text() {
        for lang in Lang::ALL {
            let texts = Texts::new(lang);
            let mut found = Vec::new();
            keys(&localise(Cli::command(), &texts), &texts, "", &mut found);
            let missing: Vec<_> = found.iter().filter(|key| !texts.has(key)).collect();
            assert!(found.len() > 40 && missing.is_empty(), "{lang}: {missing:?}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        localise(Cli::command(), &Texts::new(Lang::En)).debug_assert();
    }

    #[test]
    fn slips_are_answered_in_the_language_of_the_user() {
        let say = |lang, args: &[&str]| {
            let texts = Texts::new(lang);
            let error = localise(Cli::command(), &texts).try_get_matches_from(args).unwrap_err();
            usage_message(&error, &texts).unwrap_or_else(|| panic!("{args:?} is a request for help"))
        };
        let slips: [(&[&str], &str, &str); 6] = [
            (&["futago", "run", "--sed", "1"], "--sed", "--seed"),
            (&["futago", "ruin"], "ruin", "run"),
            (&["futago", "run", "--backend", "gup"], "gup", "gpu"),
            (&["futago", "run", "--threads", "0"], "--threads", "0"),
            (&["futago", "ask", "sun", "--lon", "139.69"], "--lat", "--lat"),
            (&["futago", "sun-position", "x", "--lon", "nan", "--lat", "1"], "--lon", "nan"),
        ];
        for (args, wrong, hint) in slips {
            for (lang, prefix) in [(Lang::Ja, "エラー"), (Lang::En, "error")] {
                let said = say(lang, args);
                assert!(said.starts_with(prefix) && said.contains(wrong) && said.contains(hint), "{said}");
                assert!(!said.contains("<cli-"), "{said}");
            }
        }
    }
}
