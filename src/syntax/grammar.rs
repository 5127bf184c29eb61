//! The parser that pest makes of the grammar files.

#![allow(missing_docs, reason = "pest writes one item a rule; the rules are described in grammar/")]

use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "../grammar/line.pest"]
#[grammar = "../grammar/inline.pest"]
#[grammar = "../grammar/header.pest"]
#[grammar = "../grammar/symbol.pest"]
#[grammar = "../grammar/template.pest"]
pub(super) struct Grammar;
