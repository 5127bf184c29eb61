//! A text with its values: branches taken, loops run, texts brought in.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::files::Files;
use super::include::{Library, SHARED, resolve};
use super::piece::{Argument, Piece};
use super::settled::{is_settled, is_settled_inline};
use super::types::MAX_INCLUDES;
use super::untaken::Untaken;
use super::value::{self, Given, Value, Values};
use crate::data::Datum;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::locale::Locale;
use crate::source::{Chain, Sources, Span};
use crate::syntax::ast::{Alternative, Block, BlockKind, Inline, Operand, Paragraph, Row, Subject, Word};
use crate::syntax::{self, Need, Parameter, each_span};

/// So many pieces may come of loops and included texts.
const MAX_STEPS: usize = 1_000_000;
/// So many bytes of values may be printed.
pub(super) const MAX_BYTES: usize = 64 << 20;

/// What a text is filled with.
pub(crate) struct Filling<'a, 'w> {
    pub files: &'a Files<'w>,
    pub sources: &'a mut Sources,
    pub found: &'a mut Diagnostics,
    pub library: &'a Library,
    pub locale: &'a Locale,
    pub parameters: &'a [Parameter],
    pub values: &'a Values,
}

/// What came of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expanded {
    /// What is printed.
    pub blocks: Vec<Block>,
    /// The branches that are not, their values still open.
    pub untaken: Vec<Block>,
    /// Lines of a title, in the order in which they were asked for.
    pub lines: Vec<Vec<Inline>>,
    /// What values in braces print, each at its place; not those of loops and included
    /// texts, which print several things.
    pub printed: Vec<(Span, String)>,
}

/// Fills a text in, and lines beside it.
pub(crate) fn evaluate(filling: Filling<'_, '_>, pieces: Vec<Piece>, lines: &[Vec<Inline>]) -> Expanded {
    let scope = Scope {
        names: filling.parameters.iter().map(|parameter| (parameter.name.clone(), parameter.need)).collect(),
        values: BTreeMap::new(),
        loops: Vec::new(),
    };
    let mut evaluator = Evaluator {
        filling,
        scopes: vec![scope],
        chain: None,
        label_scope: 0,
        label_scopes: 0,
        open: Vec::new(),
        within: 0,
        steps: MAX_STEPS,
        bytes: MAX_BYTES,
        spent: false,
        untaken: Untaken::default(),
        printed: Vec::new(),
    };
    let lines = lines.iter().map(|line| evaluator.text(line)).collect();
    let mut blocks = Vec::new();
    for piece in pieces {
        match piece {
            // Most blocks have nothing to decide and stay as they are.
            Piece::Block(block) if is_settled(&block) => blocks.push(block),
            piece => evaluator.piece(&piece, &mut blocks),
        }
    }
    Expanded { blocks, untaken: evaluator.untaken.blocks, lines, printed: evaluator.printed }
}

/// The rows of a table that was made of a piece of one.
fn rows_of(block: Block) -> Vec<Row> {
    match block.kind {
        BlockKind::Table(table) => table.rows,
        BlockKind::Comment | BlockKind::Paragraph(_) | BlockKind::Keyword(_) | BlockKind::Quote(_) => Vec::new(),
    }
}

/// The names that a text sees.
pub(super) struct Scope {
    pub names: BTreeMap<String, Need>,
    /// What an included text was given; empty for the document, whose values
    /// are its header's.
    pub values: BTreeMap<String, Rc<Given>>,
    pub loops: Vec<(String, Rc<Given>)>,
}

pub(super) struct Evaluator<'a, 'w> {
    pub filling: Filling<'a, 'w>,
    /// Never empty: the first is the document's.
    pub scopes: Vec<Scope>,
    /// What led here, where a loop or an include did.
    chain: Option<Chain>,
    label_scope: u32,
    label_scopes: u32,
    /// The texts that include each other up to here.
    open: Vec<String>,
    /// How many loops and includes are around.
    within: usize,
    steps: usize,
    pub bytes: usize,
    /// Whether a limit was hit, and said.
    pub spent: bool,
    untaken: Untaken,
    printed: Vec<(Span, String)>,
}

impl Evaluator<'_, '_> {
    /// A place as it is reached here.
    pub fn at(&self, span: Span) -> Span {
        self.chain.map_or(span, |chain| span.by(chain))
    }

