//! What is wrong with the words of a citation, or with what stands beside it.

use std::ops::Range;
use std::sync::Arc;

use super::cited::{Cited, Problem, What, in_one_line};
use super::judge::entry_of;
use super::judgement::{Judgement, Most};
use super::kinds;
use super::state::State;
use super::titles::{self, Fit, Titles, quoted_after, words_after};
use super::unread;
use crate::locale::Locale;
use crate::registry::{Numbering, Registry, unrevised};
use crate::syntax::{Resolution, Symbol, citation, read_symbol, repaired_symbol};

/// The judgement of a problem that was seen when the words were bound.
pub(super) fn judged(problem: &Problem, text: &str, cited: &Cited, registry: &Registry) -> Judgement {
    let (what, key) = (&cited.what, cited.what.key());
    let number = &text[cited.number.clone()];
    let words = in_one_line(&text[cited.words.clone()]);
    let malformed = |message: String, hint: String| Judgement::new(State::Malformed, message, hint);
    let mismatch = |message: String, hint: &str| Judgement::new(State::Mismatch, message, hint);
    match problem {
        Problem::Damaged => {
            let hint = format!("write `{key}`: Latin capitals, no blanks, two figures for the year");
            let judgement = malformed(format!("`{number}` is not written as a symbol is"), hint);
            // A number in words is not mended into a symbol.
            let is_symbol = number.chars().any(char::is_alphabetic);
            if is_symbol { judgement.fix(cited.number.clone(), key) } else { judgement }
        }
        Problem::Letters(figures) => malformed(
            format!("`{number}` has letters in the place of figures"),
            format!("write `{figures}`, if that is meant"),
        )
        .fix(cited.number.clone(), figures.clone()),
        Problem::LongYear(place) => {
            let short = match what {
                What::Symbol(Symbol { number: Some(number), year: Some(year), .. }) => format!("{number}/{year:02}"),
                _ => key,
            };
            let hint = format!("write `{short}`");
            malformed(format!("the year in `{number}` has two figures"), hint).fix(place.clone(), short)
        }
        Problem::Bar => behind_a_bar(number, cited, registry),
        Problem::NoYear => {
            let known = of_others(what, registry);
            let hint = format!("write number and year, as `5/11`{known}");
            malformed(format!("`{words}` has no year, so that it names no one text"), hint)
        }
        Problem::Year => {
            let known = of_others(what, registry);
            let hint = format!("leave the year out, or name the body whose number it is{known}");
            malformed(format!("`{words}` has a year, but its series is numbered on from year to year"), hint)
        }
        Problem::Ambiguous => ambiguous(&words, what, registry),
        Problem::Unread(stopped) => unread::judged(&words, stopped, registry),
        Problem::Pending => pending(format!("`{words}` has no number yet")),
        Problem::Symbols(both) => {
            let message = format!("the words say `{}`, the symbol beside them says `{}`", both.0, both.1);
            mismatch(message, "look up which of the two is meant, and leave the other one out")
        }
        Problem::Kind(kind) => {
            let message = format!("the words say {}, but `{key}` is {}", kind_in_words(kind), kind_of(what));
            let hint = match of_kind(what, kind, registry) {
                Some(other) => format!("is `{other}` meant? if not, call `{key}` {}", kind_of(what)),
                None => format!("call `{key}` {}, or look up the symbol that is meant", kind_of(what)),
            };
            mismatch(message, &hint)
        }
        Problem::Body(said) => {
            let english = Locale::of("en");
            let of = |letters: &str| {
                let name = english.and_then(|english| english.cite.bodies.get(letters));
                name.map_or_else(|| format!("`{letters}`"), |name| format!("the {name}"))
            };
            let its = match what {
                What::Symbol(symbol) => symbol.body.clone(),
                What::Resolution(resolution) => resolution.organ.to_string(),
                What::Named(_) | What::Open(..) | What::Unread(_) => String::new(),
            };
            let message = format!("the words say {}, but `{key}` is a text of {}", of(said), of(&its));
            mismatch(message, "look up which of the two is meant, and correct the other one")
        }
        Problem::City(city, place) => {
            let held = registry.meetings_in(city);
            let held: Vec<String> = held.iter().map(|meeting| format!("{} ({})", meeting.year, meeting.code)).collect();
            let year = year_of(what).unwrap_or_default();
            let message = format!("`{key}` is of {year}, but the meeting in {city} was in {}", held.join(" and "));
            mismatch(message, "number or city is wrong").other(place.clone(), "the city")
        }
    }
}

