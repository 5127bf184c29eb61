//! Which of the names that there are was meant.

use super::Diagnostic;
use crate::source::Span;

/// In so long a word two letters may be wrong; in a shorter one they would make
/// another word.
const LONG: usize = 6;

/// The one of `names` that a word is nearly: one letter differs, of a long word
/// two, and always less than half of them.
pub fn likely<'n>(word: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let word = word.to_lowercase();
    let length = |word: &str| word.chars().count();
    let is_near = |distance: usize, name: &str| {
        let shorter = length(name).min(length(&word));
        distance * 2 < shorter && distance <= if shorter < LONG { 1 } else { 2 }
    };
    // What differs more in length cannot be near, and need not be compared.
    let long = length(&word);
    names
        .into_iter()
        .filter(|name| length(name).abs_diff(long) <= 2)
        .map(|name| (strsim::damerau_levenshtein(name, &word), name))
        .filter(|(distance, name)| is_near(*distance, name))
        .min()
        .map(|(_, name)| name)
}

/// Says which of `names` a word is nearly, with an edit of the place that is to
/// be corrected; where it is near none, what there is.
pub fn suggest<'n>(
    diagnostic: Diagnostic,
    word: &str,
    names: impl IntoIterator<Item = &'n str>,
    all: impl FnOnce() -> String,
    correct: Option<Span>,
) -> Diagnostic {
    match likely(word, names) {
        Some(name) => {
            diagnostic.hint(format!("did you mean `{name}`?")).fix_if(format!("write `{name}`"), correct, name)
        }
        None => diagnostic.hint(all()),
    }
}

/// Names to choose from, in words: `a`, `b` or `c`.
pub fn one_of(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [name] => name.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::likely;

    #[test]
    fn a_name_is_likely_where_less_than_half_of_it_differs() {
        for (word, name, is_likely) in [
            ("a", "b", false),
            ("b1", "b2", false),
            ("par", "bar", true),
            ("anex", "annex", true),
            ("axnez", "annex", false),
            ("Preambel", "preamble", true),
            ("lits", "list", true),
            ("recital", "section", false),
        ] {
            assert_eq!(likely(word, [name]) == Some(name), is_likely, "{word} {name}");
        }
    }
}
