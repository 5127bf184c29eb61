//! What stands in a quotation: its numbers are the author's.

use super::columns::Options;
use super::outline::{Node, NodeKind, Outliner};
use crate::diag::{Code, Diagnostic};
use crate::model::Anchor;
use crate::syntax::ast::{Block, BlockKind, Keyword, StructureName};

impl<'a> Outliner<'a, '_> {
    /// The blocks of a quotation, which begins so far from the margin: markers in it are the author's.
    pub fn quoted(&mut self, blocks: &'a [Block], left: f64) -> Vec<Node<'a>> {
        let mut nodes = Vec::new();
        for block in blocks {
            let node = |anchor: Anchor, kind: NodeKind<'a>| Node { anchor, kind };
            nodes.push(match &block.kind {
                BlockKind::Comment => continue,
                BlockKind::Paragraph(paragraph) => {
                    let anchor = self.anchor_of(&paragraph.content);
                    match &paragraph.marker {
                        Some(marker) => {
                            node(anchor, NodeKind::Quoted { marker: self.sources.slice(marker.span), paragraph })
                        }
                        None => node(anchor, NodeKind::Prose(&paragraph.content)),
                    }
                }
                BlockKind::Quote(quote) => {
                    let anchor = self.anchor(block.span);
                    let is_statement = quote.is_statement;
                    let left = self.context.style.left_of_quote(0, is_statement, false);
                    node(anchor, NodeKind::Quote { level: 0, is_statement, nodes: self.quoted(&quote.blocks, left) })
                }
                BlockKind::Table(table) => {
                    if Options::turns(table) {
                        let message = "a table in a quotation cannot be turned";
                        let hint = "leave out `turned`, or put the table behind the quotation";
                        self.found.push(Diagnostic::new(Code::Misplaced, table.word, message).hint(hint));
                    }
                    self.table(table, None, left)
                }
                BlockKind::Keyword(keyword) => match self.quoted_keyword(keyword) {
                    Some(quoted) => quoted,
                    None => continue,
                },
            });
        }
        nodes
    }

    /// Headings can be quoted; what divides and counts a text cannot.
    fn quoted_keyword(&mut self, keyword: &'a Keyword) -> Option<Node<'a>> {
        let content = keyword.value.as_slice();
        match keyword.name {
            StructureName::Section | StructureName::Subsection | StructureName::Heading => {
                let anchor = self.anchor_of(content);
                Some(Node { anchor, kind: NodeKind::Heading { level: 2, number: None, content } })
            }
            StructureName::Session
            | StructureName::Row
            | StructureName::Item
            | StructureName::Decision
            | StructureName::Address
            | StructureName::Signature
            | StructureName::Contents
            | StructureName::Preamble
            | StructureName::Operative
            | StructureName::Numbering
            | StructureName::Annex
            | StructureName::Attachment => {
                let message = format!("`{}:` cannot stand in a quotation", self.sources.slice(keyword.word));
                self.found.push(
                    Diagnostic::new(Code::KeywordValue, keyword.word, message)
                        .hint("`heading:` can, for a heading that is quoted"),
                );
                None
            }
            // It was said where volumes are looked at.
            StructureName::Member => None,
        }
    }
}
