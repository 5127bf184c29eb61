//! The lines above a title, composed from the header's values.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::context::Context;
use super::unprinted;
use crate::assemble::Values;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::layout::style::Arrangement;
use crate::locale::Locale;
use crate::model::{HeadLine, Letterhead};
use crate::syntax::ast::Entry;

/// What stands above the title, and what the following pages repeat of it.
pub(super) struct Head {
    pub symbol: Option<String>,
    pub letterhead: Letterhead,
    pub running: Vec<HeadLine>,
    pub day: Option<Date>,
}

/// Composes the first page's head by the arrangement that the template names.
pub(super) fn compose(context: &Context<'_>, found: &mut Diagnostics) -> Head {
    let (values, locale) = (&context.filled.values, context.filled.locale);
    let mut printed = BTreeSet::new();
    let symbol = values.symbol("symbol").map(|symbol| {
        let mut words = symbol.to_string();
        printed.extend(["symbol", "correction"]);
        if let Some(number) = values.integer("correction")
            && !symbol.revisions.iter().any(|revision| revision.kind == "Corr")
        {
            words.push_str(&format!("/Corr.{number}"));
        }
        words
    });
    let date = printed_date(context);
    let mut fields = Fields { context, symbol: symbol.as_deref(), date: date.as_ref(), printed: &mut printed, found };
    let arrangement = context.style.letterhead.get(&context.filled.template.letterhead);
    let empty = Arrangement::default();
    let arrangement = arrangement.unwrap_or(&empty);
    let symbol_row = arrangement.right.iter().position(|name| name == "symbol").filter(|_| symbol.is_some());
    let (left, right) = (fields.column(&arrangement.left), fields.column(&arrangement.right));
    // The running head has the date, the note its mark at the symbol.
    printed.extend(["file-code", "printed-date"]);
    printed.extend(symbol_row.map(|_| "correction-note"));
    let letterhead = Letterhead {
        left,
        right,
        symbol_row,
        meeting: meeting_lines(values, locale, &mut printed),
        raised: Vec::new(),
        correction: values.text("correction-note").map(str::to_owned),
        file_code: values.text("file-code").map(str::to_owned),
    };
    let running = symbol.iter().cloned().map(own).chain(date).collect();
    unprinted::say(context, &printed, found);
    Head { symbol, letterhead, running, day: day(values) }
}

struct Fields<'a, 'b> {
    context: &'b Context<'a>,
    symbol: Option<&'b str>,
    date: Option<&'b HeadLine>,
    /// The keys whose values were printed.
    printed: &'b mut Printed,
    found: &'b mut Diagnostics,
}

impl Fields<'_, '_> {
    /// A column's rows; one for which there is nothing closes up.
    fn column(&mut self, names: &[String]) -> Vec<HeadLine> {
        names.iter().filter_map(|name| self.field(name)).collect()
    }

    fn field(&mut self, name: &str) -> Option<HeadLine> {
        let (values, locale) = (&self.context.filled.values, self.context.filled.locale);
        match name {
            "" => Some(HeadLine::default()),
            "symbol" => {
                self.printed.extend(self.symbol.map(|_| "distribution"));
                let distribution = values.text("distribution").map(|word| format!(" {word}")).unwrap_or_default();
                Some(own(self.symbol.map(|symbol| format!("{symbol}{distribution}")).unwrap_or_default()))
            }
            "date" => Some(self.date.cloned().unwrap_or_default()),
            "organization" => self.body_name("OSCE"),
            "body" => self.body_name(self.context.filled.template.body()),
            "place" => place_line(values, locale, self.printed).map(own),
            "language" => values.text("original").and_then(|_| tags(self.context, &locale.language, None).language),
            "original" => {
                self.printed.insert("original");
                let original = values.text("original").unwrap_or(&locale.language);
                tags(self.context, &locale.language, Some(original)).original
            }
            _ => None,
        }
    }

    /// The name of a body; one that the language does not know is said.
    fn body_name(&mut self, key: &str) -> Option<HeadLine> {
        let Context { filled, sources, .. } = self.context;
        let known = filled.locale.bodies.get(key).map(|body| own(body.name.clone()));
        if known.is_none() && filled.is_document {
            let place = filled.header.get("document").map_or(filled.end, Entry::value_span);
            let language = &filled.locale.language;
            let message =
                format!("this language ({language}) has no name for the body `{key}`: its line is not printed");
            let hint = format!(
                "nothing stands below the name of the organization; look at the series of `{}`",
                sources.slice(place)
            );
            self.found.push(Diagnostic::new(Code::NoWords, place, message).hint(hint).at_most(Severity::Warning));
        }
        known
    }
}

