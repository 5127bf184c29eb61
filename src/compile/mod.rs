//! From files to a document: load, lower, number, resolve, check.

mod check;
mod flat;
mod header;
mod letterhead;
mod list;
mod lower;
mod outline;
mod parting;
mod passage;

pub mod references;
mod template;
mod typography;

use jiff::civil::Date;

use crate::Error;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::model::{Checked, Document};
use crate::registry;
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax::ast::{File, Inline};
use crate::syntax::{self};
use crate::world::World;

pub use template::Template;
pub use template::built_in as built_in_templates;

/// What a compilation is told besides the text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day at which the references of a draft are judged; else its own, or
    /// today.
    pub as_of: Option<Date>,
}

/// What came of a text.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// All that was read.
    pub sources: Sources,
    /// The document's own file in `sources`.
    pub file: FileId,
    /// All that was found.
    pub found: Diagnostics,
    /// Its tree.
    pub tree: File,
    /// The document, as far as it was understood.
    pub document: Option<Document>,
    /// The document, if it has no error.
    pub checked: Option<Checked>,
    /// Whether the file is a template, which has no pages.
    pub is_template: bool,
    /// The day at which its references are judged.
    pub as_of: Option<Date>,
    /// All references to instruments, by place.
    pub references: Vec<references::Reference>,
    /// The place of each anchor's block.
    places: Vec<Span>,
}

/// What the stages after parsing know of a document.
struct Context<'a> {
    source: &'a Source,
    file: &'a File,
    template: &'a Template,
    values: &'a header::Values,
    locale: &'a Locale,
    style: &'a Style,
    title: &'a [Vec<Inline>],
    end_of_header: Span,
}

/// Compiles the document at `path` of the world.
///
/// # Errors
/// Only what is not the author's fault: the file cannot be read. All else is
/// in [`Compilation::found`].
pub fn compile(world: &dyn World, path: &str, options: &Options) -> Result<Compilation, Error> {
    let bytes = world.read(path)?;
    let mut sources = Sources::default();
    let mut found = Diagnostics::default();
    let file = load(path, bytes, &mut sources, &mut found);
    let tree = match sources.get(file) {
        Some(source) if !found.has_errors() => syntax::parse(source, file, &mut found),
        _ => File::default(),
    };
    let mut compilation = Compilation {
        is_template: tree.header.get("template").is_some() && tree.header.get("document").is_none(),
        sources,
        file,
        found,
        tree,
        document: None,
        checked: None,
        as_of: None,
        references: Vec::new(),
        places: Vec::new(),
    };
    if compilation.is_template {
        template::read(&compilation.tree, file, &mut compilation.found);
    } else if !compilation.tree.header.items.is_empty() {
        understand(world, options, &mut compilation);
    }
    compilation.found.settle();
    if !compilation.found.has_errors() {
        compilation.checked = compilation.document.clone().map(Checked::new);
    }
    Ok(compilation)
}

impl Compilation {
    /// Adds what only the pages show: words wider than their line.
    pub fn wide_words(&mut self, style: &Style) {
        let Some(checked) = &self.checked else { return };
        for (anchor, word) in crate::layout::lay_out(checked, style, &mut |_| {}) {
            let place = self.places.get(anchor.0 as usize).copied().unwrap_or_default();
            self.found.push(
                Diagnostic::new(
                    Code::WideWord,
                    place,
                    format!("`{word}` is wider than its line and is broken anywhere"),
                )
                .hint("put a blank into it where it may be divided"),
            );
        }
        self.found.settle();
    }
}

/// The type of document of that name, for a first document.
///
/// # Errors
/// What there is instead, in words.
pub fn template_named(world: &dyn World, name: &str) -> Result<Template, String> {
    let mut found = Diagnostics::default();
    template::load(world, name, &mut Sources::default(), &mut found).ok_or_else(|| {
        let names: Vec<&str> = built_in_templates().collect();
        format!("there is no type of document `{name}`; there are {}", names.join(", "))
    })
}

