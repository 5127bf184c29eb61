//! The world of a text that is open: open texts before the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;

use super::buffers::{Buffers, real};
use crate::cli::disk::DiskWorld;
use crate::world::{World, WorldError};

/// The files that a text was made of, by their real paths, those that were not there among
/// them.
pub(super) type Reads = Arc<Mutex<BTreeSet<PathBuf>>>;

/// The world of a text that is open.
pub(super) struct OpenWorld {
    disk: DiskWorld,
    buffers: Arc<Buffers>,
    /// Under which name the text itself is kept.
    key: PathBuf,
    /// Whether the text has a place on the disk.
    has_path: bool,
    reads: Reads,
}

impl OpenWorld {
    /// The world of the text that is kept under a name.
    pub fn of(key: &Path, has_path: bool, buffers: Arc<Buffers>, reads: Reads) -> OpenWorld {
        reads.lock().unwrap_or_else(PoisonError::into_inner).clear();
        OpenWorld { disk: DiskWorld::of(key), buffers, key: key.to_owned(), has_path, reads }
    }

    /// The path to compile.
    pub fn name(&self) -> &str {
        self.disk.name()
    }

    /// The folder that paths of the project begin at.
    pub fn root(&self) -> &Path {
        self.disk.root()
    }

    /// Where a file lies that was read by a path; none where it comes along.
    pub fn place_of(&self, path: &str) -> Option<PathBuf> {
        (self.has_path && !path.starts_with("chancery:")).then(|| self.disk.place_of(path))
    }
}

impl World for OpenWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let own = path == self.name();
        let missing = || WorldError::NotFound { path: path.to_owned() };
        if own {
            let open = self.buffers.get(&self.key).map(|buffer| buffer.text.as_bytes().to_vec());
            return match open {
                Some(bytes) => Ok(bytes),
                None if self.has_path => self.disk.read(path),
                None => Err(missing()),
            };
        }
        if !self.has_path {
            return Err(missing());
        }
        let place = real(&self.disk.place_of(path));
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).insert(place.clone());
        // What may be read is the disk's to say: an open text of another project is none of
        // this one.
        let on_disk = self.disk.read(path);
        let is_inside = match &on_disk {
            Ok(_) => true,
            Err(WorldError::NotFound { .. }) => place.starts_with(self.root()),
            Err(_) => false,
        };
        match self.buffers.get(&place).filter(|_| is_inside) {
            Some(buffer) => Ok(buffer.text.as_bytes().to_vec()),
            None => on_disk,
        }
    }

    fn folder_of(&self, path: &str) -> String {
        self.disk.folder_of(path)
    }

    fn looked_in(&self) -> Option<String> {
        self.disk.looked_in()
    }

    fn today(&self) -> Option<Date> {
        self.disk.today()
    }
}
