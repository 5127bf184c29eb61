//! References to instruments, as they stand in running text.

mod left;
mod mention;
mod own;
mod phrase;
mod pinpoint;
mod scan;
mod understand;
mod unread;
mod written;

pub use left::{Left, Stopped, figure_like};
pub use mention::{Designation, Mention, Number, Said, Written};
pub use own::{PartWord, Place, Pointer, Step, numbers};
pub use scan::{
    Foreign, NamedBody, Stretch, after_name, ends_with_another, has_a_body_word, is_article, kind_words, mentions,
    mentions_everywhere, named_bodies, names_another, next_word, says_adopting, slip_of_a_body, taken_by_another,
};
pub use unread::left;
