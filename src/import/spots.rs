//! A text as a list of what can be edited in it: each paragraph, row and footnote, with the
//! leaf that it was made of.

use super::read::{Block, Paragraph, Piece, Role, What, words_of};
use crate::compare::{Leaf, LeafKind, Leaves, Side, WordKind};
use crate::model::plain_lines;
use crate::syntax::is_dropped;

/// A paragraph, a row of a table or a footnote.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    /// The leaf that it was made of.
    pub leaf: Option<usize>,
    /// What stands before them in its paragraph: a label that was typed.
    pub lead: String,
    /// Its words; cells are divided by bars.
    pub words: String,
    /// Its number or marker.
    pub label: Option<String>,
    pub kind: SpotKind,
    /// The paragraph itself, or what stands in a row or a note; of what a document prints none.
    pub pieces: Vec<Piece>,
    /// Of a row, the words of its cells.
    pub cells: Vec<String>,
    pub role: Role,
    /// The level of its list, if it has a number or a marker.
    pub level: Option<usize>,
    /// Whether it goes on with the paragraph above it.
    pub continues: bool,
    /// Whether it stands in one paragraph with words that are a spot before it.
    pub joins: bool,
    /// How many paragraphs it is, as the lines of a title.
    pub lines: usize,
    /// The text that it belongs to, where that is appended.
    pub appended: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum SpotKind {
    #[default]
    Paragraph,
    Row,
    Note,
}

/// What divides the cells of a row.
pub(super) const CELL: &str = " | ";

/// All that can be edited, in the order of reading.
pub(super) fn spots(blocks: &[Block]) -> Vec<Spot> {
    let mut out: Vec<Spot> = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => of_paragraph(paragraph, &mut out),
            Block::Table(table) => {
                for row in &table.rows {
                    // A letterhead stands in columns, each line a leaf.
                    if row.cells.iter().flatten().any(|text| text.role == Role::Head) {
                        row.cells.iter().flatten().for_each(|text| of_paragraph(text, &mut out));
                        continue;
                    }
                    let mut spot = Spot { kind: SpotKind::Row, ..Spot::default() };
                    let mut notes = Vec::new();
                    for cell in &row.cells {
                        let mut texts = Vec::new();
                        for text in cell {
                            spot.leaf = spot.leaf.or_else(|| leaf_in(&text.pieces));
                            spot.pieces.extend(text.pieces.iter().cloned());
                            texts.push(trimmed(&text.words()));
                            notes_of(&text.pieces, &mut notes);
                        }
                        texts.retain(|text| !text.is_empty());
                        spot.cells.push(texts.join(" "));
                    }
                    spot.words = spot.cells.join(CELL);
                    out.push(spot);
                    out.append(&mut notes);
                }
            }
        }
    }
    out
}

fn leaf_in(pieces: &[Piece]) -> Option<usize> {
    pieces.iter().find_map(|piece| match piece.what {
        What::Leaf(leaf) => Some(leaf),
        _ => None,
    })
}

