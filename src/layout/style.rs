//! The house style, as data: `styles/osce.toml`.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use serde::Deserialize;

use crate::fonts::Typeface;

include!(concat!(env!("OUT_DIR"), "/styles.rs"));

/// How documents are set. Lengths in pt.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Style {
    /// The paper.
    pub page: Paper,
    /// Running text.
    pub text: Type,
    /// Footnotes.
    pub note: NoteStyle,
    /// First-line indent, and the place of text after a number.
    pub indent: f64,
    /// How much deeper each level of sub-paragraphs stands.
    pub step: f64,
    /// How much deeper a statement stands than other text.
    pub statement: f64,
    /// Signatures.
    pub signature: SignatureStyle,
    /// Raised letters.
    pub raised: Raised,
    /// Lines of a paragraph that stay together at a page's end.
    pub least_lines: usize,
    /// Tables.
    pub table: TableStyle,
    /// The first page.
    pub first_page: FirstPage,
    /// The head of the following pages.
    pub head: Head,
    /// Volumes.
    pub volume: VolumeStyle,
    /// The language of letterheads, and of what is asked for without one.
    pub head_language: String,
    /// Since this day date and language tags are printed in it.
    pub head_language_since: Date,
    /// The mark of a correction.
    pub correction_mark: CorrectionMark,
    /// What texts are called where programs read them.
    pub identifiers: Identifiers,
    /// The arrangements of the first page, by name.
    pub letterhead: BTreeMap<String, Arrangement>,
    /// The fonts of its four faces.
    #[serde(skip, default = "Typeface::house")]
    pub typeface: Arc<Typeface>,
}

/// The paper and its margin on all sides.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Paper {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
    /// Margin.
    pub margin: f64,
}

/// Size and line spacing.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Type {
    /// Size of the letters.
    pub size: f64,
    /// From line to line.
    pub leading: f64,
}

/// Footnotes.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct NoteStyle {
    /// Size of the letters.
    pub size: f64,
    /// From line to line.
    pub leading: f64,
    /// Above and below the rule.
    pub gap: f64,
    /// Length of the rule.
    pub rule: f64,
}

/// Signatures.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct SignatureStyle {
    /// Where its lines begin, from the left margin.
    pub left: f64,
    /// The empty lines above it.
    pub space: u32,
}

/// Raised letters.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct Raised {
    /// Their size beside that of the line.
    pub scale: f64,
    /// How far they stand above the line.
    pub rise: f64,
}

/// Tables.
#[derive(Clone, Copy, Debug, Deserialize)]
pub struct TableStyle {
    /// Thickness of the rules.
    pub rule: f64,
    /// Space between rule and text.
    pub pad: f64,
    /// Where the words of an item begin, from its dash.
    pub hang: f64,
}

/// The first page.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct FirstPage {
    /// Where the right column starts, from the left margin.
    pub right_column: f64,
    /// The top of the title, from the page's top edge.
    pub title_top: f64,
    /// Empty lines after the title.
    pub after_title: u32,
}

/// The head of the following pages.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Head {
    /// Its top, from the page's top edge.
    pub top: f64,
    /// The top of the text below it.
    pub text_top: f64,
}

/// The cover and the contents of a volume.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct VolumeStyle {
    /// The top of the organization's name, from the page's top edge.
    pub names_top: f64,
    /// The rule above the city, from the page's top edge.
    pub place_top: f64,
    /// The top of the title, from the page's top edge.
    pub title_top: f64,
    /// The top of the list of sections, from the page's top edge.
    pub parts_top: f64,
    /// The top of the line of city and year, from the page's top edge.
    pub imprint_top: f64,
    /// How long the rules of the cover are.
    pub rule: f64,
    /// How wide the column of page numbers is.
    pub numbers: f64,
}

/// What stands in the columns of the first page, row by row: names of fields,
/// or nothing for an empty row.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Arrangement {
    /// The left column.
    pub left: Vec<String>,
    /// The right column.
    pub right: Vec<String>,
    /// The lines below, where there was a meeting.
    #[serde(default)]
    pub meeting: Vec<String>,
}

