//! CSV: rows and cells, each with its place.

use std::ops::Range;

/// Spreadsheets divide by commas, semicolons or tabs.
pub fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |sign: char| first.matches(sign).count();
    if count('\t') > 0 {
        b'\t'
    } else if count(';') > count(',') {
        b';'
    } else {
        b','
    }
}

/// The bytes of each row that is not empty, without its line end; where the
/// text is none from there on, the byte.
pub fn rows(text: &str, delimiter: u8) -> impl Iterator<Item = Result<Range<usize>, usize>> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let at = |byte: u64| usize::try_from(byte).unwrap_or(text.len()).min(text.len());
        let start = at(reader.position().byte());
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return None,
            Err(_) => {
                ended = true;
                return Some(Err(start));
            }
        }
        let end = at(reader.position().byte());
        // Empty lines are passed over by the reader, but not by its position.
        let row = text.get(start..end)?;
        let start = start + row.len() - row.trim_start_matches(['\r', '\n']).len();
        let line = text.get(start..end)?.trim_end_matches(['\r', '\n']);
        Some(Ok(start..start + line.len()))
    })
}

/// The cells of a row: what they say, and where in it, their quotation marks
/// not counted.
pub fn cells_of(row: &str, delimiter: u8) -> impl Iterator<Item = (String, Range<usize>)> {
    places(row, delimiter).into_iter().map(|range| {
        let inside = &row[range.clone()];
        let quoted = range.start > 0 && row.as_bytes().get(range.start - 1) == Some(&b'"');
        // A quotation mark inside one is doubled.
        let text = if quoted { inside.replace("\"\"", "\"") } else { inside.to_owned() };
        (text, range)
    })
}

fn places(row: &str, delimiter: u8) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, byte) in row.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == delimiter && !quoted => {
                cells.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    cells.push(start..row.len());
    for cell in &mut cells {
        let inside = &row[cell.clone()];
        if inside.len() >= 2 && inside.starts_with('"') && inside.ends_with('"') {
            *cell = cell.start + 1..cell.end - 1;
        }
    }
    cells
}
