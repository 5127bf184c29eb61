//! The lines above a title, composed from the header's values.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::context::Context;
use super::dated::{arrangement, correction_mark, day, is_phrase, part_words, stands_for, year};
use super::own_words;
use super::unprinted;
use crate::assemble::Filled;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::{BodyName, Locale, gaps};
use crate::model::{HeadLine, Letterhead, PartKind};
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
    let values = &context.filled.values;
    let mut printed = Printed::new();
    let symbol = values.symbol("symbol").map(|symbol| {
        let mut words = symbol.to_string();
        printed.extend(["symbol", "correction"].map(str::to_owned));
        if let Some(number) = values.integer("correction")
            && !symbol.revisions.iter().any(|revision| revision.kind == "Corr")
        {
            words.push_str(&format!("/Corr.{number}"));
        }
        words
    });
    let date = printed_date(context);
    let mut fields = Fields { context, symbol: symbol.as_deref(), date: date.as_ref(), printed: &mut printed, found };
    let [left, right, meeting] = arrangement(&context.filled.template, context.style);
    let symbol_row = right.iter().position(|name| *name == "symbol").filter(|_| symbol.is_some());
    let (left, right) = (fields.column(&left), fields.column(&right));
    // No meeting is named for a text adopted by silence procedure.
    let meeting = if values.is_yes("silence") { Vec::new() } else { fields.column(&meeting) };
    // The running head has the date, the note its mark at the symbol.
    printed.extend(["file-code", "printed-date"].map(str::to_owned));
    let is_noted = symbol_row.is_some() && values.text("correction-note").is_some();
    printed.extend(is_noted.then_some(["correction-note", "correction-mark"]).into_iter().flatten().map(str::to_owned));
    let letterhead = Letterhead {
        left,
        right,
        symbol_row,
        meeting: meeting.into_iter().map(|line| line.text).filter(|line| !line.is_empty()).collect(),
        raised: Vec::new(),
        correction: values.text("correction-note").map(str::to_owned),
        correction_mark: correction_mark(context),
        file_code: values.text("file-code").map(str::to_owned),
    };
    let running = symbol.iter().cloned().map(own).chain(date).collect();
    unprinted::say(context, &printed, found);
    unprinted::of_annexes(context, found);
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
    fn column(&mut self, names: &[&str]) -> Vec<HeadLine> {
        names.iter().flat_map(|name| self.rows(name)).collect()
    }

    /// A row; that of a joint meeting has a line for each body, in the order of its symbol.
    fn rows(&mut self, name: &str) -> Vec<HeadLine> {
        let Context { filled, .. } = self.context;
        let bodies = &filled.locale.bodies;
        let in_own_words = filled.values.text("body-line").is_some();
        let joint = filled.body().split_once('-').filter(|_| name == "body" && !in_own_words);
        let names = joint.and_then(|(first, second)| Some([bodies.get(first)?, bodies.get(second)?]));
        match names {
            Some(names) => names.map(|body| own(body.name.clone())).into(),
            None => self.row(name).into_iter().collect(),
        }
    }

    fn row(&mut self, name: &str) -> Option<HeadLine> {
        let (values, locale) = (&self.context.filled.values, self.context.filled.locale);
        let in_own_words = format!("{name}-line");
        if let Some(words) = values.text(&in_own_words) {
            let unsaid = unsaid(self.context, name, words);
            self.printed.extend(stands_for(self.context, name).into_iter().filter(|key| !unsaid.contains(key)));
            self.printed.insert(in_own_words);
            return Some(own(words.to_owned()));
        }
        match name {
            "" => Some(HeadLine::default()),
            "symbol" => {
                self.printed.extend(self.symbol.map(|_| "distribution".to_owned()));
                let distribution = values.text("distribution").map(|word| format!(" {word}")).unwrap_or_default();
                Some(own(self.symbol.map(|symbol| format!("{symbol}{distribution}")).unwrap_or_default()))
            }
            "date" => Some(self.date.cloned().unwrap_or_default()),
            "organization" => self.body_name("OSCE", name),
            "body" => self.body_name(self.context.filled.body(), name),
            "place" => self.place(),
            // An original has the line that says so alone.
            "language" => {
                let original = values.text("original").filter(|original| *original != locale.language);
                original.and_then(|_| tags(self.context, &locale.language, None).language)
            }
            "original" => {
                self.printed.insert(name.to_owned());
                let original = values.text("original").unwrap_or(&locale.language);
                tags(self.context, &locale.language, Some(original)).original
            }
            _ => self.line(name),
        }
    }

    fn place(&mut self) -> Option<HeadLine> {
        let (values, locale) = (&self.context.filled.values, self.context.filled.locale);
        let place = values.text("place")?;
        let year = day(values).map(|date| date.year().to_string());
        let line = locale.line(&locale.letterhead.place.text, |gap| {
            if gap == "place" { Some(place.to_owned()) } else { year.clone() }
        });
        self.printed.extend(line.as_ref().map(|_| "place".to_owned()));
        line.map(own)
    }

    /// A line that the language has for the row, with the header's values; where it
    /// has none, the words of the key that the row is named by.
    fn line(&mut self, name: &str) -> Option<HeadLine> {
        let Context { filled, .. } = self.context;
        let (values, locale) = (&filled.values, filled.locale);
        let year = year(values);
        let value = |gap: &str| {
            if gap == "short-year" {
                return year.map(|year| format!("{:02}", year.rem_euclid(100)));
            }
            values.words(gap)
        };
        let (line, keys) = match locale.row(filled.body(), name) {
            Some(row) => {
                let (pattern, _) = row.of(year);
                (locale.line(pattern, value)?, gaps(pattern).map(str::to_owned).collect())
            }
            // Words that the language has elsewhere, and numbers, say nothing alone.
            None if is_phrase(self.context, name) => return None,
            None => (value(name)?, vec![name.to_owned()]),
        };
        self.printed.extend(keys);
        Some(own(line))
    }

    /// The name of a body; one that the language does not know is said.
    fn body_name(&mut self, key: &str, row: &str) -> Option<HeadLine> {
        let Context { filled, .. } = self.context;
        let body = filled.locale.bodies.get(key);
        self.found.extend(body.and_then(|body| self.called_otherwise(body, row)));
        let known = body.map(|body| own(body.name.clone()));
        if known.is_none() && filled.is_document {
            let place = filled.header.get("document").map_or(filled.end, Entry::value_span);
            let language = &filled.locale.language;
            let message =
                format!("this language ({language}) has no name for the body `{key}`: its line is not printed");
            let hint = match filled.template.parameter(&format!("{row}-line")) {
                Some(_) => format!("give it in your own words: `{row}-line:` and the name"),
                None => "nothing stands below the name of the organization; look at the series of the type".to_owned(),
            };
            self.found.push(Diagnostic::new(Code::NoWords, place, message).hint(hint).at_most(Severity::Warning));
        }
        known
    }

    /// A text of a year in which a body had another name.
    fn called_otherwise(&self, body: &BodyName, row: &str) -> Option<Diagnostic> {
        let values = &self.context.filled.values;
        let (since, year) = (body.since?, year(values)?);
        let place = values.place("adopted").filter(|_| year < since)?;
        let message = format!("before {since} the name was another than “{}”, which is printed", body.name);
        let hint = format!("give the name of {year}: `{row}-line:` and the name");
        Some(Diagnostic::new(Code::NoWords, place, message).hint(hint).at_most(Severity::Warning))
    }
}

