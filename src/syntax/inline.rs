//! What stands inside a paragraph: flat tokens from the grammar, nested here.
//!
//! The nesting is a stack of open frames with a limit of depth, so that no
//! text, however it opens brackets, costs more than its length.

use pest::Parser;
use pest::iterators::Pair;

use super::ast::{Alternative, Inline, Operand, Subject, Word};
use super::grammar::{Grammar, Rule};
use super::{MAX_DEPTH, MAX_NODES};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// Words that are no names of values.
const RESERVED: [&str; 8] = ["note", "lang", "cite", "none", "if", "else", "for", "end"];

/// Whether a word has a meaning of its own in braces, so that it is no name of
/// a value.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word) || word == "inherited"
}

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

/// What is open while a paragraph is read.
struct Frame {
    opening: Opening,
    /// The opening sign or token.
    open: Span,
    content: Vec<Inline>,
}

enum Opening {
    Paragraph,
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
    fn is_branch(&self) -> bool {
        matches!(self, Opening::If { .. } | Opening::For { .. })
    }

    fn is_brace(&self) -> bool {
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
    text: &'a str,
    /// Whether `|` ends a cell, and with it every emphasis.
    cells: bool,
    /// Never empty: the first is the paragraph.
    stack: Vec<Frame>,
    /// Openings beyond the limit of depth, whose closings are passed over.
    too_deep: usize,
    /// How many pieces were made.
    pub nodes: usize,
}

impl<'a> InlineReader<'a> {
    pub fn new(text: &'a str, cells: bool) -> Self {
        let paragraph = Frame { opening: Opening::Paragraph, open: Span::default(), content: Vec::new() };
        InlineReader { text, cells, stack: vec![paragraph], too_deep: 0, nodes: 0 }
    }

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
        self.open(Opening::Bracket { done: Vec::new(), by: None }, open);
    }

