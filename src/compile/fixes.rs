//! Which fixes are offered, and how freely: none that changes nothing or reaches
//! into an address, and no word by itself. Those that are left `trial.rs` tries.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::flat::in_address;
use crate::diag::{Applicability, Code, Diagnostics, Fix};
use crate::source::{Sources, Span};
use crate::syntax::latin_for;

/// Takes back fixes that change nothing or reach into an address, and lets none pass
/// as safe that changes letters or digits.
pub(super) fn look_over(found: &mut Diagnostics, sources: &Sources) {
    let is_there = |code: Code| found.iter().any(|finding| finding.code == code);
    // Numbers are counted anew, and references bound, once all markers are markers.
    let waits_for = [(Code::Misnumbered, Code::OddMarker), (Code::TypedReference, Code::OddMarker)];
    let waiting: Vec<Code> =
        waits_for.into_iter().filter(|(_, other)| is_there(*other)).map(|(code, _)| code).collect();
    for (code, slot) in found.fixes_mut() {
        let Some(fix) = slot else { continue };
        let is_idle = fix.edits.iter().all(|(place, new)| sources.slice(*place) == new);
        if is_idle || waiting.contains(&code) || fix.edits.iter().any(|(place, _)| is_in_address(*place, sources)) {
            *slot = None;
        } else if !keeps_words(code, fix, sources) {
            fix.applicability = Applicability::Suggested;
        }
    }
}

fn is_in_address(place: Span, sources: &Sources) -> bool {
    sources.get(place.file).is_some_and(|source| in_address(source.text(), place.range().start))
}

/// Whether letters and digits are the same before and after, but for what may be
/// changed without asking: accents, ligatures, look-alikes in symbols, and the case of
/// keys and keywords.
fn keeps_words(code: Code, fix: &Fix, sources: &Sources) -> bool {
    let folds_case = matches!(code, Code::KeyCase | Code::KeywordCase);
    let is_symbol = matches!(code, Code::SymbolDamage | Code::Malformed);
    let letters = |text: &str| -> String {
        let letters = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(without_ligature);
        let letters =
            letters.filter(|c| c.is_alphanumeric()).map(|c| if is_symbol { latin_for(c).unwrap_or(c) } else { c });
        if folds_case { letters.flat_map(char::to_lowercase).collect() } else { letters.collect() }
    };
    let turns = |text: &str| text.chars().filter(|c| turns_direction(*c)).count();
    fix.edits.iter().all(|(place, new)| {
        let old = sources.slice(*place);
        letters(old) == letters(new) && turns(old) == turns(new)
    })
}

/// The letters of a ligature; of any other the letter itself.
fn without_ligature(c: char) -> impl Iterator<Item = char> {
    let letters = match c {
        'œ' => "oe",
        'Œ' => "OE",
        'æ' => "ae",
        'Æ' => "AE",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => "",
    };
    letters.chars().chain(letters.is_empty().then_some(c))
}

/// Signs that turn the direction of reading: what they hide, an author has to see.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
