//! LDIF, as `ldifde`, `ldapsearch` and `slapcat` write it → accounts and groups. People are linked by
//! address or name and never made.

mod account;
mod group;
mod identity;
mod membership;
mod parse;
mod untold;

#[cfg(test)]
mod tests;

use jiff::tz::TimeZone;

use crate::diagnostic::Text;
use crate::import::directory::{Names, SYSTEM, never, without_field};
use crate::import::table::{bounded, decode_and_tell};
use crate::import::{Inventory, Pages, Refusal};
use crate::text;
use identity::Unread;
use membership::Memberships;
use parse::Entry;
pub use parse::base64;

/// The source's name.
pub const SOURCE: &str = "ldif";

/// Reads an LDIF file: [`Reader`] of one.
pub fn read(bytes: &[u8], zone: &TimeZone) -> Result<Inventory, Refusal> {
    let mut reader = Reader::new(zone);
    let notes = reader.take(bytes)?;
    let mut inventory = reader.finish()?;
    inventory.notes.splice(0..0, notes);
    Ok(inventory)
}

/// Reads the files of one directory one after the other: who stands in a group may be in another file than the
/// group.
#[derive(Debug)]
pub struct Reader<'z> {
    zone: &'z TimeZone,
    all: Entries,
}

/// What entries say, before who stands where is known.
#[derive(Debug)]
struct Entries {
    inventory: Inventory,
    names: Names,
    memberships: Memberships,
}

impl Entries {
    fn new() -> Self {
        Self {
            inventory: Inventory::new(SOURCE),
            names: Names::default(),
            memberships: Memberships::default(),
        }
    }

    /// Adds those of another file.
    fn join(&mut self, other: Self) {
        self.names.join(other.names, self.inventory.records.len());
        self.memberships.join(other.memberships);
        self.inventory.join(other.inventory);
    }
}

impl<'z> Reader<'z> {
    /// A reader that has read nothing. `zone` is that of the site: directories keep moments in UTC, Carnet keeps days.
    pub fn new(zone: &'z TimeZone) -> Self {
        let all = Entries::new();
        Self { zone, all }
    }

    /// Reads one more file, and gives what people should know of it. Refused when it is no LDIF, too large, damaged,
    /// or names other files (`:<`); then nothing of it is taken.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<Text>, Refusal> {
        bounded(bytes)?;
        let mut notes = Vec::new();
        let text = decode_and_tell(bytes, &mut notes)?;
        let mut own = Entries::new();
        let mut unread = Unread::default();
        let mut others = 0_usize;
        let told = parse::parse(&text, &mut |entry| {
            let sighting = if group::is_group(&entry) {
                group::sighting(&entry)
            } else {
                account::sighting(&entry, self.zone)
            };
            drop_secrets(&entry, &mut own.inventory);
            let Some(mut sighting) = sighting else {
                others += 1;
                return;
            };
            unread.identify(&entry, &mut sighting);
            own.names.enter(&entry.dn, own.inventory.records.len());
            own.inventory.records.push(sighting);
            own.memberships.enter(&entry);
        })?;
        notes.extend(told.notes);
        if told.is_cut {
            own.inventory.pages.join(Pages::cut());
        }
        notes.extend(unread.notes());
        if own.inventory.records.is_empty() && others == 0 {
            return Err(Refusal::new(text!(
                "aucune entrée dans ce fichier LDIF\u{a0}: la recherche n’a rien trouvé, ou l’export s’est arrêté",
                "no entry in this LDIF file: the search found nothing, or the export stopped"
            )));
        }
        if others > 0 {
            notes.push(text!(
                "entrées qui ne sont ni des comptes ni des groupes, laissées de côté\u{a0}: {others}",
                "entries that are neither accounts nor groups, left aside: {others}"
            ));
        }
        self.all.join(own);
        Ok(notes)
    }

    /// What all files say. Refused when too many stand in groups.
    pub fn finish(self) -> Result<Inventory, Refusal> {
        let mut inventory = self.all.inventory;
        group::link(&self.all.memberships, &self.all.names, &mut inventory)?;
        Ok(inventory)
    }
}

/// Counts the values that are never read, and those of machines and people that no field takes.
fn drop_secrets(entry: &Entry, inventory: &mut Inventory) {
    let texts = entry
        .attributes
        .iter()
        .map(|(name, values)| (name, values.len()));
    let bytes = entry
        .binary
        .iter()
        .map(|(name, values)| (name, values.len()));
    for (name, count) in texts.chain(bytes) {
        // What a group is for is no secret of a person.
        let described = name == "description" && group::is_group(entry);
        let mut system = SYSTEM
            .into_iter()
            .filter(|own| own.eq_ignore_ascii_case(name));
        if let Some(system) = system.next().filter(|_| entry.is("computer")) {
            inventory.drop_some(system, count);
        }
        if let Some(property) = without_field(name).filter(|_| !group::is_group(entry)) {
            inventory.drop_some(property, count);
        }
        if let Some(what) = never(name).filter(|_| !described) {
            inventory.drop_some(what, count);
        }
    }
}
