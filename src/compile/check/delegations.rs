//! Whose words stand in brackets: names before a colon, and those that the header
//! lists.

use std::collections::{BTreeMap, BTreeSet};

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::diag::{Code, Diagnostic, Diagnostics, likely};
use crate::locale::delegation_of;
use crate::source::Span;
use crate::syntax::ast::{self, Alternative, Inline};

/// `delegations: Utopia, Arcadia`: one name with a comma, which no bracket can have.
pub(super) fn listed(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    for (name, place) in context.filled.values.items("delegations") {
        let Some(comma) = name.find(',') else { continue };
        let message = format!("`{name}` is taken for one name, and no bracket can have a name with a comma");
        let typed = context.sources.slice(place);
        let divided = typed.replace(',', ";");
        let edit = (typed == name).then_some(place);
        found.push(
            Diagnostic::new(Code::UnknownDelegation, place, message)
                .hint(format!("several names are divided by `;`: `{}; {}`", &name[..comma], name[comma + 1..].trim()))
                .fix_if("divide them by `;`", edit, divided),
        );
    }
}

/// `[RUS: …]`: what looks like the names of delegations, and is taken for words.
pub(super) fn named(context: &Context<'_>, passages: &[Passage<'_>], found: &mut Diagnostics) {
    let names = Names::of(context);
    for passage in passages.iter().filter(|passage| passage.is_printed && !passage.flat.brackets.is_empty()) {
        // Those in a footnote are that passage's.
        let own: BTreeSet<Span> = passage.flat.brackets.iter().map(|(_, place)| *place).collect();
        ast::walk(passage.content, &mut |inline| {
            let Inline::Bracket { span, alternatives } = inline else { return };
            if own.contains(span) {
                for alternative in alternatives {
                    names.unknown(alternative, found);
                    found.extend(names.with_signs(alternative));
                }
            }
        });
    }
}

/// The names that brackets may have.
struct Names<'a> {
    context: &'a Context<'a>,
    /// Those that the header lists.
    listed: Vec<&'a str>,
    /// Of a name that may be several, `Utopia and Arcadia`, each with that name and its place.
    parts: BTreeMap<&'a str, (&'a str, Span)>,
}

impl<'a> Names<'a> {
    fn of(context: &'a Context<'a>) -> Names<'a> {
        let listed: Vec<(&str, Span)> = context.filled.values.items("delegations").collect();
        let several = listed.iter().filter(|(name, _)| delegation_of(name).is_none());
        let parts =
            several.flat_map(|whole| divided(whole.0).unwrap_or_default().into_iter().map(|part| (part, *whole)));
        Names { context, parts: parts.collect(), listed: listed.into_iter().map(|(name, _)| name).collect() }
    }

    fn unknown(&self, alternative: &Alternative, found: &mut Diagnostics) {
        let Some((names, _)) = &alternative.by else { return };
        let locale = self.context.filled.locale;
        let listed = self.listed.as_slice();
        // Of `FR@2` the name.
        let bare = |name: &ast::Word| ast::delegation_and_round(&name.text).0.to_owned();
        let is_known = |name: &str| locale.is_delegation(name) || listed.contains(&name);
        let one_is_known = names.iter().any(|name| is_known(&bare(name)));
        for (name, own) in names.iter().map(|name| (name, bare(name))).filter(|(_, own)| !is_known(own)) {
            let text = own.as_str();
            let place = name.span.part(0..text.len().min(name.span.range().len()));
            if let Some(whole) = self.parts.get(text) {
                found.push(self.in_one_name(text, place, *whole));
                continue;
            }
            let meant = codes_of(text, listed).or_else(|| likely(text, listed.iter().copied()).map(str::to_owned));
            if one_is_known || looks_like_a_code(text) || are_names(text) || meant.is_some() {
                found.push(nobodys(text, place, meant));
            }
        }
    }

    /// `[FR & DE: …]`, `[FR; DE: …]`: names with signs between them that no name has.
    fn with_signs(&self, alternative: &Alternative) -> Option<Diagnostic> {
        let Some(Inline::Text(first)) = alternative.content.first().filter(|_| alternative.by.is_none()) else {
            return None;
        };
        let (names, _) = first.text.split_once(':').filter(|(names, _)| names.len() <= LONGEST)?;
        let meant = codes_of(names.trim(), &self.listed)?;
        let place = first.span.part(0..names.trim_end().len());
        let is_verbatim = self.context.sources.slice(place) == names.trim_end();
        is_verbatim.then(|| nobodys(names.trim(), place, Some(meant)))
    }

    /// `[Utopia: …]` where the header lists `Utopia and Arcadia` as one name.
    fn in_one_name(&self, name: &str, place: Span, (listed, header): (&str, Span)) -> Diagnostic {
        let parts = divided(listed).unwrap_or_default().join("; ");
        let edit = (self.context.sources.slice(header) == listed).then_some(header);
        Diagnostic::new(Code::UnknownDelegation, place, format!("`{name}` is listed only as a part of `{listed}`"))
            .other(header, "taken for one name")
            .hint(format!("several names are divided by `;`: `{parts}`"))
            .fix_if("divide them by `;`", edit, parts)
    }
}

