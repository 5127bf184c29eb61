//! From files to a document: load, fill in, number, resolve, check.

mod builtin;
mod by_itself;
mod check;
mod expand;
mod flat;
mod header;
mod letterhead;
mod list;
mod lower;
mod naming;
mod outline;
mod parting;
mod passage;

pub mod references;
mod session;
mod template;
mod title_line;
mod typeface;
mod typography;
mod value;
mod volume;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::Error;
use crate::data::{Datum, Record};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::model::{Anchor, Checked, Document};
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax;
use crate::syntax::ast::{Block, Entry, File, Header, Inline, Word};
use crate::world::World;

use expand::{Checking, Expanded, Filling, Library, Names, Piece};
use template::Loader;
use value::Values;

pub use builtin::templates as built_in_templates;
pub use naming::Naming;
pub use session::Session;
pub use template::Template;

/// What a compilation is told besides the text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day at which the references of a draft are judged; else its own, or
    /// today.
    pub as_of: Option<Date>,
    /// Values from outside; they win over the document's header. A template
    /// that is given some is compiled as a document of its type.
    pub record: Option<Record>,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text with pages.
    Document,
    /// A type of document.
    Template,
    /// A text that others include.
    Clause,
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
    /// What the file is; only a document has pages.
    pub kind: Kind,
    /// The document, as far as it was understood.
    pub document: Option<Document>,
    /// The document, if it has no error.
    pub checked: Option<Checked>,
    /// The day at which its references are judged.
    pub as_of: Option<Date>,
    /// All references to instruments, by place.
    pub references: Vec<references::Reference>,
    /// How it is set.
    pub style: Arc<Style>,
    /// The place of each anchor's block.
    places: Vec<Span>,
}

/// What the stages after filling in know of a document.
struct Context<'a> {
    sources: &'a Sources,
    header: &'a Header,
    /// The blocks that are printed; of a template, those of every branch.
    body: &'a [Block],
    template: &'a Template,
    values: &'a Values,
    locale: &'a Locale,
    style: &'a Style,
    title: &'a [Vec<Inline>],
    title_line: Option<&'a [Inline]>,
    end_of_header: Span,
    /// Whether it is a document, and not a text that one is made of.
    is_document: bool,
    /// The texts of the volume that it stands in, by symbol.
    siblings: &'a Siblings,
}

/// The texts of a volume by their symbols: the number of each among them, which
/// stands for the anchor that it will have.
type Siblings = BTreeMap<String, Anchor>;

/// Compiles the text at `path` of the world.
///
/// # Errors
/// Only what is not the author's fault: the file cannot be read. All else is
/// in [`Compilation::found`].
pub fn compile(world: &dyn World, path: &str, options: &Options) -> Result<Compilation, Error> {
    Session::new(world).compile(path, options)
}

impl Session<'_> {
    /// Compiles the text at `path`, one of many of the project.
    ///
    /// # Errors
    /// As [`compile`].
    pub fn compile(&self, path: &str, options: &Options) -> Result<Compilation, Error> {
        let file = FileId(0);
        let mut work = Work::new(self, options, self.sources.clone(), self.found.clone());
        let kind = match &options.record {
            // One of many: what they have in common is made ready once.
            Some(record) => {
                let ready = self.ready(path, record)?;
                work.sources = ready.sources.clone();
                work.found = ready.found.clone();
                if let Some(prepared) = &ready.prepared {
                    work.fill(prepared.clone(), Some(record));
                }
                ready.kind
            }
            None => {
                let tree = work.read(path)?;
                let kind = kind_of(&tree.header, path);
                match kind {
                    Kind::Document if tree.header.items.is_empty() => {}
                    Kind::Document => {
                        if let Some(prepared) = work.document(tree, None) {
                            work.fill(prepared, None);
                        }
                    }
                    Kind::Template => work.template(tree),
                    Kind::Clause => work.clause(tree),
                }
                kind
            }
        };
        let Work { sources, mut found, result, .. } = work;
        if !result.is_final {
            found.soften_for_draft();
        }
        found.settle();
        found.trace(file, &sources);
        let Understood { document, as_of, references, places, .. } = result;
        let checked = document.clone().filter(|_| !found.has_errors()).map(Checked::new);
        let kind = if document.is_some() { Kind::Document } else { kind };
        let style = self.style.clone();
        Ok(Compilation { sources, file, found, kind, document, checked, as_of, references, style, places })
    }

    /// What the documents of a file have in common, whatever their values.
    fn ready(&self, path: &str, record: &Record) -> Result<Arc<Ready>, Error> {
        let language = language_given(record);
        let key = (path.to_owned(), language.clone());
        let lock = || self.ready.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(ready) = lock().get(&key) {
            return Ok(ready.clone());
        }
        let options = Options::default();
        let mut work = Work::new(self, &options, self.sources.clone(), self.found.clone());
        let tree = work.read(path)?;
        let kind = kind_of(&tree.header, path);
        let prepared = match kind {
            Kind::Document => work.document(tree, language),
            Kind::Template => Some(work.instance(tree, language)),
            Kind::Clause => None,
        };
        let ready = Arc::new(Ready { kind, sources: work.sources, found: work.found, prepared });
        Ok(lock().entry(key).or_insert(ready).clone())
    }
}

