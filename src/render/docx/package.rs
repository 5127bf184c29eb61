//! The parts of a file: what is in each, and how they lead to each other.

use std::collections::BTreeMap;

use super::numbers::LEVELS;
use super::options::DocxOptions;
use super::paragraph::{Body, Family, Form, Lists, Unit, What, twips};
use super::styles::{FACE, ind, indent, styles};
use super::theme::theme;
use super::write::{Revision, Writer};
use crate::layout::style::Style;
use crate::model::{Document, plain_lines};
use crate::ooxml::names::{
    CONTENT_TYPES, CORE_PROPERTIES, CORE_RELATION, CUSTOM_PROPERTIES, PACKAGE_RELATIONS, ParagraphRole, RELATIONS,
    SOURCE_PROPERTY, SUB_LEVELS, VALUES, WORD,
};
use crate::ooxml::pack::Part;
use crate::ooxml::xml::{DECLARATION, text};

const DOCUMENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts of a document.
pub(super) fn parts(document: &Document, body: &Body, style: &Style, options: &DocxOptions) -> Vec<Part> {
    all(document, body, style, options, None)
}

/// The same, with whose changes are shown in it.
pub(super) fn all(
    document: &Document,
    body: &Body,
    style: &Style,
    options: &DocxOptions,
    revision: Option<Revision>,
) -> Vec<Part> {
    let mut writer = Writer::new(style, body, revision);
    let namespaces = format!("xmlns:w=\"{WORD}\" xmlns:r=\"{RELATIONS}\"");
    let units = writer.units();
    let main = format!("{DECLARATION}<w:document {namespaces}><w:body>{units}</w:body></w:document>");
    let addresses = std::mem::take(&mut writer.addresses);
    let notes = notes(&mut writer, body, &namespaces, style);
    let of_notes = std::mem::take(&mut writer.addresses);
    let mut heads: Vec<(String, String, &'static str)> = Vec::new();
    for (content, (id, kind)) in &writer.heads {
        heads.push((id.clone(), content.split_once(' ').map_or("", |(_, rest)| rest).to_owned(), kind));
    }
    heads.sort_by_key(|(id, _, _)| id.trim_start_matches("rHead").parse::<usize>().unwrap_or_default());
    let mut parts = vec![
        Part::new("[Content_Types].xml", content_types(&heads, options)),
        Part::new("_rels/.rels", package_relations(options)),
        Part::new("word/document.xml", main),
        Part::new("word/_rels/document.xml.rels", document_relations(&heads, &addresses)),
        Part::new("word/styles.xml", styles(style, &body.language)),
        Part::new("word/numbering.xml", numbering(&body.lists, style)),
        Part::new("word/settings.xml", settings(body, style)),
        Part::new("word/fontTable.xml", fonts()),
        Part::new("word/theme/theme1.xml", theme()),
        Part::new("word/footnotes.xml", notes),
    ];
    if !of_notes.is_empty() {
        let links: String = of_notes.iter().map(|(address, id)| link(id, address)).collect();
        parts.push(Part::new("word/_rels/footnotes.xml.rels", relations(&links)));
    }
    for (at, (_, content, kind)) in heads.iter().enumerate() {
        let tag = if *kind == "header" { "hdr" } else { "ftr" };
        let content = format!("{DECLARATION}<w:{tag} {namespaces}>{content}</w:{tag}>");
        parts.push(Part::new(&format!("word/{kind}{}.xml", at + 1), content));
    }
    parts.push(Part::new("docProps/core.xml", core(document, body, options)));
    if let Some(source) = &options.source {
        parts.push(Part::new("docProps/custom.xml", custom(source)));
    }
    parts
}

fn notes(writer: &mut Writer<'_>, body: &Body, namespaces: &str, style: &Style) -> String {
    let height = twips(2.0 * style.note.gap);
    let rule = |kind: &str, id: i32, tag: &str| {
        format!(
            "<w:footnote w:type=\"{kind}\" w:id=\"{id}\"><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" \
             w:line=\"{height}\" w:lineRule=\"exact\"/></w:pPr><w:r><w:{tag}/></w:r></w:p></w:footnote>"
        )
    };
    let mut out = format!("{DECLARATION}<w:footnotes {namespaces}>");
    out.push_str(&rule("separator", -1, "separator"));
    out.push_str(&rule("continuationSeparator", 0, "continuationSeparator"));
    let mut marks: BTreeMap<usize, String> = BTreeMap::new();
    for unit in &body.units {
        let runs: Vec<&super::paragraph::Run> = match unit {
            Unit::Paragraph(paragraph) => paragraph.runs.iter().collect(),
            Unit::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells).flatten();
                cells.flat_map(|paragraph| &paragraph.runs).collect()
            }
            Unit::Section(_) => Vec::new(),
        };
        for run in runs {
            if let What::Note(at, mark) = &run.what {
                marks.insert(*at, mark.clone());
            }
        }
    }
    for at in 0..body.notes.len() {
        let mark = marks.get(&at).map_or("", String::as_str);
        out.push_str(&format!("<w:footnote w:id=\"{}\">{}</w:footnote>", at + 1, writer.note(at, mark)));
    }
    out.push_str("</w:footnotes>");
    out
}

