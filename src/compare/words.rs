//! Words: what a change takes or puts in as one. A number, a date, a symbol and a
//! reference are one word, however many blanks they have.

use std::ops::Range;

use crate::model::{Anchor, Inline, NO_BREAK_HYPHEN, SOFT_HYPHEN};

/// A word, a sign or a blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text of its leaf.
    pub place: Range<usize>,
    /// What it is.
    pub kind: WordKind,
    /// How it is set.
    pub style: Style,
}

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordKind {
    /// Letters.
    Word,
    /// Blanks.
    Blank,
    /// A sign that is neither letter nor figure.
    Sign,
    /// A square bracket or a bar of text that is not agreed.
    Bracket,
    /// Whose the words behind a bracket are: a name, and what divides names.
    Name,
    /// A number in figures.
    Number,
    /// A day, with or without its year.
    Date,
    /// Words that cite an instrument, or its symbol.
    Reference,
    /// A reference to a part of the text itself, by its label.
    Link(Anchor),
    /// A gap to be filled.
    Gap,
    /// The mark of a footnote, whose number only follows.
    NoteMark,
    /// The end of a table's cell.
    Cell,
    /// The end of a paragraph, where two are compared with one.
    Paragraph,
}

/// How a word is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasized: bool,
    /// Set raised.
    pub raised: bool,
    /// In how many brackets.
    pub brackets: u8,
}

impl Style {
    /// Whether another style is shown alike, whatever the brackets.
    pub fn looks_like(self, other: Style) -> bool {
        (self.strong, self.emphasized) == (other.strong, other.emphasized)
    }
}

/// A text and its words.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// As it is printed, with common blanks and hyphens.
    pub text: String,
    /// All of it, word by word.
    pub words: Vec<Word>,
}

/// So many words are looked through for a colon.
const NAMES: usize = 40;

impl Words {
    /// The text of a word.
    pub fn of(&self, word: &Word) -> &str {
        self.text.get(word.place.clone()).unwrap_or_default()
    }

    /// The text of several words.
    pub fn slice(&self, words: Range<usize>) -> &str {
        let Some(inside) = self.words.get(words) else { return "" };
        match (inside.first(), inside.last()) {
            (Some(first), Some(last)) => self.text.get(first.place.start..last.place.end).unwrap_or_default(),
            _ => "",
        }
    }

    /// Whether a bracket or a bar is there, behind which names may stand.
    fn is_opening(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.kind == WordKind::Bracket && self.of(word) != "]")
    }

    /// The words of `FR, DE` behind a bracket or a bar, before a colon.
    fn names_behind(&self, at: usize) -> Option<Range<usize>> {
        let rest = self.words.get(at + 1..)?;
        let end = rest.iter().take(NAMES).position(|word| self.of(word) == ":")?;
        let names = rest.get(..end)?;
        let is_name = |word: &Word| match word.kind {
            WordKind::Word => self.of(word).starts_with(char::is_uppercase),
            WordKind::Blank | WordKind::Number => true,
            WordKind::Sign => matches!(self.of(word), "," | "@"),
            _ => false,
        };
        let fits = names.iter().any(|word| word.kind == WordKind::Word) && names.iter().all(is_name);
        fits.then_some(at + 1..at + 1 + end)
    }

    /// The names in each bracket of a text, as `FR, DE | PL`; nothing where it has none.
    pub(super) fn brackets(&self) -> Vec<String> {
        let mut open: Vec<Vec<String>> = Vec::new();
        let mut all = Vec::new();
        for (at, word) in self.words.iter().enumerate().filter(|(_, word)| word.kind == WordKind::Bracket) {
            let named = || {
                let names = self.words.get(at + 1..)?.iter().take_while(|word| word.kind == WordKind::Name).count();
                let names = self.slice(at + 1..at + 1 + names).trim().trim_end_matches(':').to_owned();
                (!names.is_empty()).then_some(names)
            };
            match self.of(word) {
                "[" => open.push(named().into_iter().collect()),
                "|" => {
                    if let Some(open) = open.last_mut() {
                        open.extend(named());
                    }
                }
                _ => all.extend(open.pop().map(|names| names.join(" | "))),
            }
        }
        // What closes in another paragraph is a bracket of this one.
        all.extend(open.into_iter().map(|names| names.join(" | ")));
        all
    }

    /// Adds another text behind the end of a paragraph.
    pub fn join(&mut self, other: &Words) {
        let start = self.text.len();
        self.text.push('\n');
        let style = Style::default();
        self.words.push(Word { place: start..start + 1, kind: WordKind::Paragraph, style });
        let base = self.text.len();
        self.text.push_str(&other.text);
        let moved = |word: &Word| Word { place: word.place.start + base..word.place.end + base, ..word.clone() };
        self.words.extend(other.words.iter().map(moved));
    }
}

