//! The marks that a keyboard lacks, set where a page is made: curly apostrophes, no-break spaces before French
//! punctuation and units, the ellipsis, the dash between two hours. Authors type what they have; files and data keep
//! what was typed, and searches take either.
//!
//! Sources: Imprimerie nationale, « Lexique des règles typographiques », for the spaces; the narrow one stands before
//! `;`, `!` and `?`, the full one before `:` and within `« »`. What is code is never touched.

mod kept;

use std::borrow::Cow;

use crate::diagnostic::Language;
use crate::format::{NARROW, NBSP};

use kept::is_between_hours;
pub use kept::{TAGS, kept};

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

/// A plain text as a page shows it: the same one when there is nothing to set.
pub fn plain(text: &str, language: Language) -> Cow<'_, str> {
    let mut out = String::new();
    match Setter::new(language).set(&mut out, text, None) {
        0 => Cow::Borrowed(text),
        end => {
            out.push_str(&text[end..]);
            Cow::Owned(out)
        }
    }
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
            self.text(out, &rest[..start], tag);
            let end = tag.find('>').map_or(tag.len(), |end| end + 1);
            out.push_str(&tag[..end]);
            self.tag(&tag[..end]);
            rest = &tag[end..];
        }
        self.text(out, rest, "");
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

    /// Adds a text, what a line must not part in one piece; `tag` is what follows it in HTML (empty: not known).
    fn text(&mut self, out: &mut String, text: &str, tag: &str) {
        let mut from = 0;
        if self.verbatim == 0 {
            let [open, close] = TAGS;
            for range in kept(text) {
                self.piece(out, &text[from..range.start], open);
                out.push_str(open);
                self.piece(out, &text[range.clone()], close);
                out.push_str(close);
                from = range.end;
            }
        }
        self.piece(out, &text[from..], tag);
    }

    fn piece(&mut self, out: &mut String, text: &str, tag: &str) {
        let end = if self.verbatim > 0 {
            0
        } else {
            self.set(out, text, Some(tag))
        };
        out.push_str(&text[end..]);
        self.remember(text);
    }

    /// Adds a text up to the end of its last mark, and says where that is: at 0 when there is nothing to set, which
    /// most texts of a page are. `tag` is what follows, `None` where nothing does.
    fn set(&self, out: &mut String, text: &str, tag: Option<&str>) -> usize {
        let mut end = 0;
        // What a keyboard has instead of a mark is one byte, and no part of another letter.
        for (at, byte) in text.bytes().enumerate() {
            if !matches!(byte, b' ' | b'\'' | b'.' | b'-') {
                continue;
            }
            let (before, after) = (&text[..at], &text[at + 1..]);
            let before = if before.is_empty() {
                &self.before
            } else {
                before
            };
            let (length, mark) = match byte {
                b'\'' if self.is_apostrophe(before, after, tag) => (1, '’'),
                b'.' if is_ellipsis(before, after) => (3, '…'),
                b'-' if is_between_hours(before, after) => (1, '–'),
                b' ' if self.language == Language::Fr => match space(before, after) {
                    Some(space) => (1, space),
                    None => continue,
                },
                _ => continue,
            };
            if end == 0 {
                out.reserve(text.len() + 8);
            }
            out.push_str(&text[end..at]);
            out.push(mark);
            end = at + length;
        }
        end
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
        match text.char_indices().rev().nth(9) {
            Some((start, _)) => text[start..].clone_into(&mut self.before),
            None => self.before.push_str(text),
        }
    }
}

/// Three dots after a word, and no fourth.
fn is_ellipsis(before: &str, after: &str) -> bool {
    let word = |letter: char| letter.is_alphanumeric() || letter == ')' || letter == '»';
    let ends = |rest: &str| {
        !rest.starts_with(|next: char| next == '.' || next == '/' || next.is_alphanumeric())
    };
    before.ends_with(word) && after.strip_prefix("..").is_some_and(ends)
}

/// The space that French has here in place of a plain one, when there is another.
fn space(before: &str, after: &str) -> Option<char> {
    let last = before.chars().next_back();
    let last = last.filter(|last| !last.is_whitespace())?;
    let mut letters = after.chars();
    let (first, second) = (letters.next()?, letters.next());
    let ends = || second.is_none_or(|next| next.is_whitespace() || ")»!?…”\"".contains(next));
    match first {
        ';' | '!' | '?' if ends() => Some(NARROW),
        ':' if ends() && second != Some(')') => Some(NBSP),
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
        assert_eq!(
            set("lun-ven 8:00-12:00, 13h-18h30 sur srv-01"),
            "lun-ven 8:00–12:00, 13h–18h30 sur srv-01"
        );
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
            "2026-11-22T09:00-05:00",
            "12:30-a, 3-4, 1:2-3:4",
        ] {
            let set = plain(text, Language::Fr);
            assert_eq!(set, text);
            assert!(matches!(set, Cow::Borrowed(_)), "nothing is copied: {text}");
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
