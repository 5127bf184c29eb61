//! Which files are meant, and how results are written.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::disk::DiskWorld;
use super::outcome::Failure;
use crate::config::PROJECT_FILE;
use crate::world::WorldError;

/// How deep folders are searched.
const MAX_FOLDERS: usize = 32;

/// A document that was named, or found in a folder that was.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub path: PathBuf,
    /// Whether it was found in a folder: templates there are passed over.
    pub in_folder: bool,
}

impl Input {
    pub fn is_standard_input(&self) -> bool {
        self.path == Path::new("-")
    }

    pub fn world(&self) -> Result<DiskWorld, WorldError> {
        if self.is_standard_input() { DiskWorld::standard_input() } else { Ok(DiskWorld::of(&self.path)) }
    }
}

/// The documents of a list of files and folders, in a fixed order.
pub(super) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut inputs: Vec<Input> = Vec::new();
    for path in paths {
        if !path.is_dir() {
            inputs.push(Input { path: path.clone(), in_folder: false });
            continue;
        }
        let before = inputs.len();
        search(path, MAX_FOLDERS, &mut inputs)?;
        if inputs.len() == before {
            return Err(Failure::Usage(format!("the folder `{}` has no document (*.decl)", path.display())));
        }
    }
    let mut seen = BTreeSet::new();
    inputs.retain(|input| seen.insert(input.path.clone()));
    if inputs.len() > 1 && inputs.iter().any(Input::is_standard_input) {
        return Err(Failure::Usage("standard input cannot be read together with other documents".to_owned()));
    }
    Ok(inputs)
}

fn search(folder: &Path, depth: usize, inputs: &mut Vec<Input>) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::from(WorldError::Unreadable { path: folder.display().to_string(), reason: error.to_string() })
    };
    let mut entries = fs::read_dir(folder).map_err(failed)?.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let (path, kind) = (entry.path(), entry.file_type().map_err(failed)?);
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if hidden {
            continue;
        }
        // A link to a folder could lead in circles.
        if kind.is_dir() && depth > 0 {
            search(&path, depth - 1, inputs)?;
        } else if path.extension().is_some_and(|extension| extension == "decl") && path.is_file() {
            // `a.decl` and not `./a.decl`, as other tools name it.
            let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
            inputs.push(Input { path, in_folder: true });
        }
    }
    Ok(())
}

/// Whether a path is that of a text or of the project's file, which no result
/// may overwrite.
pub(super) fn is_text_of_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "decl")
        || path.file_name().is_some_and(|name| name == PROJECT_FILE)
}

/// Makes a folder, with those that it lies in.
pub(super) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path)
        .map_err(|error| Failure::Write { path: path.display().to_string(), reason: error.to_string() })
}

/// Writes a text in place of what it was; one that may not be written to is not.
pub(super) fn rewrite(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    // A new file would take the place of one that is protected.
    if fs::metadata(path).is_ok_and(|found| found.permissions().readonly()) {
        let reason = "the file is read-only".to_owned();
        return Err(Failure::Write { path: path.display().to_string(), reason });
    }
    write(path, bytes)
}

/// Writes a file whole or not at all: what was there stays until the new one
/// is complete.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        // The path of the temporary file would tell the reader nothing.
        let reason = error.to_string().split(" at path ").next().unwrap_or_default().to_owned();
        Failure::Write { path: path.display().to_string(), reason }
    };
    // A symbolic link stays one: the file that it leads to is written.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&target).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        // A device or a pipe cannot be replaced.
        return fs::OpenOptions::new()
            .write(true)
            .open(&target)
            .and_then(|mut file| file.write_all(bytes))
            .map_err(failed);
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let reason = format!("there is no folder `{}`", folder.display());
        return Err(Failure::Write { path: path.display().to_string(), reason });
    }
    let mut file = new_file(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    if let Ok(found) = fs::metadata(&target) {
        file.as_file().set_permissions(found.permissions()).map_err(failed)?;
    }
    file.persist(&target).map_err(|error| failed(error.error))?;
    Ok(())
}

/// A file that goes away by itself unless it is kept.
fn new_file(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".chancery-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As for any new file: the process's umask restricts it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
