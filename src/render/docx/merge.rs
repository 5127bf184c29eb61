//! Two paragraphs in one: the words of both, what is gone and new marked.

use std::ops::Range;

use super::paragraph::{Link, Look, Mark, Paragraph, Run, What};
use crate::compare::hunks;

/// A paragraph that is new, gone or moved as a whole.
pub(super) fn whole(paragraph: &Paragraph, mark: Mark) -> Paragraph {
    let is_old = matches!(mark, Mark::Gone | Mark::From(_));
    let mut out = Paragraph { mark, ..paragraph.clone() };
    out.runs = paragraph
        .runs
        .iter()
        .filter(|run| !(is_old && run.is_place()))
        .map(|run| if is_old { as_old(run) } else { run.clone() })
        .map(|run| Run { mark: if run.is_place() { Mark::Same } else { mark }, ..run })
        .collect();
    out
}

/// A run of the old text: what it leads to is not there any more.
fn as_old(run: &Run) -> Run {
    let link = run.look.link.clone().filter(|link| matches!(link, Link::Address(_)));
    let what = match &run.what {
        What::Field(_, shown) | What::Reference(_, shown) => What::Text(shown.clone()),
        what => what.clone(),
    };
    Run { what, look: Look { link, ..run.look.clone() }, mark: Mark::Same }
}

/// A paragraph that is the new one, with the old one's words in it.
pub(super) fn merged_paragraph(old: &Paragraph, new: &Paragraph) -> Paragraph {
    let mut out = new.clone();
    let stands = |paragraph: &Paragraph| (paragraph.role, paragraph.number.clone(), paragraph.format.indent);
    if stands(old) != stands(new) {
        out.was = Some(Box::new((old.role, old.number.clone(), old.format.clone())));
    }
    let (olds, news) = (pieces(old), pieces(new));
    let old_words: Vec<&Run> = olds.iter().filter(|run| !run.is_place()).collect();
    // Bookmarks are the new text's: each stands before the word with this number.
    let mut places: Vec<(usize, Run)> = Vec::new();
    let mut new_words: Vec<&Run> = Vec::new();
    for run in &news {
        if run.is_place() { places.push((new_words.len(), run.clone())) } else { new_words.push(run) }
    }
    let keys = |runs: &[&Run]| -> Vec<String> { runs.iter().map(|run| key(run)).collect() };
    let changes = smoothed(hunks(&keys(&old_words), &keys(&new_words)), &new_words);
    let mut runs: Vec<Run> = Vec::new();
    let mut places = places.into_iter().peekable();
    let mut add = |runs: &mut Vec<Run>, at: usize, mark: Mark| {
        while let Some((_, place)) = places.next_if(|(before, _)| *before <= at) {
            runs.push(place);
        }
        if let Some(run) = new_words.get(at) {
            push(runs, Run { mark, ..(*run).clone() });
        }
    };
    let mut at_new = 0;
    for (gone, put) in changes {
        while at_new < put.start {
            add(&mut runs, at_new, Mark::Same);
            at_new += 1;
        }
        for run in old_words.get(gone).unwrap_or_default() {
            push(&mut runs, Run { mark: Mark::Gone, ..as_old(run) });
        }
        while at_new < put.end {
            add(&mut runs, at_new, Mark::New);
            at_new += 1;
        }
    }
    while at_new <= new_words.len() {
        add(&mut runs, at_new, Mark::Same);
        at_new += 1;
    }
    out.runs = runs;
    out
}

/// Words of one look and one mark are one run.
fn push(runs: &mut Vec<Run>, run: Run) {
    if let (Some(Run { what: What::Text(before), look, mark }), What::Text(words)) = (runs.last_mut(), &run.what)
        && *look == run.look
        && *mark == run.mark
    {
        before.push_str(words);
        return;
    }
    runs.push(run);
}

/// A run a word, a sign or a blank.
fn pieces(paragraph: &Paragraph) -> Vec<Run> {
    let mut out = Vec::new();
    for run in &paragraph.runs {
        let What::Text(text) = &run.what else {
            out.push(run.clone());
            continue;
        };
        let mut word = String::new();
        for letter in text.chars() {
            if letter.is_alphanumeric() {
                word.push(letter);
                continue;
            }
            if !word.is_empty() {
                out.push(Run { what: What::Text(std::mem::take(&mut word)), ..run.clone() });
            }
            out.push(Run { what: What::Text(letter.to_string()), ..run.clone() });
        }
        if !word.is_empty() {
            out.push(Run { what: What::Text(word), ..run.clone() });
        }
    }
    out
}

/// What a word is compared by: its letters, and how they are set.
fn key(run: &Run) -> String {
    let what = match &run.what {
        What::Text(text) => format!("t{text}"),
        What::Field(_, shown) | What::Reference(_, shown) => format!("f{shown}"),
        What::Tab => "tab".to_owned(),
        What::Note(at, mark) => format!("n{at} {mark}"),
        What::Start(name) | What::End(name) => format!("b{name}"),
    };
    let link = run.look.link.as_ref().filter(|link| matches!(link, Link::Address(_)));
    let look = Look { link: link.cloned(), control: None, ..run.look.clone() };
    format!("{what}\u{0}{look:?}")
}

type Change = (Range<usize>, Range<usize>);

/// Changes with no more than a blank between them are one.
fn smoothed(changes: Vec<Change>, new: &[&Run]) -> Vec<Change> {
    let mut out: Vec<Change> = Vec::new();
    for (gone, put) in changes {
        let is_blank = |run: &&Run| matches!(&run.what, What::Text(text) if text.trim().is_empty());
        match out.last_mut() {
            Some((last_gone, last_put))
                if new
                    .get(last_put.end..put.start)
                    .is_some_and(|between| between.len() == 1 && between.iter().all(is_blank))
                    && !(Range::is_empty(last_gone) && gone.is_empty())
                    && !(Range::is_empty(last_put) && put.is_empty()) =>
            {
                last_gone.end = gone.end;
                last_put.end = put.end;
            }
            _ => out.push((gone, put)),
        }
    }
    out
}
