//! Paragraphs, tables and what else stands in a text and has no number.

use super::writer::{Writer, escaped};
use crate::model::{Anchor, Block, BlockKind, CellText, Contents, Inline, Table, Text};

/// Whether a block belongs to the hierarchy of a text: numbered, or with a title.
pub(super) fn is_hierarchy(block: &Block) -> bool {
    match &block.kind {
        BlockKind::List(_) | BlockKind::Heading { .. } => true,
        BlockKind::Opening(_)
        | BlockKind::Clause(_)
        | BlockKind::Prose(_)
        | BlockKind::Continuation { .. }
        | BlockKind::Quote { .. }
        | BlockKind::Lines { .. }
        | BlockKind::Contents(_)
        | BlockKind::Table(_) => false,
    }
}

impl Writer<'_> {
    /// Blocks that have no number, in what is called `around`.
    pub fn blocks(&mut self, blocks: &[Block], around: &str) {
        for block in blocks {
            match &block.kind {
                BlockKind::Opening(content)
                | BlockKind::Clause(content)
                | BlockKind::Prose(content)
                | BlockKind::Continuation { content, .. } => self.paragraph(block.anchor, content, around),
                BlockKind::Lines { is_signature, lines } => {
                    self.lines(if *is_signature { "signature" } else { "address" }, lines);
                }
                BlockKind::Quote { is_statement, blocks, .. } => {
                    let name = self.name(around, "embeddedStructure", "");
                    let kind = if *is_statement { "statement" } else { "quotation" };
                    self.raw(&format!("<block name=\"{kind}\"><embeddedStructure eId=\"{name}\">\n"));
                    self.mixed(blocks, &name);
                    self.raw("</embeddedStructure></block>\n");
                }
                BlockKind::Contents(contents) => self.contents(contents, around),
                BlockKind::Table(table) => self.table(block.anchor, table, around),
                // They are no such blocks.
                BlockKind::List(_) | BlockKind::Heading { .. } => self.hierarchy(std::slice::from_ref(block), around),
            }
        }
    }

    /// A paragraph; it has a name where something may lead to it.
    fn paragraph(&mut self, anchor: Anchor, content: &[Inline], around: &str) {
        let name = self.name_of(anchor, around, "p", "");
        self.raw(&format!("<p eId=\"{name}\">"));
        self.inlines(Some(anchor), content);
        self.raw("</p>\n");
    }

    fn lines(&mut self, kind: &str, lines: &[Text]) {
        self.raw(&format!("<block name=\"{kind}\">"));
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.raw("<eol/>");
            }
            self.inlines(None, line);
        }
        self.raw("</block>\n");
    }

    fn contents(&mut self, contents: &Contents, around: &str) {
        self.raw("<p>");
        self.inlines(None, &contents.title);
        self.raw("</p>\n");
        let entries = contents.entries.iter().map(|entry| {
            let label = entry.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
            (entry.anchor, entry.level, format!("{label}{}", entry.words))
        });
        self.toc(entries.collect(), around);
    }

    /// A list of what a text has; an empty one is none.
    pub fn toc(&mut self, entries: Vec<(Anchor, usize, String)>, around: &str) {
        if entries.is_empty() {
            return;
        }
        let name = self.name(around, "toc", "");
        self.raw(&format!("<toc eId=\"{name}\">\n"));
        for (anchor, level, words) in entries {
            let target = escaped(self.target(anchor).unwrap_or_default());
            self.element(&format!("tocItem level=\"{level}\" href=\"#{target}\""), &words);
            self.raw("\n");
        }
        self.raw("</toc>\n");
    }

    fn table(&mut self, anchor: Anchor, table: &Table, around: &str) {
        let name = self.name_of(anchor, around, "table", "");
        self.raw(&format!("<table eId=\"{name}\">\n"));
        for (at, row) in table.rows.iter().enumerate() {
            let tag = if table.ruled && at == 0 { "th" } else { "td" };
            self.raw("<tr>");
            for cell in &row.cells {
                self.raw(&format!("<{tag}>"));
                if cell.is_empty() {
                    self.raw("<p/>");
                }
                for CellText { label, line: _, content } in cell {
                    self.raw("<p>");
                    if let Some(label) = label {
                        self.text(&format!("{label} "));
                    }
                    self.inlines(Some(anchor), content);
                    self.raw("</p>");
                }
                self.raw(&format!("</{tag}>"));
            }
            self.raw("</tr>\n");
        }
        self.raw("</table>\n");
    }
}