/// Keys of a header whose values were printed, or whose place was taken by a line in
/// the author's own words.
type Printed = BTreeSet<&'static str>;

fn place_line(values: &Values, locale: &Locale, printed: &mut Printed) -> Option<String> {
    if let Some(line) = values.text("place-line") {
        printed.extend(["place", "place-line"]);
        return Some(line.to_owned());
    }
    let place = values.text("place")?;
    let year = values.date("adopted").or(values.date("as-of")).map(|date| date.year().to_string());
    let line = locale
        .line(&locale.letterhead.place.text, |gap| if gap == "place" { Some(place.to_owned()) } else { year.clone() });
    printed.extend(line.as_ref().map(|_| "place"));
    line
}

/// Day line and journal line; none for a text adopted by silence procedure.
fn meeting_lines(values: &Values, locale: &Locale, printed: &mut Printed) -> Vec<String> {
    if values.is_yes("silence") {
        return Vec::new();
    }
    let value = |gap: &str| {
        values.integer(gap).map(|number| number.to_string()).or_else(|| values.text(gap).map(str::to_owned))
    };
    let mut line = |given: &'static str, pattern: &str, keys: &[&'static str]| {
        let line = values.text(given).map(str::to_owned).or_else(|| locale.line(pattern, value))?;
        printed.insert(given);
        printed.extend(keys);
        Some(line)
    };
    let day = line("day-line", &locale.letterhead.day_line.text, &["meeting", "day"]);
    let journal = line("journal-line", &locale.letterhead.journal_line.text, &["meeting", "journal", "agenda-item"]);
    day.into_iter().chain(journal).collect()
}

/// Whether date and language tags are in the language of letterheads whatever
/// the text's own.
fn in_head_language(context: &Context<'_>) -> bool {
    match context.filled.values.text("dates") {
        Some(choice) => choice == "english",
        None => day(&context.filled.values).is_none_or(|date| date >= context.style.head_language_since),
    }
}

fn day(values: &Values) -> Option<Date> {
    values.date("adopted").or(values.date("as-of"))
}

fn printed_date(context: &Context<'_>) -> Option<HeadLine> {
    if let Some(words) = context.filled.values.text("printed-date") {
        return Some(own(words.to_owned()));
    }
    let date = day(&context.filled.values)?;
    let locale = head_locale(context)?;
    Some(line_in(locale, context, locale.long_date(date)))
}

/// The language of date and tags.
fn head_locale<'a>(context: &Context<'a>) -> Option<&'a Locale> {
    if in_head_language(context) { Locale::of(&context.style.head_language) } else { Some(context.filled.locale) }
}

/// A line in the language of the text.
pub(super) fn own(text: String) -> HeadLine {
    HeadLine { text, language: None }
}

fn line_in(locale: &Locale, context: &Context<'_>, text: String) -> HeadLine {
    let language = (locale.language != context.filled.locale.language).then(|| locale.language.clone());
    HeadLine { text, language }
}

pub(super) struct Tags {
    pub language: Option<HeadLine>,
    pub original: Option<HeadLine>,
}

/// `FRENCH` and `Original: ENGLISH`, in the language of letterheads or in the
/// text's; where that has no name for a language, in the former.
pub(super) fn tags(context: &Context<'_>, language: &str, original: Option<&str>) -> Tags {
    let name = |tag: &str| {
        let own = head_locale(context).and_then(|locale| Some((locale, &locale.languages.get(tag)?.text)));
        own.or_else(|| Some((Locale::of(&context.style.head_language)?, &Locale::of(tag)?.english_name.text)))
    };
    Tags {
        language: name(language).map(|(locale, name)| line_in(locale, context, name.clone())),
        original: original.and_then(name).and_then(|(locale, name)| {
            let line = locale.line(&locale.letterhead.original.text, |_| Some(name.clone()))?;
            Some(line_in(locale, context, line))
        }),
    }
}
