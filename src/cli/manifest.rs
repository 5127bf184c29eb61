//! What a batch has made, so that it need not be made again: a file beside the
//! results with the hashes of all that they were made of.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::files;
use super::outcome::Failure;
use super::place::{self, NamedBy};
use crate::data::{Datum, Record};
use crate::world::World;

/// The file's name, in the folder that results are written to.
pub(super) const NAME: &str = ".chancery-batch.json";

/// What results were made of. In its file the first line says what they have in common,
/// and each further one what was read and made since: lines are added while a batch
/// runs, so that what is done is recorded even if the rest is never made.
#[derive(Clone, Debug, Default)]
pub(super) struct Manifest {
    head: Head,
    kept: Kept,
    /// The names of what was made since a line was added.
    since: Vec<String>,
    /// Whether lines can be added to the file: it holds what was known when it was read.
    is_begun: bool,
}

/// What all results have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    /// The version that made them.
    version: String,
    /// The hash of the options that they were made with.
    options: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Kept {
    /// The hash of each file that was read, by path; nothing where there was
    /// none.
    reads: BTreeMap<String, Option<String>>,
    /// What was made, by the name of its file.
    results: BTreeMap<String, Made>,
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    /// The hash of its values.
    values: String,
    /// The hash of its bytes.
    bytes: String,
}

impl Manifest {
    /// The manifest of a folder, if everything that its results have in common is
    /// unchanged; else, or if the file is no manifest, an empty one.
    ///
    /// # Errors
    /// Something else is in its place, which no run would ever get past.
    pub fn of(folder: &Path, options: &str, world: &dyn World) -> Result<Manifest, Failure> {
        let path = path(folder);
        if path.is_symlink() {
            let reason = "it is a link; delete it first".to_owned();
            return Err(Failure::Write { path: path.display().to_string(), reason });
        }
        place::to_write(&path, NamedBy::Rule(folder))?;
        let head = Head { version: env!("CARGO_PKG_VERSION").to_owned(), options: hash(options.as_bytes()) };
        let text = place::read_own(&path).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let mut kept = Kept::default();
        if text.lines().next().and_then(|line| serde_json::from_str(line).ok()).as_ref() == Some(&head) {
            // The last line is half a one where its writing was cut off.
            for line in text.lines().skip(1).map_while(|line| serde_json::from_str::<Kept>(line).ok()) {
                kept.reads.extend(line.reads);
                kept.results.extend(line.results);
            }
        }
        let same = |(path, kept): (&String, &Option<String>)| world.read(path).ok().map(|bytes| hash(&bytes)) == *kept;
        if !kept.reads.iter().all(same) {
            kept = Kept::default();
        }
        Ok(Manifest { head, kept, since: Vec::new(), is_begun: false })
    }

    /// Whether the file of this name was made of these values, and is as it
    /// was made.
    pub fn has(&self, folder: &Path, name: &str, record: &Record) -> bool {
        self.kept.results.get(name).is_some_and(|made| {
            made.values == values(record)
                && place::read_own(&folder.join(name)).is_some_and(|bytes| hash(&bytes) == made.bytes)
        })
    }

    /// Keeps what was made.
    pub fn made(&mut self, name: &str, record: &Record, bytes: String) {
        self.kept.results.insert(name.to_owned(), Made { values: values(record), bytes });
        self.since.push(name.to_owned());
    }

    /// How many results are not in the file yet.
    pub fn not_recorded(&self) -> usize {
        self.since.len()
    }

    /// Adds what was made since, and all that was read until now, to the file.
    pub fn record(&mut self, folder: &Path, reads: &Reads) -> Result<(), Failure> {
        if !self.is_begun {
            self.is_begun = true;
            return self.write(folder, reads);
        }
        let results =
            self.since.drain(..).filter_map(|name| self.kept.results.get(&name).map(|made| (name, made.clone())));
        let mut line = Kept { reads: BTreeMap::new(), results: results.collect() };
        for (path, bytes) in reads.iter().filter(|(path, _)| !self.kept.reads.contains_key(*path)) {
            line.reads.insert(path.clone(), bytes.as_deref().map(hash));
        }
        self.kept.reads.extend(line.reads.clone());
        let path = path(folder);
        let failed = |reason: String| Failure::Write { path: path.display().to_string(), reason };
        let target = place::to_write(&path, NamedBy::Rule(folder))?;
        let line = serde_json::to_string(&line).map_err(|error| failed(error.to_string()))? + "\n";
        let file = std::fs::OpenOptions::new().append(true).open(target);
        file.and_then(|mut file| file.write_all(line.as_bytes())).map_err(|error| failed(error.to_string()))
    }

    /// Writes it anew, with all that was read until now, and has it and the names of
    /// the results on the disk.
    pub fn write(&mut self, folder: &Path, reads: &Reads) -> Result<(), Failure> {
        for (path, bytes) in reads {
            self.kept.reads.insert(path.clone(), bytes.as_deref().map(hash));
        }
        self.since.clear();
        let path = path(folder);
        let failed =
            |error: serde_json::Error| Failure::Write { path: path.display().to_string(), reason: error.to_string() };
        let head = serde_json::to_string(&self.head).map_err(failed)?;
        let kept = serde_json::to_string(&self.kept).map_err(failed)?;
        files::write(&path, format!("{head}\n{kept}\n").as_bytes(), NamedBy::Rule(folder), files::Kept::Synced)
    }
}

/// What was read, by path: the bytes, or nothing where nothing was to be had.
type Reads = BTreeMap<String, Option<Vec<u8>>>;

fn path(folder: &Path) -> PathBuf {
    folder.join(NAME)
}

/// The hash of bytes, in hexadecimal figures.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a record's values, wherever they stand.
fn values(record: &Record) -> String {
    let mut text = String::new();
    for (key, datum, _) in &record.entries {
        add(&key.text, datum, &mut text);
    }
    hash(text.as_bytes())
}

/// Each value preceded by its length, so that no two records read alike.
fn add(key: &str, datum: &Datum, out: &mut String) {
    let mut word = |kind: char, word: &str| out.push_str(&format!("{kind}{}:{word}", word.len()));
    word('k', key);
    match datum {
        Datum::Words(lines) => {
            for line in lines {
                word('w', &line.text);
            }
        }
        Datum::List(items) => {
            word('l', &items.len().to_string());
            for (item, _) in items {
                add("", item, out);
            }
        }
        Datum::Record(entries) => {
            word('r', &entries.len().to_string());
            for (key, datum, _) in entries {
                add(&key.text, datum, out);
            }
        }
    }
}