/// What a language says of words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reading<'a> {
    /// Names of months.
    pub months: &'a [String],
    /// The words that cite something, as the author wrote them.
    pub cited: &'a [String],
}

/// Makes the words of a text of pieces.
#[derive(Default)]
pub(super) struct Builder {
    text: String,
    /// Pieces that are one word, in their order.
    whole: Vec<(Range<usize>, WordKind)>,
    /// Where a style begins.
    styles: Vec<(usize, Style)>,
    /// The notes whose marks stand in it.
    pub notes: Vec<usize>,
}

impl Builder {
    pub fn add(&mut self, content: &[Inline]) {
        self.inlines(content, Style::default());
    }

    /// The end of a cell.
    pub fn end_cell(&mut self) {
        self.push_whole(" | ", WordKind::Cell, Style::default());
    }

    pub fn plain(&mut self, text: &str) {
        self.push(text, Style::default());
    }

    fn inlines(&mut self, content: &[Inline], style: Style) {
        for inline in content {
            match inline {
                Inline::Text(text) | Inline::Unresolved(text) => self.push(text, style),
                Inline::Raised(text) => self.push(text, Style { raised: true, ..style }),
                Inline::Emphasis { strong: true, content } => self.inlines(content, Style { strong: true, ..style }),
                Inline::Emphasis { strong: false, content } => {
                    self.inlines(content, Style { emphasized: true, ..style });
                }
                Inline::Bracket(content) => {
                    self.inlines(content, Style { brackets: style.brackets.saturating_add(1), ..style });
                }
                Inline::Placeholder(text) => self.push_whole(text, WordKind::Gap, style),
                Inline::Link { target, text } => self.push_whole(text, WordKind::Link(*target), style),
                Inline::NoteMark { note, mark } => {
                    self.notes.push(*note);
                    // A mark on the line could be read as part of a number.
                    self.push_whole(&format!("({mark})"), WordKind::NoteMark, style);
                }
                Inline::Instrument { content, .. } | Inline::Foreign { content, .. } => self.inlines(content, style),
            }
        }
    }

    fn push(&mut self, text: &str, style: Style) {
        if self.styles.last().is_none_or(|(_, last)| *last != style) {
            self.styles.push((self.text.len(), style));
        }
        self.text.extend(text.chars().filter_map(common));
    }

    fn push_whole(&mut self, text: &str, kind: WordKind, style: Style) {
        let start = self.text.len();
        self.push(text, style);
        self.whole.push((start..self.text.len(), kind));
    }

    pub fn finish(mut self, reading: Reading<'_>) -> Words {
        let text = std::mem::take(&mut self.text);
        self.whole.extend(cited(&text, reading.cited));
        self.whole.sort_by_key(|(place, _)| (place.start, std::cmp::Reverse(place.end)));
        let mut words: Vec<Word> = Vec::new();
        let mut at = 0;
        for (place, kind) in self.whole {
            // What begins in another one is a part of it.
            if place.start < at {
                continue;
            }
            divide(&text, at..place.start, &mut words);
            at = place.end;
            words.push(Word { place, kind, style: Style::default() });
        }
        divide(&text, at..text.len(), &mut words);
        let mut styles = self.styles.iter().peekable();
        let mut style = Style::default();
        for word in &mut words {
            while let Some((_, next)) = styles.next_if(|(start, _)| *start <= word.place.start) {
                style = *next;
            }
            word.style = style;
            let is_bracket = matches!(text.get(word.place.clone()), Some("[" | "]"))
                || style.brackets > 0 && text.get(word.place.clone()) == Some("|");
            if is_bracket && word.kind == WordKind::Sign {
                word.kind = WordKind::Bracket;
            }
        }
        let mut words = Words { words: with_dates(&text, words, reading.months), text };
        for at in 0..words.words.len() {
            if words.is_opening(at)
                && let Some(names) = words.names_behind(at)
            {
                let inside = words.words.get_mut(names.start..=names.end);
                inside.into_iter().flatten().for_each(|word| word.kind = WordKind::Name);
            }
        }
        words
    }
}

/// A sign as it is compared: every blank alike, no hyphen where a word may be divided.
pub(crate) fn common(sign: char) -> Option<char> {
    match sign {
        SOFT_HYPHEN => None,
        NO_BREAK_HYPHEN => Some('-'),
        '\u{A0}' | '\u{202F}' | '\u{2009}' | '\t' | '\n' | '\r' => Some(' '),
        sign => Some(sign),
    }
}

/// So many words may be missing that a paragraph cites by: braces print others.
const MISSED: usize = 100;

