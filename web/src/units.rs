//! Bytes of a text as units of UTF-16, in which browsers count, and back.

use std::ops::Range;

/// How many bytes lie between two checkpoints.
const STRIDE: usize = 4096;

/// The places of a text.
pub struct Units<'t> {
    text: &'t str,
    /// How many units stand before each checkpoint.
    before: Vec<usize>,
}

impl<'t> Units<'t> {
    pub fn of(text: &'t str) -> Units<'t> {
        let mut count = 0;
        let mut before = Vec::with_capacity(text.len() / STRIDE + 1);
        for chunk in text.as_bytes().chunks(STRIDE) {
            before.push(count);
            count += chunk.iter().map(|byte| units_of(*byte)).sum::<usize>();
        }
        Units { text, before }
    }

    /// The unit at which a byte's character begins.
    pub fn unit(&self, byte: usize) -> usize {
        let byte = self.text.floor_char_boundary(byte.min(self.text.len()));
        let checkpoint = byte / STRIDE;
        let Some(before) = self.before.get(checkpoint) else {
            return self.before.last().copied().unwrap_or_default()
                + self.counted(self.before.len().saturating_sub(1), byte);
        };
        before + self.counted(checkpoint, byte)
    }

    fn counted(&self, checkpoint: usize, byte: usize) -> usize {
        let bytes = self.text.as_bytes().get(checkpoint * STRIDE..byte).unwrap_or_default();
        bytes.iter().map(|byte| units_of(*byte)).sum()
    }

    /// The byte at which the character of a unit begins; the end where there is none.
    pub fn byte(&self, unit: usize) -> usize {
        let checkpoint = self.before.partition_point(|before| *before <= unit).saturating_sub(1);
        let mut count = self.before.get(checkpoint).copied().unwrap_or_default();
        let start = checkpoint * STRIDE;
        let bytes = self.text.as_bytes().get(start..).unwrap_or_default();
        for (at, byte) in bytes.iter().enumerate() {
            if count >= unit && self.text.is_char_boundary(start + at) {
                return start + at;
            }
            count += units_of(*byte);
        }
        self.text.len()
    }

    pub fn units(&self, range: &Range<usize>) -> (usize, usize) {
        (self.unit(range.start), self.unit(range.end))
    }

    pub fn bytes(&self, from: usize, to: usize) -> Range<usize> {
        let (from, to) = (self.byte(from), self.byte(to));
        from.min(to)..from.max(to)
    }
}

/// The first byte of a character stands for all of it: two units where it has four bytes.
fn units_of(byte: u8) -> usize {
    match byte {
        0x80..=0xBF => 0,
        0xF0.. => 2,
        _ => 1,
    }
}
