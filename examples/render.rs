//! A document compiled and rendered by the library alone.

use chancery::{MemoryWorld, Options, compile, diag, render};

const TEXT: &str = "document: declaration\nlanguage: en\ntitle: Draft declaration on libraries\n---\n\n1. We read.\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (said, pdf) = rendered(TEXT)?;
    println!("{said}\na PDF of {} bytes", pdf.len());
    Ok(())
}

/// What was found in a text and how it reads, and its PDF.
pub fn rendered(text: &str) -> Result<(String, Vec<u8>), Box<dyn std::error::Error>> {
    let world = MemoryWorld::new().with("draft.decl", text);
    let compilation = compile(&world, "draft.decl", &Options::default())?;
    let findings = diag::concise(&compilation.found, &compilation.sources);
    let checked = compilation.checked.ok_or_else(|| findings.clone())?;
    let pdf = render::pdf(&checked, &compilation.style, &render::PdfOptions::default())?;
    Ok((findings + &render::flowed(&checked, 72), pdf.content))
}
