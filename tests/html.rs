//! HTML: what a page says and what its blocks are called, from texts. That it is right
//! HTML and accessible is asked of outside programs, by `.ci/edges web`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chancery::render::{HtmlOptions, flowed, html};
use chancery::{Checked, MemoryWorld, Options, compile};

use crate::examples;

const HEADER: &str = "document: declaration\nstatus: draft\nlanguage: en\ntitle: Draft declaration on an example\nas-of: 2026-12-04\n---\n\n";

/// Every example with its name, compiled once.
pub static EXAMPLES: LazyLock<Vec<(String, Checked)>> = LazyLock::new(|| {
    let compiled = |(name, _): (String, String)| {
        let checked = examples::compiled(&name).checked.unwrap_or_else(|| panic!("{name} has errors"));
        (name, checked)
    };
    examples::all().into_iter().map(compiled).collect()
});

fn checked(text: &str) -> Checked {
    let world = MemoryWorld::new().with("text.decl", text).on(jiff::civil::date(2026, 12, 4));
    let compilation = compile(&world, "text.decl", &Options::default()).expect("a text");
    let said = chancery::diag::concise(&compilation.found, &compilation.sources);
    compilation.checked.unwrap_or_else(|| panic!("{said}"))
}

fn fragment(body: &str) -> String {
    html(&checked(&format!("{HEADER}{body}")), HtmlOptions { fragment: true })
}

/// What stands in `<main>` without its tags, with the signs that stand for others.
fn words_of(page: &str) -> String {
    let body = page.split_once("<main").map_or(page, |(_, main)| main.split_once('>').expect("a tag").1);
    let mut out = String::new();
    for (at, piece) in body.split('<').enumerate() {
        let text = if at == 0 { piece } else { piece.split_once('>').expect("a tag").1 };
        let is_inline = [
            "sup",
            "/sup",
            "a ",
            "/a",
            "em",
            "/em",
            "strong",
            "/strong",
            "span class=\"hidden",
            "span class=\"kept",
            "span class=\"gap",
            "span class=\"bracket",
            "span lang",
            "span id",
            "/span>",
        ];
        if at > 0 && !is_inline.iter().any(|tag| piece.starts_with(tag)) {
            out.push(' ');
        }
        out.push_str(text);
    }
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        out = out.replace(entity, sign);
    }
    out
}

/// Words as they are compared: capitals and blanks make no difference, neither do hyphens
/// that only say where a line may end.
pub fn bag(text: &str) -> Vec<String> {
    let text: String = text.replace('\u{AD}', "").replace('\u{2011}', "-").to_uppercase();
    let mut words: Vec<String> = text
        .split_whitespace()
        // Rules of tables in plain text.
        .filter(|word| !(word.len() > 1 && word.bytes().all(|byte| byte == b'-')))
        .map(str::to_owned)
        .collect();
    words.sort();
    words
}

pub fn differing(a: &[String], b: &[String]) -> Vec<String> {
    let mut rest = b.to_vec();
    let mut only = Vec::new();
    for word in a {
        match rest.binary_search(word) {
            Ok(at) => drop(rest.remove(at)),
            Err(_) => only.push(word.clone()),
        }
    }
    only
}

#[test]
fn a_page_has_the_words_of_the_flowed_text_and_what_it_says_besides() {
    for (name, checked) in EXAMPLES.iter() {
        let page = bag(&words_of(&html(checked, HtmlOptions::default())));
        let text = bag(&flowed(checked, 10_000));
        let missing = differing(&text, &page);
        assert!(missing.is_empty(), "{name}: not in the page: {missing:?}");
        // The heading of the notes of each part, and the code at the foot of the first page.
        let extra = differing(&page, &text);
        let notes = ["NOTES", "ANMERKUNGEN", "NOTAS", "NOTE", "ПРИМЕЧАНИЯ"];
        let document = checked.document();
        let codes: Vec<String> = std::iter::once(document)
            .chain(document.members().map(|member| &member.document))
            .filter_map(|document| document.letterhead.file_code.as_deref().map(str::to_uppercase))
            .collect();
        let is_known = |word: &&String| notes.contains(&word.as_str()) || codes.contains(word);
        let unknown: Vec<&String> = extra.iter().filter(|word| !is_known(word)).collect();
        assert!(unknown.is_empty(), "{name}: only in the page: {unknown:?}");
    }
}

#[test]
fn names_are_there_once_and_links_lead_to_them() {
    for (name, checked) in EXAMPLES.iter() {
        for fragment in [false, true] {
            let page = html(checked, HtmlOptions { fragment });
            assert_eq!(page, html(checked, HtmlOptions { fragment }), "{name}");
            let of = |before: &str| -> Vec<String> {
                page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
            };
            let ids = of(" id=\"");
            let unique: BTreeSet<&String> = ids.iter().collect();
            assert_eq!(unique.len(), ids.len(), "{name}: a name twice among {ids:?}");
            assert!(ids.iter().all(|id| !id.is_empty() && !id.contains(char::is_whitespace)), "{name}: {ids:?}");
            for target in of(" href=\"#") {
                assert!(unique.contains(&target), "{name}: nothing is called {target}");
            }
        }
    }
}

