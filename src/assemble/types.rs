//! What can be known of a template without values: names, types, filters,
//! labels of repeated paragraphs, included texts, in every branch.

use std::collections::BTreeSet;

use super::files::Files;
use super::filter::{Filter, is_printable};
use super::include::{Library, seen_by};
use super::piece::{Argument, Piece};
use super::value;
use super::vocabulary::{Name, Vocabulary};
use crate::data::Datum;
use crate::diag::{Code, Diagnostic, Diagnostics, suggest};
use crate::locale::Locale;
use crate::source::{FileId, Sources, Span};
use crate::syntax::ast::{Block, Inline, Operand, Subject, Word};
use crate::syntax::{self, Bounds, Condition, Type};

/// So many texts may include each other one in the other.
pub(super) const MAX_INCLUDES: usize = 32;

/// What a check needs besides the text.
pub(crate) struct Checking<'a, 'w> {
    pub files: &'a Files<'w>,
    pub sources: &'a mut Sources,
    pub found: &'a mut Diagnostics,
    pub library: &'a mut Library,
    pub locale: &'a Locale,
    /// A document's own text, whose header says what is there.
    pub own: Option<FileId>,
    /// The texts that include the one that is checked.
    pub open: Vec<String>,
}

/// What conditions around a place say to be there.
pub(super) type Known = BTreeSet<String>;

/// Checks a text in every branch, and lines beside it.
pub(crate) fn check(
    checking: &mut Checking<'_, '_>,
    pieces: &[Piece],
    lines: &[Vec<Inline>],
    vocabulary: &mut Vocabulary,
) {
    let mut checker = Checker { checking, vocabulary };
    for line in lines {
        checker.text(line, &Known::new());
    }
    checker.pieces(pieces, &Known::new());
}

pub(super) struct Checker<'c, 'a, 'w> {
    pub checking: &'c mut Checking<'a, 'w>,
    pub vocabulary: &'c mut Vocabulary,
}

