//! A decision or declaration in words: whose it is, of which year or meeting,
//! and whether the symbol beside it says the same.

use std::ops::Range;

use super::cited::{Problem, What};
use super::saying;
use super::sentence::Sentence;
use crate::locale::Locale;
use crate::registry::{Numbering, Registry};
use crate::syntax::Symbol;
use crate::syntax::citation::{self, Designation, Mention, NamedBody, Number, Said, Stopped, Stretch, Written};

/// A number with its kind in words, in its sentence.
pub(super) struct InWords<'a> {
    pub registry: &'a Registry,
    pub locale: &'a Locale,
    /// The body that adopts the text.
    pub own_body: Option<&'a str>,
    pub text: &'a str,
    pub mention: &'a Mention,
    pub said: &'a Said,
    pub number: &'a Number,
    /// The symbol in parentheses beside it.
    pub restated: Option<&'a Written>,
    pub sentence: &'a Sentence,
    /// What follows in the text.
    pub later: &'a [Stretch],
}

/// The year that a number has: two figures, and whether four are written.
#[derive(Clone, Copy)]
struct Year {
    short: Option<u32>,
    is_long: bool,
}

impl InWords<'_> {
    /// Which instrument is meant; none where the words are of no body of ours.
    pub fn meant(&self) -> Option<(What, Option<Problem>)> {
        if !self.is_of_a_council() {
            return None;
        }
        let year = self.year()?;
        if self.number.serial == Some(0) {
            return Some(self.unread(Stopped::Number(self.text[self.mention.number.clone()].to_owned())));
        }
        let owner = Self::owner(self.text, &self.mention.words, self.sentence, self.locale);
        // “The Board, in its Decision No. 3/24”
        if self.said.body.is_none() && owner.as_ref().is_some_and(|owner| owner.body.is_none()) {
            return None;
        }
        let Some(body) = self.body(year) else {
            if let Some(name) = self.of_another() {
                return Some(self.unread(Stopped::Another(name)));
            }
            let serial = self.number.serial.map_or("X".to_owned(), |serial| serial.to_string());
            let open = year.short.map_or(serial.clone(), |year| format!("{serial}/{year:02}"));
            return Some((What::Open(self.said.kind.clone(), open), Some(Problem::Ambiguous)));
        };
        let city = self.city();
        let (meant, mut problem) = self.numbered(&body, year.short, city.as_ref());
        if year.is_long && problem.is_none() {
            problem = Some(Problem::LongYear(self.mention.number.clone()));
        }
        let beside = self.restated.map(|written| Symbol { distribution: None, ..written.meant.clone() });
        if let (Some(written), Some(beside)) = (self.restated, beside.filter(|beside| *beside != meant)) {
            if self.says_the_same(&meant, &beside) {
                return Some((What::Symbol(beside), written.damaged.then_some(Problem::Damaged)));
            }
            problem = Some(Problem::Symbols(Box::new((meant.clone(), beside))));
        }
        let problem = problem.or_else(|| self.other_city(&meant, city?));
        Some((What::Symbol(meant), problem))
    }

    /// Its words, of which nothing is said but what stopped the reading.
    fn unread(&self, stopped: Stopped) -> (What, Option<Problem>) {
        let words = super::cited::in_one_line(&self.text[self.mention.words.start..self.mention.number.end]);
        (What::Unread(words), Some(Problem::Unread(stopped)))
    }

    /// Whether these can be words for a council's text.
    fn is_of_a_council(&self) -> bool {
        let Said { body, foreign, of_later, by_adjective, signed, beside, ordinal, .. } = self.said;
        if self.said.another || self.number.session.is_some() || self.number.letter.is_some() {
            return false;
        }
        // `2011/02`, `573/2014`: as the European Union writes them.
        let is_large = match (self.number.serial, self.number.part) {
            (Some(serial), Some((_, 4))) => serial >= 100,
            (Some(serial), Some(_)) => (1900..2100).contains(&serial),
            _ => false,
        };
        if is_large && body.is_none() {
            return false;
        }
        let is_foreign = *foreign && (body.is_none() || *of_later || *by_adjective) && self.meeting_after().is_none();
        let is_bare = self.number.part.is_none() && self.number.year.is_none();
        let is_said = *signed || *beside || ordinal.is_some() || is_bare && self.is_owned();
        !matches!(body.as_deref(), Some("S" | "A")) && !is_foreign && (!is_bare || is_said)
    }

    /// “The Permanent Council, in its Decisions 557 and 1107”: a body whose numbers run on so far.
    fn is_owned(&self) -> bool {
        let is_running =
            |body| self.registry.numbering(&format!("{body}.{}", self.said.kind)) == Some(Numbering::Running);
        self.number.serial.is_some_and(|serial| serial >= MANY)
            && self.listed().and_then(|owner| owner.body).is_some_and(is_running)
    }

    /// Of whom the sentence speaks that says “its” of this number or of the list that it stands in.
    fn listed(&self) -> Option<NamedBody> {
        let first = self.sentence.coming.first().map_or(self.mention.words.start, |stretch| stretch.start);
        Self::owner(self.text, &(first..self.mention.words.end), self.sentence, self.locale)
    }

    /// “Decision No. 5/11”, “Decision No. 6 of 2001”; none where what follows the
    /// bar is no year.
    fn year(&self) -> Option<Year> {
        match self.number.part {
            Some((year, 2)) => Some(Year { short: Some(year), is_long: false }),
            Some((year, 4)) if (1990..2100).contains(&year) => Some(Year { short: Some(year % 100), is_long: true }),
            Some(_) => None,
            None => {
                let dated = self.mention.dated.clone();
                let dated = dated.and_then(|place| saying::date(self.locale, &self.text[place]));
                let year = self.number.year.or(dated.and_then(|(year, _)| u32::try_from(year).ok()));
                Some(Year { short: year.map(|year| year % 100), is_long: false })
            }
        }
    }

    /// Whose it is: by the words themselves, the symbol beside them, “its”, an
    /// earlier citation of the sentence, or the symbol that follows.
    fn body(&self, year: Year) -> Option<String> {
        let is_numbered_on = self.number.part.is_none() && self.number.year.is_none();
        let can_be = |body: &String| match self.registry.numbering(&format!("{body}.{}", self.said.kind)) {
            // A day beside its number is no part of it.
            Some(Numbering::Running) => is_numbered_on,
            Some(_) => {
                year.short.is_some() && (!is_numbered_on || self.number.serial.is_none_or(|serial| serial < MANY))
            }
            None => false,
        };
        let said = self.said.body.clone().filter(|body| !self.said.of_later || can_be(body));
        let said = said.or_else(|| self.restated.map(|written| written.meant.body.clone()));
        if said.is_none() && says_own(self.before(), self.locale) {
            return self.own().filter(can_be).or_else(|| self.look_ahead());
        }
        said.or_else(|| self.adopted_before().filter(can_be))
            .or_else(|| self.set_off().filter(can_be))
            .or_else(|| self.acting().filter(can_be))
            .or_else(|| self.carried())
            .or_else(|| self.of_a_meeting())
            .or_else(|| self.look_ahead())
    }

    /// The body that the sentence speaks of, where that is none of ours.
    fn of_another(&self) -> Option<String> {
        let subject = self.sentence.subject(self.text, &self.mention.words, self.locale);
        subject.filter(|named| named.body.is_none()).map(|named| named.name)
    }

    fn symbol(&self, body: &str, meeting: Option<u32>, year: Option<u32>) -> Symbol {
        Symbol {
            body: body.to_owned(),
            meeting,
            kind: self.said.kind.clone(),
            number: self.number.serial,
            number_pending: self.number.serial.is_none(),
            year,
            revisions: self.number.revisions.clone(),
            ..Symbol::default()
        }
    }

    /// The symbol by the numbering of its series.
    fn numbered(
        &self,
        body: &str,
        year: Option<u32>,
        city: Option<&(String, Range<usize>)>,
    ) -> (Symbol, Option<Problem>) {
        let pending = self.number.serial.is_none().then_some(Problem::Pending);
        let numbering = self.registry.numbering(&format!("{body}.{}", self.said.kind));
        if numbering == Some(Numbering::Running) {
            return match self.number.part {
                Some(_) => (self.symbol(body, None, year), Some(Problem::Year)),
                None => (self.symbol(body, None, None), pending),
            };
        }
        let meeting = self.meeting(city, body).filter(|_| self.number.part.is_none());
        // “Decision No. 1 of the Eighth Meeting (Vienna, 28 November 2000)”
        let is_by_meeting = self.said.ordinal.is_some() && meeting.is_some();
        if year.is_some() && !is_by_meeting {
            return (self.symbol(body, None, year), pending);
        }
        match meeting {
            // Until 2003 a meeting's decisions were numbered by its own number.
            Some((meeting, year)) if year.is_none_or(|year| year < 2003) => {
                (self.symbol(body, Some(meeting), None), pending)
            }
            Some((_, year)) => (self.symbol(body, None, year.map(|year| year % 100)), pending),
            None => match self.beside_later(body) {
                // The symbol that follows says the year or the meeting.
                Some(symbol) => (symbol, pending),
                None => (self.symbol(body, None, None), pending.or(Some(Problem::NoYear))),
            },
        }
    }

    /// Whether the symbol beside the words is only more than they say.
    fn says_the_same(&self, meant: &Symbol, beside: &Symbol) -> bool {
        let same = beside.body == meant.body && beside.kind == meant.kind && beside.number == meant.number;
        same && meant.year.is_none() && meant.meeting.is_none()
            || self.registry.respelled(beside).as_ref() == Some(meant)
    }

    /// A city whose meeting was in another year.
    fn other_city(&self, meant: &Symbol, (city, place): (String, Range<usize>)) -> Option<Problem> {
        let year = meant.full_year()?;
        let meetings = self.registry.meetings_in(&city);
        let is_other = !meetings.is_empty() && !meetings.iter().any(|meeting| u32::from(meeting.year) == year);
        is_other.then_some(Problem::City(city, place))
    }

    /// Behind “its”, “its Decision No. 4/07”: that of the body of which the sentence speaks; where
    /// it names none, that of the body that adopts the text.
    fn own(&self) -> Option<String> {
        match Self::owner(self.text, &self.mention.words, self.sentence, self.locale) {
            Some(_) if self.sentence.names_several(self.text, &self.mention.words, self.locale) => None,
            Some(owner) => owner.body.map(str::to_owned),
            None if self.sentence.has_a_subject(self.text, &self.mention.words, self.locale) => None,
            None => self.own_body.map(str::to_owned),
        }
    }

    /// Of whom the sentence speaks that says “its” of an instrument; none where it
    /// does not say so, or names nobody.
    pub fn owner(text: &str, words: &Range<usize>, sentence: &Sentence, locale: &Locale) -> Option<NamedBody> {
        let before = text[..words.start].trim_end_matches(char::is_whitespace);
        says_own(before, locale).then(|| sentence.subject(text, words, locale)).flatten()
    }

    /// “die auf dem Ministerratstreffen in Athen verabschiedeten Beschlüsse”: the body
    /// before a participle.
    fn adopted_before(&self) -> Option<String> {
        let before = self.before();
        let rest = self.locale.cited.adopted_before.iter().find_map(|verb| before.strip_suffix(verb.as_str()))?;
        let near = &rest[rest.ceil_char_boundary(rest.len().saturating_sub(ADOPTED))..];
        let near = near.rsplit(['.', ';', ',', ':']).next().unwrap_or_default();
        citation::named_bodies(near, &self.locale.language).pop()?.body.map(str::to_owned)
    }

    /// “OSCE Ministerial Council, Decision No. 9/09”, “the Forum, by Decision No. 12/11,”, “the
    /// Permanent Council (Decision No. 566)”: the body that a sign sets off from its decision.
    fn set_off(&self) -> Option<String> {
        let owner = self.behind_means().unwrap_or(self.before()).trim_end().strip_suffix([',', ':', '('])?.trim_end();
        let is_read = |read: &Range<usize>| read.start < owner.len() && owner.len() <= read.end;
        (!self.sentence.read.iter().any(is_read)).then(|| self.last_body(owner)).flatten()
    }

    /// Our body whose name is the end of some words.
    pub(super) fn last_body(&self, words: &str) -> Option<String> {
        let near = &words[words.ceil_char_boundary(words.len().saturating_sub(ADOPTED))..];
        let named = citation::named_bodies(near, &self.locale.language).pop()?;
        // “du Conseil ministériel de l’OSCE”
        let rest = &near[named.words.end..];
        let ours = self.locale.organization();
        let is_beside = rest.is_empty() || ours.is_some_and(|ours| rest.ends_with(ours)) && rest.len() <= CITY;
        // “the Energy Community’s Ministerial Council”
        let lead = near[..named.words.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_article = citation::is_article(&lead.to_lowercase(), &self.locale.language);
        let is_name = lead.starts_with(char::is_uppercase) && lead.ends_with(char::is_alphabetic);
        let is_others = is_name && ours != Some(lead) && !is_article
            || self.locale.cited.possessives.iter().any(|ending| lead.ends_with(ending.as_str()));
        (is_beside && !is_others).then_some(named.body?.to_owned())
    }

    /// The city that the words name, or that stands before them: “the Brussels
    /// Ministerial Decision”.
    fn city(&self) -> Option<(String, Range<usize>)> {
        if let Some(said) = self.said.city.clone().or_else(|| self.city_after()) {
            return Some(said);
        }
        if let Some((words, place)) = &self.said.qualifier {
            let name = words.rsplit(char::is_whitespace).next().unwrap_or_default();
            if !self.registry.meetings_in(name).is_empty() {
                return Some((name.to_owned(), place.clone()));
            }
        }
        let before = self.before();
        // “der in Porto verabschiedete Beschluss”
        let mut verbs = self.locale.cited.adopted_before.iter();
        let before = verbs.find_map(|verb| before.strip_suffix(verb.as_str())).unwrap_or(before).trim_end();
        let start = before.rfind(char::is_whitespace).map_or(0, |blank| before.ceil_char_boundary(blank + 1));
        let word = &before[start..];
        (!self.registry.meetings_in(word).is_empty()).then(|| (word.to_owned(), start..before.len()))
    }

    /// “Decision No. 6 of Bucharest”: the city of a meeting right after a number that says
    /// neither body nor year.
    fn city_after(&self) -> Option<(String, Range<usize>)> {
        if self.said.body.is_some() || self.number.part.is_some() || self.number.year.is_some() {
            return None;
        }
        self.meeting_after()
    }

    /// The city of a meeting right after a number.
    fn meeting_after(&self) -> Option<(String, Range<usize>)> {
        let from = self.mention.number.end;
        let rest = &self.text[from..self.text.floor_char_boundary(from + CITY)];
        let is_end = |c: char| c.is_whitespace() || matches!(c, '’' | '\'');
        let mut words = rest.split_inclusive(is_end).filter(|word| word.chars().any(char::is_alphabetic));
        let word = words.nth(1)?.trim_matches(|c: char| !c.is_alphabetic());
        let at = from + (word.as_ptr() as usize - rest.as_ptr() as usize);
        (!self.registry.meetings_in(word).is_empty()).then(|| (word.to_owned(), at..at + word.len()))
    }

    /// The body whose only meeting in the city that stands after the number it was.
    fn of_a_meeting(&self) -> Option<String> {
        let (city, _) = self.city_after()?;
        match self.registry.meetings_in(&city).as_slice() {
            [meeting] => meeting.code.split('(').next().map(str::to_owned),
            _ => None,
        }
    }

    pub(super) fn before(&self) -> &str {
        self.text[..self.mention.words.start].trim_end_matches(char::is_whitespace)
    }

    /// The meeting that words or a city name, and its year.
    fn meeting(&self, city: Option<&(String, Range<usize>)>, body: &str) -> Option<(u32, Option<u32>)> {
        if let Some(ordinal) = &self.said.ordinal {
            let number = saying::ordinal(self.locale, ordinal)?;
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

    /// The body of an earlier citation of the sentence that can have such a
    /// number.
    fn carried(&self) -> Option<String> {
        let (said, number) = (self.said, self.number);
        let has_year = number.part.is_some() || number.year.is_some();
        let fits = |body: &&String| match self.registry.numbering(&format!("{body}.{}", said.kind)) {
            Some(Numbering::Running) => !has_year,
            Some(_) => has_year || number.serial.is_none_or(|serial| serial < MANY),
            None => false,
        };
        if let Some(earlier) = self.sentence.bodies.iter().rev().find(fits) {
            return Some(earlier.clone());
        }
        // Only a series without years comes to such numbers.
        if has_year || number.serial.is_none_or(|serial| serial < MANY) {
            return None;
        }
        self.registry.series().find_map(|(series, numbering)| {
            let (body, kind) = series.split_once('.')?;
            (numbering == Numbering::Running && kind == said.kind).then(|| body.to_owned())
        })
    }

    /// The body of a later symbol of the same number, “Decision No. 4/07 …
    /// (MC.DEC/4/07)”.
    fn look_ahead(&self) -> Option<String> {
        let year = self.number.part.map(|(year, _)| year).or(self.number.year).map(|year| year % 100);
        let mentions = self.later.iter().take(2).flat_map(|stretch| stretch.mentions.iter().take(1));
        mentions
            .filter_map(symbol_of)
            .find(|meant| meant.kind == self.said.kind && meant.number == self.number.serial && meant.year == year)
            .map(|meant| meant.body.clone())
    }

    /// The symbol after words that say body, kind and number of it.
    fn beside_later(&self, body: &str) -> Option<Symbol> {
        let meant = symbol_of(self.later.first()?.mentions.first()?)?;
        let is_same = meant.body == body && meant.kind == self.said.kind && meant.number == self.number.serial;
        is_same.then(|| meant.clone())
    }
}

/// Whether “its” or “its own” stands at the end of a text.
fn says_own(before: &str, locale: &Locale) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_OWN))..];
    let near = near.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    locale
        .cited
        .own
        .iter()
        .any(|own| near.strip_suffix(own.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)))
}

/// So many texts no body adopts in a year.
const MANY: u32 = 100;
/// How far after a number a city is looked for, in bytes.
const CITY: usize = 40;
/// How far before a participle the body is looked for, in bytes.
const ADOPTED: usize = 80;
/// “собственного”, in bytes, and one more.
const LONGEST_OWN: usize = 40;

/// The symbol that a mention is.
fn symbol_of(mention: &Mention) -> Option<&Symbol> {
    match &mention.target {
        Designation::Symbol(written, _) => Some(&written.meant),
        Designation::Resolution(..) | Designation::Words(..) => None,
    }
}
