//! What is said of references: findings at the author's bytes, and the list of
//! all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;

use super::allow::{self, Allowances};
use super::bind::{Cited, Problem, What};
use super::judge::{Judgement, entry_of, judge};
use super::title::{Titles, quoted_after};
use super::{Reference, State, lead};
use crate::compile::Context;
use crate::compile::flat::Flat;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::locale::Locale;
use crate::model::Lead;
use crate::registry::{Numbering, Registry};
use crate::source::Span;
use crate::syntax::ast::{self, Inline, Word};
use crate::syntax::{self, Resolution, Symbol};

/// Judges references one after the other, and keeps what came of it.
pub(super) struct Reporter<'a, 'f> {
    context: &'a Context<'a>,
    registry: &'a Registry,
    day: Option<Date>,
    found: &'f mut Diagnostics,
    allowances: Allowances,
    references: Vec<Reference>,
    /// Place and symbol of those already known: alternatives of a bracket have
    /// a common context.
    known: BTreeSet<(Span, String)>,
    titles: BTreeMap<String, Titles<'a>>,
}

impl State {
    /// The code of the finding that it makes.
    fn code(self) -> Option<Code> {
        Some(match self {
            State::Valid => return None,
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
        })
    }
}

/// A range of the flat text that leads somewhere.
type Link = (Range<usize>, Lead);

impl<'a, 'f> Reporter<'a, 'f> {
    pub fn new(
        context: &'a Context<'a>,
        registry: &'a Registry,
        day: Option<Date>,
        found: &'f mut Diagnostics,
    ) -> Self {
        let allowances = allow::read(context.header, found);
        Reporter {
            context,
            registry,
            day,
            found,
            allowances,
            references: Vec::new(),
            known: BTreeSet::new(),
            titles: BTreeMap::new(),
        }
    }

