//! Numbers that look like references and were not read: what is understood of
//! them, and what stopped the reading.
//!
//! The search begins at numbers alone, and looks at their neighbours: its cost
//! follows the numbers of a text, not its words.

use std::ops::Range;

use super::left::{Left, Stopped, bare, capitalised, is_like_a_figure, is_one_off, like_a_symbol};
use chancery_citation::{Reader, look_up};

/// What stands before the number of an emergency special session, and of a special one.
const SPECIAL: [&str; 8] = ["ES-", "ES‑", "ES–", "ES ", "ES\u{A0}", "S-", "S‑", "S–"];
/// So many bytes an oddly written number has at the most.
const LONGEST_ODD: usize = 16;
/// How far words are looked at on either side, in bytes.
const NEAR: usize = 120;
/// A kind may stand so many words before its number.
const MOST_WORDS: usize = 14;
/// “Vienna, 12 de noviembre de 2026”
const MOST_OF_DAY: usize = 6;
/// “of the”, before a body.
const ARTICLES: usize = 2;

/// What was left of a text; `taken` are the places that were read, sorted.
pub fn left(text: &str, language: &str, taken: &[Range<usize>]) -> Vec<Left> {
    let Some(reader) = Reader::of(language) else { return Vec::new() };
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = bytes.get(at..).and_then(|rest| rest.iter().position(u8::is_ascii_digit)) {
        let start = at + step;
        let figures = bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        at = start + figures;
        let before = taken.partition_point(|range| range.start <= start);
        if let Some(range) = before.checked_sub(1).and_then(|at| taken.get(at)).filter(|range| start < range.end) {
            at = at.max(range.end);
            continue;
        }
        let from = before.checked_sub(1).and_then(|at| taken.get(at)).map_or(0, |range| range.end);
        let to = taken.get(before).map_or(text.len(), |range| range.start);
        let before = found.last().map_or(0, |left: &Left| left.words.end);
        // `ES-11/1`
        let lead = SPECIAL.iter().find(|lead| figures <= 2 && text[from..start].ends_with(**lead));
        let lead = lead.map_or(0, |lead| lead.len());
        let number = Candidate { reader, text, start: start - lead, lead, figures, from, to, before, is_odd: false };
        if let Some(left) = number.left() {
            at = at.max(left.words.end);
            found.push(left);
        }
    }
    found
}

/// A number, and the text around it that was not read.
struct Candidate<'t> {
    reader: &'static Reader,
    text: &'t str,
    start: usize,
    /// How many bytes of letters its figures have before them.
    lead: usize,
    figures: usize,
    from: usize,
    to: usize,
    /// Where the last number ends that was not read.
    before: usize,
    /// Whether it begins with a letter that stands for a figure.
    is_odd: bool,
}

/// How a number is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `5/11`
    Yearly,
    /// `5-11`
    Hyphen,
    /// `1325/2000`, `1325 (2000)`
    OfYear,
    /// `68/262`, `ES-11/1`: of a session of the General Assembly.
    Session,
    /// `5.11`, `1,063`, `5/11bis`: as no number of ours is written.
    Odd,
    /// `1063`
    Bare,
}

/// Where in the words before a number those begin that belong to it, and what stopped the reading.
type Seen = (usize, Stopped);

/// A kind before a number.
struct Kind {
    /// Where its word begins.
    at: usize,
    /// The letters of symbols.
    letters: &'static str,
    /// The word that may be meant, where another is written.
    meant: Option<String>,
    /// How many words stand between it and the number.
    apart: usize,
    /// Whether the word names the body too.
    has_body: bool,
}

