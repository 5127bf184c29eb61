//! Signs of Markdown, which would be printed as they stand.

use std::ops::Range;

use super::tried;
use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::source::Span;
use crate::syntax::ast::{Block, Inline, Paragraph, StructureName};
use crate::syntax::each_block;

/// Headings, tables, quotations, rules and fences: what takes lines of its own.
pub(super) fn blocks(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    each_block(&context.filled.blocks, false, &mut |block, _| {
        let Some(paragraph) = block.paragraph().filter(|paragraph| paragraph.marker.is_none()) else { return };
        let text = context.sources.slice(block.span);
        // What has no words is said elsewhere; most paragraphs begin with a letter, and no
        // rule stands below their first line.
        let is_usual = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '«' | '[' | '{'));
        if text.is_empty() || is_usual && !text.lines().nth(1).is_some_and(is_rule_line) {
            return;
        }
        let finding = heading(block, text)
            .or_else(|| underlined(block, text))
            .or_else(|| table(block, text))
            .or_else(|| quotation(block, text))
            .or_else(|| rule(block, text))
            .or_else(|| fence(block, text))
            .or_else(|| bold(block, paragraph, text));
        found.extend(finding);
    });
}

fn said(place: Span, what: &str, hint: &str) -> Diagnostic {
    Diagnostic::new(Code::Markdown, place, format!("{what} of Markdown is printed as it stands")).hint(hint)
}

/// `## Heading`
fn heading(block: &Block, text: &str) -> Option<Diagnostic> {
    let line = text.lines().next()?.trim_end();
    let signs = line.find(|c| c != '#').filter(|count| (1..=6).contains(count))?;
    let title = line[signs..].strip_prefix([' ', '\t'])?.trim().trim_end_matches('#').trim();
    if title.is_empty() {
        return None;
    }
    let hint = "write `heading:`, or `section:` and `subsection:`, whose numbers are counted";
    Some(as_heading(block, text, (0..signs, 0..line.len()), title.trim_matches('*'), hint))
}

/// A heading of Markdown: where it is seen, what of the text it is, and its words.
fn as_heading(
    block: &Block,
    text: &str,
    (seen, whole): (Range<usize>, Range<usize>),
    title: &str,
    hint: &str,
) -> Diagnostic {
    let rest = if whole.end < text.trim_end().len() { "\n" } else { "" };
    let new = format!("heading: {title}{rest}");
    let finding = said(block.span.part(seen), "a heading", hint);
    if !tried::begins_with(&new, StructureName::Heading) {
        return finding;
    }
    finding.fix("write `heading:`", block.span.part(whole), new)
}

/// Signs of a rule alone, in columns or not: `---`, `===`, `:--|--:`.
fn is_rule_line(line: &str) -> bool {
    line.trim().len() >= 3
        && line.contains(['-', '='])
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | '=' | ' '))
}

/// A line of words with a rule below it.
fn underlined(block: &Block, text: &str) -> Option<Diagnostic> {
    let mut lines = text.lines();
    let (title, rule) = (lines.next()?.trim(), lines.next()?.trim());
    let is_rule = |sign: char| rule.chars().all(|c| c == sign);
    if !title.starts_with(char::is_alphanumeric) || rule.len() < 3 || !(is_rule('=') || is_rule('-')) {
        return None;
    }
    let end = text.find('\n')? + 1 + text.lines().nth(1)?.len();
    Some(as_heading(block, text, (0..end, 0..end), title, "write `heading:` before it, and no line below it"))
}

/// `| a | b |`; without the outer signs if a rule stands below the first row.
fn table(block: &Block, text: &str) -> Option<Diagnostic> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let has_head = lines.get(1).is_some_and(|line| is_rule_line(line) && line.contains('|'));
    let is_framed = |line: &str| line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    let is_row = |line: &&str| is_framed(line) || has_head && line.contains('|');
    // A row alone has two cells at least.
    let is_one = lines.len() > 1 || lines.iter().any(|line| line.matches('|').count() > 2);
    if !is_one || !lines.iter().all(is_row) {
        return None;
    }
    let rows = lines.iter().filter(|line| !is_rule_line(line));
    let rows: Vec<&str> = rows
        .map(|line| line.strip_prefix('|').unwrap_or(line))
        .map(|line| line.strip_suffix('|').unwrap_or(line).trim())
        .collect();
    let keyword = if has_head { "table:" } else { "table: plain" };
    let new = format!("{keyword}\n  {}", rows.join("\n  "));
    Some(said(block.span, "a table", "write `table:`, and the rows below it, indented by two blanks").fix(
        format!("write `{keyword}`"),
        block.span,
        new,
    ))
}

