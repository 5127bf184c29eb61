//! The words of a text, without what is drawn about them.

use super::{Block, BlockKind, CellText, Contents, Document, Inline, Letterhead, Volume};

/// A hyphen after which no line ends.
pub const NO_BREAK_HYPHEN: char = '\u{2011}';
/// Where a word may be divided: a hyphen is printed only at the end of a line.
pub const SOFT_HYPHEN: char = '\u{AD}';

/// The words, raised letters on the line, footnotes left out.
pub fn plain(content: &[Inline]) -> String {
    let mut out = String::new();
    each_word(content, &mut |word, is_mark| {
        if !is_mark {
            out.push_str(word);
        }
    });
    if out.contains([SOFT_HYPHEN, NO_BREAK_HYPHEN]) { out.chars().filter_map(on_one_line).collect() } else { out }
}

/// A sign as it is where no line ends: of hyphens that say where one may, none or
/// a hyphen.
pub fn on_one_line(sign: char) -> Option<char> {
    match sign {
        SOFT_HYPHEN => None,
        NO_BREAK_HYPHEN => Some('-'),
        sign => Some(sign),
    }
}

/// The row of a symbol: the symbol, at which the mark of a correction stands, and what is behind it.
pub fn behind_symbol<'r>(row: &'r str, symbol: Option<&str>) -> (&'r str, &'r str) {
    let rest = symbol.and_then(|symbol| row.strip_prefix(symbol));
    rest.map_or((row, ""), |rest| row.split_at(row.len() - rest.len()))
}

/// Whether a line of a title keeps its letters: all lines are set in capitals, but one in
/// parentheses below the first, which says where and when.
pub fn keeps_letters(at: usize, line: &[Inline]) -> bool {
    let words = plain(line);
    at > 0 && words.starts_with('(') && words.ends_with(')')
}

/// The same in capitals, but for letters behind a figure: `1315th`, `974ª`, `912-е`, `1.er`.
pub fn capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_behind_figure = false;
    for (at, letter) in text.char_indices() {
        let joins = || matches!(letter, '-' | '‑' | '.') && is_ending(&text[at + letter.len_utf8()..]);
        is_behind_figure = letter.is_ascii_digit() || is_behind_figure && (letter.is_alphabetic() || joins());
        if is_behind_figure { out.push(letter) } else { out.extend(letter.to_uppercase()) }
    }
    out
}

/// Whether a text begins with the end of an ordinal: one or two small letters, and no more.
fn is_ending(text: &str) -> bool {
    let letters = text.chars().take_while(|letter| letter.is_lowercase()).count();
    (1..=2).contains(&letters) && !text.chars().nth(letters).is_some_and(char::is_alphanumeric)
}

/// The line of a row at which each paragraph of its cells begins; of each cell the source
/// lines of its paragraphs and how many lines they have. What stands beside each other in
/// the source begins at one height.
pub fn tops(cells: &[Vec<(usize, usize)>]) -> Vec<Vec<usize>> {
    let mut tops: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    let mut ends = vec![0; cells.len()];
    let mut of_lines: Vec<usize> = cells.iter().flatten().map(|(of, _)| *of).collect();
    of_lines.sort_unstable();
    of_lines.dedup();
    for of in of_lines {
        // A line has one paragraph a cell, so the next of each is of it or of a later one.
        let next = |cell: usize, tops: &[Vec<usize>]| {
            let (line, height) = cells.get(cell)?.get(tops.get(cell)?.len())?;
            (*line == of).then_some(*height)
        };
        let here: Vec<(usize, usize)> = (0..cells.len()).filter_map(|cell| Some((cell, next(cell, &tops)?))).collect();
        let top = here.iter().map(|(cell, _)| ends[*cell]).max().unwrap_or_default();
        for (cell, height) in here {
            tops[cell].push(top);
            ends[cell] = top + height;
        }
    }
    tops
}

/// A title's lines joined by a space.
pub fn plain_lines(lines: &[Vec<Inline>]) -> String {
    lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join(" ")
}

