//! The series of symbols that a type of document has.

use crate::syntax::Symbol;

/// A series as a template writes it: `MC.DEC/number/year`, `MC(meeting).DEC/number`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Series {
    /// Body and type: `MC.DEC`.
    pub name: String,
    /// Whether its symbols have the number of a meeting.
    pub has_meeting: bool,
    /// What they have after that: `number`, `year`.
    pub parts: Vec<String>,
    /// The years of its first and last symbols, where others have its place before or after.
    pub since: Option<i16>,
    pub until: Option<i16>,
}

impl Series {
    /// The series that a template names, divided by commas.
    pub(super) fn list(value: &str) -> Vec<Series> {
        value.split(',').map(str::trim).filter(|form| !form.is_empty()).map(Series::read).collect()
    }

    fn read(form: &str) -> Series {
        let mut words = form.split_whitespace();
        let mut parts = words.next().unwrap_or_default().split('/').map(str::to_owned);
        let years: Vec<&str> = words.collect();
        let year = |word: &str| years.windows(2).find(|two| two[0] == word).and_then(|two| two[1].parse().ok());
        let name = parts.next().unwrap_or_default();
        let has_meeting = name.contains("(meeting)");
        let (since, until) = (year("since"), year("until"));
        Series { name: name.replace("(meeting)", ""), has_meeting, parts: parts.collect(), since, until }
    }

    /// Whether its symbols were given in a year.
    pub fn is_of(&self, year: i16) -> bool {
        self.since.is_none_or(|since| since <= year) && self.until.is_none_or(|until| year <= until)
    }

    /// The letters of the body.
    pub fn body(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// In words, as a template writes it.
    pub fn form(&self) -> String {
        let name = match self.name.split_once('.') {
            Some((body, kind)) if self.has_meeting => format!("{body}(meeting).{kind}"),
            _ => self.name.clone(),
        };
        let parts = self.parts.iter().map(String::as_str);
        let form = std::iter::once(name.as_str()).chain(parts).collect::<Vec<_>>().join("/");
        let year = |word: &str, year: Option<i16>| year.map(|year| format!(" {word} {year}")).unwrap_or_default();
        format!("{form}{}{}", year("since", self.since), year("until", self.until))
    }

    /// Whether a symbol is of the body and the type of the series.
    pub fn names(&self, symbol: &Symbol) -> bool {
        symbol.series() == self.name
    }

    /// What a symbol of its name lacks, or has and should not.
    pub fn lacks(&self, symbol: &Symbol) -> Option<&str> {
        if self.has_meeting != symbol.meeting.is_some() {
            return Some("meeting");
        }
        let lacks = |part: &&String| match part.as_str() {
            "number" => symbol.number.is_none() && !symbol.number_pending,
            _ => symbol.year.is_none(),
        };
        self.parts.iter().find(lacks).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::read_symbol;

    #[test]
    fn a_type_may_have_several_series() {
        let list = Series::list("MC.DEC/number/year, MC(meeting).DEC/number");
        let forms: Vec<String> = list.iter().map(Series::form).collect();
        assert_eq!(forms, ["MC.DEC/number/year", "MC(meeting).DEC/number"]);
        for (symbol, lacking) in [
            ("MC.DEC/9/09", [None, Some("meeting")]),
            ("MC(10).DEC/6", [Some("meeting"), None]),
            ("MC.DEC/9", [Some("year"), Some("meeting")]),
            ("MC(10).DEC", [Some("meeting"), Some("number")]),
        ] {
            let lacks: Vec<_> = read_symbol(symbol)
                .map(|symbol| list.iter().map(|series| series.lacks(&symbol).map(str::to_owned)).collect())
                .unwrap_or_default();
            assert_eq!(lacks.iter().map(Option::as_deref).collect::<Vec<_>>(), lacking, "{symbol}");
        }
    }
}
