//! `chancery explain`

use super::args::Explain;
use super::outcome::{Failure, Outcome};
use super::terminal::print_words;
use crate::diag::{Code, Group, Held, likely};

pub(super) fn run(arguments: &Explain) -> Result<Outcome, Failure> {
    let Some(name) = &arguments.code else {
        let mut list = String::new();
        for code in Code::ALL {
            let what = code.explanation().map(|explanation| explanation.what).unwrap_or_default();
            list.push_str(&format!("{:<22} {}\n", code.name(), what.lines().next().unwrap_or_default()));
        }
        print_words(&list)?;
        return Ok(Outcome::Good);
    };
    let name = name.trim_matches(['[', ']']);
    let unknown = || {
        let cure = match likely(name, Code::ALL.iter().map(|code| code.name())) {
            Some(known) => format!("did you mean `{known}`?"),
            None => "`chancery explain` lists them".to_owned(),
        };
        Failure::Usage(format!("there is no code `{name}`; {cure}"))
    };
    if let Some(group) = Group::named(name) {
        print_words(&of_group(group))?;
        return Ok(Outcome::Good);
    }
    let code = Code::named(name).ok_or_else(unknown)?;
    let Some(explanation) = code.explanation() else { return Err(unknown()) };
    let draft = if code.allowed_in_draft() { ", a warning in a draft" } else { "" };
    let held = match code.held() {
        Held::Never => "",
        Held::InFinal => "; nobody may lower it in a final text",
        Held::Always => "; nobody may lower it",
    };
    let files = |files: &std::collections::BTreeMap<String, String>, what: &str| -> String {
        files.iter().map(|(path, text)| format!("{what} `{path}`:\n\n{}\n", indented(text))).collect()
    };
    let text = format!(
        "{} ({}{draft}; of the group {}{held})\n\n{}\n\n{}\n\n{}Wrong:\n\n{}\n{}Right:\n\n{}",
        code.name(),
        code.severity().name(),
        code.group().name(),
        explanation.what.trim_end(),
        explanation.why.trim_end(),
        files(&explanation.files, "With"),
        indented(&explanation.wrong),
        files(&explanation.cured, "With"),
        indented(&explanation.right),
    );
    print_words(&text)?;
    Ok(Outcome::Good)
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
}

/// The codes of a group, each with what it weighs.
fn of_group(group: Group) -> String {
    let codes = Code::ALL.iter().filter(|code| code.group() == group);
    let lines = codes.map(|code| format!("  {:<22} {}\n", code.name(), code.severity().name()));
    format!(
        "{} is a group of findings, which `--deny`, `--warn`, `--allow` and `[check]` in chancery.toml can name:\n\n{}",
        group.name(),
        lines.collect::<String>()
    )
}
