//! The symbol against its type of document and its day.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::Revision;

/// A declaration has no symbol of a decision.
pub(super) fn series(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let (Some(symbol), Some(place)) = (context.filled.values.symbol("symbol"), context.filled.values.place("symbol"))
    else {
        return;
    };
    let wanted = &context.filled.template.series;
    if symbol.series() != *wanted && !wanted.is_empty() {
        let message = format!("`{symbol}` is no symbol of a {}", context.filled.template.name);
        found.push(
            Diagnostic::new(Code::SymbolSeries, place, message).hint(format!("its symbols begin with `{wanted}/`")),
        );
    }
    for part in &context.filled.template.symbol_parts {
        let there = match part.as_str() {
            "number" => symbol.number.is_some() || symbol.number_pending,
            _ => symbol.year.is_some(),
        };
        if !there {
            let parts = context.filled.template.symbol_parts.join("/");
            let message = format!("the symbol `{symbol}` has no {part}");
            found.push(
                Diagnostic::new(Code::WrongType, place, message).hint(format!("its symbols are {wanted}/{parts}")),
            );
        }
    }
    if symbol.number_pending && context.filled.values.is_final() {
        let message = format!("`{symbol}` has no number yet");
        found.push(
            Diagnostic::new(Code::Placeholder, place, message)
                .hint("write the number that conference services gave it"),
        );
    }
}

/// The number of the correction is the one that the symbol has.
pub(super) fn correction(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let values = &context.filled.values;
    let (Some(symbol), Some(number)) = (values.symbol("symbol"), values.integer("correction")) else { return };
    let (Some(place), Some(here)) = (values.place("symbol"), values.place("correction")) else { return };
    let other = |revision: &&Revision| revision.kind == "Corr" && revision.number != number;
    if let Some(revision) = symbol.revisions.iter().find(other) {
        let message = format!("`{symbol}` is correction {}, and `correction:` says {number}", revision.number);
        found.push(
            Diagnostic::new(Code::CorrectionNumber, here, message)
                .other(place, "the symbol")
                .hint("one of the two is wrong; where the symbol has the number, `correction:` can be left out"),
        );
    }
}

/// The year of the symbol is the year of adoption.
pub(super) fn year(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let values = &context.filled.values;
    let (Some(symbol), Some(adopted)) = (values.symbol("symbol"), values.date("adopted")) else { return };
    let (Some(place), Some(day)) = (values.place("symbol"), values.place("adopted")) else { return };
    let Some(year) = symbol.full_year() else { return };
    if i64::from(year) != i64::from(adopted.year()) {
        let message = format!("`{symbol}` is of {year}, but the text was adopted in {}", adopted.year());
        found.push(
            Diagnostic::new(Code::SymbolYear, place, message)
                .other(day, "adopted on this day")
                .hint("one of the two is wrong: the last part of a symbol is the year of adoption"),
        );
    }
}
