//! Whether the languages of a text can be compared, and with which of them.

use crate::compile::Compilation;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::Span;

/// A text in one of its languages.
#[derive(Clone, Copy, Debug)]
pub struct Member<'c> {
    /// The language that the name of its file says.
    pub language: &'c str,
    /// What messages call it.
    pub name: &'c str,
    /// What came of it.
    pub compilation: &'c Compilation,
}

impl Member<'_> {
    /// A value of its header, and where it stands.
    pub fn header(&self, key: &str) -> Option<(String, Span)> {
        let entry = self.compilation.header.iter().find(|entry| entry.key.text == key)?;
        Some((entry.value(), entry.value_span()))
    }

    fn start(&self) -> Span {
        Span::new(self.compilation.file, 0..0)
    }
}

/// Which of several languages is the original: the one that `original:` names, else English,
/// else the first.
pub fn original_of(members: &[Member<'_>]) -> usize {
    let named = members.iter().find_map(|member| member.header("original"));
    let place = |tag: &str| members.iter().position(|member| member.language == tag);
    named.and_then(|(named, _)| place(&named)).or_else(|| place("en")).unwrap_or(0)
}

/// What keeps a language from being compared with the original, or makes it doubtful with
/// what it is, each with its place in the original.
pub fn doubts(members: &[Member<'_>], original: usize, at: usize) -> Vec<(Diagnostic, (Span, String))> {
    let mut found = Vec::new();
    let (Some(original), Some(member)) = (members.get(original), members.get(at)) else { return found };
    let mut say = |place: Span, message: String, hint: &str| {
        let other = (original.start(), "the original".to_owned());
        found.push((Diagnostic::new(Code::VersionFamily, place, message).hint(hint), other));
    };
    if member.compilation.document.is_none() {
        let message = format!("this text cannot be compared with `{}`: it was not understood", original.name);
        say(member.start(), message, "`chancery check` says what is wrong with it");
    }
    let own = member.compilation.document.as_ref().map(|document| document.language.as_str());
    if let Some(own) = own.filter(|own| *own != member.language) {
        let place = member.header("language").map_or(member.start(), |(_, place)| place);
        let message = format!("the file is called `.{}.decl`, and its language is `{own}`", member.language);
        say(place, message, "give the file the name of its language, or the text the language of its name");
    }
    if let Some((named, place)) = member.header("original").filter(|(named, _)| named != original.language) {
        let is_there = members.iter().any(|member| member.language == named);
        let message = if is_there {
            format!("the original is said to be `{named}`, and by another language of the text `{}`", original.language)
        } else {
            format!("the original is said to be `{named}`, and there is no file of that language beside this one")
        };
        say(place, message, "say one original in all languages, and keep its file beside theirs");
        // Without it the others can still be compared.
        if let Some((finding, _)) = found.last_mut().filter(|_| !is_there) {
            finding.severity = Severity::Warning;
        }
    }
    found
}
