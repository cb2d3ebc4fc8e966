//! Markdown: `CommonMark`, GFM and what Obsidian adds, read once into HTML with holes.
//!
//! [`parse`] depends on the text alone; what a reference means is asked when a page is rendered,
//! through [`Resolve`]. The only home of pulldown-cmark, syntect and two-face. No text is ever run
//! as a template, and nothing an author writes reaches the page unescaped.

mod admonition;
mod block;
mod build;
mod callout;
mod code;
mod destination;
mod diagram;
mod escape;
mod fence;
mod fingerprint;
mod html;
mod inline;
mod meaning;
mod nameless;
mod placeholder;
mod render;
pub mod rules;
mod section;
mod slug;
mod timer;
mod tokens;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Language, Text};
use crate::fold::fold;
use crate::source::{SourceFile, TextRange};
use block::Block;

pub use callout::callout_titles;
pub(crate) use destination::percent_decode;
pub use fence::Fence;
pub use inline::parse_inline;
pub use meaning::{Meaning, Meanings, SectionMeaning};
pub use placeholder::Placeholder;
pub use slug::{OF_PAGES, Slugger, heading_id};
pub use words::bare_ids;

/// A body that was read: its outline, what it refers to, its words, and its HTML with holes.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Headings in order, without the first one when it is the title.
    pub headings: Vec<Heading>,
    /// Everything the text points at, in order.
    pub references: Vec<Reference>,
    /// The holes for an asset's values, in order.
    pub placeholders: Vec<Placeholder>,
    /// The text cut at its headings, for search.
    pub sections: Vec<Section>,
    /// What the author got wrong, as far as the text alone tells.
    pub diagnostics: Vec<Diagnostic>,
    /// Ids the author wrote in raw HTML (`<a id="x">`), in order.
    pub anchors: Vec<String>,
    /// How many task list items there are; `data-task` counts from 0 in this document, so a script
    /// leaves out those of an embed.
    pub task_count: usize,
    title: Option<Heading>,
    summary: String,
    parts: Vec<Part>,
    /// For each heading, where its section lies in `parts`.
    places: Vec<Place>,
    footnotes: Vec<Footnote>,
    /// Blocks that have a name, in order.
    blocks: Vec<Block>,
    /// The words of references that are not named, by their place.
    unnamed: BTreeMap<usize, String>,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Unique in the document; the same as a forge makes.
    pub id: String,
    /// Without markup.
    pub text: String,
    /// It is the name of a tab.
    pub names_tab: bool,
    /// The whole heading in the file.
    pub range: TextRange,
}

/// The text between two headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Document::headings`]; `None` before the first.
    pub heading: Option<usize>,
    /// Plain text, code included, blocks on lines of their own.
    pub text: String,
    /// Where the text is code, in order.
    pub code: Vec<Range<usize>>,
}

/// How a reference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceKind {
    /// `[a](b)`, or `<a href="b">`.
    Link,
    /// `![a](b)`, or `<img src="b">`.
    Image,
    /// `[[x]]`.
    Wiki,
    /// `![[x]]`.
    Embed,
    /// A word that looks like an id.
    Bare,
}

/// Something the text points at. Addresses of other sites are none: they are judged here.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// How it is written.
    pub kind: ReferenceKind,
    /// Without the fragment; percent-decoded, but for wiki links, which are never encoded.
    /// Empty for a fragment of the same page.
    pub target: String,
    /// What follows `#`, decoded.
    pub fragment: Option<String>,
    /// The written label or alternative text.
    pub text: Option<String>,
    /// The written title (`[a](b "title")`).
    pub title: Option<String>,
    /// Width and height in CSS pixels (`|300`, `|300x200`).
    pub size: Option<(Option<u32>, Option<u32>)>,
    /// The destination as written, for a caret; the whole link where it is defined elsewhere.
    pub range: TextRange,
}

/// What a reference turned out to mean.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// A link.
    Link {
        /// Its address, as it stands in `href`.
        url: String,
        /// CSS classes, maybe none.
        class: &'static str,
        /// The text of a wiki link or image where the author wrote none; a bare id stays as written.
        label: Option<String>,
        /// The tooltip where the author wrote none.
        title: Option<String>,
    },
    /// A picture.
    Image {
        /// Its address, as it stands in `src`.
        url: String,
    },
    /// An embed already rendered: trusted HTML of block level.
    Html(String),
    /// It leads nowhere.
    Dead {
        /// Why, for the tooltip.
        why: Text,
    },
    /// Not a link after all: the text alone.
    Plain,
}

