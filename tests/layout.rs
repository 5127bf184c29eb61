//! Pages: what stays together, what is repeated, where notes stand.

use chancery::layout::{ElementId, Page, Pages, Role};

use crate::support::{compiled, laid_out};

fn roles(page: &Page, role: fn(Role) -> bool) -> usize {
    page.lines.iter().filter(|line| role(line.role)).count()
}

fn words(line: &chancery::layout::Line) -> String {
    line.runs.iter().map(|run| run.text.as_str()).collect()
}

/// Nothing stands outside of the margins, and no line on another one.
fn sound(pages: &Pages) {
    for page in &pages.pages {
        let mut lines: Vec<_> = page.lines.iter().filter(|line| !line.role.is_artifact()).collect();
        lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
        for line in &lines {
            assert!(line.baseline < 841.89 - 72.0, "page {}: {line:?}", page.number);
            let end = line.runs.last().map_or(0.0, |run| run.x + run.width);
            assert!(end <= 72.0 + 451.276 + 0.01, "page {}: {}", page.number, words(line));
        }
        for pair in lines.windows(2).filter(|pair| pair[0].element.is_some() && pair[0].element == pair[1].element) {
            assert!(pair[1].baseline - pair[0].baseline > 9.0, "page {}", page.number);
        }
    }
}

#[test]
fn no_paragraph_leaves_one_line_alone_on_a_page() {
    let paragraph = |number: usize| format!("#. {}\n\n", "word ".repeat(17 + 13 * (number % 7)));
    let pages = laid_out(&(0..60).map(paragraph).collect::<String>());
    sound(&pages);
    let all: Vec<(Option<ElementId>, u32)> = pages
        .pages
        .iter()
        .flat_map(|page| page.lines.iter().filter(|l| l.role == Role::Numbered).map(|l| (l.element, page.number)))
        .collect();
    for element in all.iter().map(|(element, _)| *element) {
        let on = |page: u32| all.iter().filter(|line| **line == (element, page)).count();
        let parts: Vec<usize> = pages.pages.iter().map(|page| on(page.number)).filter(|count| *count > 0).collect();
        assert!(parts.len() == 1 || parts.iter().all(|count| *count >= 2), "{parts:?}");
    }
}

#[test]
fn a_heading_keeps_with_what_follows() {
    let text: String =
        (0..40).map(|n| format!("heading: Heading {n}\n\n#. {}\n\n", "word ".repeat(10 + n * 3))).collect();
    let pages = laid_out(&text);
    sound(&pages);
    for page in &pages.pages {
        let last =
            page.lines.iter().filter(|line| !line.role.is_artifact()).max_by(|a, b| a.baseline.total_cmp(&b.baseline));
        assert!(!matches!(last.map(|line| line.role), Some(Role::Heading(_))), "page {}", page.number);
    }
}

#[test]
fn a_note_begins_on_the_page_of_its_mark() {
    let paragraph =
        |n: usize| format!("#. {}{{note: Note {n} {}}} end.\n\n", "word ".repeat(n % 50), "long ".repeat(n % 90));
    let pages = laid_out(&(0..60).map(paragraph).collect::<String>());
    sound(&pages);
    let mut marks = 0;
    for page in &pages.pages {
        for run in page.lines.iter().flat_map(|line| &line.runs).filter(|run| run.is_note_mark) {
            marks += 1;
            let begins = page
                .lines
                .iter()
                .any(|line| line.role == Role::Note && line.runs.first().is_some_and(|mark| mark.text == run.text));
            assert!(begins, "note {} does not begin on page {}", run.text, page.number);
        }
    }
    assert_eq!(marks, 60);
}

#[test]
fn a_table_repeats_its_header_row_and_breaks_no_row() {
    let rows: String = (0..80).map(|n| format!("  {n} | {}\n", "word ".repeat(3 + n % 40))).collect();
    let pages = laid_out(&format!("1. Table:\n\ntable:\n  Number | Words\n{rows}"));
    sound(&pages);
    assert!(pages.pages.len() > 2);
    for page in &pages.pages {
        assert_eq!(roles(page, |role| matches!(role, Role::Cell(0, 0, true))), 1, "page {}", page.number);
    }
    let mut seen = std::collections::BTreeMap::new();
    for page in &pages.pages {
        for line in &page.lines {
            if let Role::Cell(row, _, false) = line.role {
                assert_eq!(*seen.entry(row).or_insert(page.number), page.number, "row {row} is broken");
            }
        }
    }
    assert_eq!(seen.len(), 80);
}

