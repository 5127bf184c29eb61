//! What stands around the running text of published documents: letterheads, lines of
//! meetings, lines before titles, titles, heads of annexes.
//!
//! None of their words are kept here: titles are taken from the folder that
//! `CHANCERY_CORPUS` names. What a header says of each, symbols, days and numbers, are
//! facts. What differs is in `tests/README.md`, with how many lines agree.

use std::path::PathBuf;

use chancery::layout::{Page, Role};

use crate::support::laid_out;

/// Lines of a file, counted from 1.
type Lines = std::ops::RangeInclusive<usize>;

/// A published text: its file, the lines of its head, those of its title, the header from
/// which it is set again, and the lines that differ.
struct Published {
    file: &'static str,
    head: Lines,
    title: Lines,
    header: &'static str,
    /// The head of an annex: its lines, those of its title, and its keyword with its keys.
    annex: Option<(Lines, Option<Lines>, &'static str)>,
    differ: usize,
}

const TEXTS: [Published; 6] = [
    Published {
        file: "de_MC.DOC-4-15-Corr.1.txt",
        head: 2..=15,
        title: 12..=15,
        header: "document: declaration\nlanguage: de\noriginal: en\nsymbol: MC.DOC/4/15/Corr.1\nadopted: 2015-12-04\n\
                 correction-note: X\nplace: Belgrad\nmeeting: 22\nday: 2\njournal: 2\nagenda-item: 8\n",
        annex: None,
        differ: 0,
    },
    Published {
        file: "fr_MC.DOC-4-15-Corr.1.txt",
        head: 2..=14,
        title: 11..=14,
        header: "document: declaration\nlanguage: fr\noriginal: en\nsymbol: MC.DOC/4/15/Corr.1\nadopted: 2015-12-04\n\
                 correction-note: X\nplace: Belgrade\nmeeting: 22\nday: 2\njournal: 2\nagenda-item: 8\n",
        annex: None,
        differ: 0,
    },
    Published {
        file: "fr_MC.DEC-4-08-Corr.1.txt",
        head: 2..=12,
        title: 12..=12,
        header: "document: decision\nlanguage: fr\noriginal: en\nsymbol: MC.DEC/4/08/Corr.1\nadopted: 2008-12-05\n\
                 correction-note: X\nplace: Helsinki\nmeeting: 16\nday: 2\njournal: 2\nagenda-item: 8\n",
        annex: Some((
            30..=38,
            None,
            "attachment:\noriginal: ru\nkind: interpretative-statement\nparagraph: IV.1 A) 6\nby: de X",
        )),
        differ: 0,
    },
    Published {
        file: "it_MC.DEC-3-13.txt",
        head: 2..=12,
        title: 12..=12,
        header: "document: decision\nlanguage: it\noriginal: en\nsymbol: MC.DEC/3/13\nadopted: 2013-12-06\nplace: Kiev\n\
                 meeting: 20\nday: 2\njournal: 2\nagenda-item: 8\n",
        annex: None,
        differ: 0,
    },
    Published {
        file: "en_PC.DEC-638.txt",
        head: 2..=18,
        title: 17..=18,
        header: "document: pc-decision\nlanguage: en\nsymbol: PC.DEC/638\nadopted: 2004-12-02\nmeeting: 535\n\
                 journal: 535\nagenda-item: 7\n",
        annex: Some((24..=31, Some(28..=31), "annex:")),
        differ: 0,
    },
    // A copy by mail, which lost the end of a line.
    Published {
        file: "en_MC8.DEC-1_2000.txt",
        head: 2..=13,
        title: 13..=13,
        header: "document: mc-decision\nlanguage: en\nsymbol: MC(8).DEC/1\nadopted: 2000-11-28\nmeeting: 8\nday: 2\n\
                 journal: 2\nagenda-item: 10\n",
        annex: None,
        differ: 1,
    },
];

#[test]
fn heads_and_titles_are_set_as_they_were_published() {
    let Some(folder) = std::env::var_os("CHANCERY_CORPUS").map(PathBuf::from) else {
        println!("skipped: CHANCERY_CORPUS names no folder of published texts");
        return;
    };
    let mut wrong = Vec::new();
    for text in TEXTS {
        let Ok(source) = std::fs::read_to_string(folder.join(text.file)) else {
            println!("{}: not there", text.file);
            continue;
        };
        let lines: Vec<&str> = source.lines().collect();
        let of = |range: &std::ops::RangeInclusive<usize>| -> Vec<String> {
            let words = lines.get(range.start() - 1..*range.end()).unwrap_or_default();
            words.iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        };
        let mut published = of(&text.head);
        let mut body = String::from("\noperative:\n\nX.\n");
        if let Some((head, title, keyword)) = &text.annex {
            published.extend(of(head));
            let (word, keys) = keyword.split_once(':').expect("a keyword");
            let title = title.as_ref().map(&of).unwrap_or_default().join("\n  ");
            body.push_str(&format!("\n{word}: {title}{keys}\n\nX.\n"));
        }
        let header = format!("{}status: final\ntitle: {}\n---\n", text.header, of(&text.title).join("\n  "));
        let set: Vec<String> = laid_out(&(header + &body)).pages.iter().flat_map(head_lines).collect();
        let published = whole(published);
        let differ: Vec<&String> = published.iter().filter(|line| !set.contains(&bare(line))).collect();
        println!("{}: {} of {} lines agree", text.file, published.len() - differ.len(), published.len());
        if differ.len() != text.differ {
            wrong.push(format!("{}: {differ:#?} of\n{set:#?}", text.file));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The lines of a page that do not belong to the running text, and those that stand at one
/// height as one, as extracted texts have them; without blanks.
fn head_lines(page: &Page) -> Vec<String> {
    let is_head = |role: Role| {
        let heads = [Role::Letterhead, Role::Meeting, Role::TitleLine, Role::Title, Role::PartHead, Role::RunningHead];
        heads.contains(&role)
    };
    let mut lines: Vec<(f64, f64, String)> = page
        .lines
        .iter()
        .filter(|line| is_head(line.role))
        .map(|line| {
            let words: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            (line.baseline, line.runs.first().map_or(0.0, |run| run.x), bare(&words))
        })
        .collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let rows: Vec<String> = lines
        .chunk_by(|a, b| (a.0 - b.0).abs() < 1.0)
        .map(|row| row.iter().map(|(.., words)| words.as_str()).collect())
        .collect();
    lines.into_iter().map(|(.., words)| words).chain(rows).collect()
}

fn bare(words: &str) -> String {
    words.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Lines with what an extraction broke off put back: the mark of a correction, which stood
/// above its line, and the letters of a body before the rest of a symbol.
fn whole(lines: Vec<String>) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    for line in lines {
        let marked = whole.iter().position(|other| line == "1" && other.ends_with("Corr.1"));
        let broken = whole.len().checked_sub(1).filter(|last| whole[*last] == "PC.");
        match marked.or(broken) {
            Some(at) => whole[at].push_str(&line),
            None => whole.push(line),
        }
    }
    whole
}
