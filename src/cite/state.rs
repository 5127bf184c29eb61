//! What came of judging a reference.

/// What came of judging a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum State {
    /// Found, adopted by then, in force as far as the registry says.
    Valid,
    /// Adopted by its number, which is below one that is known; never read.
    Inferred,
    /// A corrected edition exists.
    Corrected,
    /// Something took its place.
    Superseded,
    /// No longer in force.
    Terminated,
    /// Adopted after the day.
    NotYetAdopted,
    /// There is no such instrument.
    Nonexistent,
    /// The registry cannot say.
    Unverified,
    /// Its number is still open.
    Pending,
    /// Nothing says whose number it is.
    Ambiguous,
    /// Not written as symbols and numbers are.
    Malformed,
    /// Words, symbol and registry say different things.
    Mismatch,
    /// It has no such paragraph.
    OutOfRange,
    /// Words that look like a reference and were not read.
    Unread,
}

impl State {
    /// All of them.
    pub const ALL: [State; 14] = [
        State::Valid,
        State::Inferred,
        State::Corrected,
        State::Superseded,
        State::Terminated,
        State::NotYetAdopted,
        State::Nonexistent,
        State::Unverified,
        State::Pending,
        State::Ambiguous,
        State::Malformed,
        State::Mismatch,
        State::OutOfRange,
        State::Unread,
    ];

    /// `not-yet-adopted`, as `allow:` and reports write it.
    pub fn name(self) -> &'static str {
        match self {
            State::Valid => "valid",
            State::Inferred => "inferred",
            State::Corrected => "corrected",
            State::Superseded => "superseded",
            State::Terminated => "terminated",
            State::NotYetAdopted => "not-yet-adopted",
            State::Nonexistent => "nonexistent",
            State::Unverified => "unverified",
            State::Pending => "pending",
            State::Ambiguous => "ambiguous",
            State::Malformed => "malformed",
            State::Mismatch => "mismatch",
            State::OutOfRange => "out-of-range",
            State::Unread => "unread",
        }
    }

    /// Whether nothing is to be said of it.
    pub fn is_good(self) -> bool {
        matches!(self, State::Valid | State::Inferred)
    }

    /// Whether it is known to be wrong, or no longer to hold.
    pub fn is_fault(self) -> bool {
        match self {
            State::Valid | State::Inferred | State::Corrected | State::Unverified | State::Unread => false,
            State::Superseded
            | State::Terminated
            | State::NotYetAdopted
            | State::Nonexistent
            | State::Pending
            | State::Ambiguous
            | State::Malformed
            | State::Mismatch
            | State::OutOfRange => true,
        }
    }

    /// The state of a name.
    pub fn named(name: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == name)
    }
}
