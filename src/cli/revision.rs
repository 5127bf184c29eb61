//! A project as it was at a revision, read through git: texts, templates, includes and
//! registries, all of them at that revision.

use std::path::{Component, Path};
use std::process::{Command, Stdio};

use jiff::civil::Date;

use super::disk::{DiskWorld, LIBRARIES};
use super::outcome::Failure;
use crate::config::PROJECT_FILE;
use crate::syntax::MAX_BYTES;
use crate::world::{World, WorldError};

/// So many folders upward are looked through.
const MAX_FOLDERS: usize = 32;

/// The project that a document belonged to at a revision.
#[derive(Debug)]
pub(super) struct RevisionWorld {
    /// The revision's hash: what git is given, and never the words that were typed.
    commit: String,
    /// The document in the repository, with `/` between its folders.
    document: String,
    /// The folder of the project in the repository; empty for the repository's own.
    root: String,
    is_marked: bool,
    /// What the document is called in messages: `HEAD~1:text.en.decl`.
    name: String,
}

/// `REV:file` divided, where no file of that name is there.
pub(super) fn divided(typed: &Path) -> Option<(&str, &str)> {
    if typed.exists() {
        return None;
    }
    let (revision, file) = typed.to_str()?.split_once(':')?;
    // What is one letter is a drive.
    let is_drive = revision.len() == 1 && file.starts_with(['\\', '/']);
    (!is_drive && !revision.is_empty() && !file.is_empty()).then_some((revision, file))
}

impl RevisionWorld {
    /// The world of `file` at `revision`.
    pub fn of(revision: &str, file: &str) -> Result<RevisionWorld, Failure> {
        let name = format!("{revision}:{file}");
        let refused = |why: &str| Failure::Usage(format!("cannot read `{name}`: {why}"));
        if revision.starts_with('-') || revision.chars().any(char::is_control) {
            return Err(refused("that is no name of a revision"));
        }
        let prefix = git(&["rev-parse", "--show-prefix"]).map_err(|why| refused(&why))?;
        let asked = format!("{revision}^{{commit}}");
        let commit = git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked])
            .map_err(|why| match why.is_empty() {
                true => refused("git knows no such revision"),
                false => refused(&why),
            })?
            .trim()
            .to_owned();
        if commit.len() < 40 || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(refused("git knows no such revision"));
        }
        let path = Path::new(prefix.trim_end_matches('\n')).join(file);
        let document = plain(&path).ok_or_else(|| refused("it lies outside of the repository"))?;
        let mut world =
            RevisionWorld { commit, root: folder_of(&document), document, is_marked: false, name: name.clone() };
        let project = ancestors(&world.root).find(|folder| world.kind_of(&join(folder, PROJECT_FILE)) == Kind::File);
        world.is_marked = project.is_some();
        world.root = project.unwrap_or(world.root);
        match world.kind_of(&world.document) {
            Kind::File => Ok(world),
            Kind::Nothing => Err(refused("there was no such file at that revision")),
            Kind::Folder => Err(refused("it was a folder at that revision")),
            Kind::Other => Err(refused("it was a link at that revision")),
        }
    }

    /// What the document is called, and the path to compile.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn kind_of(&self, path: &str) -> Kind {
        let listed = git(&["--literal-pathspecs", "ls-tree", "-z", "--full-tree", &self.commit, "--", path]);
        let listed = listed.unwrap_or_default();
        match listed.split(' ').next() {
            Some("100644" | "100755" | "100664") => Kind::File,
            Some("040000") => Kind::Folder,
            Some("") | None => Kind::Nothing,
            Some(_) => Kind::Other,
        }
    }

    /// The folder that a path of the project begins at, as on disk.
    fn root_of(&self, path: &str) -> String {
        let library = path.split_once('/').map(|(first, _)| first).filter(|first| LIBRARIES.contains(first));
        let Some(library) = library.filter(|_| !self.is_marked) else { return self.root.clone() };
        let has_it = |folder: &String| self.kind_of(&join(folder, library)) == Kind::Folder;
        ancestors(&self.root).find(has_it).unwrap_or_else(|| self.root.clone())
    }
}

/// What lies at a path of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    /// A link, or another repository.
    Other,
    Nothing,
}

