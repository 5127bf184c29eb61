//! What a file is.

use crate::assemble::is_clause_path;
use crate::syntax::ast::Header;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// A text with pages.
    Document,
    /// A type of document.
    Template,
    /// A text that others include.
    Clause,
}

impl Kind {
    /// What a file is, by its header; a clause may have none.
    pub(super) fn of(header: &Header, path: &str) -> Kind {
        let has = |key: &str| header.get(key).is_some();
        if has("document") {
            Kind::Document
        } else if has("template") {
            Kind::Template
        } else if is_clause_path(path) || has("about") || has("params") || has("agreed-in") {
            Kind::Clause
        } else {
            Kind::Document
        }
    }
}
