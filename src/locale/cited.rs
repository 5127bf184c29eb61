//! How a language words references, as it reads and writes them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How references in running text are worded; the other words of the table
/// `cited` are in the grammar.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CitedWords {
    /// “its” in “its Decision No. 4/07”.
    pub own: Vec<String>,
    /// Endings that make a name an owner: “’s”.
    #[serde(default)]
    pub possessives: Vec<String>,
    /// Between a body and its own decision, behind a comma: “the Forum, by Decision No. …”.
    pub by_means: Vec<String>,
    /// What a body does by a decision of its own: “tasked”.
    pub acting: Vec<String>,
    /// Participles before a kind, “der in Porto verabschiedete Beschluss”.
    #[serde(default)]
    pub adopted_before: Vec<String>,
    /// Nouns that name instruments, as they are written there.
    pub instruments: Vec<String>,
    /// Between a number and the title that is not in quotation marks: “on”.
    pub about: Vec<String>,
    /// What stands behind such a word in a relative clause: “which”.
    #[serde(default)]
    pub relatives: Vec<String>,
    /// Names of instruments that are common nouns: ours only with the organization
    /// beside them.
    pub common_names: Vec<String>,
    /// The organization’s name in full, as it stands after such a noun.
    pub organization_names: Vec<String>,
    /// Whether every noun has a capital, so that a capital tells no name.
    #[serde(default)]
    pub capital_nouns: bool,
}

/// What the compiler writes for a citation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CiteWords {
    /// `{kind} {numbers} {body}`
    pub pattern: String,
    /// Whether each number of a list has its sign.
    pub repeat_sign: bool,
    /// Between the first members of a list.
    pub comma: String,
    /// Before the last.
    pub and: String,
    /// Bodies as they stand in the pattern, by the letters of their symbols.
    pub bodies: BTreeMap<String, String>,
    /// Words for kinds: `one`, `many`, and `one-gen` and the like where the
    /// language has cases.
    pub kinds: BTreeMap<String, BTreeMap<String, String>>,
}
