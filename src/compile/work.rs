//! The spine: from a text that is ready to be filled in to its document.

use std::collections::BTreeSet;

use super::context::{Appended, Context, Siblings};
use super::labels::Labels;
use super::landmarks::Landmarks;
use super::options::Options;
use super::session::Session;
use super::understood::Understood;
use super::{adopted, allow, branches, check, conserve, evidence, lower, outline, passage, references};
use crate::assemble::{Assembly, Clause, Filled, Library, Prepared, Template, Values};
use crate::data::Record;
use crate::diag::{Code, Diagnostic, Diagnostics, Stage};
use crate::source::{FileId, Sources, Span};
use crate::syntax::ast::File;
use jiff::civil::Date;

/// A compilation while it goes on.
pub(super) struct Work<'a, 'w> {
    pub session: &'a Session<'w>,
    pub options: &'a Options,
    pub assembly: Assembly<'a, 'w>,
    pub siblings: Siblings,
    /// The texts that are appended to it.
    pub appended: Vec<Appended>,
    /// Whether the text stands in another one.
    pub is_member: bool,
}

impl<'a, 'w> Work<'a, 'w> {
    /// The compilation of a file of `sources`, with what was found in them.
    pub fn new(
        session: &'a Session<'w>,
        options: &'a Options,
        file: FileId,
        sources: Sources,
        found: Diagnostics,
    ) -> Self {
        let assembly = Assembly { files: &session.files, file, sources, found };
        Work { session, options, assembly, siblings: Siblings::new(), appended: Vec::new(), is_member: false }
    }

    /// A document made ready, and what it names outside of its text judged.
    pub fn document(&mut self, tree: File, language: Option<String>) -> Option<Prepared> {
        let is_given = language.is_some();
        let prepared = self.assembly.document(tree, language)?;
        self.judge_prepared(&prepared);
        self.judge_top(&prepared, is_given);
        Some(prepared)
    }

    /// A letterhead or title at the top of the text, which needs no language to be known.
    fn judge_top(&mut self, prepared: &Prepared, has_language: bool) {
        let (header, template) = (&prepared.header, &prepared.template);
        if template.is_volume() {
            return;
        }
        let mut keys: BTreeSet<&str> = template.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        // What a template gives to the type that it is built on is not missing.
        for entry in header.entries().chain(&template.presets) {
            keys.remove(entry.key.text.as_str());
        }
        if has_language {
            keys.remove("language");
        }
        let Assembly { sources, found, file, .. } = &mut self.assembly;
        if let Some(source) = sources.get(*file) {
            check::beginning(source, *file, header, &keys, found);
        }
    }

    /// A document of a template that is given nothing but values, made ready.
    pub fn instance(&mut self, tree: File, language: Option<String>) -> Prepared {
        let prepared = self.assembly.instance(tree, language);
        self.judge_prepared(&prepared);
        prepared
    }

    fn judge_prepared(&mut self, prepared: &Prepared) {
        self.arrangement(&prepared.template, prepared.end);
        self.agreed_in_all(&prepared.library);
    }

    /// Fills a text in and understands it; without a language nothing can be
    /// judged but its form.
    pub fn understand(&mut self, prepared: Prepared, record: Option<&Record>) -> Understood {
        let Some(mut filled) = self.assembly.fill(prepared, record) else { return Understood::default() };
        evidence::settle(&mut filled, &self.assembly.sources, &mut self.assembly.found);
        let has_members = filled.template.is_volume() || filled.template.appends();
        if has_members { self.volume(&filled, record) } else { self.text(&filled, record) }
    }

