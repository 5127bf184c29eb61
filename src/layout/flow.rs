//! A document from its first page to its last.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::changes::Changes;
use super::page::{Page, Rest};
use super::paginate::Paginator;
use super::setter::PartSetter;
use super::structure::{Structure, Tag};
use super::style::Style;
use super::volume;
use crate::model::{Anchor, Document, Member};

/// Lays out a document, with what is new and gone in it where that is known, and gives each
/// finished page to `take`.
pub(super) fn document(
    document: &Document,
    changes: Option<&Changes>,
    style: &Style,
    take: &mut dyn FnMut(Page),
) -> Rest {
    if let Some(volume) = &document.volume {
        return volume::volume(document, volume, style, take);
    }
    let has_contents = std::iter::once(document).chain(document.appended.iter().map(|member| &member.document));
    let mut blocks = has_contents.flat_map(|document| &document.parts).flat_map(|part| &part.blocks);
    let mut numbers: BTreeMap<Anchor, u32> = BTreeMap::new();
    // Page numbers are known when all is set.
    if blocks.any(|block| block.kind.contents().is_some()) {
        set((document, changes), style, Rc::default(), &mut |page| {
            for (anchor, _) in &page.anchors {
                numbers.entry(*anchor).or_insert(page.folio);
            }
        });
    }
    set((document, changes), style, Rc::new(numbers), take)
}

fn set(
    (document, changes): (&Document, Option<&Changes>),
    style: &Style,
    numbers: Rc<BTreeMap<Anchor, u32>>,
    take: &mut dyn FnMut(Page),
) -> Rest {
    let turned = style.turned();
    let mut setter = PartSetter::new(document, [style, &turned]);
    setter.numbers = numbers;
    let mut pages = Paginator::new([style, &turned], take);
    if let Some(changes) = changes {
        setter.changes = Some(changes);
        setter.front(changes, &mut pages);
    }
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
