//! A text that is asked about.

use serde_json::Value;

use super::shared::Shared;
use super::shown::Places;
use crate::compile::{Compilation, Session};

/// A text that is asked about.
pub(super) struct Asked<'a> {
    pub session: &'a Session<'a>,
    pub compilation: &'a Compilation,
    pub places: Places<'a>,
    pub shared: &'a Shared,
}

/// An answer, or the number and words of why there is none.
pub(super) type Answer = Result<Value, (i32, String)>;
