//! PDF, in an edition: printpdf embeds the fonts; the file, the pages' contents
//! and their structure, and what printpdf does not write come from here.

mod attach;
mod content;
mod deflate;
mod document;
mod edition;
mod file;
mod fonts;
mod metadata;
mod object;
mod outline;
mod places;
mod profile;
mod structure;

use std::collections::BTreeSet;

use jiff::civil::DateTime;
use lopdf::{Stream, dictionary};

use super::Rendered;
use super::redline::{Redlined, redlined};
use crate::Error;
use crate::compare::{Comparison, Side};
use crate::diag::visible_line;
use crate::layout::style::Style;
use crate::layout::{Page, Rest, lay_out, lay_out_changes};
use crate::model::{Checked, Document};
pub use attach::{Attached, Attachment, Relation, attachments};
use document::Parts;
pub use edition::{Edition, PdfOptions, Press};
use file::FileWriter;
use fonts::GlyphBook;
use metadata::Metadata;
use places::{Finished, Places};
pub use profile::{OutputProfile, ProfileError};

/// The document as a PDF: tagged, with embedded subset fonts, Unicode for every
/// glyph, bookmarks, title and symbol. The same document and options give the
/// same bytes.
///
/// # Errors
/// [`Error::Refused`] if the edition cannot be had of this document, and
/// [`Error::Pdf`] if a font cannot be subset or the file would be too large;
/// the latter two do not depend on what the text says.
pub fn pdf(checked: &Checked, style: &Style, options: &PdfOptions) -> Result<Rendered<Vec<u8>>, Error> {
    let document = checked.document();
    if let Some(reason) = Metadata::of(document, options).refusal(document) {
        return Err(Error::Refused(reason.to_owned()));
    }
    drawn(document, style, options, &mut |take| lay_out(checked, style, take))
}

/// What differs between two drafts of these names as a PDF: the new one, with what is gone where it
/// stood. For the rest it is as [`pdf`] is.
///
/// # Errors
/// The same, and [`Error::Refused`] for volumes and for signs that no font has.
pub fn redline_pdf(
    sides: (&Side<'_>, &Side<'_>),
    comparison: &Comparison,
    names: (&str, &str),
    style: &Style,
    made: Option<DateTime>,
) -> Result<Rendered<Vec<u8>>, Error> {
    let Redlined { document, changes } = redlined(sides, comparison, names)?;
    let options = PdfOptions { edition: Edition::Screen, made };
    let mut missing = BTreeSet::new();
    let drawn = drawn(&document, style, &options, &mut |take| {
        lay_out_changes(&document, &changes, style, &mut |page| {
            for run in page.lines.iter().flat_map(|line| &line.runs) {
                let font = style.typeface.font(run.face);
                missing.extend(run.text.chars().filter(|c| font.glyph(*c).is_none()));
            }
            take(page);
        })
    })?;
    match missing.first() {
        None => Ok(drawn),
        Some(sign) => {
            let shown = visible_line(&sign.to_string()).into_owned();
            Err(Error::Refused(format!(
                "no font has the sign `{shown}` (U+{:04X}); `--to html` shows it",
                u32::from(*sign)
            )))
        }
    }
}

/// What lays a document out, and gives each page to another.
type LayOut<'l> = &'l mut dyn FnMut(&mut dyn FnMut(Page)) -> Rest;

/// A document whose pages `lay` lays out.
fn drawn(
    document: &Document,
    style: &Style,
    options: &PdfOptions,
    lay: LayOut<'_>,
) -> Result<Rendered<Vec<u8>>, Error> {
    let edition = &options.edition;
    let mut file = FileWriter::new(edition.version());
    let mut glyphs = GlyphBook::of(&style.typeface);
    let mut pages: Vec<Finished> = Vec::new();
    let mut places = Places::new();
    let mut failed = None;
    let rest = lay(&mut |page: Page| {
        let number = pages.len();
        for (anchor, top) in &page.anchors {
            let height = (!page.turned).then(|| style.page.height - top + edition.around());
            places.entry(*anchor).or_insert((number, height));
        }
        let (content, marks) = content::page(&page, style, edition, &mut glyphs);
        match file.add(Stream::new(lopdf::Dictionary::new(), content)) {
            Ok(content) => {
                pages.push(Finished { content, marks, links: page.links, folio: page.folio, turned: page.turned })
            }
            Err(error) => failed = Some(error),
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let faces = fonts::embed(&mut file, glyphs.finish()?)?;
    let resources = file.add(dictionary! { "Font" => faces })?;
    let parts = Parts { document, style, options, pages, places, structure: rest.structure, resources };
    Ok(Rendered { content: document::finish(file, &parts)?, wide_words: rest.wide_words })
}
