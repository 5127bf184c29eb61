//! From a file to what is printed of it.

use std::sync::Arc;

use super::builtin;
use super::compose::compose;
use super::evaluate::{Expanded, Filling, evaluate};
use super::files::{self, Files};
use super::header::{self, ValuesOf};
use super::include::Library;
use super::nest::nest;
use super::piece::Piece;
use super::series::Series;
use super::template::{Loader, Template};
use super::title_line::{self, title_line};
use super::types::{Checking, check};
use super::value::Values;
use super::vocabulary::Vocabulary;
use crate::data::Record;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::{FileId, Sources, Span};
use crate::syntax::Symbol;
use crate::syntax::ast::{Block, Entry, File, Header, Inline, Word};
use crate::world::WorldError;

/// A text while it is put together: all that was read for it, and found.
pub(crate) struct Assembly<'a, 'w> {
    pub files: &'a Files<'w>,
    /// The text's own file in `sources`.
    pub file: FileId,
    pub sources: Sources,
    pub found: Diagnostics,
}

/// A text that is ready to be filled in: all that does not depend on values.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub header: Arc<Header>,
    /// Where the header ends, and what is missing in it is said.
    pub end: Span,
    pub template: Arc<Template>,
    /// The template's text with the document's own in it.
    pieces: Vec<Piece>,
    pub library: Arc<Library>,
}

/// A text with its values: branches taken, loops run, texts brought in.
pub(crate) struct Filled {
    pub header: Arc<Header>,
    pub end: Span,
    pub template: Arc<Template>,
    pub values: Values,
    pub locale: &'static Locale,
    /// What is printed; of a text that is no document, the blocks of every branch.
    pub blocks: Vec<Block>,
    /// The branches that are not taken, their values still open.
    pub untaken: Vec<Block>,
    /// The lines of the title.
    pub title: Vec<Vec<Inline>>,
    /// The line before the title.
    pub title_line: Option<Vec<Inline>>,
    /// What values in braces print, each at its place.
    pub printed: Vec<(Span, String)>,
    /// Whether it is a document, and not a text that one is made of.
    pub is_document: bool,
}

impl Filled {
    /// The letters of the body whose text it is: those of its symbol if it is of the
    /// type, else those that `body:` gives, else those of the type.
    pub fn body(&self) -> &str {
        let symbol = self.values.symbol("symbol");
        let is_own = |symbol: &&Symbol| self.template.series.iter().any(|series| series.names(symbol));
        let by_symbol = symbol.filter(is_own).map(|symbol| symbol.body.as_str());
        let given = self.values.text("body").map(str::to_lowercase);
        let is_given = |body: &&str| given.as_ref().is_some_and(|given| *given == body.to_lowercase());
        let by_key = || self.template.series.iter().map(Series::body).find(is_given);
        by_symbol.or_else(by_key).unwrap_or_else(|| self.template.body())
    }

    /// `DEC`, `DOC`: what kind of text it is.
    pub fn kind(&self) -> Option<&str> {
        self.template.series.first()?.name.split_once('.').map(|(_, kind)| kind)
    }
}

impl Assembly<'_, '_> {
    /// The tree of the text's own file.
    pub fn read(&mut self, path: &str) -> Result<File, WorldError> {
        let parsed = files::parse(path, self.files.world.read(path)?, files::read_as(path));
        self.sources.replace(self.file, parsed.source);
        self.found.bring_in(&parsed.found, &|span| span);
        Ok(parsed.tree)
    }

    /// A document, whose header names its template, made ready; `language` is one
    /// that wins over the header's.
    pub fn document(&mut self, tree: File, language: Option<String>) -> Option<Prepared> {
        let File { header, body } = tree;
        let last = header.entries().last().map(|entry| entry.span().tail());
        let end = header.rule.or(last).unwrap_or(Span::new(self.file, 0..0));
        let Some(kind) = header.get("document").map(Word::from) else {
            self.no_type(&header, end);
            return None;
        };
        let language = language.or_else(|| language_of(&header));
        let mut loader = Loader::new(self.files, &mut self.sources, &mut self.found);
        let template = loader.named(&kind, language.as_deref(), "which this document is")?;
        self.same_language(&header, &template, &kind);
        let own = nest(body, false, &self.sources, &mut self.found);
        Some(self.prepare(header, end, template, own, language))
    }

