//! The lines above a title, composed from the header's values.

use jiff::civil::Date;

use super::context::Context;
use super::outline::part_words;
use crate::assemble::{self, Values};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::style::Arrangement;
use crate::locale::Locale;
use crate::model::{HeadLine, Inline, Letterhead, PartKind};
use crate::source::Span;
use crate::syntax::ast::{Keyword, Word};
use crate::syntax::{self, Parameter};

/// What stands above the title, and what the following pages repeat of it.
pub(super) struct Head {
    pub symbol: Option<String>,
    pub letterhead: Letterhead,
    pub running: Vec<HeadLine>,
    pub day: Option<Date>,
}

/// Composes the first page's head by the arrangement that the template names.
pub(super) fn compose(context: &Context<'_>) -> Head {
    let (values, locale) = (&context.filled.values, context.filled.locale);
    let symbol = values.symbol("symbol").map(|symbol| {
        let mut printed = symbol.to_string();
        if let Some(number) = values.integer("correction")
            && !symbol.revisions.iter().any(|revision| revision.kind == "Corr")
        {
            printed.push_str(&format!("/Corr.{number}"));
        }
        printed
    });
    let date = printed_date(context);
    let fields = Fields { context, symbol: symbol.as_deref(), date: date.as_ref() };
    let arrangement = context.style.letterhead.get(&context.filled.template.letterhead);
    let empty = Arrangement::default();
    let arrangement = arrangement.unwrap_or(&empty);
    let symbol_row = arrangement.right.iter().position(|name| name == "symbol").filter(|_| symbol.is_some());
    let letterhead = Letterhead {
        left: fields.column(&arrangement.left),
        right: fields.column(&arrangement.right),
        symbol_row,
        meeting: meeting_lines(values, locale),
        correction: values.text("correction-note").map(str::to_owned),
        file_code: values.text("file-code").map(str::to_owned),
    };
    let running = symbol.iter().cloned().map(own).chain(date).collect();
    Head { symbol, letterhead, running, day: day(values) }
}

struct Fields<'a, 'b> {
    context: &'b Context<'a>,
    symbol: Option<&'b str>,
    date: Option<&'b HeadLine>,
}

impl Fields<'_, '_> {
    /// A column's rows; one for which there is nothing closes up.
    fn column(&self, names: &[String]) -> Vec<HeadLine> {
        names.iter().filter_map(|name| self.field(name)).collect()
    }

    fn field(&self, name: &str) -> Option<HeadLine> {
        let (values, locale) = (&self.context.filled.values, self.context.filled.locale);
        let body_name = |key: &str| locale.bodies.get(key).map(|body| own(body.name.clone()));
        match name {
            "" => Some(HeadLine::default()),
            "symbol" => {
                let distribution = values.text("distribution").map(|word| format!(" {word}")).unwrap_or_default();
                Some(own(self.symbol.map(|symbol| format!("{symbol}{distribution}")).unwrap_or_default()))
            }
            "date" => Some(self.date.cloned().unwrap_or_default()),
            "organization" => body_name("OSCE"),
            "body" => body_name(self.context.filled.template.body()),
            "place" => place_line(values, locale).map(own),
            "language" => values.text("original").and_then(|_| tags(self.context, &locale.language, None).language),
            "original" => {
                let original = values.text("original").unwrap_or(&locale.language);
                tags(self.context, &locale.language, Some(original)).original
            }
            _ => None,
        }
    }
}

fn place_line(values: &Values, locale: &Locale) -> Option<String> {
    if let Some(line) = values.text("place-line") {
        return Some(line.to_owned());
    }
    let place = values.text("place")?;
    let year = values.date("adopted").or(values.date("as-of")).map(|date| date.year().to_string());
    locale.line(&locale.letterhead.place.text, |gap| if gap == "place" { Some(place.to_owned()) } else { year.clone() })
}