impl<'t> Candidate<'t> {
    fn left(&self) -> Option<Left> {
        let before = &self.text[self.from..self.start];
        // `No. l202`, `MC.DEC/O5/99`: a letter for a figure.
        if let Some(rest) =
            before.strip_suffix(is_like_a_figure).filter(|rest| rest.ends_with(['/', '.', ' ', '\u{A0}']))
        {
            let start = self.from + rest.len();
            let symbol = rest.ends_with('/').then(|| like_a_symbol(self.text, start, rest)).flatten();
            let number = Candidate { start, figures: self.figures + 1, is_odd: true, ..*self };
            return symbol.or_else(|| self.without_sign(rest).1.then(|| number.left()).flatten());
        }
        // `No. /14`, `No. B/14`: the number before the stroke was lost, or is a letter.
        if let Some(rest) = before.strip_suffix('/')
            && let Some(rest) = [Some(rest), rest.strip_suffix(char::is_alphabetic)]
                .into_iter()
                .flatten()
                .find(|rest| self.without_sign(rest).1)
        {
            let start = self.from + rest.len();
            return Candidate { start, figures: self.start + self.figures - start, is_odd: true, ..*self }.left();
        }
        if before.ends_with(['/', '.', ' ', '\u{A0}'])
            && let Some(left) = like_a_symbol(self.text, self.start, before)
        {
            return Some(left);
        }
        let (head, signed) = self.without_sign(before);
        // `N.5/11`: a sign may touch its number.
        if !signed
            && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '‑' | '–' | '.' | ','))
            && !before.ends_with(". ")
        {
            return None;
        }
        let form = if self.is_odd { None } else { self.form() };
        let (form, end) = form.or_else(|| self.odd(signed))?;
        let opened = head.trim_end().ends_with(['(', ',']);
        let head = head.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ','));
        if !signed && (form == Form::Hyphen || form == Form::Bare && !self.may_stand_alone()) {
            return None;
        }
        let head = self.clause(head);
        let start = head.as_ptr() as usize - self.text.as_ptr() as usize;
        let after = &self.text[end..self.text.floor_char_boundary((end + NEAR).min(self.to))];
        let after = after.split([';', ':', '\n']).next().unwrap_or_default();
        let stopped = self.stopped(form, signed, opened, head, after, end);
        let stopped = stopped.or_else(|| {
            // “Decision No. 5/14, und No. 6/17”: behind one that was read a sign goes on with what it is.
            let between = head.trim_matches(|c: char| c.is_whitespace() || c == ',');
            let is_near = start == self.from && self.from > 0 && between.split_whitespace().count() <= 1;
            let goes_on = signed && form == Form::Yearly && is_near;
            goes_on.then(|| (self.start - start, Stopped::Words(self.text[self.start..end].to_owned())))
        });
        let stopped = stopped.or_else(|| {
            // “(No. 2/03) and on tolerance (No. 4/03)”
            let between = self.text.get(self.before..start).filter(|_| self.before > 0)?;
            let goes_on = signed && opened && form == Form::Yearly && matches!(between.trim(), "" | ")");
            goes_on.then(|| (self.start - start, Stopped::Words(self.text[self.start..end].to_owned())))
        });
        // “Decision No. 1325 on the scales, and the No. 1326”
        let stopped = stopped.or_else(|| {
            let is_number = form == Form::Yearly || form == Form::Bare && self.may_stand_alone();
            let is_elided =
                signed && is_number && start == self.from && self.from > 0 && self.without_article(head).is_some();
            is_elided.then(|| (self.start - start, Stopped::Words(self.text[self.start..end].to_owned())))
        })?;
        let near = &head[head.ceil_char_boundary(head.len().saturating_sub(NEAR))..];
        if self.is_of_another(near) || self.is_of_another(after) {
            return None;
        }
        Some(Left { words: start + stopped.0..end, stopped: stopped.1 })
    }

    /// What stopped the reading, and where in `head` the words begin.
    fn stopped(&self, form: Form, signed: bool, opened: bool, head: &str, after: &str, end: usize) -> Option<Seen> {
        let number = || self.text[self.start..end].to_owned();
        let from = head.as_ptr() as usize - self.text.as_ptr() as usize;
        // “resolutions ES-11/1 of 2 March 2022 and 68/262”, “resolutions of the Council 1325 and 1820”
        let between = self.text.get(self.before..self.start).unwrap_or_default();
        let between = self.without_article(between.trim()).unwrap_or(between);
        let is_near = between.trim_matches(|c: char| c.is_whitespace() || c == ',').split_whitespace().count() <= 1;
        let goes_on = |kind: usize| {
            from + kind < self.before && (form == Form::Session || form == Form::Bare && !signed && is_near)
        };
        let body_before = self.body(head);
        let has_body = || body_before.is_some() || self.body(after).is_some();
        if let Some(kind) = self.kind(head, after) {
            let is_resolution = kind.letters == "RES";
            // “Decision of the Ministerial Council No. 1O3”: the body alone stands between, and its article.
            let of_body =
                body_before.map(|(at, length)| (at, head[at..at + length].split_whitespace().count(), length));
            let is_beside = kind.apart == 0
                || of_body
                    .is_some_and(|(at, words, length)| at + length == head.len() && kind.apart <= words + ARTICLES);
            let fits = match form {
                Form::OfYear => is_resolution && (kind.apart <= 1 || has_body()),
                // Only right behind its kind, and with a body of ours.
                Form::Odd => is_beside && has_body(),
                Form::Session => kind.apart == 0 && (is_resolution || signed && has_body()),
                Form::Bare => {
                    has_body() && (kind.meant.is_some() && kind.apart == 0 || opened && body_before.is_some())
                }
                Form::Yearly | Form::Hyphen => !is_resolution || has_body(),
            };
            if is_resolution && goes_on(kind.at) {
                return Some((self.start - from, Stopped::Words(number())));
            }
            // “resolutions of the Security Council 1325, 1820”
            let ends_in_body = || {
                let rest = body_before.map(|(at, length)| head[at + length..].trim());
                rest.is_some_and(|rest| self.without_article(rest).unwrap_or(rest).trim_matches([',', ' ']).is_empty())
            };
            if !signed && form == Form::Bare {
                // “under Decision 1202”: with a capital it is the name of one.
                let is_one =
                    kind.apart == 0 && head[kind.at..].starts_with(char::is_uppercase) && kind.letters == "DEC";
                let is_left = is_resolution && ends_in_body() || is_one && kind.meant.is_none();
                return is_left.then(|| (kind.at, Stopped::Words(number())));
            }
            // “decision nr 5/11”: a word before the number that may be a sign.
            let beside = kind.apart == 0
                || kind.apart == 1 && form == Form::Yearly && has_body()
                || form == Form::Odd && is_beside;
            let is_slip =
                kind.meant.is_some() && form == Form::Yearly && head[kind.at..].starts_with(char::is_uppercase);
            if fits && (beside || form == Form::OfYear) && (signed || has_body() || is_resolution || is_slip) {
                let word = head[kind.at..].trim().to_owned();
                // “MC Dec. 5/11”: from the body on.
                let body =
                    body_before.filter(|(at, length)| head[at + length..].trim_start().len() == head[kind.at..].len());
                let at = body.map_or(kind.at, |(at, _)| at);
                return Some((
                    at,
                    match (kind.meant, form) {
                        (Some(meant), _) => Stopped::Slip(word, meant),
                        (None, Form::Hyphen | Form::OfYear | Form::Odd) => Stopped::Number(number()),
                        (None, Form::Yearly | Form::Session | Form::Bare) => Stopped::Words(number()),
                    },
                ));
            }
            // “decisions of the Ministers’ Council No. 5/14”: a body that is not called so.
            let is_called =
                has_body() || kind.has_body || form == Form::Yearly && self.may_name_a_body(&head[kind.at..]);
            let is_marked = signed || opened && form == Form::Yearly && body_before.is_some();
            if fits && is_marked && kind.meant.is_none() && is_called && form != Form::OfYear {
                return Some((kind.at, Stopped::Words(number())));
            }
        }
        self.without_kind(form, signed, head, after, number())
    }

    /// A number with a body beside it, and no kind before it.
    fn without_kind(&self, form: Form, signed: bool, head: &str, after: &str, number: String) -> Option<Seen> {
        let Some((at, word)) = self.body(head) else {
            // “No. 5/14 of the Ministerial Council’s decisions”: kind and body behind it.
            let is_after = signed
                && form == Form::Yearly
                && self.body(after).is_some()
                && after.split_whitespace().take(MOST_WORDS).any(|word| self.letters_of(bare(word)).is_some());
            let from = head.as_ptr() as usize - self.text.as_ptr() as usize;
            return is_after.then_some((self.start - from, Stopped::Words(number)));
        };
        // “Ministerial Council 5/11”: a body alone before the number.
        let between = head[at + word..].trim();
        if matches!(form, Form::OfYear | Form::Odd) || !signed && form == Form::Bare {
            return None;
        }
        // “Permanent Council No. 1488, Vienna, 12 November 2026”: the meeting, above a statement.
        let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let mut next = after.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MOST_OF_DAY);
        if form == Form::Bare && after.starts_with(',') && next.any(year) {
            return None;
        }
        if between.is_empty() {
            let in_capitals = head[at..].chars().all(|c| c.is_uppercase());
            return (signed || in_capitals).then_some((at, Stopped::Words(number)));
        }
        let slip = |letters| Stopped::Slip(between.to_owned(), self.reader.kinds_of(letters));
        self.short_for_a_kind(between).map(|letters| (at, slip(letters)))
    }

    /// What stands before an article at the end of some words.
    fn without_article<'h>(&self, head: &'h str) -> Option<&'h str> {
        let before = self.reader.elided.iter().find_map(|article| head.strip_suffix(*article))?;
        (!before.ends_with(char::is_alphanumeric)).then_some(before)
    }

    /// Whether its figures are many enough, and no year.
    fn may_stand_alone(&self) -> bool {
        let figures = &self.text[self.start + self.lead..][..self.figures];
        matches!(self.figures, 3 | 4) && !figures.starts_with("20") && !figures.starts_with("19")
    }

    /// The form of the number, and where it ends.
    fn form(&self) -> Option<(Form, usize)> {
        let end = self.start + self.lead + self.figures;
        let rest = &self.text[end..];
        if self.figures > 5 {
            return None;
        }
        let run = |rest: &str| rest.bytes().take_while(u8::is_ascii_digit).count();
        let (form, length) = if let Some(rest) = rest.strip_prefix('/') {
            match run(rest) {
                part @ 1..=3 if self.lead > 0 => (Form::Session, 1 + part),
                part @ (1 | 3) if self.figures == 2 => (Form::Session, 1 + part),
                // `2011/02` is another's way of writing.
                2 if self.figures < 4 => (Form::Yearly, 3),
                4 if rest.starts_with("19") || rest.starts_with("20") => (Form::OfYear, 5),
                _ => return None,
            }
        } else if let Some(dash) = rest.chars().next().filter(|c| matches!(c, '-' | '‑' | '–')) {
            match run(&rest[dash.len_utf8()..]) {
                2 => (Form::Hyphen, dash.len_utf8() + 2),
                _ => return None,
            }
        } else if let Some(year) = rest.trim_start_matches(|c: char| c.is_whitespace()).strip_prefix('(')
            && run(year) == 4
            && year[4..].starts_with(')')
        {
            (Form::OfYear, rest.len() - year.len() + 5)
        } else {
            (Form::Bare, 0)
        };
        let mut rest = rest[length..].chars();
        let (next, second) = (rest.next(), rest.next());
        let goes_on = match next {
            Some('/') => {
                second.is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
                    && !rest.as_str().starts_with("dd.")
                    && !rest.as_str().starts_with("orr.")
                    && !rest.as_str().starts_with("ev.")
            }
            Some('.' | ',' | ':') => second.is_some_and(|c| c.is_ascii_digit()),
            Some(c) => c.is_alphanumeric() || c == '%',
            None => false,
        };
        (!goes_on).then_some((form, end + length))
    }

    /// A number behind a sign, with figures on both sides of a hyphen or with letters like them, that is written as none of ours is.
    fn odd(&self, signed: bool) -> Option<(Form, usize)> {
        let rest = &self.text[self.start..];
        let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | ',' | '-' | '‑');
        let length = rest.find(|c: char| !is_inside(c)).unwrap_or(rest.len());
        let number = rest[..length].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let is_hyphened =
            number.split(['-', '‑']).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit())).count() == 2;
        // `1З73`: a letter among the figures.
        let is_lettered = number.chars().all(|c| c.is_ascii_digit() || is_like_a_figure(c));
        let is_short = self.figures <= 5 && number.len() <= LONGEST_ODD;
        (is_short && (signed || is_hyphened || is_lettered && number.len() > self.figures))
            .then_some((Form::Odd, self.start + number.len()))
    }

    /// What stands before a number sign, and whether there is one.
    fn without_sign<'b>(&self, before: &'b str) -> (&'b str, bool) {
        let trimmed = before.trim_end();
        for sign in self.reader.signs {
            let Some(rest) = trimmed.strip_suffix(sign) else { continue };
            let is_joined = sign.starts_with(char::is_alphabetic) && rest.ends_with(char::is_alphanumeric);
            // “DecisionNo. 5/11”
            let is_glued = sign.starts_with(char::is_uppercase) && rest.ends_with(char::is_lowercase);
            if !is_joined || is_glued {
                return (rest, true);
            }
        }
        match trimmed.strip_suffix('#') {
            Some(rest) => (rest, true),
            None => (before, false),
        }
    }

    /// The end of a head that belongs to the number: of its sentence, and near.
    fn clause<'b>(&self, head: &'b str) -> &'b str {
        let head = &head[head.ceil_char_boundary(head.len().saturating_sub(2 * NEAR))..];
        let ends = |(at, sign): &(usize, &str)| {
            *sign != "."
                || head[at + 1..].starts_with(char::is_whitespace)
                    && head[..*at].rsplit(char::is_whitespace).next().is_some_and(|word| word.chars().count() > 3)
        };
        let from = head
            .rmatch_indices(['.', ';', ':', '!', '?', '\n', '\u{FFFC}', ')'])
            .find(ends)
            .map_or(0, |(at, sign)| at + sign.len());
        &head[from..]
    }

    /// The word for a kind that is next before the number.
    fn kind(&self, head: &str, after: &str) -> Option<Kind> {
        let words = head.split_whitespace().rev().take(MOST_WORDS);
        for (apart, word) in words.enumerate() {
            let at = word.as_ptr() as usize - head.as_ptr() as usize;
            let bare = bare(word);
            if let Some(letters) = self.letters_of(bare) {
                let has_body = look_up(self.reader.compounds, bare).is_some();
                return Some(Kind { at, letters, meant: None, apart, has_body });
            }
            if apart < 4
                && let Some((meant, letters)) = self.slip(bare)
            {
                let meant = if bare.starts_with(char::is_uppercase) { capitalised(meant) } else { meant.to_owned() };
                return Some(Kind { at, letters, meant: Some(meant), apart, has_body: false });
            }
            if apart == 0
                && let Some(letters) = self.short_for_a_kind(word)
                && (self.body(head).is_some() || self.body(after).is_some())
            {
                let meant = self.reader.kinds_of(letters);
                return Some(Kind { at, letters, meant: Some(capitalised(&meant)), apart, has_body: false });
            }
        }
        None
    }

    /// The letters of a word for a kind, but for journals.
    fn letters_of(&self, word: &str) -> Option<&'static str> {
        look_up(self.reader.kinds, word)
            .or_else(|| look_up(self.reader.compounds, word).and_then(|both| both.split('.').nth(1)))
            .filter(|letters| *letters != "JOUR")
    }

    /// “Dec.”, “Res.”: the beginning of a word for a kind, with the letters of symbols.
    fn short_for_a_kind(&self, word: &str) -> Option<&'static str> {
        let folded = word.to_lowercase();
        let stem = folded.strip_suffix('.').unwrap_or(&folded);
        let is_stem = stem.chars().count() >= 3 && stem.chars().all(char::is_alphabetic);
        let mut kinds = self.reader.kinds.iter().filter(|(_, letters)| *letters != "JOUR");
        kinds.find(|(kind, _)| is_stem && kind.starts_with(stem)).map(|(_, letters)| *letters)
    }

    /// Whether a text has a word with which a body of ours begins: “of the Council”.
    fn may_name_a_body(&self, text: &str) -> bool {
        let begins = |word: &str| {
            let word = bare(word).to_lowercase();
            self.reader.bodies.iter().any(|(body, _)| body.split(' ').next() == Some(word.as_str()))
        };
        text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).any(begins)
    }

    /// A word for a kind that differs by a letter.
    fn slip(&self, word: &str) -> Option<(&'static str, &'static str)> {
        let count = word.chars().count();
        if count < 6 {
            return None;
        }
        let folded: Vec<char> = word.to_lowercase().chars().collect();
        let compounds =
            self.reader.compounds.iter().map(|(word, both)| (*word, both.split('.').nth(1).unwrap_or_default()));
        let kinds = self.reader.kinds.iter().copied().chain(compounds);
        kinds
            .filter(|(kind, letters)| *letters != "JOUR" && kind.chars().count().abs_diff(count) <= 1)
            .find(|(kind, _)| is_one_off(&folded, &kind.chars().collect::<Vec<_>>()))
    }

    /// The last body of ours in a text: where, and how long its words are.
    fn body(&self, text: &str) -> Option<(usize, usize)> {
        let mut last = None;
        for (at, _) in
            text.char_indices().filter(|(at, c)| c.is_uppercase() && !text[..*at].ends_with(char::is_alphanumeric))
        {
            if let Some(length) = self.reader.body_at(&text[at..]) {
                last = Some((at, length));
            }
        }
        last
    }

    fn is_of_another(&self, text: &str) -> bool {
        self.reader.another_in(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Stopped, left};

    #[test]
    fn letters_of_no_type_are_left() {
        let found = left("see MC.DOX/10/14, and MCDEC/5/11.", "en", &[]);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].stopped, Stopped::Letters("MC".to_owned(), "DOX".to_owned()));
        assert!(left("room 5/11, PCT/5/11, 4/12, ISO/IEC 27001/13 and case C-5/11", "en", &[]).is_empty());
    }
}
