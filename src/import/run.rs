//! The words of a paragraph, run by run, with what stands between them.

use super::body::{Walk, alternative};
use super::field::{Field, Meaning, meaning};
use super::read::{Change, Piece, Role, Style, What, first_words, words_of};
use crate::locale::Locale;
use crate::ooxml::names::leaf_of_bookmark;
use crate::ooxml::tree::Element;

impl<'t> Walk<'t> {
    /// What stands in a paragraph, a link, a content control.
    pub fn inline(&mut self, of: Element<'t>, style: Option<&str>, change: Change, out: &mut Vec<Piece>) {
        for child in of.children() {
            match child.name() {
                "r" => self.run(child, style, change, out),
                "ins" | "moveTo" => {
                    let change = Change { put_in: self.author(child), ..change };
                    self.inline(child, style, change, out);
                }
                "del" | "moveFrom" => {
                    let change = Change { taken_out: self.author(child), ..change };
                    self.inline(child, style, change, out);
                }
                "hyperlink" => {
                    let start = out.len();
                    self.inline(child, style, change, out);
                    let words = words_of(out.get(start..).unwrap_or_default());
                    if child.attribute("r:id").is_some() && !words.contains("://") {
                        self.lose_once(
                            "links keep their words, and the addresses that they lead to are left out".to_owned(),
                        );
                    }
                }
                "smartTag" | "customXml" | "dir" | "bdo" => self.inline(child, style, change, out),
                "mc:AlternateContent" => self.inline(alternative(child), style, change, out),
                "sdt" => {
                    let start = out.len();
                    if let Some(content) = child.child("sdtContent") {
                        self.inline(content, style, change, out);
                    }
                    let words = words_of(out.get(start..).unwrap_or_default());
                    self.control(child, &words);
                }
                "fldSimple" => {
                    let start = out.len();
                    self.inline(child, style, change, out);
                    let instruction = child.attribute("instr").unwrap_or_default().to_owned();
                    self.meant(&instruction, start, out);
                }
                "bookmarkStart" => {
                    let name = child.attribute("name").unwrap_or_default();
                    match leaf_of_bookmark(name) {
                        Some(leaf) => out.push(Piece { what: What::Leaf(leaf), ..Piece::default() }),
                        None => self.bookmarks.push(name.to_owned()),
                    }
                }
                "m:oMath" | "m:oMathPara" => self.formula(child),
                "subDoc" => self.lose("another document that is part of this one is left out"),
                "contentPart" => self.lose("a drawing is left out"),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Element<'t>, of_paragraph: Option<&str>, change: Change, out: &mut Vec<Piece>) {
        let properties = run.child("rPr");
        let style = properties.and_then(|properties| properties.value_of("rStyle"));
        let switch = |name: &str| properties.and_then(|properties| properties.switch(name));
        let styles = &self.styles;
        if switch("vanish").or_else(|| style.and_then(|style| styles.hidden(Some(style)))).unwrap_or(false) {
            let words: String = run.children().filter(|child| child.name() == "t").map(Element::text).collect();
            if !words.trim().is_empty() {
                self.lose(format!("hidden words are left out: “{}”", first_words(&words)));
            }
            return;
        }
        let of_style = |of: fn(&super::styles::Styles, Option<&str>) -> Option<bool>| {
            style.and_then(|style| of(styles, Some(style)))
        };
        // What a paragraph's style makes bold is no emphasis of words.
        let strong = switch("b").or_else(|| of_style(super::styles::Styles::strong)).unwrap_or(false)
            && !styles.strong(of_paragraph).unwrap_or(false);
        let emphasized = switch("i").or_else(|| of_style(super::styles::Styles::emphasized)).unwrap_or(false)
            && !styles.emphasized(of_paragraph).unwrap_or(false);
        let capitals = switch("caps").or_else(|| of_style(super::styles::Styles::capitals)).unwrap_or(false)
            && !styles.capitals(of_paragraph).unwrap_or(false)
            && !self.keeps_case
            && !matches!(styles.role(of_paragraph).0, Role::Title | Role::Heading(_));
        let tag = properties.and_then(|properties| properties.value_of("lang"));
        let tag = tag.or_else(|| style.and_then(|style| styles.language_of(Some(style))));
        let tag = tag.or_else(|| styles.language_of(of_paragraph)).or(styles.language.as_deref());
        let style = Style { strong, emphasized, language: tag.and_then(language_of_tag) };
        self.run_content(run, &style, capitals, change, out);
    }

    fn run_content(&mut self, run: Element<'t>, style: &Style, capitals: bool, change: Change, out: &mut Vec<Piece>) {
        for child in run.children() {
            let what = match child.name() {
                "t" | "delText" => {
                    let words = child.text();
                    if let Some(language) = style.language {
                        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
                        *self.letters.entry(language).or_default() += letters;
                    }
                    What::Words(if capitals { words.to_uppercase() } else { words })
                }
                "tab" | "ptab" => What::Words("\t".to_owned()),
                "br" if matches!(child.attribute("type"), Some("page" | "column")) => continue,
                "br" | "cr" => What::Break,
                "noBreakHyphen" => What::Words("\u{2011}".to_owned()),
                "softHyphen" => What::Words("\u{AD}".to_owned()),
                "sym" => match self.symbol(child) {
                    Some(sign) => What::Words(sign.to_string()),
                    None => continue,
                },
                "footnoteReference" | "endnoteReference" => match self.note(child, run) {
                    Some(note) => note,
                    None => continue,
                },
                "commentReference" => match self.comment(child) {
                    Some(comment) => comment,
                    None => continue,
                },
                "fldChar" => {
                    self.field(child, out);
                    continue;
                }
                "instrText" => {
                    if let Some(field) = self.fields.last_mut().filter(|field| field.result.is_none()) {
                        field.instruction.push_str(&child.text());
                    }
                    continue;
                }
                "drawing" | "pict" | "object" => {
                    self.drawn(child);
                    continue;
                }
                "mc:AlternateContent" => {
                    self.run_content(alternative(child), style, capitals, change, out);
                    continue;
                }
                "ruby" => {
                    if let Some(base) = child.child("rubyBase") {
                        self.inline(base, None, change, out);
                    }
                    continue;
                }
                _ => continue,
            };
            // The mark of a note is a mark of its own behind its reference.
            let is_mark = matches!(out.last(), Some(Piece { what: What::Note { mark: Some(mark), .. }, .. })
                if matches!(&what, What::Words(words) if words.trim() == mark));
            if !is_mark {
                out.push(Piece { what, style: style.clone(), change });
            }
        }
    }

    fn field(&mut self, child: Element<'_>, out: &mut Vec<Piece>) {
        let here = self.here();
        match child.attribute("fldCharType") {
            // More than that deep nobody nests them.
            Some("begin") if self.fields.len() < 64 => self.fields.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = Some((here, out.len()));
                }
            }
            Some("end") => {
                let Some(field) = self.fields.pop() else { return };
                match field.result {
                    Some((paragraph, start)) if paragraph == here => self.meant(&field.instruction, start, out),
                    // What goes over paragraphs is their words.
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Makes of a field's result what is meant by it.
    fn meant(&mut self, instruction: &str, start: usize, out: &mut Vec<Piece>) {
        match meaning(instruction) {
            Meaning::Words => {}
            Meaning::Stale(name) => {
                let shown = words_of(out.get(start..).unwrap_or_default());
                self.lose(format!("the field {name} is kept as the words that it shows: “{}”", first_words(&shown)));
            }
            Meaning::Number(bookmark) => {
                let result: Vec<Piece> = out.drain(start.min(out.len())..).collect();
                let shown = words_of(&result);
                if let Some(first) = result.into_iter().next() {
                    let what = What::Reference { bookmark, shown };
                    out.push(Piece { what, style: Style { strong: false, emphasized: false, ..first.style }, ..first });
                }
            }
        }
    }

    fn note(&mut self, child: Element<'t>, run: Element<'t>) -> Option<What> {
        let is_end = child.name() == "endnoteReference";
        let id = child.attribute("id")?.to_owned();
        let key = format!("{} {id}", child.name());
        let notes = if is_end { &self.endnotes } else { &self.notes };
        let Some(note) = notes.get(&id).copied().filter(|_| !self.in_notes.contains(&key)) else {
            self.lose("the mark of a footnote that is not there is left out");
            return None;
        };
        if is_end {
            self.lose_once("endnotes are read as footnotes".to_owned());
        }
        let own = matches!(child.attribute("customMarkFollows"), Some("1" | "true" | "on"));
        let mark: String = run.children().filter(|child| child.name() == "t").map(Element::text).collect();
        let mark = Some(mark.trim().to_owned()).filter(|_| own);
        self.in_notes.push(key);
        let waiting = std::mem::take(&mut self.bookmarks);
        let fields = std::mem::take(&mut self.fields);
        let mut content: Vec<Piece> = Vec::new();
        self.note_content(note, &mut content);
        self.fields = fields;
        let bookmarks = std::mem::replace(&mut self.bookmarks, waiting);
        self.in_notes.pop();
        // The mark stands in the note too.
        if let (Some(mark), Some(Piece { what: What::Words(words), .. })) = (&mark, content.first_mut())
            && let Some(rest) = words.trim_start().strip_prefix(mark.as_str())
        {
            *words = rest.to_owned();
        }
        Some(What::Note { mark, content, bookmarks })
    }

    fn note_content(&mut self, note: Element<'t>, content: &mut Vec<Piece>) {
        for child in note.children() {
            match child.name() {
                "p" => {
                    if !content.is_empty() {
                        content.push(Piece {
                            what: What::Words(" ".into()),
                            style: Style::default(),
                            change: Change::default(),
                        });
                    }
                    let style = child.child("pPr").and_then(|properties| properties.value_of("pStyle"));
                    self.inline(child, style, Change::default(), content);
                }
                "tbl" => self.lose("a table in a footnote is left out"),
                "sdt" | "sdtContent" | "customXml" => self.note_content(child, content),
                "bookmarkStart" => self.bookmarks.extend(child.attribute("name").map(str::to_owned)),
                _ => {}
            }
        }
    }

    fn comment(&mut self, child: Element<'t>) -> Option<What> {
        let comment = self.comments.get(child.attribute("id")?).copied()?;
        let author = comment.attribute("author").unwrap_or_default().trim().to_owned();
        let mut pieces = Vec::new();
        let waiting = std::mem::take(&mut self.bookmarks);
        let fields = std::mem::take(&mut self.fields);
        for paragraph in comment.children().filter(|child| child.name() == "p") {
            if !pieces.is_empty() {
                pieces.push(Piece { what: What::Break, style: Style::default(), change: Change::default() });
            }
            self.inline(paragraph, None, Change::default(), &mut pieces);
        }
        self.bookmarks = waiting;
        self.fields = fields;
        Some(What::Comment(author, words_of(&pieces)))
    }

    /// A sign of a font of its own: those that a text can have.
    fn symbol(&mut self, child: Element<'_>) -> Option<char> {
        let code = child.attribute("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok())?;
        let font = child.attribute("font").unwrap_or_default().to_owned();
        // Fonts of signs have theirs in a private place.
        let sign = match code {
            0xF0B7 | 0xF0A7 => Some('•'),
            0xF02D => Some('–'),
            0xE000..=0xF8FF => None,
            _ => char::from_u32(code).filter(|sign| !sign.is_control()),
        };
        if sign.is_none() {
            self.lose(format!("the sign {code:04X} of the font {font} is left out"));
        }
        sign
    }

    /// A picture, or a text box, whose words are told.
    fn drawn(&mut self, child: Element<'t>) {
        let mut boxes = Vec::new();
        text_boxes(child, &mut boxes);
        if boxes.is_empty() {
            let what = if child.name() == "object" { "an object of another program" } else { "a picture" };
            return self.lose(format!("{what} is left out"));
        }
        for inside in boxes {
            let mut words = String::new();
            all_words(inside, &mut words);
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            self.lose(format!("a text box is left out: “{words}”"));
        }
    }

    /// A formula, of which the letters are told.
    pub fn formula(&mut self, child: Element<'t>) {
        let mut words = String::new();
        all_words(child, &mut words);
        self.lose(format!("a formula is left out: “{}”", words.trim()));
    }

    /// Which paragraph is read, to know whether a field is still in it.
    fn here(&self) -> usize {
        self.paragraphs_read()
    }
}

fn text_boxes<'t>(of: Element<'t>, boxes: &mut Vec<Element<'t>>) {
    for child in of.children() {
        match child.name() {
            "txbxContent" => boxes.push(child),
            _ => text_boxes(alternative(child), boxes),
        }
    }
}

/// The words of all that stands in an element.
fn all_words(of: Element<'_>, out: &mut String) {
    for child in of.children() {
        match child.name() {
            "t" | "m:t" => out.push_str(&child.text()),
            "p" => {
                all_words(child, out);
                out.push(' ');
            }
            "tab" | "br" => out.push(' '),
            _ => all_words(alternative(child), out),
        }
    }
}

/// The language of a tag, `fr-CH`, if it is one that is known.
pub(super) fn language_of_tag(tag: &str) -> Option<&'static str> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    Some(Locale::of(&primary)?.language.as_str())
}

/// The words of a paragraph of a header or a footer.
pub(super) fn words_in(of: Element<'_>) -> String {
    let mut out = String::new();
    all_words(of, &mut out);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
