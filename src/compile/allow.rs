//! What an author lets stand on purpose: `allow: code words – reason`. References
//! have their own form of it, by state and symbol, in `references/allow.rs`.

use super::references::{AllowLine, is_state};
use crate::cite::in_one_line;
use crate::diag::{Code, Diagnostic, Diagnostics, Held, Stage, likely};
use crate::source::{FileId, Sources, Span};
use crate::syntax::ast::Header;

/// The lines of a header that allow findings by their words.
#[derive(Clone, Debug, Default)]
pub(super) struct Allowances(Vec<Allowance>);

/// A line: it takes the findings of a code whose place has these words.
#[derive(Clone, Debug)]
struct Allowance {
    code: Code,
    words: String,
    place: Span,
    is_used: bool,
}

/// Reads those `allow:` lines of a header that are not about references; what none may
/// allow is refused at its place.
pub(super) fn read(header: &Header, is_final: bool, found: &mut Diagnostics) -> Allowances {
    let mut allowances = Allowances::default();
    for entry in header.entries().filter(|entry| entry.key.text == "allow") {
        let (value, place) = (entry.value(), entry.value_span());
        let name = value.split_whitespace().next().unwrap_or_default();
        if is_state(name) {
            continue;
        }
        match allowance(&value, name, place, is_final) {
            Ok(allowance) => allowances.0.push(allowance),
            Err((message, hint)) => found.push(Diagnostic::new(Code::AllowForm, place, message).hint(hint)),
        }
    }
    allowances
}

fn allowance(value: &str, name: &str, place: Span, is_final: bool) -> Result<Allowance, (String, String)> {
    let Some(code) = Code::named(name) else {
        let message = format!("`{name}` is no finding that can be allowed");
        let names = Code::ALL.iter().filter(|code| code.held() != Held::Always).map(|code| code.name());
        let hint = match likely(name, names) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write the state of a reference or the code of a finding first, as `superseded MC.DEC/4/07 – why`"
                .to_owned(),
        };
        return Err((message, hint));
    };
    if code.is_held(is_final) {
        let message = match code.held() {
            Held::InFinal => format!("`{name}` is allowed by nobody in a final text"),
            Held::Always | Held::Never => format!("`{name}` is allowed by nobody"),
        };
        return Err((message, format!("cure what it finds, and delete this line; `chancery explain {name}` says how")));
    }
    let hint = || format!("write the words that it finds, a dash and the reason: `allow: {name} words – as published`");
    let AllowLine { key, .. } = AllowLine::read(value).map_err(|message| (message, hint()))?;
    Ok(Allowance { code, words: in_one_line(&key), place, is_used: false })
}

impl Allowances {
    /// Takes out what is allowed, in all files or in that of the header alone; returns
    /// how much that is.
    pub fn apply(&mut self, found: &mut Diagnostics, sources: &Sources, only: Option<FileId>) -> usize {
        if self.0.is_empty() {
            return 0;
        }
        found.accept(|finding| {
            let mut taken = false;
            if only.is_none_or(|file| finding.place.file == file) {
                for allowance in self.0.iter_mut().filter(|allowance| allowance.code == finding.code) {
                    if has_words(finding.place, &allowance.words, sources) {
                        allowance.is_used = true;
                        taken = true;
                    }
                }
            }
            taken
        })
    }

    /// Says which lines took nothing of what can be found at a stage: of what only pages
    /// show, nothing can be said before there are pages.
    pub fn unused(&self, found: &mut Diagnostics, sources: &Sources, stage: Stage) {
        let is_due = |allowance: &&Allowance| allowance.code.stage() == stage && !allowance.is_used;
        let mut said = Vec::new();
        for Allowance { code, words, place, .. } in self.0.iter().filter(is_due) {
            let message = format!("no finding of `{}` has the words `{words}`", code.name());
            let others = found.iter().filter(|finding| finding.code == *code);
            let mut others: Vec<String> = others.map(|finding| in_one_line(sources.slice(finding.place))).collect();
            others.sort();
            others.dedup();
            others.retain(|other| !other.is_empty() && other.len() < 80);
            let hint = if others.is_empty() {
                "delete this line; it would hide a fault that comes later".to_owned()
            } else {
                let others: Vec<String> = others.iter().take(5).map(|other| format!("`{other}`")).collect();
                format!("delete this line; what is found here is {}", others.join(", "))
            };
            said.push(Diagnostic::new(Code::AllowUnused, *place, message).hint(hint));
        }
        found.extend(said);
    }
}

/// Whether words stand at a place: in it, or so that they hold all of it.
fn has_words(place: Span, words: &str, sources: &Sources) -> bool {
    let Some(source) = sources.get(place.file) else { return false };
    let text = source.text();
    // The words may begin before the place and end after it; line breaks make them longer.
    let near = words.len() * 2 + 16;
    let from = text.floor_char_boundary(place.range().start.saturating_sub(near));
    let to = text.ceil_char_boundary((place.range().end + near).min(text.len()));
    let (before, inside, after) =
        (&text[from..place.range().start], &text[place.range()], &text[place.range().end..to]);
    let lines = |text: &str| text.replace(|c: char| c.is_whitespace(), " ");
    let joined = in_one_line(&[&lines(before), "\u{0}", &lines(inside), "\u{0}", &lines(after)].concat());
    let (mut plain, mut marks) = (String::with_capacity(joined.len()), Vec::new());
    for c in joined.chars() {
        if c == '\u{0}' { marks.push(plain.len()) } else { plain.push(c) }
    }
    let (Some(&start), Some(&end)) = (marks.first(), marks.get(1)) else { return false };
    plain.match_indices(words).any(|(at, found)| {
        let last = at + found.len();
        let is_whole = !joins(plain[..at].chars().next_back(), found.chars().next())
            && !joins(found.chars().next_back(), plain[last..].chars().next());
        is_whole && (at <= start && end <= last || start <= at && last <= end)
    })
}

/// Whether a word goes on from one letter to the next.
fn joins(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}
