//! A reference of a text to itself, as it is typed.

use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::citation::{PartWord, Pointer};

/// How many references of a text to itself are typed by hand, by what came of
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OwnCount {
    /// What they name is there.
    pub there: usize,
    /// It is not there, or not where they say.
    pub missing: usize,
    /// They may be another text's.
    pub not_judged: usize,
}

impl OwnCount {
    /// Those of another text beside these.
    pub fn add(&mut self, other: OwnCount) {
        self.there += other.there;
        self.missing += other.missing;
        self.not_judged += other.not_judged;
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.there + self.missing + self.not_judged
    }
}

/// A reference that may be the text's own, at its bytes.
pub(super) struct Typed<'a> {
    pub words: Span,
    pub steps: Vec<TypedStep>,
    pub pointers: Vec<Pointer>,
    /// The block of the body that it stands in; none in a title.
    pub block: Option<usize>,
    pub locale: &'a Locale,
}

/// “paragraphs 3 and 5(a)”
pub(super) struct TypedStep {
    pub part: PartWord,
    /// The word that says so.
    pub word: String,
    pub pins: Vec<TypedPin>,
    pub is_range: bool,
    /// Letters that are said before the number, or alone.
    pub subs: Vec<String>,
}

/// “5(a)”
pub(super) struct TypedPin {
    /// As it is typed.
    pub text: String,
    /// The numbers in it; none that a paragraph could have.
    pub numbers: Option<Vec<String>>,
    pub place: Span,
    /// The same, if an edit of it is one of these words alone.
    pub edit: Option<Span>,
}
