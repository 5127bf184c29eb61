//! Objects as bytes of a file, and the simple ones that many write.

use std::io::Write;

use lopdf::{Dictionary, Object, StringFormat};

/// Writes an object as it stands in a file.
pub(super) fn write_object(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => _ = write!(out, "{value}"),
        Object::Integer(value) => _ = write!(out, "{value}"),
        Object::Real(value) => _ = write!(out, "{value}"),
        Object::Name(name) => write_name(out, name),
        Object::String(bytes, StringFormat::Literal) => {
            out.push(b'(');
            for byte in bytes {
                write_string_byte(out, *byte);
            }
            out.push(b')');
        }
        Object::String(bytes, StringFormat::Hexadecimal) => {
            out.push(b'<');
            for byte in bytes {
                _ = write!(out, "{byte:02X}");
            }
            out.push(b'>');
        }
        Object::Array(objects) => {
            out.push(b'[');
            for (at, object) in objects.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                write_object(out, object);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        // A stream is always an object of its own and never inside another.
        Object::Stream(stream) => write_dictionary(out, &stream.dict),
        Object::Reference((id, generation)) => _ = write!(out, "{id} {generation} R"),
    }
}

pub(super) fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend(b"<<");
    for (key, value) in dictionary {
        write_name(out, key);
        out.push(b' ');
        write_object(out, value);
    }
    out.extend(b">>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            _ = write!(out, "#{byte:02X}");
        }
    }
}

/// A byte of a string in parentheses; a bare carriage return would be read as
/// a line feed.
pub(super) fn write_string_byte(out: &mut Vec<u8>, byte: u8) {
    match byte {
        b'\r' => out.extend(b"\\r"),
        b'(' | b')' | b'\\' => out.extend([b'\\', byte]),
        _ => out.push(byte),
    }
}

/// A text string: ASCII as it is, all else as UTF-16.
pub(super) fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::String(words.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A length with three decimals at the most.
pub(super) fn real(length: f64) -> Object {
    Object::Real((length * 1000.0).round() as f32 / 1000.0)
}
