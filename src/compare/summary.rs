//! What a drafter reads first: what changed, in sentences.

use std::collections::BTreeMap;

use super::cite::Cite;
use super::comparison::{Change, Comparison, Entry, What, is_counted};
use super::leaf::{Leaf, LeafKind, Leaves, unbracketed};
use super::place::{in_part, shortened};

/// What a sentence of the summary is about, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The type of document, the first page and the title.
    Header,
    /// Instruments that are cited.
    References,
    /// Blocks that are new, gone, moved, divided or joined.
    Blocks,
    /// Words that are not agreed.
    Brackets,
    /// Numbers that only follow.
    Numbers,
    /// Words of the blocks.
    Words,
}

impl Subject {
    /// The name that programs are told, and the heading above its sentences.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Header => "header",
            Subject::References => "references",
            Subject::Blocks => "blocks",
            Subject::Brackets => "brackets",
            Subject::Numbers => "numbers",
            Subject::Words => "words",
        }
    }
}

/// A sentence of the summary.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// What it is about.
    pub subject: Subject,
    /// The sentence, without a full stop.
    pub words: String,
}

impl Comparison {
    /// What changed, in sentences, the weightiest first.
    pub fn summary(&self) -> Vec<Statement> {
        let mut all = Vec::new();
        let mut say = |subject: Subject, words: String| all.push(Statement { subject, words });
        if let Some((old, new)) = &self.kinds {
            say(Subject::Header, format!("the document is of the type `{new}`, and was of the type `{old}`"));
        }
        let mut words: Vec<(&Leaf, Vec<&str>)> = Vec::new();
        for entry in &self.entries {
            let (old, new) = self.leaves_of(entry);
            let (Some(leaf), is_old) = (new.first().or(old.first()).copied(), new.is_empty()) else { continue };
            let leaves = if is_old { &self.old } else { &self.new };
            let name = leaves.name(leaf);
            self.header(entry, leaf, &mut say);
            self.cited(entry, &name, &mut say);
            self.block(entry, &name, &mut say);
            brackets(entry, &name, &mut say);
            let told = |change: &Change| match change {
                Change::Words => Some("words"),
                Change::Figures => Some("figures"),
                Change::Emphasis => Some("emphasis"),
                Change::Notes => Some("notes"),
                Change::Place => Some("level"),
                Change::References { .. } | Change::Brackets { .. } => None,
            };
            let told: Vec<&str> = entry.changes.iter().filter_map(told).collect();
            if !told.is_empty() && !matches!(leaf.kind, LeafKind::Head | LeafKind::Title) {
                words.push((leaf, told));
            }
        }
        for sentence in self.numbers() {
            say(Subject::Numbers, sentence);
        }
        for sentence in changed_words(&words, &self.new) {
            say(Subject::Words, sentence);
        }
        all.sort_by_key(|statement| statement.subject);
        all
    }

    fn header(&self, entry: &Entry, leaf: &Leaf, say: &mut dyn FnMut(Subject, String)) {
        if !matches!(leaf.kind, LeafKind::Head | LeafKind::Title) || entry.what == What::Same {
            return;
        }
        let place = match (leaf.kind, self.part_name(entry)) {
            (LeafKind::Title, part) => format!("the title{part}"),
            (_, part) if part.is_empty() => "the first page".to_owned(),
            (_, part) => format!("the head{part}"),
        };
        let (old, new) = self.words_of(entry);
        let text = |words: Option<&super::words::Words>| words.map(|words| shortened(&words.text)).unwrap_or_default();
        let (old, new) = (text(old), text(new));
        say(
            Subject::Header,
            match entry.what {
                What::Gone => format!("{place} no longer says “{old}”"),
                What::New => format!("{place} says “{new}”"),
                _ if old == new => format!("{place} is changed"),
                _ => format!("{place} says “{new}” instead of “{old}”"),
            },
        );
    }

    fn part_name(&self, entry: &Entry) -> String {
        let (old, new) = self.leaves_of(entry);
        let (leaves, leaf) = match new.first() {
            Some(leaf) => (&self.new, Some(leaf)),
            None => (&self.old, old.first()),
        };
        leaf.map(|leaf| leaves.with_part(leaf, String::new())).unwrap_or_default()
    }

    fn cited(&self, entry: &Entry, name: &str, say: &mut dyn FnMut(Subject, String)) {
        for change in &entry.changes {
            if let Change::References { gone, new } = change {
                say(Subject::References, cites(name, gone, new));
            }
        }
    }

    fn block(&self, entry: &Entry, name: &str, say: &mut dyn FnMut(Subject, String)) {
        let (old, new) = self.leaves_of(entry);
        let is_head = old.iter().chain(&new).all(|leaf| matches!(leaf.kind, LeafKind::Head | LeafKind::Title));
        let Some(leaf) = new.first().or(old.first()).filter(|_| !is_head) else { return };
        let words = shortened(&leaf.words.text);
        let former: Vec<String> = old.iter().map(|leaf| self.old.name(leaf)).collect();
        let names: Vec<String> = new.iter().map(|leaf| self.new.name(leaf)).collect();
        let sentence = match entry.what {
            What::New => format!("{name} is new: “{words}”"),
            What::Gone => format!("{name} is gone: “{words}”"),
            What::Moved => format!("{name} stood elsewhere, as {}", former.join(", ")),
            What::Divided => format!("{} is divided into {}", former.join(", "), and(&names)),
            What::Joined => format!("{} are joined in {name}", and(&former)),
            What::Same | What::Changed => return,
        };
        say(Subject::Blocks, sentence);
    }

