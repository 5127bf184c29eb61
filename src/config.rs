//! `chancery.toml`, the file at a project's root.

use toml::de::{DeTable, DeValue};

use crate::diag::{Code, Diagnostic, Diagnostics, TomlFault, Wanted, Weights, likely};
use crate::fonts::Face;
use crate::source::{FileId, Source, Sources, Span};
use crate::world::{World, WorldError, is_plain_path};

/// The file at a project's root.
pub const PROJECT_FILE: &str = "chancery.toml";

/// What a project says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Project {
    /// The paths of its registries, each with its place.
    pub registries: Vec<(String, Span)>,
    /// How its texts are printed.
    pub press: Option<PressCondition>,
    /// The paths of its fonts in the order of [`Face::ALL`], each with its place.
    pub fonts: Option<[(String, Span); 4]>,
    /// What is made of findings in its texts.
    pub weights: Weights,
    /// The path of a report whose findings `chancery check` accepts.
    pub baseline: Option<String>,
}

impl Project {
    /// A file that it names at a place; why it cannot be had is said there.
    pub fn read(&self, world: &dyn World, path: &str, place: Span, found: &mut Diagnostics) -> Option<Vec<u8>> {
        let error = match world.read(path) {
            Ok(bytes) => return Some(bytes),
            Err(error) => error,
        };
        let hint = match error {
            WorldError::Outside { .. } => {
                "a project reads only files below the folder of its `chancery.toml`: copy it there, a link does not do"
            }
            WorldError::NotFound { .. } => "paths begin at the folder of `chancery.toml`",
            WorldError::Unreadable { .. } => "name a file that can be read",
        };
        found.push(Diagnostic::new(Code::ProjectFile, place, error.to_string()).hint(hint));
        None
    }
}

/// The printing condition of a project's press editions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PressCondition {
    /// The path of an ICC profile.
    pub profile: String,
    /// The name of the condition, as `FOGRA52`.
    pub condition: String,
    /// What it is, in words.
    pub info: Option<String>,
}

/// Reads the project file of a world; what is wrong in it is said at its lines.
/// A project without one has nothing of its own.
pub fn project(world: &dyn World, sources: &mut Sources, found: &mut Diagnostics) -> Project {
    let Ok(bytes) = world.read(PROJECT_FILE) else { return Project::default() };
    let Some(file) = text_of(PROJECT_FILE, bytes, sources, found) else { return Project::default() };
    match sources.get(file) {
        Some(source) => Reader { text: source.text(), file, found }.project(),
        None => Project::default(),
    }
}

/// A file of the project as text, among the sources; one that is none is said
/// to be so.
pub(crate) fn text_of(path: &str, bytes: Vec<u8>, sources: &mut Sources, found: &mut Diagnostics) -> Option<FileId> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(sources.add(Source::new(path, text))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let mut bytes = error.into_bytes();
            bytes.truncate(at);
            let file = sources.add(Source::new(path, String::from_utf8(bytes).unwrap_or_default()));
            found.push(
                Diagnostic::new(Code::NotUtf8, Span::new(file, at..at), format!("`{path}` is not UTF-8 text"))
                    .hint("save it as UTF-8 (in a spreadsheet: CSV UTF-8)"),
            );
            None
        }
    }
}

const WEIGHTS_HINT: &str = "write as `[check]`, and below it `deny = [\"references\"]`, `warn = […]` or `allow = […]`";

const FORM_HINT: &str = "words and paths stand in quotation marks, as `registries = [\"registry/own.toml\"]`";

struct Reader<'a> {
    text: &'a str,
    file: FileId,
    found: &'a mut Diagnostics,
}

type Value<'a> = toml::Spanned<DeValue<'a>>;

