//! The content of a page as bytes.

use super::edition::{Edition, MARK, Press};
use super::fonts::{GlyphBook, resource_name};
use super::object::write_string_byte;
use crate::layout::style::Style;
use crate::layout::{Bar, ElementId, Page, Role, Run};

/// The operators of a page, and the elements of its marked contents in their
/// order: bars, then each run of text at its place, marked with what it belongs
/// to.
pub(super) fn page(page: &Page, style: &Style, edition: &Edition, glyphs: &mut GlyphBook) -> (Vec<u8>, Vec<ElementId>) {
    // The height of what is drawn: a turned page is as high as others are wide.
    let height = if page.turned { style.page.width } else { style.page.height };
    let mut out = Content { bytes: Vec::with_capacity(16 << 10), ..Content::default() };
    // Black of one ink, on every device.
    out.bytes.extend(b"0 g\n");
    let around = edition.around();
    if let Some(press) = edition.press().filter(|press| press.marks) {
        out.mark(Mark::Artifact(""));
        cut_marks(&mut out.bytes, press, style);
        out.close();
    }
    if around > 0.0 {
        numbers(&mut out.bytes, &[1.0, 0.0, 0.0, 1.0, around, around], "cm\n");
    }
    if page.turned {
        // Its lines run from the bottom of the sheet to its top, which is shown turned.
        numbers(&mut out.bytes, &[0.0, 1.0, -1.0, 0.0, style.page.width, 0.0], "cm\n");
    }
    for bar in &page.bars {
        out.mark(Mark::Artifact(""));
        let Bar { x, y, width, height: thickness } = *bar;
        numbers(&mut out.bytes, &[x, height - y - thickness, width, thickness], "re f\n");
    }
    for line in &page.lines {
        let Some(last) = line.runs.last() else { continue };
        for run in &line.runs {
            out.mark(match (run.element, line.role) {
                (Some(element), _) => Mark::Element(element),
                (None, Role::RunningHead) => Mark::Artifact("/Type/Pagination/Subtype/Header"),
                (None, Role::FileCode) => Mark::Artifact("/Type/Pagination/Subtype/Footer"),
                (None, _) => Mark::Artifact(""),
            });
            out.begin_text();
            let blank = line.blank_follows && std::ptr::eq(run, last);
            text(&mut out.bytes, run, blank, height - line.baseline + run.rise, glyphs);
        }
    }
    out.close();
    (out.bytes, out.elements)
}

/// Two marks at each corner of the page, outside of the bleed.
fn cut_marks(out: &mut Vec<u8>, press: &Press, style: &Style) {
    const WIDTH: f64 = 0.25;
    let (gap, length) = MARK;
    let around = press.bleed + gap + length;
    let (width, height) = (style.page.width, style.page.height);
    for y in [around, around + height] {
        for x in [0.0, around + width + press.bleed + gap] {
            numbers(out, &[x, y - WIDTH / 2.0, length, WIDTH], "re f\n");
        }
    }
    for x in [around, around + width] {
        for y in [0.0, around + height + press.bleed + gap] {
            numbers(out, &[x - WIDTH / 2.0, y, WIDTH, length], "re f\n");
        }
    }
}

/// Whether what is drawn belongs to an element or is only decoration.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Element(ElementId),
    Artifact(&'static str),
}

/// The operators of a page while they are written.
#[derive(Default)]
struct Content {
    bytes: Vec<u8>,
    /// The element of each marked content, by its number.
    elements: Vec<ElementId>,
    mark: Option<Mark>,
    in_text: bool,
}

impl Content {
    /// Marks what follows; ends the marked content before it if that differs.
    fn mark(&mut self, mark: Mark) {
        if self.mark == Some(mark) {
            return;
        }
        self.close();
        match mark {
            Mark::Element(element) => {
                // The structure says what it is; the name here does not matter.
                self.bytes.extend(format!("/P<</MCID {}>>BDC\n", self.elements.len()).bytes());
                self.elements.push(element);
            }
            Mark::Artifact("") => self.bytes.extend(b"/Artifact BMC\n"),
            Mark::Artifact(properties) => {
                self.bytes.extend(format!("/Artifact<<{properties}>>BDC\n").bytes());
            }
        }
        self.mark = Some(mark);
    }

    fn begin_text(&mut self) {
        if !std::mem::replace(&mut self.in_text, true) {
            self.bytes.extend(b"BT\n");
        }
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.bytes.extend(b"ET\n");
        }
        if self.mark.take().is_some() {
            self.bytes.extend(b"EMC\n");
        }
    }
}

/// A run. Its rise is part of its position, so that no text state outlives it.
fn text(out: &mut Vec<u8>, run: &Run, blank_follows: bool, y: f64, glyphs: &mut GlyphBook) {
    out.extend(format!("/{} ", resource_name(run.face)).bytes());
    numbers(out, &[run.size], "Tf\n");
    numbers(out, &[1.0, 0.0, 0.0, 1.0, run.x, y], "Tm\n[(");
    // Widths in a PDF are whole thousandths: rounding errors are made up for as
    // they add up, so that a line never drifts.
    let (mut exact, mut pen) = (0.0, 0.0);
    for c in run.text.chars().chain(blank_follows.then_some(' ')) {
        let shift = f64::round(pen - exact);
        if shift != 0.0 {
            out.push(b')');
            out.extend(format!("{shift}").bytes());
            out.push(b'(');
            pen -= shift;
        }
        let Some(glyph) = glyphs.glyph(run.face, c) else { continue };
        for byte in glyph.id.to_be_bytes() {
            write_string_byte(out, byte);
        }
        exact += glyph.exact;
        pen += f64::from(glyph.width);
    }
    out.extend(b")] TJ\n");
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
