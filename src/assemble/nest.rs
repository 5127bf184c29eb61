//! From the flat list of a file's blocks to what holds what.

use super::piece::{Argument, Piece};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, BlockKind, Directive, DirectiveName, Inline, Operand, Paragraph, Segment, Word};
use crate::syntax::{self, MAX_DEPTH};

/// Nests the blocks of a file. With `free` no number that is typed in it needs
/// to be the one that is printed.
pub(crate) fn nest(segments: Vec<Segment>, free: bool, sources: &Sources, found: &mut Diagnostics) -> Vec<Piece> {
    let mut nester = Nester { open: vec![Frame::default()], sources, found, free, too_deep: 0 };
    for segment in segments {
        match segment {
            Segment::Block(block) => nester.block(block),
            Segment::Quote(block, content) => {
                let content = nest(content, true, nester.sources, nester.found);
                nester.push(Piece::Quote(block, content));
            }
            Segment::Table(block, rows) => {
                let rows = nest(rows, true, nester.sources, nester.found);
                nester.push(Piece::Table(block, rows));
            }
            Segment::Directive(directive) => nester.directive(directive),
        }
    }
    // What has no end was said when the file was read.
    while nester.open.len() > 1 {
        nester.close();
    }
    nester.open.pop().map(|frame| frame.pieces).unwrap_or_default()
}

/// What is open, and what stands in it so far.
#[derive(Default)]
struct Frame {
    opening: Option<Directive>,
    /// What stood before `else:`, and the word.
    then: Option<(Vec<Piece>, Span)>,
    pieces: Vec<Piece>,
}

struct Nester<'a> {
    /// Never empty: the first is the file.
    open: Vec<Frame>,
    sources: &'a Sources,
    found: &'a mut Diagnostics,
    free: bool,
    /// Openings beyond the limit of depth, whose `end:` is passed over.
    too_deep: usize,
}

