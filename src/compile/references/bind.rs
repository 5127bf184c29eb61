//! From what a sentence says to the instrument that it means: bodies carried
//! over, years and meetings worked out, damage recognised.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::locale::Locale;
use crate::registry::{Numbering, Registry};
use crate::syntax::citation::{self, Mention, Number, Reading, Said, Target, Written};
use crate::syntax::{Resolution, Symbol};

/// An instrument that a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// Its words in the text, in bytes.
    pub words: Range<usize>,
    /// The number or symbol alone.
    pub number: Range<usize>,
    /// Which instrument.
    pub what: What,
    /// The place in it: `6`, `5(a)`, `3,4`.
    pub pinpoint: Option<String>,
    /// What is wrong with the words themselves.
    pub problem: Option<Problem>,
    /// Those of one phrase or one list have one number.
    pub list: usize,
    /// The date beside it: year, month and day where they are said, and where.
    pub dated: Option<(SaidDate, Range<usize>)>,
}

/// A date as it is said: year, and month and day where they are.
pub type SaidDate = (i16, Option<(i8, i8)>);

/// Which instrument a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// One with a symbol.
    Symbol(Symbol),
    /// A resolution of the United Nations.
    Resolution(Resolution),
    /// One that is known by its name, by its symbol or slug.
    Named(String),
    /// A number of which nothing says whose it is: kind and number.
    Open(String, String),
}

/// What is wrong with the words of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The symbol is not written as symbols are.
    Damaged,
    /// The year has four figures; the bytes of the number.
    LongYear(Range<usize>),
    /// The number has no year, which its series needs.
    NoYear,
    /// The number has a year, which its series has not.
    Year,
    /// The body cannot be told.
    Ambiguous,
    /// The number is still open.
    Pending,
    /// Words and symbol beside each other name different instruments.
    Symbols(Box<(Symbol, Symbol)>),
    /// The words say one kind, the symbol another: the word's place.
    Kind(String),
    /// The city is not that of the meeting of the year; its place.
    City(String, Range<usize>),
}

impl What {
    /// As it is printed: `MC.DEC/5/11`.
    pub fn key(&self) -> String {
        match self {
            What::Symbol(symbol) => symbol.to_string(),
            What::Resolution(resolution) => resolution.to_string(),
            What::Named(name) => name.clone(),
            What::Open(kind, number) => format!("{kind}/{number}"),
        }
    }
}

/// The names by which instruments go in a language, sorted.
pub(super) struct Names(BTreeMap<String, Vec<(String, String)>>);

/// So many bytes may stand between a name and its symbol in parentheses:
/// “… of the Organization for Security and Co-operation in Europe (”.
const BESIDE: usize = 120;

/// By so many characters names are looked up.
const FIRST: usize = 4;

impl Names {
    pub fn of(registry: &Registry, language: &str) -> Names {
        let mut names: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let mut insert = |name: String, key: &str| {
            let first = name.chars().take(FIRST).collect();
            names.entry(first).or_default().push((name, key.to_owned()));
        };
        for entry in registry.all() {
            for name in entry.names(language) {
                // What a correction is called is called what it corrects.
                let key = entry.symbol.as_deref().and_then(crate::registry::base_of);
                let key = key.unwrap_or_else(|| entry.key().to_owned());
                let name = name.replace('\'', "’");
                insert(name.to_uppercase(), &key);
                insert(name, &key);
            }
        }
        for names in names.values_mut() {
            names.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        Names(names)
    }

    /// The longest name with which a text begins: its length, and what it names.
    fn at_start(&self, text: &str) -> Option<(usize, &str)> {
        let first: String = text.chars().take(FIRST).collect();
        let (_, names) = self.0.get_key_value(&first)?;
        names.iter().find_map(|(name, key)| {
            let rest = after(text, name)?;
            let ends_word = !rest.starts_with(|c: char| c.is_alphanumeric());
            ends_word.then(|| (text.len() - rest.len(), key.as_str()))
        })
    }
}

/// What follows a name at the start of a text, whatever its apostrophes and
/// blanks.
fn after<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for expected in name.chars() {
        let sign = rest.next()?;
        let same = sign == expected || expected == '’' && sign == '\'' || expected == ' ' && is_blank(sign);
        if !same {
            return None;
        }
    }
    Some(rest.as_str())
}

