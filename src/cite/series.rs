//! What the order of a series says of a number that nobody entered.

use jiff::civil::Date;

use super::judgement::Judgement;
use super::state::State;
use crate::registry::{Numbering, Registry};
use crate::syntax::Symbol;

/// The kinds of papers that delegations and the Secretariat hand out.
const PAPERS: [&str; 10] = ["DEL", "GAL", "FR", "INF", "NGO", "IFC", "ACMF", "AIAM", "EEF", "STAT"];

/// Whether a symbol is that of a paper that no registry will ever have.
pub(super) fn is_paper(symbol: &Symbol) -> bool {
    PAPERS.contains(&symbol.kind.as_str())
}

/// Of a series that is numbered on from year to year: a number below one that is
/// known to have been adopted by the day was adopted too.
pub(super) fn inferred(registry: &Registry, symbol: &Symbol, day: Option<Date>) -> Option<Judgement> {
    let number = symbol.number.filter(|number| *number > 0 && symbol.revisions.is_empty())?;
    let series = symbol.series();
    let is_running = registry.numbering(&series) == Some(Numbering::Running);
    if !is_running || symbol.year.is_some() || symbol.meeting.is_some() {
        return None;
    }
    let known = registry.highest_by(&series, day?)?;
    let highest: u32 = known.key().rsplit('/').next()?.parse().ok()?;
    let message = format!("`{symbol}` was adopted, by its number; it was never read: `{}` is known", known.key());
    (number < highest).then(|| Judgement::new(State::Inferred, message, ""))
}