    /// Whether there is room for one more piece; where there is none, that is
    /// said once.
    fn step(&mut self, place: Span) -> bool {
        if self.spent {
            return false;
        }
        if self.within > 0 {
            self.steps = self.steps.saturating_sub(1);
        }
        if self.steps == 0 {
            self.stop(place, format!("loops and included texts make more than {MAX_STEPS} pieces"));
            return false;
        }
        true
    }

    pub fn stop(&mut self, place: Span, message: String) {
        self.spent = true;
        let place = self.at(place);
        self.filling.found.push(
            Diagnostic::new(Code::LimitReached, place, message)
                .hint("shorten the lists, or let fewer loops and includes stand in each other"),
        );
    }

    fn pieces(&mut self, pieces: &[Piece], out: &mut Vec<Block>) {
        for piece in pieces {
            self.piece(piece, out);
        }
    }

    fn piece(&mut self, piece: &Piece, out: &mut Vec<Block>) {
        if !self.step(piece.place()) {
            return;
        }
        match piece {
            Piece::Block(block) => {
                let block = self.block(block);
                out.push(block);
            }
            Piece::Quote(block, content) => {
                let mut block = self.block(block);
                if let BlockKind::Quote(quote) = &mut block.kind {
                    self.pieces(content, &mut quote.blocks);
                }
                out.push(block);
            }
            Piece::Table(block, rows) => {
                let mut block = self.block(block);
                let mut made = Vec::new();
                self.pieces(rows, &mut made);
                if let BlockKind::Table(table) = &mut block.kind {
                    table.rows = made.into_iter().flat_map(rows_of).collect();
                }
                out.push(block);
            }
            Piece::If { condition, then, otherwise, .. } => {
                let (taken, other) = if self.holds(condition.as_ref()) { (then, otherwise) } else { (otherwise, then) };
                self.pieces(taken, out);
                self.pass_over(other);
            }
            Piece::For { word, head: Some((variable, list)), content } => {
                let items = self.items(list);
                if items.is_empty() {
                    self.pass_over(content);
                }
                for item in items {
                    if self.spent {
                        break;
                    }
                    self.round(*word, variable, item, |evaluator| evaluator.pieces(content, out));
                }
            }
            Piece::For { content, .. } => self.pass_over(content),
            Piece::Named { content, .. } => self.pieces(content, out),
            Piece::Include { path, arguments } => self.include(path, arguments, out),
            Piece::Inherited(_) => {}
        }
    }

    /// Keeps a branch that is not taken, so that it can be checked.
    fn pass_over(&mut self, pieces: &[Piece]) {
        let Filling { files, library, .. } = self.filling;
        let sources = &*self.filling.sources;
        self.untaken.pieces(pieces, self.chain, &|path| {
            let resolved = resolve(path, files, sources).ok()?;
            library.clauses.get(&resolved)?.as_ref().map(|clause| (resolved, clause.text.as_slice()))
        });
    }

    /// One round of a loop.
    fn round(&mut self, word: Span, variable: &Word, item: Rc<Given>, run: impl FnOnce(&mut Self)) {
        self.within += 1;
        // A round counts though nothing comes of it.
        let has_room = self.step(word);
        self.within -= 1;
        if !has_room {
            return;
        }
        let shown = self.shown(&item.value);
        let at = self.at(word);
        let chain = self.filling.sources.led_by(at, format!("with `{}` = {shown}", variable.text));
        let before = self.chain.replace(chain);
        self.within += 1;
        if let Some(scope) = self.scopes.last_mut() {
            scope.loops.push((variable.text.clone(), item));
        }
        run(self);
        if let Some(scope) = self.scopes.last_mut() {
            scope.loops.pop();
        }
        self.within -= 1;
        self.chain = before;
    }

    /// A value as messages show it.
    fn shown(&self, value: &Value) -> String {
        let words = match value {
            Value::Record(fields) => {
                fields.values().map(|given| self.words(&given.value)).collect::<Vec<_>>().join(" | ")
            }
            value => self.words(value),
        };
        format!("`{}`", words.chars().take(40).collect::<String>())
    }

