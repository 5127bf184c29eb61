//! Texts of a volume, or behind a journal, that say another thing than what they stand in.

use super::annexed;
use crate::assemble::Filled;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity};
use crate::registry::Registry;
use crate::source::{Sources, Span};
use crate::syntax::ast::{Entry, Header, Word};
use crate::syntax::read_date;

/// Says of each member, by its path and its header, what in it contradicts the text that names it.
pub(super) fn compare<'m>(
    (filled, registry): (&Filled, &Registry),
    sources: &Sources,
    members: impl Iterator<Item = (&'m Word, &'m Header)>,
    found: &mut Diagnostics,
) {
    let items = annexed::items(&filled.blocks, sources);
    for (path, header) in members {
        let member = Member { filled, registry, path: path.span, header };
        found.extend(member.language());
        if filled.template.is_volume() {
            found.extend(member.of_year());
        } else {
            found.extend(member.of_agenda(items.as_deref()));
            found.extend(member.numbers());
        }
        found.extend(member.of_day());
    }
}

/// A text and what it stands in.
struct Member<'m> {
    filled: &'m Filled,
    registry: &'m Registry,
    path: Span,
    header: &'m Header,
}

impl Member<'_> {
    fn language(&self) -> Option<Diagnostic> {
        let entry = self.header.get("language")?;
        let (own, around) = (entry.value(), &self.filled.locale.language);
        (own != *around).then(|| {
            let what = if self.filled.template.is_volume() { "volume" } else { self.filled.template.name.as_str() };
            let message = format!("this text is in `{own}`, and the {what} in `{around}`");
            self.say(message, entry, "name the version in the same language")
        })
    }

    /// A volume that is no draft has texts of its year.
    fn of_year(&self) -> Option<Diagnostic> {
        let is_final = self.filled.values.is_final();
        let entry = self.header.get("adopted")?;
        let (year, adopted) = (self.filled.values.integer("year")?, read_date(&entry.value())?);
        (is_final && i64::from(year) != i64::from(adopted.year())).then(|| {
            let message = format!("this text was adopted in {}, and the cover has {year}", adopted.year());
            self.say(message, entry, "one of the two is wrong")
        })
    }

    /// A volume is of no day before its texts; what is appended to a journal was adopted on its day.
    fn of_day(&self) -> Option<Diagnostic> {
        let entry = self.header.get("adopted")?;
        let (day, adopted) = (self.filled.values.date("adopted")?, read_date(&entry.value())?);
        let (is_other, message, hint) = match self.filled.template.is_volume() {
            true => (
                adopted > day,
                format!("this text was adopted on {adopted}, after the day of the volume, {day}"),
                "one of the two days is wrong",
            ),
            false => (
                adopted != day,
                format!("this text was adopted on {adopted}, and this is the journal of {day}"),
                "it was appended to the journal of its day: one of the two is wrong",
            ),
        };
        is_other.then(|| self.say(message, entry, hint))
    }

    fn of_agenda(&self, items: Option<&[u32]>) -> Option<Diagnostic> {
        let entry = self.header.get("agenda-item")?;
        let number = entry.value().split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
        let items = items.filter(|items| !items.contains(&number))?;
        let message = format!("this text names item {number}, which the agenda of this journal does not have");
        Some(self.say(message, entry, &format!("the items are {}", annexed::in_words(items))))
    }

    /// The numbers of the journal and of its meeting.
    fn numbers(&self) -> Option<Diagnostic> {
        let symbol = self.filled.values.symbol("symbol")?;
        let other = |key: &str, own: Option<u32>| {
            let entry = self.header.get(key)?;
            let (own, given) = (own?, entry.value().parse::<u32>().ok()?);
            let message = format!("this text names {key} {given}, and stands behind `{symbol}`");
            (own != given).then(|| self.say(message, entry, "one of the two is wrong"))
        };
        other("journal", symbol.number)
            .or_else(|| other("meeting", annexed::meeting_number(self.filled, self.registry)))
    }

    fn say(&self, message: String, entry: &Entry, hint: &str) -> Diagnostic {
        Diagnostic::new(Code::Contradiction, self.path, message)
            .other(entry.value_span(), "here")
            .hint(hint)
            .at_most(Severity::Warning)
    }
}
