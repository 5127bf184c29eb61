//! The content of a page as bytes.

use std::cell::RefCell;

use flate2::{Compress, Compression, FlushCompress, Status};

use super::fonts::{GlyphBook, resource_name};
use crate::layout::style::Style;
use crate::layout::{Bar, Page, Run};

/// The operators of a page: bars, then each run of text at its place.
pub(super) fn page(page: &Page, style: &Style, glyphs: &mut GlyphBook) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 << 10);
    out.extend(b"0 g\n");
    for bar in &page.bars {
        let Bar { x, y, width, height } = *bar;
        numbers(&mut out, &[x, style.page.height - y - height, width, height], "re f\n");
    }
    for line in &page.lines {
        out.extend(b"BT\n");
        for run in &line.runs {
            text(&mut out, run, style.page.height - line.baseline + run.rise, glyphs);
        }
        out.extend(b"ET\n");
    }
    out
}

/// A run; the rise is in its place, so that nothing of it outlives the run.
fn text(out: &mut Vec<u8>, run: &Run, y: f64, glyphs: &mut GlyphBook) {
    out.extend(format!("/{} ", resource_name(run.face)).bytes());
    numbers(out, &[run.size], "Tf\n");
    numbers(out, &[1.0, 0.0, 0.0, 1.0, run.x, y], "Tm\n[(");
    // Widths in a PDF are whole thousandths: what is lost is made up for, so
    // that a line never drifts.
    let (mut exact, mut pen) = (0.0, 0.0);
    for c in run.text.chars() {
        let shift = f64::round(pen - exact);
        if shift != 0.0 {
            out.push(b')');
            out.extend(format!("{shift}").bytes());
            out.push(b'(');
            pen -= shift;
        }
        let Some(glyph) = glyphs.glyph(run.face, c) else { continue };
        glyph.id.to_be_bytes().into_iter().for_each(|byte| string_byte(out, byte));
        exact += glyph.exact;
        pen += f64::from(glyph.width);
    }
    out.extend(b")] TJ\n");
}

/// A byte of a string in parentheses; a bare carriage return would be read as
/// a line feed.
fn string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'\r' => out.extend(b"\\r"),
        b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
        _ => out.push(byte),
    }
}

/// Numbers with three decimals at the most, then an operator.
fn numbers(out: &mut Vec<u8>, values: &[f64], operator: &str) {
    for value in values {
        let rounded = (value * 1000.0).round() / 1000.0;
        // No `-0`.
        out.extend(format!("{} ", rounded + 0.0).bytes());
    }
    out.extend(operator.bytes());
}

/// How much is tried to make streams small: beyond that a tenth less of a file
/// costs as much time again.
const LEVEL: u32 = 4;

thread_local! {
    /// Setting up a compressor costs as much as compressing a page.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(Compress::new(Compression::new(LEVEL), true));
}

/// Deflated. A stream that ends in a carriage return makes strict readers see
/// a line end before `endstream`, so then one blank more is deflated.
pub(super) fn compressed(content: &[u8]) -> std::io::Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|compressor| {
        let mut padded = std::borrow::Cow::Borrowed(content);
        loop {
            compressor.reset();
            let mut bytes = Vec::with_capacity(padded.len() / 2 + 64);
            loop {
                let read = usize::try_from(compressor.total_in()).unwrap_or(usize::MAX).min(padded.len());
                let status = compressor
                    .compress_vec(&padded[read..], &mut bytes, FlushCompress::Finish)
                    .map_err(std::io::Error::other)?;
                if status == Status::StreamEnd {
                    break;
                }
                bytes.reserve(bytes.len().max(4096));
            }
            if bytes.last() != Some(&b'\r') {
                return Ok(bytes);
            }
            padded.to_mut().push(b' ');
        }
    })
}
