//! The references of a document to instruments: read in its flat text, judged at
//! its day, said at the author's bytes.

mod allow;
mod inventory;
mod own;
mod own_judge;
mod own_label;
mod own_moved;
mod read;
mod reference;
mod report;
mod said;
mod typed;

pub(super) use allow::{AllowLine, is_state};
pub(super) use read::{judge_alone, read};
pub use reference::{Entered, Reference};
pub(super) use reference::{Links, Paragraphs, lead};
pub use typed::OwnCount;