    /// A block with its values, its places as they are reached here.
    fn block(&mut self, block: &Block) -> Block {
        let mut block = block.clone();
        if let Some(chain) = self.chain {
            block.each_span(&mut |span| *span = span.by(chain));
        }
        if let BlockKind::Paragraph(Paragraph { marker: Some(marker), .. }) = &mut block.kind {
            // Nothing typed in a loop need be the number that is printed.
            marker.is_free |= self.within > 0;
        }
        let in_cells = matches!(block.kind, BlockKind::Table(_));
        for text in block.texts_mut() {
            let filled = self.text(text);
            // A cell whose values print nothing is not one that was left empty.
            let blank = |inline: &Inline| matches!(inline, Inline::Text(word) if word.text.trim().is_empty());
            let is_emptied = in_cells && filled.iter().all(blank) && !text.iter().all(blank);
            let place = text.first().map(|first| self.at(first.span())).filter(|_| is_emptied);
            *text = filled;
            text.extend(place.map(|span| Inline::Filled { span, text: String::new(), gap: false }));
        }
        block
    }

    fn text(&mut self, content: &[Inline]) -> Vec<Inline> {
        let mut out = Vec::with_capacity(content.len());
        for inline in content {
            if !self.step(inline.span()) {
                break;
            }
            self.inline(inline, &mut out);
        }
        out
    }

    fn inline(&mut self, inline: &Inline, out: &mut Vec<Inline>) {
        let whole = self.at(inline.span());
        out.push(match inline {
            Inline::Value { operand, filters, .. } => {
                let printed = self.value(whole, operand, filters);
                if self.within == 0 {
                    self.printed.push((inline.span(), syntax::words_of(&printed)));
                }
                out.extend(printed);
                return;
            }
            Inline::If { condition, then, otherwise, .. } => {
                let read = syntax::read_condition(condition);
                let (taken, other) = if self.holds(read.as_ref()) { (then, otherwise) } else { (otherwise, then) };
                self.untaken.text(other, self.chain);
                out.extend(self.text(taken));
                return;
            }
            Inline::For { head, content, .. } => {
                if let Some((variable, list)) = syntax::read_repetition(head) {
                    let items = self.items(&list);
                    if items.is_empty() {
                        self.untaken.text(content, self.chain);
                    }
                    for item in items {
                        if self.spent {
                            break;
                        }
                        self.round(head.span, &variable, item, |evaluator| out.extend(evaluator.text(content)));
                    }
                }
                return;
            }
            Inline::Label { name, .. } => {
                Inline::Label { span: whole, name: self.label(name), scope: self.label_scope }
            }
            Inline::CrossReference { name, filter, .. } => Inline::CrossReference {
                span: whole,
                name: self.label(name),
                scope: self.label_scope,
                filter: filter.clone(),
            },
            Inline::Emphasis { strong, content, .. } => {
                Inline::Emphasis { span: whole, strong: *strong, content: self.text(content) }
            }
            Inline::Bracket { alternatives, .. } => {
                let alternative = |alternative: &Alternative| Alternative {
                    by: alternative.by.clone(),
                    content: self.text(&alternative.content),
                };
                Inline::Bracket { span: whole, alternatives: alternatives.iter().map(alternative).collect() }
            }
            Inline::Note { mark, content, .. } => {
                Inline::Note { span: whole, mark: mark.clone(), content: self.text(content) }
            }
            Inline::Lang { tag, content, .. } => {
                Inline::Lang { span: whole, tag: tag.clone(), content: self.text(content) }
            }
            Inline::Citation { instruments, by_slug, filter, content, .. } => Inline::Citation {
                span: whole,
                instruments: instruments.clone(),
                by_slug: *by_slug,
                filter: filter.clone(),
                content: self.text(content),
            },
            Inline::NoCitation { content, .. } => Inline::NoCitation { span: whole, content: self.text(content) },
            Inline::Unknown { content, .. } => Inline::Unknown { span: whole, content: self.text(content) },
            Inline::Text(_)
            | Inline::Break(_)
            | Inline::Comment(_)
            | Inline::Pipe(_)
            | Inline::Hyphen(..)
            | Inline::OpenBracket { .. }
            | Inline::CloseBracket(_)
            | Inline::Filled { .. } => self.leaf(inline),
        });
    }

    /// What stands in a text and holds no other, at its place in the chain.
    fn leaf(&self, inline: &Inline) -> Inline {
        let mut own = [inline.clone()];
        if let Some(chain) = self.chain {
            each_span(&mut own, &mut |span| *span = span.by(chain));
        }
        let [own] = own;
        own
    }

