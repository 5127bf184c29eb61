//! The lines of the meeting above what a journal has annexed, and the item of its agenda.

use super::context::Context;
use super::dated;
use super::own_words;
use super::sessions::rows_below;
use crate::assemble::{Filled, Values};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::gaps;
use crate::registry::Registry;
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, StructureName};
use crate::syntax::words_of;

/// The lines of the meeting above an annex, and whether one of them says the item, or would.
pub(super) struct Lines {
    pub lines: Vec<String>,
    pub say_item: bool,
}

/// Those of the body, with the numbers of the journal and the item under which it was
/// annexed; what one of them lacks is said.
pub(super) fn lines(context: &Context<'_>, values: &Values, found: &mut Diagnostics) -> Lines {
    let filled = context.filled;
    let item = values.text("agenda-item").zip(values.place("agenda-item"));
    let mut above = Lines { lines: Vec::new(), say_item: false };
    for row in ["day", "meeting", "journal"] {
        if let Some(line) = values.text(&format!("{row}-line")) {
            let item = item.map(|(item, _)| ("agenda-item", item.to_owned()));
            above.say_item |= item.is_some_and(|item| own_words::unsaid(line, &[item], filled.locale).is_empty());
            above.lines.push(line.to_owned());
            continue;
        }
        let Some(dated) = filled.locale.row(filled.body(), row) else { continue };
        let (pattern, _) = dated.of(dated::year(&filled.values));
        let Some((_, place)) = item else { continue };
        above.say_item |= gaps(pattern).any(|gap| gap == "agenda-item");
        match filled.locale.line(pattern, |gap| value(context, values, gap)) {
            Some(line) => above.lines.push(line),
            None => found.push(lacking(context, values, row, pattern, place)),
        }
    }
    if let Some((item, place)) = item {
        found.extend(not_on_agenda(context, item, place));
    }
    above
}

/// The number of the meeting whose journal a text is: that which its symbol has before its kind, else the
/// header's, else the number of the symbol itself where the two are one.
pub(super) fn meeting_number(filled: &Filled, registry: &Registry) -> Option<u32> {
    let symbol = filled.values.symbol("symbol");
    let own = || symbol.filter(|symbol| registry.counts_meetings(&symbol.series()))?.number;
    symbol.and_then(|symbol| symbol.meeting).or(filled.values.integer("meeting")).or_else(own)
}

/// What a gap of these lines has: a value of the part, of the symbol, or of the header.
fn value(context: &Context<'_>, values: &Values, gap: &str) -> Option<String> {
    let filled = context.filled;
    let number = match gap {
        "meeting" => meeting_number(filled, context.registry),
        "journal" => {
            let own = filled.values.symbol("symbol").and_then(|symbol| symbol.number);
            filled.values.integer(gap).or(own)
        }
        _ => filled.values.integer(gap),
    };
    values.text(gap).map(str::to_owned).or_else(|| number.map(|number| number.to_string()))
}

/// A line of the meeting that has not all that it needs.
fn lacking(context: &Context<'_>, values: &Values, row: &str, pattern: &str, place: Span) -> Diagnostic {
    let lacking = gaps(pattern).filter(|gap| value(context, values, gap).is_none());
    // A journal has its number in its symbol.
    let has_symbol = context.filled.values.symbol("symbol").is_some();
    let key = |gap| if has_symbol || gap == "day" { gap } else { "symbol" };
    let lacking: Vec<String> = lacking.map(|gap| format!("`{}:`", key(gap))).collect();
    let message = format!("the line of the {row} is not printed above this part");
    let hint = match lacking.is_empty() {
        true => format!(
            "it cannot be written in this language with these numbers: give it in your own words, `{row}-line:`"
        ),
        false => format!("it needs {} in the header of the journal", lacking.join(" and ")),
    };
    let weight = if context.filled.values.is_final() { Severity::Warning } else { Severity::Info };
    Diagnostic::new(Code::PrintsNothing, place, message).hint(hint).at_most(weight)
}

/// An item that the agenda of the journal does not have.
fn not_on_agenda(context: &Context<'_>, item: &str, place: Span) -> Option<Diagnostic> {
    let items = items(&context.filled.blocks, context.sources)?;
    let number: u32 = item.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
    (!items.contains(&number)).then(|| {
        let message = format!("the agenda of this journal has no item {number}");
        Diagnostic::new(Code::Contradiction, place, message)
            .hint(format!("its items are {}", in_words(&items)))
            .at_most(Severity::Warning)
    })
}

/// The numbers of the items of an agenda; none where there are no items, or one is called by words of its own.
pub(super) fn items(blocks: &[Block], sources: &Sources) -> Option<Vec<u32>> {
    let (mut items, mut last) = (Vec::new(), 0u32);
    for (at, block) in blocks.iter().enumerate() {
        if block.keyword().is_none_or(|keyword| keyword.name != StructureName::Item) {
            continue;
        }
        let mut given = None;
        for row in rows_below(&blocks[at + 1..]) {
            match sources.slice(row.word) {
                "number" => given = words_of(&row.value).trim().parse().ok(),
                "label" => return None,
                _ => {}
            }
        }
        last = given.unwrap_or(last.saturating_add(1));
        items.push(last);
    }
    (!items.is_empty()).then_some(items)
}

/// “1 to 4”, “2, 5 and 7”.
pub(super) fn in_words(items: &[u32]) -> String {
    match items {
        [first, .., last] if items.windows(2).all(|two| two[0] + 1 == two[1]) => format!("{first} to {last}"),
        _ => items.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
    }
}