#[test]
fn a_label_is_the_name_of_its_block_and_others_are_called_by_their_numbers() {
    let page = fragment(
        "operative:\n\n1. {#first} We meet.\n\n2. We see:\n\n    (a) {@first};\n\n    (b) more.\n\n[3. We go.]\n",
    );
    for expected in [
        "<li id=\"first\"><p><span class=\"number\">1.</span> We meet.</p>",
        "<li id=\"2\"><p><span class=\"number\">2.</span> We see:</p>",
        "<li id=\"2-a\"><p><span class=\"number\">(a)</span> <a href=\"#first\">paragraph\u{A0}1</a>;</p>",
        "<li id=\"2-b\">",
        "<li id=\"3\"><p><span class=\"number\">[3.</span>",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
}

#[test]
fn what_is_counted_anew_in_sections_is_called_with_them() {
    let header = HEADER.replace("as-of:", "numbering: restart\nas-of:");
    let body = "section: One\n\n1. We meet.\n\nsection: Two\n\n1. We go.\n\nannex: List\n\n1. A thing.\n";
    let page = html(&checked(&format!("{header}{body}")), HtmlOptions { fragment: true });
    for id in ["section-I", "section-I.1", "section-II.1", "annex-1", "annex-1.1"] {
        assert!(page.contains(&format!(" id=\"{id}\"")), "{id} is not in\n{page}");
    }
}

#[test]
fn a_label_that_is_a_name_of_ours_keeps_it() {
    let page = fragment(
        "operative:\n\n1. {#note-1} We meet{note: In spring.}.\n\n2. {#annex-1} See {@annex-1}.\n\nannex: List\n\n1. A thing.\n",
    );
    for expected in [
        "<li id=\"note-1\">",
        "<li id=\"annex-1\">",
        "href=\"#note-1_2\"",
        "<p id=\"note-1_2\">",
        "<section id=\"annex-1_2\"",
    ] {
        assert!(page.contains(expected), "{expected} is not in\n{page}");
    }
}

#[test]
fn a_heading_is_never_more_than_one_deeper_than_the_one_before() {
    for (name, checked) in EXAMPLES.iter() {
        for (fragment, first) in [(false, 1), (true, 2)] {
            let page = html(checked, HtmlOptions { fragment });
            let mut before = first - 1;
            for piece in page.split("<h").skip(1) {
                let Some(depth) = piece.bytes().next().filter(u8::is_ascii_digit).map(|byte| usize::from(byte - b'0'))
                else {
                    continue;
                };
                assert!(depth >= first && depth <= before + 1, "{name}: h{depth} behind h{before}");
                before = depth;
            }
        }
    }
}

#[test]
fn a_note_and_its_mark_lead_to_each_other() {
    let page = fragment("operative:\n\n1. We meet in 2020{note: As <it> stands.}.\n");
    let mark = "2020<sup><a role=\"doc-noteref\" id=\"note-1-mark\" href=\"#note-1\"><span class=\"hidden\">(</span>1<span class=\"hidden\">)</span></a></sup>.";
    assert!(page.contains(mark), "{page}");
    let note = "<section role=\"doc-endnotes\" class=\"notes\">\n<h3>Notes</h3>\n<p id=\"note-1\"><a role=\"doc-backlink\" href=\"#note-1-mark\" class=\"number\">1</a> As &lt;it&gt; stands.</p>\n";
    assert!(page.contains(note), "{page}");
}

#[test]
fn the_mark_of_a_correction_stands_before_the_distribution() {
    let text = "document: declaration\nlanguage: en\nsymbol: MC.DOC/901/15/Corr.1\ndistribution: OSCE+\nas-of: 2015-12-04\ncorrection-note: The title was corrected.\ntitle: On archives\n---\n\n1. x\n";
    let page = html(&checked(text), HtmlOptions { fragment: true });
    let row = page.split("</p>").next().unwrap_or_default();
    let places = ["MC.DOC/901/15/Corr.1", "noteref", "OSCE+"].map(|words| row.find(words));
    assert!(places.is_sorted() && places[0].is_some(), "{row}");
}

#[test]
fn an_author_writes_no_mark_up_and_nothing_is_fetched() {
    let text = format!(
        "{HEADER}operative:\n\n1. We see </p><script>alert('\"&')</script> <img src=x onerror=y> and {{lang fr: un « <b> mot »}}.\n"
    );
    for fragment in [false, true] {
        let page = html(&checked(&text), HtmlOptions { fragment });
        for mark_up in ["<script", "<img", "<b>"] {
            assert!(!page.contains(mark_up), "{mark_up} in\n{page}");
        }
        assert!(page.contains("&lt;/p&gt;&lt;script&gt;") && page.contains("<span lang=\"fr\">"), "{page}");
        assert!(!page.contains("src=\"") && !page.contains("url("), "{page}");
    }
}

#[test]
fn what_stands_beside_each_other_in_a_table_stands_in_one_row() {
    let page = fragment(
        "operative:\n\n1. We meet:\n\n    table:\n        Day | Event | Place\n        Monday | Opening, | Hall A\n         | with guests |\n",
    );
    assert!(
        page.contains("<th scope=\"col\">Day</th><th scope=\"col\">Event</th><th scope=\"col\">Place</th>"),
        "{page}"
    );
    assert!(page.contains("<tr><td>Monday</td><td>Opening, with guests</td><td>Hall A</td></tr>"), "{page}");
}

#[test]
fn a_small_declaration_is_this_page() {
    insta::assert_snapshot!(fragment(
        "preamble:\n\nThe Ministerial Council,\n\n*Recalling* its first meeting,\n\noperative:\n\n1. Decides to {lang fr: *lire*};\n\n2. (a) One thing, [or another];\n\n    (b) and [TBC].\n"
    ));
}
