//! What is known of a language, as its file says it. `build.rs` reads each file
//! by these shapes, so that none can lack a key or have one that nothing reads.
//! `locales/README.md` says what each is for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

// `build.rs` reads these files too, from where it stands.
#[path = "cited.rs"]
mod cited;
#[path = "status.rs"]
mod status;
pub use cited::{CiteWords, CitedWords};
pub use status::Status;

/// What is known of a language.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Locale {
    /// The tag, as `language:` gives it.
    pub language: String,
    /// The tag under which Unicode's data are asked.
    pub unicode: String,
    /// The tag by which Word knows its dictionary; none where that is `unicode`.
    pub proofing: Option<String>,
    /// The English name, as letterheads in English print it.
    pub english_name: Fact,
    /// Where a sub-paragraph has its brackets.
    pub enumeration: Enumeration,
    /// Where a lettered division has its brackets: `IV.1(A)` or `IV.1 A)`.
    #[serde(default)]
    pub divisions: Enumeration,
    /// The tag in three letters, for formats that want them.
    pub three_letters: String,
    /// Letters after a figure that are set raised.
    #[serde(default)]
    pub raised_ordinals: Vec<String>,
    /// What stands before a sign.
    pub spacing: Vec<Spacing>,
    /// What keeps with the number before it.
    pub units: Vec<String>,
    /// What stands between groups of figures, where it is not what Unicode's data have.
    #[serde(default)]
    pub grouping: Option<String>,
    /// Words that no line parts.
    #[serde(default)]
    pub kept: Vec<Kept>,
    /// Nouns before which a number with a full stop is an ordinal, and no marker.
    #[serde(default)]
    pub ordinal_nouns: Vec<String>,
    /// Short words by which a text of the language is told from others.
    pub stop_words: Vec<String>,
    /// The lines of a letterhead.
    pub letterhead: LetterheadLines,
    /// Single words.
    pub words: Words,
    /// Words that head a part of a text.
    pub headings: HeadingWords,
    /// What references to parts of the document print.
    pub cross_reference: CrossReferenceWords,
    /// Names of languages in this one, by tag; the English ones are in each one's own file.
    #[serde(default)]
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
    /// Other names by which they go, and the EU, by code.
    #[serde(default)]
    pub state_names: BTreeMap<String, Vec<String>>,
    /// The fixed words of an interpretative statement, where they were read.
    pub interpretative_statement: Option<StatementWords>,
    /// Small numbers in words, in all their forms, by their figures.
    #[serde(default)]
    pub cardinals: BTreeMap<String, Vec<String>>,
    /// Ordinals in words, by grammatical form.
    pub ordinals: BTreeMap<String, Vec<Ordinal>>,
    /// The form of [`Locale::ordinals`] that each word after `ordinal` prints.
    pub ordinal_forms: BTreeMap<String, String>,
    /// Ordinals in figures: patterns by the words after `nth`, and by Unicode's classes of ordinals.
    pub nth: BTreeMap<String, BTreeMap<String, String>>,
    /// Lines before a title, by the name that templates give.
    pub title_lines: BTreeMap<String, Fact>,
    /// Words before rows of sessions, items of agendas and decisions, by name.
    #[serde(default)]
    pub labels: BTreeMap<String, Fact>,
    /// Words of a volume.
    pub volume: VolumeWords,
    /// Words of a page for a browser.
    pub web: WebWords,
    /// How clauses open whose words no list has.
    pub clauses: ClauseForms,
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
    /// Names of others that hold such words, and are spelt as they are.
    #[serde(default, rename = "spared-name")]
    pub spared_names: Vec<Named>,
}

/// A text and how well it is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The text; `{…}` in it stand for values.
    pub text: String,
    /// How well it is known.
    pub status: Status,
}

/// A line or a word that had other forms in some years.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dated {
    /// The text; `{…}` in it stand for values.
    pub text: String,
    /// How well it is known.
    pub status: Status,
    /// Its forms in some years; the first that has the year is printed.
    #[serde(default)]
    pub forms: Vec<FormOfYears>,
}

/// A form of some years.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormOfYears {
    /// The year of the first texts that have it.
    #[serde(default)]
    pub since: Option<i16>,
    /// The year of the last ones.
    #[serde(default)]
    pub until: Option<i16>,
    /// The text.
    pub text: String,
    /// Its language, where it is another one.
    #[serde(default)]
    pub language: Option<String>,
    /// How well it is known.
    pub status: Status,
}

/// `(a)` or `a)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Enumeration {
    /// `(a)`
    #[default]
    Both,
    /// `a)`
    Closing,
}

/// What stands before a sign.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spacing {
    /// The sign.
    pub sign: char,
    /// Nothing, or a space that does not break.
    pub before: Before,
    /// How well it is known.
    pub status: Status,
}

/// Nothing, or a space that does not break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Before {
    /// Nothing.
    None,
    /// U+00A0
    Nbsp,
    /// U+202F
    Nnbsp,
}

