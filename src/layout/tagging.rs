//! Which element each stretch of a text belongs to.

use super::page::LinkTarget;
use super::structure::{ElementId, Structure, Tag};
use super::styled::Styled;

impl Structure {
    /// Gives the stretches of a text to an element. Those that lead somewhere, are
    /// in another language or are read otherwise than they look get elements of
    /// their own inside it; those that have an element keep it.
    pub(super) fn tag(&mut self, text: &mut Styled, element: ElementId) {
        let mut link: Option<(LinkTarget, ElementId)> = None;
        let mut span: Option<ElementId> = None;
        let mut start = 0;
        for at in 0..text.stretches.len() {
            let from = std::mem::replace(&mut start, text.stretches[at].end);
            let look = &text.stretches[at].look;
            if look.element.is_some() {
                (link, span) = (None, None);
                continue;
            }
            link = look.link.as_ref().map(|target| match link.take() {
                Some((before, id)) if before == *target => (before, id),
                _ => (target.clone(), self.add(element, Tag::Link)),
            });
            let outer = link.as_ref().map_or(element, |(_, id)| *id);
            if outer != element
                && let Some(element) = self.elements.get_mut(outer.0 as usize)
            {
                element.words.get_or_insert_default().push_str(&text.text[from..start]);
            }
            let own = if look.note.is_some() {
                span = None;
                self.add(outer, Tag::Reference)
            } else if look.language.is_some() || look.actual.is_some() {
                let words = look.actual.as_deref();
                let same = span.filter(|id| {
                    self.get(*id).is_some_and(|span| {
                        span.parent == outer && span.language == look.language && span.words.as_deref() == words
                    })
                });
                let id = same.unwrap_or_else(|| {
                    let id = self.add_in(outer, Tag::Span, look.language.as_deref());
                    if let Some(span) = self.elements.last_mut() {
                        span.words = words.map(str::to_owned);
                    }
                    id
                });
                span = Some(id);
                id
            } else {
                span = None;
                outer
            };
            text.stretches[at].look.element = Some(own);
            text.stretches[at].look.link_element = link.as_ref().map(|(_, id)| *id);
        }
    }
}
