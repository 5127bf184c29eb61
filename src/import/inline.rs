//! The words of a paragraph as a source has them: escaped, with emphasis, notes and references.

use std::collections::BTreeMap;

use super::read::{Piece, What};
use crate::syntax::escape::{Brackets, escaped_within, has_paired_brackets};

/// What the words of a text need to be written.
pub(super) struct Setting<'s> {
    /// The language of the text.
    pub language: &'s str,
    /// The labels of the bookmarks that references lead to.
    pub labels: &'s BTreeMap<String, Label>,
    /// Whether square brackets are those of the language.
    pub brackets: Brackets,
}

/// The label of a paragraph that is referred to, and its number with those above it.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub name: String,
    pub path: String,
}

/// A stretch of words that are set alike.
struct Stretch {
    source: String,
    first: Option<char>,
    last: Option<char>,
    strong: bool,
    emphasized: bool,
    language: Option<&'static str>,
    is_balanced: bool,
}

/// The source of pieces on one line, and how many stretches lost their emphasis.
pub(super) fn written(pieces: &[Piece], setting: &Setting<'_>) -> (String, usize) {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut depth = 0;
    for piece in pieces {
        let (source, shown) = match &piece.what {
            What::Words(words) => (escaped_within(words, setting.brackets, &mut depth), words.clone()),
            What::Break => (" ".to_owned(), " ".to_owned()),
            What::Reference { bookmark, shown } => match setting.labels.get(bookmark) {
                // A number without those above it is another one.
                Some(label) if plain(shown) == label.path => (format!("{{@{} | number}}", label.name), shown.clone()),
                _ => (escaped_within(shown, setting.brackets, &mut depth), shown.clone()),
            },
            What::Note { mark, content, .. } => (note(mark.as_deref(), content, setting), String::new()),
            What::Comment(..) | What::Leaf(_) => continue,
        };
        let language = piece.style.language.filter(|language| *language != setting.language);
        let is_word = matches!(piece.what, What::Words(_));
        let is_balanced = !is_word || setting.brackets == Brackets::Signs || has_paired_brackets(&shown);
        // Blanks between words of another language are of that language.
        let has_letters = shown.chars().any(char::is_alphabetic);
        let (strong, emphasized) =
            (piece.style.strong && !shown.is_empty(), piece.style.emphasized && !shown.is_empty());
        let mut chars = shown.chars();
        let (first, last) = (chars.next(), chars.next_back());
        let last = last.or(first);
        match stretches.last_mut() {
            Some(before)
                if (before.strong, before.emphasized) == (strong, emphasized)
                    && (before.language == language || !has_letters) =>
            {
                before.source.push_str(&source);
                before.last = last.or(before.last);
                before.is_balanced &= is_balanced;
            }
            _ => stretches.push(Stretch {
                source,
                first,
                last,
                strong,
                emphasized,
                language: language.filter(|_| has_letters),
                is_balanced,
            }),
        }
    }
    joined(&stretches)
}

fn plain(number: &str) -> String {
    number.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn joined(stretches: &[Stretch]) -> (String, usize) {
    let (mut out, mut lost) = (String::new(), 0);
    // What is printed before, which says whether emphasis may begin.
    let mut before: Option<char> = None;
    for (at, stretch) in stretches.iter().enumerate() {
        let inner = stretch.source.trim();
        let lead = stretch.source.len() - stretch.source.trim_start().len();
        let (head, tail) = (&stretch.source[..lead], &stretch.source[lead + inner.len()..]);
        let stars = usize::from(stretch.emphasized) + 2 * usize::from(stretch.strong);
        let after = if tail.is_empty() { stretches.get(at + 1).and_then(|next| next.first) } else { Some(' ') };
        let left = if head.is_empty() { before } else { Some(' ') };
        out.push_str(head);
        let is_foreign = stretch.language.is_some() && stretch.is_balanced;
        if let Some(language) = stretch.language.filter(|_| is_foreign && !inner.is_empty()) {
            out.push_str("{lang ");
            out.push_str(language);
            out.push_str(": ");
        }
        let fits = stars > 0
            && !inner.is_empty()
            && stretch.is_balanced
            && (is_foreign || may_begin(left, inner, out.chars().next_back()))
            && may_end(inner, if is_foreign { None } else { after });
        if stars > 0 && !fits && !inner.is_empty() {
            lost += 1;
        }
        let marks = if fits { "*".repeat(stars) } else { String::new() };
        out.push_str(&marks);
        out.push_str(inner);
        out.push_str(&marks);
        if is_foreign && !inner.is_empty() {
            out.push('}');
        }
        out.push_str(tail);
        before = if tail.is_empty() { stretch.last.or(before) } else { Some(' ') };
        if fits && tail.is_empty() {
            before = Some('*');
        }
    }
    (out, lost)
}

/// Whether asterisks may open: no letter before them, and a letter or an opening sign behind.
fn may_begin(left: Option<char>, inner: &str, written: Option<char>) -> bool {
    let opens =
        |c: char| c.is_alphanumeric() || matches!(c, '“' | '„' | '«' | '‘' | '(' | '[' | '{' | '"' | '\\' | '–' | '…');
    left.is_none_or(|c| !c.is_alphanumeric() && c != '*')
        && written.is_none_or(|c| c != '*' && c != '\\')
        && inner.chars().next().is_some_and(opens)
}

/// Whether asterisks may close: no blank before them, and no letter behind.
fn may_end(inner: &str, after: Option<char>) -> bool {
    after.is_none_or(|c| !c.is_alphanumeric() && c != '*')
        && inner.chars().next_back().is_some_and(|c| c != '*' && c != '\\')
}

fn note(mark: Option<&str>, content: &[Piece], setting: &Setting<'_>) -> String {
    let words = super::read::words_of(content);
    let brackets = if has_paired_brackets(&words) { setting.brackets } else { Brackets::Signs };
    // No note stands in another one.
    let inner: Vec<Piece> =
        content.iter().filter(|piece| !matches!(piece.what, What::Note { .. } | What::Comment(..))).cloned().collect();
    let (source, _) = written(&inner, &Setting { brackets, ..*setting });
    let source = source.trim();
    match mark.filter(|mark| matches!(*mark, "*" | "**" | "***" | "†" | "‡")) {
        Some(mark) => format!("{{note {mark}: {source}}}"),
        None => format!("{{note: {source}}}"),
    }
}
