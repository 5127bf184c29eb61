//! The texts that are open in the editor; they are read before the disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lsp_types::TextDocumentContentChangeEvent;

use super::positions::{Encoding, Positions};

/// A text that is open.
#[derive(Clone)]
pub(super) struct Buffer {
    /// Its address, as the editor writes it.
    pub uri: String,
    pub version: i32,
    pub text: Arc<str>,
}

/// The texts that are open, by the name under which they are kept.
#[derive(Default)]
pub(super) struct Buffers(Mutex<HashMap<PathBuf, Buffer>>);

/// The name of a file that may have several paths: its real one, or where it is not there
/// yet, that of its folder.
pub(super) fn real(path: &Path) -> PathBuf {
    if let Ok(real) = std::path::absolute(path).and_then(|path| path.canonicalize()) {
        return real;
    }
    match (path.parent().and_then(|folder| folder.canonicalize().ok()), path.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}

impl Buffers {
    fn lock(&self) -> MutexGuard<'_, HashMap<PathBuf, Buffer>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn open(&self, key: PathBuf, buffer: Buffer) {
        self.lock().insert(key, buffer);
    }

    pub fn close(&self, key: &Path) {
        self.lock().remove(key);
    }

    pub fn get(&self, key: &Path) -> Option<Buffer> {
        self.lock().get(key).cloned()
    }

    /// Changes a text, in the order of the changes; says whether it is open, and the version
    /// not older than the one that is there.
    pub fn change(
        &self,
        key: &Path,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> bool {
        let mut buffers = self.lock();
        let Some(buffer) = buffers.get_mut(key) else { return false };
        if version < buffer.version {
            return false;
        }
        let mut text: String = buffer.text.to_string();
        for change in changes {
            match change.range {
                None => text = change.text,
                Some(range) => {
                    let range = Positions::of(&text, encoding).range(range);
                    text.replace_range(range, &change.text);
                }
            }
        }
        buffer.version = version;
        buffer.text = text.into();
        true
    }
}
