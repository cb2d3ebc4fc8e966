//! Lossless edits of authors' files: a value is set, a key added, a record appended, and every
//! byte outside of what changed stays (comments, order, quotes, line ends).
//!
//! Pure: text in, text out. Each result is read again and compared value by value before it is
//! given out, so that an edit is right or refused. Used by `import`, `fix`, `fmt`, `rename` and the language server.

mod form;
pub mod layout;
mod list;
mod mapping;
pub mod pieces;
mod quote;
pub mod rename;
mod splices;
mod tree;
mod wanted;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::Text;
use crate::history::Recorded;
use crate::project::rules::{EMPTY_FILE, INVALID_ID, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE};
use crate::project::{Location, Tree as Written, parse_past};
use crate::schema::Kind;
use crate::source::{Place, SourceFile, TextRange};
use crate::text;
use crate::yaml::{Shape, shared};
use mapping::Wish;
use splices::Splices;
use wanted::Wanted;

pub use quote::quoted;

/// What shall become of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where the record stands in its file: [`Record::range`](crate::project::Record::range).
    pub record: TextRange,
    /// By key (`id` or a field's English key): the value it shall have, `None` to take it out.
    pub fields: BTreeMap<String, Option<Recorded>>,
}

/// An edit that was not made, and why. The file is as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The file, from the root.
    pub path: String,
    /// Where in it.
    pub place: Place,
    /// Why.
    pub reason: Reason,
}

impl Refusal {
    fn at(file: &SourceFile, at: u32, reason: Reason) -> Self {
        Self {
            path: file.path.clone(),
            place: file.place(at),
            reason,
        }
    }
}

/// Why an edit is not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The file has mistakes that hide what it says: syntax, a key written twice, a second document.
    Unreadable,
    /// The record shares values by anchors and aliases: one place cannot change alone.
    Shared,
    /// A comment would be lost with what it stands in.
    Comment,
    /// The record is written in a form that cannot be changed here.
    Shape,
}

impl Reason {
    /// The reason in words, after « `path:line` : ».
    pub fn text(self) -> Text {
        match self {
            Self::Unreadable => text!(
                "ce fichier a une faute qui empêche de le modifier ; `carnet check` la montre",
                "this file has a mistake that keeps it from being edited; `carnet check` shows it"
            ),
            Self::Shared => text!(
                "cette fiche partage des valeurs par des ancres (`&`, `*`) ; modifiez-la à la main",
                "this record shares values by anchors (`&`, `*`); edit it by hand"
            ),
            Self::Comment => text!(
                "un commentaire serait perdu avec la valeur qui l’entoure ; modifiez-la à la main",
                "a comment would be lost with the value around it; edit it by hand"
            ),
            Self::Shape => text!(
                "la forme de cette fiche ne se laisse pas modifier sans risque ; modifiez-la à la main",
                "the form of this record cannot be edited safely; edit it by hand"
            ),
        }
    }
}

/// The text of a file after some edits of its records. Nothing but the values named changes.
///
/// A key that is new stands at its place in the schema's order. In a list, items that stay keep
/// their bytes. A file of Markdown gets front matter when it has none.
pub fn edit(
    file: &Arc<SourceFile>,
    location: &Location,
    edits: &[Edit],
) -> Result<String, Refusal> {
    let refuse = |at, reason| Refusal::at(file, at, reason);
    let written = read(file, location).map_err(|at| refuse(at, Reason::Unreadable))?;
    if written.root.is_none() && location.markdown {
        return front_matter(file, location, edits).map_err(|reason| refuse(0, reason));
    }
    let Some(root) = &written.root else {
        return Err(refuse(0, Reason::Shape));
    };
    let mut splices = Splices::new(file);
    let anchors = shared(file, root.range);
    let mut wanted = Wanted::of(root, location);
    for one in edits {
        let at = one.record.start;
        let inside =
            |place: &TextRange| one.record.start <= place.start && place.end <= one.record.end;
        if anchors.iter().any(inside) {
            return Err(refuse(at, Reason::Shared));
        }
        let node = wanted
            .change(root, one, location)
            .ok_or_else(|| refuse(at, Reason::Shape))?;
        let wishes: Vec<Wish<'_>> = one
            .fields
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_ref()))
            .collect();
        mapping::change(&mut splices, node, &location.kind.fields, &wishes)
            .map_err(|reason| refuse(at, reason))?;
    }
    let first = edits.first().map_or(0, |edit| edit.record.start);
    let text = splices.apply().map_err(|reason| refuse(first, reason))?;
    let body = written.body.map(|range| file.slice(range));
    if wanted.is(&text, location, (&file.path, body)) {
        Ok(text)
    } else {
        Err(refuse(first, Reason::Shape))
    }
}