fn nobodys(name: &str, place: Span, meant: Option<String>) -> Diagnostic {
    let message = format!("`{name}` is no delegation that is known, so that the bracket is nobody’s");
    let diagnostic = Diagnostic::new(Code::UnknownDelegation, place, message);
    match meant {
        Some(near) => diagnostic
            .hint(format!("is `{near}` meant? Other names are listed under `delegations:` in the header"))
            .fix(format!("write `{near}`"), place, near),
        None => diagnostic.hint(
            "write the two letters of a participating State, or `EU`; other names are listed under `delegations:` in the header",
        ),
    }
}

/// No names before a colon are longer, in bytes.
const LONGEST: usize = 120;

/// Two or more names with a sign or a short word between them: `FR & DE`, `Utopia and
/// Arcadia`.
fn divided(names: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    for piece in names.split(['/', '&', '+', ';', '–']).flat_map(|piece| piece.split(" - ")) {
        let mut rest = piece.trim();
        // “and”, “et”, “и”
        let is_joint = |word: &str| (1..=3).contains(&word.chars().count()) && word.chars().all(char::is_lowercase);
        while let Some(joint) = rest.split(' ').find(|word| is_joint(word)) {
            let (before, after) = rest.split_once(&format!(" {joint} "))?;
            parts.push(before.trim());
            rest = after.trim();
        }
        parts.push(rest);
    }
    (parts.len() > 1 && parts.iter().all(|part| !part.is_empty())).then_some(parts)
}

/// What is meant by a name that no delegation has: the code of what is one by its usual
/// name, `GB` for `UK`, `fr` for `FR`; several with a sign or a word between them, `FR,
/// DE` for `FR/DE`.
pub(super) fn codes_of(names: &str, listed: &[&str]) -> Option<String> {
    let code = |name: &str| {
        let small = || (name.len() == 2).then(|| delegation_of(&name.to_uppercase())).flatten();
        let own = listed.iter().find(|own| **own == name).map(|own| (*own).to_owned());
        own.or_else(|| delegation_of(name).or_else(small).map(str::to_owned))
    };
    if let Some(code) = code(names) {
        return Some(code);
    }
    let of_all = |parts: Vec<&str>| parts.into_iter().map(code).collect::<Option<Vec<String>>>();
    let blanks = || Some(names.split_whitespace().collect::<Vec<_>>()).filter(|parts| parts.len() > 1);
    let codes = divided(names).and_then(of_all).or_else(|| blanks().and_then(of_all))?;
    Some(codes.join(", "))
}

/// `Utopia/Arcadia`
fn are_names(name: &str) -> bool {
    name.contains('/') && name.split('/').all(|part| part.trim().starts_with(char::is_uppercase))
}

/// Two to five capitals, as codes of States and letters of organizations are, perhaps
/// with full stops.
fn looks_like_a_code(name: &str) -> bool {
    let letters: Vec<char> = name.chars().filter(|c| !matches!(c, '.' | '-')).collect();
    (2..=5).contains(&letters.len()) && letters.iter().all(|letter| letter.is_uppercase())
}
