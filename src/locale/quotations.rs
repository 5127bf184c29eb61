//! Where words stand in quotation marks: they are another's.

use std::ops::Range;

use super::Quotes;

/// The quotations of a text, in bytes, in their order, the marks included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quotations(Vec<Range<usize>>);

impl Quotations {
    /// Whether a byte of the text stands in a quotation.
    pub fn hold(&self, at: usize) -> bool {
        let before = self.0.partition_point(|quotation| quotation.start < at);
        before.checked_sub(1).and_then(|last| self.0.get(last)).is_some_and(|quotation| at < quotation.end)
    }
}

impl Quotes {
    /// The quotations of a text by the marks of its language; those of another
    /// one count where they cannot be mistaken. What is opened and never closed
    /// is none: nothing would be checked up to the end of the text.
    pub fn quotations(&self, text: &str) -> Quotations {
        let mut whole: Vec<Range<usize>> = Vec::new();
        let mut open: Vec<(usize, char)> = Vec::new();
        for (at, mark) in text.char_indices().filter(|(_, c)| matches!(c, '“' | '”' | '„' | '«' | '»')) {
            match open.pop_if(|(_, opening)| self.closes(mark, *opening, &text[..at])) {
                Some((start, _)) => {
                    // What stood inside is a part of it.
                    let inside = whole.partition_point(|quotation| quotation.start < start);
                    whole.truncate(inside);
                    whole.push(start..at + mark.len_utf8());
                }
                None if self.opens(mark) => open.push((at, mark)),
                None => {}
            }
        }
        Quotations(whole)
    }

    fn is_opening(&self, mark: char) -> bool {
        self.open.starts_with(mark) || self.inner_open.starts_with(mark)
    }

    pub(super) fn is_closing(&self, mark: char) -> bool {
        self.close.starts_with(mark) || self.inner_close.starts_with(mark)
    }

    /// Whether a mark can open a quotation: `“` does not where it closes them.
    pub(super) fn opens(&self, mark: char) -> bool {
        self.is_opening(mark) || matches!(mark, '“' | '„' | '«') && !self.is_closing(mark)
    }

    /// Whether a mark closes what another one opened.
    fn closes(&self, mark: char, opening: char, before: &str) -> bool {
        match (opening, mark) {
            ('„', '“' | '”') | ('“', '”') | ('«', '»') | ('»', '«') => true,
            // The opening mark typed again at the end of the words.
            ('“', '“') => before.ends_with(|c: char| !c.is_whitespace() && !matches!(c, '(' | '[' | '“')),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    /// `#` stands at a place that is quoted, `_` at one that is not.
    #[test]
    fn quotations_end_where_their_language_closes_them() {
        for (tag, text) in [
            ("en", "_ “#” _ “# “#” #” _"),
            ("en", "_ the „#“ of Vienna _, and « # » _"),
            ("en", "_ “#“ _ [X]"),
            ("en", "_ “_ never closed _"),
            ("de", "_ „#“ _ und „# ‚#‘ #“ _"),
            ("de", "_ „#” _ “_ "),
            ("fr", "_ « # “#” # » _ » _"),
            ("ru", "_ «# „#“ #» _"),
            ("it", "_ “#” l’archivio _"),
        ] {
            let quotations = Locale::of(tag).map(|locale| locale.quotes.quotations(text)).unwrap_or_default();
            for (at, sign) in text.match_indices(['#', '_']) {
                assert_eq!(quotations.hold(at), sign == "#", "{tag}: {text} at {at}");
            }
        }
    }
}
