//! A journal in plain text: the rows of its sessions, the items of its agenda, its decisions and what is annexed, each
//! known by the words that the language prints before it.

use super::meeting::Meeting;
use super::read::{Block, Keyword, Lost, Paragraph, Piece, Stands, What, first_words, is_capitals};
use crate::compile::{is_of_head, template_named};
use crate::locale::Locale;
use crate::syntax::{RowPlace, SessionRow, Symbol, read_symbol};
use crate::world::MemoryWorld;

/// What is known of a journal before its paragraphs are read.
pub(super) struct Journal {
    locale: &'static Locale,
    /// The rows of a session, the first of which begins one.
    rows: Vec<SessionRow>,
    symbol: Option<Symbol>,
}

/// What a paragraph says by its first words.
enum Says {
    /// A row of a session, by its place among them, and its words.
    Row(usize, String),
    /// What stands above the items of the agenda.
    Subjects,
    Item(u32, String),
    Decision(String),
    Annex(Option<u32>),
}

/// Names have fewer letters, and a further one stands on a line of its own.
const LONGEST_NAME: usize = 60;

impl Journal {
    /// Of texts of a type that has sessions.
    pub fn of(document: &str, language: &str, text: &str) -> Option<Journal> {
        let locale = Locale::of(language)?;
        let template = template_named(&MemoryWorld::new(), document, language).ok()?;
        let symbols = text.split_whitespace().take(200).filter_map(read_symbol);
        let symbol = symbols.into_iter().find(|symbol| template.series.iter().any(|series| series.names(symbol)));
        (!template.session.is_empty()).then_some(Journal { locale, rows: template.session, symbol })
    }

    /// Whether a line begins a paragraph of its own, whatever stands above it.
    pub fn begins(&self, line: &str) -> bool {
        self.says(line).is_some()
    }

    fn says(&self, words: &str) -> Option<Says> {
        let words = in_one_line(words);
        let text = unnumbered(&words).unwrap_or(&words);
        let row = self.rows.iter().enumerate().find_map(|(at, row)| {
            let rest = self.behind(text, &row.name.text)?.to_owned();
            Some(if row.place == RowPlace::Items { Says::Subjects } else { Says::Row(at, rest) })
        });
        let decision = || Some(Says::Decision(self.behind(text, "decision")?.to_owned()));
        row.or_else(|| self.item(text)).or_else(decision).or_else(|| self.annex(text))
    }

    /// What stands behind the words of a row and their colon.
    fn behind<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        let rest = text.strip_prefix(in_one_line(&self.locale.labels.get(name)?.text).as_str())?;
        Some(rest.trim_start().strip_prefix(':')?.trim_start())
    }

    /// `Agenda item 2: REVIEW OF CURRENT ISSUES`
    fn item(&self, text: &str) -> Option<Says> {
        let label = in_one_line(&self.locale.labels.get("item")?.text);
        let (before, behind) = label.split_once("{number}")?;
        let rest = text.strip_prefix(before)?;
        let (number, rest) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
        let title = rest.strip_prefix(behind)?.trim_start().strip_prefix(':')?;
        Some(Says::Item(number.parse().ok()?, title.trim_start().to_owned()))
    }

    /// `Annex 3` alone, in a word of any year.
    fn annex(&self, text: &str) -> Option<Says> {
        let word = &self.locale.words.annex;
        let words = std::iter::once(&word.text).chain(word.forms.iter().map(|form| &form.text));
        let rest = words.filter_map(|word| text.strip_prefix(word.as_str())).map(str::trim);
        let mut numbers =
            rest.filter_map(|rest| if rest.is_empty() { Some(None) } else { rest.parse().ok().map(Some) });
        numbers.next().map(Says::Annex)
    }

    /// The paragraphs of a text with what each prints as a keyword; what could not be placed is said, and stays words.
    pub fn placed(&self, blocks: Vec<Block>, lost: &mut Vec<Lost>) -> Vec<Block> {
        let texts: Vec<String> = blocks.iter().map(words_of).collect();
        let begins = texts.iter().enumerate().filter(|(_, text)| matches!(self.says(text), Some(Says::Row(0, _))));
        let begins: Vec<usize> = begins.map(|(at, _)| at).collect();
        let Some(above) = begins.first().copied() else {
            let first = self.rows.first().and_then(|row| self.locale.labels.get(&row.name.text));
            let named = first.map(|fact| format!(", which begins with `{}:`", fact.text)).unwrap_or_default();
            let what = format!("no session was found{named}: rows and items are paragraphs");
            lost.push(Lost { paragraph: 0, near: String::new(), what });
            return blocks;
        };
        // A Council's meeting has sessions with titles.
        let titled = begins.len() > 1 || self.symbol.as_ref().is_some_and(|symbol| symbol.meeting.is_some());
        let placer = Placer {
            journal: self,
            titled,
            above,
            texts,
            out: Vec::new(),
            before: Vec::new(),
            last: None,
            item: 0,
            annexes: 0,
            state: State::Above,
        };
        placer.run(blocks, lost)
    }
}

