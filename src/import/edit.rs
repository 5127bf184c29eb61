//! Words that were changed in a file, as edits of the author's text, where they have a place in it.

use std::ops::Range;

use super::places::{Origin, Sign, Text, WRITTEN};
use super::spots::Spot;
use crate::compare::hunks;
use crate::syntax::escape::{Beginning, Brackets, beginning, escaped, has_paired_brackets};

/// A change of a spot's words: which signs of it, and what stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Counted in signs.
    pub old: Range<usize>,
    pub new: String,
}

/// Where words of one text became others: whole words.
pub(super) fn changes(old: &str, new: &str) -> Vec<Hunk> {
    let (was, is) = (tokens(old), tokens(new));
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let alike =
        |words: &[String]| -> Vec<String> { words.iter().map(|word| word.chars().map(plain).collect()).collect() };
    for (gone, put) in hunks(&alike(&was), &alike(&is)) {
        match out.last_mut() {
            // What one blank divides is one change.
            Some((before, new))
                if gone.start == before.end + 1 && was.get(before.end).is_some_and(|word| word == " ") =>
            {
                before.end = gone.end;
                new.end = put.end;
            }
            _ => out.push((gone, put)),
        }
    }
    let length = |words: &[String]| words.iter().map(|word| word.chars().count()).sum::<usize>();
    let hunk = |(gone, put): (Range<usize>, Range<usize>)| {
        let start = length(was.get(..gone.start).unwrap_or_default());
        let end = start + length(was.get(gone).unwrap_or_default());
        Hunk { old: start..end, new: is.get(put).unwrap_or_default().concat() }
    };
    out.into_iter().map(hunk).collect()
}

/// Words and the blanks between them.
fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut was_blank = None;
    for sign in text.chars() {
        let is_blank = sign.is_whitespace();
        match out.last_mut().filter(|_| was_blank == Some(is_blank)) {
            Some(word) => word.push(sign),
            None => out.push(sign.to_string()),
        }
        was_blank = Some(is_blank);
    }
    out
}

/// One form of signs that are printed otherwise than they are written.
fn plain(sign: char) -> char {
    match sign {
        _ if sign.is_whitespace() => ' ',
        '“' | '”' | '„' | '«' | '»' | '"' => '"',
        '‘' | '’' | '‚' | '\'' => '\'',
        '\u{2011}' => '-',
        _ => sign,
    }
}

/// Which sign of the author's text each printed sign is.
pub(super) struct Mapped<'t> {
    source: &'t str,
    text: &'t Text,
    signs: &'t [Sign],
    printed: Vec<char>,
    to: Vec<Option<usize>>,
}

