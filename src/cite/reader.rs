//! The citations of texts, read and judged by one registry.

use std::sync::Arc;

use jiff::civil::Date;

use super::bind::Binder;
use super::cited::{Cited, Problem, What};
use super::indexes::Indexes;
use super::judge::{entry_of, judge};
use super::judgement::{Compared, Judgement, Most};
use super::state::State;
use super::titles::quoted_after;
use super::wording;
use crate::locale::Locale;
use crate::registry::{Instrument, Registry, base_of};
use crate::syntax::citation::Place;
use crate::syntax::{Resolution, read_symbol};

/// Reads and judges citations by what a registry knows.
pub struct Reader<'r> {
    registry: &'r Registry,
    indexes: Arc<Indexes>,
    own_body: Option<String>,
}

impl<'r> Reader<'r> {
    /// A reader by what a registry knows.
    pub fn new(registry: &'r Registry) -> Self {
        Reader::sharing(registry, Arc::default())
    }

    /// The same with what other readers by this registry have made already.
    pub fn sharing(registry: &'r Registry, indexes: Arc<Indexes>) -> Self {
        Reader { registry, indexes, own_body: None }
    }

    /// The same for texts of a body, by the letters of its symbols: “its
    /// Decision” is that body's.
    #[must_use]
    pub fn of_body(mut self, body: &str) -> Self {
        self.own_body = Some(body.to_owned());
        self
    }

    /// The instruments that a text cites, in their order.
    pub fn read(&self, text: &str, locale: &Locale) -> Vec<Cited> {
        self.read_all(text, locale).0
    }

    /// The same, and the places in texts of which nothing says that they are an
    /// instrument's: they may be the text's own.
    pub fn read_all(&self, text: &str, locale: &Locale) -> (Vec<Cited>, Vec<Place>) {
        let registry = self.registry;
        let names = &self.indexes.names(registry, &locale.language);
        Binder { registry, locale, names, own_body: self.own_body.as_deref() }.bind(text)
    }

    /// Judges one of them at a day: its words, what stands beside it, and the
    /// instrument. Without a day nothing is valid that was ever adopted.
    pub fn judge(&self, text: &str, cited: &Cited, locale: &Locale, day: Option<Date>) -> Judgement {
        let registry = self.registry;
        if let Some(problem) = &cited.problem {
            // What is not there was adopted in no city.
            let missing = matches!(problem, Problem::City(..))
                .then(|| judge(registry, &cited.what, cited.pinpoint.as_deref(), day))
                .filter(|judgement| judgement.state == State::Nonexistent);
            return missing.unwrap_or_else(|| wording::judged(problem, text, cited, registry));
        }
        let titles = || self.indexes.titles(registry, &locale.language);
        let day_elsewhere = || {
            let judgement = wording::other_date(text, cited, registry)?;
            // A day that one source alone has may itself be wrong.
            let once = entry_of(registry, &cited.what).is_some_and(Instrument::is_read_once);
            Some(if once { judgement.at_most(Most::Warning) } else { judgement })
        };
        let mut judgement = wording::other_title(text, cited, locale, registry, titles)
            .or_else(day_elsewhere)
            .unwrap_or_else(|| judge(registry, &cited.what, cited.pinpoint.as_deref(), day));
        if !matches!(judgement.state, State::Valid | State::Corrected | State::Inferred) {
            let year = || wording::right_year(text, cited, registry);
            judgement.fix = judgement.fix.or_else(|| year().filter(|_| judgement.state == State::Mismatch));
            return judgement;
        }
        let flawed = wording::no_paragraph(cited)
            .or_else(|| wording::unknown_words(cited))
            .or_else(|| wording::title_in_words(text, cited, locale, registry, titles));
        if let Some(flawed) = flawed {
            return flawed;
        }
        // A title that is known, and is not another's, is its own.
        let beside = quoted_after(text, cited.words.end).filter(|_| !judgement.compared.is_empty());
        if beside.is_some_and(|place| !titles().bearers(&text[place]).is_empty()) {
            judgement.compared.push(Compared::Title);
        }
        judgement
    }
}

/// What a symbol names, or with `by_slug` the slug of an instrument that is known
/// by its name; none where it is no symbol, or no slug of the registry.
pub fn named(word: &str, by_slug: bool, registry: &Registry) -> Option<What> {
    if by_slug {
        let entry = registry.get(word)?;
        let base = entry.symbol.as_deref().and_then(base_of);
        return Some(What::Named(base.unwrap_or_else(|| entry.key().to_owned())));
    }
    if let Some(symbol) = read_symbol(word) {
        return Some(What::Symbol(symbol));
    }
    Resolution::read(word).map(What::Resolution)
}

/// The judgement of an instrument that is named by its symbol or slug alone; its
/// places are bytes of the word.
pub fn judge_named(word: &str, by_slug: bool, registry: &Registry, day: Option<Date>) -> Judgement {
    match named(word, by_slug, registry) {
        Some(What::Symbol(symbol)) if symbol.number_pending => {
            wording::pending(format!("`{symbol}` has no number yet"))
        }
        Some(what) => judge(registry, &what, None, day),
        None if by_slug => {
            let message = format!("no registry has an instrument with the name `{word}`");
            let hint = "`chancery registry search WORDS` finds names; enter it in a registry of your own";
            Judgement::new(State::Nonexistent, message, hint)
        }
        None => wording::malformed(word),
    }
}
