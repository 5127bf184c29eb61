//! A text compiled, alone or as one of many of a project.

use super::begin;
use super::compilation::{Compilation, Weighing};
use super::fixes;
use super::kind::Kind;
use super::options::Options;
use super::session::{Ready, Session};
use super::understood::Understood;
use super::work::Work;
use crate::Error;
use crate::assemble::{self, Assembly, Loader, NoTemplate, ReadAs, Template};
use crate::data::{Datum, Record};
use crate::diag::{Code, Diagnostics, Weights};
use crate::locale::Locale;
use crate::model::Checked;
use crate::source::{FileId, Source, Sources, Span};
use crate::syntax;
use crate::syntax::ast::{File, Word};
use crate::world::World;
use std::sync::Arc;

/// Compiles the text at `path` of the world.
///
/// # Errors
/// Only what is not the author's fault: the file cannot be read. All else is
/// in [`Compilation::found`].
pub fn compile(world: &dyn World, path: &str, options: &Options) -> Result<Compilation, Error> {
    Session::new(world).compile(path, options)
}

/// The name that a record's document gets, or why it gets none.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Naming {
    /// Names of folders and of the file, with `/` between them; none of them
    /// leads out of where it is put.
    pub name: Option<String>,
    /// What was found.
    pub found: Diagnostics,
    /// All that was read.
    pub sources: Sources,
}

/// Every compilation's own text is its first source.
const OWN: FileId = FileId(0);

