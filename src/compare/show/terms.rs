//! Names of bodies and of participating States in several languages as TBX-Basic, for the term bases
//! of translation tools.

use std::fmt::Write as _;

use super::versions::in_xml;
use crate::locale::{Locale, Status};

/// A term: what it is in the base, and its words.
struct Term<'l> {
    words: &'l str,
    kind: &'static str,
}

/// The names of bodies and participating States in these languages, as TBX-Basic of 2008 (`martif`), as
/// programs that are in use read it. A name that was read in no text is left out, and so is a concept
/// that has a name in one language alone.
pub fn tbx(languages: &[&str]) -> String {
    let locales: Vec<&'static Locale> = languages.iter().filter_map(|tag| Locale::of(tag)).collect();
    let first = locales.first().map_or("en", |locale| locale.language.as_str());
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE martif SYSTEM \"TBXBasiccoreStructV02.dtd\">\n\
         <martif type=\"TBX-Basic\" xml:lang=\"{first}\">\n<martifHeader>\n<fileDesc>\n<sourceDesc>\n\
         <p>chancery {}: bodies of the OSCE and its participating States, as they were read in texts</p>\n\
         </sourceDesc>\n</fileDesc>\n<encodingDesc>\n<p type=\"XCSURI\">TBXBasicXCSV02.xcs</p>\n</encodingDesc>\n\
         </martifHeader>\n<text>\n<body>\n",
        env!("CARGO_PKG_VERSION")
    );
    let mut codes: Vec<(&str, &str)> = Vec::new();
    for locale in &locales {
        codes.extend(locale.bodies.keys().map(|code| ("body", code.as_str())));
        codes.extend(locale.states.keys().map(|code| ("state", code.as_str())));
    }
    codes.sort_unstable();
    codes.dedup();
    for (of, code) in codes {
        let terms = |locale: &&'static Locale| if of == "body" { body(locale, code) } else { state(locale, code) };
        let named: Vec<(&Locale, Vec<Term<'_>>)> =
            locales.iter().map(|locale| (*locale, terms(locale))).filter(|(_, terms)| !terms.is_empty()).collect();
        if named.len() < 2 {
            continue;
        }
        let field = if of == "body" { "OSCE bodies and documents" } else { "participating States" };
        let _ =
            writeln!(out, "<termEntry id=\"{of}-{}\">\n<descrip type=\"subjectField\">{field}</descrip>", in_xml(code));
        for (locale, terms) in named {
            let _ = writeln!(out, "<langSet xml:lang=\"{}\">", in_xml(&locale.language));
            for Term { words, kind } in terms {
                let _ = writeln!(
                    out,
                    "<tig>\n<term>{}</term>\n<termNote type=\"termType\">{kind}</termNote>\n</tig>",
                    in_xml(words)
                );
            }
            out.push_str("</langSet>\n");
        }
        out.push_str("</termEntry>\n");
    }
    out.push_str("</body>\n</text>\n</martif>\n");
    out
}

fn body<'l>(locale: &'l Locale, code: &str) -> Vec<Term<'l>> {
    let Some(body) = locale.bodies.get(code).filter(|body| body.status != Status::Unread) else { return Vec::new() };
    // A remark may stand behind a name.
    let name = body.name.split(" (").next().unwrap_or_default();
    let short = body.short.as_deref().filter(|short| *short != name);
    let short = short.map(|words| Term { words, kind: "abbreviation" });
    [Term { words: name, kind: "fullForm" }].into_iter().chain(short).filter(|term| !term.words.is_empty()).collect()
}

fn state<'l>(locale: &'l Locale, code: &str) -> Vec<Term<'l>> {
    let named = locale.states.get(code).filter(|state| state.status != Status::Unread);
    named.map(|state| Term { words: &state.name, kind: "fullForm" }).into_iter().collect()
}
