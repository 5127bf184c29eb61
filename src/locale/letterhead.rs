//! Lines with gaps, filled in.

use jiff::civil::Date;

use super::{Dated, Enumeration, Locale, signs};

impl Dated {
    /// The form of a year, and its language where it is another one.
    pub fn of(&self, year: Option<i16>) -> (&str, Option<&str>) {
        let holds = |since: Option<i16>, until: Option<i16>| {
            year.is_some_and(|year| since.is_none_or(|first| first <= year) && until.is_none_or(|last| year <= last))
        };
        match self.forms.iter().find(|form| holds(form.since, form.until)) {
            Some(form) => (&form.text, form.language.as_deref()),
            None => (&self.text, None),
        }
    }
}

/// The gaps of a pattern, by the names of the values.
pub fn gaps(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}')?.0.split(':').next())
}

impl Locale {
    /// The line of a row that a body's letterhead has, where the language's words are
    /// known.
    pub fn row(&self, body: &str, name: &str) -> Option<&Dated> {
        let lines = &self.letterhead.lines;
        let own = || match (body, name) {
            ("MC", "day") => Some(&self.letterhead.day_line),
            ("MC", "journal") => Some(&self.letterhead.journal_line),
            _ => None,
        };
        lines.get(&format!("{body}.{name}")).or_else(|| lines.get(name)).or_else(own)
    }

    /// Words with a colon behind them, and before it what stands there in the language.
    pub fn with_colon(&self, words: &str) -> String {
        let rule = self.spacing.iter().find(|rule| rule.sign == ':');
        let space = rule.and_then(|rule| rule.before.space()).map(String::from).unwrap_or_default();
        format!("{}{space}:", words.trim_end_matches([':', ' ', '\u{A0}', '\u{202F}']))
    }

    /// A place among nested divisions, `IV.1(A)6`, as the language writes it: `IV.1 A) 6`.
    pub fn division(&self, path: &str) -> String {
        match self.divisions {
            Enumeration::Both => path.to_owned(),
            Enumeration::Closing => {
                let close = path.replace(" (", "(").replace(") ", ")");
                let spaced = close.replace('(', "\u{A0}").replace(')', ")\u{A0}");
                if path.contains('(') { spaced.trim().to_owned() } else { path.to_owned() }
            }
        }
    }

    /// A date as running text has it, with its spaces that do not break.
    pub fn long_date(&self, date: Date) -> String {
        let day = match (&self.date.first_day, date.day()) {
            (Some(first), 1) => first.clone(),
            (_, day) => day.to_string(),
        };
        let month = self.date.months.get(usize::from(date.month().unsigned_abs()).saturating_sub(1));
        self.fill(&self.date.pattern.text, |gap| match gap {
            "d" => Some(day.clone()),
            "month" => month.cloned(),
            "y" => Some(date.year().to_string()),
            _ => None,
        })
    }

    /// A line of a letterhead, its ordinals in words. A gap for which `value`
    /// has nothing, or a number beyond the table of ordinals, leaves no line.
    pub fn line(&self, pattern: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mut complete = true;
        let line = self.fill(pattern, |gap| {
            let mut parts = gap.split(':');
            let name = parts.next().unwrap_or_default();
            let filled = match (parts.next(), parts.next()) {
                (Some("nth"), form) => {
                    value(name).and_then(|number| Some(self.nth(number.parse().ok()?, form.unwrap_or_default())))
                }
                (Some(form), case) => {
                    value(name).and_then(|number| self.ordinal(number.parse().ok()?, form, case.unwrap_or_default()))
                }
                _ => value(name),
            };
            complete &= filled.is_some();
            filled
        });
        complete.then_some(line)
    }

    /// A pattern with each `{gap}` replaced; a gap without a value stays away.
    fn fill(&self, pattern: &str, mut value: impl FnMut(&str) -> Option<String>) -> String {
        let mut out = String::new();
        let pattern = signs(pattern);
        let mut rest = pattern.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((gap, tail)) = after.split_once('}') else { break };
            let value = value(gap).unwrap_or_default();
            if value.starts_with(['a', 'e', 'i', 'o', 'u']) {
                self.elide(&mut out);
            }
            out.push_str(&value);
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    /// Shortens the end of a line as it is before a vowel: “della”, “dell’undicesima”.
    fn elide(&self, line: &mut String) {
        let elision = self.letterhead.elisions.iter().find(|(whole, _)| line.ends_with(whole.as_str()));
        if let Some((whole, short)) = elision {
            line.truncate(line.len() - whole.len());
            line.push_str(short);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines as they were read in published texts (`house-style`).
    #[test]
    fn meeting_lines_are_as_published() {
        let meetings = [
            ("en", 2, 17, "Second day of the Seventeenth Meeting", "MC(17) Journal No. 2, Agenda item 8"),
            (
                "it",
                2,
                11,
                "Secondo giorno dell’undicesima Riunione",
                "MC(11) Giornale N.2, punto 8 dell’ordine del giorno",
            ),
            ("es", 3, 22, "Tercer día de la Vigesimosegunda Reunión", "Diario CM(22) Nº 3, punto 8 del orden del día"),
            (
                "fr",
                2,
                22,
                "Deuxième jour de la vingt-deuxième Réunion",
                "CM(22), journal no 2, point 8 de l’ordre du jour",
            ),
            (
                "de",
                2,
                22,
                "Zweiter Tag des Zweiundzwanzigsten Treffens",
                "MC(22) Journal Nr. 2, Punkt 8 der Tagesordnung",
            ),
            (
                "it",
                2,
                20,
                "Secondo giorno della ventesima Riunione",
                "MC(20) Giornale N.2, punto 8 dell’ordine del giorno",
            ),
            ("es", 2, 18, "Segundo día de la Decimoctava Reunión", "Diario CM(18) Nº 2, punto 8 del orden del día"),
            ("ru", 2, 22, "Второй день двадцать второй встречи", "MC(22) Journal No. 2, пункт 8 повестки дня"),
        ];
        for (tag, day, meeting, day_line, journal_line) in meetings {
            let locale = Locale::of(tag);
            let line = |pattern: fn(&Locale) -> &str| {
                let locale = locale.as_ref()?;
                locale.line(pattern(locale), |gap| {
                    Some(match gap {
                        "day" | "journal" => day.to_string(),
                        "meeting" => meeting.to_string(),
                        _ => "8".to_owned(),
                    })
                })
            };
            assert_eq!(line(|l| &l.letterhead.day_line.text).as_deref(), Some(day_line));
            assert_eq!(line(|l| &l.letterhead.journal_line.text).as_deref(), Some(journal_line));
        }
    }
}
