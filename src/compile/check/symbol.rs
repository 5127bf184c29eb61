//! The symbol against its type of document and its day.

use crate::assemble::Series;
use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics, one_of};
use crate::syntax::Revision;

/// A declaration has no symbol of a decision.
pub(super) fn series(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let (Some(symbol), Some(place)) = (context.filled.values.symbol("symbol"), context.filled.values.place("symbol"))
    else {
        return;
    };
    let template = &context.filled.template;
    let of_name: Vec<&Series> = template.series.iter().filter(|series| series.names(symbol)).collect();
    if of_name.is_empty() && !template.series.is_empty() {
        let message = format!("`{symbol}` is no symbol of a {}", template.name);
        let hint = match template.series.as_slice() {
            [one] => format!("its symbols begin with `{}/`", one.name),
            several => format!("its symbols are {}", forms(several)),
        };
        found.push(Diagnostic::new(Code::SymbolSeries, place, message).hint(hint));
    }
    let lacking: Vec<&str> = of_name.iter().filter_map(|series| series.lacks(symbol)).collect();
    if let Some(first) = lacking.first()
        && lacking.len() == of_name.len()
    {
        let message = match (*first, symbol.meeting) {
            ("meeting", Some(meeting)) => format!("the symbol `{symbol}` has a meeting, ({meeting}), and should not"),
            (part, _) => format!("the symbol `{symbol}` has no {part}"),
        };
        found.push(
            Diagnostic::new(Code::WrongType, place, message)
                .hint(format!("its symbols are {}", forms(&template.series))),
        );
    }
    if symbol.number_pending && context.filled.values.is_final() {
        let message = format!("`{symbol}` has no number yet");
        found.push(
            Diagnostic::new(Code::Placeholder, place, message)
                .hint("write the number that conference services gave it"),
        );
    }
}

/// A symbol has the form that was given in the year of adoption.
pub(super) fn years_of_series(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let values = &context.filled.values;
    let (Some(symbol), Some(place)) = (values.symbol("symbol"), values.place("symbol")) else { return };
    let (Some(adopted), Some(day)) = (values.date("adopted"), values.place("adopted")) else { return };
    let series = &context.filled.template.series;
    let mut fitting = series.iter().filter(|series| series.names(symbol) && series.lacks(symbol).is_none()).peekable();
    if fitting.peek().is_some() && !fitting.any(|series| series.is_of(adopted.year())) {
        let message = format!("the symbol `{symbol}` has a form that was not given in {}", adopted.year());
        found.push(
            Diagnostic::new(Code::SymbolSeries, place, message)
                .other(day, "adopted on this day")
                .hint(format!("its symbols are {}", forms(series))),
        );
    }
}

/// The forms of a type's symbols, in words.
fn forms(series: &[Series]) -> String {
    one_of(&series.iter().map(Series::form).collect::<Vec<_>>())
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
    let meeting = symbol.meeting.and_then(|meeting| context.registry.meeting(&format!("{}({meeting})", symbol.body)));
    // Until 2003 the symbols of the Ministerial Council had the number of its meeting in place of the year.
    let Some(year) = symbol.full_year().or(meeting.map(|meeting| u32::from(meeting.year))) else { return };
    if i64::from(year) != i64::from(adopted.year()) {
        let message = format!("`{symbol}` is of {year}, but the text was adopted in {}", adopted.year());
        found.push(Diagnostic::new(Code::SymbolYear, place, message).other(day, "adopted on this day").hint(
            match symbol.full_year() {
                Some(_) => "one of the two is wrong: the last part of a symbol is the year of adoption",
                None => "one of the two is wrong: the number in parentheses is that of the meeting",
            },
        ));
    }
}
