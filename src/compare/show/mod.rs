//! What differs, as people and programs read it; one file a way to show it.

mod html;
mod json;
mod shown;
mod terms;
mod text;
mod versions;

pub use html::{View, html};
pub use json::json;
#[cfg(feature = "pdf")]
pub(crate) use shown::counts;
pub use terms::tbx;
pub use text::text;
pub use versions::{synopsis_html, table_json, table_text, tmx};
