//! Proposals of delegations put together as edits of the author's source, and brackets
//! settled in it.
//!
//! What nobody touched stays to the byte. What one delegation changed stands in brackets
//! with its name, what several changed as alternatives; what cannot be put together is
//! said, quoted and left. [`settle`] with one delegation taken before the base gives that
//! delegation's proposal, and with the base taken the base.

mod amended;
mod base;
mod consolidate;
mod renumber;
mod scan;
mod settle;

pub use consolidate::{Consolidated, Left, Proposal, consolidate};
pub use renumber::{TypedNumber, renumber, typed_numbers};
pub use settle::{Choice, Held, held, settle};
