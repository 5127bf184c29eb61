//! Addresses of files as editors write them, and paths.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The path of an address; none where it is no file on this machine.
pub(super) fn to_path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    if !host.is_empty() && host != "localhost" {
        return None;
    }
    let bytes = decoded(path.split(['?', '#']).next().unwrap_or_default());
    let path = String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))?;
    // `/C:/texts` where disks have letters.
    let has_letter = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if has_letter { path.trim_start_matches('/').to_owned() } else { path }))
}

/// The address of a path.
pub(super) fn to_uri(path: &Path) -> String {
    let mut uri = String::from("file://");
    let text = path.to_string_lossy().replace('\\', "/");
    if !text.starts_with('/') {
        uri.push('/');
    }
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

fn decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = text.get(at + 1..at + 3).filter(|_| *byte == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(decoded) => {
                out.push(decoded);
                at += 3;
            }
            None => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn addresses_lead_to_paths_and_back() {
        for path in ["/a/b.decl", "/a b/ä%é.decl", "/C:/x.decl"] {
            assert_eq!(to_path(&to_uri(Path::new(path))), Some(PathBuf::from(path)));
        }
        for uri in ["untitled:1", "file://other/x", "http://x/y", "", "file:", "file://%00"] {
            assert_eq!(to_path(uri), None, "{uri}");
        }
        assert_eq!(to_path("file:///%zz%4"), Some(PathBuf::from("/%zz%4")));
    }
}
