//! A document from its first page to its last.

use super::page::{Page, Rest};
use super::paginate::Paginator;
use super::setter::PartSetter;
use super::structure::Structure;
use super::style::Style;
use super::volume;
use crate::model::Document;

/// Lays out a document and gives each finished page to `take`.
pub(super) fn document(document: &Document, style: &Style, take: &mut dyn FnMut(Page)) -> Rest {
    if let Some(volume) = &document.volume {
        return volume::volume(document, volume, style, take);
    }
    let mut setter = PartSetter::new(document, style);
    let mut pages = Paginator::new(style, take);
    for part in &document.parts {
        setter.part(part, Structure::ROOT, &mut pages);
    }
    pages.finish();
    setter.rest()
}
