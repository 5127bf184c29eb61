//! What is said of references: findings at the author's bytes, and the list of
//! all of them.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::allow::{self, Allowances};
use super::reference::{Reference, entered, is_untitled, lead};
use super::said::Said;
use crate::cite::{self, Cited, Judgement, Most, State, What};
use crate::compile::context::Context;
use crate::compile::flat::Flat;
use crate::compile::labels::of_the_text;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::Locale;
use crate::model::Lead;
use crate::registry::unrevised;
use crate::source::Span;
use crate::syntax::ast::{self, Inline, Word};

/// Judges references one after the other, and keeps what came of it.
pub(super) struct Reporter<'a, 'f> {
    context: &'a Context<'a>,
    found: &'f mut Diagnostics,
    allowances: Allowances,
    references: Vec<Reference>,
    /// Place and symbol of those already known: alternatives of a bracket have
    /// a common context.
    known: BTreeSet<(Span, String)>,
    /// The last number of a paragraph of the text itself, where they have numbers.
    last_paragraph: Option<u32>,
    said: Said,
}

/// A range of the flat text that leads somewhere.
type Link = (Range<usize>, Lead);

impl<'a, 'f> Reporter<'a, 'f> {
    pub fn new(context: &'a Context<'a>, last_paragraph: Option<u32>, found: &'f mut Diagnostics) -> Self {
        let allowances = allow::read(&context.filled.header, found);
        let (references, known, said) = (Vec::new(), BTreeSet::new(), Said::default());
        Reporter { context, found, allowances, references, known, last_paragraph, said }
    }

    /// All references, sorted by place.
    pub fn finish(mut self) -> Vec<Reference> {
        self.said.say(self.found);
        allow::unused(&self.allowances, &self.references, self.found);
        self.references.sort_by_key(|reference| reference.place);
        self.references
    }

    /// The citations of one text of a passage; gives back what leads
    /// somewhere.
    pub fn passage(
        &mut self,
        passage: &Passage<'_>,
        flat: &Flat,
        cited: impl Iterator<Item = (Cited, Judgement)>,
        paragraph: Option<&str>,
        locale: &Locale,
    ) -> Vec<Link> {
        let mut links = Vec::new();
        let quotations = LazyCell::new(|| locale.quotes.quotations(&flat.text));
        let mut in_list: BTreeMap<(usize, String), Range<usize>> = BTreeMap::new();
        for (one, judgement) in cited {
            let key = one.what.key();
            let place = flat.span(one.words.clone());
            if !self.known.insert((flat.span(one.number.clone()), key.clone())) {
                continue;
            }
            links.extend(lead(self.context, &one.what).map(|lead| (one.words.clone(), lead)));
            let words = cite::in_one_line(&flat.text[one.words.clone()]);
            let judgement = self.in_document(&one, judgement, passage, flat);
            let state = judgement.state;
            let quoted = passage.quoted || quotations.hold(one.words.start);
            // Another's words stay as they are.
            let fix = if quoted { None } else { judgement.fix.as_ref().and_then(|fix| self.edit(fix, flat)) };
            // A place that is not there is said at its number.
            let at = if state == State::OutOfRange { one.words.clone() } else { one.number.clone() };
            let finding = self.finding(&judgement, flat.span(at), fix, &|words| flat.span(words));
            // What is to be said of the instrument was said where it was named.
            let finding = finding.filter(|_| !one.again || state == State::OutOfRange);
            self.keep(
                Reference {
                    symbol: key.clone(),
                    text: words,
                    language: passage.language.to_owned(),
                    paragraph: paragraph.map(str::to_owned),
                    pinpoint: one.pinpoint.clone(),
                    state,
                    by_number: is_untitled(self.context, &one.what),
                    compared: judgement.compared.clone(),
                    entered: entered(self.context, Some(&one.what)),
                    allowed: false,
                    quoted,
                    place,
                    others: flat.places(one.words.clone()),
                },
                finding,
            );
            // Two places in one text are two references.
            let again = format!("{key} {}", one.pinpoint.as_deref().unwrap_or_default());
            if !one.again
                && let Some(first) = in_list.insert((one.list, again), one.number.clone())
                && first != one.number
            {
                let message = format!("`{key}` is cited twice in one list");
                self.found.push(
                    Diagnostic::new(Code::CitedTwice, flat.span(one.number.clone()), message)
                        .other(flat.span(first), "first cited here")
                        .hint("delete one of the two, or write the one that was meant"),
                );
            }
        }
        links
    }

