//! The references of a text: what it cites, and whether that holds on a day. It
//! needs no document and no feature of the crate.
//!
//! ```text
//! cargo run --example references -- fr 2026-12-04 text.txt
//! ```

use chancery::cite;
use chancery::locale::Locale;
use chancery::registry::Registry;
use jiff::civil::Date;

const TEXT: &str = "We recall Ministerial Council Decision No. 5/11, Decision No. 4/2007 of the Ministerial Council, \
                    and the Helsinki Final Act.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let language = arguments.next().unwrap_or("en".to_owned());
    let day = arguments.next().map(|day| day.parse()).transpose()?;
    let text = arguments.next().map(std::fs::read_to_string).transpose()?;
    if Locale::of(&language).is_none() {
        let known: Vec<&str> = Locale::tags().collect();
        return Err(format!("there is no language `{language}`; there are {}", known.join(", ")).into());
    }
    print!("{}", listed(text.as_deref().unwrap_or(TEXT), &language, day));
    Ok(())
}

/// A line for each instrument that a text cites: its words, what they mean, its
/// state on a day, and why it is that.
pub fn listed(text: &str, language: &str, day: Option<Date>) -> String {
    let registry = Registry::built_in();
    let line = |(cited, judgement): (cite::Cited, cite::Judgement)| {
        let (words, key, state) = (&text[cited.words.clone()], cited.what.key(), judgement.state.name());
        let why = if judgement.message.is_empty() { String::new() } else { format!(" ({})", judgement.message) };
        format!("{words} = {key}: {state}{why}\n")
    };
    cite::references(text, language, &registry, day).into_iter().map(line).collect()
}
