//! Each stage on the published declaration: as its two pages, and repeated to
//! about 100 and 1,000.

use chancery::compile::{Compilation, Options, compile};
use chancery::diag::Diagnostics;
use chancery::layout::{lay_out, style::Style};
use chancery::locale::Locale;
use chancery::model::Checked;
use chancery::source::{FileId, Source};
use chancery::world::MemoryWorld;
use chancery::{render, syntax};
use divan::Bencher;
use divan::counter::BytesCount;

const EXAMPLE: &str = include_str!("../examples/asian-partners.fr.decl");
/// Pages, as the declaration fills them.
const PAGES: [usize; 3] = [2, 100, 1000];

fn main() {
    divan::main();
}

/// The declaration with its body repeated until it fills so many pages.
fn text(pages: usize) -> String {
    let (header, body) = EXAMPLE.split_once("---\n").unwrap_or_default();
    // Without letterheads the declaration fills about a page and a half.
    let copies = if pages <= 2 { 1 } else { pages * 17 / 25 };
    let mut text = format!("{header}---\n");
    for _ in 0..copies {
        for line in body.lines() {
            let numbered = line.split_once(". ").filter(|(number, _)| number.parse::<u32>().is_ok());
            match numbered {
                Some((_, rest)) => text.push_str(&format!("#. {rest}")),
                None => text.push_str(line),
            }
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

fn compiled(text: &str) -> Option<Compilation> {
    let world = MemoryWorld::new().with("bench.decl", text);
    compile(&world, "bench.decl", &Options::default()).ok()
}

fn checked(pages: usize) -> Option<Checked> {
    compiled(&text(pages))?.checked
}

#[divan::bench(args = PAGES)]
fn parse(bencher: Bencher<'_, '_>, pages: usize) {
    let source = Source::new("bench.decl", text(pages));
    let bytes = BytesCount::of_str(source.text());
    bencher.counter(bytes).bench(|| syntax::parse(&source, FileId(0), &mut Diagnostics::default()));
}

#[divan::bench(args = PAGES)]
fn check(bencher: Bencher<'_, '_>, pages: usize) {
    let text = text(pages);
    bencher.counter(BytesCount::of_str(&text)).bench(|| compiled(&text));
}

#[divan::bench(args = PAGES)]
fn layout(bencher: Bencher<'_, '_>, pages: usize) {
    let checked = checked(pages);
    let style = Style::house();
    bencher
        .bench(|| checked.as_ref().map(|checked| lay_out(checked, &style, &mut |page| drop(divan::black_box(page)))));
}

#[divan::bench(args = PAGES)]
fn pdf(bencher: Bencher<'_, '_>, pages: usize) {
    let checked = checked(pages);
    let style = Style::house();
    bencher.bench(|| checked.as_ref().map(|checked| render::pdf(checked, &style, &render::PdfOptions::default())));
}

#[divan::bench(args = PAGES)]
fn flowed(bencher: Bencher<'_, '_>, pages: usize) {
    let checked = checked(pages);
    bencher.bench(|| checked.as_ref().map(|checked| render::flowed(checked, 72)));
}

/// Prose of an example in each language, repeated to about a megabyte.
fn prose(language: &str) -> String {
    let example = ["archives", "asian-partners"].map(|name| format!("examples/{name}.{language}.decl"));
    let text = example.iter().find_map(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let body = text.split_once("---\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    let paragraphs: Vec<String> = body.split("\n\n").map(|paragraph| paragraph.replace('\n', " ")).collect();
    let mut prose = String::new();
    while prose.len() < 1_000_000 && !paragraphs.is_empty() {
        prose.push_str(&paragraphs.join(" "));
    }
    prose
}

/// References found in running text.
#[divan::bench(args = Locale::tags())]
fn recognise(bencher: Bencher<'_, '_>, language: &str) {
    let text = prose(language);
    let bytes = BytesCount::of_str(&text);
    bencher.counter(bytes).bench(|| syntax::citation::mentions(&text, language));
}

/// The same with the grammar asked at every word.
#[divan::bench(args = ["en", "ru"])]
fn recognise_everywhere(bencher: Bencher<'_, '_>, language: &str) {
    let text = prose(language);
    let bytes = BytesCount::of_str(&text);
    bencher.counter(bytes).bench(|| syntax::citation::mentions_everywhere(&text, language));
}
