//! References to instruments: from words to what is cited, and whether that
//! exists, is the right one, and is in force on a day.
//!
//! A text is read by the grammar of its language
//! ([`syntax::citation`](crate::syntax::citation)), the words are bound to
//! instruments ([`Cited`]), and each is judged by a registry at a day
//! ([`Judgement`]). All of it takes plain text: no document, no file, no findings.
//!
//! ```
//! use chancery::cite::{self, State};
//! use chancery::registry::Registry;
//! use jiff::civil::date;
//!
//! let text = "We recall Ministerial Council Decision No. 4/07 and MC.DEC/99/07.";
//! let references = cite::references(text, "en", &Registry::built_in(), Some(date(2026, 12, 4)));
//! let found: Vec<_> = references.iter().map(|(cited, judgement)| (cited.what.key(), judgement.state)).collect();
//! assert_eq!(found[0], ("MC.DEC/4/07".to_owned(), State::Valid));
//! assert_eq!(&text[references[1].0.words.clone()], "MC.DEC/99/07");
//! ```

mod acting;
mod beside;
mod bind;
mod cited;
mod council;
mod figures;
mod indexes;
mod judge;
mod judgement;
mod kinds;
mod names;
mod places;
mod reader;
mod saying;
mod sentence;
mod series;
mod state;
mod titles;
mod united_nations;
mod unread;
mod wording;
mod words;

use jiff::civil::Date;

use crate::locale::Locale;
use crate::registry::Registry;

pub use crate::syntax::citation::Place;
pub(crate) use cited::in_one_line;
pub use cited::{Cited, Problem, SaidDate, What};
pub use indexes::Indexes;
pub use judge::{entry_of, judge};
pub use judgement::{Compared, Judgement, Most};
pub use reader::{Reader, judge_named, named};
pub use state::State;
pub use titles::words as title_words;
pub use words::{NoWords, Words, words};

/// The instruments that a text cites, as they are understood before any is
/// judged. A language without a locale has none.
pub fn cited_in(text: &str, language: &str, registry: &Registry) -> Vec<Cited> {
    Locale::of(language).map(|locale| Reader::new(registry).read(text, locale)).unwrap_or_default()
}

/// The instruments that a text cites, each judged at a day.
pub fn references(text: &str, language: &str, registry: &Registry, day: Option<Date>) -> Vec<(Cited, Judgement)> {
    let Some(locale) = Locale::of(language) else { return Vec::new() };
    let reader = Reader::new(registry);
    let judged = |cited: Cited| {
        let judgement = reader.judge(text, &cited, locale, day);
        (cited, judgement)
    };
    reader.read(text, locale).into_iter().map(judged).collect()
}