/// `> words`
fn quotation(block: &Block, text: &str) -> Option<Diagnostic> {
    let is_quoted = text.lines().all(|line| line.trim_start().starts_with("> ") || line.trim() == ">");
    if !is_quoted {
        return None;
    }
    let lines = text.lines().map(|line| line.trim_start().trim_start_matches('>').trim());
    let new: String = lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("\n  {line}") }).collect();
    Some(said(block.span, "a quotation", "write `quote:`, and the words below it, indented by two blanks").fix(
        "write `quote:`",
        block.span,
        format!("quote:{new}"),
    ))
}

/// `***`, `- - -`, `---`
fn rule(block: &Block, text: &str) -> Option<Diagnostic> {
    let signs: Vec<char> = text.trim().chars().filter(|c| *c != ' ').collect();
    let first = *signs.first()?;
    let is_rule = signs.len() >= 3
        && matches!(first, '*' | '-' | '_' | '–' | '—' | '=' | '~')
        && signs.iter().all(|c| *c == first);
    (is_rule && !text.contains('\n')).then(|| {
        said(block.span, "a rule", "delete it, or write `heading:` or `section:` where something else begins").fix(
            "delete it",
            block.span,
            "",
        )
    })
}

/// A fence of back-quotes around lines.
fn fence(block: &Block, text: &str) -> Option<Diagnostic> {
    let fences: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .filter(|(_, line)| line.trim_start().starts_with("```"))
        .collect();
    let (at, line) = *fences.first().filter(|(at, _)| *at == 0)?;
    let finding = said(block.span.part(at..line.trim_end().len()), "a fence", "write `quote:` before words of another");
    let edits = fences.iter().map(|(at, line)| (block.span.part(*at..at + line.len()), String::new())).collect();
    Some(finding.fixes("delete the fence", edits))
}

/// `**Words**` that are all of a line.
fn bold(block: &Block, paragraph: &Paragraph, text: &str) -> Option<Diagnostic> {
    let [Inline::Emphasis { strong: true, .. }] = paragraph.content.as_slice() else { return None };
    let words = text.trim_matches('*').trim();
    if words.contains('\n') || words.ends_with(['.', ';', ',', ':']) || words.chars().count() > 120 {
        return None;
    }
    let new = format!("heading: {words}");
    let finding = Diagnostic::new(Code::Markdown, block.span, "a line in bold letters is a paragraph, not a heading")
        .hint("`heading:` makes a heading; nothing need be done if it is a paragraph")
        .at_most(Severity::Info);
    Some(if tried::begins_with(&new, StructureName::Heading) {
        finding.fix("write `heading:`", block.span, new)
    } else {
        finding
    })
}

/// `` `words` ``, `[words](address)`, `_words_`, `<b>words</b>`: what stands among words.
pub(super) fn words(_: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages {
        let text = passage.flat.text.as_str();
        if text.contains('`') {
            quoted_back(passage, text, found);
        }
        if text.contains("](") {
            links(passage, text, found);
        }
        for (sign, what, right) in PAIRS {
            if text.contains(sign) {
                pairs(passage, text, (sign, what, right), found);
            }
        }
        if text.contains('<') {
            tags(passage, text, found);
        }
    }
}

/// Words between back-quotes.
fn quoted_back(passage: &Passage<'_>, text: &str, found: &mut Diagnostics) {
    let mut at = 0;
    while let Some(open) = text[at..].find('`').map(|open| at + open) {
        let signs = text[open..].len() - text[open..].trim_start_matches('`').len();
        let inside = open + signs;
        // Fences are lines of their own.
        let close = text[inside..].find('`').map(|close| inside + close);
        let Some(close) = close.filter(|_| signs < 3) else {
            at = inside;
            continue;
        };
        let end = close + (text[close..].len() - text[close..].trim_start_matches('`').len());
        let place = passage.flat.span(open..end);
        let finding = said(place, "a pair of back-quotes", "write `*words*` for italics, or quotation marks");
        let edits = passage.flat.edit(open..inside).zip(passage.flat.edit(close..end));
        found.push(match edits {
            Some((open, close)) => finding.fixes("delete them", vec![(open, String::new()), (close, String::new())]),
            None => finding,
        });
        at = end;
    }
}

/// Signs around words, what they make, and what is written for them.
const PAIRS: [(&str, &str, Option<&str>); 3] =
    [("__", "bold type", Some("**")), ("_", "italic type", Some("*")), ("~~", "struck-through type", None)];

