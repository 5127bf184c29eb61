//! What looks like a reference and was not read, and what is known to be
//! another's.

use super::cited::{Cited, Problem, What};
use super::judge::Judgement;
use super::state::State;
use crate::locale::Locale;
use crate::registry::Registry;
use crate::syntax::Resolution;
use crate::syntax::citation::{self, Designation, Left, Mention, Number, Stopped, Stretch};

/// What the grammar left of a text, beside what was read of it.
pub(super) fn left(text: &str, language: &str, stretches: &[Stretch], all: &[Cited]) -> Vec<Cited> {
    let understood = stretches.iter().filter(|stretch| !stretch.mentions.is_empty() || stretch.pinpoint.is_some());
    let mut taken: Vec<_> = understood.map(|stretch| stretch.range.clone()).collect();
    taken.extend(all.iter().map(|cited| cited.words.clone()));
    taken.sort_by_key(|range| (range.start, range.end));
    taken.dedup_by(|next, first| {
        let inside = next.start < first.end;
        if inside {
            first.end = first.end.max(next.end);
        }
        inside
    });
    citation::left(text, language, &taken)
        .into_iter()
        .map(|Left { words, stopped }| unread(text, words, stopped))
        .collect()
}

fn unread(text: &str, words: std::ops::Range<usize>, stopped: Stopped) -> Cited {
    let what = What::Unread(super::cited::in_one_line(&text[words.clone()]));
    Cited { problem: Some(Problem::Unread(stopped)), ..Cited::at(words, what, usize::MAX) }
}

/// A number that the grammar read and that nothing ours could be made of: it is
/// said, unless it is known to be another's. The list is that of the mention.
pub(super) fn dropped(
    text: &str,
    stretch: &Stretch,
    mention: &Mention,
    locale: &Locale,
    registry: &Registry,
) -> Option<Cited> {
    let Designation::Words(said, number, _) = &mention.target else { return None };
    let number_text = text[mention.number.clone()].to_owned();
    let words = mention.words.start..mention.number.end;
    // “Security Council resolution 1325/2000”
    if said.kind == "RES"
        && said.body.as_deref() == Some("S")
        && let (Some(serial), Some((year @ 1946..2100, 4))) = (number.serial, number.part)
    {
        let what = What::Resolution(Resolution::of_the_council(serial, year));
        let number = mention.number.clone();
        return Some(Cited { number, problem: Some(Problem::Bar), ..Cited::at(words, what, usize::MAX) });
    }
    // “resolution 1325/2000”, of which nothing says whose it is.
    let is_anybodys = said.kind == "RES" && said.body.is_none() && !said.another && !said.foreign;
    if is_anybodys && council_resolution(&number_text, registry).is_some() {
        return Some(unread(text, words, Stopped::Number(number_text)));
    }
    let is_of_a_council = said.body.as_deref().is_some_and(|body| !matches!(body, "S" | "A"));
    // “Ministerial Council Decision No. 25/950”
    if is_of_a_council && said.signed && !said.another && number.part.is_some_and(|(_, figures)| figures != 2) {
        return Some(unread(text, words, Stopped::Number(number_text)));
    }
    let is_ours = matches!(said.kind.as_str(), "DEC" | "DOC") && matches!(number.part, Some((_, 2)));
    // “under Decision 1202”: with a capital it is the name of one.
    let is_bare = number.part.is_none() && number.year.is_none() && number.session.is_none();
    let may_be_a_decision = said.kind == "DEC" && said.body.is_none() && !said.another;
    let may_be_ours = may_be_a_decision && !said.foreign;
    let is_long = number.serial.is_some_and(|serial| serial >= 100 && !(1900..2100).contains(&serial));
    if is_bare && may_be_ours && is_long && text[stretch.range.clone()].starts_with(char::is_uppercase) {
        return Some(unread(text, words, Stopped::Words(number_text)));
    }
    // “Decision No. 5/14 of the Security Council”, which has none.
    if is_ours && matches!(said.body.as_deref(), Some("S" | "A")) && !said.another {
        return Some(unread(text, words, Stopped::Words(number_text)));
    }
    let is_numbered_on = is_bare && may_be_a_decision && is_long && said.signed;
    if !(is_ours || is_numbered_on) || !said.foreign || said.another || said.body.is_some() {
        return None;
    }
    let after = &text[mention.number.end..text.floor_char_boundary(mention.number.end + AFTER)];
    let after = after.split([';', ',', '.', '(']).next().unwrap_or_default();
    if citation::names_another(after, &locale.language) {
        return None;
    }
    if let Some((slip, meant)) = citation::slip_of_a_body(after, &locale.language) {
        return Some(unread(text, words, Stopped::Slip(slip, meant)));
    }
    // A body of ours behind words that nobody knows, the organization, or a city where the council met; what has
    // none of them is whoever’s the words say.
    let named = citation::named_bodies(after, &locale.language);
    let is_word_of_ours = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        locale.organization() == Some(word) || !registry.meetings_in(word).is_empty()
    };
    let is_ours = named.iter().any(|named| named.body.is_some())
        || after.split_whitespace().any(is_word_of_ours)
        || citation::has_a_body_word(after, &locale.language);
    if !is_ours {
        return None;
    }
    Some(unread(text, words, Stopped::Words(number_text)))
}