#[test]
fn a_row_taller_than_a_page_goes_on_with_its_notes() {
    let text =
        format!("1. x\n\ntable:\n  A | B\n  c | a{{note: first}} {} z{{note: last}}\n  d | e\n", "word ".repeat(1500));
    let pages = laid_out(&text);
    sound(&pages);
    assert!(roles(&pages.pages[0], |role| matches!(role, Role::Cell(1, 1, _))) > 5);
    for page in &pages.pages {
        assert_eq!(roles(page, |role| matches!(role, Role::Cell(0, 0, true))), 1, "page {}", page.number);
        for mark in page.lines.iter().flat_map(|line| &line.runs).filter(|run| run.is_note_mark) {
            assert!(
                page.lines.iter().any(|line| line.role == Role::Note && words(line).starts_with(&mark.text)),
                "page {}",
                page.number
            );
        }
    }
}

#[test]
fn every_word_of_a_text_is_on_a_page_once() {
    let text: String = (0..400).map(|n| format!("#. w{n}x {}{{note: n{n}x}}\n\n", "word ".repeat(n % 60))).collect();
    let pages = laid_out(&text);
    let all: String = pages.pages.iter().flat_map(|page| &page.lines).map(|line| words(line) + " ").collect();
    for n in 0..400 {
        assert_eq!(all.matches(&format!("w{n}x")).count(), 1);
        assert_eq!(all.matches(&format!("n{n}x")).count(), 1);
    }
}

#[test]
fn the_title_stands_at_its_height_whatever_the_letterhead_has() {
    let plain = laid_out("1. x\n");
    let full = laid_out(include_str!("../examples/archives.en.decl"));
    let top =
        |pages: &Pages| pages.pages[0].lines.iter().find(|line| line.role == Role::Title).map(|line| line.baseline);
    assert_eq!(top(&plain), top(&full));
    assert!(top(&plain).is_some_and(|baseline| (218.0..232.0 + 13.8).contains(&baseline)));
}

#[test]
fn a_draft_says_so_on_every_page_and_a_final_text_does_not() {
    let pages = laid_out(&"1. x\n\n".repeat(60));
    assert!(pages.pages.iter().all(|page| page.lines.iter().any(|line| words(line) == "draft")));
    let example = compiled(include_str!("../examples/asian-partners.fr.decl")).checked.expect("no error");
    let pages = chancery::layout::pages(&example, &chancery::layout::style::Style::house());
    assert!(pages.pages.iter().flat_map(|page| &page.lines).all(|line| words(line) != "projet"));
}

/// The first run of a page that has these words, and what stands beside it in its line.
fn run<'p>(pages: &'p Pages, words: &str) -> &'p chancery::layout::Run {
    let mut runs = pages.pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.runs);
    runs.find(|run| run.text == words).unwrap_or_else(|| panic!("no run {words:?}"))
}

#[test]
fn a_mark_is_set_on_its_letter_and_takes_no_room() {
    let with = laid_out("1. Слово\u{300} и слово.\n");
    let without = laid_out("1. Слово и слово.\n");
    let (mark, before) = (run(&with, "\u{300}"), run(&with, "Слово"));
    let end = |pages: &Pages, words: &str| {
        let run = run(pages, words);
        run.x + run.width
    };
    assert_eq!(mark.width, 0.0);
    // Its drawing lies to the left of its pen, its letter is six points wide.
    let typeface = chancery::fonts::Typeface::house();
    let font = typeface.font(mark.face);
    let middle = |outline: chancery::fonts::Outline| f64::midpoint(outline.left, outline.right) * mark.size;
    let letter = before.x + before.width - typeface.width(before.face, "о", before.size);
    let drawn = mark.x + middle(font.outline('\u{300}').expect("a box"));
    assert!((drawn - letter - middle(font.outline('о').expect("a box"))).abs() < 0.001, "{drawn} {letter}");
    // Above the letter, not as high as above a capital.
    let low = mark.rise + font.outline('\u{300}').expect("a box").bottom * mark.size;
    let top = font.outline('о').expect("a box").top * mark.size;
    assert!((0.5..1.5).contains(&(low - top)), "{low} {top}");
    assert!((end(&with, " и слово.") - end(&without, "Слово и слово.")).abs() < 0.001);
    // Further marks stand above each other, and one below does not move them.
    let two = laid_out("1. Слово\u{304}\u{323}\u{300} и.\n");
    assert!(run(&two, "\u{300}").rise > mark.rise + 1.0);
}