/// The mark at the symbol of a corrected text.
#[derive(Clone, Debug, Deserialize)]
pub struct CorrectionMark {
    /// The mark.
    pub mark: String,
    /// The first day of texts that have it.
    pub since: Date,
    /// The mark of earlier ones.
    pub before: String,
}

/// What stands in the addresses of texts (Akoma Ntoso).
#[derive(Clone, Debug, Deserialize)]
pub struct Identifiers {
    /// The code that stands for a country.
    pub country: String,
    /// Who a text without a symbol is by.
    pub organization: String,
    /// Who others are by: names by the beginnings of their symbols.
    pub authorities: BTreeMap<String, String>,
}

impl Style {
    /// The OSCE's style, which is built in.
    pub fn house() -> Style {
        static HOUSE: LazyLock<Style> = LazyLock::new(|| {
            let data = STYLES.first().map_or("", |(_, data)| *data);
            serde_json::from_str(data).unwrap_or_else(|_| Style::plain())
        });
        HOUSE.clone()
    }

    /// The same on pages that are turned: what stands at the right goes with the edge.
    pub fn turned(&self) -> Style {
        let Paper { width, height, margin } = self.page;
        let right_column = self.first_page.right_column + height - width;
        Style {
            page: Paper { width: height, height: width, margin },
            first_page: FirstPage { right_column, ..self.first_page },
            ..self.clone()
        }
    }

    /// How wide a full line is.
    pub fn line_width(&self) -> f64 {
        self.page.width - 2.0 * self.page.margin
    }

    /// How far from the margin the text of an item of a list begins; an item of an agenda, around it, takes no room.
    pub fn left_of_item(&self, level: usize, in_agenda: bool) -> f64 {
        let level = if in_agenda && level > 0 { (level - 1).max(1) } else { level };
        // The deepest levels are indented alike, so that their lines keep some width.
        if level == 0 { 0.0 } else { (level.min(6) + 1) as f64 * self.step }
    }

    /// How far from the margin what belongs to the text of an item begins: behind its label.
    pub fn left_of_text(&self, level: usize, in_agenda: bool) -> f64 {
        if level == 0 { self.indent } else { self.left_of_item(level, in_agenda) }
    }

    /// How far from the margin a quotation begins, or what somebody said.
    pub fn left_of_quote(&self, level: usize, is_statement: bool, in_agenda: bool) -> f64 {
        if is_statement { self.statement } else { self.left_of_item(level, in_agenda) }
    }

    /// A4 with nothing on the first page, where the data could not be read; a
    /// test holds that it can.
    fn plain() -> Style {
        Style {
            page: Paper { width: 595.276, height: 841.89, margin: 72.0 },
            text: Type { size: 12.0, leading: 13.8 },
            note: NoteStyle { size: 10.0, leading: 11.5, gap: 6.0, rule: 144.0 },
            indent: 36.0,
            step: 36.0,
            statement: 72.0,
            signature: SignatureStyle { left: 252.0, space: 3 },
            raised: Raised { scale: 2.0 / 3.0, rise: 4.0 },
            least_lines: 2,
            table: TableStyle { rule: 0.5, pad: 4.0, hang: 18.0 },
            first_page: FirstPage { right_column: 320.0, title_top: 225.0, after_title: 2 },
            head: Head { top: 36.0, text_top: 86.4 },
            volume: VolumeStyle {
                names_top: 144.0,
                place_top: 288.0,
                title_top: 396.0,
                parts_top: 504.0,
                imprint_top: 684.0,
                rule: 144.0,
                numbers: 30.0,
            },
            head_language: String::new(),
            head_language_since: Date::ZERO,
            correction_mark: CorrectionMark { mark: "1".to_owned(), since: Date::ZERO, before: "*".to_owned() },
            identifiers: Identifiers {
                country: String::new(),
                organization: String::new(),
                authorities: BTreeMap::new(),
            },
            letterhead: BTreeMap::new(),
            typeface: Typeface::house(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_style_can_be_read() {
        let style = Style::house();
        assert!(style.letterhead.contains_key("ministerial"));
        assert!(crate::locale::Locale::of(&style.head_language).is_some());
        assert_eq!(style.head_language_since, jiff::civil::date(2011, 1, 1));
        // The published line breaks hold in this range alone.
        assert!((451.17..451.79).contains(&style.line_width()));
    }
}
