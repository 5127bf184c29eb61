//! The only door to files and to today's date.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

/// Why a file could not be had: the machine's fault, not the author's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WorldError {
    /// No such file.
    #[error("cannot find `{path}`")]
    NotFound {
        /// As it was asked for.
        path: String,
    },
    /// The file lies outside the project's folder.
    #[error("`{path}` lies outside the project's folder")]
    Outside {
        /// As it was asked for.
        path: String,
    },
    /// It is there and cannot be read: a folder, no permission, a broken disk.
    #[error("cannot read `{path}`: {reason}")]
    Unreadable {
        /// As it was asked for.
        path: String,
        /// What the system says.
        reason: String,
    },
}

/// Whether a path leads from a folder to what lies below it, by the names of folders
/// alone and on every system.
pub fn is_plain_path(path: &str) -> bool {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part != "."
            && part != ".."
            && part.len() < 256
            && !part.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
            && !part.contains(char::is_control)
    };
    path.len() < 4096 && path.split('/').all(is_plain)
}

/// What a compilation may ask of its surroundings.
pub trait World: Send + Sync {
    /// The bytes of a file of the project. Paths have `/` between their parts
    /// and begin at the project's folder.
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError>;

    /// The folder, from the project's folder on, in which a file lies that was
    /// read by this path; empty for the project's folder itself.
    fn folder_of(&self, path: &str) -> String {
        path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
    }

    /// Where the files of the project are looked for, in words; nothing where there is no
    /// such place.
    fn looked_in(&self) -> Option<String> {
        None
    }

    /// Today, where a draft gives no other day for judging its references.
    fn today(&self) -> Option<Date>;
}

/// A world that keeps account of what was read of it: for batches that need not
/// be made again, and for waiting until something changes.
pub struct Recorder<'w> {
    world: &'w dyn World,
    reads: Mutex<BTreeMap<String, Option<Vec<u8>>>>,
}

impl<'w> Recorder<'w> {
    /// Keeps account of a world.
    pub fn of(world: &'w dyn World) -> Self {
        Recorder { world, reads: Mutex::default() }
    }

    /// What was asked for until now, by path: the bytes, or nothing where
    /// nothing was to be had.
    pub fn reads(&self) -> BTreeMap<String, Option<Vec<u8>>> {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl World for Recorder<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let read = self.world.read(path);
        let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        reads.insert(path.to_owned(), read.clone().ok());
        read
    }

    fn folder_of(&self, path: &str) -> String {
        self.world.folder_of(path)
    }

    fn looked_in(&self) -> Option<String> {
        self.world.looked_in()
    }

    fn today(&self) -> Option<Date> {
        self.world.today()
    }
}

/// A world in which a file has another text.
pub(crate) struct Instead<'w> {
    pub world: &'w dyn World,
    pub path: &'w str,
    pub text: &'w [u8],
}

impl World for Instead<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        if path == self.path { Ok(self.text.to_vec()) } else { self.world.read(path) }
    }

    fn folder_of(&self, path: &str) -> String {
        self.world.folder_of(path)
    }

    fn looked_in(&self) -> Option<String> {
        self.world.looked_in()
    }

    fn today(&self) -> Option<Date> {
        self.world.today()
    }
}

/// Files that exist in memory alone: for tests, and for programs that have
/// their texts from elsewhere.
#[derive(Clone, Debug, Default)]
pub struct MemoryWorld {
    files: BTreeMap<String, Vec<u8>>,
    today: Option<Date>,
}

impl MemoryWorld {
    /// A world without files and without a date.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with a file.
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.into(), bytes.into());
        self
    }

    /// The same on a given day.
    pub fn on(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        self.files.get(path).cloned().ok_or_else(|| WorldError::NotFound { path: path.to_owned() })
    }

    fn today(&self) -> Option<Date> {
        self.today
    }
}
