//! Finds front matter that would be taken for text: opened by a line that is almost `---`, after a
//! space, a comment or nothing at all, or opened a second time. Its fields would be lost without a
//! word, and the secret ones among them published; so such a file has no text until it is mended.

use std::cell::OnceCell;
use std::sync::Arc;

use crate::project::location::{Area, Location};
use crate::project::secrets::Names;
use crate::schema::{Field, Kind, find_field};
use crate::source::{SourceFile, TextRange};

/// The longest text before a `:` that may name a field, in bytes.
const LONGEST_KEY: usize = 80;

/// A line outside of fenced blocks and comments, without the blanks and invisible letters around it.
struct Line<'a> {
    start: usize,
    text: &'a str,
    /// Whether blanks stood before it.
    indented: bool,
}

/// The line where front matter starts that nobody reads, in a text that begins at `from`. `read`
/// tells whether fields were read before it.
pub(super) fn find(
    file: &Arc<SourceFile>,
    location: &Location,
    from: u32,
    read: bool,
) -> Option<TextRange> {
    let lines = plain_lines(&file.text, from as usize);
    let known = Known::new(location);
    let found = if read {
        let dots = file.text[..from as usize].trim_end().ends_with("\n...");
        after_head(&lines, &known, dots)
    } else {
        opening(&lines, &known).or_else(|| known.bare(&lines))
    };
    let found = found
        .or_else(|| block(&lines, &known))
        .or_else(|| lines.iter().find(|line| known.is_secret(line.text)))?;
    Some(TextRange::new(
        found.start,
        found.start + found.text.len().max(1),
    ))
}

/// The lines that are no code, no comment, and not in one.
fn plain_lines(text: &str, from: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut fence: Option<String> = None;
    let mut comment = false;
    let mut start = from;
    for whole in text[from..].split_inclusive('\n') {
        let at = start;
        start += whole.len();
        let mut rest = whole;
        if fence.is_none() {
            (comment, rest) = after_comments(rest, comment);
        }
        let text = rest.trim_matches(is_blank);
        let mark: String = text
            .chars()
            .take_while(|letter| matches!(letter, '`' | '~'))
            .collect();
        match &fence {
            Some(open) if mark.starts_with(open.as_str()) && mark == text => fence = None,
            Some(_) => {}
            None if mark.len() >= 3 => fence = Some(mark),
            None => {
                let shift = whole.len() - rest.len()
                    + (rest.len() - rest.trim_start_matches(is_blank).len());
                let indented = rest.starts_with([' ', '\t']);
                lines.push(Line {
                    start: at + shift.min(whole.len()),
                    text,
                    indented,
                });
            }
        }
    }
    lines
}

/// What a line says after the comments it begins with, and whether one goes on in the next line.
fn after_comments(line: &str, mut within: bool) -> (bool, &str) {
    let mut rest = line;
    loop {
        if within {
            let Some((_, after)) = rest.split_once("-->") else {
                return (true, "");
            };
            rest = after;
        }
        match rest.trim_start_matches(is_blank).strip_prefix("<!--") {
            Some(after) => (within, rest) = (true, after),
            None => return (false, rest),
        }
    }
}

/// Blanks, byte order marks, and letters without a width.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(
            letter,
            '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}'
        )
}

/// Whether a line was meant as `---`: dashes of any kind, as many as an editor made of them.
fn is_rule(text: &str) -> bool {
    let is_dash = |letter: char| {
        matches!(
            letter,
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '_' | '+'
        )
    };
    !text.is_empty() && text.chars().all(is_dash) && !matches!(text, "-" | "_" | "+")
}

/// The key of a line `key: value`, and the value.
fn pair(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once(':')?;
    let key = key.trim_matches(is_blank).trim_matches(['"', '\'']);
    let ends = value.is_empty() || value.starts_with(is_blank);
    (ends && !key.is_empty() && key.len() <= LONGEST_KEY).then_some((key, value.trim()))
}

/// A line that begins with a key as programs write them: one word, then `:`; in TOML `=`.
fn has_key(text: &str) -> bool {
    let key = text.split_once(':').or_else(|| text.split_once(" = "));
    key.is_some_and(|(key, _)| {
        !key.is_empty() && !key.contains([' ', '\u{a0}', '\u{202f}', '[', '#', '|', '/'])
    })
}

