//! The keys of each record in the schema's order, each with the comments right above it. Works on a text that is laid out.

use crate::edit::Reason;
use crate::edit::layout::Page;
use crate::edit::mapping::rank;
use crate::edit::splices::Splices;
use crate::yaml::{Node, Shape};

/// One key with its value, the comments right above it, and whether an empty line stands before them.
struct Entry<'a> {
    rank: usize,
    is_apart: bool,
    comments: Vec<&'a str>,
    /// From its first letter on.
    lines: Vec<&'a str>,
}

/// The text with every record's keys in order.
pub(super) fn ordered(page: &Page<'_>) -> Result<String, Reason> {
    let records: Vec<&Node> = match &page.root.shape {
        Shape::Sequence(items) => items.iter().collect(),
        _ => vec![page.root],
    };
    let text = &page.splices.file.text;
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for record in records {
        if let Some((start, end, piece)) = reordered(page, record)? {
            out.push_str(&text[done..start]);
            out.push_str(&piece);
            done = end;
        }
    }
    out.push_str(&text[done..]);
    Ok(out)
}

/// The place of a record's lines and what stands there instead; `None` when they are in order.
fn reordered(page: &Page<'_>, record: &Node) -> Result<Option<(usize, usize, String)>, Reason> {
    let (splices, fields) = (&page.splices, &page.location.kind.fields);
    let Shape::Mapping(pairs) = &record.shape else {
        return Ok(None);
    };
    let ranks: Vec<usize> = pairs
        .iter()
        .map(|(key, _)| rank(fields, key.text().unwrap_or_default()))
        .collect();
    if splices.is_flow(record) || ranks.is_sorted() {
        return Ok(None);
    }
    let key_line = |at: usize| splices.line_start(pairs[at].0.range.start as usize);
    let ends: Vec<usize> = pairs
        .iter()
        .map(|(key, value)| Ok(splices.line_end(splices.end_of(value).max(splices.colon(key)?))))
        .collect::<Result<_, Reason>>()?;
    let first = key_line(0);
    let mut entries = Vec::with_capacity(pairs.len());
    for (at, rank) in ranks.into_iter().enumerate() {
        // What stands above the first key speaks of the record, not of the key.
        let from = if at == 0 {
            first
        } else {
            after(splices, ends[at - 1])
        };
        let above: Vec<&str> = text_lines(splices.slice(from, key_line(at)));
        let own = above
            .iter()
            .rposition(|line| line.is_empty())
            .map_or(0, |gap| gap + 1);
        if above[..own].iter().any(|line| !line.is_empty()) {
            // A comment between empty lines belongs to no key: where would it go?
            return Err(Reason::Comment);
        }
        let column = splices.column(pairs[at].0.range.start as usize);
        let depth = |line: &str| line.len() - line.trim_start().len();
        if above[own..].iter().any(|line| depth(line) != column) {
            // One in another column belongs to the value above it.
            return Err(Reason::Comment);
        }
        entries.push(Entry {
            rank,
            is_apart: own > 0,
            comments: above[own..].to_vec(),
            lines: text_lines(splices.slice(pairs[at].0.range.start as usize, ends[at])),
        });
    }
    let end = ends.last().copied().unwrap_or(first);
    let dash = splices.slice(first, record.range.start as usize);
    Ok(Some((first, end, joined(entries, dash, splices.newline))))
}

/// The entries in order; the first has the record's dash before it, its comments above that.
fn joined(mut entries: Vec<Entry<'_>>, dash: &str, newline: &str) -> String {
    let inside = " ".repeat(dash.len());
    let outside = " ".repeat(dash.len() - dash.trim_start().len());
    entries.sort_by_key(|entry| entry.rank);
    let mut lines: Vec<String> = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let is_first = at == 0;
        if entry.is_apart && !is_first {
            lines.push(String::new());
        }
        let indent = if is_first { &outside } else { &inside };
        let comments = entry.comments.iter();
        lines.extend(comments.map(|line| format!("{indent}{}", line.trim_start())));
        let before = if is_first { dash } else { &inside };
        let mut rest = entry.lines.iter();
        lines.extend(rest.next().map(|line| format!("{before}{line}")));
        lines.extend(rest.map(|line| (*line).to_owned()));
    }
    lines.join(newline)
}

/// The start of the line after one that ends at a place.
fn after(splices: &Splices<'_>, end: usize) -> usize {
    let rest = &splices.file.text[end..];
    end + rest.find('\n').map_or(rest.len(), |newline| newline + 1)
}

fn text_lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}
