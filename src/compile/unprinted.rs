//! Keys of a document's header that are to be printed, and are not.

use std::collections::BTreeSet;

use super::context::Context;
use super::dated::{arrangement, stands_for};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;
use crate::syntax::Role;
use crate::syntax::ast::{self, Inline};

/// Says which values of the header are printed nowhere: not by the letterhead, which
/// printed those of `printed`, and not by the text.
pub(super) fn say(context: &Context<'_>, printed: &BTreeSet<String>, found: &mut Diagnostics) {
    let filled = context.filled;
    // A volume has its lines on its cover.
    if !filled.is_document || filled.template.is_volume() {
        return;
    }
    let parameters = filled.template.parameters.iter().filter(|parameter| {
        parameter.role == Some(Role::Printed) && parameter.name != "title" && !printed.contains(parameter.name.as_str())
    });
    // What a template gave is its own, what data gave stands in no header, and a gap is said itself.
    let given = parameters.filter_map(|parameter| {
        let entry = filled.header.get(&parameter.name)?;
        filled.values.get(&parameter.name).filter(|_| !filled.values.is_gap(&parameter.name))?;
        Some((parameter.name.as_str(), entry.value_span(), entry))
    });
    let given: Vec<_> = given.collect();
    if given.is_empty() {
        return;
    }
    let mut in_text = BTreeSet::new();
    let mut seen = |inline: &Inline| {
        if let Inline::Text(_) | Inline::Filled { .. } = inline {
            in_text.extend(given.iter().filter(|(_, place, _)| holds(*place, inline.span())).map(|(name, ..)| *name));
        }
    };
    context.each_inline(&mut |inline, _| seen(inline));
    filled.title_line.iter().for_each(|line| ast::walk(line, &mut |inline| seen(inline)));
    for (name, place, entry) in given.iter().filter(|(name, ..)| !in_text.contains(name)) {
        let message = format!("`{name}: {}` prints nothing", entry.value());
        let weight = if filled.values.is_final() { Severity::Warning } else { Severity::Info };
        found.push(Diagnostic::new(Code::PrintsNothing, *place, message).hint(why(context, name)).at_most(weight));
    }
}

/// Numbers of a meeting that stand above annexed texts alone, where no annex asks for them.
pub(super) fn of_annexes(context: &Context<'_>, found: &mut Diagnostics) {
    let filled = context.filled;
    if !filled.is_document || filled.template.session.is_empty() {
        return;
    }
    let asks = |keyword: &ast::Keyword| keyword.header.get("agenda-item").is_some();
    if filled.blocks.iter().filter_map(ast::Block::keyword).any(asks) {
        return;
    }
    let given = ["meeting", "day"].iter().filter(|key| !filled.values.is_gap(key));
    for entry in given.filter_map(|key| filled.header.get(key)) {
        let message = format!("`{}: {}` prints nothing", entry.key.text, entry.value());
        let hint =
            "it stands above the title of annexes that have `agenda-item:`; the meeting itself is named in the title";
        found
            .push(Diagnostic::new(Code::PrintsNothing, entry.value_span(), message).hint(hint).at_most(Severity::Info));
    }
}

/// Whether a place is within another one, whatever led to it.
fn holds(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// What is missing for a key to be printed.
fn why(context: &Context<'_>, name: &str) -> String {
    let values = &context.filled.values;
    if let Some(line) = line_instead(context, name) {
        return format!(
            "`{line}:` takes its place and says something else: correct one of the two, or delete this one"
        );
    }
    let needs = |rows: &[&str]| {
        let arranged = arrangement(&context.filled.template, context.style).concat();
        let rows = rows.iter().filter(|row| arranged.contains(row));
        let Some(row) = rows.copied().find(|row| stands_for(context, row).iter().any(|key| key == name)) else {
            return format!(
                "the letterhead of this type of document has no line for it; `{{{name}}}` prints it in the text"
            );
        };
        let keys = stands_for(context, row);
        let lacking = keys.iter().map(|key| source_of(key)).filter(|key| *key != name && values.get(key).is_none());
        // The years have a day, or in a draft one at which references are judged.
        let lacking = lacking.filter(|key| *key != "adopted" || values.get("as-of").is_none());
        let lacking: Vec<String> = lacking.map(|key| format!("`{key}:`")).collect();
        match lacking.join(" and ") {
            keys if !keys.is_empty() => format!("the line of the {row} needs {keys} too"),
            _ if context.filled.locale.row(context.filled.body(), row).is_none() => format!(
                "the words of the line of the {row} are not known in this language ({}): give it in your own, `{row}-line:`",
                context.filled.locale.language
            ),
            _ => format!("the line of the {row} cannot be written in this language with it"),
        }
    };
    match name {
        "meeting" | "day" | "journal" | "agenda-item" | "day-line" | "journal-line" | "meeting-line"
            if values.is_yes("silence") =>
        {
            "with `silence: yes` no meeting is named above the title".to_owned()
        }
        "correction-mark" if values.text("correction-note").is_none() => {
            "it stands before the note of a correction: give `correction-note:` too".to_owned()
        }
        "place" if values.date("adopted").or(values.date("as-of")).is_none() => {
            "the line of the place has the year: give `adopted:`, or in a draft `as-of:`".to_owned()
        }
        "meeting" | "day" => needs(&["meeting", "day"]),
        "journal" | "agenda-item" => needs(&["journal"]),
        "chairmanship" => needs(&["chairmanship"]),
        "correction" | "correction-note" | "distribution" if values.symbol("symbol").is_none() => {
            "it stands at the symbol: give `symbol:`".to_owned()
        }
        _ => format!("the letterhead of this type of document has no line for it; `{{{name}}}` prints it in the text"),
    }
}

/// The key that a gap of a line is filled from.
fn source_of(gap: &str) -> &str {
    if gap == "short-year" { "adopted" } else { gap }
}

/// The key of a row's line in the author's own words, where it takes the place of a value.
fn line_instead(context: &Context<'_>, name: &str) -> Option<String> {
    let arranged = arrangement(&context.filled.template, context.style).concat();
    let lines = arranged.into_iter().filter(|row| stands_for(context, row).iter().any(|key| key == name));
    lines.map(|row| format!("{row}-line")).find(|line| context.filled.values.text(line).is_some())
}
