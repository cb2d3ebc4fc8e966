//! Columns of Markdown tables whose title names a secret.

use crate::project::free_text::Secret;
use crate::project::free_text::label::label;
use crate::project::free_text::lines::Line;
use crate::project::free_text::value::is_hint;
use crate::project::free_text::words::words;

/// Hides what stands below the names of secrets, and notes which rows are heads.
pub(super) fn find(text: &str, lines: &[Line], found: &mut Vec<Secret>) {
    let rows = rows(lines);
    let mut columns: Vec<(usize, bool)> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if row.len() < 2 {
            columns.clear();
        } else if rows.get(at + 1).is_some_and(|next| is_rule(text, next)) {
            columns = named(text, row);
        } else if !is_rule(text, row) {
            // Sorted by column: those that a row lacks are not asked for.
            for (column, is_key) in columns.iter().take_while(|(column, _)| *column < row.len()) {
                let cell = &row[*column];
                let content = text[cell.range.clone()].trim();
                let start =
                    cell.range.start + text[cell.range.clone()].find(content).unwrap_or_default();
                if !content.is_empty() && !is_hint(content) {
                    let range = start..start + content.len();
                    found.push(Secret {
                        range,
                        is_key: *is_key,
                    });
                }
            }
        }
    }
}

/// Marks the lines of heads.
pub(super) fn mark_heads(text: &str, lines: &mut [Line]) {
    let mut start = 0;
    let mut before: Option<std::ops::Range<usize>> = None;
    for at in 0..lines.len() {
        if lines[at].is_cell {
            continue;
        }
        if at > start
            && is_rule(text, &lines[start..=at])
            && let Some(before) = before.take()
        {
            lines[before]
                .iter_mut()
                .for_each(|line| line.is_head = true);
        }
        before = (at > start).then_some(start..at + 1);
        start = at + 1;
    }
}

/// The cells of each row; a line that is no row is one cell.
fn rows(lines: &[Line]) -> Vec<&[Line]> {
    lines.split_inclusive(|line| !line.is_cell).collect()
}

/// Whether a row separates the head of a table from the rest.
fn is_rule(text: &str, row: &[Line]) -> bool {
    let cell = |line: &Line| {
        let cell = text[line.range.clone()].trim();
        cell.bytes().all(|byte| matches!(byte, b'-' | b':'))
    };
    let has_some = |line: &Line| text[line.range.clone()].contains('-');
    row.len() > 1 && row.iter().all(cell) && row.iter().any(has_some)
}

/// The columns whose title names a secret, and whether that is a key.
fn named(text: &str, row: &[Line]) -> Vec<(usize, bool)> {
    let cells = row.iter().enumerate();
    cells
        .filter_map(|(column, cell)| {
            let words = words(text, cell.range.clone());
            let found = (0..words.len().min(3)).find_map(|at| label(text, &words, at))?;
            (words.len() <= found.end + 3).then_some((column, found.is_key))
        })
        .collect()
}
