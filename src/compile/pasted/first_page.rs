//! A first page of a plain text: where it ends, and what the cells of a page's head say.

use super::letterhead::{Piece, What, date, draft, language, pieces, symbol};
use crate::syntax::read_symbol;

/// Whether words are a cell of the head of a page: symbol, date, languages, the mark of a draft.
pub fn is_of_head(line: &str) -> bool {
    let whole =
        |read: fn(&str, usize) -> Option<(usize, What)>| read(line, 0).is_some_and(|(end, _)| end == line.len());
    // `PC.DEL/987/26 OSCE+`
    read_symbol(line).is_some_and(|symbol| symbol.distribution.is_some())
        || whole(symbol)
        || whole(date)
        || whole(language)
        || whole(draft)
}

/// Where the letterhead and the title at the beginning of a plain text end; at its beginning if
/// there are none.
pub fn top_end(text: &str) -> usize {
    let read = pieces(text, 0, false);
    let is_sure = |piece: &Piece| !matches!(piece.what, What::Unread | What::Title(_) | What::Mark(_));
    read.last().filter(|_| read.iter().any(is_sure)).map_or(0, |last| last.range.end)
}
