//! From a document to pages: lines broken, heights added up, notes at the foot.
//!
//! Pages are inert: whoever draws them decides nothing. A page knows the role
//! of every line, so that tags, bookmarks, links and text as printed all come
//! from one place. Lengths are in pt from the top left corner of the page.

mod blocks;
mod break_lines;
mod changes;
mod contents;
mod flow;
mod front;
mod glyphs;
mod head;
mod marked;
mod marks;
mod page;
mod paginate;
mod part;
mod setter;
mod structure;
pub mod style;
mod styled;
mod table;
mod tagging;
mod volume;

use crate::model::{Checked, Document};
pub use changes::{Change, Changes, Column, Front, Piece, Said, Slot};
pub use glyphs::OWN_SIGNS;
pub(crate) use glyphs::{Missing, Within, missing_glyphs};
pub(crate) use marks::can_be_set;
pub use page::{Bar, Line, Link, LinkTarget, Measures, Page, Pages, Rest, Role, Run};
pub use structure::{Element, ElementId, Structure, Tag};
use style::Style;

/// Lays a document out, and gives each page to `take` as soon as it is
/// finished.
pub fn lay_out(checked: &Checked, style: &Style, take: &mut dyn FnMut(Page)) -> Rest {
    flow::document(checked.document(), None, style, take)
}

/// The same of two drafts as one: the document has the blocks of both.
pub fn lay_out_changes(document: &Document, changes: &Changes, style: &Style, take: &mut dyn FnMut(Page)) -> Rest {
    flow::document(document, Some(changes), style, take)
}

/// All pages at once.
pub fn pages(checked: &Checked, style: &Style) -> Pages {
    proof(checked.document(), style)
}

/// The pages of a text that may have errors still, to be looked at beside it: never to be
/// printed or kept.
pub fn proof(document: &Document, style: &Style) -> Pages {
    let mut pages = Pages::default();
    pages.rest = flow::document(document, None, style, &mut |page| pages.pages.push(page));
    pages
}

/// Where things stand that only their words decide.
#[cfg(feature = "office")]
pub(crate) fn measures(document: &Document, style: &Style) -> Measures {
    let mut folios = std::collections::BTreeMap::new();
    let rest = flow::document(document, None, style, &mut |page| {
        for (anchor, _) in &page.anchors {
            folios.entry(*anchor).or_insert(page.folio);
        }
    });
    Measures { folios, ..rest.measures }
}
