//! The hash of a text, which a Word file carries in place of it.

use sha2::{Digest, Sha256};

use super::names::SOURCE_PREFIX;

/// `sha256:` and 64 digits.
pub fn of_source(bytes: &[u8]) -> String {
    let digits: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{SOURCE_PREFIX}{digits}")
}
