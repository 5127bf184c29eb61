//! All tests that need a whole document, in one program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests say what went wrong by failing"
)]

mod akn;
mod citations;
mod codes;
mod command_line;
mod conformance;
mod corpus;
mod daily;
mod declaration;
mod drafts;
mod editor;
mod evidence;
mod examples;
mod first_texts;
mod fixes;
mod fmt;
mod fonts;
mod fuzz_corpus;
mod guards;
mod home;
mod hostile;
mod html;
mod import;
mod imports;
mod journals;
mod language;
mod layering;
mod layout;
mod library;
mod lsp;
mod negotiate;
mod pdf;
mod pdfx4;
mod project_file;
mod properties;
mod published;
mod redline;
mod registry;
mod reports;
mod states;
mod steps;
mod support;
mod tags;
mod templates;
mod versions;
mod weights;
mod word;
mod word_files;
