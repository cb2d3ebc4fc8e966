//! LDIF, as `ldifde`, `ldapsearch` and `slapcat` write it → accounts and groups. People are linked by
//! address or name and never made.

mod account;
mod group;
mod identity;
mod membership;
mod parse;

#[cfg(test)]
mod tests;

use jiff::tz::TimeZone;

use crate::import::directory::{Names, SYSTEM, never};
use crate::import::table::{bounded, decode_and_tell};
use crate::import::{Inventory, Refusal};
use crate::text;
use identity::Unread;
use membership::Memberships;
use parse::Entry;
pub use parse::base64;

/// The source's name.
pub const SOURCE: &str = "ldif";

/// Reads an LDIF file. `zone` is that of the site: directories keep moments in UTC, Carnet keeps days.
/// Refused when it is no LDIF, too large, damaged, or names other files (`:<`).
pub fn read(bytes: &[u8], zone: &TimeZone) -> Result<Inventory, Refusal> {
    bounded(bytes)?;
    let mut notes = Vec::new();
    let text = decode_and_tell(bytes, &mut notes)?;
    let mut inventory = Inventory::new(SOURCE);
    let mut names = Names::default();
    let mut memberships = Memberships::default();
    let mut unread = Unread::default();
    let mut others = 0_usize;
    let told = parse::parse(&text, &mut |entry| {
        let sighting = if group::is_group(&entry) {
            group::sighting(&entry)
        } else {
            account::sighting(&entry, zone)
        };
        drop_secrets(&entry, &mut inventory);
        let Some(mut sighting) = sighting else {
            others += 1;
            return;
        };
        unread.identify(&entry, &mut sighting);
        names.enter(&entry.dn, inventory.records.len());
        inventory.records.push(sighting);
        memberships.enter(&entry);
    })?;
    notes.extend(told);
    notes.extend(unread.notes());
    if inventory.records.is_empty() && others == 0 {
        return Err(Refusal::new(text!(
            "aucune entrée dans ce fichier LDIF\u{a0}: la recherche n’a rien trouvé, ou l’export s’est arrêté",
            "no entry in this LDIF file: the search found nothing, or the export stopped"
        )));
    }
    inventory.notes = notes;
    group::link(&memberships, &names, &mut inventory)?;
    if others > 0 {
        inventory.notes.push(text!(
            "entrées qui ne sont ni des comptes ni des groupes, laissées de côté : {others}",
            "entries that are neither accounts nor groups, left aside: {others}"
        ));
    }
    Ok(inventory)
}

/// Counts the values that are never read, and those of machines that no field takes.
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
        if let Some(what) = never(name).filter(|_| !described) {
            inventory.drop_some(what, count);
        }
    }
}
