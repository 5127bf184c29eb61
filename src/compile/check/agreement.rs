//! What a text says twice, and not the same: its meeting, its body, its day.

use crate::compile::annexed::meeting_number;
use crate::compile::context::Context;
use crate::compile::own_words::{first_number, may_be_day};
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::ast::{Block, BlockKind, Entry, Keyword, StructureName};
use crate::syntax::{Revision, words_of};

/// The meeting is the one that the symbol names, else one of the year of adoption.
pub(super) fn meeting(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let values = &context.filled.values;
    let (Some(given), Some(here)) = (values.integer("meeting"), values.place("meeting")) else { return };
    let symbol = values.symbol("symbol").zip(values.place("symbol"));
    if let Some((symbol, place)) = symbol
        && let Some(number) = symbol.meeting
    {
        if number != given {
            let message = format!("`{symbol}` is of meeting {number}, and `meeting:` says {given}");
            let hint = "one of the two is wrong: the number in parentheses is that of the meeting";
            found.push(contradiction(here, message, (place, "the symbol"), hint));
        }
        return;
    }
    let held = context.registry.meeting(&format!("{}({given})", context.filled.body()));
    let (Some(held), Some(adopted), Some(day)) = (held, values.date("adopted"), values.place("adopted")) else {
        return;
    };
    if i64::from(held.year) != i64::from(adopted.year()) && !values.is_yes("silence") {
        let message = format!("{} was in {}, but the text was adopted in {}", held.code, held.year, adopted.year());
        let hint = "one of the two is wrong; what was adopted without a meeting has `silence: yes`";
        found.push(contradiction(here, message, (day, "adopted on this day"), hint));
    }
}

/// A journal that has the number of its meeting has no other.
pub(super) fn journal(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let values = &context.filled.values;
    let (Some(meeting), Some(journal)) = (values.integer("meeting"), values.integer("journal")) else { return };
    let series = format!("{}.JOUR", context.filled.body());
    if meeting != journal
        && context.registry.counts_meetings(&series)
        && let (Some(here), Some(other)) = (values.place("journal"), values.place("meeting"))
    {
        let message =
            format!("journal {journal} is not that of meeting {meeting}: in {series} the two numbers are one");
        let finding = contradiction(here, message, (other, "the meeting"), "one of the two is wrong");
        found.push(finding.at_most(Severity::Warning));
    }
}

/// `body:` is that of the symbol.
pub(super) fn body(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let filled = context.filled;
    let (Some(given), Some(here)) = (filled.values.text("body"), filled.values.place("body")) else { return };
    let (Some(symbol), Some(place)) = (filled.values.symbol("symbol"), filled.values.place("symbol")) else { return };
    let mut bodies = filled.template.series.iter().map(|series| series.body().to_lowercase());
    if bodies.any(|body| body == given) && filled.body().to_lowercase() != given {
        let message = format!("`{symbol}` is of another body than `body: {given}` says, which prints nothing");
        let hint = "the symbol says whose text it is: correct it, or leave `body:` out";
        found.push(contradiction(here, message, (place, "the symbol"), hint).at_most(Severity::Warning));
    }
}

/// The first line of a text names the body whose text it is.
pub(super) fn opening(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    let filled = context.filled;
    let paragraph = |block: &Block| match &block.kind {
        BlockKind::Paragraph(paragraph) => Some(paragraph.marker.is_none()),
        _ => None,
    };
    let mut paragraphs = filled.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, paragraph(block)?)));
    let Some((first, true)) = paragraphs.next() else { return };
    let Some(passage) = passages.iter().find(|passage| passage.block == Some(first)) else { return };
    let own = filled.body();
    // A body that opens texts in some language.
    let opens = |body: &str| {
        let head = Locale::of(&context.style.head_language);
        head.and_then(|head| head.bodies.get(body)).is_some_and(|body| body.opening.is_some())
    };
    let locale = passage.locale(context);
    let mut others = locale.bodies.iter().filter(|(body, _)| *body != own && opens(body));
    if !opens(own) || locale.bodies.get(own).is_some_and(|body| is_opening(&passage.flat.text, &body.name)) {
        return;
    }
    if let Some((_, other)) = others.find(|(_, body)| is_opening(&passage.flat.text, &body.name)) {
        let text = passage.flat.text.trim_end();
        let message = format!("this line names the {}, and the text is of another body", other.name);
        let hint = match locale.bodies.get(own) {
            Some(body) => {
                format!("the letterhead has “{}”: correct the line, or the type and symbol of the text", body.name)
            }
            None => "correct the line, or the type and symbol of the text".to_owned(),
        };
        let finding = Diagnostic::new(Code::Contradiction, passage.flat.span(0..text.len()), message).hint(hint);
        found.push(finding.at_most(Severity::Warning));
    }
}

