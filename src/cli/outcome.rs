//! How a command ends.

use crate::world::WorldError;

/// How a command ended, if nothing kept it from its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// Nothing in the way.
    Good,
    /// Errors in a text.
    Faulty,
    /// Some of the work could not be done, and was said where it happened.
    Failed,
    /// Whoever started it ended it.
    Interrupted,
}

/// What keeps a command from doing its work.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error(transparent)]
    Machine(#[from] crate::Error),
    #[error("cannot write `{path}`: {reason}")]
    Write { path: String, reason: String },
    #[error("{0}")]
    Usage(String),
    /// Whoever read the output has gone; there is nobody to tell.
    #[error("nobody reads the output")]
    Closed,
}

impl From<WorldError> for Failure {
    fn from(error: WorldError) -> Self {
        Failure::Machine(error.into())
    }
}
