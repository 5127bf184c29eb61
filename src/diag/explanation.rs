//! What, why, an example and its cure for each code, from `explanations.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Code;

/// The long form of a finding, which `chancery explain` prints and a test runs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Explanation {
    /// What was found.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// A text that has the fault: a whole file, or a body.
    pub wrong: String,
    /// The same text, cured.
    pub right: String,
    /// Other files of the project that the faulty text stands in, by path.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// The same files, cured, where the fault is in them.
    #[serde(default)]
    pub cured: BTreeMap<String, String>,
}

/// Made from `explanations.toml` when the crate is built.
const EXPLANATIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/explanations.json"));

pub(super) fn of(code: Code) -> Option<Explanation> {
    serde_json::from_str::<BTreeMap<&str, Explanation>>(EXPLANATIONS).ok()?.remove(code.name())
}
