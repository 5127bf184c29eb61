//! References to instruments, as they stand in running text.

mod grammar;
mod mention;
mod own;
mod phrase;
mod pinpoint;
mod scan;
mod understand;
mod written;

pub use mention::{Designation, Mention, Number, Said, Written};
pub use own::{PartWord, Place, Pointer, Step, numbers};
pub use scan::{Foreign, Stretch, after_name, mentions, mentions_everywhere, next_word};
