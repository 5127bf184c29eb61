//! Places in a text that are named in words, “paragraph 6 above”, with nothing
//! yet said of which text it is.

use std::ops::Range;

use super::pinpoint::{figures_in_parentheses, pinned};
use chancery_citation::{Piece, Reader, Token, look_up};

/// A place in a text, or the text itself (“this Declaration”).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its words in the text, in bytes.
    pub words: Range<usize>,
    /// What it is called, one inside the other in the order of the words; none
    /// of the text itself.
    pub steps: Vec<Step>,
    /// What is said of whose place it is, and where.
    pub pointers: Vec<Pointer>,
    /// The place in one spelling, as a pinpoint of an instrument.
    pub pinpoint: String,
    /// Where the text itself is named: “this Declaration”.
    pub this: Option<Range<usize>>,
}

/// “paragraphs 3 and 5(a)”, “Annex 2”
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is said to be.
    pub part: PartWord,
    /// The word that says so; none of “(c) above”.
    pub word: Option<Range<usize>>,
    /// Its numbers; none of an annex without one.
    pub pins: Vec<Range<usize>>,
    /// Whether all between two numbers is meant.
    pub is_range: bool,
    /// Letters that are said before the number, “(c) of paragraph 1”, or alone.
    pub subs: Vec<Range<usize>>,
}

/// What a place is said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum PartWord {
    Paragraph,
    SubParagraph,
    Section,
    Chapter,
    Annex,
    Attachment,
    Table,
    Footnote,
    Article,
}

/// What is said of whose place it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// “above”
    Above,
    /// “below”
    Below,
    /// “operative”
    Operative,
    /// “of this Declaration”, by the letters of its kind; none of “this text”.
    ThisText(Option<&'static str>),
    /// “of this Annex”
    ThisPart(PartWord),
    /// “of that Decision”, “thereof”
    That(Option<&'static str>),
    /// “its”
    Its,
    /// “preambular”: it has no number of the text.
    Unnumbered,
    /// “the”
    Definite,
    /// “of the …”: something else follows, or may.
    Owned,
}

impl Place {
    /// Whether something is said of whose place it is.
    pub fn says(&self, asked: impl Fn(&Pointer) -> bool) -> bool {
        self.pointers.iter().any(asked)
    }
}

/// Makes a place of the pieces that were found at the start of `text`; `before`
/// stands before it.
pub(super) fn place(reader: &Reader, before: &str, text: &str, pieces: &[Piece]) -> Option<Place> {
    let whole = pieces.first()?;
    let inside = |piece: &&Piece, of: &Range<usize>| piece.range.start >= of.start && piece.range.end <= of.end;
    let mut place = Place {
        words: whole.range.clone(),
        steps: Vec::new(),
        pointers: Vec::new(),
        pinpoint: String::new(),
        this: None,
    };
    let kind = |of: &Range<usize>| {
        let kind = pieces.iter().find(|piece| piece.token == Token::Kind && inside(piece, of))?;
        look_up(reader.kinds, &text[kind.range.clone()])
    };
    for piece in pieces {
        let pointer = match piece.token {
            Token::OwnPins | Token::Within => {
                let step = step(pieces.iter().filter(|other| inside(other, &piece.range)))?;
                // Of two the last is the one that a name stands beside. The number of an
                // annex is no paragraph of what it is annexed to.
                let is_annexed =
                    matches!(step.part, PartWord::Annex | PartWord::Attachment | PartWord::Table | PartWord::Footnote);
                place.pinpoint = if is_annexed { String::new() } else { pinned(text, pieces, &piece.range) };
                place.steps.push(step);
                continue;
            }
            Token::Above => Pointer::Above,
            Token::Below => Pointer::Below,
            Token::Operative => Pointer::Operative,
            Token::ThisText => {
                place.this = Some(piece.range.clone());
                Pointer::ThisText(kind(&piece.range))
            }
            Token::ThisPart => {
                let word = pieces.iter().filter(|other| inside(other, &piece.range)).find_map(part_word)?;
                Pointer::ThisPart(word)
            }
            Token::ThatText => Pointer::That(kind(&piece.range)),
            Token::Owner => {
                place.words.end = piece.range.start;
                Pointer::Owned
            }
            _ => continue,
        };
        place.pointers.push(pointer);
    }
    place.pointers.extend(lead(reader, before));
    Some(place)
}

fn step<'p>(pieces: impl Iterator<Item = &'p Piece> + Clone) -> Option<Step> {
    let of = |token: Token| pieces.clone().filter(move |piece| piece.token == token).map(|piece| piece.range.clone());
    // “sub-paragraph (c) of paragraph 1” is said by its last word.
    let word = pieces.clone().filter_map(|piece| Some((part_word(piece)?, piece.range.clone()))).last();
    let (part, word) = word.map_or((PartWord::SubParagraph, None), |(part, word)| (part, Some(word)));
    Some(Step {
        part,
        word,
        pins: of(Token::Pin).collect(),
        is_range: of(Token::PinRange).next().is_some(),
        subs: of(Token::Sub).chain(of(Token::OwnSub)).collect(),
    })
}

