//! Lists, grouped figures and ordinals in figures, by Unicode's data.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules};

use super::Locale;

impl Locale {
    fn tag(&self) -> Tag {
        self.unicode.parse().unwrap_or(Tag::UNKNOWN)
    }

    /// “A, B and C”, or with `or` “A, B or C”.
    pub fn list(&self, items: &[String], or: bool) -> String {
        let tag = self.tag();
        let options = ListFormatterOptions::default();
        let formatter = match or {
            true => ListFormatter::try_new_or((&tag).into(), options),
            false => ListFormatter::try_new_and((&tag).into(), options),
        };
        formatter.map_or_else(|_| items.join(", "), |formatter| formatter.format(items.iter()).to_string())
    }

    /// A number with its figures grouped as the language has them.
    pub fn number(&self, value: u32) -> String {
        let formatter = DecimalFormatter::try_new((&self.tag()).into(), Default::default());
        formatter.map_or_else(|_| value.to_string(), |formatter| formatter.format(&Decimal::from(value)).to_string())
    }

    /// “25th”, “1re”: an ordinal in figures, in a form of [`Locale::nth`].
    pub fn nth(&self, value: u32, form: &str) -> String {
        let rules = PluralRules::try_new_ordinal((&self.tag()).into());
        let class = match rules.map_or(PluralCategory::Other, |rules| rules.category_for(value)) {
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Zero => "zero",
            PluralCategory::Other => "other",
        };
        let patterns = self.nth.get(form);
        let pattern = patterns.and_then(|patterns| patterns.get(class).or_else(|| patterns.get("other")));
        pattern.map_or_else(|| value.to_string(), |pattern| pattern.replace("{}", &value.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> &'static Locale {
        Locale::of(tag).unwrap_or_else(|| panic!("{tag}"))
    }

    #[test]
    fn lists_are_joined_as_the_languages_do() {
        let items = ["A", "B", "C"].map(str::to_owned);
        let and: Vec<String> = ["en", "fr", "de", "it", "es", "ru"].map(|tag| locale(tag).list(&items, false)).into();
        assert_eq!(and, ["A, B and C", "A, B et C", "A, B und C", "A, B e C", "A, B y C", "A, B и C"]);
        assert_eq!(locale("es").list(&["España", "Italia"].map(str::to_owned), false), "España e Italia");
        assert_eq!(locale("fr").list(&items, true), "A, B ou C");
        assert_eq!(locale("en").list(&items[..1], false), "A");
    }

    #[test]
    fn ordinals_in_figures_have_the_forms_of_the_data() {
        let english: Vec<String> = [1, 2, 3, 4, 11, 21, 25].map(|number| locale("en").nth(number, "")).into();
        assert_eq!(english, ["1st", "2nd", "3rd", "4th", "11th", "21st", "25th"]);
        let others = [("fr", "f", "1re"), ("fr", "", "1er"), ("it", "f", "1ª"), ("es", "", "1.º"), ("de", "", "1.")];
        for (tag, form, expected) in others {
            assert_eq!(locale(tag).nth(1, form), expected);
        }
        assert_eq!(locale("ru").nth(27, "f acc"), "27-ю");
    }

    #[test]
    fn figures_are_grouped_as_the_languages_do() {
        let grouped = ["en", "fr", "de", "it", "es", "ru"].map(|tag| locale(tag).number(12_345));
        assert_eq!(grouped, ["12,345", "12\u{202F}345", "12.345", "12.345", "12.345", "12\u{A0}345"]);
    }

    #[test]
    fn every_form_of_an_ordinal_is_in_the_table() {
        for tag in Locale::tags() {
            let locale = locale(tag);
            for (words, form) in &locale.ordinal_forms {
                assert!(locale.ordinal(25, form, "").is_some(), "{tag}: ordinal {words}");
            }
            assert!(locale.ordinal_forms.contains_key("") && locale.nth.contains_key(""), "{tag}");
        }
    }
}
