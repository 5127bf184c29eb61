//! Bytes of a text as lines and columns of the protocol, and back.

use std::ops::Range;

use lsp_types::Position;
use serde_json::{Value, json};

/// How many bytes lie between two checkpoints.
const STRIDE: usize = 4096;

/// In what columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// What every editor understands.
    #[default]
    Utf16,
}

/// The lines of a text.
pub(super) struct Positions<'t> {
    text: &'t str,
    encoding: Encoding,
    starts: Vec<usize>,
    /// How many units stand before each checkpoint.
    units: Vec<usize>,
}

impl<'t> Positions<'t> {
    pub fn of(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || byte == b'\r' && bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        let mut count = 0;
        let units = bytes.chunks(STRIDE).map(|chunk| {
            let before = count;
            count += units_of(chunk, encoding);
            before
        });
        let units = units.collect();
        Positions { text, encoding, starts, units }
    }

    /// The byte of a position; one outside of the text is the nearest that is in it.
    pub fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(&start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let column = position.character as usize;
        if self.encoding == Encoding::Utf8 {
            return start + content.floor_char_boundary(column.min(content.len()));
        }
        let mut units = 0;
        for (at, c) in content.char_indices() {
            if units >= column {
                return start + at;
            }
            units += c.len_utf16();
        }
        start + content.len()
    }

    pub fn range(&self, range: lsp_types::Range) -> Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..start.max(end)
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        (line, self.units_before(offset) - self.units_before(start))
    }

    /// A range as the protocol has it.
    pub fn shown(&self, range: &Range<usize>) -> Value {
        let ((line, column), (end_line, end_column)) = (self.position(range.start), self.position(range.end));
        json!({
            "start": { "line": line, "character": column },
            "end": { "line": end_line, "character": end_column },
        })
    }

    /// The bytes of the lines that a range goes over, each without its end.
    pub fn by_line(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let (first, _) = self.position(range.start);
        let (last, _) = self.position(range.end);
        let line = |line: usize| {
            let start = self.starts.get(line).copied().unwrap_or_default();
            let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
            let content = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
            range.start.max(start)..range.end.min(start + content.len())
        };
        (first..=last).map(line).filter(|part| part.start < part.end).collect()
    }

    fn units_before(&self, offset: usize) -> usize {
        if self.encoding == Encoding::Utf8 {
            return offset;
        }
        let checkpoint = offset / STRIDE;
        let (before, from) = match self.units.get(checkpoint) {
            Some(before) => (*before, checkpoint * STRIDE),
            None => match self.units.last() {
                Some(last) => (*last, (self.units.len() - 1) * STRIDE),
                None => (0, 0),
            },
        };
        before + units_of(self.text.as_bytes().get(from..offset).unwrap_or_default(), self.encoding)
    }
}

/// How many units begin in these bytes.
fn units_of(bytes: &[u8], encoding: Encoding) -> usize {
    let unit = |byte: u8| match (encoding, byte) {
        (Encoding::Utf8, _) => 1,
        (Encoding::Utf16, byte) if byte & 0xC0 == 0x80 => 0,
        // A letter of four bytes is a pair.
        (Encoding::Utf16, byte) if byte >= 0xF0 => 2,
        (Encoding::Utf16, _) => 1,
    };
    bytes.iter().map(|byte| unit(*byte)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_those_of_the_encoding_and_lead_back() {
        let text = "Совет\r\n𝄞 é\rend";
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let positions = Positions::of(text, encoding);
            for (at, _) in text.char_indices().filter(|(_, c)| !"\r\n".contains(*c)) {
                let (line, column) = positions.position(at);
                let back = Position { line: line as u32, character: column as u32 };
                assert_eq!(positions.offset(back), at, "{encoding:?} {at}");
            }
        }
        let positions = Positions::of(text, Encoding::Utf16);
        assert_eq!(positions.position("Совет\r\n𝄞".len()), (1, 2));
        assert_eq!(positions.offset(Position { line: 9, character: 9 }), text.len());
        assert_eq!(positions.offset(Position { line: 0, character: 99 }), "Совет".len());
    }
}
