//! Letters that were typed for the figures that they look like: `12/O4`, `No. l202`,
//! `S/RES/l325 (2000)`. A text is read as if they were figures, byte for byte, and what was
//! read so is said.

use std::borrow::Cow;
use std::ops::Range;

use super::cited::{Cited, Problem, What, in_one_line};
use crate::syntax::citation::figure_like;

/// No number has more signs.
const LONGEST: usize = 5;

/// A text with figures in the place of such letters, and the numbers in which they stand.
pub(super) struct Figures<'t> {
    pub text: Cow<'t, str>,
    places: Vec<Range<usize>>,
}

impl<'t> Figures<'t> {
    /// Looks for figures that touch such letters and nothing else of a word.
    pub fn of(text: &'t str) -> Figures<'t> {
        let bytes = text.as_bytes();
        let is_part = |byte: u8| byte.is_ascii_digit() || figure_like(char::from(byte)).is_some();
        let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
        let mut places = Vec::new();
        let mut at = 0;
        while let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|digit| at + digit) {
            let before = bytes[..start]
                .iter()
                .rev()
                .take(LONGEST)
                .take_while(|byte| figure_like(char::from(**byte)).is_some())
                .count();
            let length = bytes[start..].iter().take_while(|byte| is_part(**byte)).count();
            let place = start - before..start + length;
            at = place.end;
            let is_apart = !bytes[..place.start].last().copied().is_some_and(is_word)
                && !bytes.get(place.end).copied().is_some_and(is_word);
            let has_letters = bytes[place.clone()].iter().any(|byte| !byte.is_ascii_digit());
            if has_letters && is_apart && place.len() <= LONGEST {
                places.push(place);
            }
        }
        if places.is_empty() {
            return Figures { text: Cow::Borrowed(text), places };
        }
        let mut read = String::with_capacity(text.len());
        let mut at = 0;
        for place in &places {
            read.push_str(&text[at..place.start]);
            read.extend(text[place.clone()].chars().map(|sign| figure_like(sign).unwrap_or(sign)));
            at = place.end;
        }
        read.push_str(&text[at..]);
        Figures { text: Cow::Owned(read), places }
    }

    /// Says of each reference that was read so what it is with figures.
    pub fn say(&self, all: &mut [Cited]) {
        for cited in all.iter_mut().filter(|cited| cited.problem.is_none() && !self.places.is_empty()) {
            let is_numbered = matches!(cited.what, What::Symbol(_) | What::Resolution(_));
            let near = self.places.partition_point(|place| place.end <= cited.number.start);
            let is_read_so = self.places.get(near).is_some_and(|place| place.start < cited.number.end);
            if is_numbered && is_read_so {
                cited.problem = Some(Problem::Letters(in_one_line(&self.text[cited.number.clone()])));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_between_figures_are_read_as_figures() {
        for (text, read) in [
            ("Nr. 12/O4 und 3/14", "Nr. 12/04 und 3/14"),
            ("MC.DEC/5/O7, No. l202", "MC.DEC/5/07, No. 1202"),
            ("S/RES/l325 (2000)", "S/RES/1325 (2000)"),
            ("CO2, H2O, 10l, 1st, I, 5I/B", "CO2, H2O, 101, 1st, I, 51/B"),
        ] {
            assert_eq!(Figures::of(text).text, read);
        }
    }
}
