//! `chancery import`

use std::io::Read as _;
use std::path::Path;

use super::args::{Import, ImportChanges};
use super::disk::read_up_to;
use super::files::{self, Kept};
use super::outcome::{Failure, Outcome};
use super::place::NamedBy;
use super::project;
use super::report::number_of;
use super::revision::AnyWorld;
use super::terminal::{print_result, say, tell};
use crate::compile::Session;
use crate::import::{self, Changes, Imported, Wish};
use crate::locale::{Locale, delegation_of};
use crate::ooxml::unpack::MAX_FILE;

pub(super) fn run(arguments: &Import) -> Result<Outcome, Failure> {
    let name = arguments.file.display().to_string();
    let bytes = if arguments.file == Path::new("-") {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().take(MAX_FILE as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| Failure::Usage(format!("cannot read standard input: {error}")))?;
        bytes
    } else {
        read_up_to(&arguments.file, &name, MAX_FILE)?
    };
    if bytes.len() > MAX_FILE {
        return Err(Failure::Usage(format!("`{name}` has more than {} MB", MAX_FILE >> 20)));
    }
    let wish = wish(arguments)?;
    let made = match &arguments.base {
        Some(base) => {
            let world = AnyWorld::of(base)?;
            project::say_faults_of(&Session::new(world.world()));
            import::import_home(&bytes, &wish, world.world(), world.name())
        }
        None => import::import(&bytes, &wish),
    };
    let made = made.map_err(|why| Failure::Usage(format!("`{name}` cannot be imported: {why}")))?;
    write(arguments, &made)?;
    let lost = told(&name, &made);
    let left = made.left.len();
    for words in &made.left {
        say(&format!("{name}: left: {words}"));
    }
    let count = |count: usize, one, many| number_of(count as u64, one, many);
    let remarks = if lost == 0 { "nothing was left out".to_owned() } else { count(lost, "remark", "remarks") };
    let by_hand = match left {
        0 => "nothing is left to be done by hand".to_owned(),
        _ => format!("{} left to be done by hand", count(left, "change is", "changes are")),
    };
    tell(&if arguments.base.is_some() {
        format!("{name}: brought back; {by_hand}")
    } else if left > 0 {
        format!("{name}: imported; {remarks}; {by_hand}")
    } else {
        format!("{name}: imported; {remarks}; `chancery check` says what is open")
    });
    Ok(Outcome::Good)
}

fn wish(arguments: &Import) -> Result<Wish, Failure> {
    let mut authors = Vec::new();
    for typed in &arguments.authors {
        let Some((author, by)) = typed.rsplit_once('=').filter(|(author, by)| !author.is_empty() && !by.is_empty())
        else {
            return Err(Failure::Usage(format!(
                "`--as {typed}`: write the author as the file has it and the delegation, as `--as \"Jean Exemple=FR\"`"
            )));
        };
        let fits = by.starts_with(char::is_uppercase)
            && by.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '’' | '/'));
        if !fits {
            return Err(Failure::Usage(format!("`{by}` is no name that a bracket can have: write a code, as `FR`")));
        }
        let is_code = Locale::of("en").is_some_and(|locale| locale.is_delegation(by));
        if let Some(code) = delegation_of(by).filter(|_| !is_code) {
            return Err(Failure::Usage(format!("`{by}` is no code of a delegation; did you mean `{code}`?")));
        }
        authors.push((author.to_owned(), by.to_owned()));
    }
    if let Some(language) = &arguments.language
        && Locale::of(language).is_none()
    {
        let known: Vec<&str> = Locale::tags().collect();
        return Err(Failure::Usage(format!("`{language}` is no language that is known: {}", known.join(", "))));
    }
    let changes = arguments.changes.map(|changes| match changes {
        ImportChanges::Accept => Changes::Accept,
        ImportChanges::Reject => Changes::Reject,
        ImportChanges::Brackets => Changes::Brackets,
    });
    let (document, language) = (arguments.document.clone(), arguments.language.clone());
    Ok(Wish { changes, authors, round: arguments.round, document, language })
}

fn write(arguments: &Import, made: &Imported) -> Result<(), Failure> {
    match &arguments.output {
        Some(path) if path != Path::new("-") => {
            files::write(path, made.text.as_bytes(), NamedBy::User, Kept::Synced)?;
            tell(&format!("{} written", path.display()));
            Ok(())
        }
        _ => print_result(made.text.as_bytes()),
    }
}

/// Says what was left out, and counts it.
fn told(name: &str, made: &Imported) -> usize {
    for lost in &made.lost {
        let place = match (lost.paragraph, lost.near.is_empty()) {
            (0, _) => String::new(),
            (at, true) => format!(" paragraph {at}:"),
            (at, false) => format!(" paragraph {at} (“{}”):", lost.near),
        };
        say(&format!("{name}:{place} {}", lost.what));
    }
    made.lost.len()
}
