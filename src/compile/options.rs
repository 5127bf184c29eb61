//! What a compilation is told besides the text.

use jiff::civil::Date;

use crate::data::Record;
use crate::diag::Weights;

/// What a compilation is told besides the text. There will be more of it: write
/// `Options { as_of, ..Options::default() }`.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The day at which the references of a draft are judged; else its own, or
    /// today.
    pub as_of: Option<Date>,
    /// Values from outside; they win over the document's header. A template
    /// that is given some is compiled as a document of its type.
    pub record: Option<Record>,
    /// What is made of findings; it wins over what the project says.
    pub weights: Weights,
}
