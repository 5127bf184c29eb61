//! A letterhead read back, piece by piece, by the lines that locales print: where line
//! breaks were lost as well as where each piece has its line.

use jiff::civil::Date;

use super::heading::heading_of;
use super::words::{eat, eat_words, is_capitals, is_title, line_at, next_line};
use crate::locale::{Locale, signs};
use crate::syntax::ast::StructureName;
use crate::syntax::{read_symbol, roman};

/// What a piece of a letterhead says.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// The organization, and the languages in which it is so called.
    Organization(Vec<&'static str>),
    Body,
    /// Who may read it, in a word in capitals.
    Restriction(String),
    /// Who speaks, below the organization's name.
    Sender(String),
    /// Whose the Chairmanship is.
    Chairmanship(String),
    /// The mark that the pages of a draft have at their top.
    Draft,
    /// The city, the year behind it, and the line.
    Place(String, i16, String),
    Symbol(String),
    /// To whom it goes, behind its symbol.
    Distribution(String),
    /// The mark of a footnote at the symbol.
    Mark(String),
    Date(Date),
    Language(&'static str),
    Original(&'static str),
    /// Day and meeting, in whose language, and the line.
    Day(Vec<(String, String)>, String, &'static Locale),
    Journal(Vec<(String, String)>, String, &'static Locale),
    /// `DECISION No. 9/09`
    TitleLine,
    Title(Vec<String>),
    /// The heading of an annex or attachment.
    Part(StructureName, Option<u32>),
    /// A line between others that nothing is read of.
    Unread,
}

/// A piece and its bytes.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub range: std::ops::Range<usize>,
    pub what: What,
}

/// How many lines may stand between two pieces that are read.
const UNREAD: usize = 2;

/// How many pieces a letterhead has at the most, and the head of an annex.
const PIECES: usize = 60;
const PART_PIECES: usize = 8;

/// Reads the pieces from the byte `at` on, up to the first words that are none.
pub(super) fn pieces(text: &str, at: usize, is_part: bool) -> Vec<Piece> {
    let mut reader = Reader { text, pieces: Vec::new(), is_part };
    let mut at = at;
    let most = if is_part { PART_PIECES } else { PIECES };
    while reader.pieces.len() < most {
        at = skip_blanks(text, at);
        if let Some((end, what)) = reader.piece(at) {
            reader.pieces.push(Piece { range: at..end, what });
            at = end;
        } else if let Some(unread) = reader.unread(at) {
            at = unread;
        } else {
            break;
        }
    }
    reader.title(at);
    reader.pieces
}

/// No line of a first page that begins it is longer, in characters.
const SHORT: usize = 70;

/// A letterhead that is a whole block, from the byte `at` on: where it ends. Two of its pieces
/// are names of another thing, three are not.
pub fn letterhead_at(text: &str, at: usize, end: usize) -> Option<usize> {
    let text = text.get(..end)?;
    // Its lines are short, and end as no sentence does.
    let (_, first) = line_at(text, at);
    if first.chars().count() > SHORT || first.ends_with(['.', ',', ';', ':']) {
        return None;
    }
    let read = pieces(text, at, false);
    let known = read.iter().filter(|piece| !matches!(piece.what, What::Unread | What::Title(_) | What::Mark(_)));
    let has_symbol = read.iter().any(|piece| matches!(piece.what, What::Symbol(_)));
    let ends = read.last()?.range.end;
    let is_whole = text[ends..].trim().is_empty();
    let least = if has_symbol && is_whole { 2 } else { 3 };
    (known.count() >= least).then_some(ends)
}

fn skip_blanks(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

struct Reader<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    /// Whether the head of an annex is read.
    is_part: bool,
}

impl Reader<'_> {
    fn piece(&self, at: usize) -> Option<(usize, What)> {
        if self.text[at..].is_empty() {
            return None;
        }
        let part = || self.part(at).filter(|_| self.is_part);
        let own = || if self.is_part { None } else { self.of_first_page(at) };
        let mark = || self.mark(at);
        part()
            .or_else(mark)
            .or_else(|| symbol(self.text, at))
            .or_else(|| self.distribution(at))
            .or_else(|| date(self.text, at))
            .or_else(|| language(self.text, at))
            .or_else(|| draft(self.text, at))
            .or_else(own)
    }

    /// What stands on a first page alone.
    fn of_first_page(&self, at: usize) -> Option<(usize, What)> {
        let text = self.text;
        organization(text, at)
            .or_else(|| body(text, at))
            .or_else(|| meeting_line(text, at))
            .or_else(|| chairmanship(text, at))
            .or_else(|| title_line(text, at))
            .or_else(|| place(text, at).filter(|_| self.follows_names()))
    }

    /// Whether the organization and its body were named, after which a place stands.
    fn follows_names(&self) -> bool {
        let is_name = |piece: &Piece| matches!(piece.what, What::Organization(_) | What::Body | What::Sender(_));
        self.pieces.last().is_some_and(is_name)
    }

    /// `Annex`, `Pièce complémentaire` on a line.
    fn part(&self, at: usize) -> Option<(usize, What)> {
        let (_, line) = line_at(self.text, at);
        let heading = heading_of(line)?;
        let begins = heading.name.begins_part() && heading.title.is_empty();
        begins.then(|| (at + line.len(), What::Part(heading.name, heading.number)))
    }

    /// The mark of a note behind a symbol: `*`, or a figure alone.
    fn mark(&self, at: usize) -> Option<(usize, What)> {
        let (_, line) = line_at(self.text, at);
        let after_symbol = self.pieces.iter().rev().take(2).any(|piece| matches!(piece.what, What::Symbol(_)));
        let is_mark = matches!(line, "*" | "**") || line.len() == 1 && line.bytes().all(|byte| byte.is_ascii_digit());
        (after_symbol && is_mark).then(|| (at + line.len(), What::Mark(line.to_owned())))
    }

    /// `OSCE+` behind a symbol.
    fn distribution(&self, at: usize) -> Option<(usize, What)> {
        let Some(Piece { what: What::Symbol(symbol), .. }) = self.pieces.last() else { return None };
        let (_, line) = line_at(self.text, at);
        let is_one = read_symbol(&format!("{symbol} {line}")).is_some_and(|symbol| symbol.distribution.is_some());
        is_one.then(|| (at + line.len(), What::Distribution(line.to_owned())))
    }

    /// A short line of which nothing is read, if one of the next is read: where it
    /// ends.
    fn unread(&mut self, at: usize) -> Option<usize> {
        let is_short = |line: &str| line.chars().count() < 90 && !line.ends_with(['.', ',', ';', ':']);
        let mut lines = Vec::new();
        let mut next = at;
        for _ in 0..UNREAD {
            let (start, line) = line_at(self.text, next);
            // “RESTRICTED” stands above a symbol, or below it.
            let is_first = self.pieces.is_empty();
            let is_word = !line.contains(' ') && is_capitals(line) && line.len() <= 20;
            if line.is_empty() || !is_short(line) || is_capitals(line) && !is_word || is_first && !is_word {
                return None;
            }
            lines.push(start..start + line.len());
            next = skip_blanks(self.text, next_line(self.text, start));
            let is_sender = lines.len() == 1
                && !is_word
                && matches!(self.pieces.last(), Some(Piece { what: What::Organization(_), .. }));
            let is_followed = match self.piece(next) {
                Some((_, What::Symbol(_))) => true,
                Some(_) => !is_first,
                // A title, in capitals.
                None => is_sender && is_capitals(line_at(self.text, next).1),
            };
            if is_followed && is_sender {
                let what = What::Sender(line.to_owned());
                self.pieces.push(Piece { range: start..start + line.len(), what });
                return Some(next);
            }
            if is_followed && is_word && lines.len() == 1 {
                let what = What::Restriction(line.to_owned());
                self.pieces.push(Piece { range: start..start + line.len(), what });
                return Some(next);
            }
            if is_followed {
                let unread = lines.into_iter().map(|range| Piece { range, what: What::Unread });
                self.pieces.extend(unread);
                return Some(next);
            }
        }
        None
    }

    /// The lines in capitals below, or the words where the lines were lost.
    fn title(&mut self, at: usize) {
        let mut lines = Vec::new();
        let (mut next, mut end) = (at, at);
        while next < self.text.len() && lines.len() < 12 {
            let (start, line) = line_at(self.text, next);
            // Place and day may stand below it: `(Vienna, 4 December 2026)`.
            let is_below = !lines.is_empty()
                && line.starts_with('(')
                && line.ends_with(')')
                && line.contains(' ')
                && line.len() < 80;
            // The contents of a text have a heading in capitals too.
            let is_contents = !lines.is_empty()
                && locales().any(|locale| eat(line, 0, &locale.volume.contents.text) == Some(line.len()));
            if is_contents || !is_below && !is_title(line) || is_numbered(line) || heading_of(line).is_some() {
                break;
            }
            lines.push(line.to_owned());
            end = start + line.len();
            next = skip_blanks(self.text, next_line(self.text, start));
        }
        if lines.is_empty() && !self.pieces.is_empty() {
            let (start, line) = line_at(self.text, at);
            let words = line.split(' ').take_while(|word| !word.chars().any(char::is_lowercase) && !is_numbered(word));
            let length = words.map(|word| word.len() + 1).sum::<usize>().saturating_sub(1);
            let title = line.get(..length).unwrap_or_default().trim();
            if title.split_whitespace().count() >= 2 && is_title(title) {
                (lines, end) = (vec![title.to_owned()], start + title.len());
            }
        }
        if !lines.is_empty() {
            self.pieces.push(Piece { range: skip_blanks(self.text, at)..end, what: What::Title(lines) });
        }
    }
}

/// `I.`, `IV. SECURITY`, `1.`
pub(super) fn is_numbered(line: &str) -> bool {
    let Some((number, _)) = line.split_once('.') else { return false };
    // A meeting may have a number of four figures.
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    roman(&number.to_lowercase()).is_some() || is_number
}

fn locales() -> impl Iterator<Item = &'static Locale> {
    Locale::tags().filter_map(Locale::of)
}

/// `draft` on a line, in any language.
pub(super) fn draft(text: &str, at: usize) -> Option<(usize, What)> {
    let (_, line) = line_at(text, at);
    let is_mark = locales().any(|locale| eat(line, 0, &locale.words.draft.text) == Some(line.len()));
    (is_mark && !line.is_empty()).then(|| (at + line.len(), What::Draft))
}

/// The organization's name, also cut off at the end of a line.
fn organization(text: &str, at: usize) -> Option<(usize, What)> {
    let (_, line) = line_at(text, at);
    let names = locales().filter_map(|locale| Some((locale, &locale.bodies.get("OSCE")?.name)));
    let mut found: Option<(usize, Vec<&'static str>)> = None;
    for (locale, name) in names {
        let is_cut = line.len() * 10 >= name.len() * 7 && line.len() < name.len() && eat(name, 0, line).is_some();
        let end = eat_words(text, at, name).or(is_cut.then_some(at + line.len()));
        if let Some(end) = end {
            found.get_or_insert((end, Vec::new())).1.push(&locale.language);
        }
    }
    found.map(|(end, tags)| (end, What::Organization(tags)))
}

/// A body's name that opens no sentence.
fn body(text: &str, at: usize) -> Option<(usize, What)> {
    locales().find_map(|locale| {
        ["MC", "PC", "FSC"].into_iter().find_map(|letters| {
            // “OSCE Ministerial Council”
            let ours = locale.organization().unwrap_or_default();
            let from = eat_words(text, at, ours).filter(|_| !ours.is_empty()).unwrap_or(at);
            let from = text.len() - text[from..].trim_start_matches(' ').len();
            let end = eat_words(text, from, &locale.bodies.get(letters)?.name)?;
            let goes_on = text[end..].trim_start_matches(' ').starts_with([',', '–']);
            (!goes_on).then_some((end, What::Body))
        })
    })
}

/// `Belgrade 2015`, `Белград, 2015 год`
fn place(text: &str, at: usize) -> Option<(usize, What)> {
    let (_, line) = line_at(text, at);
    let mut end = 0;
    for (count, word) in line.split(' ').enumerate() {
        let figures = word.trim_end_matches(',');
        if count > 0 && figures.len() == 4 && figures.bytes().all(|byte| byte.is_ascii_digit()) {
            let name = line[..end].trim().trim_end_matches(',').to_owned();
            let whole = end + word.len();
            let tails = locales().filter_map(|locale| locale.letterhead.place.text.rsplit('}').next());
            let year = tails.filter_map(|tail| eat_words(text, at + whole, tail)).max().unwrap_or(at + whole);
            let line = text[at..year].to_owned();
            return Some((year, What::Place(name, figures.parse().ok()?, line)));
        }
        if count > 3 || !word.starts_with(char::is_uppercase) {
            return None;
        }
        end += word.len() + 1;
    }
    None
}

/// A symbol, also one that a line break divides.
pub(super) fn symbol(text: &str, at: usize) -> Option<(usize, What)> {
    let word = |from: usize| {
        let rest = &text[from..];
        &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())]
    };
    let first = word(at);
    if !first.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let bare = first.trim_end_matches('*');
    if read_symbol(bare).is_some() && first.contains('/') {
        return Some((at + bare.len(), What::Symbol(bare.to_owned())));
    }
    let next = skip_blanks(text, at + first.len());
    let joined = format!("{first}{}", word(next));
    let is_divided = first.ends_with('.') && joined.contains('/') && read_symbol(&joined).is_some();
    is_divided.then(|| (next + word(next).len(), What::Symbol(joined)))
}

