//! What stands inside a paragraph: flat tokens from the grammar, which are
//! nested on a stack; here words, emphasis, brackets and bars.

use pest::Parser;
use pest::iterators::Pair;

use super::ast::{Alternative, Inline, Word};
use super::grammar::{Grammar, Rule};
use super::nesting::{Frame, Opening, stray_asterisk};
pub(super) use super::nesting::{InlineReader, word};
use super::signs::composed;
use super::spanning::stray;
use super::{MAX_DEPTH, MAX_NODES};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// How many bytes the grammar is given at once.
const PIECE: usize = 64 << 10;

/// Reads the text at `spans`, which are the lines of one paragraph; a `Break`
/// stands between each two.
pub fn read_inline(text: &str, spans: &[Span], found: &mut Diagnostics) -> Vec<Inline> {
    let mut reader = InlineReader::new(text, false);
    for (at, span) in spans.iter().enumerate() {
        if at > 0 {
            reader.line_break(spans[at - 1].tail().to(span.head()));
        }
        reader.line(*span, found);
    }
    reader.finish(found)
}

impl InlineReader<'_> {
    /// The next line of the paragraph.
    pub fn line(&mut self, span: Span, found: &mut Diagnostics) {
        let mut range = span.range();
        while range.start < range.end {
            let mut end = range.end;
            if end - range.start > PIECE {
                let cut = self.text.floor_char_boundary(range.start + PIECE);
                end = self.text[range.start..cut].rfind(' ').map_or(cut, |at| range.start + at + 1);
            }
            self.piece(Span::new(span.file, range.start..end).by(span.chain), found);
            range.start = end;
        }
    }

    /// A line break of the source.
    pub fn line_break(&mut self, span: Span) {
        self.push(Inline::Break(span));
    }

    /// A comment line between two lines of the paragraph.
    pub fn comment(&mut self, span: Span) {
        self.push(Inline::Comment(span));
    }

    /// A bracket that opened before a marker.
    pub fn open_bracket(&mut self, open: Span) {
        let text = self.text;
        let sign = Grammar::parse(Rule::open_bracket, &text[open.range()]).ok().and_then(|mut pairs| pairs.next());
        let names = sign.and_then(|sign| sign.into_inner().next());
        let by = names.map(|pair| self.attribution(pair, open));
        self.open(Opening::Bracket { done: Vec::new(), by }, open);
    }

    fn piece(&mut self, span: Span, found: &mut Diagnostics) {
        // The block reader says that the file has too many pieces.
        if self.nodes > MAX_NODES {
            return;
        }
        let Ok(mut pairs) = Grammar::parse(Rule::inline, &self.text[span.range()]) else { return };
        for token in pairs.next().into_iter().flat_map(|inline| inline.into_inner()) {
            let place = span.part(token.as_span().start()..token.as_span().end());
            self.token(token, place, found);
        }
    }

    fn token(&mut self, token: Pair<'_, Rule>, place: Span, found: &mut Diagnostics) {
        match token.as_rule() {
            Rule::text => self.plain(place, found),
            Rule::address => self.push_text(place),
            Rule::escape => self.push_text(place.part(1..place.range().len())),
            Rule::stars => self.stars(place, found),
            Rule::pipe => self.pipe(token, place, found),
            Rule::open_bracket => self.bracket(token, place, found),
            Rule::close_bracket => self.close_bracket(place, found),
            Rule::close_brace => self.close_brace(place, found),
            Rule::brace => {
                if let Some(form) = token.into_inner().next() {
                    self.brace(form, place, found);
                }
            }
            // Signs without a width are dropped.
            _ => {}
        }
    }

    fn plain(&mut self, place: Span, found: &mut Diagnostics) {
        if &self.text[place.range()] == "\\" {
            let message = "a backslash is printed here as it stands";
            found.push(
                Diagnostic::new(Code::StrayBackslash, place, message)
                    .hint("it takes the meaning from `{ } [ ] * | ; \\` only; write `\\\\` if you want a backslash")
                    .fix("write `\\\\`", place, "\\\\"),
            );
        }
        self.push_text(place);
    }

    /// Closes the innermost emphasis.
    fn close_emphasis(&mut self, close: Span) {
        if let Some(Frame { opening: Opening::Emphasis { asterisks }, open, content }) = self.stack.pop() {
            self.push(Inline::Emphasis { span: open.to(close), strong: asterisks == 2, content });
        }
    }

    fn stars(&mut self, place: Span, found: &mut Diagnostics) {
        let (opens, closes) = (self.may_open(place), self.may_close(place));
        let mut left = place;
        while closes && left.start < left.end {
            let Some(Frame { opening: Opening::Emphasis { asterisks }, .. }) = self.stack.last() else { break };
            let asterisks = *asterisks;
            if asterisks > left.range().len() {
                break;
            }
            self.close_emphasis(left.part(0..asterisks));
            left = left.part(asterisks..left.range().len());
        }
        while opens && left.start < left.end && left.range().len() <= 3 && self.stack.len() < MAX_DEPTH {
            let asterisks = left.range().len().min(2);
            self.open(Opening::Emphasis { asterisks }, left.part(0..asterisks));
            left = left.part(asterisks..left.range().len());
        }
        if left.start < left.end {
            stray_asterisk(left, found);
            self.push_text(left);
        }
    }

    /// A letter or an opening sign after it, space or punctuation before it.
    fn may_open(&self, place: Span) -> bool {
        let before = self.text[..place.range().start].chars().next_back();
        let after = self.text[place.range().end..].chars().next();
        let inner = |c: char| {
            c.is_alphanumeric() || matches!(c, '“' | '„' | '«' | '‘' | '(' | '[' | '{' | '"' | '\\' | '–' | '…')
        };
        after.is_some_and(inner) && before.is_none_or(|c| !c.is_alphanumeric() && c != '*')
    }

    /// Text before it, space or punctuation after it.
    fn may_close(&self, place: Span) -> bool {
        let before = self.text[..place.range().start].chars().next_back();
        let after = self.text[place.range().end..].chars().next();
        before.is_some_and(|c| !c.is_whitespace() && c != '*') && after.is_none_or(|c| !c.is_alphanumeric())
    }

    fn pipe(&mut self, token: Pair<'_, Rule>, place: Span, found: &mut Diagnostics) {
        let attribution = token.into_inner().next();
        let sign = place.part(0..1);
        if self.cells && self.stack.iter().all(|frame| matches!(frame.opening, Opening::Emphasis { .. })) {
            self.close_down_to(0, found);
        }
        // The blank after the bar belongs to the names.
        let by = attribution.map(|pair| {
            let whole = word(self.text, place.part(1..place.range().len()));
            (self.attribution(pair, place).0, Word { text: composed(&whole.text).into_owned(), ..whole })
        });
        match self.stack.last_mut() {
            Some(Frame { opening: Opening::Bracket { done, by: names }, content, .. }) => {
                done.push(Alternative { by: names.take(), content: std::mem::take(content) });
                *names = by;
                self.nodes += 1;
                if names.is_none() {
                    self.push_text(place.part(1..place.range().len()));
                }
            }
            Some(_) => self.push_text(place),
            None => {
                self.push(Inline::Pipe(sign));
                self.push_text(place.part(1..place.range().len()));
            }
        }
    }

    /// The names before a colon; offsets of `pair` are those of its token's
    /// piece, so places are taken from the token's end.
    fn attribution(&self, pair: Pair<'_, Rule>, token: Span) -> (Vec<Word>, Word) {
        let whole = pair.as_span();
        let start = token.range().len() - (whole.end() - whole.start());
        let at =
            |span: pest::Span<'_>| token.part(start + span.start() - whole.start()..start + span.end() - whole.start());
        let place = at(whole);
        let read = |place: Span| Word { text: composed(&self.text[place.range()]).into_owned(), span: place };
        let names = pair.into_inner().map(|name| read(at(name.as_span()))).collect();
        (names, read(place))
    }

    fn bracket(&mut self, token: Pair<'_, Rule>, place: Span, found: &mut Diagnostics) {
        if self.room(place, found) {
            let by = token.into_inner().next().map(|pair| self.attribution(pair, place));
            self.open(Opening::Bracket { done: Vec::new(), by }, place);
        }
    }

    fn close_bracket(&mut self, place: Span, found: &mut Diagnostics) {
        if self.passed_over(place) {
            return;
        }
        // A bracket closes inside its brace only.
        let nearest =
            self.stack.iter().rposition(|f| matches!(f.opening, Opening::Bracket { .. }) || f.opening.is_brace());
        match nearest {
            Some(at) if matches!(self.stack[at].opening, Opening::Bracket { .. }) => {
                self.close_down_to(at + 1, found);
                if let Some(Frame { opening: Opening::Bracket { mut done, by }, open, content }) = self.stack.pop() {
                    done.push(Alternative { by, content });
                    self.push(Inline::Bracket { span: open.to(place), alternatives: done });
                }
            }
            _ if self.spans && self.stack.is_empty() => self.push(Inline::CloseBracket(place)),
            _ => {
                found.push(stray(place));
                self.push_text(place);
            }
        }
    }
}
