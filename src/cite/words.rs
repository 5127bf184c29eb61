//! The words that the compiler writes for a citation in braces, by the
//! grammar of its language.

use std::ops::Range;

use super::cited::What;
use super::judge::entry_of;
use crate::locale::{Locale, signs};
use crate::registry::Registry;
use crate::syntax::Symbol;

/// Words for instruments, and where in them each one stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The words.
    pub text: String,
    /// Bytes of the words, and which of the instruments stands there.
    pub places: Vec<(Range<usize>, usize)>,
}

/// Why there are no words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoWords {
    /// The registry gives it no name in this language.
    #[error("the registry gives `{0}` no name in this language")]
    Name(String),
    /// The language does not inflect so.
    #[error("this language has no form `{0}`")]
    Form(String),
}

/// “décisions no 4/07 et no 4/11 du Conseil ministériel”: those of one series
/// together, what has no words by its symbol. `form` is a grammatical one, as
/// `dat` in German.
///
/// # Errors
/// The language has no such form, or the registry no name in it.
pub fn words(locale: &Locale, registry: &Registry, instruments: &[What], form: Option<&str>) -> Result<Words, NoWords> {
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, what) in instruments.iter().enumerate() {
        let series = series(locale, what);
        match groups.last_mut().filter(|(last, _)| *last == series && !series.is_empty()) {
            Some((_, members)) => members.push(at),
            None => groups.push((series, vec![at])),
        }
    }
    let mut words = Words::default();
    let last = groups.len().saturating_sub(1);
    for (at, (series, members)) in groups.iter().enumerate() {
        words.text.push_str(match at {
            0 => "",
            at if at == last => &locale.cite.and,
            _ => &locale.cite.comma,
        });
        match series.split_once('.') {
            Some((body, kind)) => group(locale, instruments, body, kind, members, form, &mut words)?,
            None => {
                let start = words.text.len();
                for member in members {
                    words.text.push_str(&by_name(locale, registry, &instruments[*member])?);
                    words.places.push((start..words.text.len(), *member));
                }
            }
        }
    }
    Ok(words)
}

/// Body and kind, where the language has words for both.
fn series(locale: &Locale, what: &What) -> String {
    let (body, kind) = match what {
        What::Symbol(symbol) if symbol.meeting.is_none() && symbol.revisions.is_empty() => {
            (symbol.body.clone(), symbol.kind.as_str())
        }
        What::Resolution(resolution) => (resolution.organ.to_string(), "RES"),
        _ => return String::new(),
    };
    let known = locale.cite.bodies.contains_key(&body) && locale.cite.kinds.contains_key(kind);
    if known { format!("{body}.{kind}") } else { String::new() }
}

fn group(
    locale: &Locale,
    instruments: &[What],
    body: &str,
    kind: &str,
    members: &[usize],
    form: Option<&str>,
    words: &mut Words,
) -> Result<(), NoWords> {
    let cite = &locale.cite;
    let count = if members.len() == 1 { "one" } else { "many" };
    let key = form.map_or(count.to_owned(), |form| format!("{count}-{form}"));
    let forms = cite.kinds.get(kind);
    let noun =
        forms.and_then(|forms| forms.get(&key)).ok_or_else(|| NoWords::Form(form.unwrap_or_default().to_owned()))?;
    let start = words.text.len();
    for (at, part) in cite.pattern.split(' ').enumerate() {
        if at > 0 {
            words.text.push(' ');
        }
        match part {
            "{body}" => words.text.push_str(cite.bodies.get(body).map_or("", String::as_str)),
            "{kind}" => words.text.push_str(noun),
            "{numbers}" => numbers(locale, instruments, kind, members, words),
            word => words.text.push_str(word),
        }
    }
    // One instrument is meant by all the words.
    if let ([_], Some((place, _))) = (members, words.places.last_mut()) {
        *place = start..words.text.len();
    }
    Ok(())
}

fn numbers(locale: &Locale, instruments: &[What], kind: &str, members: &[usize], words: &mut Words) {
    let sign = &locale.number_sign;
    let last = members.len() - 1;
    for (at, member) in members.iter().enumerate() {
        words.text.push_str(match at {
            0 => "",
            at if at == last => &locale.cite.and,
            _ => &locale.cite.comma,
        });
        let start = words.text.len();
        if kind != "RES" && (at == 0 || locale.cite.repeat_sign) {
            let alone = members.len() == 1 || locale.cite.repeat_sign;
            words.text.push_str(if alone { &sign.print } else { &sign.plural });
            words.text.push_str(&signs(&sign.space));
        }
        words.text.push_str(&number(&instruments[*member]));
        words.places.push((start..words.text.len(), *member));
    }
}

fn number(what: &What) -> String {
    match what {
        What::Symbol(Symbol { number, year, .. }) => {
            let number = number.map_or("X".to_owned(), |number| number.to_string());
            year.map_or(number.clone(), |year| format!("{number}/{year:02}"))
        }
        What::Resolution(resolution) => {
            let number = resolution.of_session.map(|of| format!("/{of}")).unwrap_or_default();
            let year = resolution.year.map(|year| format!("\u{A0}({year})")).unwrap_or_default();
            format!("{}{number}{year}", resolution.number)
        }
        other => other.key(),
    }
}

/// The name of an instrument in the language, or its symbol.
fn by_name(locale: &Locale, registry: &Registry, what: &What) -> Result<String, NoWords> {
    let What::Named(key) = what else { return Ok(what.key()) };
    let name = entry_of(registry, what).and_then(|entry| entry.names(&locale.language).first().cloned());
    name.map(std::borrow::Cow::into_owned).ok_or_else(|| NoWords::Name(key.clone()))
}
