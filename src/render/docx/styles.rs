//! The styles: one a role, by the house style's lengths.

use super::paragraph::twips;
use crate::layout::style::Style;
use crate::ooxml::names::{BRACKET_STYLE, LINK_STYLE, NOTE_STYLE, PLACEHOLDER_STYLE, ParagraphRole, SUB_LEVELS, WORD};
use crate::ooxml::xml::{DECLARATION, text};

/// The face that all is set in; its metrics are those of the PDF's.
pub(super) const FACE: &str = "Times New Roman";

/// The room above a paragraph of a role, in twips.
pub(super) fn room_above(role: ParagraphRole, style: &Style) -> i64 {
    use ParagraphRole::*;
    let leading = twips(style.text.leading);
    match role {
        Opening | Preambular | Prose | Operative | Sub(_) | Continuation(_) | Quotation(_) | Statement | Heading(_)
        | Labelled | ContentsTitle => leading,
        Normal | Letterhead | Meeting | TitleLine | Title | By | Session | Line | Signature | Cell | HeaderCell
        | CellItem | Contents(_) | Note | Header | Footer => 0,
    }
}

/// Where the lines of a role begin, and how much further right the first one, in twips.
pub(super) fn indent(role: ParagraphRole, style: &Style) -> (i64, i64) {
    use ParagraphRole::*;
    let deep = |level: usize| twips((level.min(SUB_LEVELS) + 1) as f64 * style.step);
    match role {
        Opening | Preambular | Prose | Continuation(0) => (0, twips(style.indent)),
        Sub(level) => (deep(level), -twips(style.step)),
        Continuation(level) | Quotation(level) if level > 0 => (deep(level), 0),
        Statement => (twips(style.statement), 0),
        Signature => (twips(style.signature.left), 0),
        CellItem => (twips(style.table.hang), -twips(style.table.hang)),
        Note => (twips(style.indent), -twips(style.indent)),
        Normal | Letterhead | Meeting | TitleLine | Title | By | Operative | Continuation(_) | Quotation(_)
        | Session | Heading(_) | Labelled | Line | Cell | HeaderCell | ContentsTitle | Contents(_) | Header
        | Footer => (0, 0),
    }
}

/// `w:ind` of a left edge and a first line.
pub(super) fn ind((left, first): (i64, i64), right: Option<i64>) -> String {
    let right = right.map(|right| format!(" w:right=\"{right}\"")).unwrap_or_default();
    let first = match first {
        0 => " w:firstLine=\"0\"".to_owned(),
        1.. => format!(" w:firstLine=\"{first}\""),
        _ => format!(" w:hanging=\"{}\"", -first),
    };
    format!("<w:ind w:left=\"{left}\"{right}{first}/>")
}

/// `word/styles.xml`
pub(super) fn styles(style: &Style, language: &str) -> String {
    let size = |pt: f64| (pt * 2.0).round() as i64;
    let mut out = format!("{DECLARATION}<w:styles xmlns:w=\"{WORD}\">");
    out.push_str(&format!(
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"{FACE}\" w:hAnsi=\"{FACE}\" w:eastAsia=\"{FACE}\" \
         w:cs=\"{FACE}\"/><w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/><w:lang w:val=\"{1}\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{2}\" w:lineRule=\"exact\"/></w:pPr>\
         </w:pPrDefault></w:docDefaults>",
        size(style.text.size),
        text(language),
        twips(style.text.leading)
    ));
    for role in ParagraphRole::all() {
        out.push_str(&paragraph(role, style));
    }
    out.push_str(
        "<w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
         <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
         <w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>",
    );
    let character = |id: &str, name: &str, custom: bool, properties: &str| {
        let custom = if custom { " w:customStyle=\"1\"" } else { "" };
        format!(
            "<w:style w:type=\"character\"{custom} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
             <w:basedOn w:val=\"DefaultParagraphFont\"/>{properties}</w:style>"
        )
    };
    out.push_str(&character(BRACKET_STYLE, BRACKET_STYLE, true, ""));
    out.push_str(&character(PLACEHOLDER_STYLE, PLACEHOLDER_STYLE, true, ""));
    out.push_str(&character(
        NOTE_STYLE,
        "footnote reference",
        false,
        "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>",
    ));
    out.push_str(&character(LINK_STYLE, LINK_STYLE, false, ""));
    out.push_str("</w:styles>");
    out
}

fn paragraph(role: ParagraphRole, style: &Style) -> String {
    use ParagraphRole::*;
    let size = |pt: f64| (pt * 2.0).round() as i64;
    let is_own = !matches!(
        role,
        Normal
            | Title
            | Prose
            | Signature
            | Session
            | Heading(_)
            | ContentsTitle
            | Contents(_)
            | Note
            | Header
            | Footer
    );
    let is_default = role == Normal;
    let mut out = format!(
        "<w:style w:type=\"paragraph\"{}{} w:styleId=\"{}\"><w:name w:val=\"{}\"/>",
        if is_default { " w:default=\"1\"" } else { "" },
        if is_own { " w:customStyle=\"1\"" } else { "" },
        role.id(),
        role.name()
    );
    if !is_default {
        out.push_str("<w:basedOn w:val=\"Normal\"/>");
    }
    if let Session | Heading(_) = role {
        out.push_str(&format!("<w:next w:val=\"{}\"/>", Prose.id()));
    }
    if !matches!(role, Note | Header | Footer | Contents(_) | ContentsTitle) {
        out.push_str("<w:qFormat/>");
    }
    out.push_str("<w:pPr>");
    if matches!(role, Session | Heading(_) | ContentsTitle) {
        out.push_str("<w:keepNext/>");
    }
    out.push_str("<w:widowControl/>");
    match role {
        Operative => out.push_str("<w:numPr><w:numId w:val=\"1\"/></w:numPr>"),
        Sub(level) => {
            out.push_str(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>"));
        }
        _ => {}
    }
    if role == Operative {
        out.push_str(&format!("<w:tabs><w:tab w:val=\"left\" w:pos=\"{}\"/></w:tabs>", twips(style.indent)));
    }
    let leading = if role == Note { style.note.leading } else { style.text.leading };
    out.push_str(&format!(
        "<w:spacing w:before=\"{}\" w:after=\"0\" w:line=\"{}\" w:lineRule=\"exact\"/>",
        room_above(role, style),
        twips(leading)
    ));
    out.push_str(&ind(indent(role, style), None));
    if matches!(role, TitleLine | Title | Session) {
        out.push_str("<w:jc w:val=\"center\"/>");
    }
    match role {
        Session => out.push_str("<w:outlineLvl w:val=\"0\"/>"),
        Heading(level) => out.push_str(&format!("<w:outlineLvl w:val=\"{}\"/>", level.min(8))),
        _ => {}
    }
    out.push_str("</w:pPr>");
    match role {
        Note => {
            let size = size(style.note.size);
            out.push_str(&format!("<w:rPr><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"));
        }
        HeaderCell | Heading(1) | ContentsTitle => out.push_str("<w:rPr><w:b/><w:bCs/></w:rPr>"),
        Heading(_) => out.push_str("<w:rPr><w:i/><w:iCs/></w:rPr>"),
        _ => {}
    }
    out.push_str("</w:style>");
    out
}
