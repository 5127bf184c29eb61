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
        let line = AllowLine::read(&value);
        let name = value.split_whitespace().next().unwrap_or_default();
        // What is no state is a code, which `compile/allow.rs` reads.
        let Some(state) = State::named(name).filter(|_| is_state(name)) else { continue };
        match line {
            Ok(AllowLine { key }) => {
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

/// Whether a word names what references are when they are not valid.
pub(crate) fn is_state(name: &str) -> bool {
    State::named(name).is_some_and(|state| !state.is_good())
}

/// What a line allows, behind the word that says which finding it is.
pub(crate) struct AllowLine {
    /// A symbol, a series, or words.
    pub key: String,
}

impl AllowLine {
    /// Reads `word key – reason`; the reason must be there, and is for people.
    pub fn read(value: &str) -> Result<AllowLine, String> {
        let (_, rest) = value.trim().split_once(char::is_whitespace).unwrap_or((value, ""));
        let is_dash = |(at, dash): &(usize, &str)| {
            rest[..*at].ends_with(char::is_whitespace) && !rest[at + dash.len()..].starts_with(char::is_alphanumeric)
        };
        let dash = rest.match_indices(['–', '—', '-']).find(is_dash);
        let (key, reason) = dash.map_or((rest, ""), |(at, dash)| (&rest[..at], &rest[at + dash.len()..]));
        if key.trim().is_empty() {
            return Err("nothing is named that it allows".to_owned());
        }
        if reason.trim().is_empty() {
            return Err(format!("no reason is given for `{}`", key.trim()));
        }
        // “[why]”, as an editor writes it.
        let reason = reason.trim();
        if reason.starts_with('[') && reason.ends_with(']') {
            return Err(format!("the reason for `{}` is still to be written", key.trim()));
        }
        Ok(AllowLine { key: key.trim().to_owned() })
    }
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
