//! Files on disk.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};

use crate::config::PROJECT_FILE;
use crate::syntax::MAX_BYTES;
use crate::world::{World, WorldError};

/// The folders of a project whose files are found by their names.
pub(super) const LIBRARIES: [&str; 2] = ["templates", "clauses"];

/// So many folders upward are looked through.
const MAX_FOLDERS: usize = 32;

/// The project that a document on disk belongs to.
#[derive(Clone, Debug)]
pub struct DiskWorld {
    document: PathBuf,
    name: String,
    root: PathBuf,
    /// Whether a `chancery.toml` says that the root is a project's folder.
    is_marked: bool,
    /// The document's bytes, where they came by standard input.
    given: Option<Vec<u8>>,
}

impl DiskWorld {
    /// The world of the document at `path`. Its root is the nearest folder
    /// upward with a `chancery.toml`, else the document's own. Nothing outside of it
    /// is read, but for the nearest `templates/` and `clauses/` upward where no
    /// `chancery.toml` says which folder is the project's.
    pub fn of(path: &Path) -> DiskWorld {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let root = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        let project = root.ancestors().find(|folder| folder.join(PROJECT_FILE).is_file()).map(Path::to_owned);
        let is_marked = project.is_some();
        let root = project.unwrap_or(root);
        let mut name = path.display().to_string();
        // The file that was named, and not one of the project that has the same path.
        let other = fs::canonicalize(root.join(path)).ok();
        if other.is_some_and(|other| fs::canonicalize(path).ok().as_ref() != Some(&other)) {
            name.insert_str(0, "./");
        }
        DiskWorld { document: path.to_owned(), name, is_marked, root, given: None }
    }

    /// The world of a document that came by standard input.
    pub fn standard_input() -> Result<DiskWorld, WorldError> {
        let mut world = DiskWorld::of(Path::new("-"));
        let bytes =
            read_bounded(std::io::stdin().lock(), MAX_BYTES).map_err(|error| unreadable("standard input", &error))?;
        world.given = Some(bytes);
        Ok(world)
    }

    /// The document's path relative to the project's folder, wherever the command
    /// runs; none if it lies outside or came by standard input.
    pub(super) fn path_in_project(&self) -> Option<String> {
        if self.given.is_some() {
            return None;
        }
        let real = fs::canonicalize(&self.document).ok()?;
        let inside = real.strip_prefix(fs::canonicalize(&self.root).ok()?).ok()?;
        let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    }

    /// Where a file of the project lies on disk, by the path that it is read by.
    pub(super) fn place_of(&self, path: &str) -> PathBuf {
        if path == self.name { self.document.clone() } else { self.root_of(path).join(path) }
    }

    /// The folder that a path of the project begins at: the root, or the nearest folder
    /// upward that has the folder of templates or clauses which it names.
    fn root_of(&self, path: &str) -> &Path {
        let library = path.split_once('/').map(|(first, _)| first).filter(|first| LIBRARIES.contains(first));
        let Some(library) = library.filter(|_| !self.is_marked && self.given.is_none()) else { return &self.root };
        self.upward().find(|folder| folder.join(library).is_dir()).unwrap_or(&self.root)
    }

    /// The root and the folders around it that may belong to the same project: up to one
    /// under version control, and only those of the same owner.
    fn upward(&self) -> impl Iterator<Item = &Path> {
        let (mut is_whole, owner) = (false, owner_of(&self.root));
        self.root.ancestors().take(MAX_FOLDERS).take_while(move |folder| {
            let goes_on = !is_whole && owner_of(folder) == owner;
            is_whole = folder.join(".git").exists();
            goes_on
        })
    }

    /// The folder that paths of the project begin at.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a `chancery.toml` says that it is a project's.
    pub(super) fn is_marked(&self) -> bool {
        self.is_marked
    }

    /// What the document is called in messages, and the path to compile.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl World for DiskWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        if path == self.name {
            return match &self.given {
                Some(bytes) => Ok(bytes.clone()),
                None => read_file(&self.document, path),
            };
        }
        let root = self.root_of(path);
        let real = fs::canonicalize(root.join(path)).map_err(|_| WorldError::NotFound { path: path.to_owned() })?;
        // Of a folder that nobody said is the project's only its library is read.
        let library = path.split('/').next().filter(|_| root != self.root).unwrap_or_default();
        if !real.starts_with(root.join(library)) {
            return Err(WorldError::Outside { path: path.to_owned() });
        }
        // Reading a pipe in a project might never end.
        if !fs::metadata(&real).is_ok_and(|found| found.is_file() || found.is_dir()) {
            return Err(WorldError::Unreadable { path: path.to_owned(), reason: "it is no regular file".to_owned() });
        }
        read_file(&real, path)
    }

    fn folder_of(&self, path: &str) -> String {
        let folder = if path == self.name { self.document.parent() } else { None };
        let folder = folder.map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        let real = folder.and_then(|folder| fs::canonicalize(folder).ok());
        let below = real.as_deref().and_then(|real| real.strip_prefix(&self.root).ok());
        match below {
            Some(below) => {
                below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
            }
            None => path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()),
        }
    }

    fn looked_in(&self) -> Option<String> {
        let root = self.root.display();
        Some(if self.is_marked {
            format!("`{root}`, whose `{PROJECT_FILE}` makes it the project's folder")
        } else {
            format!("`{root}` and the folders around it; a file `{PROJECT_FILE}` marks a project's folder")
        })
    }

    fn today(&self) -> Option<Date> {
        let now = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok();
        let today = source_date().or_else(|| time_of(now()?.as_secs()))?;
        Some(today.date())
    }
}

/// Who owns a folder; nobody where the system has no owners.
fn owner_of(folder: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(folder).ok().map(|found| found.uid())
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

/// The moment that SOURCE_DATE_EPOCH names, in UTC. Results give it as the time
/// when they were made, and give none if it is not set.
pub(super) fn source_date() -> Option<DateTime> {
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| time_of(seconds.parse().ok()?))
}

pub(super) fn time_of(seconds: u64) -> Option<DateTime> {
    let timestamp = jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(timestamp))
}

pub(super) fn read_file(path: &Path, name: &str) -> Result<Vec<u8>, WorldError> {
    read_up_to(path, name, MAX_BYTES)
}

/// Reads at most one byte more than `most`, so that a device or a disk image leads to a
/// message and not to a full memory.
pub(super) fn read_up_to(path: &Path, name: &str, most: usize) -> Result<Vec<u8>, WorldError> {
    if path.is_dir() {
        return Err(WorldError::Unreadable { path: name.to_owned(), reason: "it is a folder".to_owned() });
    }
    let file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => WorldError::NotFound { path: name.to_owned() },
        _ => unreadable(name, &error),
    })?;
    read_bounded(file, most).map_err(|error| unreadable(name, &error))
}

fn read_bounded(from: impl Read, most: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &str, error: &std::io::Error) -> WorldError {
    WorldError::Unreadable { path: path.to_owned(), reason: error.to_string() }
}
