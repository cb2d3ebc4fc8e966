//! One line of rich text → Markdown. Signs around words where they work; tags where what stands
//! beside would make them something else.

use crate::import::prose::escape::{address, code, text};
use crate::import::prose::{Inline, Style};

/// Where a line stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// In a cell of a table: bars mean something, and a line ends by a tag.
    pub in_table: bool,
    /// In a link, which holds no other.
    pub in_link: bool,
}

/// Writes a line's pieces; `after` is what is written behind them, if that is known.
pub(super) fn write(out: &mut String, line: &[Inline], place: Place, after: Option<char>) {
    for (at, piece) in line.iter().enumerate() {
        let next = line[at + 1..].iter().find_map(first).or(after);
        match piece {
            Inline::Text(words) => text(out, words, place.in_table),
            Inline::Code(words) => code(out, words, place.in_table),
            Inline::Styled(style, inner) => styled(out, (*style, inner), place, next),
            Inline::Link(url, inner) => link(out, (url, inner), place, next),
            Inline::Break if place.in_table => out.push_str("<br>"),
            Inline::Break => out.push_str("\\\n"),
        }
    }
}

/// The first sign that a piece writes, about: whether it is a blank, a word or a sign is what counts.
fn first(piece: &Inline) -> Option<char> {
    match piece {
        Inline::Text(words) => words.chars().next(),
        Inline::Code(_) => Some('`'),
        Inline::Styled(Style::Raised | Style::Lowered, _) => Some('<'),
        Inline::Styled(_, inner) => match inner.iter().find_map(first) {
            Some(blank) if blank.is_whitespace() => Some(blank),
            other => other.map(|_| '*'),
        },
        Inline::Link(..) => Some('['),
        Inline::Break => Some('\n'),
    }
}

/// Signs and tag of a style.
fn signs(style: Style) -> (&'static str, &'static str) {
    match style {
        Style::Strong => ("**", "strong"),
        Style::Emphasis => ("*", "em"),
        Style::Struck => ("~~", "del"),
        Style::Raised => ("", "sup"),
        Style::Lowered => ("", "sub"),
    }
}

fn styled(out: &mut String, (style, inner): (Style, &[Inline]), place: Place, after: Option<char>) {
    let (sign, tag) = signs(style);
    let before = out.chars().next_back();
    let mut words = String::new();
    write(&mut words, inner, place, sign.chars().next());
    let begins = words.len() - words.trim_start().len();
    let ends = words.trim_end().len();
    if ends <= begins {
        out.push_str(&words);
        return;
    }
    let (head, body, tail) = (&words[..begins], &words[begins..ends], &words[ends..]);
    let before = head.chars().next_back().or(before);
    let after = tail.chars().next().or(after);
    let whole = body.strip_suffix('\\').unwrap_or(body);
    out.push_str(head);
    if !sign.is_empty() && works(sign, whole, before, after) && whole == body {
        out.push_str(sign);
        out.push_str(body);
        out.push_str(sign);
    } else {
        out.push('<');
        out.push_str(tag);
        out.push('>');
        out.push_str(body);
        out.push_str("</");
        out.push_str(tag);
        out.push('>');
    }
    out.push_str(tail);
}

/// Whether signs around words are read as such (`CommonMark`, 6.2), and as nothing else with those beside.
fn works(sign: &str, body: &str, before: Option<char>, after: Option<char>) -> bool {
    let is_sign = |letter: char| letter == '*' || letter == '~';
    let beside = before.is_some_and(is_sign) || after.is_some_and(is_sign);
    let own = body.starts_with(is_sign) || body.ends_with(is_sign) || body.contains(sign);
    let opens = body.starts_with(char::is_alphanumeric) || before.is_none_or(is_apart);
    let closes = body.ends_with(char::is_alphanumeric) || after.is_none_or(is_apart);
    !beside && !own && opens && closes
}

/// Whether a sign beside this one is read as the edge of a word. Only blanks: what Unicode calls a
/// sign and what readers call one differ.
fn is_apart(letter: char) -> bool {
    matches!(letter, ' ' | '\n' | '\t')
}

fn link(out: &mut String, (url, inner): (&str, &[Inline]), place: Place, after: Option<char>) {
    let Some(address) = address(url).filter(|_| !place.in_link) else {
        write(out, inner, place, after);
        return;
    };
    let mut words = String::new();
    let inside = Place {
        in_link: true,
        ..place
    };
    write(&mut words, inner, inside, None);
    if words.trim().is_empty() {
        text(&mut words, url, place.in_table);
    }
    out.push('[');
    out.push_str(words.trim());
    out.push_str("](");
    out.push_str(&address);
    out.push(')');
}