    /// Citations in braces.
    pub fn braces(&mut self, passage: &Passage<'_>, paragraph: Option<&str>) -> Vec<Link> {
        let flat = &passage.flat;
        let mut ranges: BTreeMap<Span, Range<usize>> = BTreeMap::new();
        for (range, span) in &flat.braces {
            ranges.insert(*span, range.clone());
        }
        if ranges.is_empty() {
            return Vec::new();
        }
        let mut links = Vec::new();
        ast::walk(passage.content, &mut |inline| {
            let Inline::Citation { span, instruments, by_slug, content, .. } = inline else { return };
            let Some(range) = ranges.get(span) else { return };
            for instrument in instruments {
                let what = cite::named(&instrument.text, *by_slug, self.context.registry);
                let key = what.as_ref().map_or_else(|| instrument.text.clone(), What::key);
                if !self.known.insert((instrument.span, key.clone())) {
                    continue;
                }
                let is_pending = matches!(&what, Some(What::Symbol(symbol)) if symbol.number_pending);
                if let Some(what) = what.as_ref().filter(|_| !is_pending) {
                    links.extend(lead(self.context, what).map(|lead| (range.clone(), lead)));
                }
                let judgement = cite::judge_named(&instrument.text, *by_slug, self.context.registry, self.context.day);
                let judgement = self.in_volume(what.as_ref(), judgement);
                let state = judgement.state;
                let fix = judgement.fix.as_ref().map(|(_, cure)| (instrument.span, cure.clone()));
                let finding = self.finding(&judgement, instrument.span, fix, &|_| instrument.span);
                let text = if content.is_empty() { key.clone() } else { flat.text[range.clone()].to_owned() };
                self.keep(
                    Reference {
                        symbol: key,
                        text,
                        language: passage.language.to_owned(),
                        paragraph: paragraph.map(str::to_owned),
                        pinpoint: None,
                        state,
                        by_number: what.as_ref().is_some_and(|what| is_untitled(self.context, what)),
                        compared: judgement.compared.clone(),
                        entered: entered(self.context, what.as_ref()),
                        allowed: false,
                        quoted: passage.quoted,
                        place: *span,
                        others: Vec::new(),
                    },
                    finding,
                );
            }
        });
        links
    }

    /// Keeps a reference, and says its finding unless the header allows it.
    fn keep(&mut self, mut reference: Reference, finding: Option<Diagnostic>) {
        if let Some(finding) = finding {
            reference.allowed =
                allow::allows(&mut self.allowances, reference.state, &[&reference.symbol, &reference.text]);
            if !reference.allowed {
                // Words in quotation marks are another's: they stay as they are.
                let finding = if reference.quoted { finding.at_most(Severity::Warning) } else { finding };
                self.said.of(&reference, finding);
            }
        }
        self.references.push(reference);
    }

    /// What is said of a judgement at a place, its other places led back to the
    /// author's bytes by `place_of`.
    fn finding(
        &self,
        judgement: &Judgement,
        place: Span,
        fix: Option<(Span, String)>,
        place_of: &dyn Fn(Range<usize>) -> Span,
    ) -> Option<Diagnostic> {
        let mut finding = finding(judgement, place, fix)?;
        for (words, what) in &judgement.others {
            finding = finding.other(place_of(words.clone()), *what);
        }
        let is_open = judgement.state == State::Pending && !self.context.filled.values.is_final();
        Some(match (judgement.most, is_open) {
            (Most::Remark, _) | (_, true) => finding.at_most(Severity::Info),
            (Most::Warning, false) => finding.at_most(Severity::Warning),
            (Most::State, false) => finding,
        })
    }

    /// A cure as an edit: it must not write over emphasis or comments.
    fn edit(&self, (words, cure): &(Range<usize>, String), flat: &Flat) -> Option<(Span, String)> {
        let place = flat.edit(words.clone())?;
        (self.context.sources.slice(place) == &flat.text[words.clone()]).then(|| (place, cure.clone()))
    }

