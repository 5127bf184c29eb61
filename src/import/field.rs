//! Fields: what a word processor works out, as numbers of paragraphs that are referred to.

/// A field that is open.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    /// What it is told to do.
    pub instruction: String,
    /// Which paragraph its result begins in, and at which piece.
    pub result: Option<(usize, usize)>,
}

/// What is made of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The number of the paragraph that this bookmark stands at.
    Number(String),
    /// Words that stand as they are, and nothing is lost.
    Words,
    /// Words that a word processor would keep up to date, and this does not.
    Stale(String),
}

/// What an instruction means.
pub(super) fn meaning(instruction: &str) -> Meaning {
    let mut words = instruction.split_whitespace();
    let name = words.next().unwrap_or_default().to_ascii_uppercase();
    let rest: Vec<&str> = words.collect();
    let has_switch = |letter: char| {
        rest.iter()
            .any(|word| word.strip_prefix('\\').is_some_and(|switch| switch.to_ascii_lowercase().starts_with(letter)))
    };
    match name.as_str() {
        "REF" if has_switch('r') || has_switch('n') || has_switch('w') => match rest.first() {
            Some(bookmark) if !bookmark.starts_with('\\') => Meaning::Number((*bookmark).to_owned()),
            _ => Meaning::Stale(name),
        },
        "" | "HYPERLINK" | "FORMTEXT" | "FORMDROPDOWN" | "QUOTE" | "TOC" | "ADVANCE" | "XE" | "TC" | "MACROBUTTON" => {
            Meaning::Words
        }
        _ => Meaning::Stale(name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '=').take(20).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_to_numbers_are_told_from_words() {
        assert_eq!(meaning(" REF _Ref12 \\r \\h "), Meaning::Number("_Ref12".to_owned()));
        assert_eq!(meaning("REF _Ref12 \\h"), Meaning::Stale("REF".to_owned()));
        assert_eq!(meaning("HYPERLINK \"x\""), Meaning::Words);
        assert_eq!(meaning("DATE \\@ \"d\""), Meaning::Stale("DATE".to_owned()));
    }
}
