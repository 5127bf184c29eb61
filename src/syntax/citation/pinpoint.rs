//! Pinpoints, as they are written and in one spelling.

use std::ops::Range;

use chancery_citation::{Piece, Token};

/// The pinpoint in one spelling: `5(a)`, `3,4`, `3-5`.
pub(super) fn pinned(text: &str, pieces: &[Piece], place: &Range<usize>) -> String {
    let inside = |piece: &&Piece| piece.range.start >= place.start && piece.range.end <= place.end;
    let mut pins = String::new();
    let mut range_end = 0;
    // “Section IV, paragraph 3”, and not “Sections IV and V”.
    let (mut in_section, mut goes_deeper) = (false, false);
    let mut last = String::new();
    for piece in pieces.iter().filter(inside) {
        let words = &text[piece.range.clone()];
        match piece.token {
            Token::PinRange => range_end = piece.range.end,
            Token::SectionWord | Token::ChapterWord => {
                goes_deeper = in_section;
                in_section = true;
            }
            Token::ParagraphWord | Token::SubWord => goes_deeper = in_section,
            Token::Pin => {
                let pin = one_pin(words);
                if !pins.is_empty() {
                    pins.push_str(match () {
                        () if goes_deeper && piece.range.start >= range_end => ".",
                        () if piece.range.end <= range_end && piece.range.start > first_of(pieces, piece) => "-",
                        () => ",",
                    });
                    (in_section, goes_deeper) = (false, false);
                }
                last = pin.split('(').next().unwrap_or_default().to_owned();
                pins.push_str(&pin);
            }
            // “40(a) and (b)”
            Token::MoreSub => pins.push_str(&format!(",{last}{}", one_pin(words))),
            _ => {}
        }
    }
    // “sub-paragraphs (a) and (b) of paragraph 40”
    for (at, sub) in pieces.iter().filter(inside).filter(|piece| piece.token == Token::Sub).enumerate() {
        let sub = one_pin(&text[sub.range.clone()]);
        pins.push_str(&if at == 0 { sub } else { format!(",{last}{sub}") });
    }
    pins
}

/// The pinpoints of one instrument, in one spelling: “paragraphs 3 and 5, and paragraph 40”.
pub(super) fn all_pinned(text: &str, pieces: &[Piece]) -> Option<String> {
    let places = pieces.iter().filter(|piece| piece.token == Token::Pinpoint);
    let all: Vec<String> = places.map(|place| pinned(text, pieces, &place.range)).collect();
    (!all.is_empty()).then(|| all.join(","))
}

/// Where the range around a pin begins.
fn first_of(pieces: &[Piece], pin: &Piece) -> usize {
    let around = |piece: &&Piece| {
        piece.token == Token::PinRange && piece.range.start <= pin.range.start && pin.range.end <= piece.range.end
    };
    let range = pieces.iter().find(around).map_or(0, |piece| piece.range.start);
    let first = pieces.iter().find(|piece| piece.token == Token::Pin && piece.range.start >= range);
    first.map_or(range, |piece| piece.range.start)
}

/// `IV.1 A) 6` is `IV.1(A)6`, `5 a)` is `5(a)`, `(40)` is `40`.
fn one_pin(text: &str) -> String {
    let text = figures_in_parentheses(text).unwrap_or(text);
    let mut pin = String::new();
    let signs: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut run = String::new();
    let mut open = false;
    for (at, sign) in signs.iter().enumerate() {
        match sign {
            '(' => {
                pin.push_str(&run);
                run.clear();
                open = true;
            }
            ')' if open => {
                pin.push_str(&format!("({run})"));
                run.clear();
                open = false;
            }
            ')' => {
                let figures = run.trim_end_matches(char::is_alphabetic);
                pin.push_str(&format!("{figures}({})", &run[figures.len()..]));
                run.clear();
            }
            c => run.push(*c),
        }
        let alone = signs.len() == 1 && at == 0 && sign.is_alphabetic() && !sign.is_uppercase();
        if alone {
            run = format!("({sign})");
        }
    }
    pin + &run
}

/// “paragraph (40)”
pub(super) fn figures_in_parentheses(pin: &str) -> Option<&str> {
    let figures = pin.trim().strip_prefix('(')?.strip_suffix(')')?.trim();
    figures.bytes().all(|byte| byte.is_ascii_digit()).then_some(figures)
}
