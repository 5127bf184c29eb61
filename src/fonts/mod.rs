//! The fonts that texts are set in: Liberation Serif 2.1.5, as tables made from
//! the files in `assets/fonts/` when the crate is built, or a project's own.

mod read;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

pub use read::{Metrics, Unfit};

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// One of the four faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Upright.
    #[default]
    Regular,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Bold and italic.
    BoldItalic,
}

impl Face {
    /// All four.
    pub const ALL: [Face; 4] = [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic];

    /// The face for these two emphases.
    pub fn of(bold: bool, italic: bool) -> Face {
        match (bold, italic) {
            (false, false) => Face::Regular,
            (true, false) => Face::Bold,
            (false, true) => Face::Italic,
            (true, true) => Face::BoldItalic,
        }
    }

    /// What a project file calls it.
    pub fn name(self) -> &'static str {
        match self {
            Face::Regular => "regular",
            Face::Bold => "bold",
            Face::Italic => "italic",
            Face::BoldItalic => "bold-italic",
        }
    }
}

/// Four fonts that go together, one a face.
pub struct Typeface {
    fonts: [Font; 4],
    /// The characters that all of them have, in capitals too: a bit for each.
    everywhere: Cow<'static, [u64]>,
}

impl fmt::Debug for Typeface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.fonts.iter().map(Font::name)).finish()
    }
}

/// A font of a typeface.
#[derive(Clone)]
pub struct Font {
    name: Cow<'static, str>,
    path: Option<String>,
    units_per_em: u16,
    /// Character, number of its glyph and advance width, by character.
    glyphs: Cow<'static, [(u32, u16, u16)]>,
    /// Character and the box around its glyph, by character.
    boxes: Cow<'static, [(u32, [i16; 4])]>,
    metrics: Metrics,
    #[cfg(feature = "pdf")]
    file: Cow<'static, [u8]>,
}

/// The box around a glyph, in em from where the pen stands on the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outline {
    /// Left edge.
    pub left: f64,
    /// Bottom.
    pub bottom: f64,
    /// Right edge.
    pub right: f64,
    /// Top.
    pub top: f64,
}

/// A glyph of a font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the font file.
    pub id: u16,
    /// Advance width in units of the font.
    pub advance: u16,
}

impl Typeface {
    /// Liberation Serif, the house style's.
    pub fn house() -> Arc<Typeface> {
        static HOUSE: LazyLock<Arc<Typeface>> =
            LazyLock::new(|| Arc::new(Typeface { fonts: FONTS.clone(), everywhere: Cow::Borrowed(EVERYWHERE) }));
        HOUSE.clone()
    }

    /// The house style's, with the files of its fonts in the order of [`Face::ALL`]: for a
    /// program that was made without the feature `house-fonts`.
    ///
    /// # Errors
    /// The first face whose file is another one.
    #[cfg(feature = "pdf")]
    pub fn house_with(files: [Vec<u8>; 4]) -> Result<Typeface, Face> {
        let mut typeface = Typeface { fonts: FONTS.clone(), everywhere: Cow::Borrowed(EVERYWHERE) };
        for ((face, font), file) in Face::ALL.into_iter().zip(&mut typeface.fonts).zip(files) {
            let is_its_own = read::read(&file).is_ok_and(|read| read.name == font.name && read.glyphs == *font.glyphs);
            if !is_its_own {
                return Err(face);
            }
            font.file = Cow::Owned(file);
        }
        Ok(typeface)
    }

    /// Fonts of one's own, in the order of [`Face::ALL`].
    pub fn own(fonts: [Font; 4]) -> Typeface {
        let everywhere = read::everywhere(fonts.each_ref().map(|font| font.glyphs.as_ref()));
        Typeface { fonts, everywhere: Cow::Owned(everywhere) }
    }

    /// The font of a face.
    pub fn font(&self, face: Face) -> &Font {
        &self.fonts[face as usize]
    }

    /// Whether every face has a character, and that of its capitals.
    pub fn has_everywhere(&self, character: char) -> bool {
        let code = character as usize;
        self.everywhere.get(code / 64).is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }

    /// The advance width of a character, in em; what the face lacks has none.
    pub fn advance(&self, face: Face, character: char) -> f64 {
        let font = self.font(face);
        font.glyph(character).map_or(0.0, |glyph| f64::from(glyph.advance) / font.units_per_em())
    }

    /// The advance width of a text set in `size` pt, in pt.
    pub fn width(&self, face: Face, text: &str, size: f64) -> f64 {
        let font = self.font(face);
        let units: u64 = text.chars().filter_map(|c| font.glyph(c)).map(|glyph| u64::from(glyph.advance)).sum();
        units as f64 * size / font.units_per_em()
    }
}

