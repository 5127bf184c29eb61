//! All languages of a text beside each other: a table of what is wrong, a synopsis to
//! print, and a bitext for translation memories.

use serde_json::{Value, json};

use super::html::escaped;
use crate::compare::{LeafKind, Synopsis, SynopsisCell, SynopsisRow};
use crate::diag::{visible, visible_json};
use crate::web::{PRINTED_PAGE, TEXT_STYLE, page};

/// How wide a table is on a terminal.
const WIDTH: usize = 110;

/// A row a block, a column a language: its number, its first words, and below it what is
/// wrong.
pub fn table_text(synopsis: &Synopsis) -> String {
    let columns = synopsis.languages.len().max(1);
    let width = (WIDTH / columns).saturating_sub(2).max(12);
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| padded(cell, width)).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    let mut out = line(synopsis.languages.clone());
    out.push_str(&line(vec!["-".repeat(width); columns]));
    for row in &synopsis.rows {
        out.push_str(&line(row.cells.iter().map(first_words).collect()));
        for (column, message) in &row.wrong {
            let language = synopsis.languages.get(*column).map_or("", String::as_str);
            out.push_str(&format!("    {language}: {message}\n"));
        }
    }
    visible(&out).into_owned()
}

fn first_words(cell: &Option<SynopsisCell>) -> String {
    match cell {
        None => "–––".to_owned(),
        Some(cell) if cell.label.is_empty() => cell.text.clone(),
        Some(cell) => format!("{} {}", cell.label, cell.text),
    }
}

/// A text cut or filled to a width.
fn padded(text: &str, width: usize) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() > width {
        let cut: String = text.chars().take(width.saturating_sub(1)).collect();
        return format!("{cut}…");
    }
    format!("{text:<width$}")
}

/// The same for programs.
pub fn table_json(synopsis: &Synopsis) -> String {
    let cell = |cell: &Option<SynopsisCell>| match cell {
        None => Value::Null,
        Some(cell) => json!({ "label": cell.label, "text": cell.text }),
    };
    let row = |row: &SynopsisRow| {
        let wrong = |(column, message): &(usize, String)| json!({ "language": synopsis.languages.get(*column), "message": message });
        json!({
            "cells": row.cells.iter().map(cell).collect::<Vec<_>>(),
            "wrong": row.wrong.iter().map(wrong).collect::<Vec<_>>(),
        })
    };
    let rows: Vec<Value> = synopsis.rows.iter().map(row).collect();
    let all = json!({ "languages": synopsis.languages, "rows": rows });
    visible_json(&format!("{all:#}\n")).into_owned()
}

const STYLE: &str = "\
@page { size: A4 landscape; margin: 12mm; }
main { max-width: none; font-size: .9rem; }
h1 { text-align: left; font-weight: bold; margin: 1rem 0; }
table { table-layout: fixed; }
th, td { border: 1px solid #767676; padding: .3rem .45rem; overflow-wrap: anywhere; hyphens: auto; white-space: pre-line; }
.missing { background: repeating-linear-gradient(45deg, #fff, #fff 5px, #ddd 5px, #ddd 6px); }
.strong { font-weight: bold; } .note { font-size: .85em; }
.level1 { padding-left: 1.4rem; } .level2 { padding-left: 2.4rem; } .level3 { padding-left: 3.4rem; }
.wrong { font: .8rem sans-serif; } .wrong td { border-left: 4px solid #000; background: #f2f2f2; }
";

/// All languages beside each other on one page, to print; with what is wrong where that is
/// asked for.
pub fn synopsis_html(synopsis: &Synopsis, name: &str, with_wrong: bool) -> String {
    let mut out = format!(
        "<main>\n<h1>{0}</h1>\n<div class=\"table wide\" role=\"group\" tabindex=\"0\" aria-label=\"{0}\">\n<table>\n<thead><tr>",
        escaped(name)
    );
    for language in &synopsis.languages {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(language)));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in &synopsis.rows {
        out.push_str("<tr>");
        for (cell, language) in row.cells.iter().zip(&synopsis.languages) {
            match cell {
                None => out.push_str("<td class=\"missing\"><span lang=\"en\">–</span></td>"),
                Some(cell) => out.push_str(&format!(
                    "<td lang=\"{}\" class=\"{}\">{}{}</td>",
                    escaped(language),
                    classes(cell),
                    if cell.label.is_empty() { String::new() } else { escaped(&cell.label) + " " },
                    escaped(&cell.text)
                )),
            }
        }
        out.push_str("</tr>\n");
        if with_wrong && !row.wrong.is_empty() {
            out.push_str(&format!("<tr class=\"wrong\"><td colspan=\"{}\">", synopsis.languages.len()));
            for (column, message) in &row.wrong {
                let language = synopsis.languages.get(*column).map_or("", String::as_str);
                out.push_str(&format!("{}: {}<br>", escaped(language), escaped(message)));
            }
            out.push_str("</td></tr>\n");
        }
    }
    out.push_str("</tbody>\n</table>\n</div>\n</main>\n");
    page("en", &visible(name), &[TEXT_STYLE, PRINTED_PAGE, STYLE], &out)
}

fn classes(cell: &SynopsisCell) -> String {
    let kind = match cell.kind {
        LeafKind::Title | LeafKind::Heading => "strong",
        LeafKind::Note => "note",
        LeafKind::Head
        | LeafKind::By
        | LeafKind::Opening
        | LeafKind::Clause
        | LeafKind::Prose
        | LeafKind::Item
        | LeafKind::Continuation
        | LeafKind::Row => "text",
    };
    let level = if matches!(cell.kind, LeafKind::Item | LeafKind::Continuation) { cell.level.min(3) } else { 0 };
    format!("{kind} level{level}")
}

/// The blocks that stand in two languages or more, as TMX 1.4b.
pub fn tmx(synopsis: &Synopsis) -> String {
    let original = synopsis.languages.first().map_or("en", String::as_str);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n\
         <header creationtool=\"chancery\" creationtoolversion=\"{}\" segtype=\"paragraph\" o-tmf=\"chancery\" \
         adminlang=\"en\" srclang=\"{}\" datatype=\"plaintext\"/>\n<body>\n",
        env!("CARGO_PKG_VERSION"),
        escaped(original)
    );
    for row in &synopsis.rows {
        let there: Vec<(&String, &SynopsisCell)> = synopsis
            .languages
            .iter()
            .zip(&row.cells)
            .filter_map(|(language, cell)| Some((language, cell.as_ref().filter(|cell| !cell.text.trim().is_empty())?)))
            .collect();
        if there.len() < 2 {
            continue;
        }
        out.push_str("<tu>\n");
        for (language, cell) in there {
            out.push_str(&format!("<tuv xml:lang=\"{}\"><seg>{}</seg></tuv>\n", escaped(language), in_xml(&cell.text)));
        }
        out.push_str("</tu>\n");
    }
    out.push_str("</body>\n</tmx>\n");
    out
}

/// Text in XML; signs that XML cannot hold are left out.
pub(super) fn in_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
