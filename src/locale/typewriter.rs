//! What a typewriter's marks stand for: `"` and `'` are opening marks, closing
//! marks and apostrophes, and only what stands around them tells which.

use std::ops::Range;

use super::{Quotes, signs};

/// So many quotations may stand in each other; of the marks of more nothing is told.
const MAX_DEPTH: usize = 32;
/// So many marks may stand side by side.
const MAX_BESIDE: usize = 8;

/// A typewriter's mark in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Its place in the text.
    pub at: usize,
    /// `"` or `'`
    pub sign: char,
    /// Whether it is an apostrophe, as far as can be told.
    pub is_apostrophe: bool,
    /// What print has in its place; none where that cannot be told.
    pub print: Option<Print>,
}

/// What print has in the place of a typewriter's mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// The mark alone.
    pub mark: String,
    /// What is replaced: the mark, and the blanks between it and the words.
    pub range: Range<usize>,
    /// The mark with the space that the language sets inside.
    pub with: String,
}

/// Where a mark can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Before a word.
    Opens,
    /// After a word.
    Closes,
    /// Between blanks, or where both could be.
    Either,
    /// Inside a word.
    Within,
}

/// A mark while the pairs are sought.
#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    sign: char,
    side: Side,
}

/// What was found of a mark.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    Nothing,
    Apostrophe,
    /// It has another mark as its pair, by its number; and how many pairs of its
    /// kind stand around it.
    Pair {
        other: usize,
        opens: bool,
        around: usize,
    },
}

impl Quotes {
    /// The typewriter's marks of a text and what they stand for by their pairs;
    /// those for which `passed` holds are none.
    pub fn typed(&self, text: &str, passed: &dyn Fn(usize) -> bool) -> Vec<Typed> {
        let marks = self.marks(text, passed);
        let found = self.pairs(text, &marks);
        let is = |sign: char, what: &dyn Fn(&Mark, Found) -> bool| {
            marks.iter().zip(&found).any(|(mark, found)| mark.sign == sign && what(mark, *found))
        };
        let open_double = is('"', &|_, found| found == Found::Nothing);
        let open_single = is('\'', &|_, found| found == Found::Nothing);
        // An apostrophe at the end of a word looks as a closing mark does.
        let trailing = is('\'', &|mark, found| found == Found::Apostrophe && mark.side == Side::Closes);
        let single_pairs = is('\'', &|_, found| matches!(found, Found::Pair { .. }));
        let mut typed = Vec::new();
        for (mark, what) in marks.iter().zip(&found).filter(|(mark, _)| matches!(mark.sign, '"' | '\'')) {
            let alike = self.inner_close == "’";
            let print = match what {
                Found::Nothing => None,
                Found::Apostrophe if mark.side == Side::Closes && !alike && single_pairs => None,
                Found::Apostrophe => Some(plain(mark.at, "’")),
                Found::Pair { other, opens, around } => {
                    let Some(pair) = marks.get(*other) else { continue };
                    let is_loose = mark.side == Side::Either || pair.side == Side::Either;
                    let is_sure = match mark.sign {
                        '"' => !(is_loose && open_double),
                        _ => !(is_loose && open_single) && (!trailing || alike),
                    };
                    is_sure.then(|| self.print(text, *mark, *pair, *opens, *around))
                }
            };
            let is_apostrophe = *what == Found::Apostrophe;
            typed.push(Typed { at: mark.at, sign: mark.sign, is_apostrophe, print });
        }
        typed
    }

    /// All marks of quotation of a text, typewriter's and printer's.
    fn marks(&self, text: &str, passed: &dyn Fn(usize) -> bool) -> Vec<Mark> {
        let is_mark = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚');
        let places = text.char_indices().filter(|&(at, c)| is_mark(c) && !passed(at));
        places.map(|(at, sign)| Mark { at, sign, side: side(text, at, sign) }).collect()
    }

    /// Which mark closes which, by one walk with those that are open on a stack.
    fn pairs(&self, text: &str, marks: &[Mark]) -> Vec<Found> {
        let mut found = vec![Found::Nothing; marks.len()];
        let mut open: Vec<usize> = Vec::new();
        for (number, mark) in marks.iter().enumerate() {
            let single = is_single(mark.sign);
            if single && is_apostrophe(text, mark) {
                found[number] = Found::Apostrophe;
                continue;
            }
            let closed = (mark.side != Side::Opens || !is_typed(mark.sign))
                .then(|| open.iter().rposition(|&before| self.may_close(mark, &marks[before])))
                .flatten()
                // What stands open outside of a quotation is not closed in it.
                .filter(|&place| !single || place + 1 == open.len());
            match closed {
                Some(place) => {
                    let other = open[place];
                    open.truncate(place);
                    let around = open.iter().filter(|&&outer| is_single(marks[outer].sign) == single).count();
                    found[other] = Found::Pair { other: number, opens: true, around };
                    found[number] = Found::Pair { other, opens: false, around };
                }
                None if self.may_open(mark) && open.len() < MAX_DEPTH => open.push(number),
                None if self.may_open(mark) => {}
                None if mark.sign == '\'' && mark.side == Side::Closes => found[number] = Found::Apostrophe,
                None => {}
            }
        }
        found
    }