    /// All references, sorted by place.
    pub fn finish(mut self) -> Vec<Reference> {
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
        cited: &[Cited],
        paragraph: Option<&str>,
        locale: &Locale,
    ) -> Vec<Link> {
        let mut links = Vec::new();
        let quotations = locale.quotes.quotations(&flat.text);
        let mut in_list: BTreeMap<(usize, String), Range<usize>> = BTreeMap::new();
        for one in cited {
            let key = one.what.key();
            let place = flat.span(one.words.clone());
            if !self.known.insert((flat.span(one.number.clone()), key.clone())) {
                continue;
            }
            links.extend(lead(self.context, self.registry, &one.what).map(|lead| (one.words.clone(), lead)));
            let words = flat.text[one.words.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
            let mut judgement = self.judged(one, &words, flat, locale);
            let state = judgement.state;
            let quoted = passage.quoted || quotations.hold(one.words.start);
            // Another's words stay as they are.
            judgement.fix = judgement.fix.filter(|_| !quoted);
            let finding = self.finding(judgement, flat.span(one.number.clone()));
            self.keep(
                Reference {
                    symbol: key.clone(),
                    text: words,
                    language: passage.language.to_owned(),
                    paragraph: paragraph.map(str::to_owned),
                    pinpoint: one.pinpoint.clone(),
                    state,
                    allowed: false,
                    quoted,
                    place,
                    others: flat.places(one.words.clone()),
                },
                finding,
            );
            // Two places in one text are two references.
            let again = format!("{key} {}", one.pinpoint.as_deref().unwrap_or_default());
            if let Some(first) = in_list.insert((one.list, again), one.number.clone())
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
                let what = named_in_braces(instrument, *by_slug, self.registry);
                let key = what.as_ref().map_or_else(|| instrument.text.clone(), What::key);
                if !self.known.insert((instrument.span, key.clone())) {
                    continue;
                }
                let judgement = match what {
                    Some(What::Symbol(symbol)) if symbol.number_pending => {
                        let hint = "write the number as soon as conference services gave it";
                        Judgement::new(State::Pending, format!("`{symbol}` has no number yet"), hint)
                    }
                    Some(what) => {
                        links.extend(lead(self.context, self.registry, &what).map(|lead| (range.clone(), lead)));
                        self.judge(&what, None)
                    }
                    None if *by_slug => {
                        let message = format!("no registry has an instrument with the name `{key}`");
                        let hint = "`chancery registry search WORDS` finds names; enter it in a registry of your own";
                        Judgement::new(State::Nonexistent, message, hint)
                    }
                    None => malformed(instrument),
                };
                let state = judgement.state;
                let finding = self.finding(judgement, instrument.span);
                let text = if content.is_empty() { key.clone() } else { flat.text[range.clone()].to_owned() };
                self.keep(
                    Reference {
                        symbol: key,
                        text,
                        language: passage.language.to_owned(),
                        paragraph: paragraph.map(str::to_owned),
                        pinpoint: None,
                        state,
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
                self.found.push(if reference.quoted { finding.at_most(Severity::Warning) } else { finding });
            }
        }
        self.references.push(reference);
    }

    fn finding(&self, judgement: Judgement, place: Span) -> Option<Diagnostic> {
        let is_open = judgement.state == State::Pending && !self.context.values.is_final();
        let finding = finding(judgement, place)?;
        Some(if is_open { finding.at_most(Severity::Info) } else { finding })
    }

    fn judge(&mut self, what: &What, pinpoint: Option<&str>) -> Judgement {
        let judgement = judge(self.registry, what, pinpoint, self.day);
        // What stands in the same volume is there, whatever registries know.
        let is_there = judgement.state == State::Unverified && self.context.siblings.contains_key(&what.key());
        if is_there { Judgement::valid() } else { judgement }
    }

    /// The judgement of a citation in words.
    fn judged(&mut self, one: &Cited, words: &str, flat: &Flat, locale: &Locale) -> Judgement {
        if let Some(problem) = &one.problem {
            return self.wording(problem, one, words, flat);
        }
        let key = one.what.key();
        if let What::Symbol(symbol) = &one.what
            && self.context.values.symbol("symbol").is_some_and(|own| own == symbol)
        {
            let message = format!("`{key}` is this text itself");
            self.found.push(
                Diagnostic::new(Code::SelfCitation, flat.span(one.number.clone()), message)
                    .hint("a text calls itself “this Declaration”; check the number that was meant"),
            );
            return Judgement::valid();
        }
        if let Some((message, place)) = self.other_title(one, flat, &locale.language) {
            return Judgement::new(State::Mismatch, message, "number or title is wrong").other(place, "the title");
        }
        if let Some(judgement) = self.other_date(one, flat) {
            return judgement;
        }
        self.judge(&one.what, one.pinpoint.as_deref())
    }

    /// A date beside the citation that is not that of its adoption.
    fn other_date(&self, one: &Cited, flat: &Flat) -> Option<Judgement> {
        let ((year, day), place) = one.dated.clone()?;
        let What::Symbol(symbol) = &one.what else { return None };
        let adopted = entry_of(self.registry, &one.what).and_then(|entry| entry.adopted);
        let message = match (adopted, symbol.full_year()) {
            (Some(adopted), _) => {
                let same = year == adopted.year() && day.is_none_or(|day| day == (adopted.month(), adopted.day()));
                (!same).then(|| format!("`{symbol}` was adopted on {adopted}, not on the day that stands beside it"))?
            }
            (None, Some(own)) if i64::from(own) != i64::from(year) => {
                format!("`{symbol}` is of {own}, but the date beside it is of {year}")
            }
            _ => return None,
        };
        Some(Judgement::new(State::Mismatch, message, "number or date is wrong").other(flat.span(place), "the date"))
    }

    /// Instruments of the same kind and number that other bodies have.
    fn of_others(&self, what: &What) -> Option<String> {
        let What::Symbol(symbol) = what else { return None };
        let bodies = self.registry.series().filter_map(|(series, _)| series.split('.').next());
        let other = |body: &str| Symbol { body: body.to_owned(), ..symbol.clone() };
        let known = bodies.map(other).filter(|other| self.registry.find(other).is_some());
        let mut known: Vec<String> = known.map(|other| format!("`{other}`")).collect();
        known.dedup();
        (!known.is_empty()).then(|| format!("; {} is known", known.join(" and ")))
    }

    /// What is wrong with the words themselves.
    fn wording(&self, problem: &Problem, one: &Cited, words: &str, flat: &Flat) -> Judgement {
        let key = one.what.key();
        let number = &flat.text[one.number.clone()];
        let place = flat.span(one.number.clone());
        // A fix must not write over emphasis or comments.
        let plain = self.context.sources.slice(place) == number;
        let malformed = |message: String, hint: &str| Judgement::new(State::Malformed, message, hint);
        match problem {
            Problem::Damaged => {
                let repairs = plain && number.chars().any(char::is_alphabetic);
                let hint = format!("write `{key}`: Latin capitals, no blanks, two figures for the year");
                malformed(format!("`{number}` is not written as a symbol is"), &hint)
                    .fix(repairs.then_some((place, key)))
            }
            Problem::LongYear(range) => {
                let short = match &one.what {
                    What::Symbol(Symbol { number: Some(number), year: Some(year), .. }) => {
                        format!("{number}/{year:02}")
                    }
                    _ => key,
                };
                let hint = format!("write `{short}`");
                malformed(format!("the year in `{number}` has two figures"), &hint)
                    .fix(flat.edit(range.clone()).filter(|_| plain).map(|place| (place, short)))
            }
            Problem::NoYear => {
                let hint = format!("write number and year, as `5/11`{}", self.of_others(&one.what).unwrap_or_default());
                malformed(format!("`{words}` has no year, so that it names no one text"), &hint)
            }
            Problem::Year => {
                let known = self.of_others(&one.what).unwrap_or_default();
                let hint = format!("leave the year out, or name the body whose number it is{known}");
                malformed(format!("`{words}` has a year, but its series is numbered on from year to year"), &hint)
            }
            Problem::Ambiguous => self.ambiguous(words, &one.what),
            Problem::Pending => {
                let hint = "write the number as soon as conference services gave it";
                Judgement::new(State::Pending, format!("`{words}` has no number yet"), hint)
            }
            Problem::Symbols(both) => {
                let message = format!("the words say `{}`, the symbol beside them says `{}`", both.0, both.1);
                Judgement::new(State::Mismatch, message, "one of the two is wrong")
            }
            Problem::Kind(kind) => {
                let message = format!("the words say {}, but `{key}` is {}", kind_in_words(kind), kind_of(&one.what));
                Judgement::new(State::Mismatch, message, "one of the two is wrong")
            }
            Problem::City(city, range) => {
                self.wrong_city(&key, city, &one.what).other(flat.span(range.clone()), "the city")
            }
        }
    }

    fn ambiguous(&self, words: &str, what: &What) -> Judgement {
        let What::Open(kind, number) = what else { return Judgement::valid() };
        let has_year = number.contains('/');
        let fits = |(series, numbering): &(&str, Numbering)| {
            series.ends_with(&format!(".{kind}")) && (*numbering == Numbering::Yearly) == has_year
        };
        let candidates: Vec<String> =
            self.registry.series().filter(fits).map(|(series, _)| format!("`{series}/{number}`")).collect();
        let message = match candidates.as_slice() {
            [] => format!("nothing says whose `{words}` is"),
            several => format!("nothing says whose `{words}` is: it can be {}", several.join(" or ")),
        };
        Judgement::new(
            State::Ambiguous,
            message,
            "name the body beside it; if it is none of these, write `{none: …}` around it",
        )
    }

    fn wrong_city(&self, key: &str, city: &str, what: &What) -> Judgement {
        let year = match what {
            What::Symbol(symbol) => symbol.full_year(),
            _ => None,
        };
        let held: Vec<String> = self
            .registry
            .meetings_in(city)
            .iter()
            .map(|meeting| format!("{} ({})", meeting.year, meeting.code))
            .collect();
        let message = format!(
            "`{key}` is of {}, but the meeting in {city} was in {}",
            year.unwrap_or_default(),
            held.join(" and ")
        );
        Judgement::new(State::Mismatch, message, "number or city is wrong")
    }

    /// A title in quotation marks beside the citation that is another's.
    fn other_title(&mut self, one: &Cited, flat: &Flat, language: &str) -> Option<(String, Span)> {
        let What::Symbol(symbol) = &one.what else { return None };
        let range = quoted_after(&flat.text, one.words.end)?;
        let registry = self.registry;
        let titles = self.titles.entry(language.to_owned()).or_insert_with(|| Titles::of(registry, language));
        let bearers = titles.bearers(&flat.text[range.clone()]);
        let own = |bearer: &&&str| {
            let bearer = crate::registry::base_of(bearer).unwrap_or_else(|| (**bearer).to_owned());
            let base = Symbol { revisions: Vec::new(), ..symbol.clone() };
            bearer == base.to_string() || registry.respelled(&base).is_some_and(|other| other.to_string() == bearer)
        };
        if bearers.is_empty() || bearers.iter().any(|bearer| own(&bearer)) {
            return None;
        }
        let message = format!("the title beside `{symbol}` is that of `{}`", bearers.join("` and `"));
        Some((message, flat.span(range)))
    }
}

/// What stands in braces; none where it is no symbol, or no slug that is known.
pub(in crate::compile) fn named_in_braces(word: &Word, by_slug: bool, registry: &Registry) -> Option<What> {
    if by_slug {
        let entry = registry.get(&word.text)?;
        let base = entry.symbol.as_deref().and_then(crate::registry::base_of);
        return Some(What::Named(base.unwrap_or_else(|| entry.key().to_owned())));
    }
    if let Some(symbol) = syntax::read_symbol(&word.text) {
        return Some(What::Symbol(symbol));
    }
    let (organ, rest) = word.text.split_once("/RES/")?;
    let (number, year) = rest.split_once('(').unwrap_or((rest, ""));
    let (number, of_session) = number.split_once('/').unwrap_or((number, ""));
    Some(What::Resolution(Resolution {
        organ: organ.chars().next().filter(|organ| matches!(organ, 'S' | 'A'))?,
        number: number.trim().parse().ok()?,
        of_session: of_session.trim().parse().ok(),
        year: year.trim_end_matches(')').parse().ok(),
    }))
}

pub(super) fn malformed(word: &Word) -> Judgement {
    let message = format!("`{}` is no symbol", word.text);
    match syntax::repaired_symbol(&word.text) {
        Some(meant) => {
            let hint = format!("write `{meant}`");
            Judgement::new(State::Malformed, message, hint).fix(Some((word.span, meant)))
        }
        None => Judgement::new(State::Malformed, message, "write it as `MC.DEC/5/11` or `PC.DEC/1202`"),
    }
}

fn kind_in_words(kind: &str) -> &str {
    match kind {
        "DEC" => "a decision",
        "DOC" => "a declaration or statement",
        "JOUR" => "a journal",
        "RES" => "a resolution",
        _ => "something else",
    }
}

fn kind_of(what: &What) -> &str {
    match what {
        What::Symbol(symbol) => kind_in_words(&symbol.kind),
        What::Resolution(_) => "a resolution",
        What::Named(_) | What::Open(..) => "another text",
    }
}

/// What is said of a judgement at a place; nothing of a valid one.
pub(super) fn finding(judgement: Judgement, place: Span) -> Option<Diagnostic> {
    let mut finding = Diagnostic::new(judgement.state.code()?, place, judgement.message).hint(judgement.hint);
    for (place, what) in judgement.others {
        finding = finding.other(place, what);
    }
    Some(match judgement.fix {
        Some((place, text)) => finding.fix(format!("write `{text}`"), place, text),
        None => finding,
    })
}