    /// Ends the paragraph: what is still open is a fault.
    pub fn finish(mut self, found: &mut Diagnostics) -> Vec<Inline> {
        while self.stack.len() > 1 {
            self.give_up(found);
        }
        self.stack.pop().map(|frame| frame.content).unwrap_or_default()
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

    fn push(&mut self, inline: Inline) {
        self.nodes += 1;
        if let Some(top) = self.stack.last_mut() {
            top.content.push(inline);
        }
    }

    fn push_text(&mut self, place: Span) {
        if place.start < place.end {
            self.push(Inline::Text(word(self.text, place)));
        }
    }

    fn open(&mut self, opening: Opening, open: Span) {
        self.nodes += 1;
        self.stack.push(Frame { opening, open, content: Vec::new() });
    }

    /// Whether one more may be opened; if not, its sign is text.
    fn room(&mut self, place: Span, found: &mut Diagnostics) -> bool {
        let room = self.stack.len() <= MAX_DEPTH;
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
        while opens && left.start < left.end && left.range().len() <= 3 && self.stack.len() <= MAX_DEPTH {
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
        if self.cells
            && self.stack.iter().all(|frame| matches!(frame.opening, Opening::Paragraph | Opening::Emphasis { .. }))
        {
            while self.stack.len() > 1 {
                self.give_up(found);
            }
        }
        // The blank after the bar belongs to the names.
        let by = attribution
            .map(|pair| (self.attribution(pair, place).0, word(self.text, place.part(1..place.range().len()))));
        match self.stack.last_mut() {
            Some(Frame { opening: Opening::Bracket { done, by: names }, content, .. }) => {
                done.push(Alternative { by: names.take(), content: std::mem::take(content) });
                *names = by;
                self.nodes += 1;
                if names.is_none() {
                    self.push_text(place.part(1..place.range().len()));
                }
            }
            Some(Frame { opening: Opening::Paragraph, .. }) => {
                self.push(Inline::Pipe(sign));
                self.push_text(place.part(1..place.range().len()));
            }
            _ => self.push_text(place),
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
        let names = pair.into_inner().map(|name| word(self.text, at(name.as_span()))).collect();
        (names, word(self.text, place))
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
                while self.stack.len() > at + 1 {
                    self.give_up(found);
                }
                if let Some(Frame { opening: Opening::Bracket { mut done, by }, open, content }) = self.stack.pop() {
                    done.push(Alternative { by, content });
                    self.push(Inline::Bracket { span: open.to(place), alternatives: done });
                }
            }
            _ => {
                let hint = "delete it, or open the bracket before it; `\\]` prints the sign";
                found.push(Diagnostic::new(Code::StrayClosing, place, "`]` closes no bracket").hint(hint).fix(
                    "write `\\]`",
                    place,
                    "\\]",
                ));
                self.push_text(place);
            }
        }
    }

    fn close_brace(&mut self, place: Span, found: &mut Diagnostics) {
        if self.passed_over(place) {
            return;
        }
        match self.stack.iter().rposition(|frame| frame.opening.is_brace()) {
            Some(at) => {
                while self.stack.len() > at + 1 {
                    self.give_up(found);
                }
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
                                let words: Vec<&str> = self.text[span.range()].split_whitespace().collect();
                                let words: String = words.join(" ").chars().take(80).collect();
                                let message = format!("`{words}` says nothing that the compiler knows");
                                let hint = "what stands before the colon stands on one line with its brace";
                                found.push(Diagnostic::new(Code::UnknownBrace, span.part(0..1), message).hint(hint));
                            }
                            self.push(Inline::Unknown { span, content });
                        }
                        _ => {}
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

    fn passed_over(&mut self, place: Span) -> bool {
        let passed = self.too_deep > 0;
        if passed {
            self.too_deep -= 1;
            self.push_text(place);
        }
        passed
    }

    /// Turns the innermost open frame into text, and says why.
    fn give_up(&mut self, found: &mut Diagnostics) {
        let Some(frame) = self.stack.pop() else { return };
        self.push_text(frame.open);
        match frame.opening {
            Opening::Paragraph => {}
            Opening::Emphasis { .. } => stray_asterisk(frame.open, found),
            Opening::Bracket { done, .. } => {
                let message = "this bracket is not closed in its paragraph";
                let hint = "write `]` where the text that is not agreed ends; each paragraph has its own brackets";
                found.push(Diagnostic::new(Code::UnclosedBracket, frame.open.part(0..1), message).hint(hint));
                for alternative in done {
                    self.append(alternative.content);
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
                    self.append(then);
                }
            }
        }
        self.append(frame.content);
    }

    fn append(&mut self, content: Vec<Inline>) {
        if let Some(top) = self.stack.last_mut() {
            top.content.extend(content);
        }
    }

    fn brace(&mut self, form: Pair<'_, Rule>, place: Span, found: &mut Diagnostics) {
        let base = form.as_span().start();
        let rule = form.as_rule();
        let mut parts = form.into_inner().map(|part| {
            let span = part.as_span();
            (part.as_rule(), word(self.text, place.part(span.start() - base..span.end() - base)))
        });
        match rule {
            Rule::label => {
                if let Some((_, name)) = parts.next() {
                    self.push(Inline::Label { span: place, name, scope: 0 });
                }
            }
            Rule::cross_reference => {
                if let Some((_, name)) = parts.next() {
                    let filter = parts.next().map(|(_, filter)| filter);
                    self.push(Inline::CrossReference { span: place, name, scope: 0, filter });
                }
            }
            Rule::note_open => {
                let mark = parts.next().map(|(_, mark)| mark);
                if self.room(place, found) {
                    self.open(Opening::Note { mark }, place);
                }
            }
            Rule::lang_open => {
                let tag = parts.next().map(|(_, tag)| tag);
                if let Some(tag) = tag
                    && self.room(place, found)
                {
                    self.open(Opening::Lang { tag }, place);
                }
            }
            Rule::none_open => {
                if self.room(place, found) {
                    self.open(Opening::NoCitation, place);
                }
            }
            Rule::cite_open | Rule::citation_open => {
                let (filters, instruments): (Vec<_>, Vec<_>) = parts.partition(|(rule, _)| *rule == Rule::filter);
                if self.room(place, found) {
                    let instruments = instruments.into_iter().map(|(_, word)| word).collect();
                    let filter = filters.into_iter().next().map(|(_, word)| word);
                    self.open(Opening::Citation { instruments, by_slug: rule == Rule::cite_open, filter }, place);
                }
            }
            Rule::if_open | Rule::for_open => {
                if let Some((_, words)) = parts.next()
                    && self.room(place, found)
                {
                    let words = trimmed(words);
                    self.open(
                        if rule == Rule::if_open {
                            Opening::If { condition: words, then: None }
                        } else {
                            Opening::For { head: words }
                        },
                        place,
                    );
                }
            }
            Rule::else_sign => self.otherwise(place, found),
            Rule::end_sign => self.end(place, found),
            Rule::field_value => {
                if let Some((_, whole)) = parts.next() {
                    let filters = parts.map(|(_, filter)| filter).collect();
                    self.push(Inline::Value { span: place, operand: Operand::Name(subject_of(&whole)), filters });
                }
            }
            Rule::value => {
                let Some((_, whole)) = parts.next() else { return };
                if RESERVED.contains(&whole.text.as_str()) {
                    let message = format!("`{}` lacks what follows it", &self.text[place.range()]);
                    let hint = match whole.text.as_str() {
                        "if" | "for" => "write `{if host}…{end}` or `{for s in states}…{end}`",
                        _ => "a footnote is `{note: text}`, another language `{lang ru: текст}`",
                    };
                    found.push(Diagnostic::new(Code::UnknownBrace, place, message).hint(hint));
                    self.push_text(place);
                    return;
                }
                let filters = parts.map(|(_, filter)| filter).collect();
                self.push(Inline::Value { span: place, operand: operand(whole), filters });
            }
            _ => self.unknown_brace(place, found),
        }
    }

    /// Closes what stands open above the innermost `{if}` or `{for}`, and says
    /// where it is; none where there is none.
    fn innermost(&mut self, found: &mut Diagnostics) -> Option<usize> {
        // It ends inside its own brace only: a note's `{if}` in the note.
        let nearest = self.stack.iter().rposition(|frame| frame.opening.is_brace() || frame.opening.is_branch());
        let at = nearest.filter(|at| self.stack[*at].opening.is_branch())?;
        while self.stack.len() > at + 1 {
            self.give_up(found);
        }
        Some(at)
    }

    fn otherwise(&mut self, place: Span, found: &mut Diagnostics) {
        if self.too_deep > 0 {
            return;
        }
        let at = self.innermost(found);
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
        if self.innermost(found).is_none() {
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
            found.push(Diagnostic::new(Code::UnknownBrace, place, message).hint(hint));
        }
        if self.stack.len() <= MAX_DEPTH {
            self.open(Opening::Unknown { said: end.is_some() }, place);
        } else {
            self.too_deep += 1;
            self.push_text(place);
        }
    }
}

fn stray_asterisk(place: Span, found: &mut Diagnostics) {
    found.push(
        Diagnostic::new(Code::StrayAsterisk, place, "this asterisk is printed: it begins or ends no emphasis")
            .hint("emphasis is `*text*` with no blank inside the asterisks; `\\*` prints the sign without this warning")
            .fix("write `\\*`", place, "\\*".repeat(place.range().len())),
    );
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

pub(super) fn word(text: &str, span: Span) -> Word {
    Word { text: text[span.range()].to_owned(), span }
}
