//! HTML: one accessible file without a script, or a piece for a page of one's own.

mod block;
mod head;
mod inline;
mod names;
mod part;
mod table;
mod volume;
mod writer;

use crate::model::{Checked, plain_lines};
use crate::web::{PRINTED_PAGE, TEXT_STYLE, escaped, page};
use writer::Writer;

/// What is asked of an HTML file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HtmlOptions {
    /// Whether it is a piece to be put into another page: one `<article>` without a style,
    /// whose headings begin with `<h2>`.
    pub fragment: bool,
}

/// The document as one HTML file: numbers are text, names are the author's labels, nothing
/// is fetched and nothing runs. The same document gives the same bytes.
pub fn html(checked: &Checked, options: HtmlOptions) -> String {
    let document = checked.document();
    let mut writer = Writer::of(document, if options.fragment { 2 } else { 1 });
    match &document.volume {
        Some(volume) => writer.volume(document, volume),
        None => writer.document(document),
    }
    let (language, body) = (escaped(&document.language), writer.out);
    if options.fragment {
        return format!("<article class=\"chancery\" lang=\"{language}\">\n{body}</article>\n");
    }
    let name = plain_lines(document.title());
    let title: Vec<&str> = document.symbol.iter().map(String::as_str).chain([name.as_str()]).collect();
    let title = title.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" – ");
    let title = if title.is_empty() { &document.kind } else { &title };
    page(
        &language,
        title,
        &[TEXT_STYLE, PRINTED_PAGE],
        &format!("<main class=\"chancery\" lang=\"{language}\">\n{body}</main>\n"),
    )
}