/// What the documents of a file have in common.
struct Ready {
    kind: Kind,
    /// What was read for them, and found in that.
    sources: Sources,
    found: Diagnostics,
    prepared: Option<Prepared>,
}

/// The tree of a file as it would be compiled: what lies in a library of
/// clauses may have no header.
pub fn parse_by_path(source: &Source, file: FileId, found: &mut Diagnostics) -> File {
    match session::reading_of(source.name()) {
        session::Reading::Whole => syntax::parse(source, file, found),
        session::Reading::Included => syntax::parse_included(source, file, found),
    }
}

/// What a file is, by its header; a clause may have none.
fn kind_of(header: &Header, path: &str) -> Kind {
    let has = |key: &str| header.get(key).is_some();
    let is_clause = session::is_clause_path(path) || has("about") || has("params") || has("agreed-in");
    match () {
        () if has("document") => Kind::Document,
        () if has("template") => Kind::Template,
        () if is_clause => Kind::Clause,
        () => Kind::Document,
    }
}

impl Compilation {
    /// Adds what only the pages show: words wider than their line, in the block
    /// of an anchor.
    pub fn wide_words(&mut self, words: &[(Anchor, String)]) {
        for (anchor, word) in words {
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
        self.found.trace(self.file, &self.sources);
    }
}

/// The type of document of that name in a language, for a first document.
///
/// # Errors
/// What there is instead, in words.
pub fn template_named(world: &dyn World, name: &str, language: &str) -> Result<Template, String> {
    let session = Session::new(world);
    let (mut sources, mut found) = (session.sources.clone(), Diagnostics::default());
    let word = Word { text: name.to_owned(), span: Span::default() };
    let template = Loader::new(&session, &mut sources, &mut found).named(&word, Some(language), "named here");
    template.ok_or_else(|| {
        let said = found.iter().next().map(Diagnostic::in_words);
        said.unwrap_or_else(|| format!("there is no type of document `{name}`"))
    })
}

/// A compilation while it goes on.
struct Work<'a, 'w> {
    session: &'a Session<'w>,
    options: &'a Options,
    file: FileId,
    sources: Sources,
    found: Diagnostics,
    result: Understood,
    siblings: Siblings,
}

/// What was understood.
#[derive(Default)]
struct Understood {
    document: Option<Document>,
    is_final: bool,
    as_of: Option<Date>,
    references: Vec<references::Reference>,
    places: Vec<Span>,
    /// The characters of which was said that a face has none.
    without_glyph: BTreeSet<char>,
}

/// A text that is ready to be filled in: all that does not depend on values.
#[derive(Clone)]
struct Prepared {
    header: Arc<Header>,
    end: Span,
    template: Arc<Template>,
    /// The template's text with the document's own in it.
    pieces: Vec<Piece>,
    library: Arc<Library>,
}

impl<'a, 'w> Work<'a, 'w> {
    /// The compilation of the session's first file.
    fn new(session: &'a Session<'w>, options: &'a Options, sources: Sources, found: Diagnostics) -> Self {
        let (result, siblings) = (Understood::default(), Siblings::new());
        Work { session, options, file: FileId(0), sources, found, result, siblings }
    }

    /// The tree of the file itself.
    fn read(&mut self, path: &str) -> Result<File, Error> {
        let reading = session::reading_of(path);
        let parsed = session::parse(path, self.session.world.read(path)?, reading);
        self.sources.replace(self.file, parsed.source);
        self.found.bring_in(&parsed.found, &|span| span);
        Ok(parsed.tree)
    }

