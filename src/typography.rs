//! The marks that a keyboard lacks, set where a page is made: curly apostrophes, no-break spaces before French
//! punctuation and units, the ellipsis. Authors type what they have; files, search and data keep what was typed.
//!
//! Sources: Imprimerie nationale, « Lexique des règles typographiques », for the spaces; the narrow one stands before
//! `;`, `!` and `?`, the full one before `:` and within `« »`. What is code is never touched.

use std::borrow::Cow;

use crate::diagnostic::Language;
use crate::format::{NARROW, NBSP};

/// Elements whose text stays as it was written.
const VERBATIM: [&str; 6] = ["code", "pre", "kbd", "samp", "svg", "textarea"];

/// French words that lose their last vowel, and so end with an apostrophe before a link or emphasis.
const ELIDED: [&str; 17] = [
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu",
    "presqu", "aujourd", "entr",
];

/// What a number is kept together with.
const UNITS: [&str; 45] = [
    "%", "€", "$", "‰", "°C", "°", "o", "ko", "Ko", "Mo", "Go", "To", "Po", "kio", "Mio", "Gio",
    "Tio", "kB", "MB", "GB", "TB", "bits", "Mbit/s", "Gbit/s", "Mb/s", "Gb/s", "Hz", "MHz", "GHz",
    "W", "kW", "kWh", "V", "VA", "kVA", "A", "m", "cm", "mm", "km", "g", "kg", "h", "min", "s",
];

/// A plain text as a page shows it.
pub fn plain(text: &str, language: Language) -> Cow<'_, str> {
    if !text.contains([' ', '\'', '.']) {
        return Cow::Borrowed(text);
    }
    let mut setter = Setter::new(language);
    let mut out = String::with_capacity(text.len() + 8);
    setter.text(&mut out, text, None);
    Cow::Owned(out)
}

/// Sets HTML piece by piece; what stands in one piece is known to the next.
#[derive(Debug)]
pub struct Setter {
    language: Language,
    /// The last letters of the text so far, tags left out.
    before: String,
    /// How many verbatim elements are open.
    verbatim: usize,
}

impl Setter {
    /// One for a page in a language.
    pub fn new(language: Language) -> Self {
        Self {
            language,
            before: String::new(),
            verbatim: 0,
        }
    }

    /// Notes a text that was written without being set: the one of a link, say.
    pub fn pass(&mut self, text: &str) {
        self.remember(text);
    }

    /// Adds a piece of HTML, its tags and attributes as they are.
    pub fn html(&mut self, out: &mut String, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            let tag = &rest[start..];
            self.text(out, &rest[..start], Some(tag));
            let end = tag.find('>').map_or(tag.len(), |end| end + 1);
            out.push_str(&tag[..end]);
            self.tag(&tag[..end]);
            rest = &tag[end..];
        }
        self.text(out, rest, Some(""));
    }

    fn tag(&mut self, tag: &str) {
        let name = tag.trim_start_matches(['<', '/']);
        let end = name.find(|letter: char| !letter.is_ascii_alphanumeric());
        let name = &name[..end.unwrap_or(name.len())];
        if VERBATIM.contains(&name) {
            if tag.starts_with("</") {
                self.verbatim = self.verbatim.saturating_sub(1);
            } else {
                self.verbatim += 1;
            }
        }
        let inline = ["a", "em", "strong", "code", "span", "del", "mark", "sup"];
        if !inline.contains(&name) {
            self.before.clear();
        }
    }

    /// Adds a text; `tag` is what follows it in HTML (empty: not known), `None` where nothing does.
    fn text(&mut self, out: &mut String, text: &str, tag: Option<&str>) {
        if self.verbatim > 0 || !text.contains([' ', '\'', '.']) {
            out.push_str(text);
            self.remember(text);
            return;
        }
        let mut from = 0;
        for (at, letter) in text.char_indices() {
            let (before, after) = (&text[..at], &text[at + letter.len_utf8()..]);
            let before = if before.is_empty() {
                &self.before
            } else {
                before
            };
            let (length, set) = match letter {
                '\'' if self.is_apostrophe(before, after, tag) => (1, '’'),
                '.' if is_ellipsis(before, letter, after) => (3, '…'),
                ' ' if self.language == Language::Fr => match space(before, after) {
                    Some(space) => (1, space),
                    None => continue,
                },
                _ => continue,
            };
            out.push_str(&text[from..at]);
            out.push(set);
            from = at + length;
        }
        out.push_str(&text[from..]);
        self.remember(text);
    }

    /// Between two letters, or after an elided word that a tag parts from the next one.
    fn is_apostrophe(&self, before: &str, after: &str, tag: Option<&str>) -> bool {
        let starts = after.chars().next();
        if !before.ends_with(char::is_alphabetic) {
            return false;
        }
        if let Some(letter) = starts {
            return letter.is_alphabetic();
        }
        let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next();
        let word = word.unwrap_or_default().to_lowercase();
        let closing = tag.is_none_or(|tag| tag.starts_with("</"));
        self.language == Language::Fr && !closing && ELIDED.contains(&&*word)
    }

    /// Keeps the end of a text for the next one.
    fn remember(&mut self, text: &str) {
        let kept = text.char_indices().rev().nth(9).map_or(0, |(at, _)| at);
        if text.chars().count() >= 10 {
            self.before.clear();
        }
        self.before.push_str(&text[kept..]);
    }
}

