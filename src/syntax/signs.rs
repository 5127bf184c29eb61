//! What a text is read as, whatever bytes a keyboard, a word processor or a
//! system wrote it with: composed letters, hyphens that say where a line may
//! break, and signs that say nothing.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::ast::{Hyphen, Inline, Word};
use super::line::is_dropped;
use crate::source::Span;

/// Signs that turn the direction of what stands around them: an editor then shows
/// a text in another order than the page. None of the languages needs them.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The hyphen that a sign is; U+001E and U+001F are those that a word processor
/// writes into plain text.
fn hyphen(c: char) -> Option<Hyphen> {
    match c {
        '\u{2011}' | '\u{1E}' => Some(Hyphen::NoBreak),
        '\u{AD}' | '\u{1F}' => Some(Hyphen::Soft),
        _ => None,
    }
}

/// Whether a sign is a hyphen that a word processor writes as a control character.
pub(super) fn is_pasted_hyphen(c: char) -> bool {
    matches!(c, '\u{1E}' | '\u{1F}')
}

/// Whether a text is what it is read as. Letters below the combining marks, and
/// those of Greek and Cyrillic beside a few signs, are composed whatever follows.
fn is_plain(text: &str) -> bool {
    let is_common = |c: char| match c {
        '\u{1E}' | '\u{1F}' | '\u{AD}' => false,
        '\0'..='\u{2FF}' | '\u{388}'..='\u{482}' | '\u{48A}'..='\u{52F}' | '\u{2012}'..='\u{2027}' | '\u{2116}' => true,
        _ => false,
    };
    text.chars().all(is_common)
}

/// Calls `take` for each stretch of a text that is read in one way: where it
/// stands, and as what.
fn stretches<'t>(text: &'t str, take: &mut dyn FnMut(std::ops::Range<usize>, Sign<'t>)) {
    if is_plain(text) {
        return take(0..text.len(), Sign::Words(Cow::Borrowed(text)));
    }
    let mut start = 0;
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let mut end = at + c.len_utf8();
        let other = match hyphen(c) {
            Some(hyphen) => Some(Sign::Hyphen(hyphen)),
            None if is_dropped(c) || turns_direction(c) => Some(Sign::Nothing),
            None => {
                while let Some((mark, sign)) = signs.next_if(|(_, next)| joins(*next)) {
                    end = mark + sign.len_utf8();
                }
                let letter = &text[at..end];
                let composed: String = letter.nfc().collect();
                (composed != letter).then_some(Sign::Words(Cow::Owned(composed)))
            }
        };
        if let Some(other) = other {
            if start < at {
                take(start..at, Sign::Words(Cow::Borrowed(&text[start..at])));
            }
            take(at..end, other);
            start = end;
        }
    }
    if start < text.len() {
        take(start..text.len(), Sign::Words(Cow::Borrowed(&text[start..])));
    }
}

/// Whether a sign makes one letter with what stands before it.
fn joins(c: char) -> bool {
    c >= '\u{300}'
        && (is_combining_mark(c) || canonical_combining_class(c) != 0 || matches!(c, '\u{1161}'..='\u{11FF}'))
}

/// What a stretch of a text is read as.
enum Sign<'t> {
    Words(Cow<'t, str>),
    Hyphen(Hyphen),
    Nothing,
}

/// Reads a text that is words and nothing else, and gives its pieces to `take`. Of
/// what does not stand at its place byte by byte, each piece has all of it.
pub(super) fn read(text: &str, place: Span, take: &mut dyn FnMut(Inline)) {
    let is_verbatim = place.range().len() == text.len();
    stretches(text, &mut |range, sign| {
        let span = match &sign {
            // Marks in another order are as many bytes as before, and other ones: a place of
            // another length says that its bytes are not those of the words.
            Sign::Words(Cow::Owned(words)) if is_verbatim && words.len() == range.len() => {
                let first = text[range.clone()].chars().next().map_or(0, char::len_utf8);
                place.part(range.start..range.start + first)
            }
            _ if is_verbatim => place.part(range),
            _ => place,
        };
        match sign {
            Sign::Words(words) if is_verbatim => take(Inline::Text(Word { text: words.into_owned(), span })),
            Sign::Words(words) => take(Inline::Filled { span, text: words.into_owned(), gap: false }),
            Sign::Hyphen(hyphen) => take(Inline::Hyphen(span, hyphen)),
            Sign::Nothing => {}
        }
    });
}

/// A text that is words and nothing else, read.
pub(crate) fn words_at(text: &str, place: Span) -> Vec<Inline> {
    let mut out = Vec::new();
    read(text, place, &mut |inline| out.push(inline));
    out
}

/// The words of a text as checks compare them and lines of a letterhead print them.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    stretches(text, &mut |_, sign| match sign {
        Sign::Words(words) => out.push_str(&words),
        Sign::Hyphen(Hyphen::NoBreak) => out.push('-'),
        Sign::Hyphen(Hyphen::Soft) | Sign::Nothing => {}
    });
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn letters_are_composed_and_signs_say_what_they_mean() {
        for (typed, read) in [
            ("De\u{301}cision", "Décision"),
            ("\u{438}\u{306}", "й"),
            ("co\u{2011}op, co\u{1E}op", "co-op, co-op"),
            ("Entschlossen\u{AD}heit\u{200B}", "Entschlossenheit"),
            ("a\u{202E}b\u{200F}", "ab"),
            ("q\u{302} stays", "q\u{302} stays"),
            ("\u{212B}", "Å"),
            ("plain № 5 – «да»", "plain № 5 – «да»"),
        ] {
            assert_eq!(composed(typed), read);
        }
    }

    #[test]
    fn marks_in_another_order_do_not_stand_at_their_bytes() {
        let text = "ma\u{301}\u{323}";
        let place = Span::new(FileId(0), 0..text.len());
        let pieces = words_at(text, place);
        assert!(
            matches!(&pieces[1], Inline::Text(word) if word.text == "\u{1EA1}\u{301}" && &text[word.span.range()] == "a")
        );
    }

    #[test]
    fn places_lead_back_to_the_bytes() {
        let text = "la De\u{301}cision co\u{2011}op";
        let place = Span::new(FileId(0), 0..text.len());
        let pieces: Vec<(String, &str)> = words_at(text, place)
            .into_iter()
            .map(|piece| match piece {
                Inline::Text(word) => (word.text, &text[word.span.range()]),
                other => ("-".to_owned(), &text[other.span().range()]),
            })
            .collect();
        let shown: Vec<(&str, &str)> = pieces.iter().map(|(read, typed)| (read.as_str(), *typed)).collect();
        let expected =
            [("la D", "la D"), ("é", "e\u{301}"), ("cision co", "cision co"), ("-", "\u{2011}"), ("op", "op")];
        assert_eq!(shown, expected);
    }
}