/// `1325/2000`, whose year stands in parentheses.
fn behind_a_bar(written: &str, cited: &Cited, registry: &Registry) -> Judgement {
    let What::Resolution(Resolution { number, year: Some(said), .. }) = &cited.what else { return Judgement::valid() };
    let year = registry.year_of_resolution(*number).unwrap_or(*said);
    let is_other = if year == *said { String::new() } else { format!(", and {number} is of {year}") };
    let message =
        format!("`{written}`: the year of a resolution of the Security Council stands in parentheses{is_other}");
    let meant = format!("{number} ({year})");
    Judgement::new(State::Malformed, message, format!("write `{meant}`")).fix(cited.number.clone(), meant)
}

/// A number that is still open.
pub(super) fn pending(message: String) -> Judgement {
    Judgement::new(State::Pending, message, "write the number as soon as conference services gave it")
}

/// A word that should be a symbol and is none.
pub(super) fn malformed(word: &str) -> Judgement {
    let message = format!("`{word}` is no symbol");
    match repaired_symbol(word) {
        Some(meant) => Judgement::new(State::Malformed, message, format!("write `{meant}`")).fix(0..word.len(), meant),
        None => Judgement::new(State::Malformed, message, "write it as `MC.DEC/5/11` or `PC.DEC/1202`"),
    }
}

/// A date beside the citation that is not that of its adoption.
pub(super) fn other_date(text: &str, cited: &Cited, registry: &Registry) -> Option<Judgement> {
    let ((year, day), place) = cited.dated.clone()?;
    let entry = entry_of(registry, &cited.what);
    let (symbol, own) = match &cited.what {
        What::Symbol(symbol) => (symbol.to_string(), symbol.full_year()),
        What::Resolution(resolution) => (resolution.to_string(), resolution.year),
        What::Named(key) => {
            let year = entry?.year.map(u32::from).or_else(|| read_symbol(key)?.full_year());
            (super::cited::in_one_line(&text[cited.number.clone()]), year)
        }
        What::Open(..) | What::Unread(_) => return None,
    };
    let adopted = entry.and_then(|entry| entry.adopted);
    let message = match (adopted, own) {
        (Some(adopted), _) => {
            let same = year == adopted.year() && day.is_none_or(|day| day == (adopted.month(), adopted.day()));
            let of_its_year = format!("`{symbol}` is of {}, but the year beside it is {year}", adopted.year());
            let of_its_day = format!("`{symbol}` was adopted on {adopted}, not on the day that stands beside it");
            (!same).then_some(if day.is_none() { of_its_year } else { of_its_day })?
        }
        (None, Some(own)) if i64::from(own) != i64::from(year) => {
            format!("`{symbol}` is of {own}, but the date beside it is of {year}")
        }
        _ => return None,
    };
    // Of a name the year alone can be wrong; of a resolution it is the likelier of the two.
    let right = adopted.map(|adopted| adopted.year().to_string()).filter(|_| day.is_none());
    let is_sure = matches!(cited.what, What::Named(_) | What::Resolution(_));
    let cure = right.zip(year_within(text, &place, u32::try_from(year).ok())).filter(|_| is_sure);
    let hint = cure.as_ref().map_or("number or date is wrong".to_owned(), |(right, _)| {
        format!("write {right}, or the number or name that is meant")
    });
    let judgement = Judgement::new(State::Mismatch, message, hint).other(place, "the date");
    Some(match cure {
        Some((right, place)) => judgement.fix(place, right),
        None => judgement,
    })
}

/// The cure of a resolution whose number is of another year: its place, and the year.
pub(super) fn right_year(text: &str, cited: &Cited, registry: &Registry) -> Option<(Range<usize>, String)> {
    let What::Resolution(Resolution { organ: 'S', number, year: Some(said), .. }) = &cited.what else { return None };
    let right = registry.year_of_resolution(*number).filter(|right| right != said)?;
    Some((year_within(text, &cited.number, Some(*said))?, right.to_string()))
}

/// Where a year stands in words.
fn year_within(text: &str, words: &Range<usize>, year: Option<u32>) -> Option<Range<usize>> {
    let year = year?.to_string();
    let at = words.start + text[words.clone()].rfind(&year)?;
    Some(at..at + year.len())
}

