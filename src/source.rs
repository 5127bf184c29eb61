//! Source texts, places in them, and the one table that turns bytes into
//! lines and columns.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Which of the read files a place is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// By which includes, templates and loops a place came into a document: a
/// number that [`Sources::led_by`] gave, 0 where the file was read by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chain(u32);

/// A stretch of a source text: bytes `start..end` of one file, on character
/// boundaries, and the chain that led there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// What led there.
    pub chain: Chain,
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Span { file, start: number(range.start), end: number(range.end), chain: Chain::default() }
    }

    /// The same bytes, reached by a chain.
    pub fn by(self, chain: Chain) -> Span {
        Span { chain, ..self }
    }

    /// File and bytes, whatever led there.
    pub fn bytes(self) -> (FileId, u32, u32) {
        (self.file, self.start, self.end)
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of `self` to the end of `other`, in one file.
    pub fn to(self, other: Span) -> Span {
        Span { end: other.end.max(self.start), ..self }
    }

    /// The empty place where this one starts.
    pub fn head(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty place where this one ends.
    pub fn tail(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// Whether another place lies within this one.
    pub fn contains(self, other: Span) -> bool {
        let same = (self.file, self.chain) == (other.file, other.chain);
        same && self.start <= other.start && other.end <= self.end
    }

    /// A part of this place, by offsets from its start.
    pub fn part(self, range: Range<usize>) -> Span {
        let at = self.start as usize;
        Span::new(self.file, at + range.start..at + range.end).by(self.chain)
    }
}

/// Line and column, both counted from 1; a column is a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// How many bytes lie between two checkpoints of the column table.
const STRIDE: usize = 4096;

/// A text and where it came from.
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: String,
    lines: Vec<u32>,
    /// How many characters precede the byte `i * STRIDE` (a character that
    /// lies across it counted), so that the column in a line of many
    /// megabytes is found without reading the line.
    characters: Vec<u32>,
}

impl Source {
    /// Takes over a text; `name` is what messages call it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let mut lines = vec![0];
        for (at, &byte) in bytes.iter().enumerate() {
            let lone_return = byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
            if byte == b'\n' || lone_return {
                lines.push(Span::new(FileId(0), at + 1..at + 1).start);
            }
        }
        let mut count = 0u32;
        let characters = bytes
            .chunks(STRIDE)
            .map(|chunk| {
                let before = count;
                count += starts(chunk);
                before
            })
            .collect();
        Source { name: name.into(), text, lines, characters }
    }

    /// What messages call the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text at a place; empty where the place is not one of this text's.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// How many lines the text has.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// Line and column of a byte.
    pub fn location(&self, byte: usize) -> Location {
        let byte = byte.min(self.text.len());
        let line = self.lines.partition_point(|&start| start as usize <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0) as usize;
        Location { line, column: self.characters_before(byte) - self.characters_before(start) + 1 }
    }

    /// The bytes of line `line` (from 1) without its end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0) as usize;
        let end = self.lines.get(line).map_or(self.text.len(), |&next| next as usize);
        let trimmed = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        start..start + trimmed.len()
    }

    fn characters_before(&self, byte: usize) -> usize {
        let checkpoint = byte / STRIDE;
        let Some(&before) = self.characters.get(checkpoint) else {
            return self.characters.last().copied().unwrap_or(0) as usize
                + starts(
                    self.text
                        .as_bytes()
                        .get((self.characters.len().saturating_sub(1)) * STRIDE..byte)
                        .unwrap_or_default(),
                ) as usize;
        };
        let since = self.text.as_bytes().get(checkpoint * STRIDE..byte).unwrap_or_default();
        (before + starts(since)) as usize
    }
}

/// A byte or a number of a file, which limits keep far below 4 GB.
fn number(at: usize) -> u32 {
    let number = u32::try_from(at);
    debug_assert!(number.is_ok(), "{at} is beyond every limit");
    number.unwrap_or(u32::MAX)
}

/// How many characters start in these bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0xC0 != 0x80)).sum()
}

/// A step of a chain: what brought a text in, and where that was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The line that did it; its own chain is what led there.
    pub at: Span,
    /// What it did, as a label at that place: “included here”.
    pub what: Cow<'static, str>,
}

/// All files that one compilation has read, in the order of reading, and how
/// their texts came together.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Arc<Source>>,
    steps: Vec<Step>,
    /// How many of them every text of a project begins with: a place for its own, and
    /// the project's.
    of_project: usize,
}

impl Sources {
    /// Keeps a source; its number is in every place that points into it.
    pub fn add(&mut self, source: impl Into<Arc<Source>>) -> FileId {
        self.files.push(source.into());
        FileId(number(self.files.len() - 1))
    }

    /// What was read until now is the project's, and the same for all its texts; the first
    /// place is that of the text itself.
    pub(crate) fn are_of_project(&mut self) {
        self.of_project = self.files.len();
    }

    /// Whether a place lies in a file of the project: what is found there is found of each
    /// of its texts.
    pub fn is_of_project(&self, place: Span) -> bool {
        (1..self.of_project).contains(&(place.file.0 as usize))
    }

    /// Puts another source in the place of the one with this number.
    pub fn replace(&mut self, file: FileId, source: impl Into<Arc<Source>>) {
        if let Some(kept) = self.files.get_mut(file.0 as usize) {
            *kept = source.into();
        }
    }

    /// A new chain: `what` happened at a place, and led to others.
    pub fn led_by(&mut self, at: Span, what: impl Into<Cow<'static, str>>) -> Chain {
        self.steps.push(Step { at, what: what.into() });
        Chain(number(self.steps.len()))
    }

    /// The steps that led to a place, the last one first.
    pub fn steps(&self, place: Span) -> impl Iterator<Item = &Step> {
        let step = |chain: Chain| self.steps.get((chain.0 as usize).checked_sub(1)?);
        // A step is older than what it led to, so that this ends.
        std::iter::successors(step(place.chain), move |before| step(before.at.chain))
    }

    /// The source of a number that [`Sources::add`] gave.
    pub fn get(&self, file: FileId) -> Option<&Source> {
        self.files.get(file.0 as usize).map(Arc::as_ref)
    }

    /// The same, to be kept with others.
    pub fn shared(&self, file: FileId) -> Option<Arc<Source>> {
        self.files.get(file.0 as usize).cloned()
    }

    /// The text at a place.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).map_or("", |source| source.slice(span))
    }

    /// All sources with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0u32..).map(FileId).zip(self.files.iter().map(Arc::as_ref))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_through_cyrillic_and_combining_marks() {
        let source = Source::new("a", "Совет\ne\u{301}té: ø");
        assert_eq!(source.location("Сов".len()), Location { line: 1, column: 4 });
        let at = "Совет\ne\u{301}té".len();
        assert_eq!(source.location(at), Location { line: 2, column: 5 });
        assert_eq!(source.location(9999), Location { line: 2, column: 8 });
    }

    #[test]
    fn columns_far_into_a_long_line_come_from_checkpoints() {
        let text = "ж".repeat(10 * STRIDE);
        let source = Source::new("a", text);
        assert_eq!(source.location(2 * 7 * STRIDE + 6).column, 7 * STRIDE + 4);
    }

    #[test]
    fn a_carriage_return_ends_a_line_once() {
        let source = Source::new("a", "a\r\nb\rc\n");
        assert_eq!(source.line_count(), 4);
        assert_eq!(source.line_range(1), 0..1);
        assert_eq!(source.location(3), Location { line: 2, column: 1 });
        assert_eq!(source.location(5), Location { line: 3, column: 1 });
    }
}