#[test]
fn rows_items_and_speakers_of_a_journal_stand_in_their_columns() {
    let header = "document: journal\nstatus: draft\nsymbol: PC.JOUR/9001\nlanguage: en\nadopted: 2026-03-05\ntitle: Journal\n---\n";
    let rows = "session: One\ndate: Today\nopened: 10 a.m.\nclosed: 11 a.m.\nchairperson: A\n\n";
    let body = "item: Report\n\nSpeakers\n\n(a) First\n\nstatement:\n    Said\n\n    table: plain\n        x | y\n\n";
    let pages = compiled(&format!("{header}\n{rows}{body}session: Two\n{}", &rows[13..]));
    let pages = chancery::layout::pages(&pages.checked.expect("no error"), &chancery::layout::style::Style::house());
    sound(&pages);
    let at = |words: &str| run(&pages, words).x - 72.0;
    let places =
        ["Date:", "Today", "Opened:", "10 a.m.", "Agenda item 1:", "REPORT", "Speakers", "(a)", "First", "Said", "x"];
    assert_eq!(places.map(at), [36.0, 108.0, 36.0, 108.0, 36.0, 144.0, 72.0, 36.0, 72.0, 72.0, 72.0]);
    // A further session begins a page.
    let of = |words: &str| pages.pages.iter().position(|page| page.lines.iter().any(|line| self::words(line) == words));
    assert_eq!((of("ONE"), of("TWO")), (Some(0), Some(1)));
}

#[test]
fn a_signature_stands_on_the_page_of_what_is_signed() {
    for lines in 30..50 {
        let text = format!("{}Yours,\n\nsignature: A. Example\n    Minister\n", "#. We read.\n\n".repeat(lines / 2));
        let pages = laid_out(&text);
        sound(&pages);
        let last = pages.pages.last().expect("a page");
        let has = |words: &str| last.lines.iter().any(|line| self::words(line) == words);
        assert!(has("Yours,") && has("A. Example") && has("Minister"), "{lines}");
    }
}

#[test]
fn a_turned_table_has_turned_pages_for_itself_and_the_headings_above_it() {
    let rows: String = (0..60).map(|n| format!("    {n} | words{{note: n{n}x}}\n")).collect();
    let text = format!(
        "1. Before.\n\nheading: Wide\n\ntable: turned\n    A | B\n{rows}\n2. After.\n\ntable: turned\n    C | D\n"
    );
    let pages = laid_out(&text);
    let turned: Vec<bool> = pages.pages.iter().map(|page| page.turned).collect();
    assert_eq!(turned.first(), Some(&false));
    assert_eq!(&turned[turned.len() - 2..], &[false, true]);
    assert!(turned[1..turned.len() - 2].iter().all(|turned| *turned), "{turned:?}");
    let of = |words: &str| pages.pages.iter().position(|page| page.lines.iter().any(|line| self::words(line) == words));
    assert_eq!((of("Wide"), of("A")), (Some(1), Some(1)));
    for page in pages.pages.iter().filter(|page| page.turned) {
        for line in page.lines.iter().filter(|line| !line.role.is_artifact()) {
            let end = line.runs.last().map_or(0.0, |run| run.x + run.width);
            assert!(line.baseline < 595.276 - 72.0 && end <= 841.89 - 72.0 + 0.01, "{}", words(line));
        }
        assert!(page.bars.iter().any(|bar| bar.x + bar.width > 700.0));
    }
}

#[test]
fn the_title_of_an_item_and_the_chairperson_below_it_are_not_left_alone() {
    let header = "document: journal\nstatus: draft\nsymbol: PC.JOUR/9001\nlanguage: en\nadopted: 2026-03-05\ntitle: Journal\n---\n\nsession:\ndate: Today\nopened: 10 a.m.\nclosed: 11 a.m.\nchairperson: A\nnext-meeting: Tomorrow\n\n";
    let after = "item: Report\n\nChairperson\n\n(a) *Dust:* Utopia, Ruritania\n\nitem: Hours\n\nChairperson\n\ndecision: The Council decided to sweep.\n";
    for lines in 2..30 {
        let pages = laid_out(&format!("{header}item: Address\n\n{}{after}", "Utopia spoke.\n\n".repeat(lines)));
        sound(&pages);
        for page in &pages.pages[..pages.pages.len() - 1] {
            let text = page.lines.iter().filter(|line| !line.role.is_artifact());
            let last = text.max_by(|a, b| a.baseline.total_cmp(&b.baseline)).map(words).unwrap_or_default();
            let leads = ["REPORT", "Chairperson", "HOURS", "Next meeting:"];
            assert!(!leads.iter().any(|lead| last.ends_with(lead)), "{lines}: {last}");
        }
        // What further pages repeat is symbol and day.
        let heads = pages.pages.iter().skip(1).map(|page| roles(page, |role| role == Role::Letterhead));
        assert!(heads.clone().all(|count| count == 0), "{:?}", heads.collect::<Vec<_>>());
    }
}

