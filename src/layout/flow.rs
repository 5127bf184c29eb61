//! A document from its first page to its last.

use super::page::{Page, Rest};
use super::paginate::Paginator;
use super::setter::PartSetter;
use super::structure::{Structure, Tag};
use super::style::Style;
use super::volume;
use crate::model::{Document, Member};

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
    for Member { document: appended, .. } in &document.appended {
        setter.document = appended;
        let language = Some(appended.language.as_str()).filter(|tag| *tag != document.language);
        let article = setter.structure.add_in(Structure::ROOT, Tag::Article, language);
        // Its pages have numbers of their own.
        pages.number_from(Some(1));
        for part in &appended.parts {
            setter.part(part, article, &mut pages);
        }
    }
    pages.finish();
    setter.rest()
}
