//! From files to a document: load, fill in, number, resolve, check.

mod builtin;
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
use crate::syntax::ast::{self, Block, Entry, File, Header, Inline, Word};
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
        let mut work = Work {
            session: self,
            options,
            file,
            sources: self.sources.clone(),
            found: self.found.clone(),
            result: Understood::default(),
            siblings: Siblings::new(),
        };
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
        Ok(Compilation { sources, file, found, kind, document, checked, as_of, references, places })
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
        let mut work = Work {
            session: self,
            options: &options,
            file: FileId(0),
            sources: self.sources.clone(),
            found: self.found.clone(),
            result: Understood::default(),
            siblings: Siblings::new(),
        };
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
        let said = found.iter().next().map(|found| match &found.hint {
            Some(hint) => format!("{}; {hint}", found.message),
            None => found.message.clone(),
        });
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

impl Work<'_, '_> {
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

    /// A template by itself: all that can be known without values, in every
    /// branch, then its examples.
    fn template(&mut self, tree: File) {
        let end = tree.header.rule.unwrap_or(Span::new(self.file, 0..0));
        let language = tree.header.get("language").map(Word::from);
        let tag = language.as_ref().map(|word| word.text.as_str());
        let mut loader = Loader::new(self.session, &mut self.sources, &mut self.found);
        let template = loader.read(tree.clone(), tag);
        self.arrangement(&template, end);
        if !template.has_text {
            return;
        }
        let Some(locale) = tag.and_then(Locale::of) else {
            let place = language.as_ref().map_or(end, |word| word.span);
            let known: Vec<&str> = Locale::tags().collect();
            self.found.push(
                Diagnostic::new(Code::MissingKey, place, "the template does not say in which language its text is")
                    .hint(format!("write `language:` and one of {}", known.join(", "))),
            );
            return;
        };
        let mut lines = self.preset_lines(&template, "title");
        lines.extend(title_line::read(&template, locale, &self.sources, &mut self.found).map(|(line, _)| line));
        let text = template.text.clone();
        let mut names = Names::of(&template.parameters);
        let library = self.check_types(&text, &lines, &mut names, locale, None);
        // A preset that is no prose uses a name by giving it.
        let declared = template.declared.iter().filter(|(name, _)| !template.own_keys.contains(name));
        let declared: Vec<_> = declared.cloned().collect();
        expand::unused(&declared, &names, &mut self.found);
        let blocks = expand::every_branch(&text, &library, self.session, &self.sources);
        self.check_branches(&tree.header, &template, locale, &blocks, &lines, end);
        for example in template.examples.clone() {
            let entry = |(name, value): (Word, Word)| {
                let place = value.span;
                (name, Datum::Words(vec![value]), place)
            };
            let entries = example.values.into_iter().map(entry).collect();
            let record = Record { entries, place: example.place, row: None };
            let chain = self.sources.led_by(example.place, "with the values of this example");
            let mut tree = tree.clone();
            tree.each_span(&mut |span| *span = span.by(chain));
            let prepared = self.instance(tree, None);
            self.fill(prepared, Some(&record));
        }
        // What was said of examples stays; a template has no pages.
        self.result = Understood { as_of: self.result.as_of, ..Understood::default() };
    }

