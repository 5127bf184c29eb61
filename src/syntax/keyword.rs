//! The keywords of the body.

/// The keywords of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordName {
    /// What gives a text its structure.
    Structure(StructureName),
    /// What decides, repeats and brings in.
    Directive(DirectiveName),
    /// `quote:`
    Quote,
    /// `statement:`
    Statement,
    /// `table:`
    Table,
}

/// The keywords that give a text its structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructureName {
    /// `preamble:`
    Preamble,
    /// `operative:`
    Operative,
    /// `section: Title`
    Section,
    /// `subsection: Title`
    Subsection,
    /// `heading: Title`
    Heading,
    /// `numbering: restart`
    Numbering,
    /// `annex: Title`
    Annex,
    /// `attachment: Title`
    Attachment,
    /// `member: path`
    Member,
    /// `session: Title`
    Session,
    /// `date: …`, on a line below `session:` or `item:`; which row it is, its word says.
    Row,
    /// `item: Title`
    Item,
    /// `decision: text`
    Decision,
    /// `address: lines`
    Address,
    /// `signature: lines`
    Signature,
    /// `contents: Title`
    Contents,
}

/// The keywords that are gone once a text is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectiveName {
    /// `if: …`
    If,
    /// `for: …`
    For,
    /// `else:`
    Else,
    /// `block: name`
    Block,
    /// `include: path`
    Include,
    /// `end:`
    End,
}

impl KeywordName {
    /// All keywords with the words that they are.
    pub const ALL: [(&'static str, KeywordName); 24] = {
        use DirectiveName::{Block, Else, End, For, If, Include};
        use KeywordName::{Directive, Quote, Statement, Structure, Table};
        use StructureName::{
            Address, Annex, Attachment, Contents, Decision, Heading, Item, Member, Numbering, Operative, Preamble,
            Section, Session, Signature, Subsection,
        };
        [
            ("preamble", Structure(Preamble)),
            ("operative", Structure(Operative)),
            ("section", Structure(Section)),
            ("subsection", Structure(Subsection)),
            ("heading", Structure(Heading)),
            ("numbering", Structure(Numbering)),
            ("annex", Structure(Annex)),
            ("attachment", Structure(Attachment)),
            ("quote", Quote),
            ("statement", Statement),
            ("table", Table),
            ("if", Directive(If)),
            ("for", Directive(For)),
            ("else", Directive(Else)),
            ("block", Directive(Block)),
            ("include", Directive(Include)),
            ("member", Structure(Member)),
            ("session", Structure(Session)),
            ("item", Structure(Item)),
            ("decision", Structure(Decision)),
            ("address", Structure(Address)),
            ("signature", Structure(Signature)),
            ("contents", Structure(Contents)),
            ("end", Directive(End)),
        ]
    };

    /// The keyword that a word is, if it is one.
    pub fn of(word: &str) -> Option<KeywordName> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, keyword)| *keyword)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, keyword)| *keyword == self).map_or("", |(name, _)| name)
    }

    /// Whether an `end:` closes it.
    pub fn opens(self) -> bool {
        match self {
            KeywordName::Directive(name) => name.opens(),
            KeywordName::Quote | KeywordName::Statement => true,
            KeywordName::Structure(_) | KeywordName::Table => false,
        }
    }

    /// Whether it counts at the start of any line, not only of a block.
    pub fn on_any_line(self) -> bool {
        matches!(self, KeywordName::Directive(_))
    }
}

impl StructureName {
    /// The word.
    pub fn word(self) -> &'static str {
        KeywordName::Structure(self).word()
    }

    fn kin(self) -> Kin {
        match self {
            StructureName::Annex | StructureName::Attachment => Kin::Part,
            StructureName::Section | StructureName::Subsection => Kin::Division,
            StructureName::Session | StructureName::Item => Kin::Sessions { has_rows: true },
            StructureName::Row | StructureName::Decision => Kin::Sessions { has_rows: false },
            StructureName::Address | StructureName::Signature => Kin::Lines,
            StructureName::Preamble
            | StructureName::Operative
            | StructureName::Heading
            | StructureName::Numbering
            | StructureName::Member
            | StructureName::Contents => Kin::Alone,
        }
    }

    /// Whether a part of its own begins, with pages of its own.
    pub fn begins_part(self) -> bool {
        matches!(self.kin(), Kin::Part)
    }

    /// Whether a numbered division begins.
    pub fn begins_division(self) -> bool {
        matches!(self.kin(), Kin::Division)
    }

    /// Whether it belongs to sessions, which some types of document have.
    pub fn is_of_sessions(self) -> bool {
        matches!(self.kin(), Kin::Sessions { .. })
    }

    /// Whether its words are lines, each printed by itself.
    pub fn has_lines(self) -> bool {
        matches!(self.kin(), Kin::Lines)
    }

    /// Whether rows may stand directly below it.
    pub fn has_rows(self) -> bool {
        matches!(self.kin(), Kin::Sessions { has_rows: true })
    }
}

/// What a keyword of structure does to what stands around it; a new one is given its place here.
enum Kin {
    Part,
    Division,
    Sessions { has_rows: bool },
    Lines,
    Alone,
}

impl DirectiveName {
    /// The word.
    pub fn word(self) -> &'static str {
        KeywordName::Directive(self).word()
    }

    /// Whether an `end:` closes it.
    pub fn opens(self) -> bool {
        match self {
            DirectiveName::If | DirectiveName::For | DirectiveName::Block => true,
            DirectiveName::Else | DirectiveName::Include | DirectiveName::End => false,
        }
    }
}