/// Words between two signs that touch them, and no other letters.
fn pairs(passage: &Passage<'_>, text: &str, (sign, what, right): (&str, &str, Option<&str>), found: &mut Diagnostics) {
    let mut at = 0;
    // The first sign from there on that may close: each stretch is looked through once.
    let mut closing = 0;
    while let Some(open) = text[at..].find(sign).map(|open| at + open) {
        let inside = open + sign.len();
        at = inside;
        let begins = |c: char| c.is_alphanumeric() || matches!(c, '“' | '«' | '„' | '(');
        if text[..open].ends_with(|c: char| c.is_alphanumeric() || sign.contains(c))
            || !text[inside..].starts_with(begins)
        {
            continue;
        }
        let closes = |close: usize| {
            !text[..close].ends_with([' ', '\u{A0}'])
                && !text[close + sign.len()..].starts_with(|c: char| c.is_alphanumeric() || sign.contains(c))
        };
        if closing < inside {
            let mut signs = text[inside..].match_indices(sign).map(|(close, _)| inside + close);
            let Some(close) = signs.find(|close| closes(*close)) else { return };
            closing = close;
        }
        let close = closing;
        if close - inside > LONGEST {
            continue;
        }
        at = close + sign.len();
        let hint = match right {
            Some(right) => format!("write `{right}words{right}`"),
            None => "what is to go stands in square brackets, or is deleted".to_owned(),
        };
        let finding = said(passage.flat.span(open..at), what, &hint);
        let edits = passage.flat.edit(open..inside).zip(passage.flat.edit(close..at)).zip(right);
        found.push(match edits {
            Some(((open, close), right)) => {
                finding.fixes(format!("write `{right}`"), vec![(open, right.to_owned()), (close, right.to_owned())])
            }
            None => finding,
        });
    }
}

/// Tags of HTML that word processors and web pages leave, and what is written for them.
const TAGS: [(&str, Option<&str>); 13] = [
    ("b", Some("**")),
    ("strong", Some("**")),
    ("i", Some("*")),
    ("em", Some("*")),
    ("u", Some("")),
    ("s", None),
    ("del", None),
    ("sup", None),
    ("sub", None),
    ("p", Some("")),
    ("span", Some("")),
    ("br", None),
    ("a", None),
];

/// `<b>`, `</b>`, `<br/>`
fn tags(passage: &Passage<'_>, text: &str, found: &mut Diagnostics) {
    for (open, _) in text.match_indices('<') {
        let near = &text[open + 1..text.floor_char_boundary(open + 1 + LONGEST)];
        let Some(end) = near.find(['>', '<']).filter(|end| near[*end..].starts_with('>')) else { continue };
        let name = near[..end].trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        let Some((_, right)) = TAGS.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(name)) else { continue };
        let range = open..open + 1 + end + 1;
        let place = passage.flat.span(range.clone());
        let message = format!("the tag `{}` is printed as it stands", &text[range.clone()]);
        let finding = Diagnostic::new(Code::Markdown, place, message)
            .hint("delete it; `*words*` makes italics, `**words**` bold type");
        found.push(match passage.flat.edit(range).zip(*right) {
            Some((edit, "")) => finding.fix("delete it", edit, ""),
            Some((edit, right)) => finding.fix(format!("write `{right}`"), edit, right),
            None => finding,
        });
    }
}

/// So long are a link's words and its address at the most, in bytes.
const LONGEST: usize = 1000;

/// `[words](https://…)`
fn links(passage: &Passage<'_>, text: &str, found: &mut Diagnostics) {
    for (middle, _) in text.match_indices("](") {
        let near = text.ceil_char_boundary(middle.saturating_sub(LONGEST));
        let Some(open) = text[near..middle].rfind('[').map(|open| near + open) else { continue };
        let target = &text[middle + 2..text.floor_char_boundary(middle + LONGEST)];
        let Some(length) = target.find(')') else { continue };
        let is_address = ["http", "www.", "mailto:", "#", "/", "./"].iter().any(|start| target.starts_with(start));
        if !is_address || target[..length].contains(char::is_whitespace) {
            continue;
        }
        let place = passage.flat.span(open..middle + 3 + length);
        let finding = said(place, "a link", "write the words, and the address in brackets after them");
        let edits = passage.flat.edit(open..open + 1).zip(passage.flat.edit(middle..middle + 2));
        found.push(match edits {
            Some((open, middle)) => finding
                .fixes("write the address after the words", vec![(open, String::new()), (middle, " (".to_owned())]),
            None => finding,
        });
    }
}
