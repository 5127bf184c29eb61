//! The lines that an annex or an attachment has directly under it: its language, its
//! number, and whose statement it is.

use std::collections::BTreeSet;

use super::annexed;
use super::context::Context;
use super::letterhead::{own, part_head, tags};
use super::own_words::{self, has_form_of};
use crate::assemble::{self, Values};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, one_of};
use crate::locale::{Locale, StatementWords};
use crate::model::{HeadLine, Inline, PartKind};
use crate::source::Span;
use crate::syntax::ast::{Keyword, Word};
use crate::syntax::{self, Parameter, Role};

/// What an annex's or attachment's own header says.
pub(super) struct Attached {
    pub head: Vec<HeadLine>,
    pub language: Option<String>,
    pub title: Vec<Vec<Inline>>,
    pub by: Option<String>,
    /// The lines of the meeting.
    pub meeting: Vec<String>,
}

/// The keys that may stand under `annex:` and `attachment:`.
const ATTACHED: [&str; 11] = [
    "language   language, optional, steering                            \"The language of this part\"",
    "original   language, optional, printed                             \"The language that it was translated from\"",
    "kind       choice of interpretative-statement, optional, steering  \"What it is, where it is made under the Rules of Procedure\"",
    "paragraph  text, optional, printed                                 \"The paragraph of the Rules of Procedure\"",
    "by         text, optional, printed                                 \"The delegation that makes the statement\"",
    "by-line    text, optional, printed                                 \"The line of the delegation in other words\"",
    "head       text, optional, printed                                 \"The word and number at the head of its first page in other words\"",
    "agenda-item text, optional, printed                                \"The item under which a journal has it annexed\"",
    "meeting-line text, optional, printed                               \"The line of the meeting in other words\"",
    "journal-line text, optional, printed                               \"The line of the journal in other words\"",
    "number     integer, 1 to 999, optional, printed                    \"Its number\"",
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
    let mut head = vec![match values.text("head") {
        Some(words) => own(words.to_owned()),
        None => part_head(context, kind, number),
    }];
    if let Some(original) = values.text("original") {
        let language = values.text("language").unwrap_or(&locale.language);
        let tags = tags(context, language, Some(original));
        head.extend((language != original).then_some(tags.language).flatten());
        head.extend(tags.original);
    }
    let above = annexed::lines(context, &values, found);
    let mut attached = Attached {
        head,
        language: values.text("language").filter(|language| *language != locale.language).map(str::to_owned),
        title: Vec::new(),
        by: values.text("by-line").map(str::to_owned),
        meeting: above.lines,
    };
    let is_statement = values.text("kind").is_some();
    // A part in a language of its own has its words.
    let locale = attached.language.as_deref().and_then(Locale::of).unwrap_or(locale);
    let mut printed = BTreeSet::from(["original", "head", "by-line", "meeting-line", "journal-line"]);
    printed.extend(above.say_item.then_some("agenda-item"));
    printed.extend(is_said(&values, "head", "number", locale).then_some("number"));
    // A line in other words has the name in it.
    let has_name = attached.by.is_some() && is_said(&values, "by-line", "by", locale);
    printed.extend(has_name.then_some("by"));
    if is_statement {
        printed.extend(statement(&values, keyword, locale, &mut attached, found));
    }
    let unprinted = parameters.iter().filter(|parameter| parameter.role == Some(Role::Printed));
    for Parameter { name, .. } in unprinted.filter(|parameter| !printed.contains(parameter.name.as_str())) {
        if let Some(place) = values.place(name) {
            found.push(not_printed(name, &values, place, is_statement.then_some(locale)));
        }
    }
    attached
}

/// Whether words of the author's own, if there are any, say the value that they stand for.
fn is_said(values: &Values, line: &str, key: &'static str, locale: &Locale) -> bool {
    match values.text(line).zip(values.words(key)) {
        Some((line, value)) => own_words::unsaid(line, &[(key, value)], locale).is_empty(),
        None => true,
    }
}

