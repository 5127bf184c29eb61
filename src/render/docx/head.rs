//! What stands at the top of pages: the letterhead, and the heads of the pages after it.

use super::composer::{Composer, bookmarked, proofing};
use super::paragraph::{Look, Mark, Paragraph, Row, Run, Section, Tab, Table, Unit, What, twips};
use crate::layout::style::Style;
use crate::model::{HeadLine, Part, PartKind};
use crate::ooxml::names::{DATE_TAG, ParagraphRole, SYMBOL_TAG, leaf_bookmark};

impl Section {
    /// Pages without a head.
    pub fn plain() -> Section {
        Section {
            turned: false,
            on_right: false,
            first: Vec::new(),
            following: Vec::new(),
            first_foot: Vec::new(),
            has_first: false,
            starts: None,
        }
    }
}

impl<'a> Composer<'a> {
    /// The section of a part, or what follows in it on turned or upright pages.
    pub fn section_of(&self, part: &Part, turned: bool, begins: bool) -> Section {
        let style = self.style_of(turned);
        let document = self.document;
        let symbol: Vec<&HeadLine> = document.running_head.iter().collect();
        let attached = part.kind.is_attached();
        let name: Vec<&HeadLine> = if attached { part.head.iter().take(1).collect() } else { Vec::new() };
        let following = self.page_head(true, &[symbol.clone(), name].concat(), style, 0.0);
        let (mut first, mut first_foot) = (Vec::new(), Vec::new());
        if attached {
            let tags: Vec<&HeadLine> = part.head.iter().collect();
            first = self.page_head(true, &[symbol, tags].concat(), style, style.text.leading);
        } else if self.member.is_some() {
            first = self.page_head(true, &[], style, 0.0);
        } else {
            first.extend(self.page_head(false, &[], style, 0.0));
            if let Some(code) = &document.letterhead.file_code {
                first_foot.push(Paragraph::of(ParagraphRole::Footer, vec![Run::text(code, &self.look())]));
            }
        }
        Section { turned, on_right: false, first, following, first_foot, has_first: begins, starts: None }
    }

    /// The head of a page: the word `draft` at the left, the number in the middle, rows at the right.
    pub fn page_head(&self, has_folio: bool, rows: &[&HeadLine], style: &Style, more: f64) -> Vec<Paragraph> {
        let look = Look { language: proofing(&self.document.language), ..Look::default() };
        let mut out = Vec::new();
        for at in 0..rows.len().max(1) {
            let mut paragraph = Paragraph::of(ParagraphRole::Header, Vec::new());
            paragraph.format.tabs.push((twips(style.line_width() / 2.0), Tab::Centre));
            paragraph.format.tabs.push((twips(style.first_page.right_column), Tab::Left));
            let runs = &mut paragraph.runs;
            if at == 0
                && let Some(draft) = &self.document.draft
            {
                runs.push(Run::text(draft, &look));
            }
            if at == 0 && has_folio {
                runs.push(Run::new(What::Tab, &look));
                runs.push(Run::text("-\u{A0}", &look));
                runs.push(Run::new(What::Field("PAGE".to_owned(), "2".to_owned()), &look));
                runs.push(Run::text("\u{A0}-", &look));
            }
            if let Some(row) = rows.get(at) {
                let language = row.language.as_deref().unwrap_or(&self.document.language);
                let own = Look { language: proofing(language), ..look.clone() };
                let tabs = if at == 0 && has_folio { 1 } else { 2 };
                runs.extend(std::iter::repeat_n(Run::new(What::Tab, &look), tabs));
                runs.push(Run::text(&row.text, &own));
            }
            out.push(paragraph);
        }
        if has_folio {
            let leading = style.text.leading;
            let below = style.head.top + (rows.len() + 1) as f64 * leading;
            let text_top = below.max(style.head.text_top) + more;
            if let Some(last) = out.last_mut() {
                let count = rows.len().max(1) as f64;
                last.format.after = Some(twips(text_top - style.head.top - count * leading).max(0));
            }
        }
        out
    }

