//! Keys of a mapping set, added at their place in the schema's order, or taken out.

use crate::edit::Reason;
use crate::edit::form::{Form, entry_lines, flow, form, key_text, literal};
use crate::edit::list;
use crate::edit::quote::{fits_block, is_literal, quote, quote_alone, style};
use crate::edit::splices::{Splices, bounds};
use crate::edit::tree::{tree, tree_of};
use crate::history::Recorded;
use crate::schema::{Field, Type, find_field};
use crate::yaml::{Node, Shape, is_explicit_key};

/// A key and the value it shall have; `None` to take it out.
pub(super) type Wish<'w> = (&'w str, Option<&'w Recorded>);

/// A key's place among a mapping's fields: `id` first, unknown keys last.
pub(super) fn rank(fields: &[Field], key: &str) -> usize {
    match find_field(fields, key) {
        Some((index, _)) => index + 1,
        None if key == "id" => 0,
        None => usize::MAX,
    }
}

/// Whether a key as written is the one that is meant.
fn is_key(fields: &[Field], written: &Node, key: &str) -> bool {
    let text = written.text().unwrap_or_default();
    let (one, other) = (rank(fields, text), rank(fields, key));
    text == key || (one == other && one != usize::MAX)
}

pub(super) fn field_of<'f>(fields: &'f [Field], key: &str) -> Option<&'f Field> {
    find_field(fields, key).map(|(_, field)| field)
}

/// Makes the pieces that fulfil some wishes in a mapping.
pub(super) fn change(
    splices: &mut Splices<'_>,
    node: &Node,
    fields: &[Field],
    wishes: &[Wish<'_>],
) -> Result<(), Reason> {
    let Shape::Mapping(entries) = &node.shape else {
        return Err(Reason::Shape);
    };
    if entries
        .iter()
        .any(|(key, _)| is_explicit_key(&splices.file.text, key) || key.text().is_none())
    {
        return Err(Reason::Shape);
    }
    let mut wishes = wishes.to_vec();
    wishes.sort_by_key(|(key, _)| rank(fields, key));
    let removed = |entry: &(Node, Node)| {
        let mut gone = wishes.iter().filter(|(_, value)| value.is_none());
        gone.any(|(key, _)| is_key(fields, &entry.0, key))
    };
    let kept: Vec<&(Node, Node)> = entries.iter().filter(|entry| !removed(entry)).collect();
    let is_flow = splices.is_flow(node);
    for (key, value) in &wishes {
        let entry = entries
            .iter()
            .position(|(name, _)| is_key(fields, name, key));
        match (entry, value) {
            (Some(at), Some(value)) => {
                let field = field_of(fields, key);
                set(splices, &entries[at], field, (value, is_flow))?;
            }
            (Some(at), None) if kept.is_empty() => {
                let _ = at;
                return Err(Reason::Shape);
            }
            (Some(at), None) if is_flow => remove_flow(splices, entries, at)?,
            (Some(at), None) => remove(splices, entries, at)?,
            (None, Some(value)) => {
                let place = Place {
                    fields,
                    kept: &kept,
                    node,
                };
                if is_flow {
                    insert_flow(splices, &place, key, value)?;
                } else {
                    insert(splices, &place, key, value)?;
                }
            }
            (None, None) => {}
        }
    }
    Ok(())
}

/// Where a new key may stand.
struct Place<'a> {
    fields: &'a [Field],
    /// The entries that stay.
    kept: &'a [&'a (Node, Node)],
    node: &'a Node,
}

impl Place<'_> {
    /// The entry after which a key stands: the one that comes last of those before it in the schema.
    fn before(&self, key: &str) -> Option<&(Node, Node)> {
        let own = rank(self.fields, key);
        let of = |entry: &(Node, Node)| rank(self.fields, entry.0.text().unwrap_or_default());
        let lower = self
            .kept
            .iter()
            .enumerate()
            .filter(|(_, entry)| of(entry) <= own);
        let known = lower.max_by_key(|(at, entry)| (of(entry), *at));
        known.map(|(_, entry)| *entry)
    }
}

/// One past the last byte of an entry.
fn entry_end(splices: &Splices<'_>, (key, value): &(Node, Node)) -> Result<usize, Reason> {
    let colon = splices.colon(key)?;
    if value.range.start == value.range.end || is_nothing(value) {
        return Ok(colon);
    }
    Ok(splices.end_of(value).max(colon))
}

/// Whether nothing at all is written after a key.
fn is_nothing(value: &Node) -> bool {
    value.is_empty() && value.text() == Some("")
}

