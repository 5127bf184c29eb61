//! Numbers and symbols as they are written.

use super::mention::{Number, Written};
use crate::syntax::symbol::{Resolution, Revision, Symbol, latin};
use chancery_citation::{Piece, Token};

/// No range names more instruments than that.
pub(super) const MAX_IN_RANGE: u32 = 100;

pub(super) fn words<'t>(text: &'t str, piece: &Piece) -> &'t str {
    &text[piece.range.clone()]
}

/// The number that begins the pieces.
pub(super) fn number(text: &str, pieces: &[Piece]) -> Number {
    let end = pieces.first().map_or(0, |place| place.range.end);
    let inside = |piece: &&Piece| piece.range.start < end;
    let find =
        |token: Token| pieces.iter().take_while(inside).find(|p| p.token == token).map(|piece| words(text, piece));
    let part = find(Token::Part);
    Number {
        serial: find(Token::Serial).and_then(|serial| serial.parse().ok()),
        part: part.and_then(|part| Some((part.parse().ok()?, part.len()))),
        year: find(Token::Four).and_then(|year| year.parse().ok()),
        session: find(Token::Session).or(find(Token::Special)).map(|session| session.replace(['‑', '–'], "-")),
        letter: find(Token::Letter).and_then(|letter| letter.chars().next()),
        revisions: revisions(text, pieces.iter().take_while(inside)),
    }
}

/// `/Rev.1/Corr.2`, in the letters in which they are written.
fn revisions<'p>(text: &str, pieces: impl Iterator<Item = &'p Piece>) -> Vec<Revision> {
    let mut found = Vec::new();
    let mut kind = String::new();
    for piece in pieces {
        match piece.token {
            Token::RevisedAs => {
                let mut letters = words(text, piece).chars();
                let first = letters.next().into_iter().flat_map(char::to_uppercase);
                kind = first.chain(letters.flat_map(char::to_lowercase)).collect();
            }
            Token::RevisedNumber => {
                found.extend(words(text, piece).parse().ok().map(|number| Revision { kind: kind.clone(), number }));
            }
            _ => {}
        }
    }
    found
}

impl Number {
    /// Whether it begins with a session of the General Assembly, as its numbers do from
    /// the thirty-first on.
    pub fn is_of_a_session(&self) -> bool {
        self.year.is_none() && self.part.is_some() && self.serial.is_some_and(|session| (31..100).contains(&session))
    }

    /// The resolution of that number.
    pub fn of(&self, organ: char) -> Option<Resolution> {
        let part = self.part.map(|(part, _)| part);
        let is_special = self.session.as_ref().is_some_and(|session| session.contains('-'));
        Some(Resolution {
            organ,
            number: if is_special { part? } else { self.serial? },
            of_session: part.filter(|_| !is_special),
            year: self.year,
            session: self.session.clone(),
            letter: self.letter,
        })
    }
}

/// All numbers of a range; the two ends alone where it is none.
pub(super) fn expand(from: &Number, to: &Number) -> Vec<Number> {
    match (from.serial, to.serial) {
        (Some(first), Some(last)) if from.part == to.part && first < last && last - first < MAX_IN_RANGE => {
            (first..=last).map(|serial| Number { serial: Some(serial), ..from.clone() }).collect()
        }
        _ => vec![from.clone(), to.clone()],
    }
}
/// The resolution that a symbol names.
pub(super) fn resolution(text: &str, pieces: &[Piece]) -> Option<Resolution> {
    let organ = words(text, pieces.first()?).chars().next()?;
    number(text, pieces).of(organ)
}

/// A symbol as it is meant, from pieces that begin with the symbol.
pub(super) fn loose(text: &str, pieces: &[Piece]) -> Option<Written> {
    let whole = pieces.first()?;
    let mut meant = Symbol::default();
    let mut parts = Vec::new();
    let mut damaged = false;
    let inside = pieces.iter().take_while(|piece| piece.range.start < whole.range.end);
    meant.revisions = revisions(text, inside.clone());
    for piece in inside {
        let words = words(text, piece);
        match piece.token {
            Token::OrganLetters => meant.body = latin(words),
            Token::TypeLetters => meant.kind = latin(words),
            Token::Meeting => meant.meeting = words.trim_matches(['(', ')']).trim().parse().ok(),
            Token::Figures => parts.push((words.parse::<u32>().ok(), words.len())),
            Token::OpenFigures => parts.push((None, 0)),
            Token::Distribution => meant.distribution = Some(words.to_owned()),
            _ => {}
        }
    }
    if let Some((serial, _)) = parts.first() {
        meant.number = *serial;
        meant.number_pending = serial.is_none();
    }
    if let Some((Some(year), figures)) = parts.get(1) {
        // A year of four figures is damage; one or three are no year.
        match figures {
            2 => meant.year = Some(*year),
            4 if (1970..2100).contains(year) => {
                meant.year = Some(year % 100);
                damaged = true;
            }
            _ => return None,
        }
    }
    // Neither number nor meeting: the name of a series.
    if parts.is_empty() && meant.meeting.is_none() {
        return None;
    }
    damaged |= meant.to_string() != words(text, whole);
    Some(Written { meant, damaged })
}
