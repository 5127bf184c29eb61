//! What is asked of an import, what comes of it, and why nothing does.

use super::read::Lost;
use crate::ooxml::unpack::NotReadable;

/// What becomes of tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// The text as it is once all are accepted.
    Accept,
    /// The text as it was before them.
    Reject,
    /// Brackets with the names of the delegations whose authors made them.
    Brackets,
}

/// What is asked of an import.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// What becomes of tracked changes; brackets if nothing is said.
    pub changes: Option<Changes>,
    /// The delegation of each author, `Jean Exemple` and `FR`.
    pub authors: Vec<(String, String)>,
    /// Which round of proposals brackets are of: from the second on the base may have those of rounds before.
    pub round: u32,
    /// The type of document; by its symbol if nothing is said.
    pub document: Option<String>,
    /// The tag of its language; by its words if nothing is said.
    pub language: Option<String>,
}

/// A source made of a foreign text.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Imported {
    /// The source.
    pub text: String,
    /// What was left behind, and where.
    pub lost: Vec<Lost>,
    /// Proposals that could not be put into brackets.
    pub left: Vec<String>,
}

/// Why nothing was imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// The file cannot be read.
    #[error("{0}")]
    NotReadable(#[from] NotReadable),
    /// It is no text.
    #[error("{0}")]
    NoText(&'static str),
    /// Authors of changes whose delegations are not known.
    #[error("{}", of_authors(.0))]
    Authors(Vec<String>),
    /// What was asked cannot be had.
    #[error("{0}")]
    Wish(String),
}

fn of_authors(authors: &[String]) -> String {
    let shown: Vec<String> = authors.iter().map(|author| format!("“{author}”")).collect();
    let first = authors.first().map_or("", String::as_str);
    format!(
        "the text has changes by {}: say for each whose they are, as `--as \"{first}=FR\"`, or take all of them with \
         `--changes accept`, or none with `--changes reject`",
        shown.join(", ")
    )
}
