//! Which element each stretch of a text belongs to.

use super::changes::Change;
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
        let mut mark: Option<ElementId> = None;
        let mut start = 0;
        for at in 0..text.stretches.len() {
            let from = std::mem::replace(&mut start, text.stretches[at].end);
            let look = &text.stretches[at].look;
            if look.element.is_some() {
                (link, span, mark) = (None, None, None);
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
            let look = &text.stretches[at].look;
            mark = look.change.filter(|change| *change != Change::Moved).map(|change| {
                let words = look.actual.as_deref().unwrap_or(&text.text[from..start]);
                self.changed(mark, own, change, words)
            });
            let own = mark.unwrap_or(own);
            text.stretches[at].look.element = Some(own);
            text.stretches[at].look.link_element = link.as_ref().map(|(_, id)| *id);
        }
    }

    /// The element of changed words in `parent`, the one before if they go on: who listens hears
    /// what became of them, and the words.
    fn changed(&mut self, before: Option<ElementId>, parent: ElementId, change: Change, words: &str) -> ElementId {
        let end = format!(" {}", self.said.end);
        let goes_on = |id: &ElementId| {
            self.get(*id).is_some_and(|element| element.parent == parent && element.change == Some(change))
        };
        if let Some(id) = before.filter(goes_on)
            && let Some(said) = self.elements.get_mut(id.0 as usize).and_then(|element| element.words.as_mut())
        {
            let kept = said.strip_suffix(end.as_str()).map_or(said.len(), str::len);
            said.truncate(kept);
            said.push_str(words);
            said.push_str(&end);
            return id;
        }
        let language = (change == Change::Remark).then_some("en");
        let id = self.add_in(parent, Tag::Span, language);
        let said = match change {
            Change::Remark | Change::Moved => words.to_owned(),
            change if change.is_gone() => format!("{} {words}{end}", self.said.gone),
            _ => format!("{} {words}{end}", self.said.new),
        };
        if let Some(element) = self.elements.get_mut(id.0 as usize) {
            (element.words, element.change) = (Some(said), Some(change));
        }
        id
    }
}
