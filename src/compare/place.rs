//! What a leaf is called: “paragraph 2(b)”, “the title of Annex 1”.

use super::leaf::{Leaf, LeafKind, Leaves};

/// So many letters of a heading are told.
const LONGEST: usize = 40;

impl Leaves {
    /// What a leaf is called in a sentence, with the part that it stands in.
    pub fn name(&self, leaf: &Leaf) -> String {
        self.with_part(leaf, in_part(leaf))
    }

    /// A name with the part that a leaf stands in.
    pub(super) fn with_part(&self, leaf: &Leaf, mut name: String) -> String {
        let Some(part) = self.part_of(leaf) else { return name };
        if !part.name.is_empty() {
            if leaf.kind == LeafKind::Head {
                name = name.replace("first page", "head");
            }
            name = format!("{name} of {}", part.name);
        }
        match &part.member {
            Some(member) => format!("{name} of {member}"),
            None => name,
        }
    }
}

/// What a leaf is called in its part.
pub(super) fn in_part(leaf: &Leaf) -> String {
    let ordinal = leaf.ordinal;
    // A dash is the number of its item among the dashes.
    let number = leaf.number.replace(" –", ", dash ").replace(" -", ", dash ");
    let name = match leaf.kind {
        LeafKind::Head => "the first page".to_owned(),
        LeafKind::Title => "the title".to_owned(),
        LeafKind::By => "the line of the delegation".to_owned(),
        LeafKind::Opening => "the opening line".to_owned(),
        LeafKind::Clause => format!("preambular paragraph {ordinal}"),
        LeafKind::Prose => format!("unnumbered paragraph {ordinal}"),
        LeafKind::Item => match (leaf.level, number.strip_prefix(", dash ")) {
            (_, Some(dash)) => format!("dash {dash}"),
            (0, None) => format!("paragraph {number}"),
            (_, None) if number.starts_with(|c: char| c.is_ascii_digit()) => format!("paragraph {number}"),
            (_, None) => format!("sub-paragraph {number}"),
        },
        LeafKind::Continuation if number.is_empty() => format!("further paragraph {ordinal}"),
        LeafKind::Continuation => format!("the further text of paragraph {number}"),
        LeafKind::Heading if number.is_empty() => format!("the heading “{}”", shortened(&leaf.words.text)),
        LeafKind::Heading => format!("section {number}"),
        LeafKind::Row => format!("row {ordinal} of table {}", leaf.table),
        LeafKind::Note => format!("note {number}"),
    };
    if leaf.quoted { format!("{name} (in a quotation)") } else { name }
}

/// The first words of a text.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