/// How far after a number its owner’s name may stand, in bytes.
const AFTER: usize = 60;

/// Decisions and declarations behind a name of which nobody knows whose it is.
pub(super) fn of_nobody<'a>(
    text: &'a str,
    stretch: &'a Stretch,
    name: &'a str,
    locale: &'a Locale,
) -> impl Iterator<Item = Cited> + 'a {
    let near = &text[text.ceil_char_boundary(stretch.range.start.saturating_sub(AFTER))..stretch.range.start];
    let is_known = citation::names_another(near, &locale.language);
    stretch.mentions.iter().filter_map(move |mention| {
        let Designation::Words(said, number, _) = &mention.target else {
            // `pre-MC.DEC/5/11`
            return Some(unread(text, mention.words.clone(), Stopped::Another(name.to_owned())));
        };
        let is_form = matches!((number.serial, number.part), (Some(..100 | 900..1000), Some((_, 2))));
        let is_ours = match said.kind.as_str() {
            "DEC" | "DOC" => is_form && said.signed,
            // “the Assembly’s resolutions ES-11/1 and 68/262”
            "RES" => number.session.is_some() || number.is_of_a_session() || is_of_the_council(number),
            _ => false,
        };
        let is_ours = is_ours && !said.foreign;
        let words = mention.words.start..mention.number.end;
        (is_ours && !is_known).then(|| unread(text, words, Stopped::Another(name.to_owned())))
    })
}

/// `1325 (2000)`: the number of the last resolution of the Security Council has four figures.
fn is_of_the_council(number: &Number) -> bool {
    number.serial.is_some_and(|serial| (100..10_000).contains(&serial)) && number.year.is_some_and(|year| year >= 1946)
}

/// What is said of it.
pub(super) fn judged(words: &str, stopped: &Stopped, registry: &Registry) -> Judgement {
    let why = match stopped {
        Stopped::Letters(body, letters) => format!("`{body}` is a body, `{letters}` no type of document"),
        Stopped::Slip(word, meant) => format!("`{word}` is no word for a kind of document; is `{meant}` meant?"),
        Stopped::Number(number) => format!("`{number}` is not written as its numbers are"),
        Stopped::Another(name) => {
            format!("nothing says whose it is but `{name}`, which is no body of the organization’s")
        }
        Stopped::Words(number) => format!("the words around `{number}` could not be put together"),
        Stopped::Year(known) => {
            let message = format!("no registry knows `{words}`; what goes by this name is of {}", known.join(", "));
            let hint = "correct the year, or enter the instrument in a registry of the project";
            return Judgement::new(State::Unread, message, hint);
        }
        Stopped::Conference => {
            let message =
                format!("`{words}` is a symbol of the Conference, before 1995: the registry has none of them");
            let hint = format!(
                "compare it with the document; then write `{{none: …}}` around it, or in the header `allow: unread {words} – why`"
            );
            return Judgement::new(State::Unread, message, hint);
        }
    };
    let message = format!("`{words}` looks like a reference and was not read: {why}");
    let resolution = match stopped {
        Stopped::Number(number) | Stopped::Words(number) => council_resolution(number, registry),
        _ => None,
    };
    let resolution =
        resolution.map(|meant| format!("write `{meant}` if that resolution of the Security Council is meant"));
    let meant = match stopped {
        Stopped::Number(number) => meant(number).map(|meant| words.replace(number, &meant)),
        _ => None,
    };
    let write = resolution.or_else(|| meant.map(|meant| format!("write `{meant}` if that is meant")));
    let write =
        write.unwrap_or_else(|| "write it as `MC.DEC/5/11` or with kind, number and body side by side".to_owned());
    let hint = format!(
        "{write}; if it is another’s, write `{{none: …}}` around it, or in the header `allow: unread {words} – why`"
    );
    Judgement::new(State::Unread, message, hint)
}

/// `7/09` for `7.09`, `1045` for `1.045`, `13/06` for `1З/06`: the number that may be meant by one with a point or a letter in it.
fn meant(number: &str) -> Option<String> {
    let figures: String = number.chars().map(|sign| citation::figure_like(sign).unwrap_or(sign)).collect();
    let is_whole = figures.chars().all(|sign| sign.is_ascii_digit() || sign == '/');
    if is_whole && figures != number {
        return Some(figures);
    }
    let (serial, rest) = number.split_once(['.', ','])?;
    let are_figures = [serial, rest].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    match rest.len() {
        2 if are_figures => Some(format!("{serial}/{rest}")),
        3 if are_figures => Some(format!("{serial}{rest}")),
        _ => None,
    }
}

/// `1325 (2000)` for `1325/2000`: a number of the Security Council’s with a year behind a bar.
fn council_resolution(number: &str, registry: &Registry) -> Option<String> {
    let (number, year) = number.split_once('/')?;
    let number: u32 = number.parse().ok().filter(|number| *number >= 100)?;
    let is_year = year.len() == 4 && year.parse().is_ok_and(|year: u32| (1946..2100).contains(&year));
    Some(format!("{number} ({})", registry.year_of_resolution(number).filter(|_| is_year)?))
}
