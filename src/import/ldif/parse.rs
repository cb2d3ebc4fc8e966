//! LDIF (RFC 2849) → entries: lines unfolded, comments passed over, base64 decoded. One line and one entry
//! at a time: a file of 48 MiB would take ten times as much as a list of texts.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter::{Enumerate, Peekable};
use std::str::Lines;

use crate::diagnostic::Text;
use crate::import::Refusal;
use crate::import::directory::{never, without_field};
use crate::import::ldif::identity;
use crate::text;

/// The most entries of a file; the largest directories are exported in parts.
const MOST_ENTRIES: usize = 300_000;
/// The most lines once unfolded.
const MOST_LINES: usize = 4_000_000;
/// The longest line once unfolded, in bytes: a photo, a certificate, or a group of 100,000 members
/// (one line a member) all stay below it.
const LONGEST_LINE: usize = 4 << 20;

/// What stands outside of entries: `version: 1` before all, and what `ldapsearch` tells of its search
/// after each page.
const AROUND: [&str; 8] = [
    "version",
    "search",
    "matcheddn",
    "text",
    "ref",
    "control",
    "pagedresults",
    "sortresult",
];

/// The attributes that are read, in lower case, beside those that are counted ([`never`]). An export has
/// some forty of each entry: to keep them all took a GiB of memory.
const READ: [&str; 37] = [
    "accountexpires",
    "authtimestamp",
    "cn",
    "createtimestamp",
    "displayname",
    "dnshostname",
    "entryuuid",
    "givenname",
    "grouptype",
    "krbprincipalexpiration",
    "lastlogon",
    "lastlogontimestamp",
    "mail",
    "managedby",
    "member",
    "memberof",
    "memberuid",
    "nsaccountlock",
    "objectclass",
    "objectguid",
    "objectsid",
    "operatingsystem",
    "operatingsystemversion",
    "pwdaccountlockedtime",
    "pwdchangedtime",
    "pwdendtime",
    "pwdlastset",
    "pwdlastsuccess",
    "samaccountname",
    "shadowexpire",
    "shadowlastchange",
    "sn",
    "uid",
    "uniquemember",
    "useraccountcontrol",
    "userid",
    "whencreated",
];

fn is_kept(name: &str) -> bool {
    READ.contains(&name) || never(name).is_some() || without_field(name).is_some()
}

/// One entry: its name and the attributes that are read, by lower-case name, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// The distinguished name.
    pub dn: String,
    /// Values by attribute; options (`;binary`, `;lang-fr`) are no part of the name.
    pub attributes: BTreeMap<String, Vec<String>>,
    /// Values that are no text, by attribute: photos, certificates, identifiers.
    pub binary: BTreeMap<String, Vec<Vec<u8>>>,
    /// The directory gave a part of the members alone: Active Directory gives 1,500 at once (`member;range=0-1499`).
    pub is_cut: bool,
    /// The line and the column of the first value of each identity.
    pub places: BTreeMap<String, (usize, usize)>,
}

impl Entry {
    /// Adds a value, a text or bytes that are none, that a line says.
    fn add(&mut self, name: String, value: Result<String, Vec<u8>>, (number, line): (usize, &str)) {
        if identity::is_one(&name) {
            let place = self.places.entry(name.clone());
            place.or_insert_with(|| (number, column(line)));
        }
        let options = line.split(':').next().unwrap_or_default();
        self.is_cut |= name == "member" && options.to_ascii_lowercase().contains(";range=");
        match value {
            Ok(value) => self.attributes.entry(name).or_default().push(value),
            Err(bytes) => self.binary.entry(name).or_default().push(bytes),
        }
    }

    /// The first value of an attribute.
    pub fn first(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    /// All values of an attribute.
    pub fn all(&self, name: &str) -> &[String] {
        debug_assert!(is_kept(name), "`{name}` is read and not among READ");
        self.attributes.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first value of an attribute as bytes: of those that are no text some happen to be one.
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        let binary = self.binary.get(name).and_then(|values| values.first());
        let text = || self.first(name).map(str::as_bytes);
        binary.map(Vec::as_slice).or_else(text)
    }

    /// Whether it is of a class.
    pub fn is(&self, class: &str) -> bool {
        let mut classes = self.all("objectclass").iter();
        classes.any(|own| own.eq_ignore_ascii_case(class))
    }
}

/// What people should know of a file.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// In words.
    pub notes: Vec<Text>,
    /// The search did not get to its end.
    pub is_cut: bool,
}

