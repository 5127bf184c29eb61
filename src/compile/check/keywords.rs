//! Words with a colon after them: nothing that looks like a keyword slips into
//! the text.

use crate::compile::context::Context;
use crate::compile::passage::Passage;
use crate::compile::pasted::heading_of;
use crate::diag::{Code, Diagnostic, Diagnostics, Severity, likely};
use crate::locale::starts_with_words;
use crate::syntax::ast::{Block, BlockKind, Keyword, KeywordName, StructureName, Word};
use crate::syntax::{PartName, each_block};

/// A word and a colon at the start of a paragraph.
pub(super) fn leads(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    each_block(&context.filled.blocks, false, &mut |block, _| {
        let BlockKind::Paragraph(paragraph) = &block.kind else { return };
        if let Some(lead) = &paragraph.lead {
            lead_word(lead, context, found);
        }
        found.extend(behind_bracket(context, block));
        if paragraph.marker.is_none() && paragraph.lead.is_none() && !paragraph.is_escaped {
            found.extend(alone(context, block));
        }
        for word in &paragraph.keywords_as_prose {
            let message = format!("`{}:` stands inside a paragraph and is taken as prose", word.text);
            found.push(
                Diagnostic::new(Code::KeywordAsProse, word.span, message)
                    .hint("put a blank line before it if it is a keyword"),
            );
        }
    });
}

/// `section` alone on a line, without its colon.
fn alone(context: &Context<'_>, block: &Block) -> Option<Diagnostic> {
    let word = context.sources.slice(block.span).trim_end();
    // Headings are said to be headings.
    let keyword = KeywordName::of(word).filter(|_| heading_of(word).is_none())?;
    let message = format!("`{word}` stands alone and is taken as prose");
    let word = keyword.word();
    Some(
        Diagnostic::new(Code::KeywordAsProse, block.span, message)
            .hint(format!("write `{word}:`, with what belongs to it behind the colon or below"))
            .fix(format!("write `{word}:`"), block.span, format!("{word}:")),
    )
}

/// `[section: Title`: a keyword begins its line, and what is not agreed is its title or what
/// stands below.
fn behind_bracket(context: &Context<'_>, block: &Block) -> Option<Diagnostic> {
    let text = context.sources.slice(block.span).strip_prefix('[')?;
    let (word, _) = text.split_once(':')?;
    let keyword = KeywordName::of(word)?;
    let message = format!("`{word}:` stands behind a bracket and is taken as prose");
    let word = keyword.word();
    Some(
        Diagnostic::new(Code::KeywordAsProse, block.span.part(1..1 + word.len()), message)
            .hint(format!("begin a line with `{word}:`, and put the title or the paragraphs below it in brackets")),
    )
}

fn lead_word(lead: &Word, context: &Context<'_>, found: &mut Diagnostics) {
    let locale = context.filled.locale;
    let template = &context.filled.template;
    let has_sessions = !template.session.is_empty();
    // Where there are no sessions, "Decision: …" is a sentence, and outside of letters
    // "Address: …" is.
    let may_stand = |keyword: &KeywordName| match keyword {
        KeywordName::Structure(StructureName::Address) => template.has_part(PartName::Address),
        KeywordName::Structure(StructureName::Signature) => template.has_part(PartName::Signature),
        // A heading that was pasted, or a sentence.
        KeywordName::Structure(StructureName::Contents) => false,
        KeywordName::Structure(name) => has_sessions || !name.is_of_sessions(),
        KeywordName::Directive(_) | KeywordName::Quote | KeywordName::Statement | KeywordName::Table => true,
    };
    let lower = lead.text.to_lowercase();
    let is_lower = lower == lead.text;
    if let Some(keyword) = KeywordName::of(&lower).filter(may_stand) {
        let word = keyword.word();
        found.push(
            Diagnostic::new(Code::KeywordCase, lead.span, format!("`{}:` looks like the keyword `{word}:`", lead.text))
                .hint(format!("write `{word}:`, or `\\{}:` if it is part of the text", lead.text))
                .fix(format!("write `{word}`"), lead.span, word)
                .safe(),
        );
        return;
    }
    let known =
        |phrases: &[crate::locale::Phrase]| phrases.iter().any(|phrase| starts_with_words(&phrase.phrase, &lead.text));
    if !is_lower || known(&locale.operative) || known(&locale.preambular) {
        return;
    }
    found.push(match likely(&lower, KeywordName::ALL.map(|(word, _)| word)) {
        Some(word) => Diagnostic::new(Code::UnknownKeyword, lead.span, format!("there is no keyword `{}:`", lead.text))
            .hint(format!("did you mean `{word}:`? `\\{}:` prints the word", lead.text))
            .fix(format!("write `{word}`"), lead.span, word),
        None => Diagnostic::new(
            Code::KeywordAsProse,
            lead.span,
            format!("`{}:` is no keyword and is taken as prose", lead.text),
        )
        .hint("nothing need be done if it is part of the text")
        .at_most(Severity::Info),
    });
}

/// A section of a volume without texts has a page, and nothing behind it.
pub(super) fn empty_sections(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    if !context.filled.template.is_volume() {
        return;
    }
    let keywords = context.filled.blocks.iter().filter_map(Block::keyword);
    let lines: Vec<&Keyword> =
        keywords.filter(|keyword| matches!(keyword.name, StructureName::Section | StructureName::Member)).collect();
    for (at, section) in lines.iter().enumerate().filter(|(_, line)| line.name == StructureName::Section) {
        if lines.get(at + 1).is_some_and(|next| next.name == StructureName::Member) {
            continue;
        }
        let is_final = context.filled.values.is_final();
        let weight = if is_final { Severity::Error } else { Severity::Warning };
        let message = "this section of the volume has no texts: its page has its title alone";
        let hint = "name them on lines below it, `member: ./path.decl`, or delete the section";
        found.push(Diagnostic::new(Code::VolumeMember, section.word, message).hint(hint).at_most(weight));
    }
}

/// `member:` stands in volumes alone, and nothing but sections beside it.
pub(super) fn members(context: &Context<'_>, _: &[Passage<'_>], found: &mut Diagnostics) {
    let is_volume = context.filled.template.is_volume();
    each_block(&context.filled.blocks, false, &mut |block, _| {
        let name = block.keyword().map(|keyword| keyword.name);
        let is_comment = matches!(block.kind, BlockKind::Comment);
        let (message, hint) = if is_volume {
            if is_comment || matches!(name, Some(StructureName::Member | StructureName::Section)) {
                return;
            }
            (
                "a volume has no text of its own".to_owned(),
                "write `section:` and `member:` lines, and put the text into a document that is a member",
            )
        } else if name == Some(StructureName::Member) && !context.filled.template.appends() {
            (
                format!("`member:` stands in a {}, which is no volume", context.filled.template.name),
                "`document: compilation` puts documents together; `include:` brings in the blocks of a text",
            )
        } else {
            return;
        };
        found.push(Diagnostic::new(Code::VolumeMember, block.span, message).hint(hint));
    });
}
