//! What is known of instruments: the registry that comes along, and those of
//! a project, which win over it.

mod address;
mod built_in;
mod entry;
mod graph;
mod project;
mod resolutions;
mod rows;
mod write;

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::civil::Date;

use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::syntax::Symbol;

pub(crate) use address::web_address;
pub use project::of_project;
pub use write::to_toml;

/// Words of an entry: of the binary, or of a file that was read.
pub type Text = Cow<'static, str>;
/// Several of them.
pub type List<T> = Cow<'static, [T]>;

/// An entry of the registry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Instrument {
    /// `MC.DEC/5/11`; none where it is known by a name alone.
    pub symbol: Option<Text>,
    /// `helsinki-final-act`
    pub slug: Option<Text>,
    /// The meeting that adopted it, `MC(18)`.
    pub meeting: Option<Text>,
    /// The symbol of what took its place.
    pub superseded_by: Option<Text>,
    /// The symbol of its correction.
    pub corrected_by: Option<Text>,
    /// Where it can be read.
    pub address: Option<Text>,
    /// What of the entry was inferred and not read: `body`, `symbol`.
    pub inferred: Option<Text>,
    /// Symbols of what it amends.
    pub amends: List<Text>,
    /// Symbols of what it endorses.
    pub endorses: List<Text>,
    /// Symbols of what it recalls.
    pub recalls: List<Text>,
    /// Symbols of what it complements.
    pub complements: List<Text>,
    /// The day of adoption, where it was read.
    pub adopted: Option<Date>,
    /// How many independent readings give the day of adoption, where that is known.
    pub readings: Option<u8>,
    /// The day from which it is no longer in force.
    pub terminated: Option<Date>,
    /// The year, for what has neither symbol nor day.
    pub year: Option<u16>,
    /// How many numbered paragraphs it has.
    pub paragraphs: Option<u32>,
    /// Titles by the tag of their language.
    pub titles: List<(Text, Text)>,
    /// The names by which it goes in running text, by language.
    pub names: List<(Text, List<Text>)>,
    /// Where it was read.
    pub source: List<Text>,
    /// What was read of it, where that is said.
    pub seen: Option<Seen>,
    /// Its line, in a registry of a project.
    pub place: Option<Span>,
}

/// What was read of an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Seen {
    /// Its symbol.
    Symbol,
    /// Its number and its body, in words.
    Number,
    /// Its name; it has no symbol.
    Name,
}

impl Seen {
    /// As registries write it.
    pub fn word(self) -> &'static str {
        match self {
            Seen::Symbol => "symbol",
            Seen::Number => "number",
            Seen::Name => "name",
        }
    }
}

/// A meeting of the Council, or a summit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Meeting {
    /// `MC(15)`
    pub code: Text,
    /// The city in English.
    pub city: Text,
    /// The city in other languages.
    pub also: List<Text>,
    /// The year.
    pub year: u16,
}

/// How much of a series and year the registry knows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// `MC.DEC`
    pub series: Text,
    /// The year; 0 for a session of the General Assembly, whose series is `A/RES/77`.
    pub year: u16,
    /// Whether what is missing does not exist.
    pub complete: bool,
    /// The highest number that was read.
    pub highest: u32,
}

/// How the documents of a series are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Numbering {
    /// The year belongs to the symbol.
    Yearly,
    /// It does not.
    Running,
    /// By meeting, `MC(17).JOUR/2`.
    Meeting,
}

/// All entries that a document is judged by.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    own: Vec<Instrument>,
    /// Of `own`, by symbol and by slug.
    own_index: HashMap<String, usize>,
    own_coverage: Vec<Coverage>,
    /// By symbol without revision: the revisions of the project's entries.
    own_revisions: HashMap<String, Vec<usize>>,
}

impl Instrument {
    /// Symbol or slug.
    pub fn key(&self) -> &str {
        self.symbol.as_deref().or(self.slug.as_deref()).unwrap_or_default()
    }

    /// Its title in a language.
    pub fn title(&self, language: &str) -> Option<&str> {
        self.titles.iter().find(|(tag, _)| tag == language).map(|(_, title)| title.as_ref())
    }

    /// Whether one source alone gives the day of its adoption.
    pub fn is_read_once(&self) -> bool {
        self.adopted.is_some() && self.readings == Some(1)
    }

    /// Its names in a language.
    pub fn names(&self, language: &str) -> &[Text] {
        self.names.iter().find(|(tag, _)| tag == language).map_or(&[], |(_, names)| names.as_ref())
    }
}

impl Registry {
    /// The registry that comes along, without any other.
    pub fn built_in() -> Registry {
        Registry::default()
    }

    /// Adds the entries of a file, TOML or CSV by its name. What is wrong in
    /// it is said at its lines.
    pub fn add(&mut self, name: &str, text: &str, file: FileId, found: &mut Diagnostics) {
        let read = if name.to_lowercase().ends_with(".csv") {
            rows::of_csv(text, file, found)
        } else {
            rows::of_toml(text, file, found)
        };
        for row in read {
            match row.table {
                "coverage" => self.own_coverage.extend(entry::coverage(&row, found)),
                _ => {
                    let Some(instrument) = entry::instrument(&row, found) else { continue };
                    self.insert(instrument, row.place, found);
                }
            }
        }
    }