    /// A document, whose header names its template, made ready.
    fn document(&mut self, tree: File, language: Option<String>) -> Option<Prepared> {
        let File { header, body } = tree;
        let last = header.entries().last().map(|entry| entry.span().tail());
        let end = header.rule.or(last).unwrap_or(Span::new(self.file, 0..0));
        let Some(kind) = header.get("document").map(Word::from) else {
            self.no_type(&header, end);
            return None;
        };
        let language = language.or_else(|| language_of(&header));
        let mut loader = Loader::new(self.session, &mut self.sources, &mut self.found);
        let template = loader.named(&kind, language.as_deref(), "which this document is")?;
        self.same_language(&header, &template, &kind);
        let own = expand::nest(body, false, &self.sources, &mut self.found);
        Some(self.prepare(header, end, template, own, language))
    }

    /// A document of a template that is given nothing but values, made ready.
    fn instance(&mut self, tree: File, language: Option<String>) -> Prepared {
        let end = tree.header.rule.unwrap_or(Span::new(self.file, 0..0));
        let language = tree.header.get("language").map(Entry::value).or(language);
        let mut loader = Loader::new(self.session, &mut self.sources, &mut self.found);
        let template = loader.read(tree, language.as_deref());
        self.prepare(Header::default(), end, template, Vec::new(), language)
    }

    /// Puts the document's text into its template's, and checks what can be
    /// checked without values.
    fn prepare(
        &mut self,
        header: Header,
        end: Span,
        mut template: Template,
        own: Vec<Piece>,
        language: Option<String>,
    ) -> Prepared {
        let pieces = expand::compose(std::mem::take(&mut template.text), own, true, &mut self.found);
        self.arrangement(&template, end);
        let preset = template.presets.iter().find(|entry| entry.key.text == "language").map(Entry::value);
        let mut library = Library::default();
        if let Some(locale) = language.or(preset).as_deref().and_then(Locale::of) {
            let own = header.get("document").map(|_| self.file);
            library = self.check_types(&pieces, &[], &mut Names::of(&template.parameters), locale, own);
        }
        let (header, template, library) = (Arc::new(header), Arc::new(template), Arc::new(library));
        Prepared { header, end, template, pieces, library }
    }

    /// Everything that depends on values. What was found so far is kept.
    fn fill(&mut self, prepared: Prepared, record: Option<&Record>) {
        let Prepared { header, end, template, pieces, library, .. } = prepared;
        let origin = header::Origin { header: &header, record, end, others: &["document"] };
        let values = header::read(&origin, &template, &self.sources, &mut self.found);
        // Without a language nothing can be judged but the form.
        let Some(locale) = values.text("language").and_then(Locale::of) else { return };
        let mut lines: Vec<Vec<Inline>> = values.lines("title").to_vec();
        let title_line = title_line::read(&template, locale, &self.sources, &mut self.found);
        let number = values.symbol("symbol").map(crate::syntax::Symbol::number_and_year);
        lines.extend(title_line.as_ref().map(|(line, _)| line.clone()));
        let own = header.get("document").map(|_| self.file);
        self.check_types(&[], &lines, &mut Names::of(&template.parameters), locale, own);
        let filling = Filling {
            session: self.session,
            sources: &mut self.sources,
            found: &mut self.found,
            library: &library,
            locale,
            parameters: &template.parameters,
            values: &values,
        };
        let Expanded { blocks, untaken, mut lines } = expand::evaluate(filling, pieces, &lines);
        let title_line = title_line
            .and_then(|(_, is_pattern)| lines.pop().map(|line| (line, is_pattern)))
            .map(|(line, is_pattern)| if is_pattern { title_line::with_number(line, number.as_deref()) } else { line });
        let context = Context {
            sources: &self.sources,
            header: &header,
            body: &blocks,
            template: &template,
            values: &values,
            locale,
            style: &self.session.style,
            title: &lines,
            title_line: title_line.as_deref(),
            end_of_header: end,
            is_document: true,
            siblings: &self.siblings,
        };
        let day = self.day(&values);
        let found = &mut self.found;
        let restart = values.text("numbering") == Some("restart");
        let outline = outline::outline(&blocks, &self.sources, &template, locale, restart, found);
        by_itself::dangling(&untaken, outline.labels.keys().map(|(_, label)| label.as_str()), found);
        let passages = passage::passages(&context, &untaken);
        let registry = &self.session.registry;
        let paragraphs = outline.paragraphs();
        let (references, links) = references::read(&context, &passages, &paragraphs, registry, day, found);
        let document = lower::lower(&context, &outline, registry, links, found);
        check::run(&context, &passages, found);
        let session = self.session;
        let origins = check::Origins { style: &session.style, project: &session.project, header: &header, record, end };
        let mut without_glyph = BTreeSet::new();
        let words = check::Words { passages: &passages, body: &blocks, places: &outline.places };
        check::printed_without_glyph(&document, words, &origins, &mut without_glyph, found);
        if !template.is_volume() {
            self.result = Understood {
                document: Some(document),
                is_final: values.is_final(),
                as_of: day,
                references,
                places: outline.places,
                without_glyph,
            };
            return;
        }
        self.result.references = references;
        let frame = volume::Frame { values: &values, locale, blocks: &blocks, places: outline.places };
        self.result = self.volume(frame, document);
        // What its own pages print besides, and no text of it was said to.
        self.result.without_glyph.append(&mut without_glyph);
        if let Some(document) = &self.result.document {
            let said = &mut self.result.without_glyph;
            check::printed_without_glyph(document, check::Words::default(), &origins, said, &mut self.found);
        }
    }