/// A date as running text has it, in any language.
pub(super) fn date(text: &str, at: usize) -> Option<(usize, What)> {
    if !text[at..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    locales().find_map(|locale| {
        let (end, values) = read_back(&locale.date.pattern.text, text, at, locale)?;
        let value = |gap: &str| values.iter().find(|(name, _)| name == gap).map(|(_, value)| value.as_str());
        let day = value("d")?;
        let day = if Some(day) == locale.date.first_day.as_deref() { 1 } else { day.parse().ok()? };
        let month = value("month")?.to_lowercase();
        let month = locale.date.months.iter().position(|name| name.to_lowercase() == month)?;
        let date = Date::new(value("y")?.parse().ok()?, i8::try_from(month + 1).ok()?, day).ok()?;
        Some((end, What::Date(date)))
    })
}

/// `FRENCH`, `Original: ENGLISH`
pub(super) fn language(text: &str, at: usize) -> Option<(usize, What)> {
    let name = |from: usize| {
        let exact = |name: &str| text[from..].starts_with(name).then(|| eat_words(text, from, name)).flatten();
        locales().find_map(|locale| {
            let english = exact(&locale.english_name.text).map(|end| (end, locale.language.as_str()));
            english.or_else(|| {
                locale.languages.iter().find_map(|(tag, name)| {
                    let known = Locale::of(tag)?;
                    Some((exact(&name.text)?, known.language.as_str()))
                })
            })
        })
    };
    if let Some((end, tag)) = name(at) {
        // “ENGLISH only”
        let (_, rest) = line_at(text, end);
        let is_mere = !rest.is_empty() && rest.len() <= 8 && rest.chars().all(char::is_lowercase);
        let end = if is_mere { next_line(text, end) - usize::from(text[end..].contains('\n')) } else { end };
        return Some((end, What::Language(tag)));
    }
    locales().find_map(|locale| {
        let pattern = signs(&locale.letterhead.original.text);
        let (end, tag) = name(eat(text, at, pattern.split('{').next()?)?)?;
        Some((end, What::Original(tag)))
    })
}

/// The line of the day, or of the journal.
fn meeting_line(text: &str, at: usize) -> Option<(usize, What)> {
    let (_, line) = line_at(text, at);
    for locale in locales() {
        let lines = &locale.letterhead;
        if let Some((end, values)) = read_back(&lines.day_line.text, text, at, locale) {
            return Some((end, What::Day(values, text[at..end].to_owned(), locale)));
        }
        for other in [("", ""), ("CM(", "MC("), ("MC(", "CM(")] {
            let pattern = lines.journal_line.text.replacen(other.0, other.1, usize::from(!other.0.is_empty()));
            if let Some((end, values)) = read_back(&pattern, text, at, locale) {
                return Some((end, What::Journal(values, text[at..end].to_owned(), locale)));
            }
        }
    }
    // Those of other bodies, in their own words.
    let is_line =
        line.chars().count() < 90 && line.contains(|c: char| c.is_ascii_digit()) && !line.ends_with(['.', ',', ';']);
    if !is_line {
        return None;
    }
    let end = at + line.len();
    locales().find_map(|locale| {
        let journal = locale.bodies.get("Journal").and_then(|body| body.name.split(' ').next());
        if journal.is_some_and(|word| line.contains(word)) {
            return Some((end, What::Journal(Vec::new(), line.to_owned(), locale)));
        }
        let meeting = locale.letterhead.day_line.text.split(' ').next_back()?;
        line.ends_with(meeting).then(|| (end, What::Day(Vec::new(), line.to_owned(), locale)))
    })
}

/// `Chairmanship: Arcadia`
fn chairmanship(text: &str, at: usize) -> Option<(usize, What)> {
    let (_, line) = line_at(text, at);
    locales().find_map(|locale| {
        let pattern = signs(&locale.letterhead.lines.get("chairmanship")?.text);
        let name = line.get(eat(line, 0, pattern.split('{').next()?)?..)?.trim();
        let is_name = !name.is_empty() && line.chars().count() < SHORT && !name.ends_with(['.', ',', ';']);
        is_name.then(|| (at + line.len(), What::Chairmanship(name.to_owned())))
    })
}

/// `DECISION No. 9/09`
fn title_line(text: &str, at: usize) -> Option<(usize, What)> {
    locales().find_map(|locale| {
        locale.title_lines.values().find_map(|line| {
            let pattern = signs(&line.text);
            let number = eat(text, at, pattern.split('{').next()?)?;
            let rest = &text[number..];
            let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
            rest.starts_with(|c: char| c.is_ascii_digit()).then_some((number + length, What::TitleLine))
        })
    })
}

/// What stands in the gaps of a pattern, and where its words end.
fn read_back(pattern: &str, text: &str, at: usize, locale: &Locale) -> Option<(usize, Vec<(String, String)>)> {
    let pattern = signs(pattern);
    let mut values = Vec::new();
    let mut rest = pattern.as_str();
    let mut at = at;
    while !rest.is_empty() {
        let Some((fixed, after)) = rest.split_once('{') else { return Some((eat(text, at, rest)?, values)) };
        at = eat(text, at, fixed)?;
        let (gap, tail) = after.split_once('}')?;
        let next = tail.split('{').next().unwrap_or_default();
        let (value, end) = gap_value(text, at, next)?;
        let mut parts = gap.split(':');
        let name = parts.next().unwrap_or_default();
        let value = if parts.next().is_some() { ordinal(value, locale)? } else { value.to_owned() };
        values.push((name.to_owned(), value));
        (at, rest) = (end, tail);
    }
    Some((at, values))
}

/// The words up to those that follow a gap, and where they end.
fn gap_value<'t>(text: &'t str, at: usize, next: &str) -> Option<(&'t str, usize)> {
    let window = &text[at..text.floor_char_boundary(at + 60)];
    let end = if next.trim().is_empty() {
        // A number, and a letter in brackets: `8 (a)`.
        let number = window.find(char::is_whitespace).unwrap_or(window.len());
        let letter = window[number..].trim_start_matches(' ');
        match letter.find(')').filter(|close| letter.starts_with('(') && *close <= 4) {
            Some(close) => window.len() - letter.len() + close + 1,
            None => number,
        }
    } else {
        window.char_indices().map(|(from, _)| from).find(|from| eat(text, at + from, next).is_some())?
    };
    let value = window[..end].trim();
    (!value.is_empty()).then_some((value, at + end))
}

/// An ordinal in words or in figures.
fn ordinal(words: &str, locale: &Locale) -> Option<String> {
    let figures: String = words.chars().take_while(char::is_ascii_digit).collect();
    if !figures.is_empty() {
        return Some(figures);
    }
    let lower = words.to_lowercase();
    let at = locale.ordinals.values().find_map(|row| row.iter().position(|ordinal| ordinal.word == lower))?;
    Some((at + 1).to_string())
}
