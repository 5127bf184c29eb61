//! PDF, by printpdf: it makes the file's skeleton and embeds the fonts; the
//! pages' contents and what printpdf does not write come from here.

mod content;
mod document;
mod fonts;
mod outline;

use std::collections::BTreeMap;

use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

use crate::Error;
use crate::layout::style::Style;
use crate::layout::{Link, Page, lay_out};
use crate::model::{Anchor, Checked};
use fonts::GlyphBook;

/// What is kept of a finished page.
struct Finished {
    /// Its compressed content.
    content: Vec<u8>,
    links: Vec<Link>,
}

/// Where the anchors of a document lie: page, from 0, and height above the
/// page's bottom.
type Places = BTreeMap<Anchor, (usize, f64)>;

/// The document as a PDF: embedded subset fonts, Unicode for every glyph,
/// bookmarks, links, title and symbol. The same document gives the same bytes.
///
/// # Errors
/// [`Error::Pdf`] if a font cannot be subset or the file cannot be written;
/// neither depends on the text.
pub fn pdf(checked: &Checked, style: &Style) -> Result<Vec<u8>, Error> {
    let mut glyphs = GlyphBook::default();
    let mut pages: Vec<Finished> = Vec::new();
    let mut places = Places::new();
    let mut failed = None;
    lay_out(checked, style, &mut |page: Page| {
        let number = pages.len();
        for (anchor, top) in &page.anchors {
            places.entry(*anchor).or_insert((number, style.page.height - top));
        }
        match content::compressed(&content::page(&page, style, &mut glyphs)) {
            Ok(content) => pages.push(Finished { content, links: page.links }),
            Err(error) => failed = Some(error),
        }
    });
    if let Some(error) = failed {
        return Err(Error::Pdf(error.to_string()));
    }
    let faces = glyphs.finish()?;
    let mut skeleton = PdfDocument::new("");
    for face in &faces {
        skeleton.resources.fonts.map.insert(face.id(), printpdf::PdfFont::new(face.parsed.clone()));
    }
    let paper = Rect::from_wh(Pt(style.page.width as f32), Pt(style.page.height as f32));
    for number in 0..pages.len() {
        // The first page names the glyphs, so that they are embedded.
        let operations = if number == 0 { fonts::register(&faces) } else { Vec::new() };
        let mut page = PdfPage::new(printpdf::Mm(0.0), printpdf::Mm(0.0), operations);
        page.media_box = paper.clone();
        page.trim_box = paper.clone();
        page.crop_box = paper.clone();
        skeleton.pages.push(page);
    }
    let options = PdfSaveOptions { optimize: false, ..PdfSaveOptions::default() };
    let file = skeleton.to_lopdf_document(&options, &mut Vec::new());
    drop(skeleton);
    document::finish(file, checked.document(), style, pages, &places)
}
