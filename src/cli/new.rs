//! `chancery new`

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::args::{Format, New};
use super::disk::DiskWorld;
use super::given::Given;
use super::outcome::{Failure, Outcome};
use super::terminal::{print_report, print_result, say, tell};
use super::{files, report};
use crate::compile::{Session, Template, template_named};
use crate::data::Datum;
use crate::diag::Diagnostics;
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::source::{Source, Sources};
use crate::syntax::{Need, Parameter, PartName, RowPlace, SessionRow, Type, format, parse};

pub(super) fn run(arguments: &New) -> Result<Outcome, Failure> {
    let is_asked = !arguments.values.is_given() && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut answer = || {
        let mut line = String::new();
        // Whatever ends the input ends the questions.
        std::io::stdin().read_line(&mut line).ok().filter(|length| *length > 0).map(|_| line)
    };
    let house = || Style::house().head_language;
    let language = match &arguments.language {
        Some(language) => language.clone(),
        None if is_asked => language(&house(), &mut answer),
        None => house(),
    };
    let Some(locale) = Locale::of(&language) else {
        return Err(Failure::Usage(format!("there is no language `{language}`")));
    };
    let output = arguments.output.as_deref().filter(|path| *path != Path::new("-"));
    let world = DiskWorld::of(output.unwrap_or(Path::new("new.decl")));
    let template =
        template_named(&world, &arguments.template, &language).map_err(|error| Failure::Usage(error.to_string()))?;
    if let Some(path) = output.filter(|path| path.exists()) {
        let message = format!("`{}` is there already; give another name after `-o`, or delete it", path.display());
        return Err(Failure::Usage(message));
    }
    let mut answers = match given(arguments, &world, &template)? {
        Ok(answers) => answers,
        Err(outcome) => return Ok(outcome),
    };
    if is_asked {
        answers = interview(&template, &mut answer);
    }
    let text = in_canonical_form(document(&template, locale, &answers));
    let Some(path) = output else {
        print_result(text.as_bytes())?;
        return Ok(Outcome::Good);
    };
    files::rewrite(path, text.as_bytes())?;
    tell(&format!("{}: written; `chancery check {0}` says what is still to be filled in", path.display()));
    Ok(Outcome::Good)
}

/// As `chancery fmt` writes it.
fn in_canonical_form(text: String) -> String {
    let mut sources = Sources::default();
    let file = sources.add(Source::new("new.decl", text.clone()));
    let Some(source) = sources.get(file) else { return text };
    format(&parse(source, file, &mut Diagnostics::default()), source)
}

/// The lines of a value, by the name of its parameter.
type Answers = Vec<(String, Vec<String>)>;

/// What the command line gives; what is wrong with it is said.
fn given(arguments: &New, world: &DiskWorld, template: &Template) -> Result<Result<Answers, Outcome>, Failure> {
    if !arguments.values.is_given() {
        return Ok(Ok(Answers::new()));
    }
    let mut session = Session::new(world);
    let given = Given::load(&arguments.values, &mut session)?;
    if given.outcome() != Outcome::Good {
        print_report(&report::shown(&given.found, &given.sources, Format::Human))?;
        return Ok(Err(given.outcome()));
    }
    if given.is_many() {
        return Err(Failure::Usage("a first document takes the values of one; `build --data` makes many".to_owned()));
    }
    let mut answers = Answers::new();
    for (key, datum, _) in &given.get(0).entries {
        let Some(parameter) = template.parameter(&key.text) else {
            let names: Vec<&str> = template.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
            let message = format!("a {} has no key `{}`; its keys are {}", template.name, key.text, names.join(", "));
            return Err(Failure::Usage(message));
        };
        let lines = lines_of(&parameter.kind, datum);
        template.check(parameter, &joined(parameter, &lines)).map_err(|error| Failure::Usage(error.to_string()))?;
        answers.push((key.text.clone(), lines));
    }
    Ok(Ok(answers))
}