/// Knows what references mean.
pub trait Resolve {
    /// What a reference means; `index` is its place in [`Document::references`].
    fn resolve(&self, index: usize, reference: &Reference) -> Resolution;
    /// The language of the page's own words.
    fn language(&self) -> Language;
    /// The language by whose rules the text is set (see [`crate::typography`]); `None`: shown as it is typed.
    fn typography(&self) -> Option<Language> {
        None
    }
    /// What stands in a hole for this field of an asset until it is filled; `None` where the page has no
    /// such hole, and the text is shown as it is written.
    fn placeholder(&self, _field: &str) -> Option<String> {
        None
    }
}

/// A piece of the rendered body.
#[derive(Debug, Clone, Hash)]
enum Part {
    /// Final HTML.
    Html(Box<str>),
    /// The anchor of the named block with this index.
    Block(usize),
    /// Words of the page in the reader's language.
    Word(Word),
    /// `<h2 …>` of the heading with this index.
    Heading(usize),
    /// The anchor and `</h2>`.
    HeadingEnd(usize),
    /// The start of a link, around the parts up to the next [`Part::LinkEnd`]; links never nest.
    Link(usize),
    /// The end of a link.
    LinkEnd,
    /// A picture.
    Image(usize),
    /// `![[x]]`; `alone` when it is a block of its own.
    Embed { reference: usize, alone: bool },
    /// A word that looks like an id.
    Bare(usize),
    /// A hole for an asset's value.
    Placeholder(usize),
    /// A code block.
    Code(Box<code::Block>),
    /// A diagram in a fence.
    Diagram(Box<diagram::Diagram>),
    /// The mark of a footnote: its index, and which mark of that footnote it is, from 1.
    Note { footnote: usize, mark: usize },
}

/// Words the page itself says.
#[derive(Debug, Clone, Copy, Hash)]
enum Word {
    /// A callout's title when its author gave none.
    Callout(&'static callout::Kind),
    /// The name of the nth table, from 1.
    Table(usize),
    /// What stands before steps of which one is enough.
    Choice,
}

/// Where the section of a heading lies in the parts, and the heading's level.
#[derive(Debug, Clone, Copy, Hash)]
struct Place {
    /// Stands at the top of the document, not in a quote or list.
    top: bool,
    start: usize,
    /// The end of the heading's own block; the section of a top heading goes further.
    end: usize,
}

/// A footnote's text.
#[derive(Debug, Clone, Default, Hash)]
struct Footnote {
    parts: Vec<Part>,
    /// How many marks point at it.
    marks: usize,
}

/// Whether a code block may have this language (in lower case) without a warning.
pub fn is_known_language(name: &str) -> bool {
    !matches!(code::known(name), code::Known::No)
}

/// Reads the part `body` of a file. Pure; all ranges are places in `file`.
pub fn parse(file: &Arc<SourceFile>, body: TextRange) -> Document {
    build::document(file, body)
}

impl Document {
    /// The text of a level-1 heading that opens the body; it is left out of [`Document::html`].
    pub fn title(&self) -> Option<&str> {
        self.title.as_ref().map(|title| title.text.as_str())
    }

    /// Plain text of the first paragraph that stands at the top of the document.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// The heading a fragment means: an id, or a heading's text as Obsidian writes it
    /// (`#One#Two` is the heading `Two`).
    pub fn heading(&self, fragment: &str) -> Option<&Heading> {
        self.heading_index(fragment)
            .map(|index| &self.headings[index])
    }

    /// Whether a fragment leads anywhere on the page: a heading, the title, a named block, an id in raw HTML.
    pub fn has_fragment(&self, fragment: &str) -> bool {
        let title = self.title.as_ref();
        self.heading_index(fragment).is_some()
            || self.anchors.iter().any(|anchor| anchor == fragment)
            || self.block(fragment).is_some()
            || title.is_some_and(|title| title.id == fragment || title.id == heading_id(fragment))
    }

    fn heading_index(&self, fragment: &str) -> Option<usize> {
        let last = fragment.rsplit('#').next().unwrap_or(fragment).trim();
        // Obsidian's `#^block` names a paragraph, never a heading.
        if last.is_empty() || last.starts_with('^') {
            return None;
        }
        let by_id = |id: &str| self.headings.iter().position(|heading| heading.id == id);
        by_id(last)
            .or_else(|| by_id(&heading_id(last)))
            .or_else(|| {
                let folded = fold(last);
                let same = |heading: &Heading| fold(&heading.text) == folded;
                self.headings.iter().position(same)
            })
    }
}

#[cfg(test)]
mod tests;
