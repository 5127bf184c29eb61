//! PDF, in an edition: printpdf embeds the fonts; the file, the pages' contents
//! and their structure, and what printpdf does not write come from here.

mod content;
mod document;
mod edition;
mod file;
mod fonts;
mod metadata;
mod outline;
mod structure;

use std::collections::BTreeMap;

use lopdf::{ObjectId, Stream, dictionary};

use crate::Error;
use crate::layout::style::Style;
use crate::layout::{ElementId, Link, Page, lay_out};
use crate::model::{Anchor, Checked};
use document::Parts;
pub use edition::{Edition, PdfOptions};
use file::FileWriter;
use fonts::GlyphBook;

/// What is kept of a finished page.
struct Finished {
    /// Its content, which is written already.
    content: ObjectId,
    /// The elements of its marked contents, by their numbers.
    marks: Vec<ElementId>,
    links: Vec<Link>,
}

/// Where the anchors of a document lie: page, from 0, and height above the
/// page's bottom.
type Places = BTreeMap<Anchor, (usize, f64)>;

/// The document as a PDF: tagged, with embedded subset fonts, Unicode for every
/// glyph, bookmarks, title and symbol. The same document and options give the
/// same bytes.
///
/// # Errors
/// [`Error::Pdf`] if a font cannot be subset or the file would be too large;
/// neither depends on what the text says.
pub fn pdf(checked: &Checked, style: &Style, options: &PdfOptions) -> Result<Vec<u8>, Error> {
    let mut file = FileWriter::new(options.edition.version());
    let mut glyphs = GlyphBook::default();
    let mut pages: Vec<Finished> = Vec::new();
    let mut places = Places::new();
    let mut failed = None;
    let rest = lay_out(checked, style, &mut |page: Page| {
        let number = pages.len();
        for (anchor, top) in &page.anchors {
            places.entry(*anchor).or_insert((number, style.page.height - top));
        }
        let (content, marks) = content::page(&page, style, &mut glyphs);
        match file.add(Stream::new(lopdf::Dictionary::new(), content)) {
            Ok(content) => pages.push(Finished { content, marks, links: page.links }),
            Err(error) => failed = Some(error),
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    let faces = fonts::embed(&mut file, glyphs.finish()?)?;
    let resources = file.add(dictionary! { "Font" => faces })?;
    let document = checked.document();
    let parts = Parts { document, style, options, pages, places, structure: rest.structure, resources };
    document::finish(file, &parts)
}