/// A value of a type as a header has it, a line each; the fields of a record in
/// their order.
fn lines_of(kind: &Type, datum: &Datum) -> Vec<String> {
    match (kind, datum) {
        (_, Datum::Words(lines)) => lines.iter().map(|line| line.text.clone()).collect(),
        (Type::List(item), Datum::List(items)) => {
            items.iter().map(|(datum, _)| format!("- {}", lines_of(item, datum).join(" "))).collect()
        }
        (Type::Record(fields), Datum::Record(entries)) => {
            let cell = |name: &str| {
                let entry = entries.iter().find(|(key, ..)| key.text == name);
                entry
                    .map(|(_, datum, _)| lines_of(&Type::Text, datum).join(" ").replace('|', "\\|"))
                    .unwrap_or_default()
            };
            vec![fields.iter().map(|field| cell(&field.name)).collect::<Vec<_>>().join(" | ")]
        }
        // Of the wrong type: the check that follows will say so.
        (_, Datum::List(_) | Datum::Record(_)) => vec!["(a list)".to_owned()],
    }
}

/// The same in one line, as it is checked.
fn joined(parameter: &Parameter, lines: &[String]) -> String {
    match parameter.kind {
        Type::List(_) => {
            let items = lines.iter().map(|line| line.strip_prefix("- ").unwrap_or(line));
            items.collect::<Vec<_>>().join("; ")
        }
        _ => lines.join(" "),
    }
}

/// Asks for the language; the end of the input, or an empty line, is the house's.
fn language(house: &str, answer: &mut dyn FnMut() -> Option<String>) -> String {
    let tags: Vec<&str> = Locale::tags().collect();
    say(&format!("language: {} (`{house}` if left out)", tags.join(", ")));
    loop {
        prompt();
        let Some(line) = answer() else { return house.to_owned() };
        match line.trim() {
            "" => return house.to_owned(),
            tag if tags.contains(&tag) => return tag.to_owned(),
            other => say(&format!("  `{other}` is none of them")),
        }
    }
}

/// Asks for what a document needs, and for the rest if that is wanted.
fn interview(template: &Template, answer: &mut dyn FnMut() -> Option<String>) -> Answers {
    let about = template.about.trim_end_matches('.');
    say(&format!("{about}. Enter leaves a value out; Ctrl-D ends the questions."));
    let mut answers = Answers::new();
    // What the text is about comes first, then what its first page needs.
    let (first, of_text): (Vec<&Parameter>, Vec<&Parameter>) =
        template.parameters.iter().partition(|parameter| template.is_own_key(&parameter.name));
    let asked = of_text.into_iter().chain(first).filter(|parameter| parameter.name != "language");
    let asked = asked.filter(|parameter| !template.gives(&parameter.name));
    let (needed, more): (Vec<&Parameter>, Vec<&Parameter>) =
        asked.partition(|parameter| parameter.need == Need::Required && parameter.default.is_none());
    if !ask(template, &needed, answer, &mut answers) || more.is_empty() {
        return answers;
    }
    say("");
    say(&format!(
        "more? {} values can be given besides; `y` asks for them, Enter leaves them to the header",
        more.len()
    ));
    prompt();
    if answer().is_some_and(|line| line.trim().to_lowercase().starts_with('y')) {
        ask(template, &more, answer, &mut answers);
    }
    answers
}

/// Asks for values one by one, and again after an answer that is no value; `answer` gives
/// the next line. Returns whether there may be more of them.
fn ask(
    template: &Template,
    parameters: &[&Parameter],
    answer: &mut dyn FnMut() -> Option<String>,
    answers: &mut Answers,
) -> bool {
    for parameter in parameters {
        let default = match (&parameter.default, parameter.need) {
            (Some(default), _) => format!(", `{}` if left out", default.text),
            (None, Need::RequiredInFinal) => ", needed in a final text".to_owned(),
            (None, Need::Required | Need::Optional) => String::new(),
        };
        say("");
        say(&format!("{}: {} ({}{default})", parameter.name, parameter.about, parameter.kind.expected()));
        loop {
            prompt();
            let Some(line) = answer() else {
                say("");
                return false;
            };
            let line = line.trim();
            if line.is_empty() {
                break;
            }
            match template.check(parameter, line) {
                Ok(()) => {
                    answers.push((parameter.name.clone(), vec![line.to_owned()]));
                    break;
                }
                Err(why) => say(&format!("  {why}")),
            }
        }
    }
    true
}

fn prompt() {
    // If standard error is closed there is no one to ask.
    let _ = write!(std::io::stderr(), "> ").and_then(|()| std::io::stderr().flush());
}

