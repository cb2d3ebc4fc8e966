//! What is found within ordinary text: addresses, words that look like ids, calls of other
//! generators' templates, characters that hide, waits.

use std::ops::Range;

use super::{placeholder, timer};

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Find {
    /// `http://…` or `https://…`.
    Url,
    /// `name@host.example`.
    Email,
    /// A word that looks like an id and holds a digit.
    Bare,
    /// The start of `{{< … >}}` or `{{% … %}}`.
    Shortcode,
    /// `{{ asset.name }}`.
    Placeholder,
    /// A character that changes the direction of the text around it.
    Hidden,
    /// `(minuteur : 10 min)`.
    Timer,
}

/// Where a plain text has words that look like ids and hold a digit.
pub fn bare_ids(text: &str) -> Vec<Range<usize>> {
    let found = find(text).into_iter();
    found
        .filter(|(_, find)| *find == Find::Bare)
        .map(|(range, _)| range)
        .collect()
}

/// Finds all of them, in order and without overlaps. Linear.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Find)> {
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let in_word = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
        let (end, find) = if char.is_ascii_alphanumeric() && !in_word {
            word(text, at, before)
        } else if char == '{' && (text[at..].starts_with("{{<") || text[at..].starts_with("{{%")) {
            (at + 3, Some(Find::Shortcode))
        } else if char == '{'
            && let Some((length, _)) = placeholder::at_start(&text[at..])
        {
            (at + length, Some(Find::Placeholder))
        } else if char == '('
            && let Some((length, _)) = timer::at_start(&text[at..])
        {
            (at + length, Some(Find::Timer))
        } else if matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            (at + char.len_utf8(), Some(Find::Hidden))
        } else {
            (at + char.len_utf8(), None)
        };
        if let Some(find) = find {
            found.push((at..end, find));
        }
        before = text[at..end].chars().next_back();
        at = end;
    }
    found
}

/// Reads the word that starts at `at`; returns where to go on.
fn word(text: &str, at: usize, before: Option<char>) -> (usize, Option<Find>) {
    if let Some(end) = url_end(text, at) {
        return (end, Some(Find::Url));
    }
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.+".contains(byte);
    let length = text.as_bytes()[at..]
        .iter()
        .take_while(|byte| part(byte))
        .count();
    let end = at + length;
    let next = text[end..].chars().next();
    if next == Some('@')
        && let Some(end) = email_end(text, end)
    {
        return (end, Some(Find::Email));
    }
    let word = text[at..end].trim_end_matches(['-', '_', '.', '+']);
    let hexadecimal = text[..at]
        .strip_suffix(':')
        .is_some_and(|rest| rest.ends_with(|char: char| char.is_ascii_digit()));
    let refused = hexadecimal
        || before.is_some_and(|before| r"\@#.-~$%".contains(before))
        || next.is_some_and(|next| next.is_alphanumeric() || r"\@".contains(next))
        || text[end..].starts_with("::")
        || text[end..]
            .strip_prefix(':')
            .is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    if !refused && looks_like_an_id(word) {
        return (at + word.len(), Some(Find::Bare));
    }
    (end, None)
}

/// Whether a word has the form of an id: letters and digits in groups (`srv-ad-01`), or letters
/// followed by digits, four characters or more (`PC0042`). Not a version, not a domain name.
fn looks_like_an_id(word: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit();
    if !word.starts_with(|char: char| char.is_ascii_alphabetic()) || !word.bytes().any(digit) {
        return false;
    }
    let mut groups = word.split(['-', '_', '.']);
    let first = groups.next().unwrap_or_default();
    let letters = first.trim_end_matches(|char: char| char.is_ascii_digit());
    let alphanumeric =
        |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !alphanumeric(first) || !groups.clone().all(alphanumeric) {
        return false;
    }
    let Some(last) = groups.next_back() else {
        return word.len() >= 4;
    };
    let version = letters.eq_ignore_ascii_case("v") && word.contains('.');
    let domain = word.contains('.') && last.len() > 1 && !last.bytes().any(digit);
    !version && !domain
}

/// The end of an address that starts here, without the punctuation of the sentence around it.
fn url_end(text: &str, at: usize) -> Option<usize> {
    let bytes = &text.as_bytes()[at..];
    let scheme = [&b"https://"[..], b"http://"].into_iter().find(|scheme| {
        bytes
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let rest = &text[at + scheme.len()..];
    rest.starts_with(|char: char| char.is_alphanumeric() || char == '[')
        .then_some(())?;
    let stops = |char: char| char.is_whitespace() || char.is_control() || "<>\"`«»|".contains(char);
    let mut url = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let count = |text: &str, sign| text.matches(sign).count();
    let mut surplus = count(url, ')').saturating_sub(count(url, '('));
    let mut brackets = count(url, ']').saturating_sub(count(url, '['));
    while let Some(last) = url.chars().next_back() {
        match last {
            ')' if surplus > 0 => surplus -= 1,
            ']' if brackets > 0 => brackets -= 1,
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '’' | '”' | '…' => {}
            _ => break,
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    Some(at + scheme.len() + url.len())
}

/// The end of an e-mail address whose `@` is at `at`.
fn email_end(text: &str, at: usize) -> Option<usize> {
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let length = text.as_bytes()[at + 1..]
        .iter()
        .take_while(|byte| part(byte))
        .count();
    let host = text[at + 1..at + 1 + length].trim_end_matches('.');
    let fits = host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
        && !host.ends_with(['-', '_']);
    fits.then_some(at + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, kind: Find) -> Vec<&str> {
        find(text)
            .into_iter()
            .filter(|(_, find)| *find == kind)
            .map(|(range, _)| &text[range])
            .collect()
    }

    #[test]
    fn words_like_ids_are_found_and_others_not() {
        let ids = |text| found(text, Find::Bare);
        assert_eq!(
            ids("srv-ad-01, SRV-AD-02. (INC-2026-0042) l'chg-012: PC0042/PC0043 sw_3"),
            [
                "srv-ad-01",
                "SRV-AD-02",
                "INC-2026-0042",
                "chg-012",
                "PC0042",
                "PC0043",
                "sw_3"
            ]
        );
        for text in [
            "www2.exemple.example",
            "192.0.2.1",
            "v1.2.3",
            "V2.0",
            "2026-01-02",
            "rendez-vous",
            "x86",
            "C3",
            "fe80::1",
            "52:54:00:aa11",
            "srv-01@site.example",
            "--port-80",
            "a--1",
            "srv-01é",
            "ésrv-01",
            r"\\srv-01\x",
            "10.0.0.0/8",
            "p4:x",
        ] {
            assert_eq!(ids(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn addresses_end_before_the_punctuation_around_them() {
        let urls = |text| found(text, Find::Url);
        assert_eq!(
            urls("(https://a.example/x_(y)) « http://b.example/?q=1&r=2#z ». https://c.example…"),
            [
                "https://a.example/x_(y)",
                "http://b.example/?q=1&r=2#z",
                "https://c.example"
            ]
        );
        assert_eq!(urls("http:// https://, xhttp://a"), Vec::<&str>::new());
        let emails = |text| found(text, Find::Email);
        assert_eq!(
            emails("a.b+c@d-e.example. x@y z@.example"),
            ["a.b+c@d-e.example"]
        );
    }

    #[test]
    fn shortcodes_and_hidden_characters_are_found() {
        assert_eq!(
            found("{{< x >}} {{% y %}} {{ z }}", Find::Shortcode),
            ["{{<", "{{%"]
        );
        assert_eq!(found("a\u{202e}b", Find::Hidden), ["\u{202e}"]);
    }
}
