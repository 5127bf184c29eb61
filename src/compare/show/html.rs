//! What differs as one page for a browser or a printer: nothing is fetched, nothing runs,
//! and black and white is enough.

use super::shown::{Piece, counts, heading, labels, pieces};
use crate::compare::{Comparison, Entry, LeafKind, Op, What};
use crate::diag::steers;
use crate::locale::capital;

/// How the two drafts stand on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// One text, with what is gone and what is new in it.
    #[default]
    Inline,
    /// Two texts beside each other.
    Side,
}

const STYLE: &str = "
body { font: 11pt/1.45 'Times New Roman', 'Liberation Serif', serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #000; background: #fff; }
body.side { max-width: 80rem; }
h1 { font-size: 1.3rem; } h2 { font-size: 1.05rem; margin: 1.2rem 0 .3rem; }
header p, nav p { margin: .2rem 0; } nav { border-bottom: 1px solid #000; padding-bottom: 1rem; } nav ul { margin: 0; padding-left: 1.4rem; }
ins { text-decoration: underline; text-decoration-thickness: 2px; font-weight: bold; color: #00513b; }
del { text-decoration: line-through; color: #8a0000; }
.follows { border-bottom: 1px dotted #000; } .restyled { border-bottom: 1px dashed #000; }
.block { position: relative; margin: .7rem 0; padding-left: 1rem; break-inside: avoid; overflow-wrap: anywhere; }
.changed, .moved, .divided, .joined, .new, .gone { border-left: 3px solid #000; padding-left: calc(1rem - 3px); }
.new { border-left-style: double; } .gone { border-left-style: dotted; }
.where { font: .75rem sans-serif; margin: 0; color: #333; } .where + p, .text { margin: 0; }
.heading .text, .title .text { font-weight: bold; } .title .text { text-transform: uppercase; }
.note .text { font-size: .85rem; } .head .text { text-align: right; }
.level1 { margin-left: 2rem; } .level2 { margin-left: 4rem; } .level3 { margin-left: 6rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; } th { text-align: left; }
td, th { vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #bbb; overflow-wrap: anywhere; } tr { break-inside: avoid; }
@media print { body, body.side { max-width: none; margin: 0; } ins, del { color: #000; } }
";

/// What differs between two drafts of these names, as one page in the language of its
/// texts.
pub fn html(comparison: &Comparison, (old, new): (&str, &str), view: View) -> String {
    let language = comparison.new.parts.first().map_or("en", |part| part.language.as_str());
    let class = if view == View::Side { "side" } else { "inline" };
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{} – {}</title>\n<style>{STYLE}</style>\n</head>\n<body class=\"{class}\">\n",
        escaped(old),
        escaped(new)
    );
    out.push_str(&format!(
        "<header>\n<h1>What changed</h1>\n<p>Old: {}</p>\n<p>New: {}</p>\n<p>{}</p>\n\
         <p><del>struck through</del>: gone; <ins>underlined</ins>: new</p>\n</header>\n",
        escaped(old),
        escaped(new),
        escaped(&counts(comparison))
    ));
    summary(comparison, &mut out);
    out.push_str(&format!("<main lang=\"{}\">\n", escaped(language)));
    match view {
        View::Inline => comparison.entries.iter().for_each(|entry| inline(comparison, entry, &mut out)),
        View::Side => {
            out.push_str(&format!(
                "<table>\n<thead><tr><th scope=\"col\" lang=\"en\">Old: {}</th><th scope=\"col\" lang=\"en\">New: {}</th></tr></thead>\n<tbody>\n",
                escaped(old),
                escaped(new)
            ));
            comparison.entries.iter().for_each(|entry| side(comparison, entry, &mut out));
            out.push_str("</tbody>\n</table>\n");
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn summary(comparison: &Comparison, out: &mut String) {
    let statements = comparison.summary();
    if statements.is_empty() {
        return;
    }
    out.push_str("<nav aria-label=\"Summary\">\n");
    for group in statements.chunk_by(|a, b| a.subject == b.subject) {
        let Some(first) = group.first() else { continue };
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n", capital(first.subject.name())));
        for statement in group {
            out.push_str(&format!("<li>{}</li>\n", escaped(&statement.words)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</nav>\n");
}

fn inline(comparison: &Comparison, entry: &Entry, out: &mut String) {
    out.push_str(&format!("<div class=\"block {}\">\n", classes(comparison, entry)));
    if entry.what != What::Same {
        out.push_str(&format!("<p class=\"where\" lang=\"en\">{}</p>\n", escaped(&heading(comparison, entry))));
    }
    out.push_str("<p class=\"text\">");
    let (was, is) = labels(comparison, entry);
    if was == is || was.is_empty() && entry.what == What::New || is.is_empty() && entry.what == What::Gone {
        let label = if is.is_empty() { was } else { is };
        if !label.is_empty() {
            out.push_str(&format!("{} ", escaped(&label)));
        }
    } else {
        out.push_str(&format!("<del>{}</del><ins>{}</ins> ", escaped(&was), escaped(&is)));
    }
    for piece in pieces(comparison, entry) {
        match piece.op {
            Op::Same => out.push_str(&escaped(piece.new)),
            Op::Gone => marked("del", piece.old, out),
            Op::New => marked("ins", piece.new, out),
            Op::Follows => span("follows", piece.new, &format!("was: {}", piece.old), out),
            Op::Restyled => span("restyled", piece.new, "set otherwise", out),
        }
    }
    out.push_str("</p>\n</div>\n");
}

fn side(comparison: &Comparison, entry: &Entry, out: &mut String) {
    let (was, is) = labels(comparison, entry);
    let all = pieces(comparison, entry);
    let class = classes(comparison, entry);
    out.push_str("<tr>");
    for (label, is_old) in [(was, true), (is, false)] {
        out.push_str(&format!("<td class=\"{class}\">"));
        if entry.what != What::Same && !is_old {
            out.push_str(&format!("<p class=\"where\" lang=\"en\">{}</p>", escaped(&heading(comparison, entry))));
        }
        out.push_str("<p class=\"text\">");
        if !label.is_empty() {
            out.push_str(&format!("{} ", escaped(&label)));
        }
        all.iter().for_each(|piece| of_side(piece, is_old, out));
        out.push_str("</p></td>");
    }
    out.push_str("</tr>\n");
}

fn of_side(piece: &Piece<'_>, is_old: bool, out: &mut String) {
    let text = if is_old { piece.old } else { piece.new };
    match piece.op {
        Op::Same => out.push_str(&escaped(text)),
        Op::Gone => marked("del", text, out),
        Op::New => marked("ins", text, out),
        Op::Follows => span("follows", text, "a number that follows", out),
        Op::Restyled => span("restyled", text, "set otherwise", out),
    }
}

fn marked(tag: &str, text: &str, out: &mut String) {
    if !text.is_empty() {
        out.push_str(&format!("<{tag}>{}</{tag}>", escaped(text)));
    }
}

fn span(class: &str, text: &str, title: &str, out: &mut String) {
    out.push_str(&format!("<span class=\"{class}\" title=\"{}\">{}</span>", escaped(title), escaped(text)));
}

/// What a block is and what became of it.
fn classes(comparison: &Comparison, entry: &Entry) -> String {
    let (old, new) = comparison.leaves_of(entry);
    let Some(leaf) = new.first().or(old.first()) else { return String::new() };
    let kind = match leaf.kind {
        LeafKind::Head => "head",
        LeafKind::Title => "title",
        LeafKind::By | LeafKind::Opening | LeafKind::Clause | LeafKind::Prose => "prose",
        LeafKind::Item | LeafKind::Continuation => "item",
        LeafKind::Heading => "heading",
        LeafKind::Row => "row",
        LeafKind::Note => "note",
    };
    let level = if leaf.kind == LeafKind::Item { leaf.level.min(3) } else { 0 };
    format!("{} {kind} level{level}", entry.what.name())
}

/// Text that is text in HTML, in an attribute too; what would steer it is shown by its
/// number.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' => out.push_str("<br>¶ "),
            c if steers(c) => out.push_str(&format!("[U+{:04X}]", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
