//! What a text says of an instrument, piece by piece, before anyone asks
//! whether there is such an instrument.

use std::ops::Range;

use crate::syntax::symbol::{Resolution, Revision, Symbol};

/// An instrument that a text mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its words in the text, in bytes; those of several numbers in one phrase
    /// do not overlap.
    pub words: Range<usize>,
    /// The number or the symbol alone.
    pub number: Range<usize>,
    /// What it is said to be.
    pub target: Designation,
    /// The place in the instrument, as `6`, `5(a)`, `3,4`, `IV.1(A)6`.
    pub pinpoint: Option<String>,
    /// Where a date stands beside it, “of 2 December 2009”.
    pub dated: Option<Range<usize>>,
}

/// By what an instrument is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Designation {
    /// By its symbol, and perhaps a kind in words beside it.
    Symbol(Written, Option<Said>),
    /// By the symbol of a resolution of the United Nations, and perhaps the letters of a
    /// body in words beside it.
    Resolution(Resolution, Option<String>),
    /// In words and a number; a symbol may stand in parentheses beside them.
    Words(Said, Number, Option<Written>),
}

/// A symbol as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What is meant: letters Latin, blanks gone.
    pub meant: Symbol,
    /// Whether it is written so.
    pub damaged: bool,
}

/// What the words say of an instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// `DEC`, `DOC`, `RES`, `JOUR`
    pub kind: String,
    /// `MC`, `PC`, `S` …
    pub body: Option<String>,
    /// Whether the body is said by an adjective alone (“ministerial”).
    pub by_adjective: bool,
    /// Whether the body stands beside the kind or after the number.
    pub beside: bool,
    /// Whether the body was said of later numbers of the list, and may be
    /// meant for this one too.
    pub of_later: bool,
    /// The meeting in `MC(17) Journal No. 2`.
    pub meeting: Option<u32>,
    /// “ninth” in “at its ninth meeting”.
    pub ordinal: Option<String>,
    /// The city and its place in the text.
    pub city: Option<(String, Range<usize>)>,
    /// Whether a number sign stands before the number.
    pub signed: bool,
    /// Whether the words name a body that is none of ours.
    pub foreign: bool,
    /// Whether they name one that is known to be another's: “of the Energy
    /// Community”.
    pub another: bool,
    /// Whether “UN” or “OSCE” alone stands before the kind.
    pub organization: bool,
    /// Words beside the body of which nobody knows what they say, and their
    /// place.
    pub qualifier: Option<(String, Range<usize>)>,
}

/// A number as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// None where `X` stands for it.
    pub serial: Option<u32>,
    /// What follows the stroke: its value and how many figures it has.
    pub part: Option<(u32, usize)>,
    /// `(2000)`
    pub year: Option<u32>,
    /// `III`, `ES-11`: a session of the General Assembly.
    pub session: Option<String>,
    /// `B` in `67/234 B`.
    pub letter: Option<char>,
    /// `557/Rev.1`
    pub revisions: Vec<Revision>,
}

impl Mention {
    /// A mention of what is named at some words by a number or symbol in them.
    pub(super) fn new(words: Range<usize>, number: Range<usize>, target: Designation) -> Self {
        Mention { words, number, target, pinpoint: None, dated: None }
    }
}
