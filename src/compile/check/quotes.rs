//! Straight quotation marks and apostrophes.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// `"` and `'` where the language has signs of its own.
pub(super) fn straight(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages {
        let text = passage.flat.text.as_str();
        if !text.contains(['"', '\'']) {
            continue;
        }
        let quotes = &passage.locale(context).quotes;
        let has_address = text.contains("://");
        for typed in quotes.typed(text, &|at| has_address && passage.flat.in_address(at)) {
            let place = passage.flat.span(typed.at..typed.at + 1);
            let (code, what) = if typed.is_apostrophe {
                (Code::StraightApostrophe, "apostrophe")
            } else {
                (Code::StraightQuote, "quotation mark")
            };
            let diagnostic = Diagnostic::new(code, place, format!("`{}` is a typewriter’s {what}", typed.sign));
            found.push(match typed.print {
                Some(print) => diagnostic.hint(format!("print has `{}`", print.mark)).fix_if(
                    format!("write `{}`", print.mark),
                    verbatim(passage, print.range),
                    print.with,
                ),
                // Which one it is only its author knows.
                None => {
                    let (open, close) = match typed.sign {
                        '"' => (&quotes.open, &quotes.close),
                        _ => (&quotes.inner_open, &quotes.inner_close),
                    };
                    diagnostic.hint(format!("print has `{open}` before the words and `{close}` after them; here it cannot be told which is meant"))
                }
            }.safe());
        }
    }
}

/// A range of a passage, if nothing but its words stands there: a comment between
/// two lines would be lost with the blank.
fn verbatim(passage: &Passage<'_>, range: std::ops::Range<usize>) -> Option<Span> {
    let length = range.len();
    passage.flat.edit(range).filter(|place| place.range().len() == length)
}
