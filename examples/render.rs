//! A document compiled and rendered by the library alone.

use chancery::compile::{Options, compile};
use chancery::render;
use chancery::world::MemoryWorld;

const TEXT: &str = "document: declaration\nlanguage: en\ntitle: Draft declaration on libraries\n---\n\n1. We read.\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = MemoryWorld::new().with("draft.decl", TEXT);
    let compilation = compile(&world, "draft.decl", &Options::default())?;
    for found in compilation.found.iter() {
        println!("{}: {}", found.severity.name(), found.message);
    }
    let checked = compilation.checked.ok_or("the draft has errors")?;
    println!("{}", render::flowed(&checked, 72));
    let pdf = render::pdf(&checked, &compilation.style, &render::PdfOptions::default())?;
    println!("a PDF of {} bytes", pdf.content.len());
    Ok(())
}
