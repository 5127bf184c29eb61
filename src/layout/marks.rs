//! Marks on letters: accents for which there is no letter in one piece.

use crate::fonts::{Face, Typeface};

/// How far a mark stands from the letter, in em: as the circumflex from the x.
const GAP: f64 = 0.075;

/// So many marks stand above each other at the most: more would leave the line.
const MOST: u32 = 3;

/// Where a mark is drawn, in em, from where the letter before it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shift {
    pub x: f64,
    pub y: f64,
}

/// The letter that is being set, with the marks that it has.
#[derive(Clone, Copy, Default)]
pub(super) struct Seat {
    /// The middle of the letter, and how far it reaches with its marks.
    of_letter: Option<(f64, f64, f64)>,
    marks: u32,
}

impl Seat {
    /// A sign that is no mark.
    pub fn of(typeface: &Typeface, face: Face, letter: char) -> Seat {
        let outline = letter.is_alphanumeric().then(|| typeface.font(face).outline(letter)).flatten();
        Seat { of_letter: outline.map(|o| (f64::midpoint(o.left, o.right), o.bottom, o.top)), marks: 0 }
    }

    /// Where a mark is drawn, above what stands on the letter already or below it; none
    /// where the face has no mark of that kind, or there is no letter.
    pub fn place(&mut self, typeface: &Typeface, face: Face, mark: char) -> Option<Shift> {
        let mark = typeface.font(face).mark(mark)?;
        self.marks = self.marks.saturating_add(1);
        let goes_on = self.marks <= MOST;
        let (middle, bottom, top) = self.of_letter.as_mut()?;
        let x = *middle - f64::midpoint(mark.left, mark.right);
        let (height, is_above) = (mark.top - mark.bottom, mark.bottom > 0.25);
        let y = if is_above {
            let y = *top + GAP - mark.bottom;
            *top += if goes_on { GAP + height } else { 0.0 };
            y
        } else if mark.top < 0.05 {
            let y = bottom.min(0.0);
            *bottom = if goes_on { mark.bottom + y } else { *bottom };
            y
        } else {
            // It goes through the letter.
            0.0
        };
        Some(Shift { x, y })
    }
}

/// Whether a mark can be set on a letter in every face.
pub(crate) fn can_be_set(typeface: &Typeface, letter: char, mark: char) -> bool {
    Face::ALL.iter().all(|face| Seat::of(typeface, *face, letter).place(typeface, *face, mark).is_some())
}
