//! A paragraph as one string, with a table that leads back to the source.

use crate::source::Span;
use crate::syntax::ast::Inline;

/// Stands for what the compiler will write: no word goes on across it.
pub(super) const GAP: char = '\u{FFFC}';

/// The words of a paragraph in one string.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    pub text: String,
    /// Offset in `text` and place in the source of each piece, sorted.
    pieces: Vec<(usize, Span)>,
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
        flat.add(content, inset);
        flat
    }

    fn add<'a>(&mut self, content: &'a [Inline], inset: &mut dyn FnMut(Inset<'a>)) {
        for inline in content {
            match inline {
                Inline::Text(text) => self.piece(&text.text, text.span),
                Inline::Break(span) => self.piece(" ", *span),
                Inline::Pipe(span) => self.piece("|", *span),
                Inline::Emphasis { content, .. } => self.add(content, inset),
                Inline::Bracket { span, alternatives } => {
                    for (at, alternative) in alternatives.iter().enumerate() {
                        let sign = if at == 0 { span.part(0..1) } else { alternative_place(alternative, *span) };
                        self.piece(if at == 0 { "[" } else { "|" }, sign);
                        if let Some((_, names)) = &alternative.by {
                            self.piece(&names.text, names.span);
                        }
                        self.add(&alternative.content, inset);
                    }
                    let end = span.range().len();
                    self.piece("]", span.part(end - 1..end));
                }
                Inline::CrossReference { span, .. } => self.piece("\u{FFFC}", *span),
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

    /// Whether a byte of the text is in a web address.
    pub fn in_address(&self, at: usize) -> bool {
        let start = self.text[..at].rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
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

fn alternative_place(alternative: &crate::syntax::ast::Alternative, bracket: Span) -> Span {
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
