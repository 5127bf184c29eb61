//! What differs, as people and programs read it; one file a way to show it.

mod html;
mod json;
mod shown;
mod text;

pub use html::{View, html};
pub use json::json;
pub use text::text;
