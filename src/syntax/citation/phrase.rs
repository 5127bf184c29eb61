//! A phrase in words: “Ministerial Council Decisions No. 4/07 and No. 4/11”.

use std::ops::Range;

use super::mention::{Designation, Mention, Number, Said, Written};
use super::written::{expand, loose, number, resolution, words};
use crate::syntax::symbol::Resolution;
use chancery_citation::{Piece, Reader, Token, look_up};

/// What a phrase says of all its numbers, and then the numbers.
pub(super) fn phrase(reader: &Reader, text: &str, pieces: &[Piece]) -> Vec<Mention> {
    let is_number =
        |p: &Piece| matches!(p.token, Token::Yearly | Token::BracketedYear | Token::Bare | Token::NumberRange);
    let phrase = Phrase { reader, text, pieces, first_number: pieces.iter().position(is_number) };
    let said = phrase.said();
    let is_restated = pieces.iter().any(|piece| piece.token == Token::Restated);
    if let Some(target) = phrase.resolution().filter(|_| !is_restated) {
        let target_of = Designation::Resolution(target.1, said.body);
        return vec![Mention::new(pieces[0].range.clone(), target.0, target_of)];
    }
    match phrase.symbol() {
        Some((written, number)) if !is_restated => {
            let target = Designation::Symbol(written, Some(said));
            vec![Mention::new(pieces[0].range.clone(), number, target)]
        }
        restated => {
            let mut mentions = phrase.numbers(said);
            if let (Some((written, _)), [Mention { target: Designation::Words(_, _, beside), .. }]) =
                (restated, mentions.as_mut_slice())
            {
                *beside = Some(written);
            }
            mentions
        }
    }
}

struct Phrase<'p> {
    reader: &'p Reader,
    text: &'p str,
    pieces: &'p [Piece],
    first_number: Option<usize>,
}

/// Of a list in which a kind is said again, “Decision No. 4/07 and Declaration
/// No. 2/09 of the Ministerial Council”: whose its numbers are.
struct Parted {
    /// The last kind after the first number.
    last_kind: Option<usize>,
    /// The body that is said before the first number, and whether an adjective
    /// says it.
    head_body: Option<&'static str>,
    by_adjective: bool,
    /// The body that is said after it.
    later_body: Option<&'static str>,
}

impl Parted {
    /// What is said of the number at a piece, where `said` is said of all: what
    /// is said after the last kind of a list is said of its numbers, and of those
    /// before it only where nothing was said of them.
    fn said(&self, at: usize, said: &Said) -> Said {
        match self.last_kind {
            Some(last) if at < last => match self.head_body {
                Some(body) => Said {
                    body: Some(body.to_owned()),
                    by_adjective: self.by_adjective,
                    another: false,
                    ..said.clone()
                },
                // “Decisions No. 10/05 and No. 5/14 and resolution 1325 (2000) of the Security Council”
                None => {
                    let can_be = |body: &String| matches!(body.as_str(), "S" | "A") == (said.kind == "RES");
                    let body = said.body.clone().filter(can_be);
                    Said { of_later: true, beside: false, body, ..said.clone() }
                }
            },
            // “General Assembly resolution 70/1 and resolution 1325 (2000)”
            Some(_) if self.later_body.is_none() && said.kind == "RES" => Said { of_later: true, ..said.clone() },
            Some(_) if self.later_body.is_some() => Said { body: self.later_body.map(str::to_owned), ..said.clone() },
            _ => said.clone(),
        }
    }
}