/// Whether a line is the name of a body with an article before it and a few words behind it, as “The Permanent
/// Council of the OSCE,”.
fn is_opening(line: &str, name: &str) -> bool {
    let line = line.trim_end();
    let words = line.trim_end_matches([',', '–', '—', '-', ' ', '\u{A0}']).to_lowercase();
    let Some((before, after)) = words.split_once(&name.to_lowercase()) else { return false };
    let few = |words: &str, most: usize| words.split_whitespace().count() <= most;
    line.len() > words.len() && few(before, 1) && few(after, 3)
}

/// A note of a correction stands in one.
pub(super) fn correction_note(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let values = &context.filled.values;
    let (Some(symbol), Some(place)) = (values.symbol("symbol"), values.place("correction-note")) else { return };
    let is_correction = |revision: &Revision| revision.kind == "Corr";
    if values.integer("correction").is_none() && !symbol.revisions.iter().any(is_correction) {
        let message = format!("a note says what was corrected, and `{symbol}` is no correction");
        found.push(
            Diagnostic::new(Code::Contradiction, place, message)
                .hint("give the number of the correction, `correction: 1`; another note is `{note: …}` in the text")
                .at_most(Severity::Warning),
        );
    }
}

/// Where a day stands in the author's own words, it is that of adoption: on the first page, and in a session of
/// the meeting.
pub(super) fn days(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let filled = context.filled;
    let (Some(adopted), Some(day)) = (filled.values.date("adopted"), filled.values.place("adopted")) else { return };
    let head = Locale::of(&context.style.head_language);
    let is_other = |words: &str| !may_be_day(words, adopted, [Some(filled.locale), head].into_iter().flatten());
    let mut say = |place: Span, message: &str, hint: &str| {
        let finding = contradiction(place, message.to_owned(), (day, "adopted on this day"), hint);
        found.push(finding.at_most(Severity::Warning));
    };
    if let (Some(words), Some(place)) = (filled.values.text("printed-date"), filled.values.place("printed-date"))
        && is_other(words)
    {
        say(place, "the date that is printed is another one than the day of adoption", "one of the two is wrong");
    }
    let is_date = |row: &&Keyword| row.name == StructureName::Row && context.sources.slice(row.word) == "date";
    let rows: Vec<&Keyword> = match filled.template.session.is_empty() {
        true => Vec::new(),
        false => filled.blocks.iter().filter_map(|block| block.keyword()).filter(is_date).collect(),
    };
    // A meeting may have several days, and its journal is of one of them.
    if let Some(first) = rows.first()
        && rows.iter().all(|row| is_other(&words_of(&row.value)))
    {
        let place = first.lines.first().copied().unwrap_or(first.word);
        say(place, "no session of this meeting was on the day of `adopted:`", "a journal is of the day of its meeting");
    }
}

/// The number with which the title of a journal begins is that of the meeting.
pub(super) fn title(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let filled = context.filled;
    let Some(symbol) = filled.values.symbol("symbol").filter(|_| !filled.template.session.is_empty()) else { return };
    let Some(meeting) = meeting_number(filled, context.registry) else { return };
    let words = filled.title.first().map(|line| words_of(line)).unwrap_or_default();
    let Some(said) = first_number(&words, filled.locale).filter(|said| *said != meeting) else { return };
    let Some(place) = filled.header.get("title").map(Entry::value_span) else { return };
    let from =
        if symbol.meeting.is_none() && filled.values.integer("meeting").is_some() { "meeting" } else { "symbol" };
    let finding = Diagnostic::new(
        Code::Contradiction,
        place,
        format!("the title says meeting {said}, and `{from}:` meeting {meeting}"),
    );
    let finding = match filled.values.place(from) {
        Some(other) => finding.other(other, "the other number"),
        None => finding,
    };
    found.push(finding.hint("one of the two is wrong").at_most(Severity::Warning));
}

/// What is said of two places of which one is wrong; which of them, the author knows.
fn contradiction(here: Span, message: String, (other, what): (Span, &'static str), hint: &str) -> Diagnostic {
    Diagnostic::new(Code::Contradiction, here, message).other(other, what).hint(hint)
}
