//! The faults that can be found, each by its name.

use super::{Explanation, Severity};

/// What a fault is about: codes that a project weighs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What is cited, and where a text refers to itself.
    References,
    /// What the text is made of: header, blocks, numbers, brackets.
    Structure,
    /// Signs, spaces, words and the page.
    Style,
}

impl Group {
    /// All of them.
    pub const ALL: [Group; 3] = [Group::References, Group::Structure, Group::Style];

    /// The name by which it is weighed.
    pub fn name(self) -> &'static str {
        match self {
            Group::References => "references",
            Group::Structure => "structure",
            Group::Style => "style",
        }
    }

    /// The group of a name.
    pub fn named(name: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.name() == name)
    }
}

/// Who may make less of a fault than it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// A project, a command and a header.
    Never,
    /// These, but not for a final text.
    InFinal,
    /// Nobody: nothing sure could be printed.
    Always,
}

/// What must be there for a fault to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The text.
    Text,
    /// Its pages.
    Pages,
    /// Its other languages.
    Versions,
}

macro_rules! is_given {
    () => {
        false
    };
    ($word:ident) => {
        true
    };
}

macro_rules! held {
    () => {
        Held::Never
    };
    (in_final) => {
        Held::InFinal
    };
    (always) => {
        Held::Always
    };
}

macro_rules! group {
    (references) => {
        Group::References
    };
    (structure) => {
        Group::Structure
    };
    (style) => {
        Group::Style
    };
}

// A row: the code and its name, what it weighs, its group; `held` if it may not be
// lowered, `reshapes blocks` if its cure is meant to make other blocks, and
// `in draft warns` if it is a warning there.
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $name:literal $severity:ident $group:ident
        $(held $held:ident)? $(reshapes $blocks:ident)? $(in draft $draft:ident)?,)*) => {
        /// Which fault a finding is. Names are words, because people say them
        /// on the telephone.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])* $code,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Code] = &[$(Code::$code,)*];

            /// The name that is printed and that `explain` takes.
            pub fn name(self) -> &'static str {
                match self { $(Code::$code => $name,)* }
            }

            /// What it weighs unless something else is said where it is found.
            pub fn severity(self) -> Severity {
                match self { $(Code::$code => Severity::$severity,)* }
            }

            /// With which others it is weighed.
            pub fn group(self) -> Group {
                match self { $(Code::$code => group!($group),)* }
            }

            /// Who may make less of it.
            pub fn held(self) -> Held {
                match self { $(Code::$code => held!($($held)?),)* }
            }

            /// Whether nobody may make less of it in a text that is final or not.
            pub fn is_held(self, is_final: bool) -> bool {
                match self.held() {
                    Held::Never => false,
                    Held::InFinal => is_final,
                    Held::Always => true,
                }
            }

            /// Whether its cure is meant to make other blocks of the text.
            pub fn reshapes_blocks(self) -> bool {
                match self { $(Code::$code => is_given!($($blocks)?),)* }
            }

            /// Whether a draft may still have it: there it is a warning.
            pub fn allowed_in_draft(self) -> bool {
                match self { $(Code::$code => is_given!($($draft)?),)* }
            }
        }
    };
}