/// Words with blanks alike.
pub(super) fn trimmed(words: &str) -> String {
    let seen: String = words.chars().filter(|c| !is_dropped(*c)).collect();
    seen.split(char::is_whitespace).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A paragraph's pieces, divided where leaves begin; what stands before the first is a label
/// that was typed, or words that somebody put there.
fn divided(pieces: &[Piece]) -> Vec<(Option<usize>, Vec<Piece>)> {
    let mut out: Vec<(Option<usize>, Vec<Piece>)> = vec![(None, Vec::new())];
    for piece in pieces {
        match (&piece.what, out.last_mut()) {
            (What::Leaf(leaf), _) => out.push((Some(*leaf), Vec::new())),
            (_, Some((_, last))) => last.push(piece.clone()),
            (_, None) => {}
        }
    }
    out
}

fn of_paragraph(paragraph: &Paragraph, out: &mut Vec<Spot>) {
    if paragraph.role == Role::Contents {
        return;
    }
    let mut lead = String::new();
    let all = divided(&paragraph.pieces);
    let has_leaf = all.iter().any(|(leaf, _)| leaf.is_some());
    let mut has_words = false;
    for (leaf, pieces) in all {
        let words = trimmed(&words_of(&pieces));
        // A leaf's notes stand behind it.
        let mut notes = Vec::new();
        notes_of(&pieces, &mut notes);
        if leaf.is_none() && has_leaf {
            lead = words;
            out.append(&mut notes);
            continue;
        }
        // The lines of a title are one.
        let joins = paragraph.role == Role::Title && leaf.is_none();
        let before = out.last_mut().filter(|before| joins && matches!(before.role, Role::Title | Role::Head));
        if let Some(before) = before {
            before.words = trimmed(&format!("{} {words}", before.words));
            before.lines += 1;
        } else if !words.is_empty() || leaf.is_some() {
            out.push(Spot {
                leaf,
                lead: std::mem::take(&mut lead),
                words,
                label: paragraph.number.as_ref().map(|number| number.label.clone()),
                kind: SpotKind::Paragraph,
                pieces,
                cells: Vec::new(),
                role: paragraph.role,
                level: paragraph.number.as_ref().map(|number| usize::from(number.level)),
                continues: paragraph.continues.is_some(),
                joins: has_words,
                lines: 1,
                appended: None,
            });
            has_words |= out.last().is_some_and(|last| !last.words.is_empty());
        }
        out.append(&mut notes);
    }
}

/// What a document prints, leaf by leaf; and behind that what is appended to it, the leaves counted on.
pub(super) fn of_document(side: &Side<'_>) -> Vec<Spot> {
    let mut out = of_leaves(side, 0, None);
    for member in &side.document.appended {
        let name = member.document.symbol.clone().unwrap_or_else(|| plain_lines(member.document.title()));
        out.extend(of_leaves(&Side::of_document(&member.document), out.len(), Some(&name)));
    }
    out
}

/// The leaves of a text, counted from a number on.
fn of_leaves(side: &Side<'_>, first: usize, appended: Option<&str>) -> Vec<Spot> {
    let leaves = Leaves::of(side);
    let spot = |(at, leaf): (usize, &Leaf)| {
        let is_row = leaf.kind == LeafKind::Row;
        let mut cells = vec![String::new()];
        for word in leaf.words.words.iter().filter(|word| word.kind != WordKind::NoteMark) {
            match (word.kind, cells.last_mut()) {
                (WordKind::Cell, _) => cells.push(String::new()),
                (_, Some(cell)) => cell.push_str(leaf.words.of(word)),
                (_, None) => {}
            }
        }
        let cells: Vec<String> = cells.iter().map(|cell| trimmed(cell)).collect();
        let words = cells.join(CELL);
        Spot {
            leaf: Some(first + at),
            kind: match leaf.kind {
                LeafKind::Row => SpotKind::Row,
                LeafKind::Note => SpotKind::Note,
                _ => SpotKind::Paragraph,
            },
            words,
            cells: if is_row { cells } else { Vec::new() },
            label: leaf.label.clone(),
            role: if leaf.kind == LeafKind::Head { Role::Head } else { Role::Text },
            level: (leaf.kind == LeafKind::Item).then_some(leaf.level),
            continues: leaf.kind == LeafKind::Continuation,
            appended: appended.map(str::to_owned),
            ..Spot::default()
        }
    };
    leaves.list.iter().enumerate().map(spot).collect()
}

fn notes_of(pieces: &[Piece], out: &mut Vec<Spot>) {
    for piece in pieces {
        if let What::Note { content, .. } = &piece.what {
            out.push(Spot {
                leaf: leaf_in(content),
                words: trimmed(&words_of(content)),
                kind: SpotKind::Note,
                pieces: content.clone(),
                ..Spot::default()
            });
        }
    }
}
