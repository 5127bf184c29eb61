//! Types of document, as their templates describe them.

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax::ast::{Entry, File};
use crate::syntax::{self, Need, Parameter, PartName, Type};
use crate::world::World;

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// Under this name messages show a template that is built in.
const BUILT_IN: &str = "chancery:";

/// A type of document.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name, which `document:` gives.
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    /// The series of its symbols, `MC.DOC`; the body is its first part.
    pub series: String,
    /// What a symbol of the series has after it: `number`, `year`.
    pub symbol_parts: Vec<String>,
    /// The arrangement of the first page in the style file.
    pub letterhead: String,
    /// The line before the title.
    pub title_line: Option<String>,
    /// The parts of its text.
    pub parts: Vec<(PartName, Need)>,
    /// The keys of its header.
    pub parameters: Vec<Parameter>,
}

/// The names of the built-in types.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(name, _)| *name)
}

/// The type of that name: the project's own under `templates/`, else the one
/// that is built in.
pub(super) fn load(world: &dyn World, name: &str, sources: &mut Sources, found: &mut Diagnostics) -> Option<Template> {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !plain {
        return None;
    }
    let path = format!("templates/{name}.decl");
    let (shown, text) = match world.read(&path) {
        Ok(bytes) => (path, String::from_utf8(bytes).ok()?),
        Err(_) => (format!("{BUILT_IN}{path}"), TEMPLATES.iter().find(|(found, _)| *found == name)?.1.to_owned()),
    };
    let file = sources.add(Source::new(shown, text));
    let source = sources.get(file)?;
    let tree = syntax::parse(source, file, found);
    Some(read(&tree, file, found))
}

/// A template from its tree.
pub(super) fn read(tree: &File, file: FileId, found: &mut Diagnostics) -> Template {
    let mut template = Template {
        name: String::new(),
        about: String::new(),
        series: String::new(),
        symbol_parts: Vec::new(),
        letterhead: String::new(),
        title_line: None,
        parts: Vec::new(),
        parameters: Vec::new(),
    };
    for entry in tree.header.entries() {
        let value = entry.value();
        match entry.key.text.as_str() {
            "template" => template.name = value,
            "about" => template.about = value,
            "series" => {
                let mut parts = value.split('/').map(str::to_owned);
                template.series = parts.next().unwrap_or_default();
                template.symbol_parts = parts.collect();
            }
            "letterhead" => template.letterhead = value,
            "title-line" => template.title_line = Some(value),
            "parts" => template.parts = declarations(entry, syntax::read_part, "`preamble required`", found),
            "params" => {
                template.parameters =
                    declarations(entry, syntax::read_parameter, "`name  type, optional  \"what it is for\"`", found);
            }
            "extends" | "examples" => not_yet(entry.key.span, &entry.key.text, found),
            _ => found.push(
                Diagnostic::new(
                    Code::UnknownKey,
                    entry.key.span,
                    format!("a template has no key `{}`", entry.key.text),
                )
                .hint("its keys are template, about, series, letterhead, title-line, parts and params"),
            ),
        }
    }
    if let Some(block) = tree.body.first() {
        not_yet(block.span, "text in a template", found);
    }
    for (key, value) in [("series", &template.series), ("letterhead", &template.letterhead)] {
        if value.is_empty() {
            let place = tree.header.rule.unwrap_or(Span::new(file, 0..0));
            found.push(Diagnostic::new(Code::MissingKey, place, format!("the template does not give `{key}`")));
        }
    }
    template
}

fn not_yet(place: Span, what: &str, found: &mut Diagnostics) {
    found.push(
        Diagnostic::new(Code::NotYet, place, format!("`{what}` is not built yet"))
            .hint("this version knows base types only: a header, and no text"),
    );
}

fn declarations<T>(entry: &Entry, read: fn(&str) -> Option<T>, form: &str, found: &mut Diagnostics) -> Vec<T> {
    let mut list = Vec::new();
    for line in entry.lines.iter().filter(|line| !line.text.is_empty()) {
        match read(&line.text) {
            Some(item) => list.push(item),
            None => found.push(
                Diagnostic::new(Code::TemplateLine, line.span, format!("`{}` declares nothing", line.text))
                    .hint(format!("write {form}")),
            ),
        }
    }
    list
}

impl Template {
    /// The letters of the body whose documents these are.
    pub fn body(&self) -> &str {
        self.series.split('.').next().unwrap_or_default()
    }

    /// The declaration of a key.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Whether its text must have a part.
    pub fn requires(&self, part: PartName) -> bool {
        self.parts.contains(&(part, Need::Required))
    }
}

impl Type {
    /// What an author should write, for messages.
    pub fn expected(&self) -> String {
        match self {
            Type::Text | Type::Lines => "words".to_owned(),
            Type::Integer => "a whole number".to_owned(),
            Type::Boolean => "`yes` or `no`".to_owned(),
            Type::Date => "a day, written as 2020-12-04".to_owned(),
            Type::Symbol => "a symbol, as MC.DOC/2/20".to_owned(),
            Type::Language => {
                let tags: Vec<&str> = crate::locale::Locale::tags().collect();
                format!("a language: {}", tags.join(", "))
            }
            Type::Choice(words) => format!("one of {}", words.join(", ")),
            Type::List(item) => format!("{}, several divided by `;`", item.expected()),
        }
    }
}
