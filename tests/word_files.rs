//! Word files made by hand, part by part, for the tests of what is read of them.

use rawzip::{CompressionMethod, ZipArchiveWriter};

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                      xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                      xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
                      xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

/// A zip file with these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut out);
    for (name, bytes) in parts {
        let start = archive.new_file(name).compression_method(CompressionMethod::STORE);
        let (mut entry, config) = start.start().expect("begun");
        let mut writer = config.wrap(&mut entry);
        std::io::copy(&mut &bytes[..], &mut writer).expect("written");
        let (_, descriptor) = writer.finish().expect("ended");
        entry.finish(descriptor).expect("ended");
    }
    archive.finish().expect("ended");
    out
}

/// The part of a document with this in its body.
pub fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {SPACES}><w:body>{body}</w:body></w:document>")
}

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn styles() -> String {
    let style = |id: &str, name: &str, inner: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{inner}</w:style>")
    };
    let list = |list: u8, level: u8| {
        format!("<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>")
    };
    let all = [
        style("Title", "Title", ""),
        style("Heading1", "heading 1", "<w:rPr><w:b/></w:rPr>"),
        style("Quote", "Quote", ""),
        style("Preambular", "Preambular", ""),
        style("Operative", "Operative", &list(1, 0)),
        style("Sub1", "Sub 1", &list(1, 1)),
        style("Odd", "House Style 7", ""),
    ];
    format!("<w:styles {SPACES}>{}</w:styles>", all.concat())
}

fn numbering() -> String {
    let level = |at: u8, format: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
             <w:pPr><w:ind w:left=\"{}\"/></w:pPr></w:lvl>",
            720 * (u32::from(at) + 1)
        )
    };
    let levels = [level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "lowerRoman", "(%3)")];
    format!(
        "<w:numbering {SPACES}><w:abstractNum w:abstractNumId=\"0\">{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"1\">{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"7\"/></w:lvlOverride></w:num></w:numbering>",
        levels.concat(),
        level(0, "bullet", "\u{F0B7}")
    )
}

/// A Word file with this in its body, with styles and lists, and with these parts beside them: `footnotes`,
/// `comments`, `header`.
pub fn word_with(body: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let mut relations = String::new();
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), TYPES.into()),
        ("word/document.xml".into(), document(body).into_bytes()),
        ("word/styles.xml".into(), styles().into_bytes()),
        ("word/numbering.xml".into(), numbering().into_bytes()),
    ];
    for (kind, inner) in others {
        if *kind == "source" {
            let custom = format!(
                "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\">\
                 <property name=\"chancery.source\"><value>{inner}</value></property></Properties>"
            );
            parts.push(("docProps/custom.xml".into(), custom.into_bytes()));
            continue;
        }
        let root = if *kind == "header" { "hdr" } else { kind };
        parts.push((format!("word/{kind}.xml"), format!("<w:{root} {SPACES}>{inner}</w:{root}>").into_bytes()));
    }
    for (at, kind) in ["styles", "numbering"].iter().chain(others.iter().map(|(kind, _)| kind)).enumerate() {
        relations.push_str(&format!("<Relationship Id=\"r{at}\" Type=\"{RELATIONS}/{kind}\" Target=\"{kind}.xml\"/>"));
    }
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    );
    parts.push(("word/_rels/document.xml.rels".into(), relations.into_bytes()));
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    zip(&parts)
}

/// The same without other parts.
pub fn word(body: &str) -> Vec<u8> {
    word_with(body, &[])
}

/// Words as XML has them.
pub fn xml(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A run.
pub fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", xml(words))
}

/// A paragraph of a style with this in it.
pub fn paragraph(style: &str, inner: &str) -> String {
    let properties =
        if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
    format!("<w:p>{properties}{inner}</w:p>")
}

/// A paragraph without a style.
pub fn text(words: &str) -> String {
    paragraph("", &run(words))
}