codes! {
    // The file.
    /// Bytes that are no UTF-8.
    NotUtf8 "not-utf8" Error structure held always,
    /// Nothing in the file.
    EmptyFile "empty-file" Error structure held always reshapes blocks,
    /// More bytes, or more pieces, than a file may have.
    TooLarge "too-large" Error structure held always,
    /// A sign that no text has: NUL and its like.
    ControlCharacter "control-character" Error structure held always,
    /// A sign that turns the direction of the text.
    DirectionSign "direction-sign" Error structure held in_final in draft warns,

    // The header.
    /// No header, or none that ends.
    NoHeader "no-header" Error structure held always reshapes blocks,
    /// A line of the header without a key.
    HeaderLine "header-line" Error structure held always,
    /// A key that the type of document does not have.
    UnknownKey "unknown-key" Error structure held always reshapes blocks,
    /// A key in capitals.
    KeyCase "key-case" Error structure held always reshapes blocks,
    /// A key given twice.
    DuplicateKey "duplicate-key" Error structure held always,
    /// A key that must be given.
    MissingKey "missing-key" Error structure held always,
    /// A value that is not of its key's type.
    WrongType "wrong-type" Error structure held always,
    /// A value that is to be printed and is not.
    PrintsNothing "prints-nothing" Warning structure,
    /// A type of document that nobody has described.
    UnknownTemplate "unknown-template" Error structure held always,
    /// A row of a project's letterhead that nothing can stand in.
    LetterheadRow "letterhead-row" Error structure held always,
    /// A line of a template that declares nothing.
    TemplateLine "template-line" Error structure held always,

    // The symbol.
    /// A symbol of another series than the type of document has.
    SymbolSeries "symbol-series" Error structure,
    /// The year of the symbol is not that of the adoption.
    SymbolYear "symbol-year" Error structure,
    /// The number of the correction is not that of the symbol.
    CorrectionNumber "correction-number" Error structure,
    /// Two things in a text that cannot both be right.
    Contradiction "contradiction" Error structure,
    /// Look-alike letters, odd dashes or blanks in a symbol.
    SymbolDamage "symbol-damage" Error structure held always,

    // Keywords and blocks.
    /// A word that is nearly a keyword.
    UnknownKeyword "unknown-keyword" Error structure reshapes blocks,
    /// A keyword in capitals.
    KeywordCase "keyword-case" Error structure reshapes blocks,
    /// A word and a colon, taken as prose.
    KeywordAsProse "keyword-as-prose" Info structure,
    /// A keyword with a value that it does not take, or without the one it needs.
    KeywordValue "keyword-value" Error structure held always,
    /// `end:` that closes nothing, or an opening without one.
    UnmatchedEnd "unmatched-end" Error structure held always reshapes blocks,
    /// A part that is there twice, or in the wrong order.
    Parts "parts" Error structure held always,
    /// A part that documents of the type need and that is not there.
    MissingPart "missing-part" Error structure held in_final in draft warns,
    /// A paragraph, heading or list item without text.
    EmptyParagraph "empty-paragraph" Error structure held always,
    /// A typed number that is not the one that will be printed.
    Misnumbered "misnumbered" Error structure in draft warns,
    /// A marker at the start of a later line, taken as prose.
    MarkerAsProse "marker-as-prose" Info structure,
    /// A marker that can be two things.
    MarkerReading "marker-reading" Info structure,
    /// What may be a marker and may be words.
    MarkerUndecided "marker-undecided" Warning structure,
    /// Decimal numbers that are printed as they are typed.
    DecimalNumbers "decimal-numbers" Warning structure,
    /// The operative part was found by its first words.
    OperativeAssumed "operative-assumed" Info structure,
    /// Clauses that do not agree where the operative part begins.
    OperativeDoubtful "operative-doubtful" Warning structure,
    /// Deeper nesting than is allowed.
    TooDeep "too-deep" Error structure held always,
    /// A row with more cells than the table's first.
    TableShape "table-shape" Error structure held always,

    // Inside text.
    /// A brace that is not closed in its block.
    UnclosedBrace "unclosed-brace" Error structure held always,
    /// A bracket that is not closed in its block.
    UnclosedBracket "unclosed-bracket" Error structure held always,
    /// A closing brace or bracket without an opening one.
    StrayClosing "stray-closing" Error structure held always reshapes blocks,
    /// A brace that says nothing the compiler knows.
    UnknownBrace "unknown-brace" Error structure held always,
    /// An asterisk that is no emphasis.
    StrayAsterisk "stray-asterisk" Warning style,
    /// A backslash before a sign that needs none.
    StrayBackslash "stray-backslash" Info style,

    /// One mark for two notes.
    NoteMark "note-mark" Warning structure,
    /// A reference to the number of a table, which bears none.
    TableNumber "table-number" Warning structure,
    /// A delegation that nobody knows by this name.
    UnknownDelegation "unknown-delegation" Warning structure,

    // Templates.
    /// A name that nothing has.
    UnknownName "unknown-name" Error structure held always,
    /// A filter that there is not, or that does not take the value.
    UnknownFilter "unknown-filter" Error structure held always,
    /// A value that may be absent, printed without being asked for.
    UntestedOptional "untested-optional" Error structure held always,
    /// A label that would name many paragraphs.
    LoopLabel "loop-label" Error structure held always,
    /// A block that the template does not have, or text that has no place in it.
    UnknownBlock "unknown-block" Error structure held always,
    /// A template or an included text that contains itself.
    TemplateCycle "template-cycle" Error structure held always,
    /// An included file that cannot be had.
    IncludedFile "included-file" Error structure held always,
    /// More steps, depth or text than templates may make.
    LimitReached "limit-reached" Error structure held always,
    /// A parameter that no text uses.
    UnusedParameter "unused-parameter" Warning structure,
    /// A file of data that cannot be read as such.
    DataSyntax "data-syntax" Error structure held always,
    /// A member of a volume that cannot be taken, or that stands elsewhere.
    VolumeMember "volume-member" Error structure held always,
    /// A decision of a journal that is not appended, or an appended one that no `decision:` names.
    Appended "appended" Warning structure,

    // Labels.
    /// A label or a footnote where none can stand.
    Misplaced "misplaced" Error structure held always,
    /// One name for two things.
    DuplicateLabel "duplicate-label" Error structure held always,
    /// A reference to a name that nothing has.
    DanglingLabel "dangling-label" Error references held in_final in draft warns,

    // References of a text to itself, typed by hand.
    /// A paragraph, section or annex of the text itself that it does not have.
    OwnReference "own-reference" Error references in draft warns,
    /// “above” of what stands below, or “below” of what stands above.
    OwnDirection "own-direction" Warning references,
    /// A number of the text itself that no label keeps right.
    TypedReference "typed-reference" Info structure,

    // What a final text may not have.
    /// Text in square brackets.
    OpenBracket "open-bracket" Error structure held in_final in draft warns,
    /// A gap to be filled.
    Placeholder "placeholder" Error structure held in_final in draft warns,

    // What a paste brings.
    /// `©` for `(c)`.
    PastedCopyright "pasted-copyright" Error structure reshapes blocks,
    /// The head of a page.
    PastedPageHead "pasted-page-head" Error structure reshapes blocks,
    /// A footnote from the foot of a page.
    PastedNote "pasted-note" Error structure reshapes blocks,
    /// A numbered heading typed by hand.
    PastedSection "pasted-section" Error structure reshapes blocks,
    /// A letterhead in the body.
    PastedLetterhead "pasted-letterhead" Error structure reshapes blocks,
    /// A line that looks like the heading of a part, and is no keyword.
    PastedHeading "pasted-heading" Warning structure reshapes blocks,
    /// A number or letter in a form that is no marker.
    OddMarker "odd-marker" Warning structure reshapes blocks,
    /// Signs of Markdown, which would be printed.
    Markdown "markdown" Warning structure reshapes blocks,
    /// Paragraphs without blank lines between them.
    PastedLines "pasted-lines" Warning structure reshapes blocks,
    /// The title as a paragraph of the text.
    PastedTitle "pasted-title" Warning structure reshapes blocks,
    /// A sentence that a blank line divides.
    BrokenParagraph "broken-paragraph" Warning structure reshapes blocks,
    /// A text in another language than the header says.
    TextLanguage "text-language" Warning structure reshapes blocks,

    // Signs and words.
    /// A character that the fonts do not have.
    MissingGlyph "missing-glyph" Error style held always,
    /// A mark that is printed beside its letter.
    LooseMark "loose-mark" Warning style,
    /// `"` for the quotation marks of the language.
    StraightQuote "straight-quote" Warning style,
    /// `'` for an apostrophe.
    StraightApostrophe "straight-apostrophe" Warning style,
    /// A space missing or too many beside a sign.
    Spacing "spacing" Warning style,
    /// Letters of two alphabets in one word.
    MixedLetters "mixed-letters" Warning style,
    /// A word that the house writes otherwise.
    HouseTerm "house-term" Warning style,

    // References.
    /// A corrected edition of what is cited exists.
    Corrected "corrected" Info references,
    /// What is cited was replaced.
    Superseded "superseded" Warning references,
    /// What is cited is no longer in force.
    Terminated "terminated" Warning references,
    /// What is cited was adopted after the text that cites it.
    NotYetAdopted "not-yet-adopted" Error references in draft warns,
    /// What is cited does not exist.
    Nonexistent "nonexistent" Error references in draft warns,
    /// The registry cannot say whether what is cited exists, or when.
    Unverified "unverified" Warning references,
    /// A number that is still open.
    Pending "pending" Error references,
    /// Nothing says which body's number it is.
    Ambiguous "ambiguous" Error references in draft warns,
    /// A symbol or number that is not written as such.
    Malformed "malformed" Error references,
    /// Words, symbol and registry say different things.
    Mismatch "mismatch" Error references,
    /// A paragraph that what is cited does not have.
    OutOfRange "out-of-range" Error references in draft warns,
    /// Words that look like a reference and were not read.
    Unread "unread" Warning references,
    /// A citation in braces for which there are no words.
    NoWords "no-words" Error references held always,
    /// A text that cites itself.
    SelfCitation "self-citation" Warning references,
    /// One instrument twice in one list.
    CitedTwice "cited-twice" Warning references,
    /// `allow:` that cannot be read.
    AllowForm "allow-form" Error references held always,
    /// `allow:` that allows nothing.
    AllowUnused "allow-unused" Warning references,

    // Registries of a project.
    /// `chancery.toml` says something that it cannot say.
    ProjectFile "project-file" Error structure held always,
    /// A file that is no registry.
    RegistrySyntax "registry-syntax" Error references held always,
    /// An entry that cannot be taken.
    RegistryEntry "registry-entry" Error references held always,
    /// An instrument that is entered twice.
    RegistryDuplicate "registry-duplicate" Error references held always,
    /// Instruments that replace each other in a circle.
    RegistryCycle "registry-cycle" Error references held always,
    /// A relation to what no registry has.
    RegistryRelation "registry-relation" Warning references,
    /// An entry that wins over the one that comes along.
    RegistryOverride "registry-override" Info references,

    // A text in several languages.
    /// A paragraph, heading, row or note that only one language has, or has elsewhere.
    VersionBlock "version-block" Error structure,
    /// Another instrument, or another place in one, than the original cites.
    VersionReference "version-reference" Error references,
    /// Another figure or day than the original has.
    VersionFigure "version-figure" Error structure,
    /// Brackets that are open in one language alone, or another delegation's.
    VersionBracket "version-bracket" Error structure,
    /// Another symbol or type than the original has.
    VersionSymbol "version-symbol" Error structure,
    /// Another meeting, day or agenda item than the original has.
    VersionHeader "version-header" Warning structure,
    /// Other labels, or references to others, than the original has.
    VersionLabel "version-label" Warning references,
    /// Another State or body than the original names.
    VersionName "version-name" Info structure,
    /// Languages of one text that cannot be compared.
    VersionFamily "version-family" Error structure,

    // The page.
    /// A word wider than the line.
    WideWord "wide-word" Warning style,
}

impl Code {
    /// When it can be found.
    pub fn stage(self) -> Stage {
        match self {
            Code::WideWord => Stage::Pages,
            Code::VersionBlock
            | Code::VersionReference
            | Code::VersionFigure
            | Code::VersionBracket
            | Code::VersionSymbol
            | Code::VersionHeader
            | Code::VersionLabel
            | Code::VersionName
            | Code::VersionFamily => Stage::Versions,
            _ => Stage::Text,
        }
    }

    /// The code of a name.
    pub fn named(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// What, why, example, cure; none if the data lacks it, which a test
    /// forbids.
    pub fn explanation(self) -> Option<Explanation> {
        super::explanation::of(self)
    }
}