    fn insert(&mut self, instrument: Instrument, place: Span, found: &mut Diagnostics) {
        let at = self.own.len();
        for key in [&instrument.symbol, &instrument.slug].into_iter().flatten() {
            let kept = resolutions::folded(key).unwrap_or_else(|| key.to_string());
            if let Some(first) = self.own_index.get(&kept).and_then(|first| self.own.get(*first)) {
                let message = format!("`{key}` is entered twice");
                let mut diagnostic = Diagnostic::new(Code::RegistryDuplicate, place, message)
                    .hint("keep one entry and delete the other");
                if let Some(first) = first.place {
                    diagnostic = diagnostic.other(first, "first entered here");
                }
                found.push(diagnostic);
                return;
            }
            if let Some(ours) = ours(key) {
                let differs = ours.adopted != instrument.adopted
                    || ours.superseded_by != instrument.superseded_by
                    || ours.corrected_by != instrument.corrected_by;
                if differs {
                    let message = format!("`{key}` takes the place of the entry that comes with chancery");
                    found.push(
                        Diagnostic::new(Code::RegistryOverride, place, message)
                            .hint("this entry wins; `chancery registry show` prints both"),
                    );
                }
            }
            self.own_index.insert(kept, at);
        }
        if let Some(base) = instrument.symbol.as_deref().and_then(base_of) {
            self.own_revisions.entry(base).or_default().push(at);
        }
        self.own.push(instrument);
    }

    /// Looks at the entries together: relations that lead nowhere, or in a
    /// circle. To be called after the last file.
    pub fn check(&self, found: &mut Diagnostics) {
        graph::check(self, found);
    }

    /// The entry of a symbol or slug, as it is written.
    pub fn get(&self, key: &str) -> Option<&Instrument> {
        match self.own_at(key) {
            Some(at) => self.own.get(at),
            None => ours(key),
        }
    }

    fn own_at(&self, key: &str) -> Option<usize> {
        match resolutions::folded(key) {
            Some(folded) => self.own_index.get(&folded).copied(),
            None => self.own_index.get(key).copied(),
        }
    }

    /// Whether an entry is the project's.
    pub fn is_own(&self, entry: &Instrument) -> bool {
        self.own_at(entry.key()).is_some()
    }

    /// The year of a resolution of the Security Council, by its number.
    pub fn year_of_resolution(&self, number: u32) -> Option<u32> {
        resolutions::year_of(number).map(u32::from)
    }

    /// What took the place of an entry, one after the other up to what is in
    /// force.
    pub fn successors<'a>(&'a self, first: &'a Instrument) -> Vec<&'a Instrument> {
        graph::successors(self, first)
    }

    /// The entry that comes along, where one of the project's took its place.
    pub fn overridden(&self, key: &str) -> Option<&Instrument> {
        self.own_at(key).and_then(|_| ours(key))
    }

    /// The entry of a symbol, in whichever of its spellings it is entered:
    /// `MC(10).DEC/6` is `MC.DEC/6/02`.
    pub fn find(&self, symbol: &Symbol) -> Option<&Instrument> {
        let key = Symbol { distribution: None, ..symbol.clone() };
        self.get(&key.to_string()).or_else(|| self.get(&self.respelled(&key)?.to_string()))
    }

    /// The other spelling of a decision of before 2003.
    pub fn respelled(&self, symbol: &Symbol) -> Option<Symbol> {
        match (symbol.meeting, symbol.full_year()) {
            (Some(meeting), None) => {
                let meeting = self.meeting(&format!("{}({meeting})", symbol.body))?;
                Some(Symbol { meeting: None, year: Some(u32::from(meeting.year % 100)), ..symbol.clone() })
            }
            (None, Some(year)) if year < 2003 => {
                let of_year = |meeting: &&Meeting| u32::from(meeting.year) == year;
                let code = built_in::MEETINGS
                    .iter()
                    .filter(|meeting| meeting.code.starts_with(&format!("{}(", symbol.body)))
                    .find(of_year)?;
                let meeting = code.code.split(['(', ')']).nth(1)?.parse().ok()?;
                Some(Symbol { meeting: Some(meeting), year: None, ..symbol.clone() })
            }
            _ => None,
        }
    }

    /// `/Corr.n`, `/Rev.n` and `/Add.n` of a symbol, sorted by their symbol.
    pub fn revisions(&self, symbol: &Symbol) -> Vec<&Instrument> {
        let spellings = [Some(symbol.clone()), self.respelled(symbol)];
        let mut all: Vec<&Instrument> = Vec::new();
        for base in spellings.into_iter().flatten() {
            let base = Symbol { revisions: Vec::new(), distribution: None, ..base }.to_string();
            all.extend(
                built_in::with_prefix(&base)
                    .iter()
                    .filter(|found| found.symbol.as_deref().and_then(base_of).as_deref() == Some(&base)),
            );
            let own = self.own_revisions.get(&base);
            all.extend(own.into_iter().flatten().filter_map(|at| self.own.get(*at)));
        }
        all.sort_by(|a, b| a.symbol.cmp(&b.symbol));
        all.dedup_by(|a, b| a.symbol == b.symbol);
        all
    }

