//! What a block cites.

/// An instrument that is cited.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cite {
    /// Its symbol, or the name under which it is known.
    pub symbol: String,
    /// The place in it.
    pub pinpoint: Option<String>,
}

impl Cite {
    /// `MC.DEC/4/07, paragraph 3`
    pub fn in_words(&self) -> String {
        match &self.pinpoint {
            Some(pinpoint) => format!("{} ({pinpoint})", self.symbol),
            None => self.symbol.clone(),
        }
    }
}