/// The lines of a letterhead.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LetterheadLines {
    /// `Original: {language}`
    pub original: Fact,
    /// `{place} {year}`
    pub place: Fact,
    /// `{day:form:case} … {meeting:form:case}`
    pub day_line: Dated,
    /// `… {meeting} … {journal} … {agenda-item}`
    pub journal_line: Dated,
    /// Other lines, by the name of the row, or a body's letters and the row: `PC.journal`.
    #[serde(default)]
    pub lines: BTreeMap<String, Dated>,
    /// What words before a gap become before a vowel: “della ”, “dell’”.
    #[serde(default)]
    pub elisions: BTreeMap<String, String>,
    /// The language of tags before letterheads were in English, where it was another.
    #[serde(default)]
    pub early_tags: Option<String>,
}

/// Single words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// In the head of a draft's pages.
    pub draft: Fact,
    /// In the head of an annex.
    pub annex: Dated,
    /// In the head of an attachment.
    pub attachment: Dated,
}

/// Words that head a part of a text, in lower case: what is typed where a keyword
/// is meant.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingWords {
    /// Of the preamble.
    pub preamble: Vec<String>,
    /// Of the operative part.
    pub operative: Vec<String>,
    /// Of a section, before its number.
    pub section: Vec<String>,
    /// Of an annex.
    pub annex: Vec<String>,
    /// Of an attachment.
    pub attachment: Vec<String>,
    /// What may follow before the text that an annex belongs to.
    pub link: Vec<String>,
}

/// Words of a volume.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VolumeWords {
    /// Under a title: `({symbol} of {date})`.
    pub under_title: Fact,
    /// Above the list of texts.
    pub contents: Fact,
    /// Above the numbers of its pages.
    pub page: Fact,
}

/// Words of a page for a browser, which print has no need of.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebWords {
    /// Above the notes below a text.
    pub notes: Fact,
    /// Read aloud before words that a draft has in addition.
    pub inserted: Fact,
    /// Read aloud before words that it no longer has.
    pub deleted: Fact,
    /// Read aloud behind both.
    pub end: Fact,
}

/// What `{@label}` prints; `{}` is the number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct CrossReferenceWords {
    /// A numbered paragraph.
    pub paragraph: Fact,
    /// A sub-paragraph; as a paragraph where it has no word of its own.
    pub sub_paragraph: Option<Fact>,
    /// A section.
    pub section: Fact,
    /// A table.
    pub table: Fact,
    /// An item of the agenda of a journal.
    pub agenda_item: Option<Fact>,
    /// `{paragraph}({sub})`
    pub joined: String,
    /// From an annex into the text: `{} of the Declaration`, by the name of the
    /// type of document.
    pub of_text: BTreeMap<String, Fact>,
    /// The same for a type that has no words of its own.
    pub of_other: Fact,
}

/// How dates are written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DateForm {
    /// `{d}{nbsp}{month}{nbsp}{y}`
    pub pattern: Fact,
    /// What stands for the first of a month.
    pub first_day: Option<String>,
    /// January to December, as dates have them.
    pub months: [String; 12],
}

/// The sign before a number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BodyName {
    /// The full name.
    pub name: String,
    /// The abbreviation.
    pub short: Option<String>,
    /// The first year of its name, where it had another one before.
    pub since: Option<i16>,
    /// How well it is known.
    pub status: Status,
    /// The line with which its texts open.
    pub opening: Option<String>,
    /// How well that line is known.
    pub opening_status: Option<Status>,
}

/// The fixed words of an interpretative statement.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementWords {
    /// The lines of its title; `{paragraph}` of the Rules of Procedure.
    pub title: Vec<String>,
    /// `By the delegation of {by}:`
    pub by: String,
    /// The small words of which one joins the delegation's name to those before it, where it is written with it.
    #[serde(default, rename = "before-name")]
    pub before_name: Vec<String>,
    /// How well they are known.
    pub status: Status,
}

/// Words that no line parts, and how well that is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// `{d} et{nbsp}{d}{nbsp}{month}`
    pub words: Vec<String>,
    /// How well it is known.
    pub status: Status,
}

/// A name and how well it is known.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The name.
    pub name: String,
    /// How well it is known.
    pub status: Status,
}

/// An ordinal in words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ordinal {
    /// In lower case.
    pub word: String,
    /// Where its parts have capitals each.
    pub title: Option<String>,
    /// How well it is known.
    pub status: Status,
}

/// How clauses open whose words no list has: endings of their first word, which begin
/// with a dash, or whole words.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClauseForms {
    /// Of a clause of the preamble.
    pub preambular: Vec<String>,
    /// Of an operative paragraph.
    pub operative: Vec<String>,
    /// What may stand before either, and says nothing.
    pub passed_over: Vec<String>,
}

/// A phrase that opens a clause.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrase {
    /// The words.
    pub phrase: String,
    /// How well it is known.
    pub status: Status,
}

/// A word that the house writes otherwise.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// What is written.
    pub wrong: String,
    /// What should be.
    pub right: String,
    /// Whether a word may go on after it.
    #[serde(default)]
    pub prefix: bool,
    /// The year of the first texts that have the right form; in earlier ones the
    /// other was right.
    #[serde(default)]
    pub since: Option<i16>,
    /// The year of the last texts in which it is asked for.
    #[serde(default)]
    pub until: Option<i16>,
    /// What the finding weighs, as far as the fact allows it.
    pub severity: Weight,
    /// How well it is known.
    pub status: Status,
}

/// What a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// Nothing is built.
    Error,
    /// Said, and an error under `--strict`.
    Warning,
    /// A remark.
    Info,
}
