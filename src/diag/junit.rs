//! Findings as JUnit's XML, which build servers show as tests: a suite a
//! document, a failed test an error.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::report::{Place, Report};
use super::{Diagnostic, NotRead, Severity, visible};
use crate::source::Sources;

type Written = std::io::Result<()>;

/// `<testsuites>`; warnings and remarks are tests that pass and say so.
pub fn junit(reports: &[Report<'_>]) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    let written = suites(&mut writer, reports);
    let text = String::from_utf8(writer.into_inner());
    debug_assert!(written.is_ok() && text.is_ok(), "memory takes all, and what was written is text");
    text.unwrap_or_default() + "\n"
}

fn suites(writer: &mut Writer<Vec<u8>>, reports: &[Report<'_>]) -> Written {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.write_event(Event::Start(BytesStart::new("testsuites")))?;
    for report in reports {
        suite(writer, report)?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuites")))
}

fn suite(writer: &mut Writer<Vec<u8>>, report: &Report<'_>) -> Written {
    let found: Vec<&Diagnostic> = report.outcome.iter().flat_map(|(found, _)| found.iter()).collect();
    let failures = found.iter().filter(|found| found.severity == Severity::Error).count();
    let mut start = BytesStart::new("testsuite");
    start.push_attribute(("name", clean(&report.name).as_str()));
    start.push_attribute(("tests", found.len().max(1).to_string().as_str()));
    start.push_attribute(("failures", failures.to_string().as_str()));
    start.push_attribute(("errors", usize::from(report.outcome.is_err()).to_string().as_str()));
    writer.write_event(Event::Start(start))?;
    match &report.outcome {
        Ok((_, sources)) => {
            for found in &found {
                case(writer, found, sources)?;
            }
            if found.is_empty() {
                let mut case = BytesStart::new("testcase");
                case.push_attribute(("name", "nothing found"));
                case.push_attribute(("classname", clean(&report.name).as_str()));
                writer.write_event(Event::Empty(case))?;
            }
        }
        Err(NotRead { why }) => {
            let mut case = BytesStart::new("testcase");
            case.push_attribute(("name", "the document can be read"));
            case.push_attribute(("classname", clean(&report.name).as_str()));
            writer.write_event(Event::Start(case))?;
            element(writer, "error", &[("message", why)], why)?;
            writer.write_event(Event::End(BytesEnd::new("testcase")))?;
        }
    }
    writer.write_event(Event::End(BytesEnd::new("testsuite")))
}

fn case(writer: &mut Writer<Vec<u8>>, found: &Diagnostic, sources: &Sources) -> Written {
    let place = Place::of(found.place, sources);
    let (file, line) = place.map_or(("", 0), |place| (place.file, place.start.line));
    let mut case = BytesStart::new("testcase");
    case.push_attribute(("name", clean(&format!("{} in line {line}: {}", found.code.name(), found.message)).as_str()));
    case.push_attribute(("classname", clean(file).as_str()));
    writer.write_event(Event::Start(case))?;
    let text = format!("{file}:{line}: {}", found.in_words());
    match found.severity {
        Severity::Error => {
            element(writer, "failure", &[("type", found.code.name()), ("message", &found.message)], &text)?;
        }
        severity => element(writer, "system-out", &[], &format!("{}: {text}", severity.name()))?,
    }
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

fn element(writer: &mut Writer<Vec<u8>>, name: &str, attributes: &[(&str, &str)], text: &str) -> Written {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, clean(value).as_str()));
    }
    writer.write_event(Event::Start(start))?;
    writer.write_event(Event::Text(BytesText::new(&clean(text))))?;
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// Without the characters that XML cannot hold at all, and with signs for those that
/// steer.
fn clean(text: &str) -> String {
    visible(text).replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
}
