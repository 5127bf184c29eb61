//! What a text says of an instrument, piece by piece, before anyone asks
//! whether there is such an instrument.

use std::ops::Range;

use super::grammar::{Piece, Reader, Token, look_up};
use crate::syntax::symbol::{Resolution, Revision, Symbol, latin};

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
    /// By the symbol of a resolution of the United Nations.
    Resolution(Resolution),
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
}

/// What was found at a place.
pub(super) struct Found {
    pub range: Range<usize>,
    pub pinpoint: Option<String>,
    pub mentions: Vec<Mention>,
}

/// No range names more instruments than that.
const MAX_IN_RANGE: u32 = 100;

/// Makes mentions of the pieces that were found at the start of `text`; a
/// pinpoint alone has none.
pub(super) fn understand(reader: &Reader, text: &str, pieces: &[Piece]) -> Option<Found> {
    let whole = pieces.first()?.range.clone();
    let pinpoint = pieces.iter().find(|piece| piece.token == Token::Pinpoint);
    let mut mentions = match pieces.iter().position(|p| matches!(p.token, Token::Phrase | Token::Symbols)) {
        Some(at) if pieces[at].token == Token::Phrase => phrase(reader, text, &pieces[at..]),
        Some(at) => symbols(text, &pieces[at..]),
        None => Vec::new(),
    };
    let pinpoint = pinpoint.map(|place| pinned(text, pieces, &place.range));
    if let Some(first) = mentions.first_mut() {
        first.words.start = whole.start;
    }
    if let Some(last) = mentions.last_mut() {
        last.words.end = whole.end;
    }
    if let Some(first) = mentions.first_mut() {
        first.pinpoint.clone_from(&pinpoint);
    }
    for date in pieces.iter().filter(|piece| piece.token == Token::Dated) {
        let before = mentions.iter().rposition(|mention| mention.number.start < date.range.start);
        if let Some(mention) = before.and_then(|at| mentions.get_mut(at)) {
            mention.dated = Some(date.range.clone());
        }
    }
    Some(Found { range: whole, pinpoint, mentions })
}

/// The pinpoint in one spelling: `5(a)`, `3,4`, `3-5`.
pub(super) fn pinned(text: &str, pieces: &[Piece], place: &Range<usize>) -> String {
    let inside = |piece: &&Piece| piece.range.start >= place.start && piece.range.end <= place.end;
    let pins = pieces.iter().filter(inside).filter(|p| p.token == Token::Pin).map(|p| one_pin(&text[p.range.clone()]));
    let is_range = pieces.iter().filter(inside).any(|piece| piece.token == Token::PinRange);
    let mut pins = pins.collect::<Vec<_>>().join(if is_range { "-" } else { "," });
    if let Some(sub) = pieces.iter().filter(inside).find(|piece| piece.token == Token::Sub) {
        pins.push_str(&one_pin(&text[sub.range.clone()]));
    }
    pins
}

/// `IV.1 A) 6` is `IV.1(A)6`, `5 a)` is `5(a)`.
fn one_pin(text: &str) -> String {
    let mut pin = String::new();
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut run = String::new();
    let mut open = false;
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            '(' => {
                pin.push_str(&run);
                run.clear();
                open = true;
            }
            ')' if open => {
                pin.push_str(&format!("({run})"));
                run.clear();
                open = false;
            }
            ')' => {
                let figures = run.trim_end_matches(char::is_alphabetic);
                pin.push_str(&format!("{figures}({})", &run[figures.len()..]));
                run.clear();
            }
            c => run.push(*c),
        }
        let alone = signs.len() == 1 && at == 0 && sign.is_alphabetic() && !sign.is_uppercase();
        if alone {
            run = format!("({sign})");
        }
    }
    pin + &run
}

fn words<'t>(text: &'t str, piece: &Piece) -> &'t str {
    &text[piece.range.clone()]
}