/// The keys of a row whose values its line in the author's own words does not say.
fn unsaid(context: &Context<'_>, row: &str, line: &str) -> Vec<String> {
    let Filled { values, locale, .. } = context.filled;
    let keys = stands_for(context, row);
    if let ("original", Some(original)) = (row, values.text("original")) {
        let names = Locale::of(original).map(|of| &of.english_name.text).into_iter();
        let names = names.chain(locale.languages.get(original).map(|name| &name.text));
        let is_said = names.into_iter().any(|name| line.to_lowercase().contains(&name.to_lowercase()));
        return if is_said { Vec::new() } else { keys };
    }
    let given: Vec<(&str, String)> = keys.iter().filter_map(|key| Some((key.as_str(), values.words(key)?))).collect();
    own_words::unsaid(line, &given, locale).into_iter().map(str::to_owned).collect()
}

/// Keys of a header whose values were printed, or whose place was taken by a line in
/// the author's own words.
type Printed = BTreeSet<String>;

/// Whether date or language tags are in the language of letterheads whatever
/// the text's own.
fn in_head_language(context: &Context<'_>, key: &str) -> bool {
    let values = &context.filled.values;
    match values.text(key).or_else(|| values.text("dates")) {
        Some(choice) => choice == "english",
        None => day(values).is_none_or(|date| date >= context.style.head_language_since),
    }
}

fn printed_date(context: &Context<'_>) -> Option<HeadLine> {
    if let Some(words) = context.filled.values.text("printed-date") {
        return Some(own(words.to_owned()));
    }
    let date = day(&context.filled.values)?;
    let own = context.filled.locale;
    let head = Locale::of(&context.style.head_language);
    let locale = if in_head_language(context, "dates") { head? } else { own };
    Some(line_in(locale, context, locale.long_date(date)))
}

/// The language of tags.
fn tag_locale<'a>(context: &Context<'a>) -> Option<&'a Locale> {
    if in_head_language(context, "tags") {
        return Locale::of(&context.style.head_language);
    }
    let own = context.filled.locale;
    let is_chosen = ["tags", "dates"].iter().any(|key| context.filled.values.text(key).is_some());
    match &own.letterhead.early_tags {
        Some(tag) if !is_chosen => Locale::of(tag),
        _ => Some(own),
    }
}

/// The head of an annex or attachment: its word by the year of the text, and its number.
pub(super) fn part_head(context: &Context<'_>, kind: PartKind, number: Option<u32>) -> HeadLine {
    let (text, language) = part_words(context.filled.locale, kind, number, year(&context.filled.values));
    HeadLine { text, language: language.map(str::to_owned) }
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
        let own = tag_locale(context).and_then(|locale| Some((locale, &locale.languages.get(tag)?.text)));
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