/// A document with all that its type asks for, and what it takes besides as
/// comments.
fn document(template: &Template, locale: &Locale, answers: &Answers) -> String {
    let width =
        template.parameters.iter().map(|parameter| parameter.name.len()).max().unwrap_or(0).max("document".len()) + 2;
    let line = |key: &str, value: &str| format!("{:<width$}{value}\n", format!("{key}:"));
    let mut text = format!("// {}\n", template.about);
    text.push_str(&line("document", &template.name));
    let mut optional = String::new();
    for parameter in &template.parameters {
        let answer = answers.iter().find(|(name, _)| *name == parameter.name).map(|(_, lines)| lines.as_slice());
        if let Some(lines) = answer {
            text.push_str(&line(&parameter.name, &in_header(lines)));
            continue;
        }
        let value = match (&parameter.kind, &parameter.default) {
            (Type::Language, _) if parameter.need == Need::Required => locale.language.clone(),
            _ if template.gives(&parameter.name) => continue,
            (_, None) if parameter.need == Need::Required => "[…]".to_owned(),
            (_, Some(default)) if parameter.name == "status" => default.text.clone(),
            _ => {
                let when = if parameter.need == Need::RequiredInFinal { ", needed in a final text" } else { "" };
                let about = format!("{} ({}{when})", parameter.about, parameter.kind.expected());
                optional.push_str(&format!("// {}", line(&parameter.name, &about)));
                continue;
            }
        };
        text.push_str(&line(&parameter.name, &value));
    }
    text.push_str(&optional);
    text.push_str("---\n\n");
    if template.is_volume() {
        text.push_str("section: […]\n// member: ./path/of/a/document.decl\n");
    } else if template.has_text() {
        // The template has the text; a document may put its own in its place.
        for name in template.blocks() {
            text.push_str(&format!("// block: {name}\n// {{inherited}}\n// end:\n\n"));
        }
    } else if !template.session.is_empty() {
        text.push_str(&session(&template.session, locale));
    } else if template.has_part(PartName::Signature) {
        let address = if template.has_part(PartName::Address) { "address:\n    […]\n\n" } else { "" };
        text.push_str(&format!("{address}[…]\n\nsignature:\n    […]\n"));
    } else {
        if template.requires(PartName::Preamble) {
            text.push_str("preamble:\n\n[…]\n\noperative:\n\n");
        }
        text.push_str("1. […]\n");
    }
    text
}

/// A session with the rows that it needs, and the others as comments; where the language has
/// no words for a row, with those of the author.
fn session(rows: &[SessionRow], locale: &Locale) -> String {
    let mut text = "session:\n".to_owned();
    for row in rows {
        let name = &row.name.text;
        let comment = if row.optional { "// " } else { "" };
        if row.place != RowPlace::Items {
            text.push_str(&format!("{comment}{name}: […]\n"));
        }
        if !locale.labels.contains_key(name) {
            text.push_str(&format!("{comment}{name}-label: […]\n"));
        }
    }
    let label = if locale.labels.contains_key("item") { "" } else { "label: […]\n" };
    text.push_str(&format!("\nitem: […]\n{label}\n[…]\n\n// decision: […]\n"));
    text
}

/// The lines of a value after its key: the first beside it, unless it is an item
/// of a list, the others indented below.
fn in_header(lines: &[String]) -> String {
    let mut value = String::new();
    for (at, line) in lines.iter().enumerate() {
        if at > 0 || line.is_empty() || line.starts_with("- ") {
            value.push_str("\n  ");
        }
        value.push_str(line);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn an_answer_that_is_none_is_asked_for_again_and_the_end_ends_the_questions() {
        let named = template_named(&MemoryWorld::new(), "partnership-declaration", "en");
        let (Ok(template), Some(locale)) = (named, Locale::of("en")) else {
            assert_eq!("a template in English", "nothing");
            return;
        };
        // The partners, the partnership, which anniversary in three tries, and the end.
        let mut lines = ["Asian Partners\n", "Asian Partnership\n", "many\n", "61\n", "30\n"].into_iter();
        let answers = interview(&template, &mut || lines.next().map(str::to_owned));
        let expected = [("partners", "Asian Partners"), ("partnership", "Asian Partnership"), ("anniversary", "30")];
        let expected: Answers =
            expected.into_iter().map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).collect();
        assert_eq!(answers, expected);
        let text = document(&template, locale, &answers);
        let has = |line: [&str; 2]| text.lines().any(|found| found.split_whitespace().eq(line));
        assert!(has(["anniversary:", "30"]) && has(["declaration:", "[…]"]), "{text}");
    }
}
