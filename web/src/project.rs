//! The files of the page: the text, and what was opened with it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chancery::world::{World, WorldError};
use jiff::civil::Date;

use crate::lock;

/// What the page holds.
#[derive(Debug, Default)]
pub struct Project {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    today: Option<Date>,
}

impl Project {
    /// A project without files, on a day.
    pub fn on(today: Option<Date>) -> Project {
        Project { files: Mutex::default(), today }
    }

    /// Puts a file in the place of what was there.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        lock(&self.files).insert(path.to_owned(), bytes.to_vec());
    }

    /// The paths of all files.
    pub fn paths(&self) -> Vec<String> {
        lock(&self.files).keys().cloned().collect()
    }
}

impl World for Project {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        lock(&self.files).get(path).cloned().ok_or_else(|| WorldError::NotFound { path: path.to_owned() })
    }

    fn today(&self) -> Option<Date> {
        self.today
    }
}
