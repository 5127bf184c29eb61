//! Two documents beside each other: two drafts of one text, or two languages of it.
//!
//! What is compared is the model and never the source: a list that was renumbered, a
//! paragraph with other line breaks, another template are no change. Blocks are aligned
//! first (`align`, `leftover`), then the words of each pair are compared (`pair`), and what
//! differs is said of the pair (`comparison`, `summary`). Two languages have no words in
//! common: what is compared is what no language changes (`fingerprint`), blocks are aligned by it
//! (`languages`), and what differs is a finding at both places (`parity`).

mod align;
mod cite;
mod comparison;
mod family;
mod fingerprint;
mod languages;
mod leaf;
mod leftover;
mod likeness;
mod locate;
mod pair;
mod parity;
mod place;
pub mod show;
mod side;
mod summary;
mod synopsis;
mod words;

pub use cite::Cite;
pub use comparison::{Change, Comparison, Entry, What};
pub use family::{Member, doubts, original_of};
pub(crate) use leaf::unbracketed;
pub use leaf::{InPart, Leaf, LeafKind, Leaves};
pub use pair::{Op, Segment, hunks};
pub use parity::{Differing, Parity};
pub use side::Side;
pub use summary::{Statement, Subject};
pub use synopsis::{Synopsis, SynopsisCell, SynopsisRow};
#[cfg(feature = "pdf")]
pub(crate) use words::common;
pub use words::{Style, Word, WordKind, Words};
