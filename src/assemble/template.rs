//! Types of document, as their templates describe them.

use std::collections::BTreeSet;

use super::builtin;
use super::compose::compose;
use super::declared;
use super::files::{Files, ReadAs};
use super::nest::nest;
use super::piece::Piece;
use super::rows::{self, Rows};
use super::series::Series;
use super::value;
use crate::diag::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, BlockKind, Entry, File, Segment, Word};
use crate::syntax::{self, Need, Parameter, PartName, SessionRow, Type};
use crate::world::WorldError;

/// So many templates may stand one on the other.
const MAX_ANCESTORS: usize = 16;

/// A type of document.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// Its name, which `document:` gives.
    pub name: String,
    /// Its name and those of what it extends, the nearest first.
    pub lineage: Vec<String>,
    /// What it is for, in a sentence.
    pub about: String,
    /// The series of its symbols, `MC.DOC/number/year`; a text without a symbol is
    /// of the first.
    pub series: Vec<Series>,
    /// The arrangement of the first page: the name of one in the style file, or of one
    /// that the project has.
    pub letterhead: String,
    /// The project's own arrangement of that name.
    pub rows: Option<Rows>,
    /// The line before the title: the name of one in the locale, or words.
    pub title_line: Option<Word>,
    /// The parts of its text.
    pub parts: Vec<(PartName, Need)>,
    /// The rows of a session of its text; none where its texts have no sessions.
    pub session: Vec<SessionRow>,
    /// The keys of its header, those of what it extends among them.
    pub parameters: Vec<Parameter>,
    /// The keys that the compiler itself reads: those of types without a text.
    pub(crate) own_keys: BTreeSet<String>,
    /// Values that a template gives to what it extends, the nearest first.
    pub(crate) presets: Vec<Entry>,
    /// Sets of values that show what it makes.
    pub(crate) examples: Vec<Example>,
    /// Its text.
    pub(crate) text: Vec<Piece>,
    /// Whether it has a text of its own, or of what it extends.
    pub(crate) has_text: bool,
    /// The keys that its file declares, with their places: all of a file must
    /// be of use.
    pub(crate) declared: Vec<(String, Span)>,
}

/// Words that are no value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
#[non_exhaustive]
pub struct NoValue {
    /// The name of the parameter.
    pub parameter: String,
    /// The words.
    pub typed: String,
    /// Which fault it is in a header.
    pub code: Code,
    /// What is wrong, and what would be right.
    pub why: String,
}

/// Why a type of document cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
#[non_exhaustive]
pub struct NoTemplate {
    /// Its name, as it was asked for.
    pub name: String,
    /// The language in which it was asked for.
    pub language: String,
    /// Which fault it is in a header.
    pub code: Code,
    /// What is wrong, and what there is instead.
    pub why: String,
}

/// A set of values that a template carries.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub place: Span,
    pub values: Vec<(Word, Word)>,
}

/// The keys of a template's header; every other one is a parameter of what it
/// extends.
const KEYS: [&str; 10] =
    ["template", "about", "extends", "series", "letterhead", "title-line", "parts", "session", "params", "examples"];

/// Where a text is read for a template.
pub(crate) struct Loader<'a, 'w> {
    pub files: &'a Files<'w>,
    pub sources: &'a mut Sources,
    pub found: &'a mut Diagnostics,
    /// The names of the templates that stand on the one that is read.
    open: Vec<String>,
}

impl<'a, 'w> Loader<'a, 'w> {
    pub fn new(files: &'a Files<'w>, sources: &'a mut Sources, found: &'a mut Diagnostics) -> Self {
        Loader { files, sources, found, open: Vec::new() }
    }

