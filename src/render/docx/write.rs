//! Paragraphs as XML. What a part leads to outside of itself is in its relations.

use std::collections::BTreeMap;

use super::letters::{letters, look, tag_of};
use super::paragraph::twips;
use super::paragraph::{Body, Format, Link, Look, Mark, Number, Paragraph, Row, Run, Section, Tab, Table, Unit, What};
use super::styles::{ind, indent};
use crate::layout::style::Style;
use crate::ooxml::names::{NOTE_STYLE, ParagraphRole};
use crate::ooxml::xml::text;

/// Whose changes they are, and when they were made.
#[derive(Clone, Debug)]
pub(super) struct Revision {
    pub author: String,
    pub date: Option<String>,
}

/// Changes have numbers behind those of bookmarks.
const FIRST_CHANGE: usize = 1_000_000;

/// Makes XML of a body and its notes, heads and feet.
pub(super) struct Writer<'a> {
    pub style: &'a Style,
    pub body: &'a Body,
    pub revision: Option<Revision>,
    /// Identifiers of bookmarks by their names.
    places: BTreeMap<String, usize>,
    changes: usize,
    controls: usize,
    /// Addresses of the part that is written.
    pub addresses: BTreeMap<String, String>,
    /// Heads and feet, by what is in them.
    pub heads: BTreeMap<String, (String, &'static str)>,
}

