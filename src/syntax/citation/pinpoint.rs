//! Pinpoints, as they are written and in one spelling.

use std::ops::Range;

use chancery_citation::{Piece, Token};

/// The pinpoint in one spelling: `5(a)`, `3,4`, `3-5`.
pub(super) fn pinned(text: &str, pieces: &[Piece], place: &Range<usize>) -> String {
    let inside = |piece: &&Piece| piece.range.start >= place.start && piece.range.end <= place.end;
    let mut pins = String::new();
    let mut range_end = 0;
    let mut in_section = false;
    let mut last = String::new();
    for piece in pieces.iter().filter(inside) {
        let words = &text[piece.range.clone()];
        match piece.token {
            Token::PinRange => range_end = piece.range.end,
            Token::SectionWord | Token::ChapterWord => in_section = true,
            Token::Pin => {
                let pin = one_pin(words);
                if !pins.is_empty() {
                    pins.push_str(match () {
                        () if in_section && piece.range.start >= range_end => ".",
                        () if piece.range.end <= range_end && piece.range.start > first_of(pieces, piece) => "-",
                        () => ",",
                    });
                    in_section = false;
                }
                last = pin.split('(').next().unwrap_or_default().to_owned();
                pins.push_str(&pin);
            }
            // “40(a) and (b)”
            Token::MoreSub => pins.push_str(&format!(",{last}{}", one_pin(words))),
            _ => {}
        }
    }
    if let Some(sub) = pieces.iter().filter(inside).find(|piece| piece.token == Token::Sub) {
        pins.push_str(&one_pin(&text[sub.range.clone()]));
    }
    pins
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

/// `IV.1 A) 6` is `IV.1(A)6`, `5 a)` is `5(a)`.
fn one_pin(text: &str) -> String {
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