/// A phrase in words: what it says of all its numbers, then the numbers.
fn phrase(reader: &Reader, text: &str, pieces: &[Piece]) -> Vec<Mention> {
    let mut said = Said::default();
    let mut restated = None;
    let mut symbol = None;
    let first_number = pieces
        .iter()
        .position(|p| matches!(p.token, Token::Yearly | Token::BracketedYear | Token::Bare | Token::NumberRange));
    for (at, piece) in pieces.iter().enumerate() {
        match piece.token {
            Token::Body => {
                said.body = look_up(reader.bodies, words(text, piece)).map(str::to_owned);
                said.by_adjective = false;
                let beside = pieces.get(at + 1).is_some_and(|next| {
                    matches!(next.token, Token::Kind | Token::Adjective | Token::Compound | Token::Meeting)
                });
                said.beside |= beside || first_number.is_some_and(|number| at > number);
            }
            Token::Adjective if said.body.is_none() => {
                said.body = look_up(reader.adjectives, words(text, piece)).map(str::to_owned);
                said.by_adjective = true;
            }
            Token::Compound => {
                let series = look_up(reader.compounds, words(text, piece)).unwrap_or_default();
                if let Some((body, kind)) = series.split_once('.') {
                    said.body = Some(body.to_owned());
                    kind.clone_into(&mut said.kind);
                    said.beside = true;
                }
            }
            Token::Kind if said.kind.is_empty() => {
                said.kind = look_up(reader.kinds, words(text, piece)).unwrap_or_default().to_owned();
            }
            Token::Meeting => said.meeting = words(text, piece).trim_matches(['(', ')']).trim().parse().ok(),
            Token::Ordinal => said.ordinal = Some(words(text, piece).to_owned()),
            Token::City => said.city = Some((words(text, piece).to_owned(), piece.range.clone())),
            Token::Foreign => said.foreign = true,
            Token::LooseSymbol => {
                let written = loose(text, &pieces[at..]);
                if pieces.iter().any(|piece| piece.token == Token::Restated) {
                    restated = written;
                } else {
                    symbol = written.map(|written| (written, piece.range.clone()));
                }
            }
            _ => {}
        }
    }
    if let Some((written, number)) = symbol {
        let words = pieces[0].range.clone();
        return vec![Mention {
            words,
            number,
            target: Designation::Symbol(written, Some(said)),
            pinpoint: None,
            dated: None,
        }];
    }
    let mut mentions: Vec<Mention> = Vec::new();
    // What is said after the last kind of a list is said of its numbers, and
    // of those before it only where nothing was said of them.
    let is_after = |piece: &Piece| first_number.is_some_and(|number| piece.range.start > pieces[number].range.start);
    let last_kind = pieces.iter().rposition(|piece| piece.token == Token::Kind && is_after(piece));
    let head = pieces.iter().take_while(|piece| !is_after(piece));
    let own_body = |piece: &Piece| match piece.token {
        Token::Body => look_up(reader.bodies, words(text, piece)),
        Token::Adjective => look_up(reader.adjectives, words(text, piece)),
        Token::Compound => look_up(reader.compounds, words(text, piece)).and_then(|series| series.split('.').next()),
        _ => None,
    };
    let head_body = head.clone().find_map(&own_body);
    let by_adjective = !head.clone().any(|piece| matches!(piece.token, Token::Body | Token::Compound));
    let later_body = pieces.iter().filter(|p| p.token == Token::Body && is_after(p)).find_map(own_body);
    let said_at = |at: usize, said: &Said| match last_kind {
        Some(last) if at < last => match head_body {
            Some(body) => Said { body: Some(body.to_owned()), by_adjective, ..said.clone() },
            None => Said { of_later: true, beside: false, ..said.clone() },
        },
        Some(_) if later_body.is_some() => Said { body: later_body.map(str::to_owned), ..said.clone() },
        _ => said.clone(),
    };
    let mut start = pieces[0].range.start;
    let mut signed = false;
    let mut at = first_number.unwrap_or(pieces.len());
    // The sign before the first number.
    signed |= pieces[..at].iter().any(|piece| piece.token == Token::Sign);
    let end_of_numbers = pieces
        .iter()
        .position(|p| matches!(p.token, Token::Restated | Token::Foreign | Token::Ordinal))
        .unwrap_or(pieces.len());
    while at < end_of_numbers {
        let piece = &pieces[at];
        match piece.token {
            Token::Sign | Token::Kind if at > first_number.unwrap_or(0) => {
                start = start.max(piece.range.start);
                signed |= piece.token == Token::Sign;
                if piece.token == Token::Kind {
                    said.kind = look_up(reader.kinds, words(text, piece)).unwrap_or_default().to_owned();
                }
            }
            Token::NumberRange => {
                let ends = (at..pieces.len())
                    .filter(|at| matches!(pieces[*at].token, Token::Yearly | Token::Bare | Token::BareInList))
                    .take(2)
                    .collect::<Vec<_>>();
                if let [from, to] = ends.as_slice() {
                    let numbers = expand(&number(text, &pieces[*from..]), &number(text, &pieces[*to..]));
                    let to = &pieces[*to];
                    for number in numbers {
                        let said = Said { signed, ..said_at(at, &said) };
                        let target = Designation::Words(said, number, None);
                        let words = start..piece.range.end;
                        mentions.push(Mention {
                            words,
                            number: piece.range.clone(),
                            target,
                            pinpoint: None,
                            dated: None,
                        });
                    }
                    at += pieces[at..].iter().take_while(|p| p.range.start < to.range.end).count();
                    start = piece.range.end;
                    continue;
                }
            }
            Token::Yearly | Token::BracketedYear | Token::Bare | Token::BareInList => {
                if start < piece.range.start && !mentions.is_empty() && start == mentions[mentions.len() - 1].words.end
                {
                    start = piece.range.start;
                }
                let said = Said { signed, ..said_at(at, &said) };
                let target = Designation::Words(said, number(text, &pieces[at..]), None);
                mentions.push(Mention {
                    words: start..piece.range.end,
                    number: piece.range.clone(),
                    target,
                    pinpoint: None,
                    dated: None,
                });
                start = piece.range.end;
            }
            _ => {}
        }
        at += 1;
    }
    if let (Some(written), [Mention { target: Designation::Words(_, _, place), .. }]) =
        (restated, mentions.as_mut_slice())
    {
        *place = Some(written);
    }
    mentions
}

