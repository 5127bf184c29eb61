//! What keywords, braces and filters are for, in a sentence each.

use crate::syntax::ast::{DirectiveName, KeywordName, StructureName};

/// What a keyword is for.
pub(super) fn of_keyword(keyword: KeywordName) -> &'static str {
    match keyword {
        KeywordName::Quote => "a quotation: what is indented below it, or goes on up to `end:`",
        KeywordName::Statement => "what somebody said, set from the margin",
        KeywordName::Table => "a table: rows below it, cells divided by `|`",
        KeywordName::Structure(name) => match name {
            StructureName::Preamble => "the clauses that say why begin here",
            StructureName::Operative => "the paragraphs that say what begin here",
            StructureName::Section => "a section, numbered I., II. …",
            StructureName::Subsection => "a subsection, numbered A., B. …",
            StructureName::Heading => "a heading without a number",
            StructureName::Numbering => {
                "how paragraphs are counted from here: `restart`, `as-typed`, `decimal`, `continuous`"
            }
            StructureName::Annex => "an annex: a new page, paragraphs and notes counted anew",
            StructureName::Attachment => "an attachment: a new page, paragraphs and notes counted anew",
            StructureName::Member => "a text of a volume, by its path",
            StructureName::Session => "a session of a meeting",
            StructureName::Row => "a row of a session",
            StructureName::Item => "an item of an agenda",
            StructureName::Decision => "what was decided under an item",
            StructureName::Address => "to whom it is: lines, each printed by itself",
            StructureName::Signature => "by whom it is: lines, each printed by itself",
            StructureName::Contents => "a list of the divisions and annexes, with their pages",
        },
        KeywordName::Directive(name) => match name {
            DirectiveName::If => "prints what follows, up to `else:` or `end:`, where the condition holds",
            DirectiveName::For => "prints what follows, up to `end:`, for each of a list",
            DirectiveName::Else => "what is printed where the condition above does not hold",
            DirectiveName::Block => "a part that documents of this type may replace, up to `end:`",
            DirectiveName::Include => "puts the blocks of another file here",
            DirectiveName::End => "closes the nearest `if:`, `for:`, `block:`, `quote:` or `statement:`",
        },
    }
}

/// What may stand in braces: how it begins, what it is, and what is written, `$0` where
/// the cursor goes.
pub(super) const BRACES: [(&str, &str, &str); 6] = [
    ("note:", "a footnote", "note: $0"),
    ("lang", "a passage in another language", "lang $0:"),
    ("cite", "an instrument that is known by a name", "cite $0"),
    ("none:", "words that cite nothing", "none: $0"),
    ("if", "prints up to `{end}` where a condition holds", "if $0"),
    ("for", "prints up to `{end}` for each of a list", "for $0 in "),
];

/// What a filter does.
pub(super) fn of_filter(name: &str) -> &'static str {
    match name.split_whitespace().next().unwrap_or_default() {
        "date" => "a day as the language writes it",
        "ordinal" => "an ordinal in words",
        "nth" => "an ordinal in figures",
        "number" => "figures grouped; of a symbol the number and year; of a label the number alone",
        "roman" => "roman figures",
        "upper" => "capital letters",
        "lower" => "small letters",
        "capital" => "the first letter a capital",
        "list" => "several values, the last joined by “and”",
        "or" => "several values, the last joined by “or”",
        "cite" => "the citation of a symbol in words",
        "gen" | "dat" | "ins" | "loc" => "the citation in a case",
        _ => "",
    }
}
