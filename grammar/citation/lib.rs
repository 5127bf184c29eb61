//! The parsers that pest makes of the grammars of references, one a language,
//! behind one door. They are a crate of their own since they change seldom and take
//! the compiler longer than all the rest.

#![allow(missing_docs, reason = "pest writes one item a rule; the rules are described in the grammars")]

use std::ops::Range;

use pest::Parser;

/// What the grammars tell apart; rules that only help have no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    Pinned,
    Pinpoint,
    PinRange,
    Pin,
    Sub,
    Phrase,
    Body,
    Adjective,
    Kind,
    Compound,
    Meeting,
    City,
    Ordinal,
    Sign,
    NumberRange,
    Yearly,
    BracketedYear,
    Bare,
    BareInList,
    Serial,
    Part,
    Four,
    Dated,
    Restated,
    Foreign,
    /// A body or organization that is none of ours, by its name.
    Another,
    /// Words beside a body of which nobody knows what they say.
    Qualifier,
    /// “UN”, “OSCE” before a kind or a body.
    BeforeBody,
    MoreSub,
    /// What a number is about, as far as whose it is.
    Told,
    Session,
    Letter,
    Special,
    Symbols,
    SymbolRange,
    UnSymbol,
    LooseSymbol,
    OrganLetters,
    TypeLetters,
    Figures,
    OpenFigures,
    RevisedAs,
    RevisedNumber,
    Distribution,
    Own,
    OwnPins,
    OwnSub,
    Within,
    ParagraphWord,
    SubWord,
    SectionWord,
    ChapterWord,
    AnnexWord,
    AttachmentWord,
    TableWord,
    FootnoteWord,
    ArticleWord,
    Above,
    Below,
    Operative,
    ThisText,
    ThisPart,
    ThatText,
    Owner,
}

/// A piece of what was found, its parts after it.
#[derive(Clone, Debug)]
pub struct Piece {
    pub token: Token,
    pub range: Range<usize>,
}

/// A language's parser and words.
pub struct Reader {
    pub tag: &'static str,
    /// The rules for references, in the order in which they are asked.
    pub alternatives: &'static [Alternative],
    /// What follows a name.
    pub after_name: fn(&str) -> Vec<Piece>,
    /// A body or organization at the start of a text.
    pub named_body: fn(&str) -> Vec<Piece>,
    /// Number signs, and names of bodies that are none of ours, the longest
    /// first.
    pub signs: &'static [&'static str],
    pub others: &'static [&'static str],
    /// Articles before a number whose kind was said before and is left out.
    pub elided: &'static [&'static str],
    /// What a body does with what it adopts, the longest first.
    pub adopting: &'static [&'static str],
    /// Words, folded and sorted, each with the letters of symbols.
    pub bodies: &'static [(&'static str, &'static str)],
    pub kinds: &'static [(&'static str, &'static str)],
    pub compounds: &'static [(&'static str, &'static str)],
    pub adjectives: &'static [(&'static str, &'static str)],
    /// What may stand before a place in a text, folded, the longest first: and
    /// what it says of whose place that is.
    pub leads: &'static [(&'static str, &'static str)],
    /// The first two bytes of these, in either case, as bits.
    pub first_bytes: &'static [u64; 1024],
    /// With what a reference may begin, in lower case, sorted, one behind the other; none begins with another.
    pub starts: &'static str,
    /// Where each begins there and how many bytes it has, and which of the alternatives it may be, as bits.
    pub places: &'static [(u32, u8, u8)],
}

/// A rule for references.
pub struct Alternative {
    /// What begins where the text begins.
    pub here: fn(&str) -> Vec<Piece>,
    /// Whether there is a number in it, or a place for one.
    pub has_number: bool,
}

