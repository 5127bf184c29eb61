//! What a font file says. The crate's own fonts are read by the same code when
//! it is built.

use std::fmt;

use ttf_parser::cmap::Subtable;
use ttf_parser::{GlyphId, Tag, name_id};

/// What texts are set by, and what a PDF says of a font.
#[derive(Clone, Debug)]
pub(crate) struct Tables {
    /// Its PostScript name, in letters, figures and hyphens.
    pub name: String,
    /// Units to the em.
    pub units_per_em: u16,
    /// Character, number of its glyph and advance width in units, by character.
    pub glyphs: Vec<(u32, u16, u16)>,
    /// Character and the box around its glyph, by character: of letters on which marks may
    /// be set, and of these marks.
    pub boxes: Vec<(u32, [i16; 4])>,
    pub metrics: Metrics,
}

/// The characters whose boxes are kept: Latin, Greek and Cyrillic with their marks.
const BOXED: [std::ops::RangeInclusive<u32>; 2] = [0x21..=0x52F, 0x1E00..=0x1FFF];

/// What a font says of all its glyphs, in its units.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// How far they go above the line.
    pub ascent: i16,
    /// How far they go below it: a negative number.
    pub descent: i16,
    /// Left edge of the box around all of them.
    pub x_min: i16,
    /// Its bottom.
    pub y_min: i16,
    /// Its right edge.
    pub x_max: i16,
    /// Its top.
    pub y_max: i16,
    /// How far they lean to the right while they go up by [`Metrics::caret_rise`].
    pub caret_run: i16,
    /// See there.
    pub caret_rise: i16,
    /// 400 where it is regular, 700 where it is bold.
    pub weight: u16,
    /// Advance width of what stands for a glyph that is not there.
    pub notdef: u16,
}

/// Why documents cannot be set in a font; in words, what it is or may not, to be
/// said after its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It cannot be read as a font.
    NoFont,
    /// It has more than 64 MB.
    TooLarge,
    /// It is of the kind that came before OpenType.
    PostScript,
    /// It is packed for web pages.
    WebFont,
    /// There are several fonts in the file.
    Collection,
    /// Its weight is chosen when it is used.
    Variable,
    /// It has bitmaps, drawings or outlines of a kind that PDF does not know.
    NoOutlines,
    /// It has no table of Unicode characters.
    NoLetters,
    /// It says of signs that they are letters.
    Symbols,
    /// It does not say what its maker allows.
    PermissionUnknown,
    /// It may not be embedded.
    Restricted,
    /// It may not be embedded in part.
    WholeOnly,
    /// Its outlines may not be embedded.
    BitmapsOnly,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unfit::NoFont => "is no OpenType or TrueType font, or a damaged one",
            Unfit::TooLarge => "has more than 64 MB",
            Unfit::PostScript => "is a PostScript font (Type 1)",
            Unfit::WebFont => "is a font for web pages (WOFF)",
            Unfit::Collection => "is a collection of several fonts",
            Unfit::Variable => "is a variable font, which has many weights in one file",
            Unfit::NoOutlines => "has no outlines that a PDF can embed",
            Unfit::NoLetters => "does not say which of its signs are which letters",
            Unfit::Symbols => "is a font of symbols: it has other signs in the places of letters",
            Unfit::PermissionUnknown => "does not say whether it may be embedded: it has no table `OS/2`",
            Unfit::Restricted => "may not be embedded: its maker says so in its field `fsType`",
            Unfit::WholeOnly => "may only be embedded whole, and documents embed the letters that they use",
            Unfit::BitmapsOnly => "may only be embedded as bitmaps, which do not print well",
        })
    }
}

impl Unfit {
    /// What to do about it.
    pub fn cure(self) -> &'static str {
        match self {
            Unfit::NoFont | Unfit::TooLarge | Unfit::NoOutlines | Unfit::NoLetters | Unfit::Symbols => {
                "name the `.ttf` or `.otf` file of a font for running text"
            }
            Unfit::PostScript => "name the `.otf` file that there is of most of them",
            Unfit::WebFont => "name the `.ttf` or `.otf` file that it was made from",
            Unfit::Collection => "take the font that is meant out of it, as a `.ttf` or `.otf` file",
            Unfit::Variable => "name a file of one weight; most families have them in a folder `static`",
            Unfit::PermissionUnknown | Unfit::Restricted | Unfit::WholeOnly | Unfit::BitmapsOnly => {
                "choose another font, or ask its maker for one whose licence and file allow it"
            }
        }
    }
}

const MOST_BYTES: usize = 64 << 20;

/// No text has characters beyond that: of the planes of Unicode, letters and signs
/// stand in the first two. A file may name any, billions of times.
const LAST: u32 = 0x1_FFFF;

