//! The layout of a file of records, as `carnet fmt` writes it: two blanks a level, one after a colon and a dash,
//! one empty line in a row at most, keys in the schema's words and, on request, in its order.
//!
//! Values, comments, quotes and the bodies of Markdown pages keep every letter; what could not be laid out
//! without a doubt is refused, and the file stays as it was.

mod columns;
mod lines;
mod order;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::edit::splices::Splices;
use crate::edit::wanted::Wanted;
use crate::edit::{Reason, Refusal, read};
use crate::project::{Location, Tree as Written};
use crate::source::{SourceFile, TextRange};
use crate::yaml::{Node, Shape, is_explicit_key, shared};
use columns::Columns;

/// In which order a record's keys stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As written.
    Written,
    /// `id`, then as in the schema; unknown keys last. Comments above a key go with it.
    Schema,
}

/// The text of a file, laid out. The same text when nothing is to be done, and for a page without front matter.
pub fn formatted(
    file: &Arc<SourceFile>,
    location: &Location,
    order: Order,
) -> Result<String, Refusal> {
    let laid = step(file, location, lines::laid_out)?;
    if order == Order::Written {
        return Ok(laid);
    }
    let file = Arc::new(SourceFile::new(file.path.clone(), laid));
    step(&file, location, order::ordered)
}

/// What a step works on.
struct Page<'a> {
    splices: Splices<'a>,
    root: &'a Node,
    location: &'a Location,
    /// The YAML of the file: all of it, or its front matter without the lines of dashes.
    region: TextRange,
}

/// Does one step and judges it: the file must say the same as before.
fn step(
    file: &Arc<SourceFile>,
    location: &Location,
    change: impl FnOnce(&Page<'_>) -> Result<String, Reason>,
) -> Result<String, Refusal> {
    let refuse = |at, reason| Refusal::at(file, at, reason);
    let written = read(file, location).map_err(|at| refuse(at, Reason::Unreadable))?;
    let Some(root) = &written.root else {
        return Ok(file.text.clone());
    };
    let region = region(file, location, &written).ok_or_else(|| refuse(0, Reason::Shape))?;
    if let Some(anchor) = shared(file, region).first() {
        return Err(refuse(anchor.start, Reason::Shared));
    }
    if let Some(at) = explicit_key(&file.text, root) {
        return Err(refuse(at, Reason::Shape));
    }
    let page = Page {
        splices: Splices::new(file),
        root,
        location,
        region,
    };
    let text = change(&page).map_err(|reason| refuse(root.range.start, reason))?;
    if text == file.text {
        return Ok(text);
    }
    let body = written.body.map(|range| file.slice(range));
    let same = Wanted::of(root, location).is(&text, location, (&file.path, body));
    if same && letters(root) == letters_of(&text, file, location) {
        Ok(text)
    } else {
        Err(refuse(root.range.start, Reason::Shape))
    }
}

/// The letters of all values, in no order of the file's: blanks at the ends of block texts count, unlike elsewhere.
fn letters(node: &Node) -> Vec<&str> {
    let mut all = match &node.shape {
        Shape::Scalar { text, .. } => vec![text.as_str()],
        Shape::Sequence(items) => items.iter().flat_map(letters).collect(),
        Shape::Mapping(entries) => entries
            .iter()
            .flat_map(|(_, value)| letters(value))
            .collect(),
    };
    all.sort_unstable();
    all
}

/// The same of a text that stands for a file.
fn letters_of(text: &str, file: &SourceFile, location: &Location) -> Vec<String> {
    let file = Arc::new(SourceFile::new(file.path.clone(), text));
    let written = read(&file, location).unwrap_or_default();
    let root = written.root.iter();
    root.flat_map(letters).map(str::to_owned).collect()
}

/// Where the YAML of a file stands.
fn region(file: &SourceFile, location: &Location, written: &Written) -> Option<TextRange> {
    if !location.markdown {
        return Some(file.whole());
    }
    let start = file.text.find('\n')? + 1;
    let end = file.text[..written.body?.start as usize].rfind("\n---")? + 1;
    (start <= end).then(|| TextRange::new(start, end))
}

/// The place of a key that was written in a way of its own (`? `): its lines follow other rules.
fn explicit_key(text: &str, node: &Node) -> Option<u32> {
    match &node.shape {
        Shape::Scalar { .. } => None,
        Shape::Sequence(items) => items.iter().find_map(|item| explicit_key(text, item)),
        Shape::Mapping(entries) => entries.iter().find_map(|(key, value)| {
            if key.text().is_none() || is_explicit_key(text, key) {
                return Some(key.range.start);
            }
            explicit_key(text, value)
        }),
    }
}
