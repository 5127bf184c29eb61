//! Where references are looked for in a text.

use super::left::is_one_off;
use super::mention::{Designation, Mention};
use super::own::{Place, Step};
use super::pinpoint::all_pinned;
use super::understand::{Found, understand};
use chancery_citation::{ALTERNATIVES, Reader, Token, look_up};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How many bytes the grammar is shown at first; a phrase that reaches their
/// end is read again with more.
const WINDOW: usize = 512;
/// No phrase is read further: a list that long is no sentence.
const WIDEST: usize = 256 << 10;
/// So near to the end of what was shown, more might have been read.
const MARGIN: usize = 96;

/// What was read at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Its bytes in the text.
    pub range: std::ops::Range<usize>,
    /// A pinpoint before it; alone where what it points at is known by name.
    pub pinpoint: Option<String>,
    /// The instruments.
    pub mentions: Vec<Mention>,
    /// A place in a text of which nothing here says whose it is.
    pub place: Option<Place>,
}

/// What follows the name of an instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foreign {
    /// A pinpoint, and how many bytes it takes.
    pub pinpoint: Option<(String, usize)>,
    /// Whether the name goes on with another owner (“of the Assembly”).
    pub of_another: bool,
    /// A date: its bytes behind the name.
    pub dated: Option<std::ops::Range<usize>>,
}

/// The references in a text of a language, in their order. A text in a language
/// without a grammar has none.
pub fn mentions(text: &str, language: &str) -> Vec<Stretch> {
    let Some(reader) = Reader::of(language) else { return Vec::new() };
    let numbered = ALTERNATIVES.iter().enumerate().filter(|(_, (_, has_number))| *has_number);
    let numbered: u8 = numbered.map(|(at, _)| 1 << at).sum();
    let mut next_number = 0;
    read(text, reader, |word| {
        if next_number < word {
            next_number = number_from(text, word);
        }
        let rest = &text[word..];
        let bits = if is_letter(rest) { u8::MAX } else { reader.may_start(rest) };
        if next_number - word > WINDOW { bits & !numbered } else { bits }
    })
}

/// The same, with the grammar asked at every word: slow, and to be compared
/// with.
pub fn mentions_everywhere(text: &str, language: &str) -> Vec<Stretch> {
    Reader::of(language).map(|reader| read(text, reader, |_| u8::MAX)).unwrap_or_default()
}

/// Where the next figure stands, or a place for one that is not given yet.
fn number_from(text: &str, from: usize) -> usize {
    let is_one = |c: char| c.is_ascii_digit() || matches!(c, '[' | 'X' | '…');
    text[from..].find(is_one).map_or(text.len() + WINDOW + 1, |at| from + at)
}

/// `may_start` says which of the alternatives may begin at a word, as bits.
fn read(text: &str, reader: &Reader, mut may_start: impl FnMut(usize) -> u8) -> Vec<Stretch> {
    let mut readings = Vec::new();
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        let rest = &text[word..];
        at = word + first_length(rest);
        let asked = may_start(word);
        if asked == 0 {
            continue;
        }
        if let Some(mut found) = read_here(&text[..word], rest, reader, asked) {
            // What follows “this” may be the kind of an instrument.
            if found.place.as_ref().is_none_or(|place| !place.steps.is_empty()) {
                at = at.max(word + found.range.end);
            }
            let shift = |range: &mut std::ops::Range<usize>| *range = range.start + word..range.end + word;
            shift(&mut found.range);
            for mention in &mut found.mentions {
                shift(&mut mention.words);
                shift(&mut mention.number);
                if let Some(dated) = &mut mention.dated {
                    shift(dated);
                }
                if let Designation::Words(said, ..) | Designation::Symbol(_, Some(said)) = &mut mention.target {
                    said.city.iter_mut().chain(&mut said.qualifier).for_each(|(_, place)| shift(place));
                }
            }
            if let Some(place) = &mut found.place {
                shift(&mut place.words);
                let of_step =
                    |step: &mut Step| step.word.iter_mut().chain(&mut step.pins).chain(&mut step.subs).for_each(shift);
                place.steps.iter_mut().for_each(of_step);
                place.this.iter_mut().for_each(shift);
            }
            let Found { range, pinpoint, mentions, place } = found;
            readings.push(Stretch { range, pinpoint, mentions, place });
        }
    }
    readings
}

/// `c)`: the letter of a sub-paragraph.
fn is_letter(text: &str) -> bool {
    let near = &text.as_bytes()[..text.len().min(MOST_LETTERS * LONGEST_LETTER + 1)];
    // Few words are that short: no letter of the others is looked up.
    let bracket = near.iter().position(|byte| *byte == b')');
    let letters = bracket.and_then(|at| text.get(..at)).unwrap_or_default();
    (1..=MOST_LETTERS).contains(&letters.chars().count()) && letters.chars().all(char::is_alphabetic)
}

