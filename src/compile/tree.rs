//! Lists as trees: each block put where it belongs.

use crate::model::{Anchor, Block, BlockKind, Item, List, Numbering};

/// A block of the outline, before it is known what it belongs to.
pub(super) enum Placed {
    /// Ends all lists.
    Free(Block),
    /// Belongs to the last item of the list at a level, or of the one around it.
    /// Deeper lists end.
    Of(usize, Block),
    /// An item of a list at a level.
    Item(usize, Numbering, Item),
}

/// Puts the blocks of a part where they belong.
pub(super) fn tree(blocks: impl IntoIterator<Item = Placed>) -> Vec<Block> {
    let mut tree = Tree { top: Vec::new(), open: Vec::new() };
    for placed in blocks {
        match placed {
            Placed::Free(block) => {
                tree.close_from(0);
                tree.top.push(block);
            }
            Placed::Of(level, block) => {
                tree.close_from(level + 1);
                tree.body().push(block);
            }
            Placed::Item(level, numbering, item) => tree.item(level, numbering, item),
        }
    }
    tree.close_from(0);
    tree.top
}

struct Tree {
    top: Vec<Block>,
    /// The lists that may go on, from the outermost; each has an item.
    open: Vec<List>,
}

impl Tree {
    /// Where the next block of what is open belongs.
    fn body(&mut self) -> &mut Vec<Block> {
        match self.open.last_mut().and_then(|list| list.items.last_mut()) {
            Some(item) => &mut item.body,
            None => &mut self.top,
        }
    }

    /// Ends the lists at a level and below it.
    fn close_from(&mut self, level: usize) {
        while let Some(list) = self.open.pop_if(|list| list.level >= level) {
            let anchor = list.items.first().map_or(Anchor(0), |item| item.anchor);
            self.body().push(Block { anchor, kind: BlockKind::List(list) });
        }
    }

    fn item(&mut self, level: usize, numbering: Numbering, item: Item) {
        self.close_from(level + 1);
        match self.open.last_mut() {
            // A list that counts in another way is a new list.
            Some(list) if list.level == level && list.numbering == numbering => list.items.push(item),
            _ => {
                self.close_from(level);
                self.open.push(List { level, numbering, items: vec![item] });
            }
        }
    }
}
