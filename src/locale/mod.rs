//! The languages, as data: one file each under `locales/`.

mod letterhead;
mod ordinal;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::diag::Severity;

include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// What is known of a language.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Locale {
    /// The tag, as `language:` gives it.
    pub language: String,
    /// The tag under which Unicode's data are asked.
    pub unicode: String,
    /// The English name, as letterheads since 2011 print it.
    pub english_name: String,
    /// Where a sub-paragraph has its brackets.
    pub enumeration: Enumeration,
    /// Letters after a figure that are set raised.
    #[serde(default)]
    pub raised_ordinals: Vec<String>,
    /// What stands before a sign.
    pub spacing: Vec<Spacing>,
    /// What keeps with the number before it.
    pub units: Vec<String>,
    /// The lines of a letterhead.
    pub letterhead: LetterheadLines,
    /// Single words.
    pub words: Words,
    /// What references to parts of the document print.
    pub cross_reference: CrossReferenceWords,
    /// Names of the languages, by tag.
    pub languages: BTreeMap<String, Fact>,
    /// Dates.
    pub date: DateForm,
    /// The sign before a number.
    pub number_sign: NumberSign,
    /// Quotation marks.
    pub quotes: Quotes,
    /// Bodies, by the letters of their symbols.
    pub bodies: BTreeMap<String, BodyName>,
    /// Participating States, by code.
    pub states: BTreeMap<String, Named>,
    /// The fixed words of an interpretative statement, where they were read.
    pub interpretative_statement: Option<StatementWords>,
    /// Ordinals in words, by grammatical form.
    pub ordinals: BTreeMap<String, Vec<Ordinal>>,
    /// The form of [`Locale::ordinals`] that each word after `ordinal` prints.
    pub ordinal_forms: BTreeMap<String, String>,
    /// Ordinals in figures: patterns by the words after `nth`, and by Unicode's
    /// classes of ordinals.
    pub nth: BTreeMap<String, BTreeMap<String, String>>,
    /// Lines before a title, by the name that templates give.
    pub title_lines: BTreeMap<String, Fact>,
    /// Words of a volume.
    pub volume: VolumeWords,
    /// Phrases that open preambular clauses.
    pub preambular: Vec<Phrase>,
    /// Phrases that open operative paragraphs.
    pub operative: Vec<Phrase>,
    /// How references in running text are worded.
    pub cited: CitedWords,
    /// What the compiler writes for a citation.
    pub cite: CiteWords,
    /// Words that the house writes otherwise.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}

/// How well a fact is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Read in an OSCE text.
    SeenOsce,
    /// Read elsewhere.
    Seen,
    /// In CLDR, in a phrase list, or nowhere yet.
    Unread,
}

impl<'de> Deserialize<'de> for Status {
    /// Statuses are words with remarks after them: `seen-osce (web)`.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let words = String::deserialize(deserializer)?;
        let first = words.split([' ', ';', ',']).next().unwrap_or_default();
        Ok(match first {
            "seen-osce" => Status::SeenOsce,
            "seen-mun-list" | "cldr-only" | "unconfirmed" => Status::Unread,
            _ if first.starts_with("seen") => Status::Seen,
            _ => Status::Unread,
        })
    }
}

impl Status {
    /// The most that a finding may weigh that is made from such a fact.
    pub fn bound(self) -> Severity {
        match self {
            Status::SeenOsce => Severity::Error,
            Status::Seen => Severity::Warning,
            Status::Unread => Severity::Info,
        }
    }
}

/// A text and how well it is known.
#[derive(Clone, Debug, Deserialize)]
pub struct Fact {
    /// The text; `{…}` in it stand for values.
    pub text: String,
    /// How well it is known.
    pub status: Status,
}

/// `(a)` or `a)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enumeration {
    /// `(a)`
    Both,
    /// `a)`
    Closing,
}

/// What stands before a sign.
#[derive(Clone, Debug, Deserialize)]
pub struct Spacing {
    /// The sign.
    pub sign: char,
    /// Nothing, or a space that does not break.
    pub before: Before,
    /// How well it is known.
    pub status: Status,
}