    /// A label with the values that stand in it, in letters that labels have.
    fn label(&self, name: &Word) -> Word {
        let span = self.at(name.span);
        let mut text = String::new();
        let mut rest = name.text.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((variable, tail)) = after.split_once('}') else { break };
            let word = Word { text: variable.to_owned(), span };
            if let Some(given) = self.find(&syntax::subject_of(&word)) {
                let words = self.words(&given.value).to_lowercase();
                text.extend(words.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }));
            }
            rest = tail;
        }
        text.push_str(rest);
        Word { text, span }
    }

    fn include(&mut self, path: &Word, arguments: &[Argument], out: &mut Vec<Block>) {
        let Ok(resolved) = resolve(path, self.filling.files, self.filling.sources) else { return };
        let library = self.filling.library;
        let Some(Some(clause)) = library.clauses.get(&resolved) else { return };
        // What includes itself was said.
        if self.open.contains(&resolved) || self.open.len() >= MAX_INCLUDES {
            return;
        }
        let mut scope = Scope { names: BTreeMap::new(), values: BTreeMap::new(), loops: Vec::new() };
        for name in SHARED {
            let word = Word { text: name.to_owned(), span: path.span };
            let shared = match self.scopes.len() {
                1 => self.find(&Subject { name: word, field: None }),
                _ => self.scopes.last().and_then(|scope| scope.values.get(name).cloned()),
            };
            if let Some(given) = shared {
                scope.values.insert(name.to_owned(), given);
            }
        }
        for parameter in &clause.parameters {
            scope.names.insert(parameter.name.clone(), parameter.need);
            let argument = arguments.iter().find(|argument| argument.name.text == parameter.name);
            let given = match argument {
                Some(argument) => {
                    let given = self.argument(parameter, argument);
                    if given.is_none() && parameter.need == Need::Required {
                        let message = format!("`{}` is given a value that is not there", parameter.name);
                        let at = self.at(argument.value.span);
                        self.filling.found.push(
                            Diagnostic::new(Code::Placeholder, at, message)
                                .hint("give the value in the header, or include the text only where it is there"),
                        );
                    }
                    given
                }
                None => parameter.default.as_ref().and_then(|default| {
                    let datum = Datum::Words(vec![default.clone()]);
                    let value = value::read(&parameter.kind, &datum, parameter.bounds).ok()?;
                    Some(Rc::new(Given { value, place: default.span }))
                }),
            };
            match given {
                Some(given) => scope.values.insert(parameter.name.clone(), given),
                None => scope.values.remove(&parameter.name),
            };
        }
        let at = self.at(path.span);
        let chain = self.filling.sources.led_by(at, "included here");
        let before = self.chain.replace(chain);
        self.label_scopes += 1;
        let label_scope = std::mem::replace(&mut self.label_scope, self.label_scopes);
        self.within += 1;
        self.open.push(resolved);
        self.scopes.push(scope);
        self.pieces(&clause.text, out);
        self.scopes.pop();
        self.open.pop();
        self.within -= 1;
        self.label_scope = label_scope;
        self.chain = before;
    }

    /// The value of an argument: another value as it is, or words.
    fn argument(&mut self, parameter: &Parameter, argument: &Argument) -> Option<Rc<Given>> {
        let place = self.at(argument.value.span);
        if let [Inline::Value { operand: Operand::Name(subject), filters, .. }] = &argument.content[..]
            && filters.is_empty()
        {
            let given = self.find(subject)?;
            let is_text = matches!(given.value, Value::Text(..) | Value::Gap(_));
            if parameter.kind == syntax::Type::Text && !is_text {
                let text = self.words(&given.value);
                let word = Word { text: text.clone(), span: given.place.head() };
                return Some(Rc::new(Given { value: Value::Text(text, vec![word]), place: given.place }));
            }
            if !given.value.is_within(parameter.bounds) {
                let word = Word { text: self.words(&given.value), span: place };
                let said = value::Wrong::Bounds.said(&word, parameter, "");
                self.filling.found.push(said.other(parameter.place, "it is declared here"));
            }
            return Some(given);
        }
        let has_values = argument.content.iter().any(|inline| !is_settled_inline(inline));
        if has_values {
            let content = self.text(&argument.content);
            let text = syntax::words_of(&content);
            // The words are not the bytes there: an empty place says so.
            let word = Word { text: text.clone(), span: place.head() };
            return Some(Rc::new(Given { value: Value::Text(text, vec![word]), place }));
        }
        let word = Word { text: argument.value.text.clone(), span: place };
        let value = value::read(&parameter.kind, &Datum::Words(vec![word]), parameter.bounds).ok()?;
        Some(Rc::new(Given { value, place }))
    }
}
