//! The wiki markup of Jira's older interface (v2) → rich text: headings, lists, tables, code, quotes,
//! links and the commonest styles. What else there is stays as it was typed.

use crate::import::prose::{Block, Inline, Item, Style, extend, push};

/// The deepest list.
const DEEPEST: usize = 10;

/// How far the end of a style or link is looked for, in bytes: a line of stars must cost no more than
/// its length.
const FARTHEST: usize = 600;

/// The text of a document.
pub(in crate::import) fn document(text: &str) -> Vec<Block> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.split('\n').collect();
    blocks(&lines)
}

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let rest = &lines[at..];
        let line = rest[0].trim();
        let (block, used) = if line.is_empty() {
            (None, 1)
        } else if let Some((block, used)) = fenced(rest) {
            (Some(block), used)
        } else if let Some((level, words)) = heading(line) {
            (Some(Block::Heading(level, inline(words))), 1)
        } else if let Some(words) = line.strip_prefix("bq. ") {
            let inner = vec![Block::Paragraph(inline(words))];
            (Some(Block::Quote(inner)), 1)
        } else if line.len() >= 4 && line.bytes().all(|byte| byte == b'-') {
            (Some(Block::Rule), 1)
        } else if marker(line).is_some() {
            let items: Vec<(&str, &str)> = rest.iter().map_while(|line| marker(line)).collect();
            (Some(list(&items, 1)), items.len())
        } else if line.starts_with('|') {
            let rows: Vec<&str> = rest
                .iter()
                .map(|line| line.trim())
                .take_while(|line| line.starts_with('|'))
                .collect();
            (Some(table(&rows)), rows.len())
        } else {
            let (line, used) = paragraph(rest);
            (Some(Block::Paragraph(line)), used)
        };
        blocks.extend(block);
        at += used;
    }
    blocks
}

/// Lines until one that begins something else.
fn paragraph(lines: &[&str]) -> (Vec<Inline>, usize) {
    let begins = |line: &str| {
        let line = line.trim();
        line.is_empty()
            || ["|", "{code", "{noformat", "{quote"]
                .iter()
                .any(|start| line.starts_with(start))
            || heading(line).is_some()
            || marker(line).is_some()
            || line.starts_with("bq. ")
            || line.starts_with("----")
    };
    let more = lines[1..].iter().take_while(|line| !begins(line)).count();
    let mut all = Vec::new();
    for line in &lines[..=more] {
        if !all.is_empty() {
            all.push(Inline::Break);
        }
        extend(&mut all, inline(line.trim()));
    }
    (all, more + 1)
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let rest = line.strip_prefix('h')?;
    let (level, words) = rest.split_once(". ")?;
    let level = level.parse().ok().filter(|level| (1..=6).contains(level))?;
    Some((level, words))
}

/// `{code:java}`, `{noformat}` and `{quote}`, up to the same word, or to the end.
fn fenced(lines: &[&str]) -> Option<(Block, usize)> {
    let line = lines[0].trim();
    let (tag, behind) = line.strip_prefix('{')?.split_once('}')?;
    let (word, options) = tag.split_once(':').unwrap_or((tag, ""));
    if !matches!(word, "code" | "noformat" | "quote") {
        return None;
    }
    let end = format!("{{{word}}}");
    let mut inner: Vec<&str> = Vec::new();
    let mut used = lines.len();
    if let Some((words, _)) = behind.split_once(&end) {
        inner.push(words);
        used = 1;
    } else {
        inner.extend(Some(behind).filter(|behind| !behind.trim().is_empty()));
        for (at, line) in lines.iter().enumerate().skip(1) {
            if let Some((words, _)) = line.split_once(&end) {
                inner.extend(Some(words).filter(|words| !words.trim().is_empty()));
                used = at + 1;
                break;
            }
            inner.push(line);
        }
    }
    if word == "quote" {
        // A quote in a quote is its words: no text of people needs more.
        let words = inner.join("\n").replace("{quote}", "");
        let inner: Vec<&str> = words.split('\n').collect();
        let inner = inner.iter().map(|line| line.trim().trim_start_matches('{'));
        let inner: Vec<&str> = inner.collect();
        return Some((Block::Quote(blocks(&inner)), used));
    }
    let language = options.split('|').find(|option| !option.contains('='));
    let language = language.unwrap_or_default().to_owned();
    Some((Block::Code(language, inner.join("\n")), used))
}

