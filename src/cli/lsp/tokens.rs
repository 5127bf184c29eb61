//! What each word is, in the numbers of the protocol.

use std::ops::Range;

use serde_json::{Value, json};

use super::positions::Positions;
use crate::editor::{Token, TokenKind, TokenState};

/// The names of kinds and states; the first of each have number 0.
pub(super) fn legend() -> Value {
    let names: Vec<&str> = TokenKind::ALL.iter().map(|kind| name(*kind)).collect();
    json!({ "tokenTypes": names, "tokenModifiers": ["valid", "open", "wrong", "allowed"] })
}

fn name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Keyword => "keyword",
        TokenKind::Key => "property",
        TokenKind::Value => "string",
        TokenKind::Comment => "comment",
        TokenKind::Label => "label",
        TokenKind::Parameter => "parameter",
        TokenKind::Filter => "function",
        TokenKind::Bracket => "bracket",
        TokenKind::Delegation => "delegation",
        TokenKind::Reference => "reference",
        TokenKind::Marker => "number",
    }
}

/// Five numbers a token: lines and columns from the one before, length, kind, state.
pub(super) fn encoded(tokens: &[Token], positions: &Positions<'_>, within: Option<Range<usize>>) -> Value {
    let mut data: Vec<usize> = Vec::new();
    let (mut line, mut column) = (0, 0);
    let is_within = |range: &Range<usize>| {
        within.as_ref().is_none_or(|within| range.start < within.end && within.start < range.end)
    };
    for token in tokens.iter().filter(|token| is_within(&token.range)) {
        let kind = TokenKind::ALL.iter().position(|kind| *kind == token.kind).unwrap_or_default();
        let state = match token.state {
            None => 0,
            Some(TokenState::Good) => 1,
            Some(TokenState::Open) => 2,
            Some(TokenState::Wrong) => 4,
            Some(TokenState::Allowed) => 8,
        };
        // A token stays on its line.
        for part in positions.by_line(&token.range) {
            let (at_line, at) = positions.position(part.start);
            let (_, end) = positions.position(part.end);
            let before = if at_line == line { column } else { 0 };
            data.extend([at_line.saturating_sub(line), at.saturating_sub(before), end - at, kind, state]);
            (line, column) = (at_line, at);
        }
    }
    json!({ "data": data })
}