fn content_types(heads: &[(String, String, &'static str)], options: &DocxOptions) -> String {
    let mut out = format!(
        "{DECLARATION}<Types xmlns=\"{CONTENT_TYPES}\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{DOCUMENT}.document.main+xml\"/>"
    );
    for name in ["styles", "numbering", "settings", "fontTable", "footnotes"] {
        out.push_str(&format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{DOCUMENT}.{name}+xml\"/>"));
    }
    out.push_str("<Override PartName=\"/word/theme/theme1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.theme+xml\"/>");
    for (at, (_, _, kind)) in heads.iter().enumerate() {
        let number = at + 1;
        out.push_str(&format!(
            "<Override PartName=\"/word/{kind}{number}.xml\" ContentType=\"{DOCUMENT}.{kind}+xml\"/>"
        ));
    }
    out.push_str(
        "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>",
    );
    if options.source.is_some() {
        out.push_str(
            "<Override PartName=\"/docProps/custom.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.custom-properties+xml\"/>",
        );
    }
    out.push_str("</Types>");
    out
}

fn relations(inside: &str) -> String {
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE_RELATIONS}\">{inside}</Relationships>")
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
}

fn link(id: &str, address: &str) -> String {
    format!(
        "<Relationship Id=\"{id}\" Type=\"{RELATIONS}/hyperlink\" Target=\"{}\" TargetMode=\"External\"/>",
        text(address)
    )
}

fn package_relations(options: &DocxOptions) -> String {
    let mut inside = relation("rId1", &format!("{RELATIONS}/officeDocument"), "word/document.xml");
    inside.push_str(&relation("rId2", CORE_RELATION, "docProps/core.xml"));
    if options.source.is_some() {
        inside.push_str(&relation("rId3", &format!("{RELATIONS}/custom-properties"), "docProps/custom.xml"));
    }
    relations(&inside)
}