impl Checker<'_, '_, '_> {
    fn pieces(&mut self, pieces: &[Piece], known: &Known) {
        for piece in pieces {
            match piece {
                Piece::Block(block) => self.block(block, known),
                Piece::Quote(_, content) | Piece::Named { content, .. } => self.pieces(content, known),
                Piece::Table(block, rows) => {
                    self.block(block, known);
                    self.pieces(rows, known);
                }
                Piece::If { condition, then, otherwise, .. } => {
                    let (holds, fails) = self.condition(condition.as_ref(), known);
                    self.pieces(then, &holds);
                    self.pieces(otherwise, &fails);
                }
                Piece::For { head, content, .. } => match head {
                    Some((variable, list)) => {
                        self.repeated(variable, list, known, &mut |checker, known| checker.pieces(content, known));
                    }
                    None => self.pieces(content, known),
                },
                Piece::Include { path, arguments } => self.include(path, arguments, known),
                Piece::Inherited(place) => self.checking.found.push(
                    Diagnostic::new(Code::UnknownName, *place, "`{inherited}` stands where nothing is replaced")
                        .hint("it stands alone in a paragraph of a block that takes another's place"),
                ),
            }
        }
    }

    fn block(&mut self, block: &Block, known: &Known) {
        for text in block.texts() {
            self.text(text, known);
        }
        for child in block.children() {
            self.block(child, known);
        }
    }

    /// The values and branches of a text.
    fn text(&mut self, content: &[Inline], known: &Known) {
        for inline in content {
            match inline {
                Inline::Value { span, operand, filters } => self.value(*span, operand, filters, known),
                Inline::If { condition, then, otherwise, .. } => {
                    let read = syntax::read_condition(condition);
                    if read.is_none() {
                        self.no_form(condition, "if", "`{if host}`, `{if not host}`, `{if tone is warm}`");
                    }
                    let (holds, fails) = self.condition(read.as_ref(), known);
                    self.text(then, &holds);
                    self.text(otherwise, &fails);
                }
                Inline::For { head, content, .. } => match syntax::read_repetition(head) {
                    Some((variable, list)) => {
                        self.repeated(&variable, &list, known, &mut |checker, known| checker.text(content, known));
                    }
                    None => self.no_form(head, "for", "`{for s in states}`, where `states` is a list"),
                },
                Inline::Label { name, .. } => self.label(name),
                Inline::CrossReference { name, .. } => self.names_in(name),
                other => {
                    for child in other.children() {
                        self.text(child, known);
                    }
                }
            }
        }
    }

    fn no_form(&mut self, words: &Word, word: &str, form: &str) {
        let message = format!("`{{{word} {}}}` is not understood", words.text);
        self.checking
            .found
            .push(Diagnostic::new(Code::KeywordValue, words.span, message).hint(format!("write as {form}")));
    }

    /// A value in braces: there is one, it is there, and its filters take it.
    fn value(&mut self, span: Span, operand: &Operand, filters: &[Word], known: &Known) {
        let mut kind = match operand {
            Operand::Number(_) => Type::Integer,
            Operand::Text(_) => Type::Text,
            Operand::Name(subject) => match self.subject(subject) {
                Some((kind, must_ask)) => {
                    if must_ask && !known.contains(&key(subject)) && !self.is_given(subject) {
                        self.untested(subject);
                    }
                    kind
                }
                None => return,
            },
        };
        let name = self.checking.sources.slice(match operand {
            Operand::Name(subject) => subject.span(),
            Operand::Number(word) | Operand::Text(word) => word.span,
        });
        let name = name.to_owned();
        for word in filters {
            match Filter::read(word, self.checking.locale) {
                Ok(filter) => match filter.gives(&kind) {
                    Some(gives) => kind = gives,
                    None => {
                        let message = format!("`{}` takes {}; `{name}` is {}", word.text, filter.takes(), kind.noun());
                        let hint = match Filter::names_for(&kind).as_slice() {
                            [] => format!("no filter takes {}; print it without one", kind.noun()),
                            names => format!("the filters for {} are {}", kind.noun(), names.join(", ")),
                        };
                        self.checking.found.push(Diagnostic::new(Code::UnknownFilter, word.span, message).hint(hint));
                        return;
                    }
                },
                Err((message, hint)) => {
                    self.checking.found.push(Diagnostic::new(Code::UnknownFilter, word.span, message).hint(hint));
                    return;
                }
            }
        }
        if !is_printable(&kind) {
            let message = format!("`{name}` is {} and cannot be printed as it is", kind.noun());
            let hint = match kind {
                Type::List(item) if matches!(*item, Type::Record(_)) => {
                    format!("go through it: `{{for s in {name}}}{{s.FIELD}}{{end}}`")
                }
                Type::List(_) => format!("write `{{{name} | list}}`, or go through it with `for`"),
                Type::Record(fields) => {
                    let fields: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                    format!("print one of its fields: {}", fields.join(", "))
                }
                _ => format!("ask for it: `{{if {name}}}…{{end}}`"),
            };
            self.checking.found.push(Diagnostic::new(Code::UnknownFilter, span, message).hint(hint));
        }
    }

    /// The type of what a name stands for, and whether it may be absent.
    fn subject(&mut self, subject: &Subject) -> Option<(Type, bool)> {
        let Some(name) = self.vocabulary.find(&subject.name.text).cloned() else {
            self.unknown(&subject.name);
            return None;
        };
        self.vocabulary.used.insert(name.name.clone());
        let Some(field) = &subject.field else { return Some((name.kind, name.must_ask)) };
        let Type::Record(fields) = &name.kind else {
            let message = format!("`{}` is {} and has no field `{}`", name.name, name.kind.noun(), field.text);
            self.checking.found.push(
                Diagnostic::new(Code::UnknownName, field.span, message).hint("only records have fields; leave it out"),
            );
            return None;
        };
        match fields.iter().find(|known| known.name == field.text) {
            Some(found) => Some((found.kind.clone(), found.optional || name.must_ask)),
            None => {
                let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
                let message = format!("`{}` has no field `{}`", name.name, field.text);
                self.checking.found.push(suggest(
                    Diagnostic::new(Code::UnknownName, field.span, message),
                    &field.text,
                    names.iter().copied(),
                    || format!("its fields are {}", names.join(", ")),
                    Some(field.span),
                ));
                None
            }
        }
    }

    fn unknown(&mut self, name: &Word) {
        let names: Vec<String> = self.vocabulary.list.iter().map(|name| name.name.clone()).collect();
        let diagnostic =
            Diagnostic::new(Code::UnknownName, name.span, format!("nothing here has the name `{}`", name.text));
        self.checking.found.push(suggest(
            diagnostic,
            &name.text,
            names.iter().map(String::as_str),
            || match (self.checking.own == Some(name.span.file), names.len()) {
                (true, _) => format!("what stands in braces is a key of the header: {}", names.join(", ")),
                (false, 0) => "declare it under `params:`".to_owned(),
                (false, _) => format!("declare it under `params:`, or use one of {}", names.join(", ")),
            },
            Some(name.span),
        ));
    }

    /// In a document's own text its header says what is there.
    fn is_given(&self, subject: &Subject) -> bool {
        self.checking.own == Some(subject.name.span.file)
    }

    fn untested(&mut self, subject: &Subject) {
        let name = key(subject);
        let message = format!("`{name}` may be absent, and is printed without being asked for");
        self.checking.found.push(
            Diagnostic::new(Code::UntestedOptional, subject.span(), message)
                .hint(format!("print it between `{{if {name}}}` and `{{end}}`, or give the parameter a default")),
        );
    }

    /// What is there where the condition holds, and where it does not.
    fn condition(&mut self, condition: Option<&Condition>, known: &Known) -> (Known, Known) {
        let (mut holds, mut fails) = (known.clone(), known.clone());
        let Some(condition) = condition else { return (holds, fails) };
        let alone = condition.tests.len() == 1;
        for test in &condition.tests {
            let Some((kind, _)) = self.subject(&test.subject) else { continue };
            if let Some(expected) = &test.expected {
                self.comparison(&test.subject, &kind, expected);
            }
            // All tests hold where it holds; all fail where it fails that
            // needs one alone.
            let there = key(&test.subject);
            if !test.negated && (condition.all || alone) {
                holds.insert(there);
            } else if test.negated && test.expected.is_none() && (!condition.all || alone) {
                fails.insert(there);
            }
        }
        (holds, fails)
    }

    /// `tone is warm`: `warm` must be a value that `tone` can have.
    fn comparison(&mut self, subject: &Subject, kind: &Type, expected: &Word) {
        let name = key(subject);
        if matches!(kind, Type::List(_) | Type::Record(_) | Type::Lines) {
            let message = format!("`{name}` is {} and is compared with nothing", kind.noun());
            self.checking.found.push(
                Diagnostic::new(Code::WrongType, subject.span(), message)
                    .hint(format!("ask whether there is one: `if: {name}`")),
            );
            return;
        }
        let datum = Datum::Words(vec![expected.clone()]);
        if value::read(kind, &datum, Bounds::default()).is_err() {
            let message = format!("`{name}` is never `{}`: it is {}", expected.text, kind.noun());
            let diagnostic = Diagnostic::new(Code::WrongType, expected.span, message);
            let choices: &[String] = if let Type::Choice(choices) = kind { choices } else { &[] };
            self.checking.found.push(suggest(
                diagnostic,
                &expected.text,
                choices.iter().map(String::as_str),
                || format!("write {}", kind.expected()),
                Some(expected.span),
            ));
        }
    }

    /// A loop: what it goes through is a list, and its name hides no other.
    fn repeated(&mut self, variable: &Word, list: &Subject, known: &Known, content: &mut dyn FnMut(&mut Self, &Known)) {
        let item = match self.subject(list) {
            Some((Type::List(item), _)) => Some(*item),
            Some((kind, _)) => {
                let message = format!("`{}` is {}, which cannot be gone through", key(list), kind.noun());
                self.checking.found.push(
                    Diagnostic::new(Code::WrongType, list.span(), message)
                        .hint("`for` goes through a list: declare it as `list of …`"),
                );
                None
            }
            None => None,
        };
        if self.vocabulary.find(&variable.text).is_some() {
            let message = format!("`{}` has a meaning here already", variable.text);
            self.checking.found.push(
                Diagnostic::new(Code::UnknownName, variable.span, message).hint("give the loop's name another word"),
            );
            return;
        }
        // Of a list that is not known the items are taken for texts.
        let kind = item.unwrap_or(Type::Text);
        self.vocabulary.list.push(Name { name: variable.text.clone(), kind, must_ask: false });
        self.vocabulary.loops.push(variable.text.clone());
        content(self, known);
        self.vocabulary.loops.pop();
        self.vocabulary.list.pop();
    }

    /// A label in a loop names many things unless the loop's name is in it.
    fn label(&mut self, name: &Word) {
        self.names_in(name);
        let missing: Vec<String> = self
            .vocabulary
            .loops
            .iter()
            .filter(|variable| !["}", "."].iter().any(|end| name.text.contains(&format!("{{{variable}{end}"))))
            .cloned()
            .collect();
        if let Some(variable) = missing.first() {
            let message = format!("the label `{}` would name a paragraph each time", name.text);
            self.checking.found.push(
                Diagnostic::new(Code::LoopLabel, name.span, message)
                    .hint(format!("put the loop's name into it: `{{#{}-{{{variable}}}}}`", name.text)),
            );
        }
    }

    /// `{s}` in a label is a name like any other.
    fn names_in(&mut self, label: &Word) {
        for (at, _) in label.text.match_indices('{') {
            let rest = &label.text[at + 1..];
            let Some(end) = rest.find('}') else { continue };
            let name = Word { text: rest[..end].to_owned(), span: label.span.part(at + 1..at + 1 + end) };
            let Some((kind, _)) = self.subject(&syntax::subject_of(&name)) else { continue };
            if !is_printable(&kind) {
                let message = format!("`{}` is {} and cannot stand in a label", name.text, kind.noun());
                self.checking
                    .found
                    .push(Diagnostic::new(Code::LoopLabel, name.span, message).hint("a text, a number or a day can"));
            }
        }
    }

    fn include(&mut self, path: &Word, arguments: &[Argument], known: &Known) {
        for argument in arguments {
            match &argument.content[..] {
                // A value that is handed on need not be one that can be printed.
                [Inline::Value { operand: Operand::Name(subject), filters, .. }] if filters.is_empty() => {
                    let must_ask = self.subject(subject).is_some_and(|(_, must_ask)| must_ask);
                    if must_ask && !known.contains(&key(subject)) && !self.is_given(subject) {
                        self.untested(subject);
                    }
                }
                content => self.text(content, known),
            }
        }
        let Checking { files, sources, found, library, open, locale, .. } = &mut *self.checking;
        let Some(resolved) = library.find(path, files, sources, found) else { return };
        if let Some(at) = open.iter().position(|open| *open == resolved) {
            let chain: Vec<&str> = open[at..].iter().map(String::as_str).chain([resolved.as_str()]).collect();
            let message = format!("`{resolved}` includes itself: {}", chain.join(" → "));
            found.push(
                Diagnostic::new(Code::TemplateCycle, path.span, message).hint("take one of these `include:` lines out"),
            );
            return;
        }
        if open.len() >= MAX_INCLUDES {
            let message = format!("more than {MAX_INCLUDES} texts include each other");
            found.push(
                Diagnostic::new(Code::LimitReached, path.span, message)
                    .hint("include the innermost ones where they are needed"),
            );
            return;
        }
        let Some(Some(clause)) = library.clauses.get_mut(&resolved) else { return };
        let parameters = clause.parameters.clone();
        // Each text is checked by itself once, whoever includes it.
        let text = (!clause.is_open).then(|| clause.text.clone());
        clause.is_open = true;
        if let Some(language) = clause.language.as_ref().filter(|word| word.text != locale.language) {
            let message = format!("`{}` is in another language ({})", path.text, language.text);
            let hint = format!("include the text in {}", locale.language);
            found.push(
                Diagnostic::new(Code::IncludedFile, path.span, message).other(language.span, "said here").hint(hint),
            );
        }
        self.arguments(path, arguments, &parameters);
        let Some(text) = text else { return };
        let mut vocabulary = Vocabulary::of(&seen_by(&parameters));
        self.checking.open.push(resolved);
        Checker { checking: &mut *self.checking, vocabulary: &mut vocabulary }.pieces(&text, &Known::new());
        self.checking.open.pop();
        let declared: Vec<(String, Span)> =
            parameters.iter().map(|parameter| (parameter.name.clone(), parameter.place)).collect();
        unused(&declared, &vocabulary, self.checking.found);
    }
}

/// `host`, `s.name`
pub(super) fn key(subject: &Subject) -> String {
    match &subject.field {
        Some(field) => format!("{}.{}", subject.name.text, field.text),
        None => subject.name.text.clone(),
    }
}

/// Parameters that no text uses.
pub(crate) fn unused(declared: &[(String, Span)], vocabulary: &Vocabulary, found: &mut Diagnostics) {
    for (name, place) in declared.iter().filter(|(name, _)| !vocabulary.is_used(name)) {
        found.push(
            Diagnostic::new(Code::UnusedParameter, *place, format!("the parameter `{name}` is used nowhere"))
                .hint("use it in the text, or delete the line"),
        );
    }
}
