//! By what a directory knows an entry whatever it is called (`objectGUID`, `objectSid`, `entryUUID`). One that is none
//! is told with its place: an account that cannot be followed would be made a second time when it is renamed.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::Text;
use crate::import::Sighting;
use crate::import::directory::{guid, identify, sid};
use crate::import::ldif::parse::Entry;
use crate::text;

/// The most places in one note.
const MOST_PLACES: usize = 5;

/// The attributes, in lower case and as directories write them.
const ATTRIBUTES: [(&str, &str); 3] = [
    ("objectguid", "objectGUID"),
    ("entryuuid", "entryUUID"),
    ("objectsid", "objectSid"),
];

/// Whether the place of an attribute is kept.
pub(super) fn is_one(attribute: &str) -> bool {
    ATTRIBUTES.iter().any(|(name, _)| *name == attribute)
}

/// The line and the column of each value that is no identity, by attribute.
#[derive(Debug, Default)]
pub(super) struct Unread(BTreeMap<&'static str, Vec<(usize, usize)>>);

impl Unread {
    /// Says by which identities its directory knows an entry.
    pub fn identify(&mut self, entry: &Entry, sighting: &mut Sighting) {
        let [own_guid, uuid, own_sid] = ATTRIBUTES.map(|(name, written)| {
            let value = entry.bytes(name)?;
            let found = if written == "objectSid" {
                sid(value)
            } else {
                guid(value)
            };
            if found.is_none() {
                let place = entry.places.get(name).copied().unwrap_or_default();
                self.0.entry(written).or_default().push(place);
            }
            found
        });
        identify(sighting, own_guid.or(uuid), own_sid);
    }

    /// A note an attribute.
    pub fn notes(&self) -> Vec<Text> {
        let notes = self.0.iter().map(|(attribute, places)| {
            let count = places.len();
            let first = places.iter().take(MOST_PLACES);
            let first: Vec<(String, String)> = first
                .map(|(line, column)| {
                    let Text { fr, en } = text!(
                        "ligne {line}, colonne {column}",
                        "line {line}, column {column}"
                    );
                    (fr, en)
                })
                .collect();
            let (fr, en): (Vec<String>, Vec<String>) = first.into_iter().unzip();
            let (mut fr, mut en) = (fr.join("\u{202f}; "), en.join("; "));
            if count > MOST_PLACES {
                let more = count - MOST_PLACES;
                let _ = write!(fr, " et {more} de plus");
                let _ = write!(en, " and {more} more");
            }
            text!(
                "`{attribute}`\u{a0}: identités illisibles, laissées de côté ({count}\u{a0}: {fr})\u{202f}; ces fiches ne seront pas suivies si elles changent de nom",
                "`{attribute}`: unreadable identities, left aside ({count}: {en}); these records are not followed when they are renamed"
            )
        });
        notes.collect()
    }
}
