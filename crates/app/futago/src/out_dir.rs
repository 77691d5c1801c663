//! Where results go.
//!
//! Without `--out` that is `results/<name>` below the current folder, and a folder of the system's temporary
//! place when nothing can be written here. Whether the place will do is tried before the work begins, so
//! that an hour of computing does not end at a read-only disk. Folders that were made for a run which then
//! failed are taken away again.

use std::path::{Path, PathBuf};

use futago_texts::Texts;

use crate::failure::{ExitKind, Failure, io_words};
use crate::print;

/// A folder to write results to, its parents made and tried.
pub struct OutDir {
    pub path: PathBuf,
    made: Vec<PathBuf>,
}

impl OutDir {
    /// The folder asked for, or the usual one for a scenario of this name.
    pub fn choose(asked: Option<&Path>, name: &str, texts: &Texts) -> anyhow::Result<Self> {
        let usual = Path::new("results").join(name);
        let wanted = asked.unwrap_or(&usual);
        let error = match Self::try_out(wanted) {
            Ok(out) => return out.unless_foreign(texts),
            Err(error) => error,
        };
        let why = io_words(texts, &error);
        let refuse = || {
            let args = [("folder", wanted.display().to_string().into()), ("why", why.as_str().into())];
            Failure::failed(texts, "cli-out-unwritable", &args)
        };
        if asked.is_some() {
            return Err(refuse().into());
        }
        let fallback = std::env::temp_dir().join("futago-results").join(name);
        let out = Self::try_out(&fallback).map_err(|_| refuse())?;
        let args = [("why", why.as_str().into()), ("folder", fallback.display().to_string().into())];
        print::message(&texts.format("cli-out-fallback", &args));
        out.unless_foreign(texts)
    }

    /// Makes the parents and writes an empty file there for a moment.
    fn try_out(path: &Path) -> std::io::Result<Self> {
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let missing = parent.ancestors().filter(|p| !p.as_os_str().is_empty() && !p.exists());
        let made = missing.map(Path::to_owned).collect();
        // From here on the folders made go away again on failure.
        let out = Self { path: path.to_owned(), made };
        std::fs::create_dir_all(parent)?;
        tempfile::Builder::new().prefix(".futago-").suffix(".part").tempfile_in(parent)?;
        Ok(out)
    }

    /// Writing checks this again, file by file; here the plain case is found before the work.
    fn unless_foreign(self, texts: &Texts) -> anyhow::Result<Self> {
        let is_empty = || std::fs::read_dir(&self.path).is_ok_and(|mut entries| entries.next().is_none());
        if self.path.exists() && !self.path.join("result.json").is_file() && !is_empty() {
            let args = [("path", self.path.display().to_string().into())];
            return Err(Failure::of(ExitKind::Failed, texts, "error-export-exists", &args).into());
        }
        Ok(self)
    }
}

impl Drop for OutDir {
    fn drop(&mut self) {
        for folder in &self.made {
            // Only empty folders go; innermost first.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use futago_texts::Lang;

    use super::*;

    #[test]
    fn folders_made_in_vain_go_away() {
        let texts = Texts::new(Lang::En);
        let root = tempfile::tempdir().unwrap();
        let asked = root.path().join("a/b/out");
        let out = OutDir::choose(Some(&asked), "x", &texts).unwrap();
        assert!(root.path().join("a/b").is_dir());
        drop(out);
        assert!(!root.path().join("a").exists());

        let out = OutDir::choose(Some(&asked), "x", &texts).unwrap();
        std::fs::create_dir(&asked).unwrap();
        drop(out);
        assert!(asked.is_dir());
    }

    #[test]
    fn other_peoples_folders_are_refused_before_the_work() {
        let texts = Texts::new(Lang::En);
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("photo.jpg"), "x").unwrap();
        let refused = OutDir::choose(Some(root.path()), "x", &texts).err().unwrap().to_string();
        assert!(refused.contains("not made by Futago"), "{refused}");

        let below_a_file = root.path().join("photo.jpg/out");
        let refused = OutDir::choose(Some(&below_a_file), "x", &texts).err().unwrap().to_string();
        assert!(refused.contains("cannot be written") && refused.contains("--out"), "{refused}");
    }
}