/// The cure of a value that words of the author's own leave out.
fn in_other_words(line: &str) -> String {
    format!("`{line}:` takes its place and says something else: correct one of the two, or delete this one")
}

/// What is said of a key that prints nothing; of a statement the language is known.
fn not_printed(name: &str, values: &Values, place: Span, statement: Option<&Locale>) -> Diagnostic {
    let message = format!("`{name}: {}` prints nothing", values.words(name).unwrap_or_default());
    let line = match name {
        "by" => Some("by-line"),
        "number" => Some("head"),
        "agenda-item" => ["journal-line", "meeting-line"].into_iter().find(|line| values.text(line).is_some()),
        _ => None,
    };
    let hint = match statement {
        _ if let Some(line) = line.filter(|line| values.text(line).is_some()) => in_other_words(line),
        _ if name == "agenda-item" => "the lines of the meeting are not known in this language, or not for this body: give them in your own words, `meeting-line:` and `journal-line:`".to_owned(),
        None => "it is printed with `kind: interpretative-statement` on a line beside it; else write it into the text".to_owned(),
        Some(locale) if locale.interpretative_statement.is_none() => format!(
            "the fixed words of an interpretative statement are not known in this language ({}): write it into the title or the text",
            locale.language
        ),
        Some(_) => "the part has a title of its own: leave that out, and the title with the paragraph is written, or write the paragraph into it".to_owned(),
    };
    Diagnostic::new(Code::PrintsNothing, place, message).hint(hint)
}

/// The fixed words of an interpretative statement, where the locale has them; which
/// keys they print.
fn statement(
    values: &Values,
    keyword: &Keyword,
    locale: &Locale,
    attached: &mut Attached,
    found: &mut Diagnostics,
) -> Vec<&'static str> {
    let mut printed = Vec::new();
    let gaps = |gap: &str| match gap {
        "paragraph" => values.text(gap).map(|path| locale.division(path)),
        _ => values.text(gap).map(str::to_owned),
    };
    let words = locale.interpretative_statement.as_ref();
    if let Some(lines) =
        words.and_then(|words| words.title.iter().map(|line| locale.line(line, gaps)).collect::<Option<Vec<_>>>())
    {
        attached.title = lines.into_iter().map(|line| vec![Inline::Text(line)]).collect();
    }
    // A title of the author's own stands in its place.
    let own_title = model_title(keyword);
    let in_own_title = values.text("paragraph").is_some_and(|paragraph| own_title.contains(paragraph));
    let in_ours = own_title.is_empty() && !attached.title.is_empty();
    if in_ours && let Some(words) = words {
        let around = words.title.join(" ");
        let given = values.text("paragraph").zip(values.place("paragraph"));
        found.extend(given.and_then(|given| written_twice(given, &around, "the number alone, as `IV.1(A)6`")));
    }
    printed.extend((in_own_title || in_ours).then_some("paragraph"));
    if attached.by.is_none() {
        attached.by = words.and_then(|words| by_line(values, locale, words, found));
    }
    // Where the words before a name are not known, the whole line is asked for.
    let is_composed = values.text("by-line").is_none();
    printed.extend((is_composed && (attached.by.is_some() || words.is_none())).then_some("by"));
    let needed = [("paragraph", attached.title.is_empty() && own_title.is_empty()), ("by", attached.by.is_none())];
    for (key, _) in needed.into_iter().filter(|(_, is_missing)| *is_missing) {
        found.push(missing(key, keyword, locale));
    }
    printed
}

/// What an interpretative statement lacks: a key, or where the language's words are not
/// known, the author's own.
fn missing(key: &str, keyword: &Keyword, locale: &Locale) -> Diagnostic {
    let language = &locale.language;
    let (message, hint) = match (&locale.interpretative_statement, key) {
        (Some(_), _) => (
            format!("an interpretative statement needs `{key}:` under `{}:`", keyword.name.word()),
            "write it on the line below".to_owned(),
        ),
        (None, "paragraph") => (
            format!("the words of an interpretative statement's title are not known in this language ({language})"),
            "give it a title of your own after the colon, with the paragraph in it".to_owned(),
        ),
        (None, _) => (
            format!("the words before the name of a delegation are not known in this language ({language})"),
            "give the whole line in your own words: `by-line:` on a line below".to_owned(),
        ),
    };
    let place = keyword.header.get(key).map_or(keyword.word, |entry| entry.value_span());
    Diagnostic::new(Code::MissingKey, place, message).hint(hint)
}