/// What binding knows besides the text.
pub(super) struct Binder<'a> {
    pub registry: &'a Registry,
    pub locale: &'a Locale,
    pub names: &'a Names,
    /// The body that adopts the text.
    pub own_body: Option<&'a str>,
}

/// What the sentence has said so far.
#[derive(Default)]
struct Sentence {
    end: usize,
    bodies: Vec<String>,
    united_nations: Option<char>,
}

impl Binder<'_> {
    /// The instruments that a text cites, in their order.
    pub fn bind(&self, text: &str) -> Vec<Cited> {
        self.bind_readings(text, citation::mentions(text, &self.locale.language))
    }

    pub fn bind_readings(&self, text: &str, readings: Vec<Reading>) -> Vec<Cited> {
        let mut all: Vec<Cited> = Vec::new();
        let mut sentence = Sentence::default();
        let mut pins: Vec<(Range<usize>, String)> = Vec::new();
        for (list, reading) in readings.iter().enumerate() {
            if sentence_ends(&text[sentence.end..reading.range.start], &self.locale.number_sign.accept) {
                sentence = Sentence::default();
            }
            sentence.end = reading.range.end;
            if reading.mentions.is_empty() {
                pins.extend(reading.pinpoint.clone().map(|pin| (reading.range.clone(), pin)));
            }
            if is_end_of_a_word(&text[..reading.range.start]) || self.belongs_to_another(text, reading) {
                continue;
            }
            let later = &readings[list + 1..];
            for mention in &reading.mentions {
                let Some((what, problem)) = self.one(text, mention, &sentence, later) else { continue };
                match &what {
                    What::Symbol(symbol) if problem != Some(Problem::Ambiguous) => {
                        sentence.bodies.push(symbol.body.clone())
                    }
                    What::Resolution(resolution) => sentence.united_nations = Some(resolution.organ),
                    _ => {}
                }
                all.push(Cited {
                    words: mention.words.clone(),
                    number: mention.number.clone(),
                    // An item of an agenda is no paragraph.
                    pinpoint: mention
                        .pinpoint
                        .clone()
                        .filter(|_| !matches!(&what, What::Symbol(s) if s.kind == "JOUR")),
                    what,
                    problem,
                    list,
                    dated: mention.dated.clone().and_then(|place| Some((self.date(&text[place.clone()])?, place))),
                });
            }
        }
        self.named(text, &pins, readings.len(), &mut all);
        all
    }

    /// “Human Rights Council resolution”: a name before the kind that is none
    /// of ours.
    fn belongs_to_another(&self, text: &str, reading: &Reading) -> bool {
        let Some(Mention { target: Target::Words(said, ..), .. }) = reading.mentions.first() else { return false };
        let before = &text[..reading.range.start];
        if said.body.is_some() || reading.pinpoint.is_some() || !before.ends_with(is_blank) {
            return false;
        }
        let before = before.trim_end_matches(is_blank);
        let word = before.rsplit(|c: char| is_blank(c) || c == '(').next().unwrap_or_default();
        let rest = before[..before.len() - word.len()].trim_end_matches(is_blank);
        let opens = rest.is_empty() || rest.ends_with(['.', '!', '?', '“', '„', '«', '(', '|']);
        let ours = self.locale.bodies.get("OSCE").is_some_and(|osce| osce.short.as_deref() == Some(word))
            || !self.registry.meetings_in(word).is_empty()
            || self.locale.cited.capital_nouns;
        !opens && !ours && word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphabetic)
    }

    fn one(
        &self,
        text: &str,
        mention: &Mention,
        sentence: &Sentence,
        later: &[Reading],
    ) -> Option<(What, Option<Problem>)> {
        match &mention.target {
            Target::Resolution(resolution) => Some((What::Resolution(resolution.clone()), None)),
            Target::Symbol(written, said) => self.symbol(written, said.as_ref()),
            Target::Words(said, number, restated) if matches!(said.kind.as_str(), "DEC" | "DOC") => {
                self.of_council(text, mention, said, number, restated.as_ref(), sentence, later)
            }
            Target::Words(said, number, _) if said.kind == "RES" => resolution(said, number, sentence),
            Target::Words(said, number, _) if said.kind == "JOUR" => journal(said, number),
            Target::Words(..) => None,
        }
    }

    fn symbol(&self, written: &Written, said: Option<&Said>) -> Option<(What, Option<Problem>)> {
        let meant = &written.meant;
        let numbering = self.registry.numbering(&meant.series());
        // Letters in lower case, or with blanks between, are a symbol only in
        // a series that there is.
        if written.damaged && numbering.is_none() && !self.is_body(&meant.body) {
            return None;
        }
        let problem = if said.is_some_and(|said| !said.kind.is_empty() && said.kind != meant.kind && said.kind != "RES")
        {
            said.map(|said| Problem::Kind(said.kind.clone()))
        } else if meant.number_pending {
            Some(Problem::Pending)
        } else if meant.meeting.is_none() && meant.year.is_none() && numbering == Some(Numbering::Yearly) {
            Some(Problem::NoYear)
        } else if meant.year.is_some() && numbering == Some(Numbering::Running) {
            Some(Problem::Year)
        } else if written.damaged {
            Some(Problem::Damaged)
        } else {
            None
        };
        Some((What::Symbol(Symbol { distribution: None, ..meant.clone() }), problem))
    }

    fn is_body(&self, body: &str) -> bool {
        self.registry.series().any(|(series, _)| series.split('.').next() == Some(body))
            || self.locale.bodies.contains_key(body)
    }

    /// A decision or declaration in words.
    #[expect(clippy::too_many_arguments, reason = "the parts of one sentence")]
    fn of_council(
        &self,
        text: &str,
        mention: &Mention,
        said: &Said,
        number: &Number,
        restated: Option<&Written>,
        sentence: &Sentence,
        later: &[Reading],
    ) -> Option<(What, Option<Problem>)> {
        if matches!(said.body.as_deref(), Some("S" | "A")) {
            return None;
        }
        if said.foreign && (said.body.is_none() || said.of_later || said.by_adjective) {
            return None;
        }
        let is_bare = number.part.is_none() && number.year.is_none();
        if is_bare && !said.signed && !said.beside && said.ordinal.is_none() {
            return None;
        }
        let (year, long_year) = match number.part {
            Some((year, 2)) => (Some(year), false),
            Some((year, 4)) if (1990..2100).contains(&year) => (Some(year % 100), true),
            Some(_) => return None,
            None => {
                // “Decision No. 6 of 2001”
                let dated = mention.dated.clone().and_then(|place| self.date(&text[place])).map(|(year, _)| year);
                let year = number.year.or(dated.and_then(|year| u32::try_from(year).ok()));
                (year.map(|year| year % 100), false)
            }
        };
        let symbol = |body: &str, meeting: Option<u32>, year: Option<u32>| Symbol {
            body: body.to_owned(),
            meeting,
            kind: said.kind.clone(),
            number: number.serial,
            number_pending: number.serial.is_none(),
            year,
            ..Symbol::default()
        };
        let city = said.city.clone().or_else(|| self.city_before(text, mention.words.start));
        let has_year = year.is_some();
        let can_be = |body: &String| {
            self.registry
                .numbering(&format!("{body}.{}", said.kind))
                .is_some_and(|numbering| (numbering == Numbering::Running) != has_year)
        };
        let body = said.body.clone().filter(|body| !said.of_later || can_be(body));
        let body = body.or_else(|| restated.map(|written| written.meant.body.clone()));
        let body = body
            .or_else(|| self.own(text, mention.words.start))
            .or_else(|| self.carried(said, number, sentence))
            .or_else(|| look_ahead(said, number, later));
        let Some(body) = body else {
            let serial = number.serial.map_or("X".to_owned(), |serial| serial.to_string());
            let open = year.map_or(serial.clone(), |year| format!("{serial}/{year:02}"));
            return Some((What::Open(said.kind.clone(), open), Some(Problem::Ambiguous)));
        };
        let series = format!("{body}.{}", said.kind);
        let numbering = self.registry.numbering(&series);
        let mut problem = number.serial.is_none().then_some(Problem::Pending);
        let meant = match numbering {
            Some(Numbering::Running) => {
                if number.part.is_some() {
                    problem = Some(Problem::Year);
                    symbol(&body, None, year)
                } else {
                    symbol(&body, None, None)
                }
            }
            _ if year.is_some() => symbol(&body, None, year),
            _ => match self.meeting_of(said, city.as_ref(), &body) {
                Some((meeting, meeting_year)) if meeting_year.is_none_or(|year| year < 2003) => {
                    symbol(&body, Some(meeting), None)
                }
                Some((_, meeting_year)) => symbol(&body, None, meeting_year.map(|year| year % 100)),
                None => match beside_later(&body, said, number, later) {
                    // The symbol that follows says the year or the meeting.
                    Some(symbol) => symbol,
                    None => {
                        problem = problem.or(Some(Problem::NoYear));
                        symbol(&body, None, None)
                    }
                },
            },
        };
        if long_year && problem.is_none() {
            problem = Some(Problem::LongYear(mention.number.clone()));
        }
        let beside = restated.map(|written| Symbol { distribution: None, ..written.meant.clone() });
        if let (Some(written), Some(beside)) = (restated, beside.filter(|beside| *beside != meant)) {
            // The words may leave out what the symbol says.
            let same = beside.body == meant.body && beside.kind == meant.kind && beside.number == meant.number;
            if same && meant.year.is_none() && meant.meeting.is_none()
                || self.registry.respelled(&beside).as_ref() == Some(&meant)
            {
                let damaged = written.damaged.then_some(Problem::Damaged);
                return Some((What::Symbol(beside), damaged));
            }
            problem = Some(Problem::Symbols(Box::new((meant.clone(), beside))));
        }
        if problem.is_none()
            && let (Some((city, place)), Some(year)) = (city, meant.full_year())
        {
            let meetings = self.registry.meetings_in(&city);
            if !meetings.is_empty() && !meetings.iter().any(|meeting| u32::from(meeting.year) == year) {
                problem = Some(Problem::City(city, place));
            }
        }
        Some((What::Symbol(meant), problem))
    }

    /// “its Decision No. 4/07”: the body's that adopts the text.
    fn own(&self, text: &str, at: usize) -> Option<String> {
        let before = text[..at].trim_end_matches(is_blank);
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next()?.to_lowercase();
        let body = self.own_body?;
        self.locale.cited.own.contains(&word).then(|| body.to_owned())
    }

    /// A city that stands before the words, “the Brussels Ministerial Decision”.
    fn city_before(&self, text: &str, at: usize) -> Option<(String, Range<usize>)> {
        let before = text[..at].trim_end_matches(is_blank);
        let start = before.rfind(is_blank).map_or(0, |blank| before.ceil_char_boundary(blank + 1));
        let word = &before[start..];
        (!self.registry.meetings_in(word).is_empty()).then(|| (word.to_owned(), start..before.len()))
    }

    /// The meeting that words or a city name, and its year.
    fn meeting_of(&self, said: &Said, city: Option<&(String, Range<usize>)>, body: &str) -> Option<(u32, Option<u32>)> {
        if let Some(ordinal) = &said.ordinal {
            let number = self.ordinal(ordinal)?;
            let meeting = self.registry.meeting(&format!("{body}({number})"));
            return Some((number, meeting.map(|meeting| u32::from(meeting.year))));
        }
        match self.registry.meetings_in(&city?.0).as_slice() {
            [meeting] => {
                let number = meeting.code.strip_prefix(body)?.trim_matches(['(', ')']).parse().ok()?;
                Some((number, Some(u32::from(meeting.year))))
            }
            _ => None,
        }
    }

    /// “of 2 December 2009”, “de 2011”
    fn date(&self, words: &str) -> Option<SaidDate> {
        let figures = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>().parse::<i16>().ok();
        let is_word = |c: char| is_blank(c) || matches!(c, '(' | ')' | '’' | '\'');
        let parts: Vec<&str> = words.split(is_word).filter(|part| !part.is_empty()).collect();
        let year = parts.iter().filter_map(|part| figures(part)).find(|year| *year > 1900)?;
        let month = parts.iter().find_map(|part| {
            self.locale.date.months.iter().position(|month| month.to_lowercase() == part.to_lowercase())
        });
        let day = parts.iter().filter_map(|part| figures(part)).find(|day| (1..=31).contains(day));
        let month = month.and_then(|month| i8::try_from(month + 1).ok());
        Some((year, month.zip(day.and_then(|day| i8::try_from(day).ok()))))
    }

    fn ordinal(&self, words: &str) -> Option<u32> {
        let figures: String = words.chars().take_while(char::is_ascii_digit).collect();
        if !figures.is_empty() {
            return figures.parse().ok();
        }
        let words = words.to_lowercase();
        let at = self.locale.ordinals.values().find_map(|forms| forms.iter().position(|form| form.word == words))?;
        u32::try_from(at + 1).ok()
    }

    /// The body of an earlier citation of the sentence that can have such a
    /// number.
    fn carried(&self, said: &Said, number: &Number, sentence: &Sentence) -> Option<String> {
        let has_year = number.part.is_some() || number.year.is_some();
        let fits = |body: &&String| match self.registry.numbering(&format!("{body}.{}", said.kind)) {
            Some(Numbering::Running) => !has_year,
            Some(_) => has_year || number.serial.is_none_or(|serial| serial < 100),
            None => false,
        };
        let earlier = sentence.bodies.iter().rev().find(fits).cloned();
        // Only a series without years comes to such numbers.
        let is_running = !has_year && number.serial.is_some_and(|serial| serial >= 100);
        earlier.or_else(|| {
            let running = |(series, numbering): (&str, Numbering)| {
                let (body, kind) = series.split_once('.')?;
                (is_running && numbering == Numbering::Running && kind == said.kind).then(|| body.to_owned())
            };
            self.registry.series().find_map(running)
        })
    }

    /// Instruments that go by a name.
    fn named(&self, text: &str, pins: &[(Range<usize>, String)], list: usize, all: &mut Vec<Cited>) {
        let mut at = 0;
        let mut names: Vec<Cited> = Vec::new();
        // Both apostrophes are one; they are not of one length.
        while let Some(word) = citation::next_word(text, at) {
            let rest = &text[word..];
            at = word + rest.chars().next().map_or(1, char::len_utf8);
            let Some((length, key)) = self.names.at_start(rest) else { continue };
            let mut words = word..word + length;
            at = words.end;
            let after = citation::after_name(&text[words.end..], &self.locale.language);
            let taken = all.iter().any(|cited| cited.words.start < words.end && words.start < cited.words.end);
            if after.of_another || taken {
                continue;
            }
            let before = pins.iter().find(|(range, _)| {
                range.end == words.start || is_article(&text[range.end.min(words.start)..words.start])
            });
            let mut pinpoint = None;
            if let Some((range, pin)) = before {
                words.start = range.start;
                pinpoint = Some(pin.clone());
            } else if let Some((pin, length)) = after.pinpoint {
                words.end += length;
                pinpoint = Some(pin);
            }
            names.push(Cited {
                number: words.clone(),
                words,
                what: What::Named(key.to_owned()),
                pinpoint,
                problem: None,
                dated: None,
                list: list + names.len(),
            });
        }
        all.extend(names);
        all.sort_by_key(|cited| cited.words.start);
        // “the Astana Commemorative Declaration (SUM.DOC/1/10)” is one.
        all.dedup_by(|second, first| {
            let between = text.get(first.words.end..second.words.start).unwrap_or_default();
            let base = |key: String| crate::registry::base_of(&key).unwrap_or(key);
            let same = matches!(first.what, What::Named(_))
                && base(first.what.key()) == base(second.what.key())
                && between.ends_with('(')
                && between.len() <= BESIDE
                && !between.contains([',', '.', ';', ':']);
            if same {
                first.words.end = second.words.end + usize::from(text[second.words.end..].starts_with(')'));
            }
            same
        });
    }
}

