//! The readers of references, one a language, behind one door. The build script makes them of the grammars and
//! of the words of the locales; they are a crate of their own since they change seldom.

#![allow(missing_docs, reason = "a token is a rule, and the rules are described in the grammars")]

mod machine;
mod node;

use machine::Program;
use node::{Arm, Class, Node};

pub use machine::Piece;
pub use node::{ALTERNATIVES, Token};

/// A language's parser and words.
pub struct Reader {
    pub tag: &'static str,
    /// The rules for references, in the order in which they are asked.
    pub alternatives: &'static [Alternative],
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
    program: Program,
    /// The steps of what follows a name, of a body or organization, and of what a reference begins with.
    after_name: u32,
    named_body: u32,
    starts: u32,
}

/// A rule for references.
pub struct Alternative {
    step: u32,
}

include!(concat!(env!("OUT_DIR"), "/citation.rs"));

/// The grammars of which the readers are made, by language, as pest reads them.
pub fn grammars() -> &'static [(&'static str, &'static str)] {
    GRAMMARS
}

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
        self.program.may_start(self.starts, text)
    }

    /// What one of the alternatives reads where a text begins.
    pub fn pieces(&self, alternative: &Alternative, text: &str) -> Vec<Piece> {
        self.program.pieces(alternative.step, text)
    }

    /// What follows a name, at the start of a text.
    pub fn after_name(&self, text: &str) -> Vec<Piece> {
        self.program.pieces(self.after_name, text)
    }

    /// A body or organization at the start of a text.
    pub fn named_body(&self, text: &str) -> Vec<Piece> {
        self.program.pieces(self.named_body, text)
    }

    /// A word for a kind, the shortest.
    pub fn kinds_of(&self, letters: &str) -> String {
        let words = self.kinds.iter().filter(|(_, of)| *of == letters).map(|(word, _)| *word);
        words.min_by_key(|word| word.len()).unwrap_or_default().to_owned()
    }

    /// The length of the words for a body of ours with which a text begins.
    pub fn body_at(&self, text: &str) -> Option<usize> {
        let pieces = self.named_body(text);
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
            stands_in(text, &other)
        })
    }

    /// Whether a text says that something was adopted: “approved by 57 votes the”.
    pub fn says_adopting(&self, text: &str) -> bool {
        self.adopting.iter().any(|verb| stands_in(text, verb))
    }
}

/// Whether words stand in a text that no letter or figure touches.
fn stands_in(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, words)| {
        !text[..at].ends_with(char::is_alphanumeric) && !text[at + words.len()..].starts_with(char::is_alphanumeric)
    })
}

/// The letters of symbols for a word.
pub fn look_up(words: &[(&'static str, &'static str)], word: &str) -> Option<&'static str> {
    let folded = folded(word);
    let at = words.binary_search_by(|(known, _)| (*known).cmp(&folded)).ok()?;
    words.get(at).map(|(_, letters)| *letters)
}

/// A word in small letters, with one kind of blanks, apostrophes and hyphens.
fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for part in word.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for sign in part.chars() {
            match sign {
                '\'' => folded.push('’'),
                '‑' => folded.push('-'),
                sign if sign.is_ascii() => folded.push(sign.to_ascii_lowercase()),
                sign => folded.extend(sign.to_lowercase()),
            }
        }
    }
    folded
}