    /// A text that others include, by itself.
    fn clause(&mut self, tree: File) {
        let end = tree.header.rule.unwrap_or(Span::new(self.file, 0..0));
        let header = tree.header.clone();
        let clause = expand::read_clause(tree, &self.sources, &mut self.found);
        let name = self.sources.get(self.file).map_or("", |source| source.name()).to_owned();
        let tag = clause.language.as_ref().map(|word| word.text.clone()).or_else(|| session::language_of_path(&name));
        let Some(locale) = tag.as_deref().and_then(Locale::of) else {
            self.found.push(
                Diagnostic::new(Code::MissingKey, end, "this text does not say in which language it is")
                    .hint("put it into a folder as `clauses/fr`, or write `language: fr` in its header"),
            );
            return;
        };
        let mut names = Names::of(&expand::seen_by(&clause.parameters));
        let library = self.check_types(&clause.text, &[], &mut names, locale, None);
        let declared: Vec<(String, Span)> =
            clause.parameters.iter().map(|parameter| (parameter.name.clone(), parameter.place)).collect();
        expand::unused(&declared, &names, &mut self.found);
        self.agreed_in(&clause);
        let blocks = expand::every_branch(&clause.text, &library, self.session, &self.sources);
        self.check_branches(&header, &Template::default(), locale, &blocks, &[], end);
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
        let style = Style::house();
        let context = Context {
            sources: &self.sources,
            header: &header,
            body: &blocks,
            template: &template,
            values: &values,
            locale,
            style: &style,
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
        dangling(&untaken, outline.labels.keys().map(|(_, label)| label.as_str()), found);
        let passages = passage::passages(&context, &untaken);
        let registry = &self.session.registry;
        let paragraphs = outline.paragraphs();
        let (references, links) = references::read(&context, &passages, &paragraphs, registry, day, found);
        let document = lower::lower(&context, &outline, registry, links, found);
        check::run(&context, &passages, found);
        if template.is_volume() {
            self.result.references = references;
            let frame = volume::Frame { values: &values, locale, blocks: &blocks, places: outline.places };
            self.result = self.volume(frame, document);
            return;
        }
        self.result = Understood {
            document: Some(document),
            is_final: values.is_final(),
            as_of: day,
            references,
            places: outline.places,
        };
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

    /// References, signs and words of a text that is no document, in every
    /// branch.
    fn check_branches(
        &mut self,
        header: &Header,
        template: &Template,
        locale: &Locale,
        blocks: &[Block],
        title: &[Vec<Inline>],
        end: Span,
    ) {
        let values = Values::default();
        let style = Style::house();
        let context = Context {
            sources: &self.sources,
            header,
            body: blocks,
            template,
            values: &values,
            locale,
            style: &style,
            title,
            title_line: None,
            end_of_header: end,
            is_document: false,
            siblings: &self.siblings,
        };
        let passages = passage::passages(&context, &[]);
        let day = self.options.as_of.or_else(|| self.session.world.today());
        let registry = &self.session.registry;
        let (references, _) =
            references::read(&context, &passages, &references::Paragraphs::new(), registry, day, &mut self.found);
        check::run(&context, &passages, &mut self.found);
        dangling(blocks, std::iter::empty(), &mut self.found);
        self.result.as_of = day;
        self.result.references = references;
    }

    /// The instrument in which an included text was agreed must be one.
    fn agreed_in(&mut self, clause: &expand::Clause) {
        if let Some(word) = &clause.agreed_in {
            let day = self.options.as_of.or_else(|| self.session.world.today());
            self.found.extend(references::judge_alone(word, &self.session.registry, day));
        }
    }

    /// Lines of prose that a template gives to what it extends.
    fn preset_lines(&mut self, template: &Template, key: &str) -> Vec<Vec<Inline>> {
        let preset = template.presets.iter().find(|entry| entry.key.text == key);
        let lines = preset.into_iter().flat_map(|entry| &entry.lines).filter(|line| !line.text.is_empty());
        let mut read = Vec::new();
        for line in lines {
            let text = self.sources.get(line.span.file).map_or("", |source| source.text());
            read.push(crate::syntax::read_inline(text, &[line.span], &mut self.found));
        }
        read
    }

    /// The first page that the template names is one of the style's.
    fn arrangement(&mut self, template: &Template, place: Span) {
        if !template.letterhead.is_empty() && !Style::house().letterhead.contains_key(&template.letterhead) {
            let message = format!("the template names the letterhead `{}`, which no style has", template.letterhead);
            let known: Vec<String> = Style::house().letterhead.keys().cloned().collect();
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

/// References, in branches that are not printed, to labels that nothing has in
/// any branch.
fn dangling<'l>(blocks: &[Block], printed: impl Iterator<Item = &'l str>, found: &mut Diagnostics) {
    let mut labels: BTreeSet<String> = printed.map(str::to_owned).collect();
    let mut asked: Vec<&Word> = Vec::new();
    passage::each_text(blocks, false, &mut |content, _| {
        ast::walk(content, &mut |inline| match inline {
            Inline::Label { name, .. } => {
                labels.insert(name.text.clone());
            }
            Inline::CrossReference { name, .. } => asked.push(name),
            _ => {}
        });
    });
    passage::each_block(blocks, false, &mut |block, _| {
        if let ast::BlockKind::Table(ast::Table { label: Some(label), .. }) = &block.kind {
            labels.insert(label.text.clone());
        }
    });
    // What a value will make of a label is not known.
    for name in asked.into_iter().filter(|name| !labels.contains(&name.text) && !name.text.contains('{')) {
        let message = format!("nothing in this document has the label `{}`", name.text);
        found.push(template::nearest(
            Diagnostic::new(Code::DanglingLabel, name.span, message),
            &name.text,
            labels.iter().map(String::as_str),
            || format!("write `{{#{}}}` at the paragraph that is meant", name.text),
            Some(name.span),
        ));
    }
}
