//! A page as SVG: each run at its place and as wide as it is set, in the faces `regular`,
//! `bold`, `italic` and `bold-italic`, which whoever shows it provides.

use std::fmt::Write as _;

use crate::layout::style::Style;
use crate::layout::{Bar, Page};

/// A page as it prints, black on white.
pub fn svg(page: &Page, style: &Style) -> String {
    let (width, height) = (style.page.width, style.page.height);
    let (width, height) = if page.turned { (height, width) } else { (width, height) };
    let mut out = String::with_capacity(16 << 10);
    // Writing to a string cannot fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
        number(width),
        number(height)
    );
    for Bar { x, y, width, height } in &page.bars {
        let _ = write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            number(*x),
            number(*y),
            number(*width),
            number(*height)
        );
    }
    for line in &page.lines {
        for run in line.runs.iter().filter(|run| !run.text.trim().is_empty()) {
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{}\" textLength=\"{}\" class=\"{}\" xml:space=\"preserve\">",
                number(run.x),
                number(line.baseline - run.rise),
                number(run.size),
                number(run.width),
                run.face.name()
            );
            escape(&run.text, &mut out);
            out.push_str("</text>");
        }
    }
    out.push_str("</svg>");
    out
}

/// Three decimals at the most.
fn number(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0 + 0.0
}

/// Words in which nothing is markup.
fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}
