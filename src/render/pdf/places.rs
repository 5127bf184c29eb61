//! What is kept of finished pages for the structure, links and bookmarks, and
//! where anchors lie on them.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId};

use super::object::real;
use crate::layout::{ElementId, Link};
use crate::model::Anchor;

/// What is kept of a finished page.
pub(super) struct Finished {
    /// Its content, which is written already.
    pub content: ObjectId,
    /// The elements of its marked contents, by their numbers.
    pub marks: Vec<ElementId>,
    pub links: Vec<Link>,
    /// The number that is printed on it, or 0.
    pub folio: u32,
    /// Whether it is turned.
    pub turned: bool,
}

/// Where the anchors of a document lie: page, from 0, and height above the
/// page's bottom; none on turned pages, which are shown whole.
pub(super) type Places = BTreeMap<Anchor, (usize, Option<f64>)>;

/// A link on a page.
pub(super) struct Annotation {
    pub id: ObjectId,
    /// Its page, from 0.
    pub page: u32,
    /// The element that it belongs to.
    pub element: ElementId,
}

/// The place of an anchor as a PDF destination; none if nothing of it was printed.
pub(super) fn destination(anchor: Anchor, pages: &[ObjectId], places: &Places) -> Option<Object> {
    let (page, height) = places.get(&anchor)?;
    let page = *pages.get(*page)?;
    Some(Object::Array(match height {
        Some(height) => vec![page.into(), "XYZ".into(), Object::Null, real(*height), Object::Null],
        None => vec![page.into(), "Fit".into()],
    }))
}
