//! A document compiler for ministerial texts.
//!
//! A text in the language of `docs/language.md` goes through these stages:
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | [`world`] | a path | bytes |
//! | [`syntax`] | a [`source::Source`] | [`syntax::ast::File`] |
//! | [`data`] | JSON, TOML, YAML and CSV | values from outside, each at its place |
//! | [`registry`] | TOML and CSV files | what is known of instruments |
//! | [`compile`] | a file's tree, its template filled in with values, its locale | [`model::Document`], and [`model::Checked`] where no error is left |
//! | [`layout`] | a `Checked` | [`layout::Page`]s: inert, with roles |
//! | [`render`] | a `Checked` | PDF, text as printed, flowed text |
//!
//! Faults of the author are [`diag::Diagnostic`]s and never stop a stage;
//! faults of the machine are [`Error`]s.
//!
//! Lengths are in points (pt, 1/72 inch) with the origin at the top left of
//! the page, unless said otherwise. Places in a text are bytes.

mod assemble;
pub mod cite;
pub mod compile;
pub mod config;
pub mod data;
pub mod diag;
pub mod fonts;
pub mod layout;
pub mod locale;
pub mod model;
pub mod registry;
pub mod render;
pub mod source;
pub mod syntax;
pub mod world;

#[cfg(feature = "cli")]
pub mod cli;

/// What the machine could not do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    #[error(transparent)]
    World(#[from] world::WorldError),
    /// A PDF could not be made.
    #[error("cannot make the PDF: {0}")]
    Pdf(String),
    /// What was asked of a PDF cannot be had together; why, and the way out.
    #[error("{0}")]
    Refused(String),
}