    /// A meeting by its code.
    pub fn meeting(&self, code: &str) -> Option<&Meeting> {
        built_in::MEETINGS.iter().find(|meeting| meeting.code == code)
    }

    /// The meetings that were held in a city, whatever the language.
    pub fn meetings_in(&self, city: &str) -> Vec<&Meeting> {
        built_in::MEETINGS
            .iter()
            .filter(|meeting| meeting.city == city || meeting.also.iter().any(|a| a == city))
            .collect()
    }

    /// What is known of a series and year.
    pub fn coverage(&self, series: &str, year: u32) -> Option<&Coverage> {
        let fits = |coverage: &&Coverage| coverage.series == series && u32::from(coverage.year) == year;
        self.own_coverage.iter().find(fits).or_else(|| built_in::COVERAGE.iter().find(fits))
    }

    /// What is known of a session of the General Assembly, by its number or letters.
    pub fn session(&self, session: &str) -> Option<&Coverage> {
        let series = format!("A/RES/{session}");
        let fits = |coverage: &&Coverage| coverage.series == series;
        self.own_coverage.iter().find(fits).or_else(|| built_in::COVERAGE.iter().find(fits))
    }

    /// The highest number of a series that is numbered on from year to year which is
    /// known to have been adopted by a day.
    pub fn highest_by(&self, series: &str, day: Date) -> Option<&Instrument> {
        let prefix = format!("{series}/");
        let ours = built_in::with_prefix(&prefix).iter().filter(|entry| self.own_at(entry.key()).is_none());
        let own = self.own.iter().filter(|entry| entry.key().starts_with(&prefix));
        let number = |entry: &&Instrument| entry.key()[prefix.len()..].parse::<u32>().ok();
        let adopted =
            |entry: &&Instrument| entry.adopted.is_some_and(|adopted| adopted <= day) && !entry.is_read_once();
        ours.chain(own).filter(adopted).filter(|entry| number(entry).is_some()).max_by_key(number)
    }

    /// How a series is numbered, where that is known.
    pub fn numbering(&self, series: &str) -> Option<Numbering> {
        built_in::SERIES.iter().find(|(name, _)| name == series).map(|(_, numbering)| *numbering)
    }

    /// Whether the number of a series is that of the meeting: `PC.JOUR/1488`.
    pub fn counts_meetings(&self, series: &str) -> bool {
        built_in::COUNTING_MEETINGS.iter().any(|name| name == series)
    }

    /// All series whose numbering is known.
    pub fn series(&self) -> impl Iterator<Item = (&str, Numbering)> {
        built_in::SERIES.iter().map(|(name, numbering)| (name.as_ref(), *numbering))
    }

    /// All entries, those of the project first, each once.
    pub fn all(&self) -> impl Iterator<Item = &Instrument> {
        let council = resolutions::all_of_the_council().map(|entry: &'static Instrument| -> &Instrument { entry });
        self.worded().chain(council.filter(|entry| self.own_at(entry.key()).is_none()))
    }

    /// The same without resolutions of the Security Council that have neither title nor
    /// name.
    pub fn worded(&self) -> impl Iterator<Item = &Instrument> {
        let rest = built_in::INSTRUMENTS.iter().filter(|entry| self.own_at(entry.key()).is_none());
        self.own.iter().chain(rest)
    }

    /// The entries of the project.
    pub fn own(&self) -> &[Instrument] {
        &self.own
    }

    /// Entries with all these words in a title or name, in any language.
    pub fn search<'a>(&'a self, words: &'a [String]) -> impl Iterator<Item = &'a Instrument> {
        let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        self.all().filter(move |entry| {
            let mut text = entry.key().to_lowercase();
            let titles = entry.titles.iter().map(|(_, title)| title);
            let names = entry.names.iter().flat_map(|(_, names)| names.iter());
            for words in titles.chain(names).chain(&entry.slug) {
                text.push('\n');
                text.push_str(&words.to_lowercase());
            }
            words.iter().all(|word| text.contains(word.as_str()))
        })
    }
}

/// The entry of a symbol or slug that comes along.
fn ours(key: &str) -> Option<&'static Instrument> {
    match resolutions::folded(key) {
        Some(folded) => resolutions::find(&folded),
        None => built_in::find(key),
    }
}

/// `MC.DEC/4/08` for `MC.DEC/4/08/Corr.1`; none for a symbol without revision.
pub fn base_of(symbol: &str) -> Option<String> {
    let end = ["/Corr.", "/Rev.", "/Add."].iter().filter_map(|word| symbol.find(word)).min()?;
    Some(symbol[..end].to_owned())
}

/// The same, and of a symbol without revision, or a slug, that itself.
pub fn unrevised(key: &str) -> String {
    base_of(key).unwrap_or_else(|| key.to_owned())
}