/// Where the text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before its first session.
    Above,
    /// In the rows of a session.
    Rows,
    /// In the items of its agenda.
    Items,
    /// In what is annexed.
    Annexes,
    /// In texts that are appended.
    Appended,
}

/// The paragraphs of a journal, one after the other.
struct Placer<'j> {
    journal: &'j Journal,
    /// Whether sessions have titles.
    titled: bool,
    /// How many paragraphs stand above the first of them.
    above: usize,
    texts: Vec<String>,
    out: Vec<Block>,
    /// What the compiler prints before what comes next.
    before: Vec<(String, String)>,
    /// The row that stands right above.
    last: Option<usize>,
    item: u32,
    annexes: u32,
    state: State,
}

impl Placer<'_> {
    fn run(mut self, blocks: Vec<Block>, lost: &mut Vec<Lost>) -> Vec<Block> {
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            let text = in_one_line(self.texts.get(at).map_or("", String::as_str));
            let said = if self.state == State::Appended { None } else { self.journal.says(&text) };
            let taken = match said {
                Some(Says::Row(row, rest)) if row == 0 || self.is_row(row) => self.row(row, &rest, at),
                Some(Says::Subjects) if self.state == State::Rows => {
                    self.before.push(line_of(&text));
                    1
                }
                Some(Says::Item(number, title)) if matches!(self.state, State::Rows | State::Items) => {
                    self.agenda_item(number, &text, &title)
                }
                Some(Says::Decision(words)) if self.state == State::Items => {
                    self.push("decision", &words, ("", &text), Stands::Own(Vec::new()))
                }
                Some(Says::Annex(number)) if self.state != State::Above => self.annex(number, at),
                Some(Says::Item(..)) => {
                    let what = "an item stands outside of a session, and is a paragraph".to_owned();
                    lost.push(Lost { paragraph: at + 1, near: first_words(&text), what });
                    self.words(block, &text, at, lost)
                }
                _ => self.words(block, &text, at, lost),
            };
            at += taken;
        }
        self.out
    }

    fn is_row(&self, row: usize) -> bool {
        let is_last = self.journal.rows.get(row).is_some_and(|row| row.place == RowPlace::Last);
        self.state == State::Rows || self.state == State::Items && is_last
    }

    /// A row; the first one begins a session. How many blocks it takes.
    fn row(&mut self, row: usize, rest: &str, at: usize) -> usize {
        if row == 0 {
            let title = self.title_above(at);
            self.push("session", &title, ("", &title), Stands::Own(Vec::new()));
            self.state = State::Rows;
        }
        let Some(declared) = self.journal.rows.get(row) else { return 1 };
        let text = in_one_line(self.texts.get(at).map_or("", String::as_str));
        let (name, place) = (declared.name.text.clone(), declared.place);
        // The last row has its words below.
        let below = self.texts.get(at + 1).filter(|next| rest.is_empty() && self.journal.says(next).is_none());
        let (words, taken) = match below {
            Some(next) => (in_one_line(next), 2),
            None => (rest.to_owned(), 1),
        };
        let label = before_of(&text, rest);
        if place == RowPlace::Last {
            self.before.push(line_of(&label));
            self.push(&name, &words, ("", &words), Stands::Row);
        } else {
            // The number has no words of its own.
            let (number, label) = line_of(&label);
            self.before.extend((!number.is_empty()).then(|| (number, String::new())));
            self.push(&name, &words, (&label, &words), Stands::Row);
        }
        self.last = Some(row);
        taken
    }

    /// The title of a session, which is in capitals as that of the text above it.
    fn title_above(&mut self, at: usize) -> String {
        let text = |at: Option<usize>| at.and_then(|at| self.texts.get(at)).filter(|text| is_capitals(text));
        let Some(title) = text(at.checked_sub(1)).cloned() else { return String::new() };
        let is_below_one = self.state != State::Above || text(at.checked_sub(2)).is_some();
        if !self.titled || !is_below_one {
            return String::new();
        }
        self.out.pop();
        in_one_line(&title)
    }

    fn agenda_item(&mut self, number: u32, text: &str, title: &str) -> usize {
        let below = (number != self.item + 1).then(|| format!("number: {number}"));
        (self.item, self.state) = (number, State::Items);
        let label = before_of(text, title);
        self.push("item", title, (&label, title), Stands::Own(below.into_iter().collect()))
    }

    /// An annex with the lines of the meeting and the title that stand below its head.
    fn annex(&mut self, number: Option<u32>, at: usize) -> usize {
        // The journal’s symbol and day are in the head of its page.
        let head = self.out.iter().rev().map(words_of).take_while(|words| self.is_of_head(words));
        let is_own = |words: String| read_symbol(&words).is_some() && read_symbol(&words) == self.journal.symbol;
        let head = head.map(is_own).position(|is_own| is_own).map_or(0, |at| at + 1);
        self.out.truncate(self.out.len() - head);
        self.state = State::Annexes;
        self.annexes += 1;
        let mut below: Vec<String> =
            number.filter(|number| *number != self.annexes).map(|n| format!("number: {n}")).into_iter().collect();
        self.annexes = number.unwrap_or(self.annexes);
        let rest = self.texts.get(at + 1..).unwrap_or_default();
        let head = rest.iter().take_while(|text| is_of_head(text)).count();
        let (head, rest) = rest.split_at(head);
        below.extend(head.iter().filter_map(|line| Some(format!("original: {}", original(line)?))));
        let lines: Vec<String> =
            rest.iter().map(|text| in_one_line(text)).take_while(|text| Meeting::may_be_line(text)).collect();
        let titles = rest.iter().skip(lines.len()).take_while(|text| is_capitals(text));
        let title: Vec<String> = titles.map(|text| in_one_line(text)).collect();
        // Without a title nothing says where the lines of the meeting end.
        let lines = if title.is_empty() { Vec::new() } else { lines };
        below.extend(Meeting::of(self.journal.locale, self.journal.symbol.as_ref()).keys(&lines));
        let taken = 1 + head.len() + lines.len() + title.len();
        self.push("annex", &title.join("\n"), ("", &title.join(" ")), Stands::Own(below));
        taken
    }

    fn is_of_head(&self, words: &str) -> bool {
        let top = self.texts.get(..self.above).unwrap_or_default();
        is_of_head(words) || top.iter().any(|line| line == words)
    }

    /// A paragraph that no word of the language begins.
    fn words(&mut self, block: &Block, text: &str, at: usize, lost: &mut Vec<Lost>) -> usize {
        let row = self.last.and_then(|row| self.journal.rows.get(row));
        // A further name below the first.
        if let Some(row) =
            row.filter(|row| row.repeatable && text.chars().count() < LONGEST_NAME && !text.ends_with('.'))
        {
            let name = row.name.text.clone();
            return self.push(&name, text, ("", text), Stands::Row);
        }
        let above_items =
            self.texts.get(at + 1).is_some_and(|next| matches!(self.journal.says(next), Some(Says::Item(..))));
        if let Some(words) = unnumbered(text).and_then(|words| words.strip_suffix(':')).filter(|_| above_items) {
            let taken = self.push("subjects-label", words.trim_end(), ("", ""), Stands::Row);
            self.before.push(line_of(text));
            return taken;
        }
        let symbol = self.symbol_of_another(at).filter(|_| matches!(self.state, State::Items | State::Annexes));
        if let Some(symbol) = symbol {
            self.state = State::Appended;
            let what = format!(
                "`{symbol}` begins here, which is appended: give it a file of its own, and name that by `member:`"
            );
            lost.push(Lost { paragraph: at + 1, near: first_words(text), what });
        }
        let mut block = block.clone();
        // What stands below an item needs no indentation; what is annexed has none.
        if let Block::Paragraph(paragraph) = &mut block
            && matches!(self.state, State::Rows | State::Items)
            && !text.starts_with('(')
        {
            paragraph.indent = 0;
        }
        self.last = None;
        self.out.push(block);
        1
    }

    /// The symbol at the head of another text, alone or at the right of a line.
    fn symbol_of_another(&self, at: usize) -> Option<Symbol> {
        let text = self.texts.get(at)?;
        let cells = text.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
        let right = cells.skip(1).filter_map(|cell| cell.split(' ').next());
        let symbol = [text.trim()].into_iter().chain(right).find_map(read_symbol)?;
        (Some(&symbol) != self.journal.symbol.as_ref()).then_some(symbol)
    }

    /// A keyword with its words, which may have several lines.
    fn push(&mut self, word: &str, words: &str, prints: (&str, &str), stands: Stands) -> usize {
        let mut all = std::mem::take(&mut self.before);
        all.push((prints.0.to_owned(), prints.1.to_owned()));
        let mut pieces = Vec::new();
        for line in words.split('\n') {
            if !pieces.is_empty() {
                pieces.push(Piece { what: What::Break, ..Piece::default() });
            }
            pieces.push(Piece { what: What::Words(line.to_owned()), ..Piece::default() });
        }
        let keyword = Keyword { word: word.to_owned(), prints: all, stands };
        self.last = None;
        self.out.push(Block::Paragraph(Paragraph { keyword: Some(keyword), pieces, ..Paragraph::default() }));
        1
    }
}

/// The tag of the language that a text was translated from: `Original: ENGLISH`.
fn original(line: &str) -> Option<&'static str> {
    let (_, name) = line.split_once(':')?;
    let locales = Locale::tags().filter_map(Locale::of);
    let mut known = locales.filter(|locale| locale.english_name.text == name.trim());
    known.next().map(|locale| locale.language.as_str())
}

/// A number and the words behind it, as a line that is printed.
fn line_of(text: &str) -> (String, String) {
    let words = unnumbered(text).unwrap_or(text);
    (before_of(text, words), words.to_owned())
}

/// What stands before the last words of a text.
fn before_of(text: &str, words: &str) -> String {
    text.strip_suffix(words).unwrap_or(text).to_owned()
}

fn words_of(block: &Block) -> String {
    match block {
        Block::Paragraph(paragraph) => paragraph.words(),
        Block::Table(_) => String::new(),
    }
}

fn in_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words behind a number: `3. Subjects discussed`
fn unnumbered(words: &str) -> Option<&str> {
    let (number, rest) = words.split_once(". ")?;
    (number.len() <= 2 && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(rest)
}
