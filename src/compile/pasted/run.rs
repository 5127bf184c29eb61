//! Lines that are paragraphs: a paste without blank lines between them.

use super::heading::heading_of;
use super::words::has_end;
use crate::locale::{Locale, Phrase, starts_with_words};

/// A line of a paragraph as the author wrote it.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    text: &'t str,
    /// Whether it begins with what would be a marker at the start of a block.
    is_marked: bool,
    width: usize,
}

/// Lines narrower than this are no lines that were full.
const NARROWEST: usize = 50;

/// So many lines below its first item a list goes on.
const LIST: usize = 20;

/// Which of a block's lines begin a paragraph; none where the lines are those of one.
/// `is_marked` tells of each whether a marker begins it.
pub fn run_of(lines: &[(&str, bool)], locale: &Locale) -> Vec<usize> {
    let lines: Vec<Line<'_>> = lines
        .iter()
        .map(|(text, is_marked)| Line { text, is_marked: *is_marked, width: text.chars().count() })
        .collect();
    if lines.len() < 2 {
        return Vec::new();
    }
    let ended = lines.iter().filter(|line| has_end(line.text)).count();
    // A paragraph a line: each ends as paragraphs do, and has more than a few names, if
    // no number and no sign says that it is a clause.
    let words: usize = lines.iter().map(|line| line.text.split_whitespace().count()).sum();
    let is_long =
        words >= 4 * lines.len() || lines.iter().skip(1).any(|line| line.is_marked && line.number().is_some());
    let is_clauses = words >= 2 * lines.len() && lines.iter().all(Line::is_clause);
    let is_line_each = lines.len() >= 3 && ended * 10 >= lines.len() * 8 && (is_long || is_clauses);
    let full = full_width(&lines);
    let (mut begins, mut strong) = (Vec::new(), 0);
    let mut counted = Counted::default();
    counted.begins(lines.first(), lines.get(1));
    for at in 1..lines.len() {
        let (before, line) = (lines[at - 1], lines[at]);
        // A number alone on its line has its text below.
        let is_ended = has_end(before.text) && !before.is_bare();
        // A sentence may lead to a list without a sign, if more of the list follows.
        let leads_to =
            || line.opens_list() && lines[at + 1..].iter().take(LIST).any(|l| l.is_marked && l.number().is_none());
        let is_next = line.is_marked && counted.begins(lines.get(at), lines.get(at + 1)) && (is_ended || leads_to());
        let is_clause = is_ended && (opens(&locale.preambular, line.text) || opens(&locale.operative, line.text));
        // Lines of one sentence end in commas too, and go on with small letters.
        let is_own = is_line_each && (before.text.ends_with(';') || !line.text.starts_with(char::is_lowercase));
        // A heading, and what stands below it.
        let is_heading = is_ended && heading_of(line.text).is_some() || at > 1 && heading_of(before.text).is_some();
        // The first word would have had room on the line above.
        let first = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
        let is_short = full >= NARROWEST && (before.width + 1 + first) * 10 < full * 8;
        if is_next || is_clause || is_heading || is_ended && (is_own || is_short) {
            begins.push(at);
            strong += usize::from(is_next || is_heading)
                + usize::from(is_clause && line.text.starts_with(char::is_uppercase));
        }
    }
    if strong > 0 || begins.len() >= 2 { begins } else { Vec::new() }
}

/// How wide the lines are that were full: a quarter of them is wider, as where two
/// lines were joined by hand.
fn full_width(lines: &[Line<'_>]) -> usize {
    let mut widths: Vec<usize> = lines.iter().map(|line| line.width).collect();
    widths.sort_unstable();
    widths.get(lines.len() * 3 / 4).copied().unwrap_or(0)
}

/// Whether a line opens a clause: with a capital, unless the language's own clauses
/// have none.
fn opens(phrases: &[Phrase], text: &str) -> bool {
    let is_capital = text.starts_with(char::is_uppercase);
    phrases.iter().any(|phrase| {
        let words = phrase.phrase.split(" (").next().unwrap_or_default();
        let verb = words.split(' ').next().filter(|verb| is_capital && verb.chars().count() >= 5);
        (is_capital || words.starts_with(char::is_lowercase))
            && (starts_with_words(text, words) || verb.is_some_and(|verb| starts_with_words(text, verb)))
    })
}

impl Line<'_> {
    /// Whether it begins and ends as clauses and sentences do.
    fn is_clause(&self) -> bool {
        let words = self.text.trim_start_matches(|c: char| !c.is_alphabetic());
        words.starts_with(char::is_uppercase) && self.text.trim_end().ends_with(['.', ';', ':'])
    }

    /// Whether it is a marker alone.
    fn is_bare(&self) -> bool {
        self.is_marked && !self.text.contains(char::is_whitespace)
    }

    /// `(a)`, `–`: what a sentence leads to without a sign.
    fn opens_list(&self) -> bool {
        self.text.starts_with(['(', 'a', 'i', '–', '-', '•', '—'])
    }

    /// The number that it begins with, if that has one level.
    fn number(&self) -> Option<u32> {
        let figures = self.text.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.text.len());
        let rest = self.text.get(figures..)?.strip_prefix('.')?;
        (!rest.starts_with(|c: char| c.is_ascii_digit())).then(|| self.text[..figures].parse().ok()).flatten()
    }

    /// `1.2`: the levels of its number are counted by whoever marked it.
    fn is_decimal(&self) -> bool {
        self.number().is_none() && self.text.starts_with(|c: char| c.is_ascii_digit())
    }
}