macro_rules! reader {
    () => {
        pub fn pinned(text: &str) -> Vec<Piece> {
            pieces(Rule::pinned_here, text)
        }

        pub fn symbols(text: &str) -> Vec<Piece> {
            pieces(Rule::symbols_here, text)
        }

        pub fn phrase(text: &str) -> Vec<Piece> {
            pieces(Rule::phrase_here, text)
        }

        pub fn own(text: &str) -> Vec<Piece> {
            pieces(Rule::own_here, text)
        }

        pub fn this_text(text: &str) -> Vec<Piece> {
            pieces(Rule::this_text_here, text)
        }

        pub fn after_name(text: &str) -> Vec<Piece> {
            pieces(Rule::after_name, text)
        }

        pub fn named_body(text: &str) -> Vec<Piece> {
            pieces(Rule::named_body, text)
        }

        fn pieces(rule: Rule, text: &str) -> Vec<Piece> {
            let Ok(pairs) = Grammar::parse(rule, text) else { return Vec::new() };
            pairs
                .flatten()
                .filter_map(|pair| {
                    let (start, end) = (pair.as_span().start(), pair.as_span().end());
                    token(pair.as_rule()).map(|token| Piece { token, range: start..end })
                })
                .collect()
        }

        fn token(rule: Rule) -> Option<Token> {
            Some(match rule {
                Rule::pinned => Token::Pinned,
                Rule::pinpoint => Token::Pinpoint,
                Rule::pin_range => Token::PinRange,
                Rule::pin => Token::Pin,
                Rule::sub => Token::Sub,
                Rule::phrase => Token::Phrase,
                Rule::body => Token::Body,
                Rule::adjective => Token::Adjective,
                Rule::kind => Token::Kind,
                Rule::compound => Token::Compound,
                Rule::meeting_in => Token::Meeting,
                Rule::city => Token::City,
                Rule::ordinal => Token::Ordinal,
                Rule::sign => Token::Sign,
                Rule::number_range => Token::NumberRange,
                Rule::yearly => Token::Yearly,
                Rule::bracketed_year | Rule::session_number | Rule::special_number | Rule::lettered => {
                    Token::BracketedYear
                }
                Rule::bare => Token::Bare,
                Rule::bare_in_list => Token::BareInList,
                Rule::serial | Rule::long_serial => Token::Serial,
                Rule::part => Token::Part,
                Rule::four => Token::Four,
                Rule::dated | Rule::dated_on | Rule::dated_in | Rule::dated_year => Token::Dated,
                Rule::other => Token::Another,
                Rule::qualifier | Rule::after_qualifier => Token::Qualifier,
                Rule::before_body => Token::BeforeBody,
                Rule::more_sub => Token::MoreSub,
                Rule::told_of | Rule::told_there => Token::Told,
                Rule::session => Token::Session,
                Rule::ga_letter => Token::Letter,
                Rule::special => Token::Special,
                Rule::restated => Token::Restated,
                Rule::foreign => Token::Foreign,
                Rule::symbols => Token::Symbols,
                Rule::symbol_range => Token::SymbolRange,
                Rule::un_symbol => Token::UnSymbol,
                Rule::loose_symbol => Token::LooseSymbol,
                Rule::organ_letters => Token::OrganLetters,
                Rule::type_letters => Token::TypeLetters,
                Rule::figures => Token::Figures,
                Rule::open_figures => Token::OpenFigures,
                Rule::revised_as => Token::RevisedAs,
                Rule::revised_number => Token::RevisedNumber,
                Rule::reading => Token::Distribution,
                Rule::own => Token::Own,
                Rule::own_pins => Token::OwnPins,
                Rule::own_sub => Token::OwnSub,
                Rule::within => Token::Within,
                Rule::part_range => Token::PinRange,
                Rule::part_pin | Rule::part_letter => Token::Pin,
                Rule::paragraph_word => Token::ParagraphWord,
                Rule::sub_word => Token::SubWord,
                Rule::section_word => Token::SectionWord,
                Rule::chapter_word => Token::ChapterWord,
                Rule::annex_word => Token::AnnexWord,
                Rule::attachment_word => Token::AttachmentWord,
                Rule::table_word => Token::TableWord,
                Rule::footnote_word => Token::FootnoteWord,
                Rule::article_word => Token::ArticleWord,
                Rule::above => Token::Above,
                Rule::below => Token::Below,
                Rule::operative | Rule::operative_part => Token::Operative,
                Rule::this_text => Token::ThisText,
                Rule::this_part => Token::ThisPart,
                Rule::that_text | Rule::thereof => Token::ThatText,
                Rule::owner => Token::Owner,
                _ => return None,
            })
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/citation.rs"));

impl Reader {
    /// The reader of a language.
    pub fn of(tag: &str) -> Option<&'static Reader> {
        READERS.iter().find(|reader| reader.tag == tag)
    }

    /// Which of the alternatives may begin with these words, as bits.
    pub fn may_start(&self, text: &str) -> u8 {
        let [first, second, ..] = *text.as_bytes() else { return 0 };
        // Any two capitals may be the letters of a body.
        if first.is_ascii_uppercase() && second.is_ascii_uppercase() {
            return u8::MAX;
        }
        let at = usize::from(first) << 8 | usize::from(second);
        let seen = self.first_bytes.get(at >> 6).is_some_and(|bits| bits >> (at & 63) & 1 == 1);
        if seen { self.starting(text) } else { 0 }
    }

    /// A word for a kind, the shortest.
    pub fn kinds_of(&self, letters: &str) -> String {
        let words = self.kinds.iter().filter(|(_, of)| *of == letters).map(|(word, _)| *word);
        words.min_by_key(|word| word.len()).unwrap_or_default().to_owned()
    }

    /// The length of the words for a body of ours with which a text begins.
    pub fn body_at(&self, text: &str) -> Option<usize> {
        let pieces = (self.named_body)(text);
        let ours = pieces.iter().all(|piece| piece.token != Token::Another);
        pieces.iter().find(|piece| ours && piece.token == Token::Body).map(|piece| piece.range.end)
    }

    /// Whether a text names a body that is none of ours.
    pub fn another_in(&self, text: &str) -> bool {
        let folded = text.to_lowercase();
        self.others.iter().any(|other| {
            let (text, other) = if other.chars().any(char::is_lowercase) {
                (&*folded, other.to_lowercase())
            } else {
                (text, (*other).to_owned())
            };
            text.match_indices(other.as_str()).any(|(at, other)| {
                !text[..at].ends_with(char::is_alphanumeric)
                    && !text[at + other.len()..].starts_with(char::is_alphanumeric)
            })
        })
    }

    fn starting(&self, text: &str) -> u8 {
        let mut folded = String::with_capacity(4 * COMPARED);
        for c in text.chars().take(COMPARED) {
            match c {
                c if c.is_ascii() => folded.push(if c == '\t' { ' ' } else { c.to_ascii_lowercase() }),
                '\u{A0}' | '\u{202F}' | '\u{2007}' | '\u{2009}' => folded.push(' '),
                c => folded.extend(c.to_lowercase()),
            }
        }
        let start = |(from, length, _): &(u32, u8, u8)| {
            let from = *from as usize;
            self.starts.get(from..from + usize::from(*length)).unwrap_or_default()
        };
        let at = self.places.partition_point(|place| start(place) <= folded.as_str());
        let before = at.checked_sub(1).and_then(|at| self.places.get(at));
        before.filter(|place| folded.starts_with(start(place))).map_or(0, |(.., bits)| *bits)
    }
}

/// How many characters the longest of the beginnings has.
const COMPARED: usize = 8;

/// The letters of symbols for a word.
pub fn look_up(words: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    let folded =
        word.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ").replace('\'', "’").replace('‑', "-");
    let at = words.binary_search_by(|(known, _)| (*known).cmp(&folded)).ok()?;
    words.get(at).map(|(_, letters)| *letters)
}
