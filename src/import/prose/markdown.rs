//! The tree → Markdown: blocks, and what keeps one from running into the next.

use crate::import::prose::escape::{line_start, longest_run, without_commands};
use crate::import::prose::inline::{Place, write};
use crate::import::prose::{Block, Inline, Item};
use crate::markdown::is_known_language;

/// The most columns of a table; what is beyond is no table that people read.
const MOST_COLUMNS: usize = 60;

/// A text as Markdown, without an end of line behind it.
pub(in crate::import) fn markdown(blocks: &[Block]) -> String {
    let lines = lines(blocks);
    lines.join("\n").trim_matches('\n').to_owned()
}

fn lines(blocks: &[Block]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut other_marker = false;
    let mut last: Option<bool> = None;
    for block in blocks {
        // Two lists in a row are one, unless their marks differ.
        let numbered = match block {
            Block::List(start, _) => Some(start.is_some()),
            _ => None,
        };
        other_marker = numbered.is_some() && numbered == last && !other_marker;
        let written = match block {
            Block::Paragraph(line) => paragraph(line),
            Block::Heading(level, line) => heading(*level, line),
            Block::List(start, items) => list_lines(*start, items, other_marker),
            Block::Code(language, code) => code_lines(language, code),
            Block::Quote(blocks) => quoted(Vec::new(), blocks),
            Block::Callout(name, folded, title, blocks) => {
                let fold = if *folded { "-" } else { "" };
                let title = one_line(&[Inline::Text(title.clone())], false);
                let head = format!("[!{name}]{fold} {title}");
                quoted(vec![head.trim_end().to_owned()], blocks)
            }
            Block::Rule => vec!["---".to_owned()],
            Block::Table(has_header, rows) => table(*has_header, rows),
        };
        if written.is_empty() {
            continue;
        }
        last = numbered;
        if !out.is_empty() {
            out.push(String::new());
        }
        out.extend(written);
    }
    out
}

/// A paragraph, or several where people made them of empty lines.
fn paragraph(line: &[Inline]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in parted(line) {
        let lines = paragraph_lines(part);
        if !out.is_empty() && !lines.is_empty() {
            out.push(String::new());
        }
        out.extend(lines);
    }
    out
}

/// The parts of a line between empty lines.
fn parted(line: &[Inline]) -> Vec<&[Inline]> {
    let mut parts = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < line.len() {
        let is_gap = |piece: &Inline| match piece {
            Inline::Break => true,
            Inline::Text(words) => words.trim().is_empty(),
            _ => false,
        };
        let gap = line[at..].iter().take_while(|piece| is_gap(piece)).count();
        let breaks = line[at..at + gap].iter();
        if breaks.filter(|piece| **piece == Inline::Break).count() > 1 {
            parts.push(&line[from..at]);
            from = at + gap;
        }
        at += gap.max(1);
    }
    parts.push(&line[from..]);
    parts
}

fn paragraph_lines(line: &[Inline]) -> Vec<String> {
    let mut out = String::new();
    let place = Place {
        in_table: false,
        in_link: false,
    };
    write(&mut out, line, place, None);
    let lines = out.split('\n').map(|line| match line.strip_suffix('\\') {
        Some(words) if is_break(line) => line_start(words),
        _ => line_start(line),
    });
    // An empty line would end the paragraph, and leave open what it holds.
    let mut lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    if let Some((_, all)) = lines.split_last_mut() {
        for line in all {
            line.push('\\');
        }
    }
    lines
}

/// Whether a line ends by the sign of a break, and not by a written backslash.
fn is_break(line: &str) -> bool {
    let signs = line.bytes().rev().take_while(|byte| *byte == b'\\').count();
    signs % 2 == 1
}

/// Pieces on one line, whatever breaks they hold.
fn one_line(line: &[Inline], in_table: bool) -> String {
    let mut out = String::new();
    let place = Place {
        in_table,
        in_link: false,
    };
    write(&mut out, line, place, None);
    let out = out.replace("\\\n", " ");
    out.trim().to_owned()
}

