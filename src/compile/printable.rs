//! Which keys of a header can do anything in a type of document, asked of its first page.

use super::dated::{arrangement, keys_of};
use crate::assemble::Template;
use crate::layout::style::Style;
use crate::locale::Locale;
use crate::syntax::{Parameter, Role};

/// Whether a text of this type may print a key, or be steered by it.
pub fn has_place_for(template: &Template, parameter: &Parameter, style: &Style, locale: &Locale) -> bool {
    let name = parameter.name.as_str();
    let in_braces = format!("{{{name}");
    let mut lines = template.presets.iter().flat_map(|preset| &preset.lines).chain(&template.title_line);
    // A cover prints all that a volume has, and a template may print any key in its own text.
    if template.is_volume() || template.has_text() || lines.any(|line| line.text.contains(&in_braces)) {
        return true;
    }
    let [left, right, meeting] = arrangement(template, style);
    if name == "silence" {
        return !meeting.is_empty();
    }
    let prints = |row: &&str| {
        name.strip_suffix("-line") == Some(row)
            || match *row {
                "" => false,
                "symbol" => {
                    ["symbol", "distribution", "correction", "correction-note", "correction-mark"].contains(&name)
                }
                row => keys_of(row, template.body(), locale, style, None).iter().any(|key| key == name),
            }
    };
    // The running head has the date, the foot the code, and every text its title.
    parameter.role != Some(Role::Printed)
        || ["title", "printed-date", "file-code"].contains(&name)
        || [left, right, meeting].iter().flatten().any(prints)
}
