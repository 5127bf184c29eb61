//! The lines that an annex or an attachment has directly under it: its language, its
//! number, and whose statement it is.

use std::collections::BTreeSet;

use super::context::Context;
use super::dated;
use super::letterhead::{own, part_head, tags};
use crate::assemble::{self, Values};
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::Locale;
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
    let mut attached = Attached {
        head,
        language: values.text("language").filter(|language| *language != locale.language).map(str::to_owned),
        title: Vec::new(),
        by: None,
        meeting: meeting(context, &values),
    };
    attached.by = values.text("by-line").map(str::to_owned);
    let is_statement = values.text("kind").is_some();
    // A part in a language of its own has its words.
    let locale = attached.language.as_deref().and_then(Locale::of).unwrap_or(locale);
    let mut printed = BTreeSet::from(["original", "number", "head", "by-line", "meeting-line", "journal-line"]);
    printed.extend((!attached.meeting.is_empty()).then_some("agenda-item"));
    // The line has the name in it.
    printed.extend(attached.by.is_some().then_some("by"));
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

/// The lines of the meeting above what a journal has annexed: those of the body, with the
/// numbers of the journal and the item under which it was annexed.
fn meeting(context: &Context<'_>, values: &Values) -> Vec<String> {
    let filled = context.filled;
    let symbol = filled.values.symbol("symbol");
    let number = symbol.and_then(|symbol| symbol.number);
    let value = |gap: &str| {
        // The symbol of a Council's journal has its meeting.
        let of_symbol = symbol.and_then(|symbol| symbol.meeting).filter(|_| gap == "meeting");
        let own = values.text(gap).map(str::to_owned).or_else(|| of_symbol.map(|number| number.to_string()));
        let own = own.or_else(|| filled.values.integer(gap).map(|number| number.to_string()));
        own.or_else(|| match gap {
            "meeting" => number.map(|number| number.to_string()),
            "journal" => number.map(|number| number.to_string()),
            _ => None,
        })
    };
    let is_given = values.text("agenda-item").is_some();
    let line = |row: &&str| {
        values.text(&format!("{row}-line")).map(str::to_owned).or_else(|| {
            let (pattern, _) = filled.locale.row(filled.body(), row)?.of(dated::year(&filled.values));
            filled.locale.line(pattern, value).filter(|_| is_given)
        })
    };
    ["day", "meeting", "journal"].iter().filter_map(line).collect()
}

/// What is said of a key that prints nothing; of a statement the language is known.
fn not_printed(name: &str, values: &Values, place: Span, statement: Option<&Locale>) -> Diagnostic {
    let message = format!("`{name}: {}` prints nothing", values.text(name).unwrap_or_default());
    let hint = match statement {
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
    printed.extend((in_own_title || in_ours).then_some("paragraph"));
    if attached.by.is_none() {
        attached.by = words.and_then(|words| by_line(values, locale, &words.by, found));
    }
    // Where the words before a name are not known, the whole line is asked for.
    printed.extend((attached.by.is_some() || words.is_none()).then_some("by"));
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
fn by_line(values: &Values, locale: &Locale, pattern: &str, found: &mut Diagnostics) -> Option<String> {
    let by = values.text("by")?.trim_end_matches([':', ' ', '\u{A0}']);
    let before = pattern.split('{').next().unwrap_or_default().trim_end();
    let name = without_repeated(before, by);
    // “By the delegation of the Permanent Delegation of …”
    let is_noun = |word: &&str| word.chars().count() > 5;
    if let Some(noun) = before.split(' ').filter(is_noun).find(|noun| has_form_of(name, noun))
        && let Some(place) = values.place("by")
    {
        let message = format!("`{noun}` is written before the name already, and would be printed twice");
        found.push(
            Diagnostic::new(Code::WrongType, place, message)
                .hint(format!("write the name alone, as it stands after “{before}”"))
                .at_most(Severity::Warning),
        );
    }
    locale.line(pattern, |gap| if gap == "by" { Some(name.to_owned()) } else { values.text(gap).map(str::to_owned) })
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

/// Whether a word stands there, in this form or another: “delegations”, “delegazioni”.
fn has_form_of(text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let stem = &word[..word.char_indices().next_back().map_or(0, |(at, _)| at)];
    let is_form = |other: &str| other.starts_with(stem) && other.chars().count().abs_diff(word.chars().count()) <= 1;
    text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(is_form)
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
