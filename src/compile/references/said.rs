//! What is said of an instrument once, however often it is cited.

use std::collections::BTreeMap;

use super::reference::Reference;
use crate::cite::State;
use crate::diag::{Diagnostic, Diagnostics, Severity};

/// So many further places of an instrument are named in its finding.
const PLACES: usize = 12;

/// Findings of a document in their order, those of one instrument joined.
#[derive(Default)]
pub(super) struct Said {
    findings: Vec<Kept>,
    /// Where the finding of an instrument is.
    of: BTreeMap<(State, Severity, String), usize>,
}

struct Kept {
    finding: Diagnostic,
    /// Places that are not named.
    more: usize,
}

impl Said {
    /// Keeps a finding of a reference, or its place with the finding that says the same.
    pub fn of(&mut self, reference: &Reference, finding: Diagnostic) {
        // What is wrong with the words is mended word by word.
        let is_of_instrument = match reference.state {
            State::Corrected
            | State::Superseded
            | State::Terminated
            | State::NotYetAdopted
            | State::Nonexistent
            | State::Unverified
            | State::OutOfRange
            | State::Unread => finding.fix.is_none() && finding.others.is_empty(),
            State::Mismatch => finding.fix.is_none() && finding.others.is_empty() && reference.symbol.contains("/RES/"),
            // Whose it is may be said otherwise at each place.
            State::Valid | State::Inferred | State::Pending | State::Ambiguous | State::Malformed => false,
        };
        if !is_of_instrument {
            self.findings.push(Kept { finding, more: 0 });
            return;
        }
        // Papers are said once a series.
        let is_remark = reference.state == State::Unverified && finding.severity == Severity::Info;
        let about = if is_remark {
            reference.symbol.split('/').next().unwrap_or_default().to_owned()
        } else {
            finding.message.clone()
        };
        let next = self.findings.len();
        let at = *self.of.entry((reference.state, finding.severity, about)).or_insert(next);
        match self.findings.get_mut(at) {
            Some(kept) if kept.finding.others.len() < PLACES => {
                let what = match reference.state {
                    _ if is_remark => format!("`{}`", reference.symbol),
                    State::Unread => "the same words".to_owned(),
                    _ => "cited here too".to_owned(),
                };
                kept.finding.others.push((finding.place, what));
            }
            Some(kept) => kept.more += 1,
            None => self.findings.push(Kept { finding, more: 0 }),
        }
    }

    /// Says all of them.
    pub fn say(&mut self, found: &mut Diagnostics) {
        for Kept { mut finding, more } in self.findings.drain(..) {
            if more > 0
                && let Some((_, what)) = finding.others.last_mut()
            {
                what.push_str(&format!(", and in {more} more places: `chancery refs` lists all"));
            }
            found.push(finding);
        }
    }
}
