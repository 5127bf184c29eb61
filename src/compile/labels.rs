//! What labels name.

use super::outline::{Labelled, Outliner, part_words};
use crate::diag::{Code, Diagnostic};
use crate::model::{Anchor, PartKind};
use crate::source::Span;
use crate::syntax::ast::{Inline, Word};
use crate::syntax::labels_of;

impl<'a> Outliner<'a, '_> {
    pub fn label_part(&mut self, kind: PartKind, number: Option<u32>, anchor: Anchor, content: &'a [Inline]) {
        let words = part_words(self.locale, kind, number);
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        for (scope, label) in labels_of(content) {
            self.label(scope, label, anchor, words.clone(), number.clone());
        }
    }

    /// A new anchor, under the labels that stand in a text.
    pub fn name(&mut self, content: &'a [Inline], words: String, number: String) -> Anchor {
        let place = content.first().map_or(Span::default(), Inline::span);
        let place = content.last().map_or(place, |last| place.to(last.span()));
        let anchor = self.anchor(place);
        for (scope, label) in labels_of(content) {
            self.label(scope, label, anchor, words.clone(), number.clone());
        }
        anchor
    }

    pub fn label(&mut self, scope: u32, label: &Word, anchor: Anchor, words: String, number: String) {
        if let Some(first) = self.labels.get(&(scope, label.text.clone())) {
            self.found.push(
                Diagnostic::new(
                    Code::DuplicateLabel,
                    label.span,
                    format!("the label `{}` names two things", label.text),
                )
                .other(first.place, "first here")
                .hint("give one of them another name"),
            );
            return;
        }
        self.labels.insert(
            (scope, label.text.clone()),
            Labelled { anchor, place: label.span, words, number, part: self.part_name.clone() },
        );
    }
}