    /// Finds the template of a name: the one for the language, else the one
    /// for all. `at` is where it is named, and `what` says how.
    pub fn named(&mut self, name: &Word, language: Option<&str>, what: &'static str) -> Option<Template> {
        let text = &name.text;
        if self.open.contains(text) {
            let chain: Vec<&str> = self.open.iter().map(String::as_str).chain([text.as_str()]).collect();
            let message = format!("`{text}` extends itself: {}", chain.join(" → "));
            self.found.push(
                Diagnostic::new(Code::TemplateCycle, name.span, message).hint("let one of them extend another type"),
            );
            return None;
        }
        if self.open.len() >= MAX_ANCESTORS {
            let message = format!("more than {MAX_ANCESTORS} templates extend each other");
            self.found.push(
                Diagnostic::new(Code::LimitReached, name.span, message).hint("let this one extend one of the first"),
            );
            return None;
        }
        let mut paths = Vec::new();
        if rows::is_file_name(text) {
            paths.extend(language.map(|language| format!("templates/{text}.{language}.decl")));
            paths.push(format!("templates/{text}.decl"));
        }
        for path in paths {
            match self.files.parsed(&path, ReadAs::Whole) {
                Ok(parsed) => {
                    let chain = self.sources.led_by(name.span, what);
                    let (_, tree) = parsed.bring_in(chain, self.sources, self.found);
                    return Some(self.read(tree, language));
                }
                Err(WorldError::NotFound { .. }) => {}
                Err(error) => {
                    let message = error.to_string();
                    self.found.push(
                        Diagnostic::new(Code::UnknownTemplate, name.span, message)
                            .hint("a template lies in the project's folder, below `templates`"),
                    );
                    return None;
                }
            }
        }
        self.unknown(name, language);
        None
    }

    /// A template from its tree.
    pub fn read(&mut self, tree: File, language: Option<&str>) -> Template {
        let name = tree.header.get("template").map(Entry::value).unwrap_or_default();
        self.open.push(name.clone());
        let parent = tree.header.get("extends").map(Word::from);
        let base = parent.as_ref().map(|parent| self.named(parent, language, "which this one extends"));
        self.open.pop();
        // Where what it extends is not known, its keys are not either.
        let is_orphan = matches!(base, Some(None));
        let mut template = base.flatten().unwrap_or_default();
        let is_base = parent.is_none();
        template.lineage.insert(0, name.clone());
        template.name = name;
        template.examples.clear();
        template.declared.clear();
        let mut presets = Vec::new();
        let mut letterhead = None;
        for entry in tree.header.entries() {
            let value = entry.value();
            match entry.key.text.as_str() {
                "template" | "extends" => {}
                "about" => template.about = value,
                "series" => template.series = Series::list(&value),
                "letterhead" => {
                    template.letterhead = value;
                    letterhead = Some(entry.value_span());
                }
                "title-line" => template.title_line = Some(Word::from(entry)),
                "parts" => {
                    template.parts =
                        declared::declarations(entry, syntax::read_part, "`preamble required`", self.found);
                }
                "session" => {
                    template.session =
                        declared::declarations(entry, syntax::read_session_row, "`opened beside`", self.found);
                }
                "params" => self.parameters(entry, &mut template),
                "examples" => template.examples = self.examples(entry),
                _ => presets.push(entry.clone()),
            }
        }
        for preset in &presets {
            let key = &preset.key;
            if is_orphan || template.parameter(&key.text).is_some() || key.text == "language" {
                continue;
            }
            let message = format!("a template has no key `{}`", key.text);
            let mut keys: Vec<&str> = KEYS.to_vec();
            keys.extend(template.parameters.iter().map(|parameter| parameter.name.as_str()));
            self.found.push(suggest(
                Diagnostic::new(Code::UnknownKey, key.span, message),
                &key.text,
                keys,
                || "its keys are ".to_owned() + &KEYS.join(", ") + ", and the parameters of what it extends",
                Some(key.span),
            ));
        }
        presets.append(&mut template.presets);
        template.presets = presets;
        if let Some(named) = letterhead {
            let in_words = [Type::Text, Type::Integer];
            let is_key = |name: &str| {
                let kind = template.parameter(name).map(|parameter| &parameter.kind);
                kind.is_some_and(|kind| in_words.contains(kind) || matches!(kind, Type::Choice(_)))
            };
            let project = (self.files.world, (&mut *self.sources, &mut *self.found));
            template.rows = rows::of_project((&template.letterhead, named), &is_key, project.0, project.1);
        }
        if !is_orphan {
            self.needed(&template, tree.header.rule.unwrap_or_default());
        }
        self.text(&mut template, tree.body, is_base);
        template
    }

