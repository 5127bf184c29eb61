//! `chancery new`

use super::args::New;
use super::{DiskWorld, Failure, Outcome, files, print, say};
use crate::compile::{Template, template_named};
use crate::locale::Locale;
use crate::syntax::{Need, PartName, Type};

pub(super) fn run(arguments: &New) -> Result<Outcome, Failure> {
    let Some(locale) = Locale::of(&arguments.language) else {
        let known: Vec<&str> = Locale::tags().collect();
        return Err(Failure::Usage(format!(
            "there is no language `{}`; there are {}",
            arguments.language,
            known.join(", ")
        )));
    };
    let output = arguments.output.as_deref().filter(|path| *path != std::path::Path::new("-"));
    let world = DiskWorld::of(output.unwrap_or(std::path::Path::new("new.decl")));
    let template = template_named(&world, &arguments.template, &arguments.language).map_err(Failure::Usage)?;
    let text = first_document(&template, &locale);
    let Some(path) = output else {
        print(text.as_bytes())?;
        return Ok(Outcome::Good);
    };
    if path.exists() {
        return Err(Failure::Usage(format!("`{}` is there already", path.display())));
    }
    files::write(path, text.as_bytes())?;
    say(&format!("{}: written; `chancery check {0}` says what is still to be filled in", path.display()));
    Ok(Outcome::Good)
}

/// A document with all that its type asks for, and what it takes besides as
/// comments.
fn first_document(template: &Template, locale: &Locale) -> String {
    let width =
        template.parameters.iter().map(|parameter| parameter.name.len()).max().unwrap_or(0).max("document".len()) + 2;
    let line = |key: &str, value: &str| format!("{:<width$}{value}\n", format!("{key}:"));
    let mut text = format!("// {}\n", template.about);
    text.push_str(&line("document", &template.name));
    let mut optional = String::new();
    for parameter in &template.parameters {
        let value = match (&parameter.kind, &parameter.default) {
            (Type::Language, _) if parameter.need == Need::Required => locale.language.clone(),
            (Type::Lines | Type::Text, _) if parameter.need == Need::Required => "[…]".to_owned(),
            (_, Some(default)) if parameter.name == "status" => default.text.clone(),
            _ => {
                let when = if parameter.need == Need::RequiredInFinal { ", needed in a final text" } else { "" };
                let about = format!("{} ({}{when})", parameter.about, parameter.kind.expected());
                optional.push_str(&format!("// {}", line(&parameter.name, &about)));
                continue;
            }
        };
        text.push_str(&line(&parameter.name, &value));
    }
    text.push_str(&optional);
    text.push_str("---\n\n");
    if template.requires(PartName::Preamble) {
        text.push_str("preamble:\n\n[…]\n\noperative:\n\n");
    }
    text.push_str("1. […]\n");
    text
}