impl Phrase<'_> {
    fn words(&self, piece: &Piece) -> &str {
        words(self.text, piece)
    }

    fn kind(&self, piece: &Piece) -> String {
        look_up(self.reader.kinds, self.words(piece)).unwrap_or_default().to_owned()
    }

    /// The body that a piece says.
    fn body(&self, piece: &Piece) -> Option<&'static str> {
        match piece.token {
            Token::Body => look_up(self.reader.bodies, self.words(piece)),
            Token::Adjective => look_up(self.reader.adjectives, self.words(piece)),
            Token::Compound => look_up(self.reader.compounds, self.words(piece))?.split('.').next(),
            _ => None,
        }
    }

    /// What the words say, wherever they stand.
    fn said(&self) -> Said {
        let mut said = Said::default();
        let mut told = false;
        for (at, piece) in self.pieces.iter().enumerate() {
            told |= piece.token == Token::Told;
            // “Ministerial Council Decision No. 5/11 on rules adopted by the Permanent Council”
            if told && piece.token == Token::Body && said.body.is_some() {
                continue;
            }
            match piece.token {
                Token::Body => {
                    said.body = self.body(piece).map(str::to_owned);
                    said.by_adjective = false;
                    said.beside |= self.is_beside(at);
                }
                Token::Adjective if said.body.is_none() => {
                    said.body = self.body(piece).map(str::to_owned);
                    said.by_adjective = true;
                }
                Token::Compound => {
                    let series = look_up(self.reader.compounds, self.words(piece)).unwrap_or_default();
                    if let Some((body, kind)) = series.split_once('.') {
                        said.body = Some(body.to_owned());
                        kind.clone_into(&mut said.kind);
                        said.beside = true;
                    }
                }
                Token::Kind if said.kind.is_empty() => said.kind = self.kind(piece),
                Token::Meeting => said.meeting = self.words(piece).trim_matches(['(', ')']).trim().parse().ok(),
                Token::Ordinal => said.ordinal = Some(self.words(piece).to_owned()),
                Token::City => said.city = Some((self.words(piece).to_owned(), piece.range.clone())),
                Token::Foreign => said.foreign = true,
                Token::Another => said.another = true,
                Token::BeforeBody => said.organization = true,
                Token::Qualifier => said.qualifier = Some((self.words(piece).to_owned(), piece.range.clone())),
                _ => {}
            }
        }
        said
    }

    /// Whether a body stands beside the kind or after the number.
    fn is_beside(&self, at: usize) -> bool {
        let is_kind = |p: &Piece| {
            matches!(p.token, Token::Kind | Token::Adjective | Token::Compound | Token::Meeting | Token::Another)
        };
        self.pieces.get(at + 1).is_some_and(is_kind) || self.first_number.is_some_and(|number| at > number)
    }

    /// The symbol that stands for a number, or beside it.
    fn symbol(&self) -> Option<(Written, Range<usize>)> {
        let at = self.pieces.iter().position(|piece| piece.token == Token::LooseSymbol)?;
        Some((loose(self.text, &self.pieces[at..])?, self.pieces[at].range.clone()))
    }

    /// A resolution by its symbol: “resolution S/RES/1325 (2000)”.
    fn resolution(&self) -> Option<(Range<usize>, Resolution)> {
        let at = self.pieces.iter().position(|piece| piece.token == Token::UnSymbol)?;
        Some((self.pieces[at].range.clone(), resolution(self.text, &self.pieces[at..])?))
    }

    fn parted(&self, first: usize) -> Parted {
        let is_after = |piece: &Piece| piece.range.start > self.pieces[first].range.start;
        let head = self.pieces.iter().take_while(|piece| !is_after(piece));
        let mut later = self.pieces.iter().filter(|piece| piece.token == Token::Body && is_after(piece));
        Parted {
            last_kind: self.pieces.iter().rposition(|piece| piece.token == Token::Kind && is_after(piece)),
            head_body: head.clone().find_map(|piece| self.body(piece)),
            by_adjective: !head.clone().any(|piece| matches!(piece.token, Token::Body | Token::Compound)),
            later_body: later.find_map(|piece| self.body(piece)),
        }
    }

    /// The numbers of the phrase, each with what is said of it.
    fn numbers(&self, mut said: Said) -> Vec<Mention> {
        let Some(first) = self.first_number else { return Vec::new() };
        let parted = self.parted(first);
        let is_end = |p: &Piece| matches!(p.token, Token::Restated | Token::Foreign | Token::Ordinal);
        let end = self.pieces.iter().position(is_end).unwrap_or(self.pieces.len());
        let mut mentions: Vec<Mention> = Vec::new();
        let mut signed = self.pieces[..first].iter().any(|piece| piece.token == Token::Sign);
        // Where the words of the next number begin: at a sign or a kind of its own.
        let mut start = self.pieces[0].range.start;
        let mut at = first;
        while at < end {
            let piece = &self.pieces[at];
            match piece.token {
                Token::Sign if at > first => {
                    start = start.max(piece.range.start);
                    signed = true;
                }
                Token::Kind if at > first => {
                    start = start.max(piece.range.start);
                    said.kind = self.kind(piece);
                }
                Token::NumberRange => {
                    if let Some((numbers, next)) = self.range(at) {
                        let said = Said { signed, ..parted.said(at, &said) };
                        mentions.extend(numbers.into_iter().map(|number| {
                            let target = Designation::Words(said.clone(), number, None);
                            Mention::new(start..piece.range.end, piece.range.clone(), target)
                        }));
                        start = piece.range.end;
                        at = next;
                        continue;
                    }
                }
                Token::Yearly | Token::BracketedYear | Token::Bare | Token::BareInList => {
                    // What divides it from the number before belongs to neither.
                    if mentions.last().is_some_and(|before| before.words.end == start) {
                        start = start.max(piece.range.start);
                    }
                    let said = Said { signed, ..parted.said(at, &said) };
                    let target = Designation::Words(said, number(self.text, &self.pieces[at..]), None);
                    mentions.push(Mention::new(start..piece.range.end, piece.range.clone(), target));
                    start = piece.range.end;
                }
                _ => {}
            }
            at += 1;
        }
        mentions
    }

    /// All numbers of the range at a piece, and the piece after it.
    fn range(&self, at: usize) -> Option<(Vec<Number>, usize)> {
        let is_number = |at: &usize| matches!(self.pieces[*at].token, Token::Yearly | Token::Bare | Token::BareInList);
        let mut ends = (at..self.pieces.len()).filter(is_number);
        let (from, to) = (ends.next()?, ends.next()?);
        let (first, last) = (number(self.text, &self.pieces[from..]), number(self.text, &self.pieces[to..]));
        // `2010-605`: no range, but a number that is another’s.
        let is_another = first.part.is_none() && first.serial > last.serial && first.serial.is_some_and(|n| n >= 1900);
        let numbers = if is_another { Vec::new() } else { expand(&first, &last) };
        let inside = self.pieces[at..].iter().take_while(|piece| piece.range.start < self.pieces[to].range.end);
        Some((numbers, at + inside.count()))
    }
}
