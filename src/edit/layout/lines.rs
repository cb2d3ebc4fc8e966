//! The lines of a file in their new columns. Comments stand where the key or dash below them stands.

use crate::edit::Reason;
use crate::edit::layout::{Columns, Page};
use crate::edit::pieces::replaced;
use crate::source::TextRange;

/// A line of the YAML and what becomes of it.
enum Line<'a> {
    /// It begins with a key or a dash: its column before and after, and its text from there.
    Opening(usize, usize, String),
    /// A comment alone on its line, with its column.
    Comment(usize, &'a str),
    /// It goes on with a value: it moves by so many columns.
    Following(isize, &'a str),
    /// Nothing stands on it.
    Empty,
    /// A line that says nothing of values (`---`).
    Mark(&'a str),
}

/// The text with every line in its column.
pub(super) fn laid_out(page: &Page<'_>) -> Result<String, Reason> {
    let fields = &page.location.kind.fields;
    let columns = Columns::of(&page.splices, page.root, fields)?;
    let lines = lines(page, &columns)?;
    let mut out: Vec<String> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let text = match line {
            Line::Opening(_, column, text) => moved(*column, text),
            Line::Comment(column, text) => moved(beside(&lines, at, *column), text),
            Line::Following(by, text) => shifted(*by, text)?,
            Line::Mark(text) => (*text).to_owned(),
            Line::Empty if out.last().is_none_or(String::is_empty) => continue,
            Line::Empty => String::new(),
        };
        out.push(text);
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    let newline = page.splices.newline;
    let (start, end) = (page.region.start as usize, page.region.end as usize);
    let text = &page.splices.file.text;
    let (before, after) = (&text[..start], &text[end..]);
    Ok(format!("{before}{}{newline}{after}", out.join(newline)))
}

/// The lines of the YAML.
fn lines<'a>(page: &Page<'a>, columns: &Columns) -> Result<Vec<Line<'a>>, Reason> {
    let splices = &page.splices;
    let (mut at, end) = (page.region.start as usize, page.region.end as usize);
    let mut lines = Vec::new();
    while at < end {
        let stop = splices.line_end(at).min(end);
        let written = splices.slice(at, stop);
        let text = written.trim_start_matches(' ');
        let column = written.len() - text.len();
        lines.push(
            match (
                columns.opening.get(&(at + column)),
                columns.following.get(&at),
            ) {
                (Some(new), _) => {
                    Line::Opening(column, *new, rewritten(columns, at + column, written)?)
                }
                (None, Some(by)) => Line::Following(*by, written),
                (None, None) if text.trim().is_empty() => Line::Empty,
                (None, None) if text.starts_with('#') => Line::Comment(column, text.trim_end()),
                (None, None) => Line::Mark(written),
            },
        );
        let rest = &splices.file.text[stop..];
        at = stop + rest.find('\n').map_or(rest.len(), |newline| newline + 1);
    }
    Ok(lines)
}

/// A line from its first letter on, with the pieces that belong to it.
fn rewritten(columns: &Columns, start: usize, written: &str) -> Result<String, Reason> {
    let text = written.trim_start_matches(' ');
    let end = start + text.len();
    let own = columns.pieces.range(start..end);
    let pieces: Vec<(TextRange, String)> = own
        .map(|(from, (to, piece))| (TextRange::new(from - start, to - start), piece.clone()))
        .collect();
    if pieces
        .windows(2)
        .any(|pair| pair[0].0.end > pair[1].0.start)
    {
        return Err(Reason::Shape);
    }
    Ok(replaced(text, &pieces).trim_end().to_owned())
}

/// The column of a comment: that of the next line that stood in its column, else of the last one, else it moves
/// with the next.
fn beside(lines: &[Line<'_>], at: usize, column: usize) -> usize {
    let opening = |line: &Line<'_>| match line {
        Line::Opening(was, is, _) => Some((*was, *is)),
        _ => None,
    };
    let next = lines[at..].iter().find_map(opening);
    let last = lines[..at]
        .iter()
        .rev()
        .filter_map(opening)
        .find(|(was, _)| *was <= column);
    let stood = |(was, _): &(usize, usize)| *was == column;
    let near = next
        .filter(stood)
        .or_else(|| last.filter(stood))
        .or(next)
        .or(last);
    near.map_or(column, |(was, is)| (column + is).saturating_sub(was))
}

fn moved(column: usize, text: &str) -> String {
    format!("{}{text}", " ".repeat(column))
}

/// A line of a value, moved; refused when it has not so many blanks to lose. Lines without letters in a block text
/// may have fewer than their neighbours.
fn shifted(by: isize, text: &str) -> Result<String, Reason> {
    let blanks = text.len() - text.trim_start_matches(' ').len();
    let is_blank = blanks == text.len();
    let columns = by.unsigned_abs();
    if by >= 0 {
        return Ok(if is_blank {
            text.to_owned()
        } else {
            moved(columns, text)
        });
    }
    if blanks < columns && !is_blank {
        return Err(Reason::Shape);
    }
    Ok(text[columns.min(blanks)..].to_owned())
}
