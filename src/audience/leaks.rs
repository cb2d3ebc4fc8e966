//! What of a project an audience may not read, as texts, and where one of them stands in what it gets.
//!
//! Told from the project as it is written, not from what the filter left: this judges the filter and all that comes after it. A
//! text that also stands in something that the audience does read proves nothing, and is left out.

use std::collections::BTreeSet;

use crate::audience::needles::{Needles, SHORTEST};
use crate::audience::{Audience, Judge};
use crate::digest::sha256;
use crate::history::History;
use crate::markdown::{Document, percent_decode};
use crate::project::{Entry, Project, Record, Value};
use crate::schema::{Field, Kind};

/// Longer texts are looked for by their first letters.
const LONGEST: usize = 200;
/// Shorter words without a digit (in bytes) stand everywhere by chance.
const SHORTEST_WORD: usize = 8;
/// Shorter lines of texts are common words.
const SHORTEST_LINE: usize = 16;

/// What must not stand anywhere.
#[derive(Debug)]
pub struct Leaks {
    needles: Needles,
    /// Contents of files that are hidden.
    contents: BTreeSet<[u8; 32]>,
}

impl Leaks {
    /// What is hidden from an audience; `seen` is what it gets of the project and its history, and `own` what pages say of
    /// themselves, whatever the project.
    pub fn of<'o>(
        audience: &Audience,
        project: &Project,
        (seen, told): (&Project, &History),
        own: impl Iterator<Item = &'o [u8]>,
    ) -> Self {
        let judge = Judge::new(audience, project);
        let texts = |is_open| Texts {
            all: BTreeSet::new(),
            is_open,
        };
        let (mut hidden, mut open) = (texts(false), texts(true));
        for commit in told.commits() {
            for text in [&commit.author, &commit.summary, &commit.body] {
                open.add(text);
            }
        }
        for record in project.files.iter().flat_map(|file| &file.records) {
            let is_seen = judge.sees_record(record);
            let texts = if is_seen { &mut open } else { &mut hidden };
            texts.add(&record.id);
            texts.add(&record.names().title);
            let fields = &record.kind.fields;
            each(
                fields,
                &record.entries,
                is_seen,
                &mut |value, field, seen| {
                    let seen = seen && judge.sees_field(field);
                    let texts = if seen { &mut open } else { &mut hidden };
                    texts.add_value(record, value);
                    seen
                },
            );
            if let Some(body) = record.body() {
                let texts = if is_seen { &mut open } else { &mut hidden };
                texts.add_document(body);
            }
            if is_seen {
                open.add(&record.file.path);
            }
        }
        describe(project, &judge, (&mut hidden, &mut open));
        let attachments = project.attachments.iter();
        let (shown, kept): (Vec<_>, Vec<_>) =
            attachments.partition(|(path, _)| seen.attachments.contains_key(*path));
        for (path, _) in &kept {
            hidden.add(path.rsplit('/').next().unwrap_or(path));
        }
        for (path, _) in &shown {
            open.add(path);
            open.add(path.rsplit('/').next().unwrap_or(path));
        }
        let shown: BTreeSet<[u8; 32]> = shown.iter().map(|(_, bytes)| sha256(bytes)).collect();
        let contents = kept.iter().map(|(_, bytes)| sha256(bytes));
        let contents = contents.filter(|hash| !shown.contains(hash)).collect();
        open.all
            .extend(project.theme.values().map(|bytes| small(bytes)));
        open.all.extend(own.map(small));
        open.add(&project.config.title);
        let all = Needles::new(hidden.all);
        let mut known = BTreeSet::new();
        for text in &open.all {
            known.extend(all.find(text));
        }
        let left = (0..all.len()).filter(|place| !known.contains(place));
        let left = left.map(|place| all.text(place).to_owned()).collect();
        Self {
            needles: Needles::new(left),
            contents,
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.needles.len() == 0 && self.contents.is_empty()
    }

    /// The hidden texts in a file, in its name and in its bytes as they are, and as addresses, HTML and JSON write them;
    /// `""` for a file that is hidden as a whole.
    pub fn find(&self, path: &str, bytes: &[u8]) -> Vec<&str> {
        let mut found = self.needles.find(&small(path.as_bytes()));
        let text = small(bytes);
        found.extend(self.needles.find(&text));
        if text.contains('%') {
            found.extend(self.needles.find(&percent_decode(&text).to_lowercase()));
        }
        if text.contains('&') {
            found.extend(self.needles.find(&without_entities(&text)));
        }
        if text.contains('\\') {
            found.extend(self.needles.find(&without_escapes(&text)));
        }
        let whole = (!bytes.is_empty() && self.contents.contains(&sha256(bytes))).then_some("");
        let found = found.into_iter().map(|place| self.needles.text(place));
        whole.into_iter().chain(found).collect()
    }
}

/// Kinds and fields of the site: those that are hidden are no word of what is shown.
fn describe(project: &Project, judge: &Judge<'_>, (hidden, open): (&mut Texts, &mut Texts)) {
    let known = crate::schema::built_in();
    for kind in project.schema.kinds() {
        let own = known.kind(&kind.name);
        let is_seen = judge.sees_kind(kind) || own.is_some();
        let texts = if is_seen { &mut *open } else { &mut *hidden };
        texts.add_kind(kind);
        for field in &kind.fields {
            let is_own = own.is_some_and(|own| own.index_of(&field.key).is_some());
            let is_seen = is_seen && (is_own || judge.sees_field(field));
            let texts = if is_seen { &mut *open } else { &mut *hidden };
            texts.add_field(field);
        }
    }
}

