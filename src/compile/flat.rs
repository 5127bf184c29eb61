//! A paragraph as one string, with a table that leads back to the source.

use crate::source::Span;
use crate::syntax::ast::{Alternative, Hyphen, Inline};
use crate::syntax::{self};

/// Stands for what the compiler will write: no word goes on across it.
pub(super) const GAP: char = '\u{FFFC}';

/// In bytes.
const LONGEST_ADDRESS: usize = 2000;

/// The words of a paragraph in one string.
#[derive(Clone, Debug, Default)]
pub(super) struct Flat {
    pub text: String,
    /// Where each piece begins in `text`, and where it stands in a source.
    pieces: Vec<Piece>,
    /// What braces already say of citations, so that it is not read again:
    /// range in `text`, and the braces.
    pub braces: Vec<(std::ops::Range<usize>, Span)>,
    /// Where each bracket opens in `text`, and all of it in the source.
    pub brackets: Vec<(usize, Span)>,
}

/// Whether a byte of a text is in a web address, or right behind it.
pub(super) fn in_address(text: &str, at: usize) -> bool {
    // An address that goes on for longer is none.
    let near = text.ceil_char_boundary(at.saturating_sub(LONGEST_ADDRESS)).min(at);
    let start = text[near..at].rfind(char::is_whitespace).map_or(near, |blank| near + blank + 1);
    let start = text.ceil_char_boundary(start).min(at);
    let word = &text[start..at];
    word.contains("://") || word.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("www.")
}

/// A stretch of the text that stands in one place.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    span: Span,
    bytes: Bytes,
}

