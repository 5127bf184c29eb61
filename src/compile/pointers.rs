//! What is printed for braces that point somewhere: at an instrument, or at a label.

use std::ops::Range;

use super::labels::{self, Unclear};
use super::landmarks::Thing;
use super::lower::Lowerer;
use super::references;
use super::setter::Setter;
use crate::cite::{self, NoWords, What};
use crate::diag::{Code, Diagnostic, KEPT, suggest};
use crate::locale::Locale;
use crate::model::Inline;
use crate::source::Span;
use crate::syntax::ast;

impl Lowerer<'_, '_> {
    /// The words for a citation in braces.
    pub fn citation(
        &mut self,
        span: Span,
        instruments: &[ast::Word],
        by_slug: bool,
        filter: Option<&ast::Word>,
    ) -> Vec<Inline> {
        let whats: Vec<What> =
            instruments.iter().filter_map(|word| cite::named(&word.text, by_slug, self.context.registry)).collect();
        // What is no symbol was said where references are judged.
        if whats.len() < instruments.len() {
            return vec![Inline::Unresolved(self.context.sources.slice(span).to_owned())];
        }
        let language = self.text_language.clone();
        let other = (language != self.context.filled.locale.language).then(|| Locale::of(&language)).flatten();
        let locale = other.unwrap_or(self.context.filled.locale);
        match cite::words(locale, self.context.registry, &whats, filter.map(|filter| filter.text.as_str())) {
            Ok(words) => {
                let link =
                    |(place, at): (Range<usize>, usize)| Some((place, references::lead(self.context, whats.get(at)?)?));
                let links: Vec<_> = words.places.into_iter().filter_map(link).collect();
                let marks = self.typography(&language).map(|rules| rules.marks(&words.text)).unwrap_or_default();
                let mut out = Vec::new();
                let mut setter = Setter::new(&words.text, &marks, &links);
                setter.blank = false;
                setter.set(words.text.len(), &mut out);
                out
            }
            Err(why) => {
                self.no_words(span, filter, &language, why);
                vec![Inline::Unresolved(self.context.sources.slice(span).to_owned())]
            }
        }
    }

    fn no_words(&mut self, span: Span, filter: Option<&ast::Word>, language: &str, why: NoWords) {
        self.found.push(match why {
            NoWords::Name(key) => {
                let message = format!("no registry says how `{key}` is called in this language ({language})");
                Diagnostic::new(Code::NoWords, span, message)
                    .hint("write the words yourself: `{cite SLUG: your words}`")
            }
            NoWords::Form(form) => {
                let message = format!("this language ({language}) has no form `{form}` of the citation");
                let place = filter.map_or(span, |filter| filter.span);
                Diagnostic::new(Code::NoWords, place, message)
                    .hint("leave it out, or write the words yourself: `{MC.DEC/5/11: your words}`")
            }
        });
    }

    pub fn cross_reference(&mut self, scope: u32, name: &ast::Word, filter: Option<&ast::Word>) -> Inline {
        let Some((target, named_at)) = self.labels.get(scope, &name.text) else {
            let message = format!("nothing in this document has the label `{}`", name.text);
            let is_shown = self.found.kept(name.span.file, Code::DanglingLabel) < KEPT;
            self.found.push(suggest(
                Diagnostic::new(Code::DanglingLabel, name.span, message),
                &name.text,
                is_shown.then(|| self.labels.names(scope)).into_iter().flatten(),
                || format!("write `{{#{}}}` at the paragraph that is meant", name.text),
                // A label that is likely is not the one that was meant.
                None,
            ));
            return Inline::Unresolved(format!("[{}?]", name.text));
        };
        let Some(target) = self.marks.all.get(target) else { return Inline::Unresolved(format!("[{}?]", name.text)) };
        let other =
            (self.text_language != self.context.filled.locale.language).then(|| Locale::of(&self.text_language));
        let locale = other.flatten().unwrap_or(self.context.filled.locale);
        let words = || labels::words(self.context, self.marks, target, self.here, locale);
        let text = match filter {
            None => words(),
            Some(filter) if filter.text == "number" => {
                let number = labels::number_at(self.marks, target, locale);
                if number.is_empty() { Err(Unclear::NoNumber) } else { Ok(labels::kept(&number)) }
            }
            Some(filter) => {
                let message = format!("a reference has no filter `{}`", filter.text);
                self.found.push(
                    Diagnostic::new(Code::UnknownBrace, filter.span, message).hint("`number` prints the number alone"),
                );
                return Inline::Text(words().unwrap_or_default());
            }
        };
        match text {
            Ok(text) => Inline::Link { target: target.anchor, text },
            Err(why) => {
                self.found.push(unclear(name, named_at, why, target.thing));
                Inline::Unresolved(format!("[{}?]", name.text))
            }
        }
    }
}

/// What is said of a reference to a label that prints nothing that can be found.
fn unclear(name: &ast::Word, named_at: Span, why: Unclear, thing: Thing) -> Diagnostic {
    let (message, hint) = match why {
        Unclear::NoWords => (
            format!("`{}` names an item of the agenda, and its words are not known in this language", name.text),
            "write the words yourself, and the number by `{@name | number}`",
        ),
        Unclear::NoNumber => (
            format!("`{}` names something that has no number", name.text),
            "refer to a numbered paragraph, a sub-paragraph, a section, an item of an agenda or an annex",
        ),
        Unclear::Twin => (
            format!("`{}` names something whose number another thing has too", name.text),
            match thing {
                Thing::AgendaItem => "give one of the two items another number: `number:` on the line below `item:`",
                _ => "let the paragraphs be counted through, or begin anew under a `section:`, which is named then",
            },
        ),
    };
    Diagnostic::new(Code::DanglingLabel, name.span, message).other(named_at, "named here").hint(hint)
}