/// `viii`
const MOST_LETTERS: usize = 4;
/// In bytes of UTF-8.
const LONGEST_LETTER: usize = 4;

/// A body or an organization that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBody {
    /// Where it stands.
    pub words: std::ops::Range<usize>,
    /// Its words.
    pub name: String,
    /// The letters of its symbols; none of one that is not ours.
    pub body: Option<&'static str>,
}

/// The bodies and organizations that a text names, in their order.
pub fn named_bodies(text: &str, language: &str) -> Vec<NamedBody> {
    let Some(reader) = Reader::of(language) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = next_word(text, at) {
        let rest = &text[word..];
        at = word + first_length(rest);
        if !rest.starts_with(char::is_uppercase) {
            continue;
        }
        let pieces = reader.named_body(rest);
        let Some(end) = pieces.iter().map(|piece| piece.range.end).max() else { continue };
        let is_another = pieces.iter().any(|piece| piece.token == Token::Another);
        let body = pieces.iter().find(|piece| piece.token == Token::Body && !is_another);
        let body = body.and_then(|piece| look_up(reader.bodies, &rest[piece.range.clone()]));
        found.push(NamedBody { words: word..word + end, name: rest[..end].to_owned(), body });
        at = word + end;
    }
    found
}

/// Whether the words at the end of a text, or at the start of what follows, are
/// known to be of none of ours.
pub fn names_another(text: &str, language: &str) -> bool {
    Reader::of(language).is_some_and(|reader| reader.another_in(text))
}

/// Whether the name of a body that is none of ours stands at the end of a text.
pub fn ends_with_another(text: &str, language: &str) -> bool {
    let Some(reader) = Reader::of(language) else { return false };
    let rests = reader.others.iter().filter_map(|other| text.strip_suffix(other));
    rests.into_iter().any(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// Whether a text ends with a body that is none of ours adopting what follows: “the
/// Council of Europe adopted”, “nahm der Europarat den”.
pub fn taken_by_another(before: &str, language: &str) -> bool {
    let Some(reader) = Reader::of(language) else { return false };
    let before = before.trim_end();
    let article = before.rfind(char::is_whitespace).map_or("", |blank| before[..blank].trim_end());
    let verb_of = |text: &str| {
        let near = &text[text.ceil_char_boundary(text.len().saturating_sub(SUBJECT))..];
        let rests = reader.adopting.iter().filter_map(|verb| near.strip_suffix(verb));
        let mut clauses = rests.map(|rest| rest.rsplit(['.', ';', ':']).next().unwrap_or_default().to_owned());
        clauses.find(|rest| rest.ends_with(char::is_whitespace))
    };
    let clause = verb_of(before).or_else(|| verb_of(article));
    clause.is_some_and(|clause| named_bodies(&clause, language).last().is_some_and(|named| named.body.is_none()))
}

/// Whether a text says that something was adopted: “approved by 57 votes the”.
pub fn says_adopting(text: &str, language: &str) -> bool {
    Reader::of(language).is_some_and(|reader| reader.says_adopting(text))
}

/// Whether a text has a word of the name of a body of ours with a capital, “of the Council”, or an adjective for
/// one, “of the ministerial meeting”.
pub fn has_a_body_word(text: &str, language: &str) -> bool {
    let Some(reader) = Reader::of(language) else { return false };
    let is_one = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let folded = word.to_lowercase();
        look_up(reader.adjectives, word).is_some()
            || word.starts_with(char::is_uppercase)
                && folded.chars().count() >= BODY_WORD
                && reader.bodies.iter().any(|(name, _)| name.split(' ').next() == Some(folded.as_str()))
    };
    text.split_whitespace().any(is_one)
}

/// Shorter words of the names of bodies join others.
const BODY_WORD: usize = 4;

/// Whether a word is an article that stands before a kind.
pub fn is_article(word: &str, language: &str) -> bool {
    Reader::of(language).is_some_and(|reader| reader.elided.contains(&word.to_lowercase().as_str()))
}

/// How far before its verb a body is looked for, in bytes.
const SUBJECT: usize = 160;

/// Words that differ by a letter or an accent from the name of a body of ours, and the name.
pub fn slip_of_a_body(text: &str, language: &str) -> Option<(String, String)> {
    let reader = Reader::of(language)?;
    let long = |name: &&str| name.chars().count() >= LONG_NAME;
    let plain = |word: &str| -> Vec<char> {
        let letters = word.to_lowercase().replace(['-', '‑'], " ");
        letters.nfd().filter(|c| !is_combining_mark(*c)).collect()
    };
    let names = reader.bodies.iter().map(|(name, _)| *name).filter(long);
    let names: Vec<(&str, Vec<char>)> = names.map(|name| (name, plain(name))).collect();
    let starts =
        text.char_indices().filter(|(at, c)| c.is_uppercase() && !text[..*at].ends_with(char::is_alphanumeric));
    for (start, _) in starts {
        let rest = &text[start..];
        for (name, meant) in &names {
            let count = name.split(' ').count();
            let blanks = rest.char_indices().filter(|(_, c)| c.is_whitespace());
            let end = blanks.map(|(at, _)| at).chain([rest.len()]).nth(count - 1).unwrap_or(rest.len());
            for end in [end, rest.find(char::is_whitespace).unwrap_or(rest.len())] {
                let words = rest[..end].trim_end_matches(|c: char| !c.is_alphanumeric());
                let said = plain(words);
                if words.to_lowercase() != **name && (said == *meant || is_one_off(&said, meant)) {
                    return Some((words.to_owned(), (*name).to_owned()));
                }
            }
        }
    }
    None
}

/// Shorter names of bodies may be other words with a letter changed.
const LONG_NAME: usize = 9;

/// Words for kinds in a text, each with the letters of symbols.
pub fn kind_words(text: &str, language: &str) -> Vec<(std::ops::Range<usize>, &'static str)> {
    let Some(reader) = Reader::of(language) else { return Vec::new() };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_word(text, at) {
        let rest = &text[start..];
        let length = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '‑'))).unwrap_or(rest.len());
        let word = &rest[..length];
        let of = look_up(reader.kinds, word).or_else(|| look_up(reader.compounds, word)?.split('.').nth(1));
        if let Some(letters) = of {
            found.push((start..start + length, letters));
        }
        at = start + length.max(first_length(rest));
    }
    found
}