/// What the markers up to a line have counted.
#[derive(Default)]
struct Counted {
    number: u32,
    is_list: bool,
}

impl Counted {
    /// Whether a marked line goes on with what is counted, or begins it.
    fn begins(&mut self, line: Option<&Line<'_>>, after: Option<&Line<'_>>) -> bool {
        let Some(line) = line.filter(|line| line.is_marked) else { return false };
        if let Some(number) = line.number() {
            let is_next = number == self.number + 1 || number == 1 && self.number == 0;
            let has_next = after.and_then(Line::number) == Some(number + 1);
            if is_next || has_next {
                self.number = number;
                self.is_list = false;
            }
            return is_next || has_next;
        }
        if line.is_decimal() {
            return true;
        }
        let item: String = line.text.chars().filter(|c| c.is_alphanumeric()).take(1).collect();
        let is_first =
            line.text.starts_with(['–', '—', '•', '-']) || matches!(item.as_str(), "a" | "i" | "1" | "A" | "а" | "А");
        let begins = is_first || self.is_list;
        self.is_list |= begins;
        begins
    }
}

/// Where the numbers 1., 2., 3. … stand in running text whose lines were lost, each
/// behind the end of a sentence: the bytes of the blanks before them. `first` is the
/// number that comes next.
pub fn sequence_within(text: &str, first: u32) -> Vec<std::ops::Range<usize>> {
    let mut blanks = Vec::new();
    let mut wanted = first;
    for (at, _) in text.match_indices(". ") {
        let before = &text[..at];
        let start = before.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |last| last + 1);
        let start = text.ceil_char_boundary(start);
        if before[start..].parse() != Ok(wanted) {
            continue;
        }
        let sentence = before[..start].trim_end();
        let is_apart = sentence.len() < start && (has_end(sentence) || sentence.is_empty());
        let goes_on =
            text[at + 2..].trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '«' | '['));
        if is_apart && goes_on && !ends_with_comma(sentence) {
            blanks.push(sentence.len()..start);
            wanted += 1;
        }
    }
    // One number behind a full stop may be anything.
    if blanks.len() >= 2 { blanks } else { Vec::new() }
}

fn ends_with_comma(text: &str) -> bool {
    text.ends_with([',', '–', '—'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(tag: &str, text: &str) -> Vec<usize> {
        let marked =
            |line: &str| line.starts_with(|c: char| c.is_ascii_digit() || c == '(') && line.contains(['.', ')']);
        let lines: Vec<(&str, bool)> = text.lines().map(|line| (line, marked(line))).collect();
        Locale::of(tag).map(|locale| run_of(&lines, locale)).unwrap_or_default()
    }

    #[test]
    fn a_paragraph_a_line_is_a_run() {
        assert_eq!(
            run(
                "en",
                "The Council,\nRecalling its work,\n1.\tDecides to act;\n2.\tInvites States to:\n(a)\tMeet;\n(b)\tAct."
            ),
            [1, 2, 3, 4, 5]
        );
        assert_eq!(run("it", "Il Consiglio,\nricordando il suo lavoro,\nsottolineando che è aperto,"), [1, 2]);
    }

    #[test]
    fn lines_of_one_paragraph_are_none() {
        assert!(
            run("en", "We have met in Tirana, in Madrid and in\nHelsinki, and have agreed on what is\nsaid below.")
                .is_empty()
        );
        assert!(run("de", "Wir treffen uns am\n22. Juni 2016 in Wien.").is_empty());
    }

    #[test]
    fn numbers_whose_lines_were_lost_are_found() {
        let text = "Nosotros declaramos. 2. Reiteramos el apoyo. 3. Seguimos.";
        assert_eq!(sequence_within(text, 2).len(), 2);
        assert!(sequence_within("as in Article 2. We agree. 7. So.", 2).is_empty());
    }
}