/// The words of the title that an author gave.
fn model_title(keyword: &Keyword) -> String {
    syntax::words_of(&keyword.value).trim().to_owned()
}

/// `By the delegation of Utopia:`. An author who wrote the words before the name as
/// well, all or the last of them, has them once.
fn by_line(values: &Values, locale: &Locale, words: &StatementWords, found: &mut Diagnostics) -> Option<String> {
    let by = values.text("by")?.trim_end_matches([':', ' ', '\u{A0}']);
    let before = words.by.split('{').next().unwrap_or_default().trim_end();
    let name = without_repeated(before, by);
    let alone = format!("the name alone, as it stands after “{before}”");
    let given = (name, values.place("by")?);
    found.extend(written_twice(given, before, &alone).or_else(|| unjoined(given, before, &words.before_name)));
    locale.line(&words.by, |gap| if gap == "by" { Some(name.to_owned()) } else { values.text(gap).map(str::to_owned) })
}

/// What is said of a value in which a noun stands that is printed beside it anyway, as in “By the delegation of
/// the Permanent Delegation of …”.
fn written_twice((value, place): (&str, Span), beside: &str, alone: &str) -> Option<Diagnostic> {
    let is_noun = |word: &&str| word.chars().count() > 5;
    let noun = beside.split(' ').filter(is_noun).find(|noun| has_form_of(value, noun))?.to_lowercase();
    let message = format!("`{noun}` is printed beside it already, and would stand there twice");
    Some(Diagnostic::new(Code::WrongType, place, message).hint(format!("write {alone}")).at_most(Severity::Warning))
}

/// What is said of a name that lacks the small word by which the language joins it to the words before it.
fn unjoined((name, place): (&str, Span), before: &str, joins: &[String]) -> Option<Diagnostic> {
    let begins = name.to_lowercase().replace('\'', "’");
    let has = |join: &String| {
        begins.strip_prefix(join.as_str()).is_some_and(|rest| join.ends_with('’') || rest.starts_with([' ', '\u{A0}']))
    };
    if joins.is_empty() || joins.iter().any(has) {
        return None;
    }
    let message = format!("“{before} {name}” lacks the word before the name");
    let hint = format!("write the name with it: {}", one_of(joins));
    Some(Diagnostic::new(Code::WrongType, place, message).hint(hint).at_most(Severity::Warning))
}

/// A name without the words at its beginning that are the last ones before it.
fn without_repeated<'n>(before: &str, name: &'n str) -> &'n str {
    let words: Vec<&str> = before.split(' ').collect();
    (0..words.len())
        .find_map(|from| {
            let mut rest = name;
            for word in &words[from..] {
                let (first, tail) = rest.trim_start().split_once(' ')?;
                if first.to_lowercase() != word.to_lowercase() {
                    return None;
                }
                rest = tail;
            }
            Some(rest.trim_start())
        })
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::without_repeated;

    #[test]
    fn words_that_are_written_anyway_are_written_once() {
        for (before, name, left) in [
            ("By the delegation of", "the delegation of Utopia", "Utopia"),
            ("By the delegation of", "By the Delegation of Utopia", "Utopia"),
            ("By the delegation of", "of Utopia", "Utopia"),
            ("By the delegation of", "the Holy See", "the Holy See"),
            ("Par la délégation", "la délégation de l’Utopie", "de l’Utopie"),
            ("Par la délégation", "délégation de l’Utopie", "de l’Utopie"),
        ] {
            assert_eq!(without_repeated(before, name), left);
        }
    }
}
