//! What stands in braces: labels and references, notes, citations, values and
//! conditions.

use pest::iterators::Pair;

use super::MAX_DEPTH;
use super::ast::{Inline, Operand, Subject, Word};
use super::grammar::Rule;
use super::nesting::{Frame, InlineReader, Opening, word};
use super::signs::composed;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Words that are no names of values.
const RESERVED: [&str; 8] = ["note", "lang", "cite", "none", "if", "else", "for", "end"];

/// Whether a word has a meaning of its own in braces, so that it is no name of
/// a value.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word) || word == "inherited"
}

impl InlineReader<'_> {
    /// A form that stands in braces, or begins there.
    pub(super) fn brace(&mut self, form: Pair<'_, Rule>, place: Span, found: &mut Diagnostics) {
        let (text, base, rule) = (self.text, form.as_span().start(), form.as_rule());
        let mut parts = form.into_inner().map(|part| {
            let span = part.as_span();
            (part.as_rule(), word(text, place.part(span.start() - base..span.end() - base)))
        });
        let mut next = || parts.next().map(|(_, word)| word);
        match rule {
            Rule::label => {
                if let Some(name) = next().map(as_read) {
                    self.push(Inline::Label { span: place, name, scope: 0 });
                }
            }
            Rule::cross_reference => {
                if let Some(name) = next().map(as_read) {
                    self.push(Inline::CrossReference { span: place, name, scope: 0, filter: next() });
                }
            }
            Rule::note_open => self.open_if_room(Opening::Note { mark: next() }, place, found),
            Rule::lang_open => {
                if let Some(tag) = next() {
                    self.open_if_room(Opening::Lang { tag }, place, found);
                }
            }
            Rule::none_open => self.open_if_room(Opening::NoCitation, place, found),
            Rule::cite_open | Rule::citation_open => {
                let (filters, instruments): (Vec<_>, Vec<_>) = parts.partition(|(rule, _)| *rule == Rule::filter);
                let instruments = instruments.into_iter().map(|(_, word)| word).collect();
                let filter = filters.into_iter().next().map(|(_, word)| word);
                let by_slug = rule == Rule::cite_open;
                self.open_if_room(Opening::Citation { instruments, by_slug, filter }, place, found);
            }
            Rule::if_open => {
                if let Some(condition) = next().map(trimmed) {
                    self.open_if_room(Opening::If { condition, then: None }, place, found);
                }
            }
            Rule::for_open => {
                if let Some(head) = next().map(trimmed) {
                    self.open_if_room(Opening::For { head }, place, found);
                }
            }
            Rule::else_sign => self.otherwise(place, found),
            Rule::end_sign => self.end(place, found),
            Rule::field_value => {
                if let Some(whole) = next() {
                    let filters = parts.map(|(_, filter)| filter).collect();
                    self.push(Inline::Value { span: place, operand: Operand::Name(subject_of(&whole)), filters });
                }
            }
            Rule::value => {
                if let Some(whole) = next() {
                    self.value(whole, parts.map(|(_, filter)| filter).collect(), place, found);
                }
            }
            _ => self.unknown_brace(place, found),
        }
    }

    fn value(&mut self, whole: Word, filters: Vec<Word>, place: Span, found: &mut Diagnostics) {
        if RESERVED.contains(&whole.text.as_str()) {
            let message = format!("`{}` lacks what follows it", &self.text[place.range()]);
            let hint = match whole.text.as_str() {
                "if" | "for" => "write `{if host}…{end}` or `{for s in states}…{end}`",
                _ => "a footnote is `{note: text}`, another language `{lang ru: текст}`",
            };
            found.push(Diagnostic::new(Code::UnknownBrace, place, message).hint(hint));
            self.push_text(place);
        } else {
            self.push(Inline::Value { span: place, operand: operand(whole), filters });
        }
    }

    pub(super) fn close_brace(&mut self, place: Span, found: &mut Diagnostics) {
        if self.passed_over(place) {
            return;
        }
        match self.stack.iter().rposition(|frame| frame.opening.is_brace()) {
            Some(at) => {
                self.close_down_to(at + 1, found);
                if let Some(frame) = self.stack.pop() {
                    let (span, content) = (frame.open.to(place), frame.content);
                    match frame.opening {
                        Opening::Note { mark } => self.push(Inline::Note { span, mark, content }),
                        Opening::Lang { tag } => self.push(Inline::Lang { span, tag, content }),
                        Opening::Citation { instruments, by_slug, filter } => {
                            self.push(Inline::Citation { span, instruments, by_slug, filter, content });
                        }
                        Opening::NoCitation => self.push(Inline::NoCitation { span, content }),
                        Opening::Unknown { said } => {
                            if !said {
                                self.broken_brace(span, found);
                            }
                            self.push(Inline::Unknown { span, content });
                        }
                        // Of braces, the nearest was asked for.
                        Opening::Emphasis { .. }
                        | Opening::Bracket { .. }
                        | Opening::If { .. }
                        | Opening::For { .. } => {}
                    }
                }
            }
            None => {
                let hint = "delete it, or open the brace before it; `\\}` prints the sign";
                found.push(Diagnostic::new(Code::StrayClosing, place, "`}` closes no brace").hint(hint).fix(
                    "write `\\}`",
                    place,
                    "\\}",
                ));
                self.push_text(place);
            }
        }
    }

    /// A brace that begins nothing and is closed in a later line than its own.
    fn broken_brace(&self, span: Span, found: &mut Diagnostics) {
        let words: Vec<&str> = self.text[span.range()].split_whitespace().collect();
        let words: String = words.join(" ").chars().take(80).collect();
        let message = format!("`{words}` says nothing that the compiler knows");
        let hint = "what stands before the colon stands on one line with its brace";
        found.push(Diagnostic::new(Code::UnknownBrace, span, message).hint(hint));
    }

    /// Closes what stands open above the innermost `{if}` or `{for}`, and says
    /// where it is; none where there is none.
    fn nearest_branch(&mut self, found: &mut Diagnostics) -> Option<usize> {
        // It ends inside its own brace only: a note's `{if}` in the note.
        let nearest = self.stack.iter().rposition(|frame| frame.opening.is_brace() || frame.opening.is_branch());
        let at = nearest.filter(|at| self.stack[*at].opening.is_branch())?;
        self.close_down_to(at + 1, found);
        Some(at)
    }

    fn otherwise(&mut self, place: Span, found: &mut Diagnostics) {
        if self.too_deep > 0 {
            return;
        }
        let at = self.nearest_branch(found);
        match at.and_then(|at| self.stack.get_mut(at)) {
            Some(Frame { opening: Opening::If { then: then @ None, .. }, content, .. }) => {
                *then = Some(std::mem::take(content));
            }
            _ => {
                let hint = "write `{if …}` before it in the same paragraph, and one `{else}` at the most";
                found.push(Diagnostic::new(Code::UnmatchedEnd, place, "`{else}` belongs to no `{if}`").hint(hint));
            }
        }
    }

    fn end(&mut self, place: Span, found: &mut Diagnostics) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        if self.nearest_branch(found).is_none() {
            let hint = "delete it, or write `{if …}` or `{for …}` before it in the same paragraph";
            found.push(Diagnostic::new(Code::UnmatchedEnd, place, "`{end}` closes nothing").hint(hint));
            return;
        }
        let Some(Frame { opening, open, content }) = self.stack.pop() else { return };
        let span = open.to(place);
        match opening {
            Opening::If { condition, then: Some(then) } => {
                self.push(Inline::If { span, condition, then, otherwise: content });
            }
            Opening::If { condition, then: None } => {
                self.push(Inline::If { span, condition, then: content, otherwise: Vec::new() });
            }
            Opening::For { head } => self.push(Inline::For { span, head, content }),
            _ => {}
        }
    }

    /// A brace that begins nothing: its text is shown up to the closing one.
    fn unknown_brace(&mut self, place: Span, found: &mut Diagnostics) {
        let rest: String = self.text[place.range().start..].chars().take(80).take_while(|c| *c != '\n').collect();
        // One that is closed in a later line is reported there, and one that is
        // not closed at the paragraph's end.
        let end = rest.find('}');
        if let Some(end) = end {
            let message = format!("`{}` says nothing that the compiler knows", &rest[..=end]);
            let hint =
                "`{note: text}` is a footnote, `{#name}` a label, `{@name}` a reference to it; `\\{` prints the sign";
            let start = place.range().start;
            let whole = Span::new(place.file, start..start + end + 1).by(place.chain);
            found.push(Diagnostic::new(Code::UnknownBrace, whole, message).hint(hint));
        }
        if self.stack.len() < MAX_DEPTH {
            self.open(Opening::Unknown { said: end.is_some() }, place);
        } else {
            self.too_deep += 1;
            self.push_text(place);
        }
    }
}

/// A name as it is compared: with composed letters.
fn as_read(name: Word) -> Word {
    Word { text: composed(&name.text).into_owned(), ..name }
}

/// A word without the blanks around it.
fn trimmed(word: Word) -> Word {
    let inner = word.text.trim();
    let start = word.text.len() - word.text.trim_start().len();
    Word { span: word.span.part(start..start + inner.len()), text: inner.to_owned() }
}

/// `s.name`, or a name alone.
pub fn subject_of(whole: &Word) -> Subject {
    let (name, field) = whole.text.split_once('.').unwrap_or((&whole.text, ""));
    let part = |text: &str, at: usize| Word { text: text.to_owned(), span: whole.span.part(at..at + text.len()) };
    Subject { name: part(name, 0), field: (!field.is_empty()).then(|| part(field, name.len() + 1)) }
}

/// A name, a number, or a text in its marks.
fn operand(whole: Word) -> Operand {
    if let Some(text) = whole.text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        return Operand::Text(Word { text: text.to_owned(), span: whole.span.part(1..1 + text.len()) });
    }
    if whole.text.starts_with(|c: char| c.is_ascii_digit()) {
        return Operand::Number(whole);
    }
    Operand::Name(Subject { name: whole, field: None })
}
