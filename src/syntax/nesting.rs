//! What is open while a paragraph is read: a stack of frames with a limit of
//! depth, so that no text, however it opens brackets, costs more than its length.

use super::ast::{Alternative, Inline, Word};
use super::spanning::unclosed;
use super::{MAX_DEPTH, signs};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// What is open in a paragraph.
pub(super) struct Frame {
    pub opening: Opening,
    /// The opening sign or token.
    pub open: Span,
    pub content: Vec<Inline>,
}

pub(super) enum Opening {
    Emphasis {
        asterisks: usize,
    },
    Bracket {
        done: Vec<Alternative>,
        by: Option<(Vec<Word>, Word)>,
    },
    Note {
        mark: Option<Word>,
    },
    Lang {
        tag: Word,
    },
    Citation {
        instruments: Vec<Word>,
        by_slug: bool,
        filter: Option<Word>,
    },
    NoCitation,
    /// What is printed where it holds is kept once `{else}` was read.
    If {
        condition: Word,
        then: Option<Vec<Inline>>,
    },
    For {
        head: Word,
    },
    /// A brace that begins nothing; whether that was said.
    Unknown {
        said: bool,
    },
}

impl Opening {
    /// Whether `{end}` closes it.
    pub fn is_branch(&self) -> bool {
        matches!(self, Opening::If { .. } | Opening::For { .. })
    }

    pub fn is_brace(&self) -> bool {
        matches!(
            self,
            Opening::Note { .. }
                | Opening::Lang { .. }
                | Opening::Citation { .. }
                | Opening::NoCitation
                | Opening::Unknown { .. }
        )
    }
}

/// Reads the lines of one paragraph, or of one row of a table.
pub(super) struct InlineReader<'a> {
    pub(super) text: &'a str,
    /// Whether `|` ends a cell, and with it every emphasis.
    pub(super) cells: bool,
    /// Whether a bracket may open at the start and close in a later block.
    pub(super) spans: bool,
    /// What was read and lies in no frame.
    paragraph: Vec<Inline>,
    /// What is open, the innermost last.
    pub(super) stack: Vec<Frame>,
    /// Openings beyond the limit of depth, whose closings are passed over.
    pub(super) too_deep: usize,
    /// How many pieces were made.
    pub nodes: usize,
}

impl<'a> InlineReader<'a> {
    pub fn new(text: &'a str, cells: bool) -> Self {
        InlineReader { text, cells, spans: false, paragraph: Vec::new(), stack: Vec::new(), too_deep: 0, nodes: 0 }
    }

    /// The reader of a paragraph of a text, whose brackets may span others.
    pub fn of_paragraph(text: &'a str) -> Self {
        InlineReader { spans: true, ..InlineReader::new(text, false) }
    }

    /// Ends the paragraph: what is still open is a fault, but for brackets at its start.
    pub fn finish(mut self, found: &mut Diagnostics) -> Vec<Inline> {
        let spanning = if self.spans { self.open_from_start() } else { 0 };
        self.close_down_to(spanning, found);
        for frame in std::mem::take(&mut self.stack) {
            if let Opening::Bracket { by, .. } = frame.opening {
                self.paragraph.push(Inline::OpenBracket { span: frame.open, by });
            }
            self.paragraph.extend(frame.content);
        }
        self.paragraph
    }

    /// How many brackets are open that opened before any word.
    fn open_from_start(&self) -> usize {
        let silent = |content: &[Inline]| content.iter().all(|inline| matches!(inline, Inline::Label { .. }));
        let from_start = |frame: &Frame| matches!(&frame.opening, Opening::Bracket { done, .. } if done.is_empty());
        let mut before = &self.paragraph;
        let mut count = 0;
        for frame in &self.stack {
            if !silent(before) || !from_start(frame) {
                break;
            }
            (count, before) = (count + 1, &frame.content);
        }
        count
    }

    /// What is read into: the innermost frame, or the paragraph.
    fn innermost(&mut self) -> &mut Vec<Inline> {
        self.stack.last_mut().map_or(&mut self.paragraph, |frame| &mut frame.content)
    }

    /// Leaves so many frames open.
    pub(super) fn close_down_to(&mut self, frames: usize, found: &mut Diagnostics) {
        while self.stack.len() > frames {
            self.give_up(found);
        }
    }

    pub(super) fn push(&mut self, inline: Inline) {
        self.nodes += 1;
        self.innermost().push(inline);
    }

    pub(super) fn push_text(&mut self, place: Span) {
        if place.start < place.end {
            let text = self.text;
            signs::read(&text[place.range()], place, &mut |inline| self.push(inline));
        }
    }

    pub(super) fn open(&mut self, opening: Opening, open: Span) {
        self.nodes += 1;
        self.stack.push(Frame { opening, open, content: Vec::new() });
    }

    /// Opens where one more may be opened; else its sign is text.
    pub(super) fn open_if_room(&mut self, opening: Opening, open: Span, found: &mut Diagnostics) {
        if self.room(open, found) {
            self.open(opening, open);
        }
    }

    /// Whether one more may be opened; if not, its sign is text.
    pub(super) fn room(&mut self, place: Span, found: &mut Diagnostics) -> bool {
        let room = self.stack.len() < MAX_DEPTH;
        if !room {
            if self.too_deep == 0 {
                let message = format!("brackets and braces are nested more than {MAX_DEPTH} deep");
                found.push(Diagnostic::new(Code::TooDeep, place, message).hint("close some of them before this place"));
            }
            self.too_deep += 1;
            self.push_text(place);
        }
        room
    }

    /// Whether a closing sign belongs to an opening that was too deep: it is text.
    pub(super) fn passed_over(&mut self, place: Span) -> bool {
        let passed = self.too_deep > 0;
        if passed {
            self.too_deep -= 1;
            self.push_text(place);
        }
        passed
    }

    /// Turns the innermost open frame into text, and says why.
    pub(super) fn give_up(&mut self, found: &mut Diagnostics) {
        let Some(frame) = self.stack.pop() else { return };
        self.push_text(frame.open);
        match frame.opening {
            Opening::Emphasis { .. } => stray_asterisk(frame.open, found),
            Opening::Bracket { done, .. } => {
                found.push(unclosed(frame.open));
                for alternative in done {
                    self.innermost().extend(alternative.content);
                }
            }
            opening => {
                let hint = match opening {
                    Opening::If { .. } | Opening::For { .. } => "write `{end}` where it ends, in the same paragraph",
                    _ => "write `}` where it ends",
                };
                let message = format!("`{}` is not closed in its paragraph", self.text[frame.open.range()].trim_end());
                found.push(Diagnostic::new(Code::UnclosedBrace, frame.open, message).hint(hint));
                if let Opening::If { then: Some(then), .. } = opening {
                    self.innermost().extend(then);
                }
            }
        }
        self.innermost().extend(frame.content);
    }
}

/// An asterisk that is printed.
pub(super) fn stray_asterisk(place: Span, found: &mut Diagnostics) {
    found.push(
        Diagnostic::new(Code::StrayAsterisk, place, "this asterisk is printed: it begins or ends no emphasis")
            .hint("emphasis is `*text*` with no blank inside the asterisks; `\\*` prints the sign without this warning")
            .fix("write `\\*`", place, "\\*".repeat(place.range().len())),
    );
}

pub(super) fn word(text: &str, span: Span) -> Word {
    Word { text: text[span.range()].to_owned(), span }
}
