//! What differs, on a terminal or in a mail: the summary, then each block that changed.

use super::shown::{Piece, counts, heading, labels, pieces};
use crate::compare::{Comparison, Op, What};

/// How wide a line is.
const WIDTH: usize = 80;

/// What colours a word: what is gone, what is new, and the end of both.
const GONE: &str = "\u{1B}[9;31m";
const NEW: &str = "\u{1B}[4;32m";
const BOLD: &str = "\u{1B}[1m";
const END: &str = "\u{1B}[0m";

/// What differs between two drafts of these names; with colours for a terminal that has
/// them. What is gone stands in `[-…-]` and what is new in `{+…+}`, with or without them.
pub fn text(comparison: &Comparison, (old, new): (&str, &str), colour: bool) -> String {
    let mut out = format!("old: {old}\nnew: {new}\n{}\n", counts(comparison));
    let bold = |words: &str| if colour { format!("{BOLD}{words}{END}") } else { words.to_owned() };
    let mut subject = None;
    for statement in comparison.summary() {
        if subject != Some(statement.subject) {
            subject = Some(statement.subject);
            out.push_str(&format!("\n{}\n", bold(statement.subject.name())));
        }
        fill(&mut out, "  ", statement.words.split(' ').map(str::to_owned));
    }
    for entry in &comparison.entries {
        if entry.what == What::Same {
            continue;
        }
        out.push_str(&format!("\n{}\n", bold(&format!("— {}", heading(comparison, entry)))));
        let (was, is) = labels(comparison, entry);
        let mut words: Vec<String> = Vec::new();
        if was == is {
            words.extend((!is.is_empty()).then_some(is));
        } else {
            words.push(marked(&was, &is, colour));
        }
        words.extend(shown(&pieces(comparison, entry), colour));
        for paragraph in words.split(|word| word == "\n") {
            fill(&mut out, "  ", paragraph.iter().cloned());
        }
    }
    out
}

/// Words that stand between blanks, each with its marks.
fn shown(pieces: &[Piece<'_>], colour: bool) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut add = |text: &str, open: &str, close: &str, (on, off): (&str, &str)| {
        let mut first = true;
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                words.push("\n".to_owned());
                words.push(String::new());
            }
            for (at, word) in line.split(' ').enumerate() {
                if at > 0 {
                    words.push(String::new());
                }
                if let Some(last) = words.last_mut().filter(|_| !word.is_empty()) {
                    last.push_str(on);
                    last.push_str(if first { open } else { "" });
                    last.push_str(word);
                    last.push_str(off);
                    first = false;
                }
            }
        }
        if let Some(last) = words.iter_mut().rev().find(|word| !word.is_empty() && *word != "\n").filter(|_| !first) {
            match off.is_empty() {
                true => last.push_str(close),
                false => last.insert_str(last.len() - off.len(), close),
            }
        }
    };
    let colours = |on: &'static str| if colour { (on, END) } else { ("", "") };
    for piece in pieces {
        match piece.op {
            Op::Same => add(piece.new, "", "", ("", "")),
            Op::Gone => add(piece.old, "[-", "-]", colours(GONE)),
            Op::New => add(piece.new, "{+", "+}", colours(NEW)),
            Op::Follows => add(piece.new, "", "", ("", "")),
            Op::Restyled => add(piece.new, "{~", "~}", colours(BOLD)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// A number that is another one.
fn marked(was: &str, is: &str, colour: bool) -> String {
    let pieces = [Piece::of_text(Op::Gone, was, ""), Piece::of_text(Op::New, "", is)];
    shown(&pieces, colour).concat()
}

/// Fills lines with words.
fn fill(out: &mut String, indent: &str, words: impl Iterator<Item = String>) {
    let mut length = 0;
    for word in words {
        let width = width_of(&word);
        if length > 0 && length + 1 + width > WIDTH {
            out.push('\n');
            length = 0;
        }
        if length == 0 {
            out.push_str(indent);
            length = indent.len();
        } else {
            out.push(' ');
            length += 1;
        }
        out.push_str(&word);
        length += width;
    }
    out.push('\n');
}

/// How many characters of a word are seen.
fn width_of(word: &str) -> usize {
    let mut in_colour = false;
    word.chars()
        .filter(|c| {
            let is_start = *c == '\u{1B}';
            in_colour |= is_start;
            let seen = !in_colour;
            in_colour &= *c != 'm' || is_start;
            seen
        })
        .count()
}
