//! The lines of the meeting above what a journal has annexed, read back as the keys that print them.

use super::read::is_capitals;
use crate::locale::Locale;
use crate::syntax::Symbol;

/// Whose meeting it was.
pub(super) struct Meeting<'m> {
    locale: &'m Locale,
    symbol: Option<&'m Symbol>,
}

/// So many letters such a line has at the most.
const LONGEST: usize = 90;
/// What stands for the item while a line is written.
const ITEM: &str = "\u{1}";

impl<'m> Meeting<'m> {
    pub fn of(locale: &'m Locale, symbol: Option<&'m Symbol>) -> Meeting<'m> {
        Meeting { locale, symbol }
    }

    /// Whether a line between the head of an annex and its title may be one of these.
    pub fn may_be_line(line: &str) -> bool {
        line.chars().count() < LONGEST
            && line.contains(|c: char| c.is_ascii_digit() || c.is_lowercase())
            && !is_capitals(line)
            && !line.ends_with(['.', ',', ';', ':'])
    }

    /// The keys below an annex: the item where the journal's line is the language's own, else the lines themselves.
    pub fn keys(&self, lines: &[String]) -> Vec<String> {
        let item = lines.iter().find_map(|line| self.item(line));
        let known = |line: &&String| {
            let is_written = |row| self.line(row).is_some_and(|written| written == **line);
            item.is_some() && (self.item(line).is_some() || is_written("meeting") || is_written("day"))
        };
        let own = lines.iter().filter(|line| !known(line)).zip(["meeting-line", "journal-line"]);
        let own = own.map(|(line, key)| format!("{key}: {line}"));
        item.iter().map(|item| format!("agenda-item: {item}")).chain(own).collect()
    }

    /// The item in the line of the journal.
    fn item(&self, line: &str) -> Option<String> {
        let written = self.line("journal")?;
        let (before, behind) = written.split_once(ITEM)?;
        let item = line.strip_prefix(before)?.strip_suffix(behind)?;
        (!item.is_empty() && item.len() <= 8).then(|| item.to_owned())
    }

    /// The line of a row, with a sign in the place of the item.
    fn line(&self, row: &str) -> Option<String> {
        let symbol = self.symbol?;
        let (pattern, _) = self.locale.row(&symbol.body, row)?.of(None);
        let number = symbol.number.map(|number| number.to_string());
        let line = self.locale.line(pattern, |gap| match gap {
            "agenda-item" => Some(ITEM.to_owned()),
            "meeting" => symbol.meeting.map(|meeting| meeting.to_string()).or_else(|| number.clone()),
            "journal" => number.clone(),
            _ => None,
        });
        Some(line?.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
