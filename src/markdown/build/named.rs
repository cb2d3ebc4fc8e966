//! Named blocks: their anchors, and where they start and end among the parts.

use pulldown_cmark::{Event, Tag};

use super::{Builder, Open};
use crate::markdown::tokens::{NamedBlock, Token};
use crate::markdown::{Part, block::Block};

/// Named blocks on the way through the tokens.
#[derive(Default)]
pub(super) struct Named {
    /// Those to come, the last one first.
    pub coming: Vec<NamedBlock>,
    /// Those at hand: the index of each, and the token that ends it.
    open: Vec<(usize, usize)>,
    /// An item's anchor stands within it, so it waits for the item's start.
    waiting: Vec<usize>,
}

impl Builder<'_> {
    /// Ends and starts the named blocks that end and start before the token at `at`.
    pub(super) fn named_blocks(&mut self, tokens: &[Token<'_>], at: usize) {
        self.end_named(at);
        for index in std::mem::take(&mut self.named.waiting) {
            self.part(Part::Block(index));
        }
        while let Some(block) = self.named.coming.pop_if(|block| block.tokens.start <= at) {
            let id = format!("^{}", block.name);
            if self.slugger.reserve(&id) {
                self.start_named(id, &block, tokens, at);
            }
        }
    }

    fn start_named(&mut self, id: String, block: &NamedBlock, tokens: &[Token<'_>], at: usize) {
        let is_item = matches!(tokens[block.tokens.start].0, Event::Start(Tag::Item));
        let in_note = |open: &Open| matches!(open, Open::Footnote { .. });
        // A start that was handled with others before it is not where a part starts.
        let alone = block.tokens.start == at && !self.open.iter().any(in_note);
        if block.tokens.start == at {
            self.close_label();
        }
        let start = self.cut();
        let index = self.document.blocks.len();
        self.document.blocks.push(Block {
            id,
            parts: start..start,
            is_item,
        });
        if alone {
            self.named.open.push((index, block.tokens.end));
        }
        if is_item && block.tokens.start == at {
            self.named.waiting.push(index);
        } else {
            self.part(Part::Block(index));
        }
    }

    /// Tells the blocks that ended where they did.
    pub(super) fn end_named(&mut self, at: usize) {
        if self.named.open.iter().all(|(_, end)| *end > at) {
            return;
        }
        let here = self.cut();
        for (index, end) in std::mem::take(&mut self.named.open) {
            if end > at {
                self.named.open.push((index, end));
            } else if end == at {
                self.document.blocks[index].parts.end = here;
            }
        }
    }
}