impl World for RevisionWorld {
    fn read(&self, path: &str) -> Result<Vec<u8>, WorldError> {
        let place = if path == self.name { self.document.clone() } else { join(&self.root_of(path), path) };
        let root = if path == self.name { String::new() } else { self.root_of(path) };
        let place = plain(Path::new(&place)).filter(|place| root.is_empty() || place.starts_with(&format!("{root}/")));
        let Some(place) = place else { return Err(WorldError::Outside { path: path.to_owned() }) };
        match self.kind_of(&place) {
            Kind::File => {}
            Kind::Nothing => return Err(WorldError::NotFound { path: path.to_owned() }),
            Kind::Folder => return Err(unreadable(path, "it is a folder")),
            Kind::Other => return Err(unreadable(path, "it is a link at that revision")),
        }
        let object = format!("{}:{place}", self.commit);
        let size = git(&["cat-file", "-s", &object]).map_err(|why| unreadable(path, &why))?;
        if size.trim().parse::<usize>().is_ok_and(|size| size > MAX_BYTES) {
            return Err(unreadable(path, "it is too large"));
        }
        bytes(&["cat-file", "blob", &object]).map_err(|why| unreadable(path, &why))
    }

    fn folder_of(&self, path: &str) -> String {
        if path != self.name {
            return folder_of(path);
        }
        let folder = folder_of(&self.document);
        match folder.strip_prefix(&self.root) {
            Some(below) if !self.root.is_empty() => below.trim_start_matches('/').to_owned(),
            _ => folder,
        }
    }

    fn looked_in(&self) -> Option<String> {
        Some(format!("`{}` at the revision {}", if self.root.is_empty() { "." } else { &self.root }, self.commit))
    }

    fn today(&self) -> Option<Date> {
        DiskWorld::of(Path::new(".")).today()
    }
}

fn unreadable(path: &str, why: &str) -> WorldError {
    WorldError::Unreadable { path: path.to_owned(), reason: why.to_owned() }
}

fn folder_of(path: &str) -> String {
    path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A folder of the repository, and those around it.
fn ancestors(folder: &str) -> impl Iterator<Item = String> {
    let next = |folder: &String| (!folder.is_empty()).then(|| folder_of(folder));
    std::iter::successors(Some(folder.to_owned()), next).take(MAX_FOLDERS)
}

/// A path without `.` and `..`; none where it leads out of the repository.
fn plain(path: &Path) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => _ = parts.pop()?,
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// What git answers, as text.
fn git(arguments: &[&str]) -> Result<String, String> {
    bytes(arguments).map(|answer| String::from_utf8_lossy(&answer).into_owned())
}

/// What git answers. It is asked for what the repository holds and nothing else: no
/// network, no question, no program that the repository names.
fn bytes(arguments: &[&str]) -> Result<Vec<u8>, String> {
    let answer = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "--no-pager"])
        .args(arguments)
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output();
    let answer = answer.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "the program `git` is not installed, and no file has that name".to_owned(),
        _ => format!("`git` cannot be run: {error}"),
    })?;
    if answer.status.success() {
        return Ok(answer.stdout);
    }
    let said = String::from_utf8_lossy(&answer.stderr);
    let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
    Err(if said.contains("not a git repository") {
        "no file has that name, and this folder is in no git repository".to_owned()
    } else {
        said
    })
}

/// A document on disk, of standard input, or at a revision.
#[derive(Debug)]
pub(super) enum AnyWorld {
    Disk(DiskWorld),
    Revision(RevisionWorld),
}

impl AnyWorld {
    /// The world of what was typed: a file, `-`, or `REV:file`.
    pub fn of(typed: &Path) -> Result<AnyWorld, Failure> {
        if typed == Path::new("-") {
            return Ok(AnyWorld::Disk(DiskWorld::standard_input()?));
        }
        match divided(typed) {
            Some((revision, file)) => Ok(AnyWorld::Revision(RevisionWorld::of(revision, file)?)),
            None => Ok(AnyWorld::Disk(DiskWorld::of(typed))),
        }
    }

    pub fn world(&self) -> &dyn World {
        match self {
            AnyWorld::Disk(world) => world,
            AnyWorld::Revision(world) => world,
        }
    }

    /// What the document is called, and the path to compile.
    pub fn name(&self) -> &str {
        match self {
            AnyWorld::Disk(world) => world.name(),
            AnyWorld::Revision(world) => world.name(),
        }
    }
}
