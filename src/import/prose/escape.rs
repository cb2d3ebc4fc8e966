//! Words of others, so written that Markdown takes none of them for markup. What stands before and
//! after decides: `snake_case` and `R&D` stay readable.

use std::fmt::Write;

use crate::history::is_command;

/// Addresses that a link may have; others are shown as words.
const SCHEMES: [&str; 5] = ["http://", "https://", "mailto:", "tel:", "ftp://"];

/// A text with blanks in the place of what is obeyed instead of shown, ends of lines included. What parts a word
/// unseen goes.
pub(super) fn without_commands(text: &str) -> String {
    let letters = text.chars().filter(|letter| *letter != '\u{200b}');
    letters
        .map(|letter| if is_command(letter) { ' ' } else { letter })
        .collect()
}

/// Words inside of a line. Signs that mean something at the start of a line alone are for
/// [`line_start`]; a bar only means something in a table.
pub(super) fn text(out: &mut String, text: &str, in_table: bool) {
    let text = without_commands(text);
    let mut before = out.chars().next_back();
    for (at, letter) in text.char_indices() {
        let rest = &text[at + letter.len_utf8()..];
        let after = rest.chars().next();
        let doubled = before == Some(letter) || after == Some(letter);
        let means = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(is_word(before) && is_word(after)),
            '{' | '=' | '%' => doubled,
            '&' => is_entity(rest),
            '|' => in_table,
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(letter);
        before = Some(letter);
    }
}

fn is_word(letter: Option<char>) -> bool {
    letter.is_some_and(char::is_alphanumeric)
}

/// Whether what follows `&` makes a reference of it.
fn is_entity(rest: &str) -> bool {
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#');
    end.is_some_and(|end| end > 0 && rest[end..].starts_with(';'))
}

/// A line that begins with no sign of a block: `# `, `- `, `1. `, `> `, `: ` and their like.
pub(super) fn line_start(line: &str) -> String {
    let line = line.trim_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && line[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    if line.starts_with(['#', '-', '+', '=', '>', ':', '|']) {
        return format!("\\{line}");
    }
    line.to_owned()
}

/// An address as it stands in a link; nothing where a reader should not follow it.
pub(super) fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let lower = url.to_ascii_lowercase();
    let scheme = SCHEMES.iter().find(|scheme| lower.starts_with(**scheme))?;
    if url.len() == scheme.len() {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for (at, letter) in url.char_indices() {
        match letter {
            '&' if is_entity(&url[at + 1..]) => out.push_str("\\&"),
            '<' | '>' | '(' | ')' | '[' | ']' | '\\' | '"' | '\'' | '`' | '|' | '{' | '}' | '*' => {
                percent(&mut out, letter);
            }
            letter if is_command(letter) || letter.is_whitespace() => percent(&mut out, letter),
            letter => out.push(letter),
        }
    }
    Some(out)
}

fn percent(out: &mut String, letter: char) {
    let mut bytes = [0; 4];
    for byte in letter.encode_utf8(&mut bytes).bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
}

/// Code between as many back-ticks as it takes.
pub(super) fn code(out: &mut String, code: &str, in_table: bool) {
    let mut code = without_commands(code);
    if in_table {
        code = code.replace('|', "\\|");
    }
    if code.trim().is_empty() {
        out.push_str(&code);
        return;
    }
    let fence = "`".repeat(longest_run(&code, '`') + 1);
    let touches = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
    let pad = if touches { " " } else { "" };
    // A back-tick before it would make the fence longer.
    if out.ends_with('`') {
        out.push(' ');
    }
    let _ = write!(out, "{fence}{pad}{code}{pad}{fence}");
}

/// The longest run of a sign.
pub(super) fn longest_run(text: &str, sign: char) -> usize {
    let mut longest = 0;
    let mut run = 0;
    for letter in text.chars() {
        run = if letter == sign { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}