#[test]
fn what_a_colon_leads_to_begins_on_its_page_behind_a_note_too() {
    for lines in 20..36 {
        let before = "#. We read.\n\n".repeat(lines / 2);
        let wide = "word ".repeat(17 * (lines % 2 + 1));
        let text = format!("{before}#. {wide} as follows:{{note: As was said.}}{{note: And again.}}\n\n(a) at once;\n");
        let pages = laid_out(&text);
        sound(&pages);
        let of = |words: &str| {
            let has = |page: &Page| page.lines.iter().any(|line| self::words(line).contains(words));
            pages.pages.iter().position(has)
        };
        assert_eq!(of("as follows:"), of("at once;"), "{lines}");
    }
}

#[test]
fn tables_that_are_one_timetable_share_their_columns_below_an_item_too() {
    let tables = "table: plain\n    Monday | a\n\ntable: plain\n    Wednesday afternoon | b\n";
    let journal = "document: journal\nstatus: draft\nsymbol: PC.JOUR/9001\nlanguage: en\nadopted: 2026-03-05\ntitle: Journal\n---\n\nsession:\ndate: Today\nopened: 10 a.m.\nclosed: 11 a.m.\nchairperson: A\n\nitem: Hours\n\n";
    let indented = tables.replace("table:", "    table:").replace("\n    ", "\n        ");
    let texts = [
        (tables.to_owned(), 0.0),
        (format!("{journal}{tables}"), 72.0),
        (format!("1. The hours:\n\n{indented}"), 36.0),
    ];
    for (text, left) in texts {
        let pages = laid_out(&text);
        let at = |words: &str| run(&pages, words).x - 72.0;
        assert_eq!([at("Monday"), at("Wednesday afternoon")], [left, left], "{text}");
        assert_eq!(at("a"), at("b"), "{text}");
    }
}

#[test]
fn items_in_later_columns_hang_in_plain_text_too() {
    let text = "table: plain, columns 72 252\n    9 a.m. | “Little illicit tilting lilies till it’s still” | – Words of the keeper of the archives, who will tell of all that was kept in them\n           | Lilies | – Words\n           | Tulips | A guest\n";
    let compilation = compiled(text);
    let checked = compilation.checked.expect("no error");
    let printed = chancery::render::printed(&checked, &chancery::layout::style::Style::house()).content;
    let at = |words: &str| {
        let line = printed.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {printed}"));
        line[..line.find(words).expect("it has them")].chars().count()
    };
    let dash = at("– Words of the keeper");
    assert_eq!([at("– Words of the keeper"), at("A guest")], [dash, dash], "{printed}");
    assert_eq!(at("who will tell"), dash + 2, "{printed}");
    assert_eq!(at("Words of the keeper"), dash + 2, "{printed}");
}

/// The lines of a title in a text of the Council.
fn title_lines(language: &str, title: &str) -> Vec<String> {
    let text = format!(
        "document: declaration\nlanguage: {language}\nsymbol: MC.DOC/901/25\nas-of: 2025-12-04\ntitle: {title}\n---\n\n1. x\n"
    );
    let pages = laid_out(&text);
    pages.pages[0].lines.iter().filter(|line| line.role == Role::Title).map(words).collect()
}