impl Reader<'_> {
    fn project(mut self) -> Project {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        let faults = TomlFault::of(self.text, errors.iter().map(|error| (error.span(), error.message())));
        let is_understood = faults.iter().all(|fault| fault.is_twice);
        for TomlFault { at, message, cure, first, .. } in faults {
            let hint = cure.unwrap_or_else(|| FORM_HINT.to_owned());
            let hint =
                if is_understood { hint } else { format!("{hint}; until it is mended, nothing of the file holds") };
            let finding = Diagnostic::new(Code::ProjectFile, self.place(at), message).hint(hint);
            self.found.push(match first {
                Some(first) => finding.other(self.place(first), "it stands here first"),
                None => finding,
            });
        }
        let mut project = Project::default();
        if !is_understood {
            return project;
        }
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "registries" => project.registries = self.paths(value),
                "press" => project.press = self.press(key.span(), value),
                "fonts" => project.fonts = self.fonts(key.span(), value),
                "check" => self.check(value, &mut project),
                other => {
                    let message = format!("a project has no key `{other}`");
                    self.refuse(key.span(), message, "its keys are registries, press, fonts and check");
                }
            }
        }
        project
    }

    fn paths(&mut self, value: &Value<'_>) -> Vec<(String, Span)> {
        let items = value.get_ref().as_array().map(|list| list.iter().collect()).unwrap_or_else(|| vec![value]);
        let mut paths = Vec::new();
        for item in items {
            paths.extend(self.path(item, "a registry").map(|path| (path, self.place(item.span()))));
        }
        paths
    }

    /// The path of a file of the project.
    fn path(&mut self, value: &Value<'_>, what: &str) -> Option<String> {
        match value.get_ref().as_str() {
            Some(path) if is_plain_path(path) => return Some(path.to_owned()),
            Some(path) => {
                let message = format!("`{path}` is no path in the project");
                let hint = "write folders and file with `/` between them, from the folder of `chancery.toml` on, as \
                            `registry/own.toml`";
                self.refuse(value.span(), message, hint);
            }
            None => self.refuse(value.span(), format!("this is no path of {what}"), "write it in quotation marks"),
        }
        None
    }

    fn press(&mut self, at: std::ops::Range<usize>, value: &Value<'_>) -> Option<PressCondition> {
        const HINT: &str =
            "write as `[press]`, and below it `profile = \"paper.icc\"`, `condition = \"FOGRA52\"` and `info = \"…\"`";
        let Some(table) = value.get_ref().as_table() else {
            self.refuse(value.span(), "this is no printing condition", HINT);
            return None;
        };
        let (mut profile, mut condition, mut info) = (None, None, None);
        for (key, value) in table {
            let slot = match key.get_ref().as_ref() {
                "profile" => &mut profile,
                "condition" => &mut condition,
                "info" => &mut info,
                other => {
                    let message = format!("a printing condition has no key `{other}`");
                    self.refuse(key.span(), message, "its keys are profile, condition and info");
                    continue;
                }
            };
            match value.get_ref().as_str().filter(|words| !words.trim().is_empty()) {
                Some(words) => *slot = Some(words.to_owned()),
                None => self.refuse(value.span(), "this is no text", "write it in quotation marks"),
            }
        }
        for (name, missing) in [("profile", profile.is_none()), ("condition", condition.is_none())] {
            if missing {
                self.refuse(at.clone(), format!("the printing condition has no `{name}`"), HINT);
            }
        }
        Some(PressCondition { profile: profile?, condition: condition?, info })
    }

    fn fonts(&mut self, at: std::ops::Range<usize>, value: &Value<'_>) -> Option<[(String, Span); 4]> {
        const HINT: &str = "write as `[fonts]`, and below it `regular = \"fonts/Own-Regular.ttf\"`, and in the same way \
             `bold`, `italic` and `bold-italic`; a family without one of them names another twice";
        let Some(table) = value.get_ref().as_table() else {
            self.refuse(value.span(), "these are no fonts", HINT);
            return None;
        };
        let mut paths = [const { None }; 4];
        let mut missing: Vec<Face> = Face::ALL.to_vec();
        for (key, value) in table {
            let name = key.get_ref().to_lowercase().replace(['_', ' '], "-");
            let Some(face) = Face::ALL.into_iter().find(|face| face.name() == name) else {
                let message = format!("a typeface has no face `{}`", key.get_ref());
                self.refuse(key.span(), message, "the four are regular, bold, italic and bold-italic");
                continue;
            };
            missing.retain(|other| *other != face);
            if name != key.get_ref().as_ref() {
                self.refuse(key.span(), format!("the face `{name}` is meant"), &format!("write `{name}`"));
            }
            paths[face as usize] = self.path(value, "a font").map(|path| (path, self.place(value.span())));
        }
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().map(|face| format!("`{}`", face.name())).collect();
            self.refuse(at, format!("the fonts have no {}", names.join(", ")), HINT);
        }
        let [regular, bold, italic, bold_italic] = paths;
        Some([regular?, bold?, italic?, bold_italic?])
    }

    /// `deny`, `warn` and `allow`, each with codes and groups, and the `baseline`.
    fn check(&mut self, value: &Value<'_>, project: &mut Project) {
        let Some(table) = value.get_ref().as_table() else {
            return self.refuse(value.span(), "this does not say what findings weigh", WEIGHTS_HINT);
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if name == "baseline" {
                project.baseline = self.path(value, "a report");
            } else if let Some(wanted) = Wanted::ALL.into_iter().find(|wanted| wanted.name() == name) {
                self.weights(wanted, value, &mut project.weights);
            } else {
                let keys = Wanted::ALL.map(Wanted::name).into_iter().chain(["baseline"]);
                let hint = likely(name, keys).map_or_else(
                    || "its keys are deny, warn, allow and baseline".to_owned(),
                    |meant| format!("did you mean `{meant}`?"),
                );
                self.refuse(key.span(), format!("a check has no key `{name}`"), &hint);
            }
        }
    }

    fn weights(&mut self, wanted: Wanted, names: &Value<'_>, weights: &mut Weights) {
        let names = names.get_ref().as_array().map_or_else(|| vec![names], |list| list.iter().collect());
        for name in names {
            let Some(word) = name.get_ref().as_str() else {
                self.refuse(name.span(), "this is no code of a finding", WEIGHTS_HINT);
                continue;
            };
            if let Err(error) = weights.set(word, wanted) {
                self.refuse(name.span(), error.to_string(), &error.hint());
            }
        }
    }

    fn place(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.file, range.start.min(self.text.len())..range.end.min(self.text.len()))
    }

    fn refuse(&mut self, range: std::ops::Range<usize>, message: impl Into<String>, hint: &str) {
        let place = self.place(range);
        self.found.push(Diagnostic::new(Code::ProjectFile, place, message).hint(hint));
    }
}