/// Calls a function with each value of a record, its field, and whether what holds it is seen.
fn each<'a>(
    fields: &'a [Field],
    entries: &'a [Entry],
    is_seen: bool,
    call: &mut dyn FnMut(&'a Value, &'a Field, bool) -> bool,
) {
    for entry in entries {
        let field = &fields[entry.field];
        let mut open: Vec<&Value> = vec![&entry.value.value];
        while let Some(value) = open.pop() {
            match value {
                Value::List(items) => open.extend(items.iter().map(|item| &item.value)),
                Value::Structure(parts) => {
                    let is_seen = call(value, field, is_seen);
                    each(field.fields(), parts, is_seen, call);
                }
                value => {
                    call(value, field, is_seen);
                }
            }
        }
    }
}

/// Texts in small letters.
struct Texts {
    all: BTreeSet<String>,
    /// What is read: all of it counts, however short or long.
    is_open: bool,
}

impl Texts {
    fn add(&mut self, text: &str) {
        let text = text.trim().to_lowercase();
        if self.is_open {
            self.all.insert(text);
            return;
        }
        let end = text.char_indices().map(|(at, _)| at).nth(LONGEST);
        let text = &text[..end.unwrap_or(text.len())];
        // Numbers and days alone stand everywhere, and so do common words.
        let has_digit = text.contains(|letter: char| letter.is_ascii_digit());
        let shortest = if has_digit { SHORTEST } else { SHORTEST_WORD };
        if text.len() >= shortest && text.contains(char::is_alphabetic) {
            self.all.insert(text.to_owned());
        }
    }

    fn add_value(&mut self, record: &Record, value: &Value) {
        match value {
            Value::Text(text)
            | Value::MacAddress(text)
            | Value::Url(text)
            | Value::Email(text)
            | Value::File(text)
            | Value::Invalid(text) => text.lines().for_each(|line| self.add(line)),
            Value::IpAddress(address) => {
                self.all.insert(address.to_string());
            }
            Value::Reference(place) => self.add(&record.references[*place].text),
            Value::Markdown(place) => self.add_document(&record.documents[*place]),
            _ => {}
        }
    }

    fn add_document(&mut self, document: &Document) {
        for heading in &document.headings {
            self.add(&heading.text);
        }
        for section in &document.sections {
            for line in section.text.lines() {
                if self.is_open || line.len() >= SHORTEST_LINE {
                    self.add(line);
                }
            }
        }
    }

    fn add_kind(&mut self, kind: &Kind) {
        for text in [
            &kind.labels.fr,
            &kind.labels.en,
            &kind.plural.fr,
            &kind.plural.en,
        ] {
            self.add(text);
        }
        for section in &kind.sections {
            self.add(&section.labels.fr);
            self.add(&section.labels.en);
        }
    }

    fn add_field(&mut self, field: &Field) {
        self.add(&field.labels.fr);
        self.add(&field.labels.en);
        for choice in field.choices() {
            self.add(&choice.labels.fr);
            self.add(&choice.labels.en);
        }
        field.fields().iter().for_each(|part| self.add_field(part));
    }
}

/// Bytes as text in small letters; what is no text stays between what is.
fn small(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_lowercase()
}

fn without_entities(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    let mut out = coded(text, "&#", ';');
    for (entity, letter) in named {
        out = out.replace(entity, letter);
    }
    out
}

fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let code = rest.strip_prefix('u').and_then(|code| code.get(..4));
        let letter = code.and_then(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?));
        if let Some(letter) = letter {
            out.extend(letter.to_lowercase());
            rest = &rest[5..];
        } else if let Some(escaped) = rest.chars().next() {
            out.push(if matches!(escaped, 'n' | 't' | 'r') {
                '\n'
            } else {
                escaped
            });
            rest = &rest[escaped.len_utf8()..];
        }
    }
    out.push_str(rest);
    out
}

/// A text in which letters written by their number (`&#233;`, `&#xe9;`) are letters.
fn coded(text: &str, open: &str, close: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(open) {
        out.push_str(&rest[..at]);
        let code = &rest[at + open.len()..];
        let end = code
            .char_indices()
            .take(8)
            .find(|(_, letter)| *letter == close);
        let number = end.and_then(|(end, _)| match code[..end].strip_prefix('x') {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => code[..end].parse().ok(),
        });
        if let (Some((end, _)), Some(letter)) = (end, number.and_then(char::from_u32)) {
            out.extend(letter.to_lowercase());
            rest = &code[end + 1..];
        } else {
            out.push_str(open);
            rest = code;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_as_browsers_read_them() {
        assert_eq!(
            without_entities("a&amp;b &#233;t&#xe9; &#zz; &"),
            "a&b été &#zz; &"
        );
        assert_eq!(without_escapes("a\\u00e9\\\"b\\n\\uzzzz\\"), "aé\"b\nuzzzz");
    }
}