/// A title in quotation marks beside the citation that is another's.
pub(super) fn other_title(
    text: &str,
    cited: &Cited,
    locale: &Locale,
    registry: &Registry,
    titles: impl FnOnce() -> Arc<Titles>,
) -> Option<Judgement> {
    let What::Symbol(symbol) = &cited.what else { return None };
    let place: Range<usize> = quoted_after(text, cited.words.end)?;
    // Few texts have a title there: the index is made for those.
    let titles = titles();
    let beside = &text[place.clone()];
    let bearers = titles.bearers(beside);
    let base = Symbol { revisions: Vec::new(), ..symbol.clone() };
    let is_own = |bearer: &str| {
        let bearer = unrevised(bearer);
        bearer == base.to_string() || registry.respelled(&base).is_some_and(|other| other.to_string() == bearer)
    };
    if bearers.iter().any(|bearer| is_own(bearer)) {
        return None;
    }
    let own = entry_of(registry, &cited.what).and_then(|own| own.title(&locale.language));
    if bearers.is_empty() {
        // What begins small is said of it, “the Action Plan”.
        let is_title = beside.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let own = own.filter(|own| is_title && !is_title_of(beside, own))?;
        let message = format!("the words in quotation marks are not the title of `{symbol}`");
        let hint = format!("the title of `{symbol}` is “{own}”: write the number or the title that is meant");
        let judgement = Judgement::new(State::Mismatch, message, hint).other(place, "the words");
        return Some(judgement.at_most(Most::Warning));
    }
    let message = format!("the title beside `{symbol}` is that of `{}`", bearers.join("` and `"));
    let hint = match own {
        Some(own) => format!("the title of `{symbol}` is “{own}”: write the number or the title that is meant"),
        None => format!("if the title is right, cite `{}`", bearers.join("` or `")),
    };
    Some(Judgement::new(State::Mismatch, message, hint).other(place, "the title"))
}

/// A title without quotation marks beside the citation that fits another
/// instrument better. The own words, or a paraphrase of them, fit nothing better.
pub(super) fn title_in_words(
    text: &str,
    cited: &Cited,
    locale: &Locale,
    registry: &Registry,
    titles: impl FnOnce() -> Arc<Titles>,
) -> Option<Judgement> {
    let What::Symbol(symbol) = &cited.what else { return None };
    let own = entry_of(registry, &cited.what)?;
    let title = own.title(&locale.language);
    let before = || Some(kinds::phrase_before(text, 0..cited.words.start, locale)?.title);
    let mut place = words_after(text, cited.words.end, &locale.cited.about).or_else(before)?;
    // “Decision No. 9/09, The Ministerial Council, …”: a body is no title.
    let bodies = citation::named_bodies(&text[place.clone()], &locale.language);
    if bodies.first().is_some_and(|body| text[place.start..place.start + body.words.start].trim().len() <= ARTICLE) {
        return None;
    }
    // Another instrument has a title of its own.
    if let Some((next, _)) = citation::kind_words(&text[place.clone()], &locale.language).first() {
        place.end = place.start + next.start;
    }
    let titles = titles();
    let Some(title) = title else {
        // Its own is not known in the language: only the whole title of another says something.
        let rest = &text[place.start..text.floor_char_boundary(place.start + LONGEST)];
        let (bearer, length) = titles.beginning(rest, own.key(), &locale.language)?;
        place.end = place.start + length;
        let message = format!("the words beside `{symbol}` are the title of `{bearer}`");
        let hint =
            format!("cite `{bearer}` if the words are right; the title of `{symbol}` is not known in this language");
        return Some(Judgement::new(State::Mismatch, message, hint).other(place, "the words").at_most(Most::Warning));
    };
    let Some(Fit { bearer, own_words, its_words, all }) = titles.better(&text[place.clone()], title, own.key()) else {
        // Only behind “on” words are sure to be about what it is, and not behind “on which”.
        let lead = text.get(cited.words.end..place.start).unwrap_or_default().trim();
        let mut first = text[place.clone()].split_whitespace().take(2);
        let told = locale.cited.about.iter().any(|about| about == lead)
            && !first.any(|word| locale.cited.relatives.iter().any(|relative| relative == word));
        let unrelated = || unrelated(symbol, title, &text[place.clone()]);
        return told.then(unrelated).flatten().map(|it| it.other(place, "the words"));
    };
    let message = format!("the words beside `{symbol}` fit the title of `{bearer}` better than its own");
    let its = registry.get(bearer).and_then(|entry| entry.title(&locale.language)).unwrap_or_default();
    let hint = format!(
        "the title of `{symbol}` is “{title}”, that of `{bearer}` “{its}”: write the number or the words that are meant"
    );
    let judgement = Judgement::new(State::Mismatch, message, hint);
    let is_certain = its_words == all && 2 * own_words < all;
    let judgement = judgement.other(place, "the words");
    Some(if is_certain { judgement } else { judgement.at_most(Most::Warning) })
}

/// “Decision No. 14/04 on fisheries”: several words, none of which is in the title.
fn unrelated(symbol: &Symbol, title: &str, words: &str) -> Option<Judgement> {
    let (own, said) = (titles::words(title), titles::words(words));
    let is_told = own.len() >= FEW && said.len() >= FEW;
    (is_told && !said.iter().any(|word| own.contains(word))).then(|| {
        let message = format!("none of the words beside `{symbol}` is in its title");
        let hint = format!("the title is “{title}”: write the number or the words that are meant");
        Judgement::new(State::Mismatch, message, hint).at_most(Most::Warning)
    })
}

/// Fewer words that say something tell no title from another.
const FEW: usize = 2;

