//! Two documents beside each other: two drafts of one text.
//!
//! What is compared is the model and never the source: a list that was renumbered, a
//! paragraph with other line breaks, another template are no change. Blocks are aligned
//! first (`align`, `leftover`), then the words of each pair are compared (`pair`), and what
//! differs is said of the pair (`comparison`, `summary`).

mod align;
mod cite;
mod comparison;
mod leaf;
mod leftover;
mod likeness;
mod pair;
mod place;
pub mod show;
mod side;
mod summary;
mod words;

pub use cite::Cite;
pub use comparison::{Change, Comparison, Entry, What};
pub use leaf::{InPart, Leaf, LeafKind, Leaves};
pub use pair::{Op, Segment};
pub use side::Side;
pub use summary::{Statement, Subject};
pub use words::{Style, Word, WordKind, Words};
