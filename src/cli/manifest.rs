//! What a batch has made, so that it need not be made again: a file beside the
//! results with the hashes of all that they were made of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::files;
use super::outcome::Failure;
use crate::data::{Datum, Record};
use crate::world::World;

/// The file's name, in the folder that results are written to.
pub(super) const NAME: &str = ".chancery-batch.json";

/// What results were made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version that made them.
    version: String,
    /// The hash of the options that they were made with.
    options: String,
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
    pub fn of(folder: &Path, options: &str, world: &dyn World) -> Manifest {
        let empty = Manifest {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            options: hash(options.as_bytes()),
            ..Manifest::default()
        };
        let read = std::fs::read(path(folder)).ok();
        let Some(old) = read.and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok()) else { return empty };
        let same = |(path, kept): (&String, &Option<String>)| world.read(path).ok().map(|bytes| hash(&bytes)) == *kept;
        let is_current = old.version == empty.version && old.options == empty.options && old.reads.iter().all(same);
        if is_current { old } else { empty }
    }

    /// Whether the file of this name was made of these values, and is as it
    /// was made.
    pub fn has(&self, folder: &Path, name: &str, record: &Record) -> bool {
        self.results.get(name).is_some_and(|made| {
            made.values == values(record)
                && std::fs::read(folder.join(name)).is_ok_and(|bytes| hash(&bytes) == made.bytes)
        })
    }

    /// Keeps what was made.
    pub fn made(&mut self, name: &str, record: &Record, bytes: String) {
        self.results.insert(name.to_owned(), Made { values: values(record), bytes });
    }

    /// Writes it, with all that was read until now.
    pub fn write(&mut self, folder: &Path, reads: &BTreeMap<String, Option<Vec<u8>>>) -> Result<(), Failure> {
        if path(folder).is_symlink() {
            let reason = "it is a link; delete it first".to_owned();
            return Err(Failure::Write { path: path(folder).display().to_string(), reason });
        }
        for (path, bytes) in reads {
            self.reads.insert(path.clone(), bytes.as_deref().map(hash));
        }
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Failure::Write { path: path(folder).display().to_string(), reason: error.to_string() })?;
        files::write(&path(folder), (text + "\n").as_bytes())
    }
}

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
