//! A reference of a document, and where it leads.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::cite::{Compared, State, What, entry_of};
use crate::compile::context::Context;
use crate::model::Lead;
use crate::registry::{List, Seen, Text, web_address};
use crate::source::Span;

/// A reference of a document, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// The symbol or slug of what is cited; kind and number where the body
    /// cannot be told.
    pub symbol: String,
    /// Its words.
    pub text: String,
    /// The tag of their language.
    pub language: String,
    /// The paragraph that it stands in, `5`, `5(a)`; none in a preamble.
    pub paragraph: Option<String>,
    /// The place in what is cited.
    pub pinpoint: Option<String>,
    /// What came of judging it.
    pub state: State,
    /// Whether no title of it is known, so that a valid one was compared by its number
    /// alone.
    pub by_number: bool,
    /// What of it was compared with the registry, and agreed.
    pub compared: Vec<Compared>,
    /// Who says that there is such an instrument.
    pub entered: Option<Entered>,
    /// Whether the header allows it.
    pub allowed: bool,
    /// Whether it stands in a quotation.
    pub quoted: bool,
    /// Its bytes.
    pub place: Span,
    /// Where else its words stand, if they do not stand in one place.
    pub others: Vec<Span>,
}

/// The entry of an instrument: whose it is, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entered {
    /// Whether it is the project's own.
    pub is_own: bool,
    /// What was read of the instrument, where its entry says that.
    pub seen: Option<Seen>,
    /// How many independent readings give its day, where that is known.
    pub readings: Option<u8>,
    /// Where it was read.
    pub source: List<Text>,
}

/// The entry of what is cited.
pub(crate) fn entered(context: &Context<'_>, what: Option<&What>) -> Option<Entered> {
    let entry = entry_of(context.registry, what?)?;
    Some(Entered {
        is_own: context.registry.is_own(entry),
        seen: entry.seen,
        readings: entry.readings,
        source: entry.source.clone(),
    })
}

/// The paragraph that each block of the body belongs to.
pub(crate) type Paragraphs = BTreeMap<usize, String>;

/// Where what is cited can be read: in the same volume, or at the address that
/// the registry has.
pub(crate) fn lead(context: &Context<'_>, what: &What) -> Option<Lead> {
    if let Some(member) = context.siblings.get(&what.key()) {
        return Some(Lead::Text(*member));
    }
    let address = entry_of(context.registry, what)?.address.as_deref()?;
    // Whoever reads the PDF is led nowhere that the registry would not take.
    web_address(address).ok().map(|address| Lead::Address(address.as_str().into()))
}

/// Whether the registry has no title of what is cited.
pub(crate) fn is_untitled(context: &Context<'_>, what: &What) -> bool {
    entry_of(context.registry, what).is_some_and(|entry| entry.titles.is_empty() && entry.names.is_empty())
}

/// Ranges of the flat text of a passage that lead somewhere, by the place of
/// the passage's first word.
pub(crate) type Links = BTreeMap<Span, Vec<(Range<usize>, Lead)>>;
