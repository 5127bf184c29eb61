//! What a journal says was decided, beside the decisions that are appended to it: each line
//! names one of them by its number and title, and each of them is named.

use std::collections::BTreeSet;

use super::context::{Appended, Context};
use super::flat::Flat;
use super::passage::Passage;
use super::references::Reference;
use crate::cite::{State, in_one_line, title_words};
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::registry::unrevised;
use crate::source::Span;
use crate::syntax::ast::{Block, StructureName};

/// A paragraph `decision:`, and the decisions that it cites.
struct Line<'a> {
    words: &'a Flat,
    /// Those that say something.
    stems: BTreeSet<String>,
    cited: Vec<&'a Reference>,
}

/// Says which decisions are appended and not adopted, or adopted and not appended.
pub(super) fn judge(
    context: &Context<'_>,
    passages: &[Passage<'_>],
    references: &[Reference],
    found: &mut Diagnostics,
) {
    if context.appended.is_empty() {
        return;
    }
    let lines = lines(context, passages, references);
    let named: Vec<BTreeSet<usize>> = lines.iter().map(|line| line.names(context.appended)).collect();
    let is_named = |at: usize| named.iter().any(|names| names.contains(&at));
    let appended = context.appended.iter().enumerate();
    let mut unnamed: Vec<&Appended> =
        appended.filter(|(at, text)| text.is_decision && !is_named(*at)).map(|(_, text)| text).collect();
    for (line, names) in lines.iter().zip(&named) {
        let own = names.first().filter(|_| names.len() == 1).and_then(|at| context.appended.get(*at));
        if let Some(text) = own {
            found.extend(line.other_title(text, context));
        }
        if let Some(cited) = line.cited.first().filter(|cited| names.is_empty() && is_new(cited, context)) {
            let meant = unnamed.iter().position(|text| unnamed.len() == 1 || line.has_title(text));
            found.push(line.not_appended(cited, meant.map(|at| unnamed.remove(at))));
        }
    }
    found.extend(unnamed.into_iter().map(not_adopted));
}

fn lines<'a>(context: &Context<'_>, passages: &'a [Passage<'_>], references: &'a [Reference]) -> Vec<Line<'a>> {
    let decisions = passages.iter().filter(|passage| !passage.is_note).filter_map(|passage| {
        let block = context.filled.blocks.get(passage.block?)?;
        let is_decision = block.keyword().is_some_and(|keyword| keyword.name == StructureName::Decision);
        is_decision.then_some((block, &passage.flat))
    });
    let line = |(block, words): (&Block, &'a Flat)| {
        let is_cited =
            |cited: &&Reference| is_decision(&cited.symbol) && places(cited).any(|place| block.span.contains(place));
        Line { words, stems: stems(&words.text), cited: references.iter().filter(is_cited).collect() }
    };
    decisions.map(line).collect()
}

fn places(cited: &Reference) -> impl Iterator<Item = Span> {
    std::iter::once(cited.place).chain(cited.others.iter().copied())
}

/// Whether a symbol is a decision’s.
pub(super) fn is_decision(symbol: &str) -> bool {
    symbol.contains(".DEC/")
}

/// Whether what a line cites can have been adopted at the meeting: a line may cite an earlier decision, and name none.
fn is_new(cited: &Reference, context: &Context<'_>) -> bool {
    let entry = context.registry.get(&cited.symbol);
    match entry.and_then(|entry| entry.adopted).zip(context.day) {
        Some((adopted, day)) => adopted >= day,
        None => !matches!(cited.state, State::Inferred | State::Pending) && entry.is_none(),
    }
}

