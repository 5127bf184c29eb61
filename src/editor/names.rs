//! The names that a text knows: values, with what they are and where they are declared.

use super::reading::{Located, Part, Reading, located};
use crate::source::Span;
use crate::syntax::ast::{Entry, Word};
use crate::syntax::{Need, Parameter, read_parameter};

impl Reading<'_> {
    /// The parameters that a text sees: those of its type, and of a template or a clause its
    /// own.
    pub(super) fn parameters(&self) -> Vec<&Parameter> {
        self.template.iter().flat_map(|(template, _)| &template.parameters).collect()
    }

    /// The parameters that a template or a clause declares in its own header.
    pub(super) fn own_parameters(&self) -> Vec<Parameter> {
        let lines = self.tree.header.get("params").into_iter().flat_map(|entry| &entry.lines);
        lines.filter(|line| !line.text.is_empty()).filter_map(read_parameter).collect()
    }

    /// The parameter of a name.
    pub(super) fn parameter(&self, name: &str) -> Option<Parameter> {
        let own = self.own_parameters().into_iter().find(|parameter| parameter.name == name);
        own.or_else(|| self.parameters().into_iter().find(|parameter| parameter.name == name).cloned())
    }

    /// Where a parameter is declared.
    pub(super) fn declaration(&self, name: &str) -> Option<Located> {
        if let Some(own) = self.own_parameters().into_iter().find(|parameter| parameter.name == name) {
            return Some(self.here(own.place.range()));
        }
        let (template, sources) = self.template.as_ref()?;
        let parameter = template.parameters.iter().find(|parameter| parameter.name == name)?;
        located(sources, parameter.place.file, parameter.place.range())
    }

    /// What a parameter is, in a sentence.
    pub(super) fn told(parameter: &Parameter) -> String {
        let need = match parameter.need {
            Need::Required => "must be given",
            Need::RequiredInFinal => "must be given in a final text",
            Need::Optional => "may be left out",
        };
        let default = parameter.default.as_ref().map(|word| format!("; if it is not given, `{}`", word.text));
        format!("{}; {need}{}", parameter.kind.expected(), default.unwrap_or_default())
    }

    /// The value that the header gives a name.
    pub(super) fn given(&self, name: &str) -> Option<&Entry> {
        self.tree.header.get(name)
    }

    /// The nearest loop before a place that gives a name.
    pub(super) fn loop_variable(&self, name: &str, before: usize) -> Option<Word> {
        let mut nearest: Option<Word> = None;
        let mut meet = |word: Word| {
            let is_nearer = nearest.as_ref().is_none_or(|found| found.span.start <= word.span.start);
            if word.text == name && word.span.range().start <= before && is_nearer {
                nearest = Some(word);
            }
        };
        for part in self.parts() {
            if let Part::Directive(directive) = part {
                let names = self.names_of_directive(directive);
                names.into_iter().filter(|(gives, _)| *gives).for_each(|(_, subject)| meet(subject.name));
            }
        }
        self.each_inline(&mut |inline| {
            if let crate::syntax::ast::Inline::For { head, .. } = inline
                && let Some((word, _)) = crate::syntax::read_repetition(head)
            {
                meet(word);
            }
        });
        nearest
    }

    /// The labels of the text, those of its template among them, where each stands.
    pub(super) fn labels(&self) -> Vec<(String, Option<Span>)> {
        let mut labels: Vec<(String, Option<Span>)> = Vec::new();
        self.each_inline(&mut |inline| {
            if let crate::syntax::ast::Inline::Label { name, .. } = inline {
                labels.push((name.text.clone(), Some(name.span)));
            }
        });
        for (name, _) in &self.compilation.labels {
            if !labels.iter().any(|(known, _)| known == name) {
                labels.push((name.clone(), None));
            }
        }
        labels
    }
}