    /// The day at which references are judged.
    fn day(&self, values: &Values) -> Option<Date> {
        values.date("adopted").or(self.options.as_of).or(values.date("as-of")).or_else(|| self.session.world.today())
    }

    /// Names, types and filters in every branch; reads what is included.
    fn check_types(
        &mut self,
        pieces: &[Piece],
        lines: &[Vec<Inline>],
        names: &mut Names,
        locale: &Locale,
        own: Option<FileId>,
    ) -> Library {
        let mut library = Library::default();
        let mut checking = Checking {
            session: self.session,
            sources: &mut self.sources,
            found: &mut self.found,
            library: &mut library,
            locale,
            own,
            open: Vec::new(),
        };
        expand::check(&mut checking, pieces, lines, names);
        for clause in library.clauses.values().flatten() {
            self.agreed_in(clause);
        }
        library
    }

    /// The instrument in which an included text was agreed must be one.
    fn agreed_in(&mut self, clause: &expand::Clause) {
        if let Some(word) = &clause.agreed_in {
            let day = self.options.as_of.or_else(|| self.session.world.today());
            self.found.extend(references::judge_alone(word, &self.session.registry, day));
        }
    }

    /// The first page that the template names is one of the style's.
    fn arrangement(&mut self, template: &Template, place: Span) {
        if !template.letterhead.is_empty() && !self.session.style.letterhead.contains_key(&template.letterhead) {
            let message = format!("the template names the letterhead `{}`, which no style has", template.letterhead);
            let known: Vec<String> = self.session.style.letterhead.keys().cloned().collect();
            self.found.push(
                Diagnostic::new(Code::UnknownTemplate, place, message)
                    .hint(format!("the arrangements are {}", known.join(", "))),
            );
        }
    }

    /// A template that is in one language makes documents of that one.
    fn same_language(&mut self, header: &Header, template: &Template, kind: &Word) {
        let Some(preset) = template.presets.iter().find(|entry| entry.key.text == "language") else { return };
        let Some(own) = header.get("language") else { return };
        if preset.value() != own.value() && Locale::tags().any(|tag| tag == own.value()) {
            let message = format!("`{}` is a template in another language ({})", kind.text, preset.value());
            self.found.push(
                Diagnostic::new(Code::WrongType, own.value_span(), message)
                    .other(preset.value_span(), "said here")
                    .hint(format!("write it in {}, or choose a template in {}", preset.value(), own.value())),
            );
        }
    }

    fn no_type(&mut self, header: &Header, end: Span) {
        let capital = header.entries().find(|entry| entry.key.text.to_lowercase() == "document");
        self.found.push(match capital {
            Some(entry) => {
                let message = format!("the key `{}` is written in lower case", entry.key.text);
                Diagnostic::new(Code::KeyCase, entry.key.span, message).hint("write `document:`").fix(
                    "write `document`",
                    entry.key.span,
                    "document",
                )
            }
            None => Diagnostic::new(Code::MissingKey, end, "the header does not say what the document is")
                .hint(format!("write `document:` and one of {}", built_in_templates().collect::<Vec<_>>().join(", "))),
        });
    }
}

/// The language that a header gives, before its values can be read by its
/// template.
fn language_of(header: &Header) -> Option<String> {
    let tag = header.get("language").map(Entry::value)?;
    Locale::tags().any(|known| known == tag).then_some(tag)
}

/// The language that a record gives.
fn language_given(record: &Record) -> Option<String> {
    let (_, datum, _) = record.entries.iter().find(|(key, ..)| key.text == "language")?;
    let tag = match datum {
        Datum::Words(lines) => lines.first().map(|line| line.text.clone())?,
        Datum::List(_) | Datum::Record(_) => return None,
    };
    Locale::tags().any(|known| known == tag).then_some(tag)
}
