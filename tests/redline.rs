//! Two drafts as one PDF.

use chancery::compare::{Comparison, Side, What, show};
use chancery::compile::Compilation;
use chancery::layout::style::Style;
use chancery::layout::{Change, Changes, Role, Run, lay_out_changes};
use chancery::model::{BlockKind, Document};
use chancery::render::redlined;
use proptest::prelude::*;

use crate::command_line::{chancery, code, folder, said};
use crate::drafts::{compiled_draft, pairs};
use crate::properties::{changed_example, mutated_example};
use crate::support::{HEADER, cases, compiled_bytes};

/// The words that are read, without blanks: of the text, of its heads, and of its notes.
fn words(document: &Document, changes: &Changes, style: &Style, takes: &dyn Fn(Option<Change>) -> bool) -> [String; 3] {
    let mut all = [String::new(), String::new(), String::new()];
    let mut is_front = true;
    lay_out_changes(document, changes, style, &mut |page| {
        is_front &= page.folio == 0;
        for line in page.lines.iter().filter(|_| !is_front) {
            // Of what stands above each page, the word "draft" is compared.
            let is_running = line.role == Role::RunningHead;
            if is_running && (page.folio != 1 || line.runs.first().is_some_and(|run| run.x > 100.0)) {
                continue;
            }
            let is_head =
                is_running || matches!(line.role, Role::Letterhead | Role::PartHead | Role::FileCode | Role::Meeting);
            let place = if line.role == Role::Note { 2 } else { usize::from(is_head) };
            // On which page something stands is another matter in a text of both.
            let is_entry = line.runs.iter().any(|run| run.element.is_none() && run.text.contains(".\u{A0}."));
            let is_number = |run: &Run| is_entry && run.text.trim().chars().all(|c| c.is_ascii_digit());
            let is_read = |run: &&Run| (run.element.is_some() || line.role == Role::FileCode) && !is_number(run);
            for run in line.runs.iter().filter(is_read).filter(|run| takes(run.change)) {
                all[place].extend(run.text.chars().filter(|c| !c.is_whitespace() && *c != '\u{AD}'));
            }
        }
    });
    all
}

fn sorted(words: &[String; 3]) -> [Vec<char>; 3] {
    words.each_ref().map(|words| {
        // What ends a paragraph that was joined with the next one; a title that is gone need not
        // stand in capitals.
        let mut letters: Vec<char> = words.to_lowercase().chars().filter(|c| *c != '¶').collect();
        letters.sort_unstable();
        letters
    })
}

/// Where two texts part, with what stands around it.
fn parting(is: &[String; 3], wanted: &[String; 3]) -> String {
    let mut out = String::new();
    for (is, wanted) in is.iter().zip(wanted).filter(|(is, wanted)| is != wanted) {
        let (is, wanted): (Vec<char>, Vec<char>) = (is.chars().collect(), wanted.chars().collect());
        let at = is.iter().zip(&wanted).take_while(|(a, b)| a == b).count();
        let near = |text: &[char]| text.iter().skip(at.saturating_sub(40)).take(120).collect::<String>();
        out.push_str(&format!("  is:  {}\n  not: {}\n", near(&is), near(&wanted)));
    }
    out
}

fn has_contents(document: &Document) -> bool {
    let blocks = document.parts.iter().flat_map(|part| &part.blocks);
    blocks.into_iter().any(|block| matches!(block.kind, BlockKind::Contents(_)))
}

/// Accepted, the words are the new draft's; with what is gone and without what is new, the old
/// one's.
fn holds_both(old: &Compilation, new: &Compilation) -> Result<(), String> {
    let (Some(old_side), Some(new_side)) = (Side::of(old), Side::of(new)) else { return Ok(()) };
    if old_side.document.volume.is_some() || new_side.document.volume.is_some() {
        return Ok(());
    }
    let comparison = Comparison::of(&old_side, &new_side);
    let redline = redlined((&old_side, &new_side), &comparison, ("old", "new")).map_err(|error| error.to_string())?;
    let style = &new.style;
    let all = |_: Option<Change>| true;
    // Its pages have a foot, which is not read.
    let plain = Changes::default();
    let accepted = |change: Option<Change>| !change.is_some_and(|change| change.is_gone() || change == Change::Remark);
    let is = words(&redline.document, &redline.changes, style, &accepted);
    let wanted = words(new_side.document, &plain, style, &all);
    if is != wanted {
        return Err(format!("accepted:\n{}{}", parting(&is, &wanted), show::text(&comparison, ("old", "new"), false)));
    }
    if has_contents(old_side.document) || has_contents(new_side.document) {
        return Ok(());
    }
    let rejected = |change: Option<Change>| !change.is_some_and(|change| change.is_new() || change == Change::Remark);
    let was = words(&redline.document, &redline.changes, style, &rejected);
    let wanted = words(old_side.document, &plain, style, &all);
    let is_in_order = was == wanted;
    let moves = comparison.entries.iter().any(|entry| entry.what == What::Moved);
    // The note of a correction that is gone stands in the head; its mark, here and at the symbol, is the new
    // draft's, and is not marked as new or gone.
    let marks = |side: &Side<'_>| match side.document.letterhead.correction {
        Some(_) => side.document.letterhead.correction_mark.repeat(2),
        None => String::new(),
    };
    let (old_marks, new_marks) = (marks(&old_side), marks(&new_side));
    let is_there = if old_marks.is_empty() == new_marks.is_empty() {
        sorted(&was) == sorted(&wanted)
    } else {
        let whole = |words: &[String; 3], marks: &str| sorted(&[words.concat() + marks, String::new(), String::new()]);
        whole(&was, &old_marks) == whole(&wanted, &new_marks)
    };
    if !is_in_order && !is_there {
        return Err(format!(
            "rejected, moves: {moves}\n{}{}",
            parting(&was, &wanted),
            show::text(&comparison, ("old", "new"), false)
        ));
    }
    Ok(())
}

