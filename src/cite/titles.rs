//! Titles in quotation marks after a citation: whose are they?

use std::collections::HashMap;

use crate::registry::Registry;

/// Titles of a language, folded, each with the instruments that bear it.
pub(super) struct Titles(HashMap<String, Vec<String>>);

impl Titles {
    pub fn of(registry: &Registry, language: &str) -> Titles {
        let mut titles: HashMap<String, Vec<String>> = HashMap::new();
        for entry in registry.worded() {
            if let Some(title) = entry.title(language) {
                titles.entry(fold(title)).or_default().push(entry.key().to_owned());
            }
        }
        Titles(titles)
    }

    /// The instruments that bear this very title.
    pub fn bearers(&self, title: &str) -> &[String] {
        self.0.get(&fold(title)).map_or(&[], Vec::as_slice)
    }
}

/// How far after a citation a title may begin, in bytes.
const NEAR: usize = 40;
/// No title is longer, in bytes.
const LONGEST: usize = 600;

/// A title in quotation marks soon after a citation: the bytes of its words.
pub(super) fn quoted_after(text: &str, from: usize) -> Option<std::ops::Range<usize>> {
    let near = &text[from..text.floor_char_boundary(from + NEAR)];
    let open = near.find(['“', '„', '«', '"'])?;
    // Another sentence, or another citation, has titles of its own.
    if near[..open].contains(['.', ';', ':', '(', '\u{FFFC}']) || near[..open].contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mark = near[open..].chars().next()?;
    let start = from + open + mark.len_utf8();
    let rest = &text[start..text.floor_char_boundary(start + LONGEST)];
    let close = match mark {
        '«' => rest.find('»')?,
        '"' => rest.find('"')?,
        _ => rest.find(['”', '“'])?,
    };
    let words = rest[..close].trim_end();
    let lead = words.len() - words.trim_start().len();
    // Quotation marks around blanks alone hold no title.
    (lead < words.len()).then(|| start + lead..start + words.len())
}

fn fold(title: &str) -> String {
    let signs = title.chars().map(|c| match c {
        '\'' => '’',
        '\u{A0}' | '\u{202F}' => ' ',
        '‑' => '-',
        c => c,
    });
    signs.flat_map(char::to_lowercase).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