impl<'a> Writer<'a> {
    pub fn new(style: &'a Style, body: &'a Body, revision: Option<Revision>) -> Writer<'a> {
        Writer {
            style,
            body,
            revision,
            places: BTreeMap::new(),
            changes: 0,
            controls: 0,
            addresses: BTreeMap::new(),
            heads: BTreeMap::new(),
        }
    }

    /// All of the body, from its first paragraph to the last section's properties.
    pub fn units(&mut self) -> String {
        let mut out = String::new();
        let units = &self.body.units;
        let last = units.iter().rposition(|unit| matches!(unit, Unit::Section(_)));
        let mut after_table = true;
        for (at, unit) in units.iter().enumerate() {
            match unit {
                Unit::Paragraph(paragraph) => {
                    let section = match units.get(at + 1) {
                        Some(Unit::Section(section)) if Some(at + 1) != last && self.revision.is_none() => {
                            self.section(section)
                        }
                        _ => String::new(),
                    };
                    self.paragraph(paragraph, &section, &mut out);
                    after_table = false;
                }
                Unit::Table(table) => {
                    self.table(table, &mut out);
                    after_table = true;
                }
                Unit::Section(section) => {
                    let is_last = Some(at) == last;
                    // In a text with changes no paragraph that may go carries a section.
                    let is_apart = after_table || self.revision.is_some();
                    if is_apart || is_last {
                        let properties = self.section(section);
                        let (within, behind) = if is_last { ("", &*properties) } else { (&*properties, "") };
                        if is_apart {
                            out.push_str(&format!(
                                "<w:p><w:pPr><w:spacing w:before=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>{within}</w:pPr></w:p>"
                            ));
                        }
                        out.push_str(behind);
                    }
                    after_table = true;
                }
            }
        }
        out
    }

    /// The paragraphs of a head or foot.
    pub fn paragraphs(&mut self, paragraphs: &[Paragraph]) -> String {
        let mut out = String::new();
        for paragraph in paragraphs {
            self.paragraph(paragraph, "", &mut out);
        }
        if paragraphs.is_empty() {
            out.push_str(&format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr></w:p>", ParagraphRole::Header.id()));
        }
        out
    }

    /// A footnote, its mark before it.
    pub fn note(&mut self, at: usize, mark: &str) -> String {
        let Some(note) = self.body.notes.get(at) else { return String::new() };
        let look = Look { language: self.body.language.clone(), ..Look::default() };
        let mut paragraph = note.clone();
        paragraph.runs.insert(0, Run { mark: note.mark, ..Run::new(What::Tab, &look) });
        let what = if mark.is_empty() { "<w:footnoteRef/>".to_owned() } else { letters(mark, false) };
        let properties = format!(
            "<w:rPr><w:rStyle w:val=\"{NOTE_STYLE}\"/><w:lang w:val=\"{}\"/></w:rPr>",
            text(&self.body.language)
        );
        let mut out = String::new();
        self.paragraph(&paragraph, "", &mut out);
        let number = format!("<w:r>{properties}{what}</w:r>");
        let at = out.find("</w:pPr>").map_or(out.len(), |at| at + "</w:pPr>".len());
        out.insert_str(at, &number);
        out
    }

    fn change(&mut self) -> String {
        self.changes += 1;
        let Some(Revision { author, date }) = &self.revision else {
            return format!("w:id=\"{}\"", FIRST_CHANGE + self.changes);
        };
        let date = date.as_ref().map(|date| format!(" w:date=\"{}\"", text(date))).unwrap_or_default();
        format!("w:id=\"{}\" w:author=\"{}\"{date}", FIRST_CHANGE + self.changes, text(author))
    }

    fn place(&mut self, name: &str) -> usize {
        let next = self.places.len() + 1;
        *self.places.entry(name.to_owned()).or_insert(next)
    }

    fn paragraph(&mut self, paragraph: &Paragraph, section: &str, out: &mut String) {
        let range = match paragraph.mark {
            Mark::From(name) => Some(("moveFrom", name)),
            Mark::To(name) => Some(("moveTo", name)),
            Mark::Same | Mark::New | Mark::Gone => None,
        };
        let mut ends = String::new();
        if let Some((kind, name)) = range {
            let change = self.change();
            let id = FIRST_CHANGE + self.changes;
            out.push_str(&format!("<w:{kind}RangeStart {change} w:name=\"move{name}\"/>"));
            ends = format!("<w:{kind}RangeEnd w:id=\"{id}\"/>");
        }
        out.push_str("<w:p>");
        let mut properties = self.properties(paragraph.role, &paragraph.number, &paragraph.format);
        let mut mark = String::new();
        if let Some(tag) = tag_of(paragraph.mark) {
            mark.push_str(&format!("<w:{tag} {}/>", self.change()));
        }
        let language = paragraph.runs.iter().find(|run| !run.is_place()).map(|run| run.look.language.clone());
        let language = language.filter(|tag| !tag.is_empty()).unwrap_or_else(|| self.body.language.clone());
        properties.push_str(&format!("<w:rPr>{mark}<w:lang w:val=\"{}\"/></w:rPr>{section}", text(&language)));
        if let Some(was) = &paragraph.was {
            let (role, number, format) = &**was;
            let change = self.change();
            let old = self.properties(*role, number, format);
            properties.push_str(&format!("<w:pPrChange {change}><w:pPr>{old}</w:pPr></w:pPrChange>"));
        }
        out.push_str(&format!("<w:pPr>{properties}</w:pPr>"));
        self.runs(&paragraph.runs, out);
        out.push_str("</w:p>");
        out.push_str(&ends);
    }

    /// What stands in `w:pPr` but the mark's own.
    fn properties(&self, role: ParagraphRole, number: &Number, format: &Format) -> String {
        let style = self.style;
        let mut out = String::new();
        if role != ParagraphRole::Normal {
            out.push_str(&format!("<w:pStyle w:val=\"{}\"/>", role.id()));
        }
        if format.keep_next {
            out.push_str("<w:keepNext/>");
        }
        if format.page_break {
            out.push_str("<w:pageBreakBefore/>");
        }
        let of_style = match role {
            ParagraphRole::Operative => Some(0),
            ParagraphRole::Sub(level) => Some(level),
            _ => None,
        };
        let mut left = format.indent;
        match number {
            Number::Counted { list, level } if *list == 0 && of_style == Some(*level) => {}
            Number::Counted { list, level } => {
                out.push_str(&format!(
                    "<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{}\"/></w:numPr>",
                    list + 1
                ));
            }
            Number::None | Number::Typed | Number::Printed { .. } => {
                if of_style.is_some() {
                    out.push_str("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"0\"/></w:numPr>");
                    left = left.or(Some(indent(role, style)));
                }
            }
        }
        if format.ruled {
            let size = (style.table.rule * 8.0).round() as i64;
            out.push_str("<w:pBdr>");
            for (side, space) in [("top", 12), ("bottom", 6)] {
                out.push_str(&format!(
                    "<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"{space}\" w:color=\"000000\"/>"
                ));
            }
            out.push_str("</w:pBdr>");
        }
        tabs(format, &mut out);
        if format.before.is_some() || format.after.is_some() || format.line.is_some() {
            out.push_str("<w:spacing");
            for (name, value) in [("before", format.before), ("after", format.after), ("line", format.line)] {
                if let Some(value) = value {
                    out.push_str(&format!(" w:{name}=\"{value}\""));
                }
            }
            if format.line.is_some() {
                out.push_str(" w:lineRule=\"exact\"");
            }
            out.push_str("/>");
        }
        match (left, format.right) {
            (Some(left), right) => out.push_str(&ind(left, right)),
            (None, Some(right)) => out.push_str(&format!("<w:ind w:right=\"{right}\"/>")),
            (None, None) => {}
        }
        if format.at_right {
            out.push_str("<w:jc w:val=\"right\"/>");
        } else if format.centred {
            out.push_str("<w:jc w:val=\"center\"/>");
        }
        out
    }

    /// Runs, those of one control, of one link and of one change together.
    fn runs(&mut self, runs: &[Run], out: &mut String) {
        for group in runs.chunk_by(|a, b| a.look.control == b.look.control) {
            let control = group.first().and_then(|run| run.look.control);
            if let Some(tag) = control {
                self.controls += 1;
                out.push_str(&format!(
                    "<w:sdt><w:sdtPr><w:alias w:val=\"{tag}\"/><w:tag w:val=\"{tag}\"/><w:id w:val=\"{}\"/></w:sdtPr><w:sdtContent>",
                    self.controls
                ));
            }
            for group in group.chunk_by(|a, b| a.look.link == b.look.link) {
                self.linked(group, out);
            }
            if control.is_some() {
                out.push_str("</w:sdtContent></w:sdt>");
            }
        }
    }

    fn linked(&mut self, group: &[Run], out: &mut String) {
        let link = group.first().and_then(|run| run.look.link.clone());
        match &link {
            Some(Link::Address(address)) => {
                let next = format!("rLink{}", self.addresses.len() + 1);
                let id = self.addresses.entry(address.clone()).or_insert(next);
                out.push_str(&format!("<w:hyperlink r:id=\"{id}\" w:history=\"1\">"));
            }
            Some(Link::Bookmark(name)) => {
                out.push_str(&format!("<w:hyperlink w:anchor=\"{}\" w:history=\"1\">", text(name)));
            }
            None => {}
        }
        for group in group.chunk_by(|a, b| a.mark == b.mark && a.is_place() == b.is_place()) {
            let mark = group.first().map_or(Mark::Same, |run| run.mark);
            let is_place = group.first().is_some_and(Run::is_place);
            let tag = tag_of(mark).filter(|_| !is_place);
            if let Some(tag) = tag {
                let change = self.change();
                out.push_str(&format!("<w:{tag} {change}>"));
            }
            for run in group {
                self.run(run, out);
            }
            if let Some(tag) = tag {
                out.push_str(&format!("</w:{tag}>"));
            }
        }
        if link.is_some() {
            out.push_str("</w:hyperlink>");
        }
    }

    fn run(&mut self, run: &Run, out: &mut String) {
        let is_gone = run.mark == Mark::Gone;
        let properties = look(&run.look, &self.body.language, matches!(run.what, What::Note(..)));
        match &run.what {
            What::Start(name) => {
                let id = self.place(name);
                out.push_str(&format!("<w:bookmarkStart w:id=\"{id}\" w:name=\"{}\"/>", text(name)));
            }
            What::End(name) => {
                let id = self.place(name);
                out.push_str(&format!("<w:bookmarkEnd w:id=\"{id}\"/>"));
            }
            What::Text(words) => {
                out.push_str(&format!("<w:r>{properties}{}</w:r>", letters(words, is_gone)));
            }
            What::Tab => out.push_str(&format!("<w:r>{properties}<w:tab/></w:r>")),
            What::Note(at, mark) => {
                let id = at + 1;
                let inside = if mark.is_empty() {
                    format!("<w:footnoteReference w:id=\"{id}\"/>")
                } else {
                    let mark = letters(mark, is_gone);
                    format!("<w:footnoteReference w:customMarkFollows=\"1\" w:id=\"{id}\"/>{mark}")
                };
                out.push_str(&format!("<w:r>{properties}{inside}</w:r>"));
            }
            What::Field(code, shown) => {
                let tag = if is_gone { "delInstrText" } else { "instrText" };
                let character = |kind: &str| format!("<w:r>{properties}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
                out.push_str(&character("begin"));
                out.push_str(&format!(
                    "<w:r>{properties}<w:{tag} xml:space=\"preserve\"> {} </w:{tag}></w:r>",
                    text(code)
                ));
                out.push_str(&character("separate"));
                out.push_str(&format!("<w:r>{properties}{}</w:r>", letters(shown, is_gone)));
                out.push_str(&character("end"));
            }
            // All references are fields or links by now.
            What::Reference(_, shown) => {
                out.push_str(&format!("<w:r>{properties}{}</w:r>", letters(shown, is_gone)));
            }
        }
    }

    fn table(&mut self, table: &Table, out: &mut String) {
        let whole: i64 = table.widths.iter().sum();
        out.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblInd w:w=\"{}\" w:type=\"dxa\"/>",
            table.left
        ));
        if table.ruled {
            let size = (self.style.table.rule * 8.0).round() as i64;
            out.push_str("<w:tblBorders>");
            for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                out.push_str(&format!("<w:{side} w:val=\"single\" w:sz=\"{size}\" w:space=\"0\" w:color=\"000000\"/>"));
            }
            out.push_str("</w:tblBorders>");
        }
        let (side, above) = table.pad;
        out.push_str("<w:tblLayout w:type=\"fixed\"/><w:tblCellMar>");
        // A cell that is not ruled ends before the next one begins.
        let right = if table.ruled { side } else { twips(self.style.table.pad) };
        for (name, width) in [("top", above), ("left", side), ("bottom", above), ("right", right)] {
            out.push_str(&format!("<w:{name} w:w=\"{width}\" w:type=\"dxa\"/>"));
        }
        out.push_str("</w:tblCellMar></w:tblPr><w:tblGrid>");
        for width in &table.widths {
            out.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        out.push_str("</w:tblGrid>");
        for row in &table.rows {
            self.row(row, &table.widths, out);
        }
        out.push_str("</w:tbl>");
    }

    fn row(&mut self, row: &Row, widths: &[i64], out: &mut String) {
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        if row.is_header {
            out.push_str("<w:tblHeader/>");
        }
        if let Some(tag) = tag_of(row.mark) {
            let change = self.change();
            out.push_str(&format!("<w:{tag} {change}/>"));
        }
        out.push_str("</w:trPr>");
        for (at, cell) in row.cells.iter().enumerate() {
            let width = widths.get(at).copied().unwrap_or(1);
            out.push_str(&format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>"));
            for paragraph in cell {
                self.paragraph(paragraph, "", out);
            }
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }

    fn section(&mut self, section: &Section) -> String {
        let style = if section.turned { self.style.turned() } else { self.style.clone() };
        let mut out = "<w:sectPr>".to_owned();
        out.push_str(&self.head("header", "default", &section.following));
        if section.has_first {
            out.push_str(&self.head("header", "first", &section.first));
        }
        out.push_str(&self.head("footer", "default", &[]));
        if section.has_first {
            out.push_str(&self.head("footer", "first", &section.first_foot));
        }
        if self.body.notes_restart {
            out.push_str("<w:footnotePr><w:numRestart w:val=\"eachSect\"/></w:footnotePr>");
        }
        let kind = if section.on_right { "oddPage" } else { "nextPage" };
        let turned = if section.turned { " w:orient=\"landscape\"" } else { "" };
        out.push_str(&format!(
            "<w:type w:val=\"{kind}\"/><w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/>",
            twips(style.page.width),
            twips(style.page.height)
        ));
        let margin = twips(style.page.margin);
        let head = twips(style.head.top);
        // What a line has below its letters stands below their place at the foot.
        let foot = head - twips(style.text.leading - 10.95).max(0);
        out.push_str(&format!(
            "<w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" \
             w:header=\"{head}\" w:footer=\"{foot}\" w:gutter=\"0\"/>"
        ));
        if let Some(number) = section.starts {
            out.push_str(&format!("<w:pgNumType w:start=\"{number}\"/>"));
        }
        if section.has_first {
            out.push_str("<w:titlePg/>");
        }
        out.push_str("</w:sectPr>");
        out
    }

    /// A reference to a head or foot, each of which is in the file once.
    fn head(&mut self, kind: &'static str, which: &str, paragraphs: &[Paragraph]) -> String {
        let key = format!("{kind} {}", self.paragraphs(paragraphs));
        let next = format!("rHead{}", self.heads.len() + 1);
        let (id, _) = self.heads.entry(key).or_insert((next, kind));
        format!("<w:{kind}Reference w:type=\"{which}\" r:id=\"{id}\"/>")
    }
}

fn tabs(format: &Format, out: &mut String) {
    if format.tabs.is_empty() {
        return;
    }
    let mut tabs = format.tabs.clone();
    tabs.sort_by_key(|(place, _)| *place);
    tabs.dedup_by_key(|(place, _)| *place);
    out.push_str("<w:tabs>");
    for (place, kind) in tabs {
        let kind = match kind {
            Tab::Left => "w:val=\"left\"",
            Tab::Centre => "w:val=\"center\"",
            Tab::Dotted => "w:val=\"right\" w:leader=\"dot\"",
        };
        out.push_str(&format!("<w:tab {kind} w:pos=\"{place}\"/>"));
    }
    out.push_str("</w:tabs>");
}
