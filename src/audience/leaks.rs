//! What of a project an audience may not read, as texts, and where one of them stands in what it gets.
//!
//! Told from the project as it is written, not from what the filter left: this judges the filter and all that comes after it. A
//! text that also stands in something that the audience does read proves nothing, and is left out.

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::audience::letters::{without_entities, without_escapes};
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
            networks: Vec::new(),
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
        let contents = attachments(project, seen, (&mut hidden, &mut open));
        open.all
            .extend(project.theme.values().map(|bytes| small(bytes)));
        open.all.extend(own.map(small));
        open.add(&project.config.title);
        // Pages list which addresses of a network are free, whether somebody hidden has them or not.
        let is_listed = |text: &str| {
            let address = text.parse::<IpAddr>();
            let mut networks = open.networks.iter();
            address.is_ok_and(|address| networks.any(|network| holds(*network, address)))
        };
        hidden.all.retain(|text| !is_listed(text));
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

/// Files to look at by their names, and what those hold that are hidden and no other has.
fn attachments(
    project: &Project,
    seen: &Project,
    (hidden, open): (&mut Texts, &mut Texts),
) -> BTreeSet<[u8; 32]> {
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
    contents.filter(|hash| !shown.contains(hash)).collect()
}

/// Kinds and fields: those of the site that are hidden, by their words. Carnet's own words are in every manual.
fn describe(project: &Project, judge: &Judge<'_>, texts: (&mut Texts, &mut Texts)) {
    let (hidden, open) = texts;
    for kind in crate::schema::built_in().kinds() {
        open.add_kind(kind);
        add_fields(&kind.fields, &|_| true, (hidden, open));
    }
    for kind in project.schema.kinds() {
        let is_seen = judge.sees_kind(kind);
        if is_seen {
            open.add_kind(kind);
        } else {
            hidden.add_kind(kind);
        }
        let sees = |field: &Field| is_seen && judge.sees_field(field);
        add_fields(&kind.fields, &sees, (hidden, open));
    }
}

/// The words of fields and of their parts; those of a part that is hidden, or is part of one, are hidden.
fn add_fields(
    fields: &[Field],
    sees: &dyn Fn(&Field) -> bool,
    (hidden, open): (&mut Texts, &mut Texts),
) {
    for field in fields {
        let is_seen = sees(field);
        if is_seen {
            open.add_field(field);
        } else {
            hidden.add_field(field);
        }
        let sees_part = |part: &Field| is_seen && sees(part);
        add_fields(field.fields(), &sees_part, (hidden, open));
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
    /// Networks: addresses and lengths of prefixes.
    networks: Vec<(IpAddr, u8)>,
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
            Value::Network(address, length) => self.networks.push((*address, *length)),
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
    }
}

/// Whether an address is one of a network.
fn holds((network, length): (IpAddr, u8), address: IpAddr) -> bool {
    let bits = |address: IpAddr| match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128_u32),
    };
    let ((network, all), (address, size)) = (bits(network), bits(address));
    let free = all.saturating_sub(u32::from(length));
    all == size && network.checked_shr(free) == address.checked_shr(free)
}

/// Bytes as text in small letters; what is no text stays between what is.
fn small(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses() {
        let holds = |network: &str, length, address: &str| {
            let [network, address] = [network, address].map(|it| it.parse().expect("an address"));
            holds((network, length), address)
        };
        assert!(holds("192.0.2.0", 24, "192.0.2.255"));
        assert!(!holds("192.0.2.0", 25, "192.0.2.128"));
        assert!(holds("0.0.0.0", 0, "203.0.113.9"));
        assert!(holds("192.0.2.7", 32, "192.0.2.7"));
        assert!(!holds("192.0.2.7", 32, "192.0.2.6"));
        assert!(holds("2001:db8::", 32, "2001:db8:1::1"));
        assert!(!holds("2001:db8::", 32, "2001:db9::1"));
        assert!(holds("::", 0, "2001:db9::1"));
        assert!(!holds("::", 0, "192.0.2.1"));
    }
}