impl<'t> Mapped<'t> {
    pub fn of(source: &'t str, text: &'t Text, signs: &'t [Sign], words: &str) -> Mapped<'t> {
        let printed: Vec<char> = words.chars().collect();
        let one = |sign: char| plain(sign).to_string();
        let old: Vec<String> = printed.iter().map(|sign| one(*sign)).collect();
        let new: Vec<String> = signs.iter().map(|sign| one(sign.sign)).collect();
        let mut to = vec![None; printed.len()];
        let (mut at, mut own) = (0, 0);
        let all = hunks(&old, &new).into_iter().chain([(old.len()..old.len(), new.len()..new.len())]);
        for (gone, put) in all {
            while at < gone.start && own < put.start {
                to[at] = Some(own);
                at += 1;
                own += 1;
            }
            (at, own) = (gone.end, put.end);
        }
        Mapped { source, text, signs, printed, to }
    }

    fn sign(&self, at: usize) -> Option<(usize, &Sign)> {
        let own = (*self.to.get(at)?)?;
        Some((own, self.signs.get(own)?))
    }

    fn own(&self, at: usize) -> Option<(usize, &Sign)> {
        self.sign(at).filter(|(_, sign)| sign.origin == Origin::Own)
    }

    /// The bytes of signs that stand one behind the other in the author's text.
    fn bytes(&self, range: Range<usize>) -> Result<Range<usize>, Origin> {
        let mut last: Option<(usize, Sign)> = None;
        let mut start = None;
        for at in range.clone() {
            let Some((own, sign)) = self.own(at) else { return Err(self.origin(range)) };
            if let Some((before, sign_before)) = last
                && (before + 1 != own || sign_before.to != sign.from)
            {
                return Err(self.between(before, own));
            }
            start = start.or(Some(sign.from));
            last = Some((own, *sign));
        }
        match (start, last) {
            (Some(start), Some((_, last))) => Ok(start..last.to),
            _ => Err(Origin::Own),
        }
    }

    /// Whose words stand in a range of what is printed.
    fn origin(&self, range: Range<usize>) -> Origin {
        let of_signs = range.clone().filter_map(|at| self.sign(at)).map(|(_, sign)| sign.origin);
        let before =
            range.start.checked_sub(1).and_then(|at| self.to.get(..=at)?.iter().rev().flatten().next().copied());
        let after = self.to.get(range.end..).and_then(|rest| rest.iter().flatten().next().copied());
        let between = self.between(before.map_or(0, |at| at + 1).saturating_sub(1), after.unwrap_or(self.signs.len()));
        of_signs.chain([between]).find(|origin| *origin != Origin::Own).unwrap_or(Origin::Own)
    }

    /// Whose words the compiler writes between two signs.
    fn between(&self, before: usize, after: usize) -> Origin {
        let inside = self.signs.get(before..after.min(self.signs.len())).unwrap_or_default();
        let written = inside.iter().find(|sign| sign.sign == WRITTEN);
        written.or(inside.iter().find(|sign| sign.origin != Origin::Own)).map_or(Origin::Own, |sign| sign.origin)
    }

    /// A change as an edit of the source, or whose words it is about.
    pub fn edit(&self, hunk: &Hunk, now: &Spot) -> Result<(Range<usize>, String), Origin> {
        let new: Vec<char> = hunk.new.chars().collect();
        let whole = if hunk.old.is_empty() { Err(Origin::Own) } else { self.bytes(hunk.old.clone()) };
        if let Ok(bytes) = whole {
            return Ok((bytes.clone(), self.written(&hunk.new, bytes, now)));
        }
        // What did not change at its ends need not be the author's.
        let old = self.printed.get(hunk.old.clone()).unwrap_or_default();
        let alike = |a: &char, b: &char| plain(*a) == plain(*b);
        let head = old.iter().zip(&new).take_while(|(a, b)| alike(a, b)).count();
        let most = old.len().min(new.len()) - head;
        let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| alike(a, b)).count();
        let range = hunk.old.start + head..hunk.old.end - tail;
        let words: String = new.get(head..new.len() - tail).unwrap_or_default().iter().collect();
        if !range.is_empty() {
            let bytes = self.bytes(range)?;
            return Ok((bytes.clone(), self.written(&words, bytes, now)));
        }
        let at = range.start;
        let before = at.checked_sub(1).and_then(|before| self.own(before)).map(|(own, sign)| (own, sign.to));
        let after = self.own(at).map(|(own, sign)| (own, sign.from));
        // Words behind a blank belong to what stands before it, unless that is emphasized.
        let place = match (before, after) {
            (Some((_, end)), Some((_, start))) if words.starts_with(char::is_whitespace) && end != start => start,
            (Some((_, end)), _) => end,
            (None, Some((_, start))) => start,
            (None, None) => return Err(self.origin(at.saturating_sub(1)..(at + 1).min(self.printed.len()))),
        };
        Ok((place..place, self.written(&words, place..place, now)))
    }

    fn written(&self, words: &str, bytes: Range<usize>, now: &Spot) -> String {
        let keeps = has_paired_brackets(&now.words);
        let out = escaped(words, if keeps { Brackets::Kept } else { Brackets::Signs });
        let is_first = self.text.is_bare && self.signs.first().is_some_and(|first| first.from >= bytes.start);
        let rest = self.source.get(bytes.end..).unwrap_or_default();
        let rest: String = rest.chars().take(80).collect();
        let line = format!("{out}{rest}");
        let line = line.lines().next().unwrap_or_default();
        if is_first && beginning(line) != Beginning::Words { format!("\\{out}") } else { out }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_of_whole_words() {
        let hunk = |old, new: &str| Hunk { old, new: new.to_owned() };
        assert_eq!(changes("a bc d", "a xy d"), [hunk(2..4, "xy")]);
        assert_eq!(changes("a b c", "a b"), [hunk(3..5, "")]);
        assert_eq!(changes("a b c d", "a x y d"), [hunk(2..5, "x y")]);
        assert_eq!(changes("a b", "a b"), []);
    }
}
