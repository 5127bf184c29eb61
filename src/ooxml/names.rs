//! The names that a file from us has in it: namespaces, styles by their roles, bookmarks, properties.

/// `w:`, the words and how they are set.
pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// `r:`, what leads from a part to another one.
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The relations of a package, in files `.rels`.
pub const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// What the parts of a package are, in `[Content_Types].xml`.
pub const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
/// `cp:`, what a file says of itself.
pub const CORE_PROPERTIES: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
/// Properties of one's own.
pub const CUSTOM_PROPERTIES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties";
/// `vt:`, the values of properties.
pub const VALUES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
/// The types of relations to core and custom properties.
pub const CORE_RELATION: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// The property that says of which text a file was made: `sha256:` and 64 digits.
pub const SOURCE_PROPERTY: &str = "chancery.source";
/// What the value of that property begins with.
pub const SOURCE_PREFIX: &str = "sha256:";

/// What the bookmark of a leaf begins with; its number in the list of leaves follows.
pub const LEAF_PREFIX: &str = "ch_";
/// What the bookmark begins with to which references lead; the number of an anchor follows.
pub const REFERENCE_PREFIX: &str = "_Ref_";

/// The bookmark of the leaf with this number.
pub fn leaf_bookmark(number: usize) -> String {
    format!("{LEAF_PREFIX}{number}")
}

/// The number of the leaf that a bookmark has, if it has one.
pub fn leaf_of_bookmark(name: &str) -> Option<usize> {
    let digits = name.strip_prefix(LEAF_PREFIX)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    is_number.then(|| digits.parse().ok()).flatten()
}

/// The bookmark to which references to an anchor lead.
pub fn reference_bookmark(anchor: u32) -> String {
    format!("{REFERENCE_PREFIX}{anchor}")
}

/// So many levels of sub-paragraphs have a style; deeper ones have that of the deepest.
pub const SUB_LEVELS: usize = 6;

/// What a paragraph is: each has a style of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParagraphRole {
    /// What no other role is.
    Normal,
    /// A row of the first page above the title.
    Letterhead,
    /// The lines of the meeting.
    Meeting,
    /// The line before a title, as `DECISION No. 9/09`.
    TitleLine,
    /// A line of a title.
    Title,
    /// Who makes an interpretative statement.
    By,
    /// The line with which a preamble opens.
    Opening,
    /// A preambular clause.
    Preambular,
    /// A paragraph without a number.
    Prose,
    /// A numbered paragraph.
    Operative,
    /// A sub-paragraph of a level from 1.
    Sub(usize),
    /// A further paragraph of a numbered one (0) or of a sub-paragraph.
    Continuation(usize),
    /// A quotation that belongs to a level.
    Quotation(usize),
    /// A statement of somebody.
    Statement,
    /// The title of a session of a meeting.
    Session,
    /// A heading of a section (1) or below (2).
    Heading(usize),
    /// A text beside words: `Date:`.
    Labelled,
    /// A line that is printed by itself.
    Line,
    /// A line of a signature.
    Signature,
    /// A paragraph of a cell.
    Cell,
    /// A cell of a header row.
    HeaderCell,
    /// An item in a cell.
    CellItem,
    /// The head of a list of contents.
    ContentsTitle,
    /// A line of a list of contents, of a level from 1.
    Contents(usize),
    /// A footnote.
    Note,
    /// The head of a page.
    Header,
    /// The foot of a page.
    Footer,
}

impl ParagraphRole {
    /// All, in the order in which they are written.
    pub fn all() -> Vec<ParagraphRole> {
        use ParagraphRole::*;
        let mut all = vec![Normal, Letterhead, Meeting, TitleLine, Title, By, Opening, Preambular, Prose, Operative];
        all.extend((1..=SUB_LEVELS).map(Sub));
        all.extend((0..=SUB_LEVELS).map(Continuation));
        all.extend((0..=SUB_LEVELS).map(Quotation));
        all.extend([Statement, Session, Heading(1), Heading(2), Labelled, Line, Signature, Cell, HeaderCell, CellItem]);
        all.push(ContentsTitle);
        all.extend((1..=3).map(Contents));
        all.extend([Note, Header, Footer]);
        all
    }