#[test]
fn all_words_of_both_drafts_are_there() {
    let mut wrong = String::new();
    for pair in pairs() {
        let (old, new) = (compiled_draft(&pair.language, &pair.old), compiled_draft(&pair.language, &pair.new));
        for (old, new) in [(&old, &new), (&new, &old), (&old, &old)] {
            if let Err(why) = holds_both(old, new) {
                wrong.push_str(&format!("=== {}\n{why}\n", pair.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn all_words_of_two_random_drafts_are_there((old, new) in changed_example(), other in mutated_example()) {
        let [old, new, other] = [old, new, other].map(|text| compiled_bytes(text.into_bytes()));
        for (old, new) in [(&old, &new), (&new, &old), (&new, &other)] {
            if let Err(why) = holds_both(old, new) {
                prop_assert!(false, "{why}");
            }
        }
    }
}

/// Where the new draft has no title, those of the text and of its annex are gone one below the other.
#[test]
fn each_title_that_is_gone_has_its_line() {
    let old = format!("{HEADER}1. We open the archive.\n\nannex: Opening hours\n\n1. From nine to six.\n");
    let body = "---\n\nWe open the archive.\n\nFrom nine to six.\n";
    let new = format!("document: statement\nlanguage: en\nas-of: 2026-12-04\nsymbol: MC.DEL/901/26\n{body}");
    holds_both(&compiled_bytes(old.into()), &compiled_bytes(new.into())).expect("all words of both");
}

/// A folder with drafts, and what `chancery diff OLD NEW --to pdf` does there.
fn made(files: &[(&str, &str)], arguments: &[&str]) -> (i32, String, Vec<u8>) {
    let folder = folder(files);
    let output = chancery(folder.path(), &[&["diff"], arguments, &["--to", "pdf", "-o", "redline.pdf"]].concat());
    (code(&output), said(&output), std::fs::read(folder.path().join("redline.pdf")).unwrap_or_default())
}

#[test]
fn the_command_writes_a_tagged_file_that_says_what_is_new_and_gone() {
    let (old, new) = (format!("{HEADER}1. We meet.\n"), format!("{HEADER}1. We met {{^Here.}}.\n"));
    let (code, said, bytes) = made(&[("old.decl", &old), ("new.decl", &new)], &["old.decl", "new.decl"]);
    assert_eq!(code, 1, "{said}");
    let file = lopdf::Document::load_mem(&bytes).expect("a PDF");
    let mut marks = Vec::new();
    for object in file.objects.values() {
        let Ok(element) = object.as_dict() else { continue };
        let Ok(lopdf::Object::Dictionary(attribute)) = element.get(b"A") else { continue };
        if let (Ok(line), Ok(alt)) = (attribute.get(b"TextDecorationType"), element.get(b"Alt")) {
            let alt = lopdf::decode_text_string(alt).expect("text");
            marks.push((String::from_utf8_lossy(line.as_name().expect("a name")).into_owned(), alt));
        }
    }
    for (line, alt) in [("LineThrough", "deleted: meet end of change"), ("Underline", "inserted: met  end of change")] {
        assert!(marks.iter().any(|(mark, words)| mark == line && words == alt), "{alt} is not in {marks:?}");
    }
    // The same twice gives the same bytes, and a draft with itself differs in nothing.
    assert_eq!(made(&[("old.decl", &old), ("new.decl", &new)], &["old.decl", "new.decl"]).2, bytes);
    assert_eq!(made(&[("old.decl", &old), ("new.decl", &old)], &["old.decl", "new.decl"]).0, 0);
}

#[test]
fn what_cannot_be_set_is_refused_and_hostile_names_are_shown() {
    let text = format!("{HEADER}1. We meet.\n");
    let volume =
        "document: compilation\nlanguage: en\ntitle: Two texts\nplace: Tirana\nyear: 2026\n---\n\nmember: text.decl\n";
    let refused = |old: &str, new: &str, why: &str| {
        let files = [("old.decl", old), ("new.decl", new), ("text.decl", text.as_str())];
        let (code, said, bytes) = made(&files, &["old.decl", "new.decl"]);
        assert_eq!(code, 2, "{said}");
        assert!(said.contains(why) && bytes.is_empty(), "{said}");
    };
    refused(volume, volume, "compare its texts one by one");
    refused(&text, "", "cannot be compared");
    refused(&text, &format!("{HEADER}1. We meet at \u{4E16}.\n"), "no font has the sign `世` (U+4E16)");
    // A draft with errors is compared as far as it was understood.
    let wrong = format!("{HEADER}1. We meet as {{@nowhere}} says.\n");
    let (code, said, bytes) = made(&[("a.decl", &wrong), ("b.decl", &text)], &["a.decl", "b.decl"]);
    assert_eq!((code, bytes.is_empty()), (1, false), "{said}");
    let name = "a\u{202E}b <&> very-long-name-that-is-longer-than-a-line-of-the-page-has-room-for-in-its-foot-and-goes-on-and-on-and-on.decl";
    let (code, said, bytes) = made(&[(name, &text), ("b.decl", &wrong)], &[name, "b.decl"]);
    assert_eq!((code, bytes.is_empty()), (1, false), "{said}");
}
