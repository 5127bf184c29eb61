//! Text that is text in HTML.

use std::borrow::Cow;

/// A text that is nothing but text, in an attribute too. A sign that HTML cannot hold
/// becomes U+FFFD.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(|sign| replaced(sign).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        match replaced(sign) {
            Some(words) => out.push_str(words),
            None => out.push(sign),
        }
    }
    Cow::Owned(out)
}

fn replaced(sign: char) -> Option<&'static str> {
    let is_none = |sign: char| u32::from(sign) & 0xFFFE == 0xFFFE || matches!(sign, '\u{FDD0}'..='\u{FDEF}');
    match sign {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\'' => Some("&#39;"),
        '\t' | '\n' => None,
        sign if sign.is_control() || is_none(sign) => Some("\u{FFFD}"),
        _ => None,
    }
}

/// A name as it may stand in an `id`: letters, figures and `_` are kept, all between them
/// is one hyphen.
pub fn slug(words: &str) -> String {
    let mut out = String::new();
    for sign in words.chars() {
        if sign.is_alphanumeric() || sign == '_' {
            out.push(sign);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}
