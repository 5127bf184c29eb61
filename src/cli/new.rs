//! `chancery new`

use std::io::{IsTerminal, Write};
use std::path::Path;

use super::args::{Format, New};
use super::disk::DiskWorld;
use super::first_text::{Answers, Keys, first_text};
use super::given::Given;
use super::outcome::{Failure, Outcome};
use super::terminal::{print_report, print_result, say, tell};
use super::{files, project, report};
use crate::compile::{Session, Template, template_named};
use crate::data::Datum;
use crate::diag::Diagnostics;
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::source::{Source, Sources};
use crate::syntax::{Need, Parameter, Type, format, parse};

pub(super) fn run(arguments: &New) -> Result<Outcome, Failure> {
    let mut is_asked =
        !arguments.values.is_given() && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut answer = || {
        let mut line = String::new();
        // Whatever ends the input ends the questions.
        std::io::stdin().read_line(&mut line).ok().filter(|length| *length > 0).map(|_| line)
    };
    let house = || Style::house().head_language;
    let language = match &arguments.language {
        Some(language) => language.clone(),
        None if is_asked => language(&house(), &mut answer).unwrap_or_else(|| {
            is_asked = false;
            house()
        }),
        None => house(),
    };
    let Some(locale) = Locale::of(&language) else {
        return Err(Failure::Usage(format!("there is no language `{language}`")));
    };
    let output = arguments.output.as_deref().filter(|path| *path != Path::new("-"));
    let world = DiskWorld::of(output.unwrap_or(Path::new("new.decl")));
    project::say_faults_of(&Session::new(&world));
    let template =
        template_named(&world, &arguments.template, &language).map_err(|error| Failure::Usage(error.to_string()))?;
    if let Some(path) = output.filter(|path| path.exists()) {
        let message = format!("`{}` is there already; give another name after `-o`, or delete it", path.display());
        return Err(Failure::Usage(message));
    }
    let style = Style::house();
    let mut answers = match given(arguments, &world, &template)? {
        Ok(answers) => answers,
        Err(outcome) => return Ok(outcome),
    };
    if is_asked {
        answers = interview(&template, &Keys::of(&template, &style, locale), &mut answer);
    }
    let text = in_canonical_form(first_text(&template, &style, locale, &answers));
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

/// Asks for the language; an empty line is the house's, and the end of the input none.
fn language(house: &str, answer: &mut dyn FnMut() -> Option<String>) -> Option<String> {
    let tags: Vec<&str> = Locale::tags().collect();
    say(&format!("language: {} (`{house}` if left out)", tags.join(", ")));
    loop {
        prompt();
        let Some(line) = answer() else {
            say("");
            return None;
        };
        match line.trim() {
            "" => return Some(house.to_owned()),
            tag if tags.contains(&tag) => return Some(tag.to_owned()),
            other => say(&format!("  `{other}` is none of them")),
        }
    }
}

/// Asks for what a document needs, and for the rest if that is wanted.
fn interview(template: &Template, keys: &Keys<'_>, answer: &mut dyn FnMut() -> Option<String>) -> Answers {
    let about = template.about.trim_end_matches('.');
    say(&format!("{about}. Enter leaves a value out; Ctrl-D ends the questions."));
    let mut answers = Answers::new();
    // A first text is a draft.
    let is_asked = |name: &str| !["language", "status"].contains(&name) && !template.gives(name);
    let asked = keys.usual.iter().filter(|parameter| is_asked(&parameter.name));
    let (mut needed, more): (Vec<&Parameter>, Vec<&Parameter>) =
        asked.partition(|parameter| parameter.need == Need::Required && parameter.default.is_none());
    // What the text is about comes first, then what its first page needs.
    needed.sort_by_key(|parameter| template.is_own_key(&parameter.name));
    if !ask(template, &needed, answer, &mut answers) || more.is_empty() {
        return answers;
    }
    say("");
    say(&format!(
        "more? {} values that many texts have; `y` asks for them, Enter leaves them to the header, where all others stand too",
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
        let in_lines = parameter.kind == Type::Lines;
        let expected =
            if in_lines { "each line as it is to be printed, and Enter".to_owned() } else { parameter.kind.expected() };
        say("");
        say(&format!("{}: {} ({expected}{default})", parameter.name, parameter.about));
        let mut lines = Vec::new();
        let is_over = loop {
            prompt();
            let line = answer();
            match line.as_deref().map(str::trim) {
                None => break true,
                Some("") => break false,
                Some(line) => match template.check(parameter, line) {
                    Ok(()) => lines.push(line.to_owned()),
                    Err(why) => {
                        say(&format!("  {why}"));
                        continue;
                    }
                },
            }
            if !in_lines {
                break false;
            }
        };
        if !lines.is_empty() {
            answers.push((parameter.name.clone(), lines));
        }
        if is_over {
            say("");
            return false;
        }
    }
    true
}

fn prompt() {
    // If standard error is closed there is no one to ask.
    let _ = write!(std::io::stderr(), "> ").and_then(|()| std::io::stderr().flush());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    #[test]
    fn a_title_is_asked_line_by_line_and_the_symbol_is_the_first_of_what_more_there_is() {
        let named = template_named(&MemoryWorld::new(), "pc-decision", "en");
        let (Ok(template), Some(locale)) = (named, Locale::of("en")) else {
            assert_eq!("a template in English", "nothing");
            return;
        };
        let mut lines = ["Draft decision\n", "on lists\n", "\n", "y\n", "PC.DEC/9487\n"].into_iter();
        let keys = Keys::of(&template, &Style::house(), locale);
        let answers = interview(&template, &keys, &mut || lines.next().map(str::to_owned));
        let expected = [("title", vec!["Draft decision", "on lists"]), ("symbol", vec!["PC.DEC/9487"])];
        let owned = |(name, lines): &(&str, Vec<&str>)| {
            ((*name).to_owned(), lines.iter().map(|line| (*line).to_owned()).collect())
        };
        assert_eq!(answers, expected.iter().map(owned).collect::<Answers>());
    }

    #[test]
    fn an_answer_that_is_none_is_asked_for_again_and_the_end_ends_the_questions() {
        let named = template_named(&MemoryWorld::new(), "partnership-declaration", "en");
        let (Ok(template), Some(locale)) = (named, Locale::of("en")) else {
            assert_eq!("a template in English", "nothing");
            return;
        };
        // The partners, the partnership, which anniversary in three tries, and the end.
        let mut lines = ["Asian Partners\n", "Asian Partnership\n", "many\n", "61\n", "30\n"].into_iter();
        let style = Style::house();
        let keys = Keys::of(&template, &style, locale);
        let answers = interview(&template, &keys, &mut || lines.next().map(str::to_owned));
        let expected = [("partners", "Asian Partners"), ("partnership", "Asian Partnership"), ("anniversary", "30")];
        let expected: Answers =
            expected.into_iter().map(|(name, value)| (name.to_owned(), vec![value.to_owned()])).collect();
        assert_eq!(answers, expected);
        let text = first_text(&template, &style, locale, &answers);
        let has = |line: [&str; 2]| text.lines().any(|found| found.split_whitespace().eq(line));
        assert!(has(["anniversary:", "30"]) && has(["declaration:", "[…]"]), "{text}");
    }
}
