//! The first text of a type of document: the keys of its header in the order of the
//! examples, and gaps where its words will stand.

use crate::compile::{Template, has_place_for};
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::syntax::{Need, Parameter, PartName, RowPlace, SessionRow, Type};

/// The lines of a value, by the name of its parameter.
pub(super) type Answers = Vec<(String, Vec<String>)>;

/// The keys of a type that a text of it can use.
pub(super) struct Keys<'t> {
    /// Those that most texts have, with the title at their end.
    pub usual: Vec<&'t Parameter>,
    pub seldom: Vec<&'t Parameter>,
}

impl Keys<'_> {
    /// A type declares what stands below the title in its own header below it, and what is
    /// its own beside the keys of all types stands above.
    pub fn of<'t>(template: &'t Template, style: &Style, locale: &Locale) -> Keys<'t> {
        let (mut usual, mut own, mut title, mut seldom) = (Vec::new(), Vec::new(), None, Vec::new());
        for parameter in template.parameters.iter().filter(|it| has_place_for(template, it, style, locale)) {
            match parameter.name.as_str() {
                "title" => title = Some(parameter),
                // A row of the first page in other words.
                name if name.ends_with("-line") => seldom.push(parameter),
                name if !template.is_own_key(name) => own.push(parameter),
                _ if title.is_some() => seldom.push(parameter),
                _ => usual.push(parameter),
            }
        }
        usual.extend(own.into_iter().chain(title));
        Keys { usual, seldom }
    }
}

/// A document with all that its type asks for, and what it takes besides as
/// comments.
pub(super) fn first_text(template: &Template, style: &Style, locale: &Locale, answers: &Answers) -> String {
    let keys = Keys::of(template, style, locale);
    let rows = |keys: &[&Parameter]| keys.iter().map(|key| row(key, template, locale, answers)).collect::<String>();
    let (usual, seldom) = (rows(&keys.usual), rows(&keys.seldom));
    let mut text = format!("// {}\n", template.about);
    if usual.contains("\n//") || !seldom.is_empty() {
        text.push_str("// Take the `//` from a key, and write its value in the place of `[…]`.\n");
    }
    text.push_str(&format!("document: {}\n{usual}", template.name));
    if !seldom.is_empty() {
        text.push_str(&format!("//\n// Seldom needed:\n//\n{seldom}"));
    }
    text.push_str("---\n\n");
    text.push_str(&body(template, locale));
    text
}

/// A key with its value, or as a comment below what it is for: its placeholder is said by
/// `check` if it is left, which words that describe it would not be.
fn row(parameter: &Parameter, template: &Template, locale: &Locale, answers: &Answers) -> String {
    let name = &parameter.name;
    if let Some((_, lines)) = answers.iter().find(|(answered, _)| answered == name) {
        return format!("{name}: {}\n", in_header(lines));
    }
    match (&parameter.kind, &parameter.default) {
        (Type::Language, _) if parameter.need == Need::Required => format!("{name}: {}\n", locale.language),
        _ if template.gives(name) => String::new(),
        (_, None) if parameter.need == Need::Required => format!("{name}: […]\n"),
        (_, Some(default)) if name == "status" => format!("{name}: {}\n", default.text),
        _ => {
            let when = if parameter.need == Need::RequiredInFinal { ", needed in a final text" } else { "" };
            format!("// {} ({}{when})\n// {name}: […]\n", parameter.about, parameter.kind.expected())
        }
    }
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

/// What stands below the header.
fn body(template: &Template, locale: &Locale) -> String {
    if template.is_volume() {
        "section: […]\n// member: ./path/of/a/document.decl\n".to_owned()
    } else if template.has_text() {
        // The template has the text; a document may put its own in its place.
        let blocks = template.blocks();
        blocks.iter().map(|name| format!("// block: {name}\n// {{inherited}}\n// end:\n\n")).collect()
    } else if !template.session.is_empty() {
        session(&template.session, locale)
    } else if template.has_part(PartName::Signature) {
        let address = if template.has_part(PartName::Address) { "address:\n    […]\n\n" } else { "" };
        format!("{address}[…]\n\nsignature:\n    […]\n")
    } else if template.requires(PartName::Preamble) {
        "preamble:\n\n[…]\n\noperative:\n\n1. […]\n".to_owned()
    } else {
        "1. […]\n".to_owned()
    }
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
