//! How a command fails: what is wrong, the way out, and the exit code.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | failed: a file missing, corrupt or not writable, no device, cancelled |
//! | 2 | wrong use: the command line, the scenario, or a question this city cannot answer |
//!
//! A [`Failure`] is already in the user's language. Any other error that reaches `main` is printed with its
//! causes and ends with 1.

use std::fmt;

use futago_field::Message;
use futago_field::sentence;
use futago_texts::{Arg, Texts};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitKind {
    Failed,
    WrongUse,
}

impl ExitKind {
    pub fn code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::WrongUse => 2,
        }
    }
}

/// A failure in the user's words.
#[derive(Debug)]
pub struct Failure {
    pub exit: ExitKind,
    what: String,
    remedy: Option<String>,
}

impl Failure {
    /// Something that did not work out; the sentence is the text of the key, the remedy that of
    /// `<key>-remedy` where there is one.
    pub fn failed(texts: &Texts, key: &str, args: &[(&str, Arg<'_>)]) -> Self {
        Self::of(ExitKind::Failed, texts, key, args)
    }

    /// Something that was asked wrongly.
    pub fn wrong_use(texts: &Texts, key: &str, args: &[(&str, Arg<'_>)]) -> Self {
        Self::of(ExitKind::WrongUse, texts, key, args)
    }

    /// Either.
    pub fn of(exit: ExitKind, texts: &Texts, key: &str, args: &[(&str, Arg<'_>)]) -> Self {
        let remedy_key = format!("{key}-remedy");
        let remedy = texts.has(&remedy_key).then(|| texts.format(&remedy_key, args));
        Self { exit, what: texts.format(key, args), remedy }
    }

    /// The text of a message, with the remedy of its key where there is one.
    pub fn of_message(exit: ExitKind, texts: &Texts, message: Message) -> Self {
        let what = sentence(texts, &message);
        let remedy = Message { key: format!("{}-remedy", message.key), ..message };
        let remedy = texts.has(&remedy.key).then(|| sentence(texts, &remedy));
        Self { exit, what, remedy }
    }

    /// The same with a way out.
    #[must_use]
    pub fn with_remedy(self, remedy: Option<String>) -> Self {
        Self { remedy: remedy.or(self.remedy), ..self }
    }

    /// Something that did not work out, in words that are there already.
    pub fn failed_in_words(what: String) -> Self {
        Self { exit: ExitKind::Failed, what, remedy: None }
    }

    /// Wrong use, in words that are there already.
    pub fn wrong_use_in_words(what: String) -> Self {
        Self { exit: ExitKind::WrongUse, what, remedy: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        if let Some(remedy) = &self.remedy {
            write!(f, "\n  {remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// What goes to standard error, and the exit code.
pub fn told(texts: &Texts, error: &anyhow::Error) -> (String, u8) {
    let prefix = texts.text("cli-error");
    match error.downcast_ref::<Failure>() {
        Some(failure) => (format!("{prefix} {failure}"), failure.exit.code()),
        None => (format!("{prefix} {error:#}"), ExitKind::Failed.code()),
    }
}

/// What an I/O error means, in the user's language; rare ones keep the system's words.
pub fn io_words(texts: &Texts, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    let key = match error.kind() {
        ErrorKind::NotFound => "cli-io-not-found",
        ErrorKind::PermissionDenied => "cli-io-permission",
        ErrorKind::ReadOnlyFilesystem => "cli-io-read-only",
        ErrorKind::StorageFull => "cli-io-full",
        ErrorKind::NotADirectory => "cli-io-not-a-folder",
        ErrorKind::AlreadyExists => "cli-io-in-the-way",
        ErrorKind::IsADirectory => "cli-io-is-a-folder",
        _ => return error.to_string(),
    };
    texts.text(key)
}
