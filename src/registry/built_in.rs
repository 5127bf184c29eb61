//! The registry that comes along, as `build.rs` made it of `registry/`.

use std::borrow::Cow;

use super::{Coverage, Instrument, Meeting, Numbering, Seen, Text};

include!(concat!(env!("OUT_DIR"), "/registry.rs"));

/// The entry of a symbol, or of a slug.
pub(super) fn find(key: &str) -> Option<&'static Instrument> {
    let at = INSTRUMENTS.binary_search_by(|entry| entry.key().cmp(key)).ok();
    at.and_then(|at| INSTRUMENTS.get(at))
        .or_else(|| INSTRUMENTS.iter().find(|entry| entry.slug.as_deref() == Some(key)))
}

/// The entries whose symbol begins so.
pub(super) fn with_prefix(prefix: &str) -> &'static [Instrument] {
    let from = INSTRUMENTS.partition_point(|entry| entry.key() < prefix);
    let to = from + INSTRUMENTS[from..].partition_point(|entry| entry.key().starts_with(prefix));
    &INSTRUMENTS[from..to]
}