impl Nester<'_> {
    fn push(&mut self, piece: Piece) {
        if let Some(top) = self.open.last_mut() {
            top.pieces.push(piece);
        }
    }

    fn block(&mut self, mut block: Block) {
        if let BlockKind::Paragraph(paragraph) = &mut block.kind {
            if let Some(place) = inherited(paragraph) {
                self.push(Piece::Inherited(place));
                return;
            }
            if let Some(marker) = &mut paragraph.marker {
                marker.is_free = self.free;
            }
        }
        self.push(Piece::Block(block));
    }

    fn directive(&mut self, directive: Directive) {
        match directive.name {
            DirectiveName::If | DirectiveName::For | DirectiveName::Block => self.opening(directive),
            DirectiveName::Else => self.otherwise(&directive),
            DirectiveName::End if self.too_deep > 0 => self.too_deep -= 1,
            DirectiveName::End => self.close(),
            DirectiveName::Include => {
                self.free = true;
                self.include(&directive);
            }
        }
    }

    fn opening(&mut self, directive: Directive) {
        // From here on what is printed depends on what is decided.
        self.free = true;
        if self.open.len() <= MAX_DEPTH {
            self.open.push(Frame { opening: Some(directive), ..Frame::default() });
            return;
        }
        if self.too_deep == 0 {
            let message = format!("branches and blocks are nested more than {MAX_DEPTH} deep");
            self.found.push(
                Diagnostic::new(Code::TooDeep, directive.word, message)
                    .hint("put the inner ones into a file of their own and include it"),
            );
        }
        self.too_deep += 1;
    }

    fn otherwise(&mut self, keyword: &Directive) {
        if self.too_deep > 0 {
            return;
        }
        let value = self.value(keyword);
        if !value.text.is_empty() {
            let hint =
                "put the text on the next line; for another condition write `if:` inside, with an `end:` of its own";
            self.found.push(
                Diagnostic::new(Code::KeywordValue, value.span, "`else:` takes no words after its colon").hint(hint),
            );
        }
        let top = self.open.last_mut();
        match top.filter(|top| top.opening.as_ref().is_some_and(|opening| opening.name == DirectiveName::If)) {
            Some(top) if top.then.is_none() => {
                top.then = Some((std::mem::take(&mut top.pieces), keyword.word));
            }
            Some(Frame { then: Some((_, first)), .. }) => {
                let message = "this `if:` has its `else:` already";
                self.found.push(
                    Diagnostic::new(Code::UnmatchedEnd, keyword.word, message)
                        .other(*first, "here")
                        .hint("delete one of them, or write an `if:` inside with an `end:` of its own"),
                );
            }
            _ => self.found.push(
                Diagnostic::new(Code::UnmatchedEnd, keyword.word, "`else:` belongs to no `if:`")
                    .hint("write `if:` and a condition where the part begins"),
            ),
        }
    }

    fn close(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        let Some(Frame { opening: Some(keyword), then, pieces }) = self.open.pop() else { return };
        let (word, value) = (keyword.word, self.value(&keyword));
        let piece = match keyword.name {
            DirectiveName::If => {
                let condition = syntax::read_condition(&value);
                if condition.is_none() {
                    self.no_form(
                        &keyword,
                        &value,
                        "`if: host`, `if: not host`, `if: tone is warm`, joined by `and` or by `or`",
                    );
                }
                let (then, otherwise) = match then {
                    Some((then, _)) => (then, pieces),
                    None => (pieces, Vec::new()),
                };
                Piece::If { word, condition, then, otherwise }
            }
            DirectiveName::For => {
                let head = syntax::read_repetition(&value);
                if head.is_none() {
                    self.no_form(&keyword, &value, "`for: s in states`, where `states` is a list");
                }
                Piece::For { word, head, content: pieces }
            }
            // Nothing else is opened.
            DirectiveName::Block | DirectiveName::Else | DirectiveName::Include | DirectiveName::End => {
                let is_name = value.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                if value.text.is_empty() || !is_name {
                    self.no_form(&keyword, &value, "`block: closing`, a name of letters, figures and `-`");
                }
                Piece::Named { name: value, content: pieces }
            }
        };
        self.push(piece);
    }

    fn no_form(&mut self, keyword: &Directive, value: &Word, form: &str) {
        let word = keyword.name.word();
        let (place, message) = if value.text.is_empty() {
            (keyword.word, format!("`{word}:` says nothing"))
        } else {
            (value.span, format!("`{word}: {}` is not understood", value.text))
        };
        self.found.push(Diagnostic::new(Code::KeywordValue, place, message).hint(format!("write as {form}")));
    }

    fn include(&mut self, keyword: &Directive) {
        let mut lines = keyword.lines.iter().map(|span| self.word(*span));
        let Some(path) = lines.next().filter(|path| !path.text.is_empty()) else {
            let hint = "write the path of a file, as `include: clauses/en/thanks.decl`";
            self.found.push(Diagnostic::new(Code::KeywordValue, keyword.word, "`include:` names no file").hint(hint));
            return;
        };
        let rest: Vec<Word> = lines.collect();
        let mut arguments: Vec<Argument> = Vec::new();
        for line in rest {
            let Some((name, value)) = syntax::read_argument(&line) else {
                let message = format!("`{}` is no argument", line.text);
                let hint = "below `include:` stand lines of `name: value`, indented";
                self.found.push(Diagnostic::new(Code::KeywordValue, line.span, message).hint(hint));
                continue;
            };
            let text = self.sources.get(value.span.file).map_or("", |source| source.text());
            let content = syntax::read_inline(text, &[value.span], self.found);
            arguments.push(Argument { name, value, content });
        }
        self.push(Piece::Include { path, arguments });
    }

    fn word(&self, span: Span) -> Word {
        Word { text: self.sources.slice(span).to_owned(), span }
    }

    /// The words after the colon.
    fn value(&self, keyword: &Directive) -> Word {
        let place = match (keyword.lines.first(), keyword.lines.last()) {
            (Some(first), Some(last)) => first.to(*last),
            _ => keyword.word.tail(),
        };
        self.word(place)
    }
}

/// `{inherited}` alone in a paragraph: its place.
fn inherited(paragraph: &Paragraph) -> Option<Span> {
    let mut words = paragraph.content.iter().filter(|inline| !matches!(inline, Inline::Comment(_)));
    match (words.next(), words.next(), &paragraph.marker) {
        (Some(Inline::Value { span, operand: Operand::Name(subject), filters }), None, None)
            if filters.is_empty() && subject.name.text == "inherited" =>
        {
            Some(*span)
        }
        _ => None,
    }
}
