//! The sessions of a meeting: rows that say when it met and who presided, each behind the
//! words that the language has for it, and the items of the agenda. Which rows there are
//! is said by the type of document.

use std::collections::BTreeMap;

use super::counting::Counting;
use super::node::{Node, NodeKind, Row};
use super::outline::Outliner;
use crate::diag::{Code, Diagnostic, Severity, suggest};
use crate::model::Numbering;
use crate::source::{Sources, Span};
use crate::syntax::ast::{Block, BlockKind, Keyword, StructureName};
use crate::syntax::{PartName, RowPlace, SessionRow, words_of};

/// What follows the name of a row whose words before the text are the author's own.
const OWN_WORDS: &str = "-label";
/// The rows below an item of the agenda.
const OF_ITEM: [&str; 2] = ["number", "label"];

impl<'a> Outliner<'a, '_> {
    /// A keyword of sessions, with the blocks behind it.
    pub fn of_session(
        &mut self,
        keyword: &'a Keyword,
        following: &'a [Block],
        counting: &mut Counting,
    ) -> Vec<Node<'a>> {
        if self.rows_of_type().is_empty() {
            self.no_sessions(keyword);
        }
        match keyword.name {
            StructureName::Session => {
                let mut nodes = self.end_session(counting);
                nodes.extend(self.begin_session(keyword, following, counting));
                nodes
            }
            StructureName::Item => self.agenda_item(keyword, following, counting),
            StructureName::Decision => {
                counting.list.interrupt();
                let label = self.words("decision", None, keyword.word);
                let level = self.sessions.in_item.then_some(1);
                let anchor = self.anchor_of(&keyword.value);
                vec![Node { anchor, kind: NodeKind::Led { level, label, content: &keyword.value } }]
            }
            // Rows are printed with what they stand below.
            StructureName::Row
            | StructureName::Preamble
            | StructureName::Operative
            | StructureName::Section
            | StructureName::Subsection
            | StructureName::Heading
            | StructureName::Numbering
            | StructureName::Annex
            | StructureName::Attachment
            | StructureName::Member
            | StructureName::Address
            | StructureName::Signature
            | StructureName::Contents => Vec::new(),
        }
    }

    /// What stands at the end of the session that is open.
    pub fn end_session(&mut self, counting: &mut Counting) -> Vec<Node<'a>> {
        (self.sessions.in_item, self.sessions.is_open, self.sessions.items) = (false, false, None);
        let mut nodes = Vec::new();
        for row in std::mem::take(&mut self.sessions.last) {
            nodes.push(self.numbered_row(row.label.unwrap_or_default(), row.place, counting));
            let anchor = self.anchor_of(row.content);
            nodes.push(Node { anchor, kind: NodeKind::Continuation { level: 0, content: row.content } });
        }
        nodes
    }

    fn begin_session(
        &mut self,
        keyword: &'a Keyword,
        following: &'a [Block],
        counting: &mut Counting,
    ) -> Vec<Node<'a>> {
        let rows = Rows::of(following, self.sources);
        self.unknown_rows(&rows.all);
        self.missing_rows(keyword, &rows);
        counting.restart();
        counting.end_lists();
        counting.current = None;
        let mut nodes = Vec::new();
        let has_title = !words_of(&keyword.value).trim().is_empty();
        if has_title {
            let anchor = self.anchor_of(&keyword.value);
            nodes.push(Node { anchor, kind: NodeKind::Heading { level: 0, number: None, content: &keyword.value } });
        }
        if std::mem::replace(&mut self.sessions.has_begun, true) && !has_title {
            let finding = Diagnostic::new(Code::EmptyParagraph, keyword.word, "this session has no title");
            self.found.push(finding.hint("write it after the colon: only the first session may have none"));
        }
        self.sessions.is_open = true;
        let declared = self.rows_of_type();
        for (at, head) in declared.iter().enumerate().filter(|(_, row)| row.place != RowPlace::Beside) {
            let beside = declared[at + 1..].iter().take_while(|row| row.place == RowPlace::Beside);
            let group: Vec<&SessionRow> = std::iter::once(head).chain(beside).collect();
            match head.place {
                RowPlace::Items => {
                    let label = self.row_label(head, &rows, keyword.word);
                    self.sessions.items = Some(Row { label, content: &[], place: keyword.word });
                }
                RowPlace::Last => {
                    let given = self.given(&group, &rows);
                    self.sessions.last.extend(given);
                }
                RowPlace::Numbered | RowPlace::Beside => {
                    for (at, row) in self.given(&group, &rows).into_iter().enumerate() {
                        if at == 0 {
                            nodes.push(self.numbered_row(String::new(), row.place, counting));
                        }
                        nodes.push(self.row(row));
                    }
                }
            }
        }
        nodes
    }

    /// An item of the agenda; the first one of a session stands below the words for all.
    fn agenda_item(&mut self, keyword: &'a Keyword, following: &'a [Block], counting: &mut Counting) -> Vec<Node<'a>> {
        let mut nodes = Vec::new();
        if !self.sessions.is_open && !self.rows_of_type().is_empty() {
            let message = "`item:` stands before any `session:`";
            let hint = "write `session:` above it, with its rows on the lines below";
            self.found.push(Diagnostic::new(Code::Misplaced, keyword.word, message).hint(hint));
        }
        if let Some(row) = self.sessions.items.take() {
            nodes.push(self.numbered_row(row.label.unwrap_or_default(), row.place, counting));
        }
        let (mut number, mut label) = (None, None);
        for row in rows_below(following) {
            let value = words_of(&row.value).trim().to_owned();
            match self.sources.slice(row.word) {
                "number" => match value.parse::<u32>() {
                    Ok(value) if (1..1000).contains(&value) => number = Some(value),
                    _ => self.found.push(
                        Diagnostic::new(
                            Code::WrongType,
                            row.word,
                            format!("`number: {value}` is no number of an item"),
                        )
                        .hint("write a whole number from 1 to 999"),
                    ),
                },
                "label" => label = Some(self.locale.with_colon(&value)),
                name => self.unknown_row(row.word, name, "item", OF_ITEM.map(str::to_owned).to_vec()),
            }
        }
        self.sessions.item = number.unwrap_or(self.sessions.item.saturating_add(1));
        self.sessions.in_item = true;
        counting.end_lists();
        counting.current = Some(0);
        // Who gives other words than those with the number may have another number in them.
        let item = number.or(label.is_none().then_some(self.sessions.item));
        let label = label.or_else(|| self.words("item", item, keyword.word)).unwrap_or_default();
        let (anchor, content) = (self.anchor_of(&keyword.value), keyword.value.as_slice());
        let numbering = Numbering::Titles;
        nodes.push(Node { anchor, kind: NodeKind::Labelled { label, item, numbering, content } });
        nodes
    }
}

