//! What a text cites, as it is understood before anyone judges it.

use std::ops::Range;

use crate::syntax::citation::Stopped;
use crate::syntax::{Resolution, Symbol};

/// An instrument that a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cited {
    /// Its words in the text, in bytes.
    pub words: Range<usize>,
    /// The number or symbol alone.
    pub number: Range<usize>,
    /// Which instrument.
    pub what: What,
    /// The place in it: `6`, `5(a)`, `3,4`.
    pub pinpoint: Option<String>,
    /// What is wrong with the words themselves.
    pub problem: Option<Problem>,
    /// Those of one phrase or one list have one number.
    pub list: usize,
    /// Whether it is a place in an instrument that was named before: “its
    /// paragraph 3”.
    pub again: bool,
    /// The date beside it: year, month and day where they are said, and where.
    pub dated: Option<(SaidDate, Range<usize>)>,
    /// Words beside its body that nobody knows, “our last”, and where.
    pub qualifier: Option<(String, Range<usize>)>,
}

impl Cited {
    /// What is cited at some words, with nothing else said of it.
    pub(super) fn at(words: Range<usize>, what: What, list: usize) -> Cited {
        Cited {
            number: words.clone(),
            words,
            what,
            pinpoint: None,
            problem: None,
            list,
            dated: None,
            qualifier: None,
            again: false,
        }
    }
}

/// A date as it is said: year, and month and day where they are.
pub type SaidDate = (i16, Option<(i8, i8)>);

/// Which instrument a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// One with a symbol.
    Symbol(Symbol),
    /// A resolution of the United Nations.
    Resolution(Resolution),
    /// One that is known by its name, by its symbol or slug.
    Named(String),
    /// A number of which nothing says whose it is: kind and number.
    Open(String, String),
    /// Words that look like a reference and were not read.
    Unread(String),
}

/// What is wrong with the words of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// The symbol is not written as symbols are.
    Damaged,
    /// Letters stand for the figures that they look like; the number with figures.
    Letters(String),
    /// The year has four figures; the bytes of the number.
    LongYear(Range<usize>),
    /// The year of a resolution of the Security Council stands behind a bar.
    Bar,
    /// The number has no year, which its series needs.
    NoYear,
    /// The number has a year, which its series has not.
    Year,
    /// The body cannot be told.
    Ambiguous,
    /// The number is still open.
    Pending,
    /// Words and symbol beside each other name different instruments.
    Symbols(Box<(Symbol, Symbol)>),
    /// The words say one kind, the symbol another: the word's place.
    Kind(String),
    /// The words say one body, the symbol is another's: the letters of the former.
    Body(String),
    /// It was not read: what stopped it.
    Unread(Stopped),
    /// The city is not that of the meeting of the year; its place.
    City(String, Range<usize>),
}

impl What {
    /// As it is printed: `MC.DEC/5/11`.
    pub fn key(&self) -> String {
        match self {
            What::Symbol(symbol) => symbol.to_string(),
            What::Resolution(resolution) => resolution.to_string(),
            What::Named(name) => name.clone(),
            What::Open(kind, number) => format!("{kind}/{number}"),
            What::Unread(words) => words.clone(),
        }
    }
}

/// Words without their line breaks, as messages show them.
pub(crate) fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
