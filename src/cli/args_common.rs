//! What several commands can be told: how findings are printed, and what is made of them.

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::outcome::Failure;
use crate::diag::{Wanted, Weights};

/// What is made of findings; it wins over `chancery.toml`.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Weighing {
    /// Make errors of findings: codes, or a group (references, structure, style), with commas between
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub deny: Vec<String>,
    /// Make warnings of findings, named in the same way
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub warn: Vec<String>,
    /// Say nothing of findings, named in the same way, but how many there were
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub allow: Vec<String>,
}

impl Weighing {
    pub fn weights(&self) -> Result<Weights, Failure> {
        let mut weights = Weights::default();
        for (wanted, names) in [(Wanted::Deny, &self.deny), (Wanted::Warn, &self.warn), (Wanted::Allow, &self.allow)] {
            for name in names {
                weights.set(name.trim(), wanted).map_err(|error| {
                    Failure::Usage(format!("`--{} {name}`: {error}; {}", wanted.name(), error.hint()))
                })?;
            }
        }
        Ok(weights)
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines of the text and the cure under each finding
    #[default]
    Human,
    /// A line a finding
    Concise,
    /// One object, for programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations beside the lines of a change on GitHub
    Github,
    /// Tests for build servers
    Junit,
}

/// A day, as arguments give it.
pub(super) fn day(typed: &str) -> Result<Date, String> {
    typed.parse().map_err(|_| "there is no such day; write it as 2026-12-04".to_owned())
}