fn insert(
    splices: &mut Splices<'_>,
    place: &Place<'_>,
    key: &str,
    value: &Recorded,
) -> Result<(), Reason> {
    let lines = entry_lines(key, field_of(place.fields, key), value);
    let Some(first) = place.kept.first() else {
        return Err(Reason::Shape);
    };
    let indent = splices.column(bounds(first.0.range).0);
    if let Some(entry) = place.before(key) {
        let end = entry_end(splices, entry)?;
        let at = splices.line_end(end);
        splices.insert_lines(at, &lines, indent);
        return Ok(());
    }
    let at = bounds(first.0.range).0;
    let mut text = String::new();
    for (number, line) in lines.iter().enumerate() {
        let by = if number == 0 { 0 } else { indent };
        text.push_str(&super::form::indented(line, by));
        text.push_str(splices.newline);
    }
    text.push_str(&" ".repeat(indent));
    splices.insert(at, text);
    Ok(())
}

fn insert_flow(
    splices: &mut Splices<'_>,
    place: &Place<'_>,
    key: &str,
    value: &Recorded,
) -> Result<(), Reason> {
    let text = format!(
        "{}: {}",
        key_text(key),
        flow(field_of(place.fields, key), value)
    );
    let (start, end) = bounds(place.node.range);
    match (place.before(key), place.kept.first()) {
        (Some(entry), _) => {
            if is_nothing(&entry.1) {
                return Err(Reason::Shape);
            }
            let at = splices.end_of(&entry.1);
            splices.insert(at, format!(", {text}"));
        }
        (None, Some(first)) => splices.insert(bounds(first.0.range).0, format!("{text}, ")),
        (None, None) => splices.replace(start, end, format!("{{{text}}}")),
    }
    Ok(())
}

fn remove(splices: &mut Splices<'_>, entries: &[(Node, Node)], at: usize) -> Result<(), Reason> {
    let start = bounds(entries[at].0.range).0;
    let end = entry_end(splices, &entries[at])?;
    let line_end = splices.line_end(end);
    let (key, value) = &entries[at];
    if splices.value_has_comment(value, splices.colon(key)?, line_end) {
        return Err(Reason::Comment);
    }
    if splices.opens_line(start)
        && let Some(before) = splices.previous_line_end(start)
    {
        splices.replace(before, line_end, "");
        return Ok(());
    }
    // After a dash, or on the first line: the next key moves up.
    let next = entries.get(at + 1).ok_or(Reason::Shape)?;
    splices.replace(start, bounds(next.0.range).0, "");
    Ok(())
}

fn remove_flow(
    splices: &mut Splices<'_>,
    entries: &[(Node, Node)],
    at: usize,
) -> Result<(), Reason> {
    let (start, end) = if at == 0 {
        let next = entries.get(1).ok_or(Reason::Shape)?;
        (bounds(entries[0].0.range).0, bounds(next.0.range).0)
    } else {
        let before = entry_end(splices, &entries[at - 1])?;
        (before, entry_end(splices, &entries[at])?)
    };
    if splices.has_comment(start, end) {
        return Err(Reason::Comment);
    }
    splices.replace(start, end, "");
    Ok(())
}

/// Gives an entry another value. `is_flow`: it stands between braces.
fn set(
    splices: &mut Splices<'_>,
    entry: &(Node, Node),
    field: Option<&Field>,
    (wanted, is_flow): (&Recorded, bool),
) -> Result<(), Reason> {
    let (key, value) = entry;
    let fields = field.map_or(&[][..], Field::fields);
    if tree(value, fields) == tree_of(wanted, fields) {
        return Ok(());
    }
    match (&value.shape, wanted) {
        (Shape::Scalar { .. }, Recorded::Text(_)) if !value.is_empty() => {
            scalar(splices, value, field, (wanted, is_flow))
        }
        (Shape::Sequence(items), Recorded::List(wanted))
            if !items.is_empty() && !wanted.is_empty() =>
        {
            list::change(splices, (value, items), field, wanted)
        }
        (Shape::Mapping(entries), Recorded::Structure(parts)) if !entries.is_empty() => {
            structure(splices, value, fields, parts)
        }
        _ if is_flow => {
            let text = flow(field, wanted);
            if is_nothing(value) {
                let colon = splices.colon(key)?;
                splices.insert(colon, format!(" {text}"));
            } else {
                let (start, end) = bounds(value.range);
                if splices.has_comment(start, end) {
                    return Err(Reason::Comment);
                }
                splices.replace(start, end, text);
            }
            Ok(())
        }
        _ => whole(splices, entry, form(field, wanted)),
    }
}

