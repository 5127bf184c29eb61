//! Whose words stand in brackets: names before a colon, and those that the header
//! lists.

use std::collections::BTreeSet;

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
    for passage in passages.iter().filter(|passage| passage.is_printed && !passage.flat.brackets.is_empty()) {
        // Those in a footnote are that passage's.
        let own: BTreeSet<Span> = passage.flat.brackets.iter().map(|(_, place)| *place).collect();
        ast::walk(passage.content, &mut |inline| {
            let Inline::Bracket { span, alternatives } = inline else { return };
            if own.contains(span) {
                alternatives.iter().for_each(|alternative| unknown(alternative, context, found));
            }
        });
    }
}

fn unknown(alternative: &Alternative, context: &Context<'_>, found: &mut Diagnostics) {
    let Some((names, _)) = &alternative.by else { return };
    let locale = context.filled.locale;
    let listed = context.filled.values.list("delegations");
    // Of `FR@2` the name.
    let bare = |name: &ast::Word| ast::delegation_and_round(&name.text).0.to_owned();
    let is_known = |name: &str| locale.is_delegation(name) || listed.contains(&name);
    let one_is_known = names.iter().any(|name| is_known(&bare(name)));
    for (name, own) in names.iter().map(|name| (name, bare(name))).filter(|(_, own)| !is_known(own)) {
        let text = own.as_str();
        let place = name.span.part(0..text.len().min(name.span.range().len()));
        let meant = codes_of(text).or_else(|| likely(text, listed.iter().copied()).map(str::to_owned));
        let near = meant.as_deref();
        if !(one_is_known || looks_like_a_code(text) || near.is_some()) {
            continue;
        }
        let message = format!("`{text}` is no delegation that is known, so that the bracket is nobody’s");
        let diagnostic = Diagnostic::new(Code::UnknownDelegation, place, message);
        found.push(match near {
            Some(near) => diagnostic
                .hint(format!("is `{near}` meant? Other names are listed under `delegations:` in the header"))
                .fix(format!("write `{near}`"), place, near),
            None => diagnostic.hint(
                "write the two letters of a participating State, or `EU`; other names are listed under `delegations:` in the header",
            ),
        });
    }
}

/// The codes of what is a delegation, or several with a sign between them, by their
/// usual names: `GB` for `UK`, `FR, DE` for `FR/DE`.
pub(super) fn codes_of(names: &str) -> Option<String> {
    const SIGNS: [char; 4] = ['/', '&', '+', ';'];
    match delegation_of(names) {
        Some(code) => Some(code.to_owned()),
        None if names.contains(SIGNS) => {
            let codes: Option<Vec<&str>> = names.split(SIGNS).map(|name| delegation_of(name.trim())).collect();
            Some(codes?.join(", "))
        }
        None => None,
    }
}

/// Two or three capitals, as codes of States have, perhaps with full stops.
fn looks_like_a_code(name: &str) -> bool {
    let name = name.replace('.', "");
    (2..=3).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}
