//! By which letters and names a participating State is known, whatever the language.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Locale;

/// The code of the EU, which is no State's.
pub(super) const UNION: &str = "EU";

/// The participating States: a line each, the code of two letters, and what else is
/// written for it in letters.
const LETTERS: &str = include_str!("../../locales/states.txt");

/// Each line's code, and the other letters.
fn letters() -> impl Iterator<Item = (&'static str, std::str::SplitWhitespace<'static>)> {
    let rows = LETTERS.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|row| {
        let mut words = row.split_whitespace();
        Some((words.next()?, words))
    })
}

/// The code of a delegation by any of its usual names, in any language.
pub fn delegation_of(name: &str) -> Option<&'static str> {
    let letters: String = name.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let by_letters = self::letters().find(|(code, others)| *code == letters || others.clone().any(|it| it == letters));
    if let Some((code, _)) = by_letters {
        return Some(code);
    }
    if letters == UNION {
        return Some(UNION);
    }
    names().get(&folded(name)).map(|code| code.as_str())
}

/// All names in all languages, each with its code; read when a text has one that it
/// should not have.
fn names() -> &'static HashMap<String, String> {
    static READ: OnceLock<HashMap<String, String>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut names = HashMap::new();
        for locale in Locale::tags().filter_map(Locale::of) {
            let printed = locale.states.iter().map(|(code, state)| (code, &state.name));
            let usual = locale.state_names.iter().flat_map(|(code, names)| names.iter().map(move |name| (code, name)));
            for (code, name) in printed.chain(usual) {
                names.entry(folded(name)).or_insert_with(|| code.clone());
            }
        }
        names
    })
}

/// A name without capitals, accents and the kind of its apostrophe: `turkiye`.
fn folded(name: &str) -> String {
    let letters = name.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c == '’' { '\'' } else { c });
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_letters_and_is_found_by_all_its_names() {
        for locale in Locale::tags().filter_map(Locale::of) {
            assert!(locale.states.keys().all(|code| letters().any(|(known, _)| known == code)));
            for (code, names) in &locale.state_names {
                assert!(code == UNION || locale.states.contains_key(code), "{code}");
                names.iter().for_each(|name| assert_eq!(delegation_of(name), Some(code.as_str()), "{name}"));
            }
            for (code, state) in &locale.states {
                assert_eq!(delegation_of(&state.name), Some(code.as_str()), "{}", state.name);
            }
        }
    }

    #[test]
    fn letters_and_spellings_lead_to_the_code() {
        let pairs = [("RUS", "RU"), ("UK", "GB"), ("U.K.", "GB"), ("USA", "US"), ("Turkiye", "TR"), ("russie", "RU")];
        pairs.iter().for_each(|(name, code)| assert_eq!(delegation_of(name), Some(*code), "{name}"));
        assert_eq!((delegation_of("Utopia"), delegation_of("Note"), delegation_of("XYZ")), (None, None, None));
    }
}