    /// The style's identifier in a file.
    pub fn id(self) -> String {
        use ParagraphRole::*;
        let leveled = |name: &str, level: usize| if level == 0 { name.to_owned() } else { format!("{name}{level}") };
        match self {
            Normal => "Normal".to_owned(),
            Letterhead => "Letterhead".to_owned(),
            Meeting => "Meeting".to_owned(),
            TitleLine => "TitleLine".to_owned(),
            Title => "Title".to_owned(),
            By => "StatementBy".to_owned(),
            Opening => "Opening".to_owned(),
            Preambular => "Preambular".to_owned(),
            Prose => "BodyText".to_owned(),
            Operative => "Operative".to_owned(),
            Sub(level) => format!("Sub{}", level.clamp(1, SUB_LEVELS)),
            Continuation(level) => leveled("Continuation", level.min(SUB_LEVELS)),
            Quotation(level) => leveled("Quotation", level.min(SUB_LEVELS)),
            Statement => "Statement".to_owned(),
            Session => "Heading1".to_owned(),
            Heading(level) => format!("Heading{}", level.clamp(1, 2) + 1),
            Labelled => "Labelled".to_owned(),
            Line => "Line".to_owned(),
            Signature => "Signature".to_owned(),
            Cell => "TableText".to_owned(),
            HeaderCell => "TableHead".to_owned(),
            CellItem => "TableItem".to_owned(),
            ContentsTitle => "TOCHeading".to_owned(),
            Contents(level) => format!("TOC{}", level.clamp(1, 3)),
            Note => "FootnoteText".to_owned(),
            Header => "Header".to_owned(),
            Footer => "Footer".to_owned(),
        }
    }

    /// The style's name as Word shows it; its own names are in small letters.
    pub fn name(self) -> String {
        use ParagraphRole::*;
        let leveled = |name: &str, level: usize| if level == 0 { name.to_owned() } else { format!("{name} {level}") };
        match self {
            By => "Statement By".to_owned(),
            TitleLine => "Title Line".to_owned(),
            Prose => "Body Text".to_owned(),
            Sub(level) => format!("Sub {}", level.clamp(1, SUB_LEVELS)),
            Continuation(level) => leveled("Continuation", level.min(SUB_LEVELS)),
            Quotation(level) => leveled("Quotation", level.min(SUB_LEVELS)),
            Session => "heading 1".to_owned(),
            Heading(level) => format!("heading {}", level.clamp(1, 2) + 1),
            Cell => "Table Text".to_owned(),
            HeaderCell => "Table Head".to_owned(),
            CellItem => "Table Item".to_owned(),
            ContentsTitle => "TOC Heading".to_owned(),
            Contents(level) => format!("toc {}", level.clamp(1, 3)),
            Note => "footnote text".to_owned(),
            Header => "header".to_owned(),
            Footer => "footer".to_owned(),
            Normal | Letterhead | Meeting | Title | Opening | Preambular | Operative | Statement | Labelled | Line
            | Signature => self.id(),
        }
    }

    /// The role of a style's identifier, if it is one of ours.
    pub fn of_id(id: &str) -> Option<ParagraphRole> {
        ParagraphRole::all().into_iter().find(|role| role.id() == id)
    }
}

/// The character style of what stands in brackets.
pub const BRACKET_STYLE: &str = "Bracket";
/// The character style of a gap to be filled.
pub const PLACEHOLDER_STYLE: &str = "Placeholder";
/// The character style of a footnote's mark.
pub const NOTE_STYLE: &str = "FootnoteReference";
/// The character style of a link.
pub const LINK_STYLE: &str = "Hyperlink";

/// The tags of content controls, which name what they hold as a header does.
pub const SYMBOL_TAG: &str = "symbol";
/// The title.
pub const TITLE_TAG: &str = "title";
/// The date.
pub const DATE_TAG: &str = "date";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_has_one_role() {
        for role in ParagraphRole::all() {
            assert_eq!(ParagraphRole::of_id(&role.id()), Some(role));
        }
    }

    #[test]
    fn the_number_of_a_leaf_comes_back_from_its_bookmark() {
        for number in [0, 7, 120] {
            assert_eq!(leaf_of_bookmark(&leaf_bookmark(number)), Some(number));
        }
        for name in ["ch_", "ch_x", "ch_-1", "ch_007", "ch_99999999999999999999999", "_Ref_4"] {
            assert_eq!(leaf_of_bookmark(name), None, "{name}");
        }
    }
}
