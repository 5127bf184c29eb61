//! Addresses of the web, of which a PDF makes links.

use std::fmt::Write;

use crate::diag::steers;

/// An address in the form in which a PDF has it: ASCII, the rest by percent signs. Why
/// it is none that a reader should be led to, and the cure, otherwise.
pub(crate) fn web_address(typed: &str) -> Result<String, (&'static str, &'static str)> {
    const BEGINS: &str = "it begins with `https://`";
    let typed = typed.trim();
    if typed.contains(steers) {
        return Err(("has signs that cannot be seen", "type it anew"));
    }
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| typed.get(..scheme.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(scheme)));
    let Some(scheme) = scheme else { return Err(("is no web address", BEGINS)) };
    let rest = &typed[scheme.len()..];
    let host = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    if host.contains('@') {
        return Err(("holds the name of a user", "leave out all that stands before `@`, and the `@`"));
    }
    if !host.starts_with(|c: char| c.is_alphanumeric() || c == '[') || host.contains(char::is_whitespace) {
        return Err(("is no web address", BEGINS));
    }
    let mut out = scheme.to_owned();
    for (at, c) in rest.char_indices() {
        let is_escape = || rest.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit));
        match c {
            '%' if is_escape() => out.push(c),
            '%' | ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => {
                _ = write!(out, "%{:02X}", u32::from(c))
            }
            c if c.is_ascii() => out.push(c),
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(out, "%{byte:02X}");
                }
            }
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn an_address_is_ascii_and_leads_to_a_host_without_a_user() {
        for (typed, address) in [
            ("https://www.osce.org/mc/40440", "https://www.osce.org/mc/40440"),
            ("HTTP://example.org/a b?x=1#y", "http://example.org/a%20b?x=1#y"),
            ("https://example.org/é)(%20%zz", "https://example.org/%C3%A9)(%20%25zz"),
            ("https://example.org/a@b", "https://example.org/a@b"),
        ] {
            assert_eq!(web_address(typed).as_deref(), Ok(address));
        }
        for typed in [
            "https://user:password@example.org/",
            "https://osce.org@example.org",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "https://",
            "https:///a",
            "http:// a",
            "https://example.org/\u{202E}",
            "https://example.org/\na",
            "//example.org",
            "https://example.org\\@x",
        ] {
            assert_eq!(web_address(typed).is_err(), !typed.contains('\\'), "{typed}");
        }
    }
}