/// The first line of a text, where it opens fields.
fn opening<'l, 't>(lines: &'l [Line<'t>], known: &Known<'_>) -> Option<&'l Line<'t>> {
    let mut said = lines.iter().filter(|line| !line.text.is_empty());
    let first = said.next()?;
    let next = said.next().map_or("", |line| line.text);
    let is_json = first.text == "{" && next.starts_with('"')
        || first.text.starts_with('{') && first.text[1..].trim_start().starts_with('"');
    let opens = is_rule(first.text) && (has_key(next) || known.is_field(next));
    // Fields that are closed, and were never opened.
    let at = lines.iter().position(|line| line.start == first.start)?;
    let is_closed = known.is_key(first.text) && closes(&lines[at..]);
    (is_json || opens || is_closed || is_mark(first.text)).then_some(first)
}

/// The first line of a text after front matter, where fields go on there: after `...`, which ends them as `---` does; and
/// a mark of who reads the text, which is no text wherever it stands first.
fn after_head<'l, 't>(
    lines: &'l [Line<'t>],
    known: &Known<'_>,
    dots: bool,
) -> Option<&'l Line<'t>> {
    let first = lines.iter().find(|line| !line.text.is_empty())?;
    (is_mark(first.text) || dots && known.is_field(first.text)).then_some(first)
}

/// Whether a line says who may read the text.
fn is_mark(text: &str) -> bool {
    pair(text).is_some_and(|(key, _)| key.eq_ignore_ascii_case("audience"))
}

/// Whether lines of fields go on to a line that closes them.
fn closes(lines: &[Line<'_>]) -> bool {
    let mut rest = lines.iter().skip_while(|line| {
        !is_rule(line.text)
            && (pair(line.text).is_some() || line.indented || line.text.starts_with("- "))
    });
    rest.next()
        .is_some_and(|line| is_rule(line.text) || line.text == "...")
}

/// A line of dashes in the text, with fields right after it.
fn block<'l, 't>(lines: &'l [Line<'t>], known: &Known<'_>) -> Option<&'l Line<'t>> {
    let places = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| is_rule(line.text));
    let mut places = places.filter(|(place, _)| {
        let Some(next) = lines.get(place + 1) else {
            return false;
        };
        known.is_field(next.text) && closes(&lines[place + 1..])
            || known.of_records && known.is_key(next.text)
    });
    places.next().map(|(_, line)| line)
}

/// The names of a kind's fields.
struct Known<'a> {
    kind: &'a Kind,
    /// Made when a line is met whose key is no field's: most files have none.
    names: OnceCell<Names>,
    /// Whether the folder holds records, whose files are fields first.
    of_records: bool,
}

impl<'a> Known<'a> {
    fn new(location: &'a Location) -> Self {
        Self {
            kind: &location.kind,
            names: OnceCell::new(),
            of_records: location.area == Area::Inventory,
        }
    }

    /// Whether a line gives a field by its key or a label, or names a secret.
    fn is_field(&self, text: &str) -> bool {
        pair(text).is_some_and(|(key, _)| {
            key == "id"
                || find_field(&self.kind.fields, key).is_some()
                || self.names.get_or_init(|| Names::new(self.kind)).hide(key)
        })
    }

    /// Whether a line gives a field by its key as the schema has it.
    fn is_key(&self, text: &str) -> bool {
        pair(text).is_some_and(|(key, _)| {
            key == "id" || self.kind.fields.iter().any(|field| field.key == key)
        })
    }

    /// Whether a line gives a secret field by its key.
    fn is_secret(&self, text: &str) -> bool {
        fn holds(fields: &[Field], key: &str) -> bool {
            let is = |field: &Field| field.secret && field.key == key || holds(field.fields(), key);
            fields.iter().any(is)
        }
        let text = text.trim_start_matches(['-', ' ']);
        let given = pair(text).or_else(|| {
            let (key, value) = text.split_once('=')?;
            Some((key.trim(), value.trim()))
        });
        given.is_some_and(|(key, value)| !value.is_empty() && holds(&self.kind.fields, key))
    }

