//! A zip file that is read in place: opened and listed once, however many of its entries are read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use zip::ZipArchive;

use super::{ImportError, ImportLimits, unreadable};

/// Bytes that are inflated ahead of the reader at a time, and how often.
const BLOCK: usize = 1 << 20;
const BLOCKS: usize = 4;

/// Most bytes of an entry that is read from any place, and so is in memory.
const MEMORY: u64 = 4 << 30;

/// A zip file and what is in it.
#[derive(Debug)]
pub(crate) struct ZipFile {
    path: String,
    archive: ZipArchive<Shared>,
    /// The files in it, in the order of its directory.
    pub entries: Vec<Entry>,
}

/// A file in a zip.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Path with `/`.
    pub name: String,
    /// Size when inflated, as its heading says.
    pub bytes: u64,
    index: usize,
}

impl ZipFile {
    /// Opens a zip file and looks at every heading.
    ///
    /// # Errors
    /// When it cannot be read, is encrypted, has more in it than the limits allow, or an entry leads out of it.
    pub fn open(path: &Path, limits: &ImportLimits) -> Result<Self, ImportError> {
        let file = File::open(path).map_err(|e| unreadable(path, e))?;
        let shared = Shared { file: Arc::new(Mutex::new(file)), at: 0 };
        let path = path.display().to_string();
        let archive = ZipArchive::new(shared).map_err(|e| bad(&path, &e.to_string()))?;
        let mut zip = Self { path, archive, entries: Vec::new() };
        if zip.archive.len() > limits.files {
            let (input, limit) = (zip.path, limits.files as u64);
            return Err(ImportError::TooLarge { input, what: "the number of files", name: "files", limit });
        }
        zip.entries = zip.list(limits)?;
        Ok(zip)
    }

    fn list(&mut self, limits: &ImportLimits) -> Result<Vec<Entry>, ImportError> {
        let mut entries = Vec::with_capacity(self.archive.len());
        for index in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(index).map_err(|e| bad(&self.path, &e.to_string()))?;
            if entry.is_dir() {
                continue;
            }
            let called = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let Some(name) = entry.enclosed_name() else {
                return Err(bad(&self.path, &format!("the entry `{called}` leads out of it")));
            };
            if entry.encrypted() {
                return Err(bad(&self.path, &format!("the entry `{called}` is encrypted")));
            }
            let ratio = entry.size() / entry.compressed_size().max(1);
            if ratio > limits.zip_ratio {
                let (input, limit) = (format!("{}, {called}", self.path), limits.zip_ratio);
                let what = "how many times larger than compressed an entry is";
                return Err(ImportError::TooLarge { input, what, name: "zip_ratio", limit });
            }
            let parts: Vec<_> =
                name.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            entries.push(Entry { name: parts.join("/"), bytes: entry.size(), index });
        }
        Ok(entries)
    }

    /// The first bytes of an entry, at most so many; what cannot be inflated is left out.
    pub fn start(&self, entry: usize, most: usize) -> Vec<u8> {
        let mut start = Vec::with_capacity(most.min(BLOCK));
        if let Ok(entry) = self.archive.clone().by_index(self.entries[entry].index) {
            // What cannot be read is told when it is wanted.
            let _ = entry.take(most as u64).read_to_end(&mut start);
        }
        start
    }

    /// An entry, inflated by a thread of its own a few blocks ahead of the reader.
    ///
    /// # Errors
    /// When its heading is broken; a broken content is an error of the reader.
    pub fn reader(&self, entry: usize) -> Result<Box<dyn Read + Send>, ImportError> {
        let Entry { index, bytes, .. } = self.entries[entry];
        let mut archive = self.archive.clone();
        // Only looked up here, so that an error comes before the thread does.
        archive.by_index(index).map_err(|e| bad(&self.path, &e.to_string()))?;
        let (send, receive) = sync_channel(BLOCKS);
        std::thread::spawn(move || {
            let mut entry = match archive.by_index(index) {
                // An entry that is longer than its heading says is cut there; the reader then finds it cut.
                Ok(entry) => entry.take(bytes),
                Err(error) => {
                    // Nobody listens any more when this fails.
                    let _ = send.send(Err(std::io::Error::other(error)));
                    return;
                }
            };
            loop {
                let mut block = Vec::with_capacity(BLOCK);
                let sent = match (&mut entry).take(BLOCK as u64).read_to_end(&mut block) {
                    Ok(0) => return,
                    Ok(_) => send.send(Ok(block)),
                    Err(error) => send.send(Err(error)),
                };
                if sent.is_err() {
                    return;
                }
            }
        });
        Ok(Box::new(Blocks { receive, block: Vec::new(), at: 0 }))
    }
}

/// The files of a zip below the folder of one of them.
pub(crate) struct ZipFolder<'z> {
    zip: &'z ZipFile,
    /// Entry by path from the folder.
    entries: BTreeMap<&'z str, usize>,
    /// The path of the one from the folder.
    pub name: &'z str,
}

impl<'z> ZipFolder<'z> {
    /// The folder that an entry is in.
    pub fn around(zip: &'z ZipFile, entry: usize) -> Self {
        let path = zip.entries[entry].name.as_str();
        let folder = path.rfind('/').map_or(0, |slash| slash + 1);
        let (folder, name) = path.split_at(folder);
        let inside = |(index, entry): (usize, &'z Entry)| Some((entry.name.strip_prefix(folder)?, index));
        Self { zip, entries: zip.entries.iter().enumerate().filter_map(inside).collect(), name }
    }
}

impl futago_tiles::Files for ZipFolder<'_> {
    fn open(&self, path: &str) -> std::io::Result<Box<dyn Read + '_>> {
        let entry = self.entries.get(path).ok_or(std::io::ErrorKind::NotFound)?;
        Ok(self.zip.reader(*entry).map_err(std::io::Error::other)?)
    }
}

impl futago_features::Files for ZipFolder<'_> {
    /// An entry in memory: it is read from any place.
    fn open(&self, name: &str) -> std::io::Result<Box<dyn futago_features::Input>> {
        let entry = *self.entries.get(name).ok_or(std::io::ErrorKind::NotFound)?;
        if self.zip.entries[entry].bytes > MEMORY {
            let problem = format!("it is larger than {MEMORY} bytes and in a zip file; unpack it");
            return Err(std::io::Error::other(problem));
        }
        let mut content = Vec::new();
        self.zip.reader(entry).map_err(std::io::Error::other)?.read_to_end(&mut content)?;
        Ok(Box::new(Cursor::new(content)))
    }
}

fn bad(path: &str, problem: &str) -> ImportError {
    ImportError::BadZip { input: path.to_owned(), problem: problem.to_owned() }
}

/// A file with a place of its own in it for everyone who reads it.
#[derive(Debug, Clone)]
struct Shared {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(into)?;
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        self.at = match to {
            SeekFrom::Current(by) => {
                self.at.checked_add_signed(by).ok_or(std::io::ErrorKind::InvalidInput)?
            }
            other => file.seek(other)?,
        };
        Ok(self.at)
    }
}

struct Blocks {
    receive: Receiver<std::io::Result<Vec<u8>>>,
    block: Vec<u8>,
    at: usize,
}

impl Read for Blocks {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.block.len() {
            match self.receive.recv() {
                Ok(block) => (self.block, self.at) = (block?, 0),
                Err(_) => return Ok(0),
            }
        }
        let count = into.len().min(self.block.len() - self.at);
        into[..count].copy_from_slice(&self.block[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}