/// The rows that stand directly below a keyword.
pub(super) fn rows_below(following: &[Block]) -> impl Iterator<Item = &Keyword> {
    let is_of_rows = |block: &&Block| match &block.kind {
        BlockKind::Comment => true,
        BlockKind::Keyword(keyword) => keyword.name == StructureName::Row,
        BlockKind::Paragraph(_) | BlockKind::Quote(_) | BlockKind::Table(_) => false,
    };
    following.iter().take_while(is_of_rows).filter_map(Block::keyword)
}

/// The rows of a session, and the first of each name.
struct Rows<'a> {
    all: Vec<&'a Keyword>,
    named: BTreeMap<&'a str, &'a Keyword>,
}

impl<'a> Rows<'a> {
    fn of(following: &'a [Block], sources: &'a Sources) -> Rows<'a> {
        let mut rows = Rows { all: rows_below(following).collect(), named: BTreeMap::new() };
        for row in &rows.all {
            rows.named.entry(sources.slice(row.word)).or_insert(row);
        }
        rows
    }
}

impl<'a> Outliner<'a, '_> {
    /// The rows that sessions of this type of document have.
    pub fn rows_of_type(&self) -> &'a [SessionRow] {
        &self.context.filled.template.session
    }

    /// The row of a number that has words of its own, or leads to what follows.
    fn numbered_row(&mut self, words: String, place: Span, counting: &mut Counting) -> Node<'a> {
        counting.paragraph = counting.paragraph.saturating_add(1);
        let number = counting.paragraph.to_string();
        Node { anchor: self.anchor(place), kind: NodeKind::Stated { number, words } }
    }

    fn row(&mut self, Row { label, content, .. }: Row<'a>) -> Node<'a> {
        let (anchor, label) = (self.anchor_of(content), label.unwrap_or_default());
        Node { anchor, kind: NodeKind::Labelled { label, item: None, numbering: Numbering::Labels, content } }
    }

    /// The rows of a group that are given: those of its head, then the others as the author
    /// has them. A row that is given again has its words once.
    fn given(&mut self, group: &[&SessionRow], rows: &Rows<'a>) -> Vec<Row<'a>> {
        let head = group.first().map_or("", |row| row.name.text.as_str());
        let (heads, others): (Vec<&'a Keyword>, Vec<&'a Keyword>) =
            rows.all.iter().partition(|row| self.sources.slice(row.word) == head);
        let mut given = Vec::new();
        let mut before = None;
        for row in heads.into_iter().chain(others) {
            let name = self.sources.slice(row.word);
            let Some(declared) = group.iter().find(|declared| declared.name.text == name) else { continue };
            let label = if before == Some(name) { None } else { self.row_label(declared, rows, row.word) };
            before = Some(name);
            given.push(Row { label, content: &row.value, place: row.word });
        }
        given
    }

    /// The words before a row: the author's own, or the language's.
    fn row_label(&mut self, declared: &SessionRow, rows: &Rows<'a>, place: Span) -> Option<String> {
        match rows.named.get(format!("{}{OWN_WORDS}", declared.name.text).as_str()) {
            Some(row) => Some(self.locale.with_colon(words_of(&row.value).trim())),
            None => self.words(&declared.name.text, None, place),
        }
    }

    /// The words of the language before a row, an item of the agenda or a decision.
    fn words(&mut self, name: &str, number: Option<u32>, place: Span) -> Option<String> {
        let labels = &self.locale.labels;
        let of_body = labels.get(&format!("{}.{name}", self.context.filled.body()));
        let Some(fact) = of_body.or_else(|| labels.get(name)) else {
            let language = &self.locale.language;
            let message = format!("the words before `{name}` are not known in this language ({language})");
            let hint = match name {
                "item" => "give them in your own on the line below: `label: Point 1`".to_owned(),
                "decision" => "write the paragraph without the keyword, in your own words".to_owned(),
                _ => format!("give them in your own on a line below `session:`: `{name}{OWN_WORDS}:` and the words"),
            };
            self.found.push(Diagnostic::new(Code::NoWords, place, message).hint(hint));
            return None;
        };
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        Some(self.locale.with_colon(&fact.text.replace("{number}", &number)))
    }

    /// Whether this type of document has a preamble or an operative part.
    pub fn has_parts(&self) -> bool {
        let template = &self.context.filled.template;
        [PartName::Preamble, PartName::Operative].into_iter().any(|part| template.has_part(part))
    }

    /// A part that this type of document has not; a volume has no text, which is said elsewhere.
    pub fn no_parts(&mut self, keyword: &Keyword) {
        if !self.has_parts() && !self.context.filled.template.is_volume() {
            let (word, kind) = (keyword.name.word(), &self.context.filled.template.name);
            let message = format!("`{word}:` stands in a {kind}, which has no such part");
            let hint = "delete it, or put the text into a document of its own";
            self.found.push(Diagnostic::new(Code::Misplaced, keyword.word, message).hint(hint));
        }
    }

    fn no_sessions(&mut self, keyword: &Keyword) {
        let word = self.sources.slice(keyword.word);
        let kind = &self.context.filled.template.name;
        let message = format!("`{word}:` stands in a {kind}, which has no sessions");
        let hint = format!("`\\{word}:` prints the word; journals have sessions: `document: journal`");
        self.found.push(Diagnostic::new(Code::Misplaced, keyword.word, message).hint(hint));
    }

    /// Rows below `session:` that its type has not, or has once.
    fn unknown_rows(&mut self, rows: &[&'a Keyword]) {
        let declared = self.rows_of_type();
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for row in rows {
            let name = self.sources.slice(row.word);
            let own = name.strip_suffix(OWN_WORDS);
            let known = declared.iter().find(|declared| {
                let takes_value = declared.place != RowPlace::Items;
                (takes_value && declared.name.text == name) || own == Some(declared.name.text.as_str())
            });
            let first = seen.get(name).copied();
            match (known, first) {
                (None, _) => {
                    let names = declared.iter().flat_map(|row| {
                        let label = format!("{}{OWN_WORDS}", row.name.text);
                        let value = (row.place != RowPlace::Items).then(|| row.name.text.clone());
                        value.into_iter().chain([label])
                    });
                    let names = names.collect();
                    self.unknown_row(row.word, name, "session", names);
                }
                (Some(known), Some(first)) if !known.repeatable || own.is_some() => self.found.push(
                    Diagnostic::new(Code::DuplicateKey, row.word, format!("the row `{name}` stands here twice"))
                        .other(first, "first here")
                        .hint("delete one of the two lines"),
                ),
                (Some(_), _) => {}
            }
            seen.entry(name).or_insert(row.word);
        }
    }

    fn unknown_row(&mut self, place: Span, name: &str, of: &str, names: Vec<String>) {
        let message = format!("`{of}:` has no row `{name}`");
        let all = names.iter().filter(|name| !name.ends_with(OWN_WORDS)).cloned().collect::<Vec<_>>().join(", ");
        let unknown = Diagnostic::new(Code::UnknownKey, place, message);
        let known = names.iter().map(String::as_str);
        self.found.push(suggest(unknown, name, known, || format!("its rows are {all}"), Some(place)));
    }

    fn missing_rows(&mut self, keyword: &Keyword, rows: &Rows<'a>) {
        let needed = self.rows_of_type().iter().filter(|row| row.place != RowPlace::Items && !row.optional);
        let names = needed.map(|row| row.name.text.as_str()).filter(|name| !rows.named.contains_key(name));
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        if names.is_empty() {
            return;
        }
        let is_final = self.context.filled.values.is_final();
        let weight = if is_final { Severity::Error } else { Severity::Warning };
        let what = if names.len() > 1 { "rows" } else { "row" };
        let message = format!("this session has no {what} {}", names.join(", "));
        let hint = "write them on lines directly below `session:`, as `date: Thursday, 5 March 2026`";
        self.found.push(Diagnostic::new(Code::MissingKey, keyword.word, message).hint(hint).at_most(weight));
    }
}
