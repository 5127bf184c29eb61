//! Symbols of documents.

use std::fmt;

use pest::Parser;

use super::grammar::{Grammar, Rule};

/// The symbol of a document, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// `9/09`, `1193`: what a decision is called by.
    pub fn number_and_year(&self) -> String {
        let number = self.number.map_or("X".to_owned(), |number| number.to_string());
        match self.year {
            Some(year) => format!("{number}/{year:02}"),
            None => number,
        }
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

/// A resolution of the United Nations: `S/RES/1325 (2000)`, `A/RES/70/1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// `S` for the Security Council, `A` for the General Assembly.
    pub organ: char,
    /// The number; before a stroke that of the session.
    pub number: u32,
    /// The number in the session.
    pub of_session: Option<u32>,
    /// The year in parentheses.
    pub year: Option<u32>,
    /// A session that is named by no number: `III`, `ES-11`.
    pub session: Option<String>,
    /// The letter of one of several under a number.
    pub letter: Option<char>,
}

impl Resolution {
    /// One of the Security Council.
    pub fn of_the_council(number: u32, year: u32) -> Resolution {
        Resolution { organ: 'S', number, of_session: None, year: Some(year), session: None, letter: None }
    }

    /// Reads a text that is the symbol of a resolution.
    pub fn read(text: &str) -> Option<Resolution> {
        let (organ, rest) = text.split_once("/RES/")?;
        let organ = organ.chars().next().filter(|letter| organ.len() == 1 && matches!(letter, 'S' | 'A'))?;
        let mut resolution = Resolution { organ, number: 0, of_session: None, year: None, session: None, letter: None };
        let mut rest = rest.trim();
        if rest.starts_with("ES-") || rest.starts_with("S-") {
            let (session, number) = rest.split_once('/')?;
            resolution.session = Some(session.to_owned());
            resolution.number = number.trim().parse().ok()?;
            return Some(resolution);
        }
        if let Some((before, inside)) = rest.split_once('(') {
            let (inside, after) = inside.split_once(')')?;
            match inside.trim().parse() {
                Ok(year) => resolution.year = Some(year),
                Err(_) => resolution.session = Some(inside.trim().to_owned()),
            }
            resolution.letter = after.chars().find(char::is_ascii_uppercase);
            rest = before.trim();
        }
        if let Some(letter) = rest.chars().next_back().filter(char::is_ascii_uppercase) {
            resolution.letter = Some(letter);
            rest = rest[..rest.len() - 1].trim();
        }
        let (number, of_session) = rest.split_once('/').map_or((rest, None), |(number, of)| (number, Some(of)));
        resolution.number = number.trim().parse().ok()?;
        resolution.of_session = of_session.and_then(|of| of.trim().parse().ok());
        Some(resolution)
    }
}

impl fmt::Display for Resolution {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Resolution { organ, number, .. } = self;
        match &self.session {
            Some(session) if session.contains('-') => return write!(out, "{organ}/RES/{session}/{number}"),
            Some(session) => {
                write!(out, "{organ}/RES/{number}({session})")?;
                return self.letter.map_or(Ok(()), |letter| write!(out, "[{letter}]"));
            }
            None => write!(out, "{organ}/RES/{number}")?,
        }
        if let Some(number) = self.of_session {
            write!(out, "/{number}")?;
        }
        if let Some(letter) = self.letter {
            write!(out, " {letter}")?;
        }
        match self.year {
            Some(year) => write!(out, " ({year})"),
            None => Ok(()),
        }
    }
}

/// Letters that look like Latin ones: capitals of Cyrillic and Greek, then small
/// ones.
const LOOK_ALIKES: [(char, char); 40] = [
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('Х', 'X'),
    ('Ѕ', 'S'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѕ', 's'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ο', 'o'),
    ('ν', 'v'),
];

/// The Latin letter that a letter of another alphabet looks like.
pub fn latin_for(letter: char) -> Option<char> {
    LOOK_ALIKES.iter().find(|(alike, _)| *alike == letter).map(|(_, latin)| *latin)
}

/// Whether a letter is one of the Cyrillic alphabets.
pub(crate) fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52F}')
}

/// The Cyrillic letter that a Latin one looks like.
pub fn cyrillic_for(letter: char) -> Option<char> {
    LOOK_ALIKES.iter().find(|(alike, latin)| *latin == letter && is_cyrillic(*alike)).map(|(alike, _)| *alike)
}

/// The letters of a symbol as they are meant: Latin capitals without blanks.
pub fn latin(text: &str) -> String {
    let capitals = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase);
    capitals.map(|c| latin_for(c).unwrap_or(c)).collect()
}

/// A damaged symbol repaired; none where that makes no symbol of it.
pub fn repaired_symbol(text: &str) -> Option<String> {
    let dashed: String = text.chars().map(|c| if matches!(c, '‑' | '–' | '—') { '-' } else { c }).collect();
    let upper = latin(&dashed).replace("CORR.", "Corr.").replace("REV.", "Rev.").replace("ADD.", "Add.");
    let upper = upper.replace("OSCE+", " OSCE+").replace("RESTR.", " Restr.");
    read_symbol(&upper).map(|_| upper)
}

/// Reads a text that is a symbol and nothing else.
pub fn read_symbol(text: &str) -> Option<Symbol> {
    let body = Grammar::parse(Rule::symbol, text).ok()?.next()?.into_inner().next()?;
    let mut symbol = Symbol::default();
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
            "PC.DD/7/26/Rev.1",
            "DOC.S/1/91",
            "FSC-PC.JOUR/47",
        ] {
            assert_eq!(read_symbol(text).map(|symbol| symbol.to_string()).as_deref(), Some(text));
        }
        for text in ["MC.DEC/5/2011", "MC.DОC/3/15", "MC.D EC/9/09", "mc.doc/1/20", "MC.DOC/1/20 "] {
            assert_eq!(read_symbol(text), None, "{text}");
        }
    }
}