    /// The text of a template, put into that of what it extends.
    fn text(&mut self, template: &mut Template, body: Vec<Segment>, is_base: bool) {
        let is_comment = |segment: &Segment| matches!(segment, Segment::Block(Block { kind: BlockKind::Comment, .. }));
        let has_text = !body.iter().all(is_comment);
        if is_base && !has_text {
            template.own_keys = template.parameters.iter().map(|parameter| parameter.name.clone()).collect();
        }
        template.has_text |= has_text;
        let own = nest(body, true, self.sources, self.found);
        template.text = if is_base {
            if has_text { own } else { vec![Piece::body()] }
        } else {
            compose(std::mem::take(&mut template.text), own, false, self.found)
        };
    }

    /// A type has a series and an arrangement of its first page.
    fn needed(&mut self, template: &Template, place: Span) {
        for (key, is_given) in
            [("series", !template.series.is_empty()), ("letterhead", !template.letterhead.is_empty())]
        {
            // A volume has no symbol, and so no series.
            let is_needed = key != "series" || !template.is_volume();
            if !is_given && is_needed {
                self.found.push(
                    Diagnostic::new(Code::MissingKey, place, format!("the template does not give `{key}`"))
                        .hint("give it, or let the template extend one that does"),
                );
            }
        }
    }

    fn parameters(&mut self, entry: &Entry, template: &mut Template) {
        for parameter in declared::parameters(entry, self.found) {
            template.declared.push((parameter.name.clone(), parameter.place));
            match template.parameters.iter_mut().find(|known| known.name == parameter.name) {
                Some(known) if known.place.file == parameter.place.file => {
                    let message = format!("the parameter `{}` is declared twice", parameter.name);
                    self.found.push(
                        Diagnostic::new(Code::DuplicateKey, parameter.place, message)
                            .other(known.place, "first declared here")
                            .hint("delete one of them"),
                    );
                }
                Some(known) => *known = parameter,
                None => template.parameters.push(parameter),
            }
        }
    }

    /// `- name: value` begins a set of values, `name: value` goes on with it.
    fn examples(&mut self, entry: &Entry) -> Vec<Example> {
        let mut examples: Vec<Example> = Vec::new();
        for line in entry.lines.iter().filter(|line| !line.text.is_empty()) {
            let (begins, rest) = match line.text.strip_prefix("- ") {
                Some(rest) => (true, Word { text: rest.to_owned(), span: line.span.part(2..line.text.len()) }),
                None => (false, line.clone()),
            };
            let value = syntax::read_argument(&rest);
            match (value, examples.last_mut()) {
                (Some(value), Some(example)) if !begins => example.values.push(value),
                (Some(value), _) if begins => {
                    examples.push(Example { place: line.span, values: vec![value] });
                }
                _ => self.found.push(
                    Diagnostic::new(Code::TemplateLine, line.span, format!("`{}` is no value", line.text)).hint(
                        "a set begins with `- name: value`, and goes on with `name: value` on lines of their own",
                    ),
                ),
            }
        }
        examples
    }

    fn unknown(&mut self, name: &Word, language: Option<&str>) {
        let text = &name.text;
        let mut message = format!("there is no type of document `{text}`");
        let elsewhere: Vec<&str> = crate::locale::Locale::tags()
            .filter(|tag| builtin::text(&format!("templates/{text}.{tag}.decl")).is_some())
            .collect();
        let mut unknown = if let Some(language) = language.filter(|_| !elsewhere.is_empty()) {
            message.push_str(&format!(" in this language ({language})"));
            let hint = format!("there is one in {}; one of your own can be made in the project", elsewhere.join(", "));
            Diagnostic::new(Code::UnknownTemplate, name.span, message).hint(hint)
        } else {
            let all = || {
                let names: Vec<&str> = builtin::templates().collect();
                format!(
                    "the types are {}; a type of your own is a file `templates/NAME.decl` in the project's folder",
                    names.join(", ")
                )
            };
            let unknown = Diagnostic::new(Code::UnknownTemplate, name.span, message);
            suggest(unknown, text, builtin::templates(), all, Some(name.span))
        };
        if let (Some(hint), Some(folders)) = (&mut unknown.hint, self.files.world.looked_in()) {
            hint.push_str(&format!("; `templates/` was looked for in {folders}"));
        }
        self.found.push(unknown);
    }
}

