//! What ties paragraphs of a text together: references to one, and brackets over several.

use std::collections::{BTreeMap, BTreeSet};

use super::inline::Label;
use super::read::{Block, Role, What};

/// The label of each bookmark that a reference leads to, where that has a number.
pub(super) fn labels_of(blocks: &[Block]) -> BTreeMap<String, Label> {
    let mut wanted: BTreeSet<&str> = BTreeSet::new();
    let paragraphs = || {
        blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph),
            Block::Table(_) => None,
        })
    };
    for piece in paragraphs().flat_map(|paragraph| &paragraph.pieces) {
        if let What::Reference { bookmark, .. } = &piece.what {
            wanted.insert(bookmark);
        }
    }
    let mut labels = BTreeMap::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    // The numbers of what a paragraph stands in, and its own.
    let mut path: Vec<String> = Vec::new();
    for paragraph in paragraphs() {
        let Some(number) = paragraph.number.as_ref().filter(|_| !matches!(paragraph.role, Role::Heading(_))) else {
            continue;
        };
        path.truncate(usize::from(number.level));
        path.resize(usize::from(number.level), String::new());
        path.push(number.label.chars().filter(|c| c.is_alphanumeric()).collect());
        for bookmark in paragraph.bookmarks.iter().filter(|bookmark| wanted.contains(bookmark.as_str())) {
            let plain: String = bookmark.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
            let plain = format!("p-{}", plain.to_ascii_lowercase().trim_start_matches("ref"));
            let mut label = plain.clone();
            let mut nth = 2;
            while !taken.insert(label.clone()) {
                label = format!("{plain}-{nth}");
                nth += 1;
            }
            labels.insert(bookmark.clone(), Label { name: label, path: path.concat() });
        }
    }
    labels
}

/// The blocks in which brackets open that close in others, or close that opened in others.
pub(super) fn paired(blocks: &[Block]) -> BTreeSet<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut all = BTreeSet::new();
    for (at, block) in blocks.iter().enumerate() {
        let Block::Paragraph(paragraph) = block else { continue };
        if matches!(paragraph.role, Role::Heading(_)) {
            open.clear();
            continue;
        }
        let words = paragraph.words();
        let (mut depth, mut least) = (0_i64, 0_i64);
        for sign in words.chars() {
            match sign {
                '[' => depth += 1,
                ']' => depth -= 1,
                _ => {}
            }
            least = least.min(depth);
        }
        match (depth, least) {
            (1, 0) if words.trim_start().starts_with('[') => open.push(at),
            (-1, -1) => {
                if let Some(start) = open.pop() {
                    all.extend([start, at]);
                }
            }
            _ => {}
        }
    }
    all
}