    /// What the document knows better than any registry: its own symbol, and the
    /// texts beside it in a volume.
    fn in_document(&mut self, one: &Cited, judgement: Judgement, passage: &Passage<'_>, flat: &Flat) -> Judgement {
        if one.problem.is_some() {
            return judgement;
        }
        // “Astana Commemorative Declaration” above that declaration is its own title.
        let own = self.context.filled.values.symbol("symbol").map(ToString::to_string);
        if passage.block.is_none() && own.is_some_and(|own| unrevised(&one.what.key()) == unrevised(&own)) {
            return Judgement::valid();
        }
        if let What::Symbol(symbol) = &one.what
            && self.context.filled.values.symbol("symbol").is_some_and(|own| own == symbol)
        {
            // Who speaks in an attached statement names the text as any other.
            if !passage.is_of_another_speaker(self.context) {
                let locale = passage.locale(self.context);
                let paragraph = locale.cross_reference.paragraph.text.replace("{}", "1");
                let example = of_the_text(locale, &self.context.filled.template.lineage).replace("{}", &paragraph);
                let message = format!("`{symbol}` is this text itself");
                self.found.push(Diagnostic::new(Code::SelfCitation, flat.span(one.number.clone()), message).hint(
                    format!("a text calls itself by what it is, as in “{example}”; check the number that was meant"),
                ));
            }
            return self.in_itself(one).unwrap_or_else(Judgement::valid);
        }
        self.in_volume(Some(&one.what), judgement)
    }

    /// A paragraph that this text does not have, named by its number.
    fn in_itself(&self, one: &Cited) -> Option<Judgement> {
        let (pinpoint, last) = (one.pinpoint.as_deref()?, self.last_paragraph?);
        let figures = |pin: &str| pin.split(|c: char| !c.is_ascii_digit()).next()?.parse::<u32>().ok();
        let beyond = pinpoint.split([',', '-']).filter_map(figures).max().filter(|number| *number > last)?;
        let message = format!("the last paragraph of this text is {last}, and there is no paragraph {beyond}");
        Some(Judgement::new(State::OutOfRange, message, "name the paragraph that is meant".to_owned()))
    }

    /// What stands in the same volume is there, whatever registries know.
    fn in_volume(&self, what: Option<&What>, judgement: Judgement) -> Judgement {
        let is_there = what.is_some_and(|what| self.context.siblings.contains_key(&what.key()));
        if is_there && judgement.state == State::Unverified { Judgement::valid() } else { judgement }
    }
}

/// What is said of a judgement at a place, with the edit that cures it; nothing of
/// a valid one.
fn finding(judgement: &Judgement, place: Span, fix: Option<(Span, String)>) -> Option<Diagnostic> {
    let code = code_of(judgement.state)?;
    let finding = Diagnostic::new(code, place, judgement.message.clone()).hint(judgement.hint.clone());
    Some(match fix {
        Some((place, cure)) => finding.fix(format!("write `{cure}`"), place, cure).safe(),
        None => finding,
    })
}

/// What is said of a word that names an instrument outside of running text.
pub(super) fn finding_at_word(judgement: Judgement, word: &Word) -> Option<Diagnostic> {
    let fix = judgement.fix.clone().map(|(_, cure)| (word.span, cure));
    finding(&judgement, word.span, fix)
}

/// The code of the finding that a state makes.
fn code_of(state: State) -> Option<Code> {
    Some(match state {
        State::Valid | State::Inferred => return None,
        State::Corrected => Code::Corrected,
        State::Superseded => Code::Superseded,
        State::Terminated => Code::Terminated,
        State::NotYetAdopted => Code::NotYetAdopted,
        State::Nonexistent => Code::Nonexistent,
        State::Unverified => Code::Unverified,
        State::Pending => Code::Pending,
        State::Ambiguous => Code::Ambiguous,
        State::Malformed => Code::Malformed,
        State::Mismatch => Code::Mismatch,
        State::OutOfRange => Code::OutOfRange,
        State::Unread => Code::Unread,
    })
}