    fn may_open(&self, mark: &Mark) -> bool {
        match mark.sign {
            '"' | '\'' => matches!(mark.side, Side::Opens | Side::Either),
            '‘' | '‚' => mark.side == Side::Opens,
            '’' => false,
            sign => self.opens(sign),
        }
    }

    fn may_close(&self, mark: &Mark, opening: &Mark) -> bool {
        if is_single(mark.sign) != is_single(opening.sign) {
            return false;
        }
        match (opening.sign, mark.sign) {
            (_, '"' | '\'') => mark.side != Side::Within,
            ('"', '”' | '»') => true,
            ('"', '“') => self.is_closing('“'),
            ('\'' | '‘' | '‚', '’') => mark.side == Side::Closes,
            ('\'' | '‚', '‘') => mark.side == Side::Closes,
            (opening, sign) => matches!((opening, sign), ('„', '“' | '”') | ('“', '”') | ('«', '»') | ('»', '«')),
        }
    }

    /// What print has for a mark that belongs to another one.
    fn print(&self, text: &str, mark: Mark, pair: Mark, opens: bool, around: usize) -> Print {
        let is_outer = !is_single(mark.sign) && around.is_multiple_of(2);
        let own = match (is_outer, opens) {
            (true, true) => &self.open,
            (true, false) => &self.close,
            (false, true) => &self.inner_open,
            (false, false) => &self.inner_close,
        };
        let sign = if is_typed(pair.sign) { own.clone() } else { self.belongs_to(pair.sign, opens) };
        // The outer marks alone have a space inside.
        let space = if sign == self.open || sign == self.close { signs(&self.space) } else { String::new() };
        let end = mark.at + mark.sign.len_utf8();
        let blanks = |words: &str| words.len() - words.trim_start_matches(is_blank).len();
        let range = if opens {
            mark.at..end + blanks(&text[end..])
        } else {
            text[..mark.at].trim_end_matches(is_blank).len()..end
        };
        let with = if opens { format!("{sign}{space}") } else { format!("{space}{sign}") };
        Print { mark: sign, range, with }
    }

    /// The mark that opens or closes what a printer's mark closes or opens.
    fn belongs_to(&self, pair: char, opens: bool) -> String {
        let own = [(&self.open, &self.close), (&self.inner_open, &self.inner_close)];
        let of =
            |(open, close): &(&String, &String)| if opens { close.starts_with(pair) } else { open.starts_with(pair) };
        if let Some((open, close)) = own.iter().find(|marks| of(marks)) {
            return if opens { (*open).clone() } else { (*close).clone() };
        }
        let sign = match (pair, opens) {
            ('“', false) | ('„', false) => '”',
            ('”', true) => '“',
            ('«', false) => '»',
            ('»', true) => '«',
            ('»', false) => '«',
            ('«', true) => '»',
            ('“', true) => '„',
            ('‚', false) => '‘',
            ('‘', true) => '‚',
            ('’', true) => '‘',
            _ => '’',
        };
        sign.to_string()
    }
}

/// A mark that is replaced as it stands.
fn plain(at: usize, mark: &str) -> Print {
    Print { mark: mark.to_owned(), range: at..at + 1, with: mark.to_owned() }
}

fn is_typed(sign: char) -> bool {
    matches!(sign, '"' | '\'')
}

fn is_single(sign: char) -> bool {
    matches!(sign, '\'' | '‘' | '’' | '‚')
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{202F}')
}

/// Inside a word, before the last figures of a year, or after a letter that is
/// elided before a quotation.
fn is_apostrophe(text: &str, mark: &Mark) -> bool {
    let after = &text[mark.at + mark.sign.len_utf8()..];
    let before = text[..mark.at].chars().next_back();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let elides = is_word(before) && after.starts_with(['"', '“', '„', '«']) && {
        let inner = after.chars().nth(1);
        is_word(inner) || inner.is_some_and(is_blank) && after.starts_with('«')
    };
    let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_decade = mark.side == Side::Opens && digits == 2 && !after[2..].starts_with(['\'', '’']);
    mark.side == Side::Within || elides || is_decade
}

