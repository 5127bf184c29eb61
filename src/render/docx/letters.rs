//! Words and how they are set, as XML.

use super::paragraph::{Look, Mark};
use crate::model::{NO_BREAK_HYPHEN, SOFT_HYPHEN};
use crate::ooxml::names::{BRACKET_STYLE, NOTE_STYLE, PLACEHOLDER_STYLE};
use crate::ooxml::xml::text;

/// The element of a change.
pub(super) fn tag_of(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Same => None,
        Mark::New => Some("ins"),
        Mark::Gone => Some("del"),
        Mark::From(_) => Some("moveFrom"),
        Mark::To(_) => Some("moveTo"),
    }
}

/// `w:rPr`
pub(super) fn look(look: &Look, language: &str, is_note: bool) -> String {
    let mut out = "<w:rPr>".to_owned();
    let style = match look {
        _ if is_note => Some(NOTE_STYLE),
        Look { placeholder: true, .. } => Some(PLACEHOLDER_STYLE),
        Look { bracket: true, .. } => Some(BRACKET_STYLE),
        _ => None,
    };
    if let Some(style) = style {
        out.push_str(&format!("<w:rStyle w:val=\"{style}\"/>"));
    }
    if look.bold {
        out.push_str("<w:b/><w:bCs/>");
    }
    if look.italic {
        out.push_str("<w:i/><w:iCs/>");
    }
    if look.capitals {
        out.push_str("<w:caps/>");
    }
    if look.placeholder {
        out.push_str("<w:highlight w:val=\"yellow\"/>");
    }
    if look.raised && !is_note {
        out.push_str("<w:vertAlign w:val=\"superscript\"/>");
    }
    let language = if look.language.is_empty() { language } else { &look.language };
    out.push_str(&format!("<w:lang w:val=\"{}\"/></w:rPr>", text(language)));
    out
}

/// Words with their hyphens as Word has them.
pub(super) fn letters(words: &str, is_gone: bool) -> String {
    let tag = if is_gone { "w:delText" } else { "w:t" };
    let mut out = String::new();
    let mut piece = String::new();
    let end = |piece: &mut String, out: &mut String| {
        if !piece.is_empty() {
            out.push_str(&format!("<{tag} xml:space=\"preserve\">{}</{tag}>", text(piece)));
            piece.clear();
        }
    };
    for letter in words.chars() {
        let sign = match letter {
            NO_BREAK_HYPHEN => "<w:noBreakHyphen/>",
            SOFT_HYPHEN => "<w:softHyphen/>",
            '\t' => "<w:tab/>",
            '\n' => "<w:br/>",
            letter => {
                piece.push(letter);
                continue;
            }
        };
        end(&mut piece, &mut out);
        out.push_str(sign);
    }
    end(&mut piece, &mut out);
    out
}