/// Whether what follows is the end of a longer word or path: `EU-Beschluss`,
/// `example.org/MC.DEC`. After a figure, a range or a list goes on.
fn is_end_of_a_word(before: &str) -> bool {
    let joined = before.strip_suffix(['-', '‑', '/', '.']);
    joined.is_some_and(|before| before.ends_with(char::is_alphabetic))
}

/// Between “of” and a name at most an abbreviation of ours stands.
fn is_article(between: &str) -> bool {
    matches!(between.trim(), "OSCE" | "OSZE")
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// A resolution of the United Nations in words.
fn resolution(said: &Said, number: &Number, sentence: &Sentence) -> Option<(What, Option<Problem>)> {
    let serial = number.serial?;
    if said.foreign && said.body.is_none() {
        return None;
    }
    let organ = match (said.body.as_deref(), number.part, number.year) {
        (Some("S"), None, _) => 'S',
        // The Assembly's have no year in parentheses.
        (Some("A"), None, Some(_)) if said.of_later => 'S',
        (Some("A"), ..) => 'A',
        (Some(_), ..) => return None,
        (None, None, Some(_)) => 'S',
        (None, Some(_), None) => sentence.united_nations.filter(|organ| *organ == 'A')?,
        (None, None, None) => sentence.united_nations.filter(|_| serial >= 100)?,
        _ => return None,
    };
    let of_session = number.part.map(|(part, _)| part);
    Some((What::Resolution(Resolution { organ, number: serial, of_session, year: number.year }), None))
}

/// A journal in words: of a series without years, or of a meeting.
fn journal(said: &Said, number: &Number) -> Option<(What, Option<Problem>)> {
    let serial = number.serial.filter(|_| number.part.is_none() && number.year.is_none())?;
    let body = said.body.clone().filter(|body| body != "S" && body != "A" && !said.by_adjective)?;
    if body == "MC" && said.meeting.is_none() {
        return None;
    }
    let symbol =
        Symbol { body, meeting: said.meeting, kind: "JOUR".to_owned(), number: Some(serial), ..Symbol::default() };
    Some((What::Symbol(symbol), None))
}

/// The body of a later symbol of the same number, “Decision No. 4/07 … (MC.DEC/4/07)”.
fn look_ahead(said: &Said, number: &Number, later: &[Reading]) -> Option<String> {
    let year = number.part.map(|(year, _)| year % 100).or(number.year.map(|year| year % 100));
    let mentions = later.iter().take(2).flat_map(|reading| reading.mentions.iter().take(1));
    mentions
        .filter_map(|mention| match &mention.target {
            Target::Symbol(written, _) => Some(&written.meant),
            _ => None,
        })
        .find(|meant| meant.kind == said.kind && meant.number == number.serial && meant.year == year)
        .map(|meant| meant.body.clone())
}

/// The symbol after words that say body, kind and number of it.
fn beside_later(body: &str, said: &Said, number: &Number, later: &[Reading]) -> Option<Symbol> {
    match later.first()?.mentions.first()?.target {
        Target::Symbol(ref written, _) => Some(&written.meant)
            .filter(|meant| meant.body == body && meant.kind == said.kind && meant.number == number.serial)
            .cloned(),
        _ => None,
    }
}

/// Whether a sentence ends in a stretch of text: a full stop that belongs to
/// no number sign, a blank and a capital.
fn sentence_ends(text: &str, signs: &[String]) -> bool {
    text.match_indices(['.', '!', '?']).any(|(at, _)| {
        let (before, after) = (&text[..=at], &text[at + 1..]);
        let mut rest = after.chars();
        let blank = rest.next().is_some_and(is_blank);
        let capital = rest.find(|c| !is_blank(*c)).is_some_and(char::is_uppercase);
        let last = before.rsplit(is_blank).next().unwrap_or_default();
        let abbreviation = signs.iter().any(|sign| sign == last) || last.chars().count() <= 2;
        blank && capital && !abbreviation
    })
}