    /// A field before the first heading of a record that has none.
    fn bare<'l, 't>(&self, lines: &'l [Line<'t>]) -> Option<&'l Line<'t>> {
        if !self.of_records {
            return None;
        }
        let mut before = lines.iter().take_while(|line| !line.text.starts_with('#'));
        before.find(|line| {
            let item = line.text.strip_prefix("- ");
            self.is_field(line.text) || item.is_some_and(|item| self.is_key(item.trim()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::locate;
    use crate::schema::built_in;

    /// The line found in a file without front matter that is read.
    fn line(path: &str, text: &str) -> Option<usize> {
        let schema = built_in();
        let location = locate(path, &schema).expect("records").expect("a kind");
        let file = Arc::new(SourceFile::new(path, text));
        let found = find(&file, &location, 0, false);
        found.map(|range| file.place(range.start).line)
    }

    #[test]
    fn fields_that_nobody_reads_are_found() {
        let asset = |text: &str| line("inventory/assets/pc1.md", text);
        let fields = "name: PC 1\nbitlocker_key: X\n---\nTexte\n";
        for opening in [
            "",
            " ---\n",
            "-----\n",
            "\u{2014}-\n",
            "\u{2014}\n",
            "\u{feff}---\n",
        ] {
            assert_eq!(asset(&format!("{opening}{fields}")), Some(1), "{opening:?}");
        }
        assert_eq!(asset(&format!("<!-- a\n b -->\n---\n{fields}")), Some(3));
        assert_eq!(asset(&format!("\n> cite\n\n---\n{fields}")), Some(5));
        assert_eq!(
            asset("{\"name\": \"PC 1\",\n \"bitlocker_key\": \"X\"}\n"),
            Some(1)
        );
        assert_eq!(asset("Clé de récupération BitLocker : X\n"), Some(1));
        assert_eq!(asset("# PC 1\n\n---\nname: PC 1\n---\n"), Some(3));
        assert_eq!(asset("# PC 1\n\nbitlocker_key: X\n"), Some(3));
    }

    #[test]
    fn fields_after_the_line_that_closed_them_are_found() {
        let schema = built_in();
        let found = |text: &str| {
            let path = "procedures/a.md";
            let location = locate(path, &schema).expect("records").expect("a kind");
            let file = Arc::new(SourceFile::new(path, text));
            let head = text.find("\n...\n").map(|at| at + 5);
            let head = head.or_else(|| text.find("\n---\n").map(|at| at + 5));
            let from = u32::try_from(head.expect("a closing line")).expect("small");
            let found = find(&file, &location, from, true);
            found.map(|range| file.place(range.start).line)
        };
        assert_eq!(found("---\ntitle: A\n...\naudience: b\n---\n"), Some(4));
        assert_eq!(found("---\ntitle: A\n...\n\nowner: b\nTexte\n"), Some(5));
        assert_eq!(found("---\ntitle: A\n---\naudience: b\n---\n"), Some(4));
        assert_eq!(found("---\ntitle: A\n...\nTexte : un mot\n"), None);
        assert_eq!(found("---\ntitle: A\n---\nTexte\n"), None);
    }

    #[test]
    fn texts_stay_texts() {
        let asset = |text: &str| line("inventory/assets/pc1.md", text);
        assert_eq!(asset("Un poste.\n\n---\n\nVoir aussi : le site.\n"), None);
        assert_eq!(asset("```yaml\nname: PC 1\nbitlocker_key: X\n```\n"), None);
        assert_eq!(asset("# PC 1\n\nSite : Lyon\n"), None);
        let page = |text: &str| line("content/a.md", text);
        assert_eq!(page("Titre : un mot\n\nEt la suite.\n"), None);
        assert_eq!(page("\n---\nvoir aussi : la suite\n---\n"), None);
        assert_eq!(page("***\n\nAttention : texte\n"), None);
        assert_eq!(page(" ---\ntitle: A\n---\n"), Some(1));
        assert_eq!(page("title: A\nowner: b\n---\nTexte\n"), Some(1));
    }
}
