//! The blocks of a text.

use super::writer::Writer;
use crate::model::{Anchor, Block, BlockKind, Contents, Inline, Item, List, Numbering, Text};

impl Writer {
    /// Writes blocks, one after the other.
    pub fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        let anchor = block.anchor;
        match &block.kind {
            BlockKind::Opening(content) => self.paragraph(anchor, "opening", content),
            BlockKind::Clause(content) => self.paragraph(anchor, "clause", content),
            BlockKind::Prose(content) => self.paragraph(anchor, "prose", content),
            BlockKind::Continuation { content, .. } => self.paragraph(anchor, "continuation", content),
            BlockKind::Heading { level, label, content } => {
                let depth = self.depth(*level);
                self.heading(anchor, (depth, *level), label.as_deref(), content);
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Quote { is_statement, blocks, .. } => {
                let id = self.id(anchor);
                let class = if *is_statement { "statement" } else { "quote" };
                self.raw(&format!("<blockquote{id} class=\"{class}\">\n"));
                self.other_ids(anchor);
                self.blocks(blocks);
                self.raw("</blockquote>\n");
            }
            BlockKind::Lines { is_signature, lines } => {
                self.lines(anchor, if *is_signature { "signature" } else { "address" }, lines);
            }
            BlockKind::Contents(contents) => self.contents(anchor, contents),
            BlockKind::Table(table) => self.table(anchor, table),
        }
    }

    fn paragraph(&mut self, anchor: Anchor, class: &str, content: &[Inline]) {
        let id = self.id(anchor);
        self.raw(&format!("<p{id} class=\"{class}\">"));
        self.other_ids(anchor);
        self.inlines(content);
        self.raw("</p>\n");
    }

    /// A heading of a depth, whose level in the text is another thing.
    fn heading(&mut self, anchor: Anchor, (depth, level): (usize, usize), label: Option<&str>, content: &[Inline]) {
        let id = self.id(anchor);
        self.raw(&format!("<h{depth}{id} class=\"level-{level}\">"));
        self.other_ids(anchor);
        if let Some(label) = label {
            self.number(label);
            self.raw(" ");
        }
        if level == 0 {
            self.in_capitals(content);
        } else {
            self.inlines(content);
        }
        self.raw(&format!("</h{depth}>\n"));
    }

    /// A number as it is printed: text, which is copied with the words.
    pub fn number(&mut self, label: &str) {
        self.raw("<span class=\"number\">");
        self.text(label);
        self.raw("</span>");
    }

    fn lines(&mut self, anchor: Anchor, class: &str, lines: &[Text]) {
        let id = self.id(anchor);
        self.raw(&format!("<p{id} class=\"{class}\">"));
        self.other_ids(anchor);
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                self.raw("<br>\n");
            }
            self.inlines(line);
        }
        self.raw("</p>\n");
    }

    fn list(&mut self, list: &List) {
        match list.numbering {
            Numbering::Labels => self.labelled(list),
            Numbering::Titles => list.items.iter().for_each(|item| self.titled(item)),
            Numbering::Unordered => self.counted("ul", list),
            Numbering::Decimal | Numbering::LowerRoman | Numbering::LowerAlpha | Numbering::UpperAlpha => {
                self.counted("ol", list);
            }
        }
    }

    /// Numbers stand in the text; the list's own are not shown.
    fn counted(&mut self, tag: &str, list: &List) {
        self.raw(&format!("<{tag} class=\"depth-{}\">\n", list.level));
        for item in &list.items {
            let id = self.id(item.anchor);
            if item.leads_in() {
                self.raw(&format!("<li{id} class=\"leads-in\">"));
                self.other_ids(item.anchor);
                self.number(&item.label);
                self.raw("\n<div>\n");
                self.blocks(&item.body);
                self.raw("</div></li>\n");
                continue;
            }
            self.raw(&format!("<li{id}><p>"));
            self.other_ids(item.anchor);
            self.number(&item.label);
            self.raw(" ");
            self.inlines(&item.content);
            self.raw("</p>\n");
            self.blocks(&item.body);
            self.raw("</li>\n");
        }
        self.raw(&format!("</{tag}>\n"));
    }

    /// Rows of a session: words, and what is said of them. One without a label goes on with
    /// the row before it.
    fn labelled(&mut self, list: &List) {
        self.raw("<dl class=\"labels\">\n");
        let mut is_open = false;
        for item in &list.items {
            if is_open && !item.label.is_empty() {
                self.raw("</div>\n");
                is_open = false;
            }
            let id = self.id(item.anchor);
            if is_open {
                self.raw(&format!("<dd{id}>"));
            } else {
                self.raw(&format!("<div{id}><dt>"));
                self.text(&item.label);
                self.raw("</dt> <dd>");
            }
            is_open = true;
            self.other_ids(item.anchor);
            self.inlines(&item.content);
            if !item.body.is_empty() {
                self.raw("\n");
                self.blocks(&item.body);
            }
            self.raw("</dd>\n");
        }
        self.raw(if is_open { "</div>\n</dl>\n" } else { "</dl>\n" });
    }

    /// An item of an agenda: its title is a heading, and all that was said stands below it.
    fn titled(&mut self, item: &Item) {
        let depth = self.inner();
        let id = self.id(item.anchor);
        self.raw(&format!("<div class=\"agenda-item\">\n<h{depth}{id} class=\"item-title\">"));
        self.other_ids(item.anchor);
        if !item.label.is_empty() {
            self.number(&item.label);
            self.raw(" ");
        }
        self.in_capitals(&item.content);
        self.raw(&format!("</h{depth}>\n"));
        self.blocks(&item.body);
        self.raw("</div>\n");
    }

    /// A list of contents; the first one of a page is a landmark.
    fn contents(&mut self, anchor: Anchor, contents: &Contents) {
        let id = self.id(anchor);
        let tag = if std::mem::replace(&mut self.has_contents, true) { "div" } else { "nav" };
        let label = if tag == "nav" { " aria-labelledby=\"contents_\"" } else { "" };
        self.raw(&format!("<{tag}{id} class=\"contents\"{label}>\n"));
        self.other_ids(anchor);
        let title_id = if tag == "nav" { " id=\"contents_\"" } else { "" };
        self.raw(&format!("<p class=\"contents-title\"{title_id}>"));
        self.inlines(&contents.title);
        self.raw("</p>\n<ul>\n");
        for entry in &contents.entries {
            let label = entry.label.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
            self.entry(entry.anchor, entry.level, &format!("{label}{}", entry.words));
        }
        self.raw(&format!("</ul>\n</{tag}>\n"));
    }

    /// A line of a list of contents, which leads to what it names.
    pub fn entry(&mut self, anchor: Anchor, level: usize, words: &str) {
        self.raw(&format!("<li class=\"level-{level}\">"));
        self.link(anchor, words);
        self.raw("</li>\n");
    }

    /// Words that lead to a block of the document.
    fn link(&mut self, anchor: Anchor, words: &str) {
        let name = self.names.get(anchor).map(|name| crate::web::escaped(name).into_owned());
        match name {
            Some(name) => {
                self.raw(&format!("<a href=\"#{name}\">"));
                self.text(words);
                self.raw("</a>");
            }
            None => self.text(words),
        }
    }
}
