//! XML as it is written: text that is text, and no character that XML has no place for.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// What every part begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Whether XML 1.0 has a place for a character.
fn fits(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Words as they stand in XML, in an attribute too.
pub fn text(words: &str) -> Cow<'_, str> {
    if words.chars().all(fits) {
        return escape(words);
    }
    let fitting: String = words.chars().map(|c| if fits(c) { c } else { ' ' }).collect();
    Cow::Owned(escape(fitting).into_owned())
}
