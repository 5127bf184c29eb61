//! Pinpoints, as they are written and in one spelling.

use std::ops::Range;

use super::grammar::{Piece, Token};

/// The pinpoint in one spelling: `5(a)`, `3,4`, `3-5`.
pub(super) fn pinned(text: &str, pieces: &[Piece], place: &Range<usize>) -> String {
    let inside = |piece: &&Piece| piece.range.start >= place.start && piece.range.end <= place.end;
    let pins = pieces.iter().filter(inside).filter(|p| p.token == Token::Pin).map(|p| one_pin(&text[p.range.clone()]));
    let is_range = pieces.iter().filter(inside).any(|piece| piece.token == Token::PinRange);
    let mut pins = pins.collect::<Vec<_>>().join(if is_range { "-" } else { "," });
    if let Some(sub) = pieces.iter().filter(inside).find(|piece| piece.token == Token::Sub) {
        pins.push_str(&one_pin(&text[sub.range.clone()]));
    }
    pins
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