/// Nothing, or a space that does not break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Before {
    /// Nothing.
    None,
    /// U+00A0
    Nbsp,
    /// U+202F
    Nnbsp,
}

impl Before {
    /// The space itself.
    pub fn space(self) -> Option<char> {
        match self {
            Before::None => None,
            Before::Nbsp => Some('\u{A0}'),
            Before::Nnbsp => Some('\u{202F}'),
        }
    }
}

/// The lines of a letterhead.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct LetterheadLines {
    /// `Original: {language}`
    pub original: Fact,
    /// `{place} {year}`
    pub place: Fact,
    /// `{day:form:case} … {meeting:form:case}`
    pub day_line: Fact,
    /// `… {meeting} … {journal} … {agenda-item}`
    pub journal_line: Fact,
}

/// Single words.
#[derive(Clone, Debug, Deserialize)]
pub struct Words {
    /// In the head of a draft's pages.
    pub draft: Fact,
    /// In the head of an annex.
    pub annex: Fact,
    /// In the head of an attachment.
    pub attachment: Fact,
}

/// Words of a volume.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct VolumeWords {
    /// Under a title: `({symbol} of {date})`.
    pub under_title: Fact,
    /// Above the list of texts.
    pub contents: Fact,
}

/// What `{@label}` prints; `{}` is the number.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CrossReferenceWords {
    /// A numbered paragraph.
    pub paragraph: Fact,
    /// A sub-paragraph; as a paragraph where it has no word of its own.
    pub sub_paragraph: Option<Fact>,
    /// A section.
    pub section: Fact,
    /// A table.
    pub table: Fact,
    /// `{paragraph}({sub})`
    pub joined: String,
}

/// How dates are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct DateForm {
    /// `{d}{nbsp}{month}{nbsp}{y}`
    pub pattern: Fact,
    /// What stands for the first of a month.
    pub first_day: Option<String>,
    /// January to December, as dates have them.
    pub months: Vec<String>,
}

/// The sign before a number.
#[derive(Clone, Debug, Deserialize)]
pub struct NumberSign {
    /// As it is printed.
    pub print: String,
    /// Before several numbers.
    pub plural: String,
    /// Letters of it that are set raised.
    pub raised: String,
    /// Between sign and number.
    pub space: String,
    /// Spellings that occur.
    pub accept: Vec<String>,
    /// How well it is known.
    pub status: Status,
}

/// Quotation marks.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Quotes {
    /// Outer opening mark.
    pub open: String,
    /// Outer closing mark.
    pub close: String,
    /// Opening mark inside a quotation.
    pub inner_open: String,
    /// Closing mark inside a quotation.
    pub inner_close: String,
    /// What stands inside the outer marks.
    pub space: String,
    /// How well they are known.
    pub status: Status,
}

/// A body of the organization, or the organization.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct BodyName {
    /// The full name.
    pub name: String,
    /// The abbreviation.
    pub short: Option<String>,
    /// How well it is known.
    pub status: Status,
    /// The line with which its texts open.
    pub opening: Option<String>,
}

/// The fixed words of an interpretative statement.
#[derive(Clone, Debug, Deserialize)]
pub struct StatementWords {
    /// The lines of its title; `{paragraph}` of the Rules of Procedure.
    pub title: Vec<String>,
    /// `By the delegation of {by}:`
    pub by: String,
    /// How well they are known.
    pub status: Status,
}

/// How references in running text are worded; the other words of the table
/// `cited` are in the grammar.
#[derive(Clone, Debug, Deserialize)]
pub struct CitedWords {
    /// “its” in “its Decision No. 4/07”.
    pub own: Vec<String>,
}

/// What the compiler writes for a citation.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CiteWords {
    /// `{kind} {numbers} {body}`
    pub pattern: String,
    /// Whether each number of a list has its sign.
    pub repeat_sign: bool,
    /// Between the first members of a list.
    pub comma: String,
    /// Before the last.
    pub and: String,
    /// Bodies as they stand in the pattern, by the letters of their symbols.
    pub bodies: BTreeMap<String, String>,
    /// Words for kinds: `one`, `many`, and `one-gen` and the like where the
    /// language has cases.
    pub kinds: BTreeMap<String, BTreeMap<String, String>>,
}