/// Reads all entries and hands each on; what people should know of the file comes back. Change records
/// (`changetype: delete`) are left out with a note, as is the summary of `ldapsearch`.
pub(super) fn parse(text: &str, take: &mut dyn FnMut(Entry)) -> Result<Told, Refusal> {
    let (mut entries, mut changes) = (0_usize, 0_usize);
    let mut open: Option<Entry> = None;
    let mut is_change = false;
    // How a search ended that did not get to its end.
    let mut end: Option<String> = None;
    let mut close = |open: &mut Option<Entry>, is_change: &mut bool| {
        if let Some(entry) = open.take() {
            if *is_change {
                changes += 1;
            } else {
                entries += 1;
                take(entry);
            }
        }
        *is_change = false;
        entries + changes
    };
    for unfolded in Unfolded::of(text) {
        let (number, line) = unfolded?;
        if line.is_empty() {
            if close(&mut open, &mut is_change) > MOST_ENTRIES {
                return Err(Refusal::new(text!(
                    "plus de {MOST_ENTRIES} entrées",
                    "more than {MOST_ENTRIES} entries"
                )));
            }
            continue;
        }
        // The sign that parts two changes of one entry.
        if line == "-" {
            continue;
        }
        let (name, value) = attribute(&line, number)?;
        match (&mut open, name.as_str()) {
            (_, "dn") => {
                close(&mut open, &mut is_change);
                let dn = value.map_err(|_| no_ldif(number))?;
                open = Some(Entry {
                    dn,
                    ..Entry::default()
                });
            }
            (Some(_), "changetype") => is_change = value.is_ok_and(|what| what != "add"),
            (Some(_), name) if !is_kept(name) => {}
            (Some(entry), _) => entry.add(name, value, (number, &*line)),
            (None, "result") => end = value.ok().filter(|end| !is_whole(end)).or(end),
            (None, name) if AROUND.contains(&name) => {}
            (None, _) => return Err(no_ldif(number)),
        }
    }
    close(&mut open, &mut is_change);
    let mut notes = Vec::new();
    notes.extend(end.as_deref().map(cut_short));
    if changes > 0 && entries == 0 {
        return Err(Refusal::new(text!(
            "ce fichier n’a que des modifications (`changetype`), et seules les entrées entières sont lues\u{a0}: exportez l’annuaire lui-même, par `ldapsearch`, `slapcat` ou `ldifde -f`",
            "this file holds nothing but changes (`changetype`), and whole entries alone are read: export the directory itself, with `ldapsearch`, `slapcat` or `ldifde -f`"
        )));
    }
    if changes > 0 {
        notes.push(text!(
            "{changes} modifications (`changetype`) laissées de côté : seules les entrées entières sont lues",
            "{changes} changes (`changetype`) left aside: only whole entries are read"
        ));
    }
    Ok(Told {
        notes,
        is_cut: end.is_some(),
    })
}

/// Whether a search that ended so (`0 Success`) has told everything. A referral to other servers (10)
/// comes after all that this one knows.
fn is_whole(end: &str) -> bool {
    matches!(end.split_whitespace().next(), None | Some("0" | "10"))
}

fn no_ldif(number: usize) -> Refusal {
    Refusal::new(text!(
        "ligne {number} : ce n’est pas du LDIF",
        "line {number}: this is no LDIF"
    ))
}

/// That a search did not get to its end.
fn cut_short(end: &str) -> Text {
    text!(
        "la recherche dont vient ce fichier n’a pas abouti (`result: {end}`) : il y manque sans doute des entrées ; demandez-la par pages (`-E pr=500/noprompt`)",
        "the search that made this file did not get to its end (`result: {end}`): entries are probably missing; ask for it in pages (`-E pr=500/noprompt`)"
    )
}

fn too_much(number: usize) -> Refusal {
    let most = LONGEST_LINE >> 20;
    Refusal::new(text!(
        "ligne {number} : une valeur de plus de {most} Mio, ou plus de {MOST_LINES} lignes",
        "line {number}: a value of more than {most} MiB, or more than {MOST_LINES} lines"
    ))
}