/// The places of the words that cite something.
fn cited(text: &str, cited: &[String]) -> Vec<(Range<usize>, WordKind)> {
    let mut places: Vec<(Range<usize>, WordKind)> = Vec::new();
    let (mut from, mut missed) = (0, 0);
    for words in cited.iter().filter(|words| !words.is_empty()) {
        // They come in the order of the text.
        let found = text.get(from..).and_then(|rest| rest.find(words.as_str())).map(|at| at + from);
        if found.is_none() {
            missed += 1;
            if missed > MISSED {
                break;
            }
        }
        if let Some(at) = found {
            from = at + words.len();
            places.push((at..from, WordKind::Reference));
        }
    }
    places
}

/// Divides a stretch of text into words.
fn divide(text: &str, range: Range<usize>, words: &mut Vec<Word>) {
    let mut at = range.start;
    while at < range.end {
        let Some(rest) = text.get(at..range.end) else { return };
        let Some(first) = rest.chars().next() else { return };
        let (length, kind) = if first == ' ' {
            (rest.len() - rest.trim_start_matches(' ').len(), WordKind::Blank)
        } else if first.is_alphanumeric() {
            let length = word_length(rest);
            (length, kind_of(rest.get(..length).unwrap_or_default()))
        } else {
            (first.len_utf8(), WordKind::Sign)
        };
        words.push(Word { place: at..at + length, kind, style: Style::default() });
        at += length;
    }
}

/// How long the word is that a text begins with.
fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let (mut end, mut before) = (0, ' ');
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let figures = before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit());
        let joins = match c {
            '.' | '/' | '-' | '_' | '’' | '\'' => next.is_some_and(char::is_alphanumeric),
            ',' | ':' => figures,
            _ => false,
        };
        let is_mark = unicode_normalization::char::is_combining_mark(c);
        if !(c.is_alphanumeric() || is_mark || joins) {
            break;
        }
        (end, before) = (at + c.len_utf8(), c);
    }
    // `10 000` is one number.
    let head = text.get(..end).unwrap_or_default();
    if (1..=3).contains(&head.len()) && head.bytes().all(|byte| byte.is_ascii_digit()) {
        while let Some(group) = text.get(end..).and_then(group_of_figures) {
            end += group;
        }
    }
    end
}

/// The length of a blank and three figures, if the text goes on so.
fn group_of_figures(text: &str) -> Option<usize> {
    let figures = text.strip_prefix(' ')?;
    let length = figures.bytes().take_while(u8::is_ascii_digit).count();
    let goes_on = figures.get(length..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
    (length == 3 && !goes_on).then_some(4)
}

fn kind_of(word: &str) -> WordKind {
    let has_figure = word.bytes().any(|byte| byte.is_ascii_digit());
    if !has_figure {
        return WordKind::Word;
    }
    let has_letter = word.chars().any(char::is_alphabetic);
    match (has_letter, word.contains('/')) {
        (_, true) => WordKind::Reference,
        (true, false) => WordKind::Word,
        (false, false) => WordKind::Number,
    }
}

/// Days and months made one word: `4 December 2026`, `4 de diciembre de 2026`.
fn with_dates(text: &str, words: Vec<Word>, months: &[String]) -> Vec<Word> {
    let at = |at: usize| words.get(at).and_then(|word| text.get(word.place.clone())).unwrap_or_default();
    let kind = |at: usize| words.get(at).map(|word| word.kind);
    let is_month = |word: usize| {
        let is_word = kind(word) == Some(WordKind::Word);
        is_word && months.iter().any(|month| month.to_lowercase() == at(word).to_lowercase())
    };
    let skip = |mut next: usize| {
        if at(next) == "." || at(next) == "," {
            next += 1;
        }
        if kind(next) == Some(WordKind::Blank) {
            next += 1;
        }
        if matches!(at(next), "de" | "del") && kind(next + 1) == Some(WordKind::Blank) {
            next += 2;
        }
        next
    };
    let is_day = |at_: usize| {
        let digits: String = at(at_).chars().take_while(char::is_ascii_digit).collect();
        (1..=2).contains(&digits.len()) && at(at_).chars().count() <= digits.len() + 2
    };
    let is_year = |at_: usize| at(at_).len() == 4 && at(at_).bytes().all(|byte| byte.is_ascii_digit());
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut next = 0;
    while let Some(word) = words.get(next) {
        let (first, second) = (next, skip(next + 1));
        let is_date = (is_day(first) && is_month(second)) || (is_month(first) && is_day(second) && second > first + 1);
        if !is_date || matches!(word.kind, WordKind::Reference) {
            out.push(word.clone());
            next += 1;
            continue;
        }
        let third = skip(second + 1);
        let last = if is_year(third) { third } else { second };
        let end = words.get(last).map_or(word.place.end, |last| last.place.end);
        out.push(Word { place: word.place.start..end, kind: WordKind::Date, style: word.style });
        next = last + 1;
    }
    out
}
