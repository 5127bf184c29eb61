//! Which files are meant, and how results are written.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::disk::DiskWorld;
use super::outcome::Failure;
use super::place::{self, NamedBy};
use super::remains;
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
    /// Whether it is a link that leads out of the folder that was searched, or nowhere:
    /// it is not read.
    pub leads_out: bool,
}

impl Input {
    pub fn is_standard_input(&self) -> bool {
        self.path == Path::new("-")
    }

    /// What it is called in summaries.
    pub fn name(&self) -> String {
        if self.is_standard_input() { "standard input".to_owned() } else { self.path.display().to_string() }
    }

    /// A document that was named.
    pub fn named(path: PathBuf) -> Input {
        Input { path, in_folder: false, leads_out: false }
    }

    pub fn world(&self) -> Result<DiskWorld, WorldError> {
        if self.leads_out {
            let reason = "it is a link that leads out of the folder, or nowhere; name it to have it read".to_owned();
            return Err(WorldError::Unreadable { path: self.path.display().to_string(), reason });
        }
        if self.is_standard_input() { DiskWorld::standard_input() } else { Ok(DiskWorld::of(&self.path)) }
    }
}

/// The documents of a list of files and folders, in a fixed order.
pub(super) fn inputs(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut inputs: Vec<Input> = Vec::new();
    for path in paths {
        if !path.is_dir() {
            inputs.push(Input::named(path.clone()));
            continue;
        }
        let before = inputs.len();
        search(path, path, MAX_FOLDERS, &mut inputs)?;
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

fn search(top: &Path, folder: &Path, depth: usize, inputs: &mut Vec<Input>) -> Result<(), Failure> {
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
        let is_dangling = kind.is_symlink() && !path.exists();
        // What was got back from an archive is another copy of texts.
        if kind.is_dir() && path.join(place::ARCHIVE).is_dir() {
            continue;
        }
        // A link to a folder could lead in circles.
        if kind.is_dir() && depth > 0 {
            search(top, &path, depth - 1, inputs)?;
        } else if path.extension().is_some_and(|extension| extension == "decl") && (path.is_file() || is_dangling) {
            let leads_out = kind.is_symlink() && !fs::canonicalize(&path).is_ok_and(|real| place::lies_in(&real, top));
            // `a.decl` and not `./a.decl`, as other tools name it.
            let path = path.strip_prefix(".").map(Path::to_owned).unwrap_or(path);
            inputs.push(Input { path, in_folder: true, leads_out });
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

/// How sure a file must be on the disk before it takes the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// A text of the author's: it is nowhere else.
    Synced,
    /// A result, which can be made again.
    Written,
}

/// Writes a text in place of what it was.
pub(super) fn rewrite(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write(path, bytes, NamedBy::User, Kept::Synced)
}

/// Writes a file whole or not at all, where that may be: what was there stays until
/// the new one is complete, which has its mode and, where possible, its owner.
pub(super) fn write(path: &Path, bytes: &[u8], named_by: NamedBy<'_>, kept: Kept) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        // The path of the temporary file would tell the reader nothing.
        let reason = error.to_string().split(" at path ").next().unwrap_or_default().to_owned();
        Failure::Write { path: path.display().to_string(), reason }
    };
    let target = place::to_write(path, named_by)?;
    let folder = place::folder_of(&target);
    remains::remove(folder);
    let mut file = remains::new_file(folder).map_err(failed)?;
    if let Ok(found) = fs::metadata(&target) {
        take_over(file.as_file(), &found).map_err(failed)?;
    }
    file.write_all(bytes).map_err(failed)?;
    if kept == Kept::Synced {
        file.as_file().sync_all().map_err(failed)?;
    }
    file.persist(&target).map_err(|error| failed(error.error))?;
    if kept == Kept::Synced {
        sync_folder(folder);
    }
    Ok(())
}

/// Has the names of a folder's files written to the disk; some systems cannot.
pub(super) fn sync_folder(folder: &Path) {
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
}

/// Gives a new file the owner and the mode of the one that it takes the place of,
/// before anything is in it.
fn take_over(file: &fs::File, found: &fs::Metadata) -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let made = file.metadata()?;
        // Only some users may give a file away; the others keep it.
        if made.gid() != found.gid() {
            let _ = std::os::unix::fs::fchown(file, None, Some(found.gid()));
        }
        if made.uid() != found.uid() {
            let _ = std::os::unix::fs::fchown(file, Some(found.uid()), None);
        }
    }
    file.set_permissions(found.permissions())
}