fn first_length(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// Where the next word begins: a letter or figure, or the sign of a paragraph, with none before it.
pub fn next_word(text: &str, from: usize) -> Option<usize> {
    let mut inside = text[..from].chars().next_back().is_some_and(is_of_a_word);
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        let (letter, length) = match byte {
            // “§ 40 of” begins with its sign.
            0xC2 if bytes.get(at + 1) == Some(&0xA7) => (true, 2),
            0..0x80 => (byte.is_ascii_alphanumeric(), 1),
            // Cyrillic up to U+047F: letters all.
            0xD0 | 0xD1 => (true, 2),
            _ => {
                let sign = text[at..].chars().next()?;
                (sign.is_alphanumeric(), sign.len_utf8())
            }
        };
        if letter && !inside {
            return Some(at);
        }
        inside = letter;
        at += length;
    }
    None
}

/// A letter or figure; those that are most of a text are told without a look at tables.
fn is_of_a_word(sign: char) -> bool {
    match sign {
        '\0'..='\u{7F}' => sign.is_ascii_alphanumeric(),
        // Cyrillic up to U+047F: letters all.
        '\u{400}'..='\u{47F}' => true,
        _ => sign.is_alphanumeric(),
    }
}

/// Asks those of the alternatives whose bit is set.
fn read_here(before: &str, text: &str, reader: &Reader, asked: u8) -> Option<Found> {
    let mut window = WINDOW;
    let rules = reader.alternatives.iter().enumerate().filter(|(at, _)| asked >> at & 1 == 1);
    loop {
        let shown = &text[..text.floor_char_boundary(window)];
        let found = rules.clone().map(|(_, rule)| reader.pieces(rule, shown)).find(|pieces| !pieces.is_empty());
        let pieces = found.unwrap_or_default();
        let end = pieces.first().map_or(0, |piece| piece.range.end);
        if shown.len() < text.len() && end + MARGIN > shown.len() && window < WIDEST {
            window *= 4;
            continue;
        }
        return understand(reader, before, text, &pieces);
    }
}

/// What follows the name of an instrument, at the start of `text`.
pub fn after_name(text: &str, language: &str) -> Foreign {
    let Some(reader) = Reader::of(language) else { return Foreign::default() };
    let shown = &text[..text.floor_char_boundary(WINDOW)];
    let pieces = reader.after_name(shown);
    let end = pieces.iter().rev().find(|piece| piece.token == Token::Pinpoint).map(|place| place.range.end);
    Foreign {
        pinpoint: all_pinned(shown, &pieces).zip(end),
        of_another: pieces.iter().any(|piece| piece.token == Token::Foreign),
        dated: pieces.iter().find(|piece| piece.token == Token::Dated).map(|piece| piece.range.clone()),
    }
}
