//! What both directions know of Word's format: who writes a file and who reads one.

pub mod hash;
pub mod names;
pub mod pack;
pub mod tree;
pub mod unpack;
pub mod xml;
