//! From what a sentence says to the instrument that it means: bodies carried
//! over, years and meetings worked out, damage recognised.

use std::ops::Range;

use super::cited::{Cited, Problem, What, in_one_line};
use super::council::InWords;
use super::figures::Figures;
use super::names::NameIndex;
use super::places;
use super::saying;
use super::sentence::{self, Sentence};
use super::{acting, beside, kinds, unread};
use crate::locale::Locale;
use crate::registry::{Numbering, Registry};
use crate::syntax::citation::{self, Designation, Mention, Number, Place, Said, Stopped, Stretch, Written};
use crate::syntax::{Resolution, Symbol};

/// What binding knows besides the text.
pub(super) struct Binder<'a> {
    pub registry: &'a Registry,
    pub locale: &'a Locale,
    pub names: &'a NameIndex,
    /// The body that adopts the text.
    pub own_body: Option<&'a str>,
}

impl Binder<'_> {
    /// The instruments that a text cites, in their order, and the places in
    /// texts of which it is not said that they are an instrument's.
    pub fn bind(&self, text: &str) -> (Vec<Cited>, Vec<Place>) {
        let figures = Figures::of(text);
        let mut stretches = citation::mentions(&figures.text, &self.locale.language);
        let mut places: Vec<Place> = stretches.iter_mut().filter_map(|stretch| stretch.place.take()).collect();
        stretches.retain(|stretch| stretch.pinpoint.is_some() || !stretch.mentions.is_empty());
        let mut all: Vec<Cited> = Vec::new();
        let mut sentence = Sentence::default();
        let mut pins: Vec<(Range<usize>, String)> = Vec::new();
        for (list, stretch) in stretches.iter().enumerate() {
            let between = sentence.end..stretch.range.start;
            if let Some(start) = sentence::ends(text, between, self.locale) {
                sentence = Sentence { start, ..Sentence::default() };
            }
            sentence.end = stretch.range.end;
            if stretch.mentions.is_empty() {
                pins.extend(stretch.pinpoint.clone().map(|pin| (stretch.range.clone(), pin)));
            }
            let owner = match joined(&text[..stretch.range.start]) {
                Joined::No if self.belongs_to_another(text, stretch) => continue,
                // “mini-chapter 3 of MC.DEC/5/11”
                Joined::ByHyphen(_) if stretch.pinpoint.is_some() && !stretch.mentions.is_empty() => None,
                Joined::ByHyphen(word) => Some(word),
                Joined::InAPath => continue,
                Joined::No => self.unknown_owner(text, stretch),
            };
            if let Some(name) = owner {
                all.extend(unread::of_nobody(text, stretch, name, self.locale).map(|cited| Cited { list, ..cited }));
                continue;
            }
            let later = &stretches[list + 1..];
            let coming = stretches[list..].iter().take(COMING).filter(|stretch| !stretch.mentions.is_empty());
            sentence.coming = coming.map(|stretch| stretch.range.clone()).collect();
            for mention in &stretch.mentions {
                let Some((what, problem)) = self.one(text, mention, &sentence, later) else {
                    all.extend(
                        unread::dropped(text, stretch, mention, self.locale, self.registry)
                            .map(|cited| Cited { list, ..cited }),
                    );
                    continue;
                };
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
                    again: false,
                    dated: mention
                        .dated
                        .clone()
                        .and_then(|place| Some((saying::date(self.locale, &text[place.clone()])?, place))),
                    qualifier: self.unknown_words(mention),
                });
            }
            sentence.read.push(stretch.range.clone());
        }
        self.names.named(text, self.locale, &pins, stretches.len(), &mut all);
        figures.say(&mut all);
        places::bind(text, &mut places, &mut all);
        beside::look(text, self.locale, &mut all);
        kinds::compare(text, self.locale, &mut all);
        all.extend(unread::left(text, &self.locale.language, &stretches, &all));
        let is_open = |cited: &Cited| matches!(cited.problem, Some(Problem::Ambiguous | Problem::Unread(_)));
        all.retain(|cited| !is_open(cited) || !acting::is_by_another(text, &cited.words, self.locale));
        all.sort_by_key(|cited| cited.words.start);
        (all, places)
    }

    /// Words beside the body that neither a meeting nor its number explains.
    fn unknown_words(&self, mention: &Mention) -> Option<(String, Range<usize>)> {
        let Designation::Words(said, number, _) = &mention.target else { return None };
        let (words, place) = said.qualifier.clone()?;
        let name = words.rsplit(is_blank).next().unwrap_or_default();
        let is_city = !self.registry.meetings_in(name).is_empty();
        let of_year = || {
            let meeting = saying::ordinal(self.locale, &words)?;
            let held = self.registry.meeting(&format!("{}({meeting})", said.body.as_deref()?))?;
            number.part.map(|(year, _)| u32::from(held.year) % 100 == year % 100)
        };
        (!is_city && of_year() != Some(true)).then_some((words, place))
    }

    /// “Human Rights Council resolution”, “NATO adopted decision”: of a body that
    /// is none of ours.
    fn belongs_to_another(&self, text: &str, stretch: &Stretch) -> bool {
        let Some(Mention { target: Designation::Words(said, ..), .. }) = stretch.mentions.first() else { return false };
        let before = &text[..stretch.range.start];
        self.follows_another(before) || said.body.is_none() && citation::taken_by_another(before, &self.locale.language)
    }

    /// A name before the kind that is known neither as ours nor as another's.
    fn unknown_owner<'t>(&self, text: &'t str, stretch: &Stretch) -> Option<&'t str> {
        let Some(Mention { target: Designation::Words(said, ..), .. }) = stretch.mentions.first() else { return None };
        let before = &text[..stretch.range.start];
        if said.body.is_some() || said.organization || stretch.pinpoint.is_some() || !before.ends_with(is_blank) {
            return None;
        }
        let before = before.trim_end_matches(is_blank);
        // “the Forum’s own Decision”: whose it is stands before “own”.
        let owner_of = |owned: &str| before.strip_suffix(owned.trim_start_matches(|c| !is_blank(c)));
        let owners = self.locale.cited.own.iter().filter(|own| own.contains(is_blank)).filter_map(|own| owner_of(own));
        let before = owners.into_iter().find(|owner| self.owner_at_end(owner).is_some()).unwrap_or(before);
        let word = before.rsplit(|c: char| is_blank(c) || c == '(').next().unwrap_or_default();
        let rest = before[..before.len() - word.len()].trim_end_matches(is_blank);
        let word = self.owner_at_end(word).unwrap_or(word);
        let opens = rest.is_empty() || rest.ends_with(['.', '!', '?', '“', '„', '«', '(', '|']);
        let ours = self.locale.organization() == Some(word)
            || !self.registry.meetings_in(word).is_empty()
            || self.locale.cited.capital_nouns;
        let is_name = word.starts_with(char::is_uppercase) && word.ends_with(char::is_alphabetic);
        // “HAVING REGARD TO ITS DECISION”: in capitals no word tells that it is a name.
        let in_capitals = || {
            let kind = text[stretch.range.clone()].split(is_blank).next().unwrap_or_default();
            kind.chars().count() > 1 && !kind.chars().any(char::is_lowercase)
        };
        (!opens && !ours && is_name && !in_capitals()).then_some(word)
    }

    /// A text without the ending that makes an owner of its last word, if it has one: “the Forum’s”.
    fn owner_at_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.locale.cited.possessives.iter().find_map(|ending| text.strip_suffix(ending.as_str()))
    }

    /// Whether the name of a body that is none of ours stands right before.
    fn follows_another(&self, before: &str) -> bool {
        let near = &before[before.ceil_char_boundary(before.len().saturating_sub(NEAR))..];
        let trimmed = near.trim_end_matches(is_blank);
        let trimmed = self.owner_at_end(trimmed).unwrap_or(trimmed);
        trimmed.len() < near.len() && citation::ends_with_another(trimmed, &self.locale.language)
    }

    fn one(
        &self,
        text: &str,
        mention: &Mention,
        sentence: &Sentence,
        later: &[Stretch],
    ) -> Option<(What, Option<Problem>)> {
        match &mention.target {
            Designation::Resolution(resolution, said) => {
                let is_other = |said: &&String| said.as_str() != resolution.organ.to_string();
                let problem = said.as_ref().filter(is_other).map(|said| Problem::Body(said.clone()));
                Some((What::Resolution(resolution.clone()), problem))
            }
            Designation::Symbol(written, said) => self.symbol(written, said.as_ref()),
            Designation::Words(said, ..) if said.another => None,
            Designation::Words(said, number, restated) if matches!(said.kind.as_str(), "DEC" | "DOC") => {
                let Binder { registry, locale, own_body, .. } = *self;
                let restated = restated.as_ref();
                InWords { registry, locale, own_body, text, mention, said, number, restated, sentence, later }.meant()
            }
            Designation::Words(said, number, _) if said.kind == "RES" => {
                let said = match InWords::owner(text, &mention.words, sentence, self.locale) {
                    Some(subject) => &Said { body: Some(subject.body?.to_owned()), ..said.clone() },
                    None => said,
                };
                if let Some(name) = self.of_another_year(text, mention, said, number, sentence) {
                    return Some((What::Unread(in_one_line(&text[mention.words.clone()])), Some(name)));
                }
                resolution(said, number, sentence)
                    .or_else(|| self.of_the_assembly(text, mention, said, number, sentence))
                    .or_else(|| of_a_session(said, number))
            }
            Designation::Words(said, number, _) if said.kind == "JOUR" => journal(said, number),
            Designation::Words(..) => None,
        }
    }

    /// “The General Assembly, by resolution 68/262”: of whom the sentence speaks.
    fn of_the_assembly(
        &self,
        text: &str,
        mention: &Mention,
        said: &Said,
        number: &Number,
        sentence: &Sentence,
    ) -> Option<(What, Option<Problem>)> {
        if said.body.is_some() || said.foreign || number.part.is_none() || number.year.is_some() {
            return None;
        }
        let subject = sentence.subject(text, &mention.words, self.locale)?;
        let resolution = (subject.body == Some("A")).then(|| number.of('A')).flatten()?;
        Some((What::Resolution(resolution), None))
    }

    /// “The European Parliament recalls Resolution 1325 (2001)”: no resolution of that number and year, in a sentence
    /// that speaks of another’s body.
    fn of_another_year(
        &self,
        text: &str,
        mention: &Mention,
        said: &Said,
        number: &Number,
        sentence: &Sentence,
    ) -> Option<Problem> {
        if said.body.is_some() || said.organization || number.year.is_none() {
            return None;
        }
        let meant = number.of('S')?;
        let known = self.registry.get(&Resolution { year: None, ..meant.clone() }.to_string())?;
        if known.year.map(u32::from) == meant.year {
            return None;
        }
        let subject = sentence.subject(text, &mention.words, self.locale)?;
        subject.body.is_none().then_some(Problem::Unread(Stopped::Another(subject.name)))
    }

    fn symbol(&self, written: &Written, said: Option<&Said>) -> Option<(What, Option<Problem>)> {
        let meant = &written.meant;
        let numbering = self.registry.numbering(&meant.series());
        // Letters in lower case, or with blanks between, are a symbol only in
        // a series that there is.
        if written.damaged && numbering.is_none() && !self.is_body(&meant.body) {
            return None;
        }
        let other_kind = |said: &&Said| !said.kind.is_empty() && said.kind != meant.kind;
        let other_body = said.and_then(|said| said.body.as_ref()).filter(|body| **body != meant.body);
        let problem = if let Some(said) = said.filter(other_kind) {
            Some(Problem::Kind(said.kind.clone()))
        } else if let Some(body) = other_body {
            Some(Problem::Body(body.clone()))
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
}

/// Whether what follows is the end of a longer word or path. After a figure, a range or a
/// list goes on.
enum Joined<'t> {
    No,
    /// `EU-Beschluss`: the word before the hyphen.
    ByHyphen(&'t str),
    /// `example.org/MC.DEC`
    InAPath,
}

fn joined(before: &str) -> Joined<'_> {
    if let Some(before) = before.strip_suffix(['-', '‑']).filter(|before| before.ends_with(char::is_alphabetic)) {
        let start = before.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| before.ceil_char_boundary(at + 1));
        return Joined::ByHyphen(&before[start..]);
    }
    // “MC/FSC Decision”
    let bodies = before
        .strip_suffix('/')
        .map(|before| &before[before.trim_end_matches(|c: char| c.is_ascii_uppercase()).len()..]);
    if let Some(letters) = bodies.filter(|letters| (2..=4).contains(&letters.len())) {
        return Joined::ByHyphen(letters);
    }
    let joined = before.strip_suffix(['/', '.']);
    if joined.is_some_and(|before| before.ends_with(char::is_alphabetic)) { Joined::InAPath } else { Joined::No }
}