    /// Every stage after filling in, in their order.
    pub fn text(&mut self, filled: &Filled, record: Option<&Record>) -> Understood {
        let day = self.day(&filled.values);
        let Work { session, assembly, siblings, appended, .. } = self;
        let Assembly { sources, found, .. } = assembly;
        let context = context_of(session, sources, filled, day, (siblings, appended));
        let outline = outline::outline(&context, found);
        let marks = Landmarks::of(&outline);
        let labels = Labels::of(&marks, found);
        branches::dangling(&filled.untaken, labels.all(), found);
        let passages = passage::passages(&context);
        let sentences = passage::sentences_of_headers(&context);
        let header = passage::of_headers(&context, &sentences);
        let (references, links, own) =
            references::read(&context, (&passages, &header), &outline.paragraphs(), Some((&marks, &labels)), found);
        let mut printed = filled.printed.clone();
        adopted::judge(&context, &passages, &references, found);
        let document = lower::lower(&context, &outline, (&marks, &labels), links, &mut printed, found);
        check::run(&context, &passages, found);
        debug_assert_eq!(conserve::lost(&context, &passages, &document, found), None);
        let origins = check::Origins::of(filled, session, record);
        let words = check::Words { passages: &passages, body: &filled.blocks, places: &outline.places };
        let mut without_glyph = BTreeSet::new();
        check::printed_without_glyph(&document, words, &origins, &mut without_glyph, found);
        let is_final = filled.values.is_final();
        let mut allowances = allow::read(&filled.header, is_final, found);
        // A text of a volume allows what stands in itself.
        let within = if siblings.is_empty() { None } else { Some(filled.end.file) };
        let allowed = allowances.apply(found, sources, within);
        allowances.unused(found, sources, Stage::Text);
        Understood {
            document: Some(document),
            entry: filled.values.text("entry").map(str::to_owned),
            is_final,
            as_of: day,
            references,
            own,
            places: outline.places,
            without_glyph,
            allowances,
            allowed,
            labels: labels.anchors(&marks),
            printed,
            header: filled.header.entries().cloned().collect(),
            untaken: filled.untaken.len(),
        }
    }

    /// References, signs and words of a text that is no document, in every
    /// branch.
    pub fn every_branch(&mut self, filled: &Filled) -> Understood {
        let day = self.today();
        let Work { session, assembly, siblings, appended, .. } = self;
        let Assembly { sources, found, .. } = assembly;
        let context = context_of(session, sources, filled, day, (siblings, appended));
        let passages = passage::passages(&context);
        let (references, ..) =
            references::read(&context, (&passages, &[]), &references::Paragraphs::new(), None, found);
        check::run(&context, &passages, found);
        branches::dangling(&filled.blocks, std::iter::empty(), found);
        Understood { as_of: day, references, ..Understood::default() }
    }

    /// The day at which references of a document are judged.
    fn day(&self, values: &Values) -> Option<Date> {
        let world = self.session.files.world;
        values.date("adopted").or(self.options.as_of).or(values.date("as-of")).or_else(|| world.today())
    }

    /// The day at which those of a text are judged that has none of its own.
    fn today(&self) -> Option<Date> {
        self.options.as_of.or_else(|| self.session.files.world.today())
    }

    /// The instruments in which included texts were agreed must be some.
    pub fn agreed_in_all(&mut self, library: &Library) {
        for clause in library.clauses.values().flatten() {
            self.agreed_in(clause);
        }
    }

    /// The instrument in which an included text was agreed must be one.
    pub fn agreed_in(&mut self, clause: &Clause) {
        if let Some(word) = &clause.agreed_in {
            let finding = references::judge_alone(word, &self.session.registry, self.today());
            self.assembly.found.extend(finding);
        }
    }

    /// The first page that the template names is one of the style's.
    pub fn arrangement(&mut self, template: &Template, place: Span) {
        if template.rows.is_some() {
            return;
        }
        if !template.letterhead.is_empty() && !self.session.style.letterhead.contains_key(&template.letterhead) {
            let message = format!("the template names the letterhead `{}`, which no style has", template.letterhead);
            let known: Vec<String> = self.session.style.letterhead.keys().cloned().collect();
            self.assembly.found.push(Diagnostic::new(Code::UnknownTemplate, place, message).hint(format!(
                "the arrangements are {}; those of the project are files `styles/NAME.toml`",
                known.join(", ")
            )));
        }
    }
}

fn context_of<'c>(
    session: &'c Session<'_>,
    sources: &'c Sources,
    filled: &'c Filled,
    day: Option<Date>,
    (siblings, appended): (&'c Siblings, &'c [Appended]),
) -> Context<'c> {
    let Session { registry, indexes, style, .. } = session;
    Context { sources, filled, style, registry, indexes, day, siblings, appended }
}
