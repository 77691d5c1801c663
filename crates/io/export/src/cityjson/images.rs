//! Images of textures, copied beside the file.
//!
//! A city keeps the name of an image and of the file that names it, both as they were when it was imported. With the
//! folder that was imported at hand, the images in it are copied to `NAME_appearance` beside `NAME.city.json`,
//! in the folders that they had. What is not found keeps its published name.

use std::fs;
use std::path::Path;

use crate::{ExportError, folder};

/// What became of the images of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Images {
    /// Copied beside the file.
    pub copied: usize,
    /// Not found; the file names them as they were published.
    pub missing: usize,
}

/// Copies what is found; the path to write for each image, relative to the file.
///
/// # Errors
/// When an image cannot be read or written.
pub(super) fn copied<'a>(
    images: impl Iterator<Item = [&'a str; 2]>,
    from: Option<&Path>,
    file: &Path,
) -> Result<(Vec<String>, Images), ExportError> {
    let (mut paths, mut count) = (Vec::new(), Images::default());
    let beside = folder_beside(file);
    for [source, image] in images {
        let found = from.zip(within(source, image)).filter(|(from, path)| from.join(path).is_file());
        let Some((from, path)) = found else {
            paths.push(image.to_owned());
            count.missing += 1;
            continue;
        };
        let (original, relative) = (from.join(&path), format!("{beside}/{path}"));
        let copy = file.with_file_name(&relative);
        if let Some(parent) = copy.parent() {
            fs::create_dir_all(parent).map_err(|error| ExportError::from_io(&copy, error))?;
        }
        let bytes = fs::read(&original).map_err(|error| ExportError::from_io(&original, error))?;
        folder::save_file(&copy, &bytes)?;
        paths.push(relative);
        count.copied += 1;
    }
    Ok((paths, count))
}

/// `NAME_appearance` for `NAME.city.json`.
fn folder_beside(file: &Path) -> String {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    format!("{}_appearance", name.strip_suffix(".city").unwrap_or(&name))
}

/// The path of an image from the folder that was imported; none when it leads out of it, or to the net.
fn within(source: &str, image: &str) -> Option<String> {
    let image = image.replace('\\', "/");
    if image.starts_with('/') || image.contains(':') {
        return None;
    }
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(image.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_lies_within_the_folder_that_was_imported() {
        let found = |source, image| within(source, image);
        assert_eq!(
            found("udx/bldg/a.gml", "a_appearance/1.jpg").as_deref(),
            Some("udx/bldg/a_appearance/1.jpg")
        );
        assert_eq!(found("udx/bldg/a.gml", "..\\tex\\./1.jpg").as_deref(), Some("udx/tex/1.jpg"));
        assert_eq!(found("a.gml", "1.jpg").as_deref(), Some("1.jpg"));
        for bad in ["../1.jpg", "/etc/1.jpg", "C:/1.jpg", "https://x/1.jpg", "a/../../1.jpg", ""] {
            assert_eq!(found("a.gml", bad), None, "{bad}");
        }
    }

    #[test]
    fn images_are_copied_where_they_are_and_named_where_not() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("in/tex")).unwrap();
        fs::write(folder.path().join("in/tex/1.jpg"), b"jpg").unwrap();
        let file = folder.path().join("t.city.json");
        let images = [["a.gml", "tex/1.jpg"], ["a.gml", "tex/2.jpg"]];
        let (paths, count) = copied(images.into_iter(), Some(&folder.path().join("in")), &file).unwrap();
        assert_eq!(paths, ["t_appearance/tex/1.jpg", "tex/2.jpg"]);
        assert_eq!(count, Images { copied: 1, missing: 1 });
        assert_eq!(fs::read(folder.path().join("t_appearance/tex/1.jpg")).unwrap(), b"jpg");
        let (paths, count) = copied(images.into_iter(), None, &file).unwrap();
        assert_eq!((paths[0].as_str(), count.missing), ("tex/1.jpg", 2));
    }
}
