//! Blocks with a name of their own (`^name`), as Obsidian links to them and embeds them.

use std::ops::Range;

use super::Document;

/// A block that its author named.
#[derive(Debug, Clone, Hash)]
pub(super) struct Block {
    /// `^` and the name: no heading's id starts like this.
    pub id: String,
    /// Where it lies in the document's parts; empty where it cannot be shown alone.
    pub parts: Range<usize>,
    /// It is an item, which needs a list around it.
    pub is_item: bool,
}

impl Document {
    /// The id of the named block that a fragment means: `^name`, maybe after a heading.
    pub fn block_id(&self, fragment: &str) -> Option<&str> {
        self.block(fragment).map(|block| block.id.as_str())
    }

    /// The ids of all named blocks, in order.
    pub fn block_ids(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().map(|block| block.id.as_str())
    }

    /// Names are compared as Obsidian does, without regard to case.
    pub(super) fn block(&self, fragment: &str) -> Option<&Block> {
        let id = fragment.rsplit('#').next().unwrap_or(fragment).trim();
        let same = |block: &&Block| block.id.eq_ignore_ascii_case(id);
        self.blocks.iter().find(same)
    }
}
