//! What is found in each file, by the text that was compiled: a template has findings of
//! all that are made of it, each shown once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

use super::wire::Sender;

/// The findings of all files.
#[derive(Default)]
pub(super) struct Board(Mutex<Files>);

/// By file, then by the text that was compiled: findings, and the version they are of.
type Files = BTreeMap<String, BTreeMap<String, (Option<i32>, Vec<Value>)>>;

impl Board {
    /// Puts what was found for a text in the place of what was found before, and tells the
    /// editor of each file with a change.
    pub fn put(&self, owner: &str, version: Option<i32>, mut found: BTreeMap<String, Vec<Value>>, sender: &Sender) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = files.iter().filter(|(_, owners)| owners.contains_key(owner)).map(|(file, _)| file.clone());
        for file in before.collect::<Vec<_>>() {
            found.entry(file).or_default();
        }
        for (file, findings) in found {
            let owners = files.entry(file.clone()).or_default();
            let is_own = file == owner;
            if findings.is_empty() && !is_own {
                owners.remove(owner);
            } else {
                owners.insert(owner.to_owned(), (version.filter(|_| is_own), findings));
            }
            send(&file, owners, sender);
            if owners.is_empty() {
                files.remove(&file);
            }
        }
    }

    /// A text is closed: nothing is said of it any more.
    pub fn forget(&self, owner: &str, sender: &Sender) {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|file, owners| {
            if owners.remove(owner).is_some() {
                send(file, owners, sender);
            }
            !owners.is_empty()
        });
    }
}

fn send(file: &str, owners: &BTreeMap<String, (Option<i32>, Vec<Value>)>, sender: &Sender) {
    let mut all: Vec<&Value> = Vec::new();
    for finding in owners.values().flat_map(|(_, findings)| findings) {
        let is_same = |other: &&Value| other["range"] == finding["range"] && other["code"] == finding["code"];
        // Of one text they were counted; of several each is said once.
        if owners.len() == 1 || !all.iter().any(is_same) {
            all.push(finding);
        }
    }
    let mut params = json!({ "uri": file, "diagnostics": all });
    if let Some(version) = owners.get(file).and_then(|(version, _)| *version) {
        params["version"] = json!(version);
    }
    sender.notify("textDocument/publishDiagnostics", params);
}
