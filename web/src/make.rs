//! Files of a text, to be saved.

use chancery::Compilation;
use chancery::model::Checked;
use chancery::render::{self, AknOptions, HtmlOptions, Rendered};
use serde_json::{Value, json};

use crate::desk::Answer;
use crate::request::Format;

/// How many characters a line of flowed text has, as on the command line.
const WIDTH: usize = 72;

/// The files of the house fonts, which the page loads when a PDF is asked for.
#[derive(Default)]
pub struct Faces([Vec<u8>; 4]);

impl Faces {
    /// Keeps a file.
    pub fn put(&mut self, at: usize, bytes: &[u8]) -> Result<(), String> {
        let face = self.0.get_mut(at).ok_or("there are four faces")?;
        *face = bytes.to_vec();
        Ok(())
    }
}

/// What a text becomes: the same bytes as of the command line, where nothing forbids it.
pub fn made(compilation: &Compilation, to: Format, faces: &Faces, source: Vec<u8>) -> Result<Answer, String> {
    let mut compilation = compilation.clone();
    let Some(checked) = compilation.checked.take() else {
        return Err("the text has errors; mend these first".to_owned());
    };
    let Rendered { content, wide_words } = match to {
        Format::Pdf => pdf(&checked, &compilation, faces)?,
        Format::Docx => docx(&checked, &compilation, &source)?,
        Format::Html => flowing(render::html(&checked, HtmlOptions::default())),
        Format::Text => flowing(render::flowed(&checked, WIDTH)),
        Format::Printed => {
            let Rendered { content, wide_words } = render::printed(&checked, &compilation.style);
            Rendered { content: content.into_bytes(), wide_words }
        }
        Format::Akn => {
            let akn = render::akn(&checked, &compilation.style, AknOptions::default());
            flowing(akn.map_err(|error| error.to_string())?)
        }
    };
    compilation.wide_words(&wide_words);
    if compilation.found.has_errors() {
        let said: Vec<String> = compilation.found.iter().map(|found| found.in_words()).collect();
        return Err(said.join("\n"));
    }
    Ok((json!({ "length": content.len() }), content))
}

/// What has no pages of its own, and so no word that is wider than its line.
fn flowing(content: String) -> Rendered<Vec<u8>> {
    Rendered { content: content.into_bytes(), wide_words: Vec::new() }
}

#[cfg(feature = "files")]
fn pdf(checked: &Checked, compilation: &Compilation, faces: &Faces) -> Result<Rendered<Vec<u8>>, String> {
    use chancery::fonts::Typeface;
    use chancery::layout::style::Style;
    use std::sync::Arc;

    let mut style = Style::clone(&compilation.style);
    if Arc::ptr_eq(&style.typeface, &Typeface::house()) {
        let typeface = Typeface::house_with(faces.0.clone())
            .map_err(|face| format!("the file of the {} font is not there", face.name()))?;
        style.typeface = Arc::new(typeface);
    }
    render::pdf(checked, &style, &render::PdfOptions::default()).map_err(|error| error.to_string())
}

#[cfg(feature = "files")]
fn docx(checked: &Checked, compilation: &Compilation, source: &[u8]) -> Result<Rendered<Vec<u8>>, String> {
    let options = render::DocxOptions { source: Some(chancery::ooxml::hash::of_source(source)), ..Default::default() };
    render::docx(checked, &compilation.style, &options).map_err(|error| error.to_string())
}

#[cfg(not(feature = "files"))]
fn pdf(_: &Checked, _: &Compilation, faces: &Faces) -> Result<Rendered<Vec<u8>>, String> {
    let _ = &faces.0;
    Err(ELSEWHERE.to_owned())
}

#[cfg(not(feature = "files"))]
fn docx(_: &Checked, _: &Compilation, _: &[u8]) -> Result<Rendered<Vec<u8>>, String> {
    Err(ELSEWHERE.to_owned())
}

/// A text of a Word file, and what was left behind. Who proposed tracked changes is not asked
/// here: they are accepted where that is wished, else it is said that there are some.
#[cfg(feature = "files")]
pub fn imported(bytes: &[u8], accept: bool) -> Result<Value, String> {
    use chancery::import::{Changes, Refused, Wish, import};

    let wish = Wish { changes: accept.then_some(Changes::Accept), ..Wish::default() };
    match import(bytes, &wish) {
        Ok(made) => {
            let lost = made.lost.iter().map(|lost| lost.what.as_str()).chain(made.left.iter().map(String::as_str));
            Ok(json!({ "text": made.text, "lost": lost.collect::<Vec<_>>() }))
        }
        Err(Refused::Authors(authors)) => Ok(json!({ "authors": authors })),
        Err(why) => Err(why.to_string()),
    }
}

#[cfg(not(feature = "files"))]
pub fn imported(_: &[u8], _: bool) -> Result<Value, String> {
    Err("this program reads no Word file; another one does".to_owned())
}

#[cfg(not(feature = "files"))]
const ELSEWHERE: &str = "this program makes no PDF and no Word file; another one does";
