//! A text made of its template, its own blocks and its values: from trees and
//! values to [`Filled`], which holds nothing that is still to be decided.
//!
//! A text is nested once (`nest`), a document's blocks take the place of its
//! template's (`compose`), everything that can be known without values is
//! checked in every branch (`types`), and then it is evaluated (`evaluate`).
//! All of it works on the tree: a value is never read as markup.

mod arguments;
mod assembly;
mod builtin;
mod compose;
mod declared;
mod evaluate;
mod files;
mod filter;
mod header;
mod include;
mod look_up;
mod naming;
mod nest;
mod piece;
mod print;
mod rows;
mod series;
mod settled;
mod template;
mod title_line;
mod types;
mod untaken;
mod value;
mod vocabulary;

pub(crate) use assembly::{Assembly, Filled, Prepared};
pub use builtin::{clauses as built_in_clauses, templates as built_in_templates};
pub(crate) use files::{Files, ReadAs, is_clause_path, language_of_path, read_as};
pub use filter::filters_for;
pub(crate) use header::{read_by, unknown_names};
pub(crate) use include::{Clause, Library, read_clause, resolve, seen_by};
pub(crate) use naming::name_of_record;
pub use series::Series;
pub(crate) use template::Loader;
pub use template::{NoTemplate, NoValue, Template};
pub(crate) use title_line::title_line;
pub(crate) use types::unused;
pub(crate) use untaken::every_branch;
pub(crate) use value::Values;
pub(crate) use vocabulary::Vocabulary;