fn document_relations(heads: &[(String, String, &'static str)], addresses: &BTreeMap<String, String>) -> String {
    let mut inside = String::new();
    for (at, name) in ["styles", "numbering", "settings", "fontTable", "footnotes"].iter().enumerate() {
        inside.push_str(&relation(&format!("rId{}", at + 1), &format!("{RELATIONS}/{name}"), &format!("{name}.xml")));
    }
    inside.push_str(&relation("rId9", &format!("{RELATIONS}/theme"), "theme/theme1.xml"));
    for (at, (id, _, kind)) in heads.iter().enumerate() {
        inside.push_str(&relation(id, &format!("{RELATIONS}/{kind}"), &format!("{kind}{}.xml", at + 1)));
    }
    inside.extend(addresses.iter().map(|(address, id)| link(id, address)));
    relations(&inside)
}

/// Each kind of list, and the lists of each.
fn numbering(lists: &Lists, style: &Style) -> String {
    let mut out = format!("{DECLARATION}<w:numbering xmlns:w=\"{WORD}\">");
    for (kind, (family, forms)) in lists.kinds.iter().enumerate() {
        out.push_str(&format!(
            "<w:abstractNum w:abstractNumId=\"{kind}\"><w:nsid w:val=\"{:08X}\"/><w:multiLevelType w:val=\"multilevel\"/>\
             <w:tmpl w:val=\"{:08X}\"/>",
            0x4348_0000 + kind,
            0x4349_0000 + kind
        ));
        for level in 0..LEVELS {
            out.push_str(&list_level(kind, *family, level, forms.get(&level), style));
        }
        out.push_str("</w:abstractNum>");
    }
    for (at, (kind, begins)) in lists.all.iter().enumerate() {
        out.push_str(&format!("<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{kind}\"/>", at + 1));
        if let Some((level, number)) = begins {
            out.push_str(&format!(
                "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{number}\"/></w:lvlOverride>"
            ));
        }
        out.push_str("</w:num>");
    }
    out.push_str("</w:numbering>");
    out
}

fn list_level(kind: usize, family: Family, level: usize, form: Option<&Form>, style: &Style) -> String {
    let usual = match (family, level) {
        (Family::Paragraphs, 0) => ("%1.".to_owned(), "decimal"),
        (Family::Paragraphs, 1) => ("(%2)".to_owned(), "lowerLetter"),
        (Family::Paragraphs, 2) => ("(%3)".to_owned(), "lowerRoman"),
        (Family::Paragraphs, _) => ("–".to_owned(), "bullet"),
        (Family::Headings, 0) => ("%1.".to_owned(), "upperRoman"),
        (Family::Headings, 1) => ("%2.".to_owned(), "upperLetter"),
        (Family::Headings, _) => (format!("%{}.", level + 1), "decimal"),
    };
    let (template, counts) = form.map_or(usual, |form| (form.template.clone(), form.counts));
    let (role, place) = match (family, level) {
        (Family::Paragraphs, 0) => (Some(ParagraphRole::Operative), (0, 0)),
        (Family::Paragraphs, level) => {
            let role = ParagraphRole::Sub(level.min(SUB_LEVELS));
            (Some(role).filter(|_| level <= SUB_LEVELS), indent(role, style))
        }
        (Family::Headings, _) => (None, (twips(style.indent), -twips(style.indent))),
    };
    let linked = match role {
        Some(role) if kind == 0 => format!("<w:pStyle w:val=\"{}\"/>", role.id()),
        _ => String::new(),
    };
    let tabs = match (family, level) {
        (Family::Paragraphs, 0) => {
            format!("<w:tabs><w:tab w:val=\"left\" w:pos=\"{}\"/></w:tabs>", twips(style.indent))
        }
        _ => String::new(),
    };
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{counts}\"/>{linked}<w:suff w:val=\"tab\"/>\
         <w:lvlText w:val=\"{}\"/><w:lvlJc w:val=\"left\"/><w:pPr>{tabs}{}</w:pPr></w:lvl>",
        text(&template),
        ind(place, None)
    )
}

fn settings(body: &Body, style: &Style) -> String {
    let restart = if body.notes_restart { "<w:numRestart w:val=\"eachSect\"/>" } else { "" };
    format!(
        "{DECLARATION}<w:settings xmlns:w=\"{WORD}\"><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"{}\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/>\
         <w:footnotePr>{restart}<w:footnote w:id=\"-1\"/><w:footnote w:id=\"0\"/></w:footnotePr>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{}\"/><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>",
        twips(style.indent),
        text(&body.language)
    )
}

fn fonts() -> String {
    format!(
        "{DECLARATION}<w:fonts xmlns:w=\"{WORD}\"><w:font w:name=\"{FACE}\"><w:panose1 w:val=\"02020603050405020304\"/>\
         <w:charset w:val=\"00\"/><w:family w:val=\"roman\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>"
    )
}

fn core(document: &Document, body: &Body, options: &DocxOptions) -> String {
    let title = plain_lines(document.title());
    let title = if title.trim().is_empty() { document.symbol.clone().unwrap_or_default() } else { title };
    let mut inside = format!("<dc:title>{}</dc:title>", text(&title));
    if let Some(symbol) = &document.symbol {
        inside.push_str(&format!("<dc:subject>{}</dc:subject>", text(symbol)));
    }
    inside.push_str(&format!("<dc:language>{}</dc:language>", text(&body.language)));
    if let Some(date) = document.day.map(|day| day.at(0, 0, 0, 0)).or(options.made) {
        let date = date.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        for name in ["created", "modified"] {
            inside.push_str(&format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:{name}>"));
        }
    }
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{CORE_PROPERTIES}\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">{inside}</cp:coreProperties>"
    )
}

fn custom(source: &str) -> String {
    format!(
        "{DECLARATION}<Properties xmlns=\"{CUSTOM_PROPERTIES}\" xmlns:vt=\"{VALUES}\">\
         <property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"2\" name=\"{SOURCE_PROPERTY}\">\
         <vt:lpwstr>{}</vt:lpwstr></property></Properties>",
        text(source)
    )
}