#[test]
fn a_title_is_divided_at_blanks_before_hyphens_and_ends_in_no_short_line() {
    let lines = title_lines("en", "Ministerial Declaration on the Sixty-Fifth Anniversary of the Archives");
    assert_eq!(lines, ["MINISTERIAL DECLARATION ON THE", "SIXTY-FIFTH ANNIVERSARY OF THE ARCHIVES"]);
    let soft = "Erklärung über die Teil\u{AD}nehmer\u{AD}staaten und die Ent\u{AD}schlossen\u{AD}heit der Archive in den Teil\u{AD}nehmer\u{AD}staaten";
    let lines = title_lines("de", soft);
    assert_eq!(
        lines,
        ["ERKLÄRUNG ÜBER DIE TEILNEHMERSTAATEN UND DIE", "ENTSCHLOSSENHEIT DER ARCHIVE IN DEN TEILNEHMERSTAATEN"]
    );
    // A word wider than a line is divided at hyphens, and the lines are balanced all the same.
    let lines = title_lines(
        "en",
        "On Antidisestablishmentarianism-and-Floccinaucinihilipilification-in-the-participating-States-of-the-OSCE",
    );
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(2 * lines[2].len() >= lines[0].len(), "{lines:?}");
    let lines = title_lines(
        "en",
        "Internationalizationists Institutionalizationists Internationalizationists Institutionalizationists of all Copenhagen",
    );
    assert_eq!(lines.last().map(String::as_str), Some("INSTITUTIONALIZATIONISTS OF ALL COPENHAGEN"), "{lines:?}");
}

#[test]
fn places_of_columns_that_one_table_of_a_timetable_has_are_those_of_all() {
    let text = "heading: Monday\n\ntable: plain\n    9 a.m. | a\n\nheading: Tuesday\n\ntable: plain, columns 120\n    noon | b\n";
    let pages = laid_out(text);
    assert_eq!([run(&pages, "a").x, run(&pages, "b").x], [192.0, 192.0]);
}

#[test]
fn a_short_first_column_keeps_its_hours_on_one_line() {
    let long = "Words of the keeper of the archives, who will tell of all that was kept in them, and of all who came";
    let text = format!("table: plain\n    9.00 Uhr | {long}\n    10.00 – 11.00 Uhr | End\n");
    let pages = laid_out(&text);
    let first = |line: &&chancery::layout::Line| line.runs.iter().any(|run| run.text.starts_with("10.00"));
    let line = pages.pages[0].lines.iter().find(first).expect("the hour");
    assert!(words(line).replace('\u{A0}', " ").starts_with("10.00 – 11.00 Uhr"), "{}", words(line));
}

#[test]
fn what_belongs_to_a_decimal_paragraph_stands_at_its_text() {
    let text = "numbering: decimal\n\nsection: One\n\n1.1 We meet so:\n\n    (a) here;\n\n    We go on.\n\n    table: plain\n        x | y\n\n1.1.1 We close:\n\n    table: plain\n        z | y\n";
    let pages = laid_out(text);
    let at = |words: &str| run(&pages, words).x - 72.0;
    assert_eq!([at("1.1"), at("We meet so:")], [36.0, 72.0]);
    assert_eq!([at("(a)"), at("here;"), at("We go on."), at("x")], [72.0, 108.0, 72.0, 72.0]);
    assert_eq!([at("1.1.1"), at("We close:"), at("z")], [72.0, 108.0, 108.0]);
}

#[test]
fn an_item_in_a_cell_has_the_dash_of_all_lists() {
    let pages = laid_out("table: plain\n    a | - four\n      | – five\n");
    let dashes: Vec<f64> = pages.pages[0]
        .lines
        .iter()
        .flat_map(|line| &line.runs)
        .filter(|run| run.text == "–")
        .map(|run| run.x)
        .collect();
    assert_eq!(dashes.len(), 2);
}

#[test]
fn a_long_symbol_stays_in_its_column_on_every_page() {
    let text = "document: letter\nlanguage: en\nsymbol: CIO.GAL/9901/25/Rev.1/Corr.1\nas-of: 2025-12-04\nsender: Chair\ndistribution: OSCE+\ncorrection-note: The title was corrected.\ntitle: On archives\n---\n\n1. x\n\nsignature: A\n\nannex: Shelves\n\n1. y\n";
    let pages = laid_out(text);
    let column = |page: usize| -> Vec<String> {
        let lines = pages.pages[page].lines.iter().filter(|line| line.runs.first().is_some_and(|run| run.x == 392.0));
        lines.map(words).collect()
    };
    assert_eq!(column(0)[..3], ["CIO.GAL/9901/25/Rev.1/", "Corr.1\u{A0}1", "OSCE+"], "{:?}", column(0));
    assert_eq!(
        column(1)[..4],
        ["CIO.GAL/9901/25/Rev.1/", "Corr.1", "4\u{A0}December\u{A0}2025", "Annex"],
        "{:?}",
        column(1)
    );
}
