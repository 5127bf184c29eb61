//! Instruments that go by a name, “the Helsinki Final Act”.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cited::{Cited, What};
use crate::registry::{Registry, base_of};
use crate::syntax::citation;

/// The names by which instruments go in a language, sorted.
pub(super) struct NameIndex(BTreeMap<String, Vec<(String, String)>>);

/// So many bytes may stand between a name and its symbol in parentheses:
/// “… of the Organization for Security and Co-operation in Europe (”.
const BESIDE: usize = 120;

/// By so many characters names are looked up.
const FIRST: usize = 4;

impl NameIndex {
    pub fn of(registry: &Registry, language: &str) -> NameIndex {
        let mut names: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let mut insert = |name: String, key: &str| {
            let first = name.chars().take(FIRST).collect();
            names.entry(first).or_default().push((name, key.to_owned()));
        };
        for entry in registry.worded() {
            for name in entry.names(language) {
                // What a correction is called is called what it corrects.
                let key = entry.symbol.as_deref().and_then(base_of);
                let key = key.unwrap_or_else(|| entry.key().to_owned());
                let name = name.replace('\'', "’");
                insert(name.to_uppercase(), &key);
                insert(name, &key);
            }
        }
        for names in names.values_mut() {
            names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        NameIndex(names)
    }

    /// The longe    /// Instruments that go by a name.
    pub fn named(
        &self,
        text: &str,
        language: &str,
        pins: &[(Range<usize>, String)],
        list: usize,
        all: &mut Vec<Cited>,
    ) {
        let mut at = 0;
        let mut names: Vec<Cited> = Vec::new();
        // Both apostrophes are one; they are not of one length.
        while let Some(word) = citation::next_word(text, at) {
            let rest = &text[word..];
            at = word + rest.chars().next().map_or(1, char::len_utf8);
            let Some((length, key)) = self.at_start(rest) else { continue };
            let mut words = word..word + length;
            at = words.end;
            let after = citation::after_name(&text[words.end..], language);
            let taken = all.iter().any(|cited| cited.words.start < words.end && words.start < cited.words.end);
            if after.of_another || taken {
                continue;
            }
            let before = pins.iter().find(|(range, _)| {
                range.end == words.start || is_article(&text[range.end.min(words.start)..words.start])
            });
            let mut pinpoint = None;
            if let Some((range, pin)) = before {
                words.start = range.start;
                pinpoint = Some(pin.clone());
            } else if let Some((pin, length)) = after.pinpoint {
                words.end += length;
                pinpoint = Some(pin);
            }
            names.push(Cited {
                number: words.clone(),
                words,
                what: What::Named(key.to_owned()),
                pinpoint,
                problem: None,
                dated: None,
                list: list + names.len(),
            });
        }
        all.extend(names);
        all.sort_by_key(|cited| cited.words.start);
        // “the Astana Commemorative Declaration (SUM.DOC/1/10)” is one.
        all.dedup_by(|second, first| {
            let between = text.get(first.words.end..second.words.start).unwrap_or_default();
            let base = |key: String| base_of(&key).unwrap_or(key);
            let same = matches!(first.what, What::Named(_))
                && base(first.what.key()) == base(second.what.key())
                && between.ends_with('(')
                && between.len() <= BESIDE
                && !between.contains([',', '.', ';', ':']);
            if same {
                first.words.end = second.words.end + usize::from(text[second.words.end..].starts_with(')'));
            }
            same
        });
    }

    /// The longest name with which a text begins: its length, and what it names.
    fn at_start(&self, text: &str) -> Option<(usize, &str)> {
        let first: String = text.chars().take(FIRST).collect();
        let (_, names) = self.0.get_key_value(&first)?;
        names.iter().find_map(|(name, key)| {
            let rest = after(text, name)?;
            let ends_word = !rest.starts_with(|c: char| c.is_alphanumeric());
            ends_word.then(|| (text.len() - rest.len(), key.as_str()))
        })
    }
}

/// What follows a name at the start of a text, whatever its apostrophes and
/// blanks.
fn after<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in name.chars() {
        let sign = rest.next()?;
        let same = sign == expected || expected == '’' && sign == '\'' || expected == ' ' && is_blank(sign);
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Between “of” and a name at most an abbreviation of ours stands.
fn is_article(between: &str) -> bool {
    matches!(between.trim(), "OSCE" | "OSZE")
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}
