//! From files to a document: put together, number, read references, set, check.
//!
//! [`compile`] and [`Session::compile`] are the way in; `work` is the spine: what
//! is done after filling in, stage by stage.

mod adopted;
mod allow;
mod annexed;
mod attached;
mod begin;
mod branches;
mod by_itself;
mod check;
mod columns;
mod compilation;
mod conserve;
mod contents;
mod context;
mod counting;
mod dated;
mod divisions;
mod evidence;
mod fixes;
mod flat;
mod kept;
mod kind;
mod labels;
mod landmarks;
mod letterhead;
mod list;
mod lower;
mod members;
mod mend;
mod node;
mod options;
mod outline;
mod own_words;
mod parting;
mod passage;
mod pasted;
mod pointers;
mod printable;
mod quoted;
pub mod references;
mod run;
mod session;
mod sessions;
mod setter;
mod shape;
mod table;
mod tree;
mod trial;
mod typeface;
mod typography;
mod understood;
mod unprinted;
mod volume;
mod vote;
mod work;

pub use compilation::Compilation;
pub use kind::Kind;
#[cfg(feature = "office")]
pub(crate) use mend::mend_of;
pub use mend::{Change, Mended, mend};
pub use options::Options;
pub use printable::has_place_for;
pub use run::{Naming, compile, parse_by_path, template_named};
pub use session::Session;
pub use trial::try_fixes;

/// The language that the words of a text are in, where there are enough of them.
#[cfg(feature = "office")]
pub(crate) fn language_of(words: &str) -> Option<&'static str> {
    pasted::language_of(words)
}

/// Whether words are a cell of the head of a page: symbol, date, languages, the mark of a draft.
#[cfg(feature = "office")]
pub(crate) fn is_of_head(line: &str) -> bool {
    pasted::is_of_head(line)
}

/// Where the letterhead and the title of a plain text end.
#[cfg(feature = "office")]
pub(crate) fn top_end(text: &str) -> usize {
    pasted::top_end(text)
}

/// Whether a line is the heading of an annex, a section or a part.
#[cfg(feature = "office")]
pub(crate) fn is_heading(line: &str) -> bool {
    pasted::heading_of(line).is_some()
}

pub use crate::assemble::{NoTemplate, NoValue, Template, built_in_clauses, built_in_templates, filters_for};
