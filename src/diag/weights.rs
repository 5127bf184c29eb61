//! What a project and a command make of findings: `deny`, `warn`, `allow`.

use std::collections::BTreeMap;

use super::{Code, Group, Held, Severity, likely};

/// What is made of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// An error.
    Deny,
    /// A warning.
    Warn,
    /// Nothing is said of it.
    Allow,
}

impl Wanted {
    /// All of them.
    pub const ALL: [Wanted; 3] = [Wanted::Deny, Wanted::Warn, Wanted::Allow];

    /// `deny`, `warn`, `allow`.
    pub fn name(self) -> &'static str {
        match self {
            Wanted::Deny => "deny",
            Wanted::Warn => "warn",
            Wanted::Allow => "allow",
        }
    }

    fn severity(self) -> Option<Severity> {
        match self {
            Wanted::Deny => Some(Severity::Error),
            Wanted::Warn => Some(Severity::Warning),
            Wanted::Allow => None,
        }
    }
}

/// What is made of findings, by code and by group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    codes: BTreeMap<Code, Wanted>,
    groups: BTreeMap<Group, Wanted>,
    /// Whether what is a warning after all is an error.
    pub strict: bool,
}

/// Why a code or a group cannot be weighed so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotWeighed {
    /// There is none of this name.
    #[error("there is no finding `{name}`{}", meant.map(|meant| format!("; is `{meant}` meant?")).unwrap_or_default())]
    Unknown {
        /// As it was written.
        name: String,
        /// The one that is likely.
        meant: Option<&'static str>,
    },
    /// Nobody may make less of it.
    #[error("`{name}` can be lowered by nobody: without its cure it is not known what to print")]
    Held {
        /// Its name.
        name: &'static str,
    },
    /// It is weighed in two ways.
    #[error("`{name}` is to be weighed in two ways, `{first}` and `{second}`")]
    Twice {
        /// Its name.
        name: String,
        /// The way that was said first.
        first: &'static str,
        /// The way that was said then.
        second: &'static str,
    },
}

impl NotWeighed {
    /// What can be done.
    pub fn hint(&self) -> String {
        match self {
            NotWeighed::Unknown { .. } => {
                let groups = Group::ALL.map(|group| format!("`{}`", group.name())).join(", ");
                format!("`chancery explain` lists all codes; the groups are {groups}")
            }
            NotWeighed::Held { name } => format!("leave it out; `chancery explain {name}` tells its cure"),
            NotWeighed::Twice { .. } => "name it once".to_owned(),
        }
    }
}

impl Weights {
    /// Weighs what `name` names, a code or a group.
    ///
    /// # Errors
    /// There is none of that name, it may not be lowered, or it was weighed
    /// otherwise.
    pub fn set(&mut self, name: &str, wanted: Wanted) -> Result<(), NotWeighed> {
        let before = if let Some(group) = Group::named(name) {
            self.groups.insert(group, wanted)
        } else if let Some(code) = Code::named(name) {
            if code.held() == Held::Always && wanted != Wanted::Deny {
                return Err(NotWeighed::Held { name: code.name() });
            }
            self.codes.insert(code, wanted)
        } else {
            let names = Group::ALL.into_iter().map(Group::name).chain(Code::ALL.iter().map(|code| code.name()));
            return Err(NotWeighed::Unknown { name: name.to_owned(), meant: likely(name, names) });
        };
        match before.filter(|before| *before != wanted) {
            Some(before) => {
                Err(NotWeighed::Twice { name: name.to_owned(), first: before.name(), second: wanted.name() })
            }
            None => Ok(()),
        }
    }

    /// Every name that is weighed, with the way.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Wanted)> {
        let groups = self.groups.iter().map(|(group, wanted)| (group.name(), *wanted));
        groups.chain(self.codes.iter().map(|(code, wanted)| (code.name(), *wanted)))
    }

    /// What a finding weighs by these, none where nothing is said of it; where
    /// `these` say nothing of a code, what is asked next says it.
    ///
    /// A group raises and lowers what is a warning or an error by itself; a remark
    /// is weighed by its own name alone.
    pub(crate) fn weight(these: &[&Weights], code: Code, severity: Severity, is_final: bool) -> Option<Severity> {
        let weight = Weights::wanted(these, code, severity, is_final)?;
        let is_strict = weight == Severity::Warning && these.iter().any(|weights| weights.strict);
        Some(if is_strict { Severity::Error } else { weight })
    }

    /// The same before warnings are made errors.
    fn wanted(these: &[&Weights], code: Code, severity: Severity, is_final: bool) -> Option<Severity> {
        let of_group =
            |weights: &Weights| weights.groups.get(&code.group()).filter(|_| severity > Severity::Info).copied();
        let wanted = these.iter().find_map(|weights| weights.codes.get(&code).copied().or_else(|| of_group(weights)));
        let Some(wanted) = wanted else { return Some(severity) };
        let is_held = code.is_held(is_final);
        match wanted.severity() {
            Some(weight) if is_held => Some(weight.max(severity)),
            None if is_held => Some(severity),
            weight => weight,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(rows: &[(&str, Wanted)]) -> Weights {
        let mut weights = Weights::default();
        for (name, wanted) in rows {
            assert_eq!(weights.set(name, *wanted), Ok(()), "{name}");
        }
        weights
    }

    #[test]
    fn a_code_wins_over_its_group_and_what_is_asked_first_over_the_next() {
        use Wanted::{Allow, Deny, Warn};
        let file = weights(&[("references", Deny), ("unverified", Allow), ("style", Allow)]);
        let command = weights(&[("style", Deny), ("spacing", Warn)]);
        let of = |code: Code| Weights::weight(&[&command, &file], code, Severity::Warning, false);
        assert_eq!(of(Code::Superseded), Some(Severity::Error));
        assert_eq!(of(Code::Unverified), None);
        assert_eq!(of(Code::HouseTerm), Some(Severity::Error));
        assert_eq!(of(Code::Spacing), Some(Severity::Warning));
        assert_eq!(of(Code::Misnumbered), Some(Severity::Warning));
    }

    #[test]
    fn a_group_leaves_remarks_and_what_is_held_as_they_are() {
        let all = weights(&[("references", Wanted::Deny), ("structure", Wanted::Allow)]);
        let of = |code, severity, is_final| Weights::weight(&[&all], code, severity, is_final);
        assert_eq!(of(Code::Corrected, Severity::Info, false), Some(Severity::Info));
        assert_eq!(of(Code::UnclosedBrace, Severity::Error, false), Some(Severity::Error));
        assert_eq!(of(Code::OpenBracket, Severity::Warning, false), None);
        assert_eq!(of(Code::OpenBracket, Severity::Error, true), Some(Severity::Error));
    }

    #[test]
    fn what_cannot_be_weighed_says_why() {
        let mut weights = Weights::default();
        assert!(matches!(weights.set("unclosed-brace", Wanted::Allow), Err(NotWeighed::Held { .. })));
        assert_eq!(weights.set("unclosed-brace", Wanted::Deny), Ok(()));
        let unknown = weights.set("refrences", Wanted::Deny).map_err(|error| error.to_string());
        assert_eq!(unknown, Err("there is no finding `refrences`; is `references` meant?".to_owned()));
        assert_eq!(weights.set("style", Wanted::Deny), Ok(()));
        assert!(matches!(weights.set("style", Wanted::Allow), Err(NotWeighed::Twice { .. })));
    }
}
