//! References to instruments, as they stand in running text.

mod grammar;
mod mention;
mod scan;

pub use mention::{Mention, Number, Said, Target, Written};
pub use scan::{Foreign, Reading, after_name, mentions, mentions_everywhere, next_word};
