//! The faces that are embedded: only the glyphs that are used, numbered in the
//! order in which they are first used, so that a page is written once.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, Stream};
use printpdf::{
    Codepoint, FontId, FontMetrics, FontType, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use subsetter::GlyphRemapper;

use super::file::FileWriter;
use crate::Error;
use crate::fonts::{Face, Font, Typeface};

/// The glyphs that a document uses.
pub(super) struct GlyphBook<'t> {
    typeface: &'t Typeface,
    faces: [FaceGlyphs; 4],
}

#[derive(Default)]
struct FaceGlyphs {
    remapper: GlyphRemapper,
    /// Number in the subset and width in 1/1000 em of each character.
    used: BTreeMap<char, (u16, u16)>,
    /// Those of Latin and Cyrillic letters by their code points: nearly all that a page has.
    near: Vec<Option<UsedGlyph>>,
}

/// Code points below it are looked up in a table.
const NEAR: usize = 0x530;

/// A glyph as page contents name it.
#[derive(Clone, Copy)]
pub(super) struct UsedGlyph {
    /// Its number in the subset.
    pub id: u16,
    /// The width that the PDF gives it, in 1/1000 em.
    pub width: u16,
    /// Its true width, in 1/1000 em.
    pub exact: f64,
}

/// The name of a face in page contents.
pub(super) fn resource_name(face: Face) -> &'static str {
    match face {
        Face::Regular => "FR",
        Face::Bold => "FB",
        Face::Italic => "FI",
        Face::BoldItalic => "FX",
    }
}

impl<'t> GlyphBook<'t> {
    pub fn of(typeface: &'t Typeface) -> Self {
        GlyphBook { typeface, faces: Default::default() }
    }

    /// The glyph of a character, which is embedded from now on; none if the face
    /// lacks it, which checks forbid.
    pub fn glyph(&mut self, face: Face, c: char) -> Option<UsedGlyph> {
        let FaceGlyphs { remapper, used, near } = &mut self.faces[face as usize];
        let at = c as usize;
        if let Some(Some(glyph)) = near.get(at) {
            return Some(*glyph);
        }
        let font = self.typeface.font(face);
        let glyph = font.glyph(c)?;
        let exact = f64::from(glyph.advance) * 1000.0 / font.units_per_em();
        let (id, width) = *used.entry(c).or_insert_with(|| (remapper.remap(glyph.id), exact.round() as u16));
        let glyph = UsedGlyph { id, width, exact };
        if at < NEAR {
            near.resize(NEAR, None);
            near[at] = Some(glyph);
        }
        Some(glyph)
    }

    /// The faces that were used, subset.
    pub fn finish(self) -> Result<Vec<SubsetFace>, Error> {
        let faces = Face::ALL.into_iter().zip(self.faces).filter(|(_, glyphs)| !glyphs.used.is_empty());
        faces.map(|(face, glyphs)| SubsetFace::of(face, self.typeface.font(face), glyphs)).collect()
    }
}

/// A face with the glyphs that are used.
pub(super) struct SubsetFace {
    pub face: Face,
    pub parsed: ParsedFont,
    /// Number in the subset and text of each glyph.
    texts: Vec<(u16, String)>,
}

impl SubsetFace {
    fn of(face: Face, font: &Font, glyphs: FaceGlyphs) -> Result<SubsetFace, Error> {
        let bytes = subsetter::subset(font.file(), 0, &glyphs.remapper).map_err(|error| {
            Error::Pdf(format!("`{}` cannot be embedded: {error}", font.path().unwrap_or(font.name())))
        })?;
        let metrics = font.metrics();
        let thousandths = |units: i16| (f64::from(units) * 1000.0 / font.units_per_em()).round() as i16;
        let mut widths: BTreeMap<u16, u16> = glyphs.used.values().copied().collect();
        widths.insert(0, (f64::from(metrics.notdef) * 1000.0 / font.units_per_em()).round() as u16);
        // Two characters of one glyph: the first in the order of Unicode is
        // its text.
        let mut texts: Vec<(u16, String)> = glyphs.used.iter().map(|(c, (id, _))| (*id, c.to_string())).collect();
        texts.sort();
        texts.dedup_by_key(|(id, _)| *id);
        let parsed = ParsedFont {
            original_bytes: bytes,
            font_index: 0,
            font_name: Some(format!("{}+{}", tag(&glyphs.remapper), font.name())),
            codepoint_to_glyph: glyphs.used.iter().map(|(c, (id, _))| (u32::from(*c), *id)).collect(),
            glyph_widths: widths,
            units_per_em: 1000,
            font_metrics: FontMetrics { ascent: thousandths(metrics.ascent), descent: thousandths(metrics.descent) },
            font_type: FontType::TrueType,
            pdf_font_metrics: PdfFontMetricsStub {
                units_per_em: 1000,
                x_min: thousandths(metrics.x_min),
                y_min: thousandths(metrics.y_min),
                x_max: thousandths(metrics.x_max),
                y_max: thousandths(metrics.y_max),
                caret_slope_rise: metrics.caret_rise,
                caret_slope_run: metrics.caret_run,
                us_weight_class: metrics.weight,
            },
        };
        Ok(SubsetFace { face, parsed, texts })
    }