/// Whether words in quotation marks may stand for a title: they are it, or a part of it.
fn is_title_of(beside: &str, title: &str) -> bool {
    let [beside, title] = [beside, title].map(titles::fold);
    title.contains(beside.trim_matches(|c: char| !c.is_alphanumeric())) || beside.contains(&title)
}

/// No title is longer, in bytes.
const LONGEST: usize = 600;
/// “The”, in bytes.
const ARTICLE: usize = 4;

/// A paragraph that no text has, and a range of paragraphs that runs backwards.
pub(super) fn no_paragraph(cited: &Cited) -> Option<Judgement> {
    let pinpoint = cited.pinpoint.as_deref()?;
    let has_zero = |pin: &str| pin.bytes().any(|byte| byte.is_ascii_digit()) && pin.bytes().all(|byte| byte == b'0');
    if pinpoint.split([',', '-']).any(has_zero) {
        let message = format!("`{}` has no paragraph 0", cited.what.key());
        return Some(Judgement::new(State::OutOfRange, message, "correct the number of the paragraph"));
    }
    // “3(b)” is a number and a letter.
    let parts = |pin: &str| {
        let (number, letter) = pin.split_once('(').unwrap_or((pin, ""));
        let letter = letter.trim_end_matches(')').to_owned();
        Some((number.parse::<u32>().ok()?, (letter.chars().count() == 1).then_some(letter)))
    };
    let (from, to) = pinpoint.split(',').find_map(|pin| {
        let (from, to) = pin.split_once('-')?;
        let ((first, from_letter), (last, to_letter)) = (parts(from)?, parts(to)?);
        let turned = first == last && from_letter.zip(to_letter).is_some_and(|(from, to)| from > to);
        (first > last || turned).then_some((from, to))
    })?;
    let message = format!("the paragraphs {from} to {to} of `{}` run backwards", cited.what.key());
    let judgement = Judgement::new(State::OutOfRange, message, "one of the two numbers is wrong");
    Some(judgement.at_most(Most::Warning))
}

/// Words beside the body that nobody knows: it was read without them.
pub(super) fn unknown_words(cited: &Cited) -> Option<Judgement> {
    let (words, place) = cited.qualifier.clone()?;
    let key = cited.what.key();
    let message = format!("`{key}` was read without the words `{words}` beside its body, which are not known");
    let hint = "check whose text is meant; if it is this one, leave the words out";
    Some(Judgement::new(State::Unverified, message, hint).other(place, "these words"))
}

/// The instrument of the same number of another kind, if there is one.
fn of_kind(what: &What, kind: &str, registry: &Registry) -> Option<Symbol> {
    let What::Symbol(symbol) = what else { return None };
    let other = Symbol { kind: kind.to_owned(), revisions: Vec::new(), ..symbol.clone() };
    registry.find(&other).is_some().then_some(other)
}

/// Instruments of the same kind and number that other bodies have.
fn of_others(what: &What, registry: &Registry) -> String {
    let What::Symbol(symbol) = what else { return String::new() };
    let bodies = registry.series().filter_map(|(series, _)| series.split('.').next());
    let other = |body: &str| Symbol { body: body.to_owned(), ..symbol.clone() };
    let known = bodies.map(other).filter(|other| registry.find(other).is_some());
    let mut known: Vec<String> = known.map(|other| format!("`{other}`")).collect();
    known.dedup();
    if known.is_empty() { String::new() } else { format!("; {} is known", known.join(" and ")) }
}

fn ambiguous(words: &str, what: &What, registry: &Registry) -> Judgement {
    let What::Open(kind, number) = what else { return Judgement::valid() };
    let has_year = number.contains('/');
    let fits = |(series, numbering): &(&str, Numbering)| {
        series.ends_with(&format!(".{kind}")) && (*numbering == Numbering::Yearly) == has_year
    };
    let candidates = registry.series().filter(fits);
    let candidates = candidates.map(|(series, _)| format!("{series}/{number}"));
    let of_the_assembly = (kind == "RES").then(|| format!("A/RES/{number}"));
    let candidates: Vec<String> = candidates.chain(of_the_assembly).map(|one| format!("`{one}`")).collect();
    let message = match candidates.as_slice() {
        [] => format!("nothing says whose `{words}` is"),
        several => format!("nothing says whose `{words}` is: it can be {}", several.join(" or ")),
    };
    let hint = "name the body beside it; if it is none of these, write `{none: …}` around it";
    Judgement::new(State::Ambiguous, message, hint)
}

fn year_of(what: &What) -> Option<u32> {
    match what {
        What::Symbol(symbol) => symbol.full_year(),
        What::Resolution(_) | What::Named(_) | What::Open(..) | What::Unread(_) => None,
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
        What::Named(_) | What::Open(..) | What::Unread(_) => "another text",
    }
}
