//! By which letters and names a participating State is known, whatever the language.

use std::collections::HashMap;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Locale;

/// The code of the EU, which is no State's.
pub(super) const UNION: &str = "EU";

/// Codes of two letters, and what else is written for them in letters: those of three by
/// ISO 3166-1, and what is no code and said by all.
const LETTERS: [(&str, &[&str]); 57] = [
    ("AD", &["AND"]),
    ("AL", &["ALB"]),
    ("AM", &["ARM"]),
    ("AT", &["AUT"]),
    ("AZ", &["AZE"]),
    ("BA", &["BIH"]),
    ("BE", &["BEL"]),
    ("BG", &["BGR"]),
    ("BY", &["BLR"]),
    ("CA", &["CAN"]),
    ("CH", &["CHE"]),
    ("CY", &["CYP"]),
    ("CZ", &["CZE"]),
    ("DE", &["DEU", "GER"]),
    ("DK", &["DNK"]),
    ("EE", &["EST"]),
    ("ES", &["ESP"]),
    ("FI", &["FIN"]),
    ("FR", &["FRA"]),
    ("GB", &["GBR", "UK"]),
    ("GE", &["GEO"]),
    ("GR", &["GRC"]),
    ("HR", &["HRV"]),
    ("HU", &["HUN"]),
    ("IE", &["IRL"]),
    ("IS", &["ISL"]),
    ("IT", &["ITA"]),
    ("KZ", &["KAZ"]),
    ("KG", &["KGZ"]),
    ("LI", &["LIE"]),
    ("LT", &["LTU"]),
    ("LU", &["LUX"]),
    ("LV", &["LVA"]),
    ("MC", &["MCO"]),
    ("MD", &["MDA"]),
    ("ME", &["MNE"]),
    ("MK", &["MKD"]),
    ("MN", &["MNG"]),
    ("MT", &["MLT"]),
    ("NL", &["NLD"]),
    ("NO", &["NOR"]),
    ("PL", &["POL"]),
    ("PT", &["PRT"]),
    ("RO", &["ROU"]),
    ("RS", &["SRB"]),
    ("RU", &["RUS"]),
    ("SE", &["SWE"]),
    ("SI", &["SVN"]),
    ("SK", &["SVK"]),
    ("SM", &["SMR"]),
    ("TJ", &["TJK"]),
    ("TM", &["TKM"]),
    ("TR", &["TUR"]),
    ("UA", &["UKR"]),
    ("US", &["USA"]),
    ("UZ", &["UZB"]),
    ("VA", &["VAT"]),
];

/// The code of a delegation by any of its usual names, in any language.
pub fn delegation_of(name: &str) -> Option<&'static str> {
    let letters: String = name.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let by_letters = LETTERS.iter().find(|(code, others)| *code == letters || others.contains(&letters.as_str()));
    if let Some((code, _)) = by_letters {
        return Some(code);
    }
    if letters == UNION {
        return Some(UNION);
    }
    names().get(&folded(name)).map(|code| code.as_str())
}

/// All names in all languages, each with its code; read when a text has one that it
/// should not have.
fn names() -> &'static HashMap<String, String> {
    static READ: OnceLock<HashMap<String, String>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut names = HashMap::new();
        for locale in Locale::tags().filter_map(Locale::of) {
            let printed = locale.states.iter().map(|(code, state)| (code, &state.name));
            let usual = locale.state_names.iter().flat_map(|(code, names)| names.iter().map(move |name| (code, name)));
            for (code, name) in printed.chain(usual) {
                names.entry(folded(name)).or_insert_with(|| code.clone());
            }
        }
        names
    })
}

/// A name without capitals, accents and the kind of its apostrophe: `turkiye`.
fn folded(name: &str) -> String {
    let letters = name.nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c == '’' { '\'' } else { c });
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_its_letters_and_is_found_by_all_its_names() {
        for locale in Locale::tags().filter_map(Locale::of) {
            assert!(locale.states.keys().all(|code| LETTERS.iter().any(|(known, _)| known == code)));
            for (code, names) in &locale.state_names {
                assert!(code == UNION || locale.states.contains_key(code), "{code}");
                names.iter().for_each(|name| assert_eq!(delegation_of(name), Some(code.as_str()), "{name}"));
            }
            for (code, state) in &locale.states {
                assert_eq!(delegation_of(&state.name), Some(code.as_str()), "{}", state.name);
            }
        }
    }

    #[test]
    fn letters_and_spellings_lead_to_the_code() {
        let pairs = [("RUS", "RU"), ("UK", "GB"), ("U.K.", "GB"), ("USA", "US"), ("Turkiye", "TR"), ("russie", "RU")];
        pairs.iter().for_each(|(name, code)| assert_eq!(delegation_of(name), Some(*code), "{name}"));
        assert_eq!((delegation_of("Utopia"), delegation_of("Note"), delegation_of("XYZ")), (None, None, None));
    }
}
