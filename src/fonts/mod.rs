//! Coverage and advance widths of Liberation Serif 2.1.5, as tables made from
//! the files in `assets/fonts/` when the crate is built. Widths are in units
//! of 1/2048 em.

include!(concat!(env!("OUT_DIR"), "/fonts.rs"));

/// Units to the em in all four faces.
pub const UNITS_PER_EM: f64 = 2048.0;

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

/// What a face says of all its glyphs, in units of 1/2048 em.
#[cfg(feature = "pdf")]
pub(crate) struct Metrics {
    pub ascent: i16,
    pub descent: i16,
    pub x_min: i16,
    pub y_min: i16,
    pub x_max: i16,
    pub y_max: i16,
    pub caret_rise: i16,
    pub caret_run: i16,
    pub weight: u16,
    pub notdef: i16,
}

/// A glyph of a face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the font file.
    pub id: u16,
    /// Advance width in 1/2048 em.
    pub advance: u16,
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

    /// The glyph of a character; none where the face lacks it.
    pub fn glyph(self, character: char) -> Option<Glyph> {
        let table = match self {
            Face::Regular => REGULAR,
            Face::Bold => BOLD,
            Face::Italic => ITALIC,
            Face::BoldItalic => BOLDITALIC,
        };
        let code = u32::from(character);
        // The Latin letters stand in one run, from the space on.
        let run = (code as usize).wrapping_sub(0x20);
        let found = match table.get(run) {
            Some(entry) if entry.0 == code => entry,
            _ => table.get(table.binary_search_by_key(&code, |entry| entry.0).ok()?)?,
        };
        Some(Glyph { id: found.1, advance: found.2 })
    }

    /// The advance width of a text set in `size` pt, in pt. Characters that
    /// the face lacks have none.
    pub fn width(self, text: &str, size: f64) -> f64 {
        let units: u64 = text.chars().filter_map(|c| self.glyph(c)).map(|glyph| u64::from(glyph.advance)).sum();
        units as f64 * size / UNITS_PER_EM
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tables are what the font files say.
    #[test]
    fn tables_agree_with_the_files() -> Result<(), ttf_parser::FaceParsingError> {
        let files: [&[u8]; 4] = [
            include_bytes!("../assets/fonts/LiberationSerif-Regular.ttf"),
            include_bytes!("../assets/fonts/LiberationSerif-Bold.ttf"),
            include_bytes!("../assets/fonts/LiberationSerif-Italic.ttf"),
            include_bytes!("../assets/fonts/LiberationSerif-BoldItalic.ttf"),
        ];
        for (face, file) in Face::ALL.into_iter().zip(files) {
            let font = ttf_parser::Face::parse(file, 0)?;
            assert_eq!(f64::from(font.units_per_em()), UNITS_PER_EM);
            for character in '\0'..='\u{FFFF}' {
                let id = font.glyph_index(character).filter(|id| id.0 != 0);
                assert_eq!(face.glyph(character).map(|glyph| glyph.id), id.map(|id| id.0), "{character:?}");
                let advance = id.and_then(|id| font.glyph_hor_advance(id));
                assert_eq!(face.glyph(character).map(|glyph| glyph.advance), advance, "{character:?}");
            }
        }
        Ok(())
    }
}
