//! The pages beside the text: each as SVG, with what of the text stands where.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::compile::Compilation;
use crate::layout;
use crate::render;

/// A page as it prints.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PageShown {
    /// The page.
    pub svg: String,
    /// Its width and height in pt.
    pub size: (f64, f64),
    /// How far below its top, in pt, something of the text begins, and the byte of the text
    /// where that stands; in the order of the page.
    pub places: Vec<(f64, usize)>,
}

impl PageShown {
    /// Tells a page that is drawn otherwise from one that is drawn as before, as long as a program runs.
    pub fn drawing(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.svg.hash(&mut hasher);
        hasher.finish()
    }
}

/// The pages of a text: of one with errors as far as it is a document already, which is
/// shown and not built; none of what is no document.
pub fn pages(compilation: &Compilation) -> Option<Vec<PageShown>> {
    let style = &compilation.style;
    let pages = layout::proof(compilation.document.as_ref()?, style).pages;
    let shown = pages.into_iter().map(|page| {
        let places = page.anchors.iter().filter_map(|(anchor, height)| {
            let place = compilation.place_of(*anchor).filter(|place| place.file == compilation.file)?;
            Some((*height, place.range().start))
        });
        let mut places: Vec<(f64, usize)> = places.collect();
        places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (width, height) = (style.page.width, style.page.height);
        let size = if page.turned { (height, width) } else { (width, height) };
        PageShown { svg: render::svg(&page, style), size, places }
    });
    Some(shown.collect())
}