/// On which side of words a mark stands; other marks beside it do not count.
fn side(text: &str, at: usize, sign: char) -> Side {
    let is_mark = |c: &char| matches!(c, '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚');
    let mut before = text[..at].chars().rev().take(MAX_BESIDE).peekable();
    let mut elided = false;
    while let Some(mark) = before.next_if(is_mark) {
        // Of `l’"accord"` the apostrophe belongs to the word before the marks.
        if matches!(mark, '\'' | '’') && before.peek().is_some_and(|c| c.is_alphanumeric()) {
            elided = true;
            break;
        }
    }
    let before = before.next();
    let after = text[at + sign.len_utf8()..].chars().take(MAX_BESIDE).find(|c| !is_mark(c));
    let rest = &text[at + sign.len_utf8()..];
    // Dots can begin what is quoted: “...and so on”.
    let ends =
        |c: char| matches!(c, ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}') || c == '.' && !rest.starts_with("..");
    let is_gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let opening = |c: char| matches!(c, '(' | '[' | '{' | '/' | '–' | '—' | '-' | '|' | '…') || c.is_whitespace();
    let closing = |c: char| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '/' | '–' | '—' | '-' | '|' | '…')
            || c.is_whitespace()
    };
    let (no_word_before, no_word_after) = (before.is_none_or(opening), is_gap(after) || after.is_some_and(ends));
    if !elided && (is_gap(before) && no_word_after || no_word_before && is_gap(after)) {
        return Side::Either;
    }
    let opens = (elided || no_word_before) && !no_word_after;
    let closes = after.is_none_or(closing) && (elided || !is_gap(before));
    match (opens, closes) {
        (true, false) => Side::Opens,
        (false, true) => Side::Closes,
        (true, true) => Side::Either,
        (false, false) => Side::Within,
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    /// The text with all that can be told put in its place; `~` stands for a space
    /// that does not break.
    fn cured(tag: &str, text: &str) -> String {
        let Some(locale) = Locale::of(tag) else { return String::new() };
        let mut out = String::new();
        let mut at = 0;
        for print in locale.quotes.typed(text, &|_| false).into_iter().filter_map(|typed| typed.print) {
            out.push_str(&text[at..print.range.start]);
            out.push_str(&print.with.replace('\u{A0}', "~"));
            at = print.range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn marks_are_told_by_their_pairs() {
        for (tag, text, print) in [
            ("fr", "Les termes \" accord formel \" n’ont", "Les termes «~accord formel~» n’ont"),
            ("fr", "Le mot 'accord' non plus.", "Le mot “accord” non plus."),
            ("fr", "l'\"accord\" d'hier", "l’«~accord~» d’hier"),
            ("en", "the 'word', the \"word\"", "the ‘word’, the “word”"),
            ("en", "\"he said 'yes' to it\"", "“he said ‘yes’ to it”"),
            ("en", "\"'yes', he said\"", "“‘yes’, he said”"),
            ("en", "\"a \"b\" c\"", "“a ‘b’ c”"),
            ("en", "the States' rights, the OSCE's", "the States’ rights, the OSCE’s"),
            ("en", "since the '90s", "since the ’90s"),
            ("en", "(\"word\"), [\"a\" | \"b\"]", "(“word”), [“a” | “b”]"),
            ("de", "das Wort \"Vertrag\" und 'Wort'", "das Wort „Vertrag“ und ‚Wort‘"),
            ("de", "„Vertrag\" und \"Wort“", "„Vertrag“ und „Wort“"),
            ("ru", "слово \"договор \" есть и ' мир '.", "слово «договор» есть и „мир“."),
            ("en", "(\" word \"), \"...and so on\"", "(“word”), “...and so on”"),
            ("it", "l'\"accordo\" e un po' di 'pace'", "l’“accordo” e un po’ di ‘pace’"),
            ("es", "el \"acuerdo\"; ' paz '", "el “acuerdo”; ‘paz’"),
        ] {
            assert_eq!(cured(tag, text), print, "{tag}");
        }
    }

    #[test]
    fn what_cannot_be_told_stays() {
        for (tag, text) in [
            ("en", "a pipe of 5\" and one of 6\""),
            ("en", "a \" b \" c \" d"),
            ("en", "\"never closed"),
            ("fr", "les 'Etats' et les mots'"),
            ("de", "ein 'Wort"),
            ("en", "O\"Neil"),
        ] {
            assert_eq!(cured(tag, text), text, "{tag}");
        }
    }
}
