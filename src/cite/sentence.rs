//! What a sentence has said so far, and where it ends.

/// What the sentence has said so far.
#[derive(Default)]
pub(super) struct Sentence {
    /// Up to which byte of the text it was read.
    pub end: usize,
    /// The bodies that it named, by the letters of their symbols.
    pub bodies: Vec<String>,
    /// `S` or `A`, where it named a resolution.
    pub united_nations: Option<char>,
}

/// Whether a sentence ends in a stretch of text: a full stop that belongs to
/// no number sign, a blank and a capital.
pub(super) fn ends(text: &str, signs: &[String]) -> bool {
    text.match_indices(['.', '!', '?']).any(|(at, _)| {
        let (before, after) = (&text[..=at], &text[at + 1..]);
        let mut rest = after.chars();
        let blank = rest.next().is_some_and(char::is_whitespace);
        let capital = rest.find(|c| !c.is_whitespace()).is_some_and(char::is_uppercase);
        let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let abbreviation = signs.iter().any(|sign| sign == last) || last.chars().count() <= 2;
        blank && capital && !abbreviation
    })
}
