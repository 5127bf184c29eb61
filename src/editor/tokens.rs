//! What each word of a text is, for colours.

use std::ops::Range;

use super::reading::{Part, Reading};
use crate::cite::State;
use crate::source::Span;
use crate::syntax::ast::{BlockKind, HeaderItem, Inline, Operand, Row};

/// What a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TokenKind {
    /// A keyword, or what says something in braces.
    Keyword,
    /// A key of a header.
    Key,
    /// The value of one.
    Value,
    /// A remark.
    Comment,
    /// A label, or a reference to one.
    Label,
    /// A value's name.
    Parameter,
    /// A filter.
    Filter,
    /// A bracket's sign.
    Bracket,
    /// Who holds a bracket.
    Delegation,
    /// A reference to an instrument.
    Reference,
    /// The marker of a paragraph.
    Marker,
}

impl TokenKind {
    /// All of them, in the order of their names.
    pub const ALL: [TokenKind; 11] = [
        TokenKind::Keyword,
        TokenKind::Key,
        TokenKind::Value,
        TokenKind::Comment,
        TokenKind::Label,
        TokenKind::Parameter,
        TokenKind::Filter,
        TokenKind::Bracket,
        TokenKind::Delegation,
        TokenKind::Reference,
        TokenKind::Marker,
    ];
}

/// How a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TokenState {
    /// It holds.
    Good,
    /// It is wrong or open, and the header lets it stand.
    Allowed,
    /// Nobody can say, or somebody must look at it.
    Open,
    /// It is wrong, or no longer holds.
    Wrong,
}

/// A word and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Token {
    /// Its bytes; a reference may go over several lines.
    pub range: Range<usize>,
    /// What it is.
    pub kind: TokenKind,
    /// How a reference stands.
    pub state: Option<TokenState>,
}

impl Reading<'_> {
    /// The words of the text that are more than words, in their order; none lies in another.
    pub fn tokens(&self) -> Vec<Token> {
        let mut tokens = Vec::new();
        let mut add = |span: Span, kind| tokens.push(Token { range: span.range(), kind, state: None });
        for item in &self.tree.header.items {
            match item {
                HeaderItem::Comment(span) => add(*span, TokenKind::Comment),
                HeaderItem::Entry(entry) => {
                    add(entry.key.span, TokenKind::Key);
                    let lines = entry.lines.iter().filter(|line| !line.text.is_empty());
                    lines.for_each(|line| add(line.span, TokenKind::Value));
                }
            }
        }
        for part in self.parts() {
            match part {
                Part::Directive(directive) => add(directive.word, TokenKind::Keyword),
                Part::Block(block) => match &block.kind {
                    BlockKind::Comment => add(block.span, TokenKind::Comment),
                    BlockKind::Keyword(keyword) => {
                        add(keyword.word, TokenKind::Keyword);
                        keyword.header.entries().for_each(|entry| add(entry.key.span, TokenKind::Key));
                    }
                    BlockKind::Quote(quote) => {
                        add(quote.word, TokenKind::Keyword);
                        quote.end.into_iter().for_each(|end| add(end, TokenKind::Keyword));
                    }
                    BlockKind::Table(table) => {
                        add(table.word, TokenKind::Keyword);
                        for row in &table.rows {
                            if let Row::Comment(span) = row {
                                add(*span, TokenKind::Comment);
                            }
                        }
                    }
                    BlockKind::Paragraph(paragraph) => {
                        paragraph.marker.iter().for_each(|marker| add(marker.span, TokenKind::Marker));
                    }
                },
            }
        }
        self.each_inline(&mut |inline| of_inline(inline, &mut add));
        tokens.extend(self.references());
        settled(tokens)
    }

    fn references(&self) -> Vec<Token> {
        let own = self.compilation.references.iter().filter(|reference| self.is_own(reference.place));
        own.map(|reference| {
            let state = match reference.state {
                State::Valid | State::Inferred => TokenState::Good,
                _ if reference.allowed => TokenState::Allowed,
                State::Corrected | State::Unverified | State::Unread | State::Pending => TokenState::Open,
                State::Superseded
                | State::Terminated
                | State::NotYetAdopted
                | State::Nonexistent
                | State::Ambiguous
                | State::Malformed
                | State::Mismatch
                | State::OutOfRange => TokenState::Wrong,
            };
            Token { range: reference.place.range(), kind: TokenKind::Reference, state: Some(state) }
        })
        .collect()
    }
}

fn of_inline(inline: &Inline, add: &mut dyn FnMut(Span, TokenKind)) {
    match inline {
        Inline::Comment(span) => add(*span, TokenKind::Comment),
        Inline::Label { name, .. } | Inline::CrossReference { name, filter: None, .. } => {
            add(name.span, TokenKind::Label);
        }
        Inline::CrossReference { name, filter: Some(filter), .. } => {
            add(name.span, TokenKind::Label);
            add(filter.span, TokenKind::Filter);
        }
        Inline::Value { operand, filters, .. } => {
            match operand {
                Operand::Name(subject) => add(subject.span(), TokenKind::Parameter),
                Operand::Number(word) | Operand::Text(word) => add(word.span, TokenKind::Value),
            }
            filters.iter().for_each(|filter| add(filter.span, TokenKind::Filter));
        }
        Inline::If { condition, .. } => add(condition.span, TokenKind::Keyword),
        Inline::For { head, .. } => add(head.span, TokenKind::Keyword),
        Inline::Bracket { span, alternatives } => {
            add(span.part(0..1), TokenKind::Bracket);
            add(span.part(span.range().len() - 1..span.range().len()), TokenKind::Bracket);
            for (names, _) in alternatives.iter().filter_map(|alternative| alternative.by.as_ref()) {
                names.iter().for_each(|name| add(name.span, TokenKind::Delegation));
            }
        }
        Inline::OpenBracket { span, by } => {
            add(span.part(0..1), TokenKind::Bracket);
            by.iter().flat_map(|(names, _)| names).for_each(|name| add(name.span, TokenKind::Delegation));
        }
        Inline::CloseBracket(span) => add(*span, TokenKind::Bracket),
        Inline::Lang { tag, .. } => add(tag.span, TokenKind::Keyword),
        Inline::Text(_)
        | Inline::Hyphen(..)
        | Inline::Break(_)
        | Inline::Pipe(_)
        | Inline::Emphasis { .. }
        | Inline::Note { .. }
        | Inline::Citation { .. }
        | Inline::NoCitation { .. }
        | Inline::Filled { .. }
        | Inline::Unknown { .. } => {}
    }
}

/// In order, each once: of two that overlap a reference stays, cut where a remark or a
/// bracket stands in it.
fn settled(mut tokens: Vec<Token>) -> Vec<Token> {
    tokens.retain(|token| !token.range.is_empty());
    tokens.sort_by_key(|token| (token.range.start, token.kind != TokenKind::Reference, token.range.end));
    let mut out: Vec<Token> = Vec::new();
    for token in tokens {
        match out.last_mut() {
            Some(last) if last.range.end > token.range.start => {
                let is_cut = last.kind == TokenKind::Reference && last.range.start < token.range.start;
                let is_value = last.kind == TokenKind::Value && token.kind == TokenKind::Reference;
                if is_cut || is_value {
                    let rest = Token { range: token.range.end..last.range.end, ..last.clone() };
                    last.range.end = token.range.start;
                    if last.range.is_empty() {
                        out.pop();
                    }
                    out.push(token);
                    if !rest.range.is_empty() && rest.range.start < rest.range.end {
                        out.push(rest);
                    }
                }
            }
            _ => out.push(token),
        }
    }
    out
}
