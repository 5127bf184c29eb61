//! References that are made on purpose: `allow: state symbol – reason`.

use std::collections::{BTreeMap, BTreeSet};

use super::reference::Reference;
use crate::cite::State;
use crate::diag::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast::Header;

/// A line of the header that allows a reference.
struct Allowance {
    state: State,
    key: String,
    place: Span,
    used: bool,
}

/// The lines, and which of them name a state and a symbol.
#[derive(Default)]
pub(super) struct Allowances {
    list: Vec<Allowance>,
    by_name: BTreeMap<(State, String), Vec<usize>>,
}

/// Reads the `allow:` lines of a header.
pub(super) fn read(header: &Header, found: &mut Diagnostics) -> Allowances {
    let mut allowances = Allowances::default();
    for entry in header.entries().filter(|entry| entry.key.text == "allow") {
        let (value, place) = (entry.value(), entry.value_span());
        match parts(&value) {
            Ok((state, key)) => {
                let at = allowances.list.len();
                allowances.by_name.entry((state, key.clone())).or_default().push(at);
                allowances.list.push(Allowance { state, key, place, used: false });
            }
            Err(message) => found.push(
                Diagnostic::new(Code::AllowForm, place, message)
                    .hint("write as `allow: superseded MC.DEC/4/07 – cited for its history`"),
            ),
        }
    }
    allowances
}

/// State and symbol; the reason must be there, and is for people.
fn parts(value: &str) -> Result<(State, String), String> {
    let (state, rest) = value.split_once(char::is_whitespace).unwrap_or((value, ""));
    let Some(known) = State::named(state).filter(|state| *state != State::Valid) else {
        let names: Vec<&str> = State::ALL.iter().skip(1).map(|state| state.name()).collect();
        return Err(format!("`{state}` is no state of a reference; the states are {}", names.join(", ")));
    };
    let dash = rest.match_indices(['–', '—', '-']).find(|(at, _)| rest[..*at].ends_with(' '));
    let (key, reason) = dash.map_or((rest, ""), |(at, dash)| (&rest[..at], &rest[at + dash.len()..]));
    if key.trim().is_empty() {
        return Err("nothing is named that it allows".to_owned());
    }
    if reason.trim().is_empty() {
        return Err(format!("no reason is given for `{}`", key.trim()));
    }
    Ok((known, key.trim().to_owned()))
}

/// Whether a reference is allowed, by its symbol, its words or its series; the
/// line that does is used from then on.
pub(super) fn allows(allowances: &mut Allowances, state: State, names: &[&str]) -> bool {
    let mut allowed = false;
    for name in names {
        // A symbol, and every series that it is in: `S/RES` of `S/RES/1325 (2000)`.
        let series = name.match_indices('/').map(|(at, _)| &name[..at]);
        for key in series.chain([*name]) {
            for at in allowances.by_name.get(&(state, key.to_owned())).into_iter().flatten() {
                if let Some(allowance) = allowances.list.get_mut(*at) {
                    allowance.used = true;
                    allowed = true;
                }
            }
        }
    }
    allowed
}

/// Says which lines allow nothing.
pub(super) fn unused(allowances: &Allowances, references: &[Reference], found: &mut Diagnostics) {
    for allowance in allowances.list.iter().filter(|allowance| !allowance.used) {
        let message = format!("no reference to `{}` is {}", allowance.key, allowance.state.name());
        let others = references.iter().filter(|reference| reference.state == allowance.state && !reference.allowed);
        let others: BTreeSet<&str> = others.map(|reference| reference.symbol.as_str()).collect();
        let hint = if others.is_empty() {
            "delete this line; it would hide a fault that comes later".to_owned()
        } else {
            let others: Vec<String> = others.into_iter().take(5).map(|other| format!("`{other}`")).collect();
            format!("delete this line; what is {} here is {}", allowance.state.name(), others.join(", "))
        };
        found.push(Diagnostic::new(Code::AllowUnused, allowance.place, message).hint(hint));
    }
}