/// The number that begins the pieces.
fn number(text: &str, pieces: &[Piece]) -> Number {
    let end = pieces.first().map_or(0, |place| place.range.end);
    let inside = |piece: &&Piece| piece.range.start < end;
    let find =
        |token: Token| pieces.iter().take_while(inside).find(|p| p.token == token).map(|piece| words(text, piece));
    let part = find(Token::Part);
    Number {
        serial: find(Token::Serial).and_then(|serial| serial.parse().ok()),
        part: part.and_then(|part| Some((part.parse().ok()?, part.len()))),
        year: find(Token::Four).and_then(|year| year.parse().ok()),
    }
}

/// All numbers of a range; the two ends alone where it is none.
fn expand(from: &Number, to: &Number) -> Vec<Number> {
    match (from.serial, to.serial) {
        (Some(first), Some(last)) if from.part == to.part && first < last && last - first < MAX_IN_RANGE => {
            (first..=last).map(|serial| Number { serial: Some(serial), ..from.clone() }).collect()
        }
        _ => vec![from.clone(), to.clone()],
    }
}

/// Symbols one after the other, `MC.DOC/1/16-4/16`, `MC.DEC/1/16, 3/16`.
fn symbols(text: &str, pieces: &[Piece]) -> Vec<Mention> {
    let mention = |number: &Range<usize>, target: Designation| Mention {
        words: number.clone(),
        number: number.clone(),
        target,
        pinpoint: None,
        dated: None,
    };
    let mut mentions: Vec<Mention> = Vec::new();
    let mut series: Option<Written> = None;
    let mut range = false;
    for (at, piece) in pieces.iter().enumerate() {
        match piece.token {
            Token::UnSymbol => {
                if let Some(resolution) = resolution(text, &pieces[at..]) {
                    mentions.push(mention(&piece.range, Designation::Resolution(resolution)));
                }
            }
            Token::LooseSymbol => {
                if let Some(written) = loose(text, &pieces[at..]) {
                    series = Some(written.clone());
                    mentions.push(mention(&piece.range, Designation::Symbol(written, None)));
                }
            }
            Token::SymbolRange => range = true,
            Token::Yearly => {
                let (Some(first), Number { serial: Some(last), part: Some((year, 2)), .. }) =
                    (&series, number(text, &pieces[at..]))
                else {
                    continue;
                };
                let from = match first.meant.number {
                    Some(from) if range && from < last && last - from < MAX_IN_RANGE => from + 1,
                    _ => last,
                };
                for serial in from..=last {
                    let meant = Symbol { number: Some(serial), year: Some(year), ..first.meant.clone() };
                    let target = Designation::Symbol(Written { meant, damaged: first.damaged }, None);
                    mentions.push(mention(&piece.range, target));
                }
            }
            _ => {}
        }
    }
    mentions
}

fn resolution(text: &str, pieces: &[Piece]) -> Option<Resolution> {
    let number = number(text, pieces);
    Some(Resolution {
        organ: words(text, pieces.first()?).chars().next()?,
        number: number.serial?,
        of_session: number.part.map(|(part, _)| part),
        year: number.year,
    })
}

/// A symbol as it is meant, from pieces that begin with the symbol.
fn loose(text: &str, pieces: &[Piece]) -> Option<Written> {
    let whole = pieces.first()?;
    let mut meant = Symbol::default();
    let mut parts = Vec::new();
    let mut damaged = false;
    let inside = pieces.iter().take_while(|piece| piece.range.start < whole.range.end);
    let mut revised_as = String::new();
    for piece in inside {
        let words = words(text, piece);
        match piece.token {
            Token::OrganLetters => meant.body = latin(words),
            Token::TypeLetters => meant.kind = latin(words),
            Token::Meeting => meant.meeting = words.trim_matches(['(', ')']).trim().parse().ok(),
            Token::Figures => parts.push((words.parse::<u32>().ok(), words.len())),
            Token::OpenFigures => parts.push((None, 0)),
            Token::RevisedAs => {
                revised_as = words
                    .chars()
                    .next()?
                    .to_uppercase()
                    .chain(words.chars().skip(1).flat_map(char::to_lowercase))
                    .collect();
            }
            Token::RevisedNumber => {
                meant.revisions.push(Revision { kind: revised_as.clone(), number: words.parse().ok()? });
            }
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
