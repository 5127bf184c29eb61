//! What an editor asks of a text: what is here, what may stand here, where it leads, what is
//! folded, what is printed.
//!
//! Everything is asked by byte offsets of the text that a [`Compilation`](crate::Compilation)
//! was made of, and answered from it, its [`Session`](crate::Session) and the text's tree:
//! nothing is judged anew, and nothing is read or written.

mod actions;
mod complete;
mod cures;
mod folds;
mod hints;
mod hover;
mod names;
mod outline;
mod pages;
mod place;
mod reading;
mod references;
mod tokens;
mod uses;
mod words;

pub use actions::{Action, FileEdit, Where};
pub use complete::{Completion, CompletionKind};
pub use cures::cures;
pub use folds::Fold;
pub use hints::Hint;
pub use hover::Hover;
pub use outline::{Symbol, SymbolKind};
pub use pages::{PageShown, pages};
pub use reading::{Located, Reading};
pub use references::{Lens, Link};
pub use tokens::{Token, TokenKind, TokenState};
