//! What a grammar of references is made into: steps that a machine takes. The build
//! script writes them, the machine reads them.

/// The rules for references in the order in which they are asked, and whether each has a number in it, or a place
/// for one.
pub const ALTERNATIVES: [(&str, bool); 5] =
    [("pinned", true), ("symbols", true), ("phrase", true), ("own", false), ("this_text", false)];

/// What the grammars tell apart; rules that only help have no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    Pinned,
    Pinpoint,
    PinRange,
    Pin,
    Sub,
    Phrase,
    Body,
    Adjective,
    Kind,
    Compound,
    Meeting,
    City,
    Ordinal,
    Sign,
    NumberRange,
    Yearly,
    BracketedYear,
    Bare,
    BareInList,
    Serial,
    Part,
    Four,
    Dated,
    Restated,
    Foreign,
    /// A body or organization that is none of ours, by its name.
    Another,
    /// Words beside a body of which nobody knows what they say.
    Qualifier,
    /// “UN”, “OSCE” before a kind or a body.
    BeforeBody,
    MoreSub,
    /// What a number is about, as far as whose it is.
    Told,
    Session,
    Letter,
    Special,
    Symbols,
    SymbolRange,
    UnSymbol,
    LooseSymbol,
    OrganLetters,
    TypeLetters,
    Figures,
    OpenFigures,
    RevisedAs,
    RevisedNumber,
    Distribution,
    Own,
    OwnPins,
    OwnSub,
    Within,
    ParagraphWord,
    SubWord,
    SectionWord,
    ChapterWord,
    AnnexWord,
    AttachmentWord,
    TableWord,
    FootnoteWord,
    ArticleWord,
    Above,
    Below,
    Operative,
    ThisText,
    ThisPart,
    ThatText,
    Owner,
}

impl Token {
    /// The token of a rule, if it has one: what several rules read in their ways may be one thing.
    pub fn of(rule: &str) -> Option<Token> {
        Some(match rule {
            "pinned" => Token::Pinned,
            "pinpoint" => Token::Pinpoint,
            "pin_range" => Token::PinRange,
            "pin" => Token::Pin,
            "sub" => Token::Sub,
            "phrase" => Token::Phrase,
            "body" => Token::Body,
            "adjective" => Token::Adjective,
            "kind" => Token::Kind,
            "compound" => Token::Compound,
            "meeting_in" => Token::Meeting,
            "city" => Token::City,
            "ordinal" => Token::Ordinal,
            "sign" => Token::Sign,
            "number_range" => Token::NumberRange,
            "yearly" => Token::Yearly,
            "bracketed_year" | "session_number" | "special_number" | "lettered" => Token::BracketedYear,
            "bare" => Token::Bare,
            "bare_in_list" => Token::BareInList,
            "serial" | "long_serial" => Token::Serial,
            "part" => Token::Part,
            "four" => Token::Four,
            "dated" | "dated_on" | "dated_in" | "dated_year" => Token::Dated,
            "other" => Token::Another,
            "qualifier" | "after_qualifier" => Token::Qualifier,
            "before_body" => Token::BeforeBody,
            "more_sub" => Token::MoreSub,
            "told_of" | "told_there" => Token::Told,
            "session" => Token::Session,
            "ga_letter" => Token::Letter,
            "special" => Token::Special,
            "restated" => Token::Restated,
            "foreign" => Token::Foreign,
            "symbols" => Token::Symbols,
            "symbol_range" => Token::SymbolRange,
            "un_symbol" => Token::UnSymbol,
            "loose_symbol" => Token::LooseSymbol,
            "organ_letters" => Token::OrganLetters,
            "type_letters" => Token::TypeLetters,
            "figures" => Token::Figures,
            "open_figures" => Token::OpenFigures,
            "revised_as" => Token::RevisedAs,
            "revised_number" => Token::RevisedNumber,
            "reading" => Token::Distribution,
            "own" => Token::Own,
            "own_pins" => Token::OwnPins,
            "own_sub" => Token::OwnSub,
            "within" => Token::Within,
            "part_range" => Token::PinRange,
            "part_pin" | "part_letter" => Token::Pin,
            "paragraph_word" => Token::ParagraphWord,
            "sub_word" => Token::SubWord,
            "section_word" => Token::SectionWord,
            "chapter_word" => Token::ChapterWord,
            "annex_word" => Token::AnnexWord,
            "attachment_word" => Token::AttachmentWord,
            "table_word" => Token::TableWord,
            "footnote_word" => Token::FootnoteWord,
            "article_word" => Token::ArticleWord,
            "above" => Token::Above,
            "below" => Token::Below,
            "operative" | "operative_part" => Token::Operative,
            "this_text" => Token::ThisText,
            "this_part" => Token::ThisPart,
            "that_text" | "thereof" => Token::ThatText,
            "owner" => Token::Owner,
            _ => return None,
        })
    }
}

/// A step, by its place among those of its program: as a rule of the grammar says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// Fits everywhere and takes nothing.
    Empty,
    /// Fits nowhere.
    Never,
    /// These bytes of the program’s letters.
    Letters { from: u32, length: u8 },
    /// The same, those of ASCII in either case.
    EitherCase { from: u32, length: u8 },
    /// One byte of a set.
    Byte { set: u16 },
    /// One character of a class.
    One(Class),
    /// These of the program’s lists, one behind the other.
    All { from: u32, count: u16 },
    /// The first of these that fits.
    First { from: u32, count: u16 },
    /// What the arms have for the next byte.
    Branch { from: u32, count: u16, otherwise: u32 },
    /// A step or nothing; it is tried where the next byte is one of a set.
    Maybe { step: u32, set: u16 },
    /// A step again and again; `most` of 255 has no bound.
    Times { step: u32, set: u16, least: u8, most: u8 },
    /// What must follow, and is not taken.
    Ahead { step: u32 },
    /// What must not follow.
    Not { step: u32 },
    /// What a step takes is a piece.
    Piece { token: Token, step: u32 },
    /// A reference may begin so: which of the alternatives, as bits.
    May(u8),
}

/// No bound.
pub const ENDLESS: u8 = u8::MAX;

/// A class of characters, as pest has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    AnyLetter,
    Capital,
    Small,
    Mark,
    Anything,
}

/// What to do where the next byte is between two: take it or not, and go on with a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Arm {
    pub first: u8,
    pub last: u8,
    pub takes: bool,
    pub step: u32,
}

/// Bytes, as bits. What no text has stands for its end.
pub type Set = [u64; 4];

/// Stands for the end of a text among its bytes: no text in UTF-8 has it.
pub const END: u8 = u8::MAX;