impl Font {
    /// A font of one's own: the path of its file in the project, and its bytes.
    ///
    /// # Errors
    /// Why documents cannot be set in it.
    pub fn read(path: &str, file: Vec<u8>) -> Result<Font, Unfit> {
        let tables = read::read(&file)?;
        Ok(Font {
            name: Cow::Owned(tables.name),
            path: Some(path.to_owned()),
            units_per_em: tables.units_per_em,
            glyphs: Cow::Owned(tables.glyphs),
            boxes: Cow::Owned(tables.boxes),
            metrics: tables.metrics,
            #[cfg(feature = "pdf")]
            file: Cow::Owned(file),
        })
    }

    /// Its PostScript name, in letters, figures and hyphens.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of its file in the project; none where it is built in.
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// The bytes of its file; of a built-in font none without the feature `house-fonts`.
    #[cfg(feature = "pdf")]
    pub fn file(&self) -> &[u8] {
        &self.file
    }

    /// What it says of all its glyphs.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Units to the em.
    pub fn units_per_em(&self) -> f64 {
        f64::from(self.units_per_em)
    }

    /// The box around the glyph of a letter, or of a mark that is set on letters; of other
    /// signs none.
    pub fn outline(&self, character: char) -> Option<Outline> {
        let code = u32::from(character);
        let at = self.boxes.binary_search_by_key(&code, |entry| entry.0).ok()?;
        let [left, bottom, right, top] = self.boxes.get(at)?.1.map(|units| f64::from(units) / self.units_per_em());
        Some(Outline { left, bottom, right, top })
    }

    /// The box of a mark that is set on a letter: it takes no room of its own.
    pub fn mark(&self, character: char) -> Option<Outline> {
        let takes_room = character.is_ascii() || self.glyph(character).is_none_or(|glyph| glyph.advance > 0);
        if takes_room { None } else { self.outline(character) }
    }

    /// The glyph of a character; none where the font lacks it.
    pub fn glyph(&self, character: char) -> Option<Glyph> {
        let table: &[(u32, u16, u16)] = &self.glyphs;
        let code = u32::from(character);
        // In most fonts the Latin letters stand in one run, from the space on.
        let run = (code as usize).wrapping_sub(0x20);
        let found = match table.get(run) {
            Some(entry) if entry.0 == code => entry,
            _ => table.get(table.binary_search_by_key(&code, |entry| entry.0).ok()?)?,
        };
        Some(Glyph { id: found.1, advance: found.2 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_house_takes_its_own_files_and_no_others() {
        let house = Typeface::house();
        let files = || Face::ALL.map(|face| house.font(face).file().to_vec());
        assert!(Typeface::house_with(files()).is_ok());
        let mut turned = files();
        turned.swap(0, 2);
        assert_eq!(Typeface::house_with(turned).err(), Some(Face::Regular));
        let mut broken = files();
        broken[3].truncate(1000);
        assert_eq!(Typeface::house_with(broken).err(), Some(Face::BoldItalic));
    }

    /// The tables are what the font files say, by another reading of them.
    #[test]
    fn tables_agree_with_the_files() -> Result<(), ttf_parser::FaceParsingError> {
        let house = Typeface::house();
        for face in Face::ALL {
            let built_in = house.font(face);
            let font = ttf_parser::Face::parse(built_in.file(), 0)?;
            assert_eq!(f64::from(font.units_per_em()), built_in.units_per_em());
            for character in '\0'..='\u{FFFF}' {
                let id = font.glyph_index(character).filter(|id| id.0 != 0);
                assert_eq!(built_in.glyph(character).map(|glyph| glyph.id), id.map(|id| id.0), "{character:?}");
                let advance = id.and_then(|id| font.glyph_hor_advance(id));
                assert_eq!(built_in.glyph(character).map(|glyph| glyph.advance), advance, "{character:?}");
            }
        }
        Ok(())
    }

    #[test]
    fn what_is_everywhere_has_its_capitals_there_too() {
        let house = Typeface::house();
        let has = |c: char| Face::ALL.iter().all(|face| house.font(*face).glyph(c).is_some());
        for character in '\0'..='\u{1FFFF}' {
            let everywhere = has(character) && character.to_uppercase().all(has);
            assert_eq!(house.has_everywhere(character), everywhere, "{character:?}");
        }
        assert!(!house.has_everywhere(char::MAX));
        assert!(" aé№«ß’\u{A0}\u{202F}ђ".chars().all(|c| house.has_everywhere(c)));
    }
}
