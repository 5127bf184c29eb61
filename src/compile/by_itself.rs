//! Templates and clauses by themselves: all that can be known of them without
//! values, in every branch.

use std::collections::BTreeSet;

use super::expand::{self, Names};
use super::template::{Loader, Template};
use super::value::Values;
use super::{Context, Understood, Work, check, passage, references, session, title_line};
use crate::data::{Datum, Record};
use crate::diag::{Code, Diagnostic, Diagnostics, suggest};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax::ast::{self, Block, File, Header, Inline, Word};

impl Work<'_, '_> {
    /// A template by itself: all that can be known without values, in every
    /// branch, then its examples.
    pub fn template(&mut self, tree: File) {
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
    pub fn clause(&mut self, tree: File) {
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
        let context = Context {
            sources: &self.sources,
            header,
            body: blocks,
            template,
            values: &values,
            locale,
            style: &self.session.style,
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
}

/// References, in branches that are not printed, to labels that nothing has in
/// any branch.
pub(super) fn dangling<'l>(blocks: &[Block], printed: impl Iterator<Item = &'l str>, found: &mut Diagnostics) {
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
        if let ast::BlockKind::Table(table) = &block.kind {
            ast::walk(&table.value, &mut |inline| {
                if let Inline::Label { name, .. } = inline {
                    labels.insert(name.text.clone());
                }
            });
        }
    });
    // What a value will make of a label is not known.
    for name in asked.into_iter().filter(|name| !labels.contains(&name.text) && !name.text.contains('{')) {
        let message = format!("nothing in this document has the label `{}`", name.text);
        found.push(suggest(
            Diagnostic::new(Code::DanglingLabel, name.span, message),
            &name.text,
            labels.iter().map(String::as_str),
            || format!("write `{{#{}}}` at the paragraph that is meant", name.text),
            // A label that is likely is not the one that was meant.
            None,
        ));
    }
}
