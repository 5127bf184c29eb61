//! What a text is called: as a work, in a language, as a file.

use super::writer::{Writer, escaped, slug};
use crate::Error;
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::model::{Document, plain_lines};

/// So many letters of a title stand for a symbol that a draft does not have.
const LONGEST: usize = 60;

/// What a text is called.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    /// `/akn/un/statement/osce-mc/2026-12-04/mc-doc-902-26`
    pub work: String,
    /// The same with `eng@2026-12-04`.
    expression: String,
    date: String,
    authority: String,
    authority_name: String,
    country: String,
    /// Its language in three letters.
    language: String,
    kind: String,
    symbol: Option<String>,
    is_draft: bool,
}

/// The authority whose documents have a symbol that begins so: the longest beginning decides.
fn authority<'s>(style: &'s Style, symbol: &str) -> Option<&'s str> {
    let all = style.identifiers.authorities.iter();
    let fits = all.filter(|(beginning, _)| {
        let rest = symbol.strip_prefix(beginning.as_str());
        rest.is_some_and(|rest| rest.starts_with(|sign: char| !sign.is_alphanumeric()))
    });
    fits.max_by_key(|(beginning, _)| beginning.len()).map(|(_, name)| name.as_str())
}

/// The address of an instrument; none if its day or year is not known, by which the naming
/// convention calls it.
pub(super) fn address(style: &Style, symbol: &str, date: &str) -> Option<String> {
    let country = &style.identifiers.country;
    let number = slug(symbol, "-");
    (!date.is_empty() && !number.is_empty()).then(|| match authority(style, symbol) {
        Some(authority) => format!("/akn/{country}/statement/{authority}/{date}/{number}"),
        None => format!("/akn/{country}/statement/{date}/{number}"),
    })
}

impl Writer<'_> {
    /// What a document is called.
    pub fn identity(&self, document: &Document) -> Result<Identity, Error> {
        let Some(date) = document.day.or(self.made) else {
            return Err(Error::Refused(
                "Akoma Ntoso calls every text by a day, and this one has none: write `adopted:` or, in a draft, \
                 `as-of:` into its header"
                    .to_owned(),
            ));
        };
        let date = date.to_string();
        let identifiers = &self.style.identifiers;
        let title = plain_lines(document.title());
        let symbol = document.symbol.clone();
        let number = slug(symbol.as_deref().unwrap_or(&title), "-");
        let number: String = number.chars().take(LONGEST).collect();
        let number = if number.is_empty() { slug(&document.kind, "-") } else { number };
        let own = symbol.as_deref().and_then(|symbol| authority(self.style, symbol));
        let authority = own.unwrap_or(&identifiers.organization).to_owned();
        let kind = if document.volume.is_some() { "documentCollection" } else { "statement" };
        let work = format!("/akn/{}/{kind}/{authority}/{date}/{number}", identifiers.country);
        let language = three_letters(&document.language);
        let head = &document.letterhead;
        let names = document.volume.as_ref().map_or(&[][..], |volume| &volume.cover.names);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let lines = head.left.iter().map(|line| line.text.as_str()).filter(|line| !line.is_empty());
        let name = names.into_iter().chain(lines).next().unwrap_or(&authority).to_owned();
        Ok(Identity {
            expression: format!("{work}/{language}@{date}"),
            work,
            date,
            authority_name: name,
            authority,
            country: identifiers.country.clone(),
            language,
            kind: document.kind.clone(),
            symbol,
            is_draft: document.draft.is_some(),
        })
    }

    /// Who a text is by, and which one it is; `component` is `main`, or an annex of it, which
    /// may have a language of its own.
    pub fn identification(&mut self, of: &Identity, component: &str, own_language: Option<&str>) {
        let Identity { work, expression, date, authority, country, language, .. } = of;
        let language = own_language.map_or(language.clone(), three_letters);
        let day = |name: &str| format!("<FRBRdate date=\"{date}\" name=\"{name}\"/>");
        let (generation, adoption) = (day("generation"), day(if of.is_draft { "draft" } else { "adoption" }));
        let author = format!("<FRBRauthor href=\"#{authority}\"/>");
        let symbol = of.symbol.as_ref().filter(|_| component == "main");
        let number = symbol.map(|symbol| format!("<FRBRnumber value=\"{}\"/>", escaped(symbol))).unwrap_or_default();
        self.raw(&format!(
            "<identification source=\"#chancery\">\n\
             <FRBRWork><FRBRthis value=\"{work}/!{component}\"/><FRBRuri value=\"{work}\"/>{adoption}{author}\
             <FRBRcountry value=\"{country}\"/><FRBRsubtype value=\"{}\"/>{number}<FRBRauthoritative value=\"false\"/></FRBRWork>\n\
             <FRBRExpression><FRBRthis value=\"{expression}/!{component}\"/><FRBRuri value=\"{expression}\"/>{adoption}\
             {author}<FRBRlanguage language=\"{language}\"/></FRBRExpression>\n\
             <FRBRManifestation><FRBRthis value=\"{expression}/!{component}.xml\"/><FRBRuri value=\"{expression}.xml\"/>\
             {generation}<FRBRauthor href=\"#chancery\"/></FRBRManifestation>\n</identification>\n",
            escaped(&of.kind)
        ));
    }

    /// Whom the metadata of a text name, but for those that the file names already: a name
    /// stands in it once.
    pub fn organizations(&mut self, of: &Identity) {
        let all = [(of.authority.as_str(), of.authority_name.as_str()), ("chancery", "Chancery")];
        let new: Vec<_> = all.into_iter().filter(|(name, _)| self.is_new(name)).collect();
        if new.is_empty() {
            return;
        }
        self.raw("<references source=\"#chancery\">\n");
        for (name, shown) in new {
            let shown = escaped(shown);
            self.raw(&format!(
                "<TLCOrganization eId=\"{name}\" href=\"/ontology/organization/{name}\" showAs=\"{shown}\"/>\n"
            ));
        }
        self.raw("</references>\n");
    }
}

/// A language in three letters; as it is where it is none of ours.
fn three_letters(tag: &str) -> String {
    Locale::of(tag).map_or(tag.to_owned(), |locale| locale.three_letters.clone())
}
