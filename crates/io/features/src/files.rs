//! Where files come from: a folder, or anything that opens a file by its name.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use futago_raw::Folder;

use crate::{FeaturesError, Limits};

/// What can be read from any place: a file, or bytes in memory.
pub trait Input: Read + Seek + Send {}

impl<T: Read + Seek + Send> Input for T {}

/// Opens the data and the files beside it, by name.
pub trait Files {
    /// Opens a file for reading.
    ///
    /// # Errors
    /// When there is none (`NotFound`), or it cannot be opened.
    fn open(&self, name: &str) -> io::Result<Box<dyn Input>>;
}

impl Files for Folder {
    fn open(&self, name: &str) -> io::Result<Box<dyn Input>> {
        Ok(Box::new(self.file(name)?))
    }
}

/// Opens the data itself, and tells its size in bytes.
pub(crate) fn open(
    files: &dyn Files,
    name: &str,
    limits: &Limits,
) -> Result<(Box<dyn Input>, u64), FeaturesError> {
    let io = FeaturesError::io(name);
    let mut input = files.open(name).map_err(&io)?;
    let bytes = input.seek(SeekFrom::End(0)).map_err(&io)?;
    input.rewind().map_err(&io)?;
    if bytes > limits.file_bytes {
        return Err(FeaturesError::too_large(name, "the size in bytes", "file_bytes", limits.file_bytes));
    }
    Ok((input, bytes))
}

/// A whole file in memory.
pub(crate) fn read(input: impl Read, name: &str, limits: &Limits) -> Result<Vec<u8>, FeaturesError> {
    let (most, mut bytes) = (limits.memory_bytes, Vec::new());
    let read = input.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(FeaturesError::io(name))?;
    if bytes.len() as u64 > most {
        return Err(FeaturesError::too_large(name, "the size in bytes", "memory_bytes", most));
    }
    Ok(bytes)
}

/// A file beside the data, by the first of some names that is there.
pub(crate) fn beside(
    files: &dyn Files,
    names: &[String],
    limits: &Limits,
) -> Result<Option<(String, Vec<u8>)>, FeaturesError> {
    for name in names {
        match files.open(name) {
            Ok(input) => return read(input, name, limits).map(|bytes| Some((name.clone(), bytes))),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(source) => return Err(FeaturesError::Io { file: name.clone(), source }),
        }
    }
    Ok(None)
}

/// A name with another ending, in small and in capital letters.
pub(crate) fn with_ending(name: &str, ending: &str) -> [String; 2] {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    [format!("{stem}.{ending}"), format!("{stem}.{}", ending.to_ascii_uppercase())]
}
