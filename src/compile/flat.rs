//! A paragraph as one string, with a table that leads back to the source.

use crate::source::Span;
use crate::syntax::ast::{Alternative, Inline};

/// Stands for what the compiler will write: no word goes on across it.
pub(super) const GAP: char = '\u{FFFC}';

/// In bytes.
const LONGEST_ADDRESS: usize = 2000;

/// The words of a paragraph in one string.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    pub text: String,
    /// Offset in `text` and place in the source of each piece, sorted.
    pieces: Vec<(usize, Span)>,
    /// What braces already say of citations, so that it is not read again:
    /// range in `text`, and the braces.
    pub braces: Vec<(std::ops::Range<usize>, Span)>,
}

/// How brackets of the negotiators are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// As they stand, all alternatives one after the other.
    Shown,
    /// As if this alternative had been agreed, or the last where there are
    /// fewer.
    Agreed(usize),
}

/// Text of its own inside a paragraph: a footnote, a passage in another
/// language.
pub(super) struct Inset<'a> {
    pub content: &'a [Inline],
    /// Another language than that of the text around it.
    pub language: Option<&'a str>,
}

impl Flat {
    /// The words of a text; footnotes and passages in another language are
    /// given to `inset`.
    pub fn of<'a>(content: &'a [Inline], inset: &mut dyn FnMut(Inset<'a>)) -> Flat {
        let mut flat = Flat::default();
        flat.add(content, Brackets::Shown, inset);
        flat
    }

    /// The words of a text as if the alternatives of that number had been
    /// agreed.
    pub fn agreed(content: &[Inline], alternative: usize) -> Flat {
        let mut flat = Flat::default();
        flat.add(content, Brackets::Agreed(alternative), &mut |_| {});
        flat
    }

    fn add<'a>(&mut self, content: &'a [Inline], brackets: Brackets, inset: &mut dyn FnMut(Inset<'a>)) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.piece(&text.text, text.span),
                Inline::Break(span) => self.piece(" ", *span),
                Inline::Pipe(span) => self.piece("|", *span),
                Inline::Emphasis { content, .. } => self.add(content, brackets, inset),
                Inline::Bracket { alternatives, .. } if brackets != Brackets::Shown && !is_gap(alternatives) => {
                    let Brackets::Agreed(wanted) = brackets else { continue };
                    if let Some(agreed) = alternatives.get(wanted).or(alternatives.last()) {
                        self.add_agreed(&agreed.content, brackets, inset);
                    }
                }
                Inline::Bracket { span, alternatives } => {
                    for (at, alternative) in alternatives.iter().enumerate() {
                        let sign = if at == 0 { span.part(0..1) } else { alternative_place(alternative, *span) };
                        self.piece(if at == 0 { "[" } else { "|" }, sign);
                        if let Some((_, names)) = &alternative.by {
                            self.piece(&names.text, names.span);
                        }
                        self.add(&alternative.content, brackets, inset);
                    }
                    let end = span.range().len();
                    self.piece("]", span.part(end - 1..end));
                }
                Inline::CrossReference { span, .. } => self.piece("\u{FFFC}", *span),
                Inline::Citation { span, content, .. } | Inline::NoCitation { span, content } => {
                    let start = self.text.len();
                    if content.is_empty() {
                        self.piece("\u{FFFC}", *span);
                    }
                    self.add(content, brackets, inset);
                    self.braces.push((start..self.text.len(), *span));
                }
                Inline::Later { span, .. } => self.piece("\u{FFFC}", *span),
                Inline::Note { content, .. } => inset(Inset { content, language: None }),
                Inline::Lang { span, tag, content } => {
                    self.piece("\u{FFFC}", *span);
                    inset(Inset { content, language: Some(&tag.text) });
                }
                Inline::Comment(_) | Inline::Label { .. } => {}
            }
        }
    }

    /// An alternative without the blanks beside its bracket or bar.
    fn add_agreed<'a>(&mut self, content: &'a [Inline], brackets: Brackets, inset: &mut dyn FnMut(Inset<'a>)) {
        let last = content.len().saturating_sub(1);
        for (at, inline) in content.iter().enumerate() {
            let Inline::Text(text) = inline else {
                self.add(std::slice::from_ref(inline), brackets, inset);
                continue;
            };
            let from = if at == 0 { text.text.len() - text.text.trim_start().len() } else { 0 };
            let to = if at == last { text.text.trim_end().len().max(from) } else { text.text.len() };
            self.piece(&text.text[from..to], text.span.part(from..to));
        }
    }

    fn piece(&mut self, text: &str, span: Span) {
        self.pieces.push((self.text.len(), span));
        self.text.push_str(text);
    }

    /// The place in the source of a range of the text: from its first byte to
    /// its last.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let start = self.byte(range.start);
        if range.start >= range.end {
            return start.head();
        }
        let end = self.byte(range.end - 1);
        start.to(Span { start: end.start, end: end.start + 1, ..end })
    }

    /// Where the words of a range stand besides their first place: a piece
    /// each that does not go on where the one before it ended.
    pub fn places(&self, range: std::ops::Range<usize>) -> Vec<Span> {
        let first = self.pieces.partition_point(|(start, _)| *start <= range.start);
        let inside = self.pieces[first..].iter().take_while(|(start, _)| *start < range.end);
        let mut before = self.byte(range.start);
        let mut places = Vec::new();
        for (_, span) in inside {
            // A blank that was a line break belongs to neither side.
            if span.file != before.file || span.start < before.start {
                places.push(*span);
            }
            before = *span;
        }
        places
    }

    /// Whether a byte of the text is in a web address.
    pub fn in_address(&self, at: usize) -> bool {
        // An address that goes on for longer is none.
        let near = self.text.ceil_char_boundary(at.saturating_sub(LONGEST_ADDRESS)).min(at);
        let start = self.text[near..at].rfind(char::is_whitespace).map_or(near, |blank| near + blank + 1);
        let start = self.text.ceil_char_boundary(start).min(at);
        self.text[start..at].contains("://")
    }

    /// From a byte of the text to the end of its piece, in the source.
    fn byte(&self, at: usize) -> Span {
        let index = self.pieces.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let Some((start, span)) = self.pieces.get(index) else { return Span::default() };
        let offset = (at - start).min(span.range().len());
        span.part(offset..span.range().len())
    }
}

/// Whether a bracket is a gap to be filled: `[X]`, `[…]`.
fn is_gap(alternatives: &[Alternative]) -> bool {
    let words: String = alternatives.iter().map(|alternative| super::outline::words_of(&alternative.content)).collect();
    super::check::is_placeholder(&words)
}

fn alternative_place(alternative: &Alternative, bracket: Span) -> Span {
    let first = alternative.by.as_ref().map(|(_, names)| names.span).or(alternative.content.first().map(Inline::span));
    first.map_or(bracket.part(0..1), |span| span.head())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::source::FileId;
    use crate::syntax::read_inline;

    #[test]
    fn places_lead_back_through_emphasis_and_line_breaks() {
        let source = "the *Совет\nминистров* (2020)";
        let line = source.find('\n').unwrap_or_default();
        let spans = [Span::new(FileId(0), 0..line), Span::new(FileId(0), line + 1..source.len())];
        let content = read_inline(source, &spans, &mut Diagnostics::default());
        let flat = Flat::of(&content, &mut |_| {});
        assert_eq!(flat.text, "the Совет министров (2020)");
        let at = flat.text.find("министров").unwrap_or_default();
        let span = flat.span(at..at + "министров".len());
        assert_eq!(&source[span.range()], "министров");
    }
}