    pub fn id(&self) -> FontId {
        FontId(resource_name(self.face).to_owned())
    }
}

/// Six capitals before the name of a subset, from the glyphs in it.
fn tag(remapper: &GlyphRemapper) -> String {
    let hash = remapper
        .remapped_gids()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, glyph| (hash ^ u64::from(glyph)).wrapping_mul(0x0100_0000_01b3));
    (0..6).map(|at| char::from(b'A' + ((hash >> (8 * at)) % 26) as u8)).collect()
}

/// Writes the faces, as printpdf makes them, and returns them by the names that
/// contents use.
pub(super) fn embed(file: &mut FileWriter, faces: Vec<SubsetFace>) -> Result<Dictionary, Error> {
    let mut skeleton = PdfDocument::new("");
    // printpdf embeds what is shown: a page that shows every glyph once.
    let mut operations = vec![Op::StartTextSection];
    for face in faces {
        operations.push(Op::SetFont { font: PdfFontHandle::External(face.id()), size: Pt(1.0) });
        let glyphs = face.texts.iter().map(|(id, text)| Codepoint::with_cid(*id, 0.0, text.clone())).collect();
        operations.push(Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] });
        skeleton.resources.fonts.map.insert(face.id(), PdfFont::new(face.parsed));
    }
    operations.push(Op::EndTextSection);
    skeleton.pages.push(PdfPage::new(Mm(0.0), Mm(0.0), operations));
    let options = PdfSaveOptions { optimize: false, ..PdfSaveOptions::default() };
    let made = skeleton.to_lopdf_document(&options, &mut Vec::new());
    let mut embedded = Dictionary::new();
    for face in Face::ALL {
        let name = resource_name(face).as_bytes();
        let page = made.page_iter().next().and_then(|page| made.get_page_fonts(page).ok());
        if let Some(font) = page.as_ref().and_then(|fonts| fonts.get(name)) {
            let font = copied(file, &made, &Object::Dictionary((*font).clone()))?;
            embedded.set(name, file.add(font)?);
        }
    }
    Ok(embedded)
}

/// Copies an object with all that it refers to. References in fonts form no
/// circles.
fn copied(file: &mut FileWriter, made: &lopdf::Document, object: &Object) -> Result<Object, Error> {
    Ok(match object {
        Object::Reference(id) => {
            let inner = made.get_object(*id).map_err(|error| Error::Pdf(error.to_string()))?;
            let inner = copied(file, made, inner)?;
            file.add(inner)?.into()
        }
        Object::Array(objects) => {
            Object::Array(objects.iter().map(|object| copied(file, made, object)).collect::<Result<_, _>>()?)
        }
        Object::Dictionary(dictionary) => Object::Dictionary(copied_dictionary(file, made, dictionary)?),
        Object::Stream(stream) => {
            let dictionary = copied_dictionary(file, made, &stream.dict)?;
            Object::Stream(Stream { dict: dictionary, ..stream.clone() })
        }
        other => other.clone(),
    })
}

fn copied_dictionary(
    file: &mut FileWriter,
    made: &lopdf::Document,
    dictionary: &Dictionary,
) -> Result<Dictionary, Error> {
    let mut copy = Dictionary::new();
    for (key, value) in dictionary {
        copy.set(key.clone(), copied(file, made, value)?);
    }
    Ok(copy)
}
