//! Templates and clauses by themselves: all that can be known of them without
//! values, in every branch.

use std::sync::Arc;

use super::understood::Understood;
use super::work::Work;
use crate::assemble::{self, Filled, Loader, Template, Values, Vocabulary, title_line};
use crate::data::{Datum, Record};
use crate::diag::{Code, Diagnostic};
use crate::locale::Locale;
use crate::source::Span;
use crate::syntax;
use crate::syntax::ast::{File, Inline, Word};

impl Work<'_, '_> {
    /// A template by itself: all that can be known without values, in every
    /// branch, then its examples. Nothing where it has no text, or no language.
    pub fn template(&mut self, tree: File) -> Option<Understood> {
        let end = tree.header.rule.unwrap_or(Span::new(self.assembly.file, 0..0));
        let language = tree.header.get("language").map(Word::from);
        let tag = language.as_ref().map(|word| word.text.as_str());
        let assembly = &mut self.assembly;
        let mut loader = Loader::new(assembly.files, &mut assembly.sources, &mut assembly.found);
        let template = loader.read(tree.clone(), tag);
        self.arrangement(&template, end);
        if !template.has_text {
            return None;
        }
        let Some(locale) = tag.and_then(Locale::of) else {
            let place = language.as_ref().map_or(end, |word| word.span);
            let known: Vec<&str> = Locale::tags().collect();
            self.assembly.found.push(
                Diagnostic::new(Code::MissingKey, place, "the template does not say in which language its text is")
                    .hint(format!("write `language:` and one of {}", known.join(", "))),
            );
            return None;
        };
        let mut title = self.preset_lines(&template, "title");
        let assembly = &mut self.assembly;
        let line_before = title_line(&template, locale, &assembly.sources, &mut assembly.found);
        title.extend(line_before.map(|line| line.words));
        let mut vocabulary = Vocabulary::of(&template.parameters);
        let library = assembly.check_types(&template.text, &title, &mut vocabulary, locale, None);
        // A preset that is no prose uses a name by giving it.
        let declared = template.declared.iter().filter(|(name, _)| !template.own_keys.contains(name));
        let declared: Vec<_> = declared.cloned().collect();
        assemble::unused(&declared, &vocabulary, &mut assembly.found);
        let blocks = assemble::every_branch(&template.text, &library, assembly.files, &assembly.sources);
        self.agreed_in_all(&library);
        let examples = template.examples.clone();
        let filled = Filled {
            header: Arc::new(tree.header.clone()),
            end,
            template: Arc::new(template),
            values: Values::default(),
            locale,
            blocks,
            untaken: Vec::new(),
            title,
            title_line: None,
            printed: Vec::new(),
            is_document: false,
        };
        let understood = self.every_branch(&filled);
        for example in examples {
            let entry = |(name, value): (Word, Word)| {
                let place = value.span;
                (name, Datum::Words(vec![value]), place)
            };
            let entries = example.values.into_iter().map(entry).collect();
            let record = Record { entries, place: example.place, row: None };
            let chain = self.assembly.sources.led_by(example.place, "with the values of this example");
            let mut tree = tree.clone();
            tree.each_span(&mut |span| *span = span.by(chain));
            let prepared = self.instance(tree, None);
            // What is said of it stays; a template has no pages.
            self.understand(prepared, Some(&record));
        }
        Some(Understood { as_of: understood.as_of, ..Understood::default() })
    }

    /// A text that others include, by itself; nothing where its language is not
    /// known.
    pub fn clause(&mut self, tree: File) -> Option<Understood> {
        let end = tree.header.rule.unwrap_or(Span::new(self.assembly.file, 0..0));
        let header = Arc::new(tree.header.clone());
        let assembly = &mut self.assembly;
        let clause = assemble::read_clause(tree, &assembly.sources, &mut assembly.found);
        let name = assembly.sources.get(assembly.file).map_or("", |source| source.name());
        let said = clause.language.as_ref().map(|word| word.text.clone());
        let Some(locale) = said.or_else(|| assemble::language_of_path(name)).as_deref().and_then(Locale::of) else {
            assembly.found.push(
                Diagnostic::new(Code::MissingKey, end, "this text does not say in which language it is")
                    .hint("put it into a folder as `clauses/fr`, or write `language: fr` in its header"),
            );
            return None;
        };
        let mut vocabulary = Vocabulary::of(&assemble::seen_by(&clause.parameters));
        let library = assembly.check_types(&clause.text, &[], &mut vocabulary, locale, None);
        let declared: Vec<(String, Span)> =
            clause.parameters.iter().map(|parameter| (parameter.name.clone(), parameter.place)).collect();
        assemble::unused(&declared, &vocabulary, &mut assembly.found);
        let blocks = assemble::every_branch(&clause.text, &library, assembly.files, &assembly.sources);
        self.agreed_in(&clause);
        self.agreed_in_all(&library);
        Some(self.every_branch(&Filled {
            header,
            end,
            template: Arc::new(Template::default()),
            values: Values::default(),
            locale,
            blocks,
            untaken: Vec::new(),
            title: Vec::new(),
            title_line: None,
            printed: Vec::new(),
            is_document: false,
        }))
    }

    /// Lines of prose that a template gives to what it extends.
    fn preset_lines(&mut self, template: &Template, key: &str) -> Vec<Vec<Inline>> {
        let preset = template.presets.iter().find(|entry| entry.key.text == key);
        let lines = preset.into_iter().flat_map(|entry| &entry.lines).filter(|line| !line.text.is_empty());
        let mut read = Vec::new();
        for line in lines {
            let text = self.assembly.sources.get(line.span.file).map_or("", |source| source.text());
            read.push(syntax::read_inline(text, &[line.span], &mut self.assembly.found));
        }
        read
    }
}
