//! Lists, grouped figures and ordinals in figures, by Unicode's data.

use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules};

use super::{Locale, signs};

impl Locale {
    fn tag(&self) -> Tag {
        let tag = self.unicode.parse();
        debug_assert!(tag.is_ok(), "`{}` is no tag of Unicode's", self.unicode);
        tag.unwrap_or(Tag::UNKNOWN)
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
        let grouped = formatter.map_or_else(|_| value.to_string(), |it| it.format(&Decimal::from(value)).to_string());
        match &self.grouping {
            Some(own) => grouped.replace(|sign: char| !sign.is_ascii_digit(), &signs(own)),
            None => grouped,
        }
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

    fn listed(tag: &str, items: &[&str], or: bool) -> Option<String> {
        let items: Vec<String> = items.iter().map(|item| (*item).to_owned()).collect();
        Locale::of(tag).map(|locale| locale.list(&items, or))
    }

    fn nth(tag: &str, form: &str, value: u32) -> Option<String> {
        Locale::of(tag).map(|locale| locale.nth(value, form))
    }

    #[test]
    fn lists_are_joined_as_the_languages_do() {
        for (tag, word) in [("en", "and"), ("fr", "et"), ("de", "und"), ("it", "e"), ("es", "y"), ("ru", "и")] {
            assert_eq!(listed(tag, &["A", "B", "C"], false), Some(format!("A, B {word} C")));
        }
        assert_eq!(listed("es", &["España", "Italia"], false).as_deref(), Some("España e Italia"));
        assert_eq!(listed("fr", &["A", "B", "C"], true).as_deref(), Some("A, B ou C"));
        assert_eq!(listed("en", &["A"], false).as_deref(), Some("A"));
    }

    #[test]
    fn ordinals_in_figures_have_the_forms_of_the_data() {
        let english: Vec<String> = [1, 2, 3, 4, 11, 21, 25].iter().filter_map(|value| nth("en", "", *value)).collect();
        assert_eq!(english, ["1st", "2nd", "3rd", "4th", "11th", "21st", "25th"]);
        let others = [("fr", "f", "1re"), ("fr", "", "1er"), ("it", "f", "1ª"), ("es", "", "1.º"), ("de", "", "1.")];
        for (tag, form, expected) in others {
            assert_eq!(nth(tag, form, 1).as_deref(), Some(expected));
        }
        assert_eq!(nth("ru", "f acc", 27).as_deref(), Some("27-ю"));
    }

    #[test]
    fn figures_are_grouped_as_the_languages_do() {
        for (tag, separator) in
            [("en", ","), ("fr", "\u{202F}"), ("de", "\u{A0}"), ("it", "\u{A0}"), ("es", "\u{A0}"), ("ru", "\u{A0}")]
        {
            let grouped = Locale::of(tag).map(|locale| locale.number(12_345));
            assert_eq!(grouped, Some(format!("12{separator}345")), "{tag}");
        }
    }

    #[test]
    fn every_form_of_an_ordinal_is_in_the_table() {
        for locale in Locale::tags().filter_map(Locale::of) {
            for (words, form) in &locale.ordinal_forms {
                assert!(locale.ordinal(25, form, "").is_some(), "{}: ordinal {words}", locale.language);
            }
            assert!(locale.ordinal_forms.contains_key("") && locale.nth.contains_key(""), "{}", locale.language);
        }
    }
}
