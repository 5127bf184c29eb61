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

use lopdf::{Stream, dictionary};

use super::Rendered;
use crate::Error;
use crate::layout::style::Style;
use crate::layout::{Page, lay_out};
use crate::model::Checked;
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
    let edition = &options.edition;
    let mut file = FileWriter::new(edition.version());
    let mut glyphs = GlyphBook::of(&style.typeface);
    let mut pages: Vec<Finished> = Vec::new();
    let mut places = Places::new();
    let mut failed = None;
    let rest = lay_out(checked, style, &mut |page: Page| {
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
