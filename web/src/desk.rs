//! The text of the page: compiled once a version, and asked about.

use chancery::diag::{Code, Diagnostics};
use chancery::editor::{Reading, pages};
use chancery::{Compilation, Options, Session, compile, syntax};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::answers::{self, Answers};
use crate::make::{self, Faces};
use crate::project::Project;
use crate::request::Request;
use crate::units::Units;

/// A text in its project.
struct Open {
    project: &'static Project,
    session: Session<'static>,
    name: String,
    options: Options,
    compilation: Option<Compilation>,
    /// What was drawn of each page when pages were last asked for.
    drawn: Vec<u64>,
}

impl Open {
    fn of(project: &'static Project, name: String, as_of: Option<Date>) -> Open {
        let options = Options { as_of, ..Options::default() };
        Open { project, session: Session::new(project), name, options, compilation: None, drawn: Vec::new() }
    }
}

/// What the page works on.
#[derive(Default)]
pub struct Desk {
    open: Option<Open>,
    faces: Faces,
}

/// An answer, and the bytes that belong to it.
pub type Answer = (Value, Vec<u8>);

impl Desk {
    /// Answers a request. What cannot be answered is said in `error`.
    pub fn answer(&mut self, head: &[u8], body: &[u8]) -> Answer {
        let answer = serde_json::from_slice(head)
            .map_err(|error| format!("nothing that can be asked: {error}"))
            .and_then(|request| self.asked(request, body));
        answer.unwrap_or_else(|error| (json!({ "error": error }), Vec::new()))
    }

    fn asked(&mut self, request: Request, body: &[u8]) -> Result<Answer, String> {
        match request {
            Request::Open { name, today, as_of } => {
                // A session lends from its project as long as it is there, and there are few of them.
                let project: &'static Project = Box::leak(Box::new(Project::on(today)));
                self.open = Some(Open::of(project, name, as_of));
                Ok(answered(Value::Null))
            }
            Request::Face { at } => self.faces.put(at, body).map(|()| answered(Value::Null)),
            Request::Import { accept } => make::imported(body, accept).map(answered),
            Request::Explain { code } => explain(&code).map(answered),
            #[allow(clippy::panic, reason = "it is what was asked for")]
            Request::Fail => panic!("a panic was asked for"),
            Request::File { .. }
            | Request::Check
            | Request::Pages
            | Request::Words
            | Request::Hover { .. }
            | Request::Actions { .. }
            | Request::Complete { .. }
            | Request::Definition { .. }
            | Request::Renamed { .. }
            | Request::Rename { .. }
            | Request::Format
            | Request::MendAll
            | Request::Make { .. } => {
                let faces = &self.faces;
                self.open.as_mut().ok_or("no text is open")?.asked(request, body, faces)
            }
        }
    }
}

impl Open {
    fn asked(&mut self, request: Request, body: &[u8], faces: &Faces) -> Result<Answer, String> {
        match request {
            Request::File { name } => {
                self.project.put(&name, body);
                // What a session has read stays as it was.
                self.session = Session::new(self.project);
                self.compilation = None;
                Ok(answered(Value::Null))
            }
            Request::Check => self.check(body).map(answered),
            Request::Pages => self.pages().map(answered),
            Request::Make { to } => make::made(self.compiled()?, to, faces, body_of(self)),
            other => {
                let compilation = self.compiled()?;
                let reading = Reading::of(&self.session, compilation).ok_or("the text cannot be read")?;
                let units = Units::of(reading.text());
                let answers = Answers { reading: &reading, compilation, units: &units };
                self.about(other, &answers).map(answered)
            }
        }
    }

    fn about(&self, request: Request, answers: &Answers<'_>) -> Result<Value, String> {
        match request {
            Request::Words => Ok(answers.words()),
            Request::Hover { at } => Ok(answers.hover(at)),
            Request::Actions { from, to } => Ok(answers.actions(self.project, &self.name, &self.options, from, to)),
            Request::Complete { at } => Ok(answers.completions(at, &self.project.paths())),
            Request::Definition { at } => Ok(answers.definition(at)),
            Request::Renamed { at } => answers.renamed(at),
            Request::Rename { at, to } => answers.rename(at, &to),
            Request::Format => format(answers),
            Request::MendAll => self.mend_all(),
            Request::Open { .. }
            | Request::File { .. }
            | Request::Check
            | Request::Pages
            | Request::Import { .. }
            | Request::Explain { .. }
            | Request::Face { .. }
            | Request::Make { .. }
            | Request::Fail => Err("this is not asked of a text".to_owned()),
        }
    }

    fn compiled(&self) -> Result<&Compilation, String> {
        self.compilation.as_ref().ok_or_else(|| "the text has not been checked".to_owned())
    }

    fn check(&mut self, text: &[u8]) -> Result<Value, String> {
        self.compilation = None;
        self.project.put(&self.name, text);
        let compilation = self.session.compile(&self.name, &self.options).map_err(|error| error.to_string())?;
        let source = compilation.text();
        let checked = answers::findings(&compilation, &Units::of(source));
        self.compilation = Some(compilation);
        Ok(checked)
    }

    /// The pages, each with what it shows where; drawn where it differs from the last time.
    fn pages(&mut self) -> Result<Value, String> {
        let compilation = self.compilation.as_ref().ok_or("the text has not been checked")?;
        let Some(pages) = pages(compilation) else { return Ok(Value::Null) };
        let source = compilation.text();
        let units = Units::of(source);
        let mut drawn = Vec::with_capacity(pages.len());
        let mut shown = Vec::with_capacity(pages.len());
        for (at, page) in pages.into_iter().enumerate() {
            let hash = page.drawing();
            let is_same = self.drawn.get(at) == Some(&hash);
            let places: Vec<(f64, usize)> =
                page.places.iter().map(|(height, byte)| (*height, units.unit(*byte))).collect();
            let svg = if is_same { Value::Null } else { page.svg.into() };
            shown.push(json!({ "size": page.size, "places": places, "svg": svg }));
            drawn.push(hash);
        }
        self.drawn = drawn;
        Ok(shown.into())
    }

    fn mend_all(&self) -> Result<Value, String> {
        let mended =
            compile::mend(self.project, &self.name, &self.options, false).map_err(|error| error.to_string())?;
        Ok(json!({ "text": mended.text, "count": mended.changes.len() }))
    }
}

fn answered(value: Value) -> Answer {
    (value, Vec::new())
}

/// The bytes of the text that was checked.
fn body_of(open: &Open) -> Vec<u8> {
    chancery::World::read(open.project, &open.name).unwrap_or_default()
}

/// The canonical form of a text.
fn format(answers: &Answers<'_>) -> Result<Value, String> {
    let source = answers.reading.source();
    let mut found = Diagnostics::default();
    let tree = compile::parse_by_path(source, answers.compilation.file, &mut found);
    if found.has_errors() {
        // What was not understood could be damaged.
        return Err("the text has errors in its form; mend these first".to_owned());
    }
    Ok(json!({ "text": syntax::format(&tree, source) }))
}

fn explain(name: &str) -> Result<Value, String> {
    let explanation = Code::named(name).and_then(Code::explanation);
    let explanation = explanation.ok_or_else(|| format!("there is no code `{name}`"))?;
    let about = json!({ "what": explanation.what.trim(), "why": explanation.why.trim() });
    Ok(about)
}