/// Takes the bytes over as text, and says where they are none.
fn load(path: &str, bytes: Vec<u8>, sources: &mut Sources, found: &mut Diagnostics) -> FileId {
    match String::from_utf8(bytes) {
        Ok(text) => sources.add(Source::new(path, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let bytes = error.into_bytes();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let wide = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
            let mut text = bytes;
            text.truncate(at);
            let file = sources.add(Source::new(path, String::from_utf8(text).unwrap_or_default()));
            let message = format!("the file is not UTF-8 text: its first odd byte is in line {line}");
            let hint = if wide {
                "it is UTF-16, as some word processors save it: save it as UTF-8"
            } else {
                "save it as UTF-8 (in Word: Save As, Plain Text, Unicode UTF-8)"
            };
            found.push(Diagnostic::new(Code::NotUtf8, Span::new(file, at..at), message).hint(hint));
            file
        }
    }
}

/// Everything after parsing.
fn understand(world: &dyn World, options: &Options, compilation: &mut Compilation) {
    let Compilation { sources, file, found, tree, .. } = compilation;
    let file = *file;
    let last = tree.header.entries().last().map(|entry| entry.span().tail());
    let end_of_header = tree.header.rule.or(last).unwrap_or(Span::new(file, 0..0));
    let Some(kind) = tree.header.get("document") else {
        let capital = tree.header.entries().find(|entry| entry.key.text.to_lowercase() == "document");
        if let Some(entry) = capital {
            let message = format!("the key `{}` is written in lower case", entry.key.text);
            found.push(Diagnostic::new(Code::KeyCase, entry.key.span, message).hint("write `document:`").fix(
                "write `document`",
                entry.key.span,
                "document",
            ));
            return;
        }
        let names: Vec<&str> = built_in_templates().collect();
        found.push(
            Diagnostic::new(Code::MissingKey, end_of_header, "the header does not say what the document is")
                .hint(format!("write `document: {}`", names.first().unwrap_or(&"declaration"))),
        );
        return;
    };
    let Some(template) = template::load(world, &kind.value(), sources, found) else {
        unknown_template(&kind.value(), kind.value_span(), found);
        return;
    };
    let values = header::read(&tree.header, &template, end_of_header, found);
    let style = Style::house();
    if !style.letterhead.contains_key(&template.letterhead) {
        let message = format!("the template names the letterhead `{}`, which no style has", template.letterhead);
        found.push(Diagnostic::new(Code::UnknownTemplate, kind.value_span(), message));
    }
    let registry = registry::of_project(world, sources, found);
    // Without a language nothing can be judged but the form.
    let Some(locale) = values.text("language").and_then(Locale::of) else { return };
    let Some(source) = sources.get(file) else { return };
    let mut title_lines = Vec::new();
    for line in values.lines("title") {
        title_lines.push(syntax::read_inline(source.text(), &[line.span], found));
    }
    let context = Context {
        source,
        file: tree,
        template: &template,
        values: &values,
        locale: &locale,
        style: &style,
        title: &title_lines,
        end_of_header,
    };
    let restart = values.text("numbering") == Some("restart");
    let outline = outline::outline(&tree.body, source.text(), &template, &locale, restart, found);
    let passages = passage::passages(&context);
    let day = values.date("adopted").or(options.as_of).or(values.date("as-of")).or_else(|| world.today());
    let paragraphs = outline.paragraphs();
    let (references, links) = references::read(&context, &passages, &paragraphs, &registry, day, found);
    let document = lower::lower(&context, &outline, &registry, links, found);
    check::run(&context, &passages, found);
    let is_final = values.is_final();
    compilation.as_of = day;
    compilation.references = references;
    compilation.places = outline.places;
    compilation.document = Some(document);
    if !is_final {
        compilation.found.soften_for_draft();
    }
}

fn unknown_template(name: &str, place: Span, found: &mut Diagnostics) {
    let names: Vec<&str> = built_in_templates().collect();
    let diagnostic = Diagnostic::new(Code::UnknownTemplate, place, format!("there is no type of document `{name}`"));
    let nearest = names.iter().find(|known| strsim::damerau_levenshtein(known, &name.to_lowercase()) <= 2);
    found.push(match nearest {
        Some(known) => {
            diagnostic.hint(format!("did you mean `{known}`?")).fix(format!("write `{known}`"), place, *known)
        }
        None => diagnostic.hint(format!(
            "the types are {}; a type of your own is a file `templates/NAME.decl` in the project's folder",
            names.join(", ")
        )),
    });
}