/// The lines with their numbers, each with what was folded under it; comments are left out.
struct Unfolded<'t> {
    lines: Peekable<Enumerate<Lines<'t>>>,
    count: usize,
}

impl<'t> Unfolded<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            lines: text.lines().enumerate().peekable(),
            count: 0,
        }
    }

    /// A line whole, comments among them.
    fn line(&mut self) -> Option<Result<(usize, Cow<'t, str>), Refusal>> {
        let (at, line) = self.lines.next()?;
        let number = at + 1;
        if line.len() > LONGEST_LINE || self.count >= MOST_LINES {
            return Some(Err(too_much(number)));
        }
        self.count += 1;
        let mut whole = Cow::Borrowed(line.trim_end());
        // A folded line of an editor that strips blanks looks empty, and ends the entry.
        while let Some((_, more)) = self.lines.next_if(|(_, line)| line.starts_with(' ')) {
            let more = &more[1..];
            if whole.len() + more.len() > LONGEST_LINE {
                return Some(Err(too_much(number)));
            }
            whole.to_mut().push_str(more);
        }
        Some(Ok((number, whole)))
    }
}

impl<'t> Iterator for Unfolded<'t> {
    type Item = Result<(usize, Cow<'t, str>), Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.line()? {
                Ok((_, line)) if line.starts_with('#') => {}
                found => return Some(found),
            }
        }
    }
}

/// A line's attribute in lower case, and its value: a text, or bytes that are none.
fn attribute(line: &str, number: usize) -> Result<(String, Result<String, Vec<u8>>), Refusal> {
    let (name, value) = line.split_once(':').ok_or_else(|| no_ldif(number))?;
    let name = name.split(';').next().unwrap_or_default();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if name.is_empty() || !name.bytes().all(is_name) {
        return Err(no_ldif(number));
    }
    let name = name.to_ascii_lowercase();
    let value = match value.as_bytes().first() {
        // A URL is the name of a file on this machine or elsewhere: no import reads it.
        Some(b'<') => {
            return Err(Refusal::new(text!(
                "ligne {number} : la valeur est l’adresse d’un autre fichier (`:<`), que l’import ne lit jamais",
                "line {number}: the value is the address of another file (`:<`), which an import never reads"
            )));
        }
        Some(b':') => {
            let bytes = base64(value[1..].trim()).ok_or_else(|| {
                Refusal::new(text!(
                    "ligne {number} : base64 abîmé",
                    "line {number}: damaged base64"
                ))
            })?;
            String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes)
        }
        _ => Ok(value.trim().to_owned()),
    };
    Ok((name, value))
}

/// The column, from 1, in which the value of a line begins.
fn column(line: &str) -> usize {
    let (_, value) = line.split_once(':').unwrap_or_default();
    let value = value.trim_start_matches([':', ' ']);
    line.chars().count() - value.chars().count() + 1
}

/// Decodes base64 as RFC 4648 has it; its padding may be missing.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=').as_bytes();
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    for group in text.chunks(4) {
        let mut bits = 0_u32;
        for letter in group {
            let six = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'a'..=b'z' => letter - b'a' + 26,
                b'0'..=b'9' => letter - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(six);
        }
        bits <<= 6 * (4 - group.len());
        let [_, three @ ..] = bits.to_be_bytes();
        let count = match group.len() {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => return None,
        };
        bytes.extend(&three[..count]);
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let cases = [
            ("", ""),
            ("Zg==", "f"),
            ("Zm8=", "fo"),
            ("Zm9v", "foo"),
            ("Zm9vYg", "foob"),
            ("Zm9vYmE=", "fooba"),
        ];
        for (text, bytes) in cases {
            assert_eq!(base64(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        assert_eq!(base64("Zm9vY"), None);
        assert_eq!(base64("Zm 9v"), None);
    }

    #[test]
    fn what_is_not_read_is_not_kept() {
        let text =
            "dn: cn=a\ncn: a\nextensionAttribute1: b\nuserCertificate:: /w==\njpegPhoto:: /w==\n";
        let mut entries = Vec::new();
        let told = parse(text, &mut |entry| entries.push(entry)).expect("entries");
        assert!(told.notes.is_empty() && !told.is_cut);
        assert!(entries[0].attributes.keys().eq(["cn"]), "{entries:?}");
        assert!(entries[0].binary.keys().eq(["jpegphoto"]), "{entries:?}");
    }
}
