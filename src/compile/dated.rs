//! How the first page of a text is arranged, and what of it depends on its day and its body.

use jiff::civil::Date;

use super::context::Context;
use crate::assemble::{Template, Values};
use crate::layout::style::{Arrangement, Style};
use crate::locale::{Dated, Locale, gaps};
use crate::model::PartKind;

/// The rows of the two columns, and of the lines below them: the project's own
/// arrangement, else one of the style.
pub(super) fn arrangement<'a>(template: &'a Template, style: &'a Style) -> [Vec<&'a str>; 3] {
    if let Some(rows) = &template.rows {
        return [&rows.left, &rows.right, &rows.meeting]
            .map(|column| column.iter().map(|row| row.text.as_str()).collect());
    }
    match style.letterhead.get(&template.letterhead) {
        Some(Arrangement { left, right, meeting }) => {
            [left, right, meeting].map(|column| column.iter().map(String::as_str).collect())
        }
        None => [const { Vec::new() }; 3],
    }
}

/// The day of a text; of a draft the one that its header gives for judging references.
pub(super) fn day(values: &Values) -> Option<Date> {
    values.date("adopted").or(values.date("as-of"))
}

/// The keys that a row prints: those of its line in the text's language, else in that
/// of letterheads, else the one that it is named by.
pub(super) fn stands_for(context: &Context<'_>, name: &str) -> Vec<String> {
    let filled = context.filled;
    keys_of(name, filled.body(), filled.locale, context.style, year(&filled.values))
}

/// The same for any text of a body, in a language and of a year.
pub(super) fn keys_of(name: &str, body: &str, locale: &Locale, style: &Style, year: Option<i16>) -> Vec<String> {
    match locale.row(body, name).or_else(|| row_of_heads(style, body, name)) {
        Some(row) => gaps(row.of(year).0).map(str::to_owned).collect(),
        None => vec![name.to_owned()],
    }
}

/// The line of a row in the language of letterheads: of the body, else of the Council.
fn row_of_heads(style: &Style, body: &str, name: &str) -> Option<&'static Dated> {
    let head = Locale::of(&style.head_language)?;
    head.row(body, name).or_else(|| head.row("MC", name))
}

/// Whether a row has words around its value, so that the value alone says nothing.
pub(super) fn is_phrase(context: &Context<'_>, name: &str) -> bool {
    row_of_heads(context.style, context.filled.body(), name).is_some()
}

/// `Annex`, `Annex 1`: what a part is called in a language at the head of its pages, in texts of a year; and the
/// language of that word, where it is another one.
pub(super) fn part_words(
    locale: &Locale,
    kind: PartKind,
    number: Option<u32>,
    year: Option<i16>,
) -> (String, Option<&str>) {
    let word = match kind {
        PartKind::Main => return (String::new(), None),
        PartKind::Annex => &locale.words.annex,
        PartKind::Attachment => &locale.words.attachment,
    };
    let (word, language) = word.of(year);
    (number.map_or_else(|| word.to_owned(), |number| format!("{word}\u{A0}{number}")), language)
}

/// The year of that day.
pub(super) fn year(values: &Values) -> Option<i16> {
    day(values).map(|day| day.year())
}

/// The mark at the symbol of a corrected text, and before its note.
pub(super) fn correction_mark(context: &Context<'_>) -> String {
    let values = &context.filled.values;
    let style = &context.style.correction_mark;
    values.text("correction-mark").map(str::to_owned).unwrap_or_else(|| {
        let is_early = day(values).is_some_and(|day| day < style.since);
        if is_early { style.before.clone() } else { style.mark.clone() }
    })
}

/// How many notes stand before those of a part: a correction that is marked by a figure
/// counts among them. In a volume it is not printed.
pub(super) fn notes_before(context: &Context<'_>, part: PartKind) -> u32 {
    let is_counted = part == PartKind::Main
        && context.siblings.is_empty()
        && context.filled.values.text("correction-note").is_some()
        && context.filled.values.symbol("symbol").is_some();
    if is_counted { correction_mark(context).parse().unwrap_or(0) } else { 0 }
}