fn heading(level: u8, line: &[Inline]) -> Vec<String> {
    let text = one_line(line, false);
    if text.is_empty() {
        return Vec::new();
    }
    // Signs at the end would close the heading.
    let words = text.trim_end_matches('#');
    let signs = "\\#".repeat(text.len() - words.len());
    // One level down: the first heading of the first level would be taken for the page's title.
    let level = "#".repeat(usize::from(level.clamp(1, 5)) + 1);
    vec![format!("{level} {words}{signs}")]
}

fn code_lines(language: &str, code: &str) -> Vec<String> {
    let clean = |line: &str| {
        let parts = line.split('\t').map(without_commands);
        parts.collect::<Vec<_>>().join("\t")
    };
    let code: Vec<String> = code.trim_end().lines().map(clean).collect();
    let code = code.join("\n");
    let fence = "`".repeat(longest_run(&code, '`').max(2) + 1);
    let language = language.trim().to_lowercase();
    let known = is_known_language(&language);
    let mut out = vec![format!("{fence}{}", if known { &language } else { "" })];
    out.extend(code.lines().map(str::to_owned));
    out.push(fence);
    out
}

fn quoted(mut head: Vec<String>, blocks: &[Block]) -> Vec<String> {
    head.extend(lines(blocks));
    let lines = head.iter().map(|line| format!("> {line}"));
    lines.map(|line| line.trim_end().to_owned()).collect()
}

fn list_lines(start: Option<u64>, items: &[Item], other_marker: bool) -> Vec<String> {
    let mut out = Vec::new();
    // A number that Markdown reads has nine digits at most.
    let mut number = start.map(|start| start.min(999_000));
    let is_tight = items.iter().all(is_short);
    for item in items {
        let marker = match (&mut number, other_marker) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(number), other) => {
                *number += 1;
                format!("{}{} ", *number - 1, if other { ')' } else { '.' })
            }
        };
        let mut inner = item_lines(item);
        let tick = match item.done {
            Some(_) if inner.first().is_none_or(String::is_empty) => "",
            Some(true) => "[x] ",
            Some(false) => "[ ] ",
            None => "",
        };
        if inner.is_empty() {
            inner.push(String::new());
        }
        if !out.is_empty() && !is_tight {
            out.push(String::new());
        }
        let indent = " ".repeat(marker.len());
        for (at, line) in inner.into_iter().enumerate() {
            let line = match at {
                0 => format!("{marker}{tick}{line}"),
                _ => format!("{indent}{line}"),
            };
            out.push(line.trim_end_matches(' ').to_owned());
        }
    }
    out
}

/// A paragraph, perhaps with a list below it: nothing needs an empty line.
fn is_short(item: &Item) -> bool {
    match item.blocks.as_slice() {
        [] | [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List(start, _)] => start.is_none_or(|start| start == 1),
        _ => false,
    }
}

fn item_lines(item: &Item) -> Vec<String> {
    match item.blocks.as_slice() {
        [Block::Paragraph(line), Block::List(start, items)] if is_short(item) => {
            let mut out = paragraph(line);
            out.extend(list_lines(*start, items, false));
            out
        }
        blocks => lines(blocks),
    }
}

fn table(has_header: bool, rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let columns = columns.min(MOST_COLUMNS);
    if columns == 0 {
        return Vec::new();
    }
    let row = |cells: &[Vec<Inline>]| {
        let mut out = String::from("|");
        for at in 0..columns {
            let cell = cells.get(at).map(|cell| one_line(cell, true));
            out.push(' ');
            out.push_str(&cell.unwrap_or_default());
            out.push_str(" |");
        }
        out
    };
    let mut out = Vec::new();
    let body = match (has_header, rows) {
        (true, [head, body @ ..]) => {
            out.push(row(head));
            body
        }
        (_, rows) => {
            out.push(row(&[]));
            rows
        }
    };
    out.push(format!("|{}", " --- |".repeat(columns)));
    out.extend(body.iter().map(|cells| row(cells)));
    out
}
