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
}

/// Made from `explanations.toml` when the crate is built.
const EXPLANATIONS: &str = include_str!(concat!(env!("OUT_DIR"), "/explanations.json"));

pub(super) fn of(code: Code) -> Option<Explanation> {
    serde_json::from_str::<BTreeMap<&str, Explanation>>(EXPLANATIONS).ok()?.remove(code.name())
}