/// Of so many references that follow it is known that bodies in them are theirs.
const COMING: usize = 8;
/// How far before a reference the name of a body is looked for, in bytes.
const NEAR: usize = 60;

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

/// A resolution of the United Nations in words.
fn resolution(said: &Said, number: &Number, sentence: &Sentence) -> Option<(What, Option<Problem>)> {
    if said.foreign && said.body.is_none() {
        return None;
    }
    // Sessions that have no number, and letters, are the Assembly's.
    if number.session.is_some() || number.letter.is_some() {
        let is_known = said.body.is_some() || said.organization || sentence.united_nations.is_some();
        let is_ours = matches!(said.body.as_deref(), Some("A") | None) && (is_known || number.session.is_some());
        return is_ours.then(|| number.of('A')).flatten().map(|resolution| (What::Resolution(resolution), None));
    }
    let organ = match (said.body.as_deref(), number.part, number.year) {
        (Some("S"), None, _) => 'S',
        // The Assembly's have no year in parentheses.
        (Some("A"), None, Some(_)) if said.of_later => 'S',
        (Some("A"), ..) => 'A',
        (Some(_), ..) => return None,
        (None, None, Some(_)) => 'S',
        (None, Some(_), None) if said.organization => 'A',
        (None, Some(_), None) => sentence.united_nations.filter(|organ| *organ == 'A')?,
        (None, None, None) => sentence.united_nations.filter(|_| number.serial.is_some_and(|serial| serial >= 100))?,
        _ => return None,
    };
    number.of(organ).map(|resolution| (What::Resolution(resolution), None))
}

/// “resolution 68/262”, of which nothing says whose it is: such numbers are the General
/// Assembly’s, but not its alone.
fn of_a_session(said: &Said, number: &Number) -> Option<(What, Option<Problem>)> {
    let (serial, (part, _)) = number.serial.zip(number.part)?;
    let is_nobodys = said.body.is_none() && !said.foreign;
    let open = What::Open(said.kind.clone(), format!("{serial}/{part}"));
    (is_nobodys && number.is_of_a_session()).then_some((open, Some(Problem::Ambiguous)))
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
