//! Which language to speak: `--lang`, else the environment.
//!
//! Asked before the command line is parsed, because help and error texts need the answer.

use std::ffi::OsString;

use futago_texts::Lang;

/// The language. A `--lang` that is none is left to the parser to refuse.
pub fn choose(args: &[OsString]) -> Lang {
    from_args(args).unwrap_or_else(Lang::from_env)
}

fn from_args(args: &[OsString]) -> Option<Lang> {
    let words: Vec<&str> = args.iter().filter_map(|arg| arg.to_str()).collect();
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    let apart = || words.windows(2).find(|pair| pair[0] == "--lang").map(|pair| pair[1]);
    joined.or_else(apart)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_option_is_found_wherever_it_stands() {
        let choice = |args: &[&str]| from_args(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(choice(&["futago", "--lang", "ja", "info"]), Some(Lang::Ja));
        assert_eq!(choice(&["futago", "info", "--lang=en"]), Some(Lang::En));
        assert_eq!(choice(&["futago", "info"]), None);
        assert_eq!(choice(&["futago", "--lang", "de"]), None);
        assert_eq!(choice(&["futago", "--lang"]), None);
    }
}
