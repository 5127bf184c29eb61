//! What reading needs of a registry in each language, made once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::names::NameIndex;
use super::titles::Titles;
use crate::registry::Registry;

/// The names and titles of one registry, by language: made when the first text in
/// it is read, and shared by all readers that are given them.
#[derive(Default)]
pub struct Indexes {
    names: Kept<NameIndex>,
    titles: Kept<Titles>,
}

/// What was made, by the tag of its language.
type Kept<T> = Mutex<BTreeMap<String, Arc<T>>>;

impl Indexes {
    pub(super) fn names(&self, registry: &Registry, language: &str) -> Arc<NameIndex> {
        kept(&self.names, language, || NameIndex::of(registry, language))
    }

    pub(super) fn titles(&self, registry: &Registry, language: &str) -> Arc<Titles> {
        kept(&self.titles, language, || Titles::of(registry, language))
    }
}

fn kept<T>(all: &Kept<T>, language: &str, make: impl FnOnce() -> T) -> Arc<T> {
    let mut all = all.lock().unwrap_or_else(PoisonError::into_inner);
    match all.get(language) {
        Some(known) => known.clone(),
        None => all.entry(language.to_owned()).or_insert(Arc::new(make())).clone(),
    }
}