impl Line<'_> {
    /// Which of the texts it names: by a symbol, else by all words of a title.
    fn names(&self, appended: &[Appended]) -> BTreeSet<usize> {
        let of_symbol = |text: &Appended| {
            let symbol = text.symbol.as_deref().map(unrevised);
            symbol.is_some_and(|symbol| self.cited.iter().any(|cited| unrevised(&cited.symbol) == symbol))
        };
        let where_it = |names: &dyn Fn(&Appended) -> bool| -> BTreeSet<usize> {
            appended.iter().enumerate().filter(|(_, text)| names(text)).map(|(at, _)| at).collect()
        };
        let by_symbol = where_it(&of_symbol);
        let has_number = self.cited.iter().any(|cited| cited.state != State::Pending);
        if has_number || !by_symbol.is_empty() { by_symbol } else { where_it(&|text| self.has_title(text)) }
    }

    fn has_title(&self, text: &Appended) -> bool {
        let title = stems(&text.title);
        !title.is_empty() && title.is_subset(&self.stems)
    }

    /// A title behind the number that is another than that of the text with this number.
    fn other_title(&self, text: &Appended, context: &Context<'_>) -> Option<Diagnostic> {
        let locale = context.filled.locale;
        let symbol = text.symbol.as_deref()?;
        let cited = self.cited.iter().find(|cited| unrevised(&cited.symbol) == unrevised(symbol))?;
        let from = self.words.text.find(&cited.text)? + cited.text.len();
        let rest = &self.words.text[from..];
        let about = locale.cited.about.iter();
        let lead = about.filter_map(|lead| rest.trim_start().strip_prefix(lead.as_str())).min_by_key(|rest| rest.len());
        let title = lead.filter(|title| title.starts_with(|c: char| !c.is_alphabetic()))?.trim_start();
        let title = title.trim_start_matches(['“', '„', '«', '"', '\u{A0}']);
        let end = title.find([',', ';', '.', '(', '”', '“', '»', '"', '\n']).unwrap_or(title.len());
        let title = title[..end].trim_end();
        let (said, own) = (stems(title), stems(&text.title));
        let shared = said.intersection(&own).count();
        let is_title = |other: &&Appended| said.is_subset(&stems(&other.title));
        let meant = context.appended.iter().find(is_title).filter(|_| shared < said.len());
        // The title of a text in another language, or of values, is not known here.
        let is_known = text.language == locale.language && !own.is_empty() && !said.is_empty();
        if !is_known || (2 * shared >= said.len() && meant.is_none()) {
            return None;
        }
        let start = title.as_ptr() as usize - self.words.text.as_ptr() as usize;
        let message = format!("`{symbol}` is appended with another title than “{}”", in_one_line(title));
        let hint = match meant.and_then(|other| other.symbol.as_deref()) {
            Some(meant) => format!("that is the title of `{meant}`: correct the number, or write “{}”", text.title),
            None => format!("write “{}”, or correct the number", text.title),
        };
        let finding = Diagnostic::new(Code::Appended, self.words.span(start..start + title.len()), message);
        Some(finding.hint(hint).other(text.place, "appended here"))
    }

    /// A decision that no appended text is, with the one that may be meant.
    fn not_appended(&self, cited: &Reference, meant: Option<&Appended>) -> Diagnostic {
        let message = format!("`{}` is not appended to this journal", cited.symbol);
        let finding = Diagnostic::new(Code::Appended, cited.place, message);
        let Some((text, symbol)) = meant.and_then(|text| Some((text, text.symbol.as_deref()?))) else {
            return finding.hint("append its text by `member:` and the path, or correct the number");
        };
        let finding = finding
            .other(text.place, "appended, and named by no `decision:`")
            .hint(format!("is `{symbol}` meant? if not, append the text by `member:` and the path"));
        match self.renumbered(cited, symbol) {
            Some(edits) => finding.fixes(format!("write the number of `{symbol}`"), edits),
            None => finding,
        }
    }

    /// The number of another decision of the series, wherever this one has its own.
    fn renumbered(&self, cited: &Reference, meant: &str) -> Option<Vec<(Span, String)>> {
        let ((series, number), (of_meant, meant)) = (cited.symbol.split_once('/')?, meant.split_once('/')?);
        let from = self.words.text.find(&cited.text).filter(|_| series == of_meant)?;
        let numbers = cited.text.match_indices(number).map(|(at, number)| from + at..from + at + number.len());
        let edits = numbers.map(|number| Some((self.words.edit(number)?, meant.to_owned())));
        edits.collect::<Option<Vec<_>>>().filter(|edits| !edits.is_empty())
    }
}

fn not_adopted(text: &Appended) -> Diagnostic {
    let name = text.symbol.clone().unwrap_or_else(|| text.title.clone());
    let message = format!("`{name}` is appended, and no `decision:` of this journal names it");
    let hint = "write `decision:` below the item under which it was adopted, with its number and its title";
    Diagnostic::new(Code::Appended, text.place, message).hint(hint)
}

/// The words of a title that say something.
fn stems(title: &str) -> BTreeSet<String> {
    title_words(title).into_iter().collect()
}