    /// The first page above the title: two columns, and the lines of the meeting.
    pub fn letterhead(&mut self, part: &Part) {
        debug_assert!(part.kind == PartKind::Main);
        let (document, style) = (self.document, self.style);
        let head = &document.letterhead;
        let mut number = |text: &str| if text.is_empty() { None } else { self.next_leaf() };
        let right: Vec<Option<usize>> = head.right.iter().map(|line| number(&line.text)).collect();
        let left: Vec<Option<usize>> = head.left.iter().map(|line| number(&line.text)).collect();
        // What stands in the heads of pages is counted and has no bookmark.
        let _ = document.draft.as_ref().map(|draft| number(draft));
        let meeting: Vec<Option<usize>> = head.meeting.iter().map(|line| number(line)).collect();
        let correction = head.correction.as_ref().and_then(|line| number(line));
        let _ = head.file_code.as_ref().map(|code| number(code));
        let mut rows = Vec::new();
        for at in 0..head.left.len().max(head.right.len()) {
            let cell = |lines: &[HeadLine], leaves: &[Option<usize>]| {
                let mut runs = Vec::new();
                let line = lines.get(at).filter(|line| !line.text.is_empty());
                let leaf = leaves.get(at).copied().flatten();
                if let Some(line) = line {
                    let language = line.language.as_deref().unwrap_or(&document.language);
                    let look = Look { language: proofing(language), ..Look::default() };
                    runs.push(Run::text(&line.text, &look));
                }
                Paragraph { leaf, ..Paragraph::of(ParagraphRole::Letterhead, runs) }
            };
            let mut left = cell(&head.left, &left);
            let mut right = cell(&head.right, &right);
            if head.symbol_row == Some(at) {
                right.runs = self.symbol(&right.runs, correction);
            } else if document.running_head.get(1).is_some_and(|date| head.right.get(at) == Some(date)) {
                right.runs.iter_mut().for_each(|run| run.look.control = Some(DATE_TAG));
            }
            for paragraph in [&mut left, &mut right] {
                if let Some(leaf) = paragraph.leaf {
                    paragraph.runs = bookmarked(std::mem::take(&mut paragraph.runs), &leaf_bookmark(leaf));
                }
            }
            rows.push(Row { is_header: false, cells: vec![vec![left], vec![right]], mark: Mark::Same, leaf: None });
        }
        if !rows.is_empty() {
            let split = twips(style.first_page.right_column);
            let widths = vec![split, twips(style.line_width()) - split];
            self.body.units.push(Unit::Table(Table { left: 0, widths, ruled: false, pad: (0, 0), rows }));
        }
        for (at, text) in head.meeting.iter().enumerate() {
            let raised = head.raised.get(at).map_or(&[][..], Vec::as_slice);
            let mut runs = self.with_raised(text, raised);
            let leaf = meeting.get(at).copied().flatten();
            if let Some(leaf) = leaf {
                runs = bookmarked(runs, &leaf_bookmark(leaf));
            }
            let mut paragraph = Paragraph { leaf, ..Paragraph::of(ParagraphRole::Meeting, runs) };
            if at == 0 {
                paragraph.format.before = Some(twips(style.text.leading));
            }
            self.push(paragraph);
        }
    }

    /// The symbol in its control, with the mark of a correction behind it, and behind both the distribution.
    fn symbol(&mut self, runs: &[Run], leaf: Option<usize>) -> Vec<Run> {
        let mut mark = self.mark_of_correction(leaf);
        let mut out: Vec<Run> = Vec::new();
        let symbol = self.document.symbol.clone().unwrap_or_default();
        for run in runs {
            match &run.what {
                What::Text(text) if text.starts_with(&symbol) && !symbol.is_empty() => {
                    let control = Look { control: Some(SYMBOL_TAG), ..run.look.clone() };
                    out.push(Run::text(&symbol, &control));
                    out.append(&mut mark);
                    let rest = text.get(symbol.len()..).unwrap_or_default();
                    if !rest.is_empty() {
                        out.push(Run::text(rest, &run.look));
                    }
                }
                _ => out.push(run.clone()),
            }
        }
        out.append(&mut mark);
        out
    }

    fn mark_of_correction(&mut self, leaf: Option<usize>) -> Vec<Run> {
        let head = &self.document.letterhead;
        let Some(correction) = &head.correction else { return Vec::new() };
        let look = self.look();
        let is_figure = head.correction_mark.starts_with(|c: char| c.is_ascii_digit());
        let mut out: Vec<Run> = is_figure.then(|| Run::text("\u{A0}", &look)).into_iter().collect();
        out.push(Run::new(What::Note(self.body.notes.len(), head.correction_mark.clone()), &look));
        let mut runs = vec![Run::text(correction, &look)];
        if let Some(leaf) = leaf {
            runs = bookmarked(runs, &leaf_bookmark(leaf));
        }
        self.body.notes.push(Paragraph { leaf, ..Paragraph::of(ParagraphRole::Note, runs) });
        out
    }

    fn with_raised(&self, text: &str, raised: &[std::ops::Range<usize>]) -> Vec<Run> {
        let look = self.look();
        let mut runs = Vec::new();
        let mut at = 0;
        for range in raised {
            let (Some(before), Some(letters)) = (text.get(at..range.start), text.get(range.clone())) else { continue };
            runs.push(Run::text(before, &look));
            runs.push(Run::text(letters, &Look { raised: true, ..look.clone() }));
            at = range.end;
        }
        runs.push(Run::text(text.get(at..).unwrap_or_default(), &look));
        runs.retain(|run| run.what != What::Text(String::new()));
        runs
    }
}
