//! The names that a text may use.

use std::collections::BTreeSet;

use crate::syntax::{Need, Parameter, Type};

/// The names that a text may use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    pub(super) list: Vec<Name>,
    /// The names of the loops around, whose labels must tell them apart.
    pub(super) loops: Vec<String>,
    pub(super) used: BTreeSet<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Name {
    pub name: String,
    pub kind: Type,
    /// Whether it may be absent, so that it is printed only where it was
    /// asked for.
    pub must_ask: bool,
}

impl Vocabulary {
    /// The parameters of a template or a clause.
    pub fn of(parameters: &[Parameter]) -> Vocabulary {
        let name = |parameter: &Parameter| Name {
            name: parameter.name.clone(),
            kind: parameter.kind.clone(),
            // A list that was not given is an empty one.
            must_ask: parameter.need == Need::Optional
                && parameter.default.is_none()
                && !matches!(parameter.kind, Type::List(_)),
        };
        Vocabulary { list: parameters.iter().map(name).collect(), ..Vocabulary::default() }
    }

    /// Whether a text used a name.
    pub fn is_used(&self, name: &str) -> bool {
        self.used.contains(name)
    }

    pub(super) fn find(&self, name: &str) -> Option<&Name> {
        self.list.iter().rev().find(|known| known.name == name)
    }
}
