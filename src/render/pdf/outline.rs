//! Bookmarks: the parts of a document and the headings in them.

use lopdf::{Dictionary, ObjectId, dictionary};

use super::file::FileWriter;
use super::object::text;
use super::places::{Places, destination};
use crate::Error;
use crate::model::{Anchor, Document, Heading, Member, plain};

/// A bookmark and those under it.
struct Bookmark {
    title: String,
    anchor: Anchor,
    inner: Vec<Bookmark>,
}

/// The bookmarks of a document; in a volume the sections, and under them the
/// texts.
fn bookmarks(document: &Document) -> Vec<Bookmark> {
    let Some(volume) = &document.volume else {
        return of_text(document).into_iter().chain(document.appended.iter().map(of_member)).collect();
    };
    let mut bookmarks = Vec::new();
    for section in &volume.sections {
        let members = section.members.iter().map(of_member);
        match &section.label {
            Some(label) => {
                let title = format!("{label} {}", plain(&section.title)).trim_end().to_owned();
                bookmarks.push(Bookmark { title, anchor: section.anchor, inner: members.collect() });
            }
            None => bookmarks.extend(members),
        }
    }
    bookmarks
}

/// The bookmark of a text among others.
fn of_member(member: &Member) -> Bookmark {
    // Its annexes stand beside what is in its text.
    let inner = of_text(&member.document).into_iter().enumerate().flat_map(|(at, part)| match at {
        0 => part.inner,
        _ => vec![part],
    });
    Bookmark { title: member.entry.clone(), anchor: member.anchor, inner: inner.collect() }
}

fn of_text(document: &Document) -> Vec<Bookmark> {
    let mut parts = Vec::new();
    for part in &document.parts {
        let mut bookmark = Bookmark { title: part.name.clone(), anchor: part.anchor, inner: Vec::new() };
        for block in &part.blocks {
            let Some(Heading { level, label, content }) = block.kind.heading() else { continue };
            let title = [label.map(str::to_owned), Some(plain(content))];
            let title = title.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
            let heading = Bookmark { title, anchor: block.anchor, inner: Vec::new() };
            match bookmark.inner.last_mut() {
                Some(section) if level > 1 => section.inner.push(heading),
                _ => bookmark.inner.push(heading),
            }
        }
        parts.push(bookmark);
    }
    parts
}

/// Writes the bookmarks and returns their root.
pub(super) fn write(
    file: &mut FileWriter,
    document: &Document,
    pages: &[ObjectId],
    places: &Places,
) -> Result<ObjectId, Error> {
    let root = file.reserve();
    let mut dictionary = dictionary! { "Type" => "Outlines" };
    write_level(file, &bookmarks(document), root, &mut dictionary, pages, places)?;
    file.put(root, dictionary)?;
    Ok(root)
}

fn write_level(
    file: &mut FileWriter,
    bookmarks: &[Bookmark],
    parent: ObjectId,
    parent_dictionary: &mut Dictionary,
    pages: &[ObjectId],
    places: &Places,
) -> Result<i64, Error> {
    let ids: Vec<ObjectId> = bookmarks.iter().map(|_| file.reserve()).collect();
    let mut count = 0;
    for (at, bookmark) in bookmarks.iter().enumerate() {
        let mut item = dictionary! { "Title" => text(&bookmark.title), "Parent" => parent };
        if let Some(destination) = destination(bookmark.anchor, pages, places) {
            item.set("Dest", destination);
        }
        if let Some(before) = at.checked_sub(1) {
            item.set("Prev", ids[before]);
        }
        if let Some(next) = ids.get(at + 1) {
            item.set("Next", *next);
        }
        count += 1 + write_level(file, &bookmark.inner, ids[at], &mut item, pages, places)?;
        file.put(ids[at], item)?;
    }
    if let Some(first) = ids.first()
        && let Some(last) = ids.last()
    {
        parent_dictionary.set("First", *first);
        parent_dictionary.set("Last", *last);
        parent_dictionary.set("Count", count);
    }
    Ok(count)
}
