//! What both directions know of Word's format: who writes a file and who reads one.

pub mod hash;
pub mod names;
pub mod unpack;
pub mod tree;