/// Day line and journal line; none for a text adopted by silence procedure.
fn meeting_lines(values: &Values, locale: &Locale) -> Vec<String> {
    if values.is_yes("silence") {
        return Vec::new();
    }
    let value = |gap: &str| {
        values.integer(gap).map(|number| number.to_string()).or_else(|| values.text(gap).map(str::to_owned))
    };
    let line =
        |given: &str, pattern: &str| values.text(given).map(str::to_owned).or_else(|| locale.line(pattern, value));
    let day = line("day-line", &locale.letterhead.day_line.text);
    let journal = line("journal-line", &locale.letterhead.journal_line.text);
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
fn own(text: String) -> HeadLine {
    HeadLine { text, language: None }
}

fn line_in(locale: &Locale, context: &Context<'_>, text: String) -> HeadLine {
    let language = (locale.language != context.filled.locale.language).then(|| locale.language.clone());
    HeadLine { text, language }
}

struct Tags {
    language: Option<HeadLine>,
    original: Option<HeadLine>,
}

/// `FRENCH` and `Original: ENGLISH`, in the language of letterheads or in the
/// text's; where that has no name for a language, in the former.
fn tags(context: &Context<'_>, language: &str, original: Option<&str>) -> Tags {
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

/// What an annex's or attachment's own header says.
pub(super) struct Attached {
    pub head: Vec<HeadLine>,
    pub language: Option<String>,
    pub title: Vec<Vec<Inline>>,
    pub by: Option<String>,
}

/// The keys that may stand under `annex:` and `attachment:`.
const ATTACHED: [&str; 6] = [
    "language   language, optional                              \"The language of this part\"",
    "original   language, optional                              \"The language that it was translated from\"",
    "kind       choice of interpretative-statement, optional    \"What it is, where it is made under the Rules of Procedure\"",
    "paragraph  text, optional                                  \"The paragraph of the Rules of Procedure\"",
    "by         text, optional                                  \"The delegation that makes the statement\"",
    "number     integer, 1 to 999, optional                     \"Its number\"",
];

pub(super) fn attached(
    context: &Context<'_>,
    keyword: &Keyword,
    kind: PartKind,
    number: Option<u32>,
    found: &mut Diagnostics,
) -> Attached {
    let parameters: Vec<Parameter> = ATTACHED
        .iter()
        .filter_map(|line| syntax::read_parameter(&Word { text: (*line).to_owned(), span: Span::default() }))
        .collect();
    let of = keyword.name.word();
    let values = assemble::read_by(&keyword.header, &parameters, &[], of, context.sources, found);
    let locale = context.filled.locale;
    let mut head = vec![own(part_words(locale, kind, number))];
    if let Some(original) = values.text("original") {
        let language = values.text("language").unwrap_or(&locale.language);
        let tags = tags(context, language, Some(original));
        head.extend((language != original).then_some(tags.language).flatten());
        head.extend(tags.original);
    }
    let mut attached = Attached {
        head,
        language: values.text("language").filter(|language| *language != locale.language).map(str::to_owned),
        title: Vec::new(),
        by: None,
    };
    if values.text("kind").is_some() {
        statement(&values, keyword, locale, &mut attached, found);
    }
    attached
}

/// The fixed words of an interpretative statement, where the locale has them.
fn statement(values: &Values, keyword: &Keyword, locale: &Locale, attached: &mut Attached, found: &mut Diagnostics) {
    let gaps = |gap: &str| values.text(gap).map(str::to_owned);
    let words = locale.interpretative_statement.as_ref();
    if let Some(lines) =
        words.and_then(|words| words.title.iter().map(|line| locale.line(line, gaps)).collect::<Option<Vec<_>>>())
    {
        attached.title = lines.into_iter().map(|line| vec![Inline::Text(line)]).collect();
    }
    attached.by = words.and_then(|words| locale.line(&words.by, gaps));
    let needed = [("paragraph", attached.title.is_empty() && keyword.value.is_empty()), ("by", attached.by.is_none())];
    for (key, missing) in needed {
        if !missing {
            continue;
        }
        let message = match words {
            Some(_) => format!("an interpretative statement needs `{key}:` under `{}:`", keyword.name.word()),
            None if key == "paragraph" => {
                "the words of an interpretative statement's title are not known in this language".to_owned()
            }
            None => continue,
        };
        let hint = if words.is_some() { "write it on the line below" } else { "give it a title after the colon" };
        found.push(Diagnostic::new(Code::MissingKey, keyword.word, message).hint(hint));
    }
}
