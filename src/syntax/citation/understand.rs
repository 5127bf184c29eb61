//! The pieces that were found at a place, made into mentions.

use std::ops::Range;

use super::mention::{Designation, Mention, Number, Written};
use super::own::{self, Place};
use super::phrase::phrase;
use super::pinpoint::all_pinned;
use super::written::{MAX_IN_RANGE, loose, number, resolution};
use crate::syntax::symbol::{Resolution, Symbol};
use chancery_citation::{Piece, Reader, Token};

/// What was found at a place.
pub(super) struct Found {
    pub range: Range<usize>,
    pub pinpoint: Option<String>,
    pub mentions: Vec<Mention>,
    pub place: Option<Place>,
}

/// Makes mentions of the pieces that were found at the start of `text`, which
/// goes on from `before`; a place alone has none.
pub(super) fn understand(reader: &Reader, before: &str, text: &str, pieces: &[Piece]) -> Option<Found> {
    let whole = pieces.first()?.range.clone();
    if matches!(pieces.first()?.token, Token::Own | Token::ThisText) {
        let place = own::place(reader, before, text, pieces)?;
        let is_owned = place.says(|pointer| *pointer == own::Pointer::Owned) && !place.pinpoint.is_empty();
        let pinpoint = is_owned.then(|| place.pinpoint.clone());
        return Some(Found { range: whole, pinpoint, mentions: Vec::new(), place: Some(place) });
    }
    let mut mentions = match pieces.iter().position(|p| matches!(p.token, Token::Phrase | Token::Symbols)) {
        Some(at) if pieces[at].token == Token::Phrase => phrase(reader, text, &pieces[at..]),
        // “MC.DEC/5/11 of the Energy Community”
        Some(_) if pieces.iter().any(|piece| piece.token == Token::Another) => return None,
        Some(at) => symbols(text, &pieces[at..]),
        None => Vec::new(),
    };
    // “VI del”: the letters of a series without a number are no symbol.
    let pinpoint = all_pinned(text, pieces);
    if mentions.is_empty() && pinpoint.is_none() {
        return None;
    }
    // “paragraph 7 of the Vilnius Ministerial Council Decision”
    let mut ahead = pieces.iter().take_while(|piece| piece.token != Token::Phrase);
    if let Some(city) = ahead.find(|piece| piece.token == Token::City) {
        for mention in &mut mentions {
            if let Designation::Words(said, ..) = &mut mention.target {
                said.city.get_or_insert_with(|| (text[city.range.clone()].to_owned(), city.range.clone()));
            }
        }
    }
    if let Some(first) = mentions.first_mut() {
        first.words.start = whole.start;
    }
    if let Some(last) = mentions.last_mut() {
        // What it is about may be its title, and whose else it may be is another's words.
        let after = pieces.iter().find(|piece| matches!(piece.token, Token::Told | Token::Foreign));
        last.words.end = after.map_or(whole.end, |after| after.range.start);
    }
    // Behind several numbers it is the last one's.
    let at = pieces.iter().find(|piece| piece.token == Token::Pinpoint).map_or(0, |place| place.range.start);
    let pinned = mentions.iter().rposition(|mention| mention.number.end <= at).unwrap_or(0);
    if let Some(mention) = mentions.get_mut(pinned) {
        mention.pinpoint.clone_from(&pinpoint);
    }
    for date in pieces.iter().filter(|piece| piece.token == Token::Dated) {
        let before = mentions.iter().rposition(|mention| mention.number.start < date.range.start);
        let dated = match before {
            Some(at) => mentions.get_mut(at..=at),
            // “resolutions of 1993 (822, 853 and 874)”
            None => mentions.get_mut(..),
        };
        for mention in dated.into_iter().flatten() {
            mention.dated = Some(date.range.clone());
        }
    }
    Some(Found { range: whole, pinpoint, mentions, place: None })
}

/// Symbols one after the other, `MC.DOC/1/16-4/16`, `MC.DEC/1/16, 3/16`.
fn symbols(text: &str, pieces: &[Piece]) -> Vec<Mention> {
    let mention = |number: &Range<usize>, target| Mention::new(number.clone(), number.clone(), target);
    let mut mentions: Vec<Mention> = Vec::new();
    let mut series: Option<Written> = None;
    let mut organ: Option<char> = None;
    let mut range = false;
    for (at, piece) in pieces.iter().enumerate() {
        match piece.token {
            Token::UnSymbol => {
                if let Some(resolution) = resolution(text, &pieces[at..]) {
                    organ = Some(resolution.organ);
                    mentions.push(mention(&piece.range, Designation::Resolution(resolution, None)));
                }
            }
            Token::LooseSymbol => {
                if let Some(written) = loose(text, &pieces[at..]) {
                    series = Some(written.clone());
                    mentions.push(mention(&piece.range, Designation::Symbol(written, None)));
                }
            }
            Token::SymbolRange => range = true,
            // `S/RES/1325 (2000) and 1540 (2004)`, `A/RES/70/1 and 71/1`
            Token::BracketedYear | Token::Yearly | Token::BareInList if series.is_none() => {
                let number = number(text, &pieces[at..]);
                let resolution = organ.and_then(|organ| number.of(organ));
                let fits = |of: &Resolution| match of.organ {
                    'S' => of.of_session.is_none(),
                    _ => of.of_session.is_some() && of.year.is_none(),
                };
                if let Some(resolution) = resolution.filter(fits) {
                    mentions.push(mention(&piece.range, Designation::Resolution(resolution, None)));
                }
            }
            // `PC.DEC/1063, 1106 and 1202`: one after the other in a series without years.
            Token::BareInList => {
                let (Some(first), Number { serial: Some(serial), .. }) = (&series, number(text, &pieces[at..])) else {
                    continue;
                };
                let before = mentions.last().and_then(|mention| match &mention.target {
                    Designation::Symbol(written, _) => written.meant.number,
                    Designation::Resolution(..) | Designation::Words(..) => None,
                });
                // `PC.DEC/1202 and 1063`, but no years, and not “PC.DEC/1063 and 150 participants”.
                let is_like =
                    |before: u32| before.ilog10() == serial.max(1).ilog10() && !(1900..2100).contains(&serial);
                let is_next = |before: u32| before < serial || before > 0 && is_like(before);
                let Some(before) = before.filter(|before| first.meant.year.is_none() && is_next(*before)) else {
                    continue;
                };
                let in_range = range && before < serial && serial - before < MAX_IN_RANGE;
                let from = if in_range { before + 1 } else { serial };
                for serial in from..=serial {
                    let meant = Symbol { number: Some(serial), ..first.meant.clone() };
                    let target = Designation::Symbol(Written { meant, damaged: first.damaged }, None);
                    mentions.push(mention(&piece.range, target));
                }
            }
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