/// What the bytes of a piece are to those at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bytes {
    /// The very same, so that each has a place.
    Same,
    /// A sign of the author's in another form, whose place is all of it.
    Composed,
    /// What a value or the compiler wrote.
    Written,
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
    /// Whether it is printed at the foot of the page.
    pub is_note: bool,
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
                // Where a word may be divided it is one word.
                Inline::Hyphen(_, Hyphen::Soft) => {}
                Inline::Hyphen(span, Hyphen::NoBreak) => self.push("-", *span, Bytes::Composed),
                Inline::Break(span) => self.push(" ", *span, Bytes::Same),
                Inline::Pipe(span) => self.piece("|", *span),
                Inline::Emphasis { content, .. } => self.add(content, brackets, inset),
                Inline::Bracket { alternatives, .. } if brackets != Brackets::Shown && !is_gap(alternatives) => {
                    let Brackets::Agreed(wanted) = brackets else { continue };
                    if let Some(agreed) = alternatives.get(wanted).or(alternatives.last()) {
                        self.add_agreed(&agreed.content, brackets, inset);
                    }
                }
                Inline::Bracket { span, alternatives } => {
                    self.brackets.push((self.text.len(), *span));
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
                Inline::OpenBracket { .. } | Inline::CloseBracket(_) if brackets != Brackets::Shown => {}
                Inline::OpenBracket { span, by } => {
                    self.brackets.push((self.text.len(), *span));
                    self.piece("[", span.part(0..1));
                    if let Some((_, names)) = by {
                        self.piece(&names.text, names.span);
                    }
                }
                Inline::CloseBracket(span) => self.piece("]", *span),
                Inline::CrossReference { span, .. } => self.gap(*span),
                Inline::Citation { span, content, .. } | Inline::NoCitation { span, content } => {
                    let start = self.text.len();
                    if content.is_empty() {
                        self.gap(*span);
                    }
                    self.add(content, brackets, inset);
                    self.braces.push((start..self.text.len(), *span));
                }
                Inline::Filled { span, text, gap: false } => self.push(text, *span, Bytes::Written),
                // What is decided later, or by somebody else, is a gap.
                Inline::Filled { span, .. } | Inline::Value { span, .. } | Inline::Unknown { span, .. } => {
                    self.gap(*span)
                }
                Inline::If { span, then, otherwise, .. } => {
                    self.gap(*span);
                    inset(Inset { content: then, language: None, is_note: false });
                    inset(Inset { content: otherwise, language: None, is_note: false });
                }
                Inline::For { span, content, .. } => {
                    self.gap(*span);
                    inset(Inset { content, language: None, is_note: false });
                }
                Inline::Note { content, .. } => inset(Inset { content, language: None, is_note: true }),
                Inline::Lang { span, tag, content } => {
                    self.gap(*span);
                    inset(Inset { content, language: Some(&tag.text), is_note: false });
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
            let is_same = text.span.range().len() == text.text.len();
            let span = if is_same { text.span.part(from..to) } else { text.span };
            self.piece(&text.text[from..to], span);
        }
    }

    /// Words of the author's.
    fn piece(&mut self, text: &str, span: Span) {
        self.push(text, span, if span.range().len() == text.len() { Bytes::Same } else { Bytes::Composed });
    }

    /// What the compiler writes, or somebody decides later.
    fn gap(&mut self, span: Span) {
        self.push(GAP.encode_utf8(&mut [0; 4]), span, Bytes::Written);
    }

    fn push(&mut self, text: &str, span: Span, bytes: Bytes) {
        self.pieces.push(Piece { start: self.text.len(), span, bytes });
        self.text.push_str(text);
    }

    /// The place in the source of a range of the text: from its first byte to
    /// its last, or as far as it stands in one file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        self.reach(range).0
    }

    /// The same, if all of the range is the bytes there and nothing else, so
    /// that an edit of the place is one of the words.
    pub fn edit(&self, range: std::ops::Range<usize>) -> Option<Span> {
        let (span, is_whole) = self.reach(range);
        is_whole.then_some(span)
    }

    fn reach(&self, range: std::ops::Range<usize>) -> (Span, bool) {
        let mut last = self.index(range.start);
        let Some(first) = self.pieces.get(last) else { return (Span::default(), false) };
        let start = first.byte(range.start);
        if range.start >= range.end {
            return (start.head(), first.bytes != Bytes::Written);
        }
        if first.bytes == Bytes::Written {
            return (start, false);
        }
        let mut is_whole = true;
        while let Some(next) = self.pieces.get(last + 1).filter(|next| next.start < range.end) {
            let before = self.pieces[last].span;
            let goes_on = (next.span.file, next.span.chain) == (before.file, before.chain)
                && next.span.start >= before.start
                && next.bytes != Bytes::Written;
            if !goes_on {
                is_whole = false;
                break;
            }
            last += 1;
        }
        let end = self.pieces.get(last + 1).map_or(self.text.len(), |next| next.start).min(range.end);
        let last = self.pieces[last];
        let end = match last.bytes {
            Bytes::Same => last.byte(end.saturating_sub(1)),
            Bytes::Composed | Bytes::Written => last.span.tail(),
        };
        let length = if last.bytes == Bytes::Same { 1 } else { 0 };
        (start.to(Span { end: end.start + length, ..end }), is_whole)
    }

    /// Where the words of a range stand besides their first place: a piece
    /// each that does not go on where the one before it ended.
    pub fn places(&self, range: std::ops::Range<usize>) -> Vec<Span> {
        let first = self.pieces.partition_point(|piece| piece.start <= range.start);
        let inside = self.pieces[first..].iter().take_while(|piece| piece.start < range.end);
        let mut before = self.byte(range.start);
        let mut places = Vec::new();
        for Piece { span, .. } in inside {
            // A blank that was a line break belongs to neither side.
            if span.file != before.file || span.chain != before.chain || span.start < before.start {
                places.push(*span);
            }
            before = *span;
        }
        places
    }

    /// Whether a byte of the text is in a web address.
    pub fn in_address(&self, at: usize) -> bool {
        in_address(&self.text, at)
    }

    /// From a byte of the text to the end of its piece, in the source.
    fn byte(&self, at: usize) -> Span {
        self.pieces.get(self.index(at)).map(|piece| piece.byte(at)).unwrap_or_default()
    }

    /// The piece that a byte is in.
    fn index(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.start <= at).saturating_sub(1)
    }
}

impl Piece {
    /// From a byte of the text to the piece's end; all of it where its bytes
    /// have no places of their own.
    fn byte(&self, at: usize) -> Span {
        let length = self.span.range().len();
        match self.bytes {
            Bytes::Same => self.span.part(at.saturating_sub(self.start).min(length)..length),
            Bytes::Composed if at > self.start => self.span.tail(),
            Bytes::Composed | Bytes::Written => self.span,
        }
    }
}

/// Whether a bracket is a gap to be filled: `[X]`, `[…]`.
fn is_gap(alternatives: &[Alternative]) -> bool {
    let words: String = alternatives.iter().map(|alternative| syntax::words_of(&alternative.content)).collect();
    syntax::is_placeholder(&words)
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