/// Calls `visit` for all words that a document prints, those of a volume's texts
/// included; what pages add, as their numbers, is not among them.
pub fn each_text(document: &Document, visit: &mut dyn FnMut(&str)) {
    let Letterhead { left, right, symbol_row: _, meeting, raised: _, correction, correction_mark, file_code } =
        &document.letterhead;
    let heads = left.iter().chain(right).chain(&document.running_head);
    heads.for_each(|line| visit(&line.text));
    let lines = [&document.draft, correction, file_code].into_iter().flatten();
    lines.chain(meeting).chain(correction.iter().map(|_| correction_mark)).for_each(|line| visit(line));
    for part in &document.parts {
        part.head.iter().for_each(|line| visit(&line.text));
        part.title_line.iter().chain(&part.by).for_each(|line| visit(line));
        part.meeting.iter().chain(&part.title).for_each(|line| each_printed(line, visit));
        part.blocks.iter().for_each(|block| each_printed_in(block, visit));
        for note in &part.notes {
            visit(&note.mark);
            each_printed(&note.content, visit);
        }
    }
    document.appended.iter().for_each(|member| each_text(&member.document, visit));
    let Some(Volume { cover, contents, page, sections }) = &document.volume else { return };
    visit(contents);
    visit(page);
    cover.names.iter().chain(&cover.place).chain(&cover.year).chain(&cover.imprint).for_each(|line| visit(line));
    cover.back.iter().for_each(|line| visit(&line.text));
    cover.title.iter().for_each(|line| each_printed(line, visit));
    for section in sections {
        section.label.iter().for_each(|number| visit(number));
        each_printed(&section.title, visit);
        for member in &section.members {
            member.under_title.iter().chain([&member.entry]).for_each(|line| visit(line));
            each_text(&member.document, visit);
        }
    }
}

fn each_printed_in(block: &Block, visit: &mut dyn FnMut(&str)) {
    match &block.kind {
        BlockKind::Opening(content)
        | BlockKind::Clause(content)
        | BlockKind::Prose(content)
        | BlockKind::Continuation { content, .. } => each_printed(content, visit),
        BlockKind::List(list) => {
            for item in &list.items {
                visit(&item.label);
                each_printed(&item.content, visit);
                for block in &item.body {
                    each_printed_in(block, visit);
                }
            }
        }
        BlockKind::Heading { label, content, .. } => {
            label.iter().for_each(|label| visit(label));
            each_printed(content, visit);
        }
        BlockKind::Contents(Contents { title, page, entries }) => {
            each_printed(title, visit);
            visit(page);
            entries.iter().for_each(|entry| {
                entry.label.iter().for_each(|label| visit(label));
                visit(&entry.words);
            });
        }
        BlockKind::Lines { lines, .. } => lines.iter().for_each(|line| each_printed(line, visit)),
        BlockKind::Quote { blocks, .. } => blocks.iter().for_each(|block| each_printed_in(block, visit)),
        BlockKind::Table(table) => {
            for CellText { label, line: _, content } in table.paragraphs() {
                label.iter().for_each(|label| visit(label));
                each_printed(content, visit);
            }
        }
    }
}

fn each_printed(content: &[Inline], visit: &mut dyn FnMut(&str)) {
    each_word(content, &mut |word, _| visit(word));
}

/// Calls `visit` for each word of a text, and whether it is the mark of a note.
fn each_word(content: &[Inline], visit: &mut dyn FnMut(&str, bool)) {
    for inline in content {
        match inline {
            Inline::Text(text)
            | Inline::Raised(text)
            | Inline::Placeholder(text)
            | Inline::Link { text, .. }
            | Inline::Unresolved(text) => visit(text, false),
            Inline::NoteMark { mark, .. } => visit(mark, true),
            Inline::Emphasis { content, .. }
            | Inline::Bracket(content)
            | Inline::Foreign { content, .. }
            | Inline::Instrument { content, .. } => each_word(content, visit),
        }
    }
}