    /// A document of a template that is given nothing but values, made ready.
    pub fn instance(&mut self, tree: File, language: Option<String>) -> Prepared {
        let end = tree.header.rule.unwrap_or(Span::new(self.file, 0..0));
        let language = tree.header.get("language").map(Entry::value).or(language);
        let mut loader = Loader::new(self.files, &mut self.sources, &mut self.found);
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
        let pieces = compose(std::mem::take(&mut template.text), own, true, &mut self.found);
        let preset = template.presets.iter().find(|entry| entry.key.text == "language").map(Entry::value);
        let mut library = Library::default();
        if let Some(locale) = language.or(preset).as_deref().and_then(Locale::of) {
            let own = header.get("document").map(|_| self.file);
            library = self.check_types(&pieces, &[], &mut Vocabulary::of(&template.parameters), locale, own);
        }
        let (header, template, library) = (Arc::new(header), Arc::new(template), Arc::new(library));
        Prepared { header, end, template, pieces, library }
    }

    /// Fills a text in, with the values of its header and those from outside; none
    /// where it has no language: nothing could be judged but its form.
    pub fn fill(&mut self, prepared: Prepared, record: Option<&Record>) -> Option<Filled> {
        let Prepared { header, end, template, pieces, library } = prepared;
        let given = ValuesOf { header: &header, record, end, others: &["document"] };
        let values = header::read(&given, &template, &self.sources, &mut self.found);
        let locale = values.text("language").and_then(Locale::of)?;
        let mut lines: Vec<Vec<Inline>> = values.lines("title").to_vec();
        let line_before = title_line(&template, locale, &self.sources, &mut self.found);
        lines.extend(line_before.as_ref().map(|line| line.words.clone()));
        let own = header.get("document").map(|_| self.file);
        self.check_types(&[], &lines, &mut Vocabulary::of(&template.parameters), locale, own);
        let filling = Filling {
            files: self.files,
            sources: &mut self.sources,
            found: &mut self.found,
            library: &library,
            locale,
            parameters: &template.parameters,
            values: &values,
        };
        let Expanded { blocks, untaken, mut lines, printed } = evaluate(filling, pieces, &lines);
        let title_line = line_before.and_then(|line| {
            let number = values.symbol("symbol").map(Symbol::number_and_year);
            let words = lines.pop()?;
            Some(if line.is_pattern { title_line::with_number(words, number.as_deref()) } else { words })
        });
        let title = lines;
        let is_document = true;
        Some(Filled { header, end, template, values, locale, blocks, untaken, title, title_line, printed, is_document })
    }

    /// Names, types and filters in every branch; reads what is included. `own` is
    /// the file whose header says what is there.
    pub fn check_types(
        &mut self,
        pieces: &[Piece],
        lines: &[Vec<Inline>],
        vocabulary: &mut Vocabulary,
        locale: &Locale,
        own: Option<FileId>,
    ) -> Library {
        let mut library = Library::default();
        let mut checking = Checking {
            files: self.files,
            sources: &mut self.sources,
            found: &mut self.found,
            library: &mut library,
            locale,
            own,
            open: Vec::new(),
        };
        check(&mut checking, pieces, lines, vocabulary);
        library
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
                Diagnostic::new(Code::KeyCase, entry.key.span, message)
                    .hint("write `document:`")
                    .fix("write `document`", entry.key.span, "document")
                    .safe()
            }
            None => {
                let types: Vec<&str> = builtin::templates().collect();
                Diagnostic::new(Code::MissingKey, end, "the header does not say what the document is")
                    .hint(format!("write `document:` and one of {}", types.join(", ")))
            }
        });
    }
}

/// The language that a header gives, before its values can be read by its
/// template.
fn language_of(header: &Header) -> Option<String> {
    let tag = header.get("language").map(Entry::value)?;
    Locale::tags().any(|known| known == tag).then_some(tag)
}