impl Session<'_> {
    /// Compiles the text at `path`, one of many of the project.
    ///
    /// # Errors
    /// As [`compile`].
    pub fn compile(&self, path: &str, options: &Options) -> Result<Compilation, Error> {
        let mut work = Work::new(self, options, OWN, self.sources.clone(), self.found.clone());
        let (kind, understood) = match &options.record {
            // One of many: what they have in common is made ready once.
            Some(record) => {
                let ready = self.ready(path, record)?;
                work.assembly.sources = ready.sources.clone();
                work.assembly.found = ready.found.clone();
                let prepared = ready.prepared.clone();
                (ready.kind, prepared.map(|prepared| work.understand(prepared, Some(record))))
            }
            None => {
                let tree = work.assembly.read(path)?;
                let kind = Kind::of(&tree.header, path);
                let understood = match kind {
                    // An empty file was said to be one.
                    Kind::Document if tree.header.items.is_empty() => None,
                    Kind::Document => work.document(tree, None).map(|prepared| work.understand(prepared, None)),
                    Kind::Template => work.template(tree),
                    Kind::Clause => work.clause(tree),
                };
                (kind, understood)
            }
        };
        let Assembly { sources, found, .. } = work.assembly;
        Ok(self.compilation(kind, understood.unwrap_or_default(), sources, found, &options.weights))
    }

    /// What came of a text, with its findings weighed and in order.
    fn compilation(
        &self,
        kind: Kind,
        understood: Understood,
        sources: Sources,
        mut found: Diagnostics,
        command: &Weights,
    ) -> Compilation {
        let Understood { document, is_final, as_of, references, own, places, allowances, allowed, .. } = understood;
        let Understood { untaken, labels, header, printed, .. } = understood;
        if !is_final {
            found.soften_for_draft();
        }
        let (command, project) = (command.clone(), self.project.weights.clone());
        let weighing = Weighing { allowances, command, project, is_final };
        let allowed = allowed + weighing.weigh(&mut found);
        found.settle();
        found.trace(OWN, &sources);
        begin::offer(&mut found, OWN, &sources);
        fixes::look_over(&mut found, &sources);
        let kind = if document.is_some() { Kind::Document } else { kind };
        let style = self.style.clone();
        let mut compilation = Compilation {
            sources,
            file: OWN,
            found,
            allowed,
            kind,
            document,
            checked: None,
            as_of,
            references,
            untaken,
            own,
            style,
            labels,
            header,
            printed,
            places,
            weighing,
        };
        let cites = compilation.cites(&self.registry);
        if let Some(document) = &mut compilation.document {
            document.cites = cites;
        }
        if !compilation.found.has_errors() {
            compilation.checked = compilation.document.clone().map(Checked::new);
        }
        compilation
    }

    /// What the documents of a file have in common, whatever their values.
    fn ready(&self, path: &str, record: &Record) -> Result<Arc<Ready>, Error> {
        let language = language_given(record);
        let key = (path.to_owned(), language.clone());
        if let Some(ready) = self.made_ready(&key) {
            return Ok(ready);
        }
        let options = Options::default();
        let mut work = Work::new(self, &options, OWN, self.sources.clone(), self.found.clone());
        let tree = work.assembly.read(path)?;
        let kind = Kind::of(&tree.header, path);
        let prepared = match kind {
            Kind::Document => work.document(tree, language),
            Kind::Template => Some(work.instance(tree, language)),
            Kind::Clause => None,
        };
        let ready = Ready { kind, sources: work.assembly.sources, found: work.assembly.found, prepared };
        Ok(self.keep_ready(key, ready))
    }

    /// The name that `pattern`, a source of this session's, makes of the values
    /// of a document: `{symbol}.pdf`, `{language}/{adopted | date}.txt`.
    ///
    /// # Errors
    /// The document's file cannot be read.
    pub fn name(&self, path: &str, record: &Record, pattern: FileId) -> Result<Naming, Error> {
        let ready = self.ready(path, record)?;
        let options = Options::default();
        let mut work = Work::new(self, &options, OWN, ready.sources.clone(), Diagnostics::default());
        let assembly = &mut work.assembly;
        let prepared = ready.prepared.as_ref();
        let name = prepared.and_then(|prepared| assemble::name_of_record(assembly, prepared, record, pattern));
        assembly.found.settle();
        let name = name.filter(|_| !assembly.found.has_errors());
        Ok(Naming { name, found: work.assembly.found, sources: work.assembly.sources })
    }

    /// The type of document of a name, for the language if there is one for it, and the
    /// sources that its places are in; none where it cannot be had.
    pub fn template(&self, name: &str, language: Option<&str>) -> Option<(Template, Sources)> {
        let (mut sources, mut found) = (self.sources.clone(), Diagnostics::default());
        let word = Word { text: name.to_owned(), span: Span::default() };
        let template = Loader::new(&self.files, &mut sources, &mut found).named(&word, language, "named here")?;
        Some((template, sources))
    }

    /// Which of these names of values no document of the file can be given.
    ///
    /// # Errors
    /// The document's file cannot be read.
    pub fn unknown_names(&self, path: &str, names: &[&Word]) -> Result<(Diagnostics, Sources), Error> {
        let ready = self.ready(path, &Record::default())?;
        let mut found = Diagnostics::default();
        if let Some(prepared) = &ready.prepared {
            assemble::unknown_names(names, &prepared.template, &mut found);
        }
        found.settle();
        Ok((found, ready.sources.clone()))
    }
}

/// The tree of a file as it would be compiled: what lies in a library of
/// clauses may have no header.
pub fn parse_by_path(source: &Source, file: FileId, found: &mut Diagnostics) -> File {
    match assemble::read_as(source.name()) {
        ReadAs::Whole => syntax::parse(source, file, found),
        ReadAs::Included => syntax::parse_included(source, file, found),
    }
}

/// The type of document of that name in a language, for a first document.
///
/// # Errors
/// There is none, or it cannot be read.
pub fn template_named(world: &dyn World, name: &str, language: &str) -> Result<Template, NoTemplate> {
    let session = Session::new(world);
    let (mut sources, mut found) = (session.sources.clone(), Diagnostics::default());
    let word = Word { text: name.to_owned(), span: Span::default() };
    let template = Loader::new(&session.files, &mut sources, &mut found).named(&word, Some(language), "named here");
    template.ok_or_else(|| {
        let said = found.iter().next().map(|said| (said.code, said.in_words()));
        debug_assert!(said.is_some(), "why there is no `{name}` is always said");
        let none = || (Code::UnknownTemplate, format!("there is no type of document `{name}`"));
        let (code, why) = said.unwrap_or_else(none);
        NoTemplate { name: name.to_owned(), language: language.to_owned(), code, why }
    })
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