impl Template {
    /// Whether a value typed for a parameter is one.
    ///
    /// # Errors
    /// What is wrong with it, and what would be right.
    pub fn check(&self, parameter: &Parameter, typed: &str) -> Result<(), NoValue> {
        let word = Word { text: typed.to_owned(), span: Span::default() };
        let datum = crate::data::Datum::Words(vec![word.clone()]);
        value::read(&parameter.kind, &datum, parameter.bounds).map(drop).map_err(|wrong| {
            let said = wrong.said(&word, parameter, "");
            NoValue { parameter: parameter.name.clone(), typed: word.text, code: said.code, why: said.in_words() }
        })
    }

    /// Whether it has a text of its own, which its documents fill in.
    pub fn has_text(&self) -> bool {
        self.has_text
    }

    /// Whether a template gives a key to what it extends, so that a document
    /// need not.
    pub fn gives(&self, key: &str) -> bool {
        self.presets.iter().any(|entry| entry.key.text == key)
    }

    /// Whether a key is one that the compiler itself reads, as `adopted`, and not
    /// one of the template's text.
    pub fn is_own_key(&self, key: &str) -> bool {
        self.own_keys.contains(key)
    }

    /// The blocks that a document may replace, in their order.
    pub fn blocks(&self) -> Vec<String> {
        fn add(pieces: &[Piece], names: &mut Vec<String>) {
            for piece in pieces {
                if let Piece::Named { name, .. } = piece {
                    names.push(name.text.clone());
                }
                piece.contents().into_iter().for_each(|content| add(content, names));
            }
        }
        let mut names = Vec::new();
        add(&self.text, &mut names);
        names
    }

    /// The letters of the body whose documents these are, where no symbol says it.
    pub fn body(&self) -> &str {
        self.series.first().map(Series::body).unwrap_or_default()
    }

    /// The declaration of a key.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// Whether its text must have a part.
    pub fn requires(&self, part: PartName) -> bool {
        self.parts.contains(&(part, Need::Required))
    }

    /// Whether its documents are volumes: texts of others, put together.
    pub fn is_volume(&self) -> bool {
        self.has_part(PartName::Members)
    }

    /// Whether its text may have a part.
    pub fn has_part(&self, part: PartName) -> bool {
        self.parts.iter().any(|(name, _)| *name == part)
    }

    /// Whether texts of others may stand behind its own.
    pub fn appends(&self) -> bool {
        self.has_part(PartName::Appended)
    }
}

impl Type {
    /// What an author should write, for messages.
    pub fn expected(&self) -> String {
        match self {
            Type::Text => "words".to_owned(),
            Type::Lines => "words; an indented line is a line break".to_owned(),
            Type::Integer => "a whole number".to_owned(),
            Type::Boolean => "`yes` or `no`".to_owned(),
            Type::Date => "a day, written as 2020-12-04".to_owned(),
            Type::Symbol => "a symbol, as MC.DOC/2/20".to_owned(),
            Type::Language => {
                let tags: Vec<&str> = crate::locale::Locale::tags().collect();
                format!("a language: {}", tags.join(", "))
            }
            Type::Choice(words) => format!("one of {}", words.join(", ")),
            Type::List(item) => format!("{}, several divided by `;` or a line each after `- `", item.expected()),
            Type::Record(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                format!("{}, divided by `|`", names.join(", "))
            }
        }
    }

    /// What it is called in messages.
    pub(crate) fn noun(&self) -> String {
        match self {
            Type::Text => "a text".to_owned(),
            Type::Lines => "lines of text".to_owned(),
            Type::Integer => "a number".to_owned(),
            Type::Boolean => "yes or no".to_owned(),
            Type::Date => "a day".to_owned(),
            Type::Symbol => "a symbol".to_owned(),
            Type::Language => "a language".to_owned(),
            Type::Choice(words) => format!("a choice of {}", words.join(", ")),
            Type::List(_) => "a list".to_owned(),
            Type::Record(_) => "a record".to_owned(),
        }
    }
}
