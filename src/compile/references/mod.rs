//! References to instruments: read in the flat text, bound to what they mean,
//! judged at a day.

mod bind;

pub use bind::{Cited, Problem, What};

use crate::locale::Locale;
use crate::registry::Registry;

/// The instruments that a text cites, as they are understood before any is
/// judged. A language without a locale has none.
pub fn cited_in(text: &str, language: &str, registry: &Registry) -> Vec<Cited> {
    let Some(locale) = Locale::of(language) else { return Vec::new() };
    let names = bind::Names::of(registry, language);
    bind::Binder { registry, locale: &locale, names: &names }.bind(text)
}
