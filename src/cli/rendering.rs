//! What a document becomes, as it was asked for.

use super::archive::{self, Archive, WithoutRemarks};
use super::args::{Build, EditionName};
use super::disk::{self, DiskWorld};
use super::formats::FormatOptions;
use super::outcome::Failure;
use super::terminal::is_verbose;
use crate::compile::Options;
use crate::config::{PressCondition, Project};
use crate::data::Record;
use crate::layout::style::Style;
use crate::model::Checked;
use crate::ooxml::hash::of_source;
use crate::render::{DocxOptions, Edition, HtmlOptions, OutputProfile, PdfOptions, Press, Rendered};
use crate::world::World;

/// How documents of a project are rendered.
pub(super) struct Rendering<'a> {
    arguments: &'a Build,
    options: FormatOptions,
}

/// What a document is made of.
pub(super) struct Origin<'a> {
    pub world: &'a DiskWorld,
    /// The values that were given from outside.
    pub record: Option<&'a Record>,
}

const POINTS_PER_MILLIMETRE: f64 = 72.0 / 25.4;

impl<'a> Rendering<'a> {
    /// What the arguments and the project ask for; a profile is read only where
    /// it is needed.
    pub fn of(arguments: &'a Build, project: &Project, world: &dyn World) -> Result<Rendering<'a>, Failure> {
        let Build { edition, to, bleed, marks, layout, width, .. } = arguments;
        if !to.has_editions && *edition != EditionName::Screen {
            return Err(Failure::Usage("only a PDF has editions; leave out `--edition` or `--to`".to_owned()));
        }
        if arguments.no_remarks && *edition != EditionName::Archive {
            let message =
                "only an archive edition carries remarks; leave out `--no-remarks`, or add `--edition archive`";
            return Err(Failure::Usage(message.to_owned()));
        }
        if *edition != EditionName::Press && (*bleed > 0.0 || *marks) {
            let message = "bleed and marks are for the print shop; add `--edition press`";
            return Err(Failure::Usage(message.to_owned()));
        }
        let edition = match edition {
            // What an archive carries is known with the document.
            EditionName::Screen | EditionName::Archive => Edition::Screen,
            EditionName::Press => Edition::Press(Press {
                profile: project.press.as_ref().map_or(Ok(OutputProfile::default()), |own| profile(own, world))?,
                bleed: bleed * POINTS_PER_MILLIMETRE,
                marks: *marks,
            }),
        };
        if arguments.fragment && to.extension != "html" {
            return Err(Failure::Usage("only HTML has fragments; add `--to html`".to_owned()));
        }
        let pdf = PdfOptions { edition, made: disk::source_date() };
        let docx = DocxOptions { source: None, made: disk::source_date() };
        let html = HtmlOptions { fragment: arguments.fragment };
        let options = FormatOptions { pdf, docx, html, layout: *layout, width: usize::from(*width) };
        Ok(Rendering { arguments, options })
    }

    /// A document in the form that was asked for, and what the summary says of it.
    pub fn render(
        &self,
        checked: &Checked,
        style: &Style,
        of: &Origin<'_>,
    ) -> Result<(Rendered<Vec<u8>>, String), Failure> {
        if self.arguments.edition == EditionName::Archive {
            let options = Options { record: of.record.cloned(), ..self.arguments.reading.options()? };
            let Some(path) = of.world.path_in_project() else {
                let message =
                    "an archive edition carries files by their paths; name a document below the project's folder";
                return Err(Failure::Usage(message.to_owned()));
            };
            let without = WithoutRemarks(of.world);
            let world: &dyn World = if self.arguments.no_remarks { &without } else { of.world };
            let made = archive::edition(world, &path, &options, self.options.pdf.made)?;
            let Archive { rendered, leaving } =
                made.ok_or_else(|| Failure::Usage(format!("`{path}` was changed while it was built; build it again")))?;
            let mut said = format!("; {}", leaving.in_words());
            if self.arguments.no_remarks {
                said.push_str(", its bytes other than with remarks");
            }
            if is_verbose() {
                said.push_str(&format!(": {}", leaving.files.join(", ")));
            }
            return Ok((rendered, said));
        }
        let mut options = self.options.clone();
        if self.arguments.to.names_source {
            options.docx.source = Some(of_source(&of.world.read(of.world.name())?));
        }
        Ok(((self.arguments.to.render)(checked, style, &options)?, String::new()))
    }

    /// Everything that results depend on besides documents and values.
    pub fn in_words(&self) -> String {
        let Build { to, layout, width, edition, bleed, marks, .. } = self.arguments;
        let to = to.known_as;
        let remarks = if self.arguments.no_remarks { " no-remarks" } else { "" };
        let fragment = if self.arguments.fragment { " fragment" } else { "" };
        format!("{to} {layout:?} {width} {edition:?} {bleed} {marks} {:?}{remarks}{fragment}", self.options.pdf.made)
    }
}

fn profile(own: &PressCondition, world: &dyn World) -> Result<OutputProfile, Failure> {
    let PressCondition { profile, condition, info } = own;
    let bytes = world.read(profile)?;
    OutputProfile::new(bytes, condition, info.as_deref())
        .map_err(|reason| Failure::Usage(format!("a press edition cannot have the profile `{profile}`: {reason}")))
}
