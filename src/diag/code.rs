//! The faults that can be found, each by its name.

use super::{Explanation, Severity};

macro_rules! in_draft {
    () => {
        false
    };
    (warns) => {
        true
    };
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $name:literal $severity:ident $(in draft $draft:ident)?,)*) => {
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

            /// Whether a draft may still have it: there it is a warning.
            pub fn allowed_in_draft(self) -> bool {
                match self { $(Code::$code => in_draft!($($draft)?),)* }
            }
        }
    };
}

codes! {
    // The file.
    /// Bytes that are no UTF-8.
    NotUtf8 "not-utf8" Error,
    /// Nothing in the file.
    EmptyFile "empty-file" Error,
    /// More bytes, or more pieces, than a file may have.
    TooLarge "too-large" Error,
    /// A sign that no text has: NUL and its like.
    ControlCharacter "control-character" Error,

    // The header.
    /// No header, or none that ends.
    NoHeader "no-header" Error,
    /// A line of the header without a key.
    HeaderLine "header-line" Error,
    /// A key that the type of document does not have.
    UnknownKey "unknown-key" Error,
    /// A key in capitals.
    KeyCase "key-case" Error,
    /// A key given twice.
    DuplicateKey "duplicate-key" Error,
    /// A key that must be given.
    MissingKey "missing-key" Error,
    /// A value that is not of its key's type.
    WrongType "wrong-type" Error,
    /// A type of document that nobody has described.
    UnknownTemplate "unknown-template" Error,
    /// A line of a template that declares nothing.
    TemplateLine "template-line" Error,

    // The symbol.
    /// A symbol of another series than the type of document has.
    SymbolSeries "symbol-series" Error,
    /// The year of the symbol is not that of the adoption.
    SymbolYear "symbol-year" Error,
    /// Look-alike letters, odd dashes or blanks in a symbol.
    SymbolDamage "symbol-damage" Error,

    // Keywords and blocks.
    /// A word that is nearly a keyword.
    UnknownKeyword "unknown-keyword" Error,
    /// A keyword in capitals.
    KeywordCase "keyword-case" Error,
    /// A word and a colon, taken as prose.
    KeywordAsProse "keyword-as-prose" Info,
    /// A keyword with a value that it does not take, or without the one it needs.
    KeywordValue "keyword-value" Error,
    /// `end:` that closes nothing, or an opening without one.
    UnmatchedEnd "unmatched-end" Error,
    /// A part that is there twice, in the wrong order, or missing.
    Parts "parts" Error,
    /// A paragraph, heading or list item without text.
    EmptyParagraph "empty-paragraph" Error,
    /// A typed number that is not the one that will be printed.
    Misnumbered "misnumbered" Warning,
    /// A marker at the start of a later line, taken as prose.
    MarkerAsProse "marker-as-prose" Info,
    /// A marker that can be two things.
    MarkerReading "marker-reading" Info,
    /// The operative part was found by its first words.
    OperativeAssumed "operative-assumed" Info,
    /// Deeper nesting than is allowed.
    TooDeep "too-deep" Error,
    /// A row with more cells than the table's first.
    TableShape "table-shape" Error,

    // Inside text.
    /// A brace that is not closed in its block.
    UnclosedBrace "unclosed-brace" Error,
    /// A bracket that is not closed in its block.
    UnclosedBracket "unclosed-bracket" Error,
    /// A closing brace or bracket without an opening one.
    StrayClosing "stray-closing" Error,
    /// A brace that says nothing the compiler knows.
    UnknownBrace "unknown-brace" Error,
    /// An asterisk that is no emphasis.
    StrayAsterisk "stray-asterisk" Warning,
    /// A backslash before a sign that needs none.
    StrayBackslash "stray-backslash" Info,

    // Templates.
    /// A name that nothing has.
    UnknownName "unknown-name" Error,
    /// A filter that there is not, or that does not take the value.
    UnknownFilter "unknown-filter" Error,
    /// A value that may be absent, printed without being asked for.
    UntestedOptional "untested-optional" Error,
    /// A label that would name many paragraphs.
    LoopLabel "loop-label" Error,
    /// A block that the template does not have, or text that has no place in it.
    UnknownBlock "unknown-block" Error,
    /// A template or an included text that contains itself.
    TemplateCycle "template-cycle" Error,
    /// An included file that cannot be had.
    IncludedFile "included-file" Error,
    /// More steps, depth or text than templates may make.
    LimitReached "limit-reached" Error,
    /// A parameter that no text uses.
    UnusedParameter "unused-parameter" Warning,
    /// A file of data that cannot be read as such.
    DataSyntax "data-syntax" Error,
    /// A member of a volume that cannot be taken, or that stands elsewhere.
    VolumeMember "volume-member" Error,

    // Labels.
    /// A label or a footnote where none can stand.
    Misplaced "misplaced" Error,
    /// One name for two things.
    DuplicateLabel "duplicate-label" Error,
    /// A reference to a name that nothing has.
    DanglingLabel "dangling-label" Error in draft warns,

    // What a final text may not have.
    /// Text in square brackets.
    OpenBracket "open-bracket" Error in draft warns,
    /// A gap to be filled.
    Placeholder "placeholder" Error in draft warns,

    // What a paste brings.
    /// `©` for `(c)`.
    PastedCopyright "pasted-copyright" Error,
    /// The head of a page.
    PastedPageHead "pasted-page-head" Error,
    /// A footnote from the foot of a page.
    PastedNote "pasted-note" Error,
    /// A numbered heading typed by hand.
    PastedSection "pasted-section" Error,
    /// A letterhead in the body.
    PastedLetterhead "pasted-letterhead" Error,
    /// A line that looks like the heading of a part, and is no keyword.
    PastedHeading "pasted-heading" Warning,
    /// A number or letter in a form that is no marker.
    OddMarker "odd-marker" Warning,
    /// Signs of Markdown, which would be printed.
    Markdown "markdown" Warning,
    /// Paragraphs without blank lines between them.
    PastedLines "pasted-lines" Warning,
    /// The title as a paragraph of the text.
    PastedTitle "pasted-title" Warning,
    /// A sentence that a blank line divides.
    BrokenParagraph "broken-paragraph" Warning,
    /// A text in another language than the header says.
    TextLanguage "text-language" Warning,

    // Signs and words.
    /// A character that the fonts do not have.
    MissingGlyph "missing-glyph" Error,
    /// `"` for the quotation marks of the language.
    StraightQuote "straight-quote" Warning,
    /// `'` for an apostrophe.
    StraightApostrophe "straight-apostrophe" Warning,
    /// A space missing or too many beside a sign.
    Spacing "spacing" Warning,
    /// A word that the house writes otherwise.
    HouseTerm "house-term" Warning,

    // References.
    /// A corrected edition of what is cited exists.
    Corrected "corrected" Info,
    /// What is cited was replaced.
    Superseded "superseded" Warning,
    /// What is cited is no longer in force.
    Terminated "terminated" Warning,
    /// What is cited was adopted after the text that cites it.
    NotYetAdopted "not-yet-adopted" Error in draft warns,
    /// What is cited does not exist.
    Nonexistent "nonexistent" Error in draft warns,
    /// The registry cannot say whether what is cited exists, or when.
    Unverified "unverified" Warning,
    /// A number that is still open.
    Pending "pending" Error,
    /// Nothing says which body's number it is.
    Ambiguous "ambiguous" Error in draft warns,
    /// A symbol or number that is not written as such.
    Malformed "malformed" Error,
    /// Words, symbol and registry say different things.
    Mismatch "mismatch" Error,
    /// A paragraph that what is cited does not have.
    OutOfRange "out-of-range" Error in draft warns,
    /// A citation in braces for which there are no words.
    NoWords "no-words" Error,
    /// A text that cites itself.
    SelfCitation "self-citation" Warning,
    /// One instrument twice in one list.
    CitedTwice "cited-twice" Warning,
    /// `allow:` that cannot be read.
    AllowForm "allow-form" Error,
    /// `allow:` that allows nothing.
    AllowUnused "allow-unused" Warning,

    // Registries of a project.
    /// `chancery.toml` says something that it cannot say.
    ProjectFile "project-file" Error,
    /// A file that is no registry.
    RegistrySyntax "registry-syntax" Error,
    /// An entry that cannot be taken.
    RegistryEntry "registry-entry" Error,
    /// An instrument that is entered twice.
    RegistryDuplicate "registry-duplicate" Error,
    /// Instruments that replace each other in a circle.
    RegistryCycle "registry-cycle" Error,
    /// A relation to what no registry has.
    RegistryRelation "registry-relation" Warning,
    /// An entry that wins over the one that comes along.
    RegistryOverride "registry-override" Info,

    // The page.
    /// A word wider than the line.
    WideWord "wide-word" Warning,
}

impl Code {
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
