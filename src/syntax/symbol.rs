//! Symbols of documents.

use std::fmt;

use pest::Parser;

use super::grammar::{Grammar, Rule};

/// The symbol of a document, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// `MC`, `PC`, `FSC` …
    pub body: String,
    /// `17` in `MC(17).JOUR/2`.
    pub meeting: Option<u32>,
    /// `DOC`, `DEC`, `JOUR` …
    pub kind: String,
    /// The number in the series; none where an `X` stands for it, or nothing.
    pub number: Option<u32>,
    /// Whether an `X` stands for the number.
    pub number_pending: bool,
    /// The two figures of the year.
    pub year: Option<u32>,
    /// `/Corr.1` and the like, in their order.
    pub revisions: Vec<Revision>,
    /// `OSCE+` or `Restr.`
    pub distribution: Option<String>,
}

/// `Corr.1`, `Rev.2`, `Add.1`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// `Corr`, `Rev` or `Add`.
    pub kind: String,
    /// Which.
    pub number: u32,
}

impl Symbol {
    /// Body and type, as templates name a series: `MC.DOC`.
    pub fn series(&self) -> String {
        format!("{}.{}", self.body, self.kind)
    }

    /// The four figures of the year.
    pub fn full_year(&self) -> Option<u32> {
        // The organization's first documents are of 1973.
        self.year.map(|year| if year >= 70 { 1900 + year } else { 2000 + year })
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.body)?;
        if let Some(meeting) = self.meeting {
            write!(out, "({meeting})")?;
        }
        write!(out, ".{}", self.kind)?;
        match self.number {
            Some(number) => write!(out, "/{number}")?,
            None if self.number_pending => write!(out, "/X")?,
            None => {}
        }
        if let Some(year) = self.year {
            write!(out, "/{year:02}")?;
        }
        for revision in &self.revisions {
            write!(out, "/{}.{}", revision.kind, revision.number)?;
        }
        match &self.distribution {
            Some(distribution) => write!(out, " {distribution}"),
            None => Ok(()),
        }
    }
}

/// Reads a text that is a symbol and nothing else.
pub fn read_symbol(text: &str) -> Option<Symbol> {
    let body = Grammar::parse(Rule::symbol, text).ok()?.next()?.into_inner().next()?;
    let mut symbol = Symbol {
        body: String::new(),
        meeting: None,
        kind: String::new(),
        number: None,
        number_pending: false,
        year: None,
        revisions: Vec::new(),
        distribution: None,
    };
    for part in body.into_inner() {
        let text = part.as_str();
        match part.as_rule() {
            Rule::organ => symbol.body = text.to_owned(),
            Rule::meeting => symbol.meeting = text.trim_matches(['(', ')']).parse().ok(),
            Rule::series => symbol.kind = text.to_owned(),
            Rule::serial if text == "X" => symbol.number_pending = true,
            Rule::serial => symbol.number = text.parse().ok(),
            Rule::short_year => symbol.year = text.parse().ok(),
            Rule::revision => {
                let (kind, number) = text.trim_start_matches('/').split_once('.')?;
                symbol.revisions.push(Revision { kind: kind.to_owned(), number: number.parse().ok()? });
            }
            Rule::distribution => symbol.distribution = Some(text.trim().to_owned()),
            _ => {}
        }
    }
    Some(symbol)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_read_back_as_they_are_written() {
        for text in [
            "MC.DOC/10/14",
            "PC.DEC/1202",
            "MC(17).JOUR/2/Corr.1",
            "MC(27).JOUR",
            "MC(10).DEC/6",
            "CIO.GAL/128/15/Rev.2",
            "MC.DEL/73/20 OSCE+",
            "MC.DOC/X/26",
            "MC.DOC/2/09",
        ] {
            assert_eq!(read_symbol(text).map(|symbol| symbol.to_string()).as_deref(), Some(text));
        }
        for text in ["MC.DEC/5/2011", "MC.DОC/3/15", "MC.D EC/9/09", "mc.doc/1/20", "MC.DOC/1/20 "] {
            assert_eq!(read_symbol(text), None, "{text}");
        }
    }
}
