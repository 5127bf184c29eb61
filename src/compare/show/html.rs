//! What differs as one page for a browser or a printer: nothing is fetched, nothing runs,
//! and black and white is enough.

use std::ops::Range;

use super::shown::{Piece, counts, heading, labels, pieces};
use crate::compare::{Comparison, Entry, LeafKind, Op, What, Word, Words};
use crate::diag::{steers, visible};
use crate::locale::{Locale, capital};
use crate::web::{PRINTED_PAGE, TEXT_STYLE, page};

/// How the two drafts stand on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// One text, with what is gone and what is new in it.
    #[default]
    Inline,
    /// Two texts beside each other.
    Side,
}

const STYLE: &str = "\
main { max-width: 46rem; }
main.side { max-width: 80rem; }
h1 { text-align: left; font-weight: bold; margin: 2rem 0 1rem; }
header h2 { margin: 1.2rem 0 .3rem; }
header p { margin: .2rem 0; }
.summary { border-bottom: 1px solid #000; padding-bottom: 1rem; margin-bottom: 1.5rem; }
.summary ul { list-style: disc; padding-left: 1.4rem; }
ins { text-decoration: underline; text-decoration-thickness: 2px; font-weight: bold; color: #00513b; }
del { text-decoration: line-through; color: #8a0000; }
.follows { border-bottom: 1px dotted #000; } .restyled { border-bottom: 1px dashed #000; }
.block { position: relative; margin: .7rem 0; padding-left: 1rem; break-inside: avoid; overflow-wrap: anywhere; }
.changed, .moved, .divided, .joined, .new, .gone { border-left: 3px solid #000; padding-left: calc(1rem - 3px); }
.new { border-left-style: double; } .gone { border-left-style: dotted; }
.where { font: .75rem sans-serif; margin: 0; color: #333; text-indent: 0; text-align: left; } .text { margin: 0; text-align: left; }
.heading .text { font-weight: bold; }
.note .text { font-size: .85rem; } .head { margin: 0; } .head .text { text-align: right; } .item { text-indent: 0; }
.level1 { margin-left: 2rem; } .level2 { margin-left: 4rem; } .level3 { margin-left: 6rem; }
.two { table-layout: fixed; }
.two :is(td, th) { padding: .35rem .6rem; border-bottom: 1px solid #767676; overflow-wrap: anywhere; }
@media (max-width: 30rem) { .level1 { margin-left: 1rem; } .level2 { margin-left: 1.6rem; } .level3 { margin-left: 2.2rem; } }
@media print { main, main.side { max-width: none; } ins, del { color: #000; } }
";

/// What differs between two drafts of these names, as one page in the language of its
/// texts.
pub fn html(comparison: &Comparison, (old, new): (&str, &str), view: View) -> String {
    let language = comparison.new.parts.first().map_or("en", |part| part.language.as_str());
    let mut out = format!(
        "<main class=\"{}\">\n<header>\n<h1>What changed</h1>\n<p>Old: {}</p>\n<p>New: {}</p>\n<p>{}</p>\n\
         <p><del>struck through</del>: gone; <ins>underlined</ins>: new</p>\n",
        if view == View::Side { "side" } else { "inline" },
        escaped(old),
        escaped(new),
        escaped(&counts(comparison))
    );
    summary(comparison, &mut out);
    out.push_str(&format!("</header>\n<div lang=\"{}\">\n", escaped(language)));
    match view {
        View::Inline => comparison.entries.iter().for_each(|entry| inline(comparison, entry, &mut out)),
        View::Side => {
            out.push_str(&format!(
                "<div class=\"table\">\n<table class=\"two\">\n<thead><tr><th scope=\"col\" lang=\"en\">Old: {}</th><th scope=\"col\" lang=\"en\">New: {}</th></tr></thead>\n<tbody>\n",
                escaped(old),
                escaped(new)
            ));
            comparison.entries.iter().for_each(|entry| side(comparison, entry, &mut out));
            out.push_str("</tbody>\n</table>\n</div>\n");
        }
    }
    out.push_str("</div>\n</main>\n");
    let title = visible(&format!("{old} – {new}")).into_owned();
    page("en", &title, &[TEXT_STYLE, PRINTED_PAGE, STYLE], &out)
}

fn summary(comparison: &Comparison, out: &mut String) {
    let statements = comparison.summary();
    if statements.is_empty() {
        return;
    }
    out.push_str("<div class=\"summary\">\n");
    for group in statements.chunk_by(|a, b| a.subject == b.subject) {
        let Some(first) = group.first() else { continue };
        out.push_str(&format!("<h2>{}</h2>\n<ul>\n", capital(first.subject.name())));
        for statement in group {
            out.push_str(&format!("<li>{}</li>\n", escaped(&statement.words)));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</div>\n");
}

/// A block while it is written: its words, and what changes are called in its language.
struct Block<'c> {
    old: Option<&'c Words>,
    new: Option<&'c Words>,
    said: Option<&'static Locale>,
}

impl<'c> Block<'c> {
    fn of(comparison: &'c Comparison, entry: &'c Entry) -> Block<'c> {
        let (old, new) = comparison.words_of(entry);
        let language = language_of(comparison, entry);
        Block { old, new, said: language.and_then(Locale::of).or_else(|| Locale::of("en")) }
    }

    /// A stretch of one of the two sides, with its emphasis.
    fn words(&self, piece: &Piece<'_>, is_old: bool) -> String {
        let (words, range) = if is_old { (self.old, &piece.old_words) } else { (self.new, &piece.new_words) };
        words.map(|words| styled(words, range.clone())).unwrap_or_default()
    }

    /// What is gone or new, also for who listens.
    fn marked(&self, tag: &str, html: &str, out: &mut String) {
        if html.is_empty() {
            return;
        }
        let said = |fact: &dyn Fn(&'static Locale) -> &'static str| escaped(self.said.map_or("", fact));
        let begin = said(&|locale| if tag == "ins" { &locale.web.inserted.text } else { &locale.web.deleted.text });
        let end = said(&|locale| &locale.web.end.text);
        out.push_str(&format!(
            "<{tag}><span class=\"hidden\"> {begin}: </span>{html}<span class=\"hidden\"> {end} </span></{tag}>"
        ));
    }
}

/// The language of the part that a block stands in.
fn language_of<'c>(comparison: &'c Comparison, entry: &Entry) -> Option<&'c str> {
    let (old, new) = comparison.leaves_of(entry);
    let of_new = new.first().and_then(|leaf| comparison.new.part_of(leaf));
    let part = of_new.or_else(|| old.first().and_then(|leaf| comparison.old.part_of(leaf)))?;
    Some(part.language.as_str())
}

/// Words as they are set: emphasized, bold, raised.
fn styled(words: &Words, range: Range<usize>) -> String {
    let mut out = String::new();
    let look = |word: &Word| (word.style.strong, word.style.emphasized, word.style.raised);
    for run in words.words.get(range).unwrap_or_default().chunk_by(|a, b| look(a) == look(b)) {
        let Some((first, last)) = run.first().zip(run.last()) else { continue };
        let text = words.text.get(first.place.start..last.place.end).unwrap_or_default();
        let tags: Vec<&str> =
            [("strong", first.style.strong), ("em", first.style.emphasized), ("sup", first.style.raised)]
                .into_iter()
                .filter_map(|(tag, is_on)| is_on.then_some(tag))
                .collect();
        tags.iter().for_each(|tag| out.push_str(&format!("<{tag}>")));
        out.push_str(&escaped(text));
        tags.iter().rev().for_each(|tag| out.push_str(&format!("</{tag}>")));
    }
    out
}

/// What the words of a block stand in: a heading where they are one.
fn element(comparison: &Comparison, entry: &Entry) -> &'static str {
    let (old, new) = comparison.leaves_of(entry);
    match new.first().or(old.first()).map(|leaf| leaf.kind) {
        Some(LeafKind::Title) => "h2",
        Some(LeafKind::Heading) => "h3",
        Some(
            LeafKind::Head
            | LeafKind::By
            | LeafKind::Opening
            | LeafKind::Clause
            | LeafKind::Prose
            | LeafKind::Item
            | LeafKind::Continuation
            | LeafKind::Row
            | LeafKind::Note,
        )
        | None => "p",
    }
}

fn inline(comparison: &Comparison, entry: &Entry, out: &mut String) {
    let language = comparison.new.parts.first().map(|part| part.language.as_str());
    let lang = language_of(comparison, entry).filter(|own| Some(*own) != language);
    let lang = lang.map(|lang| format!(" lang=\"{}\"", escaped(lang))).unwrap_or_default();
    out.push_str(&format!("<div class=\"block {}\"{lang}>\n", classes(comparison, entry)));
    if entry.what != What::Same {
        out.push_str(&format!("<p class=\"where\" lang=\"en\">{}</p>\n", escaped(&heading(comparison, entry))));
    }
    let block = Block::of(comparison, entry);
    let element = element(comparison, entry);
    out.push_str(&format!("<{element} class=\"text\">"));
    let (was, is) = labels(comparison, entry);
    if was == is || was.is_empty() && entry.what == What::New || is.is_empty() && entry.what == What::Gone {
        let label = if is.is_empty() { was } else { is };
        if !label.is_empty() {
            out.push_str(&format!("{} ", escaped(&label)));
        }
    } else {
        block.marked("del", &escaped(&was), out);
        block.marked("ins", &escaped(&is), out);
        out.push(' ');
    }
    for piece in pieces(comparison, entry) {
        let new = block.words(&piece, false);
        match piece.op {
            Op::Same => out.push_str(&new),
            Op::Gone => block.marked("del", &block.words(&piece, true), out),
            Op::New => block.marked("ins", &new, out),
            Op::Follows => span("follows", &new, &format!("was: {}", piece.old), out),
            Op::Restyled => span("restyled", &new, "set otherwise", out),
        }
    }
    out.push_str(&format!("</{element}>\n</div>\n"));
}

fn side(comparison: &Comparison, entry: &Entry, out: &mut String) {
    let (was, is) = labels(comparison, entry);
    let all = pieces(comparison, entry);
    let class = classes(comparison, entry);
    let block = Block::of(comparison, entry);
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
        for piece in &all {
            let words = block.words(piece, is_old);
            match piece.op {
                Op::Same => out.push_str(&words),
                Op::Gone => block.marked("del", &words, out),
                Op::New => block.marked("ins", &words, out),
                Op::Follows => span("follows", &words, "a number that follows", out),
                Op::Restyled => span("restyled", &words, "set otherwise", out),
            }
        }
        out.push_str("</p></td>");
    }
    out.push_str("</tr>\n");
}

fn span(class: &str, html: &str, title: &str, out: &mut String) {
    if !html.is_empty() {
        out.push_str(&format!("<span class=\"{class}\" title=\"{}\">{html}</span>", escaped(title)));
    }
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