/// Three dots after a word, and no fourth.
fn is_ellipsis(before: &str, _dot: char, after: &str) -> bool {
    let word = |letter: char| letter.is_alphanumeric() || letter == ')' || letter == '»';
    let ends = |rest: &str| {
        !rest.starts_with(|next: char| next == '.' || next == '/' || next.is_alphanumeric())
    };
    before.ends_with(word) && after.strip_prefix("..").is_some_and(ends)
}

/// The space that French has here in place of a plain one, when there is another.
fn space(before: &str, after: &str) -> Option<char> {
    let last = before
        .chars()
        .next_back()
        .filter(|last| !last.is_whitespace())?;
    let mut letters = after.chars();
    let (first, second) = (letters.next()?, letters.next());
    let ends = second.is_none_or(|letter| letter.is_whitespace() || ")»!?…”\"".contains(letter));
    match first {
        ';' | '!' | '?' if ends => Some(NARROW),
        ':' if ends && second != Some(')') => Some(NBSP),
        '»' => Some(NBSP),
        _ if last == '«' => Some(NBSP),
        _ if last.is_ascii_digit() => unit(after).then_some(NBSP),
        _ => None,
    }
}

/// Whether a text starts with a unit.
fn unit(text: &str) -> bool {
    let end = |letter: char| letter.is_whitespace() || ",.;:)!?\u{a0}\u{202f}".contains(letter);
    let word = text.split(end).next().unwrap_or_default();
    UNITS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(pieces: &[&str]) -> String {
        let mut setter = Setter::new(Language::Fr);
        let mut out = String::new();
        for piece in pieces {
            setter.html(&mut out, piece);
        }
        out
    }

    #[test]
    fn french_marks() {
        let set = |text| plain(text, Language::Fr).into_owned();
        assert_eq!(set("l'ERP s'arrête..."), "l’ERP s’arrête…");
        assert_eq!(
            set("Prêt ? Oui ; non !"),
            "Prêt\u{202f}? Oui\u{202f}; non\u{202f}!"
        );
        assert_eq!(
            set("Attention : 200 Go, 80 %."),
            "Attention\u{a0}: 200\u{a0}Go, 80\u{a0}%."
        );
        assert_eq!(set("« serveur »"), "«\u{a0}serveur\u{a0}»");
        assert_eq!(set("Quoi ?!"), "Quoi\u{202f}?!");
    }

    #[test]
    fn what_is_no_mark_stays() {
        for text in [
            "dit 'oui' et 'non'",
            "../.. et .../x",
            "a :b ou ::",
            "un :) sourire",
            "cmd ?a=1 ;x",
            "10 postes",
            "5 serveurs, 3 hommes",
            "1990's",
            "deux  : espaces",
        ] {
            assert_eq!(plain(text, Language::Fr), text, "{text}");
        }
        assert_eq!(plain("it's 5 GB : no?", Language::En), "it’s 5 GB : no?");
    }

    #[test]
    fn tags_code_and_pieces() {
        assert_eq!(
            html(&[
                "<p title=\"l'x ;\">l'<em>eau</em> ; ",
                "d'",
                "<a>un</a> : <code>a ; l'b</code> !</p>"
            ]),
            "<p title=\"l'x ;\">l’<em>eau</em>\u{202f}; d’<a>un</a>\u{a0}: <code>a ; l'b</code>\u{202f}!</p>"
        );
        assert_eq!(
            html(&["<p>A &lt; b ; l'&amp;</p>"]),
            "<p>A &lt; b\u{202f}; l'&amp;</p>"
        );
        assert_eq!(html(&["<td>l'</td>"]), "<td>l'</td>");
        assert_eq!(
            html(&["<pre>a ; b</pre><p>: c</p>"]),
            "<pre>a ; b</pre><p>: c</p>"
        );
    }
}
