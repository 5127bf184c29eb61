//! The formats that documents are made in: a row for each.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::Error;
use crate::layout::style::Style;
use crate::model::Checked;
use crate::render::{self, AknOptions, DocxOptions, HtmlOptions, PdfOptions, Rendered};

/// A format that `--to` names.
#[derive(Debug)]
pub(super) struct OutputFormat {
    /// Its name on the command line.
    name: &'static str,
    /// What help says of it.
    about: &'static str,
    /// What the manifest of a batch knows it by.
    pub known_as: &'static str,
    /// The extension of its files.
    pub extension: &'static str,
    /// Whether `--edition` says for whom it is made.
    pub has_editions: bool,
    /// Whether the file says of which text it was made.
    pub names_source: bool,
    /// Makes a file of a document.
    pub render: Render,
}

type Render = fn(&Checked, &Style, &FormatOptions) -> Result<Rendered<Vec<u8>>, Error>;

#[derive(Clone)]
/// What was asked for besides the format; each format uses what concerns it.
pub(super) struct FormatOptions {
    pub pdf: PdfOptions,
    pub docx: DocxOptions,
    pub layout: TextLayout,
    /// How many characters a line of flowed text has.
    pub width: usize,
    pub html: HtmlOptions,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TextLayout {
    /// The lines and pages of the PDF
    Printed,
    /// Filled to a width
    #[default]
    Flowed,
}

pub(super) static PDF: OutputFormat = OutputFormat {
    name: "pdf",
    about: "Pages",
    known_as: "Pdf",
    extension: "pdf",
    has_editions: true,
    names_source: false,
    render: |checked, style, options| render::pdf(checked, style, &options.pdf),
};

static TEXT: OutputFormat = OutputFormat {
    name: "text",
    about: "Plain text",
    known_as: "Text",
    extension: "txt",
    has_editions: false,
    names_source: false,
    render: text,
};

static DOCX: OutputFormat = OutputFormat {
    name: "docx",
    about: "A file for Word",
    known_as: "Docx",
    extension: "docx",
    has_editions: false,
    names_source: true,
    render: |checked, style, options| render::docx(checked, style, &options.docx),
};

static HTML: OutputFormat = OutputFormat {
    name: "html",
    about: "One accessible page for a browser, without a script",
    known_as: "Html",
    extension: "html",
    has_editions: false,
    names_source: false,
    render: |checked, _, options| Ok(flowing(render::html(checked, options.html))),
};

static AKN: OutputFormat = OutputFormat {
    name: "akn",
    about: "Akoma Ntoso 3.0, for programs",
    known_as: "Akn",
    extension: "xml",
    has_editions: false,
    names_source: false,
    render: |checked, style, options| {
        let made = options.pdf.made.map(|made| made.date());
        Ok(flowing(render::akn(checked, style, AknOptions { made })?))
    },
};

/// In the order in which help lists them.
static FORMATS: [&OutputFormat; 5] = [&PDF, &TEXT, &DOCX, &HTML, &AKN];

impl ValueEnum for &'static OutputFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &FORMATS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name).help(self.about))
    }
}

/// What has no pages of its own, and so no word that is wider than its line.
fn flowing(content: String) -> Rendered<Vec<u8>> {
    Rendered { content: content.into_bytes(), wide_words: Vec::new() }
}

fn text(checked: &Checked, style: &Style, options: &FormatOptions) -> Result<Rendered<Vec<u8>>, Error> {
    let Rendered { content, wide_words } = match options.layout {
        TextLayout::Printed => render::printed(checked, style),
        TextLayout::Flowed => Rendered { content: render::flowed(checked, options.width), wide_words: Vec::new() },
    };
    Ok(Rendered { content: content.into_bytes(), wide_words })
}