/// The text of a file of a list of records with one more at its end. The record has its `id` among
/// its fields. An empty file, or one of comments alone, becomes a list.
pub fn append(
    file: &Arc<SourceFile>,
    location: &Location,
    fields: &BTreeMap<String, Recorded>,
) -> Result<String, Refusal> {
    let refuse = |at, reason| Refusal::at(file, at, reason);
    let written = read(file, location).map_err(|at| refuse(at, Reason::Unreadable))?;
    let mut splices = Splices::new(file);
    let (indent, gap) = match &written.root {
        None if !location.markdown => (0, false),
        Some(root) => match &root.shape {
            Shape::Sequence(items) if !items.is_empty() && !splices.is_flow(root) => {
                let dash = splices
                    .dash(&items[0])
                    .map_err(|reason| refuse(0, reason))?;
                let second = items.get(1).and_then(|item| splices.dash(item).ok());
                let gap = second.is_some_and(|dash| {
                    let start = splices.line_start(dash);
                    splices
                        .slice(0, start)
                        .trim_end_matches('\r')
                        .ends_with("\n\n")
                        || splices.slice(0, start).ends_with("\r\n\r\n")
                });
                (splices.column(dash), gap)
            }
            _ => return Err(refuse(0, Reason::Shape)),
        },
        None => return Err(refuse(0, Reason::Shape)),
    };
    let lines = form::record_lines(&location.kind, fields);
    let mut lines: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 {
                format!("- {line}")
            } else {
                form::indented(line, 2)
            }
        })
        .collect();
    if gap {
        lines.insert(0, String::new());
    }
    let end = file.text.trim_end_matches(['\n', '\r', ' ']).len();
    splices.insert_lines(end, &lines, indent);
    let mut text = splices.apply().map_err(|reason| refuse(0, reason))?;
    let newline = Splices::new(file).newline;
    if end == 0 {
        text.drain(..newline.len());
    }
    if !text.ends_with('\n') {
        text.push_str(newline);
    }
    let wanted = Wanted::with(written.root.as_ref(), location, fields);
    if wanted.is(&text, location, (&file.path, None)) {
        Ok(text)
    } else {
        Err(refuse(0, Reason::Shape))
    }
}

/// The text of a new YAML file that holds one record.
pub fn new_file(kind: &Kind, fields: &BTreeMap<String, Recorded>) -> String {
    let mut text = form::record_lines(kind, fields).join("\n");
    text.push('\n');
    text
}

/// The bytes of an edited text: with the byte order mark that the file had.
pub fn with_mark(before: &[u8], text: &str) -> Vec<u8> {
    const MARK: &[u8] = "\u{feff}".as_bytes();
    let mut bytes = if before.starts_with(MARK) {
        MARK.to_vec()
    } else {
        Vec::new()
    };
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// Reads a file; where something hides what it says, the place of that.
fn read(file: &Arc<SourceFile>, location: &Location) -> Result<Written, u32> {
    let (parsed, written) = parse_past(Arc::clone(file), location);
    // Mistakes about one value: it is written, and can be written over.
    let harmless = [
        INVALID_ID.name,
        EMPTY_FILE.name,
        MISSING_FIELD.name,
        UNKNOWN_FIELD.name,
        WRONG_TYPE.name,
    ];
    let grave = parsed
        .diagnostics
        .iter()
        .find(|diagnostic| !harmless.contains(&diagnostic.rule.name));
    match grave {
        Some(diagnostic) => Err(diagnostic.span.as_ref().map_or(0, |span| span.range.start)),
        None => Ok(written),
    }
}

/// Puts front matter before a text that has none.
fn front_matter(
    file: &Arc<SourceFile>,
    location: &Location,
    edits: &[Edit],
) -> Result<String, Reason> {
    let [one] = edits else {
        return Err(Reason::Shape);
    };
    let (_, written) = parse_past(Arc::clone(file), location);
    if written.body.is_none_or(|body| body.start > 0) {
        // There is front matter, and it holds nothing but comments.
        return Err(Reason::Shape);
    }
    let newline = Splices::new(file).newline;
    let fields: BTreeMap<String, Recorded> = one
        .fields
        .iter()
        .filter_map(|(key, value)| Some((key.clone(), value.clone()?)))
        .collect();
    let lines = form::record_lines(&location.kind, &fields).join(newline);
    let text = format!("---{newline}{lines}{newline}---{newline}{}", file.text);
    let wanted = Wanted::one(location, &fields);
    if wanted.is(&text, location, (&file.path, Some(&file.text))) {
        Ok(text)
    } else {
        Err(Reason::Shape)
    }
}
