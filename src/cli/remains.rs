//! Files that are being written: each is locked by whoever writes it, so that the next
//! run knows which of them were left behind, and removes these.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

const BEGINNING: &str = ".chancery-";
const END: &str = ".tmp";

/// Where this run has written; what was kept has another name since.
static OWN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file that goes away by itself unless it is kept.
pub(super) fn new_file(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    let file = new_unlisted(folder)?;
    own.insert(file.path().to_owned());
    Ok(file)
}

/// Removes what this run is writing; while what is returned lives, it begins nothing more.
pub(super) fn remove_own() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    let own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    own.iter().for_each(|path| drop(fs::remove_file(path)));
    own
}

fn new_unlisted(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BEGINNING).suffix(END);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file: the process's umask restricts it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    // Some file systems have no locks: then nothing is ever taken for left behind there.
    let _ = file.as_file().try_lock();
    if file.path().exists() {
        return Ok(file);
    }
    // Another run took it for left behind before it was locked.
    let file = builder.tempfile_in(folder)?;
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Removes what runs that were killed left behind in a folder, once a run.
pub(super) fn remove(folder: &Path) {
    static SEEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if !seen.insert(folder.to_owned()) {
        return;
    }
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| name.starts_with(BEGINNING) && name.ends_with(END));
        if is_ours
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}
