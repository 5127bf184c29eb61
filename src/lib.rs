//! A document compiler for ministerial texts: a declaration written in plain
//! text is checked, its references are judged, and it is set as print-ready PDF, Word
//! file, web page, Akoma Ntoso and plain text.
//!
//! ```
//! use chancery::{MemoryWorld, Options, compile, diag, render};
//!
//! let text = "\
//! document: declaration
//! language: en
//! title:    Draft declaration on libraries
//! ---
//!
//! 1. {#read} We read, and recall Ministerial Council Decision No. 5/11;
//!
//! 2. We see in {@read} a cause for cooperation.
//! ";
//! let world = MemoryWorld::new().with("draft.decl", text).on(jiff::civil::date(2026, 12, 4));
//! let compilation = compile(&world, "draft.decl", &Options::default())?;
//!
//! let findings = diag::concise(&compilation.found, &compilation.sources);
//! assert!(findings.starts_with("draft.decl:8:34: warning[house-term]: `cooperation` is written `co-operation`"));
//! assert_eq!(compilation.references[0].symbol, "MC.DEC/5/11");
//!
//! let checked = compilation.checked.ok_or("an error in the text: nothing is built")?;
//! let flowed = render::flowed(&checked, 72);
//! assert!(flowed.contains("2.  We see in paragraph 1 a cause for cooperation."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `render::pdf(&checked, &compilation.style, &PdfOptions::default())?.content` is the PDF
//! ([`render::pdf`]), and a [`Session`] keeps what many texts of one project have in common.
//! Files come by a [`World`]: a [`MemoryWorld`] holds texts that are given, and for a disk one
//! implements its two functions. Days are those of `jiff` 1. [`diag::human`] shows findings to
//! people, the others in [`diag`] to programs. `examples/render.rs` and
//! `examples/references.rs` are whole programs. What authors write is told in [`manual`].
//!
//! # The stages
//!
//! | stage | takes | gives |
//! |---|---|---|
//! | [`world`] | a path | bytes |
//! | [`syntax`] | a [`source::Source`] | its tree, [`syntax::ast::File`] |
//! | [`data`] | JSON, TOML, YAML and CSV | values from outside, each at its place |
//! | [`registry`] | TOML and CSV files | what is known of instruments |
//! | `assemble` | a tree, its [`Template`](compile::Template), and values | a text in which nothing is left to decide |
//! | [`cite`] | plain text in a language | what it [cites](cite::Cited), and [whether that holds](cite::Judgement) on a day |
//! | [`mod@compile`] | all of these | a [`Compilation`]: findings, references, a [`model::Document`], and a [`Checked`] where no error is left |
//! | [`compare`] | two documents | what differs, block by block |
//! | [`negotiate`] | proposals of delegations | edits of the author's source: brackets with names, and what settles them |
//! | [`import`] | a Word file or a plain text | a source, and what was left out |
//! | [`editor`] | a `Compilation` and its [`Session`] | what is here, what may stand here, where it leads |
//! | [`layout`] | a `Checked` | [`layout::Page`]s: inert, with roles |
//! | [`render`] | a `Checked` | PDF, Word, HTML, Akoma Ntoso, text as printed, flowed text |
//!
//! [`compile()`] goes through them up to the `Checked`. [`cite`] and [`syntax`] are
//! of use by themselves.
//!
//! Faults of the author are [`Diagnostic`]s and never stop a stage; faults of the
//! machine are [`Error`]s.
//!
//! # Features
//!
//! | feature | by default | adds |
//! |---|---|---|
//! | `pdf` | yes | [`render::pdf`], [`render::redline_pdf`], and the libraries that they need |
//! | `house-fonts` | yes | the files of the house fonts, which a PDF embeds; without it they come by [`fonts::Typeface::house_with`] |
//! | `office` | yes | [`render::docx`], [`ooxml`] and [`import`]: Word files, and the libraries that they need |
//! | `cli` | yes | the command `chancery`: disk, terminal, threads; brings `pdf` and `office` |
//! | `lsp` | yes | `chancery lsp`, the language server; brings `cli` |
//!
//! With none of them, the crate reads no files, asks no clock and starts no threads, and
//! compiles for `wasm32-unknown-unknown`.
//!
//! # Units
//!
//! Lengths are in points (pt, 1/72 inch) with the origin at the top left of
//! the page, unless said otherwise. Places in a text are bytes.

mod assemble;
pub mod cite;
pub mod compare;
pub mod compile;
pub mod config;
pub mod data;
pub mod diag;
pub mod editor;
pub mod fonts;
#[cfg(feature = "office")]
pub mod import;
pub mod layout;
pub mod locale;
pub mod model;
pub mod negotiate;
#[cfg(feature = "office")]
pub mod ooxml;
pub mod registry;
pub mod render;
pub mod source;
pub mod syntax;
mod web;
pub mod world;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

pub use compile::{Compilation, Options, Session, compile};
pub use diag::{Diagnostic, Diagnostics, Severity};
pub use model::{Checked, Document};
pub use world::{MemoryWorld, World};

/// The manual: the language that texts are written in. Its other chapters are
/// modules.
pub mod manual {
    #![doc = include_str!("../docs/language.md")]

    /// Types of document.
    pub mod documents {
        #![doc = include_str!("../docs/documents.md")]
    }

    /// How references are judged, and registries of one's own.
    pub mod registry {
        #![doc = include_str!("../docs/registry.md")]
    }

    /// What a PDF is made for.
    pub mod editions {
        #![doc = include_str!("../docs/editions.md")]
    }

    /// Pages for a browser, and Akoma Ntoso.
    pub mod web {
        #![doc = include_str!("../docs/html.md")]
    }

    /// Drafts compared.
    pub mod drafts {
        #![doc = include_str!("../docs/drafts.md")]
    }

    /// Files for Word.
    pub mod word {
        #![doc = include_str!("../docs/word.md")]
    }

    /// Checks that run by themselves.
    pub mod ci {
        #![doc = include_str!("../docs/ci.md")]
    }

    /// Texts in an editor.
    pub mod editors {
        #![doc = include_str!("../docs/editors.md")]
    }
}

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
    /// A Word file could not be made.
    #[error("cannot make the Word file: {0}")]
    Office(String),
    /// What was asked of a PDF cannot be had together; why, and the way out.
    #[error("{0}")]
    Refused(String),
}