/// Gives a structure other parts; those that are not wanted go.
pub(super) fn structure(
    splices: &mut Splices<'_>,
    node: &Node,
    fields: &[Field],
    parts: &std::collections::BTreeMap<String, Recorded>,
) -> Result<(), Reason> {
    let Shape::Mapping(entries) = &node.shape else {
        return Err(Reason::Shape);
    };
    let mut wishes: Vec<Wish<'_>> = parts
        .iter()
        .map(|(key, value)| (key.as_str(), Some(value)))
        .collect();
    for (key, value) in entries {
        let name = key.text().unwrap_or_default();
        let is_wanted = parts.keys().any(|wanted| is_key(fields, key, wanted));
        if !is_wanted && !value.is_empty() {
            wishes.push((name, None));
        }
    }
    change(splices, node, fields, &wishes)
}

/// Gives a text another one, in the quotes or the block that it stood in.
pub(super) fn scalar(
    splices: &mut Splices<'_>,
    node: &Node,
    field: Option<&Field>,
    (wanted, is_flow): (&Recorded, bool),
) -> Result<(), Reason> {
    let Recorded::Text(text) = wanted else {
        return Err(Reason::Shape);
    };
    let (start, end) = (bounds(node.range).0, splices.end_of(node));
    if start >= end {
        return Err(Reason::Shape);
    }
    if let Some(header) = splices.block_header(node) {
        return block(splices, header, (start, end), text);
    }
    if is_flow || !is_literal(text) {
        let value_type = field.map_or(&Type::Text, |field| &field.value);
        let style = style(splices.slice(start, end));
        let quoted = if is_flow {
            quote(text, value_type, style)
        } else {
            quote_alone(text, value_type, style)
        };
        splices.replace(start, end, quoted);
        return Ok(());
    }
    let Form::Below { header, lines } = literal(text) else {
        return Err(Reason::Shape);
    };
    // A comment beside the value stays there: the block follows it.
    let indent = parent_indent(splices, start);
    let line_end = splices.line_end(end);
    splices.replace(start, end, header);
    splices.insert_lines(line_end, &lines, indent + 2);
    Ok(())
}

/// Gives a block other lines, in its own indentation.
fn block(
    splices: &mut Splices<'_>,
    (header, header_end): (usize, usize),
    (start, end): (usize, usize),
    text: &str,
) -> Result<(), Reason> {
    if !fits_block(text) {
        return Err(Reason::Shape);
    }
    let written = splices.slice(header, header_end);
    if written.starts_with('>') || written.contains(|letter: char| letter.is_ascii_digit()) {
        splices.replace(header, header_end, "|-");
    }
    let indent = splices.column(start);
    let mut lines = text.lines();
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push_str(splices.newline);
        out.push_str(&super::form::indented(line, indent));
    }
    splices.replace(start, end, out);
    Ok(())
}

/// The column of the key, or of what follows the dash, of the line that a value starts on.
fn parent_indent(splices: &Splices<'_>, at: usize) -> usize {
    let line = splices.slice(splices.line_start(at), at);
    let mut rest = line.trim_start_matches(' ');
    while let Some(after) = rest.strip_prefix("- ") {
        rest = after.trim_start_matches(' ');
    }
    line.chars().count() - rest.chars().count()
}

/// Replaces all of a value that stands in a block mapping.
fn whole(splices: &mut Splices<'_>, entry: &(Node, Node), form: Form) -> Result<(), Reason> {
    let (key, value) = entry;
    let indent = splices.column(bounds(key.range).0);
    let colon = splices.colon(key)?;
    let key_line_end = splices.line_end(colon);
    let start = bounds(value.range).0;
    let nothing = is_nothing(value);
    let end = if nothing {
        colon
    } else {
        splices.end_of(value)
    };
    let below = !nothing && start > key_line_end && splices.block_header(value).is_none();
    if !nothing && splices.value_has_comment(value, start, end) {
        return Err(Reason::Comment);
    }
    if below && splices.slice(key_line_end, start).contains('#') {
        return Err(Reason::Comment);
    }
    let (text, lines) = match form {
        Form::Inline(text) => (text, Vec::new()),
        Form::Below { header, lines } => (header.to_owned(), lines),
    };
    let space = if text.is_empty() { "" } else { " " };
    if below {
        splices.insert(colon, format!("{space}{text}"));
        splices.replace(key_line_end, end, "");
        splices.insert_lines(key_line_end, &lines, indent + 2);
    } else {
        splices.replace(colon, end.max(colon), format!("{space}{text}"));
        let at = splices.line_end(end);
        splices.insert_lines(at, &lines, indent + 2);
    }
    Ok(())
}
