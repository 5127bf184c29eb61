//! Letters and strokes of another alphabet that look like those of the text: a
//! reader sees a word or a symbol that no search finds.

use std::cell::LazyCell;
use std::cmp::Ordering;

use crate::compile::context::Context;
use crate::compile::flat::GAP;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::syntax::{self, is_cyrillic};

/// A Cyrillic letter in a Latin word, a Greek one in a symbol, a stroke that is no
/// stroke.
pub(super) fn mixed(_: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    for passage in passages.iter().filter(|passage| !passage.flat.text.is_ascii()) {
        let text = passage.flat.text.as_str();
        let is_cyrillic_text = LazyCell::new(|| count(text, is_latin) < count(text, is_cyrillic));
        let mut at = 0;
        for word in text.split(|c: char| c.is_whitespace() || c == GAP) {
            let start = at;
            at = start + word.len();
            at += text[at..].chars().next().map_or(0, char::len_utf8);
            if word.is_ascii() || passage.flat.in_address(start) {
                continue;
            }
            if !damaged_symbol(passage, start, word, found) {
                words(passage, start, word, &|| *is_cyrillic_text, found);
                strokes(passage, start, word, found);
            }
        }
    }
}

/// A symbol that is one as soon as its letters and strokes are; dashes are looked
/// at elsewhere.
fn damaged_symbol(passage: &Passage<'_>, start: usize, word: &str, found: &mut Diagnostics) -> bool {
    let is_around = |c: char| matches!(c, '(' | ')' | '[' | ']' | '|' | ',' | ';' | ':' | '“' | '”' | '„' | '«' | '»');
    let inner = word.trim_matches(is_around).trim_end_matches(['.', '!', '?']).trim_end_matches(is_around);
    if !inner.contains('.') || !inner.contains(|c| syntax::latin_for(c).is_some() || is_stroke(c)) {
        return false;
    }
    // Letters of Russian symbols are read where references are.
    if !inner.contains(|c| is_stroke(c) || syntax::latin_for(c).is_some() && !matches!(c, 'Ѐ'..='Я')) {
        return true;
    }
    let straight: String = inner.chars().map(|c| if is_stroke(c) { '/' } else { c }).collect();
    let Some(repaired) = syntax::repaired_symbol(&straight) else { return false };
    // A blank is put before the distribution; all else is letter for letter.
    if repaired.chars().count() != inner.chars().count() {
        return false;
    }
    let from = start + word.find(inner).unwrap_or_default();
    let range = from..from + inner.len();
    let message = format!("`{inner}` has letters or signs that no symbol has");
    found.push(
        Diagnostic::new(Code::SymbolDamage, passage.flat.span(range.clone()), message)
            .hint(format!("the symbol is `{repaired}`; its letters are Latin, its strokes plain"))
            .fix_if(format!("write `{repaired}`"), passage.flat.edit(range), repaired)
            .safe(),
    );
    true
}

/// Runs of letters of two alphabets.
fn words(
    passage: &Passage<'_>,
    start: usize,
    word: &str,
    is_cyrillic_text: &dyn Fn() -> bool,
    found: &mut Diagnostics,
) {
    let mut at = start;
    for run in word.split(|c: char| !c.is_alphabetic()) {
        let place = at;
        at += run.len();
        at += word[at - start..].chars().next().map_or(0, char::len_utf8);
        let (latin, other) = (run.contains(is_latin), run.contains(|c| syntax::latin_for(c).is_some()));
        let cyrillic = run.contains(is_cyrillic);
        if !latin || !other && !cyrillic {
            continue;
        }
        let strange = |c: char| is_cyrillic(c) || syntax::latin_for(c).is_some();
        // The letters that are fewer are those that were not meant.
        let few_latin = match count(run, is_latin).cmp(&count(run, strange)) {
            Ordering::Less => true,
            Ordering::Greater => false,
            // As many: the letters of the text around them.
            Ordering::Equal => is_cyrillic_text(),
        };
        let meant: Option<String> = if few_latin {
            run.chars().map(|c| if is_latin(c) { syntax::cyrillic_for(c) } else { Some(c) }).collect()
        } else {
            run.chars().map(|c| if strange(c) { syntax::latin_for(c) } else { Some(c) }).collect()
        };
        let odd = run.chars().find(|c| if few_latin { is_latin(*c) } else { strange(*c) }).unwrap_or_default();
        let message = format!("`{run}` has letters of two alphabets: `{odd}` is {}", named(odd));
        let range = place..place + run.len();
        let diagnostic = Diagnostic::new(Code::MixedLetters, passage.flat.span(range.clone()), message)
            .hint("it looks right, and no search and no reference finds it: type the word anew");
        found.push(match meant {
            Some(meant) => diagnostic.fix_if("write it in letters of one alphabet", passage.flat.edit(range), meant),
            None => diagnostic,
        });
    }
}

/// A stroke that is none, between figures or letters.
fn strokes(passage: &Passage<'_>, start: usize, word: &str, found: &mut Diagnostics) {
    for (at, stroke) in word.char_indices().filter(|(_, c)| is_stroke(*c)) {
        let end = at + stroke.len_utf8();
        let digits = word[end..].chars().take_while(char::is_ascii_digit).count();
        let joins = word[..at].ends_with(char::is_alphanumeric) && word[end..].starts_with(char::is_alphanumeric);
        // `1⁄2` is a half.
        if !joins || stroke == '\u{2044}' && digits < 2 {
            continue;
        }
        let range = start + at..start + end;
        let message = format!("`{stroke}` is no stroke, but U+{:04X}, a sign of arithmetic", u32::from(stroke));
        found.push(
            Diagnostic::new(Code::MixedLetters, passage.flat.span(range.clone()), message)
                .hint("it looks right, and no search and no reference finds it: type `/`")
                .fix_if("write `/`", passage.flat.edit(range), "/"),
        );
    }
}

fn count(text: &str, is: impl Fn(char) -> bool) -> usize {
    text.chars().filter(|c| is(*c)).count()
}

fn is_stroke(c: char) -> bool {
    matches!(c, '\u{2215}' | '\u{2044}' | '\u{FF0F}')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}')
}

fn named(c: char) -> &'static str {
    match c {
        c if is_latin(c) => "Latin",
        c if is_cyrillic(c) => "Cyrillic",
        _ => "Greek",
    }
}