/// Reads a font file; a fit one has letters with outlines, and may be embedded in
/// part. What its maker allows is in the table OS/2, which the OpenType
/// specification describes (`fsType`).
pub(crate) fn read(file: &[u8]) -> Result<Tables, Unfit> {
    if file.len() > MOST_BYTES {
        return Err(Unfit::TooLarge);
    }
    match file.get(..4) {
        Some(b"%!PS" | [0x80, 0x01, ..]) => return Err(Unfit::PostScript),
        Some(b"wOFF" | b"wOF2") => return Err(Unfit::WebFont),
        Some(b"ttcf") => return Err(Unfit::Collection),
        _ => {}
    }
    let font = ttf_parser::Face::parse(file, 0).map_err(|_| Unfit::NoFont)?;
    let is_whole = font.raw_face().table_records.into_iter().all(|table| {
        let end = table.offset.checked_add(table.length).and_then(|end| usize::try_from(end).ok());
        end.is_some_and(|end| end <= file.len())
    });
    if !is_whole {
        return Err(Unfit::NoFont);
    }
    let has = |table: &[u8; 4]| font.raw_face().table(Tag::from_bytes(table)).is_some();
    if has(b"fvar") {
        return Err(Unfit::Variable);
    }
    if !has(b"glyf") && !has(b"CFF ") {
        return Err(Unfit::NoOutlines);
    }
    may_be_embedded(&font)?;
    let width = |glyph| font.glyph_hor_advance(glyph).unwrap_or(0);
    // Each asking for a glyph would read the heads of all tables again.
    let maps: Vec<_> = font.tables().cmap.iter().flat_map(|map| map.subtables).filter(Subtable::is_unicode).collect();
    let glyph = |code| maps.iter().find_map(|map| map.glyph_index(code)).filter(|glyph| glyph.0 != 0);
    let glyphs: Vec<(u32, u16, u16)> = (0..=LAST)
        .filter_map(|code| glyph(code).map(|glyph| (code, glyph.0, width(glyph))))
        .filter(|(_, glyph, _)| *glyph < font.number_of_glyphs())
        .collect();
    let is_boxed = |code: u32| BOXED.iter().any(|range| range.contains(&code));
    let boxes = glyphs.iter().filter(|(code, ..)| is_boxed(*code)).filter_map(|(code, glyph, _)| {
        let bounds = font.glyph_bounding_box(GlyphId(*glyph))?;
        Some((*code, [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]))
    });
    let boxes = boxes.collect();
    if glyphs.is_empty() {
        return Err(Unfit::NoLetters);
    }
    // Fonts of symbols say of their signs that they are letters; it shows where no
    // text font has a sign.
    let is_drawn = |c| font.glyph_index(c).is_some_and(|glyph| font.glyph_bounding_box(glyph).is_some());
    // What Greek and ornaments are called in the places of Latin letters.
    let called = font.glyph_index('A').and_then(|glyph| font.glyph_name(glyph)).unwrap_or("");
    let is_ornament =
        called.len() > 1 && called.strip_prefix('a').is_some_and(|rest| rest.bytes().all(|c| c.is_ascii_digit()));
    if is_drawn(' ') || is_drawn('\u{A0}') || !is_drawn('a') || called == "Alpha" || is_ornament {
        return Err(Unfit::Symbols);
    }
    let bounds = font.global_bounding_box();
    let slope = (-font.italic_angle()).to_radians().tan() * 1000.0;
    let metrics = Metrics {
        ascent: font.ascender(),
        descent: font.descender(),
        x_min: bounds.x_min,
        y_min: bounds.y_min,
        x_max: bounds.x_max,
        y_max: bounds.y_max,
        caret_rise: 1000,
        caret_run: slope.round() as i16,
        weight: font.weight().to_number(),
        notdef: width(GlyphId(0)),
    };
    Ok(Tables { name: name(&font), units_per_em: font.units_per_em(), glyphs, boxes, metrics })
}

/// By the field `fsType`, a bit a permission. Files that set several mean the one
/// that allows most, also new ones, though since version 3 of the table they must
/// not; so only what is restricted and nothing else is.
fn may_be_embedded(font: &ttf_parser::Face<'_>) -> Result<(), Unfit> {
    let table = font.raw_face().table(Tag::from_bytes(b"OS/2")).unwrap_or_default();
    let number = |at: usize| Some(u16::from_be_bytes([*table.get(at)?, *table.get(at + 1)?]));
    let (version, permission) = number(0).zip(number(8)).ok_or(Unfit::PermissionUnknown)?;
    // The last two came with version 2.
    let has = |bit: u16| version >= 2 && permission & bit != 0;
    if permission & 0xE == 0x2 {
        Err(Unfit::Restricted)
    } else if has(0x200) {
        Err(Unfit::BitmapsOnly)
    } else if has(0x100) {
        Err(Unfit::WholeOnly)
    } else {
        Ok(())
    }
}

/// Names in a PDF are ASCII; a font that has no such name gets one.
fn name(font: &ttf_parser::Face<'_>) -> String {
    let names = font.names().into_iter().filter(|name| name.name_id == name_id::POST_SCRIPT_NAME);
    let name = names.filter_map(|name| name.to_string()).next().unwrap_or_default();
    let kept: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(63).collect();
    if kept.is_empty() { "Font".to_owned() } else { kept }
}

/// The characters of the first two planes that all fonts have, in capitals too: a
/// bit for each, 64 in a number.
pub(crate) fn everywhere(fonts: [&[(u32, u16, u16)]; 4]) -> Vec<u64> {
    let has = |code: u32| fonts.iter().all(|glyphs| glyphs.binary_search_by_key(&code, |entry| entry.0).is_ok());
    let mut bits = vec![0; LAST as usize / 64 + 1];
    for (code, _, _) in fonts[0] {
        let has_capital = |character: char| character.to_uppercase().all(|capital| has(capital.into()));
        if has(*code) && char::from_u32(*code).is_some_and(has_capital) {
            bits[*code as usize / 64] |= 1 << (code % 64);
        }
    }
    bits
}
