//! The hierarchy of a text: sections, paragraphs, sub-paragraphs.

use super::block::is_hierarchy;
use super::writer::{Writer, slug};
use crate::model::{Anchor, Block, BlockKind, Inline, Item, List, Numbering};

impl Writer<'_> {
    /// Blocks of a text: as they are where none has a number, else as its hierarchy.
    pub fn mixed(&mut self, blocks: &[Block], around: &str) {
        if blocks.iter().any(is_hierarchy) { self.hierarchy(blocks, around) } else { self.blocks(blocks, around) }
    }

    /// A hierarchy: a heading has all up to the next one of its level, and what has no number
    /// stands in a container.
    pub fn hierarchy(&mut self, blocks: &[Block], around: &str) {
        let mut rest = blocks;
        while let Some((first, behind)) = rest.split_first() {
            match &first.kind {
                BlockKind::Heading { level, label, content } => {
                    let ends = |block: &Block| block.kind.heading().is_some_and(|next| next.level <= *level);
                    let end = behind.iter().position(ends).unwrap_or(behind.len());
                    let (inner, after) = behind.split_at(end);
                    self.section(first.anchor, *level, (label.as_deref(), content), inner, around);
                    rest = after;
                }
                BlockKind::List(list) => {
                    self.list(list, around);
                    rest = behind;
                }
                BlockKind::Opening(_)
                | BlockKind::Clause(_)
                | BlockKind::Prose(_)
                | BlockKind::Continuation { .. }
                | BlockKind::Quote { .. }
                | BlockKind::Lines { .. }
                | BlockKind::Contents(_)
                | BlockKind::Table(_) => {
                    let end = rest.iter().position(is_hierarchy).unwrap_or(rest.len());
                    let (here, after) = rest.split_at(end);
                    let name = self.name(around, "hcontainer", "");
                    self.raw(&format!("<hcontainer name=\"text\" eId=\"{name}\"><content>\n"));
                    self.blocks(here, &name);
                    self.raw("</content></hcontainer>\n");
                    rest = after;
                }
            }
        }
    }

    fn section(
        &mut self,
        anchor: Anchor,
        level: usize,
        (label, content): (Option<&str>, &[Inline]),
        inner: &[Block],
        around: &str,
    ) {
        let kind = match level {
            0 => "session",
            1 => "section",
            _ => "subsection",
        };
        let number = label.map(|label| slug(label, "")).unwrap_or_default();
        let name = self.name_of(anchor, around, "hcontainer", &number);
        self.raw(&format!("<hcontainer name=\"{kind}\" eId=\"{name}\">"));
        if let Some(label) = label {
            self.element("num", label);
        }
        if !content.is_empty() {
            self.raw("<heading>");
            self.inlines(Some(anchor), content);
            self.raw("</heading>");
        }
        self.raw("\n");
        self.inside(None, inner, &name);
        self.raw("</hcontainer>\n");
    }

    fn list(&mut self, list: &List, around: &str) {
        for item in &list.items {
            let (tag, kind) = match (list.numbering, list.level) {
                (Numbering::Labels, _) => ("hcontainer name=\"row\"", "hcontainer"),
                (Numbering::Titles, _) => ("hcontainer name=\"item\"", "hcontainer"),
                (Numbering::Unordered, _) => ("indent", "indent"),
                (_, 0) => ("paragraph", "para"),
                (_, 1) => ("subparagraph", "subpara"),
                (_, 2) => ("point", "point"),
                (_, _) => ("indent", "indent"),
            };
            self.item(item, list.numbering, (tag, kind), around);
        }
    }

    fn item(&mut self, item: &Item, numbering: Numbering, (tag, kind): (&str, &str), around: &str) {
        let number = item.label.rsplit(['[', ':']).find(|part| !part.trim().is_empty()).filter(|_| numbering.counts());
        let number = number.map_or(String::new(), |number| slug(number, ""));
        let name = self.name_of(item.anchor, around, kind, &number);
        self.raw(&format!("<{tag} eId=\"{name}\">"));
        if !item.label.is_empty() {
            self.element("num", &item.label);
        }
        let content = Some((item.anchor, item.content.as_slice())).filter(|(_, content)| !content.is_empty());
        let is_title = numbering == Numbering::Titles;
        if let Some((anchor, words)) = content.filter(|_| is_title) {
            self.raw("<heading>");
            self.inlines(Some(anchor), words);
            self.raw("</heading>\n");
        }
        self.inside(content.filter(|_| !is_title), &item.body, &name);
        let tag = tag.split(' ').next().unwrap_or(tag);
        self.raw(&format!("</{tag}>\n"));
    }

    /// What stands in an element of the hierarchy: words alone, or words, other elements, and
    /// words behind them.
    fn inside(&mut self, words: Option<(Anchor, &[Inline])>, blocks: &[Block], around: &str) {
        let first = blocks.iter().position(is_hierarchy);
        let (before, rest) = blocks.split_at(first.unwrap_or(blocks.len()));
        let tag = if first.is_some() { "intro" } else { "content" };
        if words.is_some() || !before.is_empty() {
            self.raw(&format!("<{tag}>"));
            if let Some((anchor, content)) = words {
                self.raw("<p>");
                self.inlines(Some(anchor), content);
                self.raw("</p>\n");
            }
            self.blocks(before, around);
            self.raw(&format!("</{tag}>\n"));
        }
        let has_heading = rest.iter().any(|block| block.kind.heading().is_some());
        let end = rest.iter().rposition(is_hierarchy).map_or(0, |last| last + 1);
        let (inner, behind) = if has_heading { (rest, &[][..]) } else { rest.split_at(end) };
        self.hierarchy(inner, around);
        if !behind.is_empty() {
            self.raw("<wrapUp>");
            self.blocks(behind, around);
            self.raw("</wrapUp>\n");
        }
    }
}