/// The marks of an item (`*`, `#`, `-`, or several) and its words.
fn marker(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let end = line.find(|letter| !matches!(letter, '*' | '#' | '-'))?;
    let (marks, rest) = line.split_at(end);
    let words = rest.strip_prefix(' ')?;
    (!marks.is_empty()).then_some((marks, words.trim()))
}

fn list(lines: &[(&str, &str)], depth: usize) -> Block {
    let mark = lines[0].0.chars().nth(depth - 1).unwrap_or('*');
    let start = (mark == '#').then_some(1);
    let mut items: Vec<Item> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let (marks, words) = lines[at];
        if marks.len() <= depth || depth == DEEPEST || items.is_empty() {
            items.push(Item {
                done: None,
                blocks: vec![Block::Paragraph(inline(words))],
            });
            at += 1;
            continue;
        }
        let rest = &lines[at..];
        let below = rest.iter().take_while(|(marks, _)| marks.len() > depth);
        let below = below.count();
        if let Some(last) = items.last_mut() {
            last.blocks.push(list(&rest[..below], depth + 1));
        }
        at += below;
    }
    Block::List(start, items)
}

fn table(rows: &[&str]) -> Block {
    let has_header = rows.first().is_some_and(|row| row.starts_with("||"));
    let rows = rows.iter().map(|row| {
        let row = row.replace("||", "|");
        let row = row.trim_matches('|').to_owned();
        row.split('|').map(|cell| inline(cell.trim())).collect()
    });
    Block::Table(has_header, rows.collect())
}

/// The pieces of a line.
fn inline(line: &str) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut rest = line;
    let mut before = ' ';
    while let Some(letter) = rest.chars().next() {
        if let Some((piece, used)) = special(rest, before) {
            push_some(&mut pieces, piece);
            before = rest[..used].chars().next_back().unwrap_or(' ');
            rest = &rest[used..];
            continue;
        }
        push(&mut pieces, Inline::Text(letter.to_string()));
        before = letter;
        rest = &rest[letter.len_utf8()..];
    }
    pieces
}

fn push_some(pieces: &mut Vec<Inline>, piece: Option<Inline>) {
    if let Some(piece) = piece {
        push(pieces, piece);
    }
}

/// What begins here and is more than a letter, and how many bytes it takes.
fn special(rest: &str, before: char) -> Option<(Option<Inline>, usize)> {
    let within = |open: &str, close: &str| -> Option<(String, usize)> {
        let inner = rest.strip_prefix(open)?;
        let near = &inner[..inner.floor_char_boundary(FARTHEST)];
        let end = near.find(close).filter(|end| *end > 0)?;
        Some((inner[..end].to_owned(), open.len() + end + close.len()))
    };
    if let Some((code, used)) = within("{{", "}}") {
        return Some((Some(Inline::Code(code)), used));
    }
    if rest.starts_with("{color}") {
        return Some((None, "{color}".len()));
    }
    if let Some((_, used)) = within("{color:", "}") {
        return Some((None, used));
    }
    if let Some((link, used)) = within("[", "]") {
        return link_piece(&link).map(|piece| (Some(piece), used));
    }
    let sign = rest.chars().next()?;
    let style = match sign {
        '*' => Style::Strong,
        '_' => Style::Emphasis,
        _ => return None,
    };
    let (words, used) = within(&sign.to_string(), &sign.to_string())?;
    let after = rest[used..].chars().next();
    let is_edge = |letter: Option<char>| !letter.is_some_and(char::is_alphanumeric);
    let fits = is_edge(Some(before)) && is_edge(after) && words.trim() == words;
    fits.then(|| (Some(Inline::Styled(style, vec![Inline::Text(words)])), used))
}

/// `[words|address]`, `[address]` and `[~login]`; other brackets are words.
fn link_piece(inner: &str) -> Option<Inline> {
    if let Some(login) = inner.strip_prefix('~') {
        let login = login.trim_start_matches("accountid:");
        return Some(Inline::Text(format!("@{login}")));
    }
    let mut parts = inner.split('|');
    let first = parts.next()?;
    let address = parts.next().unwrap_or(first);
    address
        .contains(':')
        .then(|| Inline::Link(address.to_owned(), vec![Inline::Text(first.to_owned())]))
}
