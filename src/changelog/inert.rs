//! Content set so that it stays content in somebody else's Markdown: no markup, no HTML, no mention
//! of a person, no link to an issue, no command of a bot, whatever forge shows it.
//!
//! One means does it all: a code span. Only what is certainly plain words stands outside of one.

use crate::history::is_command;

/// A text of content on one line, at most `most` characters of it: as it is when it is only words,
/// else as a code span.
pub(super) fn inline(text: &str, most: usize) -> String {
    let text = one_line(text, most);
    if is_plain(&text) { text } else { code(&text) }
}

/// A text of content as a code span, at most `most` characters of it; `""` for one without any
/// visible character.
pub(super) fn span(text: &str, most: usize) -> String {
    code(&one_line(text, most))
}

/// Lines of content as a fenced block of a language, between blank lines.
pub(super) fn fence(lines: &str, language: &str) -> String {
    let longest = lines.split(|letter| letter != '`').map(str::len).max();
    let marks = "`".repeat(longest.unwrap_or_default().max(2) + 1);
    let shown = lines
        .chars()
        .filter(|letter| *letter == '\n' || !is_command(*letter));
    let shown: String = shown.collect();
    format!(
        "\n{marks}{language}\n{}\n{marks}\n\n",
        shown.trim_end_matches('\n')
    )
}

/// A text of content inside HTML that this program writes, on one line.
pub(super) fn html(text: &str, most: usize) -> String {
    let text = one_line(text, most);
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let text = text.replace('>', "&gt;").replace('"', "&quot;");
    // Code is where no forge looks for people and issues.
    format!("<code>{text}</code>")
}

/// A cell of a table: a bar would end it, in code too.
pub(super) fn cell(text: &str, most: usize) -> String {
    inline(text, most).replace('|', "\\|")
}

fn one_line(text: &str, most: usize) -> String {
    let words =
        text.split(|letter: char| matches!(letter, '\n' | '\t' | ' ') || is_command(letter));
    let line = words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most).collect();
    format!("{}…", kept.trim_end())
}

/// Words of any language, with the marks that no Markdown gives a meaning within a line. A dot or a
/// colon inside a word could make a link or an emoji of it.
fn is_plain(text: &str) -> bool {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let plain = match letter {
            '.' | ':' => letters.peek().is_none_or(|next| !next.is_alphanumeric()),
            ' ' | ',' | ';' | '’' | '\'' | '(' | ')' | '/' | '-' | '–' | '—' | '«' | '»' | '“'
            | '”' | '…' | '·' | '›' | '€' | '?' | '\u{a0}' | '\u{202f}' => true,
            letter => letter.is_alphanumeric(),
        };
        if !plain {
            return false;
        }
    }
    // A bullet, a number of a list or a command of a bot begins a line.
    text.starts_with(char::is_alphabetic) && !text.split(' ').any(is_reference)
}

/// Whether a forge may take a word for an issue (`GH-12`, `PARC-3`) or a commit (`deadbeef1`).
fn is_reference(word: &str) -> bool {
    let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let digit = |letter: char| letter.is_ascii_digit();
    let key = word.split_once('-').is_some_and(|(project, number)| {
        project.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && number.starts_with(digit)
    });
    let parts = word.split(|letter: char| !letter.is_alphanumeric());
    key || parts
        .into_iter()
        .any(|part| part.len() >= 7 && part.chars().all(|letter| letter.is_ascii_hexdigit()))
}

fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|letter| letter != '`').map(str::len).max();
    let marks = "`".repeat(longest.unwrap_or_default() + 1);
    let space = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{marks}{space}{text}{space}{marks}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words_and_the_rest_is_code() {
        let check = |text: &str, expected: &str| assert_eq!(inline(text, 80), expected);
        check(
            "Serveur d’accueil, Lyon (bât. 3)",
            "Serveur d’accueil, Lyon (bât. 3)",
        );
        check("Prêt à @direction", "`Prêt à @direction`");
        check("GH-12", "`GH-12`");
        check("voir (PARC-44)", "`voir (PARC-44)`");
        check("deadbeefcafe1234", "`deadbeefcafe1234`");
        check("Salle A2-bis, porte 12-14", "Salle A2-bis, porte 12-14");
        check("voir #12 et !7", "`voir #12 et !7`");
        check("www.corp.example", "`www.corp.example`");
        check("52:ab:cl", "`52:ab:cl`");
        check("- liste", "`- liste`");
        check("/close", "`/close`");
        check("1. un", "`1. un`");
        check("a\n/close\r\n\u{1b}[2Jb", "`a /close [2Jb`");
        check("**gras** <b>", "`**gras** <b>`");
        check("un `code` ici", "``un `code` ici``");
        check("`", "`` ` ``");
        check("\u{202e}txt.exe", "`txt.exe`");
    }

    #[test]
    fn lengths_are_bounded() {
        assert_eq!(inline(&"é".repeat(100), 10), format!("{}…", "é".repeat(10)));
        assert_eq!(span("\n \t", 10), "");
    }

    #[test]
    fn blocks_cannot_be_left() {
        let block = fence("+a\n````\n</details>\n", "diff");
        assert_eq!(block, "\n`````diff\n+a\n````\n</details>\n`````\n\n");
        assert_eq!(
            html("</summary>\n@a", 80),
            "<code>&lt;/summary&gt; @a</code>"
        );
        assert_eq!(cell("a|b", 80), "`a\\|b`");
    }
}
