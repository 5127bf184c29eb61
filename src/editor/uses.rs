//! Where names lead, and where else they stand: labels, values, blocks, files.

use std::ops::Range;

use super::place::Thing;
use super::reading::{Located, Part, Reading, each_inline, located};
use crate::compile::parse_by_path;
use crate::diag::Diagnostics;
use crate::source::FileId;
use crate::syntax::ast::{DirectiveName, File, Inline, Operand, Subject, Word};
use crate::syntax::{read_condition, read_repetition};

/// What a name is a name of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Name {
    Label(String),
    Value(String),
    Block(String),
}

impl Reading<'_> {
    /// Where what stands at an offset leads.
    pub fn definition(&self, offset: usize) -> Vec<Located> {
        match self.thing(offset) {
            Some((_, Thing::Pointer(name, _) | Thing::Label(name))) => self.label(&name.text),
            Some((_, Thing::Name(subject, _))) => self.value(&subject.name, offset),
            Some((_, Thing::Key(entry))) => self.declaration(&entry.key.text).into_iter().collect(),
            Some((_, Thing::Value(entry))) if ["document", "extends"].contains(&entry.key.text.as_str()) => {
                self.template_file().into_iter().collect()
            }
            Some((_, Thing::Path(path))) => self.file_named(&path).into_iter().collect(),
            Some((_, Thing::BlockName(name))) => self.block(&name.text),
            Some((_, Thing::Keyword(_) | Thing::Filter(_) | Thing::Bracket(_) | Thing::Value(_))) | None => {
                self.instrument(offset).into_iter().collect()
            }
        }
    }

    /// Where else the name at an offset stands, in the text and in its template.
    pub fn uses(&self, offset: usize) -> Vec<Located> {
        self.name_at(offset).map(|(_, name)| self.all_of(&name)).unwrap_or_default()
    }

    /// The bytes of the name at an offset, where it can have another one; else why not.
    ///
    /// # Errors
    /// What stands there is no name of a label, or is not the author's to change.
    pub fn renamed(&self, offset: usize) -> Result<Range<usize>, String> {
        let (range, name) = self.name_at(offset).ok_or("nothing here has a name that can be changed")?;
        match name {
            Name::Label(_) => Ok(range),
            Name::Value(_) => Err("a value is named by its template, and its documents use that name".to_owned()),
            Name::Block(_) => Err("a block is named by its template, and its documents use that name".to_owned()),
        }
    }

    /// The places at which the label at an offset gets another name: a label and all its
    /// references.
    ///
    /// # Errors
    /// As [`renamed`](Self::renamed); or the new name is none, or is taken.
    pub fn rename(&self, offset: usize, to: &str) -> Result<Vec<Located>, String> {
        self.renamed(offset)?;
        let Some((_, name @ Name::Label(_))) = self.name_at(offset) else { return Ok(Vec::new()) };
        let is_letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        if !to.starts_with(char::is_alphabetic) || !to.chars().all(is_letter) {
            return Err(format!("`{to}` is no name of a label: write letters, figures and hyphens"));
        }
        if name != Name::Label(to.to_owned()) && self.labels().iter().any(|(known, _)| known == to) {
            return Err(format!("another place has the label `{to}` already"));
        }
        Ok(self.all_of(&name))
    }

    fn name_at(&self, offset: usize) -> Option<(Range<usize>, Name)> {
        Some(match self.thing(offset)? {
            (_, Thing::Label(name) | Thing::Pointer(name, _)) => (name.span.range(), Name::Label(name.text.clone())),
            (_, Thing::Name(subject, _)) => (subject.name.span.range(), Name::Value(subject.name.text)),
            (range, Thing::Key(entry)) => (range, Name::Value(entry.key.text.clone())),
            (range, Thing::BlockName(name)) => (range, Name::Block(name.text)),
            (_, Thing::Value(_) | Thing::Keyword(_) | Thing::Filter(_) | Thing::Path(_) | Thing::Bracket(_)) => {
                return None;
            }
        })
    }

    /// The text and the files of its template that are the project's own, each with its
    /// tree.
    fn files(&self) -> Vec<(Located, Option<File>)> {
        let mut files = vec![(self.here(0..0), None)];
        for (_, source) in self.compilation.sources.iter() {
            let is_template = source.name().starts_with("templates/") && source.name().ends_with(".decl");
            if is_template && source.name() != self.source.name() {
                let shared = std::sync::Arc::new(source.clone());
                let tree = parse_by_path(&shared, FileId(0), &mut Diagnostics::default());
                files.push((Located { source: shared, range: 0..0 }, Some(tree)));
            }
        }
        files
    }

    fn all_of(&self, name: &Name) -> Vec<Located> {
        let mut all = Vec::new();
        for (file, tree) in self.files() {
            let tree = tree.as_ref().unwrap_or(&self.tree);
            let mut ranges = self.in_tree(tree, &file, name);
            ranges.sort_by_key(|range| range.start);
            ranges.dedup();
            all.extend(ranges.into_iter().map(|range| Located { source: file.source.clone(), range }));
        }
        all
    }

    /// Where a name stands in a file.
    fn in_tree(&self, tree: &File, file: &Located, name: &Name) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let mut meet = |word: &Word, of: fn(String) -> Name| {
            if of(word.text.clone()) == *name {
                ranges.push(word.span.range());
            }
        };
        each_inline(tree, &mut |inline| match inline {
            Inline::Label { name, .. } | Inline::CrossReference { name, .. } => meet(name, Name::Label),
            Inline::Value { operand: Operand::Name(subject), .. } => meet(&subject.name, Name::Value),
            Inline::If { condition, .. } => {
                let tests = read_condition(condition).into_iter().flat_map(|condition| condition.tests);
                tests.for_each(|test| meet(&test.subject.name, Name::Value));
            }
            Inline::For { head, .. } => {
                if let Some((variable, list)) = read_repetition(head) {
                    [variable, list.name].iter().for_each(|word| meet(word, Name::Value));
                }
            }
            _ => {}
        });
        for entry in tree.header.entries() {
            meet(&entry.key, Name::Value);
            self.names_in_value(entry).iter().for_each(|subject| meet(&subject.name, Name::Value));
            if entry.key.text == "params" {
                let lines = entry.lines.iter().filter_map(crate::syntax::read_parameter);
                for parameter in lines {
                    meet(&Word { text: parameter.name, span: parameter.place }, Name::Value);
                }
            }
        }
        for part in super::reading::parts(tree) {
            let Part::Directive(directive) = part else { continue };
            let Some(first) = directive.lines.first() else { continue };
            let text = file.source.text().get(first.range()).unwrap_or_default();
            let start = text.len() - text.trim_start().len();
            let words = Word { text: text.trim().to_owned(), span: first.part(start..start + text.trim().len()) };
            match directive.name {
                DirectiveName::Block | DirectiveName::End => meet(&words, Name::Block),
                DirectiveName::If => {
                    let tests = read_condition(&words).into_iter().flat_map(|condition| condition.tests);
                    tests.for_each(|test| meet(&test.subject.name, Name::Value));
                }
                DirectiveName::For => {
                    if let Some((variable, Subject { name: list, .. })) = read_repetition(&words) {
                        [variable, list].iter().for_each(|word| meet(word, Name::Value));
                    }
                }
                DirectiveName::Else | DirectiveName::Include => {}
            }
        }
        ranges
    }

    fn label(&self, name: &str) -> Vec<Located> {
        for (file, tree) in self.files() {
            let mut place = None;
            each_inline(tree.as_ref().unwrap_or(&self.tree), &mut |inline| {
                if let Inline::Label { name: found, .. } = inline
                    && found.text == name
                {
                    place.get_or_insert(found.span.range());
                }
            });
            if let Some(range) = place {
                return vec![Located { source: file.source, range }];
            }
        }
        Vec::new()
    }

    /// A value leads to the loop that gives it, to the header, or to where it is declared.
    fn value(&self, name: &Word, offset: usize) -> Vec<Located> {
        if let Some(word) = self.loop_variable(&name.text, offset) {
            return vec![self.here(word.span.range())];
        }
        let given = self.given(&name.text).filter(|entry| entry.key.span != name.span);
        let given = given.map(|entry| self.here(entry.span().range()));
        given.or_else(|| self.declaration(&name.text)).into_iter().collect()
    }

    fn template_file(&self) -> Option<Located> {
        let (template, sources) = self.template.as_ref()?;
        let names = [format!("{}.{}.decl", template.name, self.locale.language), format!("{}.decl", template.name)];
        let is_it = |name: &str| names.iter().any(|file| name.rsplit('/').next() == Some(file));
        let (file, _) =
            sources.iter().find(|(_, source)| source.name().contains("templates/") && is_it(source.name()))?;
        located(sources, file, 0..0)
    }

    /// The file that a path leads to, where it was read for this text.
    pub(super) fn file_named(&self, path: &Word) -> Option<Located> {
        let wanted = path.text.strip_prefix("./").unwrap_or(&path.text);
        let is_it = |name: &str| {
            let name = name.strip_prefix("chancery:").unwrap_or(name);
            name == path.text || name == wanted || name.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('/'))
        };
        let sources = &self.compilation.sources;
        let (file, _) = sources.iter().find(|(file, source)| *file != self.compilation.file && is_it(source.name()))?;
        located(sources, file, 0..0)
    }

    /// The same block in the template, or in the text itself.
    fn block(&self, name: &str) -> Vec<Located> {
        let own = |file: &Located, tree: Option<&File>| {
            let tree = tree.unwrap_or(&self.tree);
            let parts = super::reading::parts(tree);
            parts.into_iter().find_map(|part| {
                let Part::Directive(directive) = part else { return None };
                let line = directive.lines.first()?;
                let is_it = directive.name == DirectiveName::Block
                    && file.source.text().get(line.range()).is_some_and(|text| text.trim() == name);
                is_it.then(|| Located { source: file.source.clone(), range: line.range() })
            })
        };
        // The template's first: that is what is replaced.
        let files = self.files();
        files.iter().rev().find_map(|(file, tree)| own(file, tree.as_ref())).into_iter().collect()
    }

    /// The entry of the project's own registry that a reference leads to.
    fn instrument(&self, offset: usize) -> Option<Located> {
        let reference = self.reference_at(offset)?;
        let place = self.entry(&reference.symbol)?.place?;
        located(&self.compilation.sources, place.file, place.range())
    }
}
