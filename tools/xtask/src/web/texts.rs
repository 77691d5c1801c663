//! The page's texts as JSON, one file a language: those that JavaScript puts on the page itself.
//!
//! A text whose values need numbers in words or plurals stays with the worker, which has Fluent; of the others each
//! value is left as `{name}`.

use std::collections::BTreeMap;
use std::path::Path;

use futago_texts::{Arg, Lang, Texts};

/// Names of values that texts of the page may have as they are.
const NAMES: [&str; 6] = ["done", "total", "time", "what", "why", "now"];
/// Keys of the page begin so.
const PREFIX: &str = "page-";

/// Writes the files.
pub fn write(out: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(out)?;
    for lang in Lang::ALL_OF_THE_PAGE {
        std::fs::write(out.join(format!("{}.json", lang.code())), serde_json::to_vec(&of(lang))?)?;
    }
    Ok(())
}

/// Texts of the page by key.
pub fn of(lang: Lang) -> BTreeMap<String, String> {
    let texts = Texts::new(lang);
    let values: Vec<String> = NAMES.iter().map(|name| format!("{{{name}}}")).collect();
    let args: Vec<(&str, Arg<'_>)> =
        NAMES.iter().zip(&values).map(|(name, value)| (*name, Arg::from(value.as_str()))).collect();
    let keys = futago_texts::keys(lang).into_iter().filter(|key| key.starts_with(PREFIX));
    let of_page = keys.map(|key| {
        let text = texts.format(&key, &args);
        (key, text)
    });
    // A value that is not put in shows as {$name}.
    of_page.filter(|(_, text)| !text.contains("{$")).collect()
}