fn part_word(piece: &Piece) -> Option<PartWord> {
    Some(match piece.token {
        Token::ParagraphWord => PartWord::Paragraph,
        Token::SubWord => PartWord::SubParagraph,
        Token::SectionWord => PartWord::Section,
        Token::ChapterWord => PartWord::Chapter,
        Token::AnnexWord => PartWord::Annex,
        Token::AttachmentWord => PartWord::Attachment,
        Token::TableWord => PartWord::Table,
        Token::FootnoteWord => PartWord::Footnote,
        Token::ArticleWord => PartWord::Article,
        _ => return None,
    })
}

/// So much of what stands before a place is looked at, in bytes.
const LOOKED_AT: usize = 48;

/// What the words right before a place say of it: “its paragraph 3”, “the above
/// paragraph 3”.
fn lead(reader: &Reader, before: &str) -> Option<Pointer> {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LOOKED_AT))..];
    let folded = near.to_lowercase().replace('\'', "’").replace('‑', "-");
    let apart = folded.ends_with(char::is_whitespace);
    let words = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends_so = |word: &str| {
        let fits = if word.ends_with('’') { !apart } else { apart };
        let rest = words.strip_suffix(word);
        fits && rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    let (_, says) = reader.leads.iter().find(|(word, _)| ends_so(word))?;
    Some(match *says {
        "above" => Pointer::Above,
        "below" => Pointer::Below,
        "its" => Pointer::Its,
        "unnumbered" => Pointer::Unnumbered,
        _ => Pointer::Definite,
    })
}

/// The numbers that a pin says, the outermost first: `5(a)` and `5 a)` are `5`
/// and `a`, `3 bis` is one. None of a place in the Rules of Procedure.
pub fn numbers(pin: &str) -> Option<Vec<String>> {
    let pin = figures_in_parentheses(pin).unwrap_or(pin.trim());
    let end = pin.find(['(', ')']).unwrap_or(pin.len());
    let mut head = pin[..end].trim();
    let mut rest = &pin[end..];
    let mut all = Vec::new();
    // `5 a)`: the letter before the bracket is none of the number.
    if rest.starts_with(')') {
        let letter = head.trim_end_matches(char::is_alphabetic).len();
        rest = &pin[letter..];
        head = head[..letter].trim();
    }
    if head.contains('.') && head.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if !head.is_empty() {
        all.push(head.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    let subs = rest.split(['(', ')']).map(str::trim).filter(|sub| !sub.is_empty());
    all.extend(subs.map(str::to_owned));
    (!all.is_empty()).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn the_numbers_of_a_pin() {
        let of = |pin: &str| numbers(pin).unwrap_or_default().join("/");
        assert_eq!(of("5(a)(ii)"), "5/a/ii");
        assert_eq!(of("5 a)"), "5/a");
        assert_eq!(of("5 (a) (i)"), "5/a/i");
        assert_eq!(of("3\u{A0}bis"), "3 bis");
        assert_eq!(of("(c)"), "c");
        assert_eq!(of("II.A"), "II.A");
        assert_eq!(numbers("IV.1(A)6"), None);
    }
}