/// A name and how well it is known.
#[derive(Clone, Debug, Deserialize)]
pub struct Named {
    /// The name.
    pub name: String,
    /// How well it is known.
    pub status: Status,
}

/// An ordinal in words.
#[derive(Clone, Debug, Deserialize)]
pub struct Ordinal {
    /// In lower case.
    pub word: String,
    /// Where its parts have capitals each.
    pub title: Option<String>,
    /// How well it is known.
    pub status: Status,
}

/// A phrase that opens a clause.
#[derive(Clone, Debug, Deserialize)]
pub struct Phrase {
    /// The words.
    pub phrase: String,
    /// How well it is known.
    pub status: Status,
}

/// A word that the house writes otherwise.
#[derive(Clone, Debug, Deserialize)]
pub struct Term {
    /// What is written.
    pub wrong: String,
    /// What should be.
    pub right: String,
    /// Whether a word may go on after it.
    #[serde(default)]
    pub prefix: bool,
    /// What the finding weighs: `error`, `warning` or `info`.
    pub severity: String,
    /// How well it is known.
    pub status: Status,
}

impl Term {
    /// What a finding weighs, within what the fact allows.
    pub fn weight(&self) -> Severity {
        let wanted = match self.severity.as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Info,
        };
        wanted.min(self.status.bound())
    }
}

impl Locale {
    /// The locale of a language; none where no file describes it. Its data are
    /// read when it is first asked for, and kept.
    pub fn of(tag: &str) -> Option<&'static Locale> {
        static READ: [OnceLock<Option<Locale>>; LOCALES.len()] = [const { OnceLock::new() }; LOCALES.len()];
        let at = LOCALES.iter().position(|(name, _)| *name == tag)?;
        READ.get(at)?.get_or_init(|| serde_json::from_str(LOCALES.get(at)?.1).ok()).as_ref()
    }

    /// The tags of all languages that a file describes.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        LOCALES.iter().map(|(tag, _)| *tag)
    }

    /// Whether `text` begins with one of `phrases`, or with the verb of one.
    pub fn opens_with(phrases: &[Phrase], text: &str) -> bool {
        // The verb is enough: "Decides to" as well as "Decides that".
        let verb = |phrase: &str| phrase.split(' ').next().filter(|verb| verb.chars().count() >= 5).map(str::to_owned);
        phrases.iter().any(|phrase| {
            starts_with_words(text, &phrase.phrase)
                || verb(&phrase.phrase).is_some_and(|verb| starts_with_words(text, &verb))
        })
    }

    /// The name of a participating State or the EU for a delegation's code.
    pub fn is_delegation(&self, code: &str) -> bool {
        code == "EU" || self.states.contains_key(code)
    }
}

/// Whether `text` begins with `words`, whatever the case of the first letter,
/// and no letter follows them.
pub fn starts_with_words(text: &str, words: &str) -> bool {
    let mut left = text.chars();
    for (at, expected) in words.chars().enumerate() {
        let Some(found) = left.next() else { return false };
        let same = found == expected || at == 0 && found.to_lowercase().eq(expected.to_lowercase());
        if !same {
            return false;
        }
    }
    left.next().is_none_or(|c| !c.is_alphanumeric())
}

/// A word with a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `{nbsp}` and `{nnbsp}` in the data are the signs themselves.
pub fn signs(text: &str) -> String {
    text.replace("{nbsp}", "\u{A0}").replace("{nnbsp}", "\u{202F}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_can_be_read() {
        for tag in Locale::tags() {
            let locale = Locale::of(tag);
            assert!(locale.is_some_and(|locale| locale.language == tag && locale.date.months.len() == 12), "{tag}");
        }
    }

    #[test]
    fn unconfirmed_facts_make_no_errors() {
        assert_eq!(Status::Unread.bound(), Severity::Info);
        let term = Term {
            wrong: "a".into(),
            right: "b".into(),
            prefix: false,
            severity: "error".into(),
            status: Status::Seen,
        };
        assert_eq!(term.weight(), Severity::Warning);
    }
}
