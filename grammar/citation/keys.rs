//! Which words of a language's table `cited` are for its grammar.

/// Keys of the table; the crate reads the others.
pub const KEYS: [&str; 13] = [
    "signs",
    "organization",
    "before-bodies",
    "others",
    "such-as",
    "elided",
    "adopting",
    "bodies",
    "adjectives",
    "kinds",
    "compounds",
    "parts",
    "pointers",
];
