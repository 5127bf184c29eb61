//! What every page for a browser has: its skeleton, its style, and text that is nothing but text.

mod escape;
mod style;

pub use escape::{escaped, slug};
pub use style::{PRINTED_PAGE, TEXT_STYLE};

/// A page that fetches nothing and runs nothing, around what stands in its body.
pub fn page(language: &str, title: &str, styles: &[&str], body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title),
        styles.concat()
    )
}