    /// Numbers that follow, in runs.
    fn numbers(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut run: Vec<(&Leaf, &Leaf)> = Vec::new();
        for entry in self.entries.iter().filter(|entry| !matches!(entry.what, What::New | What::Gone)) {
            let (old, new) = self.leaves_of(entry);
            let (Some(old), Some(new)) = (old.first(), new.first()) else { continue };
            if !is_counted(old) || !is_counted(new) || matches!(entry.what, What::Moved) {
                continue;
            }
            let is_other = bare(old) != bare(new);
            let ends = run.last().is_some_and(|(_, last)| {
                if last.part != new.part {
                    return true;
                }
                match (last.kind == new.kind, is_other) {
                    // A note between paragraphs, and what lies deeper, ends no run of them.
                    (false, false) => false,
                    (true, false) => new.level <= last.level,
                    (false, true) => true,
                    (true, true) => new.level != last.level,
                }
            });
            if ends {
                sentences.extend(self.run(&run));
                run.clear();
            }
            if is_other {
                run.push((old, new));
            }
        }
        sentences.extend(self.run(&run));
        sentences
    }

    fn run(&self, run: &[(&Leaf, &Leaf)]) -> Option<String> {
        let ((first_old, first_new), (last_old, last_new)) = (run.first()?, run.last()?);
        let many = match first_new.kind {
            LeafKind::Note => "notes",
            LeafKind::Heading => "sections",
            _ if first_new.level == 0 => "paragraphs",
            _ => "sub-paragraphs",
        };
        let sentence = if run.len() == 1 {
            let (was, is) = (in_part(first_old), in_part(first_new));
            let bare = ["paragraph ", "note ", "section "].iter().find_map(|what| is.strip_prefix(what));
            format!("{was} is now {}", bare.unwrap_or(&is))
        } else {
            format!(
                "{many} {} to {} are now {} to {}",
                first_old.number, last_old.number, first_new.number, last_new.number
            )
        };
        let part = self.new.with_part(first_new, String::new());
        Some(match part.strip_prefix(" of ") {
            Some(part) => format!("in {part}, {sentence}"),
            None => sentence,
        })
    }
}

/// A number without the bracket that opens before it, and what follows it.
fn bare(leaf: &Leaf) -> &str {
    unbracketed(leaf.label.as_deref().unwrap_or_default())
}

/// “paragraph 4 now cites MC.DEC/4/11 instead of MC.DEC/4/07”.
fn cites(name: &str, gone: &[Cite], new: &[Cite]) -> String {
    let list = |cites: &[Cite]| and(&cites.iter().map(Cite::in_words).collect::<Vec<_>>());
    match (gone.is_empty(), new.is_empty()) {
        (true, _) => format!("{name} now cites {}", list(new)),
        (_, true) => format!("{name} no longer cites {}", list(gone)),
        _ => format!("{name} now cites {} instead of {}", list(new), list(gone)),
    }
}

fn brackets(entry: &Entry, name: &str, say: &mut dyn FnMut(Subject, String)) {
    for change in &entry.changes {
        let Change::Brackets { settled, opened } = change else { continue };
        let of = |names: &[String]| {
            let named: Vec<&str> = names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
            if named.is_empty() { String::new() } else { format!(" ({})", named.join("; ")) }
        };
        let number = |names: &[String]| match names.len() {
            1 => "a bracket was".to_owned(),
            many => format!("{many} brackets were"),
        };
        if settled.len() == opened.len() {
            let bare = |names: &[String]| of(names).trim_matches([' ', '(', ')']).to_owned();
            let (is, was) = (bare(opened), bare(settled));
            let nobody = |names: String| if names.is_empty() { "nobody".to_owned() } else { names };
            say(Subject::Brackets, format!("in {name} a bracket is of {} instead of {}", nobody(is), nobody(was)));
            continue;
        }
        if !settled.is_empty() {
            say(Subject::Brackets, format!("in {name} {} settled{}", number(settled), of(settled)));
        }
        if !opened.is_empty() {
            say(Subject::Brackets, format!("in {name} {} opened{}", number(opened), of(opened)));
        }
    }
}

/// In which blocks words changed, by what changed in them.
fn changed_words(changed: &[(&Leaf, Vec<&str>)], leaves: &Leaves) -> Vec<String> {
    let mut by_kind: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (leaf, kinds) in changed {
        by_kind
            .entry(and(&kinds.iter().map(|kind| (*kind).to_owned()).collect::<Vec<_>>()))
            .or_default()
            .push(leaves.name(leaf));
    }
    let sentence = |(kinds, places): (String, Vec<String>)| format!("other {kinds} in {}", and(&places));
    by_kind.into_iter().map(sentence).collect()
}

/// “a, b and c”
fn and(items: &[String]) -> String {
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
